// Classes and mappings of many runes, and the encodings.
package main

import (
	"fmt"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

func main() {
	runes := []rune{-1, 0, '\t', ' ', 'A', 'z', '5', '_', '~', 0x7f, 0x85, 0xa0, 0xaa, 0xad, 0xb5, 0xdf, 0xe9, 0x130, 0x131, 0x149, 0x17f, 0x1c4, 0x1c5, 0x1c6, 0x2b0, 0x300, 0x3a3, 0x3c2, 0x3d2, 0x410, 0x5d0, 0x660, 0x966, 0xbf0, 0xe01, 0x10a0, 0x13a0, 0x1e9e, 0x1f88, 0x2000, 0x200b, 0x2028, 0x2126, 0x2160, 0x24b6, 0x3000, 0x3042, 0x4e00, 0xac00, 0xd800, 0xe000, 0xfb01, 0xfeff, 0xff21, 0xfffd, 0x10400, 0x1d7ce, 0x1f600, 0x2fa1d, 0xe0001, 0x10ffff, 0x110000}
	for _, r := range runes {
		fmt.Println(r, unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsNumber(r), unicode.IsSpace(r), unicode.IsUpper(r), unicode.IsLower(r), unicode.IsTitle(r), unicode.IsPunct(r), unicode.IsSymbol(r), unicode.IsControl(r), unicode.IsGraphic(r), unicode.IsPrint(r), unicode.IsMark(r),
			unicode.ToUpper(r), unicode.ToLower(r), unicode.ToTitle(r), unicode.SimpleFold(r), unicode.To(unicode.UpperCase, r), unicode.TurkishCase.ToUpper(r), unicode.TurkishCase.ToLower(r),
			unicode.Is(unicode.Han, r), unicode.In(r, unicode.Latin, unicode.Greek), unicode.Is(unicode.Lu, r), unicode.IsOneOf([]*unicode.RangeTable{unicode.Nd, unicode.Zs}, r))
	}
	sums := [8]int{}
	for r := rune(0); r < 0x30000; r += 7 {
		for i, f := range []func(rune) bool{unicode.IsLetter, unicode.IsDigit, unicode.IsUpper, unicode.IsLower, unicode.IsPunct, unicode.IsPrint, unicode.IsMark, unicode.IsSymbol} {
			if f(r) {
				sums[i]++
			}
		}
	}
	fmt.Println(len(sums))
	fmt.Println(unicode.MaxRune, unicode.ReplacementChar, unicode.MaxASCII, unicode.MaxLatin1, len(unicode.Categories) > 30, len(unicode.Scripts) > 100, unicode.Scripts["Greek"] == unicode.Greek)

	for _, s := range []string{"", "a", "é", "€", "😀", "\xff", "\xc0\x80", "\xe2\x82", "\xed\xa0\x80", "\xf4\x90\x80\x80", "abc€\xffd", "\x80"} {
		r, n := utf8.DecodeRuneInString(s)
		l, m := utf8.DecodeLastRuneInString(s)
		br, bn := utf8.DecodeRune([]byte(s))
		bl, bm := utf8.DecodeLastRune([]byte(s))
		fmt.Println(r, n, l, m, br, bn, bl, bm, utf8.RuneCountInString(s), utf8.RuneCount([]byte(s)), utf8.ValidString(s), utf8.Valid([]byte(s)), utf8.FullRuneInString(s), utf8.FullRune([]byte(s)))
	}
	for _, r := range runes {
		var b [4]byte
		n := utf8.EncodeRune(b[:], r)
		hi, lo := utf16.EncodeRune(r)
		fmt.Print(utf8.RuneLen(r), utf8.ValidRune(r), n, b, utf8.AppendRune([]byte("x"), r), hi, lo, utf16.IsSurrogate(r), " ")
	}
	fmt.Println(utf8.RuneStart('a'), utf8.RuneStart(0x80), utf8.UTFMax, utf8.MaxRune, utf8.RuneError, utf8.RuneSelf)
	u := utf16.Encode([]rune("a€😀\U0010ffff"))
	fmt.Println(u, string(utf16.Decode(u)), utf16.Decode([]uint16{0xd800, 'a', 0xdc00, 0xd83d, 0xde00, 0xd800}), utf16.DecodeRune(0xd83d, 0xde00), utf16.DecodeRune('a', 'b'))
}
