# SPDX-License-Identifier: MIT
# frozen_string_literal: true

module Sla
  # All cycles of a metric taken together.
  class Totals
    include Value

    RECORD = Raw::TOTALS_RECORD
    FIELDS = (RECORD.fields.keys - [:reserved]).freeze

    attr_reader(*FIELDS)

    def initialize(bytes)
      FIELDS.zip(bytes.unpack(RECORD.format)) do |field, value|
        instance_variable_set(:"@#{field}", Instant.length(value))
      end
      freeze
    end

    def to_h
      FIELDS.to_h { |field| [field, send(field)] }
    end

    alias identity to_h
  end
end
