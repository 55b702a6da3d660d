# SPDX-License-Identifier: MIT
# frozen_string_literal: true

require 'fiddle'

module Sla
  # The shared library is not there, or is not the one that raw.rb was generated for.
  class LibraryError < LoadError; end

  # Finds a shared library of the project and checks it: LIBSLA_PATH, a file or the directory it is
  # in, says where it is; else it is the one of the tree that these files are in, once that is
  # built; else the system's.
  class Library
    BUILD = File.expand_path('../../../../build', __dir__)
    MAJOR = Raw::VERSION / 10_000

    attr_reader :path

    def initialize(name)
      @name = name
      @path, @handle = open_one(candidates)
    end

    # The address of a function.
    def address(function)
      @handle[function.to_s]
    rescue Fiddle::DLError
      raise LibraryError, "#{path} has no #{function}: it is older than these files"
    end

    def function(name, need_gvl: true)
      result, parameters = Raw::FUNCTIONS.fetch(@name).fetch(name)
      parameters = parameters.map { |type| type == Fiddle::TYPE_VOIDP ? ADDRESS : type }
      result = ADDRESS if result == Fiddle::TYPE_VOIDP
      Fiddle::Function.new(address(name), parameters, result, name: name.to_s, need_gvl: need_gvl)
    end

    # Every function as a constant of a module, without its prefix.  A call that may take long
    # (those in `long`) lets other threads run.
    def define(into, prefix, long)
      Raw::FUNCTIONS.fetch(@name).each_key do |name|
        into.const_set(name.to_s.delete_prefix(prefix).upcase,
                       function(name, need_gvl: !long.include?(name)))
      end
    end

    # An address is a number here, which costs half of what a Fiddle::Pointer does.
    ADDRESS = Fiddle::TYPE_UINTPTR_T

    def check_version(number)
      return if number / 10_000 == MAJOR

      raise LibraryError, "#{path} is version #{Library.version_text(number)}; these files are " \
                          "for version #{MAJOR}, as #{Library.version_text(Raw::VERSION)} is"
    end

    # A record of another size is laid out in another way than raw.rb has it.  From version 1.0.0 on
    # it may be longer: records grow at the end, and every call says how long they are here.
    def check_sizes
      Raw::SIZES.fetch(@name).each do |name, record|
        size = function(name).call
        next if size == record.size || (size > record.size && MAJOR.positive?)

        raise LibraryError, "#{path}: #{record.name} has #{size} bytes, and #{record.size} where " \
                            'raw.rb was generated'
      end
    end

    def self.version_text(number)
      "#{number / 10_000}.#{number / 100 % 100}.#{number % 100}"
    end

    private

    def file_names
      case RbConfig::CONFIG['host_os']
      when /darwin/ then ["#{@name}.#{MAJOR}.dylib", "#{@name}.dylib"]
      else ["#{@name}.so.#{MAJOR}", "#{@name}.so"]
      end
    end

    # Where LIBSLA_PATH names the file of the core, its companions lie beside it.
    def given
      path = ENV['LIBSLA_PATH'].to_s
      return if path.empty?
      return [path] if @name == 'libsla' && !File.directory?(path)

      directory = File.directory?(path) ? path : File.dirname(path)
      in_directory(directory)
    end

    def in_directory(directory)
      file_names.map { |name| File.join(directory, name) }
    end

    def candidates
      given || (in_directory(BUILD).select { |file| File.exist?(file) } + file_names)
    end

    def open_one(paths)
      failures = paths.map do |path|
        return [path, Fiddle.dlopen(path)]
      rescue Fiddle::DLError => e
        e.message
      end
      raise LibraryError, "cannot load #{@name} (#{failures.uniq.join('; ')}); build it with " \
                          'make, or set LIBSLA_PATH to it'
    end
  end
end
