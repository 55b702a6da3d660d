# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative '../sla'

module Sla
  # Holidays and opening hours from iCalendar files, and back: what the companion library
  # libsla-ical does.  It is found as the core is, and where LIBSLA_PATH names the core, beside it.
  #
  #   feed   = Sla::Ical.holidays(File.binread('holidays.ics'),
  #                               window: Date.new(2026)..Date.new(2027))
  #   office = Sla::Calendar.new(zone: 'Europe/Paris', hours: 'Mo-Fr 09:00-18:00', feeds: feed)
  module Ical
    # The functions of the companion library.
    module Native
      LIBRARY = Library.new('libsla-ical')
      LIBRARY.check_version(LIBRARY.function(:sla_ical_version).call)
      LIBRARY.check_sizes
      LIBRARY.define(self, 'sla_ical_', %i[sla_ical_read_holidays sla_ical_read_hours])
    end

    # What it refused, with a class for each code: Sla::Ical::Error::Rule.  The symbol of a code
    # begins with ical_, since some words are those of the core.
    class Error < Sla::Error
      def self.text_function
        Native::ERROR_TEXT
      end

      define_codes(Raw::ENUMS[:ical_code], 'ical_')
    end

    # Of a feed of holidays, closures and make-up working days; the options are those of Reader.
    def self.holidays(bytes, **options)
      Reader.new(**options).holidays(bytes)
    end

    # Of availability and weekly events, as opening hours.
    def self.hours(bytes, **options)
      Reader.new(**options).hours(bytes)
    end

    # A file with a calendar, due dates or both; see Writer.
    def self.write(**options)
      Writer.write(**options)
    end
  end
end

require_relative 'ical/feed'
require_relative 'ical/reader'
require_relative 'ical/due'
require_relative 'ical/writer'
