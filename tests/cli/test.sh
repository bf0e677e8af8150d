#!/bin/sh
# csp test: what is found, which tests run, what is printed, how it ends.
# Times are cut out of what is printed, and traces left out.
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir" || exit 1
unset GOPATH
bad=0

# expect STATUS TEXT WORDS...: what "csp test WORDS" prints must be TEXT.
expect() {
    want=$1
    text=$2
    shift 2
    "$CSP" test "$@" >out 2>&1 </dev/null
    got=$?
    out=$(sed -e 's/ ([0-9.]*s)$//' -e 's/	[0-9.]*s$/	TIME/' -e 's/	[0-9.]*s \[/	TIME [/' out | grep -v '^cpu: ')
    if [ "$got" != "$want" ] || [ "$out" != "$text" ]; then
        echo "csp test $*: exit $got (expected $want), printed:"
        echo "$out"
        echo "expected:"
        echo "$text"
        bad=1
    fi
}

# holds STATUS PATTERN WORDS...: what it prints has a line for each line of PATTERN.
holds() {
    want=$1
    patterns=$2
    shift 2
    "$CSP" test "$@" >out 2>&1 </dev/null
    got=$?
    missing=$(echo "$patterns" | while read -r p; do grep -q -- "$p" out || echo "$p"; done)
    if [ "$got" != "$want" ] || [ "$missing" ]; then
        echo "csp test $*: exit $got (expected $want), no line with $missing in:"
        cat out
        bad=1
    fi
}

mkdir -p m/sub m/none m/broken m/testdata m/inner/internal/x
cd m || exit 1
printf 'module example.com/m\n\ngo 1.22\n' >go.mod
printf 'nonsense\n' >testdata/x_test.go
printf 'package none\n' >none/none.go
printf 'package x\n\nconst X = 1\n' >inner/internal/x/x.go
printf 'package inner\n' >inner/inner.go
cat >inner/inner_test.go <<'P'
package inner_test

import (
	"testing"

	"example.com/m/inner/internal/x"
)

func TestX(t *testing.T) { t.Log(x.X) }
P
printf 'package broken\n\nfunc f() int { return "" }\n' >broken/broken.go
printf 'package broken\n\nimport "testing"\n\nfunc TestF(t *testing.T) { f() }\n' >broken/broken_test.go
printf 'package m\n\nfunc Add(a, b int) int { return a + b }\n\nfunc hidden() string { return "hidden" }\n' >m.go
cat >m_test.go <<'P'
package m

import (
	"fmt"
	"os"
	"testing"
)

func TestAdd(t *testing.T) {
	if Add(1, 2) != 3 {
		t.Fatal("wrong")
	}
	t.Log("fine", hidden())
}

func TestTable(t *testing.T) {
	for _, c := range []struct{ a, b, want int }{{1, 2, 3}, {2, 2, 5}} {
		t.Run(fmt.Sprintf("%d and %d", c.a, c.b), func(t *testing.T) {
			if got := Add(c.a, c.b); got != c.want {
				t.Errorf("Add(%d, %d) = %d\nwant %d", c.a, c.b, got, c.want)
			}
		})
	}
}

func check(t *testing.T) {
	t.Helper()
	t.Error("from a helper")
}

func TestHelper(t *testing.T) { check(t) }

func TestSkip(t *testing.T) { t.Skip("not now") }

func TestTempDir(t *testing.T) {
	t.Setenv("CSP_TEST", "set")
	t.Cleanup(func() { fmt.Println("cleanup", os.Getenv("CSP_TEST")) })
	if _, err := os.Stat(t.TempDir()); err != nil {
		t.Error(err)
	}
	t.Run("same/one", func(*testing.T) {})
	t.Run("same/one", func(*testing.T) {})
	t.Run("", func(*testing.T) {})
}

func TestParallel(t *testing.T) {
	ready := make(chan bool, 2)
	for _, name := range []string{"a", "b"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ready <- true
			for len(ready) < 2 { // both are here at the same time
			}
		})
	}
}

func BenchmarkAdd(b *testing.B) {
	for i := 0; i < b.N; i++ {
		Add(i, 1)
	}
	b.ReportMetric(2.5, "things/op")
	b.ReportMetric(100, "ns/op")
}

func ExampleAdd() {
	fmt.Println(Add(1, 2))
	// Output: 3
}

func ExampleAdd_wrong() {
	fmt.Println("a")
	/* Output:
	b
	*/
}

func ExampleAdd_mixed() {
	fmt.Println("a\nb")
	// Unordered output:
	// b
	// a
}

func ExampleNotRun() { panic("run") }

func FuzzAdd(f *testing.F) {
	f.Add(1, "x")
	f.Add(2, "y")
	f.Fuzz(func(t *testing.T, n int, s string) {
		if n == 2 || s == "file" {
			t.Error(n, s)
		}
	})
}
P
mkdir -p testdata/fuzz/FuzzAdd
printf 'go test fuzz v1\nint(7)\nstring("file")\n' >testdata/fuzz/FuzzAdd/seven
cat >sub/sub_test.go <<'P'
package sub_test

