// SPDX-License-Identifier: MIT
// net.c: natives of package net: sockets that park goroutines (runtime/netpoll.h)
// and names looked up by the system's resolver.
//
// Addresses pass as the bytes of a struct sockaddr; net.csp makes and reads
// them. Errors pass as errno, with two numbers of our own below zero.
#define _GNU_SOURCE
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "runtime/netpoll.h"
#include "runtime/sched.h"
#include "runtime/str.h"
#include "runtime/timer.h"
#include "vm/native.h"

enum { ERROR_CLOSED = -1, ERROR_TIMEOUT = -2 }; // net.csp, errorOf

static int64_t error_of(PollStatus s) { return s == POLL_CLOSED ? ERROR_CLOSED : s == POLL_TIMEOUT ? ERROR_TIMEOUT : 0; }

// newSocket(family, kind int) (f uint64, errno int)
static NativeStatus new_socket(NativeCall *c) {
    int family = (int)native_int(c), kind = (int)native_int(c);
    int fd = socket(family, kind | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    PollFile f = fd < 0 ? 0 : netpoll_open(fd);
    int e = f ? 0 : errno;
    if (!f && fd >= 0) close(fd);
    native_ret_word(c, f);
    native_ret_int(c, e);
    return NATIVE_OK;
}

static NativeStatus close_socket(NativeCall *c) {
    native_ret_int(c, netpoll_close(current_p, native_word(c)) ? 0 : ERROR_CLOSED);
    return NATIVE_OK;
}

// --- calls that do not wait: the file, entered, and an error

typedef int Plain(int fd, NativeCall *c);

static NativeStatus plain(NativeCall *c, Plain *call) {
    PollFile f = native_word(c);
    PollStatus status = netpoll_enter(f, POLL_WRITE);
    int64_t e = error_of(status);
    if (status == POLL_READY) {
        if (call(netpoll_fd(f), c) < 0) e = errno;
        netpoll_leave(f);
    }
    native_ret_int(c, e);
    return NATIVE_OK;
}

static int call_bind(int fd, NativeCall *c) {
    Str a = native_str(c);
    return bind(fd, (const struct sockaddr *)a.ptr, (socklen_t)a.len);
}
static int call_connect(int fd, NativeCall *c) {
    Str a = native_str(c);
    return connect(fd, (const struct sockaddr *)a.ptr, (socklen_t)a.len);
}
static int call_listen(int fd, NativeCall *c) { return listen(fd, (int)native_int(c)); }
static int call_shutdown(int fd, NativeCall *c) { return shutdown(fd, (int)native_int(c)); }
static int call_option(int fd, NativeCall *c) {
    int level = (int)native_int(c), option = (int)native_int(c), value = (int)native_int(c);
    return setsockopt(fd, level, option, &value, sizeof value);
}
static int call_linger(int fd, NativeCall *c) {
    int seconds = (int)native_int(c);
    struct linger l = {.l_onoff = seconds >= 0, .l_linger = seconds};
    return setsockopt(fd, SOL_SOCKET, SO_LINGER, &l, sizeof l);
}

static NativeStatus sys_bind(NativeCall *c) { return plain(c, call_bind); }
static NativeStatus sys_connect(NativeCall *c) { return plain(c, call_connect); }
static NativeStatus sys_listen(NativeCall *c) { return plain(c, call_listen); }
static NativeStatus sys_shutdown(NativeCall *c) { return plain(c, call_shutdown); }
static NativeStatus set_option(NativeCall *c) { return plain(c, call_option); }
static NativeStatus set_linger(NativeCall *c) { return plain(c, call_linger); }

// socketName(f uint64, peer bool) (address string): "" when there is none
static NativeStatus socket_name(NativeCall *c) {
    PollFile f = native_word(c);
    bool peer = native_bool(c);
    struct sockaddr_storage a;
    socklen_t n = sizeof a;
    int r = -1;
    if (netpoll_enter(f, POLL_WRITE) == POLL_READY) {
        r = peer ? getpeername(netpoll_fd(f), (struct sockaddr *)&a, &n) : getsockname(netpoll_fd(f), (struct sockaddr *)&a, &n);
        netpoll_leave(f);
    }
    native_ret_str(c, r < 0 ? (Str){"", 0} : str_make(current_p, (const char *)&a, n));
    return NATIVE_OK;
}

// setDeadline(f uint64, write bool, after int) (errno int); nanoseconds from
// now, 0: without limit, < 0: over already
static NativeStatus set_deadline(NativeCall *c) {
    PollFile f = native_word(c);
    PollSide side = native_bool(c) ? POLL_WRITE : POLL_READ;
    int64_t after = native_int(c), when = after;
    if (after < 0) when = 1;
    else if (after > 0 && __builtin_add_overflow(timer_now(), after, &when)) when = TIMER_NEVER - 1;
    native_ret_int(c, netpoll_set_deadline(current_p, f, side, when) ? 0 : ERROR_CLOSED);
    return NATIVE_OK;
}

// --- calls that wait

// What a call that may wait is about to answer.
typedef struct Result {
    int64_t n;
    struct sockaddr_storage from;
    socklen_t from_len;
} Result;

typedef ssize_t Waiting(int fd, NativeCall *c, Result *r); // < 0: errno; EAGAIN waits

// Makes the call, and once more when the file has become ready. *e is the
// error when the call is complete (NATIVE_OK).
static NativeStatus waiting(NativeCall *c, PollSide side, Waiting *call, Result *r, int64_t *e) {
    PollFile f = native_word(c);
    PollStatus status = netpoll_enter(f, side);
    if (status != POLL_READY) {
        *e = error_of(status);
        return NATIVE_OK;
    }
    native_again(c);
    uint64_t *arg = c->arg;
    do {
        c->arg = arg;
        do r->n = call(netpoll_fd(f), c, r);
        while (r->n < 0 && errno == EINTR);
        *e = r->n < 0 ? errno : 0;
        status = *e == EAGAIN ? netpoll_wait(current_p, c->g, f, side) : POLL_CLOSED;
    } while (status == POLL_READY);
    netpoll_leave(f);
    if (status == POLL_PARKED) return NATIVE_AGAIN;
    if (*e == EAGAIN) *e = error_of(status);
    return NATIVE_OK;
}

static ssize_t call_recv(int fd, NativeCall *c, Result *r) {
    Slice b = native_slice(c);
    r->from_len = sizeof r->from;
    return recvfrom(fd, b.ptr, (size_t)b.len, 0, (struct sockaddr *)&r->from, &r->from_len);
}
static ssize_t call_send(int fd, NativeCall *c, Result *r) {
    (void)r;
    Slice b = native_slice(c);
    Str to = native_str(c);
    const struct sockaddr *a = to.len ? (const struct sockaddr *)to.ptr : NULL;
    return sendto(fd, b.ptr, (size_t)b.len, MSG_NOSIGNAL, a, (socklen_t)to.len);
}
static ssize_t call_accept(int fd, NativeCall *c, Result *r) {
    (void)c;
    r->from_len = sizeof r->from;
    int conn = accept4(fd, (struct sockaddr *)&r->from, &r->from_len, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (conn < 0 && errno == ECONNABORTED) errno = EINTR; // its peer gave up: the next one, please
    return conn;
}
// A connection under way is there, or has failed, once it can be written to.
static ssize_t call_connected(int fd, NativeCall *c, Result *r) {
    (void)c;
    (void)r;
    int e = 0;
    socklen_t n = sizeof e;
    struct sockaddr_storage peer;
    socklen_t len = sizeof peer;
    if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &e, &n) < 0) return -1;
    if (e == 0 && getpeername(fd, (struct sockaddr *)&peer, &len) < 0) e = errno == ENOTCONN ? EAGAIN : errno;
    errno = e;
    return e ? -1 : 0;
}

