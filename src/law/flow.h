/*
** The procedure as one table: who may do what in which state, where it leads,
** which periods begin and end, which papers are due.  This is the only place
** that knows what may follow what.  Pure: no clock, no SQL.
**
** Shape after 劳动争议调解仲裁法 (2008) 10-16 (application, mediation, the four
** marks of an agreement, performance, arbitration after 15 days), 企业劳动争议
** 协商调解规定 (2012) 21-31, 劳动人事争议仲裁办案规则 (2017) 69-80, 最高人民法院
** 特邀调解规定 (2016) and 在线调解规则 (2022).  A party may end mediation,
** arbitrate or sue at any time (劳动争议调解仲裁法 5): no step bars it.
*/
#ifndef FLOW_H
#define FLOW_H

#include "law/event.h"
#include "law/role.h"
#include "law/state.h"

/* Lists are words separated by blanks, "" for none.  A clock code is that of
** data/clocks.csv without its profile: C-MED is the one of the case's profile,
** C-LINK-RET runs only in a case that came from arbitration or court.  Starting
** a running clock restarts it; stopping one that does not run is nothing.  Clocks
** whose first day is no step's day are begun by whoever knows it: follow-up visits
** (C-FUP.*) count from due days, C-ENF from the last of them. */
typedef struct Step {
    int         row;     /* number of the transition in the specification: T2 is 2 */
    uint32_t    from;    /* set of states: IN(X), SPAN(X, Y) */
    Event       event;
    State       to;      /* or ST__SAME, ST__BEFORE */
    uint32_t    who;     /* set of roles that may act, or record what a party did */
    const char *starts;  /* clocks */
    const char *stops;
    const char *papers;  /* "D03 D07": due by this step (domain 5.2) */
    const char *law;     /* with the text's year; "" where the product's policy */
    const char *pauses, *resumes, *extends; /* clocks; NULL for none */
    const char *limitation; /* LIM-2: how it interrupts the limitation of arbitration; NULL: not */
    uint32_t    sides;   /* of a party, the sides that may; 0 is any */
    uint32_t    approval; /* set of roles, one of which must approve; 0 is none */
} Step;

extern const Step   flow[];
extern const size_t flow_n;

const Step *flow_find(State from, Event e); /* NULL: not allowed in this state */
bool        step_admits(const Step *s, uint32_t roles, uint32_t sides);

/* Why an event is closed to someone. */
#define WHYS(X)                                                                       \
    X(OPEN,  "open",         "可以办理",                   "open")                    \
    X(STATE, "wrong_state",  "案件当前阶段不能办理此事项", "not in this state")       \
    X(ROLE,  "not_yours",    "由其他角色办理",             "another role does this")  \
    X(SIDE,  "other_side",   "由另一方当事人办理",         "the other side does this")
#define AS_WHY(n, word, zh, en) WHY_##n,
typedef enum Why { WHYS(AS_WHY) WHY__COUNT } Why;
#undef AS_WHY
const char *why_word(Why w);
const char *why_zh(Why w);
const char *why_en(Why w);

typedef struct Choice {
    Why         why;
    const Step *step; /* NULL with WHY_STATE */
} Choice;

/* Every event of the procedure: open to these roles (on these sides) or why not. */
void flow_allowed(State s, uint32_t roles, uint32_t sides, Choice choice[static EV__COUNT]);

void flow_markdown(Out *o); /* for the lawyers: docs/flow.md */
void flow_graph(Out *o);    /* Mermaid's state diagram */
void flow_json(Out *o);     /* one array of rows, words as stored */

#endif
