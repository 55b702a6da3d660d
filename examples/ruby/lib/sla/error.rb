# SPDX-License-Identifier: MIT
# frozen_string_literal: true

module Sla
  # What the library refused, and where.  Every code has a class of its own: Sla::Error::Never,
  # Sla::Error::DueSoon.  The message is the library's sentence.
  class Error < StandardError
    # code: a symbol such as :never; number: the library's own.  line and column: from 1, of a text;
    # argument: which parameter of the C function, from 1; nil when the error is about none.  index:
    # of the event, entry, ticket or byte, from 0.  value: what was wrong, nil for "none"; limit:
    # what it had to respect.
    attr_reader :code, :number, :line, :column, :index, :value, :limit, :argument

    def initialize(number = 0, value: 0, limit: 0, index: 0, line: 0, column: 0, argument: 0)
      @number = number
      @code = CODES.fetch(number, number)
      @value = value == Raw::NONE ? nil : value
      @limit = limit
      @index = index
      @line, @column, @argument = [line, column, argument].map { |n| n.zero? ? nil : n }
      super(sentence([value, limit, index, line, column, number, argument, 0, 0]))
    end

    def to_h
      { code: code, line: line, column: column, index: index, value: value, limit: limit }
    end

    def self.from_code(number)
      class_of(number).new(number)
    end

    def self.from_bytes(bytes)
      value, limit, index, line, column, number, argument = bytes.unpack(FORMAT)
      class_of(number).new(number, value: value, limit: limit, index: index, line: line,
                                   column: column, argument: argument)
    end

    def self.class_of(number)
      CLASSES.fetch(number, self)
    end

    # The function that makes a sentence; a companion library has its own.
    def self.text_function
      Native::ERROR_TEXT
    end

    FORMAT = Raw::ERROR_RECORD.format
    CODES = {} # symbols and classes by number
    CLASSES = {}

    # A class for each code, among the constants of this one.
    def self.define_codes(codes, prefix = '')
      codes.each do |name, number|
        name = name.to_s.delete_prefix('e_')
        CODES[number] = :"#{prefix}#{name}"
        next if number.zero?

        CLASSES[number] = const_set(name.split('_').map(&:capitalize).join, Class.new(self))
      end
    end
    private_class_method :define_codes

    define_codes(Raw::ENUMS[:code])

    private

    def sentence(fields)
      record = fields.pack(FORMAT)
      address = Native.address_of(record)
      function = self.class.text_function
      text = "\0".b * (function.call(address, 0, 0) + 1)
      function.call(address, Native.address_of(text), text.bytesize)
      text.chop.force_encoding('UTF-8')
    end
  end
end
