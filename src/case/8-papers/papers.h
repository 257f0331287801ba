/*
** Making papers (制作文书): from the templates of data/papers and what the case
** says, a PDF and a DOCX that nobody changes afterwards.  Every step of the
** procedure proposes its papers (case/paper.h); who makes one is asked only what
** the case does not know.
*/
#ifndef PAPERS_H
#define PAPERS_H

#include "case/8-papers/facts.h"
#include "case/made.h"
#include "paper/press.h"

/* What is to be made. */
typedef struct PaperOrder {
    Str  code, variant;
    Id   party_id;     /* for this party alone; 0: for all it is meant for */
    Id   paper_id;     /* proof of service: of this record */
    Rows answers;      /* of AskAnswer: to the template's questions */
    Id   replaces;     /* an earlier one, which ends */
    Str  reason;
    Id   form_id;      /* an office's own DOCX instead of our template; 0: ours */
    Id   about_id;     /* the record it is made from, of the template's kind; 0: none */
} PaperOrder;

extern const Form  paper_order_form, ask_answer_form;
extern const Slice papers_slice, sealing_slice, paper_choice_slice, paper_preview_slice, print_pack_slice,
    own_form_slice;

/* What one order comes to, before anything is made. */
typedef struct PaperWork {
    PaperOrder order;
    Case       k;           /* id 0: about no case */
    const PaperRule *rule;
    Template   t;
    CaseFacts  facts;
    Facts      look;
    Filled     filled;
    Made       made;
    Str        seal;        /* path of the picture of the office's seal; "": it bears none */
    bool       sealed;      /* the office stands behind it: it is signed, too */
    bool       waits;       /* … by a platform elsewhere, which may take long */
    bool       draft;       /* only looked at: no code, no seal, and it says so */
} PaperWork;

/* Finds rule and template, number and code; false: c failed or faulted. */
bool work_open(Ctx *c, PaperWork *w);
/* May c's person make this paper of the office? */
bool work_office_may(const Ctx *c, const Template *t);
void work_look(Ctx *c, PaperWork *w); /* fills without a fault for what is missing: w->filled.lack */
/* The document's lines, in w->filled; what is missing becomes faults of c. */
void work_fill(Ctx *c, PaperWork *w);

/* In a transaction: records of who is to receive it, by the case, rule, order and made of w. */
void work_record(Ctx *c, PaperWork *w);
/* In a transaction: it is made when the seal platform has signed it (sealing.c). */
void work_wait(Ctx *c, PaperWork *w);

/* From the office's own DOCX instead: w->made gets a DOCX and no PDF; of a draft
** the bytes are the answer. */
bool own_print(Ctx *c, PaperWork *w);

#endif
