// IP addresses, networks, and host:port.
package main

import (
	"fmt"
	"net"
)

func ips() {
	for _, s := range []string{"127.0.0.1", "1.2.3.4", "255.255.255.255", "01.2.3.4", "1.2.3", "1.2.3.256", "1.2.3.+4", "",
		"::", "::1", "1::", "2001:db8::1", "2001:db8:0:0:1:0:0:1", "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7::", "::2:3:4:5:6:7:8",
		"1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7", "::ffff:1.2.3.4", "::1.2.3.4", "1:2:3:4:5:6:1.2.3.4", "fe80::1", "12345::", "1::2::3",
		":1", "1:", "g::", "::ffff:1.2.3", "0:0:1:0:0:0:1:0", "fd00::1", "ff02::1", "10.1.1.1", "172.31.0.1", "172.32.0.1", "169.254.1.1"} {
		ip := net.ParseIP(s)
		fmt.Printf("%q %v %d %v %v %v %v %v %v\n", s, ip, len(ip.To4()), ip.IsLoopback(), ip.IsPrivate(), ip.IsMulticast(),
			ip.IsLinkLocalUnicast(), ip.IsUnspecified(), ip.IsGlobalUnicast())
	}
	fmt.Println(net.IP{1, 2, 3}, net.IP(nil), net.IPv4(1, 2, 3, 4).Equal(net.IP{1, 2, 3, 4}), net.IPv6loopback, net.IPv4bcast)
	text, err := net.IP{1, 2}.MarshalText()
	fmt.Printf("%q %v\n", text, err)
	var ip net.IP
	fmt.Println(ip.UnmarshalText([]byte("1.2.3.4")), ip, ip.UnmarshalText([]byte("x")), ip.DefaultMask())
}

func networks() {
	for _, s := range []string{"192.0.2.77/24", "10.0.0.1/8", "1.2.3.4/0", "1.2.3.4/32", "1.2.3.4/33", "2001:db8::1:2/64", "::/0", "1.2.3.4", "x/3", "1.2.3.4/-1"} {
		ip, n, err := net.ParseCIDR(s)
		fmt.Println(ip, n, err)
		if err == nil {
			ones, bits := n.Mask.Size()
			fmt.Println(ones, bits, n.Mask, n.Contains(ip), n.Contains(net.IPv4(8, 8, 8, 8)), n.Network())
		}
	}
	fmt.Println(net.CIDRMask(20, 32), net.CIDRMask(33, 32), net.IPv4Mask(255, 0, 255, 0))
	fmt.Println(net.IPv4Mask(255, 0, 255, 0).Size())
	fmt.Println(net.IPv4(1, 2, 3, 4).Mask(net.CIDRMask(20, 32)), net.IPv4(1, 2, 3, 4).Mask(net.CIDRMask(20, 128)))
}

func hosts() {
	for _, s := range []string{"h:1", "[::1]:80", "[fe80::1%eth0]:80", ":80", "h:", "h", "::1", "[::1]", "[::1", "a:b:c", "a]:1", "[a]b:1", "[[a]:1", "", "a:1]"} {
		host, port, err := net.SplitHostPort(s)
		fmt.Printf("%q %q %q %v\n", s, host, port, err)
	}
	fmt.Println(net.JoinHostPort("h", "1"), net.JoinHostPort("::1", "http"), net.JoinHostPort("", "0"))
	fmt.Println(net.LookupPort("tcp", "80"))
	a, err := net.ResolveTCPAddr("tcp", "127.0.0.1:80")
	fmt.Println(a, a.IP.To4() != nil, a.Port, err)
	_, err = net.ResolveTCPAddr("udp", "127.0.0.1:80")
	fmt.Println(err)
	u, err := net.ResolveUDPAddr("udp", "[::1]:53")
	fmt.Println(u, u.Network(), err)
	fmt.Println(&net.UnixAddr{Name: "/tmp/x", Net: "unix"}, (*net.TCPAddr)(nil), &net.TCPAddr{Port: 7}, &net.IPAddr{IP: net.IPv6loopback, Zone: "z"})
	list, err := net.LookupHost("127.0.0.1")
	fmt.Println(list, err)
	_, err = net.LookupHost("")
	fmt.Println(err)
	local, err := net.ResolveTCPAddr("tcp4", "localhost:1")
	fmt.Println(local, err)
}

func main() {
	ips()
	networks()
	hosts()
}
