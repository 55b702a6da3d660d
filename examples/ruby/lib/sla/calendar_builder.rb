# SPDX-License-Identifier: MIT
# frozen_string_literal: true

module Sla
  # Tells a builder what Calendar.new was told.  It lives for the length of a block, in one thread.
  class CalendarBuilder
    KEYS = %i[zone window hours holidays special_hours closures entries feeds].freeze

    # The address of a calendar built from another one, or from nothing.
    def self.build(from: nil, **settings)
      builder = new(from)
      builder.tell(settings)
      builder.finish
    ensure
      builder&.release
    end

    def initialize(from)
      @builder = if from
                   Native.make(Native::CALENDAR_BUILDER_NEW_FROM, from.address, 0)
                 else
                   Native.make(Native::CALENDAR_BUILDER_NEW, 0)
                 end
    end

    def release
      Native::CALENDAR_BUILDER_FREE.call(@builder)
      @builder = 0
    end

    def tell(settings)
      unknown = settings.keys - KEYS
      raise ArgumentError, "unknown keyword: #{unknown.first.inspect}" unless unknown.empty?

      KEYS.each { |key| send(key, settings[key]) unless settings[key].nil? }
    end

    def finish
      Native.make(Native::CALENDAR_BUILDER_BUILD, @builder)
    end

    private

    def zone(zone)
      zone = Zone.read(zone)
      Native.tell(Native::CALENDAR_BUILDER_SET_ZONE, @builder, zone.address)
    end

    def window(years)
      raise TypeError, "window: years such as 2020..2030 are needed, not #{years.inspect}" unless
        years.is_a?(Range)

      first, last = years.minmax.map { |year| Pack.whole(year, 'window') }
      Native.tell(Native::CALENDAR_BUILDER_SET_WINDOW, @builder, first, last)
    end

    # Text, or as biz has them, { mon: { '09:00' => '12:30', '13:30' => '18:00' } }.
    def hours(hours)
      return text_of_hours(Native.utf8(hours)) unless hours.is_a?(Hash)

      add(hours.flat_map do |weekday, intervals|
        pairs(intervals).map { |opens, closes| Entry.hours(weekday, opens, closes) }
      end)
    end

    def text_of_hours(text)
      Native.tell(Native::CALENDAR_BUILDER_ADD_HOURS_TEXT, @builder, *Native.text(text))
    end

    # A list of dates, or of what Entry.holiday takes; or a hash with their names.
    def holidays(holidays)
      each_of(holidays) { |dates, name| Entry.holiday(dates, name) }
    end

    # { Date => [opens, closes] }, several pairs for several intervals; or, as biz has them,
    # { Date => { opens => closes } }.
    def special_hours(hours)
      each_of(hours) do |dates, times|
        pairs(times).map { |opens, closes| Entry.special_hours(dates, opens, closes) }
      end
    end

    def closures(closures)
      each_of(closures) do |dates, times|
        pairs(times).map { |from, to, name| Entry.closure(dates, from, to, name) }
      end
    end

    def entries(entries)
      each_of(entries) { |entry| raise TypeError, "an Sla::Entry is needed, not #{entry.inspect}" }
    end

    # What files say: see sla/ical.
    def feeds(feeds)
      [feeds].flatten(1).each do |feed|
        raise TypeError, "an Sla::Ical::Feed is needed, not #{feed.inspect}" unless
          feed.respond_to?(:apply)

        feed.apply(@builder)
      end
    end

    def each_of(list)
      list = [list] unless list.respond_to?(:each) && !list.is_a?(Range)
      add(list.flat_map { |dates, details| dates.is_a?(Entry) ? dates : yield(dates, details) })
    end

    def pairs(times)
      raise ArgumentError, "times of day are needed, not #{times.inspect}" unless
        times.is_a?(Hash) || times.is_a?(Array)

      times = times.to_a
      times.first.is_a?(Array) ? times : [times]
    end

    # All of them or none; an error says which.
    def add(entries)
      return if entries.empty?

      names = entries.map { |entry| entry.name.to_s }
      offsets = names.each_with_object([0]) { |name, list| list << list.last + name.bytesize }
      records = entries.map(&:packed).join.b
      names = names.map(&:b).join
      offsets = Pack.list('Q', offsets)
      Native.tell(Native::CALENDAR_BUILDER_ADD_ENTRIES, @builder, Native.address_of(records),
                  entries.size, Entry::RECORD.size, Native.address_of(names),
                  Native.address_of(offsets))
    end
  end
end
