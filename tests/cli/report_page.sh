# SPDX-License-Identifier: MIT
# The page: one file that asks for nothing, valid, and readable wide and narrow, in the light and in
# the dark, which a browser that nobody sees is asked about.
program=sla_report
. tests/cli/support/program.sh

page() { # name, arguments
  name=$1
  shift
  run 0 "$@" --html
  cp "$out" "$scratch/$name.html"
  # Nothing is fetched and nothing runs.
  if grep -niE '<script|<link|<img|<iframe|https?:|url\(|@import|src=|javascript:| on[a-z]+=' "$out"; then
    fault "$name asks for more than itself"
  fi
}
page hubspot examples/data/hubspot.yaml examples/data/hubspot.csv --now '2026-03-19 11:20' \
  --title 'Support & billing' --backtest first-response=15m,30m,1h,2h,4h,8h
says "$out" '<title>Support &amp; billing</title>'
page messagehub examples/data/messagehub.yaml examples/data/messagehub.csv --now '2026-03-13 15:00'
page sales examples/data/sales.yaml examples/data/sales.csv --now '2026-03-20 10:00' \
  --backtest resolution=12h@24x7..96h@24x7/12h@24x7 --backtest 'resolution=12h..96h/12h'
# Several policies on a ticket: figures by kind, the policy of what is about to breach, what counts
# once, who has to act, and the worst of each ticket.
page hosting examples/data/hosting.yaml examples/data/hosting.csv --now '2026-03-13 12:00'
tile() { says "$out" "<span class=\"what\">$1</span><b>$2</b><span>$3</span>"; }
tile 'First response' '81.8 %' 'customer: 9 of 11'
tile Resolution '60.0 %' 'internal: 6 of 10'
tile Resolution '25.0 %' 'supplier: 1 of 4'
tile Overdue 3 'promises broken, still open'
says "$out" '>By kind of policy</h2>'
says "$out" 'data-label="under">Network group</td>'
checks=$((checks + 1))
[ "$(grep -c 'Each ticket once, under its first policy.' "$out")" -eq 4 ] ||
  fault 'two columns, times and weeks do not say that they count tickets once'
bar() { # section, word, count, how long it is
  checks=$((checks + 1))
  sed -n "/<section id=\"$1\"/,/<\/section>/p" "$out" >"$scratch/section"
  grep -q ">$2</th>.*width:$4%.*>$3</td>" "$scratch/section" || fault "$1: $2"
}
bar holders us 4 100.00
bar holders customer 1 25.00
bar holders other 1 25.00
bar worst overdue 2 40.00
bar worst missed 5 100.00
bar worst met 4 80.00
says "$out" 'data-label="from">Mon  9 Mar 00:00</td><td class="whole">The contract of everybody who pays.'

# Text of a ticket is text.
cat >"$scratch/nasty.csv" <<'CSV'
id,subject,created,first response,team
"<b>1</b>","<script>alert(1)</script> ""&amp;""",2026-03-02 09:00,,"A & ""B"" <i>"
2,"an end of
lines",2026-03-02 09:00,2026-03-02 09:10,"A & ""B"" <i>"
CSV
printf '%s\n' 'zone: UTC0' 'policies: {"<P>": {first response: 1h@24x7}}' 'default: <P>' 'groups: team' \
  >"$scratch/nasty.yaml"
page nasty "$scratch/nasty.yaml" "$scratch/nasty.csv" --now 2026-03-02T09:30:00Z
says "$out" '&lt;script&gt;alert(1)&lt;/script&gt; &quot;&amp;amp;&quot;'
says "$out" 'A &amp; &quot;B&quot; &lt;i&gt;'
says "$out" '&lt;P&gt;'
# No ticket at all makes a page too.
head -n 1 "$scratch/nasty.csv" >"$scratch/none.csv"
page none "$scratch/nasty.yaml" "$scratch/none.csv" --now 2026-03-02T09:30:00Z
says "$out" 'Nothing is running.'

if has tidy; then
  for file in "$scratch"/*.html; do
    checks=$((checks + 1))
    tidy -q -e --drop-empty-elements no "$file" 2>"$scratch/log" || {
      fault "$(basename "$file") is not valid HTML"
      cat "$scratch/log"
    }
  done
else
  skip 'no tidy: whether the page is valid is not looked at'
fi

browser=
for name in chromium chromium-browser google-chrome; do
  if has $name; then browser=${browser:-$name}; fi
done
if [ -z "$browser" ]; then
  skip 'no chromium: how the page looks is not looked at'
  end
fi

limit=
if has timeout; then limit='timeout 120'; fi
browse() { # light or dark, width, height, arguments
  case $1 in
    dark) flags='--force-dark-mode --blink-settings=preferredColorScheme=0' ;;
    *) flags=--blink-settings=preferredColorScheme=1 ;;
  esac
  size=--window-size=$2,$3
  shift 3
  # shellcheck disable=SC2086 # words
  HOME=$scratch/home $limit $browser --headless=new --no-sandbox --disable-gpu --hide-scrollbars \
    --user-data-dir="$scratch/profile" --no-first-run $flags "$size" "$@" 2>"$scratch/log"
}

look() { # page, light or dark, width, height
  cp "$scratch/$1.html" "$scratch/looked.html"
  { echo '<script>' && cat tests/cli/support/page.js && echo '</script>'; } >>"$scratch/looked.html"
  # A window is never as narrow as a phone; a frame is.
  cat >"$scratch/frame.html" <<FRAME
<!DOCTYPE html><meta name="color-scheme" content="light dark"><body style="margin:0">
<script>onmessage = message => {
  const verdict = document.createElement('pre');
  verdict.id = 'verdict';
  verdict.textContent = message.data;
  document.body.append(verdict);
};</script>
<iframe src="looked.html" style="border:0;width:$3px;height:$4px"></iframe>
FRAME
  checks=$((checks + 1))
  browse "$2" 1400 "$4" --virtual-time-budget=5000 --dump-dom "file://$scratch/frame.html" >"$scratch/dom" || {
    fault "$browser fails on $1"
    cat "$scratch/log"
    return
  }
  sed -n '/<pre id="verdict">/,$p' "$scratch/dom" | sed 's/.*<pre id="verdict">//; s/<.*//' >"$scratch/verdict"
  says "$scratch/verdict" 'looked at'
  says "$scratch/verdict" "width $3"
  says "$scratch/verdict" "dark $([ "$2" = dark ] && echo true || echo false)"
  if grep '^fault ' "$scratch/verdict"; then fault "$1, $2, $3 wide"; fi
  # What it looks like stays in the build directory.
  browse "$2" "$3" "$4" --screenshot="$scratch/$1-$3-$2.png" "file://$scratch/$1.html" >/dev/null || :
  checks=$((checks + 1))
  [ "$(wc -c <"$scratch/$1-$3-$2.png")" -gt 20000 ] || fault "no picture of $1, $2, $3 wide"
}
for name in hubspot messagehub sales hosting; do
  for scheme in light dark; do
    look $name $scheme 390 2400
    look $name $scheme 1280 2000
  done
done
look nasty light 390 2000
for name in hubspot sales; do
  cmp -s "$scratch/$name-390-light.png" "$scratch/$name-390-dark.png" && fault "$name is as light in the dark"
done
end
