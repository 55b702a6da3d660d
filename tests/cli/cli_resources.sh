# SPDX-License-Identifier: MIT
# A long export takes time in proportion to its length, and all memory is given back.
. tests/cli/support/program.sh

awk 'BEGIN {
  print "id,subject,priority,status,created,first_response,tag"
  for (i = 0; i < 100000; i++)
    printf "%d,\"row %d, \"\"quoted\"\"\nand long\",%s,%s,%d,,x\n", i, i, \
      i % 3 ? "low" : "high", "new", 1772000000 + i * 7919 % 900000
}' >"$scratch/long.csv"
limit=
if has timeout; then limit='timeout 120'; else skip 'no timeout: the time for 100,000 rows is not limited'; fi
checks=$((checks + 1))
status=0
$limit "$build/examples/ticket_queue" --hours 'Mo-Fr 09:00-17:00' --first-response low=1h,high=30m \
  --resolution 3wd --due-soon 20% --now 1773000000 --format csv "$scratch/long.csv" >"$out" 2>"$err" ||
  status=$?
[ "$status" -eq 0 ] || fault "100,000 rows: exit status $status"
[ "$(wc -l <"$out")" -eq 200001 ] || fault '100,000 rows: not as many came out'

sanitized=no
case "${CFLAGS:-}${LDFLAGS:-}" in *-fsanitize*) sanitized=yes ;; esac
if [ $sanitized = yes ]; then
  skip 'the program is sanitized: not under valgrind as well'
elif has valgrind && ! valgrind -q "$build/examples/$program" --version >/dev/null 2>&1; then
  skip 'valgrind cannot read what this compiler writes'
elif has valgrind; then
  for format in table csv json; do
    careful 0 examples/data/tickets.csv --zone Europe/Paris --first-response 4h --all-metrics \
      --resolution low=1wd,high=2h@24x7 --hours 'Mo-Fr 09:00-17:00' --due-soon 10% \
      --holidays examples/data/holidays.txt --format $format --color always --map status:x=open
  done
  careful 1 examples/data/broken.csv --zone CET-1 --first-response 4h --column created=created
  careful 2 examples/data/broken.csv --zone CET-1 --first-response 4h,low=x --map status:a=open
  careful 2 examples/data/broken.csv --zone CET-1 --first-response 4h --columns id,nope
  careful 2 examples/data/broken.csv --zone CET-1 --first-response 4h --column created=nope
  careful 2 examples/data/holidays.txt --first-response 4h
  careful 2 --zone tests/zones/README --first-response 4h examples/data/tickets.csv
  careful 0 --help
else
  skip 'no valgrind: leaks are not looked for'
fi
end
