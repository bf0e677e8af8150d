package main

/*
#cgo CFLAGS: -I${SRCDIR}/lib
#cgo LDFLAGS: -lffitest
#include "ffitest.h"
#include <math.h>
#include <errno.h>
*/
import "C"
import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"sync"
	"syscall"
)

func main() {
	n, err := C.fail_with(2)
	fmt.Println(n, err, err == syscall.ENOENT, errors.Is(err, os.ErrNotExist))
	n, err = C.fail_with(0)
	fmt.Println(n, err)
	_, err = C.void_fail_with(C.EINVAL)
	fmt.Println(err)
	d, err := C.double_fail_with(34)
	fmt.Printf("%v %v %T\n", d, err, err)
	v, err := C.sqrt(-1)
	fmt.Println(v, err)
	if _, err := C.sqrt(4); err != nil {
		fmt.Println("unexpected", err)
	}
	var e syscall.Errno
	_, err = C.fail_with(13)
	fmt.Println(errors.As(err, &e), int(e), errors.Is(err, os.ErrPermission))

	// errno is that of the call, whatever other goroutines do meanwhile
	var wg sync.WaitGroup
	for i := 1; i <= 50; i++ {
		wg.Add(1)
		go func(i int) {
			defer wg.Done()
			for k := 0; k < 50; k++ {
				if _, err := C.fail_with(C.int(i)); err != syscall.Errno(i) {
					fmt.Println("errno", i, "arrives as", err)
				}
				runtime.Gosched()
			}
		}(i)
	}
	wg.Wait()
}
