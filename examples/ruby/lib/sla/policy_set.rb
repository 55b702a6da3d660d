# SPDX-License-Identifier: MIT
# frozen_string_literal: true

module Sla
  # Agreements, each with the versions of its policy; named by their places, from 0.
  class PolicySet
    include ByValue

    FUNCTIONS = functions_for('POLICY_SET')

    # effective_at: nil, of the first one alone, for all tickets created before the next.
    Version = Struct.new(:number, :effective_at, :policy)
    # How a ticket stands under an agreement: by which version, and the hash of its policy; the
    # holder, who has to act as that policy has the statuses; results, whose rollup is the most
    # urgent of the agreement.  Without a version there are none.  Results.of takes those of several
    # outcomes together.
    Outcome = Struct.new(:agreement, :version, :hash_of_policy, :holder, :results)
    # What becomes of one metric when another policy is applied; changed, when its due time, phase or
    # status differs.  While it is paused, it is due as if it resumed now.
    Change = Struct.new(:metric, :changed, :old_due_at, :new_due_at, :old_phase, :new_phase,
                        :old_status, :new_status)

    # agreements: a list of { kind: :customer, name: 'Acme', description: 'Premium',
    #                         versions: [[1, nil, policy], [2, time, another]] }
    # kind is customer, internal or supplier; a version is a number, a time and a policy.
    def initialize(agreements)
      hold(build(nil, agreements, {}))
    end

    # This set and more agreements, and more versions of those that are named.
    def with(agreements: [], versions: {})
      self.class.wrap(build(self, agreements, versions))
    end

    def size
      Native::POLICY_SET_COUNT.call(address)
    end

    # As PolicySet.new takes them, with a Version for each of the versions.
    def agreements
      (0...size).map do |place|
        kind, count = record(Raw::AGREEMENT_RECORD, Native::POLICY_SET_AGREEMENT, place)
        { kind: Names::AGREEMENT_KIND.symbol(kind), name: text(Native::POLICY_SET_NAME, place),
          description: text(Native::POLICY_SET_DESCRIPTION, place),
          versions: (0...count).map { |version| version(place, version) } }
      end
    end

    # The one in force for tickets created at a time; nil before the first.
    def version_at(agreement, created_at)
      Pack.check('L', agreement)
      place = ask(Native::POLICY_SET_VERSION_AT, agreement, Instant.seconds(created_at), &:uint32)
      place == Raw::NO_VERSION ? nil : version(agreement, place)
    end

    # A ticket under several agreements, each by itself; under all of them unless they are named.
    # applied_at: when versions were applied again, if they were.
    def evaluate(events, now: Time.now, agreements: (0...size).to_a, applied_at: nil)
      log = Log.read(events) # which must live as long as the call
      outcomes_of(Native::POLICY_SET_EVALUATE, agreements, log.arguments, applied_at, now)
    end

    # The same for a Row, or a hash of what it holds.
    def evaluate_row(row, now: Time.now, agreements: (0...size).to_a, applied_at: nil)
      record = Row.read(row).packed
      outcomes_of(Native::POLICY_SET_EVALUATE_ROW, agreements, Native.text(record), applied_at, now)
    end

    # What applying another policy to a ticket would change, before it is done.
    def self.changes(old, new, events, now: Time.now)
      [old, new].each { |policy| policy_address(policy) }
      log = Log.read(events)
      size = Raw::POLICY_CHANGE_RECORD.size
      buffer = "\0".b * (size * 64)
      Native.lend do |scratch|
        code = Native::POLICY_CHANGES.call(old.address, new.address, *log.arguments,
                                           Instant.seconds(now), Native.address_of(buffer), 64,
                                           size, scratch.out, scratch.error)
        Native.check(code, scratch)
        (0...scratch.size).map { |i| change(buffer.byteslice(i * size, size), now) }
      end
    end

    # Who has to act while a ticket is in a status: us, customer, other or nobody.
    def self.holder(policy, status)
      Native.lend do |scratch|
        code = Native::POLICY_HOLDER.call(policy_address(policy),
                                          Names::TICKET_STATUS.number(status), scratch.out)
        Native.check_code(code)
        Names::HOLDER.symbol(scratch.uint32)
      end
    end

    def self.policy_address(policy)
      return policy.address if policy.is_a?(Policy)

      raise TypeError, "an Sla::Policy is needed, not #{policy.inspect}"
    end

    def self.change(bytes, now)
      old_due, new_due, metric, changed, *rest = bytes.unpack(Raw::POLICY_CHANGE_RECORD.format)
      phases = rest.first(2).map { |phase| Names::PHASE.symbol(phase) }
      statuses = rest.last(2).map { |status| Names::STATUS.symbol(status) }
      Change.new(Names::METRIC.symbol(metric), changed == 1, Instant.like(now, old_due),
                 Instant.like(now, new_due), *phases, *statuses).freeze
    end
    private_class_method :change

    def to_s
      agreements.map { |agreement| agreement[:name] }.join(', ')
    end

    private

    def outcomes_of(function, agreements, ticket, applied_at, now)
      wanted = Pack.list('L', agreements)
      outcomes = "\0".b * (Raw::OUTCOME_RECORD.size * [agreements.size, 1].max)
      results = "\0".b * (Result::SIZE * Policy::MOST_METRICS * [agreements.size, 1].max)
      Native.lend do |scratch|
        code = function.call(
          address, Native.address_of(wanted), agreements.size, *ticket,
          Instant.seconds_or_none(applied_at), Instant.seconds(now), Native.address_of(outcomes),
          Raw::OUTCOME_RECORD.size, Native.address_of(results), results.bytesize / Result::SIZE,
          Result::SIZE, scratch.out, scratch.error
        )
        Native.check(code, scratch)
      end
      agreements.each_index.map { |i| outcome(outcomes, i, results, now) }
    end

    def version(place, version)
      effective_at, _hash, number =
        record(Raw::POLICY_VERSION_RECORD, Native::POLICY_SET_VERSION, place, version)
      policy = Policy.borrow(Native::POLICY_SET_POLICY.call(address, place, version))
      Version.new(number, effective_at == Raw::NONE ? nil : Time.at(effective_at).utc,
                  policy).freeze
    end

    def outcome(outcomes, index, results, now)
      size = Raw::OUTCOME_RECORD.size
      hash, agreement, version, _number, holder, first, count =
        outcomes.byteslice(index * size, size).unpack(Raw::OUTCOME_RECORD.format)
      version = version == Raw::NO_VERSION ? nil : version(agreement, version)
      own = results.byteslice(first * Result::SIZE, count * Result::SIZE)
      Outcome.new(agreement, version, hash, Names::HOLDER.symbol(holder),
                  Results.new(own, now)).freeze
    end

    def record(record, function, *place)
      Native.lend do |scratch|
        Native.check_code(function.call(address, *place, scratch.out, record.size))
        scratch.bytes(record.size).unpack(record.format)
      end
    end

    def text(function, place)
      told = Native.grow(64) do |buffer, room, length|
        function.call(address, place, buffer, room, length)
      end
      told.force_encoding(Encoding::UTF_8)
    end

    # ---- telling a builder, which lives no longer than this ----

    def build(from, agreements, versions)
      builder = if from
                  Native.make(Native::POLICY_SET_BUILDER_NEW_FROM, from.address, 0)
                else
                  Native.make(Native::POLICY_SET_BUILDER_NEW, 0)
                end
      add_versions(builder, from, versions)
      agreements.each_with_index { |told, i| add(builder, (from ? from.size : 0) + i, told) }
      Native.make(Native::POLICY_SET_BUILDER_BUILD, builder)
    ensure
      Native::POLICY_SET_BUILDER_FREE.call(builder) if builder
    end

    def add_versions(builder, from, versions)
      names = from ? from.agreements.map { |agreement| agreement[:name] } : []
      versions.each do |name, list|
        place = names.index(name.to_s) || raise(ArgumentError, "no agreement #{name}")
        list.each { |told| add_version(builder, place, told) }
      end
    end

    def add(builder, place, told)
      raise TypeError, "an agreement is a hash, not #{told.inspect}" unless told.is_a?(Hash)

      told = told.transform_keys(&:to_sym)
      unknown = told.keys - %i[kind name description versions]
      raise ArgumentError, "unknown keyword: #{unknown.first.inspect}" unless unknown.empty?

      name = Native.utf8(told.fetch(:name))
      description = Native.utf8(told.fetch(:description, ''))
      Native.tell(Native::POLICY_SET_BUILDER_ADD_AGREEMENT, builder,
                  Names::AGREEMENT_KIND.number(told.fetch(:kind, :customer)),
                  *Native.text(name), *Native.text(description))
      told.fetch(:versions).each { |version| add_version(builder, place, version) }
    end

    def add_version(builder, place, told)
      number, effective_at, policy = *told.to_a
      Pack.check('L', number)
      Native.tell(Native::POLICY_SET_BUILDER_ADD_VERSION, builder, place, number,
                  Instant.seconds_or_none(effective_at), PolicySet.policy_address(policy))
    end
  end
end
