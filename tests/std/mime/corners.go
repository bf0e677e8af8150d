package main

import (
	"fmt"
	"io"
	"mime"
	"mime/quotedprintable"
	"strings"
)

func main() {
	for _, s := range []string{
		`attachment; filename*0="foo"; filename*01="bar"`,
		`attachment; filename*1="foo."; filename*2="html"`,
		`attachment; filename*0*=ISO-8859-15''euro%a4; x=y`,
		`attachment; filename*0*=UTF-8''a; filename*=UTF-8''b`,
		`attachment; filename*0*=UTF-8''a%20; filename*1="b"`,
		`form-data; name="file"; filename="C:\dev\新\go.go"`,
		`form-data; name="a\"b\\c"`,
		`bogus/<script>`,
	} {
		t, params, err := mime.ParseMediaType(s)
		fmt.Println(t, params, err)
	}
	for _, s := range []string{"foo\rbar", "foo=\rbar", "foo=\r\nbar", "foo=\r\r \nbar", "foo= \r\nbar", "foo=", "=", "a=\r", "a=3Db=3", "accesskey=x", "\x01", "a \t\r\nb"} {
		b, err := io.ReadAll(quotedprintable.NewReader(strings.NewReader(s)))
		fmt.Printf("%q: %q %v\n", s, b, err)
	}
}
