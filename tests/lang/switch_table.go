// Switches over integers, which jump through tables when the cases are close.
package main

import "fmt"

type color uint8

const (
	red color = iota + 3
	green
	blue
	black
	white
)

func (c color) String() string {
	switch c {
	case red:
		return "red"
	case green:
		return "green"
	case blue:
		return "blue"
	case white, black:
		return "grey"
	}
	return "?"
}

func around(n int) (out string) {
	switch n {
	case -2:
		out = "minus two"
	case -1:
		out = "minus one"
		fallthrough
	case 0:
		out += " zero"
	default:
		out = "other"
	case 5, 7:
		if n == 5 {
			break
		}
		out = "seven"
	case 6:
		for i := 0; ; i++ {
			switch i {
			case 0, 1, 2, 3:
				continue
			}
			out += fmt.Sprint("six", i)
			break
		}
	}
	return
}

func unsigned(n uint64) int {
	switch n {
	case 100:
		return 0
	case 101:
		return 1
	case 102:
		return 2
	case 104:
		return 4
	}
	return -1
}

func sparse(n int) int {
	switch n {
	case 1, 1000, 1000000, -1000000, 1 << 40:
		return n
	}
	switch n {
	case 1<<63 - 1, -2, -1, 0, 2:
		return n / 2
	}
	return 0
}

func digit(r rune) int {
	switch r {
	case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		return int(r - '0')
	case 'a', 'b', 'c', 'd', 'e', 'f':
		return int(r-'a') + 10
	}
	return -1
}

func main() {
	for c := color(0); c < 10; c++ {
		fmt.Print(c, " ")
	}
	fmt.Println()
	for n := -4; n < 10; n++ {
		fmt.Printf("%d:%s ", n, around(n))
	}
	fmt.Println(around(-1<<63), around(1<<62))
	fmt.Println(unsigned(99), unsigned(100), unsigned(101), unsigned(103), unsigned(104), unsigned(105), unsigned(0), unsigned(1<<64-1))
	fmt.Println(sparse(1), sparse(1000), sparse(-1000000), sparse(2), sparse(1<<40), sparse(-2), sparse(1<<63-1))
	for _, r := range "09afgG/:\u4e16" {
		fmt.Print(digit(r), " ")
	}
	fmt.Println()
}
