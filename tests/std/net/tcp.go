// Streams of TCP: an echo by many goroutines, ends, deadlines, errors.
package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strings"
	"sync"
	"time"
)

func serve(l net.Listener, done chan<- bool) {
	var all sync.WaitGroup
	for {
		c, err := l.Accept()
		if err != nil {
			fmt.Println("accept:", errors.Is(err, net.ErrClosed))
			break
		}
		all.Add(1)
		go func(c net.Conn) {
			defer all.Done()
			defer c.Close()
			for in := bufio.NewScanner(c); in.Scan(); {
				fmt.Fprintf(c, "<%s>\n", in.Text())
			}
		}(c)
	}
	all.Wait()
	done <- true
}

func client(addr string, id int) string {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return err.Error()
	}
	defer c.Close()
	in := bufio.NewReader(c)
	var got []string
	for i := 0; i < 3; i++ {
		fmt.Fprintf(c, "%d.%d\n", id, i)
		line, err := in.ReadString('\n')
		if err != nil {
			return err.Error()
		}
		got = append(got, strings.TrimSpace(line))
	}
	return strings.Join(got, " ")
}

func echo() {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	done := make(chan bool)
	go serve(l, done)
	results := make([]string, 50)
	var all sync.WaitGroup
	for i := range results {
		all.Add(1)
		go func(i int) { defer all.Done(); results[i] = client(l.Addr().String(), i) }(i)
	}
	all.Wait()
	for i := 0; i < len(results); i += 10 {
		fmt.Println(results[i])
	}
	l.Close()
	<-done
	_, err = net.Dial("tcp", l.Addr().String())
	fmt.Println("refused:", strings.HasSuffix(err.Error(), "connect: connection refused"))
}

// Both ends of one connection.
func pair() (*net.TCPConn, *net.TCPConn) {
	l, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		panic(err)
	}
	defer l.Close()
	a, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		panic(err)
	}
	b, err := l.Accept()
	if err != nil {
		panic(err)
	}
	return a.(*net.TCPConn), b.(*net.TCPConn)
}

func ends() {
	a, b := pair()
	fmt.Println(a.LocalAddr().String() == b.RemoteAddr().String(), a.RemoteAddr().Network())
	a.Write([]byte("last words"))
	a.CloseWrite()
	text, err := io.ReadAll(b)
	fmt.Printf("%q %v\n", text, err)
	b.Write([]byte("heard"))
	b.Close()
	text, err = io.ReadAll(a)
	fmt.Printf("%q %v\n", text, err)
	fmt.Println(a.Close(), errors.Is(a.Close(), net.ErrClosed))
	_, err = a.Read(make([]byte, 1))
	fmt.Println(errors.Is(err, net.ErrClosed), strings.HasSuffix(err.Error(), "use of closed network connection"))
}

func deadlines() {
	a, b := pair()
	defer a.Close()
	defer b.Close()
	start := time.Now()
	a.SetReadDeadline(start.Add(20 * time.Millisecond))
	_, err := a.Read(make([]byte, 1))
	fmt.Println(errors.Is(err, os.ErrDeadlineExceeded), err.(net.Error).Timeout(), time.Since(start) >= 20*time.Millisecond)
	a.SetReadDeadline(time.Time{})
	b.Write([]byte("x"))
	n, err := a.Read(make([]byte, 8))
	fmt.Println(n, err)
	go func() { time.Sleep(10 * time.Millisecond); a.SetDeadline(time.Unix(1, 0)) }()
	_, err = a.Read(make([]byte, 1)) // under way when its time ends
	fmt.Println(errors.Is(err, os.ErrDeadlineExceeded))
	go func() { time.Sleep(10 * time.Millisecond); b.Close() }()
	_, err = b.Read(make([]byte, 1)) // closed under the reader
	fmt.Println(errors.Is(err, net.ErrClosed))
}

// More than the system's buffers hold, both ways at once.
func bulk() {
	a, b := pair()
	const size = 8 << 20
	var all sync.WaitGroup
	for _, c := range []*net.TCPConn{a, b} {
		all.Add(2)
		go func(c *net.TCPConn) {
			defer all.Done()
			n, err := c.Write(make([]byte, size))
			if n != size || err != nil {
				fmt.Println(n, err)
			}
			c.CloseWrite()
		}(c)
		go func(c *net.TCPConn) {
			defer all.Done()
			n, err := io.Copy(io.Discard, c)
			if n != size || err != nil {
				fmt.Println(n, err)
			}
		}(c)
	}
	all.Wait()
	a.Close()
	b.Close()
	fmt.Println("bulk done")
}

func wrong() {
	for _, s := range []string{"localhost", "localhost:x:y", ":99999", "[::1", "", "h:nosuchservice"} {
		_, err := net.Dial("tcp", s)
		fmt.Println(err)
	}
	_, err := net.Dial("carrier-pigeon", "x:1")
	fmt.Println(err)
	_, err = net.Listen("udp", "localhost:0")
	fmt.Println(err)
}

func main() {
	echo()
	ends()
	deadlines()
	bulk()
	wrong()
}
