// encoding/binary: orders, varints, values.
package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
)

type inner struct {
	A uint8
	B [3]int16
}

type all struct {
	I8  int8
	I64 int64
	U16 uint16
	F   float32
	D   float64
	C   complex64
	Z   complex128
	T   bool
	In  inner
	_   uint32
	Arr [2]inner
}

func main() {
	b := []byte{1, 2, 3, 4, 5, 6, 7, 8}
	for _, o := range []binary.ByteOrder{binary.LittleEndian, binary.BigEndian} {
		fmt.Println(o, o.Uint16(b), o.Uint32(b), o.Uint64(b))
		x := make([]byte, 8)
		o.PutUint16(x, 0x1234)
		o.PutUint32(x[2:], 0xdeadbeef)
		fmt.Println(x)
		o.PutUint64(x, 0x0102030405060708)
		fmt.Println(x, o.(binary.AppendByteOrder).AppendUint32([]byte{9}, 7), o.(binary.AppendByteOrder).AppendUint16(nil, 1), o.(binary.AppendByteOrder).AppendUint64(nil, 2))
		fmt.Printf("%#v\n", o)
	}
	for _, v := range []int64{0, 1, -1, 63, 64, -64, -65, 127, 128, 300, -300, math.MaxInt64, math.MinInt64} {
		var buf [binary.MaxVarintLen64]byte
		n := binary.PutVarint(buf[:], v)
		w, m := binary.Varint(buf[:n])
		u := binary.AppendUvarint(nil, uint64(v))
		x, k := binary.Uvarint(u)
		r, err := binary.ReadVarint(bytes.NewReader(buf[:n]))
		ru, err2 := binary.ReadUvarint(bytes.NewReader(u))
		fmt.Println(n, w, m, u, x, k, r, err, ru, err2, binary.AppendVarint([]byte{1}, v))
	}
	for _, bad := range [][]byte{{}, bytes.Repeat([]byte{0x80}, 11), {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 2}, {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1}} {
		u, n := binary.Uvarint(bad)
		_, err := binary.ReadUvarint(bytes.NewReader(bad))
		fmt.Println(u, n, err)
	}
	v := all{-5, 1 << 40, 65535, 1.5, -2.25, 1 + 2i, 3 - 4i, true, inner{1, [3]int16{-1, 2, 3}}, 0, [2]inner{{2, [3]int16{4, 5, 6}}, {3, [3]int16{7, 8, 9}}}}
	for _, o := range []binary.ByteOrder{binary.LittleEndian, binary.BigEndian} {
		var buf bytes.Buffer
		fmt.Println(binary.Write(&buf, o, v), binary.Size(v), binary.Size(&v), buf.Len())
		fmt.Printf("%x\n", buf.Bytes())
		var w all
		fmt.Println(binary.Read(&buf, o, &w), w == v)
		fmt.Println(binary.Read(&buf, o, &w))
		buf.Write([]byte{1, 2, 3})
		fmt.Println(binary.Read(&buf, o, &w))
		binary.Write(&buf, o, []uint16{1, 2, 3})
		binary.Write(&buf, o, uint32(7))
		binary.Write(&buf, o, []byte("raw"))
		binary.Write(&buf, o, []bool{true, false})
		s := make([]uint16, 3)
		var u uint32
		raw := make([]byte, 3)
		flags := make([]bool, 2)
		fmt.Println(binary.Read(&buf, o, s), binary.Read(&buf, o, &u), binary.Read(&buf, o, raw), binary.Read(&buf, o, flags), s, u, string(raw), flags)
	}
	fmt.Println(binary.Size(1), binary.Size("x"), binary.Size([]int32{1, 2}), binary.Size(struct{ S string }{}), binary.Size(map[int]int{}))
	var i int
	fmt.Println(binary.Read(bytes.NewReader(b), binary.BigEndian, &i))
	fmt.Println(binary.Read(bytes.NewReader(b), binary.BigEndian, uint8(1)))
	func() {
		defer func() { fmt.Println(recover()) }()
		binary.BigEndian.Uint32(b[:3])
	}()
}
