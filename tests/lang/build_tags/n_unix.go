package main

func init() { seen = append(seen, "n_unix") }
