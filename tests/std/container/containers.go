// Heap, list and ring.
package main

import (
	"container/heap"
	"container/list"
	"container/ring"
	"fmt"
)

type ints []int

func (h ints) Len() int           { return len(h) }
func (h ints) Less(i, j int) bool { return h[i] < h[j] }
func (h ints) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *ints) Push(x any)        { *h = append(*h, x.(int)) }
func (h *ints) Pop() any {
	old := *h
	x := old[len(old)-1]
	*h = old[:len(old)-1]
	return x
}

func show(l *list.List) {
	fmt.Print(l.Len(), ":")
	for e := l.Front(); e != nil; e = e.Next() {
		fmt.Print(" ", e.Value)
	}
	fmt.Print(" |")
	for e := l.Back(); e != nil; e = e.Prev() {
		fmt.Print(" ", e.Value)
	}
	fmt.Println()
}

func main() {
	h := &ints{5, 2, 8, 1, 9, 3}
	heap.Init(h)
	heap.Push(h, 4)
	(*h)[2] = 10
	heap.Fix(h, 2)
	fmt.Println(heap.Remove(h, 1), *h)
	for h.Len() > 0 {
		fmt.Print(heap.Pop(h), " ")
	}
	fmt.Println()

	l := list.New()
	e4 := l.PushBack(4)
	e1 := l.PushFront(1)
	l.InsertBefore(3, e4)
	e2 := l.InsertAfter(2, e1)
	show(l)
	l.MoveToFront(e4)
	l.MoveToBack(e1)
	show(l)
	l.MoveBefore(e1, e2)
	l.MoveAfter(e4, e2)
	show(l)
	fmt.Println(l.Remove(e2), l.Remove(e2), e2.Next(), e2.Prev())
	o := list.New()
	o.PushBack("x")
	l.PushBackList(o)
	l.PushFrontList(l)
	show(l)
	fmt.Println(l.InsertBefore(1, o.Front()), l.Front().Value, l.Back().Value)
	l.Init()
	show(l)
	var zero list.List
	zero.PushBack(1)
	show(&zero)

	r := ring.New(5)
	for i := 0; i < r.Len(); i++ {
		r.Value = i
		r = r.Next()
	}
	r.Do(func(x any) { fmt.Print(x, " ") })
	r = r.Move(2)
	gone := r.Unlink(2)
	fmt.Println(r.Len(), gone.Len(), r.Value, r.Prev().Value)
	r.Link(gone)
	r.Do(func(x any) { fmt.Print(x, " ") })
	var nilRing *ring.Ring
	fmt.Println(nilRing.Len(), ring.New(0), new(ring.Ring).Len())
}
