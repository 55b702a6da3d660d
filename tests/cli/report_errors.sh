# SPDX-License-Identifier: MIT
# A rules and policies file that is wrong: its line and column, what is wrong there, and no report.
program=sla_report
. tests/cli/support/program.sh

cat >"$scratch/tickets.csv" <<'CSV'
id,priority,status,created,first response,waiting since,team,seats,renewal,tags
1,urgent,open,2026-03-02 09:00,,,A,12,2026-06-01,new; vip
2,low,open,2026-03-02 09:00,2026-03-02 10:00,,B,,,
CSV
rules=$scratch/rules.yaml
file=$scratch/tickets.csv
start='zone: UTC0\n'
policy="${start}policies: {P: {first response: 1h@24x7}}\\n"
rule="${policy}rules: [{policy: P, when: {column: team, "
goal="${policy}default: P\\nobjectives: [{name: o, each: month, "

wrong() { # place, message, file
  printf '%b' "$3" >"$rules"
  run 2 "$rules" "$file" --now 2026-03-02T12:00:00Z
  silent "$out"
  says "$err" "sla_report: $rules:$1: $2"
  [ "$(wc -l <"$err")" -eq 1 ] || fault "more than one line about: $3"
}
right() {
  printf '%b' "$1" >"$rules"
  run 0 "$rules" "$file" --now 2026-03-02T12:00:00Z --format csv
}

# What all of them begin with is right.
right "${policy}default: P\\n"
right "${rule}equals: A}}]\\n"
right "${goal}share: 95%, metric: first response}]\\n"

# ---- YAML ----
wrong 1:1 'there is nothing in it' ''
wrong 1:1 'there is nothing in it' '# a comment\n'
wrong 2:2 'did not find expected' 'zone: [UTC0\nx: 1\n'
wrong 2:4 'mapping values are not allowed' 'zone: UTC0\n  x: 1\n'
wrong 2:1 'found a tab character that violates indentation' 'zone: UTC0\n\tx: 1\n'
wrong 3:1 'a second document' 'zone: UTC0\n---\npolicies: 1\n'
wrong 1:7 'found undefined alias' 'zone: *x\n'
printf 'zone: \377\n' >"$rules"
run 2 "$rules" "$file"
says "$err" "$rules:1:7: invalid leading UTF-8 octet"

# ---- the file ----
wrong 1:1 'the file: a map is needed, this is a list' '- zone\n'
wrong 1:1 'the file: a map is needed, this is a text' 'zone\n'
wrong 2:1 "the file: there is no 'policy'; it can have zone, columns" 'zone: UTC0\npolicy: {}\n'
wrong 2:1 "the file: 'zone' is there twice" 'zone: UTC0\nzone: UTC0\n'
wrong 1:1 'zone is missing' 'policies: {}\n'
wrong 1:7 'zone: a text is needed, this is a list' 'zone: [a]\n'
wrong 1:6 'zone: nothing is given' 'zone:\npolicies: {}\n'
wrong 1:7 'no such zone' 'zone: Nowhere\n'
wrong 1:1 'policies are missing' "$start"
wrong 2:11 'policies: there is none' "${start}policies: {}\\n"
wrong 1:1 'no ticket would get a policy' "$policy"
wrong 2:11 "columns: there is no role 'color'" "${start}columns: {color: x}\\n"
wrong 2:20 'columns: a text is needed, this is a list' "${start}columns: {created: [x]}\\n"
wrong 2:20 'columns: a name with a comma' "${start}columns: {created: \"a,b\"}\\n"
wrong 2:9 "words: there is no 'team'" "${start}words: {team: {}}\\n"
wrong 2:21 "'ajar' is not new, open" "${start}words: {status: {x: ajar}}\\n"
wrong 2:23 "'P0' is not none, low" "${start}words: {priority: {x: P0}}\\n"

# ---- calendars ----
wrong 2:12 'calendars: a map is needed' "${start}calendars: [x]\\n"
wrong 2:16 'a calendar needs hours' "${start}calendars: {c: {}}\\n"
wrong 2:17 "a calendar: there is no 'days'" "${start}calendars: {c: {days: x}}\\n"
wrong 2:24 'the hours text is malformed (line 1, column 4)' "${start}calendars: {c: {hours: Mo 9-17}}\\n"
wrong 3:13 'no such zone' "${start}calendars:\\n  c: {zone: Nowhere, hours: 24/7}\\n"
wrong 2:40 "$scratch/none.txt: No such file" "${start}calendars: {c: {hours: 24/7, holidays: none.txt}}\\n"

