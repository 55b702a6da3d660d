# SPDX-License-Identifier: MIT
# Short functions: none in lib/ and below over 70 lines, and what the median is.
. tests/tree/support/begin.sh
if ! has ctags || ! ctags --version 2>/dev/null | grep -q Universal; then
  skip 'no Universal Ctags: the length of functions is not measured'
  end
fi
ctags -o - --languages=C --kinds-C=f --fields=+ne lib/*.[ch] lib/ical/*.[ch] | awk -F'\t' '
  { from = to = 0
    for (i = 4; i <= NF; i++) {
      if ($i ~ /^line:/) from = substr($i, 6)
      if ($i ~ /^end:/) to = substr($i, 5)
    }
    print to - from + 1, $1, $2 }' | sort -n >"$scratch/lengths"
awk '$1 > 70 { print $2 " in " $3 " has " $1 " lines" }' "$scratch/lengths" | fault_each ''
awk '{ length_of[NR] = $1; last = $0 }
  END { printf "%d functions, median %d lines; the longest: %s\n", NR, length_of[int((NR + 1) / 2)],
    last }' "$scratch/lengths" >"$scratch/result"
say "$(cat "$scratch/result")"
end
