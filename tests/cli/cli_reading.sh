# SPDX-License-Identifier: MIT
# However an export is written, the same tickets come out of it.
. tests/cli/support/program.sh

promise='--first-response 4h --next-response 2h --resolution 3d --due-soon 30m'
read_csv() {
  # shellcheck disable=SC2086 # words
  run 0 $promise --now 2026-03-05T12:00:00Z --zone UTC --columns id,subject,priority,metric,state,due \
    "$@"
}

cat >"$scratch/plain.csv" <<'CSV'
id,subject,priority,status,created,first_response,waiting_since,solved,status_since,paused,team
1,"comma, and ""quotes""",urgent,open,2026-03-05T08:00:00Z,2026-03-05T08:30:00Z,2026-03-05T09:30:00Z,,,,A
2,"two
lines",low,pending,2026-03-03T08:00:00Z,2026-03-03T09:00:00Z,,,2026-03-05T10:00:00Z,3600,B
3,plain,,solved,2026-03-04T08:00:00Z,2026-03-04T14:00:00Z,,2026-03-05T08:00:00Z,2026-03-05T08:00:00Z,,C
4,late,normal,new,2026-03-05T07:59:59Z,,,,,,D
CSV
read_csv "$scratch/plain.csv"
cp "$out" "$scratch/wanted"
says "$out" 'comma, and "quotes"'
says "$out" 'two lines'
says "$out" 'overdue by 1 s'

# The columns in another order, under other names, and times in other forms.
cat >"$scratch/other.csv" <<'CSV'
Team,Resolved At,CREATED-AT,Ticket ID,Paused,State Since,Summary,First Replied At,Waiting Since,State,Ticket Priority
A,,1772697600,1,,,"comma, and ""quotes""",1772699400.75,20260305T093000Z,Open,URGENT
B,,2026-03-03 13:30+05:30,2,1h,2026-03-05T10:00Z,"two
lines",2026-03-03T09:00:00.000Z,,PENDING,Low
C,2026-03-05 08:00:00 UTC,2026-03-04T08:00:00,3,,"2026-03-05T08:00:00,5Z",plain,2026-03-04T09:00:00-05:00,,Solved,
D,,"  2026-03-05T07:59:59Z ",4,,,late,,,New,normal
CSV
read_csv "$scratch/other.csv"
same "$scratch/wanted" "$out" 'columns in another order, under other names'

# Each way of writing lines.
sed 's/$/\r/' "$scratch/plain.csv" >"$scratch/crlf.csv"
read_csv "$scratch/crlf.csv"
same "$scratch/wanted" "$out" 'CRLF'
{ printf '\357\273\277' && cat "$scratch/plain.csv"; } >"$scratch/bom.csv"
read_csv "$scratch/bom.csv"
same "$scratch/wanted" "$out" 'a byte order mark'
read_csv - <"$scratch/plain.csv"
same "$scratch/wanted" "$out" 'standard input'
printf %s "$(cat "$scratch/crlf.csv")" | sed '$ s/\r$//' >"$scratch/open.csv"
read_csv "$scratch/open.csv"
same "$scratch/wanted" "$out" 'no end of the last line'
{ echo && sed 's/^3,/\n\n3,/' "$scratch/plain.csv" && echo; } >"$scratch/empty_lines.csv"
read_csv "$scratch/empty_lines.csv"
same "$scratch/wanted" "$out" 'empty lines'
sed -e 's/^\([0-9]\),/"\1",/' -e 's/,,/,"",/g' "$scratch/plain.csv" >"$scratch/quoted.csv"
read_csv "$scratch/quoted.csv"
same "$scratch/wanted" "$out" 'everything quoted'

# Columns that nobody would guess, and words of another system.
sed -e '1s/created/Eingang/; 1s/subject/Betreff/; 1s/^id/Nr/' -e 's/,urgent,/,P1,/' \
  -e 's/,open,/,In Arbeit,/' -e 's/,pending,/,"wartet, auf Kunden",/' -e 's/^3,plain,,/3,plain,-,/' \
  "$scratch/plain.csv" >"$scratch/german.csv"
read_csv --column created=Eingang,subject=betreff --column id=NR \
  --map 'status:In Arbeit=open,status:wartet\, auf Kunden=pending' \
  --map 'priority:P1=urgent,priority:-=none' "$scratch/german.csv"
same "$scratch/wanted" "$out" '--column and --map'

# The words of a target are translated as well, and a number is a priority of one's own.
printf 'id,priority,created\n1,P1,2026-03-05T11:00:00Z\n2,VIP,2026-03-05T11:00:00Z\n3,,2026-03-05T11:00:00Z\n' \
  >"$scratch/words.csv"
run 0 --map priority:P1=urgent,priority:VIP=7,priority:=low --first-response P1=1h,7=2h,low=3h \
  --now 2026-03-05T12:00:00Z --format csv "$scratch/words.csv"
is 1 sla_due_at 2026-03-05T12:00:00+00:00
is 2 sla_due_at 2026-03-05T13:00:00+00:00
is 2 sla_priority 7
is 3 sla_due_at 2026-03-05T14:00:00+00:00
is 3 sla_priority low

# A column that is there twice is carried along under two names.
printf 'tag,created,tag\nx,2026-03-05T11:00:00Z,y\n' >"$scratch/twice.csv"
run 0 --first-response 1h --format json "$scratch/twice.csv"
says "$out" '"tag": "x"'
says "$out" '"tag 2": "y"'
# One that plays a role must not be.
printf 'created,Created\n2026-03-05T11:00:00Z,\n' >"$scratch/two.csv"
run 2 --first-response 1h "$scratch/two.csv"
says "$err" "two columns are named 'created'"

# No ticket at all.
head -n 1 "$scratch/plain.csv" >"$scratch/none.csv"
for format in table csv json; do run 0 --first-response 1h --format $format "$scratch/none.csv"; done
says "$out" '"queue": []'
end
