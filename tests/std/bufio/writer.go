// Writes of all kinds through small buffers, to writers that take too little
// or fail.
package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
)

type log struct{ calls []string }

func (l *log) Write(p []byte) (int, error) {
	l.calls = append(l.calls, string(p))
	return len(p), nil
}

type short struct{ take int }

func (s *short) Write(p []byte) (int, error) { return min(s.take, len(p)), nil }

func min(a, b int) int {
	if a < b {
		return a
	}
	return b
}

type broken struct{ take int }

func (b *broken) Write(p []byte) (int, error) { return min(b.take, len(p)), errors.New("disk full") }

func main() {
	var l log
	w := bufio.NewWriterSize(&l, 8)
	fmt.Println(w.Size(), w.Available(), w.Buffered())
	w.WriteString("abc")
	w.WriteByte('d')
	n, err := w.WriteRune('€')
	fmt.Println(n, err, w.Available(), w.Buffered())
	w.WriteRune('é')
	w.Write([]byte("0123456789012345678901"))
	w.WriteString("s0123456789012345678901")
	w.WriteRune(-1)
	b := append(w.AvailableBuffer(), "xy"...)
	w.Write(b)
	fmt.Println(w.Flush(), w.Flush(), w.Buffered())
	fmt.Printf("%q\n", l.calls)

	l.calls = nil
	k, err := w.ReadFrom(strings.NewReader("read from a reader, longer than the buffer"))
	fmt.Println(k, err, w.Buffered())
	w.Flush()
	fmt.Printf("%q\n", l.calls)

	var buf bytes.Buffer
	w.Reset(&buf)
	w.WriteString(">")
	k, err = w.ReadFrom(strings.NewReader("below takes it directly"))
	fmt.Println(k, err, buf.String())

	w = bufio.NewWriterSize(&short{3}, 8)
	n, err = w.Write([]byte("0123456789"))
	fmt.Println(n, err)
	n, err = w.WriteString("more")
	fmt.Println(n, err, w.Flush(), w.Buffered())
	n, err = w.WriteRune('x')
	fmt.Println(n, err, w.WriteByte('x'))

	w = bufio.NewWriterSize(&broken{2}, 8)
	fmt.Println(w.WriteByte('a'), w.Flush())
	w.Reset(&broken{2})
	w.WriteString("0123456")
	fmt.Println(w.Flush(), w.Buffered(), w.Available())
	w.Reset(&buf)
	fmt.Println(w.Flush(), w.Buffered())

	w = bufio.NewWriterSize(&buf, 0)
	fmt.Println(w.Size(), bufio.NewWriterSize(w, 100) == w, bufio.NewWriter(w) == w, bufio.NewWriterSize(w, 5000) == w)

	l.calls = nil
	tiny := bufio.NewWriterSize(&l, 2)
	n, err = tiny.WriteRune('😀')
	fmt.Println(n, err)
	tiny.Flush()
	fmt.Printf("%q\n", l.calls)

	rw := bufio.NewReadWriter(bufio.NewReader(strings.NewReader("question\n")), bufio.NewWriter(&buf))
	s, err := rw.ReadString('\n')
	fmt.Printf("%q %v\n", s, err)
	buf.Reset()
	fmt.Fprintf(rw, "answer %d", 42)
	fmt.Println(buf.Len(), rw.Flush(), buf.String())
	var _ io.ReadWriter = rw
}
