// https, with the servers of httptest.
package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"time"
)

func main() {
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		fmt.Fprintf(w, "%s %s %v %q", r.Method, r.URL.Path, r.TLS != nil && r.TLS.HandshakeComplete, body)
	}))
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.StartTLS()
	defer s.Close()
	fmt.Println(strings.HasPrefix(s.URL, "https://127.0.0.1:"), s.Certificate().DNSNames, s.Certificate().Subject.Organization)
	for i := 0; i < 3; i++ {
		resp, err := s.Client().Post(s.URL+"/a", "text/plain", strings.NewReader("body"))
		if err != nil {
			fmt.Println(err)
			return
		}
		body, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		fmt.Println(string(body), err, resp.TLS != nil, resp.TLS.PeerCertificates[0].Equal(s.Certificate()), resp.TLS.NegotiatedProtocol)
	}
	_, err := http.Get(s.URL)
	var unknown x509.UnknownAuthorityError
	fmt.Println(errors.As(err, &unknown))
	insecure := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}}
	resp, err := insecure.Get(s.URL + "/b")
	body, _ := io.ReadAll(resp.Body)
	fmt.Println(string(body), err)

	// each speaks what the other does not
	resp, err = http.Get("http" + strings.TrimPrefix(s.URL, "https"))
	if err == nil {
		body, _ = io.ReadAll(resp.Body)
		fmt.Println(resp.StatusCode, strings.TrimSpace(string(body)))
	}
	plain := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, r.TLS == nil)
	}))
	defer plain.Close()
	_, err = insecure.Get("https" + strings.TrimPrefix(plain.URL, "http"))
	fmt.Println(strings.HasSuffix(err.Error(), "http: server gave HTTP response to HTTPS client"))

	// a redirection from one to the other
	to := httptest.NewServer(http.RedirectHandler(s.URL+"/c", http.StatusFound))
	defer to.Close()
	resp, err = s.Client().Get(to.URL)
	body, _ = io.ReadAll(resp.Body)
	fmt.Println(string(body), err)

	// time limits
	slow := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { <-r.Context().Done() }))
	slow.Config.ErrorLog = log.New(io.Discard, "", 0) // the limit may come in the midst of the handshake
	slow.StartTLS()
	defer slow.Close()
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Millisecond)
	defer cancel()
	req, _ := http.NewRequestWithContext(ctx, "GET", slow.URL, nil)
	_, err = slow.Client().Do(req)
	fmt.Println(errors.Is(err, context.DeadlineExceeded))
	big := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for i := 0; i < 100; i++ {
			w.Write(make([]byte, 10000))
		}
	}))
	defer big.Close()
	resp, err = big.Client().Get(big.URL)
	n, err2 := io.Copy(io.Discard, resp.Body)
	fmt.Println(n, err, err2)
}
