# SPDX-License-Identifier: MIT
# Several policies on one ticket: which they are, and what each says.
program=sla_report
. tests/cli/support/program.sh

# under TICKET POLICY NAME VALUE: a column of the line that a ticket has under a policy.
under() {
  checks=$((checks + 1))
  value=$(awk -F, -v id="$1" -v policy="$2" -v name="$3" '
    NR == 1 { for (i = 1; i <= NF; i++) {
                if ($i == name) column = i
                if ($i == "sla_policy") at = i }
              next }
    $1 == id && $at == policy { print $column }' "$out")
  [ "$value" = "$4" ] || fault "$1 under '$2': $3 is '$value' instead of '$4'"
}
figure() { # section,of,part,figure value
  checks=$((checks + 1))
  value=$(sed -n "s/^$1,//p" "$out")
  [ "$value" = "$2" ] || fault "$1 is '$value' instead of '$2'"
}
# gets TICKET POLICIES: in their order, parted by blanks.
gets() {
  checks=$((checks + 1))
  value=$(awk -F, -v id="$1" '
    NR == 1 { for (i = 1; i <= NF; i++) {
                if ($i == "sla_policy") at = i
                if ($i == "sla_line") line = i }
              next }
    $1 == id { if ($line != ++lines) exit; text = text " " $at }
    END { print substr(text, 2) }' "$out")
  [ "$value" = "$2" ] || fault "$1 gets '$value' instead of '$2'"
}
hosting() {
  run 0 examples/data/hosting.yaml examples/data/hosting.csv --now '2026-03-13 12:00' "$@"
  silent "$err"
}

# ---- worked by hand ----
# Open Monday to Friday, 9 to 17, in Paris; 2026-03-02 is a Monday, and it is Friday the 13th, noon.
#
# H-02 came on Monday at 10 and was closed on Wednesday at 12, with an answer on Monday at 13.
#   Customers: 3 h to the answer, of 4.  7 h + 8 h + 3 h = 18 h open, of 16: due on Wednesday at 10.
#   Database group: of 12 h, that is 7 on Monday and 5 on Tuesday: due on Tuesday at 14, 6 h ago.
#   Data centre, around the clock: 14 h + 24 h + 12 h = 50 h of 24, 26 h too many.
hosting --tickets
gets H-02 'Customers Database group Data centre'
under H-02 Customers sla_first_response_status met
under H-02 Customers sla_first_response_remaining 3600
under H-02 Customers sla_resolution_status missed
under H-02 Customers sla_resolution_elapsed 64800
under H-02 Customers sla_resolution_due_at 2026-03-04T10:00:00+01:00
under H-02 'Database group' sla_resolution_due_at 2026-03-03T14:00:00+01:00
under H-02 'Database group' sla_resolution_remaining -21600
under H-02 'Data centre' sla_resolution_elapsed 180000
under H-02 'Data centre' sla_resolution_remaining -93600
under H-02 'Data centre' sla_first_response_status ''
under H-02 'Data centre' sla_holder nobody
# H-11 came on Wednesday at 15 and waits for the customer since Thursday at 11.  The customer's
# clock and that of the group stopped after 2 h + 2 h; the data centre's did not: 24 h were over on
# Thursday at 15, 21 h ago.  So the ticket is overdue, and nothing changes that.
for policy in Customers 'Database group' 'Data centre'; do
  under H-11 "$policy" sla_holder customer
  under H-11 "$policy" sla_status overdue
  under H-11 "$policy" sla_due_at 2026-03-12T15:00:00+01:00
  under H-11 "$policy" sla_next_change_at ''
done
under H-11 Customers sla_resolution_status paused
under H-11 Customers sla_resolution_elapsed 14400
under H-11 'Database group' sla_resolution_remaining 28800
under H-11 'Data centre' sla_resolution_status overdue
under H-11 'Data centre' sla_resolution_remaining -75600
# H-10 came on Thursday at 13: 4 h + 3 h are counted.  The group has 8 and the data centre 24 h by
# the clock, both over at 13 today; customers have 16, the last of them on Monday from 12 to 13.
under H-10 Customers sla_status 'due soon'
under H-10 Customers sla_resolution_status 'on time'
under H-10 Customers sla_resolution_due_at 2026-03-16T13:00:00+01:00
under H-10 'Network group' sla_resolution_status 'due soon'
under H-10 'Network group' sla_resolution_due_at 2026-03-13T13:00:00+01:00
under H-10 'Data centre' sla_resolution_due_at 2026-03-13T13:00:00+01:00
under H-10 'Data centre' sla_next_change_at 2026-03-13T13:00:01+01:00
# H-12 is on hold, H-06 has no customer, H-09 has nothing.  The 9th brought a second version.
under H-12 'Data centre' sla_holder other
gets H-06 'Database group'
gets H-09 'Best effort'
under H-05 Customers sla_version 1
under H-07 Customers sla_version 2
under H-07 'Network group' sla_version 1

# First answers to customers: 9 of 11 in time (not H-04, after 5 h of 4, nor H-08, after 2.5 of 2),
# one due soon (H-13, 1.5 h of 2).  Resolutions for them: 6 of 8 (not H-02, nor H-14, open since
# Tuesday), H-10 and H-13 run, H-11 and H-12 are paused.  The groups: 6 of 10 (not H-02, 05, 07,
# 14).  The data centre: of H-02, 03, 07 and 11 only H-03, after 23 h.
hosting --format csv
figure 'policy_kind,customer,first response,attainment' 81.81
figure 'policy_kind,customer,resolution,met' 6
figure 'policy_kind,customer,resolution,missed' 1
figure 'policy_kind,customer,resolution,overdue' 1
figure 'policy_kind,customer,resolution,on_time' 2
figure 'policy_kind,customer,resolution,paused' 2
figure 'policy_kind,internal,resolution,attainment' 60.00
figure 'policy_kind,supplier,resolution,attainment' 25.00
figure 'policy,Data centre,resolution,overdue' 1
figure 'policy,Network group,resolution,attainment' 40.00
figure 'policy,(all),resolution,met' 13
# A ticket is one of its column's, under its first policy: Acme's are H-01, 02, 07, 08 and 12.
figure 'customer,Acme,resolution,met' 3
figure 'customer,Acme,resolution,missed' 1
figure 'customer,Acme,resolution,paused' 1
figure 'group,(all),resolution,met' 8
figure 'objectives,75 % of first responses on time,2026-03,good' 9
figure 'objectives,60 % of machines replaced in time,2026-03,good' 1
figure 'objectives,60 % of machines replaced in time,2026-03,bad' 3
# Open are H-10 to H-15.
figure 'summary,open,,count' 6
figure 'holders,us,,open' 4
figure 'holders,customer,,open' 1
figure 'holders,other,,open' 1
# By the worst of all promises: H-11 and H-14; H-10 and H-13; H-12 and H-15; H-02, 04, 05, 07, 08;
# the other four.
figure 'worst,overdue,,tickets' 2
figure 'worst,due soon,,tickets' 2
figure 'worst,on time,,tickets' 2
figure 'worst,missed,,tickets' 5
figure 'worst,met,,tickets' 4
# Customers had H-01 to H-05 under the first version, H-07, 08 and 10 to 14 under the second.
figure 'versions,Customers,1,tickets' 5
figure 'versions,Customers,1,from' ''
figure 'versions,Customers,2,tickets' 7
figure 'versions,Customers,2,from' 2026-03-09T00:00:00+01:00
figure 'versions,Data centre,1,kind' supplier
figure 'versions,Database group,1,description' \
  'What support may expect of those who look after databases.'
sed -n 's/^versions,\(.*,[0-9]*\),hash,/\1,/p' "$out" | sort >"$scratch/hashes"
[ "$(wc -l <"$scratch/hashes")" -eq 6 ] || fault 'not the hashes of six versions'
# H-10 is about to breach twice at the same instant.
figure 'soon,H-10,resolution,policy' 'Network group
Data centre
Customers'

hosting --tickets
awk -F, -v OFS=, 'NR > 1 { print $12, $13, $15 }' "$out" | sort -u >"$scratch/seen"
same "$scratch/hashes" "$scratch/seen" 'the hashes of the tickets are not those of the policies'

# Had it been 16 h for all: customers as above; of the groups only H-02 was late and H-14 is; H-09
# took 1 h.  By the data centre's clock H-02, 03 and 07 took longer, and so do H-10 and H-11.
hosting --format csv --backtest resolution=8h,16h,24h
figure 'backtest,resolution,16h,met' $((6 + 7 + 1))
figure 'backtest,resolution,16h,missed' $((1 + 1 + 3))
figure 'backtest,resolution,16h,overdue' $((1 + 1 + 2))
# Where a ticket was promised no first answer it is tried under its first policy: H-06, 09 and 15.
hosting --format csv --backtest first-response=4h
figure 'backtest,first response,4h,met' $((9 + 1 + 2))
figure 'backtest,first response,4h,missed' 1
figure 'backtest,first response,4h,open' $((1 + 1))

# ---- which policies ----
cat >"$scratch/tickets.csv" <<'CSV'
id,team,size,created,first response
1,A,1,2026-03-02 09:00,
2,A,9,2026-03-02 09:00,
3,B,9,2026-03-02 09:00,
4,C,1,2026-03-02 09:00,
5,N,9,2026-03-02 09:00,
6,L,1,2026-03-02 09:00,
CSV
cat >"$scratch/rules.yaml" <<'YAML'
zone: UTC0
policies:
  P: {first response: 1h@24x7}
  Q: {first response: 2h@24x7, kind: internal}
  R: {first response: 4h@24x7, kind: supplier}
  Late: {first response: 1h@24x7, from: 2026-04-01}
types: {size: integer}
rules:
  - {policy: Q, when: {column: team, in: [A, B]}}
  - {policy: none, when: {column: team, equals: N}}
  - {policy: P, when: {column: team, equals: A}}
  - {policy: Q, when: {column: team, equals: A}}
  - {policy: P, when: {column: size, equals: 9}}
  - {policy: Late, when: {column: team, in: [A, L]}}
default: R
YAML
choose() { # line for the file, arguments
  said=$1
  shift
  { cat "$scratch/rules.yaml" && printf '%s\n' "$said"; } >"$scratch/match.yaml"
  run 0 "$scratch/match.yaml" "$scratch/tickets.csv" --now 2026-03-02T09:30:00Z "$@"
}
choose 'match: all' --tickets
silent "$err"
gets 1 'Q P'   # each once, in the order of the rules; one that came later is not in force
gets 2 'Q P'
gets 3 'Q P'
gets 4 'R'     # the default where no rule matches
gets 5 'P'     # a rule that says none adds none
gets 6 ''      # nor does one that was not in force yet
is 6 sla_line 1
choose 'match: all' --format csv
figure 'summary,without a policy,,count' 1
figure 'policy_kind,internal,first response,on_time' 3
figure 'policy_kind,customer,first response,on_time' 4
figure 'worst,on time,,tickets' 5
for said in 'match: first' 'Match: First' '# nothing'; do
  choose "$said" --tickets
  says "$err" 'note: an earlier rule matches whenever this one does (rule 1 comes before it)'
  gets 1 Q
  gets 3 Q
  gets 4 R
  gets 5 ''
done
# Rules that exclude themselves are still told of; a policy twice on a ticket is not.
sed 's/^rules:/&\n  - {policy: P, when: [{column: team, equals: A}, {column: team, equals: B}]}/' \
  "$scratch/rules.yaml" >"$scratch/odd.yaml"
echo 'match: all' >>"$scratch/odd.yaml"
run 0 "$scratch/odd.yaml" "$scratch/tickets.csv" --now 2026-03-02T09:30:00Z
says "$err" 'two conditions of the rule exclude each other'
[ "$(wc -l <"$err")" -eq 1 ] || fault 'other notes than one about a rule that never matches'

# ---- objectives of one policy ----
aims() { # keys, good and bad
  printf '%s\n' 'match: all' "objectives: [{name: o, each: month, $1}]" |
    cat "$scratch/rules.yaml" - >"$scratch/aims.yaml"
  run 0 "$scratch/aims.yaml" "$scratch/tickets.csv" --now 2026-03-02T10:30:00Z --format csv
  figure 'objectives,o,2026-03,good' "$2"
  figure 'objectives,o,2026-03,bad' "$3"
}
# An hour and a half after six tickets P is late, and Q, which is first on three of them, is not.
aims 'share: 90%, metric: first response' 0 1
aims 'share: 90%, metric: first response, policy: P' 0 4
aims 'share: 90%, metric: first response, policy: Q' 0 0
aims 'share: 90%, policy: P, good: {column: team, equals: A}' 2 2
aims 'count: 9, policy: R' 1 ''

# ---- a description of several lines ----
for style in '|' '>' '>-'; do
  printf '%s\n' 'zone: UTC0' 'policies:' '  P:' "    description: $style" '      Who pays' \
    '      is served.' '    first response: 1h@24x7' 'default: P' >"$scratch/lines.yaml"
  run 0 "$scratch/lines.yaml" "$scratch/tickets.csv" --now 2026-03-02T09:30:00Z --format csv
  figure 'versions,P,1,description' 'Who pays is served.'
done

# ---- a column that is called like a section ----
cat >"$scratch/names.yaml" <<'YAML'
zone: UTC0
policies: {P: {first response: 1h@24x7}, Q: {kind: internal, resolution: 1h@24x7}}
default: P
groups: [now, zone, summary, policy, policy_kind, times, weeks, backlog, holders, worst, soon, objectives, backtest, versions, weeks 2]
objectives: [{name: o, each: month, metric: first response, share: 90%}]
YAML
cat >"$scratch/names.csv" <<'CSV'
created,first response,now,zone,summary,policy,policy_kind,times,weeks,backlog,holders,worst,soon,objectives,backtest,versions,weeks 2
2026-03-02 09:00,2026-03-02 09:10,a,b,c,d,e,f,g,h,i,j,k,l,m,v,n
2026-03-02 09:00,,a,b,c,d,e,f,g,h,i,j,k,l,m,v,n
CSV
names() {
  run 0 "$scratch/names.yaml" "$scratch/names.csv" --now 2026-03-02T09:30:00Z \
    --backtest first-response=2h "$@"
}
names --html
names --format json
if has python3; then
  checks=$((checks + 1))
  python3 - "$out" <<'LOOK' || fault 'a section is taken for another'
import collections, json, sys
def once(pairs):
    twice = [n for n, k in collections.Counter(n for n, _ in pairs).items() if k > 1]
    assert not twice, twice
    return dict(pairs)
report = json.load(open(sys.argv[1], encoding="utf-8"), object_pairs_hook=once)
# Of everything that the report itself has, there is a second: its column.
own = [name for name in report if not name.endswith(" 2")]
assert len(own) == 14 and all(name + " 2" in report for name in own), list(report)
assert report["weeks 2 2"][0]["group"] == "n", report["weeks 2 2"]
assert report["weeks"][0]["running"] == 1 and report["weeks 2"][0]["group"] == "g", report["weeks 2"]
LOOK
else
  skip 'no python3: JSON is not read by another program'
fi
end
