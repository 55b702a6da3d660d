# SPDX-License-Identifier: MIT
# frozen_string_literal: true

# Every test of the binding, or those in files whose name is given: all.rb cases.
$LOAD_PATH.unshift File.expand_path('../../../examples/ruby/lib', __dir__)
require 'minitest'

wanted = ARGV.grep_v(/\A-/)
Dir[File.join(__dir__, 'test_*.rb')].sort.each do |file|
  require file if wanted.empty? || wanted.any? { |name| File.basename(file).include?(name) }
end
passed = Minitest.run(ARGV.grep(/\A-/))
Test::SKIPS.uniq.each { |reason| puts "skipped: #{reason}" }
exit passed
