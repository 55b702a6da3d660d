# SPDX-License-Identifier: MIT
# frozen_string_literal: true

module Sla
  # Policies between which a ticket passes (Event.policy names one by its place); the first is in
  # force from the creation on.
  class Policies
    include Enumerable

    PAGE = 50 # cycles that are asked for at once

    def self.[](*policies)
      new(policies)
    end

    def initialize(policies)
      @policies = policies.to_a.dup.freeze
      wrong = @policies.grep_v(Policy)
      raise TypeError, "an Sla::Policy is needed, not #{wrong.first.inspect}" unless wrong.empty?

      @addresses = Native.pin(@policies.map(&:address).pack('J*').freeze)
      freeze
    end

    def each(&block)
      @policies.each(&block)
    end

    def size
      @policies.size
    end

    # One metric.
    def measure(metric, events, now: Time.now)
      bytes = ask(Native::EVALUATE_POLICIES, metric, events, now, Result::SIZE)
      Result.new(bytes, now)
    end

    # Every cycle of a metric, as it ended or as it is at now: from the `first` on, at most
    # `limit`.
    def cycles(metric, events, now: Time.now, first: 1, limit: nil)
      Pack.whole(first, 'first')
      found = []
      loop do
        wanted = [PAGE, limit ? limit - found.size : PAGE].min
        page = wanted.positive? ? page(metric, events, now, first + found.size, wanted) : []
        found.concat(page)
        return found if page.size < PAGE
      end
    end

    # All of them taken together.
    def totals(metric, events, now: Time.now)
      Totals.new(ask(Native::EVALUATE_TOTALS, metric, events, now, Totals::RECORD.size))
    end

    # Where the library finds them.
    def arguments
      [@addresses.to_i, size]
    end

    private

    def ask(function, metric, events, now, size)
      log = Log.read(events)
      Native.lend do |scratch|
        code = function.call(*arguments, Names::METRIC.number(metric), *log.arguments,
                             Instant.seconds(now), scratch.out, size, scratch.error)
        Native.check(code, scratch)
        scratch.bytes(size)
      end
    end

    def page(metric, events, now, first, room)
      log = Log.read(events)
      written = PAGE * Result::SIZE
      Native.lend do |scratch|
        code = Native::EVALUATE_CYCLES.call(*arguments, Names::METRIC.number(metric),
                                            *log.arguments, Instant.seconds(now), first,
                                            scratch.out, room, Result::SIZE,
                                            scratch.out + written, scratch.error)
        Native.check(code, scratch)
        Results.new(scratch.bytes(scratch.size(written) * Result::SIZE), now).to_a
      end
    end
  end
end
