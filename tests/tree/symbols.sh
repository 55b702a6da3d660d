# SPDX-License-Identifier: MIT
# One list of functions: the header's, the map's, what the shared library exports.
. tests/tree/support/begin.sh

api >"$scratch/header"
sed -n 's/^ *\(sla_[a-z0-9_]*\);$/\1/p' lib/libsla.map | sort >"$scratch/map"
same_names "$scratch/header" "$scratch/map" 'not in the map:' 'in the map, not in the header:'

nm -D --defined-only "$BUILD/libsla.so" | awk '$2 != "A" { sub(/@.*/, "", $3); print $3 }' |
  sort >"$scratch/exported"
same_names "$scratch/header" "$scratch/exported" 'not exported:' 'exported, not in the header:'
nm -D --defined-only "$BUILD/libsla.so" | awk '$2 != "A" && $2 != "T" || $3 ~ /@/ && $3 !~ /@@LIBSLA_/' |
  fault_each 'not a function with a version: '

nm -g --defined-only "$BUILD/libsla.a" 2>/dev/null | awk 'NF == 3 { print $3 }' | sort -u |
  grep -v '^sla_\|^__x86\.get_pc_thunk\|^__odr_asan' | fault_each 'not ours by name: '
nm -g --defined-only "$BUILD/libsla.a" 2>/dev/null | awk 'NF == 3 && $3 ~ /^sla_[^_]/ { print $3 }' |
  sort -u | comm -13 "$scratch/header" - | fault_each 'public by name, not in the header: '
say "$(wc -l <"$scratch/header") functions, each declared, mapped and exported"
end
