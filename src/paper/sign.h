/*
** Electronic signatures over files (电子签名法 13, 14 (2019)): who can sign, as
** a table of kinds, and a PDF signed by one of them.  A signature is a detached
** CMS (CAdES) over all bytes of the file but the place where it lies itself, so
** a changed byte is found by any reader.
**
** The signer is opened once, at start; its password comes from a file and is
** forgotten at once (a platform's is kept in memory).  Neither is ever in the database.
*/
#ifndef SIGN_H
#define SIGN_H

#include "base/base.h"

/* What the signature says of itself. */
typedef struct SignNote {
    Str  id;             /* what this signature is called: the same when it is asked for again */
    Str  reason, place;
    Time at;
} SignNote;

/* The bytes signed: two ranges of an open file. */
typedef struct Ranges {
    int     fd;
    int64_t from[2], length[2];
} Ranges;

typedef struct Signer Signer;

/* How it went: done; perhaps later (nobody there, not decided yet); refused, and asking
** again would not help. */
typedef enum SignFate { SIGN_DONE, SIGN_LATER, SIGN_REFUSED } SignFate;

typedef struct Signature {
    SignFate fate;
    Str      der;        /* of the CMS */
    Str      why;        /* of the other two */
} Signature;

typedef struct SignerPlace {
    const char *where;       /* behind the kind's word */
    const char *secret;      /* the first line of a file */
    const char *certificate; /* PEM of the one certificate that is accepted; NULL */
    const char *roots;       /* PEM of who may vouch for the other server; NULL: the system's */
} SignerPlace;

typedef struct SignerKind {
    const char *word;   /* what its address begins with: "pkcs12:" */
    const char *zh, *en;
    bool remote;        /* elsewhere: it may take long, so a paper waits for it */
    bool (*open)(Signer *s, const SignerPlace *place, const char **why); /* false, with *why */
    void (*sign)(const Signer *s, Arena *mem, const Ranges *what, const SignNote *note, Signature *out);
    void (*close)(Signer *s);
} SignerKind;

struct Signer {
    const SignerKind *kind;     /* NULL: nobody signs */
    void       *key, *cert, *chain; /* the library's */
    char        name[128];      /* of the certificate's subject */
    char        number[64];     /* its serial number, hex */
    char        until[32];      /* the end of its validity, as yyyy-mm-dd */
    char        url[512], app[64], secret[256], roots[512]; /* of a platform */
};

/* Addresses: "pkcs12:/etc/tiaojie/seal.p12", "seal:https://host/path". */
typedef struct SignerWay {
    const char *address;
    const char *secret;         /* the file with its password, "APP SECRET" of a platform; NULL */
    const char *certificate, *roots;
} SignerWay;
bool signer_open(Signer *s, const SignerWay *way, const char **why);
void signer_close(Signer *s);
bool signer_is_current(const Signer *s); /* by its certificate, now */
/* Appends a signature to the PDF at `path` as an incremental update: what was
** there stays as it was, byte for byte.  The file must be one of ours, with a
** classic cross-reference table.  If not DONE, with *why in `mem`, the file is no
** longer good for anything. */
SignFate pdf_sign(Arena *mem, const Signer *s, const char *path, const SignNote *note, Str *why);

#endif
