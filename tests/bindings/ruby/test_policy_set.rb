# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative 'support'

class TestPolicySet < Test
  JULY = Time.utc(2026, 7, 1)
  HOUR = 3600
  OLD = Sla::Policy.new(first_response: '4h@24x7', resolution: '24h@24x7',
                        statuses: { 20 => :on_hold })
  NEW = Sla::Policy.new(first_response: '1h@24x7')
  TEAM = Sla::Policy.new(resolution: '8h@24x7')

  def agreed
    Sla::PolicySet.new([{ kind: :customer, name: 'Acme', description: 'Premium',
                          versions: [[1, nil, OLD], [3, JULY, NEW]] },
                        { kind: 'supplier', name: 'Höst', versions: [[1, JULY, TEAM]] }])
  end

  def test_what_was_told_comes_back
    acme, host = agreed.agreements
    assert_equal [:customer, 'Acme', 'Premium'], acme.values_at(:kind, :name, :description)
    assert_equal [[1, nil, OLD], [3, JULY, NEW]], acme[:versions].map(&:to_a)
    assert_equal [:supplier, 'Höst', ''], host.values_at(:kind, :name, :description)
    assert_equal agreed, Sla::PolicySet.new(agreed.agreements)
    assert_equal agreed, Marshal.load(Marshal.dump(agreed))
    assert_equal agreed.hash, Sla::PolicySet.from_bytes(agreed.bytes).hash
    assert_equal 'Acme, Höst', agreed.to_s
  end

  def test_versions
    assert_equal [1, 3], [JULY - 1, JULY].map { |time| agreed.version_at(0, time).number }
    assert_nil agreed.version_at(1, JULY - 1)
    later = agreed.with(versions: { 'Acme' => [[4, JULY + HOUR, OLD]] },
                        agreements: [{ kind: :internal, name: 'Team', versions: [[1, nil, TEAM]] }])
    assert_equal 4, later.version_at(0, JULY + HOUR).number
    assert_equal [3, 2], [later.size, agreed.size]
    assert_equal TEAM, later.version_at(2, JULY).policy
  end

  def test_several_agreements_on_one_ticket
    log = [Sla::Event.created(JULY), Sla::Event.status(JULY, :pending)]
    first, second = agreed.evaluate(log, now: JULY + 2 * HOUR)
    assert_equal [0, 3, :customer], [first.agreement, first.version.number, first.holder]
    assert_equal NEW.evaluate(log, now: JULY + 2 * HOUR), first.results
    assert_equal NEW.hash, first.version.policy.hash
    assert_equal [:resolution], second.results.map(&:metric)
    worst = first.results.rollup
    assert_equal %i[first_response overdue], [worst.metric, worst.status]
    all = Sla::Results.of([second, first].flat_map { |outcome| outcome.results.to_a })
    assert_equal first.results.first, all.most_urgent
    early = [Sla::Event.created(JULY - HOUR)]
    first, second = agreed.evaluate(early, now: JULY)
    assert_equal [1, nil, 0], [first.version.number, second.version, second.results.size]
    again, = agreed.evaluate(early, now: JULY, agreements: [0], applied_at: JULY)
    assert_equal 3, again.version.number
    assert_equal [], agreed.evaluate(early, now: JULY, agreements: [])
  end

  def test_several_agreements_on_one_row
    row = { created_at: JULY, status: :pending, status_since: JULY }
    log = [Sla::Event.created(JULY), Sla::Event.status(JULY, :pending)]
    now = JULY + (2 * HOUR)
    assert_equal agreed.evaluate(log, now: now), agreed.evaluate_row(row, now: now)
    early = { created_at: JULY - HOUR }
    again, = agreed.evaluate_row(early, now: now, agreements: [0], applied_at: JULY)
    assert_equal 3, again.version.number
  end

  def test_who_has_to_act
    assert_equal(%i[us us customer other nobody],
                 [:new, :open, :pending, 20, :solved].map { |s| Sla::PolicySet.holder(OLD, s) })
  end

  def test_what_another_policy_would_change
    first, second = Sla::PolicySet.changes(OLD, NEW, [Sla::Event.created(JULY)],
                                           now: JULY + 2 * HOUR)
    assert_equal [:first_response, true, JULY + 4 * HOUR, JULY + HOUR, :running, :running,
                  :on_time, :overdue], first.to_a
    assert_equal [:resolution, nil, :inactive], [second.metric, second.new_due_at, second.new_phase]
  end

  def refused(error, *versions)
    assert_raises(error) { Sla::PolicySet.new([{ name: 'Acme', versions: versions }]) }
  end

  def test_what_is_refused
    refused(Sla::Error::Version)
    refused(Sla::Error::Version, [0, nil, OLD])
    refused(Sla::Error::Version, [1, JULY, OLD], [2, JULY, OLD])
    refused(TypeError, [1, JULY, 5])
    refused(TypeError, ['1', JULY, OLD])
    log = [Sla::Event.created(JULY)]
    assert_raises(Sla::Error::Policy) { agreed.evaluate(log, agreements: [2]) }
    assert_raises(Sla::Error::Creation) { agreed.evaluate([]) }
    assert_raises(ArgumentError) { agreed.with(versions: { 'Nobody' => [] }) }
    assert_raises(TypeError) { Sla::PolicySet.new([3]) }
    assert_raises(TypeError) { Sla::PolicySet.holder(5, :new) }
  end
end
