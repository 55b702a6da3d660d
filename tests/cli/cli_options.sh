# SPDX-License-Identifier: MIT
# A command line that makes no sense prints nothing but what is wrong with it, and exits with 2.
. tests/cli/support/program.sh
file=examples/data/tickets.csv

explains_options

wrong() {
  text=$1
  shift
  run 2 "$@"
  silent "$out"
  says "$err" "$text"
  [ "$(wc -l <"$err")" -eq 1 ] || fault "more than one line about: $*"
}
wrong 'which file?'
wrong "unknown option '--frobnicate'" --frobnicate $file
wrong "unknown option '--frobnicate=1'" --frobnicate=1 $file
wrong "unknown option '--=x'" --=x $file
wrong "unknown option '-f'" -f $file
wrong "'b.csv' is the second" a.csv b.csv
wrong "'b.csv' is the second" a.csv -- b.csv
wrong "'--zone' needs a value" $file --zone
wrong "'--zone=' needs a value" --zone= $file
wrong "'--all-metrics=yes': there is no value to give" --all-metrics=yes $file
wrong "--format: 'xml'" --format xml $file
wrong "--color: 'sometimes'" --color sometimes $file
wrong "--width: 'wide'" --width wide $file
wrong "--width: '39'" --width 39 $file
wrong "--width: '1001'" --width 1001 $file
wrong 'nothing was promised' $file
for targets in 4 x urgent= urgent=4 =4h '4h,' 1h30 1d2 -1h 1.5h 99999999999999999999h 1wd2h 1h@9x5 wd; do
  wrong '--first-response: ' --first-response "$targets" $file
done
wrong '--first-response: unknown priority' --first-response asap=1h $file
wrong '--first-response: unknown priority' --first-response 32=1h $file
wrong 'two targets for priority low' --first-response low=1h,high=2h,low=3h $file
wrong 'two targets for priority any' --resolution 1h --resolution 2h $file
wrong '--first-response: ' --first-response 0wd $file
wrong '--first-response: ' --first-response 1wd@24x7 $file
wrong '--resolution: ' --resolution 36526d $file
wrong '--due-soon: ' --first-response 1h --due-soon 0% $file
wrong '--due-soon: ' --first-response 1h --due-soon 100% $file
wrong '--due-soon: ' --first-response 1h --due-soon 20 $file
wrong '--due-soon: unknown metric' --first-response 1h --due-soon reply=1m $file
wrong '--due-soon: resolution has no target' --first-response 1h --due-soon resolution=1m $file
wrong '--pause: ' --first-response 1h --pause asleep $file
wrong '--pause: ' --first-response 1h --pause first-response= $file
wrong '--pause: unknown metric' --first-response 1h --pause reply=open $file
wrong '--map: ' --map open --first-response 1h $file
wrong '--map: ' --map status:offen --first-response 1h $file
wrong "--map: 'ajar'" --map status:offen=ajar --first-response 1h $file
wrong "--map: 'P0'" --map priority:P1=P0 --first-response 1h $file
wrong '--map: ' --map team:A=open --first-response 1h $file
wrong '--hours: ' --hours 'Mo 9-17' --first-response 1h $file
wrong 'line 1, column' --hours 'Mo-Fr 09:00-25:00' --first-response 1h $file
wrong '--now: ' --now noon --first-response 1h $file
wrong '--now: a local time needs --zone' --now '2026-03-05 10:30' --first-response 1h $file
wrong '--column: ' --first-response 1h --column created $file
wrong "--column: there is no column 'nope'" --first-response 1h --column created=nope $file
wrong "--column: 'color' is none of" --first-response 1h --column color=tags $file
wrong "--columns: there is no column 'nope'" --zone UTC --first-response 1h --columns id,nope $file

# Holidays: the file, the line, the reason.
wrong '--holidays: ' --holidays "$scratch/none" --first-response 1h $file
for line in 2026-13-01 2026-02-30 02-30 '2026-12-31..2026-12-24' 2026-12-25Christmas tomorrow 2026-1-1 \
  '2026-12-24..'; do
  printf '# a comment\n\n2026-01-01 one\n%s\n' "$line" >"$scratch/holidays"
  wrong "--holidays: $scratch/holidays:4: " --holidays "$scratch/holidays" --first-response 1h $file
done
# An iCalendar file, by its name or by how it begins: the file, the line, the column, the reason; or
# that the program was built without libical.
printf '%s\r\n' BEGIN:VCALENDAR BEGIN:VEVENT 'DTSTART;VALUE=DATE:20260230' END:VEVENT \
  END:VCALENDAR >"$scratch/bad"
printf '<html>\n' >"$scratch/page.ICS"
printf '%s\r\n' BEGIN:VCALENDAR BEGIN:VEVENT UID:a 'DTSTART;VALUE=DATE:20260307' \
  X-APPLE-SPECIAL-DAY:ALTERNATE-WORKDAY END:VEVENT END:VCALENDAR >"$scratch/shift.ics"
if with_ical; then
  wrong "--holidays: $scratch/bad:3:20: a property says when" --holidays "$scratch/bad" \
    --first-response 1h $file
  wrong "--holidays: $scratch/page.ICS:1:1: the file is not iCalendar" \
    --holidays "$scratch/page.ICS" --first-response 1h $file
  wrong "--holidays: $scratch/shift.ics:2:1: nobody said the hours" \
    --holidays "$scratch/shift.ics" --first-response 1h $file
else
  for name in bad page.ICS; do
    wrong "--holidays: $scratch/$name: it is an iCalendar file, and this program was built without" \
      --holidays "$scratch/$name" --first-response 1h $file
  done
fi
# Every day of every year.
{ for month in 01 02 03 04 05 06 07 08 09 10 11 12; do
  for day in 01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 \
    30 31; do
    case $month-$day in 02-3? | 0[469]-31 | 11-31) ;; *) echo "$month-$day" ;; esac
  done
done; } >"$scratch/always"
wrong 'the calendar would never be open' --holidays "$scratch/always" --first-response 1h $file

# A file whose name looks like an option, and options behind the file.
printf 'created\n2026-03-05T08:00:00Z\n' >"$scratch/-odd.csv"
here=$PWD
cd "$scratch"
status=0
"$build/examples/ticket_queue" --first-response=1h -- -odd.csv >odd 2>&1 || status=$?
cd "$here"
[ "$status" -eq 0 ] || fault 'a file behind -- is not read'
run 0 "$scratch/-odd.csv" --first-response=1h
# Scalars are replaced, lists are joined.
run 0 --zone Nowhere/Nothing --zone UTC --first-response low=1h --first-response high=2h $file

# Output that cannot be written is noticed.
if [ -w /dev/full ]; then
  for format in table csv json; do
    status=0
    "$build/examples/ticket_queue" --zone UTC --first-response 1h --format $format $file \
      >/dev/full 2>"$err" || status=$?
    checks=$((checks + 1))
    [ "$status" -eq 2 ] || fault "exit status $status when the disk is full"
    says "$err" 'standard output: '
  done
else
  skip 'no /dev/full: a full disk is not tried'
fi
end
