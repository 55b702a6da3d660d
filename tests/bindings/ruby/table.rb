# SPDX-License-Identifier: MIT
# frozen_string_literal: true

# Reads a table of tests/cases; README there has the format.
class Table
  ESCAPES = { 'n' => "\n", 'r' => "\r", 't' => "\t", 's' => ' ', '\\' => '\\' }.freeze
  DIRECTORY = File.join(TREE, 'tests', 'cases')

  def self.names
    Dir.children(DIRECTORY).grep(/\.tsv\z/).map { |file| file.delete_suffix('.tsv') }.sort
  end

  attr_reader :columns, :rows

  # Rows are hashes of their fields; nil for "-".
  def initialize(name)
    lines = File.read(File.join(DIRECTORY, "#{name}.tsv"), encoding: 'UTF-8').lines
    raise "#{name}: the last line has no end" unless lines.last.end_with?("\n")

    @columns = lines.first.chomp.split("\t", -1)
    @rows = lines.each_with_index.drop(1).filter_map { |line, i| row("#{name}:#{i + 1}", line) }
  end

  private

  def row(place, line)
    line = line.chomp
    return if line.empty? || line.start_with?('#')

    fields = line.split("\t", -1)
    raise "#{place}: #{fields.size} fields" if fields.size != columns.size || fields.any?(&:empty?)

    { 'place' => place, **columns.zip(fields.map do |field|
                                        field == '-' ? nil : plain(field)
                                      end).to_h }
  end

  def plain(field)
    field.gsub(/\\(.)?/) { ESCAPES.fetch(Regexp.last_match(1)) }
  end
end
