// All functions of strings with ordinary and odd arguments.
package main

import (
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

func search() {
	texts := []string{"", "a", "chicken", "héllo wörld", "aaaa", "日本語日本", "a\xffb\xe2\x82c", "go gopher", "İstanbul ſtraße K"}
	subs := []string{"", "a", "ken", "ö", "aa", "本", "\xff", "go", "zzz", "\xe2", "�"}
	for _, s := range texts {
		for _, t := range subs {
			fmt.Print(strings.Index(s, t), strings.LastIndex(s, t), strings.Count(s, t), strings.Contains(s, t), strings.HasPrefix(s, t), strings.HasSuffix(s, t),
				strings.IndexAny(s, t), strings.LastIndexAny(s, t), strings.ContainsAny(s, t), strings.Compare(s, t), strings.EqualFold(s, t))
			before, after, found := strings.Cut(s, t)
			fmt.Printf(" %q %q %v;", before, after, found)
		}
		fmt.Println()
		for _, r := range []rune{'a', 'ö', '本', 0xFFFD, -1, 0x110000, 0xD800} {
			fmt.Print(strings.IndexRune(s, r), strings.ContainsRune(s, r), " ")
		}
		fmt.Println(strings.IndexByte(s, 'o'), strings.LastIndexByte(s, 'o'), strings.IndexByte(s, 0xff), strings.IndexFunc(s, unicode.IsUpper), strings.LastIndexFunc(s, unicode.IsLower))
	}
	for _, p := range [][2]string{{"ABC", "abc"}, {"Kk", "kK"}, {"ſS", "ss"}, {"straße", "STRASSE"}, {"σς", "ΣΣ"}, {"é", "É"}, {"a", "b"}, {"ab", "a"}, {"\xff", "\xff"}} {
		fmt.Print(strings.EqualFold(p[0], p[1]), " ")
	}
	fmt.Println()
}

func split() {
	for _, s := range []string{"a,b,c", "", ",", "a,,b,", "héllo", "abc", "  foo bar  baz ", "a\u2003b\t\nc\u00a0d"} {
		for _, sep := range []string{",", "", "b", ",,", "l"} {
			fmt.Printf("%q %q;", strings.Split(s, sep), strings.SplitAfter(s, sep))
			for _, n := range []int{-1, 0, 1, 2, 3} {
				fmt.Printf(" %q %q", strings.SplitN(s, sep, n), strings.SplitAfterN(s, sep, n))
			}
			fmt.Println()
		}
		fmt.Printf("%q %q\n", strings.Fields(s), strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == 'b' }))
	}
	fmt.Println(strings.SplitN("a", ",", 0) == nil, strings.Split("", "") == nil, len(strings.Split("", "")), strings.Fields("") == nil)
	fmt.Println(strings.Join(nil, ","), strings.Join([]string{"x"}, ","), strings.Join([]string{"x", "", "z"}, ", "))
}

func change() {
	for _, s := range []string{"", "Hello, Wörld!", "ǆ ǅ Ǆ ß ŉ", "ÀÉ îõ", "\xffabc\xe2", "iİıI", "ΑΒΓ ς", "xxfooxx", "one-two_three four's 5th 日本"} {
		fmt.Printf("%q %q %q %q\n", strings.ToUpper(s), strings.ToLower(s), strings.ToTitle(s), strings.Title(s))
		fmt.Printf("%q %q %q\n", strings.ToUpperSpecial(unicode.TurkishCase, s), strings.ToLowerSpecial(unicode.TurkishCase, s), strings.ToTitleSpecial(unicode.TurkishCase, s))
		fmt.Printf("%q %q\n", strings.ToValidUTF8(s, "?"), strings.ToValidUTF8(s, ""))
		fmt.Printf("%q\n", strings.Map(func(r rune) rune {
			switch {
			case r == 'o':
				return -1
			case r == 'l':
				return 'Ł'
			case r == 'x':
				return 'y'
			}
			return r
		}, s))
		fmt.Printf("%q %q %q %q\n", strings.Repeat(s, 0), strings.Repeat(s, 2), strings.Replace(s, "o", "00", 1), strings.ReplaceAll(s, "", "-"))
		fmt.Printf("%q %q %q\n", strings.Replace(s, "x", "", -1), strings.Replace(s, "", ".", 3), strings.Replace(s, "x", "y", 0))
		fmt.Printf("%q %q %q %q %q\n", strings.Trim(s, "xX!H"), strings.TrimLeft(s, "xH\xff"), strings.TrimRight(s, "x!日本"), strings.TrimPrefix(s, "xx"), strings.TrimSuffix(s, "xx"))
		fmt.Printf("%q %q %q\n", strings.TrimFunc(s, unicode.IsLetter), strings.TrimLeftFunc(s, unicode.IsLetter), strings.TrimRightFunc(s, unicode.IsLetter))
	}
	for _, s := range []string{" \t\n\v\f\r\u0085\u00a0x \u2003y\u3000 ", "", "   ", "x", " é "} {
		fmt.Printf("%q %q %q\n", strings.TrimSpace(s), strings.Trim(s, " "), strings.Trim(s, ""))
	}
	fmt.Println(strings.Clone("x"), strings.Clone("") == "")
	recovered("Repeat", func() { strings.Repeat("x", -1) })
}

