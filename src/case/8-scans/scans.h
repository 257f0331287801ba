/*
** Scanned piles (扫描件归类): sheets of many cases scanned in one go, sorted by the
** code at the foot of each page.  From the upload to where each page is filed.
*/
#ifndef SCANS_H
#define SCANS_H

#include "case/evidence.h"

/* What was scanned in one go: one file or several. */
typedef struct Pile {
    Id      id;
    Id      org;
    Str     org_path, path_end;
    Str     name;
    Str     state;        /* reading sorting done */
    int64_t total, read;  /* pages of its files as far as they are known, and read so far */
    int64_t found, filed, tray, blank, dropped; /* pages by state */
    int64_t broken;       /* files that cannot be read */
    Id      by_id;
    Time    at, lease;
    int64_t attempts;
    Id      holder;       /* who has it, proved by this */
    Time    now;          /* parameters */
    int64_t node;
} Pile;

typedef struct PileFile {
    Id      id, pile_id;
    int64_t seq;
    Str     name, type;
    int64_t size;
    Str     sha256;
    int64_t pages, place; /* of the file; read so far */
    Str     state, why;   /* waiting read broken */
    int64_t was;          /* a parameter: its place before */
} PileFile;

typedef struct PilePage {
    Id      id, pile_id, file_id;
    int64_t seq;          /* in the pile, from 1 */
    int64_t place;        /* in its file */
    Str     sha256;       /* a PDF of its own; "": it could not be taken out */
    int64_t size;
    Str     code;         /* of the paper; "" */
    int64_t number;       /* which page of the paper */
    Str     state, why;   /* FOUND FILED TRAY BLANK DROPPED */
    Id      case_id, made_id, evidence_id;
    Str     case_no, applicant, respondent, label, paper_no; /* in lists: of its case and paper */
} PilePage;

extern const Form  pile_form, pile_file_form, pile_page_form;
extern const Slice scans_slice;

bool pile_get(Ctx *c, Id id, Pile *p);  /* or NOT_FOUND: not of c's subtree either */
Rows pile_pages(Ctx *c, Id pile, Str state); /* in order; "": all */
void pages_set(Ctx *c, PilePage *p);    /* state, why, where it went; not if another was quicker */

/* ---- steps, outside a transaction (scans_read.c, scans_sort.c) ---- */

void scans_look(Ctx *c);
/* One paper's pages are filed, or go to the tray; false: there are none. */
bool scans_sort_one(Ctx *c, const Pile *p);
void scans_assign(Ctx *c), scans_undo(Ctx *c), scans_drop(Ctx *c); /* handlers */
extern const Form pick_order_form, undo_order_form;

/* scans.c: the queries of the steps. */
bool scans_claim(Ctx *c, Pile *p);
bool scans_next_file(Ctx *c, Id pile, PileFile *f);
void scans_page_add(Ctx *c, PilePage *p);
void scans_file_set(Ctx *c, PileFile *f);
void scans_release(Ctx *c, const Pile *p, Str state);

#endif
