// All functions of bytes, Buffer and Reader.
package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode"
)

func recovered(name string, f func()) {
	defer func() { fmt.Println(name, "panics:", recover()) }()
	f()
}

func main() {
	texts := []string{"", "a", "chicken", "héllo wörld", "aaaa", "日本語日本", "a\xffb\xe2\x82c", "  go gopher\t\n"}
	subs := []string{"", "a", "ken", "ö", "aa", "本", "\xff", "go", "zzz"}
	for _, x := range texts {
		s := []byte(x)
		for _, y := range subs {
			t := []byte(y)
			fmt.Print(bytes.Index(s, t), bytes.LastIndex(s, t), bytes.Count(s, t), bytes.Contains(s, t), bytes.HasPrefix(s, t), bytes.HasSuffix(s, t), bytes.IndexAny(s, y), bytes.LastIndexAny(s, y), bytes.ContainsAny(s, y), bytes.Compare(s, t), bytes.Equal(s, t), bytes.EqualFold(s, t))
			before, after, found := bytes.Cut(s, t)
			fmt.Printf(" %q %q %v %q %q %q %q;", before, after, found, bytes.SplitN(s, []byte("o"), 2), bytes.Replace(s, t, []byte("<>"), 2), bytes.ReplaceAll(s, t, nil), bytes.TrimPrefix(bytes.TrimSuffix(s, t), t))
			if y != "" {
				fmt.Printf("%q %q", bytes.Split(s, t), bytes.SplitAfter(s, t))
			}
		}
		fmt.Println()
		fmt.Println(bytes.IndexByte(s, 'o'), bytes.LastIndexByte(s, 'o'), bytes.IndexRune(s, '本'), bytes.IndexFunc(s, unicode.IsSpace), bytes.LastIndexFunc(s, unicode.IsLetter), bytes.ContainsRune(s, 'h'))
		fmt.Printf("%q %q %q %q %q %q %q %q\n", bytes.ToUpper(s), bytes.ToLower(s), bytes.ToTitle(s), bytes.Title(s), bytes.ToValidUTF8(s, []byte("?")), bytes.Repeat(s, 2), bytes.Fields(s), bytes.FieldsFunc(s, unicode.IsLetter))
		fmt.Printf("%q %q %q %q %q %q %q\n", bytes.TrimSpace(s), bytes.Trim(s, "ahn"), bytes.TrimLeft(s, "ahc"), bytes.TrimRight(s, "an本"), bytes.TrimFunc(s, unicode.IsSpace), bytes.Map(unicode.ToUpper, s), bytes.Runes(s))
	}
	fmt.Println(bytes.TrimSpace([]byte("  ")) == nil, bytes.Equal(nil, []byte{}), bytes.Join([][]byte{[]byte("a"), nil, []byte("c")}, []byte("-")), bytes.MinRead)
	recovered("Repeat", func() { bytes.Repeat([]byte("x"), -1) })

	var b bytes.Buffer
	fmt.Println(b.Len(), b.String(), b.Bytes() == nil)
	b.WriteString("hello ")
	b.Write([]byte("wörld"))
	b.WriteByte('!')
	n, err := b.WriteRune('€')
	fmt.Println(n, err, b.Len(), b.String())
	p := make([]byte, 3)
	n, err = b.Read(p)
	fmt.Println(n, err, string(p), b.String())
	fmt.Println(b.UnreadByte(), b.String(), b.UnreadByte())
	c, err := b.ReadByte()
	fmt.Println(c, err)
	r, size, err := b.ReadRune()
	fmt.Println(r, size, err, b.UnreadRune(), b.UnreadRune())
	line, err := b.ReadBytes(' ')
	fmt.Printf("%q %v\n", line, err)
	str, err := b.ReadString('z')
	fmt.Printf("%q %v %d\n", str, err, b.Len())
	_, err = b.ReadByte()
	_, _, err2 := b.ReadRune()
	n, err3 := b.Read(p)
	fmt.Println(err, err2, n, err3, b.UnreadByte())
	b.WriteString("0123456789")
	fmt.Printf("%q %q %d\n", b.Next(3), b.Next(100), b.Len())
	b.WriteString("truncate me")
	b.Truncate(8)
	fmt.Println(b.String())
	recovered("Truncate", func() { b.Truncate(100) })
	recovered("Grow", func() { b.Grow(-1) })
	b.Grow(1000)
	fmt.Println(b.Cap() >= 1008, b.String())
	k, err := b.ReadFrom(strings.NewReader(" and more"))
	fmt.Println(k, err, b.String())
	k, err = b.WriteTo(os.Stdout)
	fmt.Println(k, err, b.Len())
	b.Reset()
	fmt.Fprintf(&b, "%05d", 42)
	fmt.Println(b.String(), bytes.NewBufferString("x").String(), bytes.NewBuffer([]byte("abc")).Len())
	var nilBuf *bytes.Buffer
	fmt.Println(nilBuf.String())

	rd := bytes.NewReader([]byte("reader\xff €"))
	fmt.Println(rd.Len(), rd.Size())
	all, err := io.ReadAll(io.LimitReader(rd, 4))
	fmt.Println(string(all), err, rd.Len())
	fmt.Println(rd.UnreadByte(), rd.UnreadRune())
	fmt.Println(rd.ReadRune())
	pos, err := rd.Seek(-3, io.SeekEnd)
	fmt.Println(pos, err)
	fmt.Println(rd.ReadRune())
	_, err = rd.ReadByte()
	fmt.Println(err)
	n, err = rd.ReadAt(p, 2)
	fmt.Println(n, err, string(p))
	_, err = rd.Seek(-1, 0)
	fmt.Println(err)
	_, err = rd.Seek(0, 7)
	fmt.Println(err)
	_, err = rd.ReadAt(p, -1)
	fmt.Println(err)
}
