# SPDX-License-Identifier: MIT
# frozen_string_literal: true

module Sla
  # What never changes does not after Marshal either.
  module Frozen
    def marshal_dump
      instance_variables.to_h { |name| [name, instance_variable_get(name)] }
    end

    def marshal_load(variables)
      variables.each { |name, value| instance_variable_set(name, value) }
      freeze
    end
  end
end
