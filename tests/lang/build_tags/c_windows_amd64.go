package main

func init() { seen = append(seen, "c_windows_amd64") }
