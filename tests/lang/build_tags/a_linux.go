package main

func init() { seen = append(seen, "a_linux") }
