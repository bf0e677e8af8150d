// recover works in the deferred function itself and nowhere else; panics replace
// panics; what recovered functions return.
package main

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"strings"
)

func helper() any { return recover() }

type rec struct{ name string }

func (r rec) catch()   { fmt.Println(r.name, "value method", recover()) }
func (r *rec) catchP() { fmt.Println(r.name, "pointer method", recover()) }

type catcher interface{ catch() }
type embeds struct{ rec }
type embedsP struct{ *rec }

func outer(name string, f func()) {
	defer func() {
		if r := recover(); r != nil {
			fmt.Println("  ", name, "left to the caller:", r)
		} else {
			fmt.Println("  ", name, "nothing left")
		}
	}()
	f()
}

func catchT[T any](v T) { fmt.Println("generic", v, recover()) }

func value(n int) (r int, err error) {
	defer func() {
		if x := recover(); x != nil {
			err = fmt.Errorf("wrapped: %v", x)
		}
	}()
	r = n
	if n > 1 {
		panic(fmt.Sprint("n=", n))
	}
	r = 100
	return r / n, nil
}

func unnamed() int {
	defer func() { recover() }()
	panic(1)
}

type myErr struct{ code int }

func (e *myErr) Error() string { return fmt.Sprint("myErr ", e.code) }

type strer string

func (s strer) String() string { return "strer " + string(s) }

func deepPanic(n int) {
	defer func() {}()
	if n == 0 {
		panic("deep")
	}
	deepPanic(n - 1)
}

var fromInit = func() (r any) {
	defer func() { r = recover() }()
	var m map[string]int
	m["x"] = 1
	return nil
}()

