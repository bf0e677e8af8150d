package main

import (
	"encoding/base32"
	"fmt"
	"io"
	"strings"
)

func main() {
	bare := base32.StdEncoding.WithPadding(base32.NoPadding)
	for _, s := range []string{"", "A=", "AA=", "AA==", "AA======", "AAA=====", "AAA=AAAA", "AA=A====", "AAAAA==", "AAAAAA==", "AAAAAAA=", "A=======",
		"MMMMMMMMM", "MMMMMM", "MZXW6===M", "MZXW6===MZXW6===", "MZXW6=\n==\n", "mz", "MZXW6", "MZXW6YTB"} {
		b, err := base32.StdEncoding.DecodeString(s)
		c, err2 := bare.DecodeString(s)
		fmt.Printf("%q: %q %v; %q %v\n", s, b, err, c, err2)
		room := make([]byte, base32.StdEncoding.DecodedLen(len(s)))
		base32.StdEncoding.Decode(room, []byte(s))
	}
	// a padded group is decoded as soon as it is there
	r := base32.NewDecoder(base32.StdEncoding, strings.NewReader("MZXW6YTBOI======"))
	buf := make([]byte, 16)
	n, err := r.Read(buf)
	fmt.Println(string(buf[:n]), err)
	n, err = r.Read(buf[:0])
	fmt.Println(n, err)
	all, err := io.ReadAll(base32.NewDecoder(bare, strings.NewReader("MZXW6")))
	fmt.Println(string(all), err)
}
