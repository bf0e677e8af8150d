var x int // ERROR "package statement must be first"

func main() {}
