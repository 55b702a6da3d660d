# SPDX-License-Identifier: MIT
# frozen_string_literal: true

module Sla
  # The functions of the library, as constants without their sla_, and what a call needs.
  module Native
    LIBRARY = Library.new('libsla')
    LIBRARY.check_version(LIBRARY.function(:sla_version).call)
    LIBRARY.check_sizes

    LIBRARY.define(self, 'sla_', %i[sla_evaluate_batch sla_calendar_builder_build
                                    sla_calendar_new_bytes sla_policy_new_bytes
                                    sla_rules_lints])

    # Memory that a call writes into: an error, and behind it whatever the call gives.
    class Scratch
      ERROR_SIZE = Raw::ERROR_RECORD.size
      ROOM = 8192 # more than the results of all metrics a policy can have

      attr_reader :error, :out

      def initialize
        @memory = Fiddle::Pointer.malloc(ERROR_SIZE + ROOM, Fiddle::RUBY_FREE)
        @error = @memory.to_i
        @out = @error + ERROR_SIZE
      end

      def error_bytes
        @memory[0, ERROR_SIZE]
      end

      # What was written from a byte of the output on.
      def bytes(size, from = 0)
        @memory[ERROR_SIZE + from, size]
      end

      def int64(from = 0)
        @memory[ERROR_SIZE + from, 8].unpack1('q')
      end

      def uint64(from = 0)
        @memory[ERROR_SIZE + from, 8].unpack1('Q')
      end

      def int32(from = 0)
        @memory[ERROR_SIZE + from, 4].unpack1('l')
      end

      def uint32(from = 0)
        @memory[ERROR_SIZE + from, 4].unpack1('L')
      end

      def size(from = 0)
        @memory[ERROR_SIZE + from, Fiddle::SIZEOF_SIZE_T].unpack1('J')
      end

      alias address size
    end

    # Ruby collects garbage when memory has grown by so much, but does not see what the library
    # takes: it is told, where it can be (CRuby).
    COLLECTOR = begin
      Fiddle::Function.new(Fiddle::Handle::DEFAULT['rb_gc_adjust_memory_usage'],
                           [Fiddle::TYPE_SSIZE_T], Fiddle::TYPE_VOID, need_gvl: true)
    rescue Fiddle::DLError
      nil
    end

    module_function

    # Lends memory that no other call has: not one of another thread, nor one of a signal handler
    # that runs in the middle of this one.
    def lend
      idle = Thread.current[:sla_scratch] ||= []
      scratch = idle.pop || Scratch.new
      yield scratch
    ensure
      idle.push(scratch) if scratch
    end

    # Of a call that filled in an error.
    def check(code, scratch)
      raise Error.from_bytes(scratch.error_bytes) unless code.zero?
    end

    # Of one that gives no more than a code.
    def check_code(code)
      raise Error.from_code(code) unless code.zero?
    end

    # Calls a function that gives an object, and gives its address.
    def make(function, *arguments)
      lend do |scratch|
        check(function.call(*arguments, scratch.out, scratch.error), scratch)
        scratch.address
      end
    end

    # Calls one that gives nothing but an error.
    def tell(function, *arguments)
      lend { |scratch| check(function.call(*arguments, scratch.error), scratch) }
    end

    # The two arguments by which a text or bytes are given.
    def text(string)
      [address_of(string), string.bytesize]
    end

    # A reference that is given back when nothing holds it any more.  Fiddle calls the function at
    # most once for each of these, and from C: whatever else was dropped before does not matter.
    def own(address, release, memory)
      COLLECTOR&.call(memory)
      Fiddle::Pointer.new(address, 0, release)
    end

    # Where the bytes of a string are.  The caller has it in a local variable while the address is
    # in use: what is on the stack is neither collected nor moved, as a short string of an object
    # is when Ruby compacts its heap.
    def address_of(string)
      pin(string).to_i
    end

    # For strings that are not on the stack: as long as this is held, they stay where they are.
    def pin(string)
      Fiddle::Pointer[string]
    end

    # Text as the library takes it.
    def utf8(text)
      raise TypeError, "text is needed, not #{text.inspect}" unless text.respond_to?(:to_str)

      text = text.to_str
      [Encoding::UTF_8, Encoding::BINARY].include?(text.encoding) ? text : text.encode('UTF-8')
    end

    # Bytes whose number is only known once they were asked for.  One more than that makes room for
    # the zero behind a text.
    def grow(first = 1024)
      lend do |scratch|
        room = first
        loop do
          buffer = "\0".b * room
          check_code(yield(address_of(buffer), room, scratch.out))
          length = scratch.size
          return buffer.byteslice(0, length) if length < room

          room = length + 1
        end
      end
    end
  end

  # Of the library that was found: "0.1.0".
  def self.version
    Native::VERSION_STRING.call.to_s
  end

  # The file it was found in.
  def self.library
    Native::LIBRARY.path
  end
end