func builder() {
	var b strings.Builder
	fmt.Println(b.Len(), b.String() == "", b.Cap())
	b.WriteByte('a')
	n, err := b.WriteRune('€')
	fmt.Println(n, err)
	n, err = b.WriteString("xyz")
	fmt.Println(n, err)
	n, err = b.Write([]byte{'1', '2'})
	fmt.Println(n, err, b.Len(), b.String())
	b.Grow(100)
	fmt.Println(b.Cap() >= 109, b.String())
	fmt.Fprintf(&b, " %d", 42)
	fmt.Println(b.String())
	b.Reset()
	fmt.Println(b.Len(), b.String() == "", b.Cap())
	n, err = b.WriteRune(-5)
	fmt.Printf("%d %v %q\n", n, err, b.String())
	recovered("Grow", func() { b.Grow(-1) })
	recovered("copy", func() {
		c := b
		c.WriteByte('x')
	})
}

func reader() {
	r := strings.NewReader("héllo\xff wörld")
	fmt.Println(r.Len(), r.Size())
	c, err := r.ReadByte()
	fmt.Println(c, err, r.UnreadByte(), r.UnreadByte())
	for i := 0; i < 3; i++ {
		c, size, err := r.ReadRune()
		fmt.Print(c, size, err, " ")
	}
	fmt.Println(r.UnreadRune(), r.UnreadRune(), r.Len())
	buf := make([]byte, 4)
	n, err := r.Read(buf)
	fmt.Printf("%d %v %q %v\n", n, err, buf[:n], r.UnreadRune())
	n, err = r.ReadAt(buf, 10)
	fmt.Printf("%d %v %q\n", n, err, buf[:n])
	n, err = r.ReadAt(buf, 100)
	fmt.Println(n, err)
	n, err = r.ReadAt(buf, -1)
	fmt.Println(n, err)
	for _, w := range []int{io.SeekStart, io.SeekCurrent, io.SeekEnd, 9} {
		p, err := r.Seek(2, w)
		fmt.Print(p, err, " ")
	}
	p, err := r.Seek(-1, io.SeekStart)
	fmt.Println(p, err)
	_, err = r.ReadByte()
	fmt.Println(err, r.Len())
	_, _, err = r.ReadRune()
	fmt.Println(err)
	n, err = r.Read(buf)
	fmt.Println(n, err)
	r.Reset("again\n")
	k, err := r.WriteTo(os.Stdout)
	fmt.Println(k, err)
	k, err = r.WriteTo(os.Stdout)
	fmt.Println(k, err)
	fmt.Println(strings.NewReader("").UnreadByte(), strings.NewReader("").UnreadRune())
}

func replacer() {
	for _, pairs := range [][]string{{"a", "1", "b", "2"}, {"a", "1", "aa", "2"}, {"aa", "2", "a", "1"}, {"", "X"}, {"", "X", "a", "Y"}, {"a", "Y", "", "X"}, {"abc", "x", "ab", "y", "a", "z"}, {"é", "e", "<", "&lt;", ">", "&gt;"}, {"hello", "HELLO", "hello", "ignored"}, {}, {"a", "b", "b", "a"}, {"a", ""}} {
		r := strings.NewReplacer(pairs...)
		for _, s := range []string{"", "aabbcc", "abcab", "<é>", "hello hello", "xyz", "aaa"} {
			fmt.Printf("%q ", r.Replace(s))
		}
		n, err := r.WriteString(os.Stdout, "[abc]")
		fmt.Println(n, err)
	}
	recovered("NewReplacer", func() { strings.NewReplacer("a") })
}

func main() {
	search()
	split()
	change()
	builder()
	reader()
	replacer()
}
