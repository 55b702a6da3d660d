# SPDX-License-Identifier: MIT
# frozen_string_literal: true

module Sla
  # The zone files of the system, by name.  The library itself reads no file.
  module ZoneFiles
    PLACES = %w[/usr/share/zoneinfo /usr/lib/zoneinfo /usr/share/lib/zoneinfo /etc/zoneinfo].freeze
    # A name stays inside the directory: no part of it is empty or starts with a dot.
    NAME = %r{\A(?:[\w+-][\w+.-]*/)*[\w+-][\w+.-]*\z}.freeze

    module_function

    # Where they are: TZDIR, or else the usual places.
    def places
      own = ENV['TZDIR'].to_s
      own.empty? ? PLACES : [own]
    end

    # The bytes of a zone's file; nil when there is none of that name.
    def read(name)
      return unless NAME.match?(name)

      path = places.map { |place| File.join(place, name) }.find { |file| File.file?(file) }
      path && File.binread(path)
    end

    def any?
      places.any? { |place| File.directory?(place) }
    end
  end
end
