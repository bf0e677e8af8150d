// Columns of all kinds.
package main

import (
	"fmt"
	"os"
	"strings"
	"text/tabwriter"
)

func main() {
	texts := []string{
		"a\tb\tc\naaa\tbbbb\tc\n", "one\n", "", "\t\tx\n", "a\tb", "a\t\n\tb\n", "name\tqty\tprice\napple\t5\t1.25\nwatermelon\t10\t3\n\nnext\tblock\nx\ty\n",
		"a\vb\vc\n\v\vc\n\v\vd\n", "é€\t日本\tx\nabcdef\tg\th\n", "<b>bold</b>\tx\n&amp;&lt;\ty\nplain\tz\n", "\xffes\tcaped\xff\tx\nlonger cell here\ty\n",
		"a\tb\fc\td\n", "1\t22\t333\n4444\t55555\n6\t7\t8\t9\n", "a\t\t\tb\nccc\td\te\tf\n", "trailing\t\nt\t\n", "\ta\n\t\tb\n\t\t\tc\n", "<unclosed\tx\n", "no newline\tat end",
		"a\tb\tc\nshort\nd\te\tf\n", ".\t.\t.\n......\t.\t...\n",
	}
	for _, flags := range []uint{0, tabwriter.AlignRight, tabwriter.Debug, tabwriter.AlignRight | tabwriter.Debug, tabwriter.FilterHTML | tabwriter.StripEscape, tabwriter.DiscardEmptyColumns | tabwriter.Debug, tabwriter.TabIndent, tabwriter.StripEscape | tabwriter.Debug} {
		for _, p := range [][4]int{{0, 8, 1, ' '}, {8, 8, 1, '\t'}, {5, 0, 0, '.'}, {0, 4, 2, '\t'}, {3, 8, 20, '-'}} {
			for _, t := range texts {
				var b strings.Builder
				w := tabwriter.NewWriter(&b, p[0], p[1], p[2], byte(p[3]), flags)
				fmt.Fprint(w, t)
				w.Flush()
				fmt.Printf("%q\n", b.String())
			}
		}
	}
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight|tabwriter.Debug)
	for i := 0; i < 5; i++ {
		fmt.Fprintf(w, "%d\t%d\t%d\t\n", i, i*i*i, i*100000)
	}
	fmt.Println(w.Flush())
	func() {
		defer func() { fmt.Println(recover()) }()
		tabwriter.NewWriter(os.Stdout, -1, 0, 0, ' ', 0)
	}()
}
