#!/bin/sh
# SIGINT ends like any Unix tool; SIGQUIT shows the goroutines, exit status 2.
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
bad=0
cat >"$dir/wait.go" <<'X'
package main

import (
	"fmt"
	"time"
)

func sleeper() { time.Sleep(time.Hour) }

func main() {
	go sleeper()
	time.Sleep(time.Millisecond)
	fmt.Println("ready")
	for {
		time.Sleep(time.Minute)
	}
}
X

# start: runs the program and returns when it has said "ready".
start() {
    "$CSP" run "$dir/wait.go" >"$dir/out" 2>"$dir/err" &
    pid=$!
    n=0
    while ! grep -q ready "$dir/out"; do
        n=$((n + 1))
        [ $n -lt 200 ] || { echo 'not ready after 10 s'; kill -9 $pid; exit 1; }
        sleep 0.05
    done
}

start
kill -QUIT $pid
wait $pid
status=$?
[ $status = 2 ] || { echo "SIGQUIT: exit $status"; bad=1; }
grep -q 'main.sleeper' "$dir/err" || { echo "SIGQUIT: no trace of main.sleeper:"; cat "$dir/err"; bad=1; }

# A shell's background jobs ignore SIGINT, so it is sent as SIGTERM here; both
# have their default action.
start
kill -TERM $pid
wait $pid
status=$?
[ $status = 143 ] || { echo "SIGTERM: exit $status"; bad=1; }
exit $bad
