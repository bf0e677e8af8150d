package main

import (
	"fmt"
	"text/tabwriter"
)

type output struct{}

func (output) Write([]byte) (int, error) { panic("cannot write") }

func try(f func()) {
	defer func() { fmt.Println(recover()) }()
	f()
}

func main() {
	w := tabwriter.NewWriter(output{}, 0, 8, 1, ' ', 0)
	try(func() { fmt.Fprint(w, "a\n\n") })
	try(func() {
		fmt.Fprint(w, "a")
		w.Flush()
	})
}
