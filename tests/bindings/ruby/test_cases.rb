# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative 'support'
require_relative 'table'
require_relative 'told'

# The cases that every language runs: a test for each row of each table.
class TestCases < Test
  # What a row of a table asks for, by the table's name.
  RUNS = { 'calendar' => :calendar, 'hours' => :hours, 'zones' => :zone, 'cycles' => :cycles,
           'totals' => :totals, 'rows' => :row, 'presets' => :preset,
           'preset_properties' => :properties, 'errors' => :error,
           'row_errors' => :row_error, 'lints' => :lints }.freeze

  Table.names.each do |name|
    run = name.start_with?('evaluation_') ? :evaluation : RUNS.fetch(name)
    Table.new(name).rows.each do |row|
      define_method("test_#{row['place']} #{row['name']}") { send(:"run_#{run}", row) }
    end
  end

  private

  # An answer, or the error that stands for it: "SLA_E_HOURS 1:7".
  def answer_of
    yield
  rescue Sla::Error => e
    place = e.line && " #{e.line}:#{e.column}"
    "SLA_E_#{e.code.upcase}#{place}"
  end

  # ---- zones ----

  def run_zone(row)
    answer = answer_of do
      zone = Told.zone(row['zone'])
      send(:"zone_#{row['operation']}", zone, row['arguments'], row['answer'])
    end
    assert_equal row['answer'], answer
  end

  def zone_make(_zone, _arguments, _answer)
    'ok'
  end

  def zone_offset_at(zone, arguments, _answer)
    zone.offset_at(Told.iso(arguments)).to_s
  end

  def zone_civil_at(zone, arguments, _answer)
    date, second = zone.civil_at(Told.iso(arguments))
    format('%<date>sT%<hour>02d:%<minute>02d:%<second>02d',
           date: date, hour: second / 3600, minute: second / 60 % 60, second: second % 60)
  end

  # Instants are equal however they are written: the answer's own words when they are.
  def zone_instant_of(zone, arguments, answer)
    date, clock = arguments.split('T')
    wall = zone.wall(date, Told.clock(clock))
    kind, *instants = answer.split
    found = [wall.first, wall.last].first(wall.kind == :repeated ? 2 : 1)
    assert_equal wall.first, wall.last unless wall.kind == :repeated
    return answer if kind == wall.kind.to_s && instants.map { |text| Told.iso(text) } == found

    [wall.kind, *found].join(' ')
  end

  # ---- calendars ----

  CALENDAR = { 'is_open' => %i[open? iso], 'elapsed' => %i[elapsed iso iso],
               'add' => %i[add iso length], 'next_change' => %i[next_change iso],
               'previous_change' => %i[previous_change iso], 'intervals' => %i[intervals iso iso],
               'is_working_date' => %i[working_date? date],
               'working_dates' => %i[working_dates date date],
               'add_working_dates' => %i[add_working_dates date number],
               'holiday_on' => %i[holiday_on date] }.freeze

  def run_calendar(row)
    answer = answer_of { ask_calendar(Told.calendar(row), row) }
    # "-" says that a holiday has no name.
    wanted = row['answer'] || '-'
    answer = wanted if same_answer?(wanted, answer)
    assert_equal wanted, answer
  end

  def ask_calendar(calendar, row)
    return 'ok' if row['operation'] == 'build'

    method, *kinds = CALENDAR.fetch(row['operation'])
    arguments = row['arguments'].split
    assert_equal kinds.size, arguments.size
    calendar.send(method, *kinds.zip(arguments).map { |kind, text| argument(kind, text) })
  end

  def argument(kind, text)
    kind == :date ? text : Told.send(kind, text)
  end

  def same_answer?(wanted, answer)
    case answer
    when true, false then wanted == (answer ? 'yes' : 'no')
    when Time then wanted != 'ok' && wanted.include?('T') && Told.iso(wanted) == answer
    when Integer then [answer, nil].include?(length_or_number(wanted)) && !wanted.match?(/[TSn]/)
    when nil then wanted == 'none'
    when Date then wanted == answer.iso8601
    when Array then intervals_of(wanted) == answer.map { |i| [i.from, i.to] }
    when Sla::Entry then wanted == (answer.name || '-')
    else wanted == answer
    end
  end

  def length_or_number(text)
    text.match?(/\A-?\d+\z/) ? text.to_i : Told.length(text)
  rescue RuntimeError
    :other
  end

  def intervals_of(text)
    return [] if text == 'none'

    text.split.map { |item| item.split('/').map { |instant| Told.iso(instant) } }
  end

  # ---- hours ----

  def run_hours(row)
    answer = answer_of { hours_of(Sla::Calendar.new(zone: 'UTC', hours: row['text'].to_s)) }
    assert_equal row['error'] || row['hours'], answer
  end

  def hours_of(calendar)
    calendar.entries.map do |entry|
      days = entry.weekdays.map { |day| day.to_s[0, 2].capitalize }.join(',')
      "#{days} #{[entry.opens, entry.closes].map { |t| seconds_too(t) }.join('-')}"
    end.join('; ')
  end

  def seconds_too(time)
    format('%<h>02d:%<m>02d:%<s>02d', h: time / 3600, m: time / 60 % 60, s: time % 60)
  end

  # ---- tickets ----

  def open_ticket(row)
    business = Told.calendar(row) if row.key?('zone')
    @policies = Sla::Policies.new(Told.policies(row['policy'], business))
    @log = Sla::Log.new(Told.events(row['log'])) if row.key?('log')
    @now = Told.time(row['now'])
  end

  def assert_result(wanted, result)
    wanted.each do |field, value|
      value.nil? ? assert_nil(result.send(field),
                              field) : assert_equal(value, plain(result, field), field)
    end
  end

  # A priority is told by its number.
  def plain(result, field)
    field == :priority ? result.number(:priority) : result.send(field)
  end

  def run_evaluation(row)
    open_ticket(row)
    row['results'].split(' | ').each do |text|
      wanted = Told.result(text)
      result = @policies.measure(wanted[:metric], @log, now: @now)
      assert_result(wanted, result)
      assert_agreement(result)
    end
  end

  # One policy gives the same alone and in a batch, and the last of the cycles is the result.
  def assert_agreement(result)
    metric = result.metric
    batch = Sla::Batch.evaluate(policies: @policies, metrics: [metric], logs: [@log], now: @now)
    assert_equal result, batch[0].first
    assert_equal result.cycle, @policies.cycles(metric, @log, now: @now).size
    return if @policies.size > 1

    assert_equal result, @policies.first.measure(metric, @log, now: @now)
    found = @policies.first.evaluate(@log, now: @now)[metric]
    assert_equal result, found if found
  end

  def run_cycles(row)
    open_ticket(row)
    wanted = row['results'].split(' | ').map { |text| Told.result(text) }
    cycles = @policies.cycles(wanted.first[:metric], @log, now: @now)
    assert_equal wanted.size, cycles.size
    wanted.zip(cycles) { |told, cycle| assert_result(told, cycle) }
    assert_equal cycles.drop(1), @policies.cycles(wanted.first[:metric], @log, now: @now, first: 2)
    assert_equal cycles.take(1), @policies.cycles(wanted.first[:metric], @log, now: @now, limit: 1)
  end

  def run_totals(row)
    open_ticket(row)
    totals = @policies.totals(Told.metric(row['metric']), @log, now: @now)
    Told.totals(row['totals']).each do |field, value|
      value.nil? ? assert_nil(totals.send(field),
                              field) : assert_equal(value, totals.send(field), field)
    end
  end

  def run_row(row)
    open_ticket(row.reject { |column, _| column == 'log' })
    told = Told.row(row)
    policy = @policies.first
    row['results'].split(' | ').each do |text|
      wanted = Told.result(text)
      assert_result(wanted, policy.measure_row(wanted[:metric], told, now: @now))
      assert_equal policy.measure_row(wanted[:metric], told, now: @now),
                   policy.evaluate_row(told, now: @now)[wanted[:metric]]
    end
    assert_equal Told.events(row['log']), policy.row_events(told).to_a if row['log']
  end

  # ---- presets ----

  def preset_of(row)
    Sla::Preset[Told.symbol(row['preset'])]
  end

  def label_text(label)
    return 'none' unless label

    [label.name, *label.flags].join(', ')
  end

  def run_preset(row)
    run_evaluation(row)
    preset = preset_of(row)
    wanted = Told.result(row['results'].split(' | ').first)
    first = @policies.measure(wanted[:metric], @log, now: @now)
    assert_equal row['label'], label_text(preset.label(first)) if row['label']
    assert_equal row['ticket'], label_text(preset.ticket_label(all_results)) if row['ticket']
  end

  def all_results
    @policies.first.metrics.map { |metric| @policies.measure(metric, @log, now: @now) }
  end

  def run_properties(row)
    open_ticket(row)
    found = preset_of(row).properties(all_results).reject { |property| property.value.nil? }
    assert_equal row['properties'] || '', found.map { |property|
                                            property_text(property)
                                          }.join(' | ')
  end

  UNITS = { seconds: 's', milliseconds: 'ms', minutes: 'min' }.freeze

  def property_text(property)
    metric = property.metric ? Told::METRICS.invert.fetch(property.metric) : 'ticket'
    value = property.value
    text = case property.kind
           when :instant then value.utc.strftime('%Y-%m-%dT%H:%M:%SZ')
           when :flag then value ? 'yes' : 'no'
           when *UNITS.keys then "#{value} #{UNITS[property.kind]}"
           else value
           end
    "#{metric} #{property.name} #{text}"
  end

  # ---- lints ----

  def run_lints(row)
    policy = Told.policies(row['policy'], Told.calendar(row)).first
    found = policy.lints(now: Told.time(row['now']))
    assert_equal Told.items(row['lints'], ' | ').map { |text| Told.lint(text) },
                 found.map { |lint|
                   [lint.kind, lint.metric, lint.priority, lint.value, lint.limit]
                 }
  end

  # ---- errors ----

  def run_error(row)
    open_ticket(row)
    policy = @policies.first
    [-> { policy.evaluate(@log, now: @now) }, -> { policy.measure(:resolution, @log, now: @now) },
     -> { @policies.totals(:resolution, @log, now: @now) },
     -> { @policies.cycles(:resolution, @log, now: @now) },
     -> { raise Sla::Batch.evaluate(policies: @policies, logs: [@log], now: @now).error(0) }]
      .each { |call| assert_error(row, &call) }
  end

  def run_row_error(row)
    open_ticket(row)
    told = Told.row(row)
    policy = @policies.first
    [-> { policy.evaluate_row(told, now: @now) }, -> { policy.row_events(told) },
     -> { policy.measure_row(:resolution, told, now: @now) },
     -> { policy.evaluate_batch(rows: [told], now: @now)[0] }]
      .each { |call| assert_error(row, &call) }
  end

  def assert_error(row, &call)
    error = assert_raises(Sla::Error, &call)
    assert_equal row['error'], "SLA_E_#{error.code.upcase}"
    assert_equal Told.number(row['index']), error.index
    assert_nil error.argument
  end
end
