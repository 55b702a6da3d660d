# SPDX-License-Identifier: MIT
# The binding for Ruby: the cases that every language runs, what is its own, and how it keeps and
# releases what it holds.
. tests/tree/support/begin.sh
if ! has ruby; then
  skip 'no ruby: the binding for it is not tried'
  end
fi
if ! ruby -e "exit (RUBY_VERSION.split('.').map(&:to_i) <=> [3, 1]) >= 0" ||
   ! ruby -e "require 'fiddle'; require 'minitest'" 2>"$scratch/log"; then
  skip "$(ruby -v | cut -d' ' -f1,2) is not 3.1 or lacks fiddle or minitest: the binding is not tried"
  end
fi

case $BUILD in /*) ;; *) BUILD=$PWD/$BUILD ;; esac
LIBSLA_PATH=$BUILD/libsla.so
SLA_TEST_BUILD=$BUILD
SLA_TEST_SCRATCH=$PWD/$scratch
case $scratch in /*) SLA_TEST_SCRATCH=$scratch ;; esac
export LIBSLA_PATH SLA_TEST_BUILD SLA_TEST_SCRATCH
unset RUBYOPT RUBYLIB
LC_ALL=C.UTF-8

status=0
ruby -w tests/bindings/ruby/all.rb >"$scratch/log" 2>&1 || status=$?
grep -v '^[.S]*$' "$scratch/log" || :
[ $status -eq 0 ] || fault "exit status $status"
grep -q '^[0-9]* runs, .* 0 failures, 0 errors' "$scratch/log" || fault 'no closing line'
grep ': warning: ' "$scratch/log" | fault_each ''
sed -n 's/^skipped: //p' "$scratch/log" | sort -u >"$scratch/skips"
while read -r reason; do skip "$reason"; done <"$scratch/skips"
end
