# SPDX-License-Identifier: MIT
# frozen_string_literal: true

module Sla
  module Ical
    # Something that is due, for a feed that somebody subscribes to.
    class Due
      RECORD = Raw::ICAL_DUE_RECORD

      attr_reader :uid, :summary, :description, :url, :alarms, :record

      # uid: its own, of your making.  at: when it is due; from: when it begins, if it does.
      # component: :event or :todo.  priority: 1 the highest to 9, 0 for none, as iCalendar has it.
      # stamp: when it last changed.  alarms: times at which the summary is shown.
      def initialize(uid:, at:, summary:, from: nil, stamp: Time.now, component: :event,
                     priority: 0, description: nil, url: nil, alarms: [])
        @uid, @summary, @description, @url =
          [uid, summary, description, url].map { |text| text && Sla::Native.utf8(text).dup.freeze }
        @alarms = alarms.map { |alarm| Instant.seconds(alarm) }.freeze
        @record = Pack.record(RECORD, [Instant.seconds(at), Instant.seconds_or_none(from),
                                       Instant.seconds(stamp), number(component), priority]).freeze
        freeze
      end

      private

      def number(component)
        Raw::ENUMS[:ical_component].fetch(component) do
          raise ArgumentError, "no such component: #{component.inspect} (:event, :todo)"
        end
      end
    end
  end
end
