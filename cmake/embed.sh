#!/bin/sh
# embed.sh OUT ROOT FILE...: writes OUT, the table stdlib_sources[] of
# stdlib/stdlib.h. A file ROOT/a/b/b.csp becomes the package "a/b": a package
# is read whole in one file, so two files in one folder are an error.
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
    seen=' '
    for file; do
        package=${file%/*}
        case $seen in
        *" $package "*)
            echo "embed.sh: $package: more than one source file" >&2
            exit 1
            ;;
        esac
        seen="$seen$package "
        echo "    {\"$package\", text_$n, sizeof text_$n - 1},"
        n=$((n + 1))
    done
    echo '    {NULL, NULL, 0},'
    echo '};'
} >"$tmp"
mv "$tmp" "$out"
