# SPDX-License-Identifier: MIT
# frozen_string_literal: true

# bench_ruby.rb [--check] [--seed N]
#
# What a call through the Ruby binding costs, beside the same arithmetic in plain Ruby in the same
# process.  Both must agree on every draw before anything is timed.  Figures are medians of
# interleaved rounds; with --check one that is missed makes the exit status 1.
$LOAD_PATH.unshift File.expand_path('../../examples/ruby/lib', __dir__)
require 'sla'
require 'set'

# New York's clock, as Time takes a zone: the rule of the United States since 2007, each year worked
# out once.
class PlainZone
  def initialize
    @years = {}
  end

  # When daylight saving time begins and ends in a year, in UTC.
  def changes(year)
    @years[year] ||= [Time.utc(year, 3, sunday(year, 3, 8), 7),
                      Time.utc(year, 11, sunday(year, 11, 1), 6)]
  end

  def sunday(year, month, day)
    day + (7 - Date.new(year, month, day).wday) % 7
  end

  def offset(utc)
    begins, ends = changes(utc.year)
    utc >= begins && utc < ends ? -4 * 3600 : -5 * 3600
  end

  def utc_to_local(utc)
    utc + offset(utc.to_time)
  end

  def local_to_utc(local)
    utc = local + 5 * 3600
    offset(utc.to_time) == -4 * 3600 ? utc - 3600 : utc
  end

  def name
    'America/New_York'
  end
end

# What one writes without a library: walk the days, ask Ruby when each interval opens and closes.
class Plain
  def initialize(zone, weekly, holidays)
    @zone = zone
    @weekly = weekly
    @holidays = holidays.to_set
  end

  def date(time)
    Time.at(time, in: @zone).to_date
  end

  # The intervals of a date, as pairs of Time.
  def intervals(date)
    return [] if @holidays.include?(date)

    @weekly.fetch(date.cwday, []).map { |hours| hours.map { |hour| at(date, hour) } }
  end

  def at(date, hour)
    Time.new(date.year, date.month, date.day, hour, 0, 0, @zone)
  end

  def open?(time)
    intervals(date(time)).any? { |opens, closes| time >= opens && time < closes }
  end

  def elapsed(from, to)
    seconds = 0
    (date(from)..date(to)).each do |date|
      intervals(date).each do |opens, closes|
        seconds += [[to, closes].min - [from, opens].max, 0].max
      end
    end
    seconds.to_i
  end

  def add(from, seconds)
    date = date(from)
    loop do
      intervals(date).each do |opens, closes|
        start = [from, opens].max
        next if start >= closes
        return start + seconds if seconds <= closes - start

        seconds -= closes - start
      end
      date += 1
    end
  end

  # The first response of a ticket: due, its status, what is left.
  def first_response(created, replied, target, lead, now)
    due = add(created, target)
    stop = replied && replied <= now ? replied : now
    left = target - elapsed(created, stop)
    status = if stop > due then :overdue
             elsif stop == now && left <= lead then :due_soon
             else :on_time
             end
    [due, status, left]
  end
end

# ---- the same of the library ----

DAYS_OFF = (2015..2030).flat_map do |year|
  [[1, 1], [6, 19], [7, 4], [11, 11], [12, 25]].map { |month, day| Date.new(year, month, day) }
end.freeze
PLAIN = Plain.new(PlainZone.new, (1..5).to_h { |day| [day, [[9, 17]]] }, DAYS_OFF)
CALENDAR = Sla::Calendar.new(zone: 'EST5EDT,M3.2.0,M11.1.0', hours: 'Mo-Fr 09:00-17:00',
                             holidays: DAYS_OFF)
TARGET = 40 * 3600
LEAD = 8 * 3600
POLICY = Sla::Policy.new(calendar: CALENDAR, first_response: { seconds: TARGET, due_soon: LEAD })

def ask_policy(created, replied, now)
  events = [Sla::Event.created(created)]
  events << Sla::Event.agent_reply(replied) if replied
  result = POLICY.measure(:first_response, events, now: now)
  [result.due_at, result.status, result.remaining]
end

# ---- draws ----

options = ARGV.dup
check = options.delete('--check')
seed = options.first == '--seed' ? Integer(options[1]) : 20_240_310
LUCK = Random.new(seed)
FIRST = Time.utc(2020).to_i
LAST = Time.utc(2026).to_i

def some_time
  Time.at(LUCK.rand(FIRST..LAST)).utc
end

HOUR = 3600
DAYS_60 = 60 * 86_400

# From one length to another.
def some_span(least, most = least)
  from = some_time
  [from, from + LUCK.rand(least..most)]
end

