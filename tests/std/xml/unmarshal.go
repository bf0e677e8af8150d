package main

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"time"
)

type Email struct {
	Where string `xml:"where,attr"`
	Addr  string
}

type Result struct {
	XMLName xml.Name  `xml:"Person"`
	Name    string    `xml:"FullName"`
	Phone   *string   `xml:"Phone"`
	Email   []Email   `xml:"Email"`
	Groups  []string  `xml:"Group>Value"`
	First   *int      `xml:"Deep>Down>First"`
	Second  []float64 `xml:"Deep>Down>Second"`
	Born    time.Time `xml:"born"`
	Text    string    `xml:",chardata"`
	Note    []byte    `xml:",comment"`
	All     string    `xml:",innerxml"`
	*Inner
}

type Inner struct {
	City string
	Zip  uint16 `xml:"zip,attr"`
}

type Rest struct {
	A     int        `xml:"a,attr"`
	Attrs []xml.Attr `xml:",any,attr"`
	Elems []Elem     `xml:",any"`
}

type Elem struct {
	XMLName xml.Name
	Body    string `xml:",innerxml"`
	Elems   []Elem `xml:",any"`
}

type Lower string

func (l *Lower) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		return fmt.Errorf("empty")
	}
	*l = Lower(strings.ToLower(string(b)))
	return nil
}

type Custom struct{ got []string }

func (c *Custom) UnmarshalXML(d *xml.Decoder, start xml.StartElement) error {
	c.got = append(c.got, "start "+start.Name.Local)
	if _, err := d.RawToken(); err != nil {
		c.got = append(c.got, err.Error())
	}
	for {
		t, err := d.Token()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		c.got = append(c.got, fmt.Sprintf("%T", t))
	}
}

type Lazy struct{}

func (*Lazy) UnmarshalXML(d *xml.Decoder, start xml.StartElement) error { return nil }

type Twice struct{ N int }

func (t *Twice) UnmarshalXML(d *xml.Decoder, start xml.StartElement) error {
	var n int
	if err := d.DecodeElement(&n, &start); err != nil {
		return err
	}
	t.N = 2 * n
	return nil
}

type AttrTaker string

func (a *AttrTaker) UnmarshalXMLAttr(attr xml.Attr) error {
	*a = AttrTaker(attr.Name.Space + "|" + attr.Name.Local + "=" + attr.Value)
	return nil
}

type Mixed struct {
	C  Custom
	T  []Twice
	L  Lower
	A  AttrTaker `xml:"at,attr"`
	LA Lower     `xml:"la,attr"`
	N  []int     `xml:"n,attr"`
	I  any
	P  *bool
	B  []byte
}

type Spaced struct {
	XMLName xml.Name `xml:"urn:a doc"`
	X       string   `xml:"urn:b x"`
	Y       string   `xml:"x"`
	Z       string   `xml:"urn:c z,attr"`
}

type Numbers struct {
	I8 int8
	U8 uint8
	F  float32
	B  bool
	S  string
}

func read(text string, v any) {
	err := xml.Unmarshal([]byte(text), v)
	switch v := v.(type) {
	case *int:
		fmt.Println(*v, err)
	default:
		fmt.Printf("%+v %v\n", v, err)
	}
}

func main() {
	phone := "1"
	r := Result{Name: "none", Phone: &phone}
	err := xml.Unmarshal([]byte(`<?xml version="1.0" encoding="utf-8"?><!DOCTYPE x>
<Person zip="99"><!-- one --><FullName>Grace R. Emlin</FullName><Company>Example Inc.</Company>
 <Email where="home"><Addr>gre@example.com</Addr></Email>
 <Email where='work'><Addr>gre@work.com</Addr></Email>
 <Group><Value>Friends</Value><Other/><Value>Squash</Value></Group>
 <Deep><Down><First> 7 </First><Second>1.5</Second></Down><Second>9</Second><Down><Second>2</Second></Down></Deep>
 <City>Hanga Roa</City><born>2020-01-02T03:04:05Z</born> &#65;&#x42;&lt;<![CDATA[<c>]]></Person>`), &r)
	fmt.Println(err)
	fmt.Printf("%q %q %q %v %q %d %v %v\n", r.XMLName, r.Name, *r.Phone, r.Email, r.Groups, *r.First, r.Second, r.Born)
	fmt.Printf("%q %q\n%q\n%+v\n", r.Text, r.Note, r.All, *r.Inner)

	read(`<r a="1" b="2" xmlns:n="urn:n" n:c="3"><x>1<y/></x><n:z><q>2</q></n:z></r>`, new(Rest))
	read(`<m at="v" la="UP" n="4"><C><in>t</in><!-- c --></C><T>2</T><T>3</T><L>LOUD<b>x</b>ER</L><I><j/></I><P> true </P><B>by</B></m>`, new(struct {
		C  Custom
		T  []Twice
		L  Lower
		A  AttrTaker `xml:"at,attr"`
		LA Lower     `xml:"la,attr"`
		N  []int     `xml:"n,attr"`
		I  any
		B  []byte
	}))
	var m Mixed
	read(`<m><L></L></m>`, &m)
	read(`<doc xmlns="urn:a" xmlns:b="urn:b" xmlns:c="urn:c" c:z="9" z="8"><b:x>1</b:x><x>2</x></doc>`, new(Spaced))
	read(`<doc/>`, new(Spaced))
	read(`<doc xmlns="urn:q"/>`, new(Spaced))
	read(`<duck/>`, new(Spaced))
	for _, s := range []string{
		`<n><I8>127</I8><U8> 255 </U8><F>1e3</F><B>1</B><S> s </S></n>`, `<n><I8>128</I8></n>`, `<n><U8>-1</U8></n>`, `<n><F>x</F></n>`,
		`<n><B>maybe</B></n>`, `<n><I8></I8><U8/><F/><B/><S/></n>`, `<n><I8> </I8></n>`,
	} {
		read(s, &Numbers{1, 2, 3, true, "x"})
	}
	var i int
	var list []int
	var array [2]int
	var name xml.Name
	var mp map[string]int
	read(`<i>5</i>`, &i)
	read(`<i>5</i>`, &list)
	read(`<i>x</i>`, &list)
	read(`<i>5</i>`, &array)
	read(`<i>5</i>`, &mp)
	read(`<p:i xmlns:p="urn:p">5</p:i>`, &name)
	fmt.Println(xml.Unmarshal([]byte("<a/>"), i), xml.Unmarshal([]byte("<a/>"), (*int)(nil)), xml.Unmarshal(nil, &i))
	read(`<a><Lazy><b/></Lazy></a>`, new(struct{ Lazy Lazy }))
	read(`<a><X>1`, new(struct{ X int }))
	d := xml.NewDecoder(strings.NewReader("<a>1</a> <a>2</a><b>3</b>"))
	for {
		var n int
		if err := d.Decode(&n); err != nil {
			fmt.Println(err)
			break
		}
		fmt.Println(n, d.InputOffset())
	}
}
