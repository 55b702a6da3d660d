# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require 'tmpdir'
require_relative 'support'

# The companion library, where it was built.
class TestIcal < Test
  begin
    require 'sla/ical'
    MISSING = nil
  rescue Sla::LibraryError => e
    raise unless e.message.include?('cannot load libsla-ical')

    MISSING = 'libsla-ical was not built (no libical): the binding of it is not tried'
  end

  YEAR = (Date.new(2026, 1, 1)..Date.new(2026, 12, 31)).freeze
  STAMP = Time.utc(2026)

  def setup
    skip MISSING if MISSING
  end

  def file(*events)
    lines = events.flat_map { |lines| ['BEGIN:VEVENT', *lines, 'END:VEVENT'] }
    ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//test//test//EN', *lines,
     'END:VCALENDAR'].map do |line|
      "#{line}\r\n"
    end.join
  end

  def christmas
    ['UID:xmas@test', 'DTSTART;VALUE=DATE:20261225', 'DTEND;VALUE=DATE:20261227',
     'SUMMARY:Christmas', 'CATEGORIES:Bank']
  end

  def labour_day
    ['UID:labour@test', 'DTSTART;VALUE=DATE:20200501', 'RRULE:FREQ=YEARLY',
     'SUMMARY:Fête du travail']
  end

  def test_holidays_become_part_of_a_calendar
    feed = Sla::Ical.holidays(file(christmas, labour_day), window: YEAR)
    assert_equal [['Fête du travail', Date.new(2026, 5, 1), 'labour@test'],
                  ['Christmas', Date.new(2026, 12, 25), 'xmas@test']],
                 feed.map { |item| [item.name, item.date, item.uid] }
    assert_equal [Sla::Entry.holiday('2026-05-01', 'Fête du travail'),
                  Sla::Entry.holiday('2026-12-25..2026-12-26', 'Christmas')],
                 feed.map(&:entry)
    calendar = office(feeds: feed)
    assert_equal 'Christmas', calendar.holiday_on('2026-12-26').name
    assert_equal feed.map(&:entry), calendar.holidays
    assert_equal calendar, office.with(feeds: [feed])
    assert_equal [2, 0], [feed.summary.events, feed.summary.cancelled]
    assert_equal [2, 'Christmas', nil], [feed.size, feed[1].name, feed[2]]
    assert_operator feed[0].line, :>, 3
  end

  def test_what_to_take
    text = file(christmas, labour_day)
    names = ->(**options) { Sla::Ical.holidays(text, window: YEAR, **options).map(&:name) }
    assert_equal ['Christmas'], names.call(take_categories: 'bank')
    assert_equal ['Fête du travail'], names.call(leave_categories: ['Bank'])
    assert_equal ['Christmas'], names.call(take_texts: ['christ'])
    assert_equal ['Fête du travail'], names.call(leave_texts: 'christ')
    assert_equal ['Christmas'], names.call(switched_off: ['labour@test'])
    assert_equal ['Fête du travail'],
                 names.call(switched_off: [['xmas@test', Date.new(2026, 12, 25)]])
    assert_empty Sla::Ical.holidays(text, window: Date.new(2027, 1, 1)..Date.new(2027, 1, 2)).to_a
  end

  def test_make_up_working_days
    text = file(['UID:w@test', 'DTSTART;VALUE=DATE:20260207', 'SUMMARY:Work', 'CATEGORIES:Workday'])
    without = Sla::Ical.holidays(text, window: YEAR, workday_categories: 'workday')
    assert_equal [true, true], [without[0].workday?, without[0].no_hours?]
    error = assert_raises(Sla::Ical::Error::Workday) { office(feeds: without) }
    assert_equal [:ical_workday, 0], [error.code, error.index]
    with = Sla::Ical.holidays(text, window: YEAR, workday_categories: 'workday',
                                    workday_hours: [['10:00', '14:00']])
    assert_equal 4 * 3600, office(feeds: with).elapsed(Time.utc(2026, 2, 7), Time.utc(2026, 2, 8))
  end

  def test_zones_of_the_host
    text = file(['UID:m@test', 'DTSTART;TZID=Office:20260706T090000',
                 'DTEND;TZID=Office:20260706T120000', 'SUMMARY:Meeting'])
    paris = Sla::Zone.new('Europe/Paris')
    feed = Sla::Ical.holidays(text, window: YEAR, zone: Sla::Zone.utc, zones: { 'Office' => paris })
    assert_equal [7 * 3600, 10 * 3600], [feed[0].entry.opens, feed[0].entry.closes]
    error = assert_raises(Sla::Ical::Error::Zone) do
      Sla::Ical.holidays(text, window: YEAR, zone: 'UTC')
    end
    assert_equal 6, error.line
  end

  def test_one_reader_for_many_files_and_threads
    reader = Sla::Ical::Reader.new(window: YEAR, zone: 'Europe/Paris')
    texts = Array.new(8) do |i|
      file(['UID:a@test', "DTSTART;VALUE=DATE:202603#{10 + i}", "SUMMARY:#{i}"])
    end
    threads = texts.each_with_index.map do |text, i|
      Thread.new do
        Array.new(20) do
          reader.holidays(text)[0].name
        end.uniq == [i.to_s]
      end
    end
    assert_equal [true] * 8, threads.map(&:value)
  end

  def test_feeds_are_released
    before = TestLifetimeOfFeeds.resident
    reader = Sla::Ical::Reader.new(window: YEAR)
    text = file(christmas, labour_day)
    2000.times { reader.holidays(text).size }
    middle = TestLifetimeOfFeeds.resident
    (LIGHT ? 2000 : 20_000).times { reader.holidays(text).size }
    assert_operator TestLifetimeOfFeeds.resident - middle, :<, 8192, before
  end

  module TestLifetimeOfFeeds
    def self.resident
      File.read('/proc/self/status')[/^VmRSS:\s*(\d+)/, 1].to_i
    rescue SystemCallError
      0
    end
  end

  def test_a_calendar_written_and_read_back
    paris = Sla::Zone.new('Europe/Paris')
    calendar = Sla::Calendar.new(zone: paris, hours: 'Mo-Fr 09:00-12:30,13:30-18:00',
                                 holidays: { Date.new(2026, 12, 25) => 'Noël', '05-01' => 'Fête' },
                                 closures: { '2026-07-13' => ['14:00', '18:00', 'Fireworks'] })
    text = Sla::Ical.write(name: 'Bureau', calendar: calendar, tzid: 'Europe/Paris', window: YEAR,
                           stamp: STAMP)
    assert_equal Encoding::UTF_8, text.encoding
    assert_includes text, 'X-WR-CALNAME:Bureau'
    read = Sla::Ical::Reader.new(window: YEAR, zone: paris)
    again = Sla::Calendar.new(zone: paris, feeds: [read.hours(text), read.holidays(text)])
    assert_equal calendar, again
  end

  def test_opening_hours
    text = file(['UID:h@test', 'DTSTART:20260105T090000', 'DTEND:20260105T170000',
                 'RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', 'SUMMARY:Office'])
    feed = Sla::Ical.hours(text, window: YEAR, zone: 'Europe/Paris')
    assert_equal [[:hours, :weekly, nil, 'Office']],
                 feed.map { |item| [item.entry.kind, item.entry.recurrence, item.date, item.name] }
    calendar = Sla::Calendar.new(zone: 'Europe/Paris', feeds: feed)
    assert calendar.open?(Time.utc(2026, 7, 6, 8))
    refute calendar.open?(Time.utc(2026, 1, 2, 9))
  end

  def test_due_dates
    due = Sla::Ical::Due.new(uid: 'ticket-1@test', at: Time.utc(2026, 3, 6, 12),
                             from: Time.utc(2026, 3, 6, 9), summary: 'Ticket 1',
                             stamp: STAMP, priority: 1, description: 'Printer',
                             url: 'https://example.com/1', alarms: [Time.utc(2026, 3, 6, 11)])
    todo = Sla::Ical::Due.new(uid: 'ticket-2@test', at: Time.utc(2026, 3, 7), summary: 'Ticket 2',
                              stamp: STAMP, component: :todo)
    text = Sla::Ical.write(due: [due, todo])
    ['BEGIN:VEVENT', 'DTSTART:20260306T090000Z', 'DTEND:20260306T120000Z', 'PRIORITY:1',
     'DESCRIPTION:Printer',
     'URL:https://example.com/1', 'TRIGGER;VALUE=DATE-TIME:20260306T110000Z', 'BEGIN:VTODO',
     'DUE:20260307T000000Z'].each do |line|
      assert_includes text, "#{line}\r\n"
    end
    many = Sla::Ical.write(due: Array.new(500) do |i|
                                  Sla::Ical::Due.new(uid: "#{i}@test", at: STAMP + i,
                                                     summary: 'x' * 200, stamp: STAMP)
                                end)
    assert_equal 500, many.scan('BEGIN:VEVENT').size
  end

  def test_what_is_refused
    error = assert_raises(Sla::Ical::Error::Value) do
      Sla::Ical.holidays(file(['UID:a@test', 'DTSTART;VALUE=DATE:20260230']), window: YEAR)
    end
    assert_equal [:ical_value, 6, 20], [error.code, error.line, error.column]
    assert_kind_of Sla::Error, error
    assert_includes error.message, '(line 6, column 20)'
    assert_raises(Sla::Ical::Error::Rule) do
      Sla::Ical.holidays(
        file(['UID:a@test', 'DTSTART;VALUE=DATE:20260201',
              'RRULE:FREQ=DAILY;INTERVAL=0']), window: YEAR
      )
    end
    assert_raises(Sla::Ical::Error::Syntax) { Sla::Ical.holidays('<html></html>', window: YEAR) }
    assert_raises(Sla::Ical::Error::Encoding) do
      Sla::Ical.holidays("BEGIN:VCALENDAR\r\nSUMMARY:\xe9\r\n".b, window: YEAR)
    end
    assert_raises(Sla::Ical::Error::Size) do
      Sla::Ical.holidays(file(christmas), window: YEAR, limits: { bytes: 100 })
    end
    assert_raises(Sla::Error::Date) do
      Sla::Ical.holidays(file, window: Date.new(2026, 2, 1)..Date.new(2026, 1, 1))
    end
    assert_raises(Sla::Ical::Error::Event) do
      Sla::Ical.write(due: [Sla::Ical::Due.new(uid: 'a', at: STAMP, from: STAMP + 1, summary: '')])
    end
    assert_raises(Sla::Error::Name) do
      Sla::Ical.write(due: [Sla::Ical::Due.new(uid: '', at: STAMP, summary: '')])
    end
  end

  def test_what_does_not_reach_the_library
    assert_raises(ArgumentError) { Sla::Ical.holidays('', window: YEAR, take_category: 'x') }
    assert_raises(ArgumentError) { Sla::Ical.holidays('', window: YEAR, limits: { byte: 1 }) }
    assert_raises(RangeError) { Sla::Ical.holidays('', window: YEAR, limits: { line: 2**32 }) }
    assert_raises(TypeError) { Sla::Ical.holidays(nil, window: YEAR) }
    assert_raises(TypeError) { Sla::Ical.holidays('', window: YEAR, zone: 1) }
    assert_raises(TypeError) { office(feeds: 'holidays.ics') }
    assert_raises(ArgumentError) do
      Sla::Ical::Due.new(uid: 'a', at: STAMP, summary: '', component: :journal)
    end
    assert_raises(TypeError) { Sla::Ical.write(due: ['ticket']) }
    assert_raises(TypeError) { Sla::Ical.write(calendar: 'office', tzid: 'x') }
  end

  def test_the_example_of_readme
    readme = File.read(File.join(TREE, 'examples/ruby/README'))
    program = readme[/^ICALENDAR.*?(?=^ERRORS)/m].scan(/^ {4}.*\n/).join
    scope = binding
    scope.local_variable_set(:office, office)
    scope.local_variable_set(:t, STAMP)
    Dir.mktmpdir do |directory|
      Dir.chdir(directory) do
        File.write('holidays.ics', file(christmas, labour_day))
        out, = capture_io { scope.eval("#{program}; @said = [office, text]") }
        assert_equal "2026-05-01 Fête du travail (line 11)\n2026-12-25 Christmas (line 4)\n", out
      end
    end
    assert @said.first.holiday?('2026-12-26')
    assert_includes @said.last, 'UID:1@example.com'
  end

  # Sizes are checked as the library is opened, and references are released by address.
  def test_the_whole_interface_is_in_use
    source = Dir[File.join(TREE, 'examples/ruby/lib/sla/ical{.rb,/*.rb}')].map do |path|
      File.read(path)
    end.join
    missing = Sla::Raw::FUNCTIONS['libsla-ical'].keys.reject do |name|
      short = name.to_s.delete_prefix('sla_ical_')
      short.match?(/_size\z|\Aversion\z|_ref\z|\Acode_name\z/) ||
        source.include?(name.to_s) || source.match?(/\b#{short.upcase}\b/)
    end
    assert_empty missing
    Sla::Raw::ENUMS[:ical_code].each do |name, number|
      assert_equal "SLA_ICAL_E_#{name.upcase}", Sla::Ical::Native::CODE_NAME.call(number)
    end
  end
end
