// Slices that grow and shrink where they are; divisions by powers of two; sums
// of products.
package main

import (
	"fmt"
	"sort"
)

type buffer struct {
	head int
	data []byte
	ints []int
	ptrs []*int
	next *buffer
}

var global []int
var table struct{ rows []string }

func try(name string, f func()) {
	defer func() { fmt.Println(name, recover()) }()
	f()
}

func (b *buffer) put(c byte)  { b.data = append(b.data, c) }
func (b *buffer) reset()      { b.data = b.data[:0] }
func (b *buffer) push(n int)  { b.ints = append(b.ints, n) }
func (b *buffer) cut(n int)   { b.ints = b.ints[:n] }
func (b *buffer) grow(n int8) { b.ints = b.ints[:n] }
func (b *buffer) add(n int) int {
	b.ints = append(b.ints, n)
	return n + 1
}

func quotients(n int, m int32, k int8, u uint, w uint32) {
	fmt.Println(n/1, n/2, n/8, n/1024, n/32768, n%1, n%2, n%8, n%1024)
	fmt.Println(m/4, m%4, k/2, k%2, k/64, k%64, u/16, u%16, w/16, w%16)
}

func polynomial(x, y float64, i, j int, a, b uint8) (float64, int, uint8) {
	return x*x + y*y + x*y, i*i + j*j + i*j + 3*j, a*a + b*b + a*b
}

func main() {
	b := &buffer{next: &buffer{}}
	for i := 0; i < 300; i++ {
		b.put(byte('a' + i%26))
		b.next.put(byte(i))
		b.push(i * i)
		b.ptrs = append(b.ptrs, &b.head)
		b.next.ints = append(b.next.ints, len(b.ints))
		global = append(global, i)
		table.rows = append(table.rows, "x")
	}
	fmt.Println(len(b.data), string(b.data[290:]), b.next.data[299], b.ints[299], len(b.ptrs), b.next.ints[299], global[299], len(table.rows))
	b.reset()
	b.cut(3)
	global = global[:2]
	table.rows = table.rows[:1]
	b.ptrs = b.ptrs[:len(b.ptrs)-298]
	fmt.Println(len(b.data), cap(b.data) >= 300, b.ints, global, table.rows, len(b.ptrs))
	b.cut(300)
	fmt.Println(len(b.ints), b.ints[299])
	b.cut(0)
	b.add(b.add(7))
	fmt.Println(b.ints)

	local := []int{1, 2, 3, 4, 5}
	local = local[:2]
	local = append(local, 9)
	fmt.Println(local, local[:5])
	local = local[:cap(local)]
	local = local[:uint8(4)]
	fmt.Println(local)

	var none *buffer
	n := -1
	try("nil append", func() { none.ints = append(none.ints, 1) })
	try("nil reslice", func() { none.ints = none.ints[:0] })
	try("far", func() { b.cut(1 << 20) })
	try("negative", func() { b.grow(-3) })
	try("slots", func() { s := []int{1}; s = s[:n]; fmt.Println(s) })
	try("slots far", func() { s := []int{1}; s = s[:n+9]; fmt.Println(s) })
	fmt.Println(len(b.ints))

	quotients(1000001, 77, 77, 77, 77)
	quotients(-1000001, -77, -77, ^uint(0), ^uint32(0))
	quotients(-1<<63, -1<<31, -128, 0, 0)
	fmt.Println(polynomial(1.5, -2.25, 7, -3, 200, 100))

	words := []string{"pear", "fig", "apple", "kiwi", "date", "lime", "plum", "nut", "lemon", "grape", "mango", "melon", "cherry", "olive"}
	sort.Slice(words, func(i, j int) bool { return words[i] < words[j] })
	fmt.Println(words, sort.SliceIsSorted(words, func(i, j int) bool { return words[i] < words[j] }))
	type pair struct {
		key int
		tag string
		odd [3]byte
	}
	pairs := make([]pair, 200)
	for i := range pairs {
		pairs[i] = pair{i * 7919 % 50, fmt.Sprint(i), [3]byte{byte(i)}}
	}
	sort.SliceStable(pairs, func(i, j int) bool { return pairs[i].key < pairs[j].key })
	for i := 1; i < len(pairs); i++ {
		if pairs[i-1].key > pairs[i].key || pairs[i-1].key == pairs[i].key && pairs[i-1].odd[0] > pairs[i].odd[0] {
			fmt.Println("not stable at", i)
		}
	}
	numbers := make([]int, 5000)
	for i := range numbers {
		numbers[i] = i * 7919 % 5003
	}
	sort.Slice(numbers, func(i, j int) bool { return numbers[i] > numbers[j] })
	fmt.Println(numbers[:5], numbers[4999], sort.SliceIsSorted(numbers, func(i, j int) bool { return numbers[i] > numbers[j] }))
	small := []byte("the quick brown fox jumps over the lazy dog")
	sort.Slice(small, func(i, j int) bool { return small[i] < small[j] })
	fmt.Println(string(small))
	sort.Slice(numbers, func(i, j int) bool { return i%3 == 0 }) // no order at all, but it ends
}
