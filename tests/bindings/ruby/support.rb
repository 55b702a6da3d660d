# SPDX-License-Identifier: MIT
# frozen_string_literal: true

# What the tests of the binding share.
require 'minitest'
require 'sla'

TREE = File.expand_path('../../..', __dir__)
LIGHT = !ENV['SLA_TEST_LIGHT'].to_s.empty?

# The zones of the tests, so that those of the machine do not matter.
ENV['TZDIR'] = File.join(TREE, 'tests', 'zones')

module Support
  MONDAY = Time.utc(2024, 6, 3)

  # "Mo 09:00" of the week of the case tables.
  def at(text)
    day, time = text.split
    hour, minute, second = time.split(':').map(&:to_i)
    MONDAY + %w[Mo Tu We Th Fr Sa Su].index(day) * 86_400 + hour * 3600 + minute * 60 + second.to_i
  end

  def office(**more)
    Sla::Calendar.new(zone: 'UTC', hours: 'Mo-Fr 09:00-17:00', **more)
  end

  # Raised by the library: with this code, and fields as they are given.
  def assert_refused(code, **fields)
    error = assert_raises(Sla::Error) { yield }
    assert_equal code, error.code
    fields.each do |field, value|
      value.nil? ? assert_nil(error.send(field)) : assert_equal(value, error.send(field),
                                                                field.to_s)
    end
    error
  end
end

class Test < Minitest::Test
  include Support

  SKIPS = [] # reasons, which all.rb prints

  def skip(reason, *)
    SKIPS << reason
    super
  end
end
