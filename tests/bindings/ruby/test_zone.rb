# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative 'support'

class TestZone < Test
  def test_a_name_is_found_in_the_zone_files
    zone = Sla::Zone.new('Europe/Paris')
    assert_equal 'Europe/Paris', zone.name
    assert_equal 7200, zone.offset_at(Time.utc(2024, 7, 1))
    assert_equal 3600, zone.offset_at(Time.utc(2024, 1, 1))
  end

  def test_posix_text_fixed_offsets_and_bytes
    assert_equal(-18_000, Sla::Zone.new('EST5EDT,M3.2.0,M11.1.0').offset_at(Time.utc(2024, 1, 1)))
    assert_equal(-18_000, Sla::Zone.posix('EST5').offset_at(Time.utc(2024, 7, 1)))
    assert_equal 5400, Sla::Zone.fixed(5400).offset_at(Time.utc(2024, 7, 1))
    data = File.binread(File.join(ENV.fetch('TZDIR'), 'Asia/Kolkata'))
    assert_equal 19_800, Sla::Zone.tzif(data).offset_at(Time.utc(2024, 7, 1))
    assert_equal 0, Sla::Zone.utc.offset_at(Time.utc(2024, 7, 1))
  end

  def test_utc_needs_no_file
    before = ENV['TZDIR']
    ENV['TZDIR'] = '/nowhere'
    assert_equal Sla::Zone.utc, Sla::Zone.new('UTC')
    error = assert_raises(Sla::ZoneNotFound) { Sla::Zone.new('Europe/Paris') }
    assert_includes error.message, '/nowhere'
  ensure
    ENV['TZDIR'] = before
  end

  def test_what_is_no_zone
    error = assert_raises(Sla::ZoneNotFound) { Sla::Zone.new('Europe/Pariss') }
    assert_includes error.message, '"Europe/Pariss"'
    ['', '../zones/Europe/Paris', '/etc/passwd', 'Europe', 'Europe/',
     "Europe/Paris\n"].each do |name|
      assert_raises(Sla::ZoneNotFound, name) { Sla::Zone.new(name) }
    end
    assert_raises(TypeError) { Sla::Zone.new(3600) }
    assert_raises(TypeError) { Sla::Zone.new(nil) }
    assert_refused(:posix, line: 1, column: 5) { Sla::Zone.posix('EST5 ') }
    assert_refused(:tzif) { Sla::Zone.tzif('TZif'.b) }
    assert_refused(:argument, argument: 1) { Sla::Zone.fixed(100_000) }
    assert_raises(TypeError) { Sla::Zone.fixed(0.5) }
    assert_raises(TypeError) { Sla::Zone.tzif(nil) }
  end

  def test_the_wall_clock_there_and_back
    zone = Sla::Zone.new('America/New_York')
    at = zone.time(2024, 3, 6, 15)
    assert_equal Time.utc(2024, 3, 6, 20), at
    assert_equal(-18_000, at.utc_offset)
    assert_equal [Date.new(2024, 3, 6), 15 * 3600], zone.civil_at(at)
    assert_equal '2024-03-06 15:00:00 -0500', zone.local(at.utc).to_s
  end

  def test_skipped_and_repeated
    zone = Sla::Zone.new('America/New_York')
    skipped = zone.wall(Date.new(2024, 3, 10), '02:30')
    assert_equal [:skipped, Time.utc(2024, 3, 10, 7)], [skipped.kind, skipped.first]
    repeated = zone.wall('2024-11-03', 3600)
    assert_equal [:repeated, 3600], [repeated.kind, (repeated.last - repeated.first).to_i]
    assert_equal :unique, zone.wall(Date.new(2024, 6, 1), '12:00:01').kind
  end

  def test_ruby_takes_it_for_a_zone
    zone = Sla::Zone.new('Europe/Paris')
    assert_equal Time.utc(2024, 7, 1, 10), Time.new(2024, 7, 1, 12, 0, 0, zone)
    assert_equal 12, Time.at(Time.utc(2024, 7, 1, 10), in: zone).hour
  end

  def test_times_of_every_kind_go_in
    zone = Sla::Zone.new('Europe/Paris')
    at = Time.utc(2024, 7, 1, 10)
    others = [at.to_datetime, at.getlocal('+05:00'), at + 0.999]
    others.each { |time| assert_equal 7200, zone.offset_at(time) }
    [at.to_i, at.to_s, Date.new(2024, 7, 1), nil, 1.5].each do |wrong|
      error = assert_raises(TypeError) { zone.offset_at(wrong) }
      assert_includes error.message, wrong.inspect
    end
    assert_refused(:range) { zone.offset_at(Time.utc(10_000)) }
    assert_refused(:range) { zone.offset_at(Time.utc(0)) }
  end

  def test_before_the_gregorian_calendar
    zone = Sla::Zone.utc
    date, = zone.civil_at(Time.utc(1000, 1, 1))
    assert_equal Date.new(1000, 1, 1, Date::GREGORIAN), date
    # A Date of that time is Julian unless it was told otherwise: the same day, another number.
    assert_equal Time.utc(1000, 1, 6), zone.wall(Date.new(1000, 1, 1), 0).first
  end
end
