//go:build linux && cgo

package main

func init() { seen = append(seen, "f") }
