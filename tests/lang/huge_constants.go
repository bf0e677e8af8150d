// Constants as large and as small as Go's compiler has them: exponents of 32 bits.
package main

import "fmt"

const (
	a     = 1e100000000 / 1e99999999
	b     = 0x1p-100000000 * 0x1p100000001
	c     = 1e-100000000 * 1e100000000
	Big   = 1e646456992
	Small = 1e-646456992
	one   = Big * Small
	d     = Big+1 == Big
	e     = Big - Big
	f     = -Big < Small && Small > 0 && Small < 1e-1000000 && Big > 1e1000000 && -Small < 0
	g     = Big * 1e-646456990
	sq    = 1e200000 * 1e200000 / 1e399999
	k     = 1e-200000 * 1e-200000 * 1e400001
	z     = complex(Big, 1) * Small
	huge  = 1e50001
	tiny  = 1e-50001
	p     = huge * tiny
	q     = huge/3*3 == huge
	neg   = -Big / Big
	sum   = (huge + huge) / huge
	gone  = 1e-1000000000 == 0
	near  = Small + 1
)

func main() {
	fmt.Println(a, b, c, one, d, e, f, g, sq, k, z, p, q, neg, sum, gone, near)
	var x float64 = tiny
	var y float32 = Small
	fmt.Println(x, y, float64(Small), -Small)
}
