#!/usr/bin/env ruby
# SPDX-License-Identifier: MIT
# frozen_string_literal: true

# A helpdesk's tickets from a CSV, the most urgent first, as CSV: what `ticket_queue --format csv`
# prints, byte for byte.
#
#   ruby ticket_queue.rb --zone Europe/Paris --hours 'Mo-Fr 09:00-18:00; Sa 10:00-14:00' \
#     --first-response urgent=30m,high=2h,normal=4h,low=1wd --due-soon 25% ../data/tickets.csv
require 'csv'
require 'optparse'
require_relative 'lib/sla'

# "urgent=30m,high=2h" by priority, or "4h" for any.
def by_priority(text)
  text.split(',').to_h { |item| item.include?('=') ? item.split('=', 2) : ['any', item] }
end

# The option says how much of the target is left, a policy how much is used.
def due_soon(text)
  text.end_with?('%') ? "#{100 - Integer(text.chomp('%'))}%" : text
end

# A line each: 2026-12-25 name, 2026-12-24..2026-12-31 name, 01-01 name.
def holidays(file)
  lines = File.readlines(file, chomp: true).map(&:strip)
  lines.reject { |line| line.empty? || line.start_with?('#') }.to_h { |line| line.split(/\s+/, 2) }
end

TARGETS = { 'first-response': :first_response, 'next-response': :next_response,
            resolution: :resolution }.freeze

def options
  given = { zone: 'UTC', hours: '24/7' }
  parser = OptionParser.new do |option|
    option.banner = 'Usage: ticket_queue.rb [option ...] file.csv'
    %w[zone hours holidays due-soon now].each { |name| option.on("--#{name} VALUE") }
    TARGETS.each_key { |name| option.on("--#{name} TARGETS", '4h or urgent=15m,high=1h,low=1wd') }
  end
  files = parser.parse(ARGV, into: given)
  abort parser.help unless files.size == 1 && given.keys.any? { |key| TARGETS.key?(key) }
  [given, files.first]
end

def policy_for(given, zone)
  calendar = Sla::Calendar.new(zone: zone, hours: given[:hours],
                               holidays: given[:holidays] && holidays(given[:holidays]))
  targets = given.slice(*TARGETS.keys).to_h { |name, text| [TARGETS[name], by_priority(text)] }
  Sla::Policy.new(calendar: calendar, targets: targets,
                  due_soon: given[:'due-soon'] && due_soon(given[:'due-soon']))
end

# ---- tickets ----

LOCAL = /\A(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d))?\z/.freeze

# Epoch seconds, a time with an offset, or one of the zone's own clock.
def time(text, zone)
  text = text.to_s.strip
  return if text.empty?
  return Time.at(Integer(text)) if text.match?(/\A-?\d+\z/)

  local = LOCAL.match(text)
  local ? zone.time(*local.captures.map(&:to_i)) : DateTime.iso8601(text).to_time
end

def row(ticket, zone)
  times = { created_at: 'created', first_response_at: 'first_response',
            waiting_since: 'waiting_since', solved_at: 'solved', status_since: 'status_since' }
  Sla::Row.new(**times.transform_values { |column| time(ticket[column], zone) },
               paused: length(ticket['paused'].to_s), status: ticket['status'],
               priority: ticket['priority'] || :none)
end

# Seconds, or a length such as 1h30m.
def length(text)
  return if text.empty?

  text.match?(/\A\d+\z/) ? text.to_i : text
end

def rows_of(tickets, zone)
  tickets.each_with_index.map do |ticket, index|
    row(ticket, zone)
  rescue ArgumentError => e
    raise ArgumentError, "ticket #{index + 1}: #{e.message}"
  end
end

# ---- what is printed ----

def label(result)
  return 'cancelled' if result.cancelled?
  return result.overdue? ? 'overdue and paused' : 'paused' if result.paused?
  return 'none' if result.inactive? || result.status == :none
  return result.overdue? ? 'missed' : 'met' if result.fulfilled?

  word(result.status)
end

def word(symbol)
  symbol.to_s.tr('_', ' ')
end

FACTS = %i[metric label phase status priority started_at due_soon_at due_at projected_due_at
           breached_at stopped_at next_change_at target elapsed remaining wall_remaining
           late_by].freeze

def fact(name, result, row, zone)
  case name
  when :label then label(result)
  when :priority then word(Sla::Names::PRIORITY.symbol(Sla::Names::PRIORITY.number(row.priority)))
  when :metric, :phase, :status then word(result.send(name))
  when *Sla::Result::TIMES
    at = result.send(name)
    at && zone.local(at).strftime('%Y-%m-%dT%H:%M:%S%:z')
  else result.send(name).to_s
  end
end

# Quoted only where it must be.
def csv_line(fields)
  fields.map { |field| field.to_s.match?(/[,"\r\n]/) ? quoted(field) : field }.join(',')
end

def quoted(field)
  "\"#{field.gsub('"', '""')}\""
end

def print_queue(tickets, rows, results, zone)
  puts csv_line(tickets.headers + FACTS.map { |name| "sla_#{name}" })
  Sla.queue(results) { |found, _| found }.each do |found, index|
    facts = FACTS.map { |name| fact(name, found.most_urgent, rows[index], zone) }
    puts csv_line(tickets[index].fields + facts)
  end
end

given, file = options
begin
  zone = Sla::Zone.new(given[:zone])
  policy = policy_for(given, zone)
  now = given[:now] ? time(given[:now], zone) : Time.now
  tickets = CSV.read(file, headers: true, encoding: 'UTF-8')
  rows = rows_of(tickets, zone)
  # All of them in one call; one that is wrong is an error in its place.
  results = policy.evaluate_batch(rows: rows, now: now).each_with_index
  wrong, right = results.partition { |found, _| found.is_a?(Sla::Error) }
  print_queue(tickets, rows, right, zone)
  wrong.each { |error, index| warn "#{file}: ticket #{index + 1} is left out: #{error.message}" }
  exit wrong.empty?
rescue Sla::Error, ArgumentError, SystemCallError, CSV::MalformedCSVError => e
  abort "ticket_queue.rb: #{e.message}"
end
