// goto, labels, break and continue: out of and around blocks, in every kind of
// statement.
package main

import "fmt"

func loop(n int) (s string) {
	i := 0
top:
	if i >= n {
		goto done
	}
	s += fmt.Sprint(i)
	i++
	goto top
done:
	return s + "."
}

func fresh() (fs []func() int) {
	i := 0
again:
	x := i // a new variable each time
	fs = append(fs, func() int { x++; return x })
	i += 10
	if i < 30 {
		goto again
	}
	return
}

func outOf(n int) string {
	for i := 0; ; i++ {
		switch {
		case i == n:
			{
				select {
				default:
					if true {
						goto out
					}
				}
			}
		}
	}
out:
	return fmt.Sprint("out ", n)
}

func over(b bool) string {
	if b {
		goto end
	}
	{
		x := 1
		_ = x
	}
	fmt.Print("not over; ")
end:
	return "end"
}

func into(n int) (s string) {
	switch n {
	case 0:
		goto L
	case 1:
		s = "one "
		fallthrough
	default:
		s += "default "
	}
	s += "after "
L:
	{
		s += "L"
	}
	return
}

func backwards() (s string) {
	n := 0
a:
	n++
	s += "a"
	if n < 3 {
		goto b
	}
	goto c
b:
	s += "b"
	goto a
c:
	return s + "c"
}

func withDefer() (s string) {
	i := 0
next:
	defer func(i int) { s += fmt.Sprint("d", i) }(i)
	if i++; i < 3 {
		goto next
	}
	return "r"
}

func breaks() {
outer:
	for i := 0; i < 4; i++ {
	inner:
		for j := 0; ; j++ {
			switch {
			case j == 1 && i == 0:
				continue inner
			case j == 2:
				break inner
			case i == 2:
				continue outer
			case i == 3:
				break outer
			default:
				if j == 0 {
					break
				}
			}
			fmt.Print(i, j, " ")
		}
		fmt.Print("| ")
	}
	fmt.Println()
sw:
	switch x := 5; x {
	case 5:
		for {
			break sw
		}
		fmt.Println("not here")
	}
sel:
	select {
	default:
		for {
			break sel
		}
	}
	m := map[int]int{1: 1, 2: 2, 3: 3}
	n := 0
maps:
	for range m {
		for range "ab" {
			n++
			continue maps
		}
	}
	fmt.Println(n)
types:
	switch v := any(n).(type) {
	case int:
		if v == 3 {
			break types
		}
		fmt.Println("not here")
	}
	ch := make(chan int, 3)
	ch <- 1
	ch <- 2
	ch <- 3
recv:
	for {
		select {
		case v := <-ch:
			if v == 1 {
				continue recv
			}
			if v == 2 {
				break
			}
			break recv
		}
		fmt.Print("two ")
	}
	fmt.Println(len(ch))
	// A label may bear the name of something else, and be at the end of a block.
	var breaks int
	goto breaks
breaks:
	fmt.Println(breaks)
	func() {
		goto end
	end:
	}()
	if true {
		goto fmt
	fmt:
	}
	for i := 0; i < 2; i++ {
		goto skip
	skip:
		continue
	}
}

func closures() {
	i := 0
L:
	func() {
		j := 0
	L: // another function's
		if j++; j < 3 {
			goto L
		}
		i += j
	}()
	if i < 9 {
		goto L
	}
	fmt.Println(i)
}

func generic[T any](list []T, stop func(T) bool) (out []T) {
	i := 0
loop:
	if i < len(list) {
		if stop(list[i]) {
			goto stopped
		}
		out = append(out, list[i])
		i++
		goto loop
	}
stopped:
	return
}

var atInit = func() int {
	n := 0
l:
	if n < 5 {
		n++
		goto l
	}
	return n
}()

func state(input string) (words int) {
	i := 0
space:
	if i == len(input) {
		return
	}
	if input[i] == ' ' {
		i++
		goto space
	}
	words++
word:
	i++
	if i == len(input) {
		return
	}
	if input[i] != ' ' {
		goto word
	}
	goto space
}

func panics() (s string) {
	n := 0
retry:
	err := func() (e any) {
		defer func() { e = recover() }()
		if n < 2 {
			panic(n)
		}
		return nil
	}()
	if err != nil {
		s += fmt.Sprint(err, " ")
		n++
		goto retry
	}
	return s + "ok"
}

func main() {
	fmt.Println(loop(0), loop(5), outOf(3), over(true), over(false))
	for i := 0; i < 3; i++ {
		fmt.Print(into(i), "; ")
	}
	fmt.Println(backwards(), withDefer())
	for _, f := range fresh() {
		fmt.Print(f(), f(), " ")
	}
	fmt.Println(atInit)
	breaks()
	closures()
	fmt.Println(generic([]int{1, 2, 3, 4}, func(i int) bool { return i == 3 }), generic([]string{"a", "b"}, func(string) bool { return false }))
	fmt.Println(state("  the quick  brown fox "), panics())
	done := make(chan int)
	go func() {
		n := 0
	more:
		if n < 1000 {
			n++
			goto more
		}
		done <- n
	}()
	fmt.Println(<-done)
}
