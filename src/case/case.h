/*
** The case itself: what every step shares, and the one door through which a
** case changes state.  Steps (1-intake … 7-archive) keep what is theirs in
** their own tables and come here to fire an event.
*/
#ifndef CASE_H
#define CASE_H

#include "core/house.h"
#include "core/tx.h"
#include "law/flow.h"
#include "law/law.h"

typedef struct Case {
    Id      id;
    Str     no;          /* 柳江劳人调字〔2026〕第0123号; "" until registered */
    Id      org;         /* who has it now, and where in the tree that is */
    Str     org_path;
    Id      owner;       /* the centre that registered it */
    Str     owner_path;
    Str     state;       /* state_word() of its State */
    Str     before;      /* the state it had when it was closed: for reopening */
    Str     channel, source, mode, appl_type;
    Str     applicant, respondent; /* names, for lists */
    Id      employer_id; /* 0 if the employer is not in the register */
    Str     cause;       /* the main one */
    Str     causes;      /* all, main first, words */
    Str     region;      /* where the contract is performed */
    Str     industry;
    int64_t workers;     /* how many it is about */
    Money   amount;      /* claimed */
    Str     flags;       /* words of law/threshold.h */
    int64_t level;       /* 4 (IV) … 1 (I); 0: none */
    Str     profile;     /* A … I: which C-MED runs */
    Time    filed_at;    /* as it came in */
    Date    filed;       /* the filing date: periods count from it */
    Date    accepted, effective, ended, closed, archived;
    Date    due;         /* last day of C-MED */
    Str     ending;      /* F01 … of a failed case; NR… of a rejected one */
    Id      mediator_id; /* user of the lead mediator */
    bool    synthetic;   /* made up, for the demo */
    int64_t version;
    /* Not stored: what the handler tells case_fire(). */
    bool    fresh;       /* not in the database yet; */
    Event   then;        /* the event that follows at once: it is stored as it is after both */
    const struct Intake *told; /* the application in hand, with its rows; NULL: to be read (intake_of()) */
    Date    start, answer_by; /* of this event's clocks, {0}: as defined; C-ACC's end, if begun now */
    const struct Case *was; /* as the database has it; NULL: not at all */
} Case;

extern const Form  case_form, case_entry_form, approval_form;
extern const Codes case_channels;
extern const Slice case_slice, case_clock_slice, case_task_slice;

/* The case, if c's person may see it; else NOT_FOUND, which tells nothing.
** Reads inside the caller's transaction if there is one. */
bool case_get(Ctx *c, Id id, Case *k);

void case_new(Ctx *c, Case *k); /* not stored before the first case_fire() */
/* Brings about an event; `note` says why, for the record.  Fails with
** WRONG_STATE, FORBIDDEN, BLOCKED (no approval) or what a BEFORE hook says. */
void case_fire(Ctx *c, Case *k, Event e, Str note);
/* Stores changed members without an event: what happened beside the procedure. */
void case_save(Ctx *c, Case *k);
/* A line in the record that changes nothing: a call made, a paper served. */
void case_note(Ctx *c, const Case *k, Str what, Str note);
Rows case_entries(Ctx *c, Id case_id), case_approvals(Ctx *c, Id case_id); /* the record, in order */
bool case_happened(Ctx *c, Id case_id, Event e);

void case_event(Ctx *c); /* handler for an event that needs no more than a note */
typedef struct CaseNote { Str note; } CaseNote;
extern const Form case_note_form;

/* Who works on a case besides those who see it by their office. */
void case_member(Ctx *c, const Case *k, Id user, Str part); /* lead, mediator, lawyer */
void case_member_end(Ctx *c, const Case *k, Id user);
bool case_is_member(Ctx *c, Id case_id, Id user);
bool flag_set(const Case *k, const char *flag); void flag_add(Ctx *c, Case *k, Str flag);

#endif
