# SPDX-License-Identifier: MIT
# frozen_string_literal: true

module Sla
  # What is to be reached in a period, from one time up to another.
  class Objective
    RECORD = Raw::OBJECTIVE_RECORD
    STANDING = Raw::STANDING_RECORD
    KIND = Names.new('kind of objective', Raw::ENUMS[:objective_kind])
    VERDICT = Names.new('verdict', Raw::ENUMS[:objective_verdict])

    # How it stands; nil where it does not apply.  attainment: hundredths of a per cent, rounded
    # down; projected: good ones at the end, at the pace so far; needed: good ones still to come;
    # spare: bad ones that may still come.
    Standing = Struct.new(:verdict, :attainment, :projected, :needed, :spare) do
      def to_s
        Native::OBJECTIVE_VERDICT_NAME.call(VERDICT.number(verdict)).to_s
      end
    end

    # goal: of a :share in hundredths of a per cent, of a :count a number.  expected: how many
    # cases the whole period has, if that is known.
    def initialize(from:, to:, goal:, kind: :share, expected: nil)
      @packed = Pack.record(RECORD, [Instant.seconds(from), Instant.seconds(to), goal,
                                     expected || 0, KIND.number(kind), 0]).freeze
      freeze
    end

    # With so many good and bad cases up to now.
    def judge(good, bad, now: Time.now)
      [good, bad].each { |number| Pack.check('q', number) }
      record = @packed
      Native.lend do |scratch|
        code = Native::OBJECTIVE_JUDGE.call(*Native.text(record), good, bad, Instant.seconds(now),
                                            scratch.out, STANDING.size, scratch.error)
        Native.check(code, scratch)
        *numbers, verdict, _reserved = scratch.bytes(STANDING.size).unpack(STANDING.format)
        Standing.new(VERDICT.symbol(verdict), *numbers.map { |n| Instant.length(n) }).freeze
      end
    end
  end

  # Cycles counted by how they would have gone.
  Tally = Struct.new(:met, :missed, :overdue, :open, :cancelled, :without_target)

  # Past tickets under each of some policies, in one pass over them.
  def self.backtest(candidates, metric, tickets, now: Time.now)
    policies = Policies.new(candidates)
    size = Raw::TALLY_RECORD.size
    tallies = "\0".b * (size * policies.size)
    tickets.each do |ticket|
      log = Log.read(ticket)
      Native.tell(Native::BACKTEST, *policies.arguments, Names::METRIC.number(metric),
                  *log.arguments, Instant.seconds(now), Native.address_of(tallies), size)
    end
    tallies.unpack('Q*').each_slice(Tally.members.size).map { |counts| Tally.new(*counts).freeze }
  end
end
