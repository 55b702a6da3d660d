# SPDX-License-Identifier: MIT
# The include law: tests/tree/layers.txt against what lib/ includes, layers-ical.txt against what
# lib/ical/ includes; examples and the benchmark know the public headers alone.
. tests/tree/support/begin.sh

includes() { # file, opening mark: the names included that way
  sed -n "s/^[[:space:]]*#[[:space:]]*include[[:space:]]*$2\\([^\">]*\\)[\">].*/\\1/p" "$1"
}

# directory, its table, the module at the bottom, which states nothing
obeys() {
  for file in "$1"/*.[ch]; do
    file_name=$(basename "$file" | sed 's/\.[ch]$//')
    module=$(awk -v part="$file_name" '$1 == "part" && $2 == part { print $4 }' "$2")
    : "${module:=$file_name}"
    echo "module $module"
    includes "$file" '"' | sed "s|^|include $module |; s|\\.h\$||"
    includes "$file" '<' | sed "s|^|street $module |"
    case $file in
      *.h) sed -n '1,/\*\/$/!d; /#ifndef/q; p' "$file" | tr '\n' ' ' |
        sed -n "s/.*May include: *\\([a-z_, ]*\\).*/\\1/p" | tr -cs 'a-z_' '\n' |
        sed "/^\$/d; s|^|states $module |"
        echo
        [ "$module" = "$3" ] || grep -q 'May include:' "$file" || echo "silent $module" ;;
    esac
  done | sort -u >"$scratch/found"

  awk '
    FNR == NR {
      if ($1 == "#" || $1 == "part" || NF == 0) next
      if ($1 == "street") { for (i = 2; i <= NF; i++) street[$i] = 1; next }
      if ($1 == "alone") { for (i = 3; i <= NF; i++) alone[$2 " " $i] = 1; next }
      first = 1
      if ($1 == "ground") { first = 2; ground[$2] = 1 }
      known[$first] = 1
      for (i = first + 2; i <= NF; i++) law[$first " " $i] = 1
      next
    }
    # What a header states may also be what it gets through another.
    function reaches(from, to, steps, via) {
      if (allowed(from, to)) return 1
      for (via in known)
        if (steps < 20 && (from " " via) in law && reaches(via, to, steps + 1)) return 1
      return 0
    }
    function allowed(from, to) { return (from " " to) in law || !(from in ground) && to in ground }
    $1 == "module" { present[$2] = 1; if (!($2 in known)) print "fault not in the table: " $2 }
    $1 == "street" && ($2 " " $3) in alone { seen[$2 " " $3] = 1; next }
    $1 == "street" && !($3 in street) { print "fault " $2 " includes <" $3 ">" }
    $1 == "silent" { print "fault " $2 ".h does not state what it may include" }
    $1 == "states" && $2 != $3 && !reaches($2, $3, 0) { print "fault " $2 ".h states " $3 }
    $1 == "include" && $2 != $3 {
      if (!allowed($2, $3)) print "fault " $2 " includes " $3
      used[$2 " " $3] = 1
      if (!($2 in ground) && !($3 in ground)) edges++
      print "edge " $2, $3
    }
    END {
      for (edge in law) if (!(edge in used)) print "fault not in use: " edge
      for (edge in alone) if (!(edge in seen)) print "fault not in use: " edge
      for (module in known) {
        if (!(module in present)) print "fault no such module: " module
        else if (!(module in ground)) modules++
      }
      printf "say %d modules above the ground, %d edges between them, %.2f a module\n", modules,
        edges, modules ? edges / modules : 0
    }' "$2" "$scratch/found" >"$scratch/result"


  sed -n 's/^fault //p' "$scratch/result" | sort | fault_each ''
  sed -n 's/^edge //p' "$scratch/result" | tsort 2>&1 >/dev/null | sed -n 's/^tsort: //p' |
    fault_each 'a cycle: '
  say "$1: $(sed -n 's/^say //p' "$scratch/result")"
}

obeys lib tests/tree/layers.txt base
obeys lib/ical tests/tree/layers-ical.txt ical_base
# No two files of the tree share a name, so that none is taken for another.
for file in lib/*.[ch] lib/ical/*.[ch]; do basename "$file"; done | sort | uniq -d |
  fault_each 'twice: '
grep -n 'libical\|icalcomponent' lib/*.[ch] "$header" "$ical_header" | fault_each 'not of its business: '

# A customer of the library: the public header, the system's, files of its own directory, and where
# it is a directory of examples the parts that they share, which have names of their own.
for file in examples/parts/*.[ch]; do
  for other in examples/*/"$(basename "$file")"; do
    [ "$other" = "$file" ] || fault "$other has the name of a part"
  done
done
for file in examples/*.[ch] examples/*/*.[ch] tests/bench/*.[ch]; do
  [ -e "$file" ] || continue
  includes "$file" '<' | grep '^sla/' | grep -vxE 'sla/(sla|ical)\.h' | fault_each "$file includes "
  includes "$file" '"' | while read -r name; do
    case $file in examples/*/*) part=examples/parts/$name ;; *) part=none ;; esac
    [ -e "$(dirname "$file")/$name" ] || [ -e "$part" ] || echo "$name"
  done | fault_each "$file includes "
  case $file in tests/bench/*) ;; *) grep -n 'sla__' "$file" | fault_each "$file uses " ;; esac
done
end
