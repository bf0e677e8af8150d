package main

// Bit-fields and members of unions.

/*
#include <stdbool.h>
struct flags {
	unsigned a : 3, b : 5;
	signed c : 6;
	unsigned : 0;
	bool d : 1;
	unsigned char e : 2;
	unsigned long f : 40;
	int plain;
};
static void set(struct flags *p) { p->a = 5; p->b = 17; p->c = -7; p->d = 1; p->e = 2; p->f = 0x123456789aUL; p->plain = 99; }
static int same(const struct flags *p) { return p->a == 2 && p->b == 30 && p->c == -32 && p->d == 0 && p->e == 3 && p->f == 0xffffffffffUL && p->plain == 98; }
static int by_value(struct flags f) { return f.a * 100 + f.b; }

union number { int i; float f; double d; unsigned char bytes[8]; struct { short lo, hi; } halves; };
struct tagged { int kind; union number u; union { int extra; void *ptr; }; struct { int in_struct; }; };
typedef union { long l; double d; } word;
static double half(word w) { w.d /= 2; return w.d; }
static word make(double d) { word w; w.d = d; return w; }
static double read_tagged(const struct tagged *t) { return t->kind == 1 ? t->u.i : t->kind == 2 ? t->u.d : t->extra; }
*/
import "C"
import "fmt"

func main() {
	var f C.struct_flags
	C.set(&f)
	fmt.Println(f.a, f.b, f.c, f.d, f.e, f.f == 0x123456789a, f.plain)
	p := &f
	p.a, p.b = 2, 29
	p.b++
	f.c = -32
	f.d = false
	f.e |= 1
	p.f = 1<<40 - 1
	p.plain--
	fmt.Println(C.same(&f), f.a+1, p.c, C.by_value(f), C.by_value(*p))
	f.a = 7 + 2 // of which three bits are kept
	fmt.Printf("%d %T %T %T\n", f.a, f.a, f.c, f.d)
	g := f
	g.b = 1
	fmt.Println(f.b, g.b)
	list := []C.struct_flags{f, g}
	list[1].c = 9
	fmt.Println(list[0].c, list[1].c)
	func() { f.e = 0 }()
	fmt.Println(f.e)

	var u C.union_number
	u.d = 1.5
	fmt.Println(u.d, u.bytes[7], u.i, len(u))
	u.i = -1
	fmt.Println(u.halves.lo, u.halves.hi, u.i)
	u.halves.hi = 2
	fmt.Println(u.i)
	pd := &u.d
	*pd = 0.25
	fmt.Println(u.d)
	t := C.struct_tagged{kind: 2}
	t.u.d = 6.5
	fmt.Println(C.read_tagged(&t))
	t.kind, t.u.i = 1, 42
	fmt.Println(C.read_tagged(&t))
	t.kind, t.extra = 3, 7
	t.in_struct = 8
	fmt.Println(C.read_tagged(&t), t.extra, t.ptr != nil, t.in_struct)
	var w C.word
	w.d = 5
	fmt.Println(C.half(w), C.make(0.5).d, w.l != 0)
	w.l = 3
	fmt.Println(w.l)
	fp := func(f float64) C.double { n := C.make(C.double(f)); return n.d }
	fmt.Println(fp(2.5))
}
