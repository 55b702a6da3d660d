# SPDX-License-Identifier: MIT
# frozen_string_literal: true

module Sla
  # Business hours: when it is open, how much open time there is, and where it leads.
  class Calendar
    # A half-open stretch of time.
    Interval = Struct.new(:from, :to) do
      def seconds
        (to - from).to_i
      end
    end

    include ByValue

    FUNCTIONS = functions_for('CALENDAR')
    PAGE = 256 # intervals that are asked for at once

    # zone: an Sla::Zone or its name, required.  hours: text such as "Mo-Fr 09:00-12:30,13:30-18:00"
    # or a hash.  holidays: dates, ranges of them or, every year, "12-25", in a list or as a hash
    # with names.  special_hours, closures: hashes of such dates with times.  entries: Sla::Entry
    # objects.  window: the years that are tabulated.
    def initialize(**settings)
      hold(CalendarBuilder.build(**settings))
    end

    # This calendar and more; another zone or window in place of its own.
    def with(**settings)
      self.class.wrap(CalendarBuilder.build(from: self, **settings))
    end

    def open?(time)
      seconds = Instant.seconds(time)
      Native.lend do |scratch|
        Native.check_code(Native::CALENDAR_IS_OPEN.call(@address, seconds, scratch.out))
        scratch.uint32 == 1
      end
    end

    alias in_hours? open?

    # Open seconds from a time to another; negative when it is before.
    def elapsed(from, to)
      first = Instant.seconds(from)
      last = Instant.seconds(to)
      Native.lend do |scratch|
        Native.check_code(Native::CALENDAR_ELAPSED.call(@address, first, last, scratch.out))
        scratch.int64
      end
    end

    # The same as biz says it: calendar.within(a, b).in_minutes
    def within(from, to)
      Duration.new(elapsed(from, to))
    end

    # The time that lies so many open seconds ("4h") after another; before it, for less than none.
    def add(time, length)
      start = Instant.seconds(time)
      length = Length.seconds(length) unless length.is_a?(Integer)
      Native.lend do |scratch|
        Native.check_code(Native::CALENDAR_ADD.call(@address, start, length, scratch.out))
        Instant.like(time, scratch.int64)
      end
    end

    # calendar.time(2, :hours).after(t), calendar.time(30, :minutes).before(t)
    def time(amount, unit)
      Counted.new(self, amount, unit)
    end

    # The first opening or closing after a time; nil when there is none.
    def next_change(time)
      change(Native::CALENDAR_NEXT_CHANGE, time)
    end

    # The last one at or before a time.
    def previous_change(time)
      change(Native::CALENDAR_PREVIOUS_CHANGE, time)
    end

    # The open intervals between two times, cut off at both.  With a block they are given one by
    # one, and never held all at once.
    def intervals(from, to, &block)
      return each_interval(from, to).to_a unless block

      each_interval(from, to, &block)
    end

    # Whether an interval starts on the date.
    def working_date?(date)
      ask(Native::CALENDAR_IS_WORKING_DATE, Civil.date(date), &:uint32) == 1
    end

    # How many from a date on, up to and without another.
    def working_dates(from, to)
      ask(Native::CALENDAR_WORKING_DATES, Civil.date(from), Civil.date(to), &:int64)
    end

    # The n-th working date after a date; before it, for n < 0.
    def add_working_dates(date, count)
      count = Pack.whole(count, 'working dates')
      Civil.to_date(ask(Native::CALENDAR_ADD_WORKING_DATES, Civil.date(date), count, &:int32))
    end

    # The first holiday that names the date, as an Entry; nil when none does.
    def holiday_on(date)
      index = ask(Native::CALENDAR_HOLIDAY_ON, Civil.date(date), &:uint32)
      index == Raw::NO_ENTRY ? nil : entry(index)
    end

    def holiday?(date)
      !holiday_on(date).nil?
    end

    # The same of the date that a time has in the calendar's zone.
    def on_holiday?(time)
      holiday?(zone.civil_at(time).first)
    end

    # What it was told, in that order.
    def entries
      Array.new(Native::CALENDAR_ENTRY_COUNT.call(@address)) { |index| entry(index) }
    end

    def holidays
      entries.select { |entry| entry.kind == :holiday }
    end

    def zone
      Zone.borrow(Native::CALENDAR_ZONE.call(@address))
    end

    # The years that are tabulated.
    def window
      Native.lend do |scratch|
        Native.check_code(Native::CALENDAR_WINDOW.call(@address, scratch.out, scratch.out + 4))
        scratch.int32..scratch.int32(4)
      end
    end

    # Whether it was told its window, rather than choosing it.
    def window_set?
      Native.lend do |scratch|
        Native.check_code(Native::CALENDAR_WINDOW_IS_SET.call(@address, scratch.out))
        scratch.uint32 == 1
      end
    end

    def to_s
      "#{entries.size} entries"
    end

    private

    def change(function, time)
      seconds = Instant.seconds(time)
      Native.lend do |scratch|
        Native.check_code(function.call(@address, seconds, scratch.out))
        Instant.like(time, scratch.int64)
      end
    end

    def each_interval(from, to)
      return enum_for(:each_interval, from, to) unless block_given?

      start = Instant.seconds(from)
      last = Instant.seconds(to)
      loop do
        bounds = page(start, last)
        bounds.each_slice(2) do |pair|
          yield Interval.new(*pair.map { |at| Instant.like(from, at) }).freeze
        end
        return self if bounds.size < 2 * PAGE

        start = bounds.last
      end
    end

    def page(from, to)
      size = Raw::INTERVAL_RECORD.size
      Native.lend do |scratch|
        code = Native::CALENDAR_INTERVALS.call(@address, from, to, scratch.out, PAGE, size,
                                               scratch.out + PAGE * size)
        Native.check_code(code)
        scratch.bytes(scratch.size(PAGE * size) * size).unpack('q*')
      end
    end

    def entry(index)
      size = Raw::ENTRY_RECORD.size
      record = Native.lend do |scratch|
        Native.check_code(Native::CALENDAR_ENTRY.call(@address, index, scratch.out, size))
        scratch.bytes(size)
      end
      Entry.from_bytes(record, entry_name(index))
    end

    # The number that comes back does not count the zero behind the name.
    def entry_name(index)
      Native.lend do |scratch|
        Native.check_code(Native::CALENDAR_ENTRY_NAME.call(@address, index, scratch.out,
                                                           NAME_ROOM, scratch.out + NAME_ROOM))
        scratch.bytes(scratch.size(NAME_ROOM)).force_encoding('UTF-8')
      end
    end

    NAME_ROOM = 256 # of the longest name, and its zero
    private_constant :NAME_ROOM
  end
end
