// Of several groups with one name the one that matched is meant; bytes that are
// no text stay one byte each when a reader gives them; parts of nothing.
package main

import (
	"fmt"
	"regexp"
	"strings"
)

func main() {
	re := regexp.MustCompile(`(?P<x>hi)|(?P<y>bye)`)
	fmt.Println(re.ReplaceAllString("hi bye", "<$x$y>"))
	for _, c := range []struct{ pat, text string }{{`.*`, "hello\xffworld"}, {`\x{fffd}`, "a\xffb"}} {
		fmt.Println(regexp.MustCompile(c.pat).FindReaderIndex(strings.NewReader(c.text)))
	}
	fmt.Printf("%#v %#v\n", regexp.MustCompile(``).Split("", -1), regexp.MustCompile(`a`).Split("", -1))
}
