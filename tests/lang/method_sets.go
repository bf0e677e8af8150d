// Which methods a type has: through embedded values, pointers and interfaces, at
// several depths, shadowed and ambiguous ones, as values and expressions.
package main

import "fmt"

type base struct{ n int }

func (b base) val() string      { return fmt.Sprint("base.val ", b.n) }
func (b *base) ptr() string     { b.n++; return fmt.Sprint("base.ptr ", b.n) }
func (b base) shadowed() string { return "base.shadowed" }

type other struct{ n int }

func (o other) val2() string     { return fmt.Sprint("other ", o.n) }
func (o other) shadowed() string { return "other.shadowed" }

type byValue struct{ base }
type byPointer struct{ *base }
type deep struct {
	byValue
	name string
}
type deeper struct{ *deep }
type both struct { // n and shadowed are ambiguous, and nobody uses them
	base
	other
}
type chosen struct {
	both
}

func (c chosen) shadowed() string { return c.base.shadowed() + "+" + c.other.shadowed() }

type valer interface{ val() string }
type ptrer interface{ ptr() string }
type valptr interface {
	valer
	ptrer
}
type wrap struct{ valer }
type wrapped struct {
	*wrap
	valptr
}

func (w wrapped) val() string { return "wrapped(" + w.wrap.val() + "," + w.valptr.val() + ")" }

type named base
type alias = base
type fnType func(int) int

func (f fnType) val() string { return fmt.Sprint("fn ", f(20)) }

type sl []int

func (s sl) val() string  { return fmt.Sprint("sl ", len(s)) }
func (s *sl) ptr() string { *s = append(*s, 1); return fmt.Sprint("sl.ptr ", len(*s)) }

type num int

func (n num) val() string  { return fmt.Sprint("num ", int(n)) }
func (n *num) ptr() string { *n *= 2; return fmt.Sprint("num.ptr ", int(*n)) }

type gen[T any] struct{ v T }

func (g gen[T]) val() string  { return fmt.Sprintf("gen[%T] %v", g.v, g.v) }
func (g *gen[T]) ptr() string { var z T; g.v = z; return g.val() }

type embedsGen struct {
	gen[string]
	*gen2
}
type gen2 struct{ gen[int] }
type list[T valer] []T

func (l list[T]) val() (s string) {
	for _, x := range l {
		s += x.val() + ";"
	}
	return
}

func callPtr[T any, P interface {
	*T
	ptr() string
}](v T) string {
	return P(&v).ptr()
}

func has(v any) string {
	s := ""
	if _, ok := v.(valer); ok {
		s += "v"
	}
	if _, ok := v.(ptrer); ok {
		s += "p"
	}
	if _, ok := v.(valptr); ok {
		s += "b"
	}
	if _, ok := v.(interface{ val2() string }); ok {
		s += "2"
	}
	if _, ok := v.(interface{ shadowed() string }); ok {
		s += "s"
	}
	return s + "."
}

var initialised = base.val(base{3}) + (*base).ptr(&base{3})

