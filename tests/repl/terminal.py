# terminal.py: a terminal for the tests of the prompt. A test starts csp on a
# pseudo-terminal, types, and expects what appears; escape sequences are taken
# out of what is compared. A test program is silent when all is well.
import atexit
import fcntl
import glob
import os
import pty
import re
import select
import shutil
import signal
import struct
import sys
import tempfile
import termios
import time

TIMEOUT = float(os.environ.get('CSP_TEST_TIMEOUT', '60'))
PROMPT = r'csp> $'


def new_home():
    path = tempfile.mkdtemp(prefix='csp-repl-')
    atexit.register(shutil.rmtree, path, ignore_errors=True)
    return path


def set_size(fd, rows, cols):
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack('HHHH', rows, cols, 0, 0))


class Terminal:
    def __init__(self, *args, env=None, rows=24, cols=160, home=None):
        self.home = home or new_home()
        e = {k: v for k, v in os.environ.items() if not k.startswith(('XDG_', 'INPUTRC'))}
        e.update(TERM='xterm', NO_COLOR='1', HOME=self.home, LC_ALL='C.UTF-8', INPUTRC='/dev/null')
        e.update(env or {})
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            set_size(0, rows, cols)
            os.execve(os.environ['CSP'], ['csp', *args], e)
        self.raw = b''
        self.ended = False

    def resize(self, rows, cols):
        set_size(self.fd, rows, cols)

    def read(self, wait=0.02):
        if self.ended or not select.select([self.fd], [], [], wait)[0]:
            return
        try:
            data = os.read(self.fd, 1 << 16)
        except OSError:
            data = b''
        self.ended = not data
        self.raw += data

    def text(self):
        s = self.raw.decode('utf-8', 'replace')
        return re.sub(r'\x1b\[[0-9;?]*[A-Za-z]', '', s).replace('\r', '')

    def more(self):
        """Has the end of what was printed moved since, or is it about to? The
        thread that draws sleeps when a drawing is done."""
        with open(f'/proc/{self.pid}/stat') as f:
            busy = f.read().rsplit(')', 1)[1].split()[0] in 'RD'
        known = len(self.raw)
        self.read(0.001 if busy else 0)
        return busy or len(self.raw) > known

    def expect(self, pattern, timeout=TIMEOUT):
        """Waits for pattern; one for the end of the text is not content with half a drawing."""
        end = time.monotonic() + timeout
        while True:
            m = re.search(pattern, self.text())
            if m and not (pattern.endswith('$') and self.more()):
                return m
            if m:
                continue
            if time.monotonic() > end or self.ended:
                self.fail(f'expected {pattern!r}')
            self.read()

    def expect_raw(self, text):
        """Waits for text with its escape sequences."""
        end = time.monotonic() + TIMEOUT
        while text.encode() not in self.raw:
            if time.monotonic() > end or self.ended:
                print(f'drawn was {self.raw[-500:]!r}')
                self.fail(f'expected {text!r}')
            self.read()

    def threads(self):
        """What each thread does: its state, and the number of the system call it is in."""
        lines = []
        for path in sorted(glob.glob(f'/proc/{self.pid}/task/*')):
            with open(path + '/stat') as f:
                state = f.read().rsplit(')', 1)[1].split()[0]
            try:
                with open(path + '/syscall') as f:
                    call = f.read().split()[0]
            except OSError:
                call = 'unknown'
            lines.append(f'thread {os.path.basename(path)}: {state}, in {call}')
        return '\n'.join(lines)

    def fail(self, what):
        print(f'{what}; the screen had:\n{self.text()[-2000:]}\nlast bytes: {self.raw[-80:]!r}\n{self.threads()}')
        self.kill()
        sys.exit(1)

    def send(self, text):
        data = text.encode()
        while data:
            self.read(0)
            if select.select([], [self.fd], [], 0.02)[1]:
                data = data[os.write(self.fd, data[:512]):]

    def press(self, keys, pattern):
        """Types keys; pattern must appear after them."""
        self.raw = b''
        self.send(keys)
        return self.expect(pattern)

    def enter(self, text, pattern=None):
        """Types a line; what is printed after it, up to the next prompt, must
        match pattern, and is returned."""
        self.press(text + '\r', r'\n(?s:.*)csp> $')
        shown, last = self.text(), text.split('\n')[-1][-20:]
        at = shown.find(last + '\n')  # behind the last drawing of the input itself
        out = shown[at + len(last) + 1:]
        out = re.sub(r'(csp> )+$', '', out)
        if pattern is not None and not re.search(pattern, out):
            self.fail(f'{text!r}: expected {pattern!r}, got {out!r}')
        return out

    def see(self, text, pattern):
        """Types a line; pattern appears at some time, before or behind the
        next prompt."""
        self.press(text + '\r', pattern)
        self.expect(PROMPT)

    def poll(self, text, pattern):
        """Types a line again and again until what it prints matches."""
        end = time.monotonic() + TIMEOUT
        while True:
            out = self.enter(text)
            m = re.search(pattern, out)
            if m:
                return m
            if time.monotonic() > end:
                self.fail(f'{text!r}: waited for {pattern!r}')
            time.sleep(0.01)

    def interrupt(self, code, pattern=r'interrupted\n'):
        """Runs code and interrupts it once it has begun."""
        self.raw = b''
        self.send(f'fmt.Println("be" + "gun"); {code}\r')
        self.expect(r'begun\n')
        time.sleep(0.02)  # so that most times it has come to where it waits
        self.send('\x03')
        self.expect(pattern + r'(?s:.*)csp> $')

    def kill(self):
        try:
            os.kill(self.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass

    def memory(self):
        with open(f'/proc/{self.pid}/statm') as f:
            return int(f.read().split()[1]) * 4096

    def cpu(self):
        """Seconds of processor time so far; the clock tells little on a busy machine."""
        with open(f'/proc/{self.pid}/stat') as f:
            fields = f.read().rsplit(')', 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf('SC_CLK_TCK')

    def close(self, status=0):
        """Ctrl-D; the process must end with this status."""
        self.send('\x04')
        end = time.monotonic() + TIMEOUT
        while time.monotonic() < end:
            self.read()
            pid, code = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                got = os.waitstatus_to_exitcode(code)
                if got != status:
                    self.fail(f'exit status {got}, expected {status}')
                return
        self.fail('it did not end')


def start(*args, **more):
    t = Terminal(*args, **more)
    t.expect(PROMPT)
    return t
