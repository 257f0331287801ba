/*
** A ledger that names its cases (张三与某公司劳动争议) and not the two sides: they
** are taken out of the name where it is clear.  Where it is not, the row is
** refused with the name; where it is clear enough but unusual, it is remarked.
*/
#include "case/8-import/import_in.h"
#include "law/case_name.h"

static void quote(Out *o, const char *before, Str text)
{
    out_str(o, str_of(before));
    out_str(o, S("“"));
    out_str(o, text.n < 200 ? text : (Str){ 0 });
    out_str(o, S("”"));
}

static void unclear(RowReader *r, Draft *d, const char *why)
{
    d->unclear = true;
    draft_say(&d->why, row_column(r, "case_name"), "分不清申请人和被申请人（");
    out_str(&d->why, str_of(why));
    quote(&d->why, "），请分列填写", d->row.case_name);
}

/* Said in the remarks, so that whoever imports it has seen it. */
static void remark(RowReader *r, Draft *d, const CaseName *n)
{
    draft_say(&d->odd, row_column(r, "case_name"), "按");
    quote(&d->odd, "申请人", n->applicant);
    quote(&d->odd, "、被申请人", n->respondent);
    out_str(&d->odd, S("登记（"));
    out_str(&d->odd, str_of(n->doubt));
    out_str(&d->odd, S("），请核对"));
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
        unclear(r, d, "与单独一栏所写的不一致");
    } else {
        m->applicant = n.applicant;
        m->respondent = n.respondent;
        if (n.doubt) remark(r, d, &n);
    }
}
