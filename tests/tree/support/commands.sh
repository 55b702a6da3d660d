# SPDX-License-Identifier: MIT
# Prints the two commands of README, one a line: the lines of its literal blocks that run
# `make demo` and `make check`, continued lines joined.
set -eu
sed -n -e '/^    /{' -e 's/^    //' -e 's/^\$ //' -e ':more' -e '/\\$/{' -e 'N' \
  -e 's/\\\n */ /' -e 'b more' -e '}' -e 'p' -e '}' README | grep -E 'make (demo|check)( |$)'
