# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require 'date'

module Sla
  # Times as the library counts them, in whole seconds since 1970, and back.
  module Instant
    module_function

    # What a Time says, without the fraction of its second.  A Rails time is one, and so is a
    # DateTime; a Date is not, since nobody can tell when on that day.
    def seconds(time)
      return time.to_i if time.is_a?(Time)
      return time.to_time.to_i if time.is_a?(DateTime) || other_time?(time)

      raise TypeError, "a Time is needed, not #{time.inspect}"
    end

    def seconds_or_none(time)
      time.nil? ? Raw::NONE : seconds(time)
    end

    # The instant on the clock of another Time; nil for none.
    def like(time, seconds)
      return if seconds == Raw::NONE

      time = time.to_time unless time.is_a?(Time)
      time + (seconds - (time.subsec.zero? ? time.to_i : time.to_r))
    end

    # A length; nil for none.
    def length(seconds)
      seconds == Raw::NONE ? nil : seconds
    end

    # Strings and dates have to_time as well once Rails is there.
    def other_time?(object)
      object.respond_to?(:to_time) && !object.is_a?(Date) && !object.is_a?(String)
    end
  end
end
