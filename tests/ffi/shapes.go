package main

// Structs of all shapes by value: to C and back, and through a callback.

/*
#cgo CFLAGS: -I${SRCDIR}/lib
#cgo LDFLAGS: -lffitest
#include "shapes.h"
*/
import "C"
import (
	"fmt"
	"unsafe"
)

// bytes gives every byte of *p a value of its own that is a harmless float too.
func fill[T any](p *T) {
	b := unsafe.Slice((*byte)(unsafe.Pointer(p)), unsafe.Sizeof(*p))
	for i := range b {
		b[i] = byte(i*7 + 1)
	}
}

var checked int

func check[T comparable](name string, echo func(T) T, back func(func(C.double, T, C.int) T, T) T) {
	var v, zero T
	fill(&v)
	checked++
	if got := echo(v); got != v {
		fmt.Println(name, "echo: got", got, "want", v)
	}
	got := back(func(before C.double, x T, after C.int) T {
		if before != -1.5 || x != v || after != 54321 {
			fmt.Println(name, "callback got", before, x, after)
		}
		return zero
	}, v)
	if got != zero {
		fmt.Println(name, "callback's result arrives as", got)
	}
	if got = back(func(_ C.double, x T, _ C.int) T { return x }, v); got != v {
		fmt.Println(name, "back: got", got, "want", v)
	}
}

