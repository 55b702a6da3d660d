# SPDX-License-Identifier: MIT
# The demonstration, letter for letter, and the same queue in every format.
. tests/cli/support/program.sh

queue() {
  run 0 examples/data/tickets.csv --now '2026-03-05 10:30' --zone Europe/Paris \
    --hours 'Mo-Fr 09:00-18:00; Sa 10:00-14:00' --holidays examples/data/holidays.txt \
    --first-response urgent=30m,high=2h,normal=4h,low=1wd \
    --next-response urgent=1h,high=2h,normal=4h,low=1wd \
    --resolution urgent=8h@24x7,high=2wd,normal=4wd,low=8wd --due-soon 25% "$@"
  silent "$err"
}

sh examples/demo.sh "$build" >"$out" 2>"$err" || fault 'the demonstration fails'
sed '1s|^\$ .*/examples/ticket_queue|$ build/examples/ticket_queue|' "$out" >"$scratch/demo"
silent "$err"
same tests/cli/golden/demo.txt "$scratch/demo" 'the demonstration prints something else'

# Every label that a row can have.
for label in overdue 'due soon' 'on time' 'overdue and paused' paused missed met none; do
  says "$scratch/demo" " $label"
done

queue --all-metrics
same tests/cli/golden/all_metrics.txt "$out" '--all-metrics prints something else'
queue --format csv
same tests/cli/golden/queue.csv "$out" 'CSV prints something else'
queue --format json
same tests/cli/golden/queue.json "$out" 'JSON prints something else'
json=$scratch/queue.json
cp "$out" "$json"

# CSV gives back what came in: the columns of the export, in its order, whatever the rows'.
queue --format csv --columns id
if has python3; then
  python3 -m json.tool "$json" >/dev/null || fault 'not JSON'
  python3 - "$out" "$json" <<'COMPARE' || fault 'the formats disagree with the export'
import csv, json, sys
export = list(csv.DictReader(open("examples/data/tickets.csv", encoding="utf-8", newline="")))
rows = list(csv.DictReader(open(sys.argv[1], encoding="utf-8", newline="")))
queue = json.load(open(sys.argv[2], encoding="utf-8"))
by_id = {row["id"]: row for row in export}
assert len(rows) == len(export) == len(queue["queue"]) == queue["summary"]["tickets"] >= 60
for row, entry in zip(rows, queue["queue"]):
    came_in = by_id[row["id"]]
    assert entry["columns"] == came_in, row["id"]
    assert {name: row[name] for name in came_in} == came_in, row["id"]
    for name, value in entry.items():
        if name not in ("id", "subject", "columns"):
            assert row["sla_" + name] == ("" if value is None else str(value)), (row["id"], name)
counts = {}
for entry in queue["queue"]:
    counts[entry["label"]] = counts.get(entry["label"], 0) + 1
said = {k: v for k, v in queue["summary"].items() if k not in ("tickets", "skipped") and v}
assert said == counts, (said, counts)
COMPARE
else
  skip 'no python3: JSON is not read by another program'
fi
end
