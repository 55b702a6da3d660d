# SPDX-License-Identifier: MIT
# libsla.  `make help` lists the targets and the variables.  The library needs GNU make and a C
# compiler; `make check` needs cmocka as well.  libsla-ical, its companion for iCalendar files, is
# built beside it where pkg-config knows libical.

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.SUFFIXES:
FORCE:

# What is yours to set, here, in the environment or on the command line.
CC ?= cc
AR ?= ar
CFLAGS ?= -O3 -g
BUILD ?= build
SECONDS ?= 20
ICAL ?=
YAML ?=
PKG_CONFIG ?= pkg-config
##V CC, AR, CFLAGS, CPPFLAGS, LDFLAGS
##V              as everywhere; the flags that the library needs are added
##V BUILD=dir    where everything is built (default build)
##V ICAL=no      leaves libsla-ical out; ICAL=yes insists on it (default: if there is libical)
##V YAML=no      leaves out the example that needs libyaml; YAML=yes insists on it
##V V=1          shows the commands
##V ONLY=zone    limits check to what has that in its name
##V SECONDS=20   how long each fuzz target runs

prefix ?= /usr/local
exec_prefix ?= $(prefix)
libdir ?= $(exec_prefix)/lib
includedir ?= $(prefix)/include
datarootdir ?= $(prefix)/share
mandir ?= $(datarootdir)/man
pkgconfigdir ?= $(libdir)/pkgconfig
##V DESTDIR, prefix, exec_prefix, libdir, includedir, mandir, pkgconfigdir
##V              where install puts things (default /usr/local)

# ---- what there is ----------------------------------------------------------------------------

# Empty in the source directory itself, so that a build there names its files as a person would.
SRC := $(filter-out ./,$(dir $(lastword $(MAKEFILE_LIST))))
SRC_DIR := $(patsubst %/,%,$(abspath $(SRC)./))
BUILD_DIR := $(abspath $(BUILD))

number := $(shell awk '$$2 == "SLA_VERSION" { print $$3 }' $(SRC)include/sla/sla.h)
VERSION := $(shell expr $(number) / 10000).$(shell expr $(number) / 100 % 100).$(shell \
             expr $(number) % 100)
SONAME := libsla.so.$(firstword $(subst ., ,$(VERSION)))
SHARED := libsla.so.$(VERSION)
ICAL_SONAME := $(SONAME:libsla%=libsla-ical%)
ICAL_SHARED := $(SHARED:libsla%=libsla-ical%)

# "yes" where the companion is built, else nothing.
ical := $(if $(filter no,$(ICAL)),,$(shell $(PKG_CONFIG) --exists libical 2>/dev/null && echo yes))
ifneq ($(filter-out yes no,$(ICAL)),)
$(error ICAL=$(ICAL) is neither yes nor no)
endif
ifeq ($(ICAL):$(ical),yes:)
$(error ICAL=yes, and $(PKG_CONFIG) knows no libical (Debian: apt install libical-dev pkg-config))
endif
# An example reads YAML, with libyaml.
yaml := $(if $(filter no,$(YAML)),,$(shell $(PKG_CONFIG) --exists yaml-0.1 2>/dev/null && echo yes))
ifneq ($(filter-out yes no,$(YAML)),)
$(error YAML=$(YAML) is neither yes nor no)
endif
ifeq ($(YAML):$(yaml),yes:)
$(error YAML=yes, and $(PKG_CONFIG) knows no yaml-0.1 (Debian: apt install libyaml-dev pkg-config))
endif
yaml_cflags := $(if $(yaml),$(shell $(PKG_CONFIG) --cflags yaml-0.1))
yaml_libs := $(if $(yaml),$(shell $(PKG_CONFIG) --libs yaml-0.1))
ical_cflags := $(if $(ical),$(shell $(PKG_CONFIG) --cflags libical))
ical_libs := $(if $(ical),$(shell $(PKG_CONFIG) --libs libical) -pthread)
# Tests and fuzz targets named after the companion are left out without it.
wanted = $(if $(ical),$1,$(filter-out ical_% test_ical_%,$1))

