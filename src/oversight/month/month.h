/*
** Month end (月末): who reported, who returned, locked and corrected which
** report.  A stored version is never rewritten: a correction is a further one.
*/
#ifndef MONTH_H
#define MONTH_H

#include "core/right.h"
#include "oversight/month/report.h"

extern const Slice month_slice, month_list_slice, month_close_slice, month_draft_slice;
extern const Codes month_states, month_scopes;

/* Who reads reports, who makes one, who takes it. */
enum {
    MONTH_READ   = HEAD | ORG_MANAGER | HR | STATISTICIAN | CONVENER | MEMBER,
    MONTH_REPORT = HEAD | ORG_MANAGER | HR,
    MONTH_TAKE   = HEAD | HR,
};

/* How one organisation's report of one month stands. */
typedef struct MonthReport {
    Id      id, org_id;
    Str     path;
    int64_t month;
    Str     state;     /* of month_states */
    int64_t version;   /* the last handed in, of month_version; 0: none yet */
    Str     digest;    /* SHA-256 of its body */
    int64_t locked;    /* the version that was locked last; 0: none yet */
    Str     lines;     /* that one's lines, for the month after and for what changed since */
    Str     handed;    /* the last version's lines */
    Str     analysis;
    Str     reason;    /* of the last return or correction */
    Id      by_id;
    Time    at, locked_at;
    Str     body;      /* with month_version alone */
    Str     path_end, event;
    Id      entry_id;
} MonthReport;
extern const Form month_form;

/* What a question about a month names. */
typedef struct MonthAsk {
    Id   org;       /* 0: one's own */
    Str  scope;     /* own, tree */
    Str  to;        /* the last month: 2026-06; "": one month */
    Str  line, check, after, format, lang;
    bool fresh;     /* as it would be now, whatever is locked */
} MonthAsk;
extern const Form month_ask_form;

/* What the route and its query ask for: the month of c->arg[0], the
** organisation if c's person may see it.  False after failing c. */
bool month_asked(Ctx *c, MonthAsk *ask, Org *org, Report *r);
/* The report's row; an empty draft of it if there is none. */
void month_find(Ctx *c, Id org, int64_t month, MonthReport *m);
/* The lines by which this month's beginning is checked. */
void month_before(Ctx *c, const Report *r, Lines *before);
/* The report with its sums, as it would be kept now; tells whether they come out. */
Str  month_body(Ctx *c, Report *r, const MonthReport *m, bool *good);
bool month_word(Str state, const char *words); /* is it one of these? */
Str  month_text(Ctx *c, int64_t month);

/* Which organisations `o` must report for the days from :since to before :until: those that worked on one of
** them (dated, so that who was opened later is not missing and who was stopped later still is); of one
** without any history its present status counts. */
#define MONTH_WORKS(when) "SELECT w.status FROM standing w WHERE w.subject = o.id AND w.day " when
#define MONTH_MUST \
    " ((o.takes_cases = 1 OR o.six_on IS NOT NULL) AND (COALESCE((" MONTH_WORKS("< :since") \
    " ORDER BY w.day DESC, w.id DESC LIMIT 1), '') IN ('ACTIVE', 'GOLD') OR EXISTS(" MONTH_WORKS(">= :since") \
    " AND w.day < :until AND w.status IN ('ACTIVE', 'GOLD')) OR (o.takes_cases = 1 AND NOT EXISTS(" \
    MONTH_WORKS("> ''") "))))"

#endif
