// Signals sent to the program itself.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func send(s syscall.Signal) { syscall.Kill(syscall.Getpid(), s) }

func main() {
	c := make(chan os.Signal, 2)
	signal.Notify(c, syscall.SIGUSR1, os.Interrupt)
	send(syscall.SIGUSR1)
	fmt.Println(<-c)
	send(syscall.SIGINT)
	s := <-c
	fmt.Println(s, s == os.Interrupt, s.(syscall.Signal) == 2)

	other := make(chan os.Signal, 1)
	signal.Notify(other, syscall.SIGUSR1)
	send(syscall.SIGUSR1)
	fmt.Println(<-c, <-other)
	signal.Stop(other)
	send(syscall.SIGUSR1)
	fmt.Println(<-c, len(other))

	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	send(syscall.SIGTERM)
	<-ctx.Done()
	fmt.Println(ctx.Err())
	stop()

	signal.Ignore(syscall.SIGUSR2)
	send(syscall.SIGUSR2)
	fmt.Println(signal.Ignored(syscall.SIGUSR2), signal.Ignored(syscall.SIGUSR1))
	signal.Reset(syscall.SIGUSR1)

	go func() {
		time.Sleep(10 * time.Millisecond)
		send(syscall.SIGINT)
	}()
	fmt.Println(<-c)
	func() {
		defer func() { fmt.Println(recover()) }()
		signal.Notify(nil)
	}()
}
