// Decoding from readers that give a few bytes at a time, and checking what the
// shapes of types do to plain and special values side by side.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"reflect"
	"strings"
	"time"
)

type slowly struct {
	s string
	n int
}

func (r *slowly) Read(p []byte) (int, error) {
	if r.s == "" {
		return 0, io.EOF
	}
	n := min(r.n, len(r.s), len(p))
	copy(p, r.s[:n])
	r.s = r.s[n:]
	return n, nil
}

func min(a ...int) int {
	m := a[0]
	for _, x := range a {
		if x < m {
			m = x
		}
	}
	return m
}

type inner struct {
	A int
	b int
	C *inner `json:"c,omitempty"`
}
type upper struct{ s string }

func (u upper) MarshalText() ([]byte, error)     { return []byte(strings.ToUpper(u.s)), nil }
func (u *upper) UnmarshalText(b []byte) error    { u.s = "<" + string(b) + ">"; return nil }
func (u upper) String() string                   { return u.s }

type embedded struct{ X, Y int }
type mixed struct {
	embedded
	Name  string            `json:"na<me"`
	U     upper             `json:"u"`
	List  []inner           `json:"list"`
	Map   map[string]inner  `json:"map"`
	Ups   map[string]upper  `json:"ups,omitempty"`
	Arr   [3]int8           `json:"arr"`
	F     float32           `json:"f"`
	Any   any               `json:"any"`
	Bytes []byte            `json:"bytes,omitempty"`
	Str   int               `json:"str,string"`
	When  time.Duration     `json:"when"`
	Raw   json.RawMessage   `json:"raw,omitempty"`
	Num   json.Number       `json:"num,omitempty"`
	P     **int             `json:"p"`
	Ints  map[int]bool      `json:"ints"`
	Skip  int               `json:"-"`
}

func show(v any, err error) {
	b, e := json.Marshal(v)
	fmt.Println(string(b), e, err)
}