import (
	"fmt"
	"os"
	"testing"

	"example.com/m"
)

func TestMain(t *testing.M) {
	dir, _ := os.Getwd()
	fmt.Println("begin", m.Add(1, 1), dir[len(dir)-4:], os.Args[len(os.Args)-1])
	t.Run()
	fmt.Println("end")
}

func TestSub(t *testing.T) {}
P

expect 1 '--- FAIL: TestTable
    --- FAIL: TestTable/2_and_2
        m_test.go:20: Add(2, 2) = 4
            want 5
--- FAIL: TestHelper
    m_test.go:31: from a helper
cleanup set
--- FAIL: FuzzAdd
    --- FAIL: FuzzAdd/seed#1
        m_test.go:92: 2 y
    --- FAIL: FuzzAdd/seven
        m_test.go:92: 7 file
--- FAIL: ExampleAdd_wrong
got:
a
want:
b
FAIL
exit status 1
FAIL	example.com/m	TIME'
expect 0 '=== RUN   TestAdd
    m_test.go:13: fine hidden
--- PASS: TestAdd
=== RUN   TestTable
=== RUN   TestTable/1_and_2
--- PASS: TestTable
    --- PASS: TestTable/1_and_2
=== RUN   TestSkip
    m_test.go:33: not now
--- SKIP: TestSkip
=== RUN   TestTempDir
=== RUN   TestTempDir/same/one
=== RUN   TestTempDir/same/one#01
=== RUN   TestTempDir/#00
cleanup set
--- PASS: TestTempDir
    --- PASS: TestTempDir/same/one
    --- PASS: TestTempDir/same/one#01
    --- PASS: TestTempDir/#00
PASS
ok  	example.com/m	TIME' -v -run 'Add/none|Table/1|S|Temp' -skip 'Fuzz|Example|Helper'
expect 0 'ok  	example.com/m	TIME' -run 'TestParallel|TestAdd$' -count=2 -cpu 2,4 -parallel 2 .
expect 0 'begin 2 /sub one
testing: warning: no tests to run
PASS
end
ok  	example.com/m/sub	TIME' ./sub -v -run none -args one
expect 1 './broken/broken.go:3:23: cannot use "" (untyped string constant) as int value in return statement
    func f() int { return "" }
                          ^~
	text becomes a number by n, err := strconv.Atoi(s)
FAIL	example.com/m/broken [build failed]
ok  	example.com/m/inner	TIME
?   	example.com/m/inner/internal/x	[no test files]
?   	example.com/m/none	[no test files]
ok  	example.com/m/sub	TIME
FAIL' ./broken ./inner/... ./none example.com/m/sub
expect 0 'testing: warning: no tests to run
PASS
ok  	example.com/m	TIME' -run 'nothing'
expect 0 'TestAdd
TestTable
TestHelper
TestSkip
TestTempDir
TestParallel
BenchmarkAdd
FuzzAdd
ExampleAdd
ExampleAdd_wrong
ExampleAdd_mixed
ok  	example.com/m	TIME' -list . .
expect 0 'goos: linux
goarch: amd64
pkg: example.com/m
BenchmarkAdd 	       7	       100.0 ns/op	         2.500 things/op
PASS
ok  	example.com/m	TIME' -run none -bench . -benchtime 7x -cpu 1
expect 1 '--- FAIL: TestTable
    --- FAIL: TestTable/2_and_2
        m_test.go:20: Add(2, 2) = 4
            want 5
FAIL
FAIL	example.com/m	TIME
FAIL' -failfast -run Test example.com/m
holds 0 '^-test.shuffle 7$' -shuffle 7 -v -run TestAdd
[ "$(grep -c '^=== RUN' out)" = 1 ] || { echo "-shuffle:"; cat out; bad=1; }
holds 2 'not a duration' -timeout soon
holds 2 'a value is missing' -run
holds 2 'inputs are not made up' -fuzz=Fuzz
holds 1 'no such directory or package' ./nowhere
holds 1 'flag provided but not defined: -other' -other
holds 1 'invalid regexp for -test.run' -run '('

