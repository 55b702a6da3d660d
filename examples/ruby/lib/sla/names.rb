# SPDX-License-Identifier: MIT
# frozen_string_literal: true

module Sla
  # The numbers of an enumeration and their symbols.  Numbers without a name, such as the host's own
  # metrics and priorities, stand for themselves.
  class Names
    MOST = 0xffff_ffff

    attr_reader :what

    def initialize(what, numbers)
      @what = what
      @numbers = numbers.freeze
      @symbols = numbers.invert.freeze
      freeze
    end

    # The flags of a mask, by an enumeration of bits.
    def self.of_bits(bits)
      new('flag', bits.transform_values { |bit| bit.bit_length - 1 })
    end

    def symbols
      @numbers.keys
    end

    # :due_soon for 2; the number itself where it has no name.
    def symbol(number)
      @symbols.fetch(number, number)
    end

    # 2 for :due_soon, "due soon", "due-soon", 2 or, as the key of a hash that was text, "2".
    def number(name)
      case name
      when Integer then within(name)
      when Symbol then @numbers.fetch(name) { told(name) }
      when String then told(name)
      else raise TypeError, "#{what}: a symbol is needed, not #{name.inspect}"
      end
    end

    def known?(name)
      number(name)
      true
    rescue ArgumentError, TypeError
      false
    end

    # Symbols of the bits of a mask, bit n for number n.
    def symbols_of(mask)
      (0..63).select { |bit| mask[bit] == 1 }.map { |bit| symbol(bit) }
    end

    # The bits of names; bits is how many the mask has.
    def mask(names, bits)
      Array(names).map { |name| bit(name, bits) }.reduce(0, :|)
    end

    private

    def told(name)
      text = name.to_s
      return within(text.to_i) if text.match?(/\A\d+\z/)

      @numbers.fetch(text.downcase.tr(' -', '__').to_sym) { unknown(name) }
    end

    def bit(name, bits)
      number = number(name)
      return 1 << number if number < bits

      raise ArgumentError, "#{what}: #{number} is not less than #{bits}"
    end

    def within(number)
      return number if number.between?(0, MOST)

      raise ArgumentError, "no such #{what}: #{number}"
    end

    def unknown(name)
      raise ArgumentError, "no such #{what}: #{name.inspect} (#{symbols.map(&:inspect).join(', ')})"
    end

    ENUMS = Raw::ENUMS

    METRIC = new('metric', ENUMS[:metric].reject { |name, _| name == :own_metric })
    EVENT = new('kind of event', ENUMS[:event_kind].reject { |name, _| name == :own })
    PRIORITY = new('priority', ENUMS[:priority])
    STATUS = new('status', ENUMS[:status])
    TICKET_STATUS = new('ticket status', ENUMS[:ticket_status])
    PHASE = new('phase', ENUMS[:phase])
    UNIT = new('unit', ENUMS[:unit])
    CLOCK = new('clock', ENUMS[:clock])
    SHAPE = new('shape', ENUMS[:shape])
    OPTION = new('option', ENUMS[:option])
    CREATOR = new('creator', ENUMS[:creator])
    CONDITION = new('condition', {})
    WALL = new('wall time', ENUMS[:wall])
    ENTRY = new('kind of entry', ENUMS[:entry_kind])
    RECURRENCE = new('recurrence', ENUMS[:recurrence])
    LINT = new('lint', ENUMS[:lint_kind])
    PRESET = new('preset', ENUMS[:preset])
    RULE_EVENT = new('event of a rule', ENUMS[:rule_event].reject { |name, _| name == :own })
    ATTRIBUTE_TYPE = new('type of an attribute', ENUMS[:attribute_type])
    CONDITION_KIND = new('kind of condition', ENUMS[:condition_kind])
    AGREEMENT_KIND = new('kind of agreement', ENUMS[:agreement_kind])
    HOLDER = new('holder', ENUMS[:holder])
    VERDICT = new('verdict', ENUMS[:verdict_kind])
    RULES_LINT = new('lint of rules', ENUMS[:rules_lint_kind])
    PROPERTY = new('kind of property', ENUMS[:property_kind])

    # The values of each option, by its number.
    OPTION_VALUES = ENUMS[:option].to_h do |option, number|
      names = (0..).lazy.map { |value| Native::OPTION_VALUE_NAME.call(number, value) }
      symbols = names.take_while(&:itself).map { |name| name.tr(' ', '_').to_sym }
      [number, new("value of #{option}", symbols.each_with_index.to_h)]
    end.freeze
  end
end
