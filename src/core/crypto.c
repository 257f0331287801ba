#include "core/crypto.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum {
    SEAL_KEY  = crypto_aead_xchacha20poly1305_ietf_KEYBYTES,
    NONCE     = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
    TAG       = crypto_aead_xchacha20poly1305_ietf_ABYTES,
    DIGEST    = 16,
    BASE64    = sodium_base64_VARIANT_URLSAFE_NO_PADDING,
    LONG_TEXT = 512, /* bytes from which OpenSSL, with the processor's own SHA-256, is the quicker */
    TOTP_BYTES = 20,
    TOTP_STEP_S = 30,
};

static const char key_mark[] = "tiaojie-keys-1\n";

struct Keys {
    unsigned char seal[SEAL_KEY];
    unsigned char digest[crypto_generichash_KEYBYTES];
};

/* ---- the key file ------------------------------------------------------------- */

static bool write_all(int fd, const void *bytes, size_t n)
{
    return write(fd, bytes, n) == (ssize_t)n;
}

/* Makes the file under another name first, so that it is there whole or not. */
static bool keys_make(const char *path)
{
    Keys k;
    char draft[2048];
    int n = snprintf(draft, sizeof draft, "%s.%d", path, (int)getpid());
    if (n < 0 || (size_t)n >= sizeof draft) return false;
    randombytes_buf(&k, sizeof k);
    int fd = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0) return false;
    bool good = write_all(fd, key_mark, sizeof key_mark - 1) && write_all(fd, &k, sizeof k)
             && fsync(fd) == 0;
    sodium_memzero(&k, sizeof k);
    (void)close(fd);
    if (good) good = link(draft, path) == 0 || access(path, R_OK) == 0; /* another was first */
    (void)unlink(draft);
    return good;
}

static bool keys_read(const char *path, Keys *k)
{
    char mark[sizeof key_mark - 1];
    errno = 0;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return false;
    bool good = read(fd, mark, sizeof mark) == (ssize_t)sizeof mark
             && memcmp(mark, key_mark, sizeof mark) == 0
             && read(fd, k, sizeof *k) == (ssize_t)sizeof *k;
    (void)close(fd);
    return good;
}

Keys *keys_open(const char *path)
{
    (void)randombytes_set_implementation(&randombytes_internal_implementation); /* no system call a nonce */
    BUG_IF(sodium_init() < 0);
    Keys *k = sodium_malloc(sizeof *k);
    BUG_IF(!k);
    errno = 0;
    bool good = access(path, F_OK) == 0 || keys_make(path);
    if (good && keys_read(path, k)) return k;
    (void)fprintf(stderr, "%s: %s\n", path, errno ? os_error() : "not a key file of this program");
    sodium_free(k);
    return NULL;
}

void keys_close(Keys *k)
{
    sodium_free(k);
}

/* ---- sealing -------------------------------------------------------------------- */

/* Base64 for URLs, without padding; what is no secret need not take the same time for all. */
static size_t base64_write(char *to, const unsigned char *from, size_t n)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    size_t len = 0;
    for (size_t i = 0; i < n; i += 3) {
        uint32_t v = (uint32_t)from[i] << 16 | (i + 1 < n ? (uint32_t)from[i + 1] << 8 : 0)
                   | (i + 2 < n ? from[i + 2] : 0);
        to[len++] = digits[v >> 18];
        to[len++] = digits[v >> 12 & 63];
        if (i + 1 < n) to[len++] = digits[v >> 6 & 63];
        if (i + 2 < n) to[len++] = digits[v & 63];
    }
    return len;
}

static Str base64(Arena *a, const unsigned char *bytes, size_t n, Str mark)
{
    size_t room = sodium_base64_encoded_len(n, BASE64);
    char *p = NEW(a, char, mark.n + room);
    if (mark.n) memcpy(p, mark.s, mark.n);
    (void)sodium_bin2base64(p + mark.n, room, bytes, n, BASE64);
    return (Str){ p, mark.n + room - 1 };
}

