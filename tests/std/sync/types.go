// Every type of sync and sync/atomic, in ways whose outcome is certain.
package main

import (
	"fmt"
	"sort"
	"sync"
	"sync/atomic"
)

func recovered(f func()) {
	defer func() { fmt.Println("panics:", recover()) }()
	f()
}

func locks() {
	var mu sync.Mutex
	var rw sync.RWMutex
	var wg sync.WaitGroup
	n, reads := 0, int32(0)
	for i := 0; i < 8; i++ {
		wg.Add(2)
		go func() {
			defer wg.Done()
			for k := 0; k < 100; k++ {
				mu.Lock()
				n++
				mu.Unlock()
			}
		}()
		go func() {
			defer wg.Done()
			rw.RLock()
			atomic.AddInt32(&reads, 1)
			rw.RUnlock()
			rw.Lock()
			reads++
			rw.Unlock()
		}()
	}
	wg.Wait()
	fmt.Println(n, reads >= 8)
	fmt.Println(mu.TryLock(), mu.TryLock(), rw.TryRLock(), rw.TryRLock(), rw.TryLock())
	rw.RUnlock()
	rw.RUnlock()
	fmt.Println(rw.TryLock(), rw.TryRLock())
	l := rw.RLocker()
	rw.Unlock()
	l.Lock()
	fmt.Println(rw.TryLock())
	l.Unlock()
	recovered(func() { wg.Add(-1) })
}

func others() {
	var once sync.Once
	for i := 0; i < 3; i++ {
		once.Do(func() { fmt.Println("once", i) })
	}
	var broken sync.Once
	recovered(func() { broken.Do(func() { panic("first") }) })
	broken.Do(func() { fmt.Println("never") })

	var mu sync.Mutex
	cond := sync.NewCond(&mu)
	ready, woken := false, 0
	var wg sync.WaitGroup
	for i := 0; i < 5; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			mu.Lock()
			for !ready {
				cond.Wait()
			}
			woken++
			mu.Unlock()
		}()
	}
	mu.Lock()
	ready = true
	cond.Broadcast()
	mu.Unlock()
	cond.Signal()
	wg.Wait()
	fmt.Println(woken)

	made := 0
	pool := sync.Pool{New: func() any { made++; return new(int) }}
	p := pool.Get().(*int)
	pool.Put(p)
	pool.Get()
	fmt.Println(made >= 1, (&sync.Pool{}).Get())

	var m sync.Map
	m.Store("a", 1)
	m.Store("b", 2)
	v, ok := m.Load("a")
	fmt.Println(v, ok)
	v, ok = m.Load("x")
	fmt.Println(v, ok)
	v, ok = m.LoadOrStore("a", 9)
	fmt.Println(v, ok)
	v, ok = m.LoadOrStore("c", 3)
	fmt.Println(v, ok)
	v, ok = m.LoadAndDelete("b")
	fmt.Println(v, ok)
	m.Delete("none")
	var keys []string
	m.Range(func(k, v any) bool {
		keys = append(keys, fmt.Sprint(k, v))
		return true
	})
	sort.Strings(keys)
	fmt.Println(keys)
	count := 0
	m.Range(func(k, v any) bool { count++; return false })
	fmt.Println(count)
}

func atomics() {
	var i32 atomic.Int32
	var i64 atomic.Int64
	var u32 atomic.Uint32
	var u64 atomic.Uint64
	var b atomic.Bool
	var p atomic.Pointer[string]
	var v atomic.Value
	s, t := "x", "y"
	fmt.Println(i32.Add(5), i32.Swap(-1), i32.Load(), i32.CompareAndSwap(-1, 7), i32.CompareAndSwap(-1, 8), i32.Load())
	i64.Store(1 << 40)
	fmt.Println(i64.Add(-1), u32.Add(^uint32(0)), u64.Add(3), u64.Swap(9))
	fmt.Println(b.Load(), b.Swap(true), b.CompareAndSwap(true, false), b.Load())
	fmt.Println(p.Load() == nil, p.CompareAndSwap(nil, &s), *p.Swap(&t), *p.Load())
	fmt.Println(v.Load(), v.CompareAndSwap(nil, 1), v.Load(), v.Swap(2), v.CompareAndSwap(2, 3), v.Load())
	recovered(func() { v.Store("other type") })
	recovered(func() { v.Store(nil) })
	var x int64 = 5
	var u uint32 = 1
	var ptr uintptr
	fmt.Println(atomic.AddInt64(&x, 2), atomic.LoadInt64(&x), atomic.SwapInt64(&x, 1), atomic.CompareAndSwapInt64(&x, 1, 2), x, atomic.AddUint32(&u, 9), atomic.SwapUintptr(&ptr, 4), atomic.LoadUintptr(&ptr))
	var sum atomic.Int64
	var wg sync.WaitGroup
	for i := 1; i <= 50; i++ {
		wg.Add(1)
		go func(n int) {
			defer wg.Done()
			sum.Add(int64(n))
		}(i)
	}
	wg.Wait()
	fmt.Println(sum.Load())
}

func main() {
	locks()
	others()
	atomics()
}
