/*
** From what a report's numbers come, month by month: the version that was locked,
** the page of a network that was closed, or what is counted now.  A quarter or a
** year is the sum of its months as they were locked; a correction flows in as the
** version it is, and what is not locked yet is named.
*/
#ifndef MONTH_PART_H
#define MONTH_PART_H

#include "oversight/month/report.h"

typedef struct Part {
    int64_t month;
    Date    since, until;  /* its days as they were then; `until` is the last one's morrow */
    Str     from;          /* of part_sources */
    Str     name;          /* of the organisation then; "": as now */
    Str     analysis;      /* of a single report */
    int64_t version;       /* of the report, or of the page; 0: none */
    Str     digest;        /* SHA-256 of what is kept */
    int64_t corrections;   /* locked versions, or pages, after the first; */
    Str     reason;        /* why the last one */
    bool    pending;       /* another correction waits to be locked */
    int64_t locked, open;  /* of a network: its reports as they were locked; those counted now */
    int64_t later;         /* of a page: reports below that were locked after it was closed */
    int64_t gap;           /* what was open at its beginning less what was at the end of the month before */
    Lines   lines;         /* as a report has them, with their means */
} Part;
extern const Codes part_sources;

/* 月报 of a month, 季报 and 年报 of three and twelve, 汇总 of others. */
Str report_title(const Report *r, bool english);

/* "第2版，第1次更正" / "version 2, correction 1"; "" of what is counted now. */
Str part_text(Ctx *c, const Part *p, bool english);
Str part_source(const Part *p, bool english);
bool part_open(const Part *p); /* something in it is counted now */

/* Fills r as report_read() does, as it stands: what is locked as it was locked, the rest counted now.
** r->parts says from what each month comes. */
void report_stand(Ctx *c, const Org *org, Report *r);

/* A network's month as the sum of its organisations' reports, into p. */
void month_network(Ctx *c, const Org *org, int64_t month, Part *p);

extern const Query q_part_reports, q_part_closings, q_part_later;

#endif
