//go:build ignore

package main

func init() { seen = append(seen, "g") }
