package main

func init() { seen = append(seen, "windows") }
