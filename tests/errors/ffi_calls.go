package main

/*
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
typedef struct { long double x; } wide;
void take_wide(wide);
long double _Complex wide_result(void);
void take_big(__int128);
struct __attribute__((aligned(64))) aligned { int b; };
void take_aligned(struct aligned);
typedef int (*cmp)(const void *, const void *);
void sort(cmp);
void nothing(void);
struct __attribute__((packed)) packed { char a; int b; };
void call_packed(int (*f)(struct packed));
#define TWICE(x) ((x) * 2)
#define ANY(...) f(__VA_ARGS__)
#define ODD (some text)
struct point { int x, y; };
*/
import "C"

func main() {
	C.sinn(1)        // ERROR "undefined: C.sinn \(did you mean C.sin"
	C.sin("x")       // ERROR "cannot use .x. \(untyped string constant\) as C.double value in argument to C.sin"
	C.sin(1, 2)      // ERROR "too many arguments in call to C.sin"
	C.sin()          // ERROR "not enough arguments in call to C.sin"
	var i int = 3
	C.abs(i)         // ERROR "cannot use i \(variable of type int\) as C.int value in argument to C.abs"
	var c C.int = i  // ERROR "cannot use i \(variable of type int\) as C.int value in variable declaration"
	_ = c
	C.puts(i)        // ERROR "cannot use i \(variable of type int\) as \*C.char value"
	C.printf("%d", map[int]int{}) // ERROR "cannot pass map\[int\]int\{\} .* to the variable part of C.printf"
	C.sort(func(a int) {})        // ERROR "as C function pointer in argument to C.sort"
	var d C.double = C.int(3)     // ERROR "cannot use C.int\(3\) .*as C.double value"
	_ = d
	C.take_wide(C.wide{})         // ERROR "cannot pass an incomplete or over-aligned struct, or one with long double"
	C.take_aligned(C.struct_aligned{}) // ERROR "cannot pass an incomplete or over-aligned struct"
	C.take_big([16]byte{})        // ERROR "cannot pass __int128 by value in call of C.take_big"
	_ = C.wide_result()           // ERROR "cannot pass long double _Complex by value"
	_ = C.TWICE                   // ERROR "C.TWICE \(built-in\) must be called"
	C.TWICE(1, 2)                 // ERROR "C.TWICE takes 1 arguments, not 2"
	C.TWICE(map[int]int{})        // ERROR "cannot pass map"
	C.TWICE("a")                  // ERROR "cannot call the macro C.TWICE with these arguments: invalid operands"
	C.ANY(1)                      // ERROR "C.ANY is a macro with any number of parameters"
	_ = C.ODD                     // ERROR "cannot call the macro C.ODD .*some"
	var p C.struct_point
	p.z = 1                       // ERROR "p.z undefined \(type C.struct_point has no field or method z\)"
	x := C.nothing() + 1          // ERROR "C.nothing\(\) \(no value\) used as value"
	_ = x
	a, b, e := C.abs(1)           // ERROR "assignment mismatch: 3 variables but C.abs\(1\)"
	_, _, _ = a, b, e
	var s C.struct_missing        // ERROR "undefined: C.struct_missing"
	_ = s
	C.free(&i)                    // ERROR "cannot use &i .* as unsafe.Pointer value in argument to C.free"
	C.call_packed(func(C.struct_packed) C.int { return 1 }) // ERROR "cannot use .* as C function pointer in argument to C.call_packed: a packed struct is passed by value"
	C.CString(3)                  // ERROR "cannot use 3 .* as string value in argument to C.CString"
	C.abs([]C.int{1}...)          // ERROR "cannot use ... in a call of a C function"
}
