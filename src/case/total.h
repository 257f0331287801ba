/*
** Totals: how many cases and how much money, by office, month and measure, kept
** in the same transaction as what is counted.  An office's own rows are written
** there; the levels above are folded in within seconds by a job, so that no row
** is fought over by a whole province.
*/
#ifndef CASE_TOTAL_H
#define CASE_TOTAL_H

#include "case/case.h"

extern const Slice total_slice;

/* Constant, stored word (append, never rename), labels.  OPEN is how many are
** in hand: +1 when submitted, -1 at the end, in the month of either. */
#define MEASURES(X)                                                        \
    X(SUBMITTED,  "submitted",  "申请件数",     "submitted")               \
    X(REGISTERED, "registered", "登记件数",     "registered")              \
    X(ACCEPTED,   "accepted",   "受理件数",     "accepted")                \
    X(REJECTED,   "rejected",   "不予受理件数", "not accepted")            \
    X(REFERRED,   "referred",   "移送件数",     "referred")                \
    X(AGREED,     "agreed",     "达成协议件数", "agreements in force")     \
    X(SPOT,       "spot",       "即时履行件数", "performed on the spot")   \
    X(SETTLED,    "settled",    "自行和解件数", "settled by the parties")  \
    X(FAILED,     "failed",     "调解不成件数", "ended without agreement") \
    X(WITHDRAWN,  "withdrawn",  "撤回件数",     "withdrawn")               \
    X(PERFORMED,  "performed",  "履行完毕件数", "performed")               \
    X(CLOSED,     "closed",     "结案件数",     "closed")                  \
    X(OPEN,       "open",       "在办增减",     "change of cases in hand") \
    X(WORKERS,    "workers",    "涉及人数",     "workers concerned")       \
    X(CLAIMED,    "claimed",    "请求金额",     "claimed, in fen")         \
    X(DEALT,      "dealt",      "协议金额",     "agreed, in fen")

#define AS_MEASURE(n, word, zh, en) MEASURE_##n,
typedef enum Measure { MEASURES(AS_MEASURE) MEASURE__COUNT } Measure;
#undef AS_MEASURE

/* Adds to the office that has the case now, in this month; not 0. */
void total_add(Ctx *c, const Case *k, Measure m, int64_t n);

/* The same for any office, month and cause: what happened before this house. */
typedef struct Tallied {
    Str     path;
    Date    day; /* of the month */
    Measure measure;
    Str     cause;
    int64_t n;
} Tallied;
void total_put(Ctx *c, const Tallied *t);

/* For case_save(): a case in hand goes with its organisation, from k->was to k. */
void total_move(Ctx *c, const Case *k);

#endif
