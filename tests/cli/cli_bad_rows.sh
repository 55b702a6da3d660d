# SPDX-License-Identifier: MIT
# A bad row is named by its line and skipped; the others are printed; the exit status tells.
. tests/cli/support/program.sh

run 1 examples/data/broken.csv --zone Europe/Paris --now '2026-03-04 10:00' --first-response 4h
same tests/cli/golden/broken.err "$err" 'broken.csv: other reasons'
same tests/cli/golden/broken.txt "$out" 'broken.csv: other tickets'

# Standard input has lines too.
run 1 --zone Europe/Paris --now '2026-03-04 10:00' --first-response 4h - <examples/data/broken.csv
says "$err" 'standard input:3: '
run 1 --zone Europe/Paris --first-response 4h --format json - <examples/data/broken.csv
says "$out" '"skipped": 15'

# One bad row at a time: the line, and what is wrong with it.
bad() {
  printf 'id,status,priority,created,first_response,waiting_since,solved,status_since,paused\n%b\n%b\n' \
    "$1" '2,new,low,2026-03-05T08:00:00Z,,,,,' >"$scratch/bad.csv"
  run 1 --first-response 1h --resolution 1h --now 2026-03-05T12:00:00Z --format csv "$scratch/bad.csv"
  says "$err" "$scratch/bad.csv:2: $2"
  says "$err" 'ticket_queue: 1 row was skipped'
  is 2 sla_label overdue
  [ "$(wc -l <"$out")" -eq 2 ] || fault "not one ticket is left: $1"
}
bad '1,new,low,,,,,,' 'created: a ticket needs the time'
bad '1,new,low,2026-03-05,,,,,' "created: '2026-03-05': not a time"
bad '1,new,low,2026-03-05T08:00:00,,,,,' "created: '2026-03-05T08:00:00': a local time needs --zone"
bad '1,new,low,2026-03-05T08:60:00Z,,,,,' 'created: '
bad '1,new,low,2026-03-05T24:00:00Z,,,,,' 'created: '
bad '1,new,low,2026-03-05T08:00:00+24:00,,,,,' 'created: '
bad '1,new,low,2026-03-05T08:00:00Zulu,,,,,' 'created: '
bad '1,new,low,2026-02-29T08:00:00Z,,,,,' 'created: '
bad '1,new,low,0001-01-01T00:00:00+01:00,,,,,' 'created: '
bad '1,new,low,9999-12-31T23:59:59-01:00,,,,,' 'created: '
bad '1,new,low,253402300800,,,,,' 'created: '
bad '1,new,low,99999999999999999999999,,,,,' 'created: '
bad '1,new,low,-,,,,,' 'created: '
bad '1,new,low,2026-03-05T08:00:00Z,soon,,,,' 'first response: '
bad '1,new,low,2026-03-05T08:00:00Z,,soon,,,' 'waiting since: '
bad '1,new,low,2026-03-05T08:00:00Z,,,soon,,' 'solved: '
bad '1,new,low,2026-03-05T08:00:00Z,,,,soon,' 'status since: '
bad '1,new,low,2026-03-05T08:00:00Z,,,,,-5' 'paused: '
bad '1,new,low,2026-03-05T08:00:00Z,,,,,1x' 'paused: '
bad '1,gone,low,2026-03-05T08:00:00Z,,,,,' "unknown status 'gone'"
bad '1,new,4,2026-03-05T08:00:00Z,,,,,' "unknown priority '4'"
bad '1,new,low,2026-03-05T08:00:00Z' '4 fields where the header has 9'
bad '1,new,low,2026-03-05T08:00:00Z,,,,,,' '10 fields where the header has 9'
bad '1,n"ew,low,2026-03-05T08:00:00Z,,,,,' 'a quote inside a field'
bad '1,"new"x,low,2026-03-05T08:00:00Z,,,,,' 'text follows a closing quote'
bad '1,ne\0000w,low,2026-03-05T08:00:00Z,,,,,' 'a field holds a zero byte'
bad '\0303,new,low,2026-03-05T08:00:00Z,,,,,' 'the text is not UTF-8'
bad '\0300\0200,new,low,2026-03-05T08:00:00Z,,,,,' 'the text is not UTF-8'
bad '\0355\0240\0200,new,low,2026-03-05T08:00:00Z,,,,,' 'the text is not UTF-8'
bad '\0364\0220\0200\0200,new,low,2026-03-05T08:00:00Z,,,,,' 'the text is not UTF-8'
bad '1,open,low,2026-03-05T08:00:00Z,2026-03-05T07:00:00Z,,,,' \
  "first response: '2026-03-05T07:00:00Z': the row contradicts itself. It is 2026-03-05T07:00:00+00:00, before 2026-03-05T08:00:00+00:00."
