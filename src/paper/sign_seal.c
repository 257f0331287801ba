/*
** A seal platform (电子印章平台) as the signer: it has the key, we send the digest
** of what is to be signed and get a detached CMS.  Its answer is believed only
** if the signature is good over our bytes and by the one certificate that was
** named at start.  How it is asked: docs/operate.md.
*/
#include "core/http_ask.h"
#include "paper/sign_in.h"

#include <jansson.h>
#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { WAIT_MS = 8000, ANSWER_MAX = 64 * 1024, BODY_MAX_BYTES = 4096, DIGEST = 32, HEX = 2 * DIGEST,
       CMS_MOST = 32 * 1024 };

/* ---- opening --------------------------------------------------------------------------- */

static bool seal_open(Signer *s, const SignerPlace *place, const char **why)
{
    Url url;
    const char *blank = strchr(place->secret, ' ');
    *why = "is no http:// or https:// address";
    if (!url_parse(str_of(place->where), &url) || strlen(place->where) >= sizeof s->url) return false;
    *why = "its password file says \"APP SECRET\"";
    if (!blank || blank == place->secret || blank[1] == 0) return false;
    if ((size_t)(blank - place->secret) >= sizeof s->app) return false;
    (void)snprintf(s->url, sizeof s->url, "%s", place->where);
    (void)snprintf(s->app, sizeof s->app, "%.*s", (int)(blank - place->secret), place->secret);
    (void)snprintf(s->secret, sizeof s->secret, "%s", blank + 1);
    *why = "the file of its roots: its name is too long";
    if (place->roots && strlen(place->roots) >= sizeof s->roots) return false;
    if (place->roots) (void)snprintf(s->roots, sizeof s->roots, "%s", place->roots);
    *why = "needs the seal's certificate: --signer-certificate FILE";
    BIO *file = place->certificate ? BIO_new_file(place->certificate, "r") : NULL;
    s->cert = file ? PEM_read_bio_X509(file, NULL, NULL, NULL) : NULL;
    BIO_free(file);
    ERR_clear_error();
    if (!s->cert) return false;
    signer_describe(s);
    *why = "the seal's certificate is not valid now";
    return signer_is_current(s);
}

static void seal_close(Signer *s)
{
    X509_free(s->cert);
}

/* ---- asking ---------------------------------------------------------------------------- */

static void put_member(Out *o, const char *name, Str value)
{
    out_str(o, o->len > 1 ? S(",\"") : S("\""));
    out_str(o, str_of(name));
    out_str(o, S("\":"));
    out_json(o, value);
}

static Str body_of(Arena *mem, Str content, const SignNote *note)
{
    unsigned char digest[DIGEST];
    char hex[HEX];
    Out h = { .buf = hex, .cap = HEX }, o = { .buf = NEW(mem, char, BODY_MAX_BYTES), .cap = BODY_MAX_BYTES };
    (void)EVP_Digest(content.s, content.n, digest, NULL, EVP_sha256(), NULL);
    put_hex(&h, digest, DIGEST);
    out_str(&o, S("{"));
    put_member(&o, "id", note->id.n ? note->id : out_view(&h));
    put_member(&o, "sha256", out_view(&h));
    put_member(&o, "form", S("CAdES-detached"));
    put_member(&o, "reason", note->reason);
    put_member(&o, "place", note->place);
    out_str(&o, S("}"));
    return o.full ? (Str){ 0 } : out_view(&o);
}

/* ---- what it answers ------------------------------------------------------------------- */

static Str member(Arena *mem, const json_t *answer, const char *name)
{
    const char *text = json_string_value(json_object_get(answer, name));
    return text ? str_copy(mem, str_of(text)) : (Str){ 0 };
}

static Str from_base64(Arena *mem, Str text)
{
    unsigned char *der = NEW(mem, unsigned char, text.n + 4);
    if (text.n == 0 || text.n > CMS_MOST || text.n % 4) return (Str){ 0 };
    int n = EVP_DecodeBlock(der, (const unsigned char *)text.s, (int)text.n);
    for (size_t i = text.n; n > 0 && i > 0 && text.s[i - 1] == '='; i--) n--;
    return n > 0 ? (Str){ (const char *)der, (size_t)n } : (Str){ 0 };
}

