# SPDX-License-Identifier: MIT
# frozen_string_literal: true

module Sla
  # One thing that happened to a ticket.
  #
  #   Event.created(at)                  by: :customer, or :agent, :automatic
  #   Event.customer_message(at)         agent_reply, agent_note, automatic_reply, no_reply_needed,
  #                                      cancelled
  #   Event.status(at, :pending)         a ticket status, or the number of one of the host's own
  #   Event.priority(at, :urgent)        or 0 to 31
  #   Event.group(at, 5)                 0 for none
  #   Event.condition_set(at, 3)         one of the host's, 0 to 63; condition_cleared
  #   Event.due_set(at, :resolution, due)  nil for the policy's own
  #   Event.reset(at, :resolution)       or of all metrics
  #   Event.policy(at, 1)                its place among the policies; nil for none
  #   Event.own(at, 40, value)           32 to 63, whatever the host says
  class Event
    include Value

    RECORD = Raw::EVENT_RECORD
    PLAIN = %i[customer_message agent_reply agent_note automatic_reply no_reply_needed
               cancelled].freeze
    VALUES = { created: Names::CREATOR, status: Names::TICKET_STATUS,
               priority: Names::PRIORITY }.freeze

    attr_reader :at, :kind, :value, :metric, :packed

    class << self
      PLAIN.each { |kind| define_method(kind) { |at| new(at, kind) } }

      %i[status priority group condition_set condition_cleared policy].each do |kind|
        define_method(kind) { |at, value| new(at, kind, value) }
      end

      def created(at, by: :customer)
        new(at, :created, by)
      end

      def due_set(at, metric, due)
        new(at, :due_set, due, metric: metric)
      end

      def reset(at, metric = nil)
        new(at, :reset, metric: metric)
      end

      def own(at, kind, value = 0)
        new(at, kind, value)
      end

      # An Event, or the list of what new takes.
      def read(told)
        case told
        when Event then told
        when Array then new(*told)
        when Hash then from_hash(**told.transform_keys(&:to_sym))
        else raise TypeError, "an Sla::Event is needed, not #{told.inspect}"
        end
      end

      # On the clock of a time.
      def from_bytes(bytes, time)
        at, value, kind, flags = bytes.unpack(RECORD.format)
        kind = Names::EVENT.symbol(kind)
        new(Instant.like(time, at), kind, from_number(kind, value, time),
            metric: flags.zero? ? nil : flags)
      end

      private

      def from_hash(at:, kind:, value: nil, metric: nil)
        new(at, kind, value, metric: metric)
      end

      def from_number(kind, value, time)
        return Instant.like(time, value) if kind == :due_set
        return if value == Raw::NONE

        VALUES.key?(kind) ? VALUES[kind].symbol(value) : value
      end
    end

    def initialize(at, kind, value = nil, metric: nil)
      @at = at
      kind = Names::EVENT.number(kind)
      @kind = Names::EVENT.symbol(kind)
      value = :customer if @kind == :created && value.nil?
      number = number_of(value)
      @value = VALUES.key?(@kind) ? VALUES[@kind].symbol(number) : value
      flags = metric ? Names::METRIC.number(metric) : 0
      @metric = metric && Names::METRIC.symbol(flags)
      @packed = Pack.record(RECORD, [Instant.seconds(at), number, kind, flags]).freeze
      freeze
    end

    alias identity packed

    def inspect
      "#<#{self.class} #{[at, kind, value, metric].compact.join(' ')}>"
    end

    private

    # A due instant is a time, and an event of the host's own may bring one, from which a metric
    # counts.
    def number_of(value)
      return value if value.is_a?(Integer)
      return VALUES[kind].number(value) if VALUES.key?(kind)
      return %i[due_set policy].include?(kind) ? Raw::NONE : 0 if value.nil?
      return Instant.seconds(value) if kind == :due_set || kind.is_a?(Integer)

      Pack.whole(value, kind)
    end
  end
end
