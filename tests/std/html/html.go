package main

import (
	"fmt"
	"hash/crc32"
	"html"
	"strings"
)

// The sum is over all names of three letters that end with a small one.
func main() {
	fmt.Println(html.EscapeString("<a href=\"x\">'&amp;'</a>é"))
	for _, s := range []string{
		"", "plain", "&", "a&", "&amp;", "&amp", "&ampx", "&lt;&gt;&quot;&apos;", "&notit;", "&notin;", "&not", "&no", "&NotEqualTilde;", "&copy&reg;", "&unknown;", "&;",
		"&& &amp;&amp", "&#", "&#;", "&#x", "&#x;", "&#x;a", "&#xg", "&#65", "&#65;", "&#6", "&#65a", "&#x41;", "&#X41b", "&#0;", "&#128;", "&#x9f;", "&#x81;", "&#55296;",
		"&#1114111;", "&#1114112;", "&#x110000;", "&acirc;&Acirc", "&thetasym;x&sup2y", "&aacute&frac14", "é&eacute;\xff&", "&fjlig;", "&lang;", "a &lt b", "&#39;x&#34;",
	} {
		fmt.Printf("%q %q\n", s, html.UnescapeString(s))
	}
	sum := uint32(0)
	count := 0
	letters := "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	for _, a := range letters {
		for _, b := range letters {
			for _, c := range letters[:26] {
				s := "&" + string(a) + string(b) + string(c) + ";"
				if u := html.UnescapeString(s); !strings.HasPrefix(u, "&") {
					count++
					sum = crc32.Update(sum, crc32.IEEETable, []byte(s+u))
				}
			}
		}
	}
	fmt.Println(count, sum)
}
