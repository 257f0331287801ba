/* D30 to D32 from the record: the letter itself, and a case's commitments. */
#include "prevention/letters/letters.h"

/* Before it is sent the day to answer by is counted from the paper's. */
static Rows letter_row(Ctx *c, const CaseFacts *f)
{
    Letter l = { 0 };
    if (!letter_find(c, f->about_id, &l)) return (Rows){ 0 };
    bool fits = f->t->about_kind.n == 0 || str_eq(f->t->about_kind, l.kind);
    if (!fits) fault(c, S("about_id"), FAULT_MISMATCH);
    if (l.due.day == 0 && l.days) l.due = date_plus(c->today, (int)l.days);
    return fits ? fact_one(c, &l, sizeof l) : (Rows){ 0 };
}

static Rows commitment_rows(Ctx *c, const CaseFacts *f)
{
    return letter_commitments(c, f->k->id);
}

const FactSource letter_sources[LETTER_SOURCES] = {
    { "letter",      "建议书、承诺书", "the letter", &letter_form, NULL, letter_row, "letter", false },
    { "commitments", "信用承诺", "commitments", &letter_form, NULL, commitment_rows, NULL, false },
};
