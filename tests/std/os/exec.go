// Running programs: output, input, errors, pipes, contexts.
package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"time"
)

func main() {
	out, err := exec.Command("echo", "hello", "a b", "$HOME").Output()
	fmt.Printf("%q %v\n", out, err)
	c := exec.Command("cat", "-")
	c.Stdin = strings.NewReader("through cat")
	out, err = c.Output()
	fmt.Printf("%q %v\n", out, err)
	out, err = exec.Command("sh", "-c", "echo out; echo err >&2; exit 7").CombinedOutput()
	fmt.Printf("%q %v\n", out, err)
	_, err = exec.Command("sh", "-c", "echo oops >&2; exit 2").Output()
	var ee *exec.ExitError
	fmt.Println(errors.As(err, &ee), ee.ExitCode(), ee.Success(), string(ee.Stderr), err)
	err = exec.Command("sh", "-c", "kill -9 $$").Run()
	fmt.Println(err, err.(*exec.ExitError).ExitCode())
	_, err = exec.Command("no-such-program-here").Output()
	fmt.Println(err, errors.Is(err, exec.ErrNotFound))
	err = exec.Command("/no/such/program").Run()
	fmt.Println(err, os.IsNotExist(errors.Unwrap(err)) || errors.Is(err, os.ErrNotExist))
	_, err = exec.LookPath("/etc/hostname")
	fmt.Println(err)
	p, err := exec.LookPath("sh")
	fmt.Println(strings.HasSuffix(p, "/sh"), err)

	c = exec.Command("sh", "-c", "echo $X; pwd; cat")
	c.Env = []string{"X=1", "X=2", "PATH=" + os.Getenv("PATH")}
	c.Dir = "/"
	in, _ := c.StdinPipe()
	or, _ := c.StdoutPipe()
	fmt.Println(c.Start(), c.Start())
	io.WriteString(in, "piped")
	in.Close()
	all, err := io.ReadAll(or)
	fmt.Printf("%q %v %v %v\n", all, err, c.Wait(), c.ProcessState)
	fmt.Println(c.Wait())

	var so, se bytes.Buffer
	c = exec.Command("sh", "-c", "echo 1; echo 2 >&2; cat <&3")
	f, _ := os.CreateTemp("", "csp-exec-*")
	defer os.Remove(f.Name())
	f.WriteString("extra")
	f.Seek(0, 0)
	c.Stdout, c.Stderr, c.ExtraFiles = &so, &se, []*os.File{f}
	fmt.Println(c.Run(), so.String(), se.String())
	fmt.Println(exec.Command("/bin/echo", "a", "b"), c.Process.Pid > 0)

	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Millisecond)
	defer cancel()
	start := time.Now()
	err = exec.CommandContext(ctx, "sleep", "10").Run()
	fmt.Println(err != nil, time.Since(start) < 5*time.Second)
	fmt.Println(exec.CommandContext(ctx, "true").Run())
	c = exec.Command("true")
	c.Dir = "/no/such/dir"
	fmt.Println(c.Run())
	_, err = exec.Command("true").StdoutPipe()
	fmt.Println(err, (&exec.Cmd{}).Run(), (&exec.Cmd{Path: "/bin/true"}).Run())
}
