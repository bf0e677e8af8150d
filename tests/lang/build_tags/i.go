//go:build !(linux || windows)

package main

func init() { seen = append(seen, "i") }