# One hour to 60 days old, answered or not.
def some_ticket
  created, now = some_span(HOUR, DAYS_60)
  replied = LUCK.rand(2).zero? ? nil : created + LUCK.rand(1..DAYS_60)
  [created, replied, now]
end

Query = Struct.new(:name, :draws, :plain, :library, :required)

SPANS = Array.new(200) { some_span(HOUR, DAYS_60) }.freeze

# The spans are those of the C benchmark; with a figure, what is required.
QUERIES = [
  Query.new('elapsed, 1 h to 60 days', SPANS, PLAIN.method(:elapsed), CALENDAR.method(:elapsed),
            20),
  Query.new('add, the open time of those', SPANS.map do |from, to|
                                             [from, [CALENDAR.elapsed(from, to), 1].max]
                                           end,
            PLAIN.method(:add), CALENDAR.method(:add), 20),
  Query.new('elapsed, 1 hour', Array.new(300) do
                                 some_span(HOUR)
                               end, PLAIN.method(:elapsed), CALENDAR.method(:elapsed)),
  Query.new('elapsed, 30 days', Array.new(200) do
                                  some_span(30 * 86_400)
                                end, PLAIN.method(:elapsed), CALENDAR.method(:elapsed)),
  Query.new('add, 1 to 80 hours', Array.new(200) do
                                    [some_time, LUCK.rand(HOUR..80 * HOUR)]
                                  end, PLAIN.method(:add),
            CALENDAR.method(:add)),
  Query.new('add, 1 hour', Array.new(300) do
                             [some_time, HOUR]
                           end, PLAIN.method(:add), CALENDAR.method(:add)),
  Query.new('open?', Array.new(300) { [some_time] }, PLAIN.method(:open?), CALENDAR.method(:open?)),
  Query.new('a ticket of 1 h to 60 days', Array.new(200) { some_ticket },
            ->(created, replied, now) { PLAIN.first_response(created, replied, TARGET, LEAD, now) },
            method(:ask_policy))
].freeze

QUERIES.each do |query|
  query.draws.each do |draw|
    plain = query.plain.call(*draw)
    library = query.library.call(*draw)
    next if plain == library

    abort "#{query.name}: #{draw.inspect}: plain #{plain.inspect}, library #{library.inspect}"
  end
end

# ---- measuring ----

ROUNDS = 9

# Of this process: others may be busy.
def nanoseconds
  start = Process.clock_gettime(Process::CLOCK_PROCESS_CPUTIME_ID, :nanosecond)
  yield
  Process.clock_gettime(Process::CLOCK_PROCESS_CPUTIME_ID, :nanosecond) - start
end

def median(list)
  list.sort[list.size / 2]
end

# ns a call of each, in rounds that take turns.
def measure(query)
  figures = { query.plain => [], query.library => [] }
  ROUNDS.times do
    figures.each do |callable, list|
      list << nanoseconds { query.draws.each { |draw| callable.call(*draw) } } / query.draws.size
    end
  end
  figures.values.map { |list| median(list) }
end

# ---- a batch ----

TICKETS = 100_000
NOW = Time.at(LAST)
ROWS = Array.new(TICKETS) do
  Sla::Row.new(created_at: Time.at(LUCK.rand(FIRST..LAST)), priority: LUCK.rand(5))
end
PACKED = Sla::Row.pack(ROWS).freeze

def measure_batch
  one = Array.new(3) do
    nanoseconds do
      ROWS.first(2000).each do |row|
        POLICY.measure_row(:first_response, row, now: NOW)
      end
    end / 2000
  end
  batch = Array.new(5) { nanoseconds { POLICY.evaluate_batch(rows: PACKED, now: NOW) } / TICKETS }
  [median(one), median(batch)]
end

puts "libsla #{Sla.version}, Ruby #{RUBY_VERSION}, seed #{seed}; " \
     "medians of #{ROUNDS} interleaved rounds"
puts format("\n%-28s %12s %12s %12s", '', 'times faster', 'library ns', 'plain ns')
ratios = QUERIES.to_h do |query|
  plain, library = measure(query)
  puts format('%-28s %12.1f %12d %12d', query.name, plain.fdiv(library), library, plain)
  [query.name, plain.fdiv(library)]
end
one, batch = measure_batch
puts format("\n%-28s %12s %12s %12s", "#{TICKETS} tickets", 'times faster', 'batch ns', 'one ns')
puts format('%-28s %12.1f %12d %12d', 'first response, from rows', one.fdiv(batch), batch, one)

puts "\nrequired figures"
met = QUERIES.select(&:required).map do |query|
  ratio = ratios[query.name]
  puts format('%-28s %12.1f >= %-8.1f %s', query.name, ratio, query.required,
              ratio >= query.required ? 'OK' : 'MISSED')
  ratio >= query.required
end
exit met.all? || !check
