package main

/*
#include <stdio.h>
void log_line(int level, const char *format, ...) __attribute__((format(printf, 2, 3)));
void log_list(const char *format, void *list) __attribute__((format(printf, 1, 0)));
*/
import "C"
import "unsafe"

func main() {
	i, l, f := C.int(1), C.long(2), 2.5
	C.printf("%d %ld %5.2f %s %c %p %% %zu\n", i, l, f, "text", 'x', unsafe.Pointer(nil), C.size_t(3))
	C.printf("%hhd %hd %u %x %lld %g %s", C.char(1), C.short(2), C.uint(3), i, C.longlong(4), float32(1), []byte("x\x00"))
	C.printf("%*d %-*.*f", i, i, i, i, f)
	C.printf("%1$d %1$d", i)
	C.printf("%d %d", i)            // ERROR "C.printf: %d of the format has no argument"
	C.printf("%d", i, 3)            // ERROR "C.printf: the format has no conversion for 3"
	C.printf("%d", l)               // ERROR "C.printf: %d wants C.int, or one of its size or less, and l is of type C.long"
	C.printf("%ld", i)              // ERROR "%ld wants C.long, and i is of type C.int"
	C.printf("%d", len("x"))        // ERROR "%d wants C.int.* is of type int"
	C.printf("%s", i)               // ERROR "%s wants a string or \*C.char, and i is of type C.int"
	C.printf("%d", "x")             // ERROR "%d wants C.int.*, and .x. is of type string"
	C.printf("%5.1f", i)            // ERROR "%5.1f wants C.double, and i is of type C.int"
	C.printf("%d", f)               // ERROR "%d wants C.int"
	C.printf("%*d", f, i)           // ERROR "%\* wants C.int"
	C.printf("%p", i)               // ERROR "%p wants a pointer"
	C.printf("%s", &i)              // ERROR "%s wants a string"
	C.printf("%Lf", f)              // ERROR "%Lf wants a long double, which cannot be passed"
	C.printf(C.CString("%d"), f)    // ERROR "%d wants C.int"
	C.fprintf(C.stdout, "%d", l)    // ERROR "C.fprintf: %d wants C.int"
	var buf [100]C.char
	C.snprintf(&buf[0], 100, "%d", l) // ERROR "C.snprintf: %d wants C.int"
	C.log_line(1, "%d", i)
	C.log_line(1, "%d", l)          // ERROR "C.log_line: %d wants C.int"
	C.log_list("%d", nil)

	var d C.double
	var s C.short
	C.sscanf(&buf[0], "%d %ld %lf %hd %s %*d %[a-z] %99c", &i, &l, &d, &s, &buf[0], &buf, &buf[0])
	C.sscanf(&buf[0], "%d", i)      // ERROR "C.sscanf: %d wants \*C.int, and i is of type C.int"
	C.sscanf(&buf[0], "%d", &l)     // ERROR "%d wants \*C.int, and &l is of type \*C.long"
	C.sscanf(&buf[0], "%f", &d)     // ERROR "%f wants \*C.float, and &d is of type \*C.double"
	C.sscanf(&buf[0], "%d %d", &i)  // ERROR "%d of the format has no argument"
}
