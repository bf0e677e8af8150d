// Functions of sync and sync/atomic that are one instruction: called, deferred,
// as values, through interfaces and embedded, with nil.
package main

import (
	"fmt"
	"sync"
	"sync/atomic"
	"unsafe"
)

type guarded struct {
	name string
	sync.Mutex
	n int
}

type outer struct {
	a, b int
	guarded
	rw *sync.RWMutex
}

func (g *guarded) add(n int) int {
	g.Lock()
	defer g.Unlock()
	g.n += n
	return g.n
}

func numbers() {
	var a int32 = 1<<31 - 1
	fmt.Println(atomic.AddInt32(&a, 1), atomic.LoadInt32(&a), atomic.SwapInt32(&a, -5), atomic.LoadInt32(&a))
	fmt.Println(atomic.CompareAndSwapInt32(&a, -5, 7), atomic.CompareAndSwapInt32(&a, -5, 8))
	fmt.Println(a)
	var b uint32
	fmt.Println(atomic.AddUint32(&b, ^uint32(0)), atomic.LoadUint32(&b), atomic.SwapUint32(&b, 1<<31), atomic.LoadUint32(&b))
	fmt.Println(atomic.CompareAndSwapUint32(&b, 1<<31, 3))
	atomic.StoreUint32(&b, 1<<32-2)
	atomic.StoreInt32(&a, -1<<31)
	fmt.Println(a, b)
	var c int64 = -1 << 63
	fmt.Println(atomic.AddInt64(&c, -1), atomic.LoadInt64(&c), atomic.SwapInt64(&c, 3), atomic.CompareAndSwapInt64(&c, 3, -4))
	fmt.Println(c)
	var d uint64
	atomic.StoreUint64(&d, 1<<63)
	fmt.Println(atomic.AddUint64(&d, 1<<63+1), atomic.SwapUint64(&d, 9), atomic.CompareAndSwapUint64(&d, 1, 2), atomic.LoadUint64(&d))
	var e uintptr
	atomic.StoreUintptr(&e, 4)
	fmt.Println(atomic.AddUintptr(&e, 3), atomic.SwapUintptr(&e, 1), atomic.CompareAndSwapUintptr(&e, 1, 2), atomic.LoadUintptr(&e))
	pair := [3]int32{1, 2, 3} // neighbours are left alone
	atomic.AddInt32(&pair[1], -1<<31)
	atomic.StoreInt32(&pair[1], atomic.LoadInt32(&pair[1])+5)
	fmt.Println(pair)
}

func pointers() {
	x, y := new(int), new(int)
	*x, *y = 1, 2
	p := unsafe.Pointer(x)
	fmt.Println(atomic.CompareAndSwapPointer(&p, unsafe.Pointer(y), nil), *(*int)(atomic.LoadPointer(&p)))
	fmt.Println(atomic.CompareAndSwapPointer(&p, unsafe.Pointer(x), unsafe.Pointer(y)), *(*int)(atomic.SwapPointer(&p, unsafe.Pointer(x))))
	atomic.StorePointer(&p, nil)
	fmt.Println(p == nil)
	var t atomic.Pointer[string]
	s := "text"
	fmt.Println(t.Load() == nil, t.CompareAndSwap(nil, &s), *t.Load(), *t.Swap(nil), t.Load() == nil)
	var flag atomic.Bool
	fmt.Println(flag.Swap(true), flag.Load(), flag.CompareAndSwap(true, false), flag.Load())
	var n atomic.Int64
	n.Store(40)
	fmt.Println(n.Add(2), n.Swap(1), n.CompareAndSwap(1, 5), n.Load())
	var u atomic.Uint32
	fmt.Println(u.Add(^uint32(0)), u.Load())
}

func values() {
	var n int64
	add := atomic.AddInt64
	fmt.Println(add(&n, 5))
	load := (*atomic.Int32).Load
	var i atomic.Int32
	i.Store(9)
	fmt.Println(load(&i))
	func() {
		defer atomic.StoreInt64(&n, 77)
		defer atomic.AddInt64(&n, 1)
	}()
	fmt.Println(n)
	var mu sync.Mutex
	lock, unlock := mu.Lock, mu.Unlock
	lock()
	fmt.Println(mu.TryLock())
	unlock()
	fmt.Println(mu.TryLock())
	(*sync.Mutex).Unlock(&mu)
	var l sync.Locker = &mu
	l.Lock()
	l.Unlock()
	done := make(chan bool)
	l.Lock()
	go func() { l.Lock(); done <- true }()
	go l.Unlock()
	<-done
	var rw sync.RWMutex
	r := rw.RLocker()
	r.Lock()
	rw.RLock()
	fmt.Println(rw.TryLock(), rw.TryRLock())
	rw.RUnlock()
	defer fmt.Println("unlocked")
	defer rw.RUnlock()
	r.Unlock()
}

func embedded() {
	o := &outer{rw: new(sync.RWMutex)}
	var wg sync.WaitGroup
	for i := 0; i < 100; i++ {
		wg.Add(1)
		go func(i int) {
			defer wg.Done()
			o.add(i)
			o.Lock()
			o.n++
			o.Unlock()
			o.rw.RLock()
			_ = o.a
			o.rw.RUnlock()
			o.rw.Lock()
			o.b++
			o.rw.Unlock()
		}(i)
	}
	wg.Wait()
	fmt.Println(o.n, o.b)
}

func try(name string, f func()) {
	defer func() { fmt.Println(name, recover()) }()
	f()
}

func main() {
	numbers()
	pointers()
	values()
	embedded()
	var none *outer
	var m *sync.Mutex
	var rw *sync.RWMutex
	var wg *sync.WaitGroup
	var i *int32
	var p *unsafe.Pointer
	try("lock", func() { m.Lock() })
	try("unlock", func() { m.Unlock() })
	try("deferred", func() { defer m.Unlock() })
	try("embedded", func() { none.Lock() })
	try("read", func() { rw.RLock() })
	try("done", func() { wg.Done() })
	try("load", func() { atomic.LoadInt32(i) })
	try("store", func() { atomic.StoreInt32(i, 1) })
	try("cas", func() { atomic.CompareAndSwapInt32(i, 0, 1) })
	try("swap", func() { atomic.SwapPointer(p, nil) })
	try("negative", func() { new(sync.WaitGroup).Done() })
	try("far below", func() { new(sync.WaitGroup).Add(-1 << 31) })
}
