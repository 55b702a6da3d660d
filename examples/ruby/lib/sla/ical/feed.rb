# SPDX-License-Identifier: MIT
# frozen_string_literal: true

module Sla
  module Ical
    # What a file says, as entries of a calendar, in order of date.  Calendar.new and Calendar#with
    # take it as feeds:.
    class Feed
      # An entry and where it comes from: the date on which the occurrence begins (nil for weekly
      # hours), the line of its event (nil when it has many), its name and UID, nil without one.
      Item = Struct.new(:entry, :date, :line, :flags, :name, :uid) do
        # Of a make-up working day.
        def workday?
          flags.include?(:workday)
        end

        # Its hours are not known, so it cannot become part of a calendar.
        def no_hours?
          flags.include?(:no_hours)
        end
      end

      # How many events there were, and why some made no entry.
      Summary = Struct.new(*Raw::ICAL_SUMMARY_RECORD.fields.keys)

      FLAGS = Names.new('flag', Raw::ENUMS[:ical_flag].transform_values do |bit|
                                  bit.bit_length - 1
                                end)
      TEXTS = Raw::ENUMS[:ical_text].slice(:name, :uid).freeze

      include Enumerable

      def initialize(address, memory)
        @address = address
        @reference = Sla::Native.own(address, RELEASE, memory)
        freeze
      end

      def size
        Native::FEED_COUNT.call(@address)
      end

      def each
        return enum_for(:each) { size } unless block_given?

        size.times { |index| yield item(index) }
        self
      end

      def [](index)
        index.between?(0, size - 1) ? item(index) : nil
      end

      def summary
        Summary.new(*record(Native::FEED_SUMMARY, Raw::ICAL_SUMMARY_RECORD)).freeze
      end

      # Tells a builder, by its address, all of it or nothing.
      def apply(builder)
        Sla::Native.tell(Native::FEED_APPLY, @address, builder)
      end

      def inspect
        "#<#{self.class} #{size} entries>"
      end

      RELEASE = Native::LIBRARY.address(:sla_ical_feed_unref)
      private_constant :RELEASE

      private

      def item(index)
        date, line, flags = record(Native::FEED_SOURCE, Raw::ICAL_SOURCE_RECORD, index)
        texts = TEXTS.transform_values { |which| text(index, which) }
        Item.new(entry(index, texts[:name]), date.zero? ? nil : Civil.to_date(date),
                 line.zero? ? nil : line, FLAGS.symbols_of(flags), *texts.values).freeze
      end

      # Only holidays and closures have a name in a calendar.
      def entry(index, name)
        fields = Entry::RECORD.fields.keys.zip(record(Native::FEED_ENTRY, Entry::RECORD,
                                                      index)).to_h
        named = %i[holiday closure].include?(Names::ENTRY.symbol(fields[:kind]))
        Entry.from_fields(fields, named ? name : nil)
      end

      def record(function, record, *arguments)
        Sla::Native.lend do |scratch|
          Sla::Native.check_code(function.call(@address, *arguments, scratch.out, record.size))
          scratch.bytes(record.size).unpack(record.format)
        end
      end

      # The number that comes back does not count the zero behind the text.
      def text(index, which)
        bytes = Sla::Native.grow do |buffer, room, length|
          Native::FEED_TEXT.call(@address, index, which, buffer, room, length)
        end
        bytes.empty? ? nil : bytes.force_encoding('UTF-8').freeze
      end
    end
  end
end
