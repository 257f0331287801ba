#include "paper/sign_in.h"

#include "core/secret.h"

#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/pkcs12.h>
#include <openssl/x509.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { SECRET_MAX = 256, CHUNK = 64 * 1024 };

/* ---- a key and its certificate in a PKCS#12 file --------------------------------------- */

void signer_describe(Signer *s)
{
    X509 *cert = s->cert;
    X509_NAME *subject = X509_get_subject_name(cert);
    int at = X509_NAME_get_index_by_NID(subject, NID_commonName, -1);
    unsigned char *text = NULL;
    struct tm end;
    if (at >= 0) {
        int n = ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, at)));
        if (n > 0) (void)snprintf(s->name, sizeof s->name, "%.*s", n, (const char *)text);
        OPENSSL_free(text);
    }
    BIGNUM *number = ASN1_INTEGER_to_BN(X509_get0_serialNumber(cert), NULL);
    char *hex = number ? BN_bn2hex(number) : NULL;
    if (hex) (void)snprintf(s->number, sizeof s->number, "%s", hex);
    OPENSSL_free(hex);
    BN_free(number);
    if (ASN1_TIME_to_tm(X509_get0_notAfter(cert), &end)) {
        (void)snprintf(s->until, sizeof s->until, "%04d-%02d-%02d", end.tm_year + 1900, end.tm_mon + 1,
                       end.tm_mday);
    }
}

bool signer_is_current(const Signer *s)
{
    const X509 *cert = s->cert;
    return X509_cmp_current_time(X509_get0_notBefore(cert)) < 0
        && X509_cmp_current_time(X509_get0_notAfter(cert)) > 0;
}

static bool pkcs12_open(Signer *s, const SignerPlace *place, const char **why)
{
    EVP_PKEY *key = NULL;
    X509 *cert = NULL;
    STACK_OF(X509) *chain = NULL;
    BIO *file = BIO_new_file(place->where, "rb");
    PKCS12 *store = file ? d2i_PKCS12_bio(file, NULL) : NULL;
    bool good = store && PKCS12_parse(store, place->secret, &key, &cert, &chain) == 1 && key && cert;
    if (!good) *why = store ? "wrong password, or no key and certificate" : "no PKCS#12 file";
    PKCS12_free(store);
    BIO_free(file);
    s->key = key;
    s->cert = cert;
    s->chain = chain;
    if (good) signer_describe(s);
    if (good && !signer_is_current(s)) *why = "its certificate is not valid now";
    ERR_clear_error();
    return good && signer_is_current(s);
}

static bool feed(BIO *to, const Ranges *what)
{
    char chunk[CHUNK];
    for (size_t i = 0; i < COUNT(what->from); i++) {
        int64_t at = what->from[i], left = what->length[i];
        while (left > 0) {
            ssize_t n = pread(what->fd, chunk, left < CHUNK ? (size_t)left : CHUNK, at);
            if (n <= 0 || BIO_write(to, chunk, (int)n) != (int)n) return false;
            at += n;
            left -= n;
        }
    }
    return true;
}

static Str der_of(CMS_ContentInfo *cms, Arena *mem)
{
    unsigned char *der = NULL;
    int n = i2d_CMS_ContentInfo(cms, &der);
    Str copy = n > 0 ? str_copy(mem, (Str){ (const char *)der, (size_t)n }) : (Str){ 0 };
    OPENSSL_free(der);
    return copy;
}

/* CAdES (ETSI EN 319 122): the certificate is named in what is signed. */
static void pkcs12_sign(const Signer *s, Arena *mem, const Ranges *what, const SignNote *note, Signature *out)
{
    (void)note;
    const unsigned flags = CMS_DETACHED | CMS_BINARY | CMS_PARTIAL | CMS_NOSMIMECAP | CMS_CADES;
    CMS_ContentInfo *cms = CMS_sign(NULL, NULL, s->chain, NULL, flags);
    bool good = cms && CMS_add1_signer(cms, s->cert, s->key, EVP_sha256(), flags);
    BIO *to = good ? CMS_dataInit(cms, NULL) : NULL;
    good = to && feed(to, what) && CMS_dataFinal(cms, to);
    *out = (Signature){ .fate = SIGN_REFUSED, .why = S("was not signed") };
    if (good) out->der = der_of(cms, mem);
    if (out->der.n) out->fate = SIGN_DONE;
    BIO_free_all(to);
    CMS_ContentInfo_free(cms);
    ERR_clear_error();
}

static void pkcs12_close(Signer *s)
{
    EVP_PKEY_free(s->key);
    X509_free(s->cert);
    sk_X509_pop_free((STACK_OF(X509) *)s->chain, X509_free);
}

static const SignerKind signer_file = {
    "pkcs12:", "本地证书文件", "a certificate file", false, pkcs12_open, pkcs12_sign, pkcs12_close,
};
static const SignerKind *const kinds[] = { &signer_file, &signer_seal };

/* ---- opening --------------------------------------------------------------------------- */

bool signer_open(Signer *s, const SignerWay *way, const char **why)
{
    char line[SECRET_MAX] = "";
    SignerPlace place = { .secret = line, .certificate = way->certificate, .roots = way->roots };
    bool good = false;
    *s = (Signer){ 0 };
    *why = "no such kind of signer";
    if (way->secret && !secret_line(way->secret, line, sizeof line)) {
        *why = "its password file cannot be read";
        return false;
    }
    for (size_t i = 0; i < COUNT(kinds) && !s->kind; i++) {
        if (str_starts(str_of(way->address), str_of(kinds[i]->word))) s->kind = kinds[i];
    }
    if (s->kind) {
        place.where = way->address + strlen(s->kind->word);
        good = s->kind->open(s, &place, why);
    }
    OPENSSL_cleanse(line, sizeof line);
    if (!good) signer_close(s);
    return good;
}

void signer_close(Signer *s)
{
    if (s->kind) s->kind->close(s);
    OPENSSL_cleanse(s, sizeof *s);
    *s = (Signer){ 0 };
}
