# Goroutines go on while the prompt waits; inputs are interrupted; deadlocks
# come back to the prompt.
import time
from terminal import start, PROMPT

t = start()
# output appears above the line being typed
t.enter('go func() { time.Sleep(300 * time.Millisecond); fmt.Println("from behind") }()', r'^\n?$')
t.raw = b''
t.send('1 + 40')
t.expect(r'from behind\ncsp> 1 \+ 40$')
t.send(' + 1\r')
t.expect(r'42  // int\ncsp> $')

# Ctrl-C
t.enter('n := 0', r'^\n?$')
for code, place in (('for { n++ }', 'In'), ('<-make(chan int); n++', None), ('time.Sleep(time.Hour)', None), ('select {}', None)):
    t.raw = b''
    if 'make(chan' in code:
        t.enter('go func() { for { time.Sleep(time.Second) } }()', r'^\n?$')
        t.raw = b''
    t.send(code + '\r')
    time.sleep(0.3)
    if code != 'select {}':
        t.send('\x03')
        t.expect(r'interrupted\n(?s:.*)csp> $')
    else:
        t.send('\x03')
        t.expect(r'csp> $')
t.enter('n > 0', r'true  // bool')

# deferred calls of what is interrupted run
t.raw = b''
t.send('func() { defer fmt.Println("deferred"); for {} }()\r')
time.sleep(0.3)
t.send('\x03')
t.expect(r'deferred\n(?s:.*)csp> $')

# a read of the terminal ends too, and gives back what is typed
t.raw = b''
t.send('bufio.NewReader(os.Stdin).ReadString(10)\r')
time.sleep(0.3)
t.send('\x03')
t.expect(r'interrupted\n(?s:.*)csp> $')
t.enter('40 + 2', r'42  // int')

# a channel between inputs
t.enter('c := make(chan int)', r'^\n?$')
t.enter('go func() { for v := range c { fmt.Println("got", v) } }()', r'^\n?$')
t.enter('c', r'unbuffered; g\d+ waits to receive  // chan int')
t.see('c <- 1', 'got 1\n')
m = t.enter(':goroutines', r'g\d+ +chan receive +main\.\S+ \(In\[\d+\]:1\)')

# :kill
import re
number = re.search(r'g(\d+) +chan receive', m).group(1)
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
t.enter('<-make(chan int)', r'deadlock: .*\n +g\d+  chan receive  main.script \(In\[1\]:1\)')
t.enter('1 + 1', r'2  // int')
t.enter('var mu sync.Mutex; mu.Lock(); mu.Lock()', r'deadlock: (?s:.*)goes on in the background')
t.enter('2 + 2', r'4  // int')
t.enter(':wait', None)
t.close()
