# SPDX-License-Identifier: MIT
# README: its program compiles, runs and prints what it says; its two commands are there.
. tests/tree/support/begin.sh
. tests/tree/support/examples.sh

if [ ! -e README ]; then
  fault 'no README'
  end
fi
try_examples README
[ "$examples" -eq 1 ] || fault "$examples programs, not one"
[ "$outputs" -eq 1 ] || fault 'no output is shown'
sh tests/tree/support/commands.sh >"$scratch/commands"
[ "$(wc -l <"$scratch/commands")" -eq 2 ] || fault "not two commands: $(cat "$scratch/commands")"
sed -n 1p "$scratch/commands" | grep -q 'make demo' || fault 'command one is not make demo'
sed -n 2p "$scratch/commands" | grep -q 'make check' || fault 'command two is not make check'
while read -r line; do
  sh -n -c "$line" || fault "not a command: $line"
done <"$scratch/commands"
# The report that it shows how to get.
sed -n '/^    build\/examples\/sla_report/,/[^\\]$/p' README >"$scratch/report"
[ "$(wc -l <"$scratch/report")" -eq 2 ] || fault 'it shows no report'
if [ "${YAML:-}" != no ]; then
  sed "s|build/examples|$BUILD/examples|" "$scratch/report" >"$scratch/report.sh"
  sh "$scratch/report.sh" >"$scratch/printed" 2>&1 || fault_each 'its report: ' <"$scratch/printed"
  grep -q 'Support inbox' "$scratch/printed" || fault 'its report says nothing of the inboxes'
fi
lines=$(wc -l <README)
[ "$lines" -le 120 ] || fault "$lines lines, over 120"
LC_ALL=C.UTF-8 grep -nE '.{101,}' README | fault_each 'over 100 columns: '
say "$lines lines, $examples program with its output, $(wc -l <"$scratch/commands") commands"
end
