# Goroutines go on while the prompt waits; inputs are interrupted; deadlocks
# come back to the prompt.
import re
from terminal import PROMPT, new_home, start

t = start()
# output appears above the line being typed
sign = new_home() + '/now'
t.enter(f'sign := "{sign}"', r'^\n?$')
t.enter('seen := func() bool { _, err := os.Stat(sign); return err == nil }', r'^\n?$')
t.enter('go func() { for !seen() { time.Sleep(time.Millisecond) }; fmt.Println("from behind") }()', r'^\n?$')
t.press('1 + 40', r'csp> 1 \+ 40$')
with open(sign, 'w') as f:
    f.write('now')
t.expect(r'g\d+: from behind\ncsp> 1 \+ 40$')  # and says who writes it
t.send(' + 1\r')
t.expect(r'42  // int\ncsp> $')

# whole lines, each with its writer; what looks like the marks between
# goroutines and prompt is as good as any text
t.enter('gate := make(chan bool)', r'^\n?$')
t.enter('go func() { <-gate; fmt.Print("a\\nb\\n", strings.Repeat("long ", 2000), "\\n", "c\\x0e1,5\\x0fd\\n") }()', r'^\n?$')
t.press('go func() { gate <- true }()\r', r'(?s)(g\d+: )?a\n(g\d+: )?b\n(g\d+: )?(long ){2000}\n(g\d+: )?c\x0e1,5\x0fd\n')
t.expect(PROMPT)
t.enter('fmt.Print("x\\x0e3,y\\n")', r'x\x0e3,y\n')

# Ctrl-C
t.enter('n := 1', r'^\n?$')
t.interrupt('for { n++ }')
t.enter('go func() { for { time.Sleep(time.Second) } }()', r'^\n?$')  # so that what follows is no deadlock
for code in ('<-make(chan int)', 'make(chan int) <- 1', 'time.Sleep(time.Hour)', 'select {}', 'var c chan int; <-c'):
    t.interrupt(code + '; n = -1')
t.enter('n > 0', r'true  // bool')

# deferred calls of what is interrupted run
t.interrupt('func() { defer fmt.Println("deferred"); for {} }()', r'deferred\n')

# a read of the terminal ends too, and gives back what is typed
t.interrupt('bufio.NewReader(os.Stdin).ReadString(10)')
t.enter('40 + 2', r'42  // int')

# a channel between inputs
t.enter('c := make(chan int)', r'^\n?$')
t.enter('go func() { for v := range c { fmt.Println("got", v) } }()', r'^\n?$')
t.poll('c', r'unbuffered; g\d+ waits to receive  // chan int')
t.see('c <- 1', 'got 1\n')
m = t.poll(':goroutines', r'g\d+ +chan receive c, \d+(?:ms|s|m\d\ds) +main\.\S+ \(In\[\d+\]:1\)')

# what else can be waited for, and for how long
t.enter('full := make(chan int, 2); full <- 1; full <- 2; quit := make(chan bool)', r'^\n?$')
t.enter('go func() { full <- 3 }(); go func() { select { case full <- 4: case <-quit: } }(); go func() { <-make(chan int) }(); go func() { make(chan int, 3) <- <-make(chan int, 3) }()', r'^\n?$')
t.poll(':goroutines', r'chan send full \(2 of 2\), \d+(?:ms|s) +main')
t.poll(':goroutines', r'select (full \(2 of 2\)<-, <-quit|<-quit, full \(2 of 2\)<-), \d+(?:ms|s) +main')
t.poll(':goroutines', r'chan receive chan 0x[0-9a-f]+ \(unbuffered\), \d+(?:ms|s) +main')
t.poll(':goroutines', r'chan receive chan 0x[0-9a-f]+ \(0 of 3\), \d+(?:ms|s) +main')
t.enter('type Pool struct { jobs []chan int; done *struct{ c chan bool } }; pool := &Pool{make([]chan int, 3), &struct{ c chan bool }{make(chan bool)}}', r'^\n?$')
t.enter('for i := range 3 { pool.jobs[i] = make(chan int, i) }; go func() { <-pool.jobs[2] }(); go func() { <-pool.done.c }()', r'^\n?$')
t.poll(':goroutines', r'chan receive pool.jobs\[2\] \(0 of 2\), \d+(?:ms|s) +main')
t.poll(':goroutines', r'chan receive pool.done.c, \d+(?:ms|s) +main')
t.poll(':goroutines', r'sleep, \d+(?:ms|s) +main')

# :kill
number = re.search(r'g(\d+) +chan receive', m.group(0)).group(1)
t.enter(':kill ' + number, r'^\n?$')
t.enter('c', r'unbuffered  // chan int')

# a panic of a goroutine leaves the session
t.see('go func() { panic("in the background") }()', r'panic: in the background\n\ngoroutine \d+ \[running\]:\nmain.script.func1')
t.enter('n > 0', r'true  // bool')

# :watch prints what passes
t.enter('w := make(chan string, 2)', r'^\n?$')
t.enter(':watch w', None)
t.see('w <- "one"', r'chan string passes "one"\n')
t.enter(':chan w', r'1 of 2 buffered\n +"one"')
t.close()

t = start()
t.enter('<-make(chan int)', r'deadlock: .*\n +g\d+  chan receive chan 0x[0-9a-f]+ \(unbuffered\)  main.script \(In\[1\]:1\)')
t.enter('1 + 1', r'2  // int')
t.enter('var mu sync.Mutex; mu.Lock(); mu.Lock()', r'deadlock: (?s:.*)sync.Mutex.Lock')
t.enter('2 + 2', r'4  // int')
t.enter(':wait', None)
t.close()
