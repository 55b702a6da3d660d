# SPDX-License-Identifier: MIT
# Takes the example programs out of a page or of README, and what they are said to print:
#     awk -f example.awk -v into=DIR FILE
# writes DIR/1.c, DIR/1.out and so on.  A program is a literal block that includes <sla/sla.h> or
# <sla/ical.h>; its output is the first block after a line that ends with "prints:" or says "prints",
# if there is one before the next program.  A block of a page is between .Bd -literal and .Ed, one of README has
# four blanks before each line.
function begin() { block = ""; inside = 1 }
function end() {
  inside = 0
  if (block ~ /#include <sla\/(sla|ical)\.h>/) {
    count++
    printf "%s", block > (into "/" count ".c")
    printed = 0
  } else if (printed && count) {
    printf "%s", block > (into "/" count ".out")
    printed = 0
  }
}
function plain(text) { # what mdoc shows for this line
  gsub(/\\&/, "", text)
  gsub(/\\\(aq/, "'", text)
  gsub(/\\\(dq/, "\"", text)
  gsub(/\\\(ti/, "~", text)
  gsub(/\\\(ha/, "^", text)
  gsub(/\\\(ga/, "`", text)
  gsub(/\\-/, "-", text)
  gsub(/\\(e|\(rs)/, "\\", text)
  return text
}
page && /^\.Sh / { section = $2 }
FNR == 1 && (/^\.\\"/ || /^\.Dd/) { page = 1 }
page && section != "EXAMPLES" { next }
page && /^\.Bd .*-literal/ { begin(); next }
page && /^\.Ed/ { if (inside) end(); next }
page && inside { block = block plain($0) "\n"; next }
!page && /^    / { if (!inside) begin(); block = block gap substr($0, 5) "\n"; gap = ""; next }
!page && inside && /^$/ { gap = gap "\n"; next }
!page && inside { gap = ""; end() }
/(^|[^a-z])prints/ { printed = 1 }
END { if (inside) end() }
