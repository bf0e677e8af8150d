// interfaces: methods called through an interface, three types in turn.
package main

import "fmt"

type Shape interface {
	Area() int
	Grow(n int)
}

type Square struct{ side int }
type Rect struct{ w, h int }
type Line struct{ length int }

func (s *Square) Area() int  { return s.side * s.side }
func (s *Square) Grow(n int) { s.side = (s.side + n) % 1000 }
func (r *Rect) Area() int    { return r.w * r.h }
func (r *Rect) Grow(n int)   { r.w, r.h = (r.w+n)%1000, (r.h+1)%1000 }
func (l *Line) Area() int    { return 0 }
func (l *Line) Grow(n int)   { l.length += n }

func main() {
	shapes := []Shape{&Square{1}, &Rect{2, 3}, &Line{4}, &Square{5}, &Rect{6, 7}}
	sum := 0
	for i := 0; i < 2000000; i++ {
		for _, s := range shapes {
			s.Grow(i & 3)
			sum += s.Area()
		}
	}
	fmt.Println(sum)
}
