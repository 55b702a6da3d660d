# SPDX-License-Identifier: MIT
# frozen_string_literal: true

module Sla
  # There is no zone of that name.
  class ZoneNotFound < ArgumentError; end

  # The offset from UTC at every instant.
  class Zone
    # When the wall clock shows a date and a time: `kind` is :unique, :skipped or :repeated.
    Wall = Struct.new(:first, :last, :kind)

    include ByValue

    FUNCTIONS = functions_for('ZONE')

    # As it was asked for, "Europe/Madrid"; nil when it was not by name.
    attr_reader :name

    # A name of the system's zone files, or POSIX text such as "EST5EDT,M3.2.0,M11.1.0".
    def self.new(name)
      name = Native.utf8(name)
      data = ZoneFiles.read(name)
      return tzif(data, name: name) if data
      return fixed(0, name: name) if name == 'UTC'

      posix(name)
    rescue Error::Posix => e
      raise ZoneNotFound, "no such zone: #{name.inspect} is no name in " \
                          "#{ZoneFiles.places.join(', ')}, and as POSIX text: #{e.message}"
    end

    # POSIX text.
    def self.posix(text)
      text = Native.utf8(text)
      make(Native::ZONE_NEW_POSIX, *Native.text(text))
    end

    # The bytes of a zone file.
    def self.tzif(data, name: nil)
      raise TypeError, "bytes are needed, not #{data.inspect}" unless data.is_a?(String)

      make(Native::ZONE_NEW_TZIF, *Native.text(data), name: name)
    end

    # Seconds east of UTC.
    def self.fixed(offset, name: nil)
      make(Native::ZONE_NEW_FIXED, Length.seconds(offset), name: name)
    end

    # A Zone, or one by its name.
    def self.read(zone)
      zone = new(zone) if zone.is_a?(String)
      return zone if zone.is_a?(Zone)

      raise TypeError, "an Sla::Zone or its name is needed, not #{zone.inspect}"
    end

    def self.utc
      fixed(0, name: 'UTC')
    end

    def self.make(function, *arguments, name: nil)
      wrap(Native.make(function, *arguments, 0), name)
    end
    private_class_method :make

    # Seconds east of UTC.
    def offset_at(time)
      offset(Instant.seconds(time))
    end

    # The same instant on the clock of this zone.
    def local(time)
      seconds = Instant.seconds(time)
      Time.at(seconds, in: offset(seconds))
    end

    # The date and the seconds after midnight that the wall clock shows.
    def civil_at(time)
      date, second = civil(Instant.seconds(time))
      [Civil.to_date(date), second]
    end

    # When the wall clock shows them: the first and the last instant, and whether there are none
    # (the instant of the change, twice), one or several.
    def wall(date, time_of_day)
      first, last, kind = instants(Civil.date(date), Civil.time_of_day(time_of_day))
      Wall.new(at(first), at(last), Names::WALL.symbol(kind)).freeze
    end

    # The time at which the wall clock shows this, the first one of two: zone.time(2026, 3, 6, 15).
    def time(year, month = 1, day = 1, hour = 0, minute = 0, second = 0)
      wall(Date.new(year, month, day, Date::GREGORIAN), hour * 3600 + minute * 60 + second).first
    end

    # What Time asks of a zone: Time.new(2026, 3, 6, 15, 0, 0, zone), Time.at(seconds, in: zone).
    def local_to_utc(time)
      day, second = time.to_i.divmod(86_400)
      Time.at(instants(Civil.date(Date.new(1970, 1, 1) + day), second).first).utc
    end

    def utc_to_local(time)
      seconds = time.to_i
      Time.at(seconds + offset(seconds)).utc
    end

    def to_s
      name || format('%<hash>016x', hash: ask(FUNCTIONS[:hash], &:uint64))
    end

    # By value, like everything that is marshalled; the name goes along.
    def marshal_dump
      [name, bytes]
    end

    def marshal_load(dumped)
      name, bytes = dumped
      hold(self.class.from_bytes(bytes).send(:another_reference), name)
    end

    private

    def hold(address, name = nil)
      @name = name&.dup&.freeze
      super(address)
    end

    def another_reference
      FUNCTIONS[:ref].call(address)
    end

    def at(seconds)
      Time.at(seconds, in: offset(seconds))
    end

    def offset(seconds)
      ask(Native::ZONE_OFFSET_AT, seconds, &:int32)
    end

    def civil(seconds)
      Native.lend do |scratch|
        Native.check_code(Native::ZONE_CIVIL_AT.call(address, seconds, scratch.out,
                                                     Raw::CIVIL_RECORD.size))
        scratch.bytes(Raw::CIVIL_RECORD.size).unpack(Raw::CIVIL_RECORD.format)
      end
    end

    def instants(date, second)
      Native.lend do |scratch|
        out = scratch.out
        Native.check_code(Native::ZONE_INSTANT_OF.call(address, date, second, out, out + 8,
                                                       out + 16))
        [scratch.int64, scratch.int64(8), scratch.uint32(16)]
      end
    end
  end
end