Str text_seal(Arena *a, const Keys *k, Str text)
{
    unsigned long long n = 0;
    if (text.n == 0) return (Str){ 0 };
    BUG_IF(!k);
    unsigned char *box = NEW(a, unsigned char, NONCE + text.n + TAG);
    randombytes_buf(box, NONCE);
    (void)crypto_aead_xchacha20poly1305_ietf_encrypt(box + NONCE, &n, (const unsigned char *)text.s, text.n,
                                                     NULL, 0, NULL, box, k->seal);
    char *p = NEW(a, char, 4 * (NONCE + (size_t)n + 3) / 3 + 3);
    p[0] = 'x', p[1] = '1', p[2] = '.';
    return (Str){ p, 3 + base64_write(p + 3, box, NONCE + (size_t)n) };
}

bool text_open(Arena *a, const Keys *k, Str sealed, Str *text)
{
    size_t n = 0;
    unsigned long long plain = 0;
    *text = (Str){ 0 };
    if (sealed.n == 0) return true;
    if (!k || !str_starts(sealed, S("x1."))) return false;
    unsigned char *box = NEW(a, unsigned char, sealed.n);
    Str code = { sealed.s + 3, sealed.n - 3 };
    if (sodium_base642bin(box, sealed.n, code.s, code.n, NULL, &n, NULL, BASE64) != 0) return false;
    if (n < NONCE + TAG) return false;
    char *p = NEW(a, char, n);
    if (crypto_aead_xchacha20poly1305_ietf_decrypt((unsigned char *)p, &plain, NULL, box + NONCE, n - NONCE,
                                                   NULL, 0, box, k->seal) != 0) return false;
    *text = (Str){ p, (size_t)plain };
    return true;
}

/* ---- digests ---------------------------------------------------------------------- */

static Str hex(Arena *a, const unsigned char *bytes, size_t n)
{
    char *p = NEW(a, char, 2 * n + 1);
    (void)sodium_bin2hex(p, 2 * n + 1, bytes, n);
    return (Str){ p, 2 * n };
}

Str text_digest(Arena *a, const Keys *k, Str purpose, Str text)
{
    unsigned char sum[DIGEST];
    crypto_generichash_state st;
    if (text.n == 0) return (Str){ 0 };
    (void)crypto_generichash_init(&st, k->digest, sizeof k->digest, sizeof sum);
    (void)crypto_generichash_update(&st, (const unsigned char *)purpose.s, purpose.n);
    (void)crypto_generichash_update(&st, (const unsigned char *)":", 1);
    (void)crypto_generichash_update(&st, (const unsigned char *)text.s, text.n);
    (void)crypto_generichash_final(&st, sum, sizeof sum);
    return hex(a, sum, sizeof sum);
}

Str sha256_hex(Arena *a, Str bytes)
{
    unsigned char sum[crypto_hash_sha256_BYTES];
    const unsigned char *at = (const unsigned char *)(bytes.s ? bytes.s : "");
    if (bytes.n < LONG_TEXT) (void)crypto_hash_sha256(sum, at, bytes.n);
    else BUG_IF(EVP_Digest(at, bytes.n, sum, NULL, EVP_sha256(), NULL) != 1);
    return hex(a, sum, sizeof sum);
}

Str sm3_hex(Arena *a, Str bytes)
{
    unsigned char sum[EVP_MAX_MD_SIZE];
    unsigned n = 0;
    BUG_IF(EVP_Digest(bytes.s ? bytes.s : "", bytes.n, sum, &n, EVP_sm3(), NULL) != 1);
    return hex(a, sum, n);
}

bool file_sha256(const char *path, char hex_digits[static 65])
{
    unsigned char sum[crypto_hash_sha256_BYTES], buf[4096];
    crypto_hash_sha256_state state;
    size_t n;
    FILE *f = fopen(path, "rbe");
    (void)crypto_hash_sha256_init(&state);
    while (f && (n = fread(buf, 1, sizeof buf, f)) > 0) (void)crypto_hash_sha256_update(&state, buf, n);
    bool good = f && !ferror(f);
    if (f) (void)fclose(f);
    (void)crypto_hash_sha256_final(&state, sum);
    (void)sodium_bin2hex(hex_digits, 65, sum, sizeof sum);
    return good;
}

