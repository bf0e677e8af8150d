// +build linux,!cgo windows

package main

func init() { seen = append(seen, "j") }
