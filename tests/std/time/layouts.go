// Every element of layouts, written and read back, and what does not fit.
package main

import (
	"fmt"
	"strings"
	"time"
)

func main() {
	zones := []*time.Location{time.UTC, time.FixedZone("CET", 3600), time.FixedZone("", -5*3600-1800), time.FixedZone("LMT", 3*3600+25*60+45)}
	moments := []time.Time{
		time.Date(2024, 2, 29, 0, 5, 9, 0, zones[0]),
		time.Date(1999, 12, 31, 23, 59, 59, 999999999, zones[1]),
		time.Date(2006, 1, 2, 15, 4, 5, 120000000, zones[2]),
		time.Date(7, 10, 9, 12, 0, 0, 1000, zones[3]),
		time.Date(-44, 3, 15, 1, 2, 3, 4, zones[0]),
		time.Date(12345, 6, 7, 8, 9, 10, 11, zones[1]),
	}
	layouts := []string{
		time.Layout, time.ANSIC, time.UnixDate, time.RubyDate, time.RFC822, time.RFC822Z, time.RFC850, time.RFC1123, time.RFC1123Z, time.RFC3339,
		time.RFC3339Nano, time.Kitchen, time.Stamp, time.StampMilli, time.StampMicro, time.StampNano,
		"Monday January 2 __2 002 06 _2006", "Janet Month Monk Mondays 2JanX", "3 03 4 04 5 05 pm PM", "Z0700 Z07 -07 -0700 -070000 -07:00:00",
		"15h04m05.000s", "05,999 .0001 .99x", "2006-002", "", "no elements", "20060102150405.000000", "1/2/06 _2", "200601", "_2 __2 ___2", "05.0000000000000",
	}
	for _, t := range moments {
		fmt.Println(t, t.YearDay(), t.Weekday())
		for _, l := range layouts {
			s := t.Format(l)
			back, err := time.Parse(l, s)
			fmt.Printf("%q %q", l, s)
			if err != nil {
				fmt.Println(" ", err)
				continue
			}
			fmt.Println(" ", back.Format(time.RFC3339Nano))
		}
	}
	for _, x := range [][2]string{
		{"2006-01-02", "2024-13-01"}, {"2006-01-02", "2024-02-30"}, {"2006-01-02", "2023-02-29"}, {"2006-01-02", "2024-1-2"},
		{"2006-01-02", "2024-01-02 "}, {"2006-01-02 15:04", "2024-01-02   25:00"}, {"15:04:05", "12:60:00"}, {"15:04:05", "12:00:60"}, {"15:04:05", "12:00:59.5"},
		{"15:04:05", "12:00:59."}, {"3:04PM", "13:00PM"}, {"3:04PM", "0:00AM"}, {"3:04PM", "12:30AM"}, {"Jan 2", "Foo 3"}, {"Jan 2", "mar 31"},
		{"January 2", "SEPTEMBER 09"}, {"Mon Jan _2", "tue Feb  3"}, {"2006 002", "2023 366"}, {"2006 002", "2024 366"}, {"2006 002", "2023 000"},
		{"2006-01-02 002", "2023-02-01 032"}, {"2006-01-02 002", "2023-02-02 032"}, {"2006 -07:00", "2023 +0530"},
		{"2006 Z07:00", "2023 Z"}, {"2006 -0700", "2023 Z"}, {"2006 MST", "2023 GMT+3"}, {"2006 MST", "2023 GMT-24"}, {"2006 MST", "2023 ABCDE"}, {"2006 MST", "2023 ABCDT"},
		{"2006 MST", "2023 +03"}, {"2006 MST", "2023 ab"}, {"2006 MST", "2023 WITA"}, {"2006 MST", "2023 ChST"}, {"05.000", "01.12"}, {"05.000", "01.1234"}, {"05.999", "01"},
		{"05,000", "01,123"}, {"x2006", "2006"}, {"2006", ""}, {"", "x"}, {"02", "00"}, {"2 1 2006", "31 4 2020"}, {" 2006 ", "2020"},
		{"2006 Jan", "2020  Jan"}, {"20060102", "20200229"}, {"2006-01-02T15:04:05Z07:00", "2020-01-01T00:00:00+01:00x"},
	} {
		t, err := time.Parse(x[0], x[1])
		fmt.Println(strings.Join(x[:], "|"), t.Format(time.RFC3339Nano), err)
	}
	b := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC).AppendFormat([]byte("at "), time.RFC3339)
	fmt.Println(string(b))
	far := time.Date(3000, 1, 1, 0, 0, 0, 0, time.UTC)
	fmt.Println(far.Sub(moments[0]), moments[4].Sub(far), moments[2].Sub(moments[1]))
}
