// Encrypted connections, with a certificate that was made for this test and
// guards nothing.
package main

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"sync"
	"time"
)

const certText = `-----BEGIN CERTIFICATE-----
MIICSTCCAe6gAwIBAgIUXiGQmzsWzM6hT8sk5RhCgRza8JwwCgYIKoZIzj0EAwIw
QTELMAkGA1UEBhMCREUxEzARBgNVBAoMCkFjbWUsIEluYy4xDjAMBgNVBAsMBVRl
c3RzMQ0wCwYDVQQDDAR0ZXN0MCAXDTI2MTEyNDEzNTMwOFoYDzIxMjYxMDMxMTM1
MzA4WjBBMQswCQYDVQQGEwJERTETMBEGA1UECgwKQWNtZSwgSW5jLjEOMAwGA1UE
CwwFVGVzdHMxDTALBgNVBAMMBHRlc3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNC
AARJmTkX9bCmQUGMGMpr4QqU7NJ9iKtG6Mfxbnft3oOClj2Prcw47sp8N2ADi8LH
nnzy4l2RBZvwW56Dj73pn5Hio4HBMIG+MB0GA1UdDgQWBBQloPhTqKEC4MwXqgim
HdJrJFbbwzAfBgNVHSMEGDAWgBQloPhTqKEC4MwXqgimHdJrJFbbwzAPBgNVHRMB
Af8EBTADAQH/MD8GA1UdEQQ4MDaCCWxvY2FsaG9zdIINKi5leGFtcGxlLm9yZ4cE
fwAAAYEFYUBiLmOGDWh0dHBzOi8veC55L3owCwYDVR0PBAQDAgKEMB0GA1UdJQQW
MBQGCCsGAQUFBwMBBggrBgEFBQcDAjAKBggqhkjOPQQDAgNJADBGAiEA8Rdur6VA
1fH1Z2HsFGArQIl31da9w3BxxfgrIJewvx4CIQCtaOFylF13NTrNbeoQzB3/frBw
La0dYuRD46WTTpkJEA==
-----END CERTIFICATE-----
`

