# SPDX-License-Identifier: MIT
# Licence lines, widths, blanks, sizes, and nothing of anybody's machine.
# shellcheck disable=SC2317 # functions are called by each
. tests/tree/support/begin.sh
sh tests/tree/support/files.sh | while read -r file; do
  if [ -e "$file" ]; then echo "$file"; fi
done >"$scratch/all"
[ -s "$scratch/all" ] || fault 'no files'
# What people write; data is kept as it came.
grep -vE '^(tests/zones|tests/fuzz/corpus|examples/data)/' "$scratch/all" >"$scratch/written"

each() { while read -r file; do "$@" "$file"; done; }

over() { find "$1" -size +200 | sed 's/$/ is over 100 KiB/'; } # blocks of 512 bytes
each over <"$scratch/all" | fault_each ''

cut -d/ -f1 "$scratch/all" | sort -u |
  grep -vxE '\..*|Makefile|include|lib|examples|tests|pkgconfig|man|README|COPYING' |
  fault_each 'at the top: '

licensed() { head -n 2 "$1" | grep -q 'SPDX-License-Identifier: MIT' || echo "$1 has no licence line"; }
grep -E '\.([ch]|sh|py|rb|awk|map)$|^Makefile$|^\.ci/run$' "$scratch/written" >"$scratch/code" || :
each licensed <"$scratch/code" | fault_each ''

tabs() { grep -n "$(printf '\t')" "$1" | sed "s|^|$1:|"; }
grep -E '\.[ch]$' "$scratch/code" | each tabs | fault_each 'a tab: '

wide() { LC_ALL=C.UTF-8 grep -nE '.{101,}' "$1" | sed "s|^|$1:|"; }
grep -E '^(lib|include)/' "$scratch/code" | each wide | fault_each 'over 100 columns: '

blanks() { grep -nIE '[[:blank:]]+$' "$1" | sed "s|^|$1:|"; }
each blanks <"$scratch/written" | fault_each 'blanks at the end: '

ended() { [ -z "$(tail -c 1 "$1")" ] || echo "$1 does not end its last line"; }
each ended <"$scratch/code" | fault_each ''

# A letter after the name keeps the pattern from finding itself.
homes() { grep -nIE '/(home|Users|root|mnt|work|tmp)/[A-Za-z]' "$1" | sed "s|^|$1:|"; }
each homes <"$scratch/all" | fault_each 'a path of some machine: '

if has shellcheck; then
  grep -E '\.sh$' "$scratch/code" >"$scratch/scripts" || :
  xargs shellcheck -x -s sh <"$scratch/scripts" >"$scratch/log" 2>&1 || {
    cat "$scratch/log"
    fault 'shellcheck'
  }
else
  skip 'no shellcheck: scripts are not linted'
fi
say "$(wc -l <"$scratch/all") files, $(wc -l <"$scratch/code") of them code"
end
