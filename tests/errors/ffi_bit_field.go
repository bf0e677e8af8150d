package main

/*
struct flags {
	unsigned char ((e : 2; // ERROR "C preamble: expected .\). near :"
	unsigned plain;
};
*/
import "C"

func main() {
	var f C.struct_flags
	_ = f
}
