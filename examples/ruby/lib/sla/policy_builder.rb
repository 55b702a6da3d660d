# SPDX-License-Identifier: MIT
# frozen_string_literal: true

module Sla
  # Tells a builder what Policy.new was told.  It lives for the length of a block, in one thread.
  class PolicyBuilder
    # In the order in which they are told: a preset sets rules, rules forget pauses.
    KEYS = %i[without preset statuses metrics options pauses calendar targets due_soon].freeze
    PRIORITY = Names::PRIORITY

    class << self
      # The address of a policy built from another one, or from nothing.
      def build(from, settings)
        open(from) do |builder|
          builder.tell(settings)
          builder.finish
        end
      end

      def built_in_rule(metric)
        open(nil) { |builder| builder.rule(Names::METRIC.number(metric)) }
      end

      private

      def open(from)
        builder = new(from)
        yield builder
      ensure
        builder&.release
      end
    end

    def initialize(from)
      @builder = if from
                   Native.make(Native::POLICY_BUILDER_NEW_FROM, from.address, 0)
                 else
                   Native.make(Native::POLICY_BUILDER_NEW, 0)
                 end
      @promised = from ? from.metrics.map { |metric| Names::METRIC.number(metric) } : []
      @own_statuses = from ? from.statuses.keys : []
    end

    def release
      Native::POLICY_BUILDER_FREE.call(@builder)
      @builder = 0
    end

    # Metrics may be named among the settings, first_response: '4h', as well as in targets.
    def tell(settings)
      named = settings.slice(*Names::METRIC.symbols)
      unknown = settings.keys - KEYS - named.keys
      raise ArgumentError, "unknown keyword: #{unknown.first.inspect}" unless unknown.empty?

      settings[:targets] = targets_of(settings[:targets], named)
      KEYS.each { |key| send(key, settings[key]) unless settings[key].nil? }
    end

    def finish
      Native.make(Native::POLICY_BUILDER_BUILD, @builder)
    end

    def rule(metric)
      size = MetricRule::RECORD.size
      Native.lend do |scratch|
        code = Native::POLICY_BUILDER_METRIC.call(@builder, metric, scratch.out, size,
                                                  scratch.error)
        Native.check(code, scratch)
        MetricRule.from_bytes(scratch.bytes(size))
      end
    end

    private

    # Targets by metric; or a list of Target, as Policy#targets gives it.
    def targets_of(told, named)
      return named if told.nil?
      return told.merge(named) if told.is_a?(Hash)
      raise TypeError, "targets: a hash by metric is needed, not #{told.inspect}" unless
        told.is_a?(Array) && told.all?(Target)

      listed = told.group_by(&:metric)
      listed.transform_values { |list| list.to_h { |target| [target.priority, target] } }
            .merge(named)
    end

    def by_key(name, hash, &block)
      return hash.each(&block) if hash.is_a?(Hash)

      raise TypeError, "#{name}: a hash is needed, not #{hash.inspect}"
    end

    def preset(preset)
      set(Native::POLICY_BUILDER_SET_PRESET, Names::PRESET.number(preset))
    end

    def statuses(statuses)
      by_key(:statuses, statuses) do |status, behaves_as|
        set(Native::POLICY_BUILDER_SET_STATUS, Names::TICKET_STATUS.number(status),
            Names::TICKET_STATUS.number(behaves_as))
      end
      @own_statuses |= statuses.keys.map { |status| Names::TICKET_STATUS.number(status) }
    end

    def metrics(rules)
      by_key(:metrics, rules) do |metric, rule|
        record = MetricRule.read(rule).packed
        set(Native::POLICY_BUILDER_SET_METRIC, Names::METRIC.number(metric),
            *Native.text(record))
      end
    end

    def options(options)
      by_key(:options, options) do |metric, values|
        by_key(metric, values) do |option, value|
          option = Names::OPTION.number(option)
          set(Native::POLICY_BUILDER_SET_OPTION, Names::METRIC.number(metric), option,
              Names::OPTION_VALUES.fetch(option).number(value))
        end
      end
    end

    # %i[resolution]: none of its targets is left.
    def without(metrics)
      metrics = Array(metrics).map { |metric| Names::METRIC.number(metric) }
      metrics.each { |metric| set(Native::POLICY_BUILDER_CLEAR_TARGETS, metric) }
      @promised -= metrics
    end

    # { resolution: %i[pending on_hold] }: these, and no others; { resolution: { pending: false } }:
    # only what is named.
    def pauses(pauses)
      by_key(:pauses, pauses) do |metric, statuses|
        statuses = all_statuses(Array(statuses)) unless statuses.is_a?(Hash)
        statuses.each do |status, yes|
          set(Native::POLICY_BUILDER_SET_PAUSE, Names::METRIC.number(metric),
              Names::TICKET_STATUS.number(status), yes ? 1 : 0)
        end
      end
    end

    def all_statuses(pausing)
      pausing = pausing.map { |status| Names::TICKET_STATUS.number(status) }
      ((1..6).to_a | @own_statuses | pausing).to_h { |status| [status, pausing.include?(status)] }
    end

    def calendar(calendar)
      set(Native::POLICY_BUILDER_SET_CALENDAR, calendar_address(calendar))
    end

    # { first_response: '4h', resolution: { urgent: '8h@24x7', any: { working_days: 3 } } }
    def targets(targets)
      targets.each do |metric, told|
        metric = Names::METRIC.number(metric)
        by_priority(told).each do |priority, target|
          target(Target.read(metric, PRIORITY.number(priority), target))
        end
        @promised |= [metric]
      end
    end

    # By priority when every key is one; else the target is for any.
    def by_priority(told)
      return { any: told } unless told.is_a?(Hash) && told.any?

      told.keys.all? { |key| PRIORITY.known?(key) } ? told : { any: told }
    end

    def target(target)
      place = [target.metric, target.priority]
      if target.amount
        set(Native::POLICY_BUILDER_SET_TARGET, *place, target.amount,
            Names::UNIT.number(target.unit), Names::CLOCK.number(target.clock))
      end
      if target.calendar
        set(Native::POLICY_BUILDER_SET_TARGET_CALENDAR, *place, calendar_address(target.calendar))
      end
      stages(place, target)
      soon(*place, target.due_soon) if target.due_soon
    end

    def stages(place, target)
      stage = target.second_stage
      allowance = target.allowance
      set(Native::POLICY_BUILDER_SET_SECOND_STAGE, *place, stage) if stage
      set(Native::POLICY_BUILDER_SET_ALLOWANCE, *place, allowance) if allowance
    end

    # For every metric that has a target; or by metric, and by priority.
    def due_soon(told)
      told = @promised.to_h { |metric| [metric, told] } unless told.is_a?(Hash)
      told.each do |metric, rule|
        rule = { any: rule } unless rule.is_a?(Hash)
        rule.each do |priority, lead|
          soon(Names::METRIC.number(metric), PRIORITY.number(priority), lead)
        end
      end
    end

    # Seconds or "1h" before it is due, or "75%" of it used.
    def soon(metric, priority, rule)
      percent = rule[/\A\s*(\d+)\s*%\s*\z/, 1] if rule.is_a?(String)
      if percent
        set(Native::POLICY_BUILDER_SET_DUE_SOON_PERCENT, metric, priority, percent.to_i)
      else
        set(Native::POLICY_BUILDER_SET_DUE_SOON, metric, priority, Length.seconds(rule))
      end
    end

    def calendar_address(calendar)
      return calendar.address if calendar.is_a?(Calendar)

      raise TypeError, "calendar: an Sla::Calendar is needed, not #{calendar.inspect}"
    end

    def set(function, *arguments)
      Native.tell(function, @builder, *arguments)
    end
  end
end
