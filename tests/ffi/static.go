package main

// C code in the preamble: functions, variables, statics, exports.

/*
#include <stdio.h>
#include <string.h>

enum { LIMIT = 3 };
static int calls;
int visible = 5;
static const char *names[LIMIT] = { "zero", "one", "two" };
static const char *name(unsigned i) { calls++; return i < LIMIT ? names[i] : NULL; }
static inline int twice(int x) { return 2 * x; }
extern int goAdd(int, int);
extern void goVisit(void *, const char *);
static int sum_with_go(const int *a, int n) {
	int s = 0;
	for (int i = 0; i < n; i++) s = goAdd(s, a[i]);
	return s;
}
typedef void (*visitor)(void *, const char *);
static void visit(visitor v, void *p) { for (int i = 0; i < LIMIT; i++) v(p, names[i]); }
struct list { int value; struct list *next; };
static int total(const struct list *l) { int s = 0; for (; l; l = l->next) s += l->value; return s; }
*/
import "C"
import (
	"fmt"
	"runtime/cgo"
	"unsafe"
)

//export goAdd
func goAdd(a, b C.int) C.int { return a + b }

//export goVisit
func goVisit(p unsafe.Pointer, s *C.char) {
	(*(*cgo.Handle)(p)).Value().(func(string))(C.GoString(s))
}

func main() {
	fmt.Println(C.GoString(C.name(1)), C.name(7) == nil, C.calls, C.visible, C.twice(21), C.LIMIT)
	C.visible++
	fmt.Println(C.visible, C.GoString(C.names[2]))
	a := [4]C.int{1, 2, 3, 4}
	fmt.Println(C.sum_with_go(&a[0], 4))
	h := cgo.NewHandle(func(s string) { fmt.Print(s, " ") })
	C.visit(C.visitor(C.goVisit), unsafe.Pointer(&h))
	fmt.Println()
	h.Delete()
	l := &C.struct_list{1, &C.struct_list{2, &C.struct_list{value: 3}}}
	fmt.Println(C.total(l), l.next.value)
}
