package main

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"
	"time"
)

type Address struct {
	City, State string
}

type Person struct {
	XMLName xml.Name `xml:"person"`
	ID      int      `xml:"id,attr"`
	First   string   `xml:"name>first"`
	Last    string   `xml:"name>last"`
	Age     int      `xml:"age"`
	Height  float32  `xml:"height,omitempty"`
	Married bool
	*Address
	Tags    []string `xml:"tags>tag"`
	Comment string   `xml:",comment"`
	Skipped string   `xml:"-"`
	hidden  int
}

type Upper string

func (u Upper) MarshalText() ([]byte, error) { return []byte(strings.ToUpper(string(u))), nil }

type Pair struct{ A, B int }

func (p Pair) MarshalXML(e *xml.Encoder, start xml.StartElement) error {
	start.Attr = append(start.Attr, xml.Attr{Name: xml.Name{Local: "sum"}, Value: fmt.Sprint(p.A + p.B)})
	return e.EncodeElement([]int{p.A, p.B}, start)
}

type ByPointer struct{ n int }

func (p *ByPointer) MarshalXML(e *xml.Encoder, start xml.StartElement) error {
	if err := e.EncodeToken(start); err != nil {
		return err
	}
	e.EncodeToken(xml.CharData("n\n<"))
	return e.EncodeToken(start.End())
}

type Broken struct{}

func (Broken) MarshalXML(e *xml.Encoder, start xml.StartElement) error { return e.EncodeToken(start) }

type AttrMaker int

func (a AttrMaker) MarshalXMLAttr(name xml.Name) (xml.Attr, error) {
	if a < 0 {
		return xml.Attr{}, nil
	}
	return xml.Attr{Name: xml.Name{Space: "http://x.org/made", Local: name.Local}, Value: fmt.Sprintf("<%d>", int(a))}, nil
}

type Attrs struct {
	A AttrMaker  `xml:"a,attr"`
	B AttrMaker  `xml:"b,attr"`
	U Upper      `xml:"u,attr"`
	P *int       `xml:"p,attr"`
	Q *string    `xml:"q,attr,omitempty"`
	I any        `xml:"i,attr"`
	Y []byte     `xml:"y,attr"`
	L []int      `xml:"l,attr"`
	S string     `xml:"urn:s s,attr"`
	T string     `xml:"urn:s t,attr"`
	X []xml.Attr `xml:",any,attr"`
}

type Inner struct {
	Raw string `xml:",innerxml"`
}

type Data struct {
	Lang string `xml:"http://www.w3.org/XML/1998/namespace lang,attr"`
	Text string `xml:",chardata"`
}

type CData struct {
	Text string `xml:",cdata"`
}

type Chars struct {
	V any `xml:",chardata"`
}

type Base struct {
	X int
	Y int `xml:"y"`
}

type Derived struct {
	Base
	X string
}

type Spaces struct {
	XMLName xml.Name `xml:"http://a.org/ns root"`
	One     string   `xml:"http://b.org/other one"`
	Two     string   `xml:"two"`
	Any     []any    `xml:",any"`
}

type Named struct {
	XMLName xml.Name
	V       int `xml:",chardata"`
}

type Generic[T any] struct{ V T }

type Paths struct {
	A *int   `xml:"p>q>a"`
	B int    `xml:"p>q>b"`
	C int    `xml:"p>c"`
	D string `xml:"d"`
	E int    `xml:"p>e,omitempty"`
	F []byte `xml:">f"`
}

type Conflict struct {
	A string `xml:"a>b"`
	B string `xml:"a>b"`
}

type BadTag struct {
	A string `xml:"a,attr,chardata"`
}

type BadSpace struct {
	A string `xml:"urn:x ,attr"`
}

type BadPath struct {
	A string `xml:"a>b,attr"`
}

type Trailing struct {
	A string `xml:"a>"`
}

type Misnamed struct {
	P Person `xml:"human"`
}

type BadComment struct {
	C int `xml:",comment"`
}

type DashComment struct {
	C string `xml:",comment"`
}

func show(v any) {
	b, err := xml.Marshal(v)
	fmt.Printf("%T: %s %v\n", v, b, err)
}

