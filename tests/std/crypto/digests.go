// The hash functions over texts of all lengths about their blocks.
package main

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"fmt"
	"hash"
)

func main() {
	news := []func() hash.Hash{md5.New, sha1.New, sha256.New, sha256.New224, sha512.New, sha512.New384, sha512.New512_224, sha512.New512_256}
	data := make([]byte, 300)
	for i := range data {
		data[i] = byte(i * 7)
	}
	for _, n := range news {
		all := n()
		for l := 0; l < 300; l += 1 {
			h := n()
			h.Write(data[:l/3])
			h.Write(data[l/3 : l])
			s := h.Sum(nil)
			all.Write(s)
			if l%50 == 0 {
				fmt.Printf("%x %d %d\n", s, h.Size(), h.BlockSize())
			}
			h.Write(data[:5])
			all.Write(h.Sum([]byte{1}))
		}
		fmt.Printf("%x\n", all.Sum(nil))
		all.Reset()
		fmt.Printf("%x\n", all.Sum(nil))
	}
	fmt.Printf("%x %x %x %x %x %x %x %x\n", md5.Sum(data), sha1.Sum(data), sha256.Sum256(data), sha256.Sum224(data), sha512.Sum512(data), sha512.Sum384(data), sha512.Sum512_224(data), sha512.Sum512_256(nil))
}
