package main

import (
	"errors"
	"fmt"
	"math/rand"
	"reflect"
	"testing/quick"
)

type small int

func (small) Generate(r *rand.Rand, size int) reflect.Value { return reflect.ValueOf(small(r.Intn(5))) }

type tree struct {
	Left, Right *tree
	Names       map[string][]uint8
	Pair        [2]complex64
}

func main() {
	calls := 0
	fmt.Println(quick.Check(func(a int8, b small, s string, t tree, f float32) bool {
		calls++
		return b >= 0 && b < 5
	}, nil), calls)
	err := quick.Check(func(a uint8) bool { return false }, &quick.Config{Values: func(args []reflect.Value, _ *rand.Rand) { args[0] = reflect.ValueOf(uint8(7)) }})
	var ce *quick.CheckError
	fmt.Println(err, errors.As(err, &ce), ce.Count, ce.In)
	fmt.Println(quick.CheckEqual(func(a int) int { return a * 2 }, func(a int) int { return a + a }, &quick.Config{MaxCount: 20}))
	err = quick.CheckEqual(func(a small) bool { return true }, func(a small) bool { return false }, nil)
	var ee *quick.CheckEqualError
	fmt.Println(errors.As(err, &ee), ee.Out1, ee.Out2)
	fmt.Println(quick.Check(1, nil))
	fmt.Println(quick.Check(func() int { return 1 }, nil))
	fmt.Println(quick.Check(func() {}, nil))
	fmt.Println(quick.Check(func(c chan int) bool { return true }, nil))
	fmt.Println(quick.CheckEqual(func(a int) {}, func(a bool) {}, nil))
	_, ok := quick.Value(reflect.TypeOf(func() {}), rand.New(rand.NewSource(1)))
	fmt.Println(ok)
}
