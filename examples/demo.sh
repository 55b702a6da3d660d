# SPDX-License-Identifier: MIT
# The sample tickets, most urgent first: demo.sh BUILD.  The moment is fixed, so that it shows the
# same to everybody.
set -eu
program=${1:-build}/examples/ticket_queue
case $program in /*) ;; *) program=$PWD/$program ;; esac
cd "$(dirname "$0")/.."
# A machine without zone files has those of the tests.
[ -e "${TZDIR:-/usr/share/zoneinfo}/Europe/Paris" ] || export TZDIR=tests/zones

cat <<COMMAND
\$ ${program#"$PWD/"} examples/data/tickets.csv --now '2026-03-05 10:30' \\
    --zone Europe/Paris --hours 'Mo-Fr 09:00-18:00; Sa 10:00-14:00' \\
    --holidays examples/data/holidays.txt --due-soon 25% \\
    --first-response urgent=30m,high=2h,normal=4h,low=1wd \\
    --next-response  urgent=1h,high=2h,normal=4h,low=1wd \\
    --resolution     urgent=8h@24x7,high=2wd,normal=4wd,low=8wd

COMMAND
exec "$program" examples/data/tickets.csv --now '2026-03-05 10:30' \
  --zone Europe/Paris --hours 'Mo-Fr 09:00-18:00; Sa 10:00-14:00' \
  --holidays examples/data/holidays.txt --due-soon 25% \
  --first-response urgent=30m,high=2h,normal=4h,low=1wd \
  --next-response urgent=1h,high=2h,normal=4h,low=1wd \
  --resolution urgent=8h@24x7,high=2wd,normal=4wd,low=8wd
