# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require 'open3'
require_relative 'support'

# What is created is released, once, in whichever order it is dropped and on whichever thread.
class TestLifetime < Test
  T = Support::MONDAY + 9 * 3600
  CYCLES = LIGHT ? 20_000 : 1_000_000

  # KiB in memory.
  def self.resident
    File.read('/proc/self/status')[/^VmRSS:\s*(\d+)/, 1].to_i
  end

  def self.cycle(index)
    zone = Sla::Zone.fixed(index % 3600)
    calendar = Sla::Calendar.new(zone: zone, hours: 'Mo-Fr 09:00-17:00', window: 2024..2024)
    policy = Sla::Policy.new(calendar: calendar, first_response: 3600)
    due = policy.measure(:first_response, [Sla::Event.created(T)], now: T).due_at.to_i
    raise "#{index}: #{due}" unless due == T.to_i + 3600 || index % 3600 == 3600
  end

  def test_a_million_cycles_take_no_memory
    skip 'no /proc' unless File.exist?('/proc/self/status')
    (CYCLES / 10).times { |i| self.class.cycle(i) }
    before = self.class.resident
    peak = before
    (CYCLES * 9 / 10).times do |i|
      self.class.cycle(i)
      peak = [peak, self.class.resident].max if (i % 1000).zero?
    end
    puts "\n#{CYCLES} cycles: #{before} KiB after a tenth, #{peak} KiB at most"
    assert_operator peak - before, :<, 8192
  end

  # What was begun is given up, wherever the refusal came from.
  def test_refusals_take_no_memory
    skip 'no /proc' unless File.exist?('/proc/self/status')
    calendar = office
    refused = lambda do |i|
      case i % 4
      when 0 then office(hours: 'Mo 09:00-25:00')
      when 1 then office(holidays: [Date.new(2024, 1, 1), :new_year])
      when 2 then Sla::Policy.new(calendar: calendar, first_response: '4h', resolution: -1)
      else Sla::Calendar.from_bytes(calendar.bytes.chop)
      end
      flunk 'not refused'
    rescue Sla::Error, TypeError
      nil
    end
    5000.times(&refused)
    before = self.class.resident
    (LIGHT ? 5000 : 50_000).times(&refused)
    assert_operator self.class.resident - before, :<, 8192
  end

  # Ruby does not see what the library takes unless it is told; then a process with room for many
  # objects collects in time.
  def test_a_large_heap_collects_too
    code = <<~'RUBY'
      require 'sla'
      zone = Sla::Zone.fixed(0)
      resident = -> { File.read('/proc/self/status')[/^VmRSS:\s*(\d+)/, 1].to_i }
      before = resident.call
      4000.times { Sla::Calendar.new(zone: zone, hours: 'Mo-Fr 09:00-17:00') }
      print resident.call - before
    RUBY
    skip 'no /proc' unless File.exist?('/proc/self/status')
    out, status = run_apart(code, 'RUBY_GC_HEAP_INIT_SLOTS' => '2000000')
    assert_predicate status, :success?, out
    assert_operator out.to_i, :<, 80 * 1024
  end

  # In a process where freed memory is overwritten, so that use after it shows.
  def run_apart(code, env = {})
    env = { 'LIBSLA_PATH' => Sla.library,
            'GLIBC_TUNABLES' => 'glibc.malloc.perturb=165' }.merge(env)
    Open3.capture2e(env, RbConfig.ruby, '-I', File.join(TREE, 'examples/ruby/lib'),
                    stdin_data: code)
  end

  ORDERS = <<~'RUBY'
    require 'sla'
    T = Time.utc(2024, 6, 3, 9)
    LOG = [[T, :created]]

    # What each object still says; the others may be gone.
    SAYS = {
      zone: ->(zone) { zone.offset_at(T) == 3600 },
      calendar: ->(calendar) { calendar.add(T, 3600) == T + 3600 && calendar.entries.size == 2 },
      policy: ->(policy) { policy.measure(:resolution, LOG, now: T).due_at == T + 3600 },
      borrowed_zone: ->(zone) { zone.civil_at(T)[1] == 10 * 3600 },
      borrowed_calendar: ->(calendar) { calendar.holiday_on('2024-12-25').name == 'Christmas' },
      copy: ->(calendar) { calendar.open?(T) },
      target: ->(target) { target.calendar.open?(T) },
      result: ->(result) { result.due_at == T + 3600 && (result <=> result).zero? },
      batch: ->(batch) { batch[0].first.due_at == T + 3600 }
    }.freeze

    def made
      zone = Sla::Zone.posix('<+01>-1')
      calendar = Sla::Calendar.new(zone: zone, hours: 'Mo-Fr 09:00-17:00',
                                   holidays: { Date.new(2024, 12, 25) => 'Christmas' },
                                       window: 2024..2024)
      policy = Sla::Policy.new(calendar: calendar, resolution: { seconds: 3600,
          calendar: calendar.dup })
      { zone: zone, calendar: calendar, policy: policy, borrowed_zone: calendar.zone,
        borrowed_calendar: policy.calendar, copy: calendar.clone, target: policy.targets.first,
        result: policy.measure(:resolution, LOG, now: T),
        batch: policy.evaluate_batch(logs: [LOG], now: T) }
    end

    def drop(order)
      objects = made
      order.each do |name|
        objects.delete(name)
        GC.start if $full
        wrong = objects.find { |key, object| !SAYS[key].call(object) }
        raise "#{wrong.first} after #{order.inspect}" if wrong
      end
    end

    # Every order of the first four, then orders by chance of all.
    GC.stress = false
    $full = true
    SAYS.keys.first(4).permutation.each { |order| drop(order) }
    seed = Random.new_seed
    warn "seed #{seed}"
    luck = Random.new(seed)
    30.times { drop(SAYS.keys.shuffle(random: luck)) }
    $full = false
    GC.stress = true
    1.times { drop(SAYS.keys.shuffle(random: luck)) }
    GC.stress = false
    objects = made
    print 'all orders'
  RUBY

  def test_objects_dropped_in_every_order
    out, status = run_apart(ORDERS)
    assert_predicate status, :success?, out
    assert_includes out, 'all orders'
  end

  # Ruby moves short strings when it compacts its heap; not while the library has their address.
  MOVES = <<~'RUBY'
    require 'sla'
    begin
      GC.auto_compact = true
    rescue NotImplementedError, NoMethodError
      print 'does not compact'
      exit
    end
    T = Time.utc(2024, 6, 3, 9)
    LOG = [[T, :created], [T + 60, :policy, 0]]
    calendar = Sla::Calendar.new(zone: Sla::Zone.utc, hours: 'Mo-Fr 09:00-17:00', window: 2024..2024)
    policy = Sla::Policy.new(calendar: calendar, resolution: 3600, next_response: 60)
    DOES = {
      policies: -> { Sla::Policies[policy].cycles(:resolution, LOG, now: T) },
      measure: -> { policy.measure(:resolution, LOG, now: T).then { |r| [r, r <=> r] } },
      row: -> { [policy.evaluate_row({ created_at: T }, now: T), policy.row_events({ created_at: T }).to_a] },
      batch: -> { policy.evaluate_batch(logs: [LOG], metrics: [:resolution], now: T).to_a },
      rollup: -> { policy.evaluate(LOG, now: T).rollup.result },
      preset: -> { Sla::Preset[:jira].properties(policy.evaluate(LOG, now: T)) },
      calendar: -> { calendar.with(hours: 'Sa 09:00-10:00', holidays: { '12-25' => 'x' }).entries },
      zone: -> { Sla::Zone.posix('EST5') },
      bytes: -> { [Sla::Zone.from_bytes(Sla::Zone.utc.bytes), Sla::Policy.from_bytes(policy.bytes)] },
      rule: -> { policy.with(metrics: { 32 => { start: 40, shape: :once } }).metric_rule(32) },
      lints: -> { policy.lints(now: T).map(&:kind) },
      error: -> { policy.evaluate([], now: T) rescue $!.message }
    }.freeze
    wanted = DOES.transform_values(&:call)
    DOES.each do |name, act|
      GC.stress = true
      found = act.call
      GC.stress = false
      raise name.to_s unless found == wanted[name]
    end
    moves = lambda do |name, rounds|
      rounds.times do
        junk = Array.new(2000) { |i| "junk #{i}" }
        raise name.to_s unless DOES[name].call == wanted[name]
        junk.clear
        GC.compact
      end
    end
    # Other threads compact while a batch lets them run.
    compacting = Thread.new { 20.times { GC.compact } }
    DOES.each_key { |name| moves.call(name, 2) }
    50.times { raise 'batch' unless DOES[:batch].call == wanted[:batch] }
    compacting.join
    print 'nothing moved'
  RUBY

  def test_nothing_moves_while_it_is_in_use
    out, status = run_apart(MOVES)
    assert_predicate status, :success?, out
    skip 'this Ruby does not compact its heap' if out == 'does not compact'
    assert_equal 'nothing moved', out
  end

  # Objects that live until the end are released then, in an order that nobody knows.
  def test_the_end_of_a_process
    code = <<~'RUBY'
      require 'sla'
      $objects = Array.new(100) do |i|
        calendar = Sla::Calendar.new(zone: Sla::Zone.fixed(i), hours: '24/7', window: 2024..2024)
        [calendar, Sla::Policy.new(calendar: calendar, resolution: 60), calendar.zone, calendar.dup]
      end.shuffle
      at_exit { print $objects.flatten.count { |object| object.bytes.size.positive? } }
      pid = fork { exit!(0) } and Process.wait(pid)
      pid = fork { $objects = []; GC.start; Sla::Zone.utc.bytes } and Process.wait(pid)
      abort 'the child' unless $?.success?
    RUBY
    out, status = run_apart(code)
    assert_predicate status, :success?, out
    assert_includes out, '400'
  end

  def test_a_release_runs_once_however_it_is_asked_for
    code = <<~'RUBY'
      require 'sla'
      calendar = Sla::Calendar.new(zone: Sla::Zone.fixed(3600), hours: '24/7', window: 2024..2024)
      zone = calendar.zone
      200.times { [zone.dup, zone.clone, calendar.zone, Marshal.load(Marshal.dump(zone))] }
      GC.start
      reference = calendar.instance_variable_get(:@reference)
      copy = reference.dup
      copy = nil
      GC.start
      print zone.offset_at(Time.now), calendar.open?(Time.now)
    RUBY
    out, status = run_apart(code)
    assert_equal ['3600true', true], [out, status.success?]
  end

  def test_many_threads_share_and_drop
    shared = Sla::Policy.new(calendar: office, first_response: '4h', resolution: '3wd')
    expected = shared.evaluate([[T, :created]], now: T)
    logs = Array.new(200) { [[T, :created]] }
    threads = Array.new(8) do |i|
      Thread.new do
        (LIGHT ? 30 : 150).times do |n|
          own = Sla::Policy.new(calendar: office, first_response: '4h', resolution: '3wd')
          found = [shared, own].map { |policy| policy.evaluate([[T, :created]], now: T) }
          batch = shared.evaluate_batch(logs: logs, now: T)
          GC.start(full_mark: false) if (n % 10) == i
          raise 'unequal' unless found == [expected] * 2 && batch[199] == expected && own == shared
          raise 'no error' unless refused?(shared)
        end
        :done
      end
    end
    assert_equal [:done] * 8, threads.map(&:value)
  end

  def refused?(policy)
    policy.evaluate([[T, :created], [T - 1, :agent_reply]], now: T)
    false
  rescue Sla::Error::Order => e
    e.index == 1
  end

  # A signal that is handled in the middle of a call has memory of its own.
  def test_signal_handlers
    calendar = office
    counted = 0
    before = trap('USR1') { counted += 1 if calendar.elapsed(T, T + 7200) == 7200 }
    200.times do |i|
      Process.kill('USR1', Process.pid) if (i % 5).zero?
      100.times { |n| assert_equal n, calendar.elapsed(T, T + n) }
    end
    assert_operator counted, :>, 0
  ensure
    trap('USR1', before || 'DEFAULT')
  end

  def test_fibers
    calendar = office
    fibers = Array.new(50) { |i| Fiber.new { 3.times { |n| Fiber.yield calendar.add(T, i + n) } } }
    3.times { |n| fibers.each_with_index { |fiber, i| assert_equal T + i + n, fiber.resume } }
    walk = calendar.to_enum(:intervals, T, T + 86_400 * 30)
    assert_equal T, walk.next.from
    assert_equal 3600, calendar.elapsed(T, T + 3600)
  end
end
