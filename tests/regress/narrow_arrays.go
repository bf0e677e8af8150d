// Arrays of narrow elements that fill whole words, at odd addresses.
package main

import "fmt"

type Odd struct {
	pad byte
	b8  [8]byte
	b16 [16]byte
	b24 [24]byte
	h   [4]uint16
}

var from, to Odd

type Row struct {
	pad byte
	a   [3][8]byte
	b   [3][16]byte
}

func fill(s []byte) {
	for i := range s {
		s[i] = byte(i + 1)
	}
}

func main() {
	fill(from.b8[:])
	fill(from.b16[:])
	fill(from.b24[:])
	from.h = [4]uint16{7, 8, 9, 10}
	to.b8, to.b16, to.b24, to.h = from.b8, from.b16, from.b24, from.h
	fmt.Println(to == from, to.b8, to.b16[15], to.b24[23], to.h)
	p, q := &from, &Odd{}
	q.b8, q.b16, q.b24, q.h = p.b8, p.b16, p.b24, p.h
	fmt.Println(*q == from, p.b8 == q.b8)
	rows := make([]Row, 2)
	for i := range rows {
		rows[i].a[i] = from.b8
		rows[i].b[i+1] = from.b16
	}
	i := 1
	rows[0].a[i+1] = rows[1].a[i]
	fmt.Println(rows[0], rows[1].a[i] == rows[0].a[2])
}
