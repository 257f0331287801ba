#include "core/http_ask.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <time.h>

enum { DIGEST = 32, HEX = 2 * DIGEST };

void put_hex(Out *o, const unsigned char *bytes, size_t n)
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < n; i++) {
        const char pair[2] = { digits[bytes[i] >> 4], digits[bytes[i] & 15] };
        out_str(o, (Str){ pair, 2 });
    }
}

Str http_sign(Arena *mem, const HttpKey *key, Str body)
{
    Url url;
    struct timespec t;
    unsigned char digest[DIGEST], mac[DIGEST];
    unsigned n = DIGEST;
    size_t room = key->url.n + key->app.n + (size_t)2 * HEX + 200;
    Out text = { .buf = NEW(mem, char, room), .cap = room }, o = { .buf = NEW(mem, char, room), .cap = room };
    (void)clock_gettime(CLOCK_REALTIME, &t);
    (void)url_parse(key->url, &url);
    out_str(&text, S("POST\n"));
    out_str(&text, url.path);
    out_str(&text, S("\n"));
    out_int(&text, t.tv_sec);
    out_str(&text, S("\n"));
    (void)EVP_Digest(body.s, body.n, digest, NULL, EVP_sha256(), NULL);
    put_hex(&text, digest, DIGEST);
    (void)HMAC(EVP_sha256(), key->secret.s, (int)key->secret.n, (const unsigned char *)text.buf, text.len,
               mac, &n);
    out_str(&o, S("Authorization: TJ-HMAC-SHA256 app="));
    out_str(&o, key->app);
    out_str(&o, S(",time="));
    out_int(&o, t.tv_sec);
    out_str(&o, S(",mac="));
    put_hex(&o, mac, DIGEST);
    out_str(&o, S("\r\n"));
    return out_view(&o);
}

bool http_is_later(int status)
{
    return status == 0 || status == 408 || status == 429 || status >= 500;
}
