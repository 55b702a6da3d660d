# SPDX-License-Identifier: MIT
# Every error code is expected by name in some test.
. tests/tree/support/begin.sh
codes >"$scratch/codes"
cat tests/*.[ch] tests/cli/* 2>/dev/null | grep -ow "$code_pattern" | sort -u >"$scratch/expected"
comm -23 "$scratch/codes" "$scratch/expected" | fault_each 'no test expects '
say "$(wc -l <"$scratch/codes") codes"
end
