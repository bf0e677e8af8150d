// A comment.

/* and
a block */

//go:build (windows || !darwin) && go1.18

package main

func init() { seen = append(seen, "h") }
