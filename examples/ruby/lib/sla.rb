# SPDX-License-Identifier: MIT
# frozen_string_literal: true

# Is a support ticket on time, due soon or overdue, and when does that change?
#
#   zone     = Sla::Zone.new('Europe/Madrid')
#   calendar = Sla::Calendar.new(zone: zone, hours: 'Mo-Fr 09:00-18:00')
#   policy   = Sla::Policy.new(calendar: calendar, first_response: '4h')
#   policy.evaluate([Sla::Event.created(Time.now)])
#
# Objects never change once they are made, and threads may share them.  Times go in and come out;
# those that come out are on the clock (UTC, local, an offset, a zone) of the one that went in.
# What the library refuses is an Sla::Error; what does not even reach it, because it is no time, no
# name or no number, is a TypeError or an ArgumentError.
module Sla
end

require_relative 'sla/raw'
require_relative 'sla/library'
require_relative 'sla/native'
require_relative 'sla/pack'
require_relative 'sla/error'
require_relative 'sla/names'
require_relative 'sla/instant'
require_relative 'sla/civil'
require_relative 'sla/length'
require_relative 'sla/by_value'
require_relative 'sla/value'
require_relative 'sla/zone_files'
require_relative 'sla/zone'
require_relative 'sla/entry'
require_relative 'sla/calendar_builder'
require_relative 'sla/counted'
require_relative 'sla/calendar'
require_relative 'sla/target'
require_relative 'sla/trigger'
require_relative 'sla/metric_rule'
require_relative 'sla/policy_builder'
require_relative 'sla/rules_builder'
require_relative 'sla/rules'
require_relative 'sla/event'
require_relative 'sla/log'
require_relative 'sla/row'
require_relative 'sla/result'
require_relative 'sla/results'
require_relative 'sla/totals'
require_relative 'sla/lint'
require_relative 'sla/policies'
require_relative 'sla/policy'
require_relative 'sla/policy_set'
require_relative 'sla/batch'
require_relative 'sla/preset'
require_relative 'sla/history'
require_relative 'sla/report'
require_relative 'sla/objective'