func main() {
	fmt.Println(fromInit, recover())
	outer("direct", func() { defer func() { recover() }(); panic("p") })
	outer("helper", func() { defer func() { fmt.Println(helper()) }(); panic("p") })
	outer("deferred helper", func() { defer helper(); panic("p") })
	outer("nested closure", func() { defer func() { func() { recover() }() }(); panic("p") })
	outer("deferred in deferred", func() { defer func() { defer func() { recover() }() }(); panic("p") })
	outer("deferred recover", func() { defer recover(); panic("p") })
	outer("deferred in deferred recover", func() { defer func() { defer recover() }(); panic("p") })
	outer("deferred println(recover)", func() { defer fmt.Println(recover()); panic("p") })
	outer("value method", func() { defer rec{"r"}.catch(); panic("p") })
	outer("pointer method", func() { defer (&rec{"r"}).catchP(); panic("p") })
	outer("value through pointer", func() { defer (&rec{"r"}).catch(); panic("p") })
	outer("interface", func() { var c catcher = rec{"i"}; defer c.catch(); panic("p") })
	outer("interface pointer", func() { var c catcher = &rec{"i"}; defer c.catch(); panic("p") })
	outer("embedded", func() { defer embeds{rec{"e"}}.catch(); panic("p") })
	outer("embedded interface", func() { var c catcher = embedsP{&rec{"e"}}; defer c.catch(); panic("p") })
	outer("method value", func() { f := rec{"mv"}.catch; defer f(); panic("p") })
	outer("method expression", func() { defer rec.catch(rec{"me"}); panic("p") })
	outer("generic", func() { defer catchT("x"); panic("p") })
	outer("generic value", func() { f := catchT[int]; defer f(5); panic("p") })
	outer("no panic", func() { defer func() { fmt.Println(recover()) }() })
	outer("twice", func() {
		defer func() { fmt.Println(recover(), recover()) }()
		panic("p")
	})
	outer("second deferred", func() {
		defer func() { fmt.Println("later", recover()) }()
		defer func() { fmt.Println("first", recover()) }()
		panic("p")
	})
	outer("replaced", func() {
		defer func() { fmt.Println("got", recover()) }()
		defer func() { panic("second") }()
		panic("first")
	})
	outer("replaced and recovered inside", func() {
		defer func() { fmt.Println("outer got", recover()) }()
		defer func() {
			defer func() { fmt.Println("inner got", recover()) }()
			panic("second")
		}()
		panic("first")
	})
	outer("again after recover", func() {
		defer func() {
			r := recover()
			panic(fmt.Sprint("re-", r))
		}()
		panic("p")
	})
	outer("three", func() {
		defer func() { panic(3) }()
		defer func() { panic(2) }()
		panic(1)
	})
	outer("panic in function that a deferred call calls", func() {
		defer func() {
			outer("inner", func() { panic("inside") })
			fmt.Println("still", recover())
		}()
		panic("outside")
	})
	outer("recover during an inner panic", func() {
		defer func() {
			defer func() {
				fmt.Println("a", recover())
			}()
			func() {
				defer func() { fmt.Println("b", recover()) }()
				panic("y")
			}()
		}()
		panic("x")
	})
	fmt.Println(value(1))
	fmt.Println(value(2))
	fmt.Println(value(0))
	fmt.Println(unnamed())
	outer("deep", func() { deepPanic(50) })
	// Values of all kinds come back as they were.
	for _, v := range []any{1, "s", 2.5, nil, errors.New("e"), &myErr{4}, strer("x"), []int{1}, struct{ a int }{7}, rec{"r"}} {
		func() {
			defer func() {
				r := recover()
				if pn, ok := r.(error); ok && v == nil {
					fmt.Println("nil panic", pn != nil)
					return
				}
				if v == nil {
					fmt.Println("nil panic", true)
					return
				}
				fmt.Printf("%T %v\n", r, r)
			}()
			panic(v)
		}()
	}
	// Errors of the run time.
	var np *rec
	var nm map[string]int
	var ni catcher
	zero, five := 0, 5
	var ch chan int
	for i, f := range []func(){
		func() { fmt.Println(np.name) },
		func() { nm["a"] = 1 },
		func() { ni.catch() },
		func() { fmt.Println(1 / zero) },
		func() { fmt.Println([]int{1}[five]) },
		func() { fmt.Println([]int{1, 2}[five:]) },
		func() { fmt.Println("abc"[five]) },
		func() { fmt.Println("abc"[2 : 1+zero]) },
		func() { fmt.Println(any("x").(int)) },
		func() { fmt.Println(any(nil).(int)) },
		func() { fmt.Println(any(3).(fmt.Stringer)) },
		func() { fmt.Println(any(rec{}).(interface{ catchP() })) },
		func() { close(ch) },
		func() { c := make(chan int); close(c); close(c) },
		func() { c := make(chan int); close(c); c <- 1 },
		func() { _ = make([]int, zero-1) },
		func() { _ = make([]int, five, zero) },
		func() { _ = make(chan int, zero-1) },
		func() { fmt.Println(map[any]int{}[[]int{}]) },
		func() { fmt.Println((*[9]int)([]int{1})) },
		func() { fmt.Println(1 << (zero - 1)) },
	} {
		func() {
			defer func() {
				r := recover()
				re, isRun := r.(runtime.Error)
				e, isErr := r.(error)
				_, isAssert := r.(*runtime.TypeAssertionError)
				var target runtime.Error
				fmt.Println(i, isRun, isErr, isAssert, e, errors.As(e, &target), isRun && re == target)
			}()
			f()
		}()
	}
	// After recovery all goes on.
	for i := 0; i < 3; i++ {
		func() {
			defer func() { recover() }()
			panic(i)
		}()
		fmt.Print(i, " ")
	}
	fmt.Println()
	// Deferred functions run while the panic goes through frames, once each.
	var log []string
	func() {
		defer func() { log = append(log, fmt.Sprint("end ", recover())) }()
		func() {
			defer func() { log = append(log, "a") }()
			func() {
				defer func() { log = append(log, "b") }()
				for i := 0; i < 2; i++ {
					defer func(i int) { log = append(log, fmt.Sprint("loop", i)) }(i)
				}
				panic("through")
			}()
			log = append(log, "not here")
		}()
	}()
	fmt.Println(strings.Join(log, ","))
	// In goroutines.
	done := make(chan string)
	for i := 0; i < 3; i++ {
		go func(i int) {
			defer func() { done <- fmt.Sprint(i, recover()) }()
			panic(fmt.Sprint(" panic ", i))
		}(i)
		fmt.Println(<-done)
	}
	func() {
		defer func() {
			if e, ok := recover().(error); ok {
				fmt.Println("rethrown", errors.Is(e, os.ErrNotExist))
			}
		}()
		_, err := os.Open("/nonexistent/file")
		if err != nil {
			panic(fmt.Errorf("open: %w", err))
		}
	}()
}
