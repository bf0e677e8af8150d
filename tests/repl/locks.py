# Goroutines that wait for locks are ended by :kill and Ctrl-C, and leave the
# locks as if they had never come.
import re
from terminal import start

t = start()
t.enter('go func() { for { time.Sleep(time.Hour) } }()', r'^\n?$')  # so that nothing is a deadlock


def waiting(state, code):
    """Starts a goroutine that waits in this state; its number."""
    t.enter(code, r'^\n?$')
    m = t.poll(':goroutines', r'g(\d+) +' + re.escape(state))
    return m.group(1)


def gone(number):
    t.enter(':kill ' + number, r'^\n?$')
    t.poll(':goroutines', r'^(?!(?s:.*)g%s )' % number)


# a mutex: the first, the middle and the last of its queue
t.enter('var mu sync.Mutex; n := 0', r'^\n?$')
t.enter('mu.Lock()', r'^\n?$')
code = 'go func() { mu.Lock(); defer mu.Unlock(); n++ }()'
waiting("sync.Mutex.Lock", code)
for _ in range(4):
    t.enter(code, r'^\n?$')
numbers = t.poll(':goroutines', r'(?s)(?:g\d+ +sync.Mutex.Lock.*?){5}').group(0)
numbers = re.findall(r'g(\d+) +sync', numbers)
for i in (0, 2, 4):
    gone(numbers[i])
t.enter('mu.Unlock()', r'^\n?$')
t.poll('n', r'^\n?2  // int')
t.enter('mu.TryLock()', r'true  // bool')

# Ctrl-C in the foreground, for each kind of wait; what waits in front of it is
# unaffected
t.interrupt('mu.Lock(); n = 100')
t.enter('mu.Unlock()', r'^\n?$')
t.enter('mu.TryLock()', r'true  // bool')
t.enter('mu.Unlock()', r'^\n?$')
t.enter('n', r'2  // int')

t.enter('var wg sync.WaitGroup', r'^\n?$')
t.enter('wg.Add(1)', r'^\n?$')
t.interrupt('wg.Wait()')
gone(waiting('sync.WaitGroup.Wait', 'go func() { wg.Wait(); n = 100 }()'))
waiting('sync.WaitGroup.Wait', 'go func() { wg.Wait(); n++ }()')
t.enter('wg.Done()', r'^\n?$')
t.poll('n', r'^\n?3  // int')

# readers and writers
t.enter('var rw sync.RWMutex', r'^\n?$')
t.enter('rw.RLock()', r'^\n?$')
w = waiting('sync.RWMutex.Lock', 'go func() { rw.Lock(); n = 100 }()')
waiting('sync.RWMutex.RLock', 'go func() { rw.RLock(); n++; rw.RUnlock() }()')
gone(w)
t.poll('n', r'^\n?4  // int')
t.enter('rw.TryLock()', r'false  // bool')
t.enter('rw.TryRLock()', r'true  // bool')
t.enter('rw.RUnlock(); rw.RUnlock()', r'^\n?$')
t.enter('rw.TryLock()', r'true  // bool')
t.interrupt('rw.RLock()')
t.interrupt('rw.Lock()')
gone(waiting('sync.RWMutex.RLock', 'go func() { rw.RLock(); n = 100 }()'))
t.enter('rw.Unlock()', r'^\n?$')
t.enter('rw.TryLock()', r'true  // bool')
t.enter('rw.Unlock()', r'^\n?$')

# a condition: its lock is held again while deferred calls run, and a Signal
# reaches one who still waits
t.enter('c := sync.NewCond(&mu)', r'^\n?$')
code = 'go func() { mu.Lock(); defer mu.Unlock(); c.Wait(); n++ }()'
first = waiting('sync.Cond.Wait', code)
t.enter(code, r'^\n?$')
t.poll(':goroutines', r'(?s)(?:g\d+ +sync.Cond.Wait.*?){2}')
gone(first)
t.enter('mu.TryLock()', r'true  // bool')
t.enter('c.Signal(); mu.Unlock()', r'^\n?$')
t.poll('n', r'^\n?5  // int')
t.interrupt('func() { mu.Lock(); defer mu.Unlock(); c.Wait() }()')
t.enter('mu.TryLock()', r'true  // bool')
t.enter('mu.Unlock()', r'^\n?$')

# the network, and a parallel command whose processes wait
t.enter('l, err := net.Listen("tcp", "127.0.0.1:0")', r'^\n?$')
t.interrupt('l.Accept()')
t.interrupt('[ a :: <-make(chan int) || b :: mu.Lock(); mu.Lock() ]')
t.enter('n', r'5  // int')
t.close()
