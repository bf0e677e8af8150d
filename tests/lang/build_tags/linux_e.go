package main

func init() { seen = append(seen, "linux_e") }
