// Files, directories, the environment and other processes.
package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"syscall"
	"time"
)

var dir string

func cut(v any) string { return strings.ReplaceAll(fmt.Sprint(v), dir, "DIR") }

func files() {
	name := dir + "/file"
	f, err := os.Create(name)
	fmt.Println(cut(f.Name()), err)
	n, err := f.WriteString("hello world")
	fmt.Println(n, err)
	k, err := f.Seek(6, io.SeekStart)
	fmt.Println(k, err)
	n, err = f.Write([]byte("W"))
	fmt.Println(n, err)
	n, err = f.WriteAt([]byte("!!"), 11)
	fmt.Println(n, err)
	b := make([]byte, 5)
	n, err = f.ReadAt(b, 0)
	fmt.Println(n, err, string(b))
	n, err = f.ReadAt(b, 10)
	fmt.Println(n, err, string(b[:n]))
	f.Seek(0, 0)
	r, err := f.ReadFrom(strings.NewReader("from reader "))
	fmt.Println(r, err)
	fmt.Println(f.Truncate(15), f.Chmod(0640), f.Sync())
	info, err := f.Stat()
	fmt.Println(info.Name(), info.Size(), info.Mode(), info.IsDir(), info.ModTime().After(time.Unix(1e9, 0)), err)
	fmt.Println(f.Close(), cut(f.Close()))
	_, err = f.Write(b)
	fmt.Println(cut(err), errors.Is(err, os.ErrClosed))
	data, err := os.ReadFile(name)
	fmt.Printf("%q %v\n", data, err)
	f, _ = os.OpenFile(name, os.O_APPEND|os.O_WRONLY, 0)
	f.WriteString("+")
	_, err = f.Read(b)
	fmt.Println(cut(err))
	f.Close()
	data, _ = os.ReadFile(name)
	fmt.Printf("%q\n", data)
	_, err = os.OpenFile(name, os.O_CREATE|os.O_EXCL, 0600)
	fmt.Println(cut(err), os.IsExist(err))
	_, err = os.Open(dir + "/none")
	fmt.Println(cut(err), os.IsNotExist(err), os.IsPermission(err), os.IsTimeout(err))
	fmt.Println(cut(os.Chtimes(name, time.Unix(1000, 0), time.Unix(2000, 5000))))
	info, _ = os.Stat(name)
	fmt.Println(info.ModTime().Unix(), info.ModTime().Nanosecond())
	fmt.Println(os.Link(name, dir+"/hard"), os.Symlink("file", dir+"/soft"))
	i1, _ := os.Stat(dir + "/hard")
	i2, _ := os.Lstat(dir + "/soft")
	target, err := os.Readlink(dir + "/soft")
	fmt.Println(os.SameFile(info, i1), os.SameFile(info, i2), i2.Mode()&os.ModeSymlink != 0, target, err)
	_, err = os.Readlink(name)
	fmt.Println(cut(err))
	fmt.Println(os.Rename(name, dir+"/moved"), cut(os.Rename(name, dir+"/x")))
	fmt.Println(os.Truncate(dir+"/moved", 3), os.Chmod(dir+"/moved", 0400|os.ModeSticky))
	info, _ = os.Stat(dir + "/moved")
	fmt.Println(info.Size(), info.Mode())
}

func dirs() {
	fmt.Println(os.Mkdir(dir+"/d", 0750), cut(os.Mkdir(dir+"/d", 0750)), os.MkdirAll(dir+"/d/e/f", 0755), cut(os.MkdirAll(dir+"/moved/x", 0755)))
	os.WriteFile(dir+"/d/2", nil, 0644)
	os.WriteFile(dir+"/d/1", nil, 0644)
	list, err := os.ReadDir(dir + "/d")
	for _, e := range list {
		info, err := e.Info()
		fmt.Print(e.Name(), e.IsDir(), e.Type(), info.Name(), err, " ")
	}
	fmt.Println(len(list), err)
	f, _ := os.Open(dir + "/d")
	l1, err := f.ReadDir(2)
	fmt.Println(len(l1), err)
	l1, err = f.ReadDir(2)
	fmt.Println(len(l1), err)
	l1, err = f.ReadDir(2)
	fmt.Println(len(l1), err)
	l1, err = f.ReadDir(-1)
	fmt.Println(len(l1), err)
	_, err = os.ReadDir(dir + "/none")
	fmt.Println(cut(err))
	fmt.Println(cut(os.Remove(dir+"/d")), os.Remove(dir+"/d/1"), cut(os.Remove(dir+"/d/1")), os.RemoveAll(dir+"/d"), os.RemoveAll(dir+"/d"))
	wd, _ := os.Getwd()
	fmt.Println(os.Chdir(dir), cut(os.Chdir("none")))
	now, err := os.Getwd()
	fmt.Println(strings.HasSuffix(now, dir), err)
	os.Chdir(wd)
	t, err := os.CreateTemp(dir, "a*b")
	fmt.Println(strings.HasPrefix(cut(t.Name()), "DIR/a"), strings.HasSuffix(t.Name(), "b"), err)
	t.Close()
	_, err = os.MkdirTemp(dir+"/none", "x")
	fmt.Println(err != nil, os.TempDir() != "")
}

func environment() {
	os.Setenv("CSP_TEST", "value")
	v, ok := os.LookupEnv("CSP_TEST")
	fmt.Println(os.Getenv("CSP_TEST"), v, ok, os.ExpandEnv("<$CSP_TEST> <${CSP_TEST}> $CSP_NONE $"))
	fmt.Println(os.Expand("$a ${b} $$ $1x ${} $*", func(s string) string { return "[" + s + "]" }))
	os.Unsetenv("CSP_TEST")
	_, ok = os.LookupEnv("CSP_TEST")
	fmt.Println(ok, os.Getpid() > 0, os.Getppid() > 0, len(os.Args) > 0)
	fmt.Println(os.Setenv("", "x"), os.Setenv("a=b", "x"))
	h, err := os.Hostname()
	fmt.Println(h != "", err)
}

func processes() {
	r, w, _ := os.Pipe()
	p, err := os.StartProcess("/bin/sh", []string{"sh", "-c", "echo $GREETING; pwd; exit 3"}, &os.ProcAttr{Dir: "/", Env: []string{"GREETING=hi"}, Files: []*os.File{nil, w}})
	w.Close()
	fmt.Println(err)
	out, _ := io.ReadAll(r)
	state, err := p.Wait()
	fmt.Printf("%q %v %v %d %v %v\n", out, state, err, state.ExitCode(), state.Success(), state.Exited())
	fmt.Println(p.Signal(os.Kill))
	p, _ = os.StartProcess("/bin/sleep", []string{"sleep", "60"}, &os.ProcAttr{})
	fmt.Println(p.Signal(syscall.SIGTERM))
	state, err = p.Wait()
	fmt.Println(state, err, state.ExitCode(), state.Sys().(syscall.WaitStatus).Signaled())
	_, err = os.StartProcess("/no/such/program", []string{"x"}, &os.ProcAttr{})
	fmt.Println(err, errors.Is(err, fs.ErrNotExist))
	fmt.Println(syscall.ENOENT, syscall.Errno(0), syscall.SIGINT, os.Interrupt, syscall.Signal(99), os.Kill)
}

func main() {
	dir, _ = os.MkdirTemp("", "csp-os-*")
	defer os.RemoveAll(dir)
	files()
	dirs()
	environment()
	processes()
}
