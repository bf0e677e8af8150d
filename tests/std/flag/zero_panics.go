// PrintDefaults does without the default of a value whose String panics when it
// is zero, and says so at the end.
package main

import (
	"flag"
	"fmt"
	"os"
)

type touchy struct{ s *string }

func (t touchy) String() string    { return *t.s }
func (t touchy) Set(string) error  { return nil }

func main() {
	fs := flag.NewFlagSet("x", flag.ContinueOnError)
	fs.SetOutput(os.Stdout)
	s := "set"
	fs.Var(touchy{&s}, "t", "a `touchy` one")
	fs.Int("n", 3, "number")
	fs.PrintDefaults()
	fmt.Println("end")
}
