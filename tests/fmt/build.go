// Copyright.

// +build linux,!cgo darwin
// +build amd64

// Package build.
package build
