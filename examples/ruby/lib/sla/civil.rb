# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require 'date'

module Sla
  # Dates and times of day as the library writes them, 20261225 and seconds after midnight, and
  # back.
  module Civil
    ISO = /\A(\d{4})-(\d\d)-(\d\d)\z/.freeze
    CLOCK = /\A(\d{1,2}):(\d\d)(?::(\d\d))?\z/.freeze
    WEEKDAYS = Raw::ENUMS[:weekdays].first(7).to_h.freeze

    module_function

    # Of a Date or of "2026-12-25".
    def date(date)
      return date.delete('-').to_i if date.is_a?(String) && ISO.match?(date)
      raise TypeError, "a Date is needed, not #{date.inspect}" unless date.is_a?(Date)

      # Before 1582 a Date is Julian unless it was told otherwise; the library's never are.
      date = date.gregorian
      date.year * 10_000 + date.month * 100 + date.day
    end

    def to_date(number)
      Date.new(number / 10_000, number / 100 % 100, number % 100, Date::GREGORIAN)
    end

    # The first and the last of a Date, of a Range of them, or of "2026-12-24..2026-12-31".
    def dates(dates)
      dates = Range.new(*dates.split('..', 2)) if dates.is_a?(String) && dates.include?('..')
      return [date(dates)] * 2 unless dates.is_a?(Range)

      last = date(dates.last)
      last = date(to_date(last) - 1) if dates.exclude_end?
      [date(dates.first), last]
    end

    # Seconds after midnight, of those or of "09:00" or "09:00:30".
    def time_of_day(time)
      return time if time.is_a?(Integer)

      match = CLOCK.match(time) if time.is_a?(String)
      raise ArgumentError, "a time such as '09:00' is needed, not #{time.inspect}" unless match

      hour, minute, second = match.captures.map(&:to_i)
      raise ArgumentError, "no such time: #{time}" if minute > 59 || second > 59

      hour * 3600 + minute * 60 + second
    end

    # "09:00" or "09:00:30".
    def clock(seconds)
      text = format('%<hour>02d:%<minute>02d', hour: seconds / 3600, minute: seconds / 60 % 60)
      (seconds % 60).zero? ? text : text + format(':%02d', seconds % 60)
    end

    # The mask of :monday, "Mo", 1 or of several.
    def weekdays(days)
      days = days.to_a if days.is_a?(Range) && days.first.is_a?(Integer)
      Array(days).map { |day| 1 << (weekday(day) - 1) }.reduce(0, :|)
    end

    # 1 for :monday, "Mo" or 1.
    def weekday(day)
      return day if day.is_a?(Integer) && day.between?(1, 7)

      text = day.to_s.downcase
      found = WEEKDAYS.keys.index { |name| text.size > 1 && name.to_s.start_with?(text) }
      raise ArgumentError, "no such weekday: #{day.inspect}" unless found

      found + 1
    end

    def weekday_symbols(mask)
      WEEKDAYS.select { |_, bit| (mask & bit) != 0 }.keys
    end

    # The library's own arithmetic, which is that of Date.
    def cwday(date)
      ask(:DATE_WEEKDAY, date(date)) { |scratch| scratch.uint32 }
    end

    def days(date)
      ask(:DATE_TO_DAYS, date(date)) { |scratch| scratch.int32 }
    end

    def from_days(days)
      to_date(ask(:DATE_FROM_DAYS, Pack.whole(days, 'days')) { |scratch| scratch.int32 })
    end

    def ask(function, argument)
      Native.lend do |scratch|
        Native.check_code(Native.const_get(function).call(argument, scratch.out))
        yield scratch
      end
    end
  end
end
