package main

// Macros: constants of all kinds, and macros with parameters.

/*
#include <stdint.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/select.h>
#include <sys/wait.h>

#define INT 42
#define NEGATIVE -7
#define HEX 0xffu
#define OCTAL 0755
#define LONG 123456789012L
#define MAX64 UINT64_MAX
#define SUM (INT + HEX * 2)
#define SHIFTED (1u << 31)
#define CHOICE (sizeof(long) == 8 ? 64 : 32)
#define FLOAT 1.5f
#define RATIO (INT / 4.0)
#define TEXT "one " "two\t\x41\101"
#define LETTER 'x'
#define NEWLINE '\n'
#define ALIAS INT
#define FUNCTION strlen
#define NOTHING
#define HANDLE ((void *)-1)
#define JOIN(a, b) a##b
#define JOINED JOIN(12, 34)
#define NAME(x) #x
#define NAMED NAME(some text)
enum { FROM_ENUM = INT + 1, NEXT };
#define OF_ENUM (NEXT * 2)

#define TWICE(x) ((x) + (x))
#define MAX(a, b) ((a) > (b) ? (a) : (b))
#define FIRST(s) (*(s))
#define SET_X(p, v) do { (p)->x = (v); } while (0)
#define X_OF(p) ((p)->x)
#define SELF(p) (p)
#define ANSWER() 42
struct point { int x, y; };
typedef struct { double x; } anonymous;
static int state = 5;
#define STATE state
#define ADDRESS (&state)
#define COMPUTED (state * 2)
int hidden(int x);
#define hidden(x) ((x) + state)
#define my_uint unsigned int
extern const char letters[];
const char letters[] = "abc";
int numbers[] = { 1, 2, 3, };
*/
import "C"
import "fmt"

func main() {
	fmt.Println(C.INT, C.NEGATIVE, C.HEX, C.OCTAL, C.LONG, uint64(C.MAX64), C.SUM, C.SHIFTED, C.CHOICE)
	fmt.Println(C.FLOAT, C.RATIO, C.TEXT, C.LETTER, C.NEWLINE, C.ALIAS, C.INT_MAX, C.CHAR_BIT)
	fmt.Println(C.JOINED, C.NAMED, C.FROM_ENUM, C.OF_ENUM, C.FUNCTION("four"), uintptr(C.HANDLE) == ^uintptr(0))
	const sum = C.INT + C.FROM_ENUM // constants of the language
	var a [C.INT]byte
	fmt.Println(sum, len(a))
	fmt.Printf("%T %T %T %T\n", C.INT, C.RATIO, C.LETTER, C.HANDLE)

	fmt.Println(C.TWICE(21), C.TWICE(1.5), C.TWICE(C.long(1)<<40), C.MAX(3, 4), C.MAX(C.double(2.5), 1), C.ANSWER())
	fmt.Printf("%T %T %T %T\n", C.TWICE(21), C.TWICE(1.5), C.TWICE(C.uint(1)), C.FIRST("text"))
	p := &C.struct_point{1, 2}
	C.SET_X(p, 77)
	q := C.SELF(p)
	fmt.Println(p.x, C.X_OF(p), q == p, C.FIRST("A"))
	var r C.anonymous
	C.SET_X(&r, 2.5)
	fmt.Println(r.x, C.X_OF(&r))
	var set C.fd_set
	C.FD_ZERO(&set)
	C.FD_SET(5, &set)
	fmt.Println(C.FD_ISSET(5, &set) != 0, C.FD_ISSET(6, &set) != 0)
	fmt.Println(C.WIFEXITED(0x0300), C.WEXITSTATUS(0x0300))
	C.state = 6
	fmt.Println(C.STATE, *C.ADDRESS, C.COMPUTED, C.hidden(1), C.my_uint(7), len(C.letters), C.letters[1], len(C.numbers))
}
