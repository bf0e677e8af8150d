package crlf

// f does.
func f() {
	x := `a
b`	// c



}
