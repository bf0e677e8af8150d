package main

const Big = 1e646456992

var a float64 = Big // ERROR "cannot use Big \(untyped float constant 1e\+646456992\) as float64 value in variable declaration \(overflows\)"
var b = Big * 10000 // ERROR "constant multiplication overflow"
var c int = 1e1000000 // ERROR "untyped float constant 1e\+1000000\) as int value in variable declaration \(truncated\)"
const d = Big * Big // ERROR "constant multiplication overflow"
const e = 1e646456993 // ERROR "malformed constant: 1e646456993"
const f = 1e-1000000000
const g = 0x1p2147483647 // ERROR "malformed constant: 0x1p2147483647"
var h float64 = -1e100000 // ERROR "untyped float constant -1e\+100000\) as float64 value"
var i float64 = Big * 2.5 // ERROR "untyped float constant 2.5e\+646456992\)"
var k float32 = 1e400 // ERROR "untyped float constant 1e\+400\)"

// Norms that become too small to be told from 0.
var l = 1 / 1e-600000000i // ERROR "constant division overflow"
var m = 1i / (1e-600000000 + 1e-600000000i) // ERROR "constant division overflow"
var n = 1e646456992 / 1e-646456992 // ERROR "constant division overflow"

func main() {}
