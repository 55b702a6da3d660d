# SPDX-License-Identifier: MIT
# frozen_string_literal: true

module Sla
  # What was promised for a metric and a priority, and when it is due soon.
  #
  # Target.read takes a number of seconds, "4h", "2d" (days of 24 counted hours), "3wd" (working
  # days), "eod" (the end of the working day), each with "@24x7" behind it for around the clock; or
  # a hash: { hours: 8, clock: :around_the_clock }, { working_days: 3, due_soon: '75%' }.
  class Target
    include Value

    RECORD = Raw::TARGET_RECORD
    UNITS = { seconds: [:seconds, 1], minutes: [:seconds, 60], hours: [:seconds, 3600],
              counted_days: [:counted_days, 1], working_days: [:working_days, 1],
              end_of_working_day: [:end_of_working_day, 1] }.freeze
    MORE = %i[clock calendar second_stage allowance due_soon].freeze
    TEXT = /\A\s*(?<length>.*?)\s*(?<around>@24[x\/]7)?\s*\z/m.freeze

    attr_reader :metric, :priority, :amount, :unit, :clock, :due_soon, :second_stage, :allowance,
                :calendar

    class << self
      def read(metric, priority, told)
        case told
        when Target then new(**told.to_h, metric: metric, priority: priority)
        when Hash then from_hash(metric, priority, told.transform_keys(&:to_sym))
        when String then new(metric: metric, priority: priority, **parse(told))
        else new(metric: metric, priority: priority, amount: Length.seconds(told), unit: :seconds)
        end
      end

      # As the policy has it.
      def from_bytes(bytes, calendar)
        fields = RECORD.fields.keys.zip(bytes.unpack(RECORD.format)).to_h
        fields.transform_values! { |value| value == Raw::NONE ? nil : value }
        new(metric: Names::METRIC.symbol(fields[:metric]),
            priority: Names::PRIORITY.symbol(fields[:priority]), amount: fields[:amount],
            unit: fields[:amount] && Names::UNIT.symbol(fields[:unit]),
            clock: fields[:amount] && Names::CLOCK.symbol(fields[:clock]),
            due_soon: percent(fields[:due_soon_percent]) || fields[:due_soon_lead],
            second_stage: fields[:second_stage], allowance: fields[:allowance], calendar: calendar)
      end

      private

      def percent(number)
        number.zero? ? nil : "#{number}%"
      end

      def from_hash(metric, priority, told)
        units = told.keys & UNITS.keys
        unknown = told.keys - UNITS.keys - MORE
        raise ArgumentError, "target of #{metric}: unknown key #{unknown.first.inspect}" if
          unknown.any?
        raise ArgumentError, "target of #{metric}: #{units.join(' and ')} at once" if
          units.size > 1

        new(metric: metric, priority: priority, **amount(units.first, told), **told.slice(*MORE))
      end

      def amount(unit, told)
        return {} unless unit

        name, factor = UNITS.fetch(unit)
        { amount: Length.seconds(told[unit]) * factor, unit: name }
      end

      def parse(text)
        match = TEXT.match(text)
        around = match[:around] ? { clock: :around_the_clock } : {}
        parse_length(match[:length]).merge(around)
      end

      def parse_length(text)
        case text
        when /\A(\d+)wd\z/ then { amount: Regexp.last_match(1).to_i, unit: :working_days }
        when /\A(\d*)eod\z/ then { amount: Regexp.last_match(1).to_i, unit: :end_of_working_day }
        when /\A(\d+)d\z/ then { amount: Regexp.last_match(1).to_i, unit: :counted_days }
        else { amount: Length.parse(text), unit: :seconds }
        end
      end
    end

    # amount: in `unit`, nil when there is only a due-soon rule.  due_soon: seconds before it is
    # due, or "75%" of it used.
    def initialize(metric:, priority: :any, amount: nil, unit: nil, clock: nil, due_soon: nil,
                   second_stage: nil, allowance: nil, calendar: nil)
      @metric = metric
      @priority = priority
      @amount = amount
      @unit = unit
      @clock = amount && (clock || :business_hours)
      @due_soon = due_soon
      @second_stage = positive(second_stage)
      @allowance = positive(allowance)
      @calendar = calendar
      freeze
    end

    def to_h
      { metric: metric, priority: priority, amount: amount, unit: unit, clock: clock,
        due_soon: due_soon, second_stage: second_stage, allowance: allowance, calendar: calendar }
    end

    alias identity to_h

    def inspect
      told = to_h.compact.map { |name, value| "#{name}: #{value.inspect}" }
      "#<#{self.class} #{told.join(', ')}>"
    end

    private

    def positive(length)
      length = length && Length.seconds(length)
      length&.zero? ? nil : length
    end
  end
end
