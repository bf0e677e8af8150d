// Blocks of PEM, written and read.
package main

import (
	"bytes"
	"encoding/pem"
	"fmt"
	"os"
)

func main() {
	for n := 0; n < 100; n += 33 {
		b := &pem.Block{Type: "TEST DATA", Bytes: bytes.Repeat([]byte{byte(n), 0xff}, n)}
		if n > 40 {
			b.Headers = map[string]string{"b": "2", "a": "1", "Proc-Type": "4,X"}
		}
		text := pem.EncodeToMemory(b)
		os.Stdout.Write(text)
		back, rest := pem.Decode(append(text, "rest"...))
		fmt.Println(back.Type, bytes.Equal(back.Bytes, b.Bytes), back.Headers, string(rest))
	}
	fmt.Println(pem.EncodeToMemory(&pem.Block{Type: "X", Headers: map[string]string{"a:b": "c"}}) == nil)
	fmt.Println(pem.Encode(os.Stdout, &pem.Block{Type: "X", Headers: map[string]string{"a:b": "c"}}))
	for _, s := range []string{
		"", "no block", "-----BEGIN X-----\n-----END X-----\n", "junk\n-----BEGIN X-----\r\naGk=\r\n-----END X-----\r\nmore",
		"-----BEGIN X-----\naGk=\n-----END Y-----\n", "-----BEGIN X-----\n!!\n-----END X-----\n-----BEGIN Y-----\naGk=\n-----END Y-----",
		"-----BEGIN X-----\naG\n k=\n-----END X-----", " -----BEGIN X-----\naGk=\n-----END X-----\n", "-----BEGIN X----\naGk=\n-----END X-----\n",
		"-----BEGIN X-----\nk: v\n\naGk=\n-----END X-----   \n",
	} {
		b, rest := pem.Decode([]byte(s))
		if b == nil {
			fmt.Printf("%q: none, %d left\n", s, len(rest))
			continue
		}
		fmt.Printf("%q: %s %q %v %q\n", s, b.Type, b.Bytes, b.Headers, rest)
	}
}
