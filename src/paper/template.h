/*
** Templates: what a paper says, as data (data/papers/D03.txt).  A file holds one
** or more editions, each a head of "word value" lines, a line "---", and the body;
** "===" stands between two.  A line of the body is one block, its kind the sign it
** begins with; ${source.field:format!|otherwise} stands for a value, ! says that
** without it there is no paper; @if, @each, @else, @end choose and repeat lines.
** docs/guide/papers.md tells it to those who write them.
*/
#ifndef TEMPLATE_H
#define TEMPLATE_H

#include "core/ctx.h"
#include "paper/doc.h"

enum { TEMPLATE_ASKS = 16 };

/* What the person who makes the paper is asked. */
typedef struct TemplateAsk {
    Str  name, zh, en;
    bool required, date, prose;
    bool kept;        /* what the record says of it stands: no other answer */
    Str  otherwise;   /* a template text of its own: what is proposed */
} TemplateAsk;

typedef struct Template {
    Str     variant, variant_zh, variant_en; /* one of several papers of the same code */
    Str     title, style, basis, region;     /* region: "*" or the beginning of a code */
    int64_t version;
    Date    from, to;
    bool    office;     /* about no case */
    Str     about;      /* the record it may be made from: "meeting"; "": none */
    Str     about_kind; /* only such a one: "SUG_A"; "": any */
    Str     by;         /* roles that may make it besides those who make all: "mediator" */
    TemplateAsk ask[TEMPLATE_ASKS];
    size_t  asks;
    Str     body;
    int     line;       /* where the body begins in its file */
} Template;

/* Goes through the editions of a file; false at the end or when *fault is set. */
bool template_next(Str *rest, int *line, Template *t, const char **fault);
/* The edition for that place and day: the longest region wins, then the newest.
** False: there is none. */
bool template_pick(Str file, Str variant, Str region, Date day, Template *t);

/* Where values come from: the rows of named sources. */
typedef struct Facts {
    void *self;
    const Form *(*form)(void *self, Str source);        /* NULL: no such source */
    Rows (*rows)(void *self, Ctx *c, Str source);
    Str  (*ask)(void *self, Str name);                  /* what was answered; "" */
    Str  (*named)(void *self, Ctx *c, Str format, Str value); /* a format of the caller's: a code's name */
} Facts;

/* What a paper lacks: path "case.accepted", and its label. */
typedef struct Lack {
    Str path, zh, en;
} Lack;
enum { LACKS_MAX = 60 };

typedef struct Filled {
    Out    source;      /* the document's lines: see doc.h */
    Lack   lack[LACKS_MAX];
    size_t lacks;
} Filled;

/* Appends the body's lines to f->source, filled; what is missing is in f->lack. */
void template_fill(Ctx *c, const Template *t, const Facts *facts, Filled *f);
/* One text with its ${}: a proposal, or a part of a customer's DOCX. */
void template_text(Ctx *c, Str text, const Facts *facts, Out *o);

/* What is wrong with an edition: unknown sources, fields, formats, blocks.  NULL:
** nothing; else a sentence in `mem` that begins with the line. */
const char *template_check(Arena *mem, const Template *t, const Facts *facts);

#endif
