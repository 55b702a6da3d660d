# SPDX-License-Identifier: MIT
# frozen_string_literal: true

module Sla
  # Tells a builder what Rules.new was told.  It lives for the length of a block, in one thread.
  class RulesBuilder
    GROUPS = %i[all_of any_of none_of].freeze
    TEXTS = %i[text tags].freeze
    KEYS = %i[policy on name when].freeze

    # Values as records, and the texts that they name.
    class Facts
      def initialize
        @records = []
        @texts = +''.b
      end

      # The facts of one attribute: none, one, or as many as there are tags.
      def add_all(attribute, type, value)
        return if value.nil?
        return add(attribute, type, value) unless type == :tags
        raise TypeError, "a list of tags is needed, not #{value.inspect}" unless
          value.respond_to?(:each)

        value.each { |tag| add(attribute, type, tag) }
      end

      def add(attribute, type, value)
        length = 0
        if TEXTS.include?(type)
          text = Native.utf8(value).b
          value = @texts.bytesize
          length = text.bytesize
          @texts << text
        elsif type == :instant
          value = Instant.seconds(value)
        end
        @records << Pack.record(Raw::FACT_RECORD, [value, length, attribute])
      end

      # Six arguments of a call: they hold for the length of a block.
      def lend
        records = @records.join
        texts = @texts
        yield [Native.address_of(records), @records.size, Raw::FACT_RECORD.size,
               *Native.text(texts)]
      end
    end

    class << self
      # The address of rules built from others, or from nothing.
      def build(from, attributes, rules, default: :kept)
        builder = new(from)
        builder.default(default) unless default == :kept
        attributes.each { |name, type| builder.attribute(name, type) }
        rules.each { |rule| builder.rule(rule) }
        builder.finish
      ensure
        builder&.release
      end

      def policy_of(number)
        number == Raw::NO_POLICY ? nil : number
      end

      def rule_of(number)
        number == Raw::NO_RULE ? nil : number
      end
    end

    def initialize(from)
      @known = {}
      if from
        @builder = Native.make(Native::RULES_BUILDER_NEW_FROM, from.address, 0)
        from.attributes.each_with_index { |(name, type), i| @known[name] = [i, type] }
      else
        @builder = Native.make(Native::RULES_BUILDER_NEW, 0)
      end
    end

    def release
      Native::RULES_BUILDER_FREE.call(@builder)
      @builder = 0
    end

    def finish
      Native.make(Native::RULES_BUILDER_BUILD, @builder)
    end

    def default(policy)
      set(Native::RULES_BUILDER_SET_DEFAULT, number(policy))
    end

    def attribute(name, type)
      name = Native.utf8(name.to_s)
      type = Names::ATTRIBUTE_TYPE.number(type)
      Native.lend do |scratch|
        code = Native::RULES_BUILDER_ADD_ATTRIBUTE.call(@builder, type, *Native.text(name),
                                                        scratch.out, scratch.error)
        Native.check(code, scratch)
        @known[name] = [scratch.uint32, Names::ATTRIBUTE_TYPE.symbol(type)]
      end
    end

    def rule(rule)
      raise TypeError, "a rule is a hash, not #{rule.inspect}" unless rule.is_a?(Hash)

      rule = rule.transform_keys(&:to_sym)
      unknown = rule.keys - KEYS
      raise ArgumentError, "unknown keyword: #{unknown.first.inspect}" unless unknown.empty?

      name = Native.utf8(rule.fetch(:name, ''))
      set(Native::RULES_BUILDER_ADD_RULE, Names::RULE_EVENT.mask(rule[:on], 64),
          number(rule[:policy]), *Native.text(name))
      conditions(rule.fetch(:when, []))
    end

    private

    def number(policy)
      return Raw::NO_POLICY if policy.nil?

      Pack.check('L', policy)
      policy
    end

    def conditions(list)
      raise TypeError, "conditions are a list, not #{list.inspect}" unless list.is_a?(Array)

      list.each { |condition| condition.is_a?(Hash) ? group(condition) : test(condition) }
    end

    def group(group)
      kind, parts = group.first
      kind = kind.respond_to?(:to_sym) ? kind.to_sym : kind
      raise ArgumentError, "a group is one of #{GROUPS.join(', ')}, not #{group.inspect}" unless
        group.size == 1 && GROUPS.include?(kind)

      set(Native::RULES_BUILDER_OPEN_GROUP, Names::CONDITION_KIND.number(kind))
      conditions(parts)
      set(Native::RULES_BUILDER_CLOSE_GROUP)
    end

    def test(test)
      raise TypeError, "a condition is a list or a hash, not #{test.inspect}" unless
        test.is_a?(Array)

      name, kind, *values = test
      attribute, type = @known.fetch(name.to_s) { raise ArgumentError, "no attribute #{name}" }
      flags = values.last.is_a?(Hash) ? flags(values.pop) : 0
      facts = Facts.new
      values.each { |value| facts.add(attribute, type, value) }
      kind = Names::CONDITION_KIND.number(kind)
      facts.lend do |arguments|
        set(Native::RULES_BUILDER_ADD_CONDITION, attribute, kind, flags, *arguments)
      end
    end

    def flags(options)
      options = options.transform_keys(&:to_sym)
      raise ArgumentError, "unknown: #{options.inspect}" unless
        (options.keys - [:ignore_case]).empty?

      options[:ignore_case] ? Raw::ENUMS[:condition_flag][:ignore_case] : 0
    end

    def set(function, *arguments)
      Native.tell(function, @builder, *arguments)
    end
  end
end
