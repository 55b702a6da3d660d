# SPDX-License-Identifier: MIT
# frozen_string_literal: true

module Sla
  # An object of the library's, which is what its bytes say: equality, a hash and Marshal go by
  # them.  Whatever of these objects is copied or dropped, in whichever order: each holds one
  # reference, which the garbage collector gives back once.
  module ByValue
    def self.included(by)
      by.extend(Reading)
    end

    # Where the library has it.  It stays there for as long as this object is held.
    attr_reader :address

    # The form that is the same on every machine, and one only for each content.
    def bytes
      Native.grow { |buffer, room, length| functions[:bytes].call(address, buffer, room, length) }
    end

    def ==(other)
      return true if equal?(other)
      return false unless other.instance_of?(self.class)

      ask(functions[:equal], other.address, &:uint32) == 1
    end

    alias eql? ==

    def hash
      ask(functions[:hash], &:uint64).hash
    end

    def _dump(_level)
      bytes
    end

    def inspect
      "#<#{self.class} #{self}>"
    end

    # Objects from bytes.
    module Reading
      # Those that `bytes` gave.  They may come from anywhere: others are refused.
      def from_bytes(bytes)
        raise TypeError, "bytes are needed, not #{bytes.class}" unless bytes.is_a?(String)

        wrap(Native.make(self::FUNCTIONS[:new], *Native.text(bytes), 0))
      end

      alias _load from_bytes

      # An object for a reference that is the caller's to give.
      def wrap(address, *details)
        allocate.tap { |object| object.send(:hold, address, *details) }
      end

      # One for an object that another one holds.
      def borrow(address)
        address.zero? ? nil : wrap(self::FUNCTIONS[:ref].call(address))
      end

      # The functions of a kind of object.
      def functions_for(kind)
        found = { ref: 'REF', bytes: 'BYTES', new: 'NEW_BYTES', equal: 'EQUAL', hash: 'HASH',
                  memory: 'MEMORY' }
        found = found.transform_values { |name| Native.const_get("#{kind}_#{name}") }
        release = Native::LIBRARY.address("sla_#{kind.downcase}_unref")
        found.merge(release: release).freeze
      end
    end

    private

    def hold(address)
      @address = address
      @reference = Native.own(address, functions[:release], functions[:memory].call(address))
      freeze
    end

    def functions
      self.class::FUNCTIONS
    end

    # Calls a function that gives a code and something else.
    def ask(function, *arguments)
      Native.lend do |scratch|
        Native.check_code(function.call(address, *arguments, scratch.out))
        yield scratch
      end
    end
  end
end
