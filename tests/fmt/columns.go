// columns of fields, values, keys and comments
package columns

import (
	"sort" // last
	"fmt"
	"fmt"

	str "strings"
	"bytes"; "os"
)
type point struct {
  x, y int // where
  name string `json:"name"` // what
  *other
  // alone
  tags []string

  next *point
}
type short struct { a int }
type empty struct {}
type long struct { averyveryverylongname map[string][]interface{} }
const (
	a = iota // first
	bcd
	ef, g = 1, 2
	h int = 3
	longer string = "x"
)
var (
	one = 1
	three int
	four, five = 4, func() int { return 5 }
)
var m = map[string]int{
	"a": 1,
	"abc": 2, // two
	"abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz": 3,
	"d": 4,

	"efg": 5, "h": 6,
	"i": 7 }
var list = []point{ {1,2,"a",nil,nil,nil}, {x: 1,
	y: 2},
}
type iface interface { m(a int) ; n()
	// embedded
	fmt.Stringer
	~int | string }
func one_line() { return }
func two() int { a := 1; return a } // comment
func three(
	a int, b string,
) (c,
	d int) { return }
