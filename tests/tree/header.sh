# SPDX-License-Identifier: MIT
# The header stands alone in C99 and C++11, and keeps to what every binding can read.
. tests/tree/support/begin.sh

printf '#include <sla/sla.h>\n#include <sla/sla.h>\nint unused;\n' >"$scratch/alone.c"
compiled=
for compiler in "$CC" gcc clang; do
  has "${compiler%% *}" || continue
  for language in 'c -std=c99' 'c -std=c11' 'c++ -std=c++11' 'c++ -std=c++17'; do
    if [ "${language#c++}" != "$language" ] &&
      ! echo 'int i;' | ${compiler} -x c++ -fsyntax-only - 2>/dev/null; then
      continue
    fi
    # shellcheck disable=SC2086 # words
    ${compiler} -x $language -pedantic -Wall -Wextra -Werror -Wconversion -Iinclude -fsyntax-only \
      "$scratch/alone.c" || fault "$compiler -x $language"
    compiled="$compiled $compiler:${language#*=}"
  done
done
case $compiled in *c++11*) ;; *) skip 'no C++ compiler: C++11 not tried' ;; esac
say "compiles alone with$compiled"

code_of "$header" >"$scratch/code"
grep -nwE 'inline|_Bool|bool|long|double|float|unsigned|va_list' "$scratch/code" | fault_each ''
grep -nF '...' "$scratch/code" | fault_each 'varargs: '
grep -nE '#define [A-Za-z_0-9]+\(' "$scratch/code" | fault_each 'a macro like a function: '
grep -nE '^#include' "$header" | grep -vE '<std(def|int)\.h>' | fault_each ''

lines=$(wc -l <"$header")
[ "$lines" -le 950 ] || fault "$lines lines, over 950"

# Every enumerator says its number, and no number is there twice in an enumeration.
tr '\n' ' ' <"$scratch/code" | grep -oE 'enum [a-z_]+ \{[^}]*\}' | sed 's/ *[{,}] */\n/g' |
  awk '/^enum/ { enumeration = $2; split("", seen); next }
    NF == 0 { next }
    $2 != "=" { print enumeration ": " $1 " has no number"; next }
    { enumerators++ }
    $3 in seen { print enumeration ": " $1 " has the number of " seen[$3] }
    { seen[$3] = $1 }
    END { print enumerators > "'"$scratch/count"'" }' | fault_each ''
say "$lines lines, $(cat "$scratch/count") enumerators, each with a number of its own"
end
