# SPDX-License-Identifier: MIT
# frozen_string_literal: true

module Sla
  # A length of time, as a number of seconds.
  module Length
    UNITS = { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86_400 }.freeze
    TEXT = /\A(?:\s*\d+\s*[smhd])+\s*\z/.freeze

    module_function

    # Seconds of a number, of a Rails duration, or of "1h30m".  A fraction of a second is refused.
    def seconds(length)
      return parse(length) if length.is_a?(String)

      whole = length.to_i if number?(length)
      return whole if whole && whole == length

      raise TypeError, "a length in whole seconds is needed, not #{length.inspect}"
    end

    def number?(length)
      length.respond_to?(:to_i) && !length.nil? && !(length.is_a?(Float) && !length.finite?)
    end

    def parse(text)
      raise ArgumentError, "not a length such as '1h30m': #{text.inspect}" unless TEXT.match?(text)

      text.scan(/(\d+)\s*([smhd])/).sum { |number, unit| number.to_i * UNITS.fetch(unit) }
    end
  end
end
