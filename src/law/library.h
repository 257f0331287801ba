/*
** The law library: the texts themselves, article by article, in versions with
** days, and what must be known about a passage (repealed, retyped).
** data/laws/laws.csv, articles.csv, notices.csv and words.csv.  Read once, then never
** written; a law's id and an article's number are a link that stays.
*/
#ifndef LIBRARY_H
#define LIBRARY_H

#include "law/sheet.h"

typedef struct LawHead {
    Str     id, title, level, doc_no, source, aliases; /* aliases: "劳动合同法;Labour Contract Law" */
    Date    version;  /* when this text was made */
    Date    from, to; /* in force; to {0}: still */
    int64_t articles; /* as the source counts them */
} LawHead;

typedef struct LawArticle {
    Str     law, no, label, chapter, text;
    int64_t number;   /* of `no`: 27 of "27-1" */
    Date    from, to; /* {0}: as its law */
} LawArticle;

typedef struct LawNotice {
    Str  law, no;     /* no "": of the whole law */
    Str  kind;        /* repealed, text */
    Str  passage;     /* of the article, word for word; "": all of it */
    Str  zh, en, basis;
    Date from, to;
} LawNotice;

/* What people say, and what the texts say instead: 代通知金 is 额外支付…一个月工资 there. */
typedef struct LawWord {
    Str word, means; /* of several texts one is enough, ";" between */
} LawWord;

typedef struct Library {
    LawHead    *law;     /* as in the file */
    LawArticle *article; /* by law, number, first day */
    LawNotice  *notice;
    LawWord    *word;
    size_t      laws, articles, notices, words;
} Library;

typedef struct LawSpan {
    const LawArticle *row;
    size_t            n;
} LawSpan;

/* NULL, or a sentence in the arena that names file, line and fault. */
const char *library_laws(Library *l, Arena *mem, const char *file, Str text);
const char *library_articles(Library *l, Arena *mem, const char *file, Str text);
const char *library_notices(Library *l, Arena *mem, const char *file, Str text);
const char *library_words(Library *l, Arena *mem, const char *file, Str text);

/* The text in force on the day, else the last one; NULL if there is no such law. */
const LawHead *library_law(const Library *l, Str id, Date on);
LawSpan library_text(const Library *l, Str id); /* all versions of all its articles */
const LawArticle *library_article(const Library *l, Str id, Str no, Date on); /* NULL: none in force */

#endif
