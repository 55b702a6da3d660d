# SPDX-License-Identifier: MIT
# The data sets of sla_report in every format, letter for letter, and what they are there to show.
program=sla_report
. tests/cli/support/program.sh
golden=tests/cli/golden
hubspot="examples/data/hubspot.yaml examples/data/hubspot.csv"
messagehub="examples/data/messagehub.yaml examples/data/messagehub.csv"
sales="examples/data/sales.yaml examples/data/sales.csv"
hosting="examples/data/hosting.yaml examples/data/hosting.csv"

# shellcheck disable=SC2086 # words
show_hubspot() { run 0 $hubspot --now '2026-03-19 11:20' --width 160 "$@"; }
# shellcheck disable=SC2086 # words
show_messagehub() { run 0 $messagehub --now '2026-03-13 15:00' --width 160 "$@"; }
# shellcheck disable=SC2086 # words
show_sales() { run 0 $sales --now '2026-03-20 10:00' --width 160; }
# shellcheck disable=SC2086 # words
show_hosting() { run 0 $hosting --now '2026-03-13 12:00' --width 160 "$@"; }

targets=first-response=15m,30m,1h,2h,4h,8h
show_hubspot --backtest $targets
silent "$err"
same $golden/report_hubspot.txt "$out" 'the table of hubspot.csv'
show_hubspot --backtest $targets --format csv
same $golden/report_hubspot.csv "$out" 'the CSV of hubspot.csv'
cp "$out" "$scratch/report.csv"
show_hubspot --backtest $targets --format json
same $golden/report_hubspot.json "$out" 'the JSON of hubspot.csv'
cp "$out" "$scratch/report.json"
show_hubspot --backtest $targets --html --title 'Support & billing'
same $golden/report_hubspot.html "$out" 'the page of hubspot.csv'
show_messagehub
same $golden/report_messagehub.txt "$out" 'the table of messagehub.csv'
show_sales
same $golden/report_sales.txt "$out" 'the table of sales.csv'
show_hosting
same $golden/report_hosting.txt "$out" 'the table of hosting.csv'
show_hosting --format csv
same $golden/report_hosting.csv "$out" 'the CSV of hosting.csv'
cp "$out" "$scratch/hosting.csv"
show_hosting --format json
same $golden/report_hosting.json "$out" 'the JSON of hosting.csv'
cp "$out" "$scratch/hosting.json"
show_hosting --tickets
same $golden/report_hosting_tickets.csv "$out" 'the tickets of hosting.csv'

# ---- HubSpot: inboxes, thresholds, only new tickets, the four properties ----
show_hubspot --tickets
same $golden/report_tickets.csv "$out" 'the tickets of hubspot.csv'
for name in hs_time_to_first_response_sla_at hs_time_to_first_response_sla_status \
  hs_time_to_close_sla_at hs_time_to_close_sla_status; do
  says "$out" ",$name"
done
# Created before the goals were turned on, under the first version, and under the second.
is 4101 sla_policy ''
is 4101 hs_time_to_first_response_sla_status ''
is 4197 sla_version 2
is 4198 hs_time_to_first_response_sla_status 'Due soon'
is 4198 hs_time_to_first_response_sla_at 2026-03-19T11:30:00-04:00
is 4202 hs_time_to_first_response_sla_status Overdue
is 4199 hs_time_to_first_response_sla_status 'Active SLA'
is 4199 hs_time_to_close_sla_at ''
[ "$(grep -c ',Support inbox,1,' "$out")" -gt 10 ] || fault 'no ticket keeps the first version'
[ "$(grep -c ',Support inbox,2,' "$out")" -gt 5 ] || fault 'no ticket has the second version'
# Every version has a hash of its own, whichever ticket it is of.
awk -F, 'NR > 1 && $12 != "" { print $12 "," $13 "," $15 }' "$out" | sort -u >"$scratch/hashes"
checks=$((checks + 1))
[ "$(wc -l <"$scratch/hashes")" -eq 3 ] || fault 'not the hashes of three versions'
[ "$(cut -d, -f3 "$scratch/hashes" | sort -u | wc -l)" -eq 3 ] || fault 'two versions have one hash'
# The export comes back as it was, column for column.
checks=$((checks + 1))
columns=$(head -n 1 examples/data/hubspot.csv | tr ',' '\n' | wc -l)
cut -d, -f1-"$columns" "$out" >"$scratch/back.csv"
same examples/data/hubspot.csv "$scratch/back.csv" 'the tickets are not those of the export'

