# SPDX-License-Identifier: MIT
# frozen_string_literal: true

module Sla
  # The results of one ticket, one a metric.  A ticket is as urgent as its most urgent result, so
  # tickets can be sorted too.
  class Results
    Rollup = Struct.new(:due_at, :next_change_at, :result) do
      # Those of the most urgent one.
      def metric
        result.metric
      end

      def phase
        result.phase
      end

      def status
        result.status
      end
    end

    include Comparable
    include Enumerable
    include Value

    attr_reader :bytes, :now

    def initialize(bytes, now)
      @bytes = bytes.freeze
      @now = now
      @list = Array.new(bytes.bytesize / Result::SIZE) do |index|
        Result.new(bytes.byteslice(index * Result::SIZE, Result::SIZE), now)
      end.freeze
      freeze
    end

    # Those that Result.new made, taken together.
    def self.of(results)
      list = results.to_a
      raise ArgumentError, 'no results' if list.empty?

      new(list.map(&:bytes).join.b, list.first.now)
    end

    def each(&block)
      return enum_for(:each) { size } unless block

      @list.each(&block)
      self
    end

    def size
      @list.size
    end

    # By metric.
    def [](metric)
      number = Names::METRIC.number(metric)
      @list.find { |result| result.number(:metric) == number }
    end

    def most_urgent
      rollup.result
    end

    # The earliest due time of the running metrics, the earliest next change, the most urgent
    # result.
    def rollup
      size = Raw::ROLLUP_RECORD.size
      due, change, index = given do |*arguments|
        Native.lend do |scratch|
          Native.check_code(Native::ROLLUP_RESULTS.call(*arguments, scratch.out, size))
          scratch.bytes(size).unpack(Raw::ROLLUP_RECORD.format)
        end
      end
      Rollup.new(Instant.like(now, due), Instant.like(now, change), @list[index]).freeze
    end

    def <=>(other)
      other.is_a?(Results) ? most_urgent <=> other.most_urgent : nil
    end

    alias identity bytes

    def inspect
      told = map { |result| "#{result.metric} #{result.phase} #{result.status}" }
      "#<#{self.class} #{told.join(', ')}>"
    end

    # Gives the three arguments by which the library takes them to a block.
    def given
      all = bytes
      yield Native.address_of(all), size, Result::SIZE
    end
  end

  # The most urgent first; what is equally urgent stays in its order.
  def self.queue(list)
    list = list.to_a.map { |item| block_given? ? [item, yield(item)] : [item, item] }
    list = list.each_with_index.sort do |((_, a), i), ((_, b), j)|
      order = a <=> b
      raise ArgumentError, "#{a.inspect} and #{b.inspect} cannot be compared" unless order

      order.zero? ? i <=> j : order
    end
    list.map { |(item, _), _| item }
  end
end
