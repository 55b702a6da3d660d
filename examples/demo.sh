# SPDX-License-Identifier: MIT
# The sample tickets, most urgent first: demo.sh BUILD.  The moment is fixed, so that it shows the
# same to everybody.
set -eu
program=${1:-build}/examples/ticket_queue
here=$(cd "$(dirname "$0")" && pwd)
# A machine without zone files has those of the tests.
[ -e "${TZDIR:-/usr/share/zoneinfo}/Europe/Paris" ] || export TZDIR="$here/../tests/zones"

cat <<'COMMAND'
$ ticket_queue tickets.csv --now '2026-03-05 10:30' \
    --zone Europe/Paris --hours 'Mo-Fr 09:00-18:00; Sa 10:00-14:00' --holidays holidays.txt \
    --first-response urgent=30m,high=2h,normal=4h,low=1wd \
    --next-response  urgent=1h,high=2h,normal=4h,low=1wd \
    --resolution     urgent=8h@24x7,high=2wd,normal=4wd,low=8wd --due-soon 25%

COMMAND
"$program" "$here/data/tickets.csv" --now '2026-03-05 10:30' \
  --zone Europe/Paris --hours 'Mo-Fr 09:00-18:00; Sa 10:00-14:00' \
  --holidays "$here/data/holidays.txt" \
  --first-response urgent=30m,high=2h,normal=4h,low=1wd \
  --next-response urgent=1h,high=2h,normal=4h,low=1wd \
  --resolution urgent=8h@24x7,high=2wd,normal=4wd,low=8wd --due-soon 25%
