package main

import (
	"fmt"
	"net/url"
)

func f(url string, data url.Values) string { return url + data.Encode() }

type T struct{}

func (url T) m(data url.Values, fmt int) (T int, err error) { return len(data) + fmt, nil }

func main() {
	fmt.Println(f("x?", url.Values{"a": {"b"}}))
	g := func(url int, v url.Values) int { return url + len(v) }
	fmt.Println(g(1, nil))
	fmt.Println(T{}.m(nil, 3))
}
