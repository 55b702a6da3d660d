# SPDX-License-Identifier: MIT
# frozen_string_literal: true

module Sla
  # Numbers as the library reads them.  Array#pack cuts off what does not fit; this refuses it.
  module Pack
    LIMITS = { 'l' => -2**31..2**31 - 1, 'L' => 0..2**32 - 1, 'q' => -2**63..2**63 - 1,
               'Q' => 0..2**64 - 1, 'J' => 0..2**64 - 1 }.freeze

    module_function

    # A record from the values of its fields, one after the other.
    def record(record, values)
      index = 0
      record.format.each_char do |type|
        next if type == 'x'

        check(type, values[index])
        index += 1
      end
      values.pack(record.format)
    end

    # Numbers of one type side by side.
    def list(type, numbers)
      numbers.each { |number| check(type, number) }
      numbers.pack("#{type}*")
    end

    def check(type, number)
      raise TypeError, "a whole number is needed, not #{number.inspect}" unless
        number.is_a?(Integer)
      return if LIMITS.fetch(type).cover?(number)

      raise RangeError, "#{number} is not #{LIMITS.fetch(type)}"
    end
  end
end
