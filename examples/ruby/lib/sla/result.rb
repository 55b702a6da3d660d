# SPDX-License-Identifier: MIT
# frozen_string_literal: true

module Sla
  # One metric of one ticket at an instant.  Times and lengths (whole seconds) are nil where they do
  # not apply; times are on the clock of the `now` that was asked for.  The most urgent result is
  # the least: sorting puts it first.
  class Result
    RECORD = Raw::RESULT_RECORD
    SIZE = RECORD.size
    FIELDS = RECORD.fields.keys.freeze
    TIMES = %i[started_at stopped_at due_at due_soon_at breached_at projected_due_at
               next_change_at].freeze
    LENGTHS = %i[target elapsed remaining wall_elapsed wall_remaining late_by wall_paused].freeze
    COUNTS = %i[cycle met missed].freeze
    FLAGS = Names.of_bits(Raw::ENUMS[:result_flag])

    include Comparable
    include Value

    # As the library has it, and the time that was asked about.
    attr_reader :bytes, :now

    def initialize(bytes, now)
      @bytes = bytes.freeze
      @now = now
      @values = bytes.unpack(RECORD.format).freeze
      freeze
    end

    FIELDS.each_with_index do |field, index|
      case field
      when *TIMES then define_method(field) { Instant.like(@now, @values[index]) }
      when *LENGTHS then define_method(field) { Instant.length(@values[index]) }
      when *COUNTS then define_method(field) { @values[index] }
      end
    end

    def metric
      Names::METRIC.symbol(number(:metric))
    end

    def phase
      Names::PHASE.symbol(number(:phase))
    end

    def status
      Names::STATUS.symbol(number(:status))
    end

    def priority
      Names::PRIORITY.symbol(number(:priority))
    end

    def flags
      FLAGS.symbols_of(number(:flags))
    end

    %i[on_time due_soon overdue].each do |name|
      define_method(:"#{name}?") { status == name }
    end

    %i[inactive running paused fulfilled cancelled].each do |name|
      define_method(:"#{name}?") { phase == name }
    end

    def met?
      fulfilled? && on_time?
    end

    def missed?
      fulfilled? && overdue?
    end

    # There is no due time before the year 10000.
    def unreachable?
      flags.include?(:unreachable)
    end

    # A row is paused since nobody knows when.
    def pause_unknown?
      flags.include?(:pause_unknown)
    end

    # Running overdue first (the oldest due first), then due soon and on time (the earliest due
    # first), paused, missed, met, cancelled, none.
    def <=>(other)
      return unless other.is_a?(Result)

      mine = bytes
      others = other.bytes
      Native.lend do |scratch|
        Native.check_code(Native::RESULT_COMPARE.call(Native.address_of(mine),
                                                      Native.address_of(others), SIZE,
                                                      scratch.out))
        scratch.int32
      end
    end

    alias identity bytes

    def to_h
      FIELDS.to_h { |field| [field, send(field)] }
    end

    def deconstruct_keys(_keys)
      to_h
    end

    def inspect
      told = [metric, phase, status, ("due #{due_at}" if due_at)].compact
      "#<#{self.class} #{told.join(', ')}>"
    end

    # What Marshal keeps: the bytes, and the time.
    def marshal_dump
      [bytes, now]
    end

    def marshal_load(dumped)
      bytes, now = dumped
      raise TypeError, 'no result' unless bytes.is_a?(String) && bytes.bytesize == SIZE

      initialize(bytes, now)
    end

    # A field as the library has it.
    def number(field)
      @values[INDEX.fetch(field)]
    end

    INDEX = FIELDS.each_with_index.to_h.freeze
    private_constant :INDEX
  end
end
