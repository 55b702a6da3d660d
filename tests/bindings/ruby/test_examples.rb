# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require 'open3'
require_relative 'support'

# README's programs and the example scripts print what they should.
class TestExamples < Test
  EXAMPLES = File.join(TREE, 'examples/ruby')
  README = File.read(File.join(EXAMPLES, 'README'))
  DATA = File.join(TREE, 'examples/data')

  def ruby(*arguments, **options)
    out, err, status = Open3.capture3({ 'LIBSLA_PATH' => Sla.library }, RbConfig.ruby, '-w',
                                      *arguments, **options)
    assert_empty err if status.success?
    [out, err, status]
  end

  # Indented blocks, in their order.
  def blocks
    README.split(/\n{2,}(?=\S)/).flat_map { |part| part.scan(/(?:^ {4}.*\n|\n)+/) }
          .map { |block| block.gsub(/^ {4}/, '').strip }.reject(&:empty?)
  end

  def test_the_first_example_fits_ten_lines_and_prints_what_it_says
    program = README[/^    require 'sla'\n(?:(?:    .*)?\n)+/].gsub(/^ {4}/, '').strip
    assert_operator program.lines.size, :<=, 10
    out, = ruby('-I', File.join(EXAMPLES, 'lib'), stdin_data: program)
    printed = README[/^It prints:\n\n((?:    .*\n)+)/, 1].gsub(/^ {4}/, '')
    assert_equal printed, out
  end

  # Whatever README shows of calendars, policies, tickets and rules runs.
  def test_the_other_examples_run
    sandbox = Struct.new(:office, :policy, :t, :a, :b, :date, :events, :rows, :first, :second).new
    sandbox.t = sandbox.a = at('Mo 10:00')
    sandbox.b = at('Tu 10:00')
    sandbox.date = Date.new(2024, 6, 3)
    sandbox.office = office
    policy = Sla::Policy.new(calendar: office, resolution: '4h', next_response: '1h')
    sandbox.policy = sandbox.first = sandbox.second = policy
    sandbox.events = [Sla::Event.created(at('Mo 09:00'))]
    sandbox.rows = [Sla::Row.new(created_at: at('Mo 09:00'))]
    shown = README[/^CALENDARS.*(?=^ICALENDAR)/m].scan(/(?:^ {4}\S.*\n(?: {5,}.*\n)*)+/)
    assert_equal 8, shown.size
    expressions = shown.join.gsub(/^ {4}/, '').gsub(/(?<=\))  +(?=\w)/, "\n").gsub(
      /(?<=entries|\]|in_hours)  +(?=\w)/, "\n"
    )
    sandbox.instance_eval(expressions)
    assert_operator expressions.lines.size, :>, 25
  end

  QUEUES = [
    ['--zone', 'Europe/Paris', '--hours', 'Mo-Fr 09:00-18:00; Sa 10:00-14:00', '--holidays',
     File.join(DATA, 'holidays.txt'),
     '--first-response', 'urgent=30m,high=2h,normal=4h,low=1wd', '--next-response',
     'urgent=1h,high=2h,normal=4h,low=1wd',
     '--resolution', 'urgent=8h@24x7,high=2wd,normal=4wd,low=8wd', '--due-soon', '25%'],
    ['--first-response', '4h'],
    ['--zone', 'America/New_York', '--resolution', 'eod', '--hours', 'Mo-Su 22:00-06:00'],
    ['--zone', 'Asia/Kolkata', '--first-response', '1d', '--next-response', 'high=15m,any=2h',
     '--due-soon', '1h']
  ].freeze

  def test_the_queue_is_that_of_the_program
    program = File.join(ENV['SLA_TEST_BUILD'] || File.join(TREE, 'build'), 'examples/ticket_queue')
    skip 'ticket_queue was not built' unless File.executable?(program)
    ['2026-03-05 10:30', '2026-03-02T08:00:00Z',
     '1772700000'].product(QUEUES).each do |now, options|
      arguments = ['--now', now, *options, File.join(DATA, 'tickets.csv')]
      arguments.push('--zone', 'UTC') unless arguments.include?('--zone')
      expected, said, status = Open3.capture3(program, '--format', 'csv', *arguments)
      assert_operator expected.lines.size, :>, 60
      out, err, same = ruby(File.join(EXAMPLES, 'ticket_queue.rb'), *arguments)
      assert_equal [expected, status.exitstatus], [out, same.exitstatus]
      assert_equal said.scan(/contradicts itself/).size, err.scan(/contradicts itself/).size
    end
  end

  def test_the_queue_says_what_is_wrong
    { ['--first-response', '4x'] => "not a length such as '1h30m': \"4x\"",
      ['--zone', 'Mars', '--resolution', '1h'] => 'no such zone',
      ['--hours', 'Mo 9-17', '--resolution', '1h'] =>
        'the hours text is malformed' }.each do |options, message|
      _, err, status = ruby(File.join(EXAMPLES, 'ticket_queue.rb'), *options,
                            File.join(DATA, 'tickets.csv'))
      refute_predicate status, :success?
      assert_includes err, message
    end
  end

  DUE_AT = <<~'TEXT'
    1  on time  first response Mon 09 10:00  resolution Wed 11 15:00  look again Fri 06 18:00
    2  on time  first response Fri 06 17:15  resolution Sat 07 00:45  look again Fri 06 17:07
    3  on time  first response Wed 04 12:00  resolution -             look again -
  TEXT

  def test_a_rails_model
    out, = ruby(File.join(EXAMPLES, 'due_at.rb'))
    assert_equal DUE_AT, out
  end
end
