# SPDX-License-Identifier: MIT
# Each header stands alone in C99 and C++11, and keeps to what every binding can read.
. tests/tree/support/begin.sh

compiles_alone() { # header
  printf '#include <sla/%s>\n#include <sla/%s>\nint unused;\n' "$1" "$1" >"$scratch/alone.c"
  compiled=
  for compiler in "$CC" gcc clang; do
    has "${compiler%% *}" || continue
    for language in 'c -std=c99' 'c -std=c11' 'c++ -std=c++11' 'c++ -std=c++17'; do
      if [ "${language#c++}" != "$language" ] &&
        ! echo 'int i;' | ${compiler} -x c++ -fsyntax-only - 2>/dev/null; then
        continue
      fi
      # shellcheck disable=SC2086 # words
      ${compiler} -x $language -pedantic -Wall -Wextra -Werror -Wconversion -Iinclude \
        -fsyntax-only "$scratch/alone.c" || fault "$1: $compiler -x $language"
      compiled="$compiled $compiler:${language#*=}"
    done
  done
  say "$1 compiles alone with$compiled"
}

# Every enumerator says its number, and no number is there twice in an enumeration.
enumerators() { # file of code
  tr '\n' ' ' <"$1" | grep -oE 'enum [a-z_]+ \{[^}]*\}' | sed 's/ *[{,}] */\n/g' |
    awk '/^enum/ { enumeration = $2; split("", seen); next }
      NF == 0 { next }
      $2 != "=" { print enumeration ": " $1 " has no number"; next }
      { enumerators++ }
      $3 in seen { print enumeration ": " $1 " has the number of " seen[$3] }
      { seen[$3] = $1 }
      END { print enumerators > "'"$scratch/count"'" }' | fault_each ''
}

readable_by_bindings() { # header, what it may include, most lines
  code_of "include/sla/$1" >"$scratch/code"
  grep -nwE 'inline|_Bool|bool|long|double|float|unsigned|va_list' "$scratch/code" |
    fault_each "$1: "
  grep -nF '...' "$scratch/code" | fault_each "$1: varargs: "
  grep -nE '#define [A-Za-z_0-9]+\(' "$scratch/code" | fault_each "$1: a macro like a function: "
  grep -nE '^#include' "include/sla/$1" | grep -vE "<($2)>" | fault_each "$1: "
  lines=$(wc -l <"include/sla/$1")
  [ "$lines" -le "$3" ] || fault "$1: $lines lines, over $3"
  enumerators "$scratch/code"
  say "$1: $lines lines, $(cat "$scratch/count") enumerators, each with a number of its own"
}

compiles_alone sla.h
# Sections 1 to 12 are what one asks about a ticket, and still one sitting; who does not choose
# between policies need not read on.
readable_by_bindings sla.h 'std(def|int)\.h' 1500
asking=$(sed -n '/^\/\* ---- 13\./q; p' "$header" | wc -l)
[ "$asking" -le 950 ] || fault "sla.h: $asking lines before section 13, over 950"
compiles_alone ical.h
readable_by_bindings ical.h 'sla/sla\.h' 500
# The numbers of the codes are one row.
code_of "$header" | cat - "$ical_header" | grep -oE 'SLA_(ICAL_)?E_[A-Z_]+ = -[0-9]+' |
  awk '$3 in seen { print $1 " has the number of " seen[$3] } { seen[$3] = $1 }' | fault_each ''
case $compiled in *c++11*) ;; *) skip 'no C++ compiler: C++11 not tried' ;; esac
end
