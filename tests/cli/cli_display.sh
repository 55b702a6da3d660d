# SPDX-License-Identifier: MIT
# What a terminal shows: colour only where it is wanted, columns that line up, nothing that a
# ticket's text could do to it.
. tests/cli/support/program.sh
escape=$(printf '\033')
queue="--zone Europe/Paris --first-response 4h --now 2026-03-05T09:00:00Z"
colors() { grep -c "$escape" "$1" || :; }
# shellcheck disable=SC2086 # words
show() { run 0 $queue "$@" examples/data/tickets.csv; }
colored() {
  checks=$((checks + 1))
  [ "$(colors "$out")" -gt 60 ] || fault "no colour: $*"
}
plain() {
  checks=$((checks + 1))
  [ "$(colors "$out")" -eq 0 ] || fault "colour: $*"
}
show
plain 'into a file'
cp "$out" "$scratch/plain"
show --color never
plain never
show --color always
colored always
sed "s/${escape}\[[0-9;]*m//g" "$out" >"$scratch/stripped"
same "$scratch/plain" "$scratch/stripped" 'colour changes the text'
NO_COLOR=1 show --color always
colored 'always, in spite of NO_COLOR'
show --color always --format csv
plain csv
show --color always --format json
plain json

# On a terminal.
terminal="$build/examples/ticket_queue $queue examples/data/tickets.csv"
if has script && script -qec true /dev/null >/dev/null 2>&1; then
  TERM=xterm script -qec "$terminal" /dev/null >"$out" </dev/null
  colored 'on a terminal'
  TERM=xterm NO_COLOR=1 script -qec "$terminal" /dev/null >"$out" </dev/null
  plain 'NO_COLOR on a terminal'
  TERM=xterm NO_COLOR='' script -qec "$terminal" /dev/null >"$out" </dev/null
  colored 'an empty NO_COLOR'
  TERM=dumb script -qec "$terminal" /dev/null >"$out" </dev/null
  plain 'a dumb terminal'
else
  skip 'no script: colour on a terminal is not tried'
fi

# Text that would command a terminal, end a line, or turn its direction.
printf 'id,subject,created\n1,"\033]0;title\007\033[31mred\177\302\233x\303\251\342\200\256",2026-03-05T08:00:00Z\n2,"a\r\n\tb\342\200\250c",2026-03-05T08:00:00Z\n' \
  >"$scratch/nasty.csv"
mark=$(printf '\357\277\275')
run 0 --first-response 1h "$scratch/nasty.csv"
plain 'from the text of a ticket'
says "$out" "$mark]0;title$mark${mark}[31mred$mark${mark}x$(printf '\303\251')$mark"
says "$out" 'a  b c'
[ "$(LC_ALL=C tr -cd '\001-\011\013-\037\177' <"$out" | wc -c)" -eq 0 ] || fault 'control characters'
# As it is in CSV, escaped in JSON.
run 0 --first-response 1h --format json "$scratch/nasty.csv"
says "$out" '"subject": "\u001b]0;title\u0007\u001b[31mred\u007f'
says "$out" '"subject": "a\u000d\u000a\u0009b'
if has python3; then
  python3 -m json.tool "$out" >/dev/null || fault 'not JSON'
else
  skip 'no python3: JSON is not read by another program'
fi
# A message does not command a terminal either.
printf 'id,status,created\n1,\033[2J,2026-03-05T08:00:00Z\n' >"$scratch/nasty.csv"
run 1 --first-response 1h "$scratch/nasty.csv"
[ "$(colors "$err")" -eq 0 ] || fault 'escapes in a message'
says "$err" "unknown status '${mark}[2J'"

# Columns line up: one place for a letter with its marks, two for CJK and emoji, none for marks.
# The column behind the subject starts at the same place in every line.
cat >"$scratch/wide.csv" <<'CSV'
subject,created,id
plain text,2026-03-05T08:00:00Z,1
日本語日本,2026-03-05T08:00:00Z,2
😀😀😀😀😀,2026-03-05T08:00:00Z,3
éééééééééé,2026-03-05T08:00:00Z,4
한국어한국,2026-03-05T08:00:00Z,5
👍🏽👍🏽👍🏽👍🏽👍🏽,2026-03-05T08:00:00Z,6
ａｂｃｄｅ,2026-03-05T08:00:00Z,7
שלוםשלוםשל,2026-03-05T08:00:00Z,8
กำกำกำกำกำ,2026-03-05T08:00:00Z,9
❤️❤️❤️❤️❤️,2026-03-05T08:00:00Z,10
👩‍💻👩‍💻👩‍💻👩‍💻👩‍💻,2026-03-05T08:00:00Z,11
🇩🇪🇫🇷🇯🇵🇧🇷🇳🇬,2026-03-05T08:00:00Z,12
CSV
# Two places each, five of them, or ten of one: ten places and two of the gap.
run 0 --first-response 1h --columns subject,id "$scratch/wide.csv"
sed -n '4,15p' "$out" | while read -r line; do
  case $line in *'  1' | *'  '[2-9] | *'  1'[0-2]) echo ok ;; *) echo "$line" ;; esac
done >"$scratch/gaps"
checks=$((checks + 1))
[ "$(grep -c '^ok$' "$scratch/gaps")" -eq 12 ] || {
  fault 'columns do not line up'
  cat "$out"
}
# Cut at half of that, between characters: an ellipsis in the last place.
sed 's/^subject,/subject,long /; 2,$s/^\([^,]*\),/\1\1\1\1\1,/' "$scratch/wide.csv" |
  sed '1s/.*/subject,created,id/' >"$scratch/long.csv"
run 0 --first-response 1h --columns subject,id,due --width 40 "$scratch/long.csv"
sed -n '4,15p' "$out" >"$scratch/cut"
ellipsis=$(printf '\342\200\246')
checks=$((checks + 1))
[ "$(grep -c "$ellipsis" "$scratch/cut")" -eq 12 ] || {
  fault 'not every long subject is cut'
  cat "$out"
}
says "$scratch/cut" "plain textplain t$ellipsis  1  "
says "$scratch/cut" "日本語日本日本語$ellipsis   2  "

# The table keeps to the width that is asked for, as the C library counts columns.
if [ "$(printf '\346\227\245\n' | LC_ALL=C.UTF-8 wc -L 2>/dev/null)" = 2 ]; then
  for width in 100 120 160; do
    show --width $width
    widest=$(sed 1,2d "$out" | LC_ALL=C.UTF-8 wc -L)
    checks=$((checks + 1))
    [ "$widest" -le "$width" ] || fault "--width $width: $widest columns"
    # Every line is as wide as the heading: the last column is flush right.
    checks=$((checks + 1))
    sed -n '3,/^$/p' "$out" | sed '$d' | while read -r line; do
      printf '%s\n' "$line" | LC_ALL=C.UTF-8 wc -L
    done | sort -u >"$scratch/widths"
    [ "$(wc -l <"$scratch/widths")" -eq 1 ] || fault "--width $width: lines of several widths"
  done
else
  skip 'no wc -L for UTF-8: the width is not measured by another program'
fi
# A column of the export, and no subject at all.
show --columns id,channel,requester,state
says "$out" 'channel'
says "$out" 'Jürgen Groß'
end
