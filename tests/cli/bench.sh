#!/bin/sh
# The command that measures: what it writes, what it counts. (Its times are
# nobody's test.)
here=$(cd "$(dirname "$0")/../bench" && pwd)
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
bad=0
fail() { echo "$1"; bad=1; }

# Without peers, which take their time.
mkdir "$dir/bin"
python=$(python3 -c 'import sys; print(sys.executable)')
env PATH="$dir/bin" "$python" "$here/run" --csp "$CSP" --rounds 1 --json "$dir/f.json" --svg "$dir/f.svg" queens hello >"$dir/out" 2>&1 ||
    { cat "$dir/out"; fail "a run without peers failed"; }
python3 - "$dir/f.json" "$dir/f.svg" <<'X' || bad=1
import json, sys
from xml.dom import minidom
figures = json.load(open(sys.argv[1]))
names = [r['name'] for r in figures['rows']]
assert names == ['queens', 'hello, ms'], names
assert all(r['csp'] > 0 for r in figures['rows']), figures
assert len(figures['limits']) > 15 and all(v['met'] is None for v in figures['limits']), figures['limits']
assert minidom.parse(sys.argv[2]).documentElement.tagName == 'svg'
X

python3 "$here/run" --csp "$CSP" nonsense >"$dir/out" 2>&1
[ $? = 2 ] && grep -q 'no benchmark nonsense' "$dir/out" || fail "an unknown name is accepted"

# Sanitizers do not run under valgrind.
if command -v valgrind >"$dir/out" 2>&1 && valgrind -q "$CSP" version >"$dir/out" 2>&1; then
    python3 "$here/run" --csp "$CSP" --instructions --json "$dir/i.json" hello >"$dir/out" 2>&1 || fail "--instructions failed"
    python3 "$here/run" --csp "$CSP" --instructions --against "$dir/i.json" hello >"$dir/out" 2>&1 || fail "--against failed"
    grep -Eq '^hello  *[1-9][0-9]*,[0-9]{3}(,[0-9]{3})? [-+][01][.][0-9] %$' "$dir/out" || { cat "$dir/out"; fail "no count, or not the same twice"; }
fi
exit $bad
