package main

import (
	"context"
	"fmt"
	"time"

	"golang.org/x/time/rate"
)

var start = time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)

func at(ms int) time.Time { return start.Add(time.Duration(ms) * time.Millisecond) }

func allow(lim *rate.Limiter, steps ...[2]int) {
	for _, s := range steps {
		fmt.Print(s[0], ":", lim.AllowN(at(s[0]), s[1]), " ")
	}
	fmt.Println()
}

func main() {
	fmt.Println(rate.Every(100*time.Millisecond), rate.Every(0) == rate.Inf, rate.Every(-1) == rate.Inf)
	lim := rate.NewLimiter(10, 1)
	fmt.Println(lim.Limit(), lim.Burst())
	allow(lim, [2]int{0, 1}, [2]int{0, 1}, [2]int{50, 1}, [2]int{100, 1}, [2]int{150, 1}, [2]int{200, 1}, [2]int{1000, 2})
	allow(rate.NewLimiter(10, 3), [2]int{0, 3}, [2]int{0, 1}, [2]int{100, 1}, [2]int{1000, 4}, [2]int{1000, 3}, [2]int{1050, 1})
	allow(rate.NewLimiter(0, 2), [2]int{0, 1}, [2]int{0, 1}, [2]int{100000, 1})
	allow(rate.NewLimiter(rate.Inf, 0), [2]int{0, 1}, [2]int{0, 1000})

	lim = rate.NewLimiter(10, 2)
	for i := 0; i < 4; i++ {
		r := lim.ReserveN(at(0), 1)
		fmt.Print(r.OK(), " ", r.DelayFrom(at(0)), "; ")
	}
	last := lim.ReserveN(at(0), 2)
	fmt.Println(last.DelayFrom(at(0)), last.DelayFrom(at(10000)))
	last.CancelAt(at(0))
	fmt.Println(lim.ReserveN(at(0), 1).DelayFrom(at(0)), lim.TokensAt(at(500)))
	no := lim.ReserveN(at(0), 3)
	fmt.Println(no.OK(), no.DelayFrom(at(0)) == rate.InfDuration)

	lim = rate.NewLimiter(10, 5)
	lim.AllowN(at(0), 5)
	lim.SetLimitAt(at(100), 100)
	fmt.Println(lim.Limit(), lim.TokensAt(at(100)), lim.TokensAt(at(120)))
	lim.SetBurstAt(at(120), 2)
	fmt.Println(lim.Burst(), lim.TokensAt(at(1000)))

	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	lim = rate.NewLimiter(1, 1)
	fmt.Println(lim.Wait(ctx))
	fmt.Println(lim.Wait(ctx))
	fmt.Println(lim.WaitN(ctx, 2))
	cancel()
	fmt.Println(lim.Wait(ctx))

	lim = rate.NewLimiter(rate.Every(10*time.Millisecond), 1)
	began := time.Now()
	for i := 0; i < 4; i++ {
		lim.Wait(context.Background())
	}
	fmt.Println("at least 30 ms:", time.Since(began) >= 29*time.Millisecond)

	ctx, cancel = context.WithCancel(context.Background())
	slow := rate.NewLimiter(0.001, 1)
	slow.Allow()
	time.AfterFunc(5*time.Millisecond, cancel)
	fmt.Println(slow.Wait(ctx), slow.Tokens() > -0.1)

	for _, s := range []*rate.Sometimes{{}, {First: 3}, {Every: 3}, {First: 2, Every: 4}, {Interval: time.Hour}} {
		for i := 0; i < 10; i++ {
			s.Do(func() { fmt.Print(i, " ") })
		}
		fmt.Println()
	}
}
