# SPDX-License-Identifier: MIT
# What the options promise is what is due: units, clocks, hours, holidays, pauses, warnings.
. tests/cli/support/program.sh

cat >"$scratch/week.csv" <<'CSV'
id,priority,status,created,first_response,waiting_since,status_since
fri,low,new,2026-03-06 16:00,,,
sat,normal,new,2026-03-07 12:00,,,
mon,urgent,new,2026-03-09 09:00,,,
CSV
ask() {
  run 0 --zone Europe/Paris --now '2026-03-09 10:00' --format csv "$@"
}
due() { is "$1" sla_due_at "2026-03-$2:00+01:00"; }

ask --hours 'Mo-Fr 09:00-17:00' --first-response 2h "$scratch/week.csv"
due fri 09T10:00
due sat 09T11:00
due mon 09T11:00
ask --hours 'Mo-Fr 09:00-17:00' --first-response low=90m,normal=1h30m,urgent=2h@24x7 "$scratch/week.csv"
due fri 09T09:30
due sat 09T10:30
due mon 09T11:00
ask --hours 'Mo-Fr 09:00-17:00' --first-response 1wd "$scratch/week.csv"
due fri 09T16:00
due sat 10T09:00
due mon 10T09:00
ask --hours 'Mo-Fr 09:00-17:00' --first-response eod "$scratch/week.csv"
due fri 06T17:00
due sat 09T17:00
due mon 09T17:00
ask --hours 'Mo-Fr 09:00-17:00' --first-response 1eod "$scratch/week.csv"
due fri 09T17:00
due mon 10T17:00
ask --first-response 1d "$scratch/week.csv"
due fri 07T16:00
due mon 10T09:00
# One value for all, and another for some.
ask --first-response any=5h,urgent=1h "$scratch/week.csv"
due fri 06T21:00
due mon 09T10:00
# A priority that was promised nothing.
ask --first-response urgent=1h "$scratch/week.csv"
is fri sla_label none
is fri sla_due_at ''
is mon sla_label 'on time'

# Holidays: a date, a range, every year; names, comments, empty lines, CRLF.
printf '\357\273\277# closed\r\n\r\n2026-03-09 Monday\r\n2026-03-11..2026-03-12\t the fair\r\n03-10\r\n' \
  >"$scratch/holidays"
ask --hours 'Mo-Fr 09:00-17:00' --holidays "$scratch/holidays" --first-response 2h "$scratch/week.csv"
due fri 13T10:00
due sat 13T11:00

# The same from an iCalendar file: whole days, every year, hours on the clock of a zone that it names.
cat >"$scratch/holidays.ics" <<'ICS'
BEGIN:VCALENDAR
BEGIN:VEVENT
UID:a
DTSTART;VALUE=DATE:20260309
SUMMARY:Monday
END:VEVENT
BEGIN:VEVENT
UID:b
DTSTART;VALUE=DATE:20260311
DTEND;VALUE=DATE:20260313
END:VEVENT
BEGIN:VEVENT
UID:c
DTSTART;VALUE=DATE:20000310
RRULE:FREQ=YEARLY
END:VEVENT
BEGIN:VEVENT
UID:d
DTSTART;TZID=Europe/Paris:20260313T090000
DTEND;TZID=Europe/Paris:20260313T093000
END:VEVENT
END:VCALENDAR
ICS
if with_ical; then
  ask --hours 'Mo-Fr 09:00-17:00' --holidays "$scratch/holidays.ics" --first-response 2h \
    "$scratch/week.csv"
  due fri 13T10:30
  due sat 13T11:30
else
  skip 'built without libical: no holidays from iCalendar'
fi

# Due soon: a time before, what is left of the target, by metric.
soon() {
  ask --first-response 2h --resolution 10h --due-soon "$1" --format csv "$scratch/week.csv"
  is mon sla_due_soon_at "$2"
}
soon 30m 2026-03-09T10:30:00+01:00
soon 25% 2026-03-09T10:30:00+01:00
soon 99% 2026-03-09T09:01:12+01:00
soon resolution=1h ''
soon first-response=20m,resolution=50% 2026-03-09T10:40:00+01:00
ask --first-response 2h --due-soon 1h "$scratch/week.csv"
is mon sla_label 'due soon'
ask --first-response 2h --due-soon 59m "$scratch/week.csv"
is mon sla_label 'on time'

# Pauses: pending and on hold pause resolution, unless something else is said.
cat >"$scratch/paused.csv" <<'CSV'
id,status,created,first_response,status_since
1,pending,2026-03-09 08:00,2026-03-09 08:10,2026-03-09 08:30
2,on hold,2026-03-09 08:00,2026-03-09 08:10,2026-03-09 08:30
3,open,2026-03-09 08:00,2026-03-09 08:10,2026-03-09 08:30
CSV
ask --resolution 4h "$scratch/paused.csv"
is 1 sla_phase paused
is 1 sla_remaining 12600
is 1 sla_projected_due_at 2026-03-09T13:30:00+01:00
is 2 sla_phase paused
is 3 sla_phase running
ask --resolution 4h --pause resolution=on_hold+open "$scratch/paused.csv"
is 1 sla_phase running
is 2 sla_phase paused
is 3 sla_phase paused
ask --resolution 4h --pause none "$scratch/paused.csv"
is 2 sla_phase running

# A pause that is over is one of a status that pauses nothing else, where there is such a status.
printf 'id,created,first response,waiting since,paused,status\n%s\n' \
  '1,2026-03-09 08:00,2026-03-09 08:10,2026-03-09 08:15,1h,open' >"$scratch/over.csv"
ask --next-response 1h --resolution 9h --pause next-response=pending,resolution=pending+on-hold \
  --all-metrics "$scratch/over.csv"
grep -q '^1,.*,next response,.*,2026-03-09T09:15:00+01:00,' "$out" || fault 'next response was paused'
grep -q '^1,.*,resolution,.*,2026-03-09T18:00:00+01:00,' "$out" || fault 'resolution was not'

# A day that ends when the ticket comes is still its day; one second later it is over.
printf 'id,created,first response\nat,2026-03-09 17:00,\nafter,2026-03-09 17:00:01,\n' >"$scratch/end.csv"
run 0 --zone Europe/Paris --now '2026-03-09 18:00' --format csv --hours 'Mo-Fr 09:00-17:00' \
  --first-response eod "$scratch/end.csv"
due at 09T17:00
due after 10T17:00

# The most urgent metric stands for its ticket; equals keep the order of the file.
printf 'id,created\nb,2026-03-09 09:00\na,2026-03-09 09:00\nc,2026-03-09 08:59\n' >"$scratch/ties.csv"
ask --first-response 2h --resolution 1h30m "$scratch/ties.csv"
[ "$(cut -d, -f1,3 "$out" | tr '\n' ' ')" = 'id,sla_metric c,resolution b,resolution a,resolution ' ] ||
  fault 'another order'
ask --first-response 2h --resolution 1h30m --all-metrics "$scratch/ties.csv"
[ "$(cut -d, -f1,3 "$out" | tr '\n' ' ' | tr -d ' ')" = \
  'id,sla_metricc,resolutionc,firstresponseb,resolutionb,firstresponsea,resolutiona,firstresponse' ] ||
  fault 'another order of all metrics'
end
