/*
** Hashes, ciphers, passwords and tokens: libsodium and OpenSSL behind the few
** verbs this program needs.  Keys live in one file of the data folder; who
** loses it loses the sealed columns, so it belongs into every backup.
*/
#ifndef CRYPTO_H
#define CRYPTO_H

#include "base/base.h"

typedef struct Keys Keys;

/* Opens the key file, or makes one (mode 0600) if there is none.  NULL, said
** why on stderr, if it cannot be read or is not one. */
Keys *keys_open(const char *path);
void  keys_close(Keys *k);

/* Text sealed for a column: XChaCha20-Poly1305 with a nonce of its own, as
** base64 with a version mark.  "" stays "".  text_open() is false if it was
** changed or sealed with another key. */
Str  text_seal(Arena *a, const Keys *k, Str text);
bool text_open(Arena *a, const Keys *k, Str sealed, Str *text);

/* A keyed digest by which a sealed value is found again: 32 hex characters.
** `purpose` keeps digests of different columns apart. */
Str  text_digest(Arena *a, const Keys *k, Str purpose, Str text);

Str  sha256_hex(Arena *a, Str bytes); /* 64 characters */
Str  sm3_hex(Arena *a, Str bytes);    /* GB/T 32905: 64 characters */
bool file_sha256(const char *path, char hex_digits[static 65]); /* false if it cannot be read */

/* argon2id.  The hash holds its own salt and cost. */
Str  password_hash(Arena *a, Str password);
bool password_good(Str hash, Str password);

/* 256 random bits as base64url; and n random characters without 0 O 1 I l. */
Str  token_new(Arena *a);
Str  code_new(Arena *a, size_t n);
Str  digits_new(Arena *a, size_t n);

/* RFC 6238 (SHA-1, 6 digits, 30 s): the secret in base32; a code is good for
** its step and one on either side.  *step is the step it belongs to, so that
** the caller can refuse a second use. */
Str  totp_secret(Arena *a);
bool totp_good(Str secret, Str code, Time at, int64_t *step);

#endif
