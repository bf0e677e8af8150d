//go:build go1.23

package main

func init() { seen = append(seen, "p") }
