// stderr: ^-1 s true\n-1 s true\n$
// A call with several results stands for all arguments of a builtin.
package main

import "fmt"

func list() ([]int, int)            { return []int{1, 2}, 3 }
func parts() (float64, float64)     { return 1, 2 }
func slices() ([]byte, []byte)      { return make([]byte, 3), []byte("ab") }
func entry() (map[string]int, string) { return table, "gone" }
func several() (int8, string, bool) { return -1, "s", true }

var table = map[string]int{"gone": 1, "here": 2}

type words []string

func more() (words, string, string) { return words{"a"}, "b", "c" }

func main() {
	fmt.Println(append(list()), complex(parts()), copy(slices()), append(more()))
	delete(entry())
	fmt.Println(table)
	println(several())
	defer println(several())
	defer func() {
		fmt.Println(recover())
	}()
	panic(fmt.Sprint(append(list())))
}