func main() {
	fmt.Println(initialised)
	b := &base{1}
	fmt.Println(has(base{}), has(b), has(byValue{}), has(&byValue{}), has(byPointer{b}), has(&byPointer{b}), has(deep{}), has(&deep{}), has(deeper{}), has(both{}), has(&both{}), has(chosen{}), has(named{}), has(alias{}), has(fnType(nil)), has(sl{}), has(&sl{}), has(num(0)), has(new(num)), has(gen[int]{}), has(&gen[int]{}), has(wrap{}), has(wrapped{}), has(list[num]{}), has(struct{ base }{}), has(&struct{ *base }{}), has(struct{ valptr }{}))
	bv := byValue{base{10}}
	fmt.Println(bv.val(), bv.ptr(), bv.val(), bv.n, (&bv).base.ptr())
	bp := byPointer{b}
	fmt.Println(bp.val(), bp.ptr(), b.n, byPointer.ptr(bp), b.n)
	d := deeper{&deep{byValue{base{100}}, "d"}}
	fmt.Println(d.val(), d.ptr(), d.n, d.byValue.base.n, d.shadowed(), d.name)
	bo := both{base{1}, other{2}}
	fmt.Println(bo.val(), bo.ptr(), bo.val2(), bo.base.n, bo.other.n, chosen{bo}.shadowed(), chosen{bo}.both.base.shadowed())
	w := wrapped{&wrap{bv}, &bv}
	fmt.Println(w.val(), w.ptr(), bv.n, w.wrap.valer.val(), w.valptr.val())
	// Method values keep the receiver as it was, or the pointer.
	mv, mp := bv.val, bv.ptr
	bv.n = 1000
	fmt.Println(mv(), mp(), mp(), bv.n)
	iv := valer(bv)
	im := iv.val
	iv = num(3)
	bv.n = 0
	fmt.Println(im(), iv.val(), has(iv))
	dm := d.ptr
	old := d.deep
	d.deep = &deep{}
	fmt.Println(dm(), old.n, d.n)
	// Method expressions.
	fmt.Println(base.val(*b), (*base).val(b), (*base).ptr(b), byValue.val(bv), (*byValue).ptr(&bv), (*byValue).val(&bv), valer.val(num(4)), valptr.ptr(b), deeper.val(old2(old)), num.val(5), (*num).val(new(num)), gen[int].val(gen[int]{7}), (*gen[string]).ptr(&gen[string]{"x"}))
	f := (*deep).ptr
	fmt.Println(f(old), fmt.Sprintf("%T", f) == "func(*main.deep) string")
	fmt.Println(fnType(func(i int) int { return i + 2 }).val())
	var s sl
	fmt.Println(s.val(), s.ptr(), s.ptr(), s.val(), len(s))
	n := num(3)
	fmt.Println(n.ptr(), n.val(), (&n).ptr(), n, num(7).val(), callPtr(num(5)), callPtr(sl{1, 2}), callPtr(gen[int]{4}))
	eg := embedsGen{gen[string]{"s"}, &gen2{gen[int]{5}}}
	fmt.Println(eg.val(), eg.gen2.val(), eg.ptr(), eg.v == "", eg.gen2.gen.ptr(), list[num]{1, 2}.val(), list[valer]{n, s}.val(), list[*base]{b}.val())
	// Nil pointers as receivers.
	var np *base
	var nd *deeper
	fmt.Println(try(func() { (*list[num])(nil).val() }), try(func() { np.val() }), try(func() { np.ptr() }), try(func() { nd.val() }), try(func() { byPointer{}.val() }), try(func() { _ = byPointer{}.val }), try(func() { _ = byPointer{}.ptr }), try(func() { wrap{}.val() }), try(func() { _ = wrap{}.val }), try(func() { _ = valer(nil).val }), try(func() { deeper{}.ptr() }))
	// Through elements, fields, calls and maps.
	arr := [2]base{{1}, {2}}
	slice := []byValue{{base{3}}}
	m := map[string]*base{"k": {4}}
	fmt.Println(arr[1].ptr(), arr, slice[0].ptr(), slice, m["k"].ptr(), *m["k"], (&arr[0]).val(), mk().ptr(), mk().val(), struct{ *base }{b}.ptr())
	var i interface {
		valer
		fmt.Stringer
	}
	fmt.Println(try(func() { i.val() }), i == nil)
	type local struct{ *num }
	l := local{&n}
	fmt.Println(l.ptr(), l.val(), has(l), has(&l), *l.num)
	func() {
		defer fmt.Println("deferred", l.val())
		defer func(f func() string) { fmt.Println(f()) }(n.val)
		n = 50
		go l.ptr()
	}()
	anon := struct {
		base
		extra int
	}{base{9}, 1}
	p := &anon
	fmt.Println(p.val(), p.ptr(), anon.n, has(anon), has(p))
	if v, ok := any(p).(interface{ ptr() string }); ok {
		fmt.Println(v.ptr())
	}
	switch v := any(eg).(type) {
	case interface{ missing() }:
		fmt.Println("missing")
	case ptrer:
		fmt.Println("ptrer")
	case valer:
		fmt.Println("valer", v.val())
	}
}

func old2(d *deep) deeper { return deeper{d} }
func mk() *byValue        { return &byValue{base{77}} }

func try(f func()) (s string) {
	defer func() {
		if recover() != nil {
			s = "panics"
		}
	}()
	f()
	return "fine"
}
