# SPDX-License-Identifier: MIT
# The Python binding: its tests, with the distribution's interpreter if that has numpy, else with
# the first that is found.  Parts that need numpy or pandas are skipped by name when these are not
# there.
. tests/tree/support/begin.sh

numbers='import sys; assert sys.version_info >= (3, 9); import numpy'
enough='import sys; assert sys.version_info >= (3, 9); import ctypes'
python=
for condition in "$numbers" "$enough"; do
  for candidate in /usr/bin/python3 python3; do
    if [ -z "$python" ] && has "$candidate" && "$candidate" -c "$condition" 2>/dev/null; then
      python=$candidate
    fi
  done
done
[ -n "$python" ] || {
  skip 'no python3 of version 3.9 or later: the Python binding is not tested'
  end
}
say "$("$python" --version), $(command -v "$python")"

case $BUILD in /*) ;; *) BUILD=$PWD/$BUILD ;; esac
LIBSLA_PATH=$BUILD PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=examples/python
TZDIR=$PWD/tests/zones PYTHONTZPATH=$PWD/tests/zones
export BUILD LIBSLA_PATH PYTHONDONTWRITEBYTECODE PYTHONPATH TZDIR PYTHONTZPATH
"$python" -W error -m unittest discover -s tests/python -t tests/python -v >"$scratch/log" 2>&1 ||
  fault 'a test fails'
grep -E '^(ERROR|FAIL):' "$scratch/log" | fault_each ''
[ ! -s "$faults" ] || grep -vE ' \.\.\. (ok|skipped .*)$' "$scratch/log" | tail -n 60
say "$(sed -n 's/^Ran \([0-9]* tests\) in .*/\1/p' "$scratch/log"),$(
  sed -n 's/.*\.\.\. \(.* cycles, .* more\)$/ \1/p' "$scratch/log")"
reasons=$(sed -n "s/.* \.\.\. skipped '\(.*\)'$/\1/p" "$scratch/log" | sort -u | paste -sd ';' -)
[ -z "$reasons" ] || skip "$reasons"

if "$python" -m mypy --version >/dev/null 2>&1; then
  "$python" -m mypy --strict --cache-dir="$scratch/mypy" examples/python/sla \
    examples/python/*.py examples/bindings/*.py >"$scratch/types" ||
    fault_each '' <"$scratch/types"
else
  skip 'no mypy: types are not checked'
fi
if has pycodestyle; then
  pycodestyle examples/python examples/bindings tests/python tests/bindings >"$scratch/style" ||
    fault_each '' <"$scratch/style"
else
  skip 'no pycodestyle: PEP 8 is not checked'
fi
end
