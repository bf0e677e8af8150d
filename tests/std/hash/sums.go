// Sums of all hash functions, over lengths around their blocks.
package main

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"fmt"
	"hash"
	"hash/adler32"
	"hash/crc32"
	"hash/crc64"
	"hash/fnv"
	"io"
)

func main() {
	data := make([]byte, 6000)
	for i := range data {
		data[i] = byte(i*7 + i/251)
	}
	hashes := []hash.Hash{md5.New(), sha1.New(), sha256.New(), sha256.New224(), sha512.New(), sha512.New384(), sha512.New512_224(), sha512.New512_256(), adler32.New(), crc32.NewIEEE(), crc32.New(crc32.MakeTable(crc32.Castagnoli)), crc32.New(crc32.MakeTable(crc32.Koopman)), crc64.New(crc64.MakeTable(crc64.ISO)), crc64.New(crc64.MakeTable(crc64.ECMA)), fnv.New32(), fnv.New32a(), fnv.New64(), fnv.New64a(), fnv.New128(), fnv.New128a()}
	for _, h := range hashes {
		fmt.Println(h.Size(), h.BlockSize())
		for _, n := range []int{0, 1, 3, 55, 56, 57, 63, 64, 65, 111, 112, 113, 127, 128, 129, 1000, 6000} {
			h.Reset()
			h.Write(data[:n])
			fmt.Printf("%x ", h.Sum(nil))
		}
		h.Reset()
		for i := 0; i < 1000; i += 37 { // in pieces, with sums between
			io.WriteString(h, string(data[i:i+37]))
			h.Sum(nil)
		}
		fmt.Printf("%x\n", h.Sum([]byte("prefix")))
	}
	b := []byte("The quick brown fox")
	fmt.Printf("%x\n%x\n%x\n%x\n%x\n%x\n%x\n%x\n", md5.Sum(b), sha1.Sum(b), sha256.Sum256(b), sha256.Sum224(b), sha512.Sum512(b), sha512.Sum384(b), sha512.Sum512_224(b), sha512.Sum512_256(b))
	fmt.Println(adler32.Checksum(b), crc32.ChecksumIEEE(b), crc32.Checksum(b, crc32.IEEETable), crc64.Checksum(b, crc64.MakeTable(crc64.ISO)), crc32.Update(crc32.ChecksumIEEE(b[:5]), crc32.IEEETable, b[5:]))
	h := fnv.New32a()
	h.Write(b)
	fmt.Println(h.Sum32())
}
