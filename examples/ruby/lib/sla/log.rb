# SPDX-License-Identifier: MIT
# frozen_string_literal: true

module Sla
  # What happened to a ticket, in the order in which it did.  Wherever a log is asked for, a list of
  # events will do; a Log is packed once and may be asked about many times.
  class Log
    SIZE = Event::RECORD.size

    include Enumerable

    attr_reader :bytes, :size

    def self.read(told)
      told.is_a?(Log) ? told : new(told)
    end

    def initialize(events)
      raise TypeError, "a list of events is needed, not #{events.inspect}" unless
        events.respond_to?(:map)

      @events = events.map { |event| Event.read(event) }.freeze
      @bytes = @events.map(&:packed).join.b.freeze
      @place = Native.pin(@bytes)
      @size = @events.size
      freeze
    end

    def each(&block)
      @events.each(&block)
    end

    # The three arguments by which the library takes it.
    def arguments
      [@place.to_i, size, SIZE]
    end

    # What many tickets' logs are as one: their bytes, and where each begins and the last one ends.
    def self.pack(logs)
      logs = logs.map { |log| read(log) }
      offsets = logs.each_with_object([0]) { |log, list| list << list.last + log.size }
      [logs.map(&:bytes).join.b, Pack.list('Q', offsets)]
    end
  end
end