# events
"$CSP" test -json -run 'TestTable' . >out
sed -i -e 's/"Time":"[^"]*",//' -e 's/,"Elapsed":[0-9.]*//' -e 's/ ([0-9.]*s)//' -e 's/\\t[0-9.]*s\\n/\\tTIME\\n/' out
cat >want <<'P'
{"Action":"start","Package":"example.com/m"}
{"Action":"run","Package":"example.com/m","Test":"TestTable"}
{"Action":"output","Package":"example.com/m","Test":"TestTable","Output":"=== RUN   TestTable\n"}
{"Action":"run","Package":"example.com/m","Test":"TestTable/1_and_2"}
{"Action":"output","Package":"example.com/m","Test":"TestTable/1_and_2","Output":"=== RUN   TestTable/1_and_2\n"}
{"Action":"run","Package":"example.com/m","Test":"TestTable/2_and_2"}
{"Action":"output","Package":"example.com/m","Test":"TestTable/2_and_2","Output":"=== RUN   TestTable/2_and_2\n"}
{"Action":"output","Package":"example.com/m","Test":"TestTable/2_and_2","Output":"    m_test.go:20: Add(2, 2) = 4\n"}
{"Action":"output","Package":"example.com/m","Test":"TestTable/2_and_2","Output":"        want 5\n"}
{"Action":"output","Package":"example.com/m","Test":"TestTable","Output":"--- FAIL: TestTable\n"}
{"Action":"output","Package":"example.com/m","Test":"TestTable/1_and_2","Output":"    --- PASS: TestTable/1_and_2\n"}
{"Action":"pass","Package":"example.com/m","Test":"TestTable/1_and_2"}
{"Action":"output","Package":"example.com/m","Test":"TestTable/2_and_2","Output":"    --- FAIL: TestTable/2_and_2\n"}
{"Action":"fail","Package":"example.com/m","Test":"TestTable/2_and_2"}
{"Action":"fail","Package":"example.com/m","Test":"TestTable"}
{"Action":"output","Package":"example.com/m","Output":"FAIL\n"}
{"Action":"output","Package":"example.com/m","Output":"FAIL\texample.com/m\tTIME\n"}
{"Action":"fail","Package":"example.com/m"}
P
diff want out || { echo "csp test -json"; bad=1; }
cd ..

# how tests end badly
mkdir bad
cd bad || exit 1
expect_file() { # STATUS TEXT FLAGS, the file is standard input
    cat >x_test.go
    holds "$1" "$2" $3
}
expect_file 1 '^--- FAIL: TestPanic (
^    --- FAIL: TestPanic/inner (
^panic: assignment to entry in nil map .recovered.$
^exit status 2$
^FAIL	bad	' '' <<'P'
package bad

import "testing"

func TestPanic(t *testing.T) {
	t.Run("inner", func(t *testing.T) {
		var m map[string]int
		m["a"] = 1
	})
}
P
expect_file 1 '^fatal error: all goroutines are asleep - deadlock!$
^bad.TestDead(
^FAIL	bad	' '' <<'P'
package bad

import "testing"

func TestDead(t *testing.T) { <-make(chan int) }
P
expect_file 1 '^panic: test timed out after 50ms$
^running tests:$
TestLoop/inner
^bad.TestLoop.func1(
^FAIL	bad	' '-timeout 50ms' <<'P'
package bad

import "testing"

func TestLoop(t *testing.T) {
	t.Run("inner", func(t *testing.T) {
		for {
		}
	})
}
P
expect_file 1 'test executed panic(nil) or runtime.Goexit' '' <<'P'
package bad

import (
	"runtime"
	"testing"
)

func TestGoexit(t *testing.T) { runtime.Goexit() }
P
expect_file 1 'subtest may have called FailNow on a parent test' '' <<'P'
package bad

import "testing"

func TestParent(t *testing.T) {
	t.Run("inner", func(*testing.T) { t.FailNow() })
}
P
expect_file 1 'x_test.go:5:6: wrong signature for TestB, must be: func TestB(t .testing.T)
x_test.go:6:6: wrong signature for ExampleE, must be: func ExampleE()
^FAIL	bad .build failed.$' '' <<'P'
package bad

import "testing"

func TestB(b *testing.B)  {}
func ExampleE(b int)      {}
func Testament(n int)     {}
P

# goroutines left behind
cat >x_test.go <<'P'
package bad

import (
	"testing"
	"time"
)

func TestLeak(t *testing.T) {
	c := make(chan int)
	go func() { c <- 1 }()
}

func TestLate(t *testing.T) {
	go time.Sleep(time.Millisecond)
}
P
holds 0 '^--- LEAK: TestLeak: 1 goroutine left behind:$
^    goroutine [0-9]* .chan send.:$
^    bad.TestLeak.func1(
^ok  	bad	' .
grep -q 'LEAK: TestLate' out && { echo "a goroutine that ends:"; cat out; bad=1; }
holds 1 '^--- FAIL: TestLeak
^    1 goroutine left behind:$' -leaks=fail
expect 0 'ok  	bad	TIME' -leaks=off .
cd ..

# scripts, and packages named as one of the library
cat >script.csp <<'P'
x := 5
func double(n int) int { return 2 * n }
func TestDouble(t *testing.T) {
	if double(x) != 10 {
		t.Error(double(x))
	}
}
func TestFail(t *testing.T) { t.Error(x) }
x++
P
expect 1 '--- FAIL: TestDouble
    script.csp:5: 12
--- FAIL: TestFail
    script.csp:8: 6
FAIL
FAIL	command-line-arguments	TIME
FAIL' script.csp
mkdir strings
printf 'package strings_test\n\nimport (\n\t"strings"\n\t"testing"\n)\n\nfunc TestUpper(t *testing.T) { t.Log(strings.ToUpper("a")) }\n' >strings/a_test.go
(cd strings && expect 0 '=== RUN   TestUpper
    a_test.go:8: A
--- PASS: TestUpper
PASS
ok  	strings	TIME' -v; exit $bad) || bad=1
exit $bad
