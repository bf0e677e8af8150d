package main

import (
	"encoding/json"
	"fmt"
)

func main() {
	var v any
	v = &v
	fmt.Println(json.Unmarshal([]byte(`{"a": "b"}`), v))
	fmt.Println(v)
	var p *any
	fmt.Println(json.Unmarshal([]byte(`1`), &p), *p)
}
