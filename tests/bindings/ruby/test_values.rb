# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require_relative 'support'

# Equality, hash, Marshal, frozen: of everything that is a value.
class TestValues < Test
  def calendar
    office(holidays: { Date.new(2024, 12, 25) => 'Noël' })
  end

  def policy
    Sla::Policy.new(calendar: calendar, first_response: '4h', resolution: { any: '3wd',
    urgent: '8h@24x7' },
                    due_soon: '75%', statuses: { 16 => :pending })
  end

  def results
    policy.evaluate([[at('Mo 09:00'), :created]], now: at('Mo 12:00'))
  end

  # Made twice: equal, and no object in common.
  def made
    { 'zone by name' => -> { Sla::Zone.new('Europe/Paris') },
      'zone by offset' => -> { Sla::Zone.fixed(3600) },
      'calendar' => -> { calendar }, 'policy' => -> { policy },
      'entry' => -> { calendar.entries.last }, 'target' => -> { policy.targets.first },
      'rule' => -> { policy.metric_rule(:resolution) },
      'trigger' => -> { policy.metric_rule(:resolution).start },
      'event' => -> { Sla::Event.created(at('Mo 09:00')) },
      'row' => -> { Sla::Row.new(created_at: at('Mo 09:00'), status: :open) },
      'result' => -> { results.first }, 'results' => -> { results }, 'totals' => -> { totals } }
  end

  def totals
    policy.totals(:resolution, [[at('Mo 09:00'), :created]], now: at('Mo 12:00'))
  end

  def test_equal_and_the_same_key
    made.each do |name, make|
      a = make.call
      b = make.call
      assert_equal a, b, name
      assert a.eql?(b), name
      assert_equal a.hash, b.hash, name
      assert_equal :found, { a => :found }[b], name
      assert_predicate a, :frozen?, name
    end
  end

  def test_unequal_to_everything_else
    all = made.transform_values(&:call)
    all.each do |name, a|
      all.each { |other, b| refute_equal a, b, "#{name}, #{other}" unless name == other }
      refute_equal a, nil
      refute_equal a, 1
    end
    refute_equal Sla::Zone.fixed(1), Sla::Zone.fixed(2)
    refute_equal policy, policy.with(first_response: '5h')
    refute_equal calendar, office
  end

  def test_through_marshal
    made.each do |name, make|
      a = make.call
      b = Marshal.load(Marshal.dump(a))
      assert_equal a, b, name
      assert_equal a.hash, b.hash, name
      assert_predicate b, :frozen?, name
    end
    zone = Marshal.load(Marshal.dump(Sla::Zone.new('Europe/Paris')))
    assert_equal ['Europe/Paris', 7200], [zone.name, zone.offset_at(Time.utc(2024, 7, 1))]
    assert_equal results.first.due_at, Marshal.load(Marshal.dump(results)).first.due_at
  end

  def test_copies
    made.each do |name, make|
      a = make.call
      [a.dup, a.clone].each { |copy| assert_equal a, copy, name }
    end
    copy = calendar.dup
    GC.start
    assert_equal Time.utc(2024, 6, 3, 11), copy.add(at('Mo 09:00'), '2h')
  end

  def test_zones_are_what_their_clock_shows
    assert_equal Sla::Zone.fixed(3600), Sla::Zone.posix('<+01>-1')
    assert_equal Sla::Zone.new('CET-1CEST,M3.5.0,M10.5.0/3'),
                 Sla::Zone.posix('XXX-1YYY,M3.5.0/2,M10.5.0/3')
  end

  def test_bytes_there_and_back
    [Sla::Zone.new('Europe/Paris'), calendar, policy].each do |object|
      bytes = object.bytes
      assert_equal [Encoding::BINARY, object], [bytes.encoding, object.class.from_bytes(bytes)]
      assert_equal bytes, object.class.from_bytes(bytes).bytes
      (0...bytes.bytesize).step(7) do |size|
        assert_refused(:bytes, index: size) do
          object.class.from_bytes(bytes[0, size])
        end
      end
      assert_refused(:bytes, index: bytes.bytesize) { object.class.from_bytes("#{bytes}\0") }
      assert_raises(TypeError) { object.class.from_bytes(nil) }
    end
    assert_refused(:bytes, index: 0) { Sla::Policy.from_bytes(calendar.bytes) }
  end

  # More than fits the first buffer.
  def test_many_bytes
    large = office(holidays: (1..300).to_h { |i| [Date.new(2024, 1, 1) + i, "holiday #{i}"] })
    assert_operator large.bytes.bytesize, :>, 4096
    assert_equal large, Sla::Calendar.from_bytes(large.bytes)
  end

  def test_what_marshal_is_told_may_be_anything
    dumped = Marshal.dump(calendar)
    dumped.setbyte(dumped.bytesize - 30, dumped.getbyte(dumped.bytesize - 30) ^ 0xff)
    assert_refused(:bytes) { Marshal.load(dumped) }
    assert_raises(TypeError) { Sla::Result.allocate.marshal_load(['short', nil]) }
  end

  def test_what_they_look_like
    assert_equal '#<Sla::Zone Europe/Paris>', Sla::Zone.new('Europe/Paris').inspect
    assert_match(/\A#<Sla::Calendar 2 entries>\z/, calendar.inspect)
    assert_match(/\A#<Sla::Policy first_response, resolution>\z/, policy.inspect)
    assert_match(/\A#<Sla::Results first_response .*resolution/, results.inspect)
    assert_match(
      /\A#<Sla::Result first_response, running, due_soon, due 2024-06-03 13:00:00 UTC>\z/,
      results.first.inspect
    )
    assert_includes Sla::Event.status(at('Mo 09:00'), :pending).inspect, 'status pending'
  end
end
