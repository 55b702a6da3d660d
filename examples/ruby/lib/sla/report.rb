# SPDX-License-Identifier: MIT
# frozen_string_literal: true

module Sla
  # Counts of tickets and times, by groups that the host numbers.  Where a group is asked for, nil
  # stands for all of them together.  Reports of parts merge into exactly the report of the whole.
  # One thread at a time.
  class Report
    RELEASE = Native::LIBRARY.address('sla_report_free')

    # ages: in seconds or '1d', up to which open tickets are counted apart.
    def initialize(ages: [])
      seconds = Pack.list('q', ages.map { |age| Length.seconds(age) })
      hold(Native.make(Native::REPORT_NEW, 0, Native.address_of(seconds), ages.size))
    end

    # Those that `bytes` gave.  They may come from anywhere: others are refused.
    def self.from_bytes(bytes)
      raise TypeError, "bytes are needed, not #{bytes.class}" unless bytes.is_a?(String)

      address = Native.make(Native::REPORT_NEW_BYTES, *Native.text(bytes), 0)
      allocate.tap { |report| report.send(:hold, address) }
    end

    class << self
      alias _load from_bytes
    end

    # The same for reports that count the same.
    def bytes
      Native.grow do |buffer, room, length|
        Native::REPORT_BYTES.call(@address, buffer, room, length)
      end
    end

    def _dump(_level)
      bytes
    end

    # Counts a ticket, with a result of each metric or all cycles of it.
    def add(group, history, results, now: Time.now)
      raise TypeError, "an Sla::History is needed, not #{history.inspect}" unless
        history.is_a?(History)

      record = history.packed
      results = results.map(&:bytes)
      joined = results.join.b
      Native.tell(Native::REPORT_ADD, @address, group_number(group), Native.address_of(record),
                  record.bytesize, Native.address_of(joined), results.size, Result::SIZE,
                  Instant.seconds(now))
      self
    end

    # Adds all that another report has counted.
    def merge(other)
      raise TypeError, "an Sla::Report is needed, not #{other.inspect}" unless other.is_a?(Report)

      Native.tell(Native::REPORT_MERGE, @address, other.address)
      self
    end

    # Ascending.
    def groups
      count = Native::REPORT_GROUP_COUNT.call(@address)
      (0...count).map { |index| ask(Native::REPORT_GROUP, index, &:int64) }
    end

    def ages
      count = Native::REPORT_AGE_COUNT.call(@address)
      (0...count).map { |index| ask(Native::REPORT_AGE, index, &:int64) }
    end

    def tickets(group = nil)
      record = Raw::TICKET_COUNTS_RECORD
      counts(record, Native::REPORT_TICKETS, group_number(group))
    end

    # The open tickets up to each age, then the older ones.
    def backlog(group = nil)
      room = Native::REPORT_AGE_COUNT.call(@address) + 1
      Native.lend do |scratch|
        Native.check_code(Native::REPORT_BACKLOG.call(@address, group_number(group), scratch.out,
                                                      room, scratch.out + 8 * room))
        scratch.bytes(8 * room).unpack('Q*')
      end
    end

    # How the cycles of a metric stand, and how long those took that were fulfilled; nil without
    # any.  attainment is in hundredths of a per cent, rounded down.
    def metric(metric, group = nil)
      record = Raw::METRIC_COUNTS_RECORD
      counts(record, Native::REPORT_METRIC, group_number(group), Names::METRIC.number(metric))
    end

    # Between which bounds the time lies that a share of the measured cycles did not exceed; in
    # hundredths of a per cent, so that 5000 is the median.  nil without any.
    def percentile(metric, share, group: nil, clock: :business_hours)
      least, most = bounds(Native::REPORT_PERCENTILE, metric, group, clock, share, 'q2')
      least == Raw::NONE ? nil : least..most
    end

    # Between which bounds the number of cycles lies that took at most so long.
    def times_up_to(metric, length, group: nil, clock: :business_hours)
      least, most = bounds(Native::REPORT_TIMES_UP_TO, metric, group, clock,
                           Length.seconds(length), 'Q2')
      least..most
    end

    # Where the library has it.
    attr_reader :address

    # What the library holds for it.
    def memory
      Native::REPORT_MEMORY.call(@address)
    end

    def ==(other)
      other.is_a?(Report) && bytes == other.bytes
    end

    def inspect
      "#<#{self.class} of #{tickets[:tickets]} tickets>"
    end

    private

    def hold(address)
      @address = address
      @reference = Native.own(address, RELEASE, Native::REPORT_MEMORY.call(address))
    end

    def initialize_copy(other)
      bytes = other.bytes
      hold(Native.make(Native::REPORT_NEW_BYTES, *Native.text(bytes), 0))
    end

    def group_number(group)
      return Raw::NONE if group.nil?

      Pack.check('q', group)
      group == Raw::NONE ? raise(RangeError, "#{group} is no number of a group") : group
    end

    def ask(function, *arguments)
      Native.lend do |scratch|
        Native.check_code(function.call(@address, *arguments, scratch.out))
        yield scratch
      end
    end

    def counts(record, function, *arguments)
      Native.lend do |scratch|
        Native.check_code(function.call(@address, *arguments, scratch.out, record.size))
        values = scratch.bytes(record.size).unpack(record.format)
        record.fields.keys.zip(values.map { |value| Instant.length(value) }).to_h
      end
    end

    def bounds(function, metric, group, clock, wanted, format)
      Native.lend do |scratch|
        Native.check_code(function.call(@address, group_number(group), Names::METRIC.number(metric),
                                        Names::CLOCK.number(clock), wanted, scratch.out,
                                        scratch.out + 8))
        scratch.bytes(16).unpack(format)
      end
    end
  end
end
