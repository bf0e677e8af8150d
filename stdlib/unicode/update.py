#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# update.py: writes ranges.def from the files of the Unicode Character Database.
# Usage: update.py DIRECTORY > ranges.def   (Debian: package unicode-data)
# With a second argument "decls" it prints the declarations of the tables for
# unicode.csp instead.
import sys
from collections import defaultdict

root = sys.argv[1]
MAX = 0x110000
CATEGORIES = "Cc Cf Co Cs Ll Lm Lo Lt Lu Mc Me Mn Nd Nl No Pc Pd Pe Pf Pi Po Ps Sc Sk Sm So Zl Zp Zs".split()


def read_unicode_data():
    cats, upper, lower, title = {}, {}, {}, {}
    first = None
    for line in open(root + "/UnicodeData.txt"):
        f = line.rstrip("\n").split(";")
        code = int(f[0], 16)
        if f[1].endswith("First>"):
            first = code
            continue
        for c in range(first if first is not None else code, code + 1):
            cats[c] = f[2]
        first = None
        if f[12]: upper[code] = int(f[12], 16)
        if f[13]: lower[code] = int(f[13], 16)
        if f[14]: title[code] = int(f[14], 16)
        elif f[12]: title[code] = int(f[12], 16)
    return cats, upper, lower, title


def read_sets(name):
    sets = defaultdict(set)
    for line in open(root + "/" + name):
        line = line.split("#")[0].strip()
        if not line: continue
        codes, prop = [x.strip() for x in line.split(";")]
        lo, _, hi = codes.partition("..")
        sets[prop].update(range(int(lo, 16), int(hi or lo, 16) + 1))
    return sets


def orbits():
    group = defaultdict(set)
    for line in open(root + "/CaseFolding.txt"):
        line = line.split("#")[0].strip()
        if not line: continue
        f = [x.strip() for x in line.split(";")]
        if f[1] in "CS":
            target = int(f[2], 16)
            group[target] |= {target, int(f[0], 16)}
    return [sorted(g) for g in group.values()]


def ranges(codes):
    """Runs (lo, hi, stride) that give exactly the sorted codes."""
    out, i, n = [], 0, len(codes)
    while i < n:
        best = 1
        if i + 1 < n:
            step = codes[i + 1] - codes[i]
            best = 2
            while i + best < n and codes[i + best] - codes[i + best - 1] == step: best += 1
            if step > 1:
                # Do not take the head of a run of neighbours.
                if i + best < n and codes[i + best] - codes[i + best - 1] == 1: best -= 1
                if best < 3: best = 1
        if best == 1: out.append((codes[i], codes[i], 1))
        else: out.append((codes[i], codes[i + best - 1], step))
        i += best
    return out


cats, upper, lower, title = read_unicode_data()
sets = {}
for c in CATEGORIES: sets[c] = {k for k, v in cats.items() if v == c}
for major in "CLMNPSZ": sets[major] = {k for k, v in cats.items() if v[0] == major}
scripts, props, folds = read_sets("Scripts.txt"), read_sets("PropList.txt"), orbits()
categories = sorted(sets)
tables = {**sets, **scripts, **props}


def folding_into(codes):
    return {c for g in folds for c in g if c not in codes and any(x in codes for x in g)}


fold_cat = {"fold_" + c: folding_into(sets[c]) for c in "L Ll Lt Lu M Mn".split()}
fold_script = {"fold_" + s: folding_into(scripts[s]) for s in "Common Greek Inherited".split()}
tables.update(fold_cat)
tables.update(fold_script)

if len(sys.argv) > 2:
    print("// Tables of scripts.\nvar (")
    for s in sorted(scripts): print("\t%s = table(\"%s\")" % (s, s))
    print(")\n\n// Tables of properties.\nvar (")
    for s in sorted(props): print("\t%s = table(\"%s\")" % (s, s))
    print(")\n")
    for name, doc, keys in (("Categories", "the Unicode category tables", categories), ("Scripts", "the Unicode script tables", sorted(scripts)), ("Properties", "the Unicode property tables", sorted(props))):
        print("// %s holds %s by name.\nvar %s = map[string]*RangeTable{" % (name, doc, name))
        for k in keys: print("\t\"%s\": %s," % (k, k))
        print("}\n")
    sys.exit()

print("""// SPDX-License-Identifier: MIT
// ranges.def: the Unicode character database, version 15.0.0, as far as package
// unicode needs it. Made by update.py from the database's files.
//   TABLE(name, latin, R16(...), R32(...))  sorted by name; a range is lo, hi, stride;
//                                           latin: how many 16-bit ranges end by U+00FF
//   CASE(lo, hi, upper, lower, title)       what to add to a code; ALT: upper and lower alternate
//   FOLD(from, to)                          next code of a folding orbit that CASE does not give""")
for name in sorted(tables):
    codes = sorted(tables[name])
    low = ranges([c for c in codes if c < 0x10000])
    high = ranges([c for c in codes if c >= 0x10000])
    latin = sum(1 for r in low if r[1] <= 0xff)
    text = lambda rs: " ".join("R(%#x,%#x,%d)" % r for r in rs)
    print("TABLE(%s, %d,\n  R16(%s),\n  R32(%s))" % (name, latin, text(low), text(high)))

cased = sorted(set(upper) | set(lower) | set(title))
deltas = lambda c: (upper.get(c, c) - c, lower.get(c, c) - c, title.get(c, c) - c)
i, rows = 0, []
while i < len(cased):
    c, d = cased[i], deltas(cased[i])
    j = i
    # upper and lower letters in turn: even offset upper, odd offset lower
    while j + 1 < len(cased) and cased[j] == c + (j - i) and deltas(cased[j]) == (0, 1, 0) and cased[j + 1] == cased[j] + 1 and deltas(cased[j + 1]) == (-1, 0, -1) and (j - i) % 2 == 0:
        j += 2
        if j >= len(cased): break
    if j > i:
        rows.append("CASE(%#x, %#x, ALT, ALT, ALT)" % (c, cased[j - 1]))
        i = j
        continue
    while j + 1 < len(cased) and cased[j + 1] == cased[j] + 1 and deltas(cased[j + 1]) == d: j += 1
    rows.append("CASE(%#x, %#x, %d, %d, %d)" % ((c, cased[j]) + d))
    i = j + 1
print("\n".join(rows))
for g in sorted(folds):
    for i, c in enumerate(g):
        nxt = g[(i + 1) % len(g)]
        simple = lower.get(c, c)
        if simple == c: simple = upper.get(c, c)
        if simple != nxt: fold_cat.setdefault("pairs", {})[c] = nxt
inorbit = {c for g in folds for c in g}
for c in cased:  # cased codes that fold to nothing else stay alone
    if c not in inorbit: fold_cat.setdefault("pairs", {})[c] = c
for c, nxt in sorted(fold_cat["pairs"].items()): print("FOLD(%#x, %#x)" % (c, nxt))
