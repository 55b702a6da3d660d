# SPDX-License-Identifier: MIT
# The command line of sla_report, its manual, what a file can say, and what comes of it.
program=sla_report
. tests/cli/support/program.sh
rules=examples/data/hubspot.yaml
file=examples/data/hubspot.csv

explains_options
# Every key that a file can have is in the manual.
awk '/ keys\[\] = {/ { on = 1 } on { print } /};/ { on = 0 }' examples/sla_report/*.c | grep -o '"[a-z ]*"' |
  tr -d '"' | sort -u >"$scratch/keys"
[ "$(wc -l <"$scratch/keys")" -gt 30 ] || fault 'no keys were found'
while read -r key; do
  grep -qE "^\.(It Cm|Cm|Ql).*\b$key\b" man/sla_report.1 ||
    fault "'$key' is not in the manual"
done <"$scratch/keys"

wrong() {
  text=$1
  shift
  run 2 "$@"
  silent "$out"
  says "$err" "$text"
  [ "$(wc -l <"$err")" -eq 1 ] || fault "more than one line about: $*"
}
wrong 'which files?'
wrong 'which tickets?' $rules
wrong "two files at a time: 'c' is the third" a b c
wrong "unknown option '--frobnicate'" --frobnicate $rules $file
wrong "'--now' needs a value" $rules $file --now
wrong "'--html=yes': there is no value to give" --html=yes $rules $file
wrong "--format: 'xml' is not table, csv or json" --format xml $rules $file
wrong "--color: 'sometimes' is not auto, always or never" --color sometimes $rules $file
wrong "--width: '39'" --width 39 $rules $file
wrong 'exclude each other' --html --tickets $rules $file
wrong 'exclude each other' --html --format csv $rules $file
wrong '--now: ' --now noon $rules $file
wrong "--backtest: '4h' is not 'metric=targets'" --backtest 4h $rules $file
wrong "--backtest: unknown metric 'reply'" --backtest reply=4h $rules $file
for targets in '' 4 x '4h,' 4h..1h/1h 1h..4h 1h..4h/0h 1h..4h/x 1h..4h@9x5/1h; do
  wrong '--backtest: ' --backtest "first-response=$targets" $rules $file
done
wrong '--backtest: more than 200 targets' --backtest first-response=1m..10h/1m $rules $file
wrong 'policy Billing inbox: ' --backtest first-response=1wd $rules $file
wrong 'none.csv: No such file' $rules "$scratch/none.csv"
wrong 'ticket_status.c: ' $rules examples/ticket_status.c
if [ -e /dev/full ]; then
  checks=$((checks + 1))
  status=0
  "$build/examples/sla_report" $rules $file >/dev/full 2>"$err" || status=$?
  [ $status -eq 2 ] || fault 'a full disk'
  says "$err" 'sla_report: standard output: '
fi

# ---- the files of the manual are some ----
display() { # its number, from 1
  awk -v wanted="$1" '/^\.Bd -literal/ { on = ++number == wanted; next } /^\.Ed/ { on = 0 } on' \
    man/sla_report.1
}
display 1 >"$scratch/manual.yaml"
cat >"$scratch/manual.csv" <<'CSV'
id,email,priority,created,first response,solved,representative,channel,inbox
1,a@acme.com,URGENT,2026-03-02 09:00,2026-03-02 09:20,2026-03-02 15:00,Ann,web,A
2,a@eu.acme.com,urgent,2026-03-02 09:00,2026-03-02 09:40,,Ann,web,A
3,a@acme.com.evil.org,urgent,2026-03-02 09:00,,,Ann,web,A
4,a@notacme.com,urgent,2026-03-02 09:00,,,Ann,web,A
5,a@acme.com,low,2026-03-02 09:00,,,Ann,web,A
CSV
run 0 "$scratch/manual.yaml" "$scratch/manual.csv" --now 2026-03-02T16:00:00+01:00 --tickets
for id in 3 4 5; do is $id sla_policy ''; done
is 1 sla_policy 'Premium Support SLA'
is 1 sla_first_response_status met
is 1 sla_resolution_status met
is 2 sla_first_response_status missed
is 2 sla_resolution_status 'due soon'
is 2 sla_resolution_due_at 2026-03-02T17:00:00+01:00
run 0 "$scratch/manual.yaml" "$scratch/manual.csv" --now 2026-03-02T16:00:00+01:00 --format csv
says "$out" 'representative,Ann,first response,attainment,50.00'
says "$out" 'objectives,95 % of first responses on time,2026-03,verdict,at risk'
says "$out" 'summary,without a policy,,count,3'

display 2 >"$scratch/manual.yaml"
cat >"$scratch/all.csv" <<'CSV'
id,customer,group,supplier,status,created,first response,status since
1,Acme,Network,Colo,on hold,2026-03-02 09:00,2026-03-02 09:20,2026-03-02 10:00
2,,,Colo,open,2026-03-02 09:00,,
3,,,,open,2026-03-02 09:00,,
CSV
run 0 "$scratch/manual.yaml" "$scratch/all.csv" --now 2026-03-02T16:00:00+01:00 --tickets
silent "$err"
# Every column that it adds is in the manual, but for those of metrics, which follow.
head -n 1 "$out" | tr ',' '\n' | sed -n '/^sla_/p' | grep -v -e _response_ -e _resolution_ >"$scratch/added"
[ "$(wc -l <"$scratch/added")" -eq 9 ] || fault 'other columns were added'
while read -r column; do
  grep -q "^\.It Cm.*\b$column\b" man/sla_report.1 || fault "'$column' is not in the manual"
done <"$scratch/added"
awk -F, -v OFS=, 'NR > 1 { print $1, $9, $10, $12, $14, $15 }' "$out" >"$scratch/got"
cat >"$scratch/wanted" <<'TEXT'
1,1,Customers,customer,other,on time
1,2,Network group,internal,other,on time
1,3,Data centre,supplier,other,on time
2,1,Data centre,supplier,us,on time
3,1,,,,
TEXT
same "$scratch/wanted" "$scratch/got" 'the lines of the tickets'
is 2 sla_due_at 2026-03-02T21:00:00+01:00

# ---- conditions of every kind ----
head -n 1 "$scratch/manual.csv" | sed 's/$/,seats,renewal,tags/' >"$scratch/kinds.csv"
cat >>"$scratch/kinds.csv" <<'CSV'
1,a@acme.com,low,2026-03-02 09:00,,,Ann,web,A,10,2026-05-01,"new, vip"
2,,low,2026-03-02 09:00,,,Bob,phone,B,-3,2026-06-01 12:00,old; vip
3,b@acme.org,high,2026-03-02 09:00,,,Cem,web,C,,,
CSV
holds() { # ids, conditions
  printf '%s\n' 'zone: UTC0' 'types: {seats: integer, renewal: instant, tags: tags}' \
    'policies: {P: {first response: 1h@24x7}}' "rules: [{policy: P, when: $2}]" >"$scratch/kinds.yaml"
  run 0 "$scratch/kinds.yaml" "$scratch/kinds.csv" --now 2026-03-02T09:30:00Z --format json
  run 0 "$scratch/kinds.yaml" "$scratch/kinds.csv" --now 2026-03-02T09:30:00Z --tickets
  found=
  for id in 1 2 3; do
    if grep -q "^$id,.*,1,P,1,customer,[0-9a-f]*,us,on time," "$out"; then found=$found$id; fi
  done
  checks=$((checks + 1))
  [ "$found" = "$1" ] || fault "$2: holds of '$found' instead of '$1'"
}
holds 1 '{column: representative, equals: Ann}'
holds '' '{column: representative, equals: ANN}'
holds 1 '{column: representative, equals: ANN, ignore case: true}'
holds 1 '{column: representative, equals: ANN, ignore_case: Yes}'
holds '' '{column: representative, equals: ANN, ignore case: no}'
holds 23 '{column: representative, does not equal: Ann}'
holds 13 '{column: representative, in: [Ann, Cem]}'
holds 2 '{column: representative, not in: [Ann, Cem]}'
holds 13 '{column: email, contains: acme}'
holds 2 '{column: email, does not contain: acme}'
holds 3 '{column: email, starts with: b@}'
holds 3 '{column: email, ends with: org}'
holds 13 '{column: email, has e-mail domain: [acme.com, acme.org]}'
holds 13 '{column: email, is present: yes}'
holds 2 '{column: email, is absent: yes}'
holds 2 '{column: seats, less than: 10}'
holds 1 '{column: seats, greater than: -3}'
holds 12 '{column: seats, between: [-3, 10]}'
holds 1 '{column: renewal, equals: 2026-05-01}'
holds 2 '{column: renewal, greater than: 2026-06-01}'
holds 12 '{column: tags, tagged: vip}'
holds 12 '{column: tags, tagged: [new, old]}'
holds 1 '[{column: tags, tagged: vip}, {column: channel, equals: web}]'
holds 13 '{any of: [{column: inbox, equals: C}, {all of: [{column: inbox, equals: A}, {column: seats, greater than: 0}]}]}'
holds 2 '{none of: [{column: inbox, in: [A, C]}]}'

# ---- the backtest of the target that there is says what is so ----
cat >"$scratch/one.yaml" <<'YAML'
zone: UTC0
policies: {P: {first response: 1h@24x7}}
default: P
YAML
awk 'BEGIN { print "id,created,first response"
  for (i = 0; i < 200; i++)
    printf "%d,%d,%s\n", i, 1772400000 + i * 977, i % 9 ? 1772400000 + i * 977 + i * 7919 % 9000 : "" }' \
  >"$scratch/one.csv"
run 0 "$scratch/one.yaml" "$scratch/one.csv" --now 1772600000 --format csv --backtest first-response=1m..3h/1m
value() { sed -n "s/^$1,$2,//p" "$out"; }
[ -n "$(value backtest 'first response,1h,attainment')" ] || fault 'no backtest of an hour'
for figure in attainment met missed overdue; do
  checks=$((checks + 1))
  [ "$(value backtest "first response,1h,$figure")" = "$(value policy "P,first response,$figure")" ] ||
    fault "the backtest of the target: another $figure"
done
grep '^backtest,.*,attainment,' "$out" | cut -d, -f5 | sort -n -c || fault 'a longer target is met less often'
# Of everything that was done, every step and every target is counted once.
sum() { grep "^$1" "$out" | cut -d, -f5 | awk '{ s += $1 } END { print s + 0 }'; }
[ "$(sum 'times,first response,[0-9]*,met')" = "$(value policy 'P,first response,met')" ] || fault 'steps'

# ---- a line that tells how far it is, on terminals ----
if has script && script -qec true /dev/null >/dev/null 2>&1; then
  awk 'BEGIN { print "id,created,first response"; for (i = 0; i < 20000; i++) print i ",1772400000,1772400060" }' \
    >"$scratch/many.csv"
  script -qec "$build/examples/sla_report $scratch/one.yaml $scratch/many.csv --now 1772600000 >$scratch/table" \
    /dev/null >"$out" </dev/null
  says "$out" 'sla_report: 8192 rows, '
  run 0 "$scratch/one.yaml" "$scratch/many.csv" --now 1772600000
  silent "$err"
  same "$scratch/table" "$out" 'on a terminal it counts otherwise'
else
  skip 'no script: progress on a terminal is not tried'
fi
# Of a moment in the past, later tickets are not there yet, and all figures add up.
later=$(awk -F, 'NR > 1 && $5 > "2026-03-16 08:00"' $file | wc -l)
run 0 $rules $file --now '2026-03-16 08:00' --format csv
says "$out" "summary,not created yet,,count,$later"
awk -F, '$1 == "summary" { n[$2] = $5 }
  END { exit n["tickets"] != n["without a policy"] + n["not created yet"] + n["open"] + n["done"] }' \
  "$out" || fault 'the tickets of the summary do not add up'

end
