// exit: 1
// Headers, prefixes, calls and ends of loggers.
package main

import (
	"bytes"
	"fmt"
	"log"
	"os"
)

func where(l *log.Logger) { l.Output(2, "from the caller") }

func main() {
	log.SetOutput(os.Stdout)
	log.SetFlags(0)
	log.Print("a", "b", 1, 2, true)
	log.Println("a", "b", 1)
	log.Printf("%05d", 42)
	log.Print("with newline\n")
	log.Print()
	log.SetPrefix("prefix: ")
	log.Print("x")
	log.SetFlags(log.Lmsgprefix | log.Lshortfile)
	log.Print("x")
	log.Output(1, "output")
	fmt.Println(log.Flags() == log.Lmsgprefix|log.Lshortfile, log.Prefix(), log.Writer() == os.Stdout)

	l := log.New(os.Stdout, "[own] ", log.Lshortfile)
	l.Print("here")
	l.Println("and", "here")
	l.Printf("%s", "too")
	where(l)
	l.SetPrefix("")
	l.SetFlags(0)
	l.Println(l.Flags(), l.Prefix() == "", l.Writer() == os.Stdout)

	var b bytes.Buffer
	l.SetOutput(&b)
	l.SetFlags(log.LstdFlags)
	l.Print("dated")
	l.SetFlags(log.Ldate | log.Lmicroseconds | log.LUTC)
	l.Print("precise")
	for _, c := range b.String() {
		if c >= '0' && c <= '9' {
			c = '9'
		}
		fmt.Print(string(c))
	}

	func() {
		defer func() { fmt.Printf("%T %q\n", recover(), "recovered") }()
		log.Panicf("panic %d", 1)
	}()
	func() {
		defer func() { fmt.Printf("%q\n", recover()) }()
		log.Panicln("panic", 2)
	}()
	func() {
		defer func() { fmt.Printf("%q\n", recover()) }()
		log.Default().Panic("panic", 3)
	}()
	defer fmt.Println("not printed")
	log.Fatalln("the", "end")
}
