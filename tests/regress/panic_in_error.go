// exit: 2
// stderr: \Apanic: fine\n\tpanic: \(panic while printing panic value\)\n\tpanic: also fine\n
// A method that panics while the report is made costs its own value only.
package main

type good string

func (g good) Error() string { return string(g) }

type bad struct{}

func (bad) Error() string { panic("no") }

func main() {
	defer func() { panic(good("also fine")) }()
	defer func() { panic(bad{}) }()
	panic(good("fine"))
}
