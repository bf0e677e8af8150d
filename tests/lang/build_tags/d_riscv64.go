package main

func init() { seen = append(seen, "d_riscv64") }