/* By that certificate and no other, over these bytes. */
static bool holds(const Signer *s, Str content, Str der)
{
    const unsigned char *at = (const unsigned char *)der.s;
    CMS_ContentInfo *cms = d2i_CMS_ContentInfo(NULL, &at, (long)der.n);
    BIO *bytes = BIO_new_mem_buf(content.s, (int)content.n), *none = BIO_new(BIO_s_null());
    STACK_OF(X509) *only = sk_X509_new_null();
    bool good = cms && bytes && only && sk_X509_push(only, s->cert) > 0;
    const unsigned flags = CMS_BINARY | CMS_NOINTERN | CMS_NO_SIGNER_CERT_VERIFY;
    good = good && CMS_is_detached(cms) == 1 && CMS_verify(cms, only, NULL, bytes, none, flags) == 1;
    sk_X509_free(only);
    BIO_free(bytes);
    BIO_free(none);
    CMS_ContentInfo_free(cms);
    ERR_clear_error();
    return good;
}

/* Not decided, too busy, or itself in trouble. */
static bool is_later(int status)
{
    return status == 202 || http_is_later(status);
}

static void judge(const Signer *s, Arena *mem, Str content, const HttpSaid *said, Signature *out)
{
    json_t *answer = json_loadb(said->body.s ? said->body.s : "", said->body.n, JSON_REJECT_DUPLICATES, NULL);
    Str why = member(mem, answer, "why");
    if (said->status == 200) {
        out->der = from_base64(mem, member(mem, answer, "cms"));
        bool good = out->der.n && holds(s, content, out->der);
        out->fate = good ? SIGN_DONE : SIGN_REFUSED;
        out->why = out->der.n ? S("the platform's signature does not fit the paper")
                              : S("the platform gave no signature");
    } else if (is_later(said->status)) {
        out->fate = SIGN_LATER;
        out->why = said->status == 202 ? S("the platform has not decided yet") : S("the platform is busy");
        if (why.n) out->why = why;
    } else {
        out->fate = SIGN_REFUSED;
        out->why = why.n ? why : S("the platform refused without a reason");
    }
    json_decref(answer);
}

/* Both ranges one after another. */
static Str content_of(const Block *block, const Ranges *what)
{
    Arena mem = block_arena(block);
    size_t room = (size_t)(what->length[0] + what->length[1]), n = 0;
    char *bytes = arena_room(&mem, room);
    for (size_t i = 0; i < COUNT(what->from); i++) {
        int64_t at = what->from[i], left = what->length[i];
        while (left > 0) {
            ssize_t got = pread(what->fd, bytes + n, (size_t)left, at);
            if (got <= 0) return (Str){ 0 };
            at += got;
            left -= got;
            n += (size_t)got;
        }
    }
    return (Str){ bytes, n };
}

static void seal_sign(const Signer *s, Arena *mem, const Ranges *what, const SignNote *note, Signature *out)
{
    HttpSaid said;
    Block block = block_open((size_t)(what->length[0] + what->length[1]) + 64);
    Str content = content_of(&block, what), body = body_of(mem, content, note);
    const HttpKey key = { str_of(s->url), str_of(s->app), str_of(s->secret) };
    const HttpAsk ask = { .url = key.url, .method = S("POST"), .body = body,
                          .type = S("application/json"), .header = http_sign(mem, &key, body),
                          .roots = s->roots[0] ? s->roots : NULL,
                          .wait_ms = WAIT_MS, .most = ANSWER_MAX };
    *out = (Signature){ .fate = SIGN_REFUSED, .why = S("cannot be read") };
    if (content.n == 0 || body.n == 0) {
        block_close(&block);
        return;
    }
    bool answered = http_ask(mem, &ask, &said);
    if (answered) judge(s, mem, content, &said, out);
    else *out = (Signature){ .fate = SIGN_LATER, .why = str_of(said.why) };
    block_close(&block);
}

const SignerKind signer_seal = {
    "seal:", "电子印章平台", "a seal platform", true, seal_open, seal_sign, seal_close,
};
