/*
** A volume bound from its parts: documents (paper/doc.h), PDFs and pictures,
** one after another in one PDF, with the page number at the upper right corner
** of every page that counts, and bookmarks.  The same parts always make the
** same bytes.
**
** pango and cairo are global to a process and the parts are what strangers
** gave in, so a volume is bound in a process of its own (bind_run), with limits
** of time and memory; programs with one thread call bind_make.
*/
#ifndef BIND_H
#define BIND_H

#include "paper/pdf.h"

typedef enum BindKind { BIND_DOC, BIND_PDF, BIND_PICTURE } BindKind;

typedef struct BindPart {
    BindKind kind;
    int64_t  level;   /* of its bookmark: 0, or 1 below the last 0; -1: none */
    bool     counted; /* its pages have numbers: not those of cover and index */
    Str      label;   /* of the bookmark */
    Str      source;  /* a document's text, or a path */
    Str      why;     /* what stands in its place if it cannot be read: a document's text */
    /* Set by the binder: */
    int64_t  first, pages; /* its first page's number; 0: not counted */
    bool     missing;
} BindPart;

/* In documents, "{p3}" is the number of the first page of part 3, "{pages}" the
** last number. */
typedef struct Bind {
    Str       title;
    BindPart *part;
    size_t    n;
    int64_t   pages;   /* of the whole, set by the binder */
    int64_t   missing; /* parts that could not be read */
    const char *why;   /* after a failure */
    void    (*progress)(size_t done, size_t all); /* NULL: nobody asks */
} Bind;

/* Writes the volume to `path`.  Memory is the process's: a block of its own. */
bool bind_make(Bind *b, const char *path);

/* The plan as text for another process, and back.  False: it is none. */
void bind_write(Out *o, const Bind *b);
bool bind_read(Arena *mem, Str text, Bind *b);

/* Binds *b into `path`, in a process of its own if there is a program for it; its
** pages and what is missing are then known.  False after an error, a death, or more
** than the time allowed. */
typedef struct BindWay {
    const char *program;     /* this one; NULL: here */
    const char *plan, *path; /* `plan`: a file for as long as it takes */
    const Fonts *fonts;
    int64_t wait_ms;
    void  (*progress)(void *to, int64_t done, int64_t all); /* NULL: nobody asks */
    void   *to;
} BindWay;
bool bind_run(Bind *b, const BindWay *way);
/* What that process does; returns its exit code. */
int  bind_serve(const char *plan, const char *path, const Fonts *fonts);

/* A picture as a page of A4: JPEG as it is, turned as its camera says; PNG. */
bool picture_page(Arena *mem, const char *path, Str *pdf);

#endif
