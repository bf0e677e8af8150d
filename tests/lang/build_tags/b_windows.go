package main

func init() { seen = append(seen, "b_windows") }
