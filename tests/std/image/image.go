package main

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"io"
	"strings"
)

type settable interface {
	image.RGBA64Image
	Set(x, y int, c color.Color)
	SetRGBA64(x, y int, c color.RGBA64)
	SubImage(r image.Rectangle) image.Image
	Opaque() bool
}

var palette = color.Palette{color.Transparent, color.Black, color.White, color.RGBA{255, 0, 0, 255}}

func images(r image.Rectangle) []settable {
	return []settable{
		image.NewRGBA(r), image.NewRGBA64(r), image.NewNRGBA(r), image.NewNRGBA64(r), image.NewAlpha(r),
		image.NewAlpha16(r), image.NewGray(r), image.NewGray16(r), image.NewCMYK(r), image.NewPaletted(r, palette),
	}
}

func try(f func()) {
	defer func() { fmt.Println(recover()) }()
	f()
}

func geometry() {
	rs := []image.Rectangle{
		{}, image.Rect(0, 0, 10, 10), image.Rect(10, 0, 0, 7), image.Rect(3, 4, 8, 20), image.Rect(-5, -7, 2, 1),
		{image.Pt(5, 5), image.Pt(1, 9)}, image.Rect(10, 10, 12, 12),
	}
	for _, r := range rs {
		fmt.Println(r, r.Dx(), r.Dy(), r.Size(), r.Empty(), r.Canon(), r.Inset(2), r.Inset(-1), r.Inset(4), r.Add(image.Pt(1, -1)), r.Sub(image.Pt(1, -1)))
		for _, s := range rs {
			fmt.Println(" ", s, r.Intersect(s), r.Union(s), r.Overlaps(s), r.In(s), r.Eq(s))
		}
	}
	for _, p := range []image.Point{{}, {3, 4}, {-5, 99}} {
		fmt.Println(p, p.Add(image.Pt(1, 2)), p.Sub(image.Pt(1, 2)), p.Mul(3), p.Div(2), p.In(rs[1]), p.Mod(rs[3]), p.Eq(image.ZP))
	}
	fmt.Println(rs[1].At(9, 9), rs[1].At(10, 9), rs[1].RGBA64At(0, 0), rs[1].RGBA64At(-1, 0), rs[1].Bounds() == rs[1])
}

func pixels() {
	for _, m := range images(image.Rect(-1, 2, 4, 6)) {
		fmt.Printf("%T %v %v\n", m, m.Bounds(), m.Opaque())
		for y := 1; y < 7; y++ {
			for x := -2; x < 5; x++ {
				m.Set(x, y, color.NRGBA{uint8(x * 40), uint8(y * 30), 200, uint8(255 - x*y)})
			}
		}
		m.SetRGBA64(0, 3, color.RGBA64{0x8000, 0x4000, 0x2000, 0x9000})
		fmt.Println(m.At(0, 2), m.At(0, 3), m.At(3, 5), m.At(4, 5), m.RGBA64At(1, 4), m.RGBA64At(99, 0), m.Opaque())
		s := m.SubImage(image.Rect(1, 3, 3, 9)).(settable)
		s.Set(1, 3, color.White)
		fmt.Println(s.Bounds(), s.At(1, 3), s.At(0, 3), m.At(1, 3), s.Opaque())
		e := m.SubImage(image.Rect(10, 10, 20, 20)).(settable)
		fmt.Println(e.Bounds(), e.Opaque())
	}
	m := image.NewRGBA(image.Rect(1, 1, 3, 2))
	m.SetRGBA(2, 1, color.RGBA{1, 2, 3, 4})
	fmt.Println(m.Pix, m.Stride, m.Rect, m.PixOffset(2, 1), m.RGBAAt(2, 1), m.RGBAAt(9, 9))
	m64 := &image.NRGBA64{Pix: make([]uint8, 16), Stride: 16, Rect: image.Rect(0, 0, 2, 1)}
	m64.SetNRGBA64(1, 0, color.NRGBA64{0x102, 0x304, 0x506, 0x708})
	fmt.Println(*m64)
	p := image.NewPaletted(image.Rect(0, 0, 2, 2), palette)
	p.SetColorIndex(1, 1, 3)
	p.SetColorIndex(2, 2, 3)
	fmt.Println(p.Pix, p.ColorIndexAt(1, 1), p.At(1, 1), p.At(5, 5), p.Opaque())
	try(func() { image.NewRGBA(image.Rectangle{image.Pt(5, 5), image.Pt(0, 0)}) })
	try(func() { image.NewGray16(image.Rect(0, 0, 1<<40, 1<<40)) })
	try(func() { image.NewYCbCr(image.Rectangle{image.Pt(5, 5), image.Pt(0, 0)}, 0) })
}

func uniform() {
	u := image.NewUniform(color.NRGBA{10, 20, 30, 40})
	fmt.Println(u.At(7, 7), u.Bounds(), u.Opaque(), image.Black.Opaque(), u.ColorModel().Convert(color.White), u.RGBA64At(1, 1))
	fmt.Println(u.RGBA())
}

func chroma() {
	for ratio := image.YCbCrSubsampleRatio444; ratio <= image.YCbCrSubsampleRatio410+1; ratio++ {
		r := image.Rect(3, 1, 12, 8)
		m := image.NewNYCbCrA(r, ratio)
		for i := range m.Y {
			m.Y[i], m.A[i] = uint8(i*3), uint8(255-i)
		}
		for i := range m.Cb {
			m.Cb[i], m.Cr[i] = uint8(i*7), uint8(255-i*5)
		}
		fmt.Println(ratio, len(m.Y), len(m.Cb), cap(m.Cb), m.YStride, m.CStride, m.AStride, m.YOffset(5, 5), m.COffset(5, 5), m.AOffset(5, 5))
		s := m.SubImage(image.Rect(5, 2, 9, 6)).(*image.NYCbCrA)
		fmt.Println(m.At(3, 1), m.At(11, 7), m.At(0, 0), m.YCbCrAt(7, 4), m.RGBA64At(7, 4), s.At(7, 4), s.Bounds(), m.Opaque())
		n := image.NewYCbCr(r, ratio)
		t := n.SubImage(image.Rect(4, 3, 5, 5)).(*image.YCbCr)
		fmt.Println(n.At(3, 3), t.Bounds(), n.SubImage(image.Rect(0, 0, 1, 1)), n.Opaque(), n.RGBA64At(3, 3))
	}
}

func formats() {
	decode := func(r io.Reader) (image.Image, error) {
		b, err := io.ReadAll(r)
		if err != nil || len(b) < 6 {
			return nil, errors.New("tiny: short")
		}
		return image.NewUniform(color.Gray{b[5]}), nil
	}
	config := func(r io.Reader) (image.Config, error) { return image.Config{color.GrayModel, 3, 4}, nil }
	image.RegisterFormat("tiny", "TI?Y!", decode, config)
	for _, s := range []string{"TINY!A", "TI-Y!z...", "TINY?", "TINY!", "", "T"} {
		m, name, err := image.Decode(strings.NewReader(s))
		c, cname, cerr := image.DecodeConfig(bytes.NewReader([]byte(s)))
		fmt.Println(m != nil, name, err, c.Width, c.Height, cname, cerr, err == image.ErrFormat)
		if m != nil {
			fmt.Println(m.At(0, 0))
		}
	}
}

func main() {
	geometry()
	pixels()
	uniform()
	chroma()
	formats()
}
