# SPDX-License-Identifier: MIT
# frozen_string_literal: true

# The words that the case tables share, as the binding takes them.  A word that is not known is an
# error.
module Told
  DAYS = %w[Mo Tu We Th Fr Sa Su].freeze
  METRICS = { 'first' => :first_response, 'next' => :next_response, 'resolution' => :resolution,
              'update' => :periodic_update, 'pausable' => :pausable_update,
              'wait' => :requester_wait, 'work' => :agent_work, 'total' => :total_resolution,
              'group' => :group_ownership }.freeze
  STATUSES = { 'new' => :new, 'open' => :open, 'pending' => :pending, 'hold' => :on_hold,
               'solved' => :solved, 'closed' => :closed }.freeze

  module_function

  # The items of a list in their words; nil for none.
  def items(text, separator)
    text.to_s.split(separator).map(&:strip)
  end

  def length(text)
    return if text == 'none'
    raise "not a length: #{text}" unless /\A-?(\d+[hms])+\z/.match?(text)

    seconds = text.scan(/(\d+)([hms])/).sum do |n, unit|
      n.to_i * { 'h' => 3600, 'm' => 60, 's' => 1 }.fetch(unit)
    end
    text.start_with?('-') ? -seconds : seconds
  end

  ISO = /\A(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d))?(Z|[+-]\d\d:\d\d(?::\d\d)?)\z/.freeze

  def iso(text)
    return if text == 'none'

    match = ISO.match(text) || raise("not an instant: #{text}")
    *fields, zone = match.captures
    Time.utc(*fields.map(&:to_i)) - offset(zone)
  end

  def offset(text)
    return 0 if text == 'Z'

    hours, minutes, seconds = text[1..].split(':').map(&:to_i)
    (text.start_with?('-') ? -1 : 1) * (hours * 3600 + minutes * 60 + seconds.to_i)
  end

  # Takes an instant from the front of a list of words.
  def instant(words)
    word = words.shift
    return if word == 'none'
    return iso(word) if word.include?('T') && word.start_with?('0', '1', '2', '9')

    day = /\A(Mo|Tu|We|Th|Fr|Sa|Su)(\d*)\z/.match(word) || raise("not a day: #{word}")
    weeks = day[2].empty? ? 0 : day[2].to_i - 1
    Support::MONDAY + (7 * weeks + DAYS.index(day[1])) * 86_400 + clock(words.shift)
  end

  def clock(text)
    hours, minutes, seconds = text.split(':').map { |n| Integer(n, 10) }
    hours * 3600 + minutes * 60 + seconds.to_i
  end

  def time(text)
    instant(text.split)
  end

  # The library's own name of a thing, in small letters and with hyphens.
  def word(symbol)
    symbol.to_s.tr('_', '-')
  end

  def symbol(word)
    word.tr('-', '_').to_sym
  end

  def number(word)
    Integer(word, 10)
  end

  def numbered(word, prefix)
    word.match?(/\A#{prefix}\d+\z/) ? number(word.delete_prefix(prefix)) : nil
  end

  def metric(word)
    numbered(word, 'own') || METRICS.fetch(word)
  end

  def status(word)
    STATUSES[word] || number(word)
  end

  # ---- calendars ----

  def zone(text)
    case text
    when /\Afixed (\S+)\z/ then Sla::Zone.fixed(offset(Regexp.last_match(1)))
    when /\Aposix(?: (.*))?\z/m then Sla::Zone.posix(Regexp.last_match(1).to_s)
    else Sla::Zone.new(text)
    end
  end

  def calendar(row)
    hours = row['hours']
    settings = items(row['extras'], '; ').map { |extra| extra_of(extra) }
    window = settings.find { |setting| setting.is_a?(Range) }
    Sla::Calendar.new(zone: zone(row['zone']), hours: hours, window: window,
                      entries: settings - [window])
  end

  def extra_of(text)
    kind, rest = text.split(' ', 2)
    case kind
    when 'holiday' then dated(rest) { |make, name| make.call(:holiday, name: name) }
    when 'special' then dated(rest) { |make, times| make.call(:special_hours, **interval(times)) }
    when 'closure' then dated(rest) { |make, more| closure(make, more) }
    when 'hours' then limited_hours(*rest.split)
    when 'window' then Range.new(*rest.split.map { |year| number(year) })
    else raise "unknown word: #{text}"
    end
  end

  # Gives the block what makes an entry on these dates, and the rest of the text.
  def dated(text, &block)
    case text
    when /\Ayearly (\d\d)-(\d\d)(?: (.*))?\z/ then yearly(*Regexp.last_match.captures, &block)
    when /\Ayearly (\d+) (\w\w) (-?\d)(?: (.*))?\z/ then weekday(*Regexp.last_match.captures,
                                                                 &block)
    when /\A(\S+?)(?:\.\.(\S+))?(?: (.*))?\z/ then dates(*Regexp.last_match.captures, &block)
    else raise "not a date: #{text}"
    end
  end

  def yearly(month, day, rest)
    yield ->(kind, **more) {
            Sla::Entry.make(kind, :yearly, month: month.to_i, day: day.to_i, **more)
          }, rest
  end

  def weekday(month, day, nth, rest)
    yield lambda { |kind, **more|
      Sla::Entry.make(kind, :yearly_weekday, month: month.to_i, day: nth.to_i, weekdays: day,
                                             **more)
    }, rest
  end

  def dates(first, last, rest)
    yield ->(kind, **more) {
            Sla::Entry.make(kind, :dates, from: first, to: last || first, **more)
          }, rest
  end

  def closure(make, text)
    times, name = text.split(' ', 2)
    make.call(:closure, name: name, **interval(times))
  end

  def interval(times)
    opens, closes = times.split('-')
    { opens: opens, closes: closes }
  end

  def limited_hours(days, times, range)
    from, to = range.split('..')
    Sla::Entry.hours(weekdays(days), *times.split('-'), from: from, to: to)
  end

  def weekdays(text)
    text.split(',').flat_map do |item|
      first, last = item.split('-').map { |day| DAYS.index(day) || raise("no day: #{day}") }
      last ||= first
      last += 7 if last < first
      (first..last).map { |day| DAYS[day % 7] }
    end
  end

  # ---- policies ----

  def policies(text, business)
    business ||= Sla::Calendar.new(zone: 'UTC', hours: 'Mo-Fr 09:00-17:00')
    business = nil if text.include?('nocalendar')
    text.split(' | ').map { |one| policy(one, business) }
  end

  # A policy is told rules before options before pauses; clauses in another order, which change what
  # was told before, change the policy made of those before.
  RANKS = { 'preset' => 1, 'status' => 2, 'metric' => 3, 'option' => 4, 'pause' => 5,
            'nopause' => 5 }.freeze

  def policy(text, business)
    promised, told = items(text, ', ').map(&:split).partition { |words| !RANKS.key?(words.first) }
    first, *later = told.slice_when { |a, b| RANKS[b.first] < RANKS[a.first] }.to_a
    first = settings_of([*first, *promised])
    later.reduce(Sla::Policy.new(calendar: business, **first)) do |policy, clauses|
      policy.with(settings_of(clauses))
    end
  end

  def settings_of(clauses)
    settings = { targets: {}, due_soon: {}, pauses: {}, statuses: {}, metrics: {}, options: {} }
    clauses.each { |words| clause(settings, words) }
    settings
  end

  def clause(settings, words)
    case words.first
    when 'soon' then soon(settings, *words.drop(1))
    when 'allow' then place(settings[:targets], words[1])[:allowance] = length(words[2])
    when 'pause', 'nopause' then pause(settings, *words)
    when 'status' then settings[:statuses][number(words[1])] = status(words[2])
    when 'preset' then settings[:preset] = symbol(words[1])
    when 'option' then option(settings, *words.drop(1))
    when 'metric' then settings[:metrics][metric(words[1])] = rule(*words.drop(2))
    when 'nocalendar' then nil
    else target(settings, words)
    end
  end

  # What is told of "first" or "first/3".
  def place(settings, word)
    name, priority = word.split('/')
    priorities = settings[metric(name)] ||= {}
    priorities[priority ? number(priority) : :any] ||= {}
  end

  def soon(settings, word, lead)
    name, priority = word.split('/')
    rules = settings[:due_soon][metric(name)] ||= {}
    rules[priority ? number(priority) : :any] = lead.end_with?('%') ? lead : length(lead)
  end

  def pause(settings, word, name, status)
    (settings[:pauses][metric(name)] ||= {})[status(status)] = word == 'pause'
  end

  def option(settings, name, option, value)
    (settings[:options][metric(name)] ||= {})[symbol(option)] = symbol(value)
  end

  def target(settings, words)
    told = place(settings[:targets], words.shift)
    told.merge!(amount(words.shift))
    told[:second_stage] =
      length(words.drop(1).first) && length(words.shift(2).last) if words.first == 'then'
    case words.first
    when nil then nil
    when 'around' then told[:clock] = :around_the_clock
    else told[:calendar] = named_calendar(words.first)
    end
  end

  def amount(word)
    case word
    when /\A(\d+)wd\z/ then { working_days: Regexp.last_match(1).to_i }
    when /\A(\d+)eod\z/ then { end_of_working_day: Regexp.last_match(1).to_i }
    when /\A(\d+)cd\z/ then { counted_days: Regexp.last_match(1).to_i }
    else { seconds: length(word) }
    end
  end

  def named_calendar(name)
    case name
    when 'night' then Sla::Calendar.new(zone: 'UTC', hours: 'Mo-Su 22:00-06:00')
    when 'late' then Sla::Calendar.new(zone: 'UTC', hours: 'Mo-Fr 11:00-19:00')
    when 'once'
      Sla::Calendar.new(zone: 'UTC', special_hours: { '2024-06-03' => ['09:00', '17:00'] })
    else raise "no such calendar: #{name}"
    end
  end

  TRIGGERS = { 'created' => :created, 'message' => :customer_message, 'reply' => :agent_reply,
               'note' => :agent_note, 'auto' => :automatic_reply, 'priority' => :priority,
               'group' => :group, 'needless' => :no_reply_needed, 'cancelled' => :cancelled,
               'policy' => :policy }.freeze

  def rule(shape, *parts)
    told = { shape: shape == 'turn' ? :every_turn : shape.to_sym }
    parts.each do |part|
      key, words = part.split('=')
      if key == 'pause' then told.merge!(paused_by(words.split('+')))
      else told[key.to_sym] = trigger(words.split('+'))
      end
    end
    told
  end

  def trigger(words)
    found = Hash.new { |hash, key| hash[key] = [] }
    words.each { |word| found_in(word).each { |key, value| found[key] << value } }
    found.to_h
  end

  def found_in(word)
    own = { events: numbered(word, 'host'), conditions_set: numbered(word, 'condition'),
            conditions_cleared: numbered(word, 'uncondition'),
            statuses: numbered(word, 'status') }.compact
    return own unless own.empty?

    TRIGGERS.key?(word) ? { events: TRIGGERS[word] } : { statuses: STATUSES.fetch(word) }
  end

  def paused_by(words)
    told = trigger(words)
    raise "not a pause: #{words}" unless (told.keys - %i[statuses conditions_set]).empty?

    { pause_statuses: told[:statuses] || [], pause_conditions: told[:conditions_set] || [] }
  end

  # ---- logs ----

  def events(text)
    items(text, ', ').map { |item| event(item.split) }
  end

  def event(words)
    at = instant(words)
    word = words.shift
    case word
    when 'created' then Sla::Event.created(at, by: creator(words.shift))
    when 'message' then Sla::Event.customer_message(at)
    when 'reply', 'note', 'auto', 'needless', 'cancelled' then Sla::Event.new(at,
                                                                              TRIGGERS.fetch(word))
    when 'priority' then Sla::Event.priority(at, number(words.shift))
    when 'group' then Sla::Event.group(at, number(words.shift))
    when 'condition' then Sla::Event.condition_set(at, number(words.shift))
    when 'uncondition' then Sla::Event.condition_cleared(at, number(words.shift))
    when 'due' then Sla::Event.due_set(at, metric(words.shift), instant(words))
    when 'reset' then Sla::Event.reset(at, words.empty? ? nil : metric(words.shift))
    when 'host' then Sla::Event.own(at, number(words.shift), words.empty? ? 0 : instant(words))
    when 'policy' then Sla::Event.policy(at, place_of(words.shift))
    when 'event' then plain(at, *words.map { |n| number(n) })
    else Sla::Event.status(at, status(word))
    end
  end

  def place_of(word)
    word == 'none' ? nil : number(word)
  end

  def plain(at, kind, value, flags)
    Sla::Event.new(at, kind, value, metric: flags.zero? ? nil : flags)
  end

  def creator(word)
    { nil => :customer, 'customer' => :customer, 'agent' => :agent,
      'machine' => :automatic }.fetch(word)
  end

  ROW = { created_at: 'created', first_response_at: 'first_response',
          waiting_since: 'waiting_since', solved_at: 'solved',
          status_since: 'status_since' }.freeze

  def row(fields)
    Sla::Row.new(**ROW.transform_values { |column| fields[column] && time(fields[column]) },
                 paused: fields['paused'] && length(fields['paused']),
                 status: fields['status'] && status(fields['status']),
                 priority: number(fields['priority']))
  end

  # ---- results ----

  TIMES = { 'started' => :started_at, 'stopped' => :stopped_at, 'due' => :due_at,
            'soon' => :due_soon_at, 'breached' => :breached_at, 'projected' => :projected_due_at,
            'change' => :next_change_at }.freeze
  LENGTHS = { 'target' => :target, 'elapsed' => :elapsed, 'left' => :remaining,
              'wall' => :wall_elapsed, 'wall-left' => :wall_remaining, 'late' => :late_by,
              'held' => :wall_paused }.freeze
  TOTALS = { 'elapsed' => :elapsed, 'wall' => :wall_elapsed, 'held' => :wall_paused,
             'longest' => :longest, 'last' => :last }.freeze
  COUNTS = %w[cycles met missed cancelled longest-cycle].freeze

  # "due-soon-longer first/3 5h 4h": kind, metric, priority, value and limit.
  def lint(text)
    name, place, *words = text.split
    kind = name == 'short' ? :target_short : symbol(name)
    values = Array.new(name == 'never-starts' ? 0 : 2) { |i| lint_value(name, words, i) }
    raise "too much: #{text}" unless words.empty?

    [kind, *lint_place(place), *(values.empty? ? [0, 0] : values)]
  end

  def lint_place(word)
    return [nil, :any] if word == 'policy'

    name, priority = word.split('/')
    [metric(name), priority ? Sla::Names::PRIORITY.symbol(number(priority)) : :any]
  end

  def lint_value(name, words, index)
    case name
    when 'response-longer', 'unreachable' then instant(words)
    when 'past-special' then index.zero? ? lint_weekday(words.shift) : Date.iso8601(words.shift)
    else length(words.shift)
    end
  end

  def lint_weekday(day)
    Sla::Civil::WEEKDAYS.keys.fetch(DAYS.index(day))
  end

  # What is expected, by the name of the field.
  def result(text)
    words = text.split
    told = { metric: metric(words.shift), phase: symbol(words.shift), status: symbol(words.shift) }
    told.store(*field(words)) until words.empty?
    told
  end

  def field(words)
    word = words.shift
    return [TIMES[word], instant(words)] if TIMES.key?(word)
    return [LENGTHS[word], length(words.shift)] if LENGTHS.key?(word)

    return [:flags,
            words.first == 'none' ? words.shift && [] : [symbol(words.shift)]] if word == 'flags'
    raise "unknown word: #{word}" unless %w[cycle met missed priority].include?(word)

    [word.to_sym, number(words.shift)]
  end

  def totals(text)
    words = text.split
    told = {}
    until words.empty?
      word = words.shift
      if TOTALS.key?(word) then told[TOTALS[word]] = length(words.shift)
      elsif COUNTS.include?(word) then told[symbol(word)] = number(words.shift)
      else raise "unknown word: #{word}"
      end
    end
    told
  end
end
