# SPDX-License-Identifier: MIT
# frozen_string_literal: true

module Sla
  # All cycles of a metric taken together.
  class Totals
    include Frozen

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

    def ==(other)
      other.is_a?(Totals) && to_h == other.to_h
    end

    alias eql? ==

    def hash
      to_h.hash
    end
  end
end
