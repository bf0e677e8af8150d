// Methods, embedding and interfaces.
package main

type base int

func (base) m() {}

type holder struct {
	m int
	base
}

func (holder) m() {} // ERROR "field and method with the same name m"

var _ = holder{}.m // no error follows

type pointer *struct{ base }

var (
	p pointer
	_ = p.m // ERROR "p.m undefined"
	_ = (*p).m
)

type target *int
type embeds struct {
	target // ERROR "embedded field type cannot be a pointer"
}

type one interface{ f() int }
type two interface {
	f()
	one // ERROR "duplicate method f"
}
type blank interface {
	_() // ERROR "unique non-blank name"
}

var _ blank = 1 // nothing is missing in int

type generic interface {
	g[T any]() // ERROR "interface method must have no type parameters"
}

type loop interface {
	f(loop.f) // ERROR "loop.f undefined"
}

func (base) broken() undefined { return 0 } // ERROR "undefined: undefined"

var _ interface{ broken() int } = base(0) // no error follows

func main() {}
