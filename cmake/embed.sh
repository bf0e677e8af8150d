#!/bin/sh
# embed.sh OUT ROOT FILE...: writes OUT, the table stdlib_sources[] of
# stdlib/stdlib.h. A file ROOT/a/b/c.csp is one of the package "a/b".
set -eu
out=$1
root=$2
shift 2
tmp=$out.tmp
{
    echo '// Written by cmake/embed.sh.'
    echo '#include "stdlib/stdlib.h"'
    n=0
    for file; do
        echo
        echo "static const char text_${n}[] ="
        sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/	/\\t/g' -e 's/^/"/' -e 's/$/\\n"/' "$root/$file"
        echo '    "";'
        n=$((n + 1))
    done
    echo
    echo 'const StdlibSource stdlib_sources[] = {'
    n=0
    for file; do
        echo "    {\"${file%/*}\", \"$file\", text_$n, sizeof text_$n - 1},"
        n=$((n + 1))
    done
    echo '    {NULL, NULL, NULL, 0},'
    echo '};'
} >"$tmp"
mv "$tmp" "$out"
