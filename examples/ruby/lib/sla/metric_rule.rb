# SPDX-License-Identifier: MIT
# frozen_string_literal: true

module Sla
  # A metric as data: what starts, fulfils, cancels, pauses and resumes its clock, how often it
  # starts, and what systems disagree on.
  class MetricRule
    include Value

    RECORD = Raw::METRIC_RULE_RECORD
    TRIGGERS = %i[start fulfil cancel resume].freeze
    OPTIONS = 16 # of the record

    attr_reader(*TRIGGERS, :pause_statuses, :pause_conditions, :shape, :options)

    def self.read(told)
      told.is_a?(MetricRule) ? told : new(**told.to_h.transform_keys(&:to_sym))
    end

    # The rule that a metric has unless another is set.
    def self.built_in(metric)
      PolicyBuilder.built_in_rule(metric)
    end

    def self.from_bytes(bytes)
      values = bytes.unpack(RECORD.format)
      triggers = TRIGGERS.to_h { |name| [name, Trigger.from_fields(*values.shift(5))] }
      conditions, statuses, shape, *options = values
      new(**triggers, pause_conditions: Names::CONDITION.symbols_of(conditions),
                      pause_statuses: Names::TICKET_STATUS.symbols_of(statuses),
                      shape: Names::SHAPE.symbol(shape), options: options_from(options))
    end

    def self.options_from(values)
      Names::OPTION_VALUES.to_h do |option, names|
        [Names::OPTION.symbol(option), names.symbol(values[option])]
      end
    end
    private_class_method :options_from

    # options: by name, { at_due: :overdue }; those that are not named have their first value.
    def initialize(start:, shape:, fulfil: nil, cancel: nil, resume: nil, pause_statuses: [],
                   pause_conditions: [], options: {})
      triggers = [start, fulfil, cancel, resume].map { |told| Trigger.read(told) }
      @start, @fulfil, @cancel, @resume = triggers
      @pause_statuses = Array(pause_statuses).freeze
      @pause_conditions = Array(pause_conditions).freeze
      @shape = shape
      @options = options.transform_keys(&:to_sym).freeze
      freeze
    end

    def packed
      pauses = [Names::CONDITION.mask(pause_conditions, 64),
                Names::TICKET_STATUS.mask(pause_statuses, 32)]
      triggers = TRIGGERS.flat_map { |name| send(name).fields }
      Pack.record(RECORD, [*triggers, *pauses, Names::SHAPE.number(shape), *option_numbers])
    end

    # This rule with other parts.
    def with(**changes)
      self.class.new(**to_h, **changes)
    end

    def to_h
      { start: start, fulfil: fulfil, cancel: cancel, resume: resume, shape: shape,
        pause_statuses: pause_statuses, pause_conditions: pause_conditions, options: options }
    end

    alias identity packed

    private

    def option_numbers
      numbers = [0] * OPTIONS
      options.each do |option, value|
        option = Names::OPTION.number(option)
        numbers[option] = Names::OPTION_VALUES.fetch(option).number(value)
      end
      numbers
    end
  end
end
