# SPDX-License-Identifier: MIT
# frozen_string_literal: true

module Sla
  # What a report counts of a ticket besides its results.
  class History
    include Value

    RECORD = Raw::HISTORY_RECORD
    STATE = Names.new('state', Raw::ENUMS[:history_state])

    # state: :open, :done, :cancelled or, before it is created, :none.  replies: public ones of
    # agents.
    attr_reader :created_at, :done_at, :state, :replies, :reopenings

    def initialize(created_at:, done_at: nil, state: :open, replies: 0, reopenings: 0)
      @created_at = created_at
      @done_at = done_at
      @state = STATE.symbol(STATE.number(state))
      @replies = replies
      @reopenings = reopenings
      freeze
    end

    # From a ticket's log, with the statuses of a policy.
    def self.of(policy, events, now: Time.now)
      log = Log.read(events) # which must live as long as the call
      ask(Native::HISTORY_OF_EVENTS, policy, log.arguments, now)
    end

    # From a Row, or a hash of what it holds.
    def self.of_row(policy, row, now: Time.now)
      record = Row.read(row).packed
      ask(Native::HISTORY_OF_ROW, policy, Native.text(record), now)
    end

    def self.ask(function, policy, ticket, now)
      Native.lend do |scratch|
        code = function.call(policy.address, *ticket, Instant.seconds(now), scratch.out,
                             RECORD.size, scratch.error)
        Native.check(code, scratch)
        read(scratch.bytes(RECORD.size), now)
      end
    end
    private_class_method :ask

    def self.read(bytes, now)
      created, done, state, replies, reopenings = bytes.unpack(RECORD.format)
      new(created_at: Instant.like(now, created), done_at: Instant.like(now, done),
          state: STATE.symbol(state), replies: replies, reopenings: reopenings)
    end
    private_class_method :read

    def packed
      Pack.record(RECORD, [Instant.seconds(created_at), Instant.seconds_or_none(done_at),
                           STATE.number(state), replies, reopenings, 0])
    end

    alias identity packed
  end
end
