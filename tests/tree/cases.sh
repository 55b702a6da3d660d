# SPDX-License-Identifier: MIT
# Every table of cases is read by a test program, named in its README and in UTF-8; one that is
# malformed or says what is not so makes its program fail, by file and line.
# shellcheck disable=SC2059 # the formats are tables
. tests/tree/support/begin.sh
tables=0
for table in tests/cases/*.tsv; do
  name=${table##*/}
  tables=$((tables + 1))
  grep -qF "\"$name\"" tests/test_*.c || fault "$name: no test program reads it"
  pattern=$(echo "$name" | sed 's/^evaluation_.*/evaluation_*.tsv/')
  grep -qF "$pattern" tests/cases/README || fault "$name: not in tests/cases/README"
  has iconv || continue
  iconv -f utf-8 -t utf-8 "$table" >"$scratch/log" 2>&1 || fault "$name: not UTF-8"
done
[ "$tables" -gt 0 ] || fault 'no tables'

# Runs the program that reads this table, a format, first.
program=$BUILD/tests/test_cases
heading='name\tzone\thours\textras\toperation\targuments\tanswer\n'
row='a\tUTC\t24/7\t-\tis_open\t2024-06-03T09:00Z\tyes\n'
taken() {
  cp tests/cases/*.tsv "$scratch"
  printf "$1" >"$scratch/calendar.tsv"
  SLA_TEST_CASES=$scratch "$program" >"$scratch/log" 2>&1
}
# WORDS TABLE: it fails and prints the words.
expect_failure() {
  if taken "$2"; then fault "taken: $2"; fi
  grep -qF -- "$1" "$scratch/log" || fault "not \"$1\": $2"
}

if [ -x "$program" ]; then
  taken "$heading# one\n\n$row" || fault 'a good table is not taken'
  expect_failure 'tests/cases/calendar.tsv:1: the last line does not end' ''
  expect_failure 'tests/cases/calendar.tsv:1: no rows' "$heading"
  expect_failure 'tests/cases/calendar.tsv:1: another column is expected' 'name\tzone\n'
  expect_failure 'tests/cases/calendar.tsv:1: another column is expected' "# all\n$heading$row"
  expect_failure 'tests/cases/calendar.tsv:1: a column too many' "${heading%??}\tmore\n$row"
  expect_failure 'tests/cases/calendar.tsv:1: the last line does not end' "$heading${row%??}"
  expect_failure 'tests/cases/calendar.tsv:3: a field is missing' "$heading# one\na\tUTC\n"
  expect_failure 'tests/cases/calendar.tsv:2: a field too many' "$heading${row%??}\tmore\n"
  expect_failure 'tests/cases/calendar.tsv:2: an empty field' "$heading\t$row"
  expect_failure 'tests/cases/calendar.tsv:2: a blank at the end' "$heading $row"
  expect_failure 'tests/cases/calendar.tsv:2: a control character' "$heading${row%??}\r\n"
  expect_failure 'tests/cases/calendar.tsv:2: an unknown escape' "$heading\\\\a$row"
  expect_failure 'tests/cases/calendar.tsv:4: a name for the second time' "$heading$row\n$row"
  expect_failure 'tests/cases/calendar.tsv:2: no name' "$heading-${row#a}"
  expect_failure 'FAILED  ] calendar.tsv:3: a' "$heading\n${row%yes*}no\n"
  expect_failure 'FAILED  ] calendar.tsv:2: a' "$heading${row%%is_open*}ask\t-\tyes\n"
  rm "$scratch"/*.tsv
else
  skip 'test_cases is not built: malformed tables are not tried'
fi
say "$tables tables"
end
