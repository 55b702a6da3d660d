# SPDX-License-Identifier: MIT
# frozen_string_literal: true

module Sla
  # Many tickets in one call, from packed strings, and their results, unpacked when they are looked
  # at.  A ticket whose log or row is wrong has an error and no results; it spoils no other.
  class Batch
    include Enumerable

    CODE_SIZE = 4

    attr_reader :size, :metrics, :failed, :now

    # Results of all tickets side by side, and a code for each, as the library wrote them.
    attr_reader :bytes, :codes

    # policies: what was promised.  metrics: those of the first policy unless given.  Tickets are
    # rows, a string of packed rows (Row.pack) or a list of Row; or events, a string of packed
    # events with offsets, one of packed numbers of 64 bits (Log.pack makes both); or logs, a list
    # of logs.  policy_of: the place of each ticket's policy, packed as numbers of 32 bits or a
    # list.
    def self.evaluate(policies:, now: Time.now, metrics: nil, rows: nil, events: nil,
                      offsets: nil, logs: nil, policy_of: nil)
      raise ArgumentError, 'either rows or events or logs are needed' unless
        [rows, events, logs].compact.size == 1

      events, offsets = Log.pack(logs) if logs
      tickets = rows ? of_rows(rows) : of_events(events, offsets)
      policies = Policies.new(policies)
      metrics ||= policies.first&.metrics || []
      new(policies, Array(metrics), tickets, packed(policy_of, 'L'), now)
    end

    class << self
      private

      def of_rows(rows)
        rows = Row.pack(rows) if rows.is_a?(Array)
        { rows: whole(rows, Raw::ROW_RECORD.size), row_size: Raw::ROW_RECORD.size,
          count: rows.bytesize / Raw::ROW_RECORD.size }
      end

      def of_events(events, offsets)
        offsets = packed(offsets, 'Q')
        raise ArgumentError, 'events need offsets, one more than there are tickets' if
          offsets.nil? || offsets.bytesize < 8

        whole(events, Log::SIZE)
        offsets = whole(offsets, 8)
        last = offsets.unpack1('Q', offset: offsets.bytesize - 8)
        raise ArgumentError, 'offsets go beyond the events' if last > events.bytesize / Log::SIZE

        { events: events, event_size: Log::SIZE, offsets: offsets,
          count: offsets.bytesize / 8 - 1 }
      end

      def whole(bytes, size)
        raise TypeError, "packed bytes are needed, not #{bytes.class}" unless bytes.is_a?(String)
        return bytes if (bytes.bytesize % size).zero?

        raise ArgumentError, "#{bytes.bytesize} bytes are not records of #{size} bytes"
      end

      def packed(numbers, type)
        numbers.nil? || numbers.is_a?(String) ? numbers : Pack.list(type, numbers.to_a)
      end
    end

    def initialize(policies, metrics, tickets, policy_of, now)
      @policies = policies
      @metrics = metrics.map { |metric| Names::METRIC.symbol(Names::METRIC.number(metric)) }.freeze
      @now = now
      @size = tickets[:count]
      raise ArgumentError, "policy_of has not #{@size} numbers" if
        policy_of && policy_of.bytesize != 4 * @size

      run(tickets, policy_of)
      freeze
    end
    private_class_method :new

    # The Results of a ticket; its error is raised when it failed.
    def [](ticket)
      raise IndexError, "no ticket #{ticket}" unless ticket.between?(0, size - 1)

      error = error(ticket)
      raise error if error

      length = @metrics.size * Result::SIZE
      Results.new(bytes.byteslice(ticket * length, length), now)
    end

    # Of every ticket its Results or its Error.
    def each
      return enum_for(:each) { size } unless block_given?

      size.times { |ticket| yield error(ticket) || self[ticket] }
      self
    end

    def failed?(ticket)
      codes.unpack1('l', offset: ticket * CODE_SIZE) != 0
    end

    # Why a ticket was left out; nil when it was not.
    def error(ticket)
      return unless failed?(ticket)

      Error.from_bytes(@errors.byteslice(ticket * ERROR_SIZE, ERROR_SIZE))
    end

    # One field of one metric for every ticket, as the library's numbers; nil where there is none.
    def column(field, metric = metrics.first)
      place = metrics.index(Names::METRIC.symbol(Names::METRIC.number(metric)))
      raise ArgumentError, "not measured: #{metric.inspect}" unless place

      type = Raw::RESULT_RECORD.fields[field]
      raise ArgumentError, "no such field: #{field.inspect}" unless type

      start = place * Result::SIZE + Raw::RESULT_RECORD.offsets.fetch(field)
      step = metrics.size * Result::SIZE
      Array.new(size) { |ticket| value_at(ticket, type.first, start + ticket * step) }
    end

    private

    ERROR_SIZE = Raw::ERROR_RECORD.size
    private_constant :ERROR_SIZE

    def value_at(ticket, type, offset)
      return if failed?(ticket)

      value = bytes.unpack1(type, offset: offset)
      value == Raw::NONE ? nil : value
    end

    # Strings that another thread could change while the library reads them are copied: a frozen
    # string is taken as it is.
    def run(tickets, policy_of)
      inputs = tickets.merge(policy_of: policy_of, metrics: metric_numbers)
      inputs.transform_values! { |input| input.is_a?(String) ? input.dup.freeze : input }
      @bytes = "\0".b * (size * metrics.size * Result::SIZE)
      @codes = "\0".b * (size * CODE_SIZE)
      @errors = "\0".b * (size * ERROR_SIZE)
      call(inputs)
      [@bytes, @codes, @errors].each(&:freeze)
    end

    def metric_numbers
      Pack.list('L', metrics.map { |metric| Names::METRIC.number(metric) })
    end

    def call(inputs)
      places = inputs.slice(:policy_of, :metrics, :events, :offsets, :rows).compact
      places.merge!(results: @bytes, codes: @codes, errors: @errors)
      places.transform_values! { |string| Native.pin(string) }
      record = record(inputs, places)
      Native.lend do |scratch|
        code = Native::EVALUATE_BATCH.call(Native.address_of(record), record.bytesize, scratch.out,
                                           scratch.error)
        Native.check(code, scratch)
        @failed = scratch.uint64
      end
    end

    def record(inputs, places)
      policies, policy_count = @policies.arguments
      fields = { policies: policies, **places.transform_values(&:to_i),
                 now: Instant.seconds(now), policy_count: policy_count,
                 metric_count: metrics.size, ticket_count: size,
                 event_size: inputs[:event_size], row_size: inputs[:row_size],
                 result_size: Result::SIZE }
      Pack.record(Raw::BATCH_RECORD, Raw::BATCH_RECORD.fields.keys.map { |name| fields[name] || 0 })
    end
  end
end
