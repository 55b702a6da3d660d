# SPDX-License-Identifier: MIT
# Exports as helpdesks write them: their headings, their words, and what they leave out.
. tests/cli/support/program.sh

ask() {
  wanted=$1
  shift
  run "$wanted" --zone Europe/Paris --hours 'Mo-Fr 09:00-17:00' --now '2026-03-03 10:00' \
    --first-response 1h --resolution 1wd --format csv "$@"
}

# Everything quoted, and a first reply that is a number of minutes: no column for the reply.
cat >"$scratch/quoted.csv" <<'CSV'
"Id","Subject","Status","Priority","Created at","Solved at","First reply time in minutes"
"1","Printer on fire","Open","Urgent","2026-03-02 09:05","","12"
"2","Bell","Hold","-","2026-03-02 11:05","",""
"3","Lamp","Solved","Low","2026-03-02 11:05","2026-03-03 09:05","60"
CSV
ask 1 "$scratch/quoted.csv"
says "$err" "$scratch/quoted.csv:3: unknown status 'Hold' (--map 'status:Hold=open' "
says "$err" "note: no column says when somebody first replied (--column 'first response=NAME' names it)"
ask 0 --map 'status:Hold=on hold,priority:-=none' "$scratch/quoted.csv"
is 1 sla_label overdue
is 3 sla_label missed

# A status and a time for each step.
cat >"$scratch/steps.csv" <<'CSV'
Ticket ID,Subject,Status,Priority,Created time,Due by Time,Resolved time,Closed time,Initial response time
1,Laptop,Open,Medium,2026-03-02 09:05:00,2026-03-05 09:05:00,,,2026-03-02 09:45:00
2,Tunnel,Waiting on Customer,High,2026-03-02 09:05:00,2026-03-05 09:05:00,,,
3,Screen,Resolved,High,2026-03-02 09:05:00,2026-03-05 09:05:00,2026-03-02 12:05:00,,2026-03-02 09:15:00
4,Mouse,Closed,High,2026-03-02 09:05:00,2026-03-05 09:05:00,2026-03-02 12:05:00,2026-03-03 09:30:00,2026-03-02 09:15:00
CSV
words='status:Resolved=solved,status:Waiting on Customer=pending,priority:Medium=normal'
ask 0 --map "$words" --all-metrics "$scratch/steps.csv"
silent "$err"
[ "$(grep -c '^[134],.*,first response,met,' "$out")" -eq 3 ] || fault 'a first reply was not found'
[ "$(grep -c '^[34],.*,resolution,met,' "$out")" -eq 2 ] || fault 'a solution was not found'
# Paused, though no column says since when.
[ "$(grep -c '^2,.*,resolution,paused,paused,none,' "$out")" -eq 1 ] || fault 'ticket 2 is not paused'
ask 0 --map "$words" --pause first-response=pending --format table "$scratch/steps.csv"
says "$out" ' 1 paused,'

# Names with a date in them, and capital letters for priorities.
cat >"$scratch/dates.csv" <<'CSV'
Ticket ID,Ticket name,Ticket status,Create date,Priority,Close date,First agent email response date
1,Refund,New,2026-03-02 09:05,Medium,,
2,Return,Waiting on contact,2026-03-02 09:05,HIGH,,2026-03-02 09:35
3,Thanks,Closed,2026-03-02 09:05,,2026-03-02 12:05,2026-03-02 09:35
CSV
ask 0 --map 'status:waiting on contact=pending,priority:Medium=normal' "$scratch/dates.csv"
silent "$err"
is 1 sla_label overdue
is 2 sla_label paused
is 3 sla_label met

# What a metric needs and the export does not have is said; what it has is not.
printf 'id,created\n1,2026-03-02 09:05\n' >"$scratch/short.csv"
ask 0 --next-response 1h "$scratch/short.csv"
says "$err" "note: no column says when somebody first replied"
says "$err" "note: no column says since when a customer waits (--column 'waiting since=NAME'"
says "$err" "note: no column says when a ticket was solved (--column 'solved=NAME'"
[ "$(wc -l <"$err")" -eq 3 ] || fault 'other notes'
printf 'id,created,waiting since,first response,status\n1,2026-03-02 09:05,,,\n' >"$scratch/long.csv"
ask 0 --next-response 1h "$scratch/long.csv"
silent "$err"

# A column that has the name of a role, and something else in it.
printf 'id,created,paused\n1,2026-03-02 09:05,no\n' >"$scratch/flag.csv"
ask 1 "$scratch/flag.csv"
says "$err" "paused: 'no' is neither seconds nor a length"
ask 0 --column paused= "$scratch/flag.csv"
is 1 paused no

# Other separators are no commas.
for separator in ';' '\011' '|'; do
  printf 'id,created\n1,2026-03-02 09:05\n' | tr , "$separator" >"$scratch/separated.csv"
  ask 2 "$scratch/separated.csv"
  says "$err" 'fields must be separated by commas'
done
end
