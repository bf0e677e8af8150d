//go:build !windows

package part

const Name = "here"