# ---- policies ----
policies() { wrong "2:$1" "$2" "${start}policies: $3\\n"; }
policies 15 'a policy: a map is needed, this is a text' '{P: 1h}'
policies 16 "a policy: there is no 'target'" '{P: {target: 1h}}'
policies 15 'nothing is promised' '{P: {due soon: 1h}}'
policies 22 "kind: 'secret' is not customer, internal or supplier" '{P: {kind: secret, resolution: 1h}}'
policies 24 "preset: 'Lotus' is none of HubSpot inbox" '{P: {preset: Lotus, resolution: 1h}}'
wrong 2:12 'a name is not' "${start}policies: {\"P\\\\tQ\": {resolution: 1h@24x7}}\\n"
policies 29 "description: nothing is given" '{P: {description: "", resolution: 1h}}'
policies 26 "there is no calendar 'c'" '{P: {calendar: c, resolution: 1h}}'
policies 15 'a calendar is needed for targets without @24x7' '{P: {resolution: 1h}}'
policies 28 "'soon' is not a length" '{P: {resolution: soon}}'
policies 28 'resolution: nothing is given' '{P: {resolution: }}'
policies 29 "unknown priority 'asap'" '{P: {resolution: {asap: 1h@24x7}}}'
policies 43 'two targets for the same priority' '{P: {resolution: {any: 1h@24x7, ANY: 2h@24x7}}}'
policies 28 "'@9x5' is not '@24x7'" '{P: {resolution: 1h@9x5}}'
policies 28 'working days have opening hours' '{P: {resolution: 1wd@24x7}}'
policies 47 "'late' is not a length" '{P: {resolution: 1h@24x7, due soon: late}}'
policies 48 'unknown metric' '{P: {resolution: 1h@24x7, due soon: {reply: 1m}}}'
policies 48 'due soon: next response has no target' '{P: {resolution: 1h@24x7, due soon: {next response: 1m}}}'
policies 57 "'asleep' is not new" '{P: {resolution: 1h@24x7, pause: {resolution: asleep}}}'
policies 45 'unknown metric' '{P: {resolution: 1h@24x7, pause: {reply: open}}}'
policies 43 "'yesterday': not a time" '{P: {resolution: 1h@24x7, from: yesterday}}'
policies 26 'versions: there is none' '{P: {versions: []}}'
policies 26 'versions: a list is needed' '{P: {versions: {}}}'
policies 30 "a policy with versions: there is no 'resolution'" '{P: {versions: [], resolution: 1h}}'
policies 28 "a version: there is no 'kind'" '{P: {versions: [{kind: customer}]}}'
wrong 6:7 "a version needs a later 'from'" \
  "${start}policies:\\n  P:\\n    versions:\\n    - {from: 2026-01-02, resolution: 1h@24x7}\\n    - {from: 2026-01-02, resolution: 1h@24x7}\\n"
wrong 2:33 "policies: 'P' is there twice" \
  "${start}policies: {P: {resolution: 1h}, P: {resolution: 1h}}\\n"

# ---- rules ----
rules() { wrong "3:$1" "$2" "${policy}rules: $3\\n"; }
rules 8 'rules: a list is needed, this is a map' '{}'
rules 9 'a rule: a map is needed' '[P]'
rules 9 'a rule needs a policy, or none' '[{name: r}]'
rules 18 "there is no policy 'Q'" '[{policy: Q}]'
rules 21 "a rule: there is no 'if'" '[{policy: P, if: x}]'
rules 25 "on: there is no event 'noon'" '[{policy: P, on: noon}]'
rules 25 "on: an export tells of no 'updated', only of created" '[{policy: P, on: updated}]'
rules 27 'a condition needs a column' '[{policy: P, when: {equals: A}}]'
rules 27 'a condition needs to say what is to hold' '[{policy: P, when: {column: team}}]'
rules 42 "there is no condition 'resembles'; there are all of, any of, none of" \
  '[{policy: P, when: {column: team, resembles: A}}]'
rules 53 'one condition at a time' '[{policy: P, when: {column: team, equals: A, in: A}}]'
rules 36 "the export has no column 'desk'" '[{policy: P, when: {column: desk, equals: A}}]'
rules 50 'a value: a text is needed' '[{policy: P, when: {column: team, equals: {}}}]'
rules 42 "equals with 2 values, of the column 'team', which is text: a condition has no place there" '[{policy: P, when: {column: team, equals: [A, B]}}]'
rules 42 "less than with 1 value, of the column 'team', which is text: " '[{policy: P, when: {column: team, less than: 3}}]'
rules 42 "tagged with 1 value, of the column 'team', which is text: " '[{policy: P, when: {column: team, tagged: x}}]'
rules 54 'is present: it can only be yes' '[{policy: P, when: {column: team, is present: no}}]'
rules 66 'ignore case: yes or no' '[{policy: P, when: {column: team, equals: a, ignore case: both}}]'
rules 36 'a group of conditions: a list is needed' '[{policy: P, when: {any of: 1}}]'
rules 28 'a condition has no place there' '[{policy: P, when: {any of: []}}]'
rules 61 'a group of conditions stands alone' \
  '[{policy: P, when: {any of: [{column: team, in: A}], x: 1}}]'