func main() {
	five := 5
	p := &Person{ID: 13, First: "John", Last: "O'Neil <&>", Age: 42, Address: &Address{"Hanga Roa", "Easter"}, Tags: []string{"a", "b"}, Comment: " fine- "}
	show(p)
	b, err := xml.MarshalIndent(p, ">", "  ")
	fmt.Printf("%s\n%v\n", b, err)
	for _, v := range []any{
		nil, 1, "a\tb\r\n\"'\x00\xff", 2.5, float32(0.1), true, []byte("by<tes"), [3]byte{65, 66, 67}, []int{1, 2, 3}, &five, uint8(7),
		Upper("loud"), Pair{1, 2}, &ByPointer{1}, ByPointer{2}, Broken{}, time.Date(2020, 1, 2, 3, 4, 5, 6, time.UTC), time.Second,
		Attrs{A: 1, B: -1, U: "x", P: &five, I: 3, Y: []byte("z"), L: []int{8, 9}, S: "s", T: "t", X: []xml.Attr{{Name: xml.Name{Local: "extra"}, Value: "\n"}}},
		Inner{"<b>raw</b>"}, Data{"en", "t&t"}, CData{"a]]>b"}, CData{}, Chars{1}, Chars{[]byte("x")}, Chars{"<"}, Chars{Upper("u")},
		Derived{Base{1, 2}, "x"}, Spaces{One: "1", Two: "2", Any: []any{Upper("u"), 3, nil}},
		Named{xml.Name{Space: "urn:n", Local: "dyn"}, 3}, Named{V: 4}, Generic[int]{3},
		Paths{B: 2, C: 3, D: "d", F: []byte("ff")}, Paths{A: &five},
		map[string]int{"a": 1}, struct{ A int }{1}, make(chan int), func() {}, complex(1, 2), struct{ M map[string]int }{},
		Conflict{}, BadTag{}, BadSpace{}, BadPath{}, Trailing{}, Misnamed{}, BadComment{}, DashComment{"a--b"}, DashComment{"a-"}, DashComment{},
		[]*Upper{nil}, []any{1, "x", []string{"y"}},
	} {
		show(v)
	}
	tokens()
}

func tokens() {
	var out bytes.Buffer
	e := xml.NewEncoder(&out)
	e.Indent("", " ")
	name := func(s string) xml.Name {
		space, local, ok := strings.Cut(s, "|")
		if !ok {
			return xml.Name{Local: s}
		}
		return xml.Name{Space: space, Local: local}
	}
	start := func(s string, attrs ...string) xml.StartElement {
		t := xml.StartElement{Name: name(s)}
		for _, a := range attrs {
			t.Attr = append(t.Attr, xml.Attr{Name: name(a), Value: "v"})
		}
		return t
	}
	for _, t := range []xml.Token{
		xml.EndElement{name("none")}, xml.ProcInst{"xml", []byte(`version="1.0"`)}, xml.ProcInst{"xml", nil}, xml.ProcInst{"1", nil},
		xml.ProcInst{"p", []byte("a?>")}, xml.ProcInst{"p", nil}, xml.Comment("c"), xml.Comment("-->"),
		xml.Directive("DOCTYPE a [<!-- > --> <!ELEMENT x '>'>]"), xml.Directive(">"), xml.Directive("<"), xml.Directive("'"), xml.Directive("<!--"),
		start(""), start("a", "http://x.org/one/|p", "http://y.org/one|q", "u|xml", "urn:xmlish|r", "http://x.org/one/|z", ""),
		start("ns|b", "http://x.org/one/|p", "http://www.w3.org/XML/1998/namespace|lang"), xml.CharData("text\n\t<>&"),
		xml.EndElement{name("b")}, xml.EndElement{name("other|b")}, xml.EndElement{name("ns|b")}, xml.EndElement{name("c")}, xml.EndElement{name("")},
		start("empty"), xml.EndElement{name("empty")}, xml.EndElement{name("a")}, 5, nil, &xml.StartElement{},
	} {
		if err := e.EncodeToken(t); err != nil {
			fmt.Println(err)
		}
	}
	fmt.Println(e.EncodeElement(Pair{3, 4}, start("pair", "k")))
	fmt.Println(e.EncodeElement(1, xml.StartElement{}))
	e.Flush()
	fmt.Println(out.String())
	out.Reset()
	xml.Escape(&out, []byte("<a b=\"c\">\t'\n\r\x01\xff&é"))
	fmt.Println(out.String(), xml.Header)
	fmt.Println(xml.NewEncoder(failing{}).Encode(1))
}

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, fmt.Errorf("no room") }
