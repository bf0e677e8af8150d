package main

import c "C" // ERROR "cannot rename import .C."

func main() {}
