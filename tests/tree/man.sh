# SPDX-License-Identifier: MIT
# The manual against the header and the library: every function has a page, every prototype is the
# header's, every code is explained, every example compiles, runs and prints what it says.
. tests/tree/support/begin.sh
. tests/tree/support/examples.sh

for file in man/*.[137]; do
  if [ -e "$file" ]; then echo "$file" >>"$scratch/pages"; fi
done
touch "$scratch/pages"

if has mandoc; then
  while read -r page; do
    mandoc -T lint -W warning "$page" | fault_each ''
    mandoc -T utf8 "$page" >/dev/null || fault "$page does not format"
  done <"$scratch/pages"
else
  skip 'no mandoc: pages are not linted'
fi

# Every function is named by one page, its family's; installing gives it a page of its name.  Those of
# section 1 name programs.
# shellcheck disable=SC2086 # words
api_of $headers >"$scratch/api"
# shellcheck disable=SC2016 # fields of awk
grep -v '\.1$' "$scratch/pages" | xargs awk 'FNR == 1 { naming = 1 } $1 == ".Nd" { naming = 0 }
  naming && $1 == ".Nm" { print $2 }' | sort >"$scratch/names"
uniq -d "$scratch/names" | fault_each 'named by two pages: '
sort -u "$scratch/names" | comm -23 "$scratch/api" - | fault_each 'no page names '
sed 's|.*/||; s|\.[37]$||' "$scratch/pages" | sort -u - "$scratch/api" |
  comm -13 - "$scratch/names" | fault_each 'a name of no function: '

# Every prototype is the header's.
# shellcheck disable=SC2086 # words
cat $headers | sed -n '/^SLA_API/,/;/p' | tr '\n' ' ' | sed 's,/\*[^*]*\*/,,g; s/SLA_API/\n/g' |
  tr -d ' \t' | sed 's/;.*//' | grep '(' | sort >"$scratch/prototypes"
while read -r page; do
  awk '
    function unquote(text) { gsub(/"/, "", text); return text }
    function put() { gsub(/[ \t]/, "", made); print made; open = 0 }
    $1 == ".Ft" { type = $0; sub(/^\.Ft /, "", type); type = unquote(type) }
    $1 == ".Fo" { made = type $2 "("; open = 1; n = 0 }
    open && $1 == ".Fa" {
      rest = $0
      sub(/^\.Fa /, "", rest)
      while (rest != "") { # one argument a macro or several, quoted
        if (match(rest, /^"[^"]*" ?/) == 0) match(rest, /^[^ ]+ ?/)
        one = substr(rest, 1, RLENGTH); rest = substr(rest, RLENGTH + 1)
        made = made (n++ ? "," : "") unquote(one)
      }
    }
    open && $1 == ".Fc" { made = made ")"; put() }
    section && $1 == ".Fn" {
      rest = $0; sub(/^\.Fn /, "", rest)
      name = rest; sub(/ .*/, "", name); sub(/^[^ ]+ ?/, "", rest)
      gsub(/" "/, ",", rest); made = type name "(" unquote(rest) ")"; put()
    }
    $1 == ".Sh" { section = $2 == "SYNOPSIS" }' "$page"
done <"$scratch/pages" | sort -u >"$scratch/documented"
grep 'sla_' "$scratch/documented" >"$scratch/documented.ours" || :
same_names "$scratch/prototypes" "$scratch/documented.ours" 'no page says' 'not in the header:'

# Every record is the header's.
records() {
  code_of "$1" | tr '\n\t' '  ' | grep -o 'typedef struct sla_[a-z_]* {[^}]*} sla_[a-z_]*;' |
    sed -E -e ':more' -e 's/([a-z0-9_]+) +([a-z_]+), *([a-z_])/\1 \2; \1 \3/' -e 't more' |
    tr -d ' '
}
for file in $headers; do records "$file" || :; done | sort >"$scratch/records"
while read -r page; do
  records "$page" || :
done <"$scratch/pages" | sort >"$scratch/records.documented"
same_names "$scratch/records" "$scratch/records.documented" 'no page shows' 'not in the header:'

# Every code is explained; no page knows one that is not there, nor refers to a missing page.
codes >"$scratch/codes"
xargs cat <"$scratch/pages" | grep -ow "$code_pattern" | sort -u >"$scratch/explained"
same_names "$scratch/codes" "$scratch/explained" 'explained nowhere:' 'no such code:'
while read -r page; do
  awk -v page="$page" '$1 == ".Xr" && $2 ~ /^(lib)?sla/ { print page, "man/" $2 "." $3 }' "$page"
done <"$scratch/pages" | while read -r page target; do
  [ -e "$target" ] || echo "$page refers to $target"
done | fault_each ''

# Each page of functions has a program that uses them all.
programs=0 compared=0
while read -r page; do
  try_examples "$page"
  programs=$((programs + examples)) compared=$((compared + outputs))
  case $page in *.3) ;; *) continue ;; esac
  if [ $examples -eq 0 ]; then
    fault "$page has no example program"
    continue
  fi
  sed -n 's/^\.Nm \(sla_[a-z0-9_]*\).*/\1/p' "$page" | sort -u | comm -12 - "$scratch/api" |
    while read -r name; do
      cat "$scratch/$(basename "$page").programs"/*.c | grep -qw "$name" || echo "$name"
    done | fault_each "$page: its example does not use "
done <"$scratch/pages"
[ -s "$scratch/pages" ] || fault 'no pages'
say "$(wc -l <"$scratch/pages") pages, $(wc -l <"$scratch/names") names," \
  "$programs programs run, the output of $compared compared"
end
