// Time and endings: limits, cancellation, a client that leaves, shutdown,
// panics, connections used again, another protocol.
package main

import (
	"bufio"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"sort"
	"strings"
	"sync/atomic"
	"time"
)

func main() {
	log.SetOutput(io.Discard)
	limits()
	leaving()
	shutdown()
	again()
	raw()
	packed()
	hijack()
}

func limits() {
	release := make(chan bool)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/head" {
			w.WriteHeader(200)
			w.(http.Flusher).Flush()
		}
		<-release
	}))
	client := &http.Client{Timeout: 30 * time.Millisecond}
	_, err := client.Get(s.URL)
	var t interface{ Timeout() bool }
	fmt.Println(errors.As(err, &t) && t.Timeout(), strings.HasSuffix(err.Error(), "(Client.Timeout exceeded while awaiting headers)"))
	resp, err := client.Get(s.URL + "/head")
	fmt.Println(err)
	_, err = io.ReadAll(resp.Body)
	fmt.Println(strings.HasSuffix(err.Error(), "(Client.Timeout or context cancellation while reading body)"), os.IsTimeout(err))
	ctx, cancel := context.WithCancel(context.Background())
	time.AfterFunc(20*time.Millisecond, cancel)
	req, _ := http.NewRequestWithContext(ctx, "GET", s.URL, nil)
	_, err = http.DefaultClient.Do(req)
	fmt.Println(errors.Is(err, context.Canceled), strings.HasSuffix(err.Error(), ": context canceled"))
	close(release)
	s.Close()
	_, err = http.Get(s.URL)
	fmt.Println(strings.HasSuffix(err.Error(), "connect: connection refused"))
	for _, u := range []string{"ftp://x/", "http://", "::", "http://h:port/"} {
		_, err = http.Get(u)
		fmt.Println(err)
	}
	slow := http.TimeoutHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { <-r.Context().Done() }), 10*time.Millisecond, "too slow")
	w := httptest.NewRecorder()
	slow.ServeHTTP(w, httptest.NewRequest("GET", "/", nil))
	fmt.Println(w.Code, w.Body)
}

func leaving() {
	gone := make(chan error)
	started := make(chan bool)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		started <- true
		<-r.Context().Done()
		gone <- r.Context().Err()
	}))
	defer s.Close()
	c, _ := net.Dial("tcp", s.Listener.Addr().String())
	fmt.Fprintf(c, "GET / HTTP/1.1\r\nHost: x\r\n\r\n")
	<-started
	c.Close()
	fmt.Println("client gone:", <-gone)
}

func shutdown() {
	l, _ := net.Listen("tcp", "127.0.0.1:0")
	inside, release := make(chan bool), make(chan bool)
	s := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		inside <- true
		<-release
		fmt.Fprint(w, "done properly")
	})}
	served := make(chan error)
	go func() { served <- s.Serve(l) }()
	answer := make(chan string)
	go func() {
		resp, err := http.Get("http://" + l.Addr().String())
		if err != nil {
			answer <- err.Error()
			return
		}
		b, _ := io.ReadAll(resp.Body)
		answer <- string(b)
	}()
	<-inside
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
	fmt.Println(s.Shutdown(ctx), <-served)
	cancel()
	close(release)
	fmt.Println(<-answer, s.Shutdown(context.Background()))
}

func again() {
	var conns atomic.Int32
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/panic" {
			panic("handler")
		}
		fmt.Fprint(w, r.URL.Path)
	}))
	s.Config.ConnState = func(c net.Conn, state http.ConnState) {
		if state == http.StateNew {
			conns.Add(1)
		}
	}
	s.Start()
	defer s.Close()
	for i := 0; i < 10; i++ {
		resp, err := s.Client().Get(s.URL + "/x")
		if err != nil {
			fmt.Println(err)
			continue
		}
		io.Copy(io.Discard, resp.Body)
		resp.Body.Close()
		time.Sleep(time.Millisecond)
	}
	fmt.Println("connections:", conns.Load())
	_, err := s.Client().Get(s.URL + "/panic")
	fmt.Println(errors.Is(err, io.EOF))
}

func talk(addr, text string) {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer c.Close()
	io.WriteString(c, text)
	c.(*net.TCPConn).CloseWrite()
	var lines []string
	for in := bufio.NewScanner(c); in.Scan(); {
		if !strings.HasPrefix(in.Text(), "Date:") {
			lines = append(lines, in.Text())
		}
	}
	sort.Strings(lines)
	fmt.Printf("%q\n", lines)
}

func raw() {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		fmt.Fprintf(w, "%s %s %q %v", r.Method, r.URL, body, err)
	}))
	defer s.Close()
	addr := s.Listener.Addr().String()
	talk(addr, "GET / HTTP/1.0\r\n\r\n")
	talk(addr, "GET /a HTTP/1.1\r\nHost: x\r\n\r\nGET /b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
	talk(addr, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc")
	talk(addr, "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nT: v\r\n\r\n")
	talk(addr, "POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok")
	talk(addr, "GET / HTTP/1.1\r\n\r\n")
	talk(addr, "NONSENSE\r\n\r\n")
	talk(addr, "GET / HTTP/2.0\r\nHost: x\r\n\r\n")
	talk(addr, "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n\r\n")
	talk(addr, "GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: odd\r\n\r\n")
	talk(addr, "GET / HTTP/1.1\r\nHost: x\r\n bad: head\r\n\r\n")
}

func packed() {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Encoding", r.Header.Get("Accept-Encoding"))
		z := gzip.NewWriter(w)
		fmt.Fprint(z, strings.Repeat("packed ", 3))
		z.Close()
	}))
	defer s.Close()
	resp, err := http.Get(s.URL)
	body, err2 := io.ReadAll(resp.Body)
	fmt.Printf("%s %v %v %v %d %q\n", body, err, err2, resp.Uncompressed, resp.ContentLength, resp.Header.Get("Content-Encoding"))
}

func hijack() {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c, rw, err := w.(http.Hijacker).Hijack()
		if err != nil {
			fmt.Println(err)
			return
		}
		defer c.Close()
		line, _ := rw.ReadString('\n')
		fmt.Fprintf(rw, "you said %s", line)
		rw.Flush()
	}))
	defer s.Close()
	c, _ := net.Dial("tcp", s.Listener.Addr().String())
	fmt.Fprintf(c, "GET / HTTP/1.1\r\nHost: x\r\n\r\nhello there\n")
	answer, _ := io.ReadAll(c)
	fmt.Printf("%q\n", answer)
}
