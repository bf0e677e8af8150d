// encoding/base32: the vectors of RFC 4648, streams, errors.
package main

import (
	"encoding/base32"
	"fmt"
	"io"
	"strings"
)

func main() {
	raw := base32.StdEncoding.WithPadding(base32.NoPadding)
	for _, s := range []string{"", "f", "fo", "foo", "foob", "fooba", "foobar", "\xff\x00\x80"} {
		for _, e := range []*base32.Encoding{base32.StdEncoding, base32.HexEncoding, raw} {
			text := e.EncodeToString([]byte(s))
			back, err := e.DecodeString(text)
			fmt.Print(text, " ", len(text) == e.EncodedLen(len(s)), " ", string(back) == s, " ", err, "; ")
		}
		fmt.Println()
	}
	for _, s := range []string{"MZXW6===", "MZXW6==", "MZ!W6===", "MZXW6YTB\nOI======\n", "mzxw6===", "A", "MZXW6YQ"} {
		b, err := base32.StdEncoding.DecodeString(s)
		fmt.Printf("%q %q %v\n", s, b, err != nil)
	}
	var out strings.Builder
	w := base32.NewEncoder(base32.StdEncoding, &out)
	for _, part := range []string{"a", "bcdefg", "", "hij", "klmnopqrstuvwxyz"} {
		io.WriteString(w, part)
	}
	w.Close()
	fmt.Println(out.String())
	b, err := io.ReadAll(base32.NewDecoder(base32.StdEncoding, strings.NewReader(out.String())))
	fmt.Println(string(b), err)
	fmt.Println(base32.StdEncoding.DecodedLen(16), raw.DecodedLen(7), raw.EncodedLen(6))
}
