package main

// Callbacks on threads of C's own: many threads that come and go, functions
// that block, allocate, call C again, end with Goexit, and lock their thread.

/*
#include <pthread.h>
#include <errno.h>
typedef int (*fn)(int);
typedef struct { fn f; int i, result, e; } job;
static void *run(void *p) {
	job *j = p;
	errno = 1000 + j->i;
	j->result = j->f(j->i);
	j->e = errno;
	return 0;
}
// A new thread for each of n calls, width at a time.
static int threads(fn f, int n, int width) {
	int sum = 0;
	for (int i = 0; i < n; i += width) {
		pthread_t t[64];
		job j[64];
		for (int k = 0; k < width; k++) {
			j[k] = (job){f, i + k, 0, 0};
			pthread_create(&t[k], 0, run, &j[k]);
		}
		for (int k = 0; k < width; k++) {
			pthread_join(t[k], 0);
			sum += j[k].result + (j[k].e != 1000 + i + k) * 1000000;
		}
	}
	return sum;
}
static int twice(fn f, int x) { return f(f(x)); }
static unsigned long self(void) { return (unsigned long)pthread_self(); }
*/
import "C"
import (
	"fmt"
	"runtime"
	"sync/atomic"
)

func main() {
	fmt.Println(C.threads(func(x C.int) C.int { return x }, 400, 1))
	fmt.Println(C.threads(func(x C.int) C.int { return x }, 640, 64))

	// blocking, on channels that other callbacks serve
	turn := make(chan C.int)
	fmt.Println(C.threads(func(x C.int) C.int {
		if x%2 == 0 {
			turn <- x
			return 0
		}
		return <-turn
	}, 64, 16))

	var garbage atomic.Int64
	fmt.Println(C.threads(func(x C.int) C.int {
		for i := 0; i < 20; i++ {
			garbage.Add(int64(len(make([]int, 1000))))
		}
		if x%50 == 0 {
			runtime.GC()
		}
		return 1
	}, 100, 10), garbage.Load())

	// C again, and callbacks of that, all on the one thread
	fmt.Println(C.threads(func(x C.int) C.int {
		id := C.self()
		r := C.twice(func(y C.int) C.int {
			runtime.Gosched()
			if C.self() != id {
				return -1000
			}
			return y + 1
		}, x)
		if C.self() != id {
			return -1000
		}
		return r
	}, 40, 8))

	fmt.Println(C.threads(func(x C.int) C.int {
		if x%2 == 0 {
			runtime.Goexit()
		}
		runtime.LockOSThread()
		return 1
	}, 20, 4))

	// what a callback starts goes on without its thread
	answers := make(chan C.int, 20)
	fmt.Println(C.threads(func(x C.int) C.int {
		go func() { runtime.Gosched(); answers <- x }()
		return 0
	}, 20, 5))
	sum := C.int(0)
	for i := 0; i < 20; i++ {
		sum += <-answers
	}
	fmt.Println(sum)
}
