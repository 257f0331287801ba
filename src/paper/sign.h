/*
** Electronic signatures over files (电子签名法 13, 14 (2019)): who can sign, as
** a table of kinds, and a PDF signed by one of them.  A signature is a detached
** CMS (CAdES) over all bytes of the file but the place where it lies itself, so
** a changed byte is found by any reader.
**
** The signer is opened once, at start; its password comes from a file and is
** forgotten at once.  Neither is ever in the database.
*/
#ifndef SIGN_H
#define SIGN_H

#include "base/base.h"

/* The bytes signed: two ranges of an open file. */
typedef struct Ranges {
    int     fd;
    int64_t from[2], length[2];
} Ranges;

typedef struct Signer Signer;

typedef struct SignerKind {
    const char *word;   /* what its address begins with: "pkcs12:" */
    const char *zh, *en;
    /* False, with *why, if it cannot be used.  `secret` is a file's first line. */
    bool (*open)(Signer *s, const char *where, Str secret, const char **why);
    /* DER of the CMS in `mem`; {NULL,0}: it did not sign. */
    Str  (*sign)(const Signer *s, Arena *mem, const Ranges *what);
    void (*close)(Signer *s);
} SignerKind;

struct Signer {
    const SignerKind *kind;     /* NULL: nobody signs */
    void       *key, *cert, *chain; /* the library's */
    char        name[128];      /* of the certificate's subject */
    char        number[64];     /* its serial number, hex */
    char        until[32];      /* the end of its validity, as yyyy-mm-dd */
};

/* `address`: a kind's word and where it is, "pkcs12:/etc/tiaojie/seal.p12".
** `secret`: the file with its password; NULL: it has none. */
bool signer_open(Signer *s, const char *address, const char *secret, const char **why);
void signer_close(Signer *s);

/* What the signature says of itself. */
typedef struct SignNote {
    Str  reason, place;
    Time at;
} SignNote;

/* Appends a signature to the PDF at `path` as an incremental update: what was
** there stays as it was, byte for byte.  The file must be one of ours, with a
** classic cross-reference table.  False, with *why: the file is then no longer
** good for anything. */
bool pdf_sign(Arena *mem, const Signer *s, const char *path, const SignNote *note, const char **why);

#endif
