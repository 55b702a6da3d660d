# SPDX-License-Identifier: MIT
# frozen_string_literal: true

module Sla
  # What was promised, compiled.
  class Policy
    include ByValue

    FUNCTIONS = functions_for('POLICY')
    MOST_METRICS = 41 # nine built in, and 32 of the host's own
    MOST_EVENTS = 16  # that a row can mean

    # From a hash or keywords:
    #   calendar:   of every target in business hours that has none of its own
    #   first_response:, next_response: and so on, or targets: by metric
    #               a target (see Target), or targets by priority: { urgent: '1h', any: '4h' }
    #   due_soon:   '30m' before it is due or '75%' of it used, for all or by metric
    #   pauses:     { first_response: %i[pending on_hold] }
    #   statuses:   of the host's own, { 16 => :pending }
    #   metrics:    rules (see MetricRule) of the host's own metrics, 32 to 63, or of the nine
    #   options:    { resolution: { at_due: :overdue } }
    #   preset:     to behave as another system, :zendesk
    def initialize(settings = {}, **more)
      hold(PolicyBuilder.build(nil, Policy.send(:merge, settings, more)))
    end

    def self.merge(settings, more)
      return settings.to_h.transform_keys(&:to_sym).merge(more) if settings.respond_to?(:to_h)

      raise TypeError, "a hash is needed, not #{settings.inspect}"
    end
    private_class_method :merge

    # This policy and more, or otherwise; without: metrics whose targets it is not to have.
    def with(settings = {}, **more)
      self.class.wrap(PolicyBuilder.build(self, Policy.send(:merge, settings, more)))
    end

    # ---- tickets ----

    # Every metric that has a target, from a log: a list of events, in their order.
    def evaluate(events, now: Time.now)
      log = Log.read(events)
      collect(now) do |out, written, error|
        Native::EVALUATE_ALL.call(@address, *log.arguments, Instant.seconds(now), out,
                                  MOST_METRICS, Result::SIZE, written, error)
      end
    end

    # One metric.
    def measure(metric, events, now: Time.now)
      log = Log.read(events)
      one(now) do |out, error|
        Native::EVALUATE.call(@address, Names::METRIC.number(metric), *log.arguments,
                              Instant.seconds(now), out, Result::SIZE, error)
      end
    end

    # The same from a Row, or a hash of what it holds.
    def evaluate_row(row, now: Time.now)
      record = Row.read(row).packed
      collect(now) do |out, written, error|
        Native::EVALUATE_ROW_ALL.call(@address, *Native.text(record), Instant.seconds(now), out,
                                      MOST_METRICS, Result::SIZE, written, error)
      end
    end

    def measure_row(metric, row, now: Time.now)
      record = Row.read(row).packed
      one(now) do |out, error|
        Native::EVALUATE_ROW.call(@address, Names::METRIC.number(metric),
                                  *Native.text(record), Instant.seconds(now), out, Result::SIZE,
                                  error)
      end
    end

    # The log that a row means.
    def row_events(row)
      row = Row.read(row)
      record = row.packed
      written = MOST_EVENTS * Log::SIZE
      Native.lend do |scratch|
        code = Native::ROW_EVENTS.call(@address, *Native.text(record), scratch.out, MOST_EVENTS,
                                       Log::SIZE, scratch.out + written, scratch.error)
        Native.check(code, scratch)
        Log.new(Array.new(scratch.size(written)) do |index|
          Event.from_bytes(scratch.bytes(Log::SIZE, index * Log::SIZE), row.created_at)
        end)
      end
    end

    # Every cycle of a metric; all of them taken together.
    def cycles(metric, events, **options)
      Policies[self].cycles(metric, events, **options)
    end

    def totals(metric, events, **options)
      Policies[self].totals(metric, events, **options)
    end

    # Many tickets in one call: see Batch.
    def evaluate_batch(**options)
      Batch.evaluate(policies: [self], **options)
    end

    # What it says and probably does not mean, for tickets created at now.
    def lints(now: Time.now)
      at = Instant.seconds(now)
      size = Lint::RECORD.size
      count = count_lints(at, 0, 0)
      buffer = "\0".b * (count * size)
      count_lints(at, count, Native.address_of(buffer)) if count.positive?
      Array.new(count) { |index| Lint.new(buffer.byteslice(index * size, size), now) }
    end

    # ---- what it was built from ----

    # By metric and priority, any last.
    def targets
      Array.new(Native::POLICY_TARGET_COUNT.call(@address)) { |index| target(index) }
    end

    def calendar
      Calendar.borrow(Native::POLICY_CALENDAR.call(@address))
    end

    # Those that have a target, in the order of results.
    def metrics
      Array.new(Native::POLICY_METRIC_COUNT.call(@address)) do |index|
        Names::METRIC.symbol(ask(Native::POLICY_METRIC, index, &:uint32))
      end
    end

    # Whether a status pauses a metric.
    def pauses?(metric, status)
      ask(Native::POLICY_PAUSES, Names::METRIC.number(metric),
          Names::TICKET_STATUS.number(status), &:uint32) == 1
    end

    # Which of the six a status behaves as.
    def behaves_as(status)
      number = ask(Native::POLICY_STATUS, Names::TICKET_STATUS.number(status), &:uint32)
      Names::TICKET_STATUS.symbol(number)
    end

    # Those of the host's own that it declares.
    def statuses
      (16..31).each_with_object({}) do |status, found|
        found[status] = behaves_as(status)
      rescue Error::Status
        next
      end
    end

    def metric_rule(metric)
      size = MetricRule::RECORD.size
      Native.lend do |scratch|
        Native.check_code(Native::POLICY_METRIC_RULE.call(@address, Names::METRIC.number(metric),
                                                          scratch.out, size))
        MetricRule.from_bytes(scratch.bytes(size))
      end
    end

    def to_s
      metrics.join(', ')
    end

    private

    def collect(now)
      written = MOST_METRICS * Result::SIZE
      Native.lend do |scratch|
        Native.check(yield(scratch.out, scratch.out + written, scratch.error), scratch)
        Results.new(scratch.bytes(scratch.size(written) * Result::SIZE), now)
      end
    end

    def one(now)
      Native.lend do |scratch|
        Native.check(yield(scratch.out, scratch.error), scratch)
        Result.new(scratch.bytes(Result::SIZE), now)
      end
    end

    def target(index)
      calendar = Calendar.borrow(Native::POLICY_TARGET_CALENDAR.call(@address, index))
      size = Target::RECORD.size
      Native.lend do |scratch|
        Native.check_code(Native::POLICY_TARGET.call(@address, index, scratch.out, size))
        Target.from_bytes(scratch.bytes(size), calendar)
      end
    end

    def count_lints(at, room, out)
      Native.lend do |scratch|
        code = Native::POLICY_LINTS.call(@address, at, out, room, Lint::RECORD.size, scratch.out,
                                         scratch.error)
        Native.check(code, scratch)
        scratch.size
      end
    end
  end
end