// Of calls that answer with a number and an error.
static NativeStatus counted(NativeCall *c, PollSide side, Waiting *call) {
    Result r = {0};
    int64_t e;
    if (waiting(c, side, call, &r, &e) == NATIVE_AGAIN) return NATIVE_AGAIN;
    native_ret_int(c, e ? 0 : r.n);
    native_ret_int(c, e);
    return NATIVE_OK;
}

// sysRecv(f uint64, b []byte) (n int, errno int)
static NativeStatus sys_recv(NativeCall *c) { return counted(c, POLL_READ, call_recv); }
// sysSend(f uint64, b []byte, to string) (n int, errno int); to "": the peer
static NativeStatus sys_send(NativeCall *c) { return counted(c, POLL_WRITE, call_send); }
// waitConnected(f uint64) (_ int, errno int)
static NativeStatus wait_connected(NativeCall *c) { return counted(c, POLL_WRITE, call_connected); }

// sysRecvFrom(f uint64, b []byte) (n int, from string, errno int)
static NativeStatus sys_recv_from(NativeCall *c) {
    Result r = {0};
    int64_t e;
    if (waiting(c, POLL_READ, call_recv, &r, &e) == NATIVE_AGAIN) return NATIVE_AGAIN;
    native_ret_int(c, e ? 0 : r.n);
    native_ret_str(c, e ? (Str){"", 0} : str_make(current_p, (const char *)&r.from, r.from_len));
    native_ret_int(c, e);
    return NATIVE_OK;
}

