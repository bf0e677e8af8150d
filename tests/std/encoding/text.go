// encoding/hex, base64 and csv.
package main

import (
	"bytes"
	"encoding/base64"
	"encoding/csv"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"strings"
)

func hexes() {
	fmt.Println(hex.EncodeToString([]byte("hé\x00\xff")), hex.EncodedLen(3), hex.DecodedLen(7))
	for _, s := range []string{"", "00ff", "0AfF", "0", "abc", "zz", "0g", "00zz11", "é0", "0011x"} {
		b, err := hex.DecodeString(s)
		fmt.Printf("%x %v\n", b, err)
		b, err = io.ReadAll(hex.NewDecoder(strings.NewReader(s)))
		fmt.Printf("%x %v\n", b, err)
	}
	fmt.Print(hex.Dump([]byte("0123456789abcdef more than a line\n\x01")))
	fmt.Print(hex.Dump(nil), hex.Dump([]byte("x")))
	e := hex.NewEncoder(os.Stdout)
	n, err := e.Write([]byte("enc"))
	fmt.Println(n, err)
	d := hex.Dumper(os.Stdout)
	d.Write([]byte("ab"))
	d.Write([]byte("cdefghijklmnopqrs"))
	d.Close()
	_, err = d.Write([]byte("x"))
	fmt.Println(err, d.Close())
}

func base64s() {
	encs := []*base64.Encoding{base64.StdEncoding, base64.URLEncoding, base64.RawStdEncoding, base64.RawURLEncoding, base64.StdEncoding.WithPadding('*'), base64.StdEncoding.Strict(), base64.RawStdEncoding.Strict()}
	for _, enc := range encs {
		for _, s := range []string{"", "f", "fo", "foo", "foob", "fooba", "foobar", "\xff\xfe\xfd\xfc\xfb", "\x00\x10\x83\x10\x51\x87\x20\x92\x8b"} {
			e := enc.EncodeToString([]byte(s))
			d, err := enc.DecodeString(e)
			fmt.Print(e, " ", string(d) == s, err, enc.EncodedLen(len(s)), enc.DecodedLen(len(e)), " ")
		}
		for _, s := range []string{"Zg==", "Zg=", "Zg", "Z", "Zm8=", "Zm8", "Zm9v\nYmFy", "Zm\r\n9v", "====", "Z===", "Zg==x", "Zg=x", "Zm8=\n\nx", "Zg=\n=", "Zm9v!", "Zm9vZ", "Zh==", "Zm9=", "Zh", "Zm9", "AAAA-_", "AAAA+/==", "é", "Zg==\n"} {
			d, err := enc.DecodeString(s)
			fmt.Printf("%q %v; ", d, err)
		}
		fmt.Println()
	}
	var b bytes.Buffer
	w := base64.NewEncoder(base64.StdEncoding, &b)
	for _, s := range []string{"a", "bc", "defgh", ""} {
		fmt.Fprint(w, s)
	}
	w.Close()
	fmt.Println(b.String())
	for _, s := range []string{b.String(), "YWJj\nZGVm\nZ2g=\n", "YWJjZ", "YWJ$", "YW", ""} {
		d, err := io.ReadAll(base64.NewDecoder(base64.StdEncoding, strings.NewReader(s)))
		fmt.Printf("%q %v\n", d, err)
	}
	for _, f := range []func(){func() { base64.NewEncoding("short") }, func() { base64.StdEncoding.WithPadding('A') }, func() { base64.StdEncoding.WithPadding('\n') }} {
		func() {
			defer func() { fmt.Println(recover()) }()
			f()
		}()
	}
}

func csvs() {
	for _, text := range []string{"a,b,c\n", "a,b\n1,2\n3,4", "\"a \"\"q\"\"\",\"b,c\",\"d\ne\"\n", "a,,\n,\n", "\n\na\r\nb\r\n", "a\"b,c", "\"a\"b,c", "\"open", "a,b\nc\n", "# c\nx,#y\n", " a, \"b\", c\n", "é;ü\n", "a\r\rb\n", "\"x\r\ny\",z\r\n", "x,\"\"\n", "a\n\"b\nc\"d\n", "a\x00b,c", "last\r", "\"a\n\nb\""} {
		for mode := 0; mode < 4; mode++ {
			r := csv.NewReader(strings.NewReader(text))
			switch mode {
			case 1:
				r.LazyQuotes, r.FieldsPerRecord = true, -1
			case 2:
				r.Comment, r.TrimLeadingSpace = '#', true
			case 3:
				r.Comma, r.FieldsPerRecord, r.ReuseRecord = ';', 2, true
			}
			for {
				rec, err := r.Read()
				fmt.Printf("%q %v", rec, err)
				for i := range rec {
					l, c := r.FieldPos(i)
					fmt.Print(" ", l, ":", c)
				}
				fmt.Print(" ", r.InputOffset(), "; ")
				if err != nil {
					break
				}
			}
			fmt.Println()
		}
	}
	r := csv.NewReader(strings.NewReader("x"))
	r.Comma = '\n'
	_, err := r.ReadAll()
	fmt.Println(err)
	all, err := csv.NewReader(strings.NewReader("a,b\nc,d\n")).ReadAll()
	fmt.Println(all, err)
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	records := [][]string{{"a", "b c", " lead", "q\"q", "c,d", "l\nm", "r\rn", ""}, {}, {""}, {`\.`, "é", "x;y", "\u2003"}}
	fmt.Println(w.WriteAll(records), w.Error())
	w.Comma, w.UseCRLF = ';', true
	w.WriteAll(records)
	fmt.Printf("%q\n", out.String())
	w.Comma = '"'
	fmt.Println(w.Write([]string{"x"}))
}

func main() {
	hexes()
	base64s()
	csvs()
}
