// The traceback names functions that were put in place of their calls.
// exit: 2
// stderr: (?s)\Apanic: runtime error: index out of range \[5\] with length 2\n.*goroutine 1 \[running\]:\nmain\.at\(\.\.\.\)\n\t\S*inlined_traceback\.go:7 \S+\nmain\.sum\(\.\.\.\)\n\t\S*:10 \S+\nmain\.\(\*list\)\.total\(\.\.\.\)\n\t\S*:15 \S+\nmain\.main\(\)\n\t\S*:19 \S+\s*\Z
package main

func at(s []int, i int) int {
	return s[i]
}
func sum(s []int, i, j int) int {
	return at(s, i) + at(s, j)
}

type list struct{ items []int }

func (l *list) total(j int) int { return sum(l.items, 0, j) }

func main() {
	l := &list{[]int{1, 2}}
	println(l.total(5))
}
