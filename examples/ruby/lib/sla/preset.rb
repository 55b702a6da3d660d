# SPDX-License-Identifier: MIT
# frozen_string_literal: true

module Sla
  # A system that a policy can behave as (Policy.new(preset: :zendesk)), its words for a result and
  # the fields that it keeps.
  class Preset
    # A word of the system's; value is its number there.
    Label = Struct.new(:value, :name, :flags) do
      def breached?
        flags.include?(:breached)
      end

      def paused?
        flags.include?(:paused)
      end

      def to_s
        name
      end
    end

    # A field: metric is nil when it is of the whole ticket, value when the system would leave it
    # empty.  An instant is a Time, a label a word, a flag true or false, all else a number.
    Property = Struct.new(:name, :metric, :kind, :value)

    FLAGS = Names.of_bits(Raw::ENUMS[:label_flag])

    attr_reader :number

    def self.[](preset)
      new(Names::PRESET.number(preset))
    end

    # From its name as name gives it.
    def self.named(name)
      Native.lend do |scratch|
        Native.check_code(Native::PRESET_FIND.call(*Native.text(Native.utf8(name)), scratch.out))
        new(scratch.uint32)
      end
    end

    def self.all
      Names::PRESET.symbols.map { |preset| self[preset] }
    end

    def initialize(number)
      @number = number
      @name = Native::PRESET_NAME.call(number)
      raise Error.from_code(Raw::E_POLICY) unless @name

      freeze
    end
    private_class_method :new

    # "Zendesk"
    def name
      @name.to_s
    end

    alias to_s name

    def to_sym
      Names::PRESET.symbol(number)
    end

    # What it would say of a Result; nil when it would show nothing.
    def label(result)
      raise TypeError, "an Sla::Result is needed, not #{result.inspect}" unless
        result.is_a?(Result)

      bytes = result.bytes
      label_of do |out, size|
        Native::PRESET_LABEL.call(number, Native.address_of(bytes), Result::SIZE, out, size)
      end
    end

    # What it would say of a ticket with these Results.
    def ticket_label(results)
      results_of(results).given do |*arguments|
        label_of do |out, size|
          Native::PRESET_TICKET_LABEL.call(number, *arguments, out, size)
        end
      end
    end

    # The fields that it keeps of a ticket with these Results.
    def properties(results)
      results = results_of(results)
      results.given do |*arguments|
        count = Native::PRESET_PROPERTY_COUNT.call(number)
        Array.new(count) { |index| property(index, arguments, results.now) }
      end
    end

    def inspect
      "#<#{self.class} #{name}>"
    end

    private

    def results_of(results)
      results.is_a?(Results) ? results : Results.of(results)
    end

    def label_of
      size = Raw::LABEL_RECORD.size
      Native.lend do |scratch|
        Native.check_code(yield(scratch.out, size))
        value, flags = scratch.bytes(size).unpack(Raw::LABEL_RECORD.format)
        value == Raw::NO_LABEL ? nil : Label.new(value, word(value), FLAGS.symbols_of(flags)).freeze
      end
    end

    def word(value)
      Native::PRESET_LABEL_NAME.call(number, value)&.force_encoding('UTF-8')
    end

    def property(index, arguments, now)
      size = Raw::PROPERTY_RECORD.size
      Native.lend do |scratch|
        Native.check_code(Native::PRESET_PROPERTY.call(number, index, *arguments, scratch.out,
                                                       size))
        value, kind, metric = scratch.bytes(size).unpack(Raw::PROPERTY_RECORD.format)
        kind = Names::PROPERTY.symbol(kind)
        Property.new(Native::PRESET_PROPERTY_NAME.call(number, index),
                     metric.zero? ? nil : Names::METRIC.symbol(metric), kind,
                     decode(kind, value, now)).freeze
      end
    end

    def decode(kind, value, now)
      return if value == Raw::NONE

      case kind
      when :instant then Instant.like(now, value)
      when :label, :ticket_label then word(value)
      when :flag then value == 1
      else value
      end
    end
  end
end
