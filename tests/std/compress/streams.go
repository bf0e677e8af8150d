package main

import (
	"bufio"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
)

var text = []byte(strings.Repeat("a text that repeats itself, again and again; ", 3000))

func check(name string, got []byte, err error) {
	fmt.Println(name, bytes.Equal(got, text), err)
}

func flates() {
	for level := -2; level <= 9; level++ {
		var b bytes.Buffer
		w, err := flate.NewWriter(&b, level)
		for i := 0; i < len(text); i += 1000 {
			w.Write(text[i : i+1000])
		}
		fmt.Println(err, w.Close(), w.Close(), b.Len() < len(text))
		_, err = w.Write([]byte("x"))
		fmt.Println(err != nil)
		b.WriteString("rest")
		r := flate.NewReader(&b)
		got, err := io.ReadAll(r)
		check("flate", got, err)
		fmt.Println(b.String(), r.Close())
	}
	_, err := flate.NewWriter(nil, 10)
	fmt.Println(err)
	_, err = flate.NewWriter(nil, -3)
	fmt.Println(err)
	var b bytes.Buffer
	w, _ := flate.NewWriterDict(&b, 6, text[:500])
	w.Write(text)
	w.Flush()
	w.Close()
	data := b.Bytes()
	got, err := io.ReadAll(flate.NewReaderDict(bytes.NewReader(data), text[:500]))
	check("dict", got, err)
	_, err = io.ReadAll(flate.NewReader(bytes.NewReader(data[:len(data)/2])))
	fmt.Println(err != nil)
	_, err = io.ReadAll(flate.NewReader(strings.NewReader("\xff\xff\xff")))
	_, corrupt := err.(flate.CorruptInputError)
	fmt.Println(corrupt, flate.CorruptInputError(3), flate.InternalError("x"))
	_, err = io.ReadAll(flate.NewReader(strings.NewReader("")))
	fmt.Println(err)
	var c bytes.Buffer
	w.Reset(&c)
	w.Write(text)
	w.Close()
	fmt.Println(c.Len() > 0)
	r := flate.NewReaderDict(&c, text[:500])
	got, err = io.ReadAll(r)
	check("reset", got, err)
	w2, _ := flate.NewWriter(&c, 1)
	w2.Write(text)
	w2.Close()
	r.(flate.Resetter).Reset(&c, nil)
	got, err = io.ReadAll(slow{r})
	check("reset reader", got, err)
}

// slow reads a byte at once.
type slow struct{ r io.Reader }

func (s slow) Read(p []byte) (int, error) { return s.r.Read(p[:1]) }

type failing struct{}

func (failing) Write(p []byte) (int, error) { return 0, errors.New("no room") }

// behind reads a stream from each kind of reader and says what is left.
func behind() {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	w.Write(text)
	w.Close()
	data := append(b.Bytes(), "rest"...)
	readers := []io.Reader{
		bytes.NewBuffer(data), bytes.NewReader(data), strings.NewReader(string(data)),
		bufio.NewReader(slow{bytes.NewReader(data)}), bufio.NewReaderSize(bytes.NewReader(data), 20),
	}
	for _, r := range readers {
		z, err := zlib.NewReader(r)
		got, err2 := io.ReadAll(z)
		rest, _ := io.ReadAll(r)
		check(fmt.Sprintf("%T %v %q", r, err, rest), got, err2)
	}
}

func flush() {
	r, w := io.Pipe()
	go func() {
		z := zlib.NewWriter(w)
		for i := range [3]int{} {
			fmt.Fprintf(z, "part %d", i)
			z.Flush()
		}
		z.Close()
		w.Close()
	}()
	z, err := zlib.NewReader(r)
	part := make([]byte, 6)
	for err == nil {
		if _, err = io.ReadFull(z, part); err == nil {
			fmt.Printf("%s\n", part)
		}
	}
	fmt.Println(err)
}

func zlibs() {
	for level := -2; level <= 9; level++ {
		var b bytes.Buffer
		w, err := zlib.NewWriterLevelDict(&b, level, text[:9])
		fmt.Println(err)
		w.Write(text)
		w.Close()
		fmt.Printf("%x\n", b.Bytes()[:6])
		_, err = zlib.NewReader(bytes.NewReader(b.Bytes()))
		fmt.Println(err)
		r, err := zlib.NewReaderDict(&b, text[:9])
		got, err := io.ReadAll(r)
		check("zlib", got, err)
	}
	_, err := zlib.NewWriterLevel(nil, 33)
	fmt.Println(err)
	for _, s := range []string{"", "x", "xx", "\x78\x9c", "\x78\x9c\x03\x00\x00\x00\x00\x01", "\x78\x9c\x03\x00\x00\x00\x00\x02", "\x78\x9c\x03\x00\x00"} {
		r, err := zlib.NewReader(strings.NewReader(s))
		fmt.Println(err)
		if err == nil {
			_, err = io.ReadAll(r)
			fmt.Println(err, r.Close())
		}
	}
	w := zlib.NewWriter(failing{})
	fmt.Println(w.Write(text))
	fmt.Println(w.Close())
}

func gzips() {
	var b bytes.Buffer
	w, _ := gzip.NewWriterLevel(&b, 9)
	w.Name, w.Comment, w.Extra, w.ModTime = "näme", "a comment", []byte("extra"), time.Unix(1e9, 0)
	w.Write(text)
	w.Close()
	w.Reset(&b)
	w.Name = "second"
	w.Write([]byte("more"))
	w.Close()
	data := b.Bytes()
	fmt.Printf("%q\n", data[:32])

	r, err := gzip.NewReader(bytes.NewReader(data))
	fmt.Println(err, r.Name, r.Comment, string(r.Extra), r.ModTime.Unix(), r.OS)
	got, err := io.ReadAll(r)
	fmt.Println(len(got), err, r.Name, r.Close())

	br := bytes.NewReader(data)
	r.Reset(br)
	r.Multistream(false)
	got, err = io.ReadAll(r)
	check(r.Name, got, err)
	fmt.Println(r.Reset(br), r.Name)
	r.Multistream(false)
	got, err = io.ReadAll(r)
	fmt.Println(string(got), err, r.Reset(br))

	data[len(data)-5]++
	r, _ = gzip.NewReader(bytes.NewReader(data))
	_, err = io.ReadAll(r)
	fmt.Println(err, err == gzip.ErrChecksum)
	for _, s := range []string{"", "abc", "not a gzip file", string(data[:20])} {
		_, err = gzip.NewReader(strings.NewReader(s))
		fmt.Println(err)
	}
	w.Reset(&b)
	w.Name = "世"
	_, err = w.Write(text)
	fmt.Println(err)
	_, err = gzip.NewWriterLevel(nil, -3)
	fmt.Println(err)
}

func main() {
	flates()
	behind()
	flush()
	zlibs()
	gzips()
}
