# SPDX-License-Identifier: MIT
# frozen_string_literal: true

module Sla
  module Ical
    # Writes a file.  It lives for the length of a call, in one thread.
    class Writer
      # The text of a file.  name: what programs call it.  calendar: an Sla::Calendar, whose zone is
      # written under the name tzid for the dates of window; stamp: when it last changed.  due: a
      # list of Due.
      def self.write(name: nil, calendar: nil, tzid: nil, window: nil, stamp: Time.now, due: [])
        writer = new
        writer.name(name) if name
        writer.calendar(calendar, tzid || calendar.zone.to_s, window, stamp) if calendar
        due.each { |one| writer.due(one) }
        writer.text
      ensure
        writer&.release
      end

      def initialize
        @address = Sla::Native.make(Native::WRITER_NEW, 0)
      end

      def release
        Native::WRITER_FREE.call(@address)
        @address = 0
      end

      def name(name)
        name = Sla::Native.utf8(name)
        set(Native::WRITER_SET_NAME, *Sla::Native.text(name))
      end

      def calendar(calendar, tzid, window, stamp)
        raise TypeError, "calendar: an Sla::Calendar is needed, not #{calendar.inspect}" unless
          calendar.is_a?(Calendar)

        tzid = Sla::Native.utf8(tzid)
        set(Native::WRITER_ADD_CALENDAR, calendar.address, *Sla::Native.text(tzid),
            *Civil.dates(window), Instant.seconds(stamp))
      end

      def due(due)
        raise TypeError, "an Sla::Ical::Due is needed, not #{due.inspect}" unless due.is_a?(Due)

        record = due.record
        uid = due.uid
        summary = due.summary
        set(Native::WRITER_ADD_DUE, *Sla::Native.text(record), *Sla::Native.text(uid),
            *Sla::Native.text(summary))
        texts = { description: due.description, url: due.url }.compact
        texts.each do |which, text|
          set(Native::WRITER_ADD_TEXT, Raw::ENUMS[:ical_text].fetch(which), *Sla::Native.text(text))
        end
        due.alarms.each { |alarm| set(Native::WRITER_ADD_ALARM, alarm) }
      end

      def text
        bytes = Sla::Native.grow(65_536) do |buffer, room, length|
          Native::WRITER_TEXT.call(@address, buffer, room, length)
        end
        bytes.force_encoding('UTF-8')
      end

      private

      def set(function, *arguments)
        Sla::Native.tell(function, @address, *arguments)
      end
    end
  end
end
