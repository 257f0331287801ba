/*
** A seal platform in small, for tests: it has a key, is asked to sign digests, and
** behaves as it is told.  Use:
**
**   platform --key K --cert C --secret "APP SECRET" --mode FILE [--other-key K --other-cert C]
**            [--tls-key K --tls-cert C]
**
** Prints "listening on PORT".  FILE's first word says how it behaves, looked at for
** each request: good, waiting (202 until asked for the third time), refuse, busy,
** wrong (a signature over other bytes), other (by another key), garbage, huge, cut,
** slow, redirect, chunked.  Each request is told of on standard output: its status,
** id and digest.  It keeps nothing but how often an id was asked for.
*/
#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <netinet/in.h>
#include <time.h>
#include <unistd.h>

enum { ROOM = 64 * 1024, IDS = 500, ID = 80, LATE_S = 300 };

typedef struct Keys {
    EVP_PKEY *key;
    X509     *cert;
} Keys;

static Keys mine, other;
static const char *app_secret, *mode_file;
static SSL_CTX *tls;
static struct Asked { char id[ID]; int times; } asked[IDS];

/* ---- a line to whoever asks ------------------------------------------------------------ */

typedef struct Peer {
    int  fd;
    SSL *ssl;
} Peer;

static ssize_t take(const Peer *p, char *to, size_t n)
{
    return p->ssl ? SSL_read(p->ssl, to, (int)n) : read(p->fd, to, n);
}

static void give(const Peer *p, const char *bytes, size_t n)
{
    while (n) {
        ssize_t sent = p->ssl ? SSL_write(p->ssl, bytes, (int)n) : send(p->fd, bytes, n, MSG_NOSIGNAL);
        if (sent <= 0) return;
        bytes += sent;
        n -= (size_t)sent;
    }
}

static void answer(const Peer *p, int status, const char *body)
{
    char head[200];
    int n = snprintf(head, sizeof head, "HTTP/1.0 %d %s\r\nContent-Type: application/json\r\n"
                     "Content-Length: %zu\r\n\r\n", status, status < 300 ? "OK" : "No", strlen(body));
    give(p, head, (size_t)n);
    give(p, body, strlen(body));
}

/* ---- signing a digest -------------------------------------------------------------------- */

/* A detached CMS whose content has this SHA-256. */
static char *sign(const Keys *k, const unsigned char digest[32])
{
    unsigned char *der = NULL;
    ASN1_OBJECT *data = OBJ_nid2obj(NID_pkcs7_data);
    CMS_ContentInfo *cms = CMS_sign(NULL, NULL, NULL, NULL, CMS_DETACHED | CMS_BINARY | CMS_PARTIAL);
    CMS_SignerInfo *si = CMS_add1_signer(cms, k->cert, k->key, EVP_sha256(),
                                         CMS_NOSMIMECAP | CMS_CADES | CMS_PARTIAL);
    (void)CMS_signed_add1_attr_by_NID(si, NID_pkcs9_contentType, V_ASN1_OBJECT, data, -1);
    (void)CMS_signed_add1_attr_by_NID(si, NID_pkcs9_messageDigest, V_ASN1_OCTET_STRING, digest, 32);
    if (CMS_SignerInfo_sign(si) != 1) ERR_print_errors_fp(stderr);
    int n = i2d_CMS_ContentInfo(cms, &der);
    char *text = malloc((size_t)n * 2 + 64);
    (void)EVP_EncodeBlock((unsigned char *)text, der, n);
    OPENSSL_free(der);
    CMS_ContentInfo_free(cms);
    return text;
}

/* ---- who asks, and for what ---------------------------------------------------------------- */

/* "name":"…" of a flat object; "" if it is not there. */
static void member(const char *body, const char *name, char *to, size_t cap)
{
    char key[40];
    (void)snprintf(key, sizeof key, "\"%s\":\"", name);
    const char *at = strstr(body, key);
    size_t n = 0;
    for (at = at ? at + strlen(key) : ""; *at && *at != '"' && n + 1 < cap; at++) to[n++] = *at;
    to[n] = 0;
}