modules := $(patsubst $(SRC)lib/%.c,%,$(sort $(wildcard $(SRC)lib/*.c)))
ical_modules := $(patsubst $(SRC)lib/%.c,%,$(sort $(wildcard $(SRC)lib/ical/*.c)))
all_tests := $(patsubst $(SRC)tests/%.c,%,$(sort $(wildcard $(SRC)tests/test_*.c)))
tests := $(call wanted,$(all_tests))
support := $(patsubst $(SRC)tests/%.c,%,$(sort $(wildcard $(SRC)tests/*.c)))
support := $(call wanted,$(filter-out $(all_tests),$(support)))
all_targets := $(patsubst $(SRC)tests/fuzz/fuzz_%.c,%,$(sort $(wildcard $(SRC)tests/fuzz/fuzz_*.c)))
targets := $(call wanted,$(all_targets))
bench := $(patsubst $(SRC)tests/%.c,%,$(sort $(wildcard $(SRC)tests/bench/*.c)))
# An example is one file, or a directory of files; these share what is in examples/parts.
example_files := $(patsubst $(SRC)examples/%.c,%,$(sort \
                   $(wildcard $(SRC)examples/*.c $(SRC)examples/*/*.c)))
# One file that needs the companion is left out without it; one of several says so when it runs.
ical_example_files := $(patsubst $(SRC)examples/%.c,%,$(shell grep -ls 'include <sla/ical\.h>' \
                        $(example_files:%=$(SRC)examples/%.c)))
program_of = $(sort $(foreach file,$1,$(firstword $(subst /, ,$(file)))))
in_directories := $(foreach file,$(example_files),$(if $(findstring /,$(file)),$(file)))
large_examples := $(filter-out parts,$(call program_of,$(in_directories)))
# What one of the parts needs, every program made of them does.
ical_examples := $(call program_of,$(ical_example_files))
ical_examples := $(if $(filter parts,$(ical_examples)),$(large_examples)) \
                 $(filter-out parts,$(ical_examples))
yaml_example_files := $(patsubst $(SRC)examples/%.c,%,$(shell grep -ls 'include <yaml\.h>' \
                        $(example_files:%=$(SRC)examples/%.c)))
yaml_examples := $(call program_of,$(yaml_example_files))
all_examples := $(filter-out parts,$(call program_of,$(example_files)))
examples := $(filter-out $(if $(ical),,$(ical_example_files)) $(if $(yaml),,$(yaml_examples)),\
              $(all_examples))
