package main

import (
	"fmt"
	"math"
	"mime/multipart"
	"strings"
)

const text = "--b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\nvalue\r\n" +
	"--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"n\"\r\n\r\nfile\r\n--b--\r\n"

func main() {
	for _, most := range []int64{math.MaxInt64, math.MaxInt64 - 5, 100, 2, 0} {
		f, err := multipart.NewReader(strings.NewReader(text), "b").ReadForm(most)
		if err != nil {
			fmt.Println(most, err)
			continue
		}
		fmt.Println(most, f.Value, f.File["f"][0].Size)
		f.RemoveAll()
	}
}
