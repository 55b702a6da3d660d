# SPDX-License-Identifier: MIT
# frozen_string_literal: true

module Sla
  # A ticket for hosts that keep one row of times instead of a log; each may be nil but created_at.
  class Row
    include Value

    RECORD = Raw::ROW_RECORD
    TIMES = %i[created_at first_response_at waiting_since solved_at status_since].freeze
    FIELDS = RECORD.fields.keys.freeze

    attr_reader(*FIELDS, :packed)

    # A Row, or a hash of its fields.
    def self.read(told)
      told.is_a?(Row) ? told : new(**told.to_h.transform_keys(&:to_sym))
    end

    # Rows side by side, for a batch.
    def self.pack(rows)
      rows.map { |row| read(row).packed }.join.b
    end

    # paused: counted seconds of the pauses that are over.  status: nil for unknown; priority: nil
    # for none.
    def initialize(created_at:, first_response_at: nil, waiting_since: nil, solved_at: nil,
                   status_since: nil, paused: nil, status: nil, priority: nil)
      times = [created_at, first_response_at, waiting_since, solved_at, status_since]
      @created_at, @first_response_at, @waiting_since, @solved_at, @status_since = times
      @paused = paused && Length.seconds(paused)
      @status = status
      @priority = priority
      @packed = Pack.record(RECORD, numbers).freeze
      freeze
    end

    def to_h
      FIELDS.to_h { |field| [field, send(field)] }
    end

    alias identity packed

    # The field that an error is about: error->index numbers them from 1.
    def self.field_of(error)
      error.argument.nil? && error.index.positive? ? FIELDS[error.index - 1] : nil
    end

    private

    def numbers
      [*TIMES.map { |time| Instant.seconds_or_none(send(time)) }, paused || Raw::NONE,
       status ? Names::TICKET_STATUS.number(status) : 0, Names::PRIORITY.number(priority || :none)]
    end
  end
end
