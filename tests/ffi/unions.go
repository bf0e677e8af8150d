package main

// Unions by value: to C, to callbacks and back, by the class of their members.

/*
#include <stdint.h>
typedef union { double d; float f[2]; } floats;      // float register
typedef union { double d; int64_t i; } number;       // integer register
typedef union { int i; char c[12]; } text;           // two integer registers
typedef struct { double d; union { float f; double e; } u; } pair; // two float registers
typedef union { double d[4]; } large;                // memory
typedef struct { int kind; union { int i; double d; const char *s; } v; } value;

static floats f_floats(double before, floats u, int after) { u.d += before + after; return u; }
static floats b_floats(floats (*f)(int, floats, double), floats u) { return f(1, u, 2); }
static number b_number(number (*f)(int, number, double), number u) { return f(1, u, 2); }
static text b_text(text (*f)(int, text, double), text u) { return f(1, u, 2); }
static pair b_pair(pair (*f)(int, pair, double), pair u) { return f(1, u, 2); }
static large b_large(large (*f)(int, large, double), large u) { return f(1, u, 2); }
static value b_value(value (*f)(int, value, double), value u) { return f(1, u, 2); }
static void set(pair *p, double d) { p->u.e = d; }
static double get(pair p) { return p.u.e; }
static void set_value(value *v, double d) { v->v.d = d; }
static double get_value(value v) { return v.v.d; }
static double sum(double (*f)(floats, number, pair), floats a, number b, pair c) { return f(a, b, c); }
*/
import "C"
import "fmt"

func main() {
	var f C.floats
	f.d = 1.5
	f = C.f_floats(1, f, 2)
	fmt.Println(f.d)
	f = C.b_floats(func(a C.int, u C.floats, b C.double) C.floats { u.d = u.d*10 + C.double(a) + b; return u }, f)
	fmt.Println(f.d)

	var n C.number
	n.i = 1 << 40
	n = C.b_number(func(a C.int, u C.number, b C.double) C.number { u.i += C.long(a) + C.long(b); return u }, n)
	fmt.Println(n.i)

	var t C.text
	t.c[0], t.c[11] = 'a', 'z'
	t = C.b_text(func(a C.int, u C.text, b C.double) C.text { u.c[0] += C.char(a); u.c[11] -= C.char(b); return u }, t)
	fmt.Println(string(rune(t.c[0])), string(rune(t.c[11])))

	var p C.pair
	p.d = 3
	C.set(&p, 0.25)
	p = C.b_pair(func(a C.int, u C.pair, b C.double) C.pair { u.d += C.get(u) + C.double(a) + b; return u }, p)
	fmt.Println(p.d, C.get(p))

	var l C.large
	l.d[3] = 7
	l = C.b_large(func(a C.int, u C.large, b C.double) C.large { u.d[0] = u.d[3] + C.double(a)*b; return u }, l)
	fmt.Println(l.d[0], l.d[3])

	v := C.b_value(func(a C.int, u C.value, b C.double) C.value { u.kind += a; C.set_value(&u, b); return u }, C.value{kind: 4})
	fmt.Println(v.kind, C.get_value(v))
	fmt.Println(C.sum(func(a C.floats, b C.number, c C.pair) C.double { return a.d + C.double(b.i) + c.d }, f, n, p))
}
