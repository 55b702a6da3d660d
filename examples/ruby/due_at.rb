#!/usr/bin/env ruby
# SPDX-License-Identifier: MIT
# frozen_string_literal: true

# A Rails model that keeps in columns of its own when it is due, so that the database sorts by them
# and a job asks for what is due next.  In Rails, SlaColumns is a file in app/models/concerns, the
# policy a constant in config/initializers/sla.rb, and Ticket an ApplicationRecord; here a few
# lines stand in for Active Record, so that it runs without it.
require_relative 'lib/sla'

HELP_DESK = Sla::Policy.new(
  calendar: Sla::Calendar.new(zone: 'Europe/Paris', hours: 'Mo-Fr 09:00-18:00',
                              holidays: { '12-25' => 'Noël', '01-01' => 'Jour de l’an' }),
  first_response: { urgent: '30m@24x7', high: '2h', any: '4h' },
  resolution: { urgent: '8h@24x7', any: '3wd' },
  due_soon: '75%'
)

# For a model with the columns created_at, first_response_at, waiting_since, solved_at, status,
# status_since, paused, priority, and those that are set here.
module SlaColumns
  METRICS = { first_response: :first_response_due_at, resolution: :resolution_due_at }.freeze

  def self.included(model)
    model.before_save :set_sla_columns
  end

  # sla_changes_at is when a job has to look again: nothing is polled.
  def set_sla_columns(now = Time.now)
    results = HELP_DESK.evaluate_row(sla_row, now: now)
    METRICS.each { |metric, column| self[column] = results[metric].due_at }
    rollup = results.rollup
    self[:sla_status] = rollup.status.to_s
    self[:sla_changes_at] = rollup.next_change_at
  end

  def sla_row
    Sla::Row.new(**Sla::Row::FIELDS.to_h { |field| [field, self[field]] })
  end
end

# ---- in place of Active Record ----

class Record
  def self.before_save(callback)
    (@callbacks ||= []) << callback
  end

  class << self
    attr_reader :callbacks
  end

  def initialize(**columns)
    @columns = columns
  end

  def [](column)
    @columns[column]
  end

  def []=(column, value)
    @columns[column] = value
  end

  def save(*arguments)
    self.class.callbacks.each { |callback| send(callback, *arguments) }
  end
end

class Ticket < Record
  include SlaColumns
end

# ---- what it gives ----

paris = HELP_DESK.calendar.zone
now = paris.time(2026, 3, 6, 17)
tickets = [
  Ticket.new(id: 1, created_at: paris.time(2026, 3, 6, 15), status: 'open', priority: 'normal'),
  Ticket.new(id: 2, created_at: paris.time(2026, 3, 6, 16, 45), status: 'new', priority: 'urgent'),
  Ticket.new(id: 3, created_at: paris.time(2026, 3, 4, 10),
             first_response_at: paris.time(2026, 3, 4, 11), priority: 'high', status: 'pending',
             status_since: paris.time(2026, 3, 5, 12))
]
tickets.each do |ticket|
  ticket.save(now)
  due = SlaColumns::METRICS.values.map { |column| ticket[column]&.strftime('%a %d %H:%M') || '-' }
  changes = ticket[:sla_changes_at]&.strftime('%a %d %H:%M') || '-'
  puts format('%-2s %-8s first response %-13s resolution %-13s look again %s', ticket[:id],
              ticket[:sla_status].tr('_', ' '), *due, changes)
end
