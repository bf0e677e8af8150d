// Many expressions on many texts, by every method.
package main

import (
	"fmt"
	"regexp"
	"strings"
)

var patterns = []string{``, `a`, `abc`, `a*`, `a+`, `a?`, `a*?`, `a+?`, `(a*)*`, `(a*)+`, `(a|b)*`, `(a*)(b*)`, `(a)|b`, `a|ab`, `(a|ab)(c|bcd)(d*)`, `^`, `$`, `^a`, `a$`, `^$`, `(?m)^`, `(?m)$`, `(?m)^a.`, `.`, `.*`, `(?s).*`, `.+b`, `\bfoo\b`, `\B`, `\b`, `[abc]+`, `[^abc]+`, `[a-c\d]`, `[[:alpha:]]+`, `[[:^alpha:]]`, `\d+`, `\D+`, `\s`, `\S+`, `\w+`, `\W+`, `\pL+`, `\p{Greek}+`, `\PL`, `\p{^Lu}`, `(?i)abc`, `(?i)[a-c]+`, `(?i)[^a]`, `(?i)k`, `(?i)\w+`, `(?i)straSSe`, `a{2}`, `a{2,}`, `a{1,2}`, `a{0}`, `(ab){2,3}`, `a{,2}`, `a{2,3}?`, `(?P<year>\d{4})-(?P<month>\d\d)`, `(?:a|b)c`, `(?U)a+`, `(?U)a+?`, `x(?i:Y)z`, `(?i)x(?-i)Y`, `\x41|\x{1F600}`, `\Qa.b\E+`, `\.\*`, `é+`, `[é-ü]`, `日本|語`, `(.)(.)(.)`, `((a)(b)?)*`, `(a+)(b+)?c`, `[]a]`, `[^]a]`, `[a\]]`, `[-a]`, `[a-]`, `\Aab|cd\z`, `(foo|bar|baz)+`, `(|a)*`, `(|a)+`, `(a|)+b`, `(x?)*y`, `\101`, `\0`, `a.c`, `(?s)a.c`, `[\n]`, `(\w+)\s(\w+)`, `(([^,]*),)*`, `^(\w+)@(\w+)\.com$`, `(?:(a)|b)*`, `(a??)(ab?)`, `[^\x00-\x{10FFFF}]`, `(?:)`, `()`, `(^|,)x`, `b*$`, `(a{1,3}b?){2}`, `z*`, `[\w.]+@[\w.]+`}

var texts = []string{"", "a", "ab", "abc", "aaa", "baaac", "abcd", "foo bar foobar", "a\nb\na", "x=12, y=345", "2024-02-29 and 1999-12", "ΑΒΓ αβγ Ж", "ABCabcKk\u212a", "STRASSE straſse", "日本語 é ü", "a.b a.bb a*c", "\xffa\xfe", "me@x.com", ",,x,y,", "xyz xYz XYZ", "]a-", "\x00A\U0001F600", "hello world", "aXbXcX"}

func main() {
	for _, p := range patterns {
		re, err := regexp.Compile(p)
		if err != nil {
			fmt.Println(p, err)
			continue
		}
		fmt.Printf("%q %d %q\n", re, re.NumSubexp(), re.SubexpNames())
		if !strings.Contains(p, "|") {
			fmt.Println(re.LiteralPrefix())
		}
		for _, t := range texts {
			loc := re.FindStringSubmatchIndex(t)
			fmt.Print(loc, re.MatchString(t), " ")
			if loc != nil {
				fmt.Printf("%v %q %q; ", re.FindAllStringIndex(t, -1), re.ReplaceAllString(t, "<$0|$1>"), re.Split(t, 3))
			}
		}
		fmt.Println()
		l := regexp.MustCompile(p)
		l.Longest()
		for _, t := range texts[:12] {
			fmt.Print(l.FindStringIndex(t), " ")
		}
		fmt.Println()
	}
	for _, p := range []string{`a|ab`, `(a|ab)(c|bcd)(d*)`, `a+`, `[[:alpha:]]+`, `^a$`, `a{2,3}`, `(a*)*`, `a**`, `\d`, `a*?`, `(?i)a`, `[a-b-c]`, `\pL`} {
		re, err := regexp.CompilePOSIX(p)
		if err != nil {
			fmt.Println(err)
			continue
		}
		for _, t := range texts {
			fmt.Print(re.FindStringSubmatchIndex(t))
		}
		fmt.Println()
	}
	long := strings.Repeat("ab", 50000) + "c" // too long to go back and forth
	for _, p := range []string{`(a|b)*c`, `(ab)+?c`, `b*c$`, `(a)(b)c`, `[^c]*`, `(?i)BC`, `x`, `^b`} {
		re := regexp.MustCompile(p)
		fmt.Println(p, re.FindStringSubmatchIndex(long), len(re.FindAllString(long, 7)))
	}
	fmt.Println(len(regexp.MustCompile(`a(b)`).FindAllStringSubmatch(long, -1)), regexp.MustCompile(`(x+x+)+y`).MatchString(strings.Repeat("x", 5000)))
}
