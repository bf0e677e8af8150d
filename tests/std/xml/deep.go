// Elements within elements: apart, since a stack that moves at every call makes
// this slow.
package main

import (
	"encoding/xml"
	"fmt"
	"strings"
)

func main() {
	deep := strings.Repeat("<e>", 10001) + strings.Repeat("</e>", 10001)
	type E struct {
		E *E `xml:"e"`
	}
	fmt.Println(xml.Unmarshal([]byte(deep), new(E)))
}
