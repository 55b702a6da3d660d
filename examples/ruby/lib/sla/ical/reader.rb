# SPDX-License-Identifier: MIT
# frozen_string_literal: true

module Sla
  module Ical
    # What to take of files.  It may read any number of them, on any number of threads at once.
    class Reader
      FILTERS = { take_categories: :take_category, leave_categories: :leave_category,
                  take_texts: :take_text, leave_texts: :leave_text,
                  workday_categories: :workday_category }.freeze
      LIMITS = Raw::ICAL_LIMITS_RECORD
      RELEASE = Native::LIBRARY.address(:sla_ical_reader_free)
      private_constant :RELEASE

      # window: a Range of Date, the first and the last to list.  zone: of the calendar, to whose
      # clock everything is converted; without one only dates and floating times can be read.
      # zones: by the names that files give them; the calendar's own is known by its name.
      # take_categories, leave_categories, take_texts, leave_texts: which events.
      # workday_categories: events that are make-up working days, and workday_hours,
      # [['09:00', '17:00']], of those that give a date only.  switched_off: a UID or a pair of it
      # and the date of one occurrence.  latin1: true reads what is not UTF-8 as ISO 8859-1.
      # limits: { bytes: 1_000_000 }, what a file may cost.
      def initialize(window:, zone: nil, zones: {}, workday_hours: [], switched_off: [],
                     latin1: false, limits: {}, **filters)
        unknown = filters.keys - FILTERS.keys
        raise ArgumentError, "unknown keyword: #{unknown.first.inspect}" if unknown.any?

        @address = Sla::Native.make(Native::READER_NEW, 0)
        @reference = Sla::Native.own(@address, RELEASE, 0)
        tell_dates(window, zone, zones)
        tell_filters(filters, switched_off)
        tell_workday_hours(workday_hours)
        set(Native::READER_SET_LATIN1, latin1 ? 1 : 0)
        tell_limits(limits)
        freeze
      end

      def holidays(bytes)
        read(Native::READ_HOLIDAYS, bytes)
      end

      def hours(bytes)
        read(Native::READ_HOURS, bytes)
      end

      private

      def tell_dates(window, zone, zones)
        set(Native::READER_SET_WINDOW, *Civil.dates(window))
        zones = tell_zone(Zone.read(zone), zones) if zone
        zones.each do |name, known|
          set_text(Native::READER_ADD_ZONE, name, Zone.read(known).address)
        end
      end

      # Files that name the calendar's own zone mean it.
      def tell_zone(zone, zones)
        set(Native::READER_SET_ZONE, zone.address)
        zone.name ? { zone.name => zone }.merge(zones) : zones
      end

      def tell_filters(filters, switched_off)
        filters.each do |key, texts|
          filter = Raw::ENUMS[:ical_filter].fetch(FILTERS.fetch(key))
          Array(texts).each { |text| set_text(Native::READER_ADD_FILTER, text, before: [filter]) }
        end
        switched_off.each do |uid, date|
          set_text(Native::READER_SWITCH_OFF, uid, date ? Civil.date(date) : 0)
        end
      end

      def tell_workday_hours(intervals)
        intervals.each do |times|
          set(Native::READER_ADD_WORKDAY_HOURS, *times.map { |time| Civil.time_of_day(time) })
        end
      end

      def tell_limits(limits)
        unknown = limits.keys - LIMITS.fields.keys
        raise ArgumentError, "no such limit: #{unknown.first.inspect}" if unknown.any?

        record = Pack.record(LIMITS, LIMITS.fields.keys.map { |name| limits.fetch(name, 0) })
        set(Native::READER_SET_LIMITS, *Sla::Native.text(record))
      end

      def set_text(function, text, *after, before: [])
        text = Sla::Native.utf8(text)
        set(function, *before, *Sla::Native.text(text), *after)
      end

      def set(function, *arguments)
        Sla::Native.tell(function, @address, *arguments)
      end

      # A copy that nobody can change meanwhile: other threads run while it is read.
      def read(function, bytes)
        raise TypeError, "bytes are needed, not #{bytes.class}" unless bytes.is_a?(String)

        bytes = bytes.dup.freeze unless bytes.frozen?
        Feed.new(Sla::Native.make(function, @address, *Sla::Native.text(bytes)), bytes.bytesize)
      end
    end
  end
end
