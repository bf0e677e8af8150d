#!/bin/sh
# Memory stays flat in loops that make and drop things; recursion goes deep and
# ends with a report; a loop without calls stops nobody.
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cat >"$dir/flat.csp" <<'END'
// Prints by how many KiB the process grew over the last three quarters of the rounds.
type node struct {
	next *node
	name string
}

func resident() int {
	data, _ := os.ReadFile("/proc/self/status")
	for _, line := range strings.Split(string(data), "\n") {
		if f := strings.Fields(line); len(f) > 1 && f[0] == "VmHWM:" {
			n, _ := strconv.Atoi(f[1])
			return n
		}
	}
	return 0
}

func round(i int) int {
	s := fmt.Sprint("string ", i)
	m := map[string][]int{s: make([]int, 10)}
	c := make(chan *node, 2)
	n := &node{&node{nil, s}, s}
	f := func() int { i++; return len(m[n.next.name]) }
	var any interface{} = f
	done := make(chan bool)
	go func() { c <- n; done <- true }()
	<-done
	defer func() { recover() }()
	return any.(func() int)() + len((<-c).name) + len(strings.Repeat("x", 1000))
}

const rounds = 60000
sum, first := 0, 0
for i := range rounds {
	sum += round(i)
	if i == rounds/4 {
		first = resident()
	}
}
fmt.Println(sum > 0, resident()-first)
END
cat >"$dir/deep.csp" <<'END'
func depth(n int) int {
	if n == 0 {
		return 0
	}
	return depth(n-1) + 1
}
fmt.Println(depth(10_000_000))
depth(-1)
END
cat >"$dir/spin.csp" <<'END'
runtime.GOMAXPROCS(1)
go func() {
	for {
	}
}()
for range 20 {
	time.Sleep(time.Millisecond)
	runtime.GC()
}
fmt.Println("not stopped")
END
bad=0
say() {
    echo "$*"
    bad=1
}
set -- $("$CSP" "$dir/flat.csp")
[ "$1" = true ] && [ "$2" -lt "${FLAT_KIB:-6000}" ] || say "flat.csp: grew by $2 KiB"
"$CSP" "$dir/deep.csp" >"$dir/out" 2>"$dir/err"
[ $? = 2 ] || say "deep.csp: exit status"
grep -q '^10000000$' "$dir/out" || say "deep.csp: $(head -c 200 "$dir/out")"
grep -q '^fatal error: stack overflow$' "$dir/err" || say "deep.csp: $(head -c 200 "$dir/err")"
[ "$("$CSP" "$dir/spin.csp")" = 'not stopped' ] || say "spin.csp: stopped"
exit $bad
