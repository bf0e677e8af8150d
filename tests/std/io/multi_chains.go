package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
)

type onlyReader struct{ io.Reader }

// told counts how a writer is written to.
type told struct {
	bytes.Buffer
	texts int
}

func (t *told) WriteString(s string) (int, error) {
	t.texts++
	return t.Buffer.WriteString(s)
}

type short struct{}

func (short) Write(p []byte) (int, error) { return len(p) / 2, nil }

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, errors.New("broken") }

func main() {
	// a chain of readers goes on where another one of the list stopped
	list := io.MultiReader(strings.NewReader("123"), strings.NewReader("45678"))
	buf := make([]byte, 4)
	fmt.Println(io.ReadFull(io.MultiReader(list), buf))
	fmt.Println(io.ReadFull(list, buf))
	fmt.Println(string(buf))

	r := io.MultiReader(strings.NewReader("a"), io.MultiReader(onlyReader{strings.NewReader("b")}, broken{}), strings.NewReader("c"))
	var b bytes.Buffer
	n, err := r.(io.WriterTo).WriteTo(&b)
	fmt.Println(n, err, b.String())
	_, ok := io.NopCloser(strings.NewReader("x")).(io.WriterTo)
	_, not := io.NopCloser(onlyReader{strings.NewReader("x")}).(io.WriterTo)
	fmt.Println(ok, not)

	var t told
	w := io.MultiWriter(&t, io.MultiWriter(&b, &t))
	n2, err := io.WriteString(w, "text")
	fmt.Println(n2, err, t.texts, t.String(), b.String())
	fmt.Println(io.WriteString(io.MultiWriter(&b, short{}), "four"))
}
