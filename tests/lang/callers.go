// What runtime.Callers and CallersFrames tell: all frames, from Callers itself to
// the goroutine's beginning; a number of Callers and the one before it name the same function.
package main

import (
	"fmt"
	"runtime"
	"strings"
)

var first = trace("variable")
var second = func() string { return trace("literal in initialiser") }()

type t struct{}

func (t) value()    { trace("value method") }
func (*t) pointer() { trace("pointer method") }

type valuer interface{ value() }

func generic[T any](v T) { trace(fmt.Sprint("generic ", v)) }

func trace(what string) string {
	var pcs [32]uintptr
	n := runtime.Callers(0, pcs[:])
	var names, byFunc []string
	frames := runtime.CallersFrames(pcs[:n])
	for more := n > 0; more; {
		var f runtime.Frame
		f, more = frames.Next()
		if f.Function == "runtime.doInit" {
			continue
		}
		names = append(names, strings.TrimSuffix(f.Function, "[...]"))
	}
	for _, pc := range pcs[:n] {
		if f := runtime.FuncForPC(pc - 1); f.Name() != "runtime.doInit" {
			byFunc = append(byFunc, strings.TrimSuffix(f.Name(), "[...]"))
		}
	}
	fmt.Println(what, names, strings.Join(names, " ") == strings.Join(byFunc, " "))
	return what
}

func init() { trace("init") }
func init() {
	func() { trace("literal in init") }()
}

func main() {
	trace("main")
	func() { func() { trace("nested") }() }()
	t{}.value()
	(&t{}).pointer()
	var v valuer = &t{}
	v.value()
	generic(1)
	defer trace("deferred")
	defer func() {
		recover()
		trace("deferred literal")
	}()
	done := make(chan bool)
	go func() { trace("goroutine"); done <- true }()
	<-done
	for skip := 0; ; skip++ {
		pc, _, line, ok := runtime.Caller(skip)
		if !ok {
			break
		}
		fmt.Print(runtime.FuncForPC(pc).Name(), skip > 0 || line > 0, " ")
	}
	fmt.Println()
	func() {
		defer trace("while panicking")
		panic(1)
	}()
}
