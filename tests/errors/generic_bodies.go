// Bodies of generic functions are checked without being instantiated.
package main

type number interface{ ~int | ~float64 }

func sum[T number](list []T) (total T) {
	for _, v := range list {
		total += v
	}
	total = "x" // ERROR "cannot use \"x\" .* as T value"
	return total % 2 // ERROR "operator % not defined on total"
}

func equal[T any](a, b T) bool {
	return a == b // ERROR "invalid operation: a == b"
}

func first[S ~[]E, E any](s S) E {
	var i interface{} = s[0]
	_ = i.(E)
	_ = s.(E) // ERROR "cannot index|type assertion on type parameter"
	return s // ERROR "cannot use s"
}

func call[T interface{ Name() string }](v T) string {
	v.Age() // ERROR "v.Age undefined"
	return v.Name()
}

type pair[K comparable, V any] struct {
	key   K
	value V
	bad   map[V]K // ERROR "invalid map key type V"
}

func (p *pair[K, V]) swap() pair[V, K] { // ERROR "V does not satisfy comparable"
	var q pair[K] // ERROR "not enough type arguments"
	_ = q
	return undefinedName // ERROR "undefined: undefinedName"
}

func grow[T any](n int, v T) { // ERROR "instantiation cycle"
	if n > 0 {
		grow(n-1, []T{v})
	}
}

func needs[T number](v T) {}

func passes[U any](u U) {
	needs(u) // ERROR "U does not satisfy number"
	needs("text") // ERROR "string does not satisfy number"
}

func main() {}
