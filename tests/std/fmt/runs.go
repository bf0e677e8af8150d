// Ordinary directives and values between rare ones, in all combinations of
// flags, widths and precisions.
package main

import (
	"errors"
	"fmt"
	"math"
)

type named int
type namedString string
type shouting string

func (s shouting) String() string { return string(s) + "!" }

func main() {
	values := []any{0, 7, -42, int8(-128), uint8(200), uint64(math.MaxUint64), 'x', rune(0x4e16), 0.0, -1.5, 1e21, 1e-7, 3.14159265, float32(0.1), math.Inf(1), math.NaN(),
		math.Copysign(0, -1), "", "text", "Größe\n\"q\"", "a\xffb", true, false, nil, named(5), namedString("n"), shouting("s"), errors.New("e"), []int{1}, []byte("b"), uintptr(9)}
	for _, flags := range []string{"", "-", "+", "0", "-0", "+0", "#", " ", "+-"} {
		for _, size := range []string{"", "5", "12", ".0", ".3", "8.2", "."} {
			for _, verb := range "dvsqxXobtcfegEGUT" {
				format := "<%" + flags + size + string(verb) + ">"
				line := format
				for _, v := range values {
					line += " " + fmt.Sprintf(format, v)
				}
				fmt.Println(sum(line), format)
				if flags == "" && size == "8.2" {
					fmt.Println(line)
				}
			}
		}
	}
	fmt.Printf("%d %s|%%|%5d%%|%v %d\n", 1, "two", 3, 4.5)
	fmt.Printf("%d %!|%z|%", 1, 2)
	fmt.Println()
	fmt.Printf("%[2]d %d %[1]d %d\n", 1, 2, 3)
	fmt.Printf("%*d|%-*d|%.*f|%d\n", 5, 1, 4, 2, 2, 3.14159, 6)
	fmt.Printf("%d %d\n", 1, 2, "extra", 3)
	fmt.Printf("no arguments\n")
	fmt.Printf("ends with %d", 1)
	fmt.Println()
	fmt.Printf("%s %v %d %s\n", shouting("a"), shouting("b"), named(3), errors.New("c"))
	fmt.Printf("%1001d|%.70f\n", 1, 1.5)
	fmt.Println(1, "a", "b", 2.5, nil, shouting("x"), true, []string{"y"}, 'z', -0.0, uint8(3))
	fmt.Println()
	fmt.Println(shouting("first"), 1)
	fmt.Print("a", 1, 2, "b", "c", 3.5, true, false, "\n")
	fmt.Println(fmt.Errorf("at %d: %w (%s)", 5, errors.New("inner"), "x"), fmt.Sprint(), fmt.Sprintln("x", 1))
}

func sum(s string) (h uint32) {
	for i := 0; i < len(s); i++ {
		h = h*31 + uint32(s[i])
	}
	return h
}