# ---- MessageHub: the rule of the domain and the priority ----
show_messagehub --tickets
awk -F, 'NR > 1 && $2 ~ /@(eu\.)?acme\.com$/ && $3 == "urgent" && $13 != "Premium Support SLA" ||
  NR > 1 && $13 == "Premium Support SLA" && !($2 ~ /@(eu\.)?acme\.com$/ && $3 == "urgent") ||
  NR > 1 && $2 ~ /evil\.org$/ && $13 != ""' "$out" >"$scratch/wrong"
silent "$scratch/wrong"
[ "$(grep -c 'evil.org' "$out")" -ge 2 ] || fault 'nobody tries to look like Acme'
for word in hit missed active active_with_misses; do says "$out" ",$word,"; done
is 274 sla_first_response_status 'due soon'
is 276 sla_next_response_status 'due soon'
is 269 sla_next_response_due_at 2026-03-13T15:48:00+01:00

# ---- the same answer whenever and however it is asked for ----
run 0 examples/data/hubspot.yaml - --now 1773933600 --width 160 --backtest $targets \
  <examples/data/hubspot.csv
same $golden/report_hubspot.txt "$out" 'standard input'

if has python3; then
  for name in report hosting; do
    python3 - "$scratch/$name.csv" "$scratch/$name.json" <<'COMPARE' || fault "the formats of $name disagree"
import csv, json, sys
rows = list(csv.DictReader(open(sys.argv[1], encoding="utf-8", newline="")))
report = json.load(open(sys.argv[2], encoding="utf-8"))
flat = []
for section, lines in report.items():
    if not isinstance(lines, list):
        continue
    for line in lines:
        keys = 1 if section in ("summary", "backlog", "holders", "worst") else 2
        names = list(line)
        text = lambda v, n: "" if v is None else f"{v:.2f}" if isinstance(v, float) else str(v)
        head = [text(line[n], n) for n in names[:keys]] + [""] * (2 - keys)
        flat += [[section, *head, n, text(line[n], n)] for n in names[keys:]]
assert [list(r.values()) for r in rows] == flat
summary = {line["figure"]: line["count"] for line in report["summary"]}
for section, name, whole in (("holders", "open", summary["open"]), ("backlog", "open", summary["open"]),
                             ("worst", "tickets", summary["tickets"] - summary["without a policy"])):
    assert sum(line[name] for line in report[section]) == whole, section
COMPARE
  done
  python3 - "$scratch/report.json" <<'COMPARE' || fault 'the sections disagree'
import json, sys
report = json.load(open(sys.argv[1], encoding="utf-8"))
groups = report["Representative"]
total = [g for g in groups if g["group"] == "(all)"]
for whole in total:
    parts = [g for g in groups if g["metric"] == whole["metric"] and g["group"] != "(all)"]
    for name in ("met", "missed", "overdue", "due_soon", "on_time", "paused"):
        assert sum(g[name] for g in parts) == whole[name], (whole["metric"], name)
    for line in report["times"], report["weeks"]:
        met = sum(s["met"] for s in line if s["metric"] == whole["metric"])
        assert met == whole["met"], whole["metric"]
# A longer target is never missed more often.
curve = [t["attainment"] for t in report["backtest"]]
assert curve == sorted(curve) and len(curve) == 6, curve
COMPARE
else
  skip 'no python3: JSON is not read by another program'
fi
end
