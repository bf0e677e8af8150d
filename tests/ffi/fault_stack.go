// exit: 2
// stderr: fatal error: SIGSEGV: segmentation violation in C function deep
package main

/*
static int deep(int n) { volatile char room[4096]; room[0] = (char)n; return n ? deep(n + 1) + room[0] : 0; }
*/
import "C"

func main() { C.deep(1) }
