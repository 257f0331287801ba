/*
** The lines of a month: numbers that add up over organisations.  1 to 79 are
** those of data/report_m1.csv; what the checks and the statistics need besides
** follows.  A number is stored: append, never renumber.
**
** As text, where they are stored: "2:40 3:38", by number, without those that
** are 0.
*/
#ifndef MONTH_LINES_H
#define MONTH_LINES_H

#include "base/base.h"

/* Constant, number, key.  Those of the report have its keys (a test says so). */
#define LINES(X)                                                                              \
    X(CARRIED_IN, 1, "carried_in") X(REGISTERED, 2, "registered") X(ACCEPTED, 3, "accepted")   \
    X(REFUSED, 4, "refused") X(REFERRED, 5, "referred") X(WORKERS, 6, "workers")               \
    X(COLLECTIVE, 7, "collective") X(COLLECTIVE_PEOPLE, 8, "collective_people")                \
    X(MAJOR, 9, "major") X(MAJOR_PEOPLE, 10, "major_people") X(CAUSE_PAY, 11, "cause_pay")     \
    X(INDUSTRY_C, 23, "industry_c") X(GROUP_RURAL, 29, "group_rural")                          \
    X(GROUP_DISPATCH, 30, "group_dispatch") X(GROUP_NEW_FORMS, 31, "group_new_forms")          \
    X(GROUP_FEMALE, 32, "group_female") X(GROUP_OVERAGE, 33, "group_overage")                  \
    X(SOURCE_SELF, 34, "source_self") X(CLOSED, 44, "closed") X(AGREED, 45, "agreed")          \
    X(SETTLED, 46, "settled") X(AT_ONCE, 47, "at_once") X(FAILED, 48, "failed")                \
    X(WITHDRAWN, 49, "withdrawn") X(CLAIM_FEN, 50, "claim_fen") X(AGREED_FEN, 51, "agreed_fen") \
    X(MEAN_DAYS, 52, "mean_days") X(ON_TIME, 53, "on_time") X(OVERDUE, 54, "overdue")          \
    X(REVIEW_APPLIED, 55, "review_applied") X(REVIEW_PASSED, 56, "review_passed")              \
    X(CONFIRM_APPLIED, 57, "confirmation_applied") X(CONFIRM_PASSED, 58, "confirmation_passed") \
    X(PAYMENT_ORDERS, 59, "payment_orders") X(DUE, 60, "due") X(DUE_FEN, 61, "due_fen")        \
    X(PERFORMED, 62, "performed") X(PERFORMED_FEN, 63, "performed_fen")                        \
    X(VISITS_DUE, 64, "visits_due") X(VISITS_MADE, 65, "visits_made")                          \
    X(SATISFACTION, 66, "satisfaction") X(CARRIED_OUT, 67, "carried_out")                      \
    X(RISKS_NEW, 68, "risks_new") X(RISKS_RESOLVED, 69, "risks_resolved")                      \
    X(RISKS_ESCALATED, 70, "risks_escalated") X(LETTERS_SENT, 71, "letters_sent")              \
    X(LETTERS_ANSWERED, 72, "letters_answered") X(PUBLICITY_EVENTS, 73, "publicity_events")    \
    X(PUBLICITY_PEOPLE, 74, "publicity_people") X(PUBLICITY_COPIES, 75, "publicity_copies")    \
    X(MEDIATORS_FULL, 76, "mediators_full") X(MEDIATORS_PART, 77, "mediators_part")            \
    X(TRAINED, 78, "trained") X(ANALYSIS, 79, "analysis")                                      \
    /* not of the report */                                                                    \
    X(MARKS, 101, "marks") X(MOVED_IN, 102, "moved_in") X(MOVED_OUT, 103, "moved_out")         \
    X(UNDECIDED_MOVED_IN, 104, "undecided_moved_in")                                           \
    X(UNDECIDED_MOVED_OUT, 105, "undecided_moved_out")                                         \
    X(WITHDRAWN_BEFORE, 106, "withdrawn_before") X(LATE_BEGAN, 107, "late_began")              \
    X(LATE_ENDED, 108, "late_ended") X(UNDECIDED_IN, 109, "undecided_in")                      \
    X(UNDECIDED_OUT, 110, "undecided_out") X(ELIGIBLE, 111, "eligible")                        \
    X(APPLIED, 112, "applied") X(PASSED, 113, "passed") X(REVIEW_DECIDED, 114, "review_decided") \
    X(CONFIRM_DECIDED, 115, "confirmation_decided") X(LATE_OPEN, 116, "late_open")             \
    X(LATE_CLOSED, 117, "late_closed") X(RETURNED, 118, "returned")                           \
    X(ARBITRATION, 119, "arbitration") X(SUITS, 120, "suits")                                 \
    X(RISKS_OPENED, 121, "risks_opened")                                                      \
    X(DAYS_SUM, 122, "days_sum") X(MARKS_SUM, 123, "marks_sum") /* what the means come from */     \
    X(CLOCK_MET, 130, "clock_met") X(CLOCK_MISSED, 150, "clock_missed")                        \
    X(CAUSE_BY_OUTCOME, 170, "cause_by_outcome") X(INDUSTRY_BY_CAUSE, 230, "industry_by_cause") \
    X(SOURCE_BY_SOLVED, 302, "source_by_solved") X(SOURCE_BY_CLOSED, 312, "source_by_closed") \
    X(KEYWORD, 330, "keyword")

#define AS_LINE(n, no, key) LINE_##n = (no),
typedef enum Line { LINE_NONE, LINES(AS_LINE) LINE__COUNT = 360 } Line;
#undef AS_LINE

/* Where a line begins a run, its length: causes I1 to I12, industries J1 to J6,
** sources L1 to L10, the five outcomes N to R, the periods of clock_lines. */
enum { CAUSE_LINES = 12, INDUSTRY_LINES = 6, GROUP_LINES = 5, SOURCE_LINES = 10, OUTCOME_LINES = 5,
       CLOCK_LINES = 14, KEYWORD_LINES = 30 /* rows of data/keywords.csv, by their number */ };

extern const char *const cause_lines[CAUSE_LINES];       /* the causes' `ledger` word */
extern const char *const industry_lines[INDUSTRY_LINES]; /* section; the last: any other */
extern const char *const source_lines[SOURCE_LINES];     /* a case's source */
extern const char *const clock_lines[CLOCK_LINES];       /* a clock's code without its profile */

typedef struct Lines {
    int64_t n[LINE__COUNT];
} Lines;

void lines_add(Lines *to, const Lines *from, int64_t times);
void lines_read(Lines *to, Str text);          /* adds; what is no line is left out */
void lines_write(Out *o, const Lines *lines);  /* at most LINES_TEXT bytes */
enum { LINES_TEXT = LINE__COUNT * 24 };

Line line_of(Str key); /* LINE_NONE if unknown: runs by their first line's key only */
const char *line_key(Line l); /* "" */

#endif
