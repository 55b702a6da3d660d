# SPDX-License-Identifier: MIT
# Every table of cases is read by a test program, named in its README and in UTF-8.
. tests/tree/support/begin.sh
tables=0
for table in tests/cases/*.tsv; do
  name=${table##*/}
  tables=$((tables + 1))
  grep -qF "\"$name\"" tests/test_*.c || fault "$name: no test program reads it"
  pattern=$(echo "$name" | sed 's/^evaluation_.*/evaluation_*.tsv/')
  grep -qF "$pattern" tests/cases/README || fault "$name: not in tests/cases/README"
  if has iconv; then iconv -f utf-8 -t utf-8 "$table" >/dev/null 2>&1 || fault "$name: not UTF-8"; fi
done
[ "$tables" -gt 0 ] || fault 'no tables'
say "$tables tables"
end
