# SPDX-License-Identifier: MIT
# What the libraries need from outside, and that they keep no state: a short list of C functions,
# no writable data but the companion's one lock, no executable stack, no floating point.
. tests/tree/support/begin.sh

# What the flags and the compiler's defaults ask for, beyond the list.
# shellcheck disable=SC2086 # words
macros=$(${CC} ${CPPFLAGS} ${CFLAGS} -dM -E -x c /dev/null)
allowed='memcpy memmove memset memcmp strlen realloc free'
case $macros in *__SSP_*) allowed="$allowed __stack_chk_fail __stack_chk_fail_local" ;; esac
case $macros in *__SIZEOF_POINTER__\ 4*) # 64-bit arithmetic is the compiler's own there
  allowed="$allowed _GLOBAL_OFFSET_TABLE_ __divdi3 __moddi3 __udivdi3 __umoddi3 __divmoddi4
    __udivmoddi4 __muldi3 __mulodi4 __mulvdi3 __ctzdi2 __clzdi2" ;;
esac
# It asks bcmp where memcmp is only asked whether bytes are equal.
case $macros in *__clang__*) allowed="$allowed bcmp" ;; esac
case $macros in *_FORTIFY_SOURCE*)
  allowed="$allowed __memcpy_chk __memmove_chk __memset_chk" ;;
esac
case "$CFLAGS $LDFLAGS" in *-fsanitize*) sanitized=yes ;; *) sanitized=no ;; esac

needs_no_more() { # library, functions besides those of the list
  archive=$BUILD/$1.a
  nm -g --defined-only "$archive" 2>/dev/null | awk 'NF == 3 { print $3 }' >"$scratch/defined"
  # shellcheck disable=SC2086 # words
  printf '%s\n' $allowed $2 >>"$scratch/defined"
  sort -u -o "$scratch/defined" "$scratch/defined"
  nm -u "$archive" 2>/dev/null | awk '$1 == "U" || $1 == "w" { print $2 }' | sort -u |
    comm -23 - "$scratch/defined" >"$scratch/foreign"
  if [ $sanitized = yes ]; then
    grep -v '^__\(asan\|ubsan\|tsan\|sanitizer\)_' "$scratch/foreign" >"$scratch/rest" || :
    mv "$scratch/rest" "$scratch/foreign"
  fi
  fault_each "$1.a needs " <"$scratch/foreign"
  say "$1.a needs $(nm -u "$archive" 2>/dev/null | awk '$1 == "U" { print $2 }' | sort -u |
    grep -cv '^sla_\|^ical\|^__[atu]') functions of the C library"
}

# Tables with addresses in them are .data.rel.ro: read-only once loaded.
keeps_no_state() { # library, the object and the symbol that may be written
  if [ $sanitized = yes ]; then return; fi
  size -A "$BUILD/$1.a" | awk -v but="${2:-nothing}" '
    / :$/ || /\(ex / { object = $1 }
    object == but && $1 == ".bss" { next }
    $1 ~ /^\.(data|bss|tdata|tbss|init_array|fini_array|ctors|dtors)/ && $1 !~ /^\.data\.rel\.ro/ &&
      $2 > 0 { print object " has " $2 " bytes of " $1 }' | fault_each ''
  nm "$BUILD/$1.a" 2>/dev/null | awk -v but="${3:-nothing}" '
    $2 ~ /^[bBCsS]$/ && !($2 == "b" && $3 == but && !count++)' | fault_each 'writable: '
  say "$1: no writable, thread-local or start-up data${3:+ but $3}"
}

loads_plainly() { # library, what it may need besides the C library
  shared=$BUILD/$1.so
  dynamic=$(readelf -dW "$shared")
  version=$(basename "$(readlink -f "$shared")" | sed "s/^$1\.so\.//")
  echo "$dynamic" | grep -q "SONAME.*\\[$1\\.so\\.${version%%.*}\\]" || fault "$1: soname"
  echo "$dynamic" | sed -n 's/.*(NEEDED).*\[\(.*\)\].*/\1/p' >"$scratch/needed"
  if [ $sanitized = no ]; then
    grep -v "^libc\.${2:+\|$2}" "$scratch/needed" | fault_each "$1.so needs "
  fi
  echo "$dynamic" | grep -E 'TEXTREL|RPATH|RUNPATH' | fault_each "$1: "
  readelf -lW "$shared" | awk '$1 == "GNU_STACK" && $0 ~ / RWE/ { print "executable stack" }' |
    fault_each "$1: "
  readelf -lW "$shared" | grep -q GNU_STACK || fault "$1.so does not say what stack it needs"
  say "soname $1.so.${version%%.*}, needs $(tr '\n' ' ' <"$scratch/needed")and no executable stack"
}

needs_no_more libsla ''
keeps_no_state libsla
loads_plainly libsla ''

# A customer of libsla: its public functions, libical's, a mutex, and memchr for long files.
if with_ical; then
  nm -u "$BUILD/libsla-ical.a" 2>/dev/null | awk '$2 ~ /^ical/ { print $2 }' >"$scratch/of-libical"
  needs_no_more libsla-ical \
    "memchr $(api) pthread_mutex_lock pthread_mutex_unlock $(cat "$scratch/of-libical")"
  keeps_no_state libsla-ical ical_lock.o lock
  loads_plainly libsla-ical '^libsla\.so\.\|^libical\.so\.'
else
  skip 'built without libical: libsla-ical is not looked at'
fi

for file in lib/*.[ch] lib/ical/*.[ch]; do
  code_of "$file" | grep -nwE 'float|double|_Thread_local|errno|icalerrno|getenv|time\(' |
    fault_each "$file: "
done
say 'no floating point in the source'
end