static void hex(const unsigned char *bytes, size_t n, char *to)
{
    for (size_t i = 0; i < n; i++) (void)sprintf(to + 2 * i, "%02x", bytes[i]);
}

/* The mac over method, path, time and the digest of the body, and the time is now. */
static int is_known(const char *head, const char *path, const char *body)
{
    char app[64] = "", said[80] = "", text[1000], digest[65], want[65];
    long long when = 0;
    unsigned char d[32], mac[32];
    unsigned n = 32;
    const char *at = strstr(head, "Authorization: TJ-HMAC-SHA256 ");
    const char *secret = strchr(app_secret, ' ');
    if (!at || sscanf(at + 30, "app=%63[^,],time=%lld,mac=%64[0-9a-f]", app, &when, said) != 3) return 0;
    (void)EVP_Digest(body, strlen(body), d, NULL, EVP_sha256(), NULL);
    hex(d, 32, digest);
    (void)snprintf(text, sizeof text, "POST\n%s\n%lld\n%s", path, when, digest);
    (void)HMAC(EVP_sha256(), secret + 1, (int)strlen(secret + 1), (unsigned char *)text, strlen(text), mac,
               &n);
    hex(mac, 32, want);
    long long off = (long long)time(NULL) - when;
    return strncmp(app, app_secret, (size_t)(secret - app_secret)) == 0 && strcmp(said, want) == 0
        && off < LATE_S && off > -LATE_S;
}

static int times_of(const char *id)
{
    int i = 0;
    while (i < IDS - 1 && asked[i].id[0] && strcmp(asked[i].id, id) != 0) i++;
    (void)snprintf(asked[i].id, ID, "%s", id);
    return ++asked[i].times;
}

static void give_signature(const Peer *p, const Keys *k, const unsigned char digest[32])
{
    char *cms = sign(k, digest);
    size_t room = strlen(cms) + 40;
    char *body = malloc(room);
    (void)snprintf(body, room, "{\"cms\":\"%s\"}", cms);
    answer(p, 200, body);
    free(body);
    free(cms);
}

static void behave_badly(const Peer *p, const char *mode)
{
    static const char chunked[] = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n";
    static const char cut[] = "HTTP/1.0 200 OK\r\nContent-Length: 900\r\n\r\n{\"cms\":";
    if (strcmp(mode, "garbage") == 0) answer(p, 200, "<html>Sign in first</html>");
    else if (strcmp(mode, "redirect") == 0) answer(p, 302, "");
    else if (strcmp(mode, "chunked") == 0) give(p, chunked, sizeof chunked - 1);
    else if (strcmp(mode, "cut") == 0) give(p, cut, sizeof cut - 1);
    else if (strcmp(mode, "slow") == 0) (void)sleep(12);
    else if (strcmp(mode, "huge") == 0) {
        char *much = malloc(8 << 20);
        memset(much, 'x', 8 << 20);
        much[(8 << 20) - 1] = 0;
        answer(p, 200, much);
        free(much);
    } else answer(p, 500, "{}");
}

static void decide(const Peer *p, const char *body)
{
    char mode[40] = "good", id[ID], digest[80];
    unsigned char d[32] = { 0 };
    FILE *f = fopen(mode_file, "r");
    if (f && fscanf(f, "%39s", mode) != 1) mode[0] = 0;
    if (f) (void)fclose(f);
    member(body, "id", id, sizeof id);
    member(body, "sha256", digest, sizeof digest);
    for (int i = 0; i < 32; i++) {
        unsigned byte = 0;
        if (sscanf(digest + 2 * i, "%2x", &byte) == 1) d[i] = (unsigned char)byte;
    }
    (void)printf("%s %s %s\n", mode, id, digest);
    if (strlen(digest) != 64) answer(p, 400, "{\"why\":\"no digest\"}");
    else if (strcmp(mode, "good") == 0) give_signature(p, &mine, d);
    else if (strcmp(mode, "other") == 0) give_signature(p, &other, d);
    else if (strcmp(mode, "wrong") == 0) { d[0] ^= 1; give_signature(p, &mine, d); }
    else if (strcmp(mode, "refuse") == 0) answer(p, 403, "{\"why\":\"该印章未授权用于此类文书\"}");
    else if (strcmp(mode, "busy") == 0) answer(p, 503, "{\"why\":\"系统维护\"}");
    else if (strcmp(mode, "waiting") == 0 && times_of(id) < 3) answer(p, 202, "{\"why\":\"等待审批\"}");
    else if (strcmp(mode, "waiting") == 0) give_signature(p, &mine, d);
    else behave_badly(p, mode);
}

