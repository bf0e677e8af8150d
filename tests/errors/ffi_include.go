package main

/*
#include <stdio.h>
#include "no_such_header.h" */ // ERROR "C compiler: no_such_header.h: No such file or directory"
import "C"

func main() {}
