// Points in time: dates, arithmetic, layouts, zones.
package main

import (
	"fmt"
	"time"
)

var layouts = []string{time.Layout, time.ANSIC, time.UnixDate, time.RubyDate, time.RFC822, time.RFC822Z, time.RFC850, time.RFC1123, time.RFC1123Z, time.RFC3339, time.RFC3339Nano, time.Kitchen, time.Stamp, time.StampMilli, time.StampMicro, time.StampNano,
	"2006-01-02", "Jan _2 06 15:04:05.000", "Monday, 02-Jan-06 3:04PM", "002 __2 2006", "15:04:05.999999", "3:4:5 pm", "Z0700 Z07:00 Z07 -07 -070000 -07:00:00", "20060102150405", "January 1 2 _2 02", "05.00 05,000 ,999", "text 2006y01m", "MST", "Mon Monday Jan January"}

func dates() {
	fixed := time.FixedZone("XYZ", -5*3600-30*60)
	ts := []time.Time{{}, time.Date(2024, 2, 29, 13, 4, 5, 123456789, time.UTC), time.Date(1999, 12, 31, 23, 59, 59, 999999999, time.UTC), time.Date(2023, 1, 1, 0, 0, 0, 0, fixed), time.Date(2020, 13, 35, 25, 61, 61, -1, time.UTC), time.Date(-5, 1, 1, 0, 0, 0, 0, time.UTC),
		time.Date(12345, 6, 7, 8, 9, 10, 11000, time.UTC), time.Unix(0, 0).UTC(), time.Unix(-1, -1).UTC(), time.Unix(1e10, 5e9).UTC(), time.UnixMilli(-1500).UTC(), time.UnixMicro(1234567890123456).UTC(), time.Date(2000, 3, 0, 0, 0, 0, 0, time.UTC), time.Date(2021, 0, 1, 0, 0, 0, 0, time.UTC), time.Date(2024, 7, 4, 12, 0, 0, 500, time.FixedZone("", 3600))}
	for _, t := range ts {
		y, m, d := t.Date()
		h, mi, s := t.Clock()
		iy, iw := t.ISOWeek()
		z, off := t.Zone()
		fmt.Println(t, y, m, d, h, mi, s, iy, iw, z, off, t.Weekday(), t.YearDay(), t.Unix(), t.UnixMilli(), t.UnixMicro(), t.Nanosecond(), t.IsZero(), t.Location())
		for _, l := range layouts {
			fmt.Print(t.Format(l), " | ")
		}
		fmt.Println()
		fmt.Println(t.GoString(), t.UTC(), t.In(fixed), t.AddDate(1, -1, 30), t.AddDate(0, 0, -400), t.Add(36*time.Hour+time.Nanosecond), t.Truncate(time.Hour), t.Round(24*time.Hour), t.Round(7*time.Second))
		b, err := t.MarshalText()
		fmt.Println(string(b), err)
		b, err = t.MarshalJSON()
		fmt.Println(string(b), err)
		fmt.Printf("%v %s %+v %q\n", t, t, t, t)
	}
	a, b := ts[1], ts[2]
	fmt.Println(a.Sub(b), b.Sub(a), a.Before(b), a.After(b), a.Equal(b), a == b, a.Equal(a.In(fixed)), ts[0].Sub(ts[6]), ts[6].Sub(ts[0]))
	fmt.Println(time.Date(2024, 2, 29, 0, 0, 0, 0, time.UTC).AddDate(1, 0, 0), time.Date(2024, 1, 31, 0, 0, 0, 0, time.UTC).AddDate(0, 1, 0))
}

