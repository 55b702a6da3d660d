# SPDX-License-Identifier: MIT
# frozen_string_literal: true

module Sla
  # What is equal when it says the same (which `identity` tells), and does not change after Marshal
  # either.
  module Value
    def ==(other)
      other.instance_of?(self.class) && identity == other.identity
    end

    alias eql? ==

    def hash
      identity.hash
    end

    def marshal_dump
      instance_variables.to_h { |name| [name, instance_variable_get(name)] }
    end

    def marshal_load(variables)
      variables.each { |name, value| instance_variable_set(name, value) }
      freeze
    end
  end
end
