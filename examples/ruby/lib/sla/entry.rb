# SPDX-License-Identifier: MIT
# frozen_string_literal: true

module Sla
  # One thing a calendar is told: weekly hours, a holiday, special hours or a closure.  The class
  # methods make the usual ones; `from` and `to` limit what recurs to some dates.
  class Entry
    include Value

    RECORD = Raw::ENTRY_RECORD

    attr_reader :fields, :name

    class << self
      # Every week: Entry.hours(%i[mon tue], '09:00', '17:00').  Before the opening, the closing
      # time is one of the next day.
      def hours(weekdays, opens, closes, from: nil, to: nil)
        make(:hours, :weekly, opens: opens, closes: closes, from: from, to: to,
                              weekdays: weekdays)
      end

      # On a Date, a Range of them, "2026-12-25", "2026-12-24..2026-12-31" or, every year, "12-25".
      def holiday(dates, name = nil)
        on(:holiday, dates, name: name)
      end

      # Every year on the nth (-1: the last) weekday of a month.
      def weekday_holiday(month, nth, weekday, name = nil, from: nil, to: nil)
        make(:holiday, :yearly_weekday, month: month, day: nth, name: name, from: from, to: to,
                                        weekdays: weekday)
      end

      # Instead of the weekly hours, also on a holiday.
      def special_hours(dates, opens, closes)
        on(:special_hours, dates, opens: opens, closes: closes)
      end

      # Closed from a time of day to another, whatever opened.
      def closure(dates, from, to, name = nil)
        on(:closure, dates, opens: from, closes: to, name: name)
      end

      # Anything: kind and recurrence as symbols, and what else they need.
      def make(kind, recurrence, from: nil, to: nil, opens: 0, closes: 0, weekdays: [], month: 0,
               day: 0, name: nil)
        new({ first: date(from), last: date(to),
              opens: Civil.time_of_day(opens), closes: Civil.time_of_day(closes),
              kind: Names::ENTRY.number(kind), recurrence: Names::RECURRENCE.number(recurrence),
              weekdays: Civil.weekdays(weekdays), month: month, day: day }, name)
      end

      def from_bytes(bytes, name)
        from_fields(RECORD.fields.keys.zip(bytes.unpack(RECORD.format)).to_h, name)
      end

      def from_fields(fields, name)
        new(fields, name)
      end

      private

      MONTH_AND_DAY = /\A(\d\d)-(\d\d)\z/.freeze
      private_constant :MONTH_AND_DAY

      # A number is a date that was read before.
      def date(date)
        return date if date.is_a?(Integer)

        date ? Civil.date(date) : 0
      end

      def on(kind, dates, **more)
        yearly = MONTH_AND_DAY.match(dates) if dates.is_a?(String)
        if yearly
          return make(kind, :yearly, month: yearly[1].to_i, day: yearly[2].to_i, **more)
        end

        first, last = Civil.dates(dates)
        make(kind, :dates, from: first, to: last, **more)
      end
    end

    # fields: those of the record, by name.
    def initialize(fields, name = nil)
      @fields = fields.freeze
      @name = name.nil? || name.empty? ? nil : Native.utf8(name).dup.freeze
      freeze
    end
    private_class_method :new

    def kind
      Names::ENTRY.symbol(fields[:kind])
    end

    def recurrence
      Names::RECURRENCE.symbol(fields[:recurrence])
    end

    # The first and the last date on which it is in force, nil for always.
    def first
      date(fields[:first])
    end

    def last
      date(fields[:last])
    end

    # Seconds after midnight.
    def opens
      fields[:opens]
    end

    def closes
      fields[:closes]
    end

    def weekdays
      Civil.weekday_symbols(fields[:weekdays])
    end

    def month
      fields[:month]
    end

    def day
      fields[:day]
    end

    def packed
      Pack.record(RECORD, fields.values_at(*RECORD.fields.keys))
    end

    def identity
      [fields, name]
    end

    def to_s
      times = kind == :holiday ? nil : "#{Civil.clock(opens)}-#{Civil.clock(closes)}"
      [kind, date_text, times, name].compact.join(' ')
    end

    def inspect
      "#<#{self.class} #{self}>"
    end

    private

    def date(number)
      number.zero? ? nil : Civil.to_date(number)
    end

    def date_text
      case recurrence
      when :weekly then [weekdays.join(','), limits].compact.join(' ')
      when :dates then [first, last].uniq.join('..')
      when :yearly then [format('%<m>02d-%<d>02d', m: month, d: day), limits].compact.join(' ')
      else [day, *weekdays, 'of', month, limits].compact.join(' ')
      end
    end

    def limits
      first || last ? "(#{first}..#{last})" : nil
    end
  end
end
