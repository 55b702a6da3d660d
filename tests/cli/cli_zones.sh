# SPDX-License-Identifier: MIT
# Zones by name, by file and by text; local times that happen twice or never.
. tests/cli/support/program.sh

cat >"$scratch/local.csv" <<'CSV'
id,created
before,2026-03-29 01:59:59
skipped,2026-03-29 02:30:00
after,2026-03-29 03:00:00
twice,2026-10-25 02:30:00
offset,2026-10-25T02:30:00+01:00
CSV
ask() { run 0 --zone "$1" --first-response 1h --now 2026-03-01T00:00:00Z --format csv "$scratch/local.csv"; }

ask Europe/Paris
cp "$out" "$scratch/wanted"
run 0 --zone Europe/Paris --first-response 1h --now 2026-12-01T00:00:00Z --format csv \
  "$scratch/local.csv"
is before sla_due_at 2026-03-29T03:59:59+02:00
is skipped sla_due_at 2026-03-29T04:00:00+02:00
is after sla_due_at 2026-03-29T04:00:00+02:00
is twice sla_due_at 2026-10-25T02:30:00+01:00
is offset sla_due_at 2026-10-25T03:30:00+01:00

for zone in CET-1CEST,M3.5.0,M10.5.0/3 tests/zones/Europe/Paris ./tests/zones/Europe/Paris \
  "$PWD/tests/zones/Europe/Paris"; do
  ask "$zone"
  same "$scratch/wanted" "$out" "--zone $zone"
done
if [ -e /usr/share/zoneinfo/Europe/Paris ]; then
  TZDIR='' ask Europe/Paris
  same "$scratch/wanted" "$out" 'the zone of the system'
else
  skip 'no /usr/share/zoneinfo: the zones of the system are not tried'
fi

# The zone of the calendar is that of the times that are printed.
run 0 --zone Asia/Kolkata --hours 'Mo-Fr 10:00-18:00' --first-response 2h --now 2026-03-06T00:00:00Z \
  --format csv - <<'CSV'
id,created
1,2026-03-05T11:30:00Z
CSV
is 1 sla_due_at 2026-03-06T11:00:00+05:30
# Without --zone it is UTC.
run 0 --first-response 2h --now 2026-03-06T00:00:00Z --format csv - <<'CSV'
id,created
1,2026-03-05T17:00:00+05:30
CSV
is 1 sla_due_at 2026-03-05T13:30:00+00:00

# A name does not leave the directory: what is read there is a zone, or else nothing is.
mkdir -p "$scratch/zoneinfo/Area"
cp tests/zones/Europe/Paris "$scratch/outside"
cp tests/zones/Europe/Paris "$scratch/zoneinfo/Area/City"
refuse() {
  status=0
  TZDIR=$scratch/zoneinfo "$build/examples/ticket_queue" --zone "$1" --first-response 1h \
    "$scratch/local.csv" >"$out" 2>"$err" || status=$?
  checks=$((checks + 1))
  [ "$status" -eq 2 ] || fault "--zone '$1' was accepted"
  says "$err" '--zone: '
}
for zone in Area/../../outside Area//../../outside Area/./City Area/City/ Area 'Area/City ' Area/Nowhere \
  Nowhere 'Area City' ../outside ''; do
  [ -z "$zone" ] || refuse "$zone"
done
TZDIR=$scratch/zoneinfo ask Area/City
same "$scratch/wanted" "$out" 'a name below TZDIR'
echo 'not a zone' >"$scratch/zoneinfo/Text"
refuse Text
says "$err" 'TZif'
refuse 'CET-1CEST,M3.5.8,M10.5.0'
end
