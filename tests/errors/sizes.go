// Types that Go's compiler has no room for.
package main

type small [1 << 15]byte
type large [1 << 17]byte
type holder struct{ c chan large } // ERROR "channel element type too large"

var (
	a chan small
	b chan [2 << 16]byte // ERROR "channel element type too large"
	c chan large         // ERROR "channel element type too large"
	d chan *large
	e [1 << 50]byte // ERROR "larger than address space"
	f [1 << 47]int  // ERROR "larger than address space"
	g [1 << 40]byte
)

func main() {
	close(make(chan struct{ v [65536]byte })) // ERROR "channel element type too large"
}
