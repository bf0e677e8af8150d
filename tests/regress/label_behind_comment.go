// Between a label and its colon a comment may stand.
package main

import "fmt"

func main() {
	i := 0
again /* and again */ :
	i++
	if i < 3 {
		goto again
	}
	fmt.Println(i)
}