bad '1,solved,low,2026-03-05T08:00:00Z,,,2026-03-05T07:00:00Z,,' 'solved: '
bad '1,new,low,2026-03-05T08:00:00Z,,,2026-03-05T09:00:00Z,,' \
  "solved: '2026-03-05T09:00:00Z': the row contradicts itself. The status says that it is not solved."
bad '1,closed,low,2026-03-05T08:00:00Z,,,,,' \
  "solved: '': the row contradicts itself. The status says solved, and nothing says since when."
bad '1,open,low,2026-03-05T08:00:00Z,,2026-03-05T09:00:00Z,,,' \
  "waiting since: '2026-03-05T09:00:00Z': the row contradicts itself. It needs a first response."
bad '1,open,low,2026-03-05T08:00:00Z,,,,2026-03-05T09:00:00Z,2h' \
  "paused: '2h': the row contradicts itself. The pauses would end at 2026-03-05T10:00:00+00:00, after 2026-03-05T09:00:00+00:00."

# Lines are counted as an editor counts them, also behind fields of several lines.
printf 'id,created\n"a\nb",2026-03-05T08:00:00Z\n"c\nd",never\r\n\n"e\nf\ng",never\n' >"$scratch/lines.csv"
run 1 --first-response 1h "$scratch/lines.csv"
says "$err" "$scratch/lines.csv:4: "
says "$err" "$scratch/lines.csv:7: "

# A quote that is never closed takes the rest with it.
printf 'id,created\n1,2026-03-05T08:00:00Z\n2,"2026-03-05T08:00:00Z\n3,2026-03-05T08:00:00Z\n' >"$scratch/open.csv"
run 1 --first-response 1h "$scratch/open.csv"
says "$err" "$scratch/open.csv:3: a quote is opened and never closed"

# A record of more than 1 MiB, and one of more than 1,000 fields, are read over.
{ printf 'id,created\n1,"' && head -c 1200000 /dev/zero | tr '\0' x &&
  printf '"\n2,2026-03-05T08:00:00Z\n3' && head -c 3000 /dev/zero | tr '\0' , && echo; } >"$scratch/long.csv"
run 1 --first-response 1h --format csv "$scratch/long.csv"
says "$err" "$scratch/long.csv:2: the record is longer than 1 MiB"
says "$err" "$scratch/long.csv:4: the record has more than 1,000 fields"
is 2 sla_metric 'first response'

# What is wrong with the whole file leaves nothing to do.
whole() {
  printf '%b' "$1" >"$scratch/whole.csv"
  run 2 --first-response 1h "$scratch/whole.csv"
  says "$err" "ticket_queue: $scratch/whole.csv: $2"
  silent "$out"
}
whole '' 'there is no header row'
whole '\n\r\n\n' 'there is no header row'
whole 'id,subject\n' 'no column says when a ticket was created'
whole 'id;subject;created\n' "no column says when a ticket was created (--column created=NAME names it); the columns are 'id;subject;created'"
whole 'id,cr\0351\0351\n' 'the header row: the text is not UTF-8'
whole '\0377\0376i\0000d\0000' 'the header row: '
whole 'id,"created\n1,2\n' 'the header row: a quote is opened and never closed'
run 2 --first-response 1h "$scratch/missing.csv"
says "$err" "missing.csv: No such file"
run 2 --first-response 1h "$scratch"
silent "$out"
end