const keyText = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgJtklPdctAAeJM5NF
LTSFlbzxIbtaLCHJQxzawOzqzs+hRANCAARJmTkX9bCmQUGMGMpr4QqU7NJ9iKtG
6Mfxbnft3oOClj2Prcw47sp8N2ADi8LHnnzy4l2RBZvwW56Dj73pn5Hi
-----END PRIVATE KEY-----
`

func must(err error) {
	if err != nil {
		panic(err)
	}
}

// echo serves connections; done gets how each ended.
func echo(config *tls.Config, done chan error) net.Listener {
	l, err := tls.Listen("tcp", "127.0.0.1:0", config)
	must(err)
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				_, err := io.Copy(c, c)
				c.Close()
				if done != nil {
					done <- err
				}
			}()
		}
	}()
	return l
}

func talk(addr string, config *tls.Config) (*tls.Conn, error) {
	c, err := tls.Dial("tcp", addr, config)
	if err != nil {
		return nil, err
	}
	fmt.Fprintf(c, "hello")
	b := make([]byte, 100)
	n, err := c.Read(b)
	if err == nil && string(b[:n]) != "hello" {
		err = fmt.Errorf("got %q", b[:n])
	}
	return c, err
}

func main() {
	cert, err := tls.X509KeyPair([]byte(certText), []byte(keyText))
	must(err)
	_, err = tls.X509KeyPair([]byte("nothing"), []byte(keyText))
	fmt.Println(err)
	_, err = tls.X509KeyPair([]byte(certText), []byte("nothing"))
	fmt.Println(err)
	_, err = tls.X509KeyPair([]byte(keyText), []byte(keyText))
	fmt.Println(err)
	dir, err := os.MkdirTemp("", "tls")
	must(err)
	defer os.RemoveAll(dir)
	certFile, keyFile := filepath.Join(dir, "c.pem"), filepath.Join(dir, "k.pem")
	must(os.WriteFile(certFile, []byte(certText), 0o600))
	must(os.WriteFile(keyFile, []byte(keyText), 0o600))
	_, err = tls.LoadX509KeyPair(certFile, keyFile)
	fmt.Println(err)
	_, err = tls.LoadX509KeyPair(certFile, keyFile+"x")
	fmt.Println(errors.Is(err, os.ErrNotExist))

	leaf, err := x509.ParseCertificate(cert.Certificate[0])
	must(err)
	fmt.Println(leaf.Subject, leaf.Issuer, leaf.DNSNames, leaf.IPAddresses, leaf.EmailAddresses, leaf.URIs, leaf.IsCA, leaf.Version)
	fmt.Println(leaf.NotAfter.Sub(leaf.NotBefore), leaf.SignatureAlgorithm, leaf.PublicKeyAlgorithm, leaf.KeyUsage, leaf.ExtKeyUsage, leaf.SerialNumber.BitLen() > 64)
	for _, host := range []string{"localhost", "LOCALHOST", "a.example.org", "example.org", "a.b.example.org", "127.0.0.1", "127.0.0.2", "[127.0.0.1]", "test", ""} {
		fmt.Println(host, leaf.VerifyHostname(host))
	}
	pool := x509.NewCertPool()
	fmt.Println(pool.AppendCertsFromPEM([]byte("no")), pool.AppendCertsFromPEM([]byte(certText)), len(pool.Subjects()))
	chains, err := leaf.Verify(x509.VerifyOptions{Roots: pool, DNSName: "localhost"})
	fmt.Println(len(chains), err)
	_, err = leaf.Verify(x509.VerifyOptions{Roots: x509.NewCertPool()})
	fmt.Println(err)
	_, err = leaf.Verify(x509.VerifyOptions{Roots: pool, CurrentTime: time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)})
	var invalid x509.CertificateInvalidError
	fmt.Println(errors.As(err, &invalid), invalid.Reason == x509.Expired)

	done := make(chan error, 10)
	l := echo(&tls.Config{Certificates: []tls.Certificate{cert}, NextProtos: []string{"x", "echo"}}, done)
	addr := l.Addr().String()
	c, err := talk(addr, &tls.Config{RootCAs: pool, NextProtos: []string{"echo", "other"}})
	must(err)
	s := c.ConnectionState()
	fmt.Println(s.Version == tls.VersionTLS13, s.NegotiatedProtocol, s.HandshakeComplete, s.ServerName, s.PeerCertificates[0].Equal(leaf), c.VerifyHostname("localhost"))
	fmt.Println(tls.CipherSuiteName(s.CipherSuite) != "", c.RemoteAddr().String() == addr)

	// time limits
	c.SetReadDeadline(time.Now().Add(10 * time.Millisecond))
	_, err = c.Read(make([]byte, 1))
	fmt.Println(errors.Is(err, os.ErrDeadlineExceeded))
	c.SetReadDeadline(time.Time{})

	// much data both ways at once, then the end of one way
	big := make([]byte, 1<<20)
	for i := range big {
		big[i] = byte(i * 7 >> 3)
	}
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		_, err := c.Write(big)
		must(err)
		must(c.CloseWrite())
	}()
	back, err := io.ReadAll(c)
	fmt.Println(len(back), string(back) == string(big), err)
	wg.Wait()
	fmt.Println(<-done, c.Close())
	_, err = c.Read(make([]byte, 1))
	fmt.Println(err != nil)
	_, err = c.Write([]byte("x"))
	fmt.Println(errors.Is(err, net.ErrClosed))

	// whom the client does not trust
	_, err = talk(addr, &tls.Config{RootCAs: x509.NewCertPool()})
	var unknown x509.UnknownAuthorityError
	fmt.Println(errors.As(err, &unknown), <-done != nil)
	_, err = talk(addr, &tls.Config{RootCAs: pool, ServerName: "other.example"})
	var host x509.HostnameError
	fmt.Println(errors.As(err, &host), host.Host, <-done != nil)
	c, err = talk(addr, &tls.Config{InsecureSkipVerify: true, MaxVersion: tls.VersionTLS12})
	fmt.Println(err, c.ConnectionState().Version == tls.VersionTLS12, c.ConnectionState().NegotiatedProtocol == "")
	c.Close()
	fmt.Println(<-done)

	// versions that do not meet
	l12 := echo(&tls.Config{Certificates: []tls.Certificate{cert}, MaxVersion: tls.VersionTLS12}, nil)
	_, err = talk(l12.Addr().String(), &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS13})
	fmt.Println(err)
	l12.Close()

	// no TLS on the other side
	plain, err := net.Listen("tcp", "127.0.0.1:0")
	must(err)
	go func() {
		c, _ := plain.Accept()
		c.Write([]byte("HTTP/1.0 200 OK\r\n\r\n"))
		c.Close()
	}()
	_, err = talk(plain.Addr().String(), &tls.Config{InsecureSkipVerify: true})
	var header tls.RecordHeaderError
	fmt.Println(errors.As(err, &header), string(header.RecordHeader[:]))
	raw, err := net.Dial("tcp", addr)
	must(err)
	raw.Write([]byte("GET / HTTP/1.0\r\n\r\n"))
	err = <-done
	fmt.Println(errors.As(err, &header), string(header.RecordHeader[:]))
	raw.Close()
	raw, _ = net.Dial("tcp", addr)
	raw.Close()
	fmt.Println(<-done) // io.Copy takes the end of the input for one

	// certificates of clients
	lc := echo(&tls.Config{Certificates: []tls.Certificate{cert}, ClientAuth: tls.RequireAndVerifyClientCert, ClientCAs: pool}, done)
	c, err = talk(lc.Addr().String(), &tls.Config{RootCAs: pool, Certificates: []tls.Certificate{cert}})
	fmt.Println(err)
	c.Close()
	fmt.Println(<-done)
	c, err = talk(lc.Addr().String(), &tls.Config{RootCAs: pool})
	fmt.Println(err != nil, <-done != nil)
	lc.Close()

	// who chooses by name
	lg := echo(&tls.Config{GetCertificate: func(h *tls.ClientHelloInfo) (*tls.Certificate, error) {
		if h.ServerName != "a.example.org" {
			return nil, errors.New("unknown name " + h.ServerName)
		}
		return &cert, nil
	}}, done)
	c, err = talk(lg.Addr().String(), &tls.Config{RootCAs: pool, ServerName: "a.example.org"})
	fmt.Println(err)
	c.Close()
	fmt.Println(<-done)
	_, err = talk(lg.Addr().String(), &tls.Config{RootCAs: pool, ServerName: "b.example.org"})
	fmt.Println(err != nil, <-done)

	// what the program itself checks
	_, err = talk(addr, &tls.Config{InsecureSkipVerify: true, VerifyConnection: func(s tls.ConnectionState) error {
		return errors.New("not " + s.PeerCertificates[0].Subject.CommonName)
	}})
	fmt.Println(err)
	<-done
	_, err = tls.Listen("tcp", "127.0.0.1:0", &tls.Config{})
	fmt.Println(err)
	client := tls.Client(raw, &tls.Config{})
	fmt.Println(client.Handshake())

	// many at once
	for i := 0; i < 20; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			c, err := talk(addr, &tls.Config{RootCAs: pool})
			must(err)
			c.Close()
			<-done
		}()
	}
	wg.Wait()
	l.Close()
	fmt.Println("end")
}