/* ---- passwords ---------------------------------------------------------------------- */

Str password_hash(Arena *a, Str password)
{
    char *p = NEW(a, char, crypto_pwhash_STRBYTES);
    BUG_IF(crypto_pwhash_str(p, password.s, password.n, crypto_pwhash_OPSLIMIT_INTERACTIVE,
                             crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0);
    return str_of(p);
}

bool password_good(Str hash, Str password)
{
    char text[crypto_pwhash_STRBYTES] = { 0 };
    if (hash.n == 0 || hash.n >= sizeof text) return false;
    memcpy(text, hash.s, hash.n);
    return crypto_pwhash_str_verify(text, password.s ? password.s : "", password.n) == 0;
}

/* ---- random words -------------------------------------------------------------------- */

Str token_new(Arena *a)
{
    unsigned char bytes[32];
    randombytes_buf(bytes, sizeof bytes);
    return base64(a, bytes, sizeof bytes, (Str){ 0 });
}

static Str random_of(Arena *a, size_t n, Str alphabet)
{
    char *p = NEW(a, char, n);
    for (size_t i = 0; i < n; i++) p[i] = alphabet.s[randombytes_uniform((uint32_t)alphabet.n)];
    return (Str){ p, n };
}

Str code_new(Arena *a, size_t n)
{
    return random_of(a, n, S("23456789ABCDEFGHJKLMNPQRSTUVWXYZ"));
}

Str digits_new(Arena *a, size_t n)
{
    return random_of(a, n, S("0123456789"));
}

/* ---- one-time codes ------------------------------------------------------------------- */

static const char base32[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

Str totp_secret(Arena *a)
{
    return random_of(a, TOTP_BYTES * 8 / 5, S("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"));
}

static bool base32_read(Str text, unsigned char *to, size_t cap, size_t *n)
{
    uint32_t bits = 0;
    int have = 0;
    *n = 0;
    for (size_t i = 0; i < text.n; i++) {
        const char *at = text.s[i] ? strchr(base32, text.s[i]) : NULL;
        if (!at) return false;
        bits = (bits << 5 | (uint32_t)(at - base32)) & 0xFFF;
        have += 5;
        if (have < 8) continue;
        have -= 8;
        if (*n == cap) return false;
        to[(*n)++] = (unsigned char)(bits >> have & 0xFF);
    }
    return true;
}

/* RFC 4226: the six digits of one counter. */
static uint32_t hotp(const unsigned char *key, size_t n, uint64_t counter)
{
    unsigned char text[8], sum[EVP_MAX_MD_SIZE];
    unsigned len = 0;
    for (size_t i = 0; i < 8; i++) text[i] = (unsigned char)(counter >> (56 - 8 * i) & 0xFF);
    BUG_IF(!HMAC(EVP_sha1(), key, (int)n, text, sizeof text, sum, &len) || len != 20);
    size_t at = sum[19] & 0x0F;
    uint32_t v = (uint32_t)(sum[at] & 0x7F) << 24 | (uint32_t)sum[at + 1] << 16
               | (uint32_t)sum[at + 2] << 8 | sum[at + 3];
    return v % 1000000;
}

bool totp_good(Str secret, Str code, Time at, int64_t *step)
{
    unsigned char key[64];
    size_t n = 0;
    int64_t wanted = 0;
    if (code.n != 6 || !str_is_digits(code) || !str_int(code, &wanted)) return false;
    if (secret.n == 0 || !base32_read(secret, key, sizeof key, &n)) return false;
    for (int64_t k = -1; k <= 1; k++) {
        *step = at.s / TOTP_STEP_S + k;
        if (*step >= 0 && hotp(key, n, (uint64_t)*step) == (uint32_t)wanted) return true;
    }
    return false;
}
