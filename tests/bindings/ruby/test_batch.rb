# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative 'support'

class TestBatch < Test
  NOW = Support::MONDAY + 12 * 3600

  def policy
    @policy ||= Sla::Policy.new(calendar: office, first_response: '4h', resolution: '16h')
  end

  def rows
    Array.new(100) do |i|
      Sla::Row.new(created_at: at('Mo 09:00') + i * 60, status: :open, priority: i % 5)
    end
  end

  def test_rows_give_what_each_gives_alone
    batch = policy.evaluate_batch(rows: rows, now: NOW)
    assert_equal [100, 0, %i[first_response resolution]], [batch.size, batch.failed, batch.metrics]
    rows.each_with_index { |row, i| assert_equal policy.evaluate_row(row, now: NOW), batch[i] }
    assert_equal batch.map(&:bytes).join, batch.bytes
    packed = policy.evaluate_batch(rows: Sla::Row.pack(rows), now: NOW)
    assert_equal batch.bytes, packed.bytes
    assert_equal rows.map { |row| policy.evaluate_row(row, now: NOW)[:resolution].due_at.to_i },
                 packed.column(:due_at, :resolution)
    assert_equal [1] * 100, packed.column(:phase)
  end

  def test_logs_give_what_each_gives_alone
    logs = Array.new(50) do |i|
      [[at('Mo 09:00'), :created], [at('Mo 09:00') + i * 600, :agent_reply]].take(1 + i % 2)
    end
    batch = policy.evaluate_batch(logs: logs, now: NOW, metrics: [:resolution])
    logs.each_with_index do |log, i|
      assert_equal policy.measure(:resolution, log, now: NOW), batch[i].first
    end
    events, offsets = Sla::Log.pack(logs)
    assert_equal batch.bytes,
                 policy.evaluate_batch(events: events, offsets: offsets, now: NOW,
                                       metrics: [:resolution]).bytes
    assert_equal batch.bytes,
                 policy.evaluate_batch(events: events, offsets: offsets.unpack('Q*'), now: NOW,
                                       metrics: :resolution).bytes
  end

  def test_a_ticket_that_fails_spoils_no_other
    wrong = rows
    wrong[3] = Sla::Row.new(created_at: at('Mo 09:00'), solved_at: at('Mo 08:00'))
    batch = policy.evaluate_batch(rows: wrong, now: NOW)
    assert_equal 1, batch.failed
    assert_equal [:row, 4], [batch.error(3).code, batch.error(3).index]
    assert batch.failed?(3)
    assert_refused(:row) { batch[3] }
    assert_nil batch.error(4)
    assert_nil batch.column(:due_at)[3]
    assert_equal [Sla::Results, Sla::Error::Row], [batch.to_a[2].class, batch.to_a[3].class]
    assert_raises(IndexError) { batch[100] }
  end

  def test_several_policies
    strict = Sla::Policy.new(calendar: office, first_response: '1h', resolution: '2h')
    of = Array.new(100) { |i| i % 2 }
    batch = Sla::Batch.evaluate(policies: [policy, strict], rows: rows, policy_of: of, now: NOW)
    assert_equal [policy.evaluate_row(rows[0], now: NOW), strict.evaluate_row(rows[1], now: NOW)],
                 batch.first(2)
    packed = Sla::Batch.evaluate(policies: [policy, strict], rows: rows, policy_of: of.pack('L*'),
                                 now: NOW)
    assert_equal batch.bytes, packed.bytes
    assert_refused(:argument, index: 5) do
      Sla::Batch.evaluate(policies: [policy], rows: rows, policy_of: [0] * 5 + [1] * 95, now: NOW)
    end
  end

  def test_nothing
    batch = policy.evaluate_batch(rows: [], now: NOW)
    assert_equal [0, [], []], [batch.size, batch.to_a, batch.column(:due_at)]
  end

  def test_what_is_refused
    assert_refused(:argument) { policy.evaluate_batch(rows: rows, metrics: [], now: NOW) }
    assert_refused(:metric) { policy.evaluate_batch(rows: rows, metrics: [31], now: NOW) }
    assert_refused(:limit) { policy.evaluate_batch(rows: rows, metrics: [3] * 65, now: NOW) }
    assert_refused(:range) { policy.evaluate_batch(rows: rows, now: Time.utc(10_000)) }
    assert_refused(:argument) do
      policy.evaluate_batch(events: Sla::Log.pack([[[NOW, :created]]])[0], offsets: [0, 9, 1],
                            now: NOW)
    end
    assert_refused(:argument) do
      policy.evaluate_batch(events: Sla::Log.pack([[[NOW, :created]]])[0] * 2, offsets: [0, 2, 1],
                            now: NOW)
    end
  end

  def test_what_does_not_reach_the_library
    events, offsets = Sla::Log.pack([[[NOW, :created]]])
    assert_raises(ArgumentError) { policy.evaluate_batch(now: NOW) }
    assert_raises(TypeError) { policy.evaluate_batch(rows: 5, now: NOW) }
    assert_raises(ArgumentError) { policy.evaluate_batch(rows: [], now: NOW).column(:due) }
    assert_raises(ArgumentError) { policy.evaluate_batch(rows: rows, logs: [], now: NOW) }
    assert_raises(ArgumentError) { policy.evaluate_batch(rows: 'x' * 57, now: NOW) }
    assert_raises(ArgumentError) { policy.evaluate_batch(events: events, now: NOW) }
    assert_raises(ArgumentError) do
      policy.evaluate_batch(events: events.chop, offsets: offsets, now: NOW)
    end
    assert_raises(ArgumentError) do
      policy.evaluate_batch(events: events, offsets: [0, 2], now: NOW)
    end
    assert_raises(RangeError) do
      policy.evaluate_batch(events: events, offsets: [0, 2**64 + 1], now: NOW)
    end
    assert_raises(RangeError) do
      policy.evaluate_batch(rows: rows, policy_of: [2**32] * 100, now: NOW)
    end
    assert_raises(TypeError) { policy.evaluate_batch(events: events, offsets: [0, 1.0], now: NOW) }
    assert_raises(ArgumentError) { policy.evaluate_batch(rows: rows, policy_of: [0], now: NOW) }
    assert_raises(ArgumentError) do
      policy.evaluate_batch(rows: rows, now: NOW).column(:due_at, :next_response)
    end
  end
end
