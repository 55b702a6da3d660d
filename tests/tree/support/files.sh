# SPDX-License-Identifier: MIT
# Prints the files of the project, one a line: what git tracks, or in an unpacked tarball
# everything but what was built.
set -eu
if [ -e .git ] && command -v git >/dev/null; then
  git ls-files
else
  find . -type f ! -path './build/*' ! -path './.git/*' ! -path '*/__pycache__/*' | sed 's,^\./,,' | LC_ALL=C sort
fi