wrong 3:10 "there is no policy 'Q'" "${policy}default: Q\\n"
# Nested without an end.
wrong 3:31 'a documented limit is exceeded' "${policy}rules: [{policy: P, when: &x {all of: [*x]}}]\\n"
wrong 3:8 "match: 'any' is not first or all" "${policy}match: any\\ndefault: P\\n"
wrong 3:8 'match: a text is needed, this is a list' "${policy}match: [all]\\ndefault: P\\n"
wrong 4:1 "the file: 'match' is there twice" "${policy}match: all\\nMatch: all\\ndefault: P\\n"
# Types.
typed() { wrong "3:$1" "$2" "${policy}types: $3\\ndefault: P\\n"; }
typed 16 "'number' is not text, integer, instant or tags" '{seats: number}'
typed 27 "types: 'SEATS' is there twice" '{seats: integer,   SEATS: integer}'
wrong 4:54 "a value: 'many' is not a whole number" \
  "${policy}types: {seats: integer}\\nrules: [{policy: P, when: {column: seats, less than: many}}]\\n"
wrong 4:56 "'soon': not a time" \
  "${policy}types: {renewal: instant}\\nrules: [{policy: P, when: {column: renewal, less than: soon}}]\\n"

# ---- the report ----
last() { wrong "4:$1" "$2" "${policy}default: P\\n$3\\n"; }
last 10 "the export has no column 'desk'" 'groups: [desk]'
last 16 "groups: 'Team' is there twice" 'groups: [team, Team]'
last 11 "backlog: 'old' is not a length" 'backlog: [old]'
last 15 'backlog: each age is greater' 'backlog: [2d, 1d]'
last 11 "backlog: '0h' is not a length" 'backlog: [0h]'
last 13 'objectives: a list is needed' 'objectives: {}'
last 14 'an objective needs a name' 'objectives: [{each: month}]'
last 14 'an objective needs a share or a count' 'objectives: [{name: o, each: month}]'
last 14 'an objective needs a share or a count' 'objectives: [{name: o, each: month, share: 1%, count: 1}]'
last 14 'an objective needs each' 'objectives: [{name: o, count: 1}]'
last 30 "each: 'fortnight' is not week, month" 'objectives: [{name: o, each: fortnight, count: 1}]'
objectives() { wrong "4:$1" "$2" "${goal}$3}]\\n"; }
for share in 95 0% 101% 95.123% x% 95.x%; do objectives 44 "share: '$share' is not a share" "share: $share"; done
objectives 44 "count: '0' is not a whole number from 1" 'count: 0'
objectives 44 "count: 'x' is not" 'count: x'
objectives 14 'a share of what?' 'share: 95%'
objectives 57 'unknown metric' 'share: 95%, metric: reply'
objectives 57 "there is no policy 'none'" 'share: 95%, policy: none, metric: resolution'
objectives 57 'a metric says what is good' 'share: 95%, metric: resolution, good: {column: team, in: A}'
objectives 59 "expected: '-1' is not" 'share: 95%, expected: -1, metric: resolution'
objectives 37 "an objective: there is no 'goal'" 'goal: 95%'

# ---- rules that can be told and are probably not meant ----
noted() { # place, note, rules
  printf '%b' "${policy}rules:\\n$2\\ndefault: P\\n" >"$rules"
  run 0 "$rules" "$file" --now 2026-03-02T12:00:00Z
  says "$err" "sla_report: $rules:$1: note: $3"
}
noted 5:3 '- {policy: P}\n- {policy: none, when: {column: team, equals: A}}' 'an earlier rule matches whenever this one does (rule 1 comes before it)'
noted 4:3 '- {policy: P, when: [{column: team, equals: A}, {column: team, equals: B}]}' 'two conditions of the rule exclude each other'

# ---- a file that is not there, and one that is too large ----
run 2 "$scratch/none.yaml" "$file"
says "$err" "$scratch/none.yaml: No such file or directory"
{ printf 'zone: UTC0\n#' && head -c 1100000 /dev/zero | tr '\0' x; } >"$rules"
run 2 "$rules" "$file"
says "$err" 'larger than 1 MiB'

# ---- a row that conditions cannot read ----
printf '%b' "${policy}types: {seats: integer, renewal: instant}\\nrules: [{policy: P, when: {all of: [{column: seats, greater than: 3}, {column: renewal, greater than: 2026-01-01}]}}]\\n" >"$rules"
printf 'id,created,first response,seats,renewal\n1,2026-03-02 09:00,,x,\n2,2026-03-02 09:00,,4,soon\n3,2026-03-02 09:00,,4,2026-02-01\n' \
  >"$scratch/rows.csv"
run 1 "$rules" "$scratch/rows.csv" --now 2026-03-02T12:00:00Z --tickets
says "$err" "rows.csv:2: seats: 'x' is not a whole number"
says "$err" "rows.csv:3: renewal: 'soon': not a time"
says "$err" 'sla_report: 2 rows were skipped'
is 3 sla_policy P
end
