// Wrapping and finding errors.
package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

type codeErr struct{ code int }

func (c codeErr) Error() string        { return fmt.Sprint("code ", c.code) }
func (c codeErr) Is(target error) bool { return target == io.EOF && c.code == 7 }

type ptrErr struct{ msg string }

func (p *ptrErr) Error() string { return p.msg }

type asErr struct{}

func (asErr) Error() string { return "as" }
func (asErr) As(target any) bool {
	if p, ok := target.(*codeErr); ok {
		p.code = 99
		return true
	}
	return false
}

func try(f func()) {
	defer func() { fmt.Println("panic:", recover()) }()
	f()
}

func main() {
	a, b := errors.New("same"), errors.New("same")
	fmt.Println(a == b, a, errors.Is(a, a), errors.Is(a, b), errors.Is(nil, a), errors.Is(nil, nil), errors.Is(a, nil))
	w := fmt.Errorf("outer: %w", fmt.Errorf("inner: %w", codeErr{7}))
	var c codeErr
	var p *ptrErr
	fmt.Println(errors.As(w, &c), c, errors.As(w, &p), p, errors.Is(w, io.EOF), errors.Is(w, codeErr{7}), errors.Is(w, codeErr{8}))
	fmt.Println(errors.Unwrap(w), errors.Unwrap(errors.Unwrap(w)), errors.Unwrap(a))
	fmt.Println(errors.As(asErr{}, &c), c, errors.As(nil, &c))
	pe := fmt.Errorf("p: %w", &ptrErr{"deep"})
	fmt.Println(errors.As(pe, &p), p.msg)
	var i interface{ Is(error) bool }
	fmt.Println(errors.As(w, &i), i)
	try(func() { errors.As(a, nil) })
	try(func() { errors.As(a, c) })
	try(func() { errors.As(a, (*codeErr)(nil)) })
	try(func() { var x int; errors.As(a, &x) })
	_, err := os.Open("/no/such/file")
	var pathErr *fs.PathError
	fmt.Println(err, errors.As(err, &pathErr), pathErr.Op, pathErr.Path, pathErr.Err, errors.Is(err, fs.ErrNotExist), os.IsNotExist(err))
	_, err = os.ReadFile("/")
	fmt.Println(err)
	fmt.Println(os.Mkdir("/", 0700), os.Remove("/no/such"), os.Rename("/no/such", "/x"))
}
