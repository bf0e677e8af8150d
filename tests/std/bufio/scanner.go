// Scanner with every split function, own ones, limits and errors.
package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

type slow struct{ r io.Reader }

func (s slow) Read(p []byte) (int, error) {
	if len(p) > 1 {
		p = p[:1]
	}
	return s.r.Read(p)
}

func show(name string, r io.Reader, split bufio.SplitFunc) {
	s := bufio.NewScanner(r)
	s.Split(split)
	fmt.Printf("%s:", name)
	for s.Scan() {
		fmt.Printf(" %q", s.Text())
	}
	fmt.Println(" end", s.Err(), len(s.Bytes()), s.Scan())
}

func number(data []byte, atEOF bool) (int, []byte, error) {
	advance, token, err := bufio.ScanWords(data, atEOF)
	if err == nil && token != nil {
		_, err = strconv.ParseInt(string(token), 10, 32)
	}
	return advance, token, err
}

func untilStop(data []byte, atEOF bool) (int, []byte, error) {
	advance, token, err := bufio.ScanWords(data, atEOF)
	if string(token) == "stop" {
		return 0, []byte("(stop)"), bufio.ErrFinalToken
	}
	return advance, token, err
}

func comma(data []byte, atEOF bool) (int, []byte, error) {
	for i, c := range data {
		if c == ',' {
			return i + 1, data[:i], nil
		}
	}
	if !atEOF {
		return 0, nil, nil
	}
	return 0, data, bufio.ErrFinalToken
}

type bad struct{ n int }

func (b bad) Read(p []byte) (int, error) {
	if b.n == 0 {
		return 0, nil
	}
	return b.n, nil
}

type failing struct{ text string }

func (f *failing) Read(p []byte) (int, error) {
	if f.text == "" {
		return 0, errors.New("line dropped")
	}
	n := copy(p, f.text)
	f.text = f.text[n:]
	return n, nil
}

func limit(text string, buf []byte, max int) {
	s := bufio.NewScanner(strings.NewReader(text))
	s.Buffer(buf, max)
	n, longest := 0, 0
	for s.Scan() {
		n++
		if len(s.Text()) > longest {
			longest = len(s.Text())
		}
	}
	fmt.Println(n, longest, s.Err())
}

func recovered(f func()) {
	defer func() { fmt.Println("recovered:", recover()) }()
	f()
}

func main() {
	text := "one two\r\n\n  three\u2003four é€\n\nlast"
	show("lines", strings.NewReader(text), bufio.ScanLines)
	show("lines, slow", slow{strings.NewReader(text)}, bufio.ScanLines)
	show("lines, final", strings.NewReader("a\nb\n"), bufio.ScanLines)
	show("lines, none", strings.NewReader(""), bufio.ScanLines)
	show("words", strings.NewReader(text), bufio.ScanWords)
	show("words, slow", slow{strings.NewReader(text)}, bufio.ScanWords)
	show("words, blank", strings.NewReader(" \t\n"), bufio.ScanWords)
	show("runes", slow{strings.NewReader("a€\xff😀\xe2\x82")}, bufio.ScanRunes)
	show("bytes", strings.NewReader("a€"), bufio.ScanBytes)
	show("numbers", strings.NewReader("12 -7 x 5"), number)
	show("range", strings.NewReader("1234 5678 123456789012"), number)
	show("stop", strings.NewReader("a b stop c"), untilStop)
	show("comma", strings.NewReader("1,2,,4,"), comma)
	show("negative", strings.NewReader("abc"), func([]byte, bool) (int, []byte, error) { return -1, nil, nil })
	show("too far", strings.NewReader("abc"), func(d []byte, _ bool) (int, []byte, error) { return len(d) + 1, nil, nil })
	show("failing", &failing{"a b\nc"}, bufio.ScanLines)
	show("bad count", bad{-1}, bufio.ScanLines)
	show("large count", bad{1 << 20}, bufio.ScanLines)
	show("idle", bad{0}, bufio.ScanLines)

	long := strings.Repeat("x", 70000) + "\nshort\n"
	limit(long, nil, bufio.MaxScanTokenSize)
	limit(long, nil, 100000)
	limit(long, make([]byte, 0, 80000), 10)
	limit("12345678\n", make([]byte, 4), 8)
	limit("1234567\n", make([]byte, 4), 8)

	recovered(func() {
		s := bufio.NewScanner(strings.NewReader("abc"))
		s.Split(func(_ []byte, atEOF bool) (int, []byte, error) {
			if atEOF {
				return 0, []byte{}, nil
			}
			return 0, nil, nil
		})
		for s.Scan() {
		}
	})
	recovered(func() {
		s := bufio.NewScanner(strings.NewReader("abc"))
		s.Scan()
		s.Split(bufio.ScanWords)
	})
	recovered(func() {
		s := bufio.NewScanner(strings.NewReader("abc"))
		s.Scan()
		s.Buffer(nil, 0)
	})
}
