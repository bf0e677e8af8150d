// How decoders of base32 and base64 end: with room or without, with errors of
// the reader, with groups that are not full.
package main

import (
	"encoding/base32"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"strings"
)

type failing struct{ text string }

func (f *failing) Read(p []byte) (int, error) {
	n := copy(p, f.text)
	f.text = f.text[n:]
	return n, errors.New("bad reader")
}

func main() {
	for _, s := range []string{"MMMMMMMMM", "A=", "AA=", "AA==", "AAAAA==", "AAAAAA==", "AA======", "MZXW6YTB", "!!!!", "x==="} {
		dst := make([]byte, base32.StdEncoding.DecodedLen(len(s)))
		n, err := base32.StdEncoding.Decode(dst, []byte(s))
		fmt.Println(s, n, err)
	}
	none := make([]byte, 0)
	fmt.Println(base32.NewDecoder(base32.StdEncoding, strings.NewReader("MY=====")).Read(none))
	fmt.Println(base64.NewDecoder(base64.StdEncoding, strings.NewReader("")).Read(none))
	for _, s := range []string{"MY======", "Ma======", "MZXW6YTBOI======"} {
		b, err := io.ReadAll(base32.NewDecoder(base32.StdEncoding, &failing{s}))
		fmt.Printf("%q %v\n", b, err)
	}
	b := make([]byte, 16)
	fmt.Println(base32.NewDecoder(base32.StdEncoding, strings.NewReader("MZXW6YTBOI======")).Read(b))
}
