// All kinds of options, right and wrong, and what is printed about them.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"time"
)

type list []string

func (l *list) String() string { return fmt.Sprint([]string(*l)) }
func (l *list) Set(s string) error {
	if s == "bad" {
		return errors.New("no bad")
	}
	*l = append(*l, s)
	return nil
}
func main() {
	fs := flag.NewFlagSet("prog", flag.ContinueOnError)
	fs.SetOutput(os.Stdout)
	fs.Int("n", 5, "number of `things`")
	fs.Bool("v", false, "verbose")
	fs.String("name", "bob", "the name\nsecond line")
	fs.Duration("d", time.Second, "wait")
	fs.Float64("f", 1.5, "float")
	fs.Uint("u", 0, "uint")
	var l list
	fs.Var(&l, "l", "list")
	fs.Bool("t", true, "true flag")
	fs.String("e", "", "empty")
	fs.Int64("long", 0, "x")
	fs.Func("fn", "func flag", func(s string) error { fmt.Println("fn", s); return nil })
	for _, a := range [][]string{{"-x=1"}, {"-n", "7", "--v", "-name=x", "rest", "-n"}, {"-zz"}, {"-n", "x"}, {"-n"}, {"-v=maybe"}, {"-h"}, {"--", "-n"}, {"-"}, {"-=x"}, {"---x"}, {"-l", "bad"}, {"-l", "a", "-l=b"}, {"-d", "1h"}, {"-d", "q"}, {"-u", "-1"}, {"-n", "99999999999999999999"}, {"-fn", "z"}} {
		err := fs.Parse(a)
		fmt.Printf("%v -> %v args %v n %d\n", a, err, fs.Args(), fs.NFlag())
	}
	fs.VisitAll(func(f *flag.Flag) { fmt.Println(f.Name, f.Usage, f.Value, f.DefValue) })
	fs.Visit(func(f *flag.Flag) { fmt.Println(f.Name, f.Value) })
	fmt.Println(fs.Lookup("n").Value.(flag.Getter).Get(), fs.Lookup("nope"), fs.Set("n", "9"), fs.Set("nope", "1"), fs.Arg(0), fs.NArg(), fs.Name(), fs.Parsed(), fs.ErrorHandling())
}
