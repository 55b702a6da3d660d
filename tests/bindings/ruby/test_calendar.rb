# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative 'support'
require_relative 'told'

class TestCalendar < Test
  FRIDAY = Time.utc(2024, 6, 7, 15).freeze

  def test_adding_and_counting
    calendar = office
    assert_equal Time.utc(2024, 6, 10, 11), calendar.add(FRIDAY, 4 * 3600)
    assert_equal Time.utc(2024, 6, 10, 11), calendar.add(FRIDAY, '4h')
    assert_equal Time.utc(2024, 6, 7, 11), calendar.add(FRIDAY, -4 * 3600)
    assert_equal 4 * 3600, calendar.elapsed(FRIDAY, Time.utc(2024, 6, 10, 11))
    assert_equal(-4 * 3600, calendar.elapsed(Time.utc(2024, 6, 10, 11), FRIDAY))
  end

  def test_as_biz_says_it
    calendar = office
    assert_equal Time.utc(2024, 6, 7, 17), calendar.time(2, :hours).after(FRIDAY)
    assert_equal Time.utc(2024, 6, 10, 9, 30), calendar.time(150, :minutes).after(FRIDAY)
    assert_equal Time.utc(2024, 6, 7, 13), calendar.time(2, :hours).before(FRIDAY)
    assert_equal Time.utc(2024, 6, 11, 15), calendar.time(2, :days).after(FRIDAY)
    assert_equal FRIDAY + 1, calendar.time(1, :second).after(FRIDAY)
    within = calendar.within(FRIDAY, Time.utc(2024, 6, 10, 11, 30, 30))
    assert_equal [16_230, 270, 4], [within.in_seconds, within.in_minutes, within.in_hours]
    assert_operator within, :>, calendar.within(FRIDAY, FRIDAY)
    assert_equal(-4, calendar.within(Time.utc(2024, 6, 10, 11, 30), FRIDAY).in_hours)
    assert calendar.in_hours?(FRIDAY)
    assert_raises(ArgumentError) { calendar.time(2, :weeks) }
    assert_raises(TypeError) { calendar.time(1.5, :hours) }
    assert_raises(ArgumentError) { calendar.time(2, :days).before(FRIDAY) }
    assert_refused(:target) { calendar.time(-2, :days).after(FRIDAY) }
  end

  # What comes out is on the clock of what went in.
  def test_the_clock_of_the_time_given
    there = FRIDAY.getlocal('+09:00')
    assert_equal 32_400, office.add(there, 3600).utc_offset
    assert_predicate office.add(FRIDAY, 3600), :utc?
    assert_equal Time.utc(2024, 6, 10, 9), office.next_change(Time.utc(2024, 6, 8, 12, 0, 0.75r))
    assert_equal Time.utc(2024, 6, 7, 16), office.add(FRIDAY + 0.25r, 3600)
    assert_instance_of Time, office.add(FRIDAY.to_datetime, 3600)
  end

  def test_open_and_changes
    calendar = office
    assert calendar.open?(FRIDAY)
    refute calendar.open?(Time.utc(2024, 6, 7, 17))
    assert_equal Time.utc(2024, 6, 7, 17), calendar.next_change(FRIDAY)
    assert_equal Time.utc(2024, 6, 7, 9), calendar.previous_change(FRIDAY)
    assert_nil Sla::Calendar.new(zone: 'UTC', hours: '24/7').next_change(FRIDAY)
  end

  def test_intervals
    calendar = office
    found = calendar.intervals(FRIDAY, Time.utc(2024, 6, 11, 10))
    assert_equal [[15, 17], [9, 17], [9, 10]], found.map { |i| [i.from.hour, i.to.hour] }
    assert_equal 7200, found.first.seconds
    assert_empty calendar.intervals(Time.utc(2024, 6, 8), Time.utc(2024, 6, 9))
    many = calendar.intervals(Time.utc(2024), Time.utc(2034))
    assert_equal calendar.elapsed(Time.utc(2024), Time.utc(2034)), many.sum(&:seconds)
    count = 0
    calendar.intervals(Time.utc(2024), Time.utc(2034)) { count += 1 }
    assert_equal many.size, count
    assert_refused(:argument) { calendar.intervals(FRIDAY, FRIDAY - 1) }
  end

  def test_working_dates
    calendar = office(holidays: [Date.new(2024, 6, 10)])
    assert calendar.working_date?(Date.new(2024, 6, 7))
    refute calendar.working_date?(Date.new(2024, 6, 10))
    assert_equal 4, calendar.working_dates(Date.new(2024, 6, 10), Date.new(2024, 6, 17))
    assert_equal Date.new(2024, 6, 11), calendar.add_working_dates(Date.new(2024, 6, 7), 1)
    assert_equal Date.new(2024, 6, 7), calendar.add_working_dates('2024-06-11', -1)
    assert_raises(TypeError) { calendar.working_date?(FRIDAY) }
    assert_raises(TypeError) { calendar.working_date?('7 June') }
    assert_refused(:date) { calendar.working_date?('2024-02-30') }
    assert_refused(:date) { calendar.working_date?(Date.new(10_000, 1, 1)) }
  end

  HOLIDAYS = { Date.new(2024, 12, 25) => 'Christmas', '12-26' => nil,
               (Date.new(2024, 8, 1)..Date.new(2024, 8, 31)) => 'Summer',
               (Date.new(2024, 9, 1)...Date.new(2024, 9, 3)) => 'Two days',
               '2024-10-01..2024-10-02' => 'Two more' }.freeze

  def test_holidays_in_every_form
    calendar = office(holidays: HOLIDAYS)
    assert_equal 'Christmas', calendar.holiday_on(Date.new(2024, 12, 25)).name
    assert_nil calendar.holiday_on(Date.new(2030, 12, 26)).name
    assert_nil calendar.holiday_on(Date.new(2024, 12, 24))
    assert_equal [Date.new(2024, 9, 1), Date.new(2024, 9, 2)],
                 calendar.holidays[3].then { |entry| [entry.first, entry.last] }
    assert calendar.holiday?('2024-10-02')
    assert calendar.on_holiday?(Time.utc(2024, 8, 15))
    listed = office(holidays: [Date.new(2024, 12, 25), '12-26',
                               Sla::Entry.weekday_holiday(11, 4, :thu, 'Thanks')])
    assert_equal 'Thanks', listed.holiday_on(Date.new(2024, 11, 28)).name
    assert_equal 1, office(holidays: Date.new(2024, 12, 25)).holidays.size
    assert_equal 1, office(holidays: Date.new(2024, 12, 25)..Date.new(2024, 12, 31)).holidays.size
  end

  def test_everything_a_calendar_is_told_comes_back
    entries = [Sla::Entry.hours(%i[mon tue], '09:00', '12:30', from: Date.new(2024, 1, 1)),
               Sla::Entry.hours(:sunday, '22:00', '06:00', to: '2030-12-31'),
               Sla::Entry.holiday('2024-12-24..2024-12-26', 'Fête'),
               Sla::Entry.holiday('02-29'), Sla::Entry.weekday_holiday(5, -1, 'Mo',
                                                                       from: '2021-01-01'),
               Sla::Entry.special_hours('2024-12-24', '09:00', '12:00'),
               Sla::Entry.closure('12-31', '14:00', '24:00', 'early')]
    calendar = Sla::Calendar.new(zone: Sla::Zone.new('Europe/Paris'), entries: entries,
                                 window: 2020..2030)
    assert_equal entries, calendar.entries
    assert_equal entries.map(&:hash), calendar.entries.map(&:hash)
    assert_equal 2020..2030, calendar.window
    assert_predicate calendar, :window_set?
    refute_predicate Sla::Calendar.new(zone: calendar.zone, entries: entries), :window_set?
    assert_equal Sla::Zone.new('Europe/Paris'), calendar.zone
    assert_equal calendar,
                 Sla::Calendar.new(zone: calendar.zone, entries: calendar.entries,
                                   window: calendar.window)
    night = calendar.entries[1]
    assert_equal [%i[sunday], 79_200, 21_600, :hours, :weekly, nil, Date.new(2030, 12, 31)],
                 [night.weekdays, night.opens, night.closes, night.kind, night.recurrence,
                  night.first, night.last]
    holiday = calendar.entries[4]
    assert_equal [5, -1, %i[monday], :yearly_weekday],
                 [holiday.month, holiday.day, holiday.weekdays, holiday.recurrence]
    assert_equal 'closure 12-31 14:00-24:00 early', calendar.entries.last.to_s
    assert_equal Encoding::UTF_8, calendar.entries[2].name.encoding
  end

  def test_hours_as_biz_has_them
    told = { mon: { '09:00' => '12:30', '13:30' => '18:00' }, sat: { '10:00' => '14:00' } }
    calendar = Sla::Calendar.new(zone: 'UTC', hours: told,
                                 special_hours: { Date.new(2024, 6, 4) => { '10:00' => '11:00',
                                     '12:00' => '13:00' } },
                                 closures: { Date.new(2024, 6, 8) => ['10:00', '11:00', 'late'] })
    assert_equal 8 * 3600,
                 calendar.elapsed(at('Mo 00:00') + 7 * 86_400, at('Tu 00:00') + 7 * 86_400)
    assert_equal 7200, calendar.elapsed(at('Tu 00:00'), at('We 00:00'))
    assert_equal 10_800, calendar.elapsed(at('Sa 00:00'), at('Su 00:00'))
  end

  def test_a_calendar_made_from_another
    calendar = office
    more = calendar.with(holidays: [Date.new(2024, 6, 10)], zone: 'Europe/Paris')
    assert_equal Sla::Zone.new('Europe/Paris'), more.zone
    assert_equal calendar.entries, more.entries.take(1)
    refute calendar.holiday?(Date.new(2024, 6, 10))
    refute_equal calendar, more
  end

  def test_dates_and_their_numbers
    date = Date.new(2024, 2, 29)
    assert_equal date.cwday, Sla::Civil.cwday(date)
    assert_equal (date - Date.new(1970, 1, 1)).to_i, Sla::Civil.days(date)
    assert_equal date, Sla::Civil.from_days(Sla::Civil.days(date))
    assert_refused(:range) { Sla::Civil.from_days(10_000_000) }
    assert_refused(:date) { Sla::Civil.cwday('2023-02-29') }
  end

  def test_what_is_refused
    error = assert_refused(:hours, line: 1, column: 13, index: 12, argument: nil) do
      office.with(hours: 'Mo-Fr 09:00-1x:00')
    end
    assert_equal 'the hours text is malformed (line 1, column 13).', error.message
    assert_instance_of Sla::Error::Hours, error
    assert_refused(:zone) { Sla::Calendar.new(hours: '24/7') }
    assert_refused(:closed) { Sla::Calendar.new(zone: 'UTC') }
    assert_refused(:name) { office.with(holidays: { Date.new(2024, 1, 1) => "a\nb" }) }
    assert_refused(:name) { office.with(holidays: { Date.new(2024, 1, 1) => 'x' * 256 }) }
    assert_refused(:name) { office.with(holidays: { Date.new(2024, 1, 1) => "\xff" }) }
    assert_refused(:date, index: 2) { office.with(holidays: ['2024-12-01', '12-25', '2024-13-01']) }
    assert_refused(:date) { office.with(holidays: Date.new(2024, 1, 2)..Date.new(2024, 1, 1)) }
    assert_refused(:time) { office.with(closures: { Date.new(2024, 1, 2) => ['12:00', '11:00'] }) }
    assert_refused(:argument) { office.with(window: 1900..2100) }
    assert_refused(:never) { Told.named_calendar('once').add(FRIDAY, 1) }
  end

  def test_what_does_not_reach_the_library
    assert_raises(ArgumentError) { office.with(holiday: []) }
    assert_raises(TypeError) { Sla::Calendar.new(zone: 3600) }
    assert_raises(TypeError) { office.with(hours: 8) }
    assert_raises(ArgumentError) { office.with(hours: { mon: '09:00-17:00' }) }
    assert_raises(TypeError) { office.with(window: 2026) }
    assert_raises(TypeError) { office.with(window: 2026.5..2027.5) }
    assert_raises(TypeError) { office.add(FRIDAY, Float::INFINITY) }
    assert_raises(TypeError) { office.add_working_dates(Date.new(2024, 6, 3), 1.9) }
    assert_raises(TypeError) { Sla::Civil.from_days(1.5) }
    assert_raises(TypeError) { office.with(holidays: [Time.now]) }
    assert_raises(TypeError) { office.with(holidays: 'Christmas') }
    assert_raises(TypeError) { office.with(entries: ['holiday']) }
    assert_raises(ArgumentError) { office.with(special_hours: { Date.new(2024, 1, 1) => 'nine' }) }
    assert_raises(ArgumentError) do
      office.with(special_hours: { Date.new(2024, 1, 1) => ['9', '10:00'] })
    end
    assert_raises(ArgumentError) do
      office.with(special_hours: { Date.new(2024, 1, 1) => ['09:75', '10:00'] })
    end
    assert_raises(ArgumentError) { Sla::Entry.hours(:someday, '09:00', '10:00') }
    assert_raises(TypeError) { office.add(FRIDAY, 1.5) }
    assert_raises(ArgumentError) { office.add(FRIDAY, '4 hours') }
    assert_raises(RangeError) { office.add(FRIDAY, 2**70) }
    assert_raises(RangeError) { office.add(Time.at(2**70), 1) }
    assert_raises(RangeError) { office.with(entries: [Sla::Entry.hours(:mon, 2**32, 3600)]) }
  end
end
