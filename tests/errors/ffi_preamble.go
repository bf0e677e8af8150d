package main

/*
int good(int);
int broken(int; */ // ERROR "C preamble: expected '\)' near ;"
import "C"

func main() { C.good(1) }
