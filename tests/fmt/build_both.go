//go:build !(linux&&amd64)||(go1.18)
// +build something

package build
