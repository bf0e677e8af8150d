package main

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"testing/fstest"
)

type broken struct{ fstest.MapFS }

func (b broken) Open(name string) (fs.File, error) { return b.MapFS.Open(strings.TrimPrefix(name, "/")) }

func main() {
	m := fstest.MapFS{
		"hello.txt":   {Data: []byte("hello, world")},
		"a/b/c.txt":   {Data: []byte("deep"), Mode: 0600},
		"a/b":         {Mode: fs.ModeDir | 0700},
		"empty":       {Mode: fs.ModeDir | 0755},
		"a/other.txt": {},
	}
	fmt.Println(fstest.TestFS(m, "hello.txt", "a/b/c.txt", "a", "empty"))
	err := fstest.TestFS(m, "missing")
	fmt.Println(err)
	fmt.Println(fstest.TestFS(m) != nil, fstest.TestFS(fstest.MapFS{}))
	fmt.Println(fstest.TestFS(broken{m}) != nil)
	fs.WalkDir(m, ".", func(path string, d fs.DirEntry, err error) error {
		fmt.Println(path, d.IsDir(), err)
		return nil
	})
	text, err := fs.ReadFile(m, "a/b/c.txt")
	fmt.Println(string(text), err)
	found, err := fs.Glob(m, "*/*.txt")
	fmt.Println(found, err)
	sub, _ := fs.Sub(m, "a")
	fmt.Println(fs.Stat(sub, "none"))
	f, _ := m.Open("hello.txt")
	f.(io.Seeker).Seek(-5, io.SeekEnd)
	rest, _ := io.ReadAll(f)
	fmt.Println(string(rest))
	_, err = m.Open("../x")
	fmt.Println(err)

	dir, _ := os.MkdirTemp("", "x")
	defer os.RemoveAll(dir)
	os.Mkdir(dir+"/d", 0755)
	os.WriteFile(dir+"/d/f", []byte("text"), 0644)
	fmt.Println(fstest.TestFS(os.DirFS(dir), "d/f"))
}