example_parts = $(filter $1 $1/%,$(example_files))
cli_checks := $(sort $(wildcard $(SRC)tests/cli/*.sh))
tree_checks := $(sort $(wildcard $(SRC)tests/tree/*.sh))
binding_checks := $(sort $(wildcard $(SRC)tests/bindings/*.sh))

only = $(foreach name,$1,$(if $(findstring $(ONLY),$(notdir $(name))),$(name),$(if $(ONLY),,$(name))))

static_objects := $(modules:%=$(BUILD)/obj/static/%.o)
shared_objects := $(modules:%=$(BUILD)/obj/shared/%.o)
ical_static_objects := $(ical_modules:%=$(BUILD)/obj/static/%.o)
ical_shared_objects := $(ical_modules:%=$(BUILD)/obj/shared/%.o)
static_libraries := $(BUILD)/libsla.a $(if $(ical),$(BUILD)/libsla-ical.a)
shared_libraries := $(BUILD)/libsla.so $(if $(ical),$(BUILD)/libsla-ical.so)
support_objects := $(support:%=$(BUILD)/obj/tests/%.o)
bench_objects := $(bench:%=$(BUILD)/obj/tests/%.o)
test_programs := $(tests:%=$(BUILD)/tests/%)
replay_programs := $(targets:%=$(BUILD)/tests/replay_%)
fuzz_programs := $(targets:%=$(BUILD)/tests/fuzz_%)
example_programs := $(examples:%=$(BUILD)/examples/%)
left_out := $(addsuffix :libical,$(filter-out $(tests),$(all_tests)) \
              $(addprefix fuzz_,$(filter-out $(targets),$(all_targets))) \
              $(filter-out $(examples) parts/%,$(ical_example_files))) \
            $(addsuffix :libyaml,$(filter-out $(examples),$(yaml_examples)))

# ---- flags ------------------------------------------------------------------------------------

# Where it was built must not show in what was built.  Later maps are tried first.
maps := -ffile-prefix-map=$(CURDIR)=. -ffile-prefix-map=$(SRC_DIR)/=
maps := $(if $(shell $(CC) $(maps) -E -x c /dev/null >/dev/null 2>&1 && echo yes),$(maps))
warnings := -Wall -Wextra -Wpedantic
sanitized := $(findstring -fsanitize,$(CFLAGS) $(LDFLAGS))

common := -std=c11 $(warnings) $(maps) -MMD -MP -I$(SRC)include
library = $(common) -fvisibility=hidden -I$(SRC)lib
example := $(common) -D_POSIX_C_SOURCE=200809L
testing = $(example) -pthread -I$(SRC)lib -I$(SRC)lib/ical -I$(SRC)tests \
          -DSLA_TESTS_DIR='"$(SRC_DIR)/tests"' $(cmocka_cflags)
cmocka_cflags = $(shell pkg-config --cflags cmocka 2>/dev/null)
cmocka_libs = $(shell pkg-config --libs cmocka 2>/dev/null || echo -lcmocka)
compile = $(CC) $1 $(CPPFLAGS) $(CFLAGS)
link = $(CC) $(CFLAGS) $(LDFLAGS)
link_test = $(link) -pthread
# The run time of a sanitizer is found when the program starts.
defined := $(if $(sanitized),,-Wl,-z,defs)

ifeq ($(V),1)
Q :=
say := @:
else
Q := @
say := @printf '  %-8s%s\n'
endif

# ---- the library ------------------------------------------------------------------------------

.PHONY: all static shared examples
all: static shared examples ##T (default) the libraries and the example programs
static: $(static_libraries) ##T the static libraries
shared: $(shared_libraries) ##T the shared libraries
examples: $(example_programs) ##T the example programs, in BUILD/examples

# Everything compiled depends on this file, which changes when a command line would.
$(BUILD)/flags: export now = $(CC) | $(AR) | $(CPPFLAGS) | $(CFLAGS) | $(LDFLAGS) | $(SRC_DIR)
$(BUILD)/flags: FORCE
	@mkdir -p $(@D)
	@printf '%s\n' "$$now" | cmp -s - $@ || printf '%s\n' "$$now" > $@

# The same for what is made in two ways, with the companion and without.
$(BUILD)/with-ical: export now = ical: $(ical) | $(ical_cflags) | $(ical_libs)
$(BUILD)/with-ical: FORCE
	@mkdir -p $(@D)
	@printf '%s\n' "$$now" | cmp -s - $@ || printf '%s\n' "$$now" > $@

base := $(BUILD)/flags $(SRC)Makefile

$(BUILD)/obj/static/%.o: $(SRC)lib/%.c $(base)
	@mkdir -p $(@D)
	$(say) CC $@
	$(Q)$(call compile,$(library)) -c -o $@ $<

$(BUILD)/obj/shared/%.o: $(SRC)lib/%.c $(base)
	@mkdir -p $(@D)
	$(say) CC $@
	$(Q)$(call compile,$(library) -fPIC) -c -o $@ $<

$(BUILD)/libsla.a: $(static_objects) $(base)
	$(say) AR $@
	$(Q)rm -f $@ && $(AR) rcsD $@ $(static_objects)

$(BUILD)/$(SHARED): $(shared_objects) $(SRC)lib/libsla.map $(base)
	$(say) LD $@
	$(Q)$(link) -shared -Wl,-soname,$(SONAME) -Wl,--version-script=$(SRC)lib/libsla.map \
	  -Wl,-z,noexecstack $(defined) -o $@ $(shared_objects)

$(BUILD)/$(SONAME) $(BUILD)/libsla.so: $(BUILD)/$(SHARED)
	$(Q)ln -sf $(SHARED) $@

$(BUILD)/libsla.so: $(BUILD)/$(SONAME)

# ---- libsla-ical: a customer of the library, which sees its public header alone ----------------

$(ical_static_objects) $(ical_shared_objects): \
  library = $(common) -fvisibility=hidden -pthread $(ical_cflags)

$(BUILD)/libsla-ical.a: $(ical_static_objects) $(base)
	$(say) AR $@
	$(Q)rm -f $@ && $(AR) rcsD $@ $(ical_static_objects)

$(BUILD)/$(ICAL_SHARED): $(ical_shared_objects) $(SRC)lib/ical/libsla-ical.map $(base) \
                         | $(BUILD)/libsla.so
	$(say) LD $@
	$(Q)$(link) -shared -Wl,-soname,$(ICAL_SONAME) \
	  -Wl,--version-script=$(SRC)lib/ical/libsla-ical.map -Wl,-z,noexecstack $(defined) -o $@ \
	  $(ical_shared_objects) -L$(BUILD) -lsla -Wl,--as-needed $(ical_libs)

$(BUILD)/$(ICAL_SONAME) $(BUILD)/libsla-ical.so: $(BUILD)/$(ICAL_SHARED)
	$(Q)ln -sf $(ICAL_SHARED) $@

$(BUILD)/libsla-ical.so: $(BUILD)/$(ICAL_SONAME)

ical_programs := $(patsubst %,$(BUILD)/tests/%,$(filter test_ical_%,$(tests))) \
                 $(patsubst %,$(BUILD)/tests/replay_%,$(filter ical_%,$(targets))) \
                 $(patsubst %,$(BUILD)/tests/fuzz_%,$(filter ical_%,$(targets))) \
                 $(ical_examples:%=$(BUILD)/examples/%)
$(if $(ical),$(ical_programs): $(BUILD)/libsla-ical.a)
$(BUILD)/obj/tests/test_ical_quiet.o: testing += $(ical_cflags)

# What a program is made of, each archive before those it needs.
linked = $(filter %.o,$^) \
         $(foreach name,libsupport libparts libsla-ical libsla,$(filter %/$(name).a,$^)) \
         $(if $(filter %/libsla-ical.a,$^),$(ical_libs)) \
         $(if $(filter $(yaml_examples),$(@F)),$(yaml_libs))

# ---- examples ---------------------------------------------------------------------------------

$(BUILD)/obj/examples/%.o: $(SRC)examples/%.c $(base)
	@mkdir -p $(@D)
	$(say) CC $@
	$(Q)$(call compile,$(example)) -c -o $@ $<

ical_example_objects := $(ical_example_files:%=$(BUILD)/obj/examples/%.o)
$(ical_example_objects): $(BUILD)/with-ical
$(ical_example_objects): example += $(if $(ical),-DWITH_ICAL)

yaml_example_objects := $(yaml_example_files:%=$(BUILD)/obj/examples/%.o)
$(yaml_example_objects): example += $(yaml_cflags)
$(in_directories:%=$(BUILD)/obj/examples/%.o): example += -I$(SRC)examples/parts

parts_objects := $(patsubst %,$(BUILD)/obj/examples/%.o,$(filter parts/%,$(example_files)))
$(BUILD)/obj/examples/libparts.a: $(parts_objects) $(base)
	$(say) AR $@
	$(Q)rm -f $@ && $(AR) rcsD $@ $(parts_objects)
$(large_examples:%=$(BUILD)/examples/%): $(BUILD)/obj/examples/libparts.a

.SECONDEXPANSION:
$(example_programs): $$(patsubst %,$(BUILD)/obj/examples/%.o,$$(call example_parts,$$(@F))) \
                     $(BUILD)/libsla.a
	@mkdir -p $(@D)
	$(say) LD $@
	$(Q)$(link) -o $@ $(linked)

.PHONY: demo
demo: examples ##T a queue of sample tickets, most urgent first
	@cd $(SRC_DIR) && sh examples/demo.sh $(BUILD_DIR)

# ---- tests ------------------------------------------------------------------------------------

$(BUILD)/obj/tests/%.o: $(SRC)tests/%.c $(base)
	@mkdir -p $(@D)
	$(say) CC $@
	$(Q)$(call compile,$(testing)) -c -o $@ $<

$(BUILD)/tests/libsupport.a: $(support_objects) $(base)
	@mkdir -p $(@D)
	$(say) AR $@
	$(Q)rm -f $@ && $(AR) rcsD $@ $(support_objects)

$(test_programs): $(BUILD)/tests/%: $(BUILD)/obj/tests/%.o $(BUILD)/tests/libsupport.a \
                  $(BUILD)/libsla.a | cmocka
	$(say) LD $@
	$(Q)$(link_test) -o $@ $(linked) $(cmocka_libs)

$(replay_programs): $(BUILD)/tests/replay_%: $(BUILD)/obj/tests/fuzz/fuzz_%.o \
                    $(BUILD)/obj/tests/fuzz/replay.o $(BUILD)/tests/libsupport.a \
                    $(BUILD)/libsla.a | cmocka
	$(say) LD $@
	$(Q)$(link_test) -o $@ $(linked) $(cmocka_libs)

$(fuzz_programs): $(BUILD)/tests/fuzz_%: $(BUILD)/obj/tests/fuzz/fuzz_%.o $(BUILD)/libsla.a
	@mkdir -p $(@D)
	$(say) LD $@
	$(Q)$(link) -fsanitize=fuzzer -o $@ $(linked)

$(BUILD)/tests/bench: $(bench_objects) $(BUILD)/libsla.so
	@mkdir -p $(@D)
	$(say) LD $@
	$(Q)$(link) -pthread -o $@ $(bench_objects) -L$(BUILD) -lsla -Wl,-rpath,$(BUILD_DIR)

.PHONY: cmocka
cmocka:
	@printf '%s\n' '#include <stdarg.h>' '#include <stddef.h>' '#include <setjmp.h>' \
	  '#include <stdint.h>' '#include <cmocka.h>' 'int main(void) { return 0; }' | \
	  $(link) $(cmocka_cflags) -x c -o /dev/null - $(cmocka_libs) 2>/dev/null || { \
	  echo "The tests need cmocka for this compiler (Debian: apt install libcmocka-dev)." >&2; \
	  exit 1; }

.PHONY: check check-programs check-asan check-tsan bench bench-python bench-ruby fuzz fuzz-programs
check-programs: all $(call only,$(test_programs) $(replay_programs)) \
                $(if $(bench),$(call only,$(BUILD)/tests/bench))

# A test that does not build fails, and does not keep the others from running.
check: cmocka ##T builds and runs every test
	@built=yes; $(MAKE) --no-print-directory -k check-programs || built=no; \
	BUILD='$(BUILD_DIR)' SRC='$(SRC_DIR)' MAKE='$(MAKE)' CC='$(CC)' AR='$(AR)' \
	CFLAGS='$(CFLAGS)' CPPFLAGS='$(CPPFLAGS)' LDFLAGS='$(LDFLAGS)' VERSION='$(VERSION)' \
	ICAL='$(or $(ical),no)' YAML='$(or $(yaml),no)' PKG_CONFIG='$(PKG_CONFIG)' LEFT_OUT='$(call only,$(left_out))' \
	sh $(SRC)tests/tree/support/run.sh $$built $(call only,$(test_programs) $(replay_programs) \
	  $(cli_checks) $(tree_checks) $(binding_checks))

# Checks of the tree itself say the same under every compiler flag; these run programs.  An
# interpreter does not load a library that wants a sanitizer's run time.
running_checks := $(filter %/man.sh %/readme.sh %/version.sh %/purity.sh,$(tree_checks))

sanitizing := -O1 -g -fno-omit-frame-pointer -fno-sanitize-recover=all

check-asan: ##T the same under AddressSanitizer and UndefinedBehaviorSanitizer
	@SLA_TEST_LIGHT=1 $(MAKE) --no-print-directory BUILD=$(BUILD)/asan tree_checks='$(running_checks)' \
	  binding_checks= \
	  CFLAGS='$(sanitizing) -fsanitize=address,undefined' check

check-tsan: ##T the same under ThreadSanitizer
	@SLA_TEST_LIGHT=1 $(MAKE) --no-print-directory BUILD=$(BUILD)/tsan tree_checks='$(running_checks)' \
	  binding_checks= \
	  CFLAGS='$(sanitizing) -fsanitize=thread' check

bench: $(BUILD)/tests/bench ##T measures, beside a loop over the C library's mktime
	@$(BUILD)/tests/bench

bench-python: shared ##T the same through the Python binding, beside plain Python
	@python=python3; ! /usr/bin/python3 -c 'import numpy' 2>/dev/null || python=/usr/bin/python3; \
	  LIBSLA_PATH='$(BUILD_DIR)/libsla.so' PYTHONPATH='$(SRC_DIR)/examples/python' \
	  PYTHONDONTWRITEBYTECODE=1 $$python $(SRC)tests/bench/bench_python.py

bench-ruby: shared ##T the same through the Ruby binding, beside plain Ruby
	@LIBSLA_PATH='$(BUILD_DIR)/libsla.so' ruby $(SRC)tests/bench/bench_ruby.rb

fuzz: ##T runs every fuzz target for SECONDS (needs clang)
	@$(MAKE) --no-print-directory BUILD=$(BUILD)/fuzz CC=clang \
	  CFLAGS='$(sanitizing) -fsanitize=fuzzer-no-link,address,undefined' fuzz-programs
	@set -e; for name in $(targets); do echo "  FUZZ    $$name, $(SECONDS) s"; \
	  mkdir -p $(BUILD)/fuzz/corpus/$$name; words=$(SRC)tests/fuzz/$$name.dict; \
	  if [ -f $$words ]; then words=-dict=$$words; else words=; fi; \
	  $(BUILD)/fuzz/tests/fuzz_$$name -max_total_time=$(SECONDS) $$words -timeout=15 -rss_limit_mb=1024 \
	    -print_final_stats=1 -verbosity=0 -artifact_prefix=$(BUILD)/fuzz/$$name- \
	    $(BUILD)/fuzz/corpus/$$name $(SRC)tests/fuzz/corpus/$$name; done

fuzz-programs: $(fuzz_programs)

# ---- installing -------------------------------------------------------------------------------

header_dir = $(DESTDIR)$(includedir)/sla
all_pages := $(sort $(notdir $(wildcard $(SRC)man/*.3 $(SRC)man/*.7)))
pages := $(if $(ical),$(all_pages),$(filter-out sla_ical%,$(all_pages)))
page_dir = $(DESTDIR)$(mandir)/man$(patsubst .%,%,$(suffix $1))
# A page of section 3 is also found by every other name in its NAME: alias:page, as .so files.
aliases := $(shell cd $(SRC_DIR)/man && awk 'FNR == 1 { naming = 1 } $$1 == ".Nd" { naming = 0 } \
             naming && $$1 == ".Nm" && $$2 ".3" != FILENAME { print $$2 ".3:" FILENAME }' *.3)
alias_name = $(firstword $(subst :, ,$1))
alias_page = $(lastword $(subst :, ,$1))
installed_aliases = $(foreach page,$(pages),$(filter %:$(page),$(aliases)))

# In the .pc a directory below another is written as such, so that the tree can be moved.
below = $(patsubst $2/%,$${$3}/%,$1)
pc_libdir = $(call below,$(call below,$(libdir),$(exec_prefix),exec_prefix),$(prefix),prefix)
pc_includedir = $(call below,$(includedir),$(prefix),prefix)
pc_exec_prefix = $(if $(filter $(prefix),$(exec_prefix)),$${prefix},$(exec_prefix))

define install_pc
	sed -e 's|@prefix@|$(prefix)|' -e 's|@exec_prefix@|$(pc_exec_prefix)|' \
	  -e 's|@libdir@|$(pc_libdir)|' -e 's|@includedir@|$(pc_includedir)|' \
	  -e 's|@version@|$(VERSION)|' $(SRC)pkgconfig/$1.pc.in > $(DESTDIR)$(pkgconfigdir)/$1.pc
	chmod 644 $(DESTDIR)$(pkgconfigdir)/$1.pc
endef

define install_ical
	install -m 644 $(SRC)include/sla/ical.h $(header_dir)/ical.h
	install -m 644 $(BUILD)/libsla-ical.a $(DESTDIR)$(libdir)/libsla-ical.a
	install -m 755 $(BUILD)/$(ICAL_SHARED) $(DESTDIR)$(libdir)/$(ICAL_SHARED)
	ln -sf $(ICAL_SHARED) $(DESTDIR)$(libdir)/$(ICAL_SONAME)
	ln -sf $(ICAL_SHARED) $(DESTDIR)$(libdir)/libsla-ical.so
	$(call install_pc,libsla-ical)
endef

.PHONY: install uninstall
install: static shared ##T the libraries, their headers, .pc files and manual
	install -d $(header_dir) $(DESTDIR)$(libdir) $(DESTDIR)$(pkgconfigdir)
	install -m 644 $(SRC)include/sla/sla.h $(header_dir)/sla.h
	install -m 644 $(BUILD)/libsla.a $(DESTDIR)$(libdir)/libsla.a
	install -m 755 $(BUILD)/$(SHARED) $(DESTDIR)$(libdir)/$(SHARED)
	ln -sf $(SHARED) $(DESTDIR)$(libdir)/$(SONAME)
	ln -sf $(SHARED) $(DESTDIR)$(libdir)/libsla.so
	$(call install_pc,libsla)
	$(if $(ical),$(install_ical))
	$(if $(pages),install -d $(sort $(foreach page,$(pages),$(call page_dir,$(page)))))
	@$(foreach page,$(pages),install -m 644 $(SRC)man/$(page) $(call page_dir,$(page))/ &&) :
	@cd $(DESTDIR)$(mandir)/man3 && umask 022 && $(foreach alias,$(installed_aliases),\
	  rm -f $(call alias_name,$(alias)) && \
	  echo '.so man3/$(call alias_page,$(alias))' > $(call alias_name,$(alias)) &&) :

# Directories of others are left alone, except in a staging tree, where only we were.
uninstall: ##T removes what install wrote
	rm -f $(header_dir)/sla.h $(DESTDIR)$(pkgconfigdir)/libsla.pc
	rm -f $(addprefix $(DESTDIR)$(libdir)/,libsla.a libsla.so $(SONAME) $(SHARED))
	rm -f $(header_dir)/ical.h $(DESTDIR)$(pkgconfigdir)/libsla-ical.pc
	rm -f $(addprefix $(DESTDIR)$(libdir)/,libsla-ical.a libsla-ical.so $(ICAL_SONAME) $(ICAL_SHARED))
	@rm -f $(foreach page,$(all_pages),$(call page_dir,$(page))/$(page))
	@rm -f $(foreach alias,$(aliases),$(DESTDIR)$(mandir)/man3/$(call alias_name,$(alias)))
	-@rmdir $(header_dir) 2>/dev/null
	$(if $(DESTDIR),-@cd $(DESTDIR) && for dir in $(includedir) $(pkgconfigdir) $(libdir) \
	  $(mandir)/man3 $(mandir)/man7; do rmdir -p ".$$dir" 2>/dev/null; done; :)

# ---- distributing -----------------------------------------------------------------------------

NAME := libsla-$(VERSION)
TARBALL := $(BUILD)/$(NAME).tar.gz

# The same files give the same tarball, byte for byte, whoever packs them and wherever.
.PHONY: dist distcheck
dist: ##T packs BUILD/libsla-VERSION.tar.gz
	@mkdir -p $(BUILD)
	@cd $(SRC_DIR) && BUILD='$(BUILD_DIR)' sh tests/tree/support/files.sh > $(BUILD_DIR)/dist-files
	@epoch=$${SOURCE_DATE_EPOCH:-$$(cd $(SRC_DIR) && { git log -1 --format=%ct 2>/dev/null || \
	  stat -c %Y include/sla/sla.h; })}; \
	  tar -C $(SRC_DIR) --format=ustar --sort=name --mtime=@$$epoch --owner=0 --group=0 \
	  --numeric-owner --mode=u=rwX,go=rX --transform 's,^,$(NAME)/,' \
	  -T $(BUILD_DIR)/dist-files -cf - | gzip -9n > $(TARBALL)
	@echo $(TARBALL)

unpacked := $(BUILD_DIR)/distcheck/unpacked/$(NAME)
make_unpacked = $(MAKE) -C $(unpacked) BUILD=$(BUILD_DIR)/distcheck/build
make_staged = $(make_unpacked) DESTDIR=$(BUILD_DIR)/distcheck/staged prefix=/usr

distcheck: dist ##T unpacks that, builds elsewhere, checks, installs, uninstalls, packs again
	rm -rf $(BUILD)/distcheck
	mkdir -p $(BUILD)/distcheck/unpacked $(BUILD)/distcheck/staged
	tar -C $(BUILD)/distcheck/unpacked -xzf $(TARBALL)
	cp -R $(unpacked) $(unpacked).before
	+$(make_unpacked) all
	+$(make_unpacked) check
	+$(make_staged) install
	+$(make_staged) uninstall
	test -z "$$(find $(BUILD)/distcheck/staged -mindepth 1)"
	+$(make_unpacked) dist
	cmp $(TARBALL) $(BUILD)/distcheck/build/$(NAME).tar.gz
	diff -r $(unpacked).before $(unpacked)
	rm -rf $(BUILD)/distcheck
	@echo "$(TARBALL) is ready to be distributed."

# ---- the rest ---------------------------------------------------------------------------------

.PHONY: clean help
clean: ##T removes BUILD
	rm -rf $(BUILD)

help: ##T this list
	@echo 'libsla $(VERSION), targets:'
	@sed -n 's/^\([a-z-]*\):.*##T /  \1\t/p' $(SRC)Makefile | expand -t 16
	@echo 'Variables:'
	@sed -n -e 's/^##V /  /p' $(SRC)Makefile

-include $(wildcard $(BUILD)/obj/*/*.d $(BUILD)/obj/*/*/*.d)
