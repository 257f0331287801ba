#include "core/digest.h"

#include <openssl/evp.h>
#include <stdio.h>

enum { CHUNK = 64 * 1024 };

static Str hex_of(Arena *mem, EVP_MD_CTX *x)
{
    static const char digits[] = "0123456789abcdef";
    unsigned char sum[EVP_MAX_MD_SIZE];
    unsigned n = 0;
    BUG_IF(EVP_DigestFinal_ex(x, sum, &n) != 1);
    char *text = NEW(mem, char, (size_t)2 * n + 1);
    for (size_t i = 0; i < n; i++) {
        text[2 * i] = digits[sum[i] >> 4];
        text[2 * i + 1] = digits[sum[i] & 15];
    }
    return (Str){ text, (size_t)2 * n };
}

bool digests_of(Arena *mem, const char *path, Digests *d)
{
    char chunk[CHUNK];
    FILE *f = fopen(path, "rb");
    EVP_MD_CTX *sha = EVP_MD_CTX_new(), *sm3 = EVP_MD_CTX_new();
    *d = (Digests){ 0 };
    BUG_IF(!sha || !sm3 || EVP_DigestInit_ex(sha, EVP_sha256(), NULL) != 1);
    BUG_IF(EVP_DigestInit_ex(sm3, EVP_sm3(), NULL) != 1);
    for (size_t n = 1; f && n > 0;) {
        n = fread(chunk, 1, sizeof chunk, f);
        BUG_IF(EVP_DigestUpdate(sha, chunk, n) != 1 || EVP_DigestUpdate(sm3, chunk, n) != 1);
        d->size += (int64_t)n;
    }
    bool good = f && !ferror(f);
    if (f) (void)fclose(f);
    if (good) d->sha256 = hex_of(mem, sha);
    if (good) d->sm3 = hex_of(mem, sm3);
    EVP_MD_CTX_free(sha);
    EVP_MD_CTX_free(sm3);
    return good;
}
