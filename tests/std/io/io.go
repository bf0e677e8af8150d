// Readers and writers built on others, pipes, and their errors.
package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
)

type onlyReader struct{ io.Reader }
type onlyWriter struct{ io.Writer }
type shortWriter struct{}

func (shortWriter) Write(p []byte) (int, error) { return len(p) / 2, nil }

func main() {
	r := strings.NewReader("some text to read")
	b := make([]byte, 4)
	n, err := io.ReadFull(r, b)
	fmt.Println(n, err, string(b))
	n, err = io.ReadAtLeast(r, make([]byte, 2), 4)
	fmt.Println(n, err)
	n, err = io.ReadAtLeast(r, make([]byte, 100), 50)
	fmt.Println(n, err)
	n, err = io.ReadFull(r, b)
	fmt.Println(n, err)
	var out bytes.Buffer
	k, err := io.Copy(&out, strings.NewReader("copied"))
	fmt.Println(k, err, out.String())
	k, err = io.Copy(onlyWriter{&out}, onlyReader{strings.NewReader(" plain")})
	fmt.Println(k, err, out.String())
	k, err = io.CopyN(&out, strings.NewReader("abcdef"), 3)
	fmt.Println(k, err)
	k, err = io.CopyN(&out, strings.NewReader("abc"), 5)
	fmt.Println(k, err, out.String())
	k, err = io.CopyBuffer(onlyWriter{&out}, onlyReader{strings.NewReader("123")}, make([]byte, 1))
	fmt.Println(k, err)
	k, err = io.Copy(shortWriter{}, onlyReader{strings.NewReader("123")})
	fmt.Println(k, err)
	n, err = io.WriteString(os.Stdout, "written\n")
	fmt.Println(n, err)
	all, err := io.ReadAll(io.MultiReader(strings.NewReader("a"), strings.NewReader(""), strings.NewReader("bc")))
	fmt.Println(string(all), err)
	var x, y bytes.Buffer
	n, err = io.MultiWriter(&x, &y).Write([]byte("both"))
	fmt.Println(n, err, x.String(), y.String())
	n, err = io.MultiWriter(shortWriter{}, &y).Write([]byte("both"))
	fmt.Println(n, err)
	all, err = io.ReadAll(io.TeeReader(strings.NewReader("tee"), &x))
	fmt.Println(string(all), err, x.String())
	l := &io.LimitedReader{R: strings.NewReader("limited"), N: 3}
	all, err = io.ReadAll(l)
	fmt.Println(string(all), err, l.N)
	s := io.NewSectionReader(strings.NewReader("0123456789"), 2, 5)
	all, err = io.ReadAll(s)
	fmt.Println(string(all), err, s.Size())
	fmt.Println(s.Seek(-2, io.SeekEnd))
	fmt.Println(s.Read(b))
	fmt.Println(s.ReadAt(b, 3))
	fmt.Println(s.ReadAt(b, 10))
	fmt.Println(s.Seek(-1, 0))
	fmt.Println(s.Seek(0, 9))
	fmt.Println(io.Discard.Write([]byte("abc")))
	fmt.Println(io.Copy(io.Discard, onlyReader{strings.NewReader("123")}))
	fmt.Println(io.NopCloser(strings.NewReader("")).Close())

	pr, pw := io.Pipe()
	go func() {
		fmt.Fprint(pw, "through the pipe")
		pw.CloseWithError(errors.New("writer is done"))
	}()
	all, err = io.ReadAll(pr)
	fmt.Println(string(all), err)
	_, err = pw.Write([]byte("x"))
	fmt.Println(err)
	pr, pw = io.Pipe()
	pr.CloseWithError(errors.New("reader is gone"))
	_, err = pw.Write([]byte("x"))
	fmt.Println(err)
	_, err = pr.Read(b)
	fmt.Println(err)
	pr, pw = io.Pipe()
	go pw.Close()
	fmt.Println(pr.Read(b))
	fmt.Println(io.EOF, io.ErrUnexpectedEOF, io.ErrShortBuffer, io.ErrShortWrite, io.ErrNoProgress, io.ErrClosedPipe)
}
