package main

import (
	"fmt"
	"image/color"
)

type model struct {
	name string
	color.Model
}

var models = []model{
	{"RGBA", color.RGBAModel}, {"RGBA64", color.RGBA64Model},
	{"NRGBA", color.NRGBAModel}, {"NRGBA64", color.NRGBA64Model},
	{"Alpha", color.AlphaModel}, {"Alpha16", color.Alpha16Model},
	{"Gray", color.GrayModel}, {"Gray16", color.Gray16Model},
	{"YCbCr", color.YCbCrModel}, {"NYCbCrA", color.NYCbCrAModel},
	{"CMYK", color.CMYKModel},
}

var colors = []color.Color{
	color.Black, color.White, color.Transparent, color.Opaque,
	color.RGBA{10, 200, 30, 255}, color.RGBA{10, 20, 30, 40}, color.RGBA64{0x1234, 0x2345, 0x3456, 0x7890},
	color.NRGBA{250, 3, 128, 77}, color.NRGBA{1, 2, 3, 0}, color.NRGBA64{0xfedc, 0x1234, 0x8000, 0x4321},
	color.Alpha{99}, color.Alpha16{0x1234}, color.Gray{77}, color.Gray16{0xabcd},
	color.YCbCr{0, 0, 0}, color.YCbCr{255, 255, 255}, color.YCbCr{100, 30, 240},
	color.NYCbCrA{color.YCbCr{100, 30, 240}, 128}, color.CMYK{10, 200, 77, 30}, color.CMYK{0, 0, 0, 255},
}

// sums folds all that the conversions give into one number each.
func sums() {
	var a, b, c, d uint64
	fold := func(h *uint64, v ...uint8) {
		for _, x := range v {
			*h = *h*1099511628211 + uint64(x)
		}
	}
	for x := 0; x < 256; x += 15 {
		for y := 0; y < 256; y += 17 {
			for z := 0; z < 256; z += 17 {
				p, q, r := uint8(x), uint8(y), uint8(z)
				y1, cb, cr := color.RGBToYCbCr(p, q, r)
				fold(&a, y1, cb, cr)
				r1, g1, b1 := color.YCbCrToRGB(p, q, r)
				fold(&b, r1, g1, b1)
				c1, m1, y2, k1 := color.RGBToCMYK(p, q, r)
				fold(&c, c1, m1, y2, k1)
				r1, g1, b1 = color.CMYKToRGB(p, q, r, p^q)
				fold(&d, r1, g1, b1)
			}
		}
	}
	fmt.Println(a, b, c, d)
}

func main() {
	for _, c := range colors {
		r, g, b, a := c.RGBA()
		fmt.Printf("%T%v: %x %x %x %x\n", c, c, r, g, b, a)
		for _, m := range models {
			fmt.Printf("  %s %T%v\n", m.name, m.Convert(c), m.Convert(c))
		}
	}
	sums()

	p := color.Palette{color.Black, color.White, color.RGBA{255, 0, 0, 255}, color.Transparent}
	for _, c := range colors {
		fmt.Println(p.Index(c), p.Convert(c))
	}
	fmt.Println(color.Palette(nil).Convert(color.White) == nil, color.Palette(nil).Index(color.White))

	half := color.ModelFunc(func(c color.Color) color.Color {
		r, _, _, _ := c.RGBA()
		return color.Gray16{uint16(r / 2)}
	})
	fmt.Println(half.Convert(color.White))
}
