// Names with a zero byte are refused, directories are not put in place of each
// other, and a file is no directory.
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

func main() {
	dir, _ := os.MkdirTemp("", "names")
	defer os.RemoveAll(dir)
	at := func(s string) string { return filepath.Join(dir, s) }
	short := func(err error) string { return strings.ReplaceAll(fmt.Sprint(err), dir, "DIR") }

	_, err := os.Create(at("a") + "\x00b")
	fmt.Printf("%q\n", short(err))
	fmt.Println(os.Setenv("k", "a\x00"))
	os.Mkdir(at("one"), 0700)
	os.Mkdir(at("two"), 0700)
	fmt.Println(short(os.Rename(at("one"), at("two"))), short(os.Rename(at("one"), at("three"))))
	_, err = os.MkdirTemp(at("missing"), "x")
	fmt.Println(short(err))
	var f *os.File
	_, err = f.ReadDir(1)
	fmt.Println(err)

	os.WriteFile(at("file"), nil, 0600)
	for _, s := range []string{"/", "//", "/.", "/..", ""} {
		p, err := filepath.EvalSymlinks(at("file") + s)
		fmt.Println(p != "", err)
	}
	_, err = filepath.Glob("/*" + strings.Repeat("/", 10001))
	fmt.Println(err)
}
