// +build linux darwin
// +build !windows

package main

func init() { seen = append(seen, "k") }
