# SPDX-License-Identifier: MIT
# frozen_string_literal: true

module Sla
  # So much open time of a calendar, to be counted from some time: calendar.time(2, :hours).
  class Counted
    SECONDS = { second: 1, seconds: 1, minute: 60, minutes: 60, hour: 3600, hours: 3600 }.freeze
    DAYS = %i[day days working_day working_days].freeze

    # Days are working days: the same time of day on the n-th working date.
    def initialize(calendar, amount, unit)
      raise TypeError, "a whole number is needed, not #{amount.inspect}" unless
        amount.is_a?(Integer)
      raise ArgumentError, "no such unit: #{unit.inspect}" unless
        SECONDS.key?(unit) || DAYS.include?(unit)

      @calendar = calendar
      @amount = amount
      @unit = unit
      freeze
    end

    def after(time)
      return @calendar.add(time, @amount * SECONDS.fetch(@unit)) if SECONDS.key?(@unit)

      due_in_working_days(time)
    end

    def before(time)
      unless SECONDS.key?(@unit)
        raise ArgumentError, 'working days are counted forward; ' \
                             'Calendar#add_working_dates goes back by dates'
      end

      @calendar.add(time, -@amount * SECONDS.fetch(@unit))
    end

    private

    # That is what a target in working days means.
    def due_in_working_days(time)
      policy = Policy.new(calendar: @calendar, resolution: { working_days: @amount })
      policy.measure(:resolution, [Event.created(time)], now: time).due_at ||
        raise(Error.from_code(Raw::E_NEVER))
    end
  end

  # Open time between two times.
  class Duration
    include Comparable

    attr_reader :in_seconds

    alias to_i in_seconds

    def initialize(seconds)
      @in_seconds = seconds
      freeze
    end

    # Whole ones, towards zero.
    def in_minutes
      (in_seconds.abs / 60) * (in_seconds <=> 0)
    end

    def in_hours
      (in_seconds.abs / 3600) * (in_seconds <=> 0)
    end

    def <=>(other)
      other.respond_to?(:to_i) ? in_seconds <=> other.to_i : nil
    end

    def hash
      in_seconds.hash
    end

    def eql?(other)
      other.is_a?(Duration) && in_seconds == other.in_seconds
    end

    def inspect
      "#<#{self.class} #{in_seconds} s>"
    end
  end
end