// sysAccept(f uint64) (conn uint64, errno int)
static NativeStatus sys_accept(NativeCall *c) {
    Result r = {0};
    int64_t e;
    if (waiting(c, POLL_READ, call_accept, &r, &e) == NATIVE_AGAIN) return NATIVE_AGAIN;
    PollFile conn = e ? 0 : netpoll_open((int)r.n);
    if (!e && !conn) {
        e = errno;
        close((int)r.n);
    }
    native_ret_word(c, conn);
    native_ret_int(c, e);
    return NATIVE_OK;
}

// --- names

static char *name_of(Str s) { // malloc'ed, NUL-terminated; NULL for ""
    return s.len ? strndup(s.ptr, (size_t)s.len) : NULL;
}

// The addresses of a list, each behind a byte for its length.
static Str pack(const struct addrinfo *list) {
    char *text = NULL;
    size_t n = 0;
    FILE *f = open_memstream(&text, &n);
    for (const struct addrinfo *a = list; f && a; a = a->ai_next) {
        fputc((int)a->ai_addrlen, f);
        fwrite(a->ai_addr, 1, a->ai_addrlen, f);
    }
    if (f) fclose(f);
    Str s = str_make(current_p, text ? text : "", (int64_t)n);
    free(text);
    return s;
}

// lookup(host string) (addresses string, why string): sockaddrs, packed; why
// is "" when all went well, "!" for a name that is not known
static NativeStatus lookup(NativeCall *c) {
    char *host = name_of(native_str(c));
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM}, *list = NULL;
    sched_enter_blocking(c->g);
    int e = getaddrinfo(host, NULL, &hints, &list), system_error = errno;
    sched_leave_syscall(c->g);
    free(host);
    const char *why = e == 0 ? "" : e == EAI_NONAME || e == EAI_NODATA ? "!" : e == EAI_SYSTEM ? strerror(system_error) : gai_strerror(e);
    native_ret_str(c, pack(list));
    native_ret_str(c, str_make(current_p, why, (int64_t)strlen(why)));
    if (list) freeaddrinfo(list);
    return NATIVE_OK;
}

// lookupName(address string) (name string)
static NativeStatus lookup_name(NativeCall *c) {
    Str a = native_str(c);
    struct sockaddr_storage address = {0};
    char name[NI_MAXHOST] = "";
    memcpy(&address, a.ptr, (size_t)a.len < sizeof address ? (size_t)a.len : sizeof address);
    sched_enter_blocking(c->g);
    int e = getnameinfo((const struct sockaddr *)&address, (socklen_t)a.len, name, sizeof name, NULL, 0, NI_NAMEREQD);
    sched_leave_syscall(c->g);
    native_ret_str(c, e ? (Str){"", 0} : str_make(current_p, name, (int64_t)strlen(name)));
    return NATIVE_OK;
}

// lookupService(name, protocol string) (port int): -1: not known
static NativeStatus lookup_service(NativeCall *c) {
    char *name = name_of(native_str(c)), *protocol = name_of(native_str(c));
    struct servent entry, *found = NULL;
    char buf[1024];
    if (name) getservbyname_r(name, protocol, &entry, buf, sizeof buf, &found);
    native_ret_int(c, found ? ntohs((uint16_t)entry.s_port) : -1);
    free(name);
    free(protocol);
    return NATIVE_OK;
}

const NativeDef net_natives[] = {
    {"newSocket", new_socket},
    {"closeSocket", close_socket},
    {"sysBind", sys_bind},
    {"sysConnect", sys_connect},
    {"sysListen", sys_listen},
    {"sysShutdown", sys_shutdown},
    {"setOption", set_option},
    {"setLinger", set_linger},
    {"socketName", socket_name},
    {"setDeadline", set_deadline},
    {"sysRecv", sys_recv},
    {"sysRecvFrom", sys_recv_from},
    {"sysSend", sys_send},
    {"sysAccept", sys_accept},
    {"waitConnected", wait_connected},
    {"lookup", lookup},
    {"lookupName", lookup_name},
    {"lookupService", lookup_service},
    {NULL, NULL},
};
