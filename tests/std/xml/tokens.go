package main

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

func print(t xml.Token) {
	switch t := t.(type) {
	case xml.StartElement:
		fmt.Printf("  start %q %q\n", t.Name, t.Attr)
	case xml.EndElement:
		fmt.Printf("  end %q\n", t.Name)
	case xml.CharData:
		fmt.Printf("  text %q\n", t)
	case xml.Comment:
		fmt.Printf("  comment %q\n", t)
	case xml.ProcInst:
		fmt.Printf("  inst %q %q\n", t.Target, t.Inst)
	case xml.Directive:
		fmt.Printf("  directive %q\n", t)
	default:
		fmt.Println("  other", t)
	}
}

func walk(d *xml.Decoder, next func() (xml.Token, error)) {
	for {
		t, err := next()
		if err != nil {
			var s *xml.SyntaxError
			fmt.Println(" ", err, errors.As(err, &s), d.InputOffset())
			_, again := next()
			fmt.Println(" ", again)
			return
		}
		print(xml.CopyToken(t))
		line, column := d.InputPos()
		fmt.Println("   at", d.InputOffset(), line, column)
	}
}

const document = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0//EN" [<!-- gone > --><!ENTITY a "b>">]>
<body xmlns:foo="ns1" xmlns="ns2" xmlns:tag="ns3" >` + "\r\n\r x\r" + `
  <hello lang="en" foo:a='1' xml:space="p">World &lt;&gt;&apos;&quot; &#x767d;&#40300;翔</hello>
  <query>&何; &is-it;</query>
  <goodbye /><tag:a xmlns:tag="inner" tag:b="c"/><tag:a/>
  <outer foo:attr="value" xmlns:tag="ns4"><inner/></outer>
  <tag:name><![CDATA[Some <text> & ]] here]]></tag:name><a:b:c/><:d/><e:/>
</body><!-- missing final newline -->`

func main() {
	entities := map[string]string{"何": "What", "is-it": "is it?"}
	d := xml.NewDecoder(strings.NewReader(document))
	d.Entity = entities
	walk(d, d.Token)
	d = xml.NewDecoder(strings.NewReader(document))
	d.Entity = entities
	walk(d, d.RawToken)

	for _, s := range []string{
		"", "text", "<", "<a", "<a>", "<a>\n\n</b>", "</a>", "<a></a", "<a></a b>", "< a>", "</ a>", "<? a?>", "<?a", "<a b>", "<a b=>", "<a b=c>", "<a b='>",
		"<a b='<'/>", "<a /b>", "<a 1='2'/>", "<1a/>", "<a.-b/>", "<a>&", "<a>&b", "<a>&b;</a>", "<a>& b</a>", "<a>&#;</a>", "<a>&#x;</a>", "<a>&#xZ;</a>", "<a>&#1114112;</a>",
		"<a>&#0;</a>", "<a>&lt</a>", "<a>]]></a>", "<a b=']]>'/>", "<a>\x01</a>", "<a>\xff</a>", "<a>\ufffe</a>", "<\xff/>", "<!-", "<!-x", "<!-- -- -->", "<!-- --->", "<!-->", "<!---->", "<![CDATA", "<![CDAT[]]>",
		"<![CDATA[x", "<![CDATA[]]>", "<![CDATA[]]]]>", "<!a", "<!a '>", "<!a <b> c>", "<!a <!-- x", "<!a <!-- x --> '<!--' b>", `<?xml version="1.1"?>`, `<?xml encoding="latin1"?>`, "<?xml encoding='Utf-8'?>",
		"<a xmlns='x'></a>", "<p:a xmlns:p='x'></q:a>", "<p:a xmlns:p='x' xmlns:q='x'></q:a>", "<a\nb = 'x'\r\n\tc=\"&amp;&#10;\n\r\"\n></a\n>", "<a><b></a></b>", "<é ü='ö'/>", "<xmlns xmlns:xmlns='t' xmlns:a=''><a:b/></xmlns>",
	} {
		fmt.Printf("%q\n", s)
		d := xml.NewDecoder(strings.NewReader(s))
		walk(d, d.Token)
	}

	for _, s := range []string{
		"<a b c=d e='f'>&x; &nbsp;& &amp</a>", "<p>one<br>two<hr/><BR>three</p>", "<a><b></a>", "<a b=c/d>", "<a b=>", "<b></B>",
	} {
		fmt.Printf("loose %q\n", s)
		d := xml.NewDecoder(strings.NewReader(s))
		d.Strict = false
		d.AutoClose = xml.HTMLAutoClose
		d.Entity = xml.HTMLEntity
		walk(d, d.Token)
	}
	fmt.Println(len(xml.HTMLEntity), xml.HTMLEntity["euro"], xml.HTMLEntity["yuml"], xml.HTMLEntity["hearts"], len(xml.HTMLAutoClose))

	d = xml.NewDecoder(strings.NewReader(`<?xml version="1.0" encoding="upper"?><A>B</A>`))
	d.CharsetReader = func(charset string, r io.Reader) (io.Reader, error) {
		b, err := io.ReadAll(r)
		return strings.NewReader(strings.ToLower(string(b)) + charset), err
	}
	d.DefaultSpace = "urn:default"
	walk(d, d.Token)
	d = xml.NewDecoder(strings.NewReader(`<?xml encoding="none"?>`))
	d.CharsetReader = func(string, io.Reader) (io.Reader, error) { return nil, errors.New("unknown") }
	walk(d, d.Token)

	d = xml.NewDecoder(strings.NewReader("<a><b><c>x</c></b>y</a>z"))
	d.Token()
	d.Token()
	fmt.Println(d.Skip())
	walk(d, d.Token)
	walk(d, xml.NewTokenDecoder(&list{tokens: []xml.Token{xml.StartElement{Name: xml.Name{Local: "a"}}, xml.CharData("t"), xml.EndElement{xml.Name{Local: "a"}}}}).Token)
	walk(d, xml.NewTokenDecoder(&list{tokens: []xml.Token{xml.StartElement{Name: xml.Name{Local: "a"}}}}).Token)
}

type list struct{ tokens []xml.Token }

func (l *list) Token() (xml.Token, error) {
	if len(l.tokens) == 0 {
		return nil, io.EOF
	}
	t := l.tokens[0]
	l.tokens = l.tokens[1:]
	return t, nil
}
