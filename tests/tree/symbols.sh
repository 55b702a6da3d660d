# SPDX-License-Identifier: MIT
# One list of functions for each library: its header's, its map's, what the shared one exports.
. tests/tree/support/begin.sh

one_list() { # library, header, map
  api_of "$2" >"$scratch/header"
  sed -n 's/^ *\(sla_[a-z0-9_]*\);$/\1/p' "$3" | sort >"$scratch/map"
  same_names "$scratch/header" "$scratch/map" 'not in the map:' 'in the map, not in the header:'
}

exported() { # library, node
  nm -D --defined-only "$BUILD/$1.so" | awk '$2 != "A" { sub(/@.*/, "", $3); print $3 }' |
    sort >"$scratch/exported"
  same_names "$scratch/header" "$scratch/exported" 'not exported:' 'exported, not in the header:'
  nm -D --defined-only "$BUILD/$1.so" |
    awk -v node="@@$2_" '$2 != "A" && $2 != "T" || $3 ~ /@/ && !index($3, node)' |
    fault_each 'not a function with a version: '
}

named() { # library, what begins the name of an internal function
  nm -g --defined-only "$BUILD/$1.a" 2>/dev/null | awk 'NF == 3 { print $3 }' | sort -u |
    grep -vxf "$scratch/header" | grep -v "^$2\\|^__x86\\.get_pc_thunk\\|^__odr_asan" |
    fault_each "$1: not ours by name: "
}

one_list libsla "$header" lib/libsla.map
exported libsla LIBSLA
named libsla sla__
say "libsla: $(wc -l <"$scratch/header") functions, each declared, mapped and exported"

one_list libsla-ical "$ical_header" lib/ical/libsla-ical.map
if with_ical; then
  exported libsla-ical LIBSLA_ICAL
  wc -l <"$scratch/header" >"$scratch/count"
  api_of include/sla/ical.h >"$scratch/header" # what is being written has its names already
  named libsla-ical sla__ical_
  say "libsla-ical: $(cat "$scratch/count") functions, each declared, mapped and exported"
else
  skip 'built without libical: what libsla-ical exports is not seen'
fi
end
