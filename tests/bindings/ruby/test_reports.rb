# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative 'support'

class TestReports < Test
  HOUR = 3600
  DAY = 24 * HOUR
  BEGIN_AT = Time.utc(2026, 11, 2, 9)
  NOW = BEGIN_AT + 3 * DAY

  def policy(hours)
    Sla::Policy.new(first_response: "#{hours}h@24x7")
  end

  # Answered and solved after so many hours; 0: not yet.
  def ticket(hours)
    log = [Sla::Event.created(BEGIN_AT)]
    return log if hours.zero?

    at = BEGIN_AT + hours * HOUR
    log + [Sla::Event.agent_reply(at), Sla::Event.status(at, :solved)]
  end

  def report_of(*tickets)
    promised = policy(2)
    tickets.each_with_object(Sla::Report.new(ages: ['1d', 7 * DAY])) do |(group, hours), report|
      log = ticket(hours)
      report.add(group, Sla::History.of(promised, log, now: NOW), promised.evaluate(log, now: NOW),
                 now: NOW)
    end
  end

  def test_history
    history = Sla::History.of(policy(2), ticket(3), now: NOW)
    assert_equal [BEGIN_AT, BEGIN_AT + 3 * HOUR, :done, 1, 0],
                 [history.created_at, history.done_at, history.state, history.replies,
                  history.reopenings]
    assert_equal Sla::History.new(created_at: BEGIN_AT),
                 Sla::History.of(policy(2), ticket(0), now: NOW)
    row = { created_at: BEGIN_AT, first_response_at: BEGIN_AT + HOUR, solved_at: BEGIN_AT + HOUR }
    assert_equal Sla::History.of(policy(2), ticket(1), now: NOW),
                 Sla::History.of_row(policy(2), row, now: NOW)
    assert_predicate history, :frozen?
  end

  def test_counts
    report = report_of([1, 1], [1, 3], [2, 0])
    assert_equal [[1, 2], [DAY, 7 * DAY]], [report.groups, report.ages]
    assert_equal [2, 0, 2, 0, 2, 0], report.tickets(1).values
    assert_equal [3, 0], [report.tickets[:tickets], report.tickets(9)[:tickets]]
    assert_equal [0, 1, 0], report.backlog
    first = report.metric(:first_response)
    assert_equal [1, 1, 1, 3333], first.values_at(:met, :missed, :overdue, :attainment)
    assert_equal [HOUR, 2 * HOUR, 3 * HOUR], first.values_at(:least, :mean, :most)
    assert_equal [0, nil], report.metric(:first_response, 2).values_at(:measured, :mean)
  end

  def test_percentiles
    report = report_of(*(1..10).map { |hours| [1, hours] })
    assert_includes report.percentile(:first_response, 5000), 5 * HOUR
    assert_nil report.percentile(:resolution, 5000)
    assert_equal 5..5, report.times_up_to(:first_response, 5 * HOUR + 1800)
  end

  def test_parts_are_the_whole
    whole = report_of([1, 1], [2, 2], [1, 3], [3, 0])
    part = report_of([1, 3], [2, 2])
    refute_equal whole, part
    part.merge(Sla::Report.from_bytes(report_of([3, 0], [1, 1]).bytes))
    assert_equal whole, part
    assert_equal whole, Marshal.load(Marshal.dump(part))
    copy = part.dup
    copy.merge(part)
    assert_equal [8, 4], [copy.tickets[:tickets], part.tickets[:tickets]]
    assert_operator part.memory, :>, 100
    assert_equal '#<Sla::Report of 4 tickets>', part.inspect
  end

  def test_wrong_calls
    report = Sla::Report.new
    assert_equal 1, assert_raises(Sla::Error) { Sla::Report.new(ages: [DAY, DAY]) }.index
    assert_raises(Sla::Error) { Sla::Report.from_bytes('SLAR') }
    assert_raises(Sla::Error) { report.merge(Sla::Report.new(ages: [DAY])) }
    assert_raises(TypeError) { report.merge(nil) }
    assert_raises(TypeError) { report.add(1, nil, []) }
    assert_raises(RangeError) { report.tickets(-2**63) }
    late = Sla::History.new(created_at: NOW + DAY)
    assert_raises(Sla::Error) { report.add(1, late, [], now: NOW) }
    assert_raises(ArgumentError) { Sla::History.new(created_at: NOW, state: :lost) }
    assert_empty report.groups
  end

  def test_objectives
    renewals = Sla::Objective.new(from: BEGIN_AT, to: BEGIN_AT + 90 * DAY, goal: 9000, expected: 40)
    standing = renewals.judge(15, 3, now: BEGIN_AT + 14 * DAY)
    assert_equal [:at_risk, 8333, 21, 1, 'at risk'],
                 [standing.verdict, standing.attainment, standing.needed, standing.spare,
                  standing.to_s]
    leads = Sla::Objective.new(from: BEGIN_AT, to: BEGIN_AT + 30 * DAY, goal: 100, kind: :count)
    standing = leads.judge(34, 9, now: BEGIN_AT + 10 * DAY)
    assert_equal [:on_track, 102, nil], [standing.verdict, standing.projected, standing.spare]
    assert_raises(Sla::Error) { leads.judge(-1, 0, now: NOW) }
  end

  def test_a_curve_of_targets
    curve = Sla.backtest([policy(2), policy(4), policy(6)], :first_response,
                         [1, 2, 5, 0].map { |hours| ticket(hours) }, now: NOW)
    assert_equal [[2, 1], [2, 1], [3, 0]], curve.map { |tally| [tally.met, tally.missed] }
    assert_equal [1, 0], [curve.first.overdue, curve.first.open]
    assert_raises(TypeError) { Sla.backtest([nil], 1, []) }
  end
end
