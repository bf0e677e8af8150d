// UDP and sockets of this machine.
package main

import (
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"time"
)

func udp() {
	server, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	go func() {
		b := make([]byte, 100)
		for {
			n, from, err := server.ReadFrom(b)
			if err != nil {
				return
			}
			server.WriteTo([]byte(strings.ToUpper(string(b[:n]))), from)
		}
	}()
	c, err := net.Dial("udp", server.LocalAddr().String())
	if err != nil {
		panic(err)
	}
	for _, s := range []string{"one", "two", ""} {
		c.Write([]byte(s))
		b := make([]byte, 100)
		n, err := c.Read(b)
		fmt.Printf("%q %v\n", b[:n], err)
	}
	c.SetReadDeadline(time.Now().Add(5 * time.Millisecond))
	_, err = c.Read(make([]byte, 1))
	fmt.Println(err.(net.Error).Timeout())
	_, err = c.(*net.UDPConn).WriteTo([]byte("x"), server.LocalAddr())
	fmt.Println(err != nil && strings.Contains(err.Error(), "pre-connected"))
	c.Close()
	server.Close()

	a, _ := net.ListenUDP("udp4", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
	b, _ := net.DialUDP("udp4", nil, a.LocalAddr().(*net.UDPAddr))
	b.Write([]byte("hello"))
	buf := make([]byte, 3) // a packet's rest is lost
	n, from, err := a.ReadFromUDP(buf)
	fmt.Println(n, string(buf[:n]), from.String() == b.LocalAddr().String(), err)
}

func unix() {
	dir, _ := os.MkdirTemp("", "csp-net")
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "s")
	l, err := net.Listen("unix", path)
	if err != nil {
		panic(err)
	}
	fmt.Println(l.Addr().Network(), l.Addr().String() == path)
	go func() {
		c, _ := l.Accept()
		io.Copy(c, c)
		c.Close()
	}()
	c, err := net.Dial("unix", path)
	if err != nil {
		panic(err)
	}
	fmt.Fprint(c, "there and back")
	c.(*net.UnixConn).CloseWrite()
	text, err := io.ReadAll(c)
	fmt.Printf("%s %v\n", text, err)
	l.Close()
	_, err = os.Stat(path)
	fmt.Println(os.IsNotExist(err))
	_, err = net.Dial("unix", path)
	fmt.Println(strings.HasSuffix(err.Error(), "connect: no such file or directory"))
}

func main() {
	udp()
	unix()
}
