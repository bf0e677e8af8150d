// Copyright line.

/* Package comments
has a text. */
package comments /* behind */ // and this

// lead
import ( // open
	// before
	"a" // a's
	/* left */ "b"
	// last
) // close

func f() { // brace
	// first

	// second
	x := 1 // one
	yy := 22 // two
	/* block */ z := 3
	/*
	   several
	     lines
	*/
	if x /* in */ > 1 /* out */ { // why
		// nothing
	} else { // other
	}
	g(x, // first argument
		y, /* second */
		// third
		z)
	switch x {
	// before case
	case 1: // one
		a()
		// end of one
	// of two
	case 2:
	}
L: // label
	for { /* empty */ }
	return // done
	// the end
}

var v = []int{
	1, // one
	2,
	// last
}

type t struct {
	a int // a

	// b and c
	b, c string /* two */
	// end
}
/*
 * stars
  * here
 */
func g() {}
/* at the margin
   text
 */
func h() { /* in a line */ }
// EOF
