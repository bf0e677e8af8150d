# A prompt at which nobody types uses no processor time and wakes no thread,
# also while goroutines of earlier inputs wait.
import glob
import re
import time

from terminal import start


def counts(pid):
    switches = 0
    for path in glob.glob(f'/proc/{pid}/task/*/status'):
        with open(path) as f:
            switches += sum(map(int, re.findall(r'ctxt_switches:\s*(\d+)', f.read())))
    with open(f'/proc/{pid}/stat') as f:
        fields = f.read().rsplit(')', 1)[1].split()
    return switches, int(fields[11]) + int(fields[12])


def check(t, what):
    for tries in range(4):  # the threads may take a moment to come to rest on a busy machine
        time.sleep(0.3)
        before = counts(t.pid)
        time.sleep(1)
        switches, ticks = (b - a for a, b in zip(before, counts(t.pid)))
        if switches <= 2 and ticks <= 1:
            return
    t.fail(f'{what}: {switches} switches and {ticks} ticks in a second')


t = start()
check(t, 'a fresh prompt')
t.enter('c := make(chan int); for range 100 { go func() { <-c }(); go time.Sleep(time.Hour) }', None)
check(t, 'goroutines that wait')
t.enter('x := 0; go func() { for i := range 1000 { x += i; runtime.Gosched() }; c <- x }()', None)
check(t, 'after work')
t.close()
