# SPDX-License-Identifier: MIT
# A long export takes no more memory than a short one, and all of it is given back.
program=sla_report
. tests/cli/support/program.sh

awk 'BEGIN {
  print "Ticket ID,Ticket name,Priority,Ticket status,Create date,First agent email response date,Close date,Representative,Channel,Inbox"
  for (i = 0; i < 200000; i++) {
    at = 1770100000 + i * 2000 % 4000000
    printf "%d,\"row %d, \"\"quoted\"\"\nand long\",%s,%s,%d,%d,%d,rep %d,%s,%s\n", i, i, \
      i % 3 ? "LOW" : "MEDIUM", "Closed", at, at + i * 7919 % 30000, at + 30000 + i % 9999, i % 40, \
      i % 2 ? "Email" : "Chat", i % 5 ? "Support" : "Billing"
  }
}' >"$scratch/long.csv"
sanitized=no
case "${CFLAGS:-}${LDFLAGS:-}" in *-fsanitize*) sanitized=yes ;; esac
limit=
if has timeout; then limit='timeout 120'; else skip 'no timeout: the time for 200,000 rows is not limited'; fi
checks=$((checks + 1))
if [ $sanitized = yes ]; then
  skip 'the program is sanitized: its memory is not limited'
elif has python3; then
  # The first 2,000 rows have all the groups and weeks that 200,000 have.
  awk 'NR == 1 || NR <= 4001' "$scratch/long.csv" >"$scratch/short.csv"
  peak() { # rows
    $limit python3 -c 'import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)' \
      "$build/examples/sla_report" examples/data/hubspot.yaml "$1" --now 1775000000 --format csv \
      --backtest first-response=1h,4h >"$out" 2>"$err" || fault "$1 fails"
    cat "$err"
  }
  few=$(peak "$scratch/short.csv")
  many=$(peak "$scratch/long.csv")
  says "$out" 'summary,tickets,,count,200000'
  [ "$(wc -c <"$scratch/long.csv")" -gt 16000000 ] || fault 'the export is too short'
  [ "$many" -lt $((few + 1024)) ] || fault "$many KiB for 200,000 rows, $few for 2,000"
else
  skip 'no python3: memory is not measured'
fi

if [ $sanitized = yes ]; then
  skip 'not under valgrind as well'
elif has valgrind && ! valgrind -q "$build/examples/$program" --version >/dev/null 2>&1; then
  skip 'valgrind cannot read what this compiler writes'
elif has valgrind; then
  for format in --html --tickets --format=table --format=csv --format=json; do
    for name in hubspot messagehub sales hosting; do
      careful 0 examples/data/$name.yaml examples/data/$name.csv $format --now 2026-03-13T12:00:00Z \
        --backtest resolution=8h..24h/8h
    done
  done
  careful 2 examples/data/hubspot.yaml examples/data/sales.csv
  careful 2 examples/data/hubspot.yaml examples/data/hubspot.csv --backtest first-response=1wd
  printf '%s\n' 'zone: UTC0' 'policies: {P: {resolution: 1h}}' >"$scratch/wrong.yaml"
  careful 2 "$scratch/wrong.yaml" examples/data/hubspot.csv
  printf '%s\n' 'zone: UTC0' 'policies: {P: [' >"$scratch/wrong.yaml"
  careful 2 "$scratch/wrong.yaml" examples/data/hubspot.csv
  printf '%s\n' 'zone: UTC0' 'policies: {P: {resolution: 1h@24x7}}' \
    'rules: [{policy: P, when: {any of: [{column: id, in: [a, b]}, {column: id, huge: x}]}}]' >"$scratch/wrong.yaml"
  careful 2 "$scratch/wrong.yaml" examples/data/hubspot.csv
else
  skip 'no valgrind: leaks are not looked for'
fi
end
