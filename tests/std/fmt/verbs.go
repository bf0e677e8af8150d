// Every verb with values of every kind, wrong ones too.
package main

import (
	"errors"
	"fmt"
	"math"
	"strings"
)

type (
	Bool    bool
	Int     int8
	Uint    uint16
	Float   float32
	Complex complex64
	Str     string
	Bytes   []byte
	Octet   uint8
	Octets  []Octet
	Array   [2]int
	Slice   []string
	Map     map[string]int
	Func    func(int) string
	Point   struct{ X, Y int }
	Nested  struct {
		P    *Point
		Q    Point
		any  interface{}
		list []Point
		m    map[string]Point
		err  error
		f    func()
		c    chan int
	}
	Tree struct {
		Left, Right *Tree
		Value       int
	}
	Empty struct{}
)

func main() {
	verbs := "vTtbcdOqxXUegsp"
	flags := []string{"", "+", "#", "06", "-8.2"}
	values := []any{
		true, Bool(false), 42, -42, 0, int8(-128), Int(7), uint8(255), Uint(65), uint64(math.MaxUint64), int64(math.MinInt64), 'x', '€', rune(0x1F600), rune(-1), 0x110000,
		uintptr(4096), 3.5, -0.0, 1e21, 1e20, 123456789.0, 1e-7, float32(0.1), Float(2.5), math.Inf(1), math.Inf(-1), math.NaN(), math.MaxFloat64, math.SmallestNonzeroFloat64,
		complex(1, -2), Complex(complex(0.5, 1)), complex(math.Inf(1), math.NaN()),
		"hello", "", "tab\t\"quote\" `back` é€😀\xff\x00", Str("named"), []byte("bytes"), []byte(nil), Bytes("own"), Octets{1, 200}, [3]byte{97, 98, 99},
		Array{1, 2}, Slice{"a", "b c"}, Slice(nil), []int{}, []any{1, "a", nil, 2.5}, [0]int{}, [][]int{{1}, nil, {2, 3}},
		map[string]int{"b": 2, "a": 1}, Map(nil), map[int][]string{3: {"x"}, 1: nil}, map[Point]bool{{2, 1}: true, {1, 5}: false},
		Point{1, 2}, &Point{3, 4}, Empty{}, struct{}{}, struct {
			A int
			b string
		}{1, "x"}, nil, errors.New("an error"), []error{nil},
		&[]int{1}, &map[string]int{"k": 1}, &[2]bool{true}, &struct{ P *int }{},
		Nested{any: 5}, Nested{Q: Point{5, 6}, any: Point{7, 8}, list: []Point{{1, 1}}, m: map[string]Point{"z": {}, "y": {1, 2}}},
		Tree{Value: 1}, []*Point{nil}, map[bool]string{true: "t", false: "f"}, map[float64]int{2: 1, math.NaN(): 2, -1: 3},
		map[any]int{"s": 1, 2: 2, 1: 3, 1.5: 4, true: 5, "a": 6}, [2]Point{{1, 2}, {3, 4}}, (*Point)(nil), (func())(nil), (Func)(nil), (chan int)(nil), (*int)(nil), []string{"q\"", "é"}, [1]string{"%d"},
		[]bool{true, false}, []float64{1, 2.5}, []complex128{1i}, []rune("hé"), []uint16{1}, []int8{-1, 1},
	}
	for _, v := range values {
		for _, verb := range verbs {
			for _, flag := range flags {
				if verb == 'p' && v != nil && (flag != "" || fmt.Sprintf("%p", v)[0] != '%') {
					continue // an address
				}
				s := fmt.Sprintf("%"+flag+string(verb), v)
				fmt.Print(s, "|")
				if strings.HasPrefix(s, "%!") && strings.HasSuffix(s, ")") && flag == "" {
					break // a wrong verb stays wrong
				}
			}
			fmt.Println()
		}
	}
}
