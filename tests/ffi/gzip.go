package main

// Files that zlib packs are gzip's, and the other way round: against the
// program gzip and package compress/gzip.

/*
#cgo LDFLAGS: -lz
#include <zlib.h>
*/
import "C"
import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
)

func pack(path string, data []byte) {
	f := C.gzopen(path, "wb9")
	defer C.gzclose(f)
	if n := C.gzwrite(f, data, C.uint(len(data))); int(n) != len(data) {
		panic("gzwrite")
	}
}

func unpack(path string) []byte {
	f := C.gzopen(path, "rb")
	defer C.gzclose(f)
	var all []byte
	buf := make([]byte, 1000)
	for {
		n := C.gzread(f, buf, C.uint(len(buf)))
		if n <= 0 {
			return all
		}
		all = append(all, buf[:n]...)
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func main() {
	dir := must(os.MkdirTemp("", "gzip"))
	defer os.RemoveAll(dir)
	text := []byte(strings.Repeat("All work and no play makes Jack a dull boy.\n", 2000))
	plain, ours, theirs := dir+"/text", dir+"/ours.gz", dir+"/theirs.gz"
	if err := os.WriteFile(plain, text, 0o644); err != nil {
		panic(err)
	}

	pack(ours, text)
	packed := must(os.ReadFile(ours))
	fmt.Println("smaller:", len(packed) < len(text)/50)
	fmt.Println("gzip reads it:", bytes.Equal(must(exec.Command("gzip", "-dc", ours).Output()), text))
	r := must(gzip.NewReader(bytes.NewReader(packed)))
	fmt.Println("compress/gzip reads it:", bytes.Equal(must(io.ReadAll(r)), text))

	os.WriteFile(theirs, must(exec.Command("gzip", "-9nc", plain).Output()), 0o644)
	fmt.Println("zlib reads gzip's:", bytes.Equal(unpack(theirs), text))

	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	w.Write(text)
	w.Close()
	os.WriteFile(theirs, b.Bytes(), 0o644)
	fmt.Println("zlib reads compress/gzip's:", bytes.Equal(unpack(theirs), text))
	fmt.Println("checksum in parts:", C.crc32(0, text, C.uint(len(text))) == crc(text))
}

func crc(text []byte) C.ulong {
	c := C.crc32(0, nil, 0)
	for i := 0; i < len(text); i += 999 {
		part := text[i:min(i+999, len(text))]
		c = C.crc32(c, part, C.uint(len(part)))
	}
	return c
}
