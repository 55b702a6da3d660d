# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative 'support'

class TestPolicy < Test
  def everything
    { calendar: office, preset: :zendesk,
      first_response: { urgent: '1h', any: { hours: 4, due_soon: '75%' } },
      next_response: 7200,
      targets: { resolution: { any: { working_days: 3 }, high: '8h@24x7', 7 => '2d', low: 'eod' },
                 32 => { minutes: 30, second_stage: '1h', allowance: 600 } },
      due_soon: { next_response: 1800, resolution: { high: '1h' } },
      pauses: { resolution: %i[pending on_hold], next_response: { 17 => true } },
      statuses: { 16 => :pending, 17 => 'on hold' },
      metrics: { 32 => { start: [:agent_note, 40], fulfil: { statuses: :solved }, shape: :cycle } },
      options: { resolution: { at_due: :overdue, target_changed: 'keeps elapsed' } } }
  end

  def test_everything_a_policy_is_told_comes_back
    policy = Sla::Policy.new(**everything)
    assert_equal office, policy.calendar
    assert_equal [:first_response, :next_response, :resolution, 32], policy.metrics
    assert_equal({ 16 => :pending, 17 => :on_hold }, policy.statuses)
    assert_equal [true, true, false], %i[pending on_hold open].map { |s|
                                        policy.pauses?(:resolution, s)
                                      }
    assert policy.pauses?(:next_response, 17)
    assert_equal :on_hold, policy.behaves_as(17)
    rule = policy.metric_rule(32)
    assert_equal [[:agent_note, 40], [:solved], :cycle],
                 [rule.start.events, rule.fulfil.statuses, rule.shape]
    assert_equal :overdue, policy.metric_rule(:resolution).options[:at_due]
    assert_equal :keeps_elapsed, policy.metric_rule(:resolution).options[:target_changed]
  end

  def test_targets_come_back
    targets = Sla::Policy.new(**everything).targets
    told = targets.map { |t| [t.metric, t.priority, t.amount, t.unit, t.clock, t.due_soon] }
    assert_equal [[:first_response, :urgent, 3600, :seconds, :business_hours, nil],
                  [:first_response, :any, 14_400, :seconds, :business_hours, '75%'],
                  [:next_response, :any, 7200, :seconds, :business_hours, 1800],
                  [:resolution, :low, 0, :end_of_working_day, :business_hours, nil],
                  [:resolution, :high, 28_800, :seconds, :around_the_clock, 3600],
                  [:resolution, 7, 2, :counted_days, :business_hours, nil],
                  [:resolution, :any, 3, :working_days, :business_hours, nil],
                  [32, :any, 1800, :seconds, :business_hours, nil]], told
    assert_equal [3600, 600], [targets.last.second_stage, targets.last.allowance]
    again = Sla::Policy.new(**everything.slice(:calendar, :preset, :pauses, :statuses, :metrics,
                                               :options),
                            targets: targets)
    assert_equal Sla::Policy.new(**everything), again
  end

  def test_a_target_with_a_calendar_of_its_own
    night = Sla::Calendar.new(zone: 'UTC', hours: 'Mo-Su 22:00-06:00')
    policy = Sla::Policy.new(calendar: office,
                             first_response: { any: { hours: 1,
                                                      calendar: night } })
    assert_equal night, policy.targets.first.calendar
    assert_equal at('Mo 23:00'),
                 policy.evaluate([[at('Mo 10:00'), :created]], now: at('Mo 10:00')).first.due_at
  end

  # As it comes from YAML or JSON.
  def test_a_hash_of_text
    told = { 'calendar' => office, 'first_response' => { 'urgent' => '1h',
        'any' => { 'hours' => 4 } },
             'targets' => { 'resolution' => { '7' => '2d', 'any' => '3wd' } },
             'due_soon' => '75%', 'statuses' => { '16' => 'pending' },
             'pauses' => { 'resolution' => ['pending', '16'] },
             'options' => { 'resolution' => { 'at_due' => 'overdue' } } }
    policy = Sla::Policy.new(told)
    assert_equal [3600, 14_400, 2, 3], policy.targets.map(&:amount)
    assert_equal %w[75% 75%], policy.targets.select { |t| t.priority == :any }.map(&:due_soon)
    assert policy.pauses?(:resolution, 16)
    refute policy.pauses?(:resolution, :on_hold)
  end

  def test_a_policy_made_from_another
    policy = Sla::Policy.new(calendar: office, first_response: '4h', statuses: { 16 => :pending })
    more = policy.with(resolution: '3wd', pauses: { resolution: [:open] })
    assert_equal %i[first_response resolution], more.metrics
    assert_equal [true, false], [:open, 16].map { |status| more.pauses?(:resolution, status) }
    assert_equal [:first_response], policy.metrics
    assert_equal policy, policy.with(resolution: '3wd').with(without: :resolution)
    less = more.with(without: %i[first_response resolution], resolution: { urgent: '1h' })
    assert_equal [%i[resolution urgent]], less.targets.map { |t| [t.metric, t.priority] }
  end

  def test_the_rules_that_are_built_in
    rule = Sla::MetricRule.built_in(:first_response)
    assert_equal [[:created], [:agent_reply], :once],
                 [rule.start.events, rule.fulfil.events, rule.shape]
    policy = Sla::Policy.new(calendar: office, first_response: '4h')
    assert_equal rule, policy.metric_rule(:first_response)
    other = policy.with(metrics: { first_response: rule.with(fulfil: %i[agent_reply agent_note]) })
    refute_equal rule, other.metric_rule(:first_response)
    log = [[at('Mo 09:00'), :created], [at('Mo 10:00'), :agent_note]]
    assert_predicate other.measure(:first_response, log, now: at('Mo 11:00')), :met?
  end

  def test_lints
    policy = Sla::Policy.new(calendar: office, first_response: '9h', resolution: '8h',
                             next_response: 5)
    lints = policy.lints(now: at('Mo 09:00'))
    assert_equal %i[response_longer target_short], lints.map(&:kind)
    assert_equal [at('Tu 10:00'), at('Mo 17:00')], [lints[0].value, lints[0].limit]
    assert_equal [:next_response, 5, 15], [lints[1].metric, lints[1].value, lints[1].limit]
    refute_empty lints[0].to_s
    assert_empty Sla::Policy.new(calendar: office, first_response: '4h').lints(now: at('Mo 09:00'))
    past = office(special_hours: { Date.new(2024, 6, 1) => ['09:00', '12:00'] })
    lint = Sla::Policy.new(calendar: past, first_response: '4h').lints(now: at('Mo 09:00')).first
    assert_equal [:past_special, nil, :saturday, Date.new(2024, 6, 1)],
                 [lint.kind, lint.metric, lint.value, lint.limit]
  end

  def test_what_is_refused
    assert_refused(:empty) { Sla::Policy.new(calendar: office) }
    assert_refused(:calendar, index: 0) { Sla::Policy.new(first_response: '4h') }
    assert_refused(:target, argument: 4, value: -1) do
      Sla::Policy.new(calendar: office, first_response: -1)
    end
    assert_refused(:target) { Sla::Policy.new(calendar: office, first_response: '1wd@24x7') }
    assert_refused(:priority, value: 32) do
      Sla::Policy.new(calendar: office, first_response: { 32 => '1h' })
    end
    assert_refused(:metric, value: 31) do
      Sla::Policy.new(calendar: office, targets: { 31 => '1h' })
    end
    assert_refused(:metric) { Sla::Policy.new(calendar: office, targets: { 32 => '1h' }) }
    assert_refused(:due_soon) do
      Sla::Policy.new(calendar: office, first_response: '4h', due_soon: '101%')
    end
    assert_refused(:due_soon) do
      Sla::Policy.new(calendar: office, first_response: '4h', due_soon: -1)
    end
    assert_refused(:status) do
      Sla::Policy.new(calendar: office, first_response: '4h', statuses: { 7 => :open })
    end
    assert_refused(:status) do
      Sla::Policy.new(calendar: office, first_response: '4h', pauses: { first_response: [16] })
    end
    assert_refused(:rule) do
      Sla::Policy.new(calendar: office, first_response: '4h',
                      metrics: { 32 => { start: [], shape: :once } })
    end
    assert_refused(:policy) { Sla::Policy.new(calendar: office, first_response: '4h', preset: 99) }
  end

  def test_what_does_not_reach_the_library
    wrong = { 'no such metric: :frist_response' => { targets: { frist_response: '1h' } },
              'unknown keyword: :frist_response' => { frist_response: '1h' },
              'no such priority: :urgnt' => { first_response: { hours: 1 },
                                              due_soon: { first_response: { urgnt: 1 } } },
              'unknown key :hour' => { first_response: { hour: 1 } },
              'hours and minutes at once' => { first_response: { hours: 1, minutes: 5 } },
              'not a length' => { first_response: '4 hours' },
              'no such preset: :zendsk' => { preset: :zendsk },
              'no such option: :at_du' => { options: { first_response: { at_du: :overdue } } },
              'no such value of at_due: :late' => { options: { first_response: { at_due: :late } } },
              'no such ticket status: :waiting' => { pauses: { first_response: [:waiting] } },
              'no such kind of event: :reply' => { metrics: { 32 => { start: :reply,
                                                                      shape: :once } } },
              'no such shape: :twice' => { metrics: { 32 => { start: :created, shape: :twice } } } }
    wrong.each do |message, settings|
      error = assert_raises(ArgumentError, message) do
        Sla::Policy.new(calendar: office, **settings)
      end
      assert_includes error.message, message
    end
    assert_raises(TypeError) { Sla::Policy.new(calendar: 'Mo-Fr', first_response: '1h') }
    assert_raises(TypeError) { Sla::Policy.new(calendar: office, first_response: nil.to_a) }
    assert_raises(TypeError) { Sla::Policy.new(calendar: office, first_response: 1.5) }
    assert_raises(TypeError) { Sla::Policy.new('4h') }
    [{ targets: ['4h'] }, { targets: '4h' }, { statuses: [16] }, { pauses: [:pending] },
     { options: { first_response: :late } }, { metrics: [32] }].each do |told|
      assert_raises(TypeError, told.inspect) do
        Sla::Policy.new(calendar: office, resolution: '4h', **told)
      end
    end
  end

  # A Rails duration is a number and knows its seconds; so does this.
  class Span
    def to_i
      7200
    end

    def ==(other)
      other == to_i
    end
  end

  def test_lengths_of_other_kinds
    policy = Sla::Policy.new(calendar: office, first_response: Span.new, next_response: 3600.0)
    assert_equal [7200, 3600], policy.targets.map(&:amount)
  end
end
