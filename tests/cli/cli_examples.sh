# SPDX-License-Identifier: MIT
# Every example is listed in examples/README, and prints what that says; what the manual quotes of
# one is what it says.
. tests/cli/support/program.sh

for source in examples/*.c; do
  name=$(basename "$source" .c)
  if ! with_ical && grep -q 'include <sla/ical\.h>' "$source"; then
    skip "built without libical: $name is not run"
    continue
  fi
  grep -q "^$name.c " examples/README || fault "examples/README does not list $name.c"
  awk -v command="    \$ $name" '
    $0 == command { inside = 1; next }
    inside && !/^    / { exit }
    inside { print substr($0, 5) }' examples/README >"$scratch/$name.wanted"
  checks=$((checks + 1))
  [ -s "$scratch/$name.wanted" ] || fault "examples/README does not say what $name prints"
  "$build/examples/$name" >"$scratch/$name.printed" 2>&1 || fault "$name: exit status $?"
  same "$scratch/$name.wanted" "$scratch/$name.printed" "$name prints something else"
  # The functions that a program introduces are those it calls.
  awk '/Introduces:/ { on = 1 } /\*\// { on = 0 } on' "$source" | grep -oE 'sla_[a-z_]+' |
    sort -u >"$scratch/$name.introduced"
  [ -s "$scratch/$name.introduced" ] || fault "$name introduces nothing"
  while read -r function; do
    checks=$((checks + 1))
    [ "$(grep -cw "$function" "$source")" -ge 2 ] || fault "$name introduces $function, unused"
  done <"$scratch/$name.introduced"
done

awk '$0 == ".Ss A metric of your own" { found = 1 }
  /^\.Ed/ { if (found) exit }
  inside && NF { print }
  found && /^\.Bd/ { inside = 1 }' man/sla_metrics.7 >"$scratch/quoted"
checks=$((checks + 1))
[ "$(wc -l <"$scratch/quoted")" -eq 10 ] || fault 'sla_metrics(7) does not quote ten lines'
checks=$((checks + 1))
if grep -vxFf examples/own_metric.c "$scratch/quoted"; then
  fault 'own_metric.c does not say these lines of sla_metrics(7)'
fi
end
