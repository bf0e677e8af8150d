// Constraints, unions and the arguments of generic types.
package p

type MyInt int
type WithMethod interface{ m() }
type Cmp interface{ comparable }

type (
	_ interface{ int | int }           // ERROR "overlapping terms int and int"
	_ interface{ int | ~int }          // ERROR "overlapping terms ~int and int"
	_ interface{ ~int | MyInt }        // ERROR "overlapping terms MyInt and ~int"
	_ interface{ ~MyInt }              // ERROR "invalid use of ~ .underlying type of MyInt is int."
	_ interface{ ~WithMethod }         // ERROR "invalid use of ~ .WithMethod is an interface."
	_ interface{ int | WithMethod }    // ERROR "cannot use WithMethod in union .WithMethod contains methods."
	_ interface{ int | comparable }    // ERROR "cannot use comparable in union"
	_ interface{ int | Cmp }           // ERROR "cannot use Cmp in union .Cmp embeds comparable."
	_ interface{ int | any | int8 }    // interfaces may overlap
	_[T interface{ T }] struct{}       // ERROR "term cannot represent type parameter"
	_[T interface{ ~T }] struct{}      // ERROR "type in term ~T cannot be a type parameter"
	_[T interface{ *T | int }] struct{}
)

type Ints interface{ ~int }
type Holder struct{ Ints } // ERROR "interface contains type constraints"

var _ *Ints      // ERROR "interface contains type constraints"
var _ Box[Ints]  // ERROR "interface contains type constraints"
var _ = Cmp(1)   // ERROR "cannot use interface Cmp in conversion"

type Box[P any] struct{ p P }
type Num[P Ints] struct{ p P }
type BadField struct{ n Num[string] } // ERROR "string does not satisfy Ints"

func (Box) bad1()            {} // ERROR "cannot use generic type Box without instantiation"
func (Box[A, B]) bad2()      {} // ERROR "receiver declares 2 type parameters, but receiver base type declares 1"
func (Box[*int]) bad3()      {} // ERROR "receiver type parameter \*int must be an identifier"

type IntBox = Box[int]

func (IntBox) bad4() {} // ERROR "cannot define new methods on instantiated type Box"

func never[T interface {
	comparable
	~[]byte
}](x T) bool {
	return x == x // ERROR "operator == not defined on T"
}