func parse() {
	for _, c := range [][2]string{
		{time.RFC3339, "2024-02-29T13:04:05Z"}, {time.RFC3339, "2024-02-29T13:04:05.123456789+02:00"}, {time.RFC3339, "2023-02-29T13:04:05Z"}, {time.RFC3339, "2024-02-29 13:04:05Z"}, {time.RFC3339, "2024-13-01T00:00:00Z"}, {time.RFC3339, "2024-12-01T24:00:00Z"}, {time.RFC3339, "2024-12-01T23:60:00Z"}, {time.RFC3339, "2024-12-01T23:00:00"},
		{"2006-01-02", "2024-7-4"}, {"2006-1-2", "2024-7-4"}, {"2006-01-02", "2024-07-04x"}, {"2006-01-02", ""}, {"2006-01-02", "abcd-01-02"}, {"Jan 2, 2006", "Jul 4, 2024"}, {"January 2, 2006", "july 14, 2024"}, {"Jan 2, 2006", "Xyz 4, 2024"}, {"Mon Jan _2 15:04:05 2006", "Thu Jul  4 15:04:05 2024"}, {"Monday", "Fooday"},
		{time.Kitchen, "3:04PM"}, {time.Kitchen, "12:00AM"}, {time.Kitchen, "13:00PM"}, {"3pm", "11am"}, {"15:04:05", "23:59:59.999"}, {"15:04:05.000", "23:59:59.99"}, {"15:04:05.000", "23:59:59.123"}, {"15:04:05.99", "23:59:59"}, {"15:04:05", "1:2:3"}, {time.RFC1123Z, "Mon, 02 Jan 2006 15:04:05 -0700"}, {time.RFC1123, "Mon, 02 Jan 2006 15:04:05 UTC"}, {time.RFC1123, "Mon, 02 Jan 2006 15:04:05 XST"}, {time.RFC822Z, "02 Jan 06 15:04 +0100"}, {"06", "68"}, {"06", "69"}, {"002 2006", "060 2024"}, {"002 2006", "366 2023"}, {"2006 002", "2024 366"}, {time.ANSIC, "Mon Jan 2 15:04:05 2006"}, {"-07:00", "+01:30"}, {"-0700", "-0130"}, {"Z07:00", "Z"}, {"-07", "+05"}, {"MST", "GMT+3"}, {"MST", "CEST"}, {"MST", "abc"}, {"2006", "99"}, {"02 Jan", "31 Feb"}, {"02 Jan 2006", "30 Feb 2024"}, {"_2", " 5"}, {"__2", "  5"}, {"15h", "5h"}, {"text", "text"}, {"text", "tex"},
	} {
		t, err := time.Parse(c[0], c[1])
		fmt.Println(t, err)
	}
	loc := time.FixedZone("EST", -18000)
	t, err := time.ParseInLocation("2006-01-02 15:04", "2024-07-04 09:30", loc)
	fmt.Println(t, err)
	t, err = time.ParseInLocation("2006-01-02 15:04 MST", "2024-07-04 09:30 EST", loc)
	fmt.Println(t, err)
	_, err = time.Parse("2006", "x")
	pe := err.(*time.ParseError)
	fmt.Printf("%q %q %q %q %q\n", pe.Layout, pe.Value, pe.LayoutElem, pe.ValueElem, pe.Message)
	var u time.Time
	fmt.Println(u.UnmarshalText([]byte("2024-02-29T13:04:05+01:00")), u)
	fmt.Println(u.UnmarshalJSON([]byte(`"2024-02-29T13:04:05Z"`)), u)
}

func zones() {
	for _, name := range []string{"UTC", "", "America/New_York", "Europe/Berlin", "Asia/Kolkata", "Australia/Lord_Howe", "Nowhere/Land", "../etc"} {
		loc, err := time.LoadLocation(name)
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(loc)
		for _, t := range []time.Time{time.Date(2024, 1, 15, 12, 0, 0, 0, time.UTC), time.Date(2024, 7, 15, 12, 0, 0, 0, time.UTC), time.Date(2024, 3, 10, 7, 0, 0, 0, time.UTC), time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2100, 7, 1, 0, 0, 0, 0, time.UTC), time.Date(1975, 5, 5, 5, 5, 5, 0, time.UTC)} {
			fmt.Println(t.In(loc), t.In(loc).IsDST(), t.In(loc).Format(time.RFC1123Z))
		}
		fmt.Println(time.Date(2024, 3, 10, 2, 30, 0, 0, loc), time.Date(2024, 11, 3, 1, 30, 0, 0, loc), time.Date(2024, 3, 31, 2, 30, 0, 0, loc))
		t, err := time.ParseInLocation("2006-01-02 15:04 MST", "2024-07-15 12:00 EDT", loc)
		fmt.Println(t, err)
	}
}

func main() {
	dates()
	parse()
	zones()
}
