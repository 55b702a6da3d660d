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
      @code = NAMES.fetch(number, number)
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

    FORMAT = Raw::ERROR_RECORD.format
    NAMES = Raw::ENUMS[:code].to_h do |name, number|
      [number, name.to_s.delete_prefix('e_').to_sym]
    end.freeze
    CLASSES = NAMES.reject { |number, _| number.zero? }.to_h do |number, name|
      [number, const_set(name.to_s.split('_').map(&:capitalize).join, Class.new(self))]
    end.freeze

    private

    def sentence(fields)
      record = fields.pack(FORMAT)
      address = Native.address_of(record)
      text = "\0".b * (Native::ERROR_TEXT.call(address, 0, 0) + 1)
      Native::ERROR_TEXT.call(address, Native.address_of(text), text.bytesize)
      text.chop.force_encoding('UTF-8')
    end
  end
end
