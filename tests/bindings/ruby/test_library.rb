# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require 'open3'
require 'fileutils'
require_relative 'support'

# Which library is loaded, and which is refused; that all of its interface is in use.
class TestLibrary < Test
  LIB = File.join(TREE, 'examples/ruby/lib')
  SCRATCH = ENV['SLA_TEST_SCRATCH'] || File.join(TREE, 'build/check/ruby')

  # What a new process prints that loads the binding.
  def load_with(path, code = 'print Sla.version')
    out, status = Open3.capture2e({ 'LIBSLA_PATH' => path }, RbConfig.ruby, '-I', LIB, '-r', 'sla',
                                  '-e', code)
    [out, status.success?]
  end

  def test_the_version
    assert_match(/\A\d+\.\d+\.\d+\z/, Sla.version)
    assert_equal Sla.version, Sla::Library.version_text(Sla::Raw::VERSION)
    assert_path_exists Sla.library
  end

  def test_libsla_path_is_a_file_or_a_directory
    assert_equal [Sla.version, true], load_with(Sla.library)
    assert_equal [Sla.version, true], load_with(File.dirname(Sla.library))
  end

  def test_a_path_that_leads_nowhere_is_not_passed_over
    out, loaded = load_with('/nowhere/libsla.so')
    refute loaded
    assert_includes out, 'cannot load libsla (/nowhere/libsla.so'
    assert_includes out, 'Sla::LibraryError'
    refute load_with('/nowhere')[1]
  end

  def test_the_build_tree_comes_before_the_system
    built = File.join(TREE, 'build', 'libsla.so.0')
    skip 'not built in build' unless File.exist?(built)
    assert_equal [built, true], load_with(nil, 'print Sla.library')
  end

  # A library that is not this one: what stands before its last line is C.
  def fake(name, code)
    cc = ENV['CC'] || 'cc'
    FileUtils.mkdir_p(SCRATCH)
    source = File.join(SCRATCH, "#{name}.c")
    made = File.join(SCRATCH, "#{name}.so")
    File.write(source, "#include <stdint.h>\n#include <stddef.h>\n#{code}")
    system("#{cc} -shared -fPIC -o #{made} #{source}", exception: true)
    made
  rescue Errno::ENOENT, RuntimeError
    skip 'no C compiler'
  end

  # The sizes of all records, one of them another.
  def sizes(wrong = nil)
    Sla::Raw::SIZES['libsla'].map do |name, record|
      "size_t #{name}(void) { return #{record.size + (name == wrong ? 8 : 0)}; }\n"
    end.join
  end

  def test_another_major_version_is_refused
    other = (Sla::Raw::VERSION / 10_000 + 1) * 10_000 + 203
    out, loaded = load_with(fake('major', "uint32_t sla_version(void) { return #{other}; }\n"))
    refute loaded
    assert_includes out,
                    "is version #{Sla::Raw::VERSION / 10_000 + 1}.2.3; these files are for version"
  end

  def test_records_of_another_size_are_refused
    code = "uint32_t sla_version(void) { return #{Sla::Raw::VERSION}; }\n"
    out, loaded = load_with(fake('size', code + sizes(:sla_result_size)))
    refute loaded
    assert_includes out, "sla_result has #{Sla::Raw::RESULT_RECORD.size + 8} bytes"
  end

  def test_a_library_without_a_function_is_refused
    code = "uint32_t sla_version(void) { return #{Sla::Raw::VERSION}; }\n"
    out, loaded = load_with(fake('old', code + sizes))
    refute loaded
    assert_includes out, 'it is older than these files'
  end

  # Those that are not called by name: the sizes are checked as the library is opened, references
  # are released by address, constants and names are in raw.rb, and what adds an entry of one kind
  # is said with sla_calendar_builder_add_entries, and a condition of one text as others are.
  OTHERWISE = /
    _size\z | _unref\z | \Asla_report_free\z | \Asla_time_ | \Asla_version\z |
    _builder_add_(hours|entry|(yearly_|weekday_)?holiday|special_hours|closure)\z |
    \Asla_(code|metric|phase|(ticket_)?status|priority|event_kind|unit|clock|shape|option)_name\z |
    \Asla_(rule_event|attribute_type|condition_kind|verdict|agreement_kind|holder)_name\z | _add_text_condition\z
  /x.freeze

  def test_the_whole_interface_is_in_use
    source = Dir[File.join(LIB, 'sla/*.rb')].reject do |file|
               file.end_with?('/raw.rb')
             end.map { |file| File.read(file) }.join
    missing = Sla::Raw::FUNCTIONS['libsla'].keys.reject do |name|
      constant = name.to_s.delete_prefix('sla_').upcase
      name.match?(OTHERWISE) || source.match?(/\b#{constant}\b/) || value_function?(constant)
    end
    assert_empty missing
  end

  def value_function?(constant)
    constant.match?(/\A(ZONE|CALENDAR|POLICY|RULES|POLICY_SET)_
                     (REF|BYTES|NEW_BYTES|EQUAL|HASH|MEMORY)\z/x)
  end
end
