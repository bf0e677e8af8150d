#!/bin/sh
# Waiting costs nothing: a program that sleeps, waits for input, for a
# connection or for a signal uses no processor time, and its threads are not
# even woken; nor does work done before make a difference.
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
bad=0
cat >"$dir/wait.go" <<'X'
package main

import (
	"bufio"
	"fmt"
	"net"
	"os"
	"sync"
	"time"
)

// Keeps all processors at work for a moment.
func work() {
	var wg sync.WaitGroup
	for i := 0; i < 8; i++ {
		wg.Add(1)
		go func() {
			for until := time.Now().Add(50 * time.Millisecond); time.Now().Before(until); {
			}
			wg.Done()
		}()
	}
	wg.Wait()
}

func main() {
	work()
	c := make(chan int)
	for i := 0; i < 100; i++ {
		go func() { <-c }()
		go time.Sleep(time.Hour)
	}
	fmt.Println("ready")
	switch os.Args[1] {
	case "sleep":
		time.Sleep(time.Hour)
	case "read":
		bufio.NewReader(os.Stdin).ReadString('\n')
	case "listen":
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err == nil {
			l.Accept()
		}
		fmt.Println(err)
	}
}
X

# counts: processor time in ticks, and how often a thread of $1 was switched to.
counts() {
    switches=0
    for status in /proc/$1/task/*/status; do
        switches=$((switches + $(awk '/ctxt_switches/ { n += $2 } END { print n }' "$status")))
    done
    ticks=$(($(sed 's/.*) //' /proc/$1/stat | cut -d' ' -f12,13 | tr ' ' +)))
}

mkfifo "$dir/never"
sleep 100 >"$dir/never" &
writer=$!
for what in sleep read listen; do
    "$CSP" run "$dir/wait.go" $what <"$dir/never" >"$dir/out" 2>"$dir/err" &
    pid=$!
    n=0
    while ! grep -q ready "$dir/out"; do
        n=$((n + 1))
        [ $n -lt 400 ] || { echo "$what: not ready after 20 s"; exit 1; }
        sleep 0.05
    done
    tries=0
    while :; do # the threads may take a moment to come to rest on a busy machine
        sleep 0.3
        counts $pid
        before=$switches time=$ticks
        sleep 1
        counts $pid
        [ $((switches - before)) -gt 2 ] || [ $((ticks - time)) -gt 1 ] || break
        tries=$((tries + 1))
        [ $tries -lt 4 ] || { echo "$what: $((switches - before)) switches and $((ticks - time)) ticks in a second"; bad=1; break; }
    done
    kill -9 $pid
    wait $pid 2>"$dir/err"
done
kill $writer
exit $bad
