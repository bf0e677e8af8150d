// Connections in memory, and buffers.
package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"time"
)

func main() {
	a, b := net.Pipe()
	wrote := make(chan string, 1)
	go func() {
		n, err := a.Write([]byte("hello, pipe"))
		wrote <- fmt.Sprint("wrote ", n, " ", err)
		a.Close()
	}()
	buf := make([]byte, 4)
	for {
		n, err := b.Read(buf)
		if err != nil {
			fmt.Println(n, err)
			break
		}
		fmt.Printf("%q\n", buf[:n])
	}
	fmt.Println(<-wrote)
	_, err := b.Write([]byte("x"))
	fmt.Println(err)
	b.Close()
	_, err = b.Read(buf)
	fmt.Println(err)

	a, b = net.Pipe()
	a.SetDeadline(time.Now().Add(5 * time.Millisecond))
	_, err = a.Read(buf)
	fmt.Println(err, errors.Is(err, os.ErrDeadlineExceeded))
	_, err = a.Write(buf)
	fmt.Println(err)
	a.SetDeadline(time.Time{})
	go b.Write([]byte("ok"))
	n, err := a.Read(buf)
	fmt.Println(n, err, a.LocalAddr(), b.RemoteAddr().Network())

	pieces := net.Buffers{[]byte("in "), []byte("three "), []byte("pieces")}
	var out bytes.Buffer
	m, err := pieces.WriteTo(&out)
	fmt.Println(m, err, out.String(), len(pieces))
	pieces = net.Buffers{[]byte("abc"), []byte("defg")}
	text, err := io.ReadAll(&pieces)
	fmt.Println(string(text), err)
}
