// stderr: ^\(0x0,0x0\) \(0x0,0x0\) \[0/0\]0x0 0x0 0x0 true \+1\.500000e\+000\n$
// What the builtin println makes of values.
package main

func main() {
	var e error
	var any interface{}
	var s []int
	var m map[int]int
	var p *int
	println(any, e, s, m, p, true, 1.5)
}
