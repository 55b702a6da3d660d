# SPDX-License-Identifier: MIT
# frozen_string_literal: true

module Sla
  # Which policy a ticket gets, and why.
  class Rules
    include ByValue

    FUNCTIONS = functions_for('RULES')

    # The place of a rule, nil for the default; the policy, nil for no SLA.
    Match = Struct.new(:rule, :policy)
    # matches, event (it is not for this one) or condition, and then the place of the first one that
    # does not hold, in the order they are written down, groups included.
    Verdict = Struct.new(:kind, :condition)
    # unreachable, contradictory or policy; other is the rule before it, or the condition before it.
    Lint = Struct.new(:kind, :rule, :condition, :other) do
      # A short sentence.
      def to_s
        Native::RULES_LINT_NAME.call(Names::RULES_LINT.number(kind)).to_s
      end
    end

    # attributes: their types by name: { 'e-mail' => :text, priority: :integer, tag: :tags }
    # rules:      in their order, each
    #             { policy: 1, on: %i[created], name: 'Premium', when: conditions }
    #             without a policy there is no SLA, without `on` it is for all events
    # default:    the policy of tickets that no rule matches; nil for no SLA
    #
    # A condition is an attribute, a test and its values: ['e-mail', :email_domain, 'acme.com'],
    # [:subject, :contains, 'down', { ignore_case: true }]; or a group: { any_of: conditions }.  An
    # instant is a Time.  sla_rules_builder(3) says what each of them means.
    def initialize(attributes: {}, rules: [], default: nil)
      hold(RulesBuilder.build(nil, attributes, rules, default: default))
    end

    # These rules, and more after them.
    def with(attributes: {}, rules: [])
      self.class.wrap(RulesBuilder.build(self, attributes, rules))
    end

    # ---- tickets ----

    # The first rule that matches.  Facts are by attribute: a text, a whole number, a Time, a list
    # of tags; nil, or nothing at all, when it is absent.
    def match(event, facts)
      asked(event, facts) do |arguments|
        Native.lend do |scratch|
          Native.check(Native::RULES_MATCH.call(*arguments, scratch.out, Raw::MATCH_RECORD.size,
                                                scratch.error), scratch)
          match_of(scratch.bytes(Raw::MATCH_RECORD.size).unpack('LL'))
        end
      end
    end

    # All that match; else the default alone.
    def match_all(event, facts)
      list(Native::RULES_MATCH_ALL, event, facts, size + 1).map { |pair| match_of(pair) }
    end

    # The verdict on every rule by itself.
    def explain(event, facts)
      list(Native::RULES_EXPLAIN, event, facts, size).map do |number, condition|
        kind = Names::VERDICT.symbol(number)
        Verdict.new(kind, kind == :condition ? condition : nil).freeze
      end
    end

    # What is probably not meant, among so many policies.
    def lints(policies)
      Pack.check('L', policies)
      most = 2 * size + 1
      read(most, Raw::RULES_LINT_RECORD.size) do |buffer, count, error|
        Native::RULES_LINTS.call(address, policies, buffer, most, Raw::RULES_LINT_RECORD.size,
                                 count, error)
      end.map { |fields| lint_of(*fields) }
    end

    # ---- what they were told ----

    def size
      Native::RULES_COUNT.call(address)
    end

    # Types by name.
    def attributes
      (0...Native::RULES_ATTRIBUTE_COUNT.call(address)).to_h do |number|
        [text(Native::RULES_ATTRIBUTE_NAME, number), type(number)]
      end
    end

    def default
      RulesBuilder.policy_of(ask(Native::RULES_DEFAULT, &:uint32))
    end

    # As Rules.new takes them.
    def rules
      names = attributes.to_a
      (0...size).map { |place| rule(place, names) }
    end

    def to_s
      "#{size} on #{attributes.keys.join(', ')}"
    end

    private

    def type(number)
      Names::ATTRIBUTE_TYPE.symbol(ask(Native::RULES_ATTRIBUTE, number, &:uint32))
    end

    def text(function, *place)
      told = Native.grow(64) do |buffer, room, length|
        function.call(address, *place, buffer, room, length)
      end
      told.force_encoding(Encoding::UTF_8)
    end

    def match_of(pair)
      rule, policy = pair
      Match.new(RulesBuilder.rule_of(rule), RulesBuilder.policy_of(policy)).freeze
    end

    def lint_of(kind, rule, condition, other)
      kind = Names::RULES_LINT.symbol(kind)
      Lint.new(kind, RulesBuilder.rule_of(rule), kind == :contradictory ? condition : nil,
               kind == :policy ? nil : other).freeze
    end

    # The arguments of a question, which hold for the length of a block.
    def asked(event, facts)
      told = RulesBuilder::Facts.new
      facts.each do |name, value|
        number = find(name)
        told.add_all(number, type(number), value)
      end
      told.lend { |arguments| yield [address, Names::RULE_EVENT.number(event), *arguments] }
    end

    def find(name)
      name = Native.utf8(name.to_s)
      ask(Native::RULES_FIND_ATTRIBUTE, *Native.text(name), &:uint32)
    end

    # Pairs of numbers.
    def list(function, event, facts, most)
      asked(event, facts) do |arguments|
        read(most, 8) do |buffer, count, error|
          function.call(*arguments, buffer, most, 8, count, error)
        end
      end
    end

    # Records of 32-bit numbers, as many as there are.
    def read(most, record)
      buffer = "\0".b * ([most, 1].max * record)
      Native.lend do |scratch|
        Native.check(yield(Native.address_of(buffer), scratch.out, scratch.error), scratch)
        buffer.byteslice(0, scratch.size * record).unpack('L*').each_slice(record / 4)
      end
    end

    def record(record, function, *place)
      Native.lend do |scratch|
        Native.check_code(function.call(address, *place, scratch.out, record.size))
        scratch.bytes(record.size).unpack(record.format)
      end
    end

    def rule(place, names)
      events, policy, count = record(Raw::RULE_RECORD, Native::RULES_RULE, place)
      told = (0...count).map { |index| condition(place, index, names) }
      { policy: RulesBuilder.policy_of(policy), on: Names::RULE_EVENT.symbols_of(events),
        name: text(Native::RULES_RULE_NAME, place), when: tree(told) }
    end

    # How deep it is, and what it says.
    def condition(rule, index, names)
      kind, attribute, flags, depth, count =
        record(Raw::CONDITION_RECORD, Native::RULES_CONDITION, rule, index)
      kind = Names::CONDITION_KIND.symbol(kind)
      return [depth, { kind => [] }] if RulesBuilder::GROUPS.include?(kind)

      name, type = names[attribute]
      values = (0...count).map { |value| value(type, rule, index, value) }
      values << { ignore_case: true } if flags == Raw::ENUMS[:condition_flag][:ignore_case]
      [depth, [name, kind, *values]]
    end

    def value(type, *place)
      return text(Native::RULES_TEXT, *place) if RulesBuilder::TEXTS.include?(type)

      number = ask(Native::RULES_NUMBER, *place, &:int64)
      type == :instant ? Time.at(number).utc : number
    end

    # Groups with what is in them, from conditions that say how deep they are.
    def tree(told)
      open = [[]]
      told.each do |depth, condition|
        open.pop while open.size > depth + 1
        open.last << condition
        open << condition.values.first if condition.is_a?(Hash)
      end
      open.first
    end
  end
end
