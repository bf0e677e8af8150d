package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
)

func main() {
	dir, err := os.MkdirTemp("", "x")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	_, err = os.CreateTemp(dir, "a/b*")
	fmt.Println(err)
	_, err = os.MkdirTemp(dir, "a*/b")
	fmt.Println(err)
	_, err = os.MkdirTemp(dir+"/none", "a")
	var p *fs.PathError
	fmt.Println(errors.As(err, &p), p.Op, p.Path == dir+"/none", errors.Is(err, fs.ErrNotExist))
	_, err = fs.Glob(os.DirFS(dir), string(make([]byte, 0))+"*"+deep())
	fmt.Println(err)
}

func deep() string {
	b := make([]byte, 10002)
	for i := range b {
		b[i] = '/'
	}
	return string(b)
}
