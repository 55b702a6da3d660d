# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative 'support'

class TestRules < Test
  ATTRIBUTES = { 'e-mail' => :text, 'priority' => :integer, 'created' => :instant,
                 'tag' => :tags }.freeze
  NEW_YEAR = Time.utc(2026, 1, 1)
  TREE = [['e-mail', :email_domain, 'acme.com', 'acme.org'],
          { any_of: [['priority', :between, 3, 4],
                     { all_of: [['created', :less, NEW_YEAR],
                                { none_of: [['tag', :tagged, 'spam', 'test',
                                             { ignore_case: true }]] }] }] },
          ['e-mail', :not_contains, '+', { ignore_case: true }]].freeze

  def rules
    Sla::Rules.new(attributes: ATTRIBUTES, default: 0,
                   rules: [{ policy: 2, on: [:created, 'opened', 40], name: 'Premium é',
                             when: TREE },
                           { when: [[:tag, 'tagged', 'spam']] },
                           { policy: 1, on: :updated, when: [['priority', :equals, 4]] }])
  end

  def test_the_first_that_matches
    [[:created, { 'e-mail' => 'a@m.acme.com', priority: 3 }, 0, 2],
     [40, { 'e-mail' => 'a@acme.org', created: Time.utc(2025) }, 0, 2],
     [:created, { 'e-mail' => 'a@acme.org', created: NEW_YEAR }, nil, 0],
     [:created, { 'e-mail' => 'a@acme.com.evil.org', priority: 4, tag: ['spam'] }, 1, nil],
     [:updated, { priority: 4, tag: [] }, 2, 1],
     [:updated, { priority: nil }, nil, 0]].each do |event, facts, rule, policy|
      assert_equal Sla::Rules::Match.new(rule, policy), rules.match(event, facts), facts.inspect
    end
  end

  def test_all_that_match_and_why_the_others_do_not
    facts = { 'e-mail' => 'a@acme.com', priority: 4, tag: %w[spam] }
    assert_equal [[0, 2], [1, nil]], rules.match_all(:opened, facts).map(&:to_a)
    assert_equal [[nil, 0]], rules.match_all(:message, {}).map(&:to_a)
    told = rules.explain(:created, { 'e-mail' => 'a+b@acme.com', priority: 4 }).map(&:to_a)
    assert_equal [[:condition, 7], [:condition, 0], [:event, nil]], told
  end

  def test_lints
    high = [:priority, :greater, 3]
    found = Sla::Rules.new(attributes: ATTRIBUTES, default: 9,
                           rules: [{ policy: 0, when: [high, [:priority, :less, 4]] },
                                   { policy: 5, when: [high] }, { policy: 1, when: [high] }])
                      .lints(2)
    assert_equal [[:contradictory, 0, 1, 0], [:policy, 1, nil, nil], [:unreachable, 2, nil, 1],
                  [:policy, nil, nil, nil]], found.map(&:to_a)
    assert_includes found.first.to_s, 'exclude each other'
  end

  def test_what_was_told_comes_back
    assert_equal ATTRIBUTES, rules.attributes
    assert_equal 0, rules.default
    assert_equal({ policy: 2, on: [:created, :opened, 40], name: 'Premium é', when: TREE },
                 rules.rules.first)
    assert_nil rules.rules[1][:policy]
    assert_equal rules, Sla::Rules.new(attributes: rules.attributes, rules: rules.rules, default: 0)
    assert_equal rules, Marshal.load(Marshal.dump(rules))
    assert_equal rules.hash, Sla::Rules.from_bytes(rules.bytes).hash
    assert_includes rules.inspect, '3 on e-mail'
  end

  def test_rules_and_more
    longer = rules.with(attributes: { team: :text },
                        rules: [{ policy: 3, when: [[:team, :equals, 'A']] }])
    refute_equal rules, longer
    assert_equal [3, 3], longer.match(:updated, { team: 'A' }).to_a
    assert_equal 0, longer.default
  end

  def refused(error, rules, attributes: ATTRIBUTES)
    assert_raises(error) { Sla::Rules.new(attributes: attributes, rules: rules) }
  end

  def test_what_is_refused
    error = refused(Sla::Error::Condition, [{ when: [['e-mail', :email_domain, 'acme.com', '@']] }])
    assert_equal 1, error.index
    refused(Sla::Error::Condition, [{ when: [{ any_of: [] }] }])
    refused(Sla::Error::Name, [], attributes: { '' => :text })
    refused(Sla::Error::Limit, [{ policy: 1 }] * 1025)
    assert_raises(Sla::Error::Attribute) { rules.match(:created, { nothing: 1 }) }
    assert_raises(Sla::Error::Event) { rules.match(7, {}) }
  end

  def test_what_does_not_reach_the_library
    refused(ArgumentError, [], attributes: { a: :date })
    refused(ArgumentError, [{ when: [[:nothing, :equals, 1]] }])
    refused(ArgumentError, [{ policies: 1 }])
    refused(ArgumentError, [{ when: [{ some_of: [] }] }])
    refused(ArgumentError, [{ when: [[:tag, :tagged, 'a', { case: 1 }]] }])
    refused(TypeError, [{ when: ['priority = 4'] }])
    refused(TypeError, [{ when: [[:priority, :equals, '4']] }])
    refused(TypeError, [3])
    refused(RangeError, [{ policy: -1 }])
    refused(RangeError, [{ when: [[:priority, :equals, 1 << 63]] }])
    [{ 'e-mail' => 4 }, { tag: 'spam' }, { created: 5 }].each do |facts|
      assert_raises(TypeError) { rules.match(:created, facts) }
    end
  end
end
