// Values whose types are type parameters.
package main

func index[T [10]byte | string](x T, i int) {
	_ = x[i]
	_ = x[9]
	_ = x[10] // ERROR "out of bounds"
}

func three[T []byte | string](x T, i int) {
	_ = x[i:i]
	_ = x[i:i:i] // ERROR "3-index slice of string"
}

func parts[C ~complex128, F ~float64](c C, f F) {
	_ = real(c)       // ERROR "not supported as argument to built-in real"
	_ = imag(c)       // ERROR "not supported as argument to built-in imag"
	_ = complex(f, f) // ERROR "not supported as argument to built-in complex"
}

type named byte

func copies[T []byte | string](x T, y []named, z []byte) {
	copy(z, x)
	copy(y, x) // ERROR "different element types"
}

func less[T any](a, b T) bool { return a < b } // ERROR "type parameter T is not comparable with <"
