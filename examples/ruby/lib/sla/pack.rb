# SPDX-License-Identifier: MIT
# frozen_string_literal: true

module Sla
  # Numbers as the library reads them.  Array#pack cuts off what does not fit; this refuses it.
  module Pack
    LIMITS = { 'l' => -2**31..2**31 - 1, 'L' => 0..2**32 - 1, 'q' => -2**63..2**63 - 1,
               'Q' => 0..2**64 - 1, 'J' => 0..2**64 - 1 }.freeze

    # The types of a record's values, without what pads them.
    TYPES = Raw.constants.grep(/_RECORD\z/).to_h do |name|
      record = Raw.const_get(name)
      [record, record.format.delete('x').chars.freeze]
    end.compare_by_identity.freeze

    module_function

    # A record from the values of its fields, one after the other.
    def record(record, values)
      TYPES[record].each_with_index { |type, index| check(type, values[index]) }
      values.pack(record.format)
    end

    # Numbers of one type side by side.
    def list(type, numbers)
      numbers.each { |number| check(type, number) }
      numbers.pack("#{type}*")
    end

    # A whole number that is told by itself.  Fiddle would cut off the fraction of another.
    def whole(number, what)
      return number if number.is_a?(Integer)

      raise TypeError, "#{what}: a whole number is needed, not #{number.inspect}"
    end

    def check(type, number)
      limits = LIMITS[type]
      return if number.is_a?(Integer) && number >= limits.begin && number <= limits.end
      raise TypeError, "a whole number is needed, not #{number.inspect}" unless
        number.is_a?(Integer)

      raise RangeError, "#{number} is not #{limits}"
    end
  end
end
