// Generic functions as arguments of generic functions: each tells about the
// other what it knows.
package main

import "fmt"

func id[T any](x T) T                          { return x }
func wrap[T any](x T) []T                      { return []T{x} }
func head[S ~[]E, E any](s S) E                { return s[0] }
func zero[T, U any](x U) (t T)                 { return }
func apply[T, U any](f func(T) U, x T) U       { return f(x) }
func chain[A, B, C any](f func(A) B, g func(B) C, a A) C { return g(f(a)) }

func each[S ~[]E, E, R any](s S, f func(E) R) (r []R) {
	for _, x := range s {
		r = append(r, f(x))
	}
	return
}

func inGeneric[Q any](q Q) string { return fmt.Sprintf("%T %v", apply(wrap, q), apply(id, q)) }

func main() {
	fmt.Println(apply(id, 4), apply(wrap, "x"), apply(zero[string], 1.5) == "")
	fmt.Println(chain(wrap, head, 3), chain(id, wrap, 'a'), chain(wrap[int], wrap, 1))
	fmt.Println(each([]int{1, 2}, wrap), each([][]string{{"a"}}, head))
	fmt.Println(inGeneric(2), inGeneric("s"))
}
