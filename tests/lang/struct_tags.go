// Tags of struct fields: what reflect says, and that they are part of the type
// but not of conversions.
package main

import (
	"encoding/json"
	"fmt"
	"reflect"
)

type inner struct {
	A int `json:"a" xml:"A,attr"`
}
type user struct {
	Name  string `json:"name,omitempty" db:"user_name" custom:"with \"quotes\" and \\"`
	Age   int    "json:\"age\""
	plain int    `not a pair`
	inner `json:"in"`
	*other
	Tags []string          `json:"tags" validate:"max=10,dive"`
	M    map[string]string `json:"-" empty:""`
	_    int               `json:"blank"`
}
type other struct {
	B bool `json:"b" json:"second"`
}
type gen[T any] struct {
	V T `json:"v" t:"generic"`
}
type untagged struct {
	A int
}
type tagged struct {
	A int `x:"y"`
}
type same1 = struct {
	A int `k:"1"`
}
type same2 = struct {
	A int `k:"2"`
}

func show(v any) {
	t := reflect.TypeOf(v)
	for i := 0; i < t.NumField(); i++ {
		f := t.Field(i)
		j, ok := f.Tag.Lookup("json")
		fmt.Printf("%s %q json=%q,%v anonymous=%v exported=%v\n", f.Name, f.Tag, j, ok, f.Anonymous, f.IsExported())
	}
}

func tagOf[T any](i int, key string) string { return reflect.TypeOf(*new(T)).Field(i).Tag.Get(key) }

var atInit = reflect.TypeOf(user{}).Field(0).Tag.Get("db")

func main() {
	show(user{})
	show(gen[int]{})
	show(struct {
		X, Y int `shared:"yes"`
		Z    string
	}{})
	fmt.Println(atInit, tagOf[gen[string]](0, "t"), tagOf[inner](0, "xml"), tagOf[inner](0, "none"))
	ty := reflect.TypeOf(user{})
	f, ok := ty.FieldByName("Name")
	fmt.Println(f.Tag.Get("custom"), ok, f.Tag.Get("jso"), f.Tag.Get(""))
	p, _ := ty.FieldByName("plain")
	fmt.Println(p.Tag, p.Tag.Get("not"), p.Tag.Get("a"))
	a, _ := ty.FieldByName("A")
	fmt.Println(a.Tag.Get("json"), a.Index)
	m, _ := ty.FieldByName("M")
	e, ok := m.Tag.Lookup("empty")
	_, no := m.Tag.Lookup("full")
	fmt.Printf("%q %v %v\n", e, ok, no)
	b, _ := reflect.TypeOf(other{}).FieldByName("B")
	fmt.Println(b.Tag.Get("json"))
	for _, tag := range []reflect.StructTag{`a:"1" b:"2"`, `a:1`, `a: "x"`, ` a:"x"  b:"y" `, `a:"x`, `a:"x"b:"y"`, `:"x"`, `a:"\u00e9\t"`, "a:\"x\"\nb:\"y\"", ""} {
		x, ok1 := tag.Lookup("a")
		y, ok2 := tag.Lookup("b")
		fmt.Printf("%q: %q %v %q %v\n", string(tag), x, ok1, y, ok2)
	}
	// Tags make types different; conversions ignore them.
	u := untagged{1}
	t := tagged(u)
	u2 := untagged(t)
	pt := (*tagged)(&u2)
	pt.A = 5
	fmt.Println(t, u2, struct {
		A int `z:"z"`
	}(t), untagged(same1{7}), same2(same1{8}))
	var i any = same1{1}
	_, is1 := i.(same1)
	_, is2 := i.(same2)
	_, is0 := i.(struct{ A int })
	fmt.Println(is1, is2, is0, i == any(same1{1}), i == any(same2{1}))
	fmt.Println(reflect.TypeOf(same1{}) == reflect.TypeOf(same2{}), reflect.TypeOf(same1{}).ConvertibleTo(reflect.TypeOf(same2{})), reflect.TypeOf(same1{}).AssignableTo(reflect.TypeOf(same2{})))
	fmt.Printf("%T %T %v\n", same1{}, struct {
		B *int `q:"w\"e"`
	}{}, reflect.TypeOf(same2{}))
	out, err := json.Marshal(user{Name: "n", Age: 3, inner: inner{4}, other: &other{true}, Tags: nil, M: map[string]string{"a": "b"}})
	fmt.Println(string(out), err)
	out, err = json.Marshal(gen[[]int]{[]int{1}})
	fmt.Println(string(out), err)
	var back user
	back.other = &other{}
	fmt.Println(json.Unmarshal([]byte(`{"NAME":"x","age":9,"in":{"a":5},"b":true,"tags":["q"],"M":{"a":"z"}}`), &back), back.Name, back.Age, back.A, back.B, back.Tags, back.M)
	dyn := reflect.StructOf([]reflect.StructField{{Name: "F", Type: reflect.TypeOf(0), Tag: `json:"eff"`}})
	v := reflect.New(dyn).Elem()
	v.Field(0).SetInt(4)
	out, err = json.Marshal(v.Interface())
	fmt.Println(string(out), err, dyn)
}
