// What bounds errors say: slices have a capacity, arrays and strings a length;
// indices and bounds of unsigned types are never negative.
package main

import "fmt"

type small uint8

func try(name string, f func()) {
	defer func() { fmt.Println(name, recover()) }()
	f()
}

func at[I int | uint | uint64 | uintptr | int8](s []string, i I) string { return s[i] }
func sub[I int | uint64](s string, lo, hi I) string                     { return s[lo:hi] }

func main() {
	s, a, str := make([]string, 2, 3), [3]int{}, "abc"
	p := &a
	var u uint
	var u64 uint64 = 1 << 63
	n, i8 := -1, int8(-3)
	u--
	m := [][]int{{1}}
	try("slice", func() { _ = s[u] })
	try("array", func() { _ = a[u] })
	try("pointer", func() { _ = p[u64] })
	try("string", func() { _ = str[u64] })
	try("signed", func() { _ = s[n] })
	try("int8", func() { _ = a[i8] })
	try("store", func() { s[u] = "" })
	try("store array", func() { a[u64] = 1 })
	try("update", func() { a[u]++ })
	try("address", func() { _ = &s[u] })
	try("nested", func() { m[0][u] = 1 })
	try("nested signed", func() { m[u-u][n] += 2 })
	try("both", func() { m[n][u] = 1 })
	try("small", func() { _ = s[small(200)] })
	try("generic", func() { at(s, u64) })
	try("generic signed", func() { at(s, n) })
	try("high", func() { _ = s[:u] })
	try("high array", func() { _ = a[:u] })
	try("high pointer", func() { _ = p[:n+5] })
	try("high string", func() { _ = str[:u] })
	try("low", func() { _ = s[u:] })
	try("low array", func() { _ = a[u64:2] })
	try("low signed", func() { _ = a[n:] })
	try("capacity", func() { _ = s[:n+5] })
	try("length", func() { _ = str[n+5:] })
	try("three", func() { _ = s[:1:u] })
	try("three array", func() { _ = a[: 1 : n+5] })
	try("three high", func() { _ = a[0:u:3] })
	try("three low", func() { _ = p[u:2:3] })
	try("three negative", func() { _ = s[n:2:3] })
	try("order", func() { _ = s[u:n] })
	try("generic string", func() { sub(str, u64, 2) })
	try("generic string signed", func() { sub(str, 2, n+2) })
}
