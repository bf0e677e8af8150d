// The other methods, templates, and what is wrong with expressions.
package main

import (
	"fmt"
	"regexp"
	"strings"
)

func main() {
	re := regexp.MustCompile(`(?P<first>\w+) (?P<second>\w+)( \d+)?`)
	s := "hello world, foo bar 42"
	b := []byte(s)
	fmt.Printf("%q\n%q\n%q\n%q\n", re.FindStringSubmatch(s), re.FindSubmatch(b), re.FindAllStringSubmatch(s, -1), re.FindAllSubmatch(b, 1))
	fmt.Println(re.FindAllStringSubmatchIndex(s, -1), re.FindAllSubmatchIndex(b, -1), re.FindIndex(b), re.FindSubmatchIndex(b), re.FindAllIndex(b, -1))
	fmt.Printf("%q %q %q %q\n", re.Find(b), re.FindAll(b, -1), re.FindAllString(s, 0), re.FindAllString("none!", -1))
	fmt.Println(re.Match(b), re.Match(nil), re.FindStringSubmatch("-") == nil, re.Find([]byte("-")) == nil)
	fmt.Println(re.SubexpIndex("first"), re.SubexpIndex("second"), re.SubexpIndex("x"), re.SubexpIndex(""))
	for _, t := range []string{"$2 $1", "${second}_${first}", "$first_$second", "$$1", "$", "${", "${1", "$1x", "${1}x", "$3|", "$9", "$name", "a$-b", "$0$0", "${first}${none}"} {
		fmt.Printf("%q %q\n", re.ReplaceAllString(s, t), re.ReplaceAll(b, []byte(t)))
		fmt.Printf("%q\n", re.ExpandString([]byte("> "), t, s, re.FindStringSubmatchIndex(s)))
	}
	fmt.Println(re.ReplaceAllLiteralString(s, "$1"), string(re.ReplaceAllLiteral(b, []byte("$1"))))
	fmt.Println(re.ReplaceAllStringFunc(s, strings.ToUpper), string(re.ReplaceAllFunc(b, func(x []byte) []byte { return x[:1] })))
	empty := regexp.MustCompile(`a*`)
	fmt.Printf("%q %q %q\n", empty.ReplaceAllString("baaac", "x"), empty.ReplaceAllString("", "x"), empty.ReplaceAllString("日本", "-"))
	for n := -1; n < 5; n++ {
		fmt.Printf("%q %q %q\n", regexp.MustCompile(`,`).Split("a,b,,c", n), regexp.MustCompile(`a*`).Split("baac", n), regexp.MustCompile(`x`).Split("", n))
	}
	fmt.Println(regexp.QuoteMeta("a.b*c[d]\\^$é+?{}|()-"), regexp.MustCompile(`x`).String())
	ok, err := regexp.MatchString(`^\d+$`, "123")
	fmt.Println(ok, err)
	ok, err = regexp.Match(`(`, nil)
	fmt.Println(ok, err)
	fmt.Println(regexp.MustCompile(`b+`).FindReaderIndex(strings.NewReader("aabbb")), regexp.MustCompile(`(b)c`).MatchReader(strings.NewReader("abc")))
	fmt.Printf("%v %s\n", re, re)

	for _, p := range []string{`*`, `a**`, `a*+`, `a??*`, `(`, `)`, `a)`, `(a`, `[`, `[a`, `[z-a]`, `[[:foo:]]`, `\`, `\8`, `\1`, `\y`, `\xg`, `\x{110000}`, `\x{`, `[a-\d]`, `\p`, `\pX`, `\p{Foo}`, `\p{`, `a{1001}`, `a{2,1}`, `(a{100}){100}`, `a{1000}`, `(?P<n>a)(?P<n>b)`, `(?P<>a)`, `(?P<n`, `(?P<a b>x)`, `(?P=n)`, `(?x)`, `(?i`, `(?`, `(?i-)`, `(?=a)`, `+a`, `|*`, `(*)`, `^*`, `x{2}{3}`, `\C`, `\Z`, `\Qab`, `a{`, `a{1`, `{1}`, `[a-b-c]`, `[\b]`, `[]`, `[^]`, `[]]`, "\xff", `(?i)(?s)a`, `((((a))))`, `\pN\p{Lu}\P{Lu}`, `(?-i:a)`, `(?i:a|B)c`, `[[:word:]]`, `[[:^space:]]`, `[:alpha:]`, `\_`, `\-`, `[a\-z]`, `\x{41}`, `\07`, `\377`, `a||b`, `(|)`} {
		re, err := regexp.Compile(p)
		if err != nil {
			fmt.Println(err)
		} else {
			fmt.Println("ok", re, re.NumSubexp())
		}
	}
	for _, f := range []func(){func() { regexp.MustCompile(`a(`) }, func() { regexp.MustCompile("`(") }, func() { regexp.MustCompilePOSIX(`a**(`) }} {
		func() {
			defer func() { fmt.Println(recover()) }()
			f()
		}()
	}
}
