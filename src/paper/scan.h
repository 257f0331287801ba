/*
** Scanned piles: a PDF or a picture taken apart into its pages, each a PDF of its
** own, and what the code at the foot of each says.  The bytes are what strangers
** gave in, so it is done in a process of its own with limits of time and memory;
** programs with one thread call scan_make.  Pages are drawn by pdftoppm
** (poppler-utils, run as a program) and read by zbar, however the sheet lay.
*/
#ifndef SCAN_H
#define SCAN_H

#include "base/base.h"

typedef enum ScanKind {
    SCAN_PLAIN,  /* no code of ours */
    SCAN_CODE,
    SCAN_BLANK,  /* nothing on it */
    SCAN_BROKEN, /* cannot be drawn */
    SCAN_TWO     /* codes of different papers: nobody's guess */
} ScanKind;
enum { SCAN_CODE_LEN = 16 };

typedef struct ScanPage {
    int64_t  place;      /* in the file, from 1 */
    ScanKind kind;
    char     code[SCAN_CODE_LEN + 1]; /* of the paper; "" */
    int64_t  number;     /* which page of the paper; 0: it does not say */
} ScanPage;

typedef struct ScanWay {
    const char *program; /* this one; NULL: here */
    const char *file, *type; /* its FileType.word: pdf, jpg, png */
    const char *folder;  /* where page N becomes N.pdf */
    int64_t from, count; /* which pages: at most so many */
    int64_t wait_ms;
    void  (*page)(void *to, const ScanPage *p);
    void   *to;
} ScanWay;

/* Reads some pages; *pages: how many the file has, 0 if it is none that can be read
** (damaged, or with a password).  False if it died or took too long: the pages told
** of are good all the same. */
bool scan_run(const ScanWay *way, int64_t *pages);
bool scan_make(const ScanWay *way, int64_t *pages); /* here */
int  scan_serve(const ScanWay *way);                /* what that process does; its exit code */

/* The one page of `file` drawn as JPEG into `to`, by `program` (this one; NULL: here), within seconds. */
bool scan_picture(const char *program, const char *file, const char *to);
int  scan_serve_picture(const char *file, const char *to); /* what that process does; its exit code */

/* What a code says: "…/v/<16 hex digits>#<page>".  False: it is none of ours. */
bool scan_text(Str text, ScanPage *p);

/* Is there a program that draws pages? */
bool scan_able(void);

#endif
