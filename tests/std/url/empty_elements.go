package main

import (
	"fmt"
	"net/url"
)

func main() {
	base, _ := url.Parse("http://foo.com/bar/x")
	for _, s := range []string{"http://foo.com//baz", "http://foo.com///baz/quux", "//other//a", "/a/../b", "..", "../..", "../../../x", "/a/./b/..", "a//b", "."} {
		u, err := base.Parse(s)
		fmt.Println(u, err)
	}
	for _, s := range []string{"https://go.dev/../go", "https://go.dev", "https://go.dev/a//b/", "a/../b"} {
		a, err := url.JoinPath(s)
		b, err2 := url.JoinPath(s, "../x", "y/")
		fmt.Println(a, err, b, err2)
	}
}
