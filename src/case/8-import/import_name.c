/*
** A ledger that names its cases (张三与某公司劳动争议) and not the two sides: they
** are taken out of the name where it is clear.  Where it is not, the row is
** refused with the name; where it is clear enough but unusual, it is remarked.
*/
#include "case/8-import/import_in.h"
#include "law/case_name.h"

static void unclear(RowReader *r, Draft *d, const char *doubt)
{
    d->unclear = true;
    row_say_doubt(&d->why, row_column(r, "case_name"), SAY_SIDES, str_of(doubt), d->row.case_name);
}

/* Said in the remarks, so that whoever imports it has seen it. */
static void remark(RowReader *r, Draft *d, const CaseName *n)
{
    enum { ROOM = 400 };
    Out both = { .buf = NEW(r->c->mem, char, ROOM), .cap = ROOM };
    out_str(&both, n->applicant);
    out_str(&both, S(" / "));
    out_str(&both, n->respondent);
    row_say_doubt(&d->odd, row_column(r, "case_name"), SAY_BY_NAME, str_of(n->doubt), out_view(&both));
}

static bool agrees(Str cell, Str said)
{
    return cell.n == 0 || str_eq(cell, said);
}

void draft_sides(RowReader *r, Draft *d)
{
    CaseName n;
    OldRow *m = &d->row;
    if (m->case_name.n == 0) return;
    case_name_read(&r->c->law->names, m->case_name, &n);
    d->matter = n.matter;
    if (m->applicant.n && m->respondent.n) return;
    if (!n.split) {
        unclear(r, d, n.doubt);
    } else if (!agrees(m->applicant, n.applicant) || !agrees(m->respondent, n.respondent)) {
        unclear(r, d, "differs");
    } else {
        m->applicant = n.applicant;
        m->respondent = n.respondent;
        if (n.doubt) remark(r, d, &n);
    }
}