func main() {
	check("c", func(v C.s_c) C.s_c { return C.echo_c(12345, v, 2.5) }, func(f func(C.double, C.s_c, C.int) C.s_c, v C.s_c) C.s_c { return C.back_c(f, v) })
	check("cc", func(v C.s_cc) C.s_cc { return C.echo_cc(12345, v, 2.5) }, func(f func(C.double, C.s_cc, C.int) C.s_cc, v C.s_cc) C.s_cc { return C.back_cc(f, v) })
	check("ccc", func(v C.s_ccc) C.s_ccc { return C.echo_ccc(12345, v, 2.5) }, func(f func(C.double, C.s_ccc, C.int) C.s_ccc, v C.s_ccc) C.s_ccc { return C.back_ccc(f, v) })
	check("s", func(v C.s_s) C.s_s { return C.echo_s(12345, v, 2.5) }, func(f func(C.double, C.s_s, C.int) C.s_s, v C.s_s) C.s_s { return C.back_s(f, v) })
	check("sc", func(v C.s_sc) C.s_sc { return C.echo_sc(12345, v, 2.5) }, func(f func(C.double, C.s_sc, C.int) C.s_sc, v C.s_sc) C.s_sc { return C.back_sc(f, v) })
	check("sss", func(v C.s_sss) C.s_sss { return C.echo_sss(12345, v, 2.5) }, func(f func(C.double, C.s_sss, C.int) C.s_sss, v C.s_sss) C.s_sss { return C.back_sss(f, v) })
	check("i", func(v C.s_i) C.s_i { return C.echo_i(12345, v, 2.5) }, func(f func(C.double, C.s_i, C.int) C.s_i, v C.s_i) C.s_i { return C.back_i(f, v) })
	check("ic", func(v C.s_ic) C.s_ic { return C.echo_ic(12345, v, 2.5) }, func(f func(C.double, C.s_ic, C.int) C.s_ic, v C.s_ic) C.s_ic { return C.back_ic(f, v) })
	check("ii", func(v C.s_ii) C.s_ii { return C.echo_ii(12345, v, 2.5) }, func(f func(C.double, C.s_ii, C.int) C.s_ii, v C.s_ii) C.s_ii { return C.back_ii(f, v) })
	check("iii", func(v C.s_iii) C.s_iii { return C.echo_iii(12345, v, 2.5) }, func(f func(C.double, C.s_iii, C.int) C.s_iii, v C.s_iii) C.s_iii { return C.back_iii(f, v) })
	check("iiii", func(v C.s_iiii) C.s_iiii { return C.echo_iiii(12345, v, 2.5) }, func(f func(C.double, C.s_iiii, C.int) C.s_iiii, v C.s_iiii) C.s_iiii { return C.back_iiii(f, v) })
	check("l", func(v C.s_l) C.s_l { return C.echo_l(12345, v, 2.5) }, func(f func(C.double, C.s_l, C.int) C.s_l, v C.s_l) C.s_l { return C.back_l(f, v) })
	check("lc", func(v C.s_lc) C.s_lc { return C.echo_lc(12345, v, 2.5) }, func(f func(C.double, C.s_lc, C.int) C.s_lc, v C.s_lc) C.s_lc { return C.back_lc(f, v) })
	check("ll", func(v C.s_ll) C.s_ll { return C.echo_ll(12345, v, 2.5) }, func(f func(C.double, C.s_ll, C.int) C.s_ll, v C.s_ll) C.s_ll { return C.back_ll(f, v) })
	check("lll", func(v C.s_lll) C.s_lll { return C.echo_lll(12345, v, 2.5) }, func(f func(C.double, C.s_lll, C.int) C.s_lll, v C.s_lll) C.s_lll { return C.back_lll(f, v) })
	check("p", func(v C.s_p) C.s_p { return C.echo_p(12345, v, 2.5) }, func(f func(C.double, C.s_p, C.int) C.s_p, v C.s_p) C.s_p { return C.back_p(f, v) })
	check("pi", func(v C.s_pi) C.s_pi { return C.echo_pi(12345, v, 2.5) }, func(f func(C.double, C.s_pi, C.int) C.s_pi, v C.s_pi) C.s_pi { return C.back_pi(f, v) })
	check("f", func(v C.s_f) C.s_f { return C.echo_f(12345, v, 2.5) }, func(f func(C.double, C.s_f, C.int) C.s_f, v C.s_f) C.s_f { return C.back_f(f, v) })
	check("ff", func(v C.s_ff) C.s_ff { return C.echo_ff(12345, v, 2.5) }, func(f func(C.double, C.s_ff, C.int) C.s_ff, v C.s_ff) C.s_ff { return C.back_ff(f, v) })
	check("fff", func(v C.s_fff) C.s_fff { return C.echo_fff(12345, v, 2.5) }, func(f func(C.double, C.s_fff, C.int) C.s_fff, v C.s_fff) C.s_fff { return C.back_fff(f, v) })
	check("ffff", func(v C.s_ffff) C.s_ffff { return C.echo_ffff(12345, v, 2.5) }, func(f func(C.double, C.s_ffff, C.int) C.s_ffff, v C.s_ffff) C.s_ffff { return C.back_ffff(f, v) })
	check("fffff", func(v C.s_fffff) C.s_fffff { return C.echo_fffff(12345, v, 2.5) }, func(f func(C.double, C.s_fffff, C.int) C.s_fffff, v C.s_fffff) C.s_fffff { return C.back_fffff(f, v) })
	check("d", func(v C.s_d) C.s_d { return C.echo_d(12345, v, 2.5) }, func(f func(C.double, C.s_d, C.int) C.s_d, v C.s_d) C.s_d { return C.back_d(f, v) })
	check("dd", func(v C.s_dd) C.s_dd { return C.echo_dd(12345, v, 2.5) }, func(f func(C.double, C.s_dd, C.int) C.s_dd, v C.s_dd) C.s_dd { return C.back_dd(f, v) })
	check("ddd", func(v C.s_ddd) C.s_ddd { return C.echo_ddd(12345, v, 2.5) }, func(f func(C.double, C.s_ddd, C.int) C.s_ddd, v C.s_ddd) C.s_ddd { return C.back_ddd(f, v) })
	check("dddd", func(v C.s_dddd) C.s_dddd { return C.echo_dddd(12345, v, 2.5) }, func(f func(C.double, C.s_dddd, C.int) C.s_dddd, v C.s_dddd) C.s_dddd { return C.back_dddd(f, v) })
	check("ddddd", func(v C.s_ddddd) C.s_ddddd { return C.echo_ddddd(12345, v, 2.5) }, func(f func(C.double, C.s_ddddd, C.int) C.s_ddddd, v C.s_ddddd) C.s_ddddd { return C.back_ddddd(f, v) })
	check("fi", func(v C.s_fi) C.s_fi { return C.echo_fi(12345, v, 2.5) }, func(f func(C.double, C.s_fi, C.int) C.s_fi, v C.s_fi) C.s_fi { return C.back_fi(f, v) })
	check("if", func(v C.s_if) C.s_if { return C.echo_if(12345, v, 2.5) }, func(f func(C.double, C.s_if, C.int) C.s_if, v C.s_if) C.s_if { return C.back_if(f, v) })
	check("df", func(v C.s_df) C.s_df { return C.echo_df(12345, v, 2.5) }, func(f func(C.double, C.s_df, C.int) C.s_df, v C.s_df) C.s_df { return C.back_df(f, v) })
	check("fd", func(v C.s_fd) C.s_fd { return C.echo_fd(12345, v, 2.5) }, func(f func(C.double, C.s_fd, C.int) C.s_fd, v C.s_fd) C.s_fd { return C.back_fd(f, v) })
	check("dl", func(v C.s_dl) C.s_dl { return C.echo_dl(12345, v, 2.5) }, func(f func(C.double, C.s_dl, C.int) C.s_dl, v C.s_dl) C.s_dl { return C.back_dl(f, v) })
	check("ld", func(v C.s_ld) C.s_ld { return C.echo_ld(12345, v, 2.5) }, func(f func(C.double, C.s_ld, C.int) C.s_ld, v C.s_ld) C.s_ld { return C.back_ld(f, v) })
	check("cd", func(v C.s_cd) C.s_cd { return C.echo_cd(12345, v, 2.5) }, func(f func(C.double, C.s_cd, C.int) C.s_cd, v C.s_cd) C.s_cd { return C.back_cd(f, v) })
	check("ffi", func(v C.s_ffi) C.s_ffi { return C.echo_ffi(12345, v, 2.5) }, func(f func(C.double, C.s_ffi, C.int) C.s_ffi, v C.s_ffi) C.s_ffi { return C.back_ffi(f, v) })
	check("iff", func(v C.s_iff) C.s_iff { return C.echo_iff(12345, v, 2.5) }, func(f func(C.double, C.s_iff, C.int) C.s_iff, v C.s_iff) C.s_iff { return C.back_iff(f, v) })
	check("fffi", func(v C.s_fffi) C.s_fffi { return C.echo_fffi(12345, v, 2.5) }, func(f func(C.double, C.s_fffi, C.int) C.s_fffi, v C.s_fffi) C.s_fffi { return C.back_fffi(f, v) })
	check("c3", func(v C.s_c3) C.s_c3 { return C.echo_c3(12345, v, 2.5) }, func(f func(C.double, C.s_c3, C.int) C.s_c3, v C.s_c3) C.s_c3 { return C.back_c3(f, v) })
	check("c5", func(v C.s_c5) C.s_c5 { return C.echo_c5(12345, v, 2.5) }, func(f func(C.double, C.s_c5, C.int) C.s_c5, v C.s_c5) C.s_c5 { return C.back_c5(f, v) })
	check("c6", func(v C.s_c6) C.s_c6 { return C.echo_c6(12345, v, 2.5) }, func(f func(C.double, C.s_c6, C.int) C.s_c6, v C.s_c6) C.s_c6 { return C.back_c6(f, v) })
	check("c7", func(v C.s_c7) C.s_c7 { return C.echo_c7(12345, v, 2.5) }, func(f func(C.double, C.s_c7, C.int) C.s_c7, v C.s_c7) C.s_c7 { return C.back_c7(f, v) })
	check("c8", func(v C.s_c8) C.s_c8 { return C.echo_c8(12345, v, 2.5) }, func(f func(C.double, C.s_c8, C.int) C.s_c8, v C.s_c8) C.s_c8 { return C.back_c8(f, v) })
	check("c9", func(v C.s_c9) C.s_c9 { return C.echo_c9(12345, v, 2.5) }, func(f func(C.double, C.s_c9, C.int) C.s_c9, v C.s_c9) C.s_c9 { return C.back_c9(f, v) })
	check("c12", func(v C.s_c12) C.s_c12 { return C.echo_c12(12345, v, 2.5) }, func(f func(C.double, C.s_c12, C.int) C.s_c12, v C.s_c12) C.s_c12 { return C.back_c12(f, v) })
	check("c15", func(v C.s_c15) C.s_c15 { return C.echo_c15(12345, v, 2.5) }, func(f func(C.double, C.s_c15, C.int) C.s_c15, v C.s_c15) C.s_c15 { return C.back_c15(f, v) })
	check("c16", func(v C.s_c16) C.s_c16 { return C.echo_c16(12345, v, 2.5) }, func(f func(C.double, C.s_c16, C.int) C.s_c16, v C.s_c16) C.s_c16 { return C.back_c16(f, v) })
	check("c17", func(v C.s_c17) C.s_c17 { return C.echo_c17(12345, v, 2.5) }, func(f func(C.double, C.s_c17, C.int) C.s_c17, v C.s_c17) C.s_c17 { return C.back_c17(f, v) })
	check("c24", func(v C.s_c24) C.s_c24 { return C.echo_c24(12345, v, 2.5) }, func(f func(C.double, C.s_c24, C.int) C.s_c24, v C.s_c24) C.s_c24 { return C.back_c24(f, v) })
	check("c31", func(v C.s_c31) C.s_c31 { return C.echo_c31(12345, v, 2.5) }, func(f func(C.double, C.s_c31, C.int) C.s_c31, v C.s_c31) C.s_c31 { return C.back_c31(f, v) })
	check("c33", func(v C.s_c33) C.s_c33 { return C.echo_c33(12345, v, 2.5) }, func(f func(C.double, C.s_c33, C.int) C.s_c33, v C.s_c33) C.s_c33 { return C.back_c33(f, v) })
	check("c64", func(v C.s_c64) C.s_c64 { return C.echo_c64(12345, v, 2.5) }, func(f func(C.double, C.s_c64, C.int) C.s_c64, v C.s_c64) C.s_c64 { return C.back_c64(f, v) })
	check("s5", func(v C.s_s5) C.s_s5 { return C.echo_s5(12345, v, 2.5) }, func(f func(C.double, C.s_s5, C.int) C.s_s5, v C.s_s5) C.s_s5 { return C.back_s5(f, v) })
	check("i5", func(v C.s_i5) C.s_i5 { return C.echo_i5(12345, v, 2.5) }, func(f func(C.double, C.s_i5, C.int) C.s_i5, v C.s_i5) C.s_i5 { return C.back_i5(f, v) })
	check("f2", func(v C.s_f2) C.s_f2 { return C.echo_f2(12345, v, 2.5) }, func(f func(C.double, C.s_f2, C.int) C.s_f2, v C.s_f2) C.s_f2 { return C.back_f2(f, v) })
	check("f4", func(v C.s_f4) C.s_f4 { return C.echo_f4(12345, v, 2.5) }, func(f func(C.double, C.s_f4, C.int) C.s_f4, v C.s_f4) C.s_f4 { return C.back_f4(f, v) })
	check("d2", func(v C.s_d2) C.s_d2 { return C.echo_d2(12345, v, 2.5) }, func(f func(C.double, C.s_d2, C.int) C.s_d2, v C.s_d2) C.s_d2 { return C.back_d2(f, v) })
	check("d8", func(v C.s_d8) C.s_d8 { return C.echo_d8(12345, v, 2.5) }, func(f func(C.double, C.s_d8, C.int) C.s_d8, v C.s_d8) C.s_d8 { return C.back_d8(f, v) })
	check("l8", func(v C.s_l8) C.s_l8 { return C.echo_l8(12345, v, 2.5) }, func(f func(C.double, C.s_l8, C.int) C.s_l8, v C.s_l8) C.s_l8 { return C.back_l8(f, v) })
	check("nest", func(v C.s_nest) C.s_nest { return C.echo_nest(12345, v, 2.5) }, func(f func(C.double, C.s_nest, C.int) C.s_nest, v C.s_nest) C.s_nest { return C.back_nest(f, v) })
	check("nest2", func(v C.s_nest2) C.s_nest2 { return C.echo_nest2(12345, v, 2.5) }, func(f func(C.double, C.s_nest2, C.int) C.s_nest2, v C.s_nest2) C.s_nest2 { return C.back_nest2(f, v) })
	onlyEcho("uni", func(v C.s_uni) C.s_uni { return C.echo_uni(12345, v, 2.5) })
	onlyEcho("unf", func(v C.s_unf) C.s_unf { return C.echo_unf(12345, v, 2.5) })
	onlyEcho("und", func(v C.s_und) C.s_und { return C.echo_und(12345, v, 2.5) })
	onlyEcho("bits", func(v C.s_bits) C.s_bits { return C.echo_bits(12345, v, 2.5) })
	fmt.Println(checked, "shapes")
}

// Unions look like bytes to a callback, so only the compiler's knowledge of
// them, in calls of C functions, passes them as C does.
func onlyEcho[T comparable](name string, echo func(T) T) {
	var v T
	fill(&v)
	checked++
	if got := echo(v); got != v {
		fmt.Println(name, "echo: got", got, "want", v)
	}
}
