# SPDX-License-Identifier: MIT
# frozen_string_literal: true

module Sla
  # What a policy says and probably does not mean.
  class Lint
    RECORD = Raw::LINT_RECORD
    # What value and limit are, where they are no numbers.
    TIMES = { response_longer: %i[value limit], unreachable: %i[value limit] }.freeze

    # metric: nil when it is about none.  value, limit: what was found, and what it was measured
    # by; sla_lint(3) says of each kind what they are.
    attr_reader :kind, :metric, :priority, :value, :limit

    def initialize(bytes, now)
      value, limit, kind, metric, priority = bytes.unpack(RECORD.format)
      @kind = Names::LINT.symbol(kind)
      @metric = metric.zero? ? nil : Names::METRIC.symbol(metric)
      @priority = Names::PRIORITY.symbol(priority)
      @value, @limit = decode(value, limit, now)
      @sentence = Native::LINT_NAME.call(kind).to_s
      freeze
    end

    # A short sentence.
    def to_s
      @sentence
    end

    def inspect
      "#<#{self.class} #{kind}: #{[metric, priority].compact.join(', ')}>"
    end

    private

    def decode(value, limit, now)
      return [value, limit].map { |at| Instant.like(now, at) } if TIMES.key?(kind)
      return [Civil::WEEKDAYS.keys[value - 1], Civil.to_date(limit)] if kind == :past_special

      [value, limit]
    end
  end
end
