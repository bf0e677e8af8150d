// SPDX-License-Identifier: MIT
// openssl.c: natives of internal/openssl: sessions of TLS that move bytes
// between buffers, and certificates.
//
// libssl is loaded when a program first needs it. A session never touches a
// socket: what came from the peer is fed to it, what it wants to send is
// drained from it, and crypto/tls does both with connections that park
// goroutines. Sessions and contexts are C objects, known to the package by
// their addresses and freed by it; it also sees to it that one goroutine at a
// time uses a session.
#include <dlfcn.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <pthread.h>
#include <stdlib.h>

#include "runtime/gc.h"
#include "runtime/sched.h"
#include "runtime/str.h"
#include "vm/native.h"

#define SSL_FUNCTIONS(F)                                                                                                \
    F(SSL_CTX_new) F(SSL_CTX_free) F(SSL_CTX_ctrl) F(SSL_CTX_set_verify) F(SSL_CTX_set_cert_store)                      \
    F(SSL_CTX_set_alpn_select_cb) F(SSL_CTX_set_alpn_protos) F(SSL_set_cert_cb) F(SSL_CTX_get0_param)               \
    F(SSL_CTX_set_session_id_context) F(TLS_method) F(SSL_new) F(SSL_free) F(SSL_ctrl)    \
    F(SSL_set_bio) F(SSL_set_connect_state) F(SSL_set_accept_state) F(SSL_do_handshake) F(SSL_read) F(SSL_write)        \
    F(SSL_shutdown) F(SSL_get_error) F(SSL_get_verify_result) F(SSL_get0_param) F(SSL_version)       \
    F(SSL_get_current_cipher) F(SSL_CIPHER_get_protocol_id) F(SSL_get0_alpn_selected) F(SSL_get_servername)             \
    F(SSL_session_reused) F(SSL_get_peer_cert_chain) F(SSL_get1_peer_certificate) F(SSL_use_certificate)                \
    F(SSL_use_PrivateKey) F(SSL_get_rbio) F(SSL_get_wbio) F(SSL_set_ex_data) F(SSL_get_ex_data)                        \
    F(SSL_get_ex_data_X509_STORE_CTX_idx)

#define CRYPTO_FUNCTIONS(F)                                                                                             \
    F(BIO_new) F(BIO_s_mem) F(BIO_read) F(BIO_write) F(BIO_ctrl_pending) F(ERR_get_error) F(ERR_clear_error)            \
    F(ERR_reason_error_string) F(ERR_peek_error) F(d2i_X509) F(i2d_X509) F(X509_free) F(d2i_AutoPrivateKey)             \
    F(EVP_PKEY_free) F(i2d_PrivateKey) F(EVP_PKEY_Q_keygen) F(X509_check_private_key) F(X509_STORE_new)                 \
    F(X509_STORE_free) F(X509_STORE_add_cert) F(X509_STORE_set_default_paths) F(X509_STORE_up_ref) F(X509_STORE_CTX_new) \
    F(X509_STORE_CTX_free) F(X509_STORE_CTX_init) F(X509_STORE_CTX_get0_param) F(X509_STORE_CTX_get_error)              \
    F(X509_STORE_CTX_set_purpose) F(X509_STORE_CTX_get0_chain) F(X509_verify_cert) F(X509_verify_cert_error_string)     \
    F(X509_VERIFY_PARAM_set1_host) F(X509_VERIFY_PARAM_set1_ip_asc) F(X509_VERIFY_PARAM_set_hostflags)                  \
    F(X509_VERIFY_PARAM_set_flags) F(X509_VERIFY_PARAM_set_time) F(OPENSSL_sk_new_null) F(OPENSSL_sk_push)              \
    F(OPENSSL_sk_num) F(OPENSSL_sk_value) F(OPENSSL_sk_pop_free) F(X509_new) F(X509_set_version)     \
    F(X509_get_serialNumber) F(ASN1_INTEGER_set) F(X509_getm_notBefore) F(X509_getm_notAfter) F(X509_time_adj_ex)       \
    F(X509_set_pubkey) F(X509_get_subject_name) F(X509_NAME_add_entry_by_txt) F(X509_set_issuer_name)                   \
    F(X509V3_EXT_conf_nid) F(X509_add_ext) F(X509_EXTENSION_free) F(X509_sign) F(EVP_sha256)          \
    F(X509_STORE_CTX_get_ex_data) F(X509_STORE_CTX_get0_cert) F(X509_STORE_CTX_get0_untrusted) F(X509_up_ref)

