// Durations, months, weekdays; rounding, parsing, printing.
package main

import (
	"fmt"
	"time"
)

func main() {
	ds := []time.Duration{0, 1, 999, 1000, 1500, 1e6, 1500000, 1e9, 1100 * time.Millisecond, 90 * time.Second, time.Hour, 25*time.Hour + 3*time.Minute + 4*time.Second + 5, -1500 * time.Millisecond, 1<<63 - 1, -1 << 63, 100 * time.Hour, 3*time.Minute + 1}
	for _, d := range ds {
		fmt.Println(d, d.String(), d.Hours(), d.Minutes(), d.Seconds(), d.Milliseconds(), d.Microseconds(), d.Nanoseconds(), d.Abs(), int64(d))
		for _, m := range []time.Duration{0, 1, 7, time.Microsecond, time.Second, time.Minute, time.Hour, -5} {
			fmt.Print(d.Round(m), " ", d.Truncate(m), " ")
		}
		fmt.Println()
	}
	for _, s := range []string{"", "0", "1s", "1.5h", "-2m", "+3ms", "1h2m3s4ms5us6ns", "1µs", "1μs", ".5s", "5.s", ".s", "1", "1x", "s", "-", "1.5.5s", "9223372036854775807ns", "9223372036854775808ns", "-9223372036854775808ns", "3000000h", "1e3s", "0.000000001s", "0.1234567891234s", "1d", "1h 2m", "١s"} {
		d, err := time.ParseDuration(s)
		fmt.Println(d, err)
	}
	for m := time.Month(0); m <= 13; m++ {
		fmt.Print(m, " ")
	}
	for d := time.Weekday(-1); d <= 7; d++ {
		fmt.Print(d, " ")
	}
	fmt.Println()
	fmt.Printf("%v %d %s %+v %#v %T %q %x\n", time.Second, time.Second, time.Minute, time.Hour, time.Nanosecond, time.Second, time.Second, time.Second)
	fmt.Printf("%v %d %s %#v %5.1f %8s|%-8s|\n", time.March, time.March, time.Sunday, time.Monday, (1500 * time.Millisecond).Seconds(), time.Second, time.Second)
	fmt.Println([]time.Duration{1, 2e9}, map[string]time.Duration{"a": time.Minute}, struct{ D time.Duration }{3})
}
