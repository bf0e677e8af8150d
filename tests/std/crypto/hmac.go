// Signed messages (RFC 4231 among them), and comparisons.
package main

import (
	"crypto/hmac"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"crypto/subtle"
	"fmt"
	"hash"
	"strings"
)

func main() {
	for _, h := range []func() hash.Hash{md5.New, sha1.New, sha256.New, sha512.New} {
		for _, key := range []string{"", "key", strings.Repeat("k", 64), strings.Repeat("k", 200)} {
			m := hmac.New(h, []byte(key))
			m.Write([]byte("what do ya want "))
			fmt.Printf("%x\n", m.Sum(nil))
			m.Write([]byte("for nothing?"))
			fmt.Printf("%d %d %x\n", m.Size(), m.BlockSize(), m.Sum([]byte{1}))
			m.Reset()
			fmt.Printf("%x\n", m.Sum(nil))
		}
	}
	fmt.Println(hmac.Equal([]byte("a"), []byte("a")), hmac.Equal([]byte("a"), []byte("b")), hmac.Equal([]byte("a"), []byte("ab")))
	fmt.Println(subtle.ConstantTimeSelect(1, 5, 6), subtle.ConstantTimeSelect(0, 5, 6), subtle.ConstantTimeByteEq(3, 3), subtle.ConstantTimeByteEq(3, 4),
		subtle.ConstantTimeEq(-1, -1), subtle.ConstantTimeEq(1, 2), subtle.ConstantTimeLessOrEq(2, 3), subtle.ConstantTimeLessOrEq(3, 3), subtle.ConstantTimeLessOrEq(4, 3))
	x := []byte{1, 2, 3}
	subtle.ConstantTimeCopy(0, x, []byte{4, 5, 6})
	fmt.Println(x)
	subtle.ConstantTimeCopy(1, x, []byte{4, 5, 6})
	fmt.Println(x)
}
