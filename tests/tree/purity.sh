# SPDX-License-Identifier: MIT
# What the libraries need from outside, and that they keep no state: a short list of C functions,
# no writable data, no executable stack, no floating point.
. tests/tree/support/begin.sh
archive=$BUILD/libsla.a shared=$BUILD/libsla.so

# What the flags and the compiler's defaults ask for, beyond the list.
# shellcheck disable=SC2086 # words
macros=$(${CC} ${CPPFLAGS} ${CFLAGS} -dM -E -x c /dev/null)
allowed='memcpy memmove memset memcmp strlen realloc free'
case $macros in *__SSP_*) allowed="$allowed __stack_chk_fail __stack_chk_fail_local" ;; esac
case $macros in *__SIZEOF_POINTER__\ 4*) # 64-bit arithmetic is the compiler's own there
  allowed="$allowed _GLOBAL_OFFSET_TABLE_ __divdi3 __moddi3 __udivdi3 __umoddi3 __divmoddi4
    __udivmoddi4 __muldi3 __mulodi4 __mulvdi3" ;;
esac
case $macros in *_FORTIFY_SOURCE*)
  allowed="$allowed __memcpy_chk __memmove_chk __memset_chk" ;;
esac
case "$CFLAGS $LDFLAGS" in *-fsanitize*) sanitized=yes ;; *) sanitized=no ;; esac

nm -g --defined-only "$archive" 2>/dev/null | awk 'NF == 3 { print $3 }' >"$scratch/defined"
# shellcheck disable=SC2086 # words
printf '%s\n' $allowed >>"$scratch/defined"
sort -u -o "$scratch/defined" "$scratch/defined"
nm -u "$archive" 2>/dev/null | awk '$1 == "U" || $1 == "w" { print $2 }' | sort -u |
  comm -23 - "$scratch/defined" >"$scratch/foreign"
if [ $sanitized = yes ]; then
  grep -v '^__\(asan\|ubsan\|tsan\|sanitizer\)_' "$scratch/foreign" >"$scratch/rest" || :
  mv "$scratch/rest" "$scratch/foreign"
fi
fault_each 'libsla.a needs ' <"$scratch/foreign"
say "libsla.a needs $(nm -u "$archive" 2>/dev/null | awk '$1 == "U" { print $2 }' | sort -u |
  grep -cv '^sla_\|^__[atu]') functions of the C library"

# Tables with addresses in them are .data.rel.ro: read-only once loaded.
if [ $sanitized = no ]; then
  size -A "$archive" | awk '
    / :$/ || /\(ex / { object = $1 }
    $1 ~ /^\.(data|bss|tdata|tbss|init_array|fini_array|ctors|dtors)/ && $1 !~ /^\.data\.rel\.ro/ &&
      $2 > 0 { print object " has " $2 " bytes of " $1 }' | fault_each ''
  nm "$archive" 2>/dev/null | awk '$2 ~ /^[bBCsS]$/' | fault_each 'writable: '
  say 'no writable, thread-local or start-up data'
fi

dynamic=$(readelf -dW "$shared")
version=$(basename "$(readlink -f "$shared")" | sed 's/^libsla\.so\.//')
echo "$dynamic" | grep -q "SONAME.*\\[libsla\\.so\\.${version%%.*}\\]" || fault 'soname'
echo "$dynamic" | sed -n 's/.*(NEEDED).*\[\(.*\)\].*/\1/p' >"$scratch/needed"
if [ $sanitized = no ]; then
  grep -v '^libc\.' "$scratch/needed" | fault_each 'libsla.so needs '
fi
echo "$dynamic" | grep -E 'TEXTREL|RPATH|RUNPATH' | fault_each ''
readelf -lW "$shared" | awk '$1 == "GNU_STACK" && $0 ~ / RWE/ { print "executable stack" }' |
  fault_each ''
readelf -lW "$shared" | grep -q GNU_STACK || fault 'libsla.so does not say what stack it needs'
say "soname libsla.so.${version%%.*}, needs $(tr '\n' ' ' <"$scratch/needed")and no executable stack"

for file in lib/*.[ch]; do
  code_of "$file" | grep -nwE 'float|double|_Thread_local|errno|getenv|time\(' |
    fault_each "$file: "
done
say 'no floating point in the source'
end
