package spaces

func f(x,y int, s []int, c chan<- int, m map[ string ]int) (r int, err error) {
	r = x+y*2 - -x
	r = x + y
	r = f(x + y, x*y + 1)
	r += x<<1 | y&^x
	if (x == y) && !(x+1 > 2) { return x*x+y*y, nil }
	s[x+1] = s[x : y+1][2]
	s = s[ : ]
	s = append(s, s [1:len(s)-1]...)
	c<-1
	x ++
	for i:=0 ; i<10 ; i++ { continue }
	for ; ; {
	}
	for range s {}
	for i , v := range(s) { _, _ = i,v }
	switch y := x ; { case y>1 , y < 0 : fallthrough
	default:
		goto end
	}
	switch v := interface{}(x) . (type) {
	case int , string:
		_ = v
	}
	select { }
	select { case c <- 1 : case z := <-d: _ = z }
	go func() { x=1 }()
	defer g( )
outer:
	for { for { break outer } }
	if x := 1 ; x > 0 { } else if x<0 { y = 1 } else { y = 2
	}
	var p *int = & x
	_ = * p + 0XFF + 1E3 + 0B11 + 01i + 0X1P-2
	_ = x / *p
	_ = [...]int { 1,2 }
	_ = func ( a int , b... string ) { }
	_ = struct{ a int }{ 1 }
	_ = a.
		b().
		c(1,
		2)
	_ = x &&
	y || // or
	z
	return x,

	nil
end:
}
type G [ T any , U interface{ ~int } ] struct { t T ; u U }
func h[ T any ]( x G[ T , int ] ) { k [ int , string ] (x) }
type A = []int
type P[ Q *int, ] struct{}
