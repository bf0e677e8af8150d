// Elements of slices and strings that are fields, read and written where the
// header lies: nil pointers, bounds, who changes the field meanwhile.
package main

import "fmt"

type box struct {
	ints  []int
	bytes []byte
	name  string
	flags []bool
	rows  [][]int
	words []string
	ptrs  []*box
	small []int16
	next  *box
}

func try(name string, f func()) {
	defer func() {
		if e := recover(); e != nil {
			fmt.Println(name, "panics:", e)
		}
	}()
	f()
	fmt.Println(name, "done")
}

func (b *box) top() int          { return b.ints[len(b.ints)-1] }
func (b *box) first() int        { return b.ints[0] }
func (b *box) letter(i int) byte { return b.name[i] }

func (b *box) pop() int {
	v := b.ints[len(b.ints)-1]
	b.ints = b.ints[:len(b.ints)-1]
	return v
}

func (b *box) replaced(n int) int {
	b.ints = []int{100, 200, 300}
	return n
}

func reads(b *box, i, j int) (r []int) {
	r = append(r, b.ints[i], b.ints[i+j], b.ints[j-i+1], int(b.bytes[j]), int(b.name[i]), b.rows[i][j], len(b.words[i]), b.ptrs[0].ints[i], int(b.small[j]), b.next.ints[i])
	x := b.ints[i] + b.ints[j]*b.ints[i+1]
	if b.ints[i] < b.ints[j] {
		x++
	}
	if b.flags[i] || !b.flags[j] {
		x += 10
	}
	if b.name[i] == 'b' && b.bytes[j] != 7 {
		x += 100
	}
	i = b.ints[i]
	return append(r, x, i)
}

func writes(b *box, i, j int) {
	b.ints[i] = b.ints[j]
	b.ints[j] = 7
	b.ints[i+1] = i
	b.bytes[j] = byte(b.ints[i])
	b.flags[i] = b.flags[j]
	b.flags[j] = true
	b.small[i] = 300
	b.words[i] = b.name
	b.ptrs[0] = b
	b.ptrs[0].ints[2] += 5
	b.ints[0], b.ints[1] = b.ints[1], b.ints[0]
	b.rows[1][0] = b.ints[0]
	b.rows[0] = b.ints
}

// The header is an element's neighbour: the write goes where the field pointed.
type chain struct{ all []chain }

func self() int {
	c := &chain{all: make([]chain, 3)}
	c.all[1] = chain{all: make([]chain, 5)}
	c.all = c.all[1].all
	return len(c.all)
}

var shared = &box{ints: []int{1, 2, 3}}

func value(b box, i int) int {
	b.ints[i] = 50
	return b.ints[i] + b.ints[len(b.ints)-1]
}

func main() {
	b := &box{ints: []int{1, 2, 3, 4, 5, 6}, bytes: []byte{9, 8, 7}, name: "abc", flags: []bool{true, false, true}, rows: [][]int{{1, 2, 3}, {4, 5, 6}}, words: []string{"x", "yz"}, small: []int16{-1, -2, -3}}
	b.next = &box{ints: []int{-1, -2}}
	b.ptrs = []*box{b.next}
	fmt.Println(reads(b, 1, 2))
	writes(b, 1, 2)
	fmt.Println(b.ints, b.bytes, b.flags, b.small, b.words, b.rows, b.ptrs[0] == b)
	fmt.Println(b.top(), b.first(), b.letter(2), b.pop(), b.pop(), b.top(), self(), value(*b, 1), b.ints)
	fmt.Println(shared.ints[shared.ints[0]], shared.ints[len(shared.ints)-2])

	none := &box{}
	var null *box
	minus, far := -1, 3
	var big uint = 1 << 63
	try("empty top", func() { none.top() })
	try("empty first", func() { none.first() })
	try("nil top", func() { null.top() })
	try("nil read", func() { _ = null.ints[far] })
	try("nil write", func() { null.ints[far] = 1 })
	try("nil byte", func() { null.bytes[minus] = 1 })
	try("negative", func() { _ = b.ints[minus] })
	try("negative write", func() { b.ints[minus] = 2 })
	try("far string", func() { _ = b.name[far] })
	try("far flag", func() { b.flags[far] = true })
	try("unsigned", func() { _ = b.ints[big] })
	try("unsigned write", func() { b.ints[big] = 1 })
	try("signed behind unsigned", func() { _ = b.ints[big-big] + b.ints[minus] })
	try("sum", func() { _ = b.bytes[far+far] })
	try("next is nil", func() { _ = b.next.next.ints[far] })

	i := 1
	fmt.Println(b.ints[b.replaced(i)], b.ints)
	b.ints[b.replaced(0)] = 5
	fmt.Println(b.ints)
	func() {
		defer func() { fmt.Println(recover() != nil, b.ints) }()
		b.ints[1] = b.ints[far+5]
	}()
}
