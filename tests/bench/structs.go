// structs: small values with methods, passed and returned by value.
package main

import "fmt"

type Vec struct{ x, y, z float64 }

func (a Vec) Add(b Vec) Vec       { return Vec{a.x + b.x, a.y + b.y, a.z + b.z} }
func (a Vec) Scale(k float64) Vec { return Vec{a.x * k, a.y * k, a.z * k} }
func (a Vec) Dot(b Vec) float64   { return a.x*b.x + a.y*b.y + a.z*b.z }
func (a *Vec) Turn()              { a.x, a.y, a.z = a.y, a.z, a.x }

func main() {
	p, v := Vec{1, 2, 3}, Vec{0.5, 0.25, 0.125}
	e := 0.0
	for i := 0; i < 1500000; i++ {
		p = p.Add(v.Scale(0.001))
		e += p.Dot(v)
		v.Turn()
	}
	fmt.Printf("%.6f %.6f\n", e, p.x)
}
