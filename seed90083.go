package main

import "fmt"

var steps int

// step ends what takes too long.
func step() {
	steps++
	if steps > 2000 {
		panic("out of steps")
	}
}

func report() {
	if e := recover(); e != nil {
		fmt.Println("recovered:", e)
	}
}

func id[T any](x T) T { return x }

func pick[T any](c bool, a, b T) T {
	if c {
		return a
	}
	return b
}

// at is an index that panics when there is nothing to index.
func at(n, i int) int {
	if n == 0 {
		return 0
	}
	if i < 0 {
		i = -(i + 1)
	}
	return i % n
}

func cut(n, i int) int {
	if i < 0 {
		i = -(i + 1)
	}
	return i % (n + 1)
}

func total(first int, more ...int) int {
	for i, m := range more {
		first += m * (i + 1)
	}
	return first
}

func byteAt(s string, i int) byte {
	if s == "" {
		return 0
	}
	return s[at(len(s), i)]
}

type S1 struct {
	f2 any
	f3 complex128
}
type S4 struct {
	f5 uint64
	f6 [2]map[string]int8
	S1
}
type S7 struct {
	f8 int8
	f9 uint
	f10 map[bool][]float32
	f11 any
	f12 map[bool][]uint8
}
var g13 float32 = id[float32](7.75)
var g14 map[string][]int16 = map[string][]int16{}
var g15 float64
func fn16(a17 []uint64, a18 string) (r19 map[string][]int) {
	step()
	for i20, v21 := range a18 {
		step()
		_, _ = i20, v21
		switch x22 := any(a17[at(len(a17), 6)]).(type) {
			case int:
				fmt.Println("int", x22)
				f23 := func() S7 {
					step()
					return S7{10, 9, map[bool][]float32{false: []float32{}, true: []float32{1.25, g13, id[float32](3.0)}}, any(v21), map[bool][]uint8{}}
				}
				v24 := f23()
				_ = v24
			case uint:
				fmt.Println("uint", x22)
			case string:
				fmt.Println("string", x22)
				g13, a17[at(len(a17), 6)] = 2.0, max(id[uint64](18446744073709551615), a17[at(len(a17), 6)])
			default:
				fmt.Printf("other %T\n", x22)
		}
	L25:
		for i26 := 0; i26 < 3; i26++ {
			step()
			c27, c28 := make(chan bool, 1), make(chan bool)
			select {
				case v, ok := <-c27:
					fmt.Println("received", v, ok)
				case c28 <- id[bool](true):
					fmt.Println("sent")
				default:
					fmt.Println("neither")
			}
			if ((id[int64](7207749009530649058) << 59) <= (10)) { continue L25 }
		}
		fmt.Printf("r19 %T %v\n", r19, r19)
	}
	for i29, v30 := range a18 {
		step()
		_, _ = i29, v30
		i29 = 2764212836538305538
		i29 = (i29 | func() int { return i29 }())
	}
	return
}
func fn31(a32 S7) (r33 any, r34 int8, r35 S1) {
	step()
	switch max(+(id[uint64](4)), func() uint64 { return id[uint64](7) }()) {
		case 1, 4920817841956618947:
			if ((id[int16](127) * id[int16](794)) >= (id[int16](-8) | id[int16](10403))) {
				a32.f9 = func() uint { return a32.f9 }()
				fmt.Printf("r34 %T %v\n", r34, r34)
				var fs36 []func() int32
				for i37 := int32(0); i37 < 2; i37++ {
					v38 := (int32(id[uint64](18446744073709551615)) ^ (1967659370))
					fs36 = append(fs36, func() int32 { v38++; return v38 })
				}
				for _, f := range fs36 { fmt.Print(f(), f(), " ") }
				fmt.Println()
			} else {
				v39 := func() float32 { return id[float32](2.0) }()
				_ = v39
				v40 := id[uint32](6)
				_ = v40
			}
			var v41 float32 = (float32(id[float64](3.0)) * (7.75))
			_ = v41
			fmt.Println("case 0")
		default:
			var v42 int32
			_ = v42
	}
	var fs43 []func() int16
	for i44 := int16(0); i44 < 3; i44++ {
		v45 := int16(func() uint64 { return id[uint64](9) }())
		fs43 = append(fs43, func() int16 { v45++; return pick(id[bool](false), i44, i44) })
	}
	for _, f := range fs43 { fmt.Print(f(), f(), " ") }
	fmt.Println()
	fmt.Printf("g13 %T %v\n", g13, g13)
	return r33, r34, r35
}
func fn46() (int32) {
	step()
	v48 := pick(id[bool](false), append([][]*S7{[]*S7{&S7{id[int8](8), id[uint](808140920114207766), map[bool][]float32{true: []float32{0.1}}, any(id[uint](1)), map[bool][]uint8{}}, &S7{id[int8](2), id[uint](5), map[bool][]float32{true: []float32{1e-3}, false: []float32{}}, any(id[uint](4)), map[bool][]uint8{true: []uint8{id[uint8](1), id[uint8](127), id[uint8](4), 2}, false: []uint8{id[uint8](8)}}}}}, []*S7{&S7{f8: id[int8](1), f9: 7, f10: map[bool][]float32{}, f11: any(id[float32](1e-3)), f12: map[bool][]uint8{}}, &S7{1, 7, map[bool][]float32{true: []float32{g13, 7.75, 3.0, 0.5}}, any(id[uint32](1521963923)), map[bool][]uint8{}}}, []*S7{}, []*S7{&S7{127, id[uint](1), map[bool][]float32{false: []float32{g13, g13, 1.25, g13}}, any(id[uint64](5363739041735885892)), map[bool][]uint8{false: []uint8{}}}, &S7{id[int8](1), 0, map[bool][]float32{false: []float32{1e-3}, true: []float32{id[float32](0.1), g13, 1e3}}, any(id[uint](7)), map[bool][]uint8{false: []uint8{104, id[uint8](9)}}}, &S7{10, 5, map[bool][]float32{true: []float32{g13, 1.25, id[float32](1e-3), g13}, false: []float32{}}, any(id[uint64](4)), map[bool][]uint8{false: []uint8{}}}, &S7{1, id[uint](5), map[bool][]float32{true: []float32{g13, g13}}, any(id[int16](23094)), map[bool][]uint8{false: []uint8{id[uint8](7), id[uint8](7)}, true: []uint8{id[uint8](9), 115, id[uint8](32), 8}}}}), func() [][]*S7 { return [][]*S7{[]*S7{&S7{100, 5, map[bool][]float32{true: []float32{id[float32](2.0), 0.5, 1e3, 3.0}, false: []float32{7.75, g13}}, any(id[int16](-1)), map[bool][]uint8{true: []uint8{id[uint8](91)}}}, &S7{f9: id[uint](9223372036854775807), f10: map[bool][]float32{false: []float32{g13}}, f12: map[bool][]uint8{false: []uint8{id[uint8](122), 7, id[uint8](5)}}}, &S7{f8: 127, f9: id[uint](4), f10: map[bool][]float32{false: []float32{g13}}, f11: any(g15), f12: map[bool][]uint8{}}}, []*S7{&S7{id[int8](5), 9223372036854775807, map[bool][]float32{true: []float32{g13, 2.0, 0.1, 0.5}}, any(id[uint32](8)), map[bool][]uint8{true: []uint8{id[uint8](10), id[uint8](2), id[uint8](5), id[uint8](1)}}}, &S7{f8: 3, f9: id[uint](100), f10: map[bool][]float32{}, f11: any(id[uint32](857346867)), f12: map[bool][]uint8{}}, &S7{f8: id[int8](49), f10: map[bool][]float32{false: []float32{g13, 3.0}}, f11: any(id[uint16](9))}, &S7{f9: 7, f12: map[bool][]uint8{}}}, []*S7{&S7{f8: id[int8](12), f10: map[bool][]float32{false: []float32{2.0}}, f11: any(id[int8](-1)), f12: map[bool][]uint8{true: []uint8{80}}}, &S7{f10: map[bool][]float32{true: []float32{id[float32](1e3), g13, g13, g13}}, f11: any(id[int16](28832))}}} }())
	_ = v48
L49:
	for i50 := 0; i50 <= 8; i50 += 2 {
		step()
		if v51 := pick(id[bool](false), id[int32](5), id[int32](1197903177)); func() bool { return id[bool](false) }() || v51 > 3 {
			i50 = 6
			const k52 int64 = 9*8 + 7%4 - 2.0
			v53 := k52 - func() int64 { return id[int64](3) }()
			_ = v53
			var v54 uint16 = (uint16(v51) << 4)
			_ = v54
		} else {
			i50 = 2
			i50 = 1
			var v55 uint8 = 255
			_ = v55
		}
		i50 = 7
		if v56 := ((id[int64](9) ^ (6)) &^ (id[int64](1) & (1))); ((id[bool](false) && id[bool](false)) && ((id[int32](2147483647)) != (id[int32](-2)))) || v56 > 3 {
			i50 = 0
			fmt.Printf("g15 %T %v\n", g15, g15)
		}
		if (id[bool](true) && (id[int16](7) < (-9))) { continue L49 }
	}
	return id[int32](-1)
}
func fn57(a58 map[int16][]*S7) ([]string, float64, int) {
	step()
	defer report()
	func() {
		defer report()
		v62, v63, v64 := fn31(S7{id[int8](127), 971786952762356154, map[bool][]float32{false: []float32{0.5, 0.5, g13}, true: []float32{0.1}}, any(id[uint8](4)), map[bool][]uint8{true: []uint8{id[uint8](0), 5, 4, 100}}})
		_, _, _ = v62, v63, v64
	}()
	{
		for range [3]int{} {
			step()
			fmt.Printf("g13 %T %v\n", g13, g13)
		}
		const k66 int16 = 6*3 + 1<<5 - 1
		v67 := k66 - (pick(id[bool](true), id[int16](-127), id[int16](-1)) % (16186))
		_ = v67
	}
	return []string{id[string](""), id[string]("世界"), id[string]("世界")}, -(-(float64(id[uint64](18446744073709551615)))), (len(g14) % len(g14))
}
func main() {
	defer func() { if e := recover(); e != nil { fmt.Println("end:", e) } }()
	func() {
		defer report()
		steps = 0
		v68 := fn16(append([]uint64{10, id[uint64](10), id[uint64](127)}, id[uint64](7), 3110325313599985632), id[string]("世界"))
		fmt.Printf("%T %v\n", v68, v68)
	}()
	func() {
		defer report()
		steps = 0
		v69 := fn16(append([]uint64{id[uint64](9)}, 5628701818884993398, id[uint64](10)), func() string { return id[string]("世界") }())
		fmt.Printf("%T %v\n", v69, v69)
	}()
	func() {
		defer report()
		steps = 0
		v70, v71, v72 := fn31(S7{id[int8](-8), 7857058364935022865, map[bool][]float32{}, any(id[int64](5)), map[bool][]uint8{true: []uint8{9, 0, id[uint8](5), 10}}})
		fmt.Printf("%T %v\n", v70, v70)
		fmt.Printf("%T %v\n", v71, v71)
		fmt.Printf("%T %v\n", v72, v72)
	}()
	func() {
		defer report()
		steps = 0
		v73, v74, v75 := fn31(S7{f9: 6264355032060279569, f10: map[bool][]float32{false: []float32{id[float32](1.25), g13, 1.25, 0.1}, true: []float32{id[float32](0.5), g13, 1.25, g13}}, f11: any(id[int16](-6)), f12: map[bool][]uint8{true: []uint8{id[uint8](3)}}})
		fmt.Printf("%T %v\n", v73, v73)
		fmt.Printf("%T %v\n", v74, v74)
		fmt.Printf("%T %v\n", v75, v75)
	}()
	func() {
		defer report()
		steps = 0
		v76 := fn46()
		fmt.Printf("%T %v\n", v76, v76)
	}()
	func() {
		defer report()
		steps = 0
		v77 := fn46()
		fmt.Printf("%T %v\n", v77, v77)
	}()
	func() {
		defer report()
		steps = 0
		v78, v79, v80 := fn57(map[int16][]*S7{})
		fmt.Printf("%T %v\n", v78, v78)
		fmt.Printf("%T %v\n", v79, v79)
		fmt.Printf("%T %v\n", v80, v80)
	}()
	func() {
		defer report()
		steps = 0
		v81, v82, v83 := fn57(pick(id[bool](true), map[int16][]*S7{}, map[int16][]*S7{5: []*S7{&S7{-1, id[uint](1144232646077553394), map[bool][]float32{}, any(id[uint](9)), map[bool][]uint8{false: []uint8{}, true: []uint8{id[uint8](7), id[uint8](9), id[uint8](8)}}}, &S7{-2, 127, map[bool][]float32{true: []float32{g13, 7.75, 3.0, id[float32](3.0)}}, any(id[uint32](4294967295)), map[bool][]uint8{}}, &S7{f8: 5, f9: 10, f10: map[bool][]float32{}, f11: any(g13), f12: map[bool][]uint8{true: []uint8{1, 1}}}}}))
		fmt.Printf("%T %v\n", v81, v81)
		fmt.Printf("%T %v\n", v82, v82)
		fmt.Printf("%T %v\n", v83, v83)
	}()
	fmt.Println("g13", g13)
	fmt.Println("g14", g14)
	fmt.Println("g15", g15)
}

func min[T int | int8 | int16 | int32 | int64 | uint | uint8 | uint16 | uint32 | uint64](a, b T) T {
	if a < b {
		return a
	}
	return b
}

func max[T int | int8 | int16 | int32 | int64 | uint | uint8 | uint16 | uint32 | uint64](a, b T) T {
	if a > b {
		return a
	}
	return b
}
