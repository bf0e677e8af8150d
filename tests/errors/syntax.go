// After a syntax error the parser goes on where that makes sense.
package main

var a = []int{
	3 // ERROR "possibly missing comma or }"
}

func f(s []int, x int) {
	if y := g( // a header that is not complete is reported once
	} // ERROR "unexpected }"
}

func h() {
	switch {
	case true: f(nil, 0) case false: // ERROR "unexpected keyword case at end of statement"
	}
	if true {
	}
	else { // ERROR "unexpected keyword else"
	}
}

func last() {
	{ // the end of the file is no second error