#define POINTER(f) __typeof__(f) *f##_fn;
static struct {
    SSL_FUNCTIONS(POINTER)
    CRYPTO_FUNCTIONS(POINTER)
} lib;
#undef POINTER

static bool loaded;

static void load_library(void) {
    void *ssl = dlopen(CSP_LIBSSL, RTLD_NOW | RTLD_LOCAL), *crypto = dlopen(CSP_LIBCRYPTO, RTLD_NOW | RTLD_LOCAL);
    if (!ssl || !crypto) return;
    loaded = true;
#define LOAD(f) loaded = (*(void **)&lib.f##_fn = dlsym(ssl, #f)) && loaded;
    SSL_FUNCTIONS(LOAD)
#undef LOAD
#define LOAD(f) loaded = (*(void **)&lib.f##_fn = dlsym(crypto, #f)) && loaded;
    CRYPTO_FUNCTIONS(LOAD)
#undef LOAD
}

static void ret_text(NativeCall *c, const char *s) { native_ret_str(c, str_make(current_p, s, (int64_t)strlen(s))); }

// load() (problem string)
static NativeStatus load(NativeCall *c) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    sched_enter_syscall(c->g);
    pthread_once(&once, load_library);
    sched_leave_syscall(c->g);
    ret_text(c, loaded ? "" : "needs the OpenSSL library (" CSP_LIBSSL "); on Debian: apt-get install libssl3");
    return NATIVE_OK;
}

// --- errors

// The first error there is, and none from then on.
static const char *first_error(unsigned long *code) {
    *code = lib.ERR_peek_error_fn();
    const char *s = *code ? lib.ERR_reason_error_string_fn(*code) : NULL;
    lib.ERR_clear_error_fn();
    return s ? s : "unknown error";
}

// problem string: "" when ok
static NativeStatus problem(NativeCall *c, bool ok) {
    unsigned long code;
    ret_text(c, ok ? "" : first_error(&code));
    if (ok) lib.ERR_clear_error_fn();
    return NATIVE_OK;
}

// --- certificates; lists of them are [][]byte in DER

static X509 *read_certificate(Slice der) {
    const unsigned char *p = der.ptr;
    return lib.d2i_X509_fn(NULL, &p, (long)der.len);
}

static EVP_PKEY *read_key(Slice der) {
    const unsigned char *p = der.ptr;
    return lib.d2i_AutoPrivateKey_fn(NULL, &p, (long)der.len);
}

static OPENSSL_STACK *read_list(Slice ders) {
    OPENSSL_STACK *list = lib.OPENSSL_sk_new_null_fn();
    for (int64_t i = 0; i < ders.len; i++) {
        X509 *x = read_certificate(((Slice *)ders.ptr)[i]);
        if (x) lib.OPENSSL_sk_push_fn(list, x);
    }
    return list;
}

static void free_certificate(void *x) { lib.X509_free_fn(x); }
static void free_list(OPENSSL_STACK *list) { lib.OPENSSL_sk_pop_free_fn(list, free_certificate); }

// The store of the system, read once.
static X509_STORE *system_store(void) {
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    static X509_STORE *store;
    pthread_mutex_lock(&lock);
    if (!store) {
        store = lib.X509_STORE_new_fn();
        lib.X509_STORE_set_default_paths_fn(store);
        lib.ERR_clear_error_fn();
    }
    lib.X509_STORE_up_ref_fn(store);
    pthread_mutex_unlock(&lock);
    return store;
}

