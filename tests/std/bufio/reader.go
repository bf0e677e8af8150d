// Reads of all kinds through small buffers, from readers that give one byte,
// half of what is wanted, nothing for a while, or an error.
package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
)

type slow struct{ r io.Reader } // one byte at a time

func (s slow) Read(p []byte) (int, error) {
	if len(p) > 1 {
		p = p[:1]
	}
	return s.r.Read(p)
}

type idle struct{ left int } // gives nothing, left times

func (i *idle) Read(p []byte) (int, error) {
	if i.left--; i.left >= 0 {
		return 0, nil
	}
	p[0] = 'x'
	return 1, nil
}

type failing struct{ text string } // gives the text together with an error

func (f *failing) Read(p []byte) (int, error) {
	n := copy(p, f.text)
	f.text = f.text[n:]
	if f.text == "" {
		return n, errors.New("broken")
	}
	return n, nil
}

type negative struct{}

func (negative) Read(p []byte) (int, error) { return -1, nil }

func runes() {
	r := bufio.NewReaderSize(slow{strings.NewReader("a€😀\xff\xe2\x82z")}, 16)
	for {
		c, size, err := r.ReadRune()
		if err != nil {
			fmt.Println(err, r.UnreadRune())
			break
		}
		fmt.Printf("%q %d, ", c, size)
		if c == '€' {
			fmt.Println(r.UnreadRune(), r.UnreadRune(), r.UnreadByte())
			c, size, _ = r.ReadRune()
			fmt.Printf("again %q %d, ", c, size)
		}
	}
}

func bytesAndPeek() {
	r := bufio.NewReaderSize(strings.NewReader("0123456789abcdefghijklmnop"), 16)
	fmt.Println(r.UnreadByte(), r.Size(), r.Buffered())
	p, err := r.Peek(3)
	fmt.Printf("%s %v %d\n", p, err, r.Buffered())
	p, err = r.Peek(17)
	fmt.Printf("%s %v\n", p, err)
	_, err = r.Peek(-1)
	fmt.Println(err)
	c, _ := r.ReadByte()
	fmt.Printf("%c %v %v\n", c, r.UnreadByte(), r.UnreadByte())
	n, err := r.Discard(20)
	fmt.Println(n, err)
	n, err = r.Discard(-1)
	fmt.Println(n, err)
	p, err = r.Peek(10)
	fmt.Printf("%s %v\n", p, err)
	n, err = r.Discard(10)
	fmt.Println(n, err)
	_, err = r.ReadByte()
	fmt.Println(err)
	r.Reset(strings.NewReader("reset"))
	rest, err := io.ReadAll(r)
	fmt.Printf("%s %v\n", rest, err)
}

func lines() {
	text := "one\ntwo\r\nlonger than sixteen bytes\r\n\n0123456789abcde\r\nlast"
	r := bufio.NewReaderSize(strings.NewReader(text), 16)
	for {
		line, prefix, err := r.ReadLine()
		if err != nil {
			fmt.Println(line == nil, err)
			break
		}
		fmt.Printf("%q %v\n", line, prefix)
	}
	r.Reset(slow{strings.NewReader(text)})
	for {
		s, err := r.ReadString('\n')
		fmt.Printf("%q %v\n", s, err)
		if err != nil {
			break
		}
	}
	r.Reset(strings.NewReader(text))
	for {
		s, err := r.ReadBytes('\n')
		fmt.Printf("%q %v\n", s, err)
		if err != nil {
			break
		}
	}
	r.Reset(strings.NewReader(text))
	for i := 0; i < 5; i++ {
		s, err := r.ReadSlice('\n')
		fmt.Printf("%q %v\n", s, err)
	}
}

func errs() {
	r := bufio.NewReader(&idle{50})
	c, err := r.ReadByte()
	fmt.Printf("%c %v\n", c, err)
	r = bufio.NewReader(&idle{500})
	_, err = r.ReadByte()
	fmt.Println(err)
	r = bufio.NewReader(&failing{"hello"})
	s, err := r.ReadString('!')
	fmt.Printf("%q %v\n", s, err)
	r = bufio.NewReader(&failing{"hello"})
	b := make([]byte, 3)
	for i := 0; i < 4; i++ {
		n, err := r.Read(b)
		fmt.Printf("%q %v\n", b[:n], err)
	}
	n, err := r.Read(nil)
	fmt.Println(n, err)
	defer func() { fmt.Println("recovered:", recover()) }()
	bufio.NewReader(negative{}).ReadByte()
}

func copying() {
	r := bufio.NewReaderSize(slow{strings.NewReader("0123456789abcdefghijklmnop")}, 16)
	r.ReadByte()
	var b bytes.Buffer
	n, err := r.WriteTo(&b)
	fmt.Println(n, err, b.String())
	same := bufio.NewReaderSize(r, 10)
	fmt.Println(same == r, bufio.NewReaderSize(r, 17) == r, bufio.NewReader(nil).Size())
	big := make([]byte, 64)
	r.Reset(strings.NewReader("directly into the large slice"))
	k, err := r.Read(big)
	fmt.Println(k, err, r.UnreadByte(), r.Buffered())
	c, _ := r.ReadByte()
	fmt.Printf("%c\n", c)
}

func main() {
	runes()
	bytesAndPeek()
	lines()
	errs()
	copying()
}