func main() {
	text := `{"a":[1,-2.5e3,{"b":"x\u00e9\ud83d\ude00\n"}],"t":true,"n":null} 12.75 "s" [] {} [{"k":[[]]}] `
	for n := 1; n < 8; n++ {
		dec := json.NewDecoder(&slowly{text, n})
		for {
			var v any
			if err := dec.Decode(&v); err != nil {
				fmt.Println(n, err, dec.InputOffset())
				break
			}
			if n == 1 || n == 7 {
				show(v, nil)
			}
		}
	}
	for _, s := range []string{`{"a":1`, `[1,2`, `"ab`, `tru`, `{"a"`, `{`, `[`, `-`, `1.`, `1e`, `"\u12`, `"\`, ``, ` `, `{"a":}`, `[1 2]`, `{"a" 1}`, `{1:2}`,
		`[1,]`, `{"a":1,}`, `01`, `+1`, `.5`, `nul`, `nulx`, `"a` + "\n" + `"`, `"\x"`, `"\u12g4"`, `1 2`, `]`, `}`, `{]`, `[}`, `'a'`, `1.x`, `-x`, `1ex`, "\x00", `"` + "\x01" + `"`, `[1}`, `{"a":1]`} {
		var v any
		err := json.Unmarshal([]byte(s), &v)
		offset := int64(-1)
		if e, ok := err.(*json.SyntaxError); ok {
			offset = e.Offset
		}
		fmt.Printf("%q: %v %d\n", s, err, offset)
		err = json.NewDecoder(&slowly{s, 1}).Decode(&v)
		fmt.Println("  ", err)
	}

	var m mixed
	in := `{"X":1,"y":2,"na<me":"n\u003c","u":"up","list":[{"A":1,"b":5,"c":{"a":7}},{}],"map":{"z":{"A":1},"a":{"A":2}},"ups":{"k":"v"},
		"arr":[1,2,3,4],"f":1.5,"any":[1,{"x":null}],"bytes":"aGk=","str":"12","when":5,"raw":{ "r" : 1 },"num":1.50,"p":3,"ints":{"2":true,"1":false},"unknown":[{}],"Skip":4}`
	err := json.Unmarshal([]byte(in), &m)
	show(m, err)
	fmt.Println(m.U, m.Ups, **m.P, m.List[1], len(m.List), cap(m.List))
	show(&m, nil)

	// reading again into what is there
	var list = []inner{{A: 9, b: 8}, {A: 7, b: 6}}
	err = json.Unmarshal([]byte(`[{},{"A":1},{"A":2}]`), &list)
	fmt.Println(list, err)
	err = json.Unmarshal([]byte(`[{"A":3}]`), &list)
	fmt.Println(list, len(list), err)
	err = json.Unmarshal([]byte(`[]`), &list)
	fmt.Println(list, list == nil, err)
	err = json.Unmarshal([]byte(`null`), &list)
	fmt.Println(list == nil, err)
	mm := map[string]int{"a": 1}
	err = json.Unmarshal([]byte(`{"b":2}`), &mm)
	fmt.Println(mm, err)
	x := 5
	var a any = &x
	err = json.Unmarshal([]byte(`6`), &a)
	fmt.Println(x, reflect.TypeOf(a), err)
	s := struct{ A any }{&x}
	err = json.Unmarshal([]byte(`{"A":7}`), &s)
	fmt.Println(x, err)

	// what does not fit
	for _, t := range []string{`{"A":"x"}`, `{"A":1.5}`, `{"A":99999999999999999999}`, `{"c":{"A":true}}`, `[1]`, `{"c":[]}`, `"s"`} {
		var i inner
		err := json.Unmarshal([]byte(t), &i)
		fmt.Println(i.A, err)
	}
	var arr [2]uint8
	fmt.Println(json.Unmarshal([]byte(`[1,256]`), &arr), arr)
	fmt.Println(json.Unmarshal([]byte(`[1,-1]`), &arr), arr)
	var f32 float32
	fmt.Println(json.Unmarshal([]byte(`1e40`), &f32), f32)
	var ff []float64
	fmt.Println(json.Unmarshal([]byte(`[1e400, 2]`), &ff), ff)
	dec := json.NewDecoder(strings.NewReader(`{"A":1,"zz":2}`))
	dec.DisallowUnknownFields()
	var i inner
	fmt.Println(dec.Decode(&i), i.A)
	dec = json.NewDecoder(strings.NewReader(`[1.50, {"a":2}]`))
	dec.UseNumber()
	fmt.Println(dec.Decode(&a), x)
	dec = json.NewDecoder(strings.NewReader(`[1.50, {"a":2}]`))
	dec.UseNumber()
	var b any
	fmt.Println(dec.Decode(&b), b, reflect.TypeOf(b.([]any)[0]))

	// keys that differ in case
	var k struct {
		Kelvin int
		Été    int
	}
	fmt.Println(json.Unmarshal([]byte(`{"KELVIN":1,"été":2}`), &k), k)
	fmt.Println(json.Unmarshal([]byte("{\"\u212aelvin\":3}"), &k), k)

	// writing values of all kinds from interfaces
	show(map[string]any{"i": 1, "u": uint8(2), "f": 1e21, "g": 1e-7, "h": float32(0.1), "s": "<\u2028\xff>", "m": m.Ups, "t": upper{"t"}, "pt": &upper{"pt"}, "n": nil, "l": []any{inner{}, &inner{A: 1}}}, nil)
	show([]any{[]int(nil), map[string]int(nil), (*inner)(nil), [2]bool{true}, struct{}{}, []struct{ A any }{{1}, {"x"}}}, nil)
	_, err = json.Marshal(map[string]any{"c": make(chan int)})
	fmt.Println(err)
	_, err = json.Marshal([]any{1, func() {}})
	fmt.Println(err)
	type ring struct{ Next *ring }
	r := &ring{}
	r.Next = r
	_, err = json.Marshal(r)
	fmt.Println(err)
	deep := &inner{}
	for n := 0; n < 1200; n++ {
		deep = &inner{A: n, C: deep}
	}
	out, err := json.Marshal(deep)
	fmt.Println(len(out), err)
	var back inner
	fmt.Println(json.Unmarshal(out, &back), back.A, back.C.C.A)
	var sb strings.Builder
	enc := json.NewEncoder(&sb)
	enc.SetEscapeHTML(false)
	enc.SetIndent(">", "\t")
	fmt.Println(enc.Encode(m), sb.String())
}
