//go:build go1.99

package main

func init() { seen = append(seen, "l") }