static void serve_one(const Peer *p)
{
    static char text[ROOM];
    char path[400] = "";
    size_t n = 0, length = 0;
    char *body = NULL;
    while (n + 1 < ROOM && (!body || n < (size_t)(body - text) + length)) {
        ssize_t got = take(p, text + n, ROOM - 1 - n);
        if (got <= 0) return;
        n += (size_t)got;
        text[n] = 0;
        body = body ? body : strstr(text, "\r\n\r\n");
        const char *announced = strstr(text, "Content-Length: ");
        if (body && length == 0 && announced) length = strtoul(announced + 16, NULL, 10) + 4;
    }
    if (!body || sscanf(text, "POST %399s HTTP", path) != 1) {
        answer(p, 405, "{}");
        return;
    }
    *body = 0;
    body += 4;
    if (is_known(text, path, body)) decide(p, body);
    else answer(p, 401, "{\"why\":\"签名校验失败\"}");
    (void)fflush(stdout);
}

/* ---- opening ------------------------------------------------------------------------------- */

static const char *option_of(int argc, char **argv, const char *name)
{
    for (int i = 1; i + 1 < argc; i++) {
        if (strcmp(argv[i], name) == 0) return argv[i + 1];
    }
    return NULL;
}

static Keys keys_of(const char *key, const char *cert)
{
    Keys k = { 0 };
    FILE *f = key ? fopen(key, "r") : NULL, *g = cert ? fopen(cert, "r") : NULL;
    if (f) k.key = PEM_read_PrivateKey(f, NULL, NULL, NULL);
    if (g) k.cert = PEM_read_X509(g, NULL, NULL, NULL);
    if (f) (void)fclose(f);
    if (g) (void)fclose(g);
    return k;
}

int main(int argc, char **argv)
{
    struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t n = sizeof at;
    const char *tls_key = option_of(argc, argv, "--tls-key"), *tls_cert = option_of(argc, argv, "--tls-cert");
    const char *port = option_of(argc, argv, "--port");
    mine = keys_of(option_of(argc, argv, "--key"), option_of(argc, argv, "--cert"));
    other = keys_of(option_of(argc, argv, "--other-key"), option_of(argc, argv, "--other-cert"));
    app_secret = option_of(argc, argv, "--secret");
    mode_file = option_of(argc, argv, "--mode");
    if (!mine.key || !mine.cert || !app_secret || !strchr(app_secret, ' ') || !mode_file) return 2;
    tls = tls_key ? SSL_CTX_new(TLS_server_method()) : NULL;
    if (tls && (SSL_CTX_use_PrivateKey_file(tls, tls_key, SSL_FILETYPE_PEM) != 1
                || SSL_CTX_use_certificate_file(tls, tls_cert, SSL_FILETYPE_PEM) != 1)) return 2;
    (void)signal(SIGPIPE, SIG_IGN);
    int one = 1, listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    at.sin_port = htons((unsigned short)(port ? atoi(port) : 0));
    (void)setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(listener, (struct sockaddr *)&at, sizeof at) != 0 || listen(listener, 16) != 0) return 1;
    (void)getsockname(listener, (struct sockaddr *)&at, &n);
    (void)printf("listening on %d\n", ntohs(at.sin_port));
    (void)fflush(stdout);
    for (;;) {
        Peer p = { .fd = accept(listener, NULL, NULL) };
        if (p.fd < 0) continue;
        p.ssl = tls ? SSL_new(tls) : NULL;
        if (p.ssl) (void)SSL_set_fd(p.ssl, p.fd);
        if (!p.ssl || SSL_accept(p.ssl) == 1) serve_one(&p);
        if (p.ssl) (void)SSL_shutdown(p.ssl);
        SSL_free(p.ssl);
        (void)close(p.fd);
    }
}
