// What is written as PNG is read back the same, for each kind of image.
package main

import (
	"bytes"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/png"
	"io"
	"strings"
)

func sum(m image.Image) uint32 {
	h := crc32.NewIEEE()
	b := m.Bounds()
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			r, g, b, a := m.At(x, y).RGBA()
			fmt.Fprint(h, r, g, b, a, " ")
		}
	}
	return h.Sum32()
}

type settable interface {
	image.Image
	Set(x, y int, c color.Color)
}

func fill(m settable, alpha uint16) settable {
	b := m.Bounds()
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			m.Set(x, y, color.NRGBA64{uint16(x * 5000), uint16(y * 7000), uint16(x * y * 900), alpha | uint16(x&1)*0xff00})
		}
	}
	return m
}

func palette(n int, alpha uint8) color.Palette {
	var p color.Palette
	for i := 0; i < n; i++ {
		p = append(p, color.NRGBA{uint8(i * 3), uint8(255 - i), uint8(i * 7), alpha | uint8(i)})
	}
	return p
}

func main() {
	r := image.Rect(2, 3, 15, 12)
	images := []settable{
		fill(image.NewGray(r), 0xffff), fill(image.NewGray16(r), 0xffff), fill(image.NewRGBA(r), 0xffff), fill(image.NewRGBA(r), 0x4444),
		fill(image.NewNRGBA(r), 0xffff), fill(image.NewNRGBA(r), 0x1234), fill(image.NewRGBA64(r), 0xffff), fill(image.NewRGBA64(r), 0x88),
		fill(image.NewNRGBA64(r), 0x7001), fill(image.NewAlpha(r), 0x8000), fill(image.NewPaletted(r, palette(2, 255)), 0xffff),
		fill(image.NewPaletted(r, palette(4, 255)), 0xffff), fill(image.NewPaletted(r, palette(16, 0)), 0xffff), fill(image.NewPaletted(r, palette(200, 8)), 0xffff),
		fill(image.NewRGBA(r).SubImage(image.Rect(4, 4, 7, 9)).(settable), 0xffff),
	}
	for i, m := range images {
		for _, level := range []png.CompressionLevel{png.DefaultCompression, png.NoCompression, png.BestSpeed, png.BestCompression} {
			var buf bytes.Buffer
			e := png.Encoder{CompressionLevel: level}
			if err := e.Encode(&buf, m); err != nil {
				fmt.Println(i, err)
				continue
			}
			config, format, err := image.DecodeConfig(bytes.NewReader(buf.Bytes()))
			back, err2 := png.Decode(&buf)
			if level == png.DefaultCompression || back == nil {
				fmt.Printf("%2d %T %v %08x %s %dx%d %v %v\n", i, back, back.Bounds(), sum(back), format, config.Width, config.Height, err, err2)
			}
		}
	}
	var buf bytes.Buffer
	fmt.Println(png.Encode(&buf, image.NewGray(image.Rect(0, 0, 0, 5))))
	png.Encode(&buf, images[2])
	whole := buf.Bytes()
	bad := append([]byte(nil), whole...)
	bad[20] ^= 1
	for _, b := range [][]byte{nil, whole[:7], whole[:20], whole[:len(whole)-13], bad, []byte("GIF89a, perhaps"), append([]byte("\x89PNG\r\n\x1a\n"), "\x00\x00\x00\x00IEND\xae\x42\x60\x82"...)} {
		_, err := png.Decode(bytes.NewReader(b))
		fmt.Println(err)
	}
	_, _, err := image.Decode(io.MultiReader(strings.NewReader("no image at all")))
	fmt.Println(err)
}
