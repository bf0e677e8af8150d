// Package doc has a text.
//   code here
//     more code
// and text.
// - one
// - two
//   goes on
//
// A Heading
//
// Text with ``quotes'' and http://example.com/''x.
// * item
//
// * item two
// 1) first
// 2. second
//go:generate echo
package doc

//F is a function.
//
//
//   func main() {
//   	x()
//   }
//
// # Heading 
// See [link] and [other].
//
//
// [link]: https://example.com
// [unused]:   https://example.com/b
func F()

//go:noinline
// G is too.
func G()

/* H has
a block:
  code
*/
func H()

//
func I()

// J does:
// - a
// - b
//
// Done. func x() {
// 	y
// }
const J = 1
