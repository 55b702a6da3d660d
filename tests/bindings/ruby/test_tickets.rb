# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative 'support'

class TestTickets < Test
  def policy
    Sla::Policy.new(calendar: office, first_response: '4h', resolution: '16h', due_soon: '75%')
  end

  def test_a_result_in_ruby
    result = policy.measure(:first_response, [[at('Mo 09:00'), :created]], now: at('Mo 12:00'))
    assert_equal %i[first_response running due_soon none],
                 [result.metric, result.phase, result.status, result.priority]
    assert_equal [at('Mo 13:00'), at('Mo 12:00'), nil],
                 [result.due_at, result.due_soon_at, result.breached_at]
    assert_equal [14_400, 10_800, 3600], [result.target, result.elapsed, result.remaining]
    assert_equal [true, true, false, false],
                 [result.running?, result.due_soon?, result.met?, result.overdue?]
    case result
    in { status: :due_soon, remaining: Integer => left } then assert_equal 3600, left
    end
    assert_predicate result, :frozen?
    assert_equal result.due_at, result.to_h[:due_at]
  end

  def test_times_are_on_the_clock_of_now
    now = at('Mo 12:00').getlocal('+09:00')
    result = policy.measure(:first_response, [[at('Mo 09:00'), :created]], now: now)
    assert_equal 32_400, result.due_at.utc_offset
    assert_equal at('Mo 13:00'), result.due_at
  end

  def test_now_is_now_unless_it_is_given
    created = Time.now - 60
    result = Sla::Policy.new(resolution: '1h@24x7').evaluate([[created, :created]]).first
    assert_in_delta 60, result.elapsed, 2
  end

  def test_events_of_every_kind
    t = at('Mo 09:00')
    events = [Sla::Event.created(t, by: :agent), Sla::Event.customer_message(t),
              Sla::Event.agent_reply(t),
              Sla::Event.agent_note(t), Sla::Event.automatic_reply(t), Sla::Event.status(t,
                                                                                         :on_hold),
              Sla::Event.priority(t, :urgent), Sla::Event.group(t, 5), Sla::Event.condition_set(t,
                                                                                                3),
              Sla::Event.condition_cleared(t, 3), Sla::Event.no_reply_needed(t),
              Sla::Event.due_set(t, :resolution, at('Tu 09:00')),
              Sla::Event.due_set(t, :resolution, nil),
              Sla::Event.reset(t), Sla::Event.reset(t, :resolution), Sla::Event.policy(t, 0),
              Sla::Event.policy(t, nil), Sla::Event.own(t, 40, 7), Sla::Event.own(t, 63,
                                                                                  at('Mo 08:00')),
              Sla::Event.cancelled(t)]
    assert_equal %i[created customer_message agent_reply agent_note automatic_reply status
                    priority group condition_set condition_cleared no_reply_needed due_set
                    due_set reset reset policy policy] +
                 [40, 63, :cancelled], events.map(&:kind)
    assert_equal events, events.map { |event| Sla::Event.from_bytes(event.packed, t) }
    assert_equal [:agent, :on_hold, :urgent], [events[0], events[5], events[6]].map(&:value)
    assert policy.evaluate(events, now: t)
    assert_equal events.size, Sla::Log.new(events).size
  end

  def test_events_as_lists_and_hashes
    list = [[at('Mo 09:00'), :created], [at('Mo 10:00'), 'status', 'on hold'],
            { 'at' => at('Mo 11:00'), 'kind' => 'priority', 'value' => 'urgent' }]
    assert_equal [Sla::Event.created(at('Mo 09:00')), Sla::Event.status(at('Mo 10:00'), :on_hold),
                  Sla::Event.priority(at('Mo 11:00'), 4)], Sla::Log.new(list).to_a
  end

  def test_a_row
    row = { created_at: at('Mo 09:00'), first_response_at: at('Mo 10:00'), status: 'open',
            priority: 3 }
    results = policy.evaluate_row(row, now: at('Mo 12:00'))
    assert_predicate results[:first_response], :met?
    assert_equal at('Tu 17:00'), results[:resolution].due_at
    assert_equal results[:resolution],
                 policy.measure_row(:resolution, Sla::Row.new(**row), now: at('Mo 12:00'))
    assert_equal %i[created priority agent_reply], policy.row_events(row).map(&:kind)
    pause = policy.measure_row(:resolution, { created_at: at('Mo 09:00'), status: :pending },
                               now: at('Mo 12:00'))
    assert_predicate pause, :pause_unknown?
  end

  def test_what_is_wrong_with_a_row
    error = assert_refused(:row, index: 2, argument: nil) do
      policy.evaluate_row({ created_at: at('Mo 09:00'), first_response_at: at('Mo 08:00') },
                          now: at('Mo 12:00'))
    end
    assert_equal :first_response_at, Sla::Row.field_of(error)
    assert_raises(ArgumentError) { Sla::Row.new(first_response_at: at('Mo 09:00')) }
    assert_raises(TypeError) { Sla::Row.new(created_at: '2024-06-03') }
    assert_raises(ArgumentError) { Sla::Row.new(created_at: at('Mo 09:00'), status: :waiting) }
  end

  def test_what_is_wrong_with_a_log
    created = [at('Mo 09:00'), :created]
    assert_refused(:order, index: 1) do
      policy.evaluate([created, [at('Mo 08:00'), :agent_reply]], now: at('Mo 12:00'))
    end
    assert_refused(:creation, index: 0) { policy.evaluate([], now: at('Mo 12:00')) }
    assert_refused(:status, index: 1, value: 17) do
      policy.evaluate([created, [at('Mo 10:00'), :status, 17]], now: at('Mo 12:00'))
    end
    assert_refused(:event, index: 1) do
      policy.evaluate([created, [at('Mo 10:00'), 64]], now: at('Mo 12:00'))
    end
    assert_refused(:range) { policy.evaluate([created], now: Time.utc(10_000)) }
    assert_refused(:metric, value: 31) { policy.measure(31, [created], now: at('Mo 12:00')) }
    assert_raises(TypeError) { policy.evaluate(created.first, now: at('Mo 12:00')) }
    assert_raises(TypeError) { policy.evaluate(['created'], now: at('Mo 12:00')) }
    assert_raises(TypeError) { policy.evaluate([['Mo 09:00', :created]], now: at('Mo 12:00')) }
    assert_raises(TypeError) { policy.evaluate([created], now: 1_717_405_200) }
    assert_raises(ArgumentError) { Sla::Event.created(at('Mo 09:00'), by: :robot) }
    assert_raises(ArgumentError) { Sla::Event.new(at('Mo 09:00'), :replied) }
    assert_raises(TypeError) { Sla::Event.group(at('Mo 09:00'), 'support') }
    assert_raises(TypeError) { Sla::Event.due_set(at('Mo 09:00'), :resolution, 'tomorrow') }
    assert_raises(TypeError) { policy.cycles(:resolution, [created], first: 1.5) }
    assert_raises(RangeError) { Sla::Event.group(at('Mo 09:00'), 2**64) }
    assert_raises(RangeError) { Sla::Event.created(Time.at(2**64)) }
    assert_raises(RangeError) { policy.evaluate([created], now: Time.at(2**64)) }
  end

  def test_results_of_a_ticket
    results = policy.evaluate([[at('Mo 09:00'), :created], [at('Mo 10:00'), :agent_reply]],
                              now: at('Mo 12:00'))
    assert_equal %i[first_response resolution], results.map(&:metric)
    assert_equal :resolution, results.most_urgent.metric
    rollup = results.rollup
    assert_equal [at('Tu 17:00'), at('Tu 13:00'), :resolution, :running, :on_time],
                 [rollup.due_at, rollup.next_change_at, rollup.metric, rollup.phase, rollup.status]
    assert_nil results[:next_response]
    assert_equal 2, results.size
    assert_equal results, Sla::Results.of(results.to_a)
    assert_raises(ArgumentError) { Sla::Results.of([]) }
  end

  def test_the_order_of_a_queue
    now = at('Tu 12:00')
    ticket = ->(*events) { policy.evaluate(events, now: now) }
    late = ticket.call([at('Mo 09:00'), :created])
    later = ticket.call([at('Mo 10:00'), :created])
    soon = ticket.call([at('Tu 09:00'), :created])
    paused = ticket.call([at('Tu 11:00'), :created], [at('Tu 11:00'), :agent_reply],
                         [at('Tu 11:30'), :status, :pending])
    done = ticket.call([at('Tu 09:00'), :created], [at('Tu 10:00'), :agent_reply],
                       [at('Tu 10:00'), :status, :solved])
    assert_equal [late, later, soon, paused, done], [done, paused, later, soon, late].sort
    assert_operator late, :<, later
    assert_equal late.most_urgent, [soon, late, done].map(&:most_urgent).min
    assert_nil late <=> 5
    assert_raises(ArgumentError) { Sla.queue([late, 5]) }
    tickets = [[1, done], [2, late], [3, late], [4, soon]]
    assert_equal [2, 3, 4, 1], Sla.queue(tickets) { |_, results| results }.map(&:first)
    assert_equal [late, late, soon, done], Sla.queue([soon, late, done, late])
  end

  def test_cycles_and_totals
    turns = Sla::Policy.new(next_response: '1h@24x7')
    log = [[at('Mo 00:00'), :created], [at('Mo 00:00'), :agent_reply]]
    130.times do |i|
      log.push([at('Mo 01:00') + i * 600, :customer_message],
               [at('Mo 01:05') + i * 600, :agent_reply])
    end
    now = at('We 00:00')
    cycles = turns.cycles(:next_response, log, now: now)
    assert_equal [130, 130], [cycles.size, cycles.last.cycle]
    assert_equal cycles[100..], turns.cycles(:next_response, log, now: now, first: 101)
    assert_equal cycles[60, 60], turns.cycles(:next_response, log, now: now, first: 61, limit: 60)
    assert_empty turns.cycles(:next_response, log, now: now, limit: 0)
    totals = turns.totals(:next_response, log, now: now)
    assert_equal [130, 130, 0, 130 * 300, 300],
                 [totals.cycles, totals.met, totals.missed, totals.elapsed, totals.longest]
    assert_nil turns.totals(:next_response, log.take(1), now: now).longest
    assert_refused(:argument) { turns.cycles(:next_response, log, now: now, first: 0) }
  end

  def test_passing_from_policy_to_policy
    first = Sla::Policy.new(resolution: '8h@24x7')
    second = Sla::Policy.new(resolution: '1h@24x7')
    log = [[at('Mo 09:00'), :created], [at('Mo 09:30'), :policy, 1]]
    result = Sla::Policies[first, second].measure(:resolution, log, now: at('Mo 11:00'))
    assert_equal [:overdue, at('Mo 10:00')], [result.status, result.due_at]
    assert_refused(:policy, index: 1) do
      Sla::Policies[first].measure(:resolution, log, now: at('Mo 11:00'))
    end
    assert_refused(:argument) { Sla::Policies[].measure(:resolution, log, now: at('Mo 11:00')) }
    assert_raises(TypeError) { Sla::Policies[first, office] }
  end

  def test_presets
    jira = Sla::Preset[:jira]
    assert_equal ['Jira', :jira], [jira.name, jira.to_sym]
    assert_equal 12, Sla::Preset.all.size
    results = policy.evaluate([[at('Mo 09:00'), :created]], now: at('Tu 12:00'))
    label = jira.label(results[:first_response])
    assert_equal ['ongoing', true, false], [label.to_s, label.breached?, label.paused?]
    assert_equal Sla::Preset[:frappe].ticket_label(results).name,
                 Sla::Preset[:frappe].ticket_label(results.to_a.reverse).name
    by_name = Sla::Preset[:zendesk].properties(results).to_h { |p| [[p.name, p.metric], p.value] }
    assert_equal at('Mo 13:00'), by_name[['first_reply_time.breach_at', :first_response]]
    assert_raises(ArgumentError) { Sla::Preset[:trac] }
    assert_equal Sla::Preset[:hubspot_help_desk].number, Sla::Preset.named('hubspot Help desk').number
    assert_refused(:policy) { Sla::Preset.named('Trac') }
    assert_refused(:policy) { Sla::Preset[99] }
    assert_raises(ArgumentError) { jira.ticket_label([]) }
    assert_raises(TypeError) { jira.label(nil) }
  end

  # The symbols are the library's names.
  def test_names
    { METRIC: :METRIC_NAME, PHASE: :PHASE_NAME, STATUS: :STATUS_NAME,
    TICKET_STATUS: :TICKET_STATUS_NAME,
      PRIORITY: :PRIORITY_NAME, EVENT: :EVENT_KIND_NAME, UNIT: :UNIT_NAME, CLOCK: :CLOCK_NAME,
      SHAPE: :SHAPE_NAME, OPTION: :OPTION_NAME }.each do |names, function|
      names = Sla::Names.const_get(names)
      function = Sla::Native.const_get(function)
      expected = (0..255).filter_map do |n|
        [function.call(n).tr(' ', '_').to_sym, n] if function.call(n)
      end
      assert_equal expected.to_h, names.symbols.to_h { |symbol| [symbol, names.number(symbol)] }
    end
    Sla::Raw::ENUMS[:code].each do |name, number|
      assert_equal "SLA_#{name.to_s.upcase}", Sla::Native::CODE_NAME.call(number)
    end
  end
end
