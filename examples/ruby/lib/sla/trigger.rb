# SPDX-License-Identifier: MIT
# frozen_string_literal: true

module Sla
  # What makes something happen to a clock: any of these events, statuses that are entered,
  # conditions that begin or cease to hold.
  class Trigger
    include Value

    KEYS = %i[events statuses conditions_set conditions_cleared].freeze

    attr_reader(*KEYS)

    # A Trigger; nil for nothing; an event or several, :agent_reply or [:created, 40]; or a hash.
    def self.read(told)
      case told
      when Trigger then told
      when nil then new
      when Hash then new(**told.transform_keys(&:to_sym))
      else new(events: told)
      end
    end

    def self.from_fields(events, set, cleared, statuses, _reserved)
      new(events: Names::EVENT.symbols_of(events),
          statuses: Names::TICKET_STATUS.symbols_of(statuses),
          conditions_set: Names::CONDITION.symbols_of(set),
          conditions_cleared: Names::CONDITION.symbols_of(cleared))
    end

    def initialize(events: [], statuses: [], conditions_set: [], conditions_cleared: [])
      @events, @statuses, @conditions_set, @conditions_cleared =
        [events, statuses, conditions_set, conditions_cleared].map { |list| Array(list).freeze }
      freeze
    end

    # In the order of the record.
    def fields
      [Names::EVENT.mask(events, 64), Names::CONDITION.mask(conditions_set, 64),
       Names::CONDITION.mask(conditions_cleared, 64), Names::TICKET_STATUS.mask(statuses, 32), 0]
    end

    def to_h
      KEYS.to_h { |key| [key, send(key)] }
    end

    alias identity fields

    def inspect
      told = to_h.reject { |_, list| list.empty? }
      "#<#{self.class}#{told.map { |key, list| " #{key}: #{list.inspect}" }.join}>"
    end
  end
end
