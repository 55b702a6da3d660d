# SPDX-License-Identifier: MIT
# The raw declarations of the bindings are those that the headers give, and a declaration that the
# generator does not understand is an error with its line.
. tests/tree/support/begin.sh
python=$(command -v python3) || {
  skip 'no python3: the raw declarations are not generated again'
  end
}
PYTHONDONTWRITEBYTECODE=1
export PYTHONDONTWRITEBYTECODE

"$python" examples/bindings/generate.py "$scratch" || fault 'the generator fails'
for file in examples/python/sla/_raw.py examples/ruby/lib/sla/raw.rb; do
  diff -u "$file" "$scratch/$file" >"$scratch/diff" ||
    { head -n 20 "$scratch/diff"; fault "$file is not what generate.py writes"; }
done
"$python" tests/bindings/strict.py include/sla/sla.h || fault 'the generator is not strict'

# Nothing is missing: every function and every enumerator is in both.
: >"$scratch/api"
: >"$scratch/numbers"
for header in include/sla/*.h; do
  api >>"$scratch/api"
  code_of "$header" | grep -oE '\<SLA_[A-Z0-9_]+ = ' | sed 's/^SLA_//' >>"$scratch/numbers"
done
while read -r name; do
  grep -q "\"$name\"" examples/python/sla/_raw.py || fault "_raw.py has no $name"
  grep -qw "$name:" examples/ruby/lib/sla/raw.rb || fault "raw.rb has no $name"
done <"$scratch/api"
while read -r name; do
  grep -q "^    $name" examples/ruby/lib/sla/raw.rb || fault "raw.rb has no $name"
done <"$scratch/numbers"
say "$(wc -l <"$scratch/api") functions, $(wc -l <"$scratch/numbers") enumerators"
end
