// path and path/filepath.
package main

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
)

func main() {
	for _, p := range []string{"", ".", "/", "//", "a", "a/", "/a", "a/b", "a//b/./c/..", "../a", "../../a/../b", "/../a", "a/../..", "/a/b/../../..", "./a", "a/b.txt", ".hidden", "a.b/c", "a.tar.gz", "/a/b/", "..", "é/ü.x"} {
		d, f := path.Split(p)
		fmt.Printf("%q: %q %q %q %q %q %q %v | %q %q %q\n", p, path.Clean(p), d, f, path.Ext(p), path.Base(p), path.Dir(p), path.IsAbs(p), filepath.Clean(p), filepath.Base(p), filepath.Dir(p))
	}
	fmt.Println(path.Join(), path.Join("", ""), path.Join("a", "", "b", "../c"), path.Join("/", "a"), path.Join("a/", "/b"))
	for _, m := range [][2]string{{"abc", "abc"}, {"*", "abc"}, {"*c", "abc"}, {"a*", "a"}, {"a*", "ab/c"}, {"a*/b", "abc/b"}, {"a*b*c*d*e*/f", "axbxcxdxe/f"}, {"a*b?c*x", "abxbbxdbxebxczzx"}, {"a*b?c*x", "abxbbxdbxebxczzy"}, {"ab[c]", "abc"}, {"ab[b-d]", "abc"}, {"ab[e-g]", "abc"}, {"ab[^c]", "abc"}, {"ab[^b-d]", "abc"}, {"a\\*b", "a*b"}, {"a?b", "a☺b"}, {"a[^a]b", "a☺b"}, {"a???b", "a☺b"}, {"[a-ζ]*", "α"}, {"*[a-ζ]", "A"}, {"a?b", "a/b"}, {"a*b", "a/b"}, {"[\\]a]", "]"}, {"[\\-]", "-"}, {"[x\\-]", "z"}, {"[]a]", "]"}, {"[-]", "-"}, {"[x-]", "x"}, {"[a-b-c]", "a"}, {"[", "a"}, {"[^", "a"}, {"[^bc", "a"}, {"a[", "a"}, {"a[", "ab"}, {"*x", "xxx"}, {"", ""}, {"", "a"}, {"**", "ab"}, {"a\\", "a"}, {"[a-", "b"}, {"x[", "y"}, {"*a[", "b"}, {"[^a]", ""}, {"[!a]*", "!a"}} {
		ok, err := path.Match(m[0], m[1])
		ok2, err2 := filepath.Match(m[0], m[1])
		fmt.Println(m, ok, err, ok2, err2)
	}
	for _, r := range [][2]string{{"a/b", "a/b/c"}, {"a/b", "a"}, {"a", "b"}, {"/a/b", "/a/c/d"}, {"a", "/a"}, {"../a", "b"}, {".", "a"}, {"a", "."}, {"", "a"}, {"/", "/a"}, {"a/b/c", "a/x"}, {"/a", "/a"}, {"..", "."}, {"..", "../a"}} {
		s, err := filepath.Rel(r[0], r[1])
		fmt.Println(r, s, err)
	}
	fmt.Printf("%q %q %q\n", filepath.SplitList("/a:/b::c"), filepath.SplitList(""), filepath.VolumeName("/a"))
	fmt.Println(filepath.ToSlash("a/b"), filepath.FromSlash("a/b"), filepath.Join("a", "b"), filepath.Ext("x.go"), filepath.IsAbs("/"), string(filepath.Separator))

	dir, err := os.MkdirTemp("", "csp-path-*")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	for _, f := range []string{"b/c/d.txt", "b/e.txt", "a.txt", "z/y.go", "b/c/f.go"} {
		full := filepath.Join(dir, f)
		os.MkdirAll(filepath.Dir(full), 0755)
		os.WriteFile(full, []byte(f), 0600)
	}
	os.Symlink("b/c", filepath.Join(dir, "link"))
	cut := func(s string) string { return strings.TrimPrefix(strings.ReplaceAll(s, dir, "DIR"), "/") }
	filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		fmt.Print(cut(p), " ", d.IsDir(), d.Type()&fs.ModeSymlink != 0, err, "; ")
		if d.Name() == "c" {
			return filepath.SkipDir
		}
		return nil
	})
	fmt.Println()
	filepath.Walk(dir, func(p string, info fs.FileInfo, err error) error {
		fmt.Print(cut(p), " ", info.IsDir(), info.Mode().Perm() == 0600, err, "; ")
		if info.Name() == "e.txt" {
			return filepath.SkipDir
		}
		return nil
	})
	fmt.Println()
	fmt.Println(filepath.WalkDir(filepath.Join(dir, "none"), func(p string, d fs.DirEntry, err error) error { fmt.Println(cut(p), d == nil, err != nil); return nil }))
	for _, g := range []string{"*", "*.txt", "b/*/*.go", "*/*.txt", "none*", "[", "b/c/d.txt", "b/none"} {
		list, err := filepath.Glob(filepath.Join(dir, g))
		for i := range list {
			list[i] = cut(list[i])
		}
		fmt.Println(g, list, err)
	}
	real, err := filepath.EvalSymlinks(filepath.Join(dir, "link/./d.txt"))
	fmt.Println(strings.HasSuffix(real, "/b/c/d.txt"), err)
	fsys := os.DirFS(dir)
	data, err := fs.ReadFile(fsys, "b/e.txt")
	fmt.Println(string(data), err)
	names, err := fs.Glob(fsys, "*/*.txt")
	fmt.Println(names, err)
	sub, err := fs.Sub(fsys, "b")
	fmt.Println(err)
	fs.WalkDir(sub, ".", func(p string, d fs.DirEntry, err error) error { fmt.Print(p, " ", d.Name(), err, "; "); return nil })
	info, err := fs.Stat(fsys, "a.txt")
	fmt.Println(info.Name(), info.Size(), info.Mode(), err)
	for _, v := range []string{"", ".", "a/b", "/a", "a/", "a//b", "./a", "a/..", "\xff"} {
		fmt.Print(fs.ValidPath(v), " ")
	}
	fmt.Println(fs.FileMode(0755|fs.ModeDir), fs.FileMode(0644), fs.ModeSymlink|0777, fs.ModeSetuid|fs.ModeSticky|0711)
}