static X509_STORE *new_store(Slice roots, bool use_system) {
    if (use_system && !roots.len) return system_store();
    X509_STORE *store = lib.X509_STORE_new_fn();
    if (use_system) lib.X509_STORE_set_default_paths_fn(store);
    for (int64_t i = 0; i < roots.len; i++) {
        X509 *x = read_certificate(((Slice *)roots.ptr)[i]);
        if (x) lib.X509_STORE_add_cert_fn(store, x);
        lib.X509_free_fn(x);
    }
    lib.ERR_clear_error_fn();
    return store;
}

// As Go has it: a certificate of the pool is trusted whoever signed it, and the
// common name is no host's name.
static void usual_rules(X509_VERIFY_PARAM *param) {
    lib.X509_VERIFY_PARAM_set_flags_fn(param, X509_V_FLAG_PARTIAL_CHAIN);
    lib.X509_VERIFY_PARAM_set_hostflags_fn(param, X509_CHECK_FLAG_NEVER_CHECK_SUBJECT | X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
}

static Slice to_der(X509 *x) {
    int n = lib.i2d_X509_fn(x, NULL);
    if (n <= 0) return (Slice){NULL, 0, 0};
    unsigned char *p = gc_new_noscan(current_p, (uint64_t)n), *to = p;
    lib.i2d_X509_fn(x, &to);
    return (Slice){p, n, n};
}

// checkPair(cert, key []byte) (problem string)
static NativeStatus check_pair(NativeCall *c) {
    X509 *x = read_certificate(native_slice(c));
    EVP_PKEY *k = x ? read_key(native_slice(c)) : NULL;
    bool ok = x && k && lib.X509_check_private_key_fn(x, k) == 1;
    lib.X509_free_fn(x);
    lib.EVP_PKEY_free_fn(k);
    return problem(c, ok);
}

// verify(leaf []byte, between, roots [][]byte, system bool, when int64, client bool) (code int, text string, chain [][]byte)
static NativeStatus verify(NativeCall *c) {
    Slice leaf = native_slice(c), between = native_slice(c), roots = native_slice(c);
    bool use_system = native_bool(c);
    int64_t when = native_int(c);
    bool client = native_bool(c);
    X509_STORE *store = new_store(roots, use_system);
    X509_STORE_CTX *check = lib.X509_STORE_CTX_new_fn();
    X509 *x = read_certificate(leaf);
    OPENSSL_STACK *others = read_list(between);
    int code = X509_V_ERR_UNSPECIFIED;
    Slice chain = {NULL, 0, 0};
    if (x && lib.X509_STORE_CTX_init_fn(check, store, x, (STACK_OF(X509) *)others) == 1) {
        X509_VERIFY_PARAM *param = lib.X509_STORE_CTX_get0_param_fn(check);
        usual_rules(param);
        lib.X509_VERIFY_PARAM_set_time_fn(param, when);
        lib.X509_STORE_CTX_set_purpose_fn(check, client ? X509_PURPOSE_SSL_CLIENT : X509_PURPOSE_SSL_SERVER);
        code = lib.X509_verify_cert_fn(check) == 1 ? X509_V_OK : lib.X509_STORE_CTX_get_error_fn(check);
        OPENSSL_STACK *found = (OPENSSL_STACK *)lib.X509_STORE_CTX_get0_chain_fn(check);
        int n = code == X509_V_OK && found ? lib.OPENSSL_sk_num_fn(found) : 0;
        chain = (Slice){gc_new_scan(current_p, 3 * (uint64_t)n + 1), n, n};
        for (int i = 0; i < n; i++) ((Slice *)chain.ptr)[i] = to_der(lib.OPENSSL_sk_value_fn(found, i));
    }
    native_ret_int(c, code);
    ret_text(c, lib.X509_verify_cert_error_string_fn(code));
    native_ret_slice(c, chain);
    free_list(others);
    lib.X509_free_fn(x);
    lib.X509_STORE_CTX_free_fn(check);
    lib.X509_STORE_free_fn(store);
    lib.ERR_clear_error_fn();
    return NATIVE_OK;
}

static bool add_extension(X509 *x, int nid, const char *value) {
    X509_EXTENSION *e = lib.X509V3_EXT_conf_nid_fn(NULL, NULL, nid, value);
    bool ok = e && lib.X509_add_ext_fn(x, e, -1) == 1;
    lib.X509_EXTENSION_free_fn(e);
    return ok;
}

static bool make_certificate(X509 *x, EVP_PKEY *key, const char *organization, const char *names) {
    X509_NAME *name = lib.X509_get_subject_name_fn(x);
    return lib.X509_set_version_fn(x, 2) && lib.ASN1_INTEGER_set_fn(lib.X509_get_serialNumber_fn(x), 1) &&
           lib.X509_time_adj_ex_fn(lib.X509_getm_notBefore_fn(x), -1, 0, NULL) && lib.X509_time_adj_ex_fn(lib.X509_getm_notAfter_fn(x), 3650, 0, NULL) &&
           lib.X509_set_pubkey_fn(x, key) && lib.X509_NAME_add_entry_by_txt_fn(name, "O", MBSTRING_UTF8, (const unsigned char *)organization, -1, -1, 0) &&
           lib.X509_set_issuer_name_fn(x, name) && add_extension(x, NID_basic_constraints, "critical,CA:TRUE") &&
           add_extension(x, NID_key_usage, "critical,digitalSignature,keyCertSign") && add_extension(x, NID_ext_key_usage, "serverAuth,clientAuth") &&
           add_extension(x, NID_subject_alt_name, names) && lib.X509_sign_fn(x, key, lib.EVP_sha256_fn()) > 0;
}

static bool text_arg(NativeCall *c, char *buf, size_t room) { // NUL-terminated
    Str s = native_str(c);
    if ((size_t)s.len >= room) return false;
    if (s.len) memcpy(buf, s.ptr, (size_t)s.len);
    buf[s.len] = 0;
    return true;
}

// selfSigned(organization, names string) (cert, key []byte); names as OpenSSL writes them, DNS:a,IP:b
static NativeStatus self_signed(NativeCall *c) {
    char organization[256], names[1024];
    Slice der = {NULL, 0, 0}, secret = {NULL, 0, 0};
    if (text_arg(c, organization, sizeof organization) && text_arg(c, names, sizeof names)) {
        EVP_PKEY *key = lib.EVP_PKEY_Q_keygen_fn(NULL, NULL, "EC", "P-256");
        X509 *x = lib.X509_new_fn();
        if (key && x && make_certificate(x, key, organization, names)) {
            der = to_der(x);
            int n = lib.i2d_PrivateKey_fn(key, NULL);
            unsigned char *p = gc_new_noscan(current_p, (uint64_t)n), *to = p;
            lib.i2d_PrivateKey_fn(key, &to);
            secret = (Slice){p, n, n};
        }
        lib.X509_free_fn(x);
        lib.EVP_PKEY_free_fn(key);
        lib.ERR_clear_error_fn();
    }
    native_ret_slice(c, der);
    native_ret_slice(c, secret);
    return NATIVE_OK;
}

// --- contexts: what sessions of one configuration share

typedef struct Context {
    SSL_CTX *ssl;
    bool server;
    unsigned protocols_len;
    unsigned char protocols[]; // as ALPN sends them: each with its length before it
} Context;

typedef struct Session {
    SSL *ssl;
    bool chosen;            // the server's certificate is there
    OPENSSL_STACK *refused; // certificates of a peer that is not trusted, its own first; else NULL
} Session;

// Takes the first of the server's protocols that the client offers.
static int select_protocol(SSL *ssl, const unsigned char **out, unsigned char *out_len, const unsigned char *in, unsigned in_len, void *arg) {
    (void)ssl;
    const Context *ctx = arg;
    for (unsigned i = 0; i < ctx->protocols_len; i += 1u + ctx->protocols[i])
        for (unsigned k = 0; k < in_len && k + in[k] < in_len; k += 1u + in[k])
            if (in[k] == ctx->protocols[i] && memcmp(in + k, ctx->protocols + i, 1u + in[k]) == 0) {
                *out = in + k + 1;
                *out_len = in[k];
                return SSL_TLSEXT_ERR_OK;
            }
    return SSL_TLSEXT_ERR_ALERT_FATAL;
}

// A server's handshake stops here until the package has chosen a certificate.
static int want_certificate(SSL *ssl, void *arg) {
    (void)ssl;
    const Session *s = arg;
    return s->chosen ? 1 : -1;
}

// Keeps the certificates that do not count, for the message.
static int note_refused(int ok, X509_STORE_CTX *ctx) {
    Session *s = lib.SSL_get_ex_data_fn(lib.X509_STORE_CTX_get_ex_data_fn(ctx, lib.SSL_get_ex_data_X509_STORE_CTX_idx_fn()), 0);
    if (ok || s->refused) return ok;
    OPENSSL_STACK *others = (OPENSSL_STACK *)lib.X509_STORE_CTX_get0_untrusted_fn(ctx);
    s->refused = lib.OPENSSL_sk_new_null_fn();
    X509 *own = lib.X509_STORE_CTX_get0_cert_fn(ctx);
    if (own && lib.X509_up_ref_fn(own)) lib.OPENSSL_sk_push_fn(s->refused, own);
    for (int i = 0, n = others ? lib.OPENSSL_sk_num_fn(others) : 0; i < n; i++) {
        X509 *x = lib.OPENSSL_sk_value_fn(others, i);
        if (lib.X509_up_ref_fn(x)) lib.OPENSSL_sk_push_fn(s->refused, x);
    }
    return 0;
}

static int accept_any(int ok, X509_STORE_CTX *ctx) {
    (void)ok;
    (void)ctx;
    return 1;
}

// How a peer's certificate is asked for and checked; openssl.csp has the names.
typedef enum Checking { CHECK_NONE, CHECK_VERIFY, CHECK_REQUEST, CHECK_REQUIRE, CHECK_REQUIRE_VERIFY } Checking;

static void set_checking(SSL_CTX *ssl, Checking checking) {
    int mode = checking == CHECK_NONE ? SSL_VERIFY_NONE : SSL_VERIFY_PEER;
    if (checking == CHECK_REQUIRE || checking == CHECK_REQUIRE_VERIFY) mode |= SSL_VERIFY_FAIL_IF_NO_PEER_CERT;
    lib.SSL_CTX_set_verify_fn(ssl, mode, checking == CHECK_REQUEST || checking == CHECK_REQUIRE ? accept_any : note_refused);
}

// newContext(server bool, least, most int, protocols []byte, checking int, roots [][]byte, system bool) (ctx uintptr)
static NativeStatus new_context(NativeCall *c) {
    bool server = native_bool(c);
    int64_t least = native_int(c), most = native_int(c);
    Slice protocols = native_slice(c);
    Checking checking = (Checking)native_int(c);
    Slice roots = native_slice(c);
    bool use_system = native_bool(c);
    sched_enter_syscall(c->g); // the system's store is many files
    SSL_CTX *ssl = lib.SSL_CTX_new_fn(lib.TLS_method_fn());
    Context *ctx = malloc(sizeof *ctx + (size_t)protocols.len);
    if (!ssl || !ctx) abort();
    *ctx = (Context){.ssl = ssl, .server = server, .protocols_len = (unsigned)protocols.len};
    if (protocols.len) memcpy(ctx->protocols, protocols.ptr, (size_t)protocols.len);
    lib.SSL_CTX_ctrl_fn(ssl, SSL_CTRL_SET_MIN_PROTO_VERSION, least, NULL);
    lib.SSL_CTX_ctrl_fn(ssl, SSL_CTRL_SET_MAX_PROTO_VERSION, most, NULL);
    lib.SSL_CTX_ctrl_fn(ssl, SSL_CTRL_MODE, SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER, NULL);
    lib.SSL_CTX_ctrl_fn(ssl, SSL_CTRL_SET_SESS_CACHE_MODE, SSL_SESS_CACHE_OFF, NULL);
    if (server) lib.SSL_CTX_set_session_id_context_fn(ssl, (const unsigned char *)"csp", 3);
    if (server && protocols.len) lib.SSL_CTX_set_alpn_select_cb_fn(ssl, select_protocol, ctx);
    if (!server && protocols.len) lib.SSL_CTX_set_alpn_protos_fn(ssl, ctx->protocols, ctx->protocols_len);
    set_checking(ssl, checking);
    if (checking != CHECK_NONE) lib.SSL_CTX_set_cert_store_fn(ssl, new_store(roots, use_system));
    usual_rules(lib.SSL_CTX_get0_param_fn(ssl));
    lib.ERR_clear_error_fn();
    sched_leave_syscall(c->g);
    native_ret_ptr(c, ctx);
    return NATIVE_OK;
}

// freeContext(ctx uintptr); sessions of it go on
static NativeStatus free_context(NativeCall *c) {
    Context *ctx = native_ptr(c);
    lib.SSL_CTX_free_fn(ctx->ssl);
    free(ctx);
    return NATIVE_OK;
}

// --- sessions

// newSession(ctx uintptr, name string, ip bool, check bool) (s uintptr); name: the server's, for a client
static NativeStatus new_session(NativeCall *c) {
    Context *ctx = native_ptr(c);
    char name[512];
    bool named = text_arg(c, name, sizeof name) && name[0], ip = native_bool(c), check = native_bool(c);
    Session *s = calloc(1, sizeof *s);
    SSL *ssl = lib.SSL_new_fn(ctx->ssl);
    if (!s || !ssl) abort();
    s->ssl = ssl;
    lib.SSL_set_ex_data_fn(ssl, 0, s);
    lib.SSL_set_bio_fn(ssl, lib.BIO_new_fn(lib.BIO_s_mem_fn()), lib.BIO_new_fn(lib.BIO_s_mem_fn()));
    if (ctx->server) {
        lib.SSL_set_accept_state_fn(ssl);
        lib.SSL_set_cert_cb_fn(ssl, want_certificate, s);
    } else {
        lib.SSL_set_connect_state_fn(ssl);
        if (named && !ip) lib.SSL_ctrl_fn(ssl, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, name);
        X509_VERIFY_PARAM *param = lib.SSL_get0_param_fn(ssl);
        if (named && check && ip) lib.X509_VERIFY_PARAM_set1_ip_asc_fn(param, name);
        if (named && check && !ip) lib.X509_VERIFY_PARAM_set1_host_fn(param, name, 0);
    }
    native_ret_ptr(c, s);
    return NATIVE_OK;
}

static NativeStatus free_session(NativeCall *c) {
    Session *s = native_ptr(c);
    lib.SSL_free_fn(s->ssl);
    if (s->refused) free_list(s->refused);
    free(s);
    return NATIVE_OK;
}

// useCertificate(s uintptr, chain [][]byte, key []byte) (problem string); no chain: the peer gets none
static NativeStatus use_certificate(NativeCall *c) {
    Session *s = native_ptr(c);
    Slice chain = native_slice(c), key = native_slice(c);
    s->chosen = true;
    bool ok = true;
    for (int64_t i = 0; i < chain.len && ok; i++) {
        X509 *x = read_certificate(((Slice *)chain.ptr)[i]);
        ok = x && (i == 0 ? lib.SSL_use_certificate_fn(s->ssl, x) == 1 : lib.SSL_ctrl_fn(s->ssl, SSL_CTRL_CHAIN_CERT, 1, x) == 1);
        lib.X509_free_fn(x);
    }
    if (ok && chain.len) {
        EVP_PKEY *k = read_key(key);
        ok = k && lib.SSL_use_PrivateKey_fn(s->ssl, k) == 1;
        lib.EVP_PKEY_free_fn(k);
    }
    return problem(c, ok);
}

// feed(s uintptr, data []byte)
static NativeStatus feed(NativeCall *c) {
    Session *s = native_ptr(c);
    Slice data = native_slice(c);
    if (data.len) lib.BIO_write_fn(lib.SSL_get_rbio_fn(s->ssl), data.ptr, (int)data.len);
    return NATIVE_OK;
}

// unread(s uintptr) int: bytes fed that no record has taken
static NativeStatus unread(NativeCall *c) {
    const Session *s = native_ptr(c);
    native_ret_int(c, (int64_t)lib.BIO_ctrl_pending_fn(lib.SSL_get_rbio_fn(s->ssl)));
    return NATIVE_OK;
}

// unsent(s uintptr) int: bytes to be sent
static NativeStatus unsent(NativeCall *c) {
    const Session *s = native_ptr(c);
    native_ret_int(c, (int64_t)lib.BIO_ctrl_pending_fn(lib.SSL_get_wbio_fn(s->ssl)));
    return NATIVE_OK;
}

// drain(s uintptr) []byte: what is to be sent
static NativeStatus drain(NativeCall *c) {
    Session *s = native_ptr(c);
    BIO *out = lib.SSL_get_wbio_fn(s->ssl);
    int64_t n = (int64_t)lib.BIO_ctrl_pending_fn(out);
    Slice b = {NULL, 0, 0};
    if (n > 0) {
        b = (Slice){gc_new_noscan(current_p, (uint64_t)n), n, n};
        lib.BIO_read_fn(out, b.ptr, (int)n);
    }
    native_ret_slice(c, b);
    return NATIVE_OK;
}

// How a step ended; openssl.csp has the names.
typedef enum Step { STEP_DONE, STEP_WANT_INPUT, STEP_WANT_CERTIFICATE, STEP_END, STEP_ALERT, STEP_PLAIN_PEER, STEP_VERSION, STEP_VERIFY, STEP_ERROR } Step;

static Step kind_of_error(unsigned long code, const Session *s, int64_t *number) {
    int reason = ERR_GET_REASON(code);
    *number = reason;
    if (ERR_GET_LIB(code) != ERR_LIB_SSL) return STEP_ERROR;
    if (reason > SSL_AD_REASON_OFFSET && reason < SSL_AD_REASON_OFFSET + 256) {
        *number = reason - SSL_AD_REASON_OFFSET;
        return STEP_ALERT;
    }
    switch (reason) {
    case SSL_R_CERTIFICATE_VERIFY_FAILED: *number = lib.SSL_get_verify_result_fn(s->ssl); return STEP_VERIFY;
    case SSL_R_WRONG_VERSION_NUMBER: case SSL_R_HTTP_REQUEST: case SSL_R_HTTPS_PROXY_REQUEST: return STEP_PLAIN_PEER;
    case SSL_R_UNSUPPORTED_PROTOCOL: case SSL_R_NO_PROTOCOLS_AVAILABLE: return STEP_VERSION;
    default: return STEP_ERROR;
    }
}

// Answers (step, number int, text string) for what SSL_... returned.
static NativeStatus stepped(NativeCall *c, Session *s, int result) {
    Step step = STEP_DONE;
    int64_t number = 0;
    const char *text = "";
    int e = result > 0 ? SSL_ERROR_NONE : lib.SSL_get_error_fn(s->ssl, result);
    switch (e) {
    case SSL_ERROR_NONE: break;
    case SSL_ERROR_WANT_READ: case SSL_ERROR_WANT_WRITE: step = STEP_WANT_INPUT; break;
    case SSL_ERROR_WANT_X509_LOOKUP: step = STEP_WANT_CERTIFICATE; break;
    case SSL_ERROR_ZERO_RETURN: step = STEP_END; break;
    default: {
        unsigned long code;
        text = first_error(&code);
        step = kind_of_error(code, s, &number);
        if (step == STEP_VERIFY) text = lib.X509_verify_cert_error_string_fn(number);
    }
    }
    native_ret_int(c, (int64_t)step);
    native_ret_int(c, number);
    ret_text(c, text);
    return NATIVE_OK;
}

// handshake(s uintptr) (step Step, number int, text string)
static NativeStatus handshake(NativeCall *c) {
    Session *s = native_ptr(c);
    lib.ERR_clear_error_fn();
    return stepped(c, s, lib.SSL_do_handshake_fn(s->ssl));
}

enum { PIECE = 1 << 30 }; // OpenSSL counts in int

static int piece_of(Slice b) { return (int)(b.len < PIECE ? b.len : PIECE); }

// n: what was moved, or OpenSSL's answer that it was nothing.
static NativeStatus moved(NativeCall *c, Session *s, int n) {
    native_ret_int(c, n > 0 ? n : 0);
    return stepped(c, s, n);
}

// read(s uintptr, b []byte) (n int, step Step, number int, text string)
static NativeStatus read_plain(NativeCall *c) {
    Session *s = native_ptr(c);
    Slice b = native_slice(c);
    lib.ERR_clear_error_fn();
    return moved(c, s, lib.SSL_read_fn(s->ssl, b.ptr, piece_of(b)));
}

// write(s uintptr, b []byte) (n int, step Step, number int, text string)
static NativeStatus write_plain(NativeCall *c) {
    Session *s = native_ptr(c);
    Slice b = native_slice(c);
    lib.ERR_clear_error_fn();
    return moved(c, s, lib.SSL_write_fn(s->ssl, b.ptr, piece_of(b)));
}

// closeNotify(s uintptr): tells the peer that nothing more comes
static NativeStatus close_notify(NativeCall *c) {
    Session *s = native_ptr(c);
    lib.SSL_shutdown_fn(s->ssl);
    lib.ERR_clear_error_fn();
    return NATIVE_OK;
}

// serverName(s uintptr) string: that the client asks for
static NativeStatus server_name(NativeCall *c) {
    const Session *s = native_ptr(c);
    const char *name = lib.SSL_get_servername_fn(s->ssl, TLSEXT_NAMETYPE_host_name);
    ret_text(c, name ? name : "");
    return NATIVE_OK;
}

// state(s uintptr) (version, cipher int, protocol string, resumed bool)
static NativeStatus state(NativeCall *c) {
    const Session *s = native_ptr(c);
    const SSL_CIPHER *cipher = lib.SSL_get_current_cipher_fn(s->ssl);
    const unsigned char *protocol;
    unsigned n;
    lib.SSL_get0_alpn_selected_fn(s->ssl, &protocol, &n);
    native_ret_int(c, lib.SSL_version_fn(s->ssl));
    native_ret_int(c, cipher ? lib.SSL_CIPHER_get_protocol_id_fn(cipher) : 0);
    native_ret_str(c, str_make(current_p, (const char *)protocol, n));
    native_ret_bool(c, lib.SSL_session_reused_fn(s->ssl) == 1);
    return NATIVE_OK;
}

// Appends x to a list that has room, unless it repeats the first.
static void append_der(Slice *list, X509 *x) {
    Slice der = to_der(x), *to = list->ptr;
    if (list->len && der.len == to[0].len && memcmp(der.ptr, to[0].ptr, (size_t)der.len) == 0) return;
    to[list->len++] = der;
}

// peerCertificates(s uintptr) [][]byte: its own first
static NativeStatus peer_certificates(NativeCall *c) {
    const Session *s = native_ptr(c);
    X509 *own = lib.SSL_get1_peer_certificate_fn(s->ssl);
    OPENSSL_STACK *others = own ? (OPENSSL_STACK *)lib.SSL_get_peer_cert_chain_fn(s->ssl) : s->refused;
    int n = others ? lib.OPENSSL_sk_num_fn(others) : 0;
    Slice list = {gc_new_scan(current_p, 3 * (uint64_t)(n + 1)), 0, n + 1};
    if (own) append_der(&list, own);
    for (int i = 0; i < n; i++) append_der(&list, lib.OPENSSL_sk_value_fn(others, i));
    lib.X509_free_fn(own);
    native_ret_slice(c, list.len ? list : (Slice){NULL, 0, 0});
    return NATIVE_OK;
}

extern const NativeDef internal_openssl_natives[];
const NativeDef internal_openssl_natives[] = {
    {"load", load},
    {"checkPair", check_pair},
    {"verify", verify},
    {"selfSigned", self_signed},
    {"newContext", new_context},
    {"freeContext", free_context},
    {"newSession", new_session},
    {"freeSession", free_session},
    {"useCertificate", use_certificate},
    {"feed", feed},
    {"unread", unread},
    {"unsent", unsent},
    {"drain", drain},
    {"handshake", handshake},
    {"read", read_plain},
    {"write", write_plain},
    {"closeNotify", close_notify},
    {"serverName", server_name},
    {"state", state},
    {"peerCertificates", peer_certificates},
    {NULL, NULL},
};
