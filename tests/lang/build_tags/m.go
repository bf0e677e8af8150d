//go:build linux
// +build windows

package main

func init() { seen = append(seen, "m") }
