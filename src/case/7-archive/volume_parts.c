/*
** What a volume is bound of: for each row of data/archive_checklist.csv the
** papers that were made, the files that were given in, and, where the program
** itself holds what a paper would say, its rows as sheets.
*/
#include "case/7-archive/volume.h"
#include "case/7-archive/volume_sheet.h"
#include "case/1-intake/intake.h"
#include "case/3-mediation/mediation.h"
#include "case/4-agreement/pursuit.h"
#include "case/6-followup/followup.h"
#include "case/evidence.h"
#include "case/made.h"
#include "case/paper.h"
#include "case/party.h"

#include "core/files.h"
#include "register/organisations/organisations.h"

enum { PARTS_MAX = 4000, TEXT_ROOM = 8 << 20, LABEL = 400 };

typedef struct Parts {
    Ctx          *c;
    const Case   *k;
    const Seal   *seal;
    const Volume *v;
    Bind         *b;
    Out           text;     /* all documents, one after another */
    Rows          papers, made, evidence;
    int64_t       rows;     /* of the index */
    size_t        index;    /* which part it is */
    Str           org;
} Parts;

/* ---- adding ------------------------------------------------------------------------------------ */

static BindPart *add(Parts *w, BindKind kind, Str label, Str source)
{
    if (w->b->n == PARTS_MAX) fail(w->c, ERR_TOO_LARGE, S("volume"));
    if (!ok(w->c)) return NULL;
    BindPart *p = &w->b->part[w->b->n++];
    *p = (BindPart){ .kind = kind, .level = 1, .counted = true, .label = label, .source = source };
    return p;
}

/* What was written since `from`. */
static Str since(const Parts *w, size_t from)
{
    return (Str){ w->text.buf + from, w->text.len - from };
}

static BindPart *add_sheet(Parts *w, Str label, size_t from)
{
    return add(w, BIND_DOC, label, since(w, from));
}

/* A page in place of what cannot be bound: a recording, a broken file. */
static Str in_place(Parts *w, Str title, Str name, Str sha256)
{
    size_t from = w->text.len;
    sheet_begin(&w->text, S("form"), title, w->k->no);
    sheet_pairs(&w->text);
    sheet_pair(&w->text, S("文件名"), name);
    sheet_pair(&w->text, S("SHA-256"), sha256);
    doc_line(&w->text, DOC_PARA, S("本件以电子文件保存，内容以文件摘要一致的电子文件为准。"));
    return since(w, from);
}

static void add_file(Parts *w, Str label, Str type, Str name, Str sha256)
{
    Ctx *c = w->c;
    BindKind kind = str_eq(type, S("pdf")) ? BIND_PDF : BIND_PICTURE;
    bool pages = kind == BIND_PDF || str_eq(type, S("jpg")) || str_eq(type, S("png"));
    Str instead = in_place(w, label, name, sha256);
    if (!pages || sha256.n != 64) {
        (void)add(w, BIND_DOC, label, instead);
        return;
    }
    BindPart *p = add(w, kind, label, str_copy(c->mem, file_path(c, sha256)));
    if (p) p->why = instead;
}

/* ---- what the program holds, as sheets ---------------------------------------------------------- */

/* Rows of a step under a title of their own; none is nothing. */
static void add_rows(Parts *w, const char *title, const Form *f, Rows rows)
{
    size_t from = w->text.len;
    if (rows.n == 0) return;
    sheet_begin(&w->text, S("form"), str_of(title), w->k->no);
    sheet_records(w->c, &w->text, f, rows);
    (void)add_sheet(w, str_of(title), from);
}

static void add_sealed(Parts *w, const char *title, const Sealed *s)
{
    add_rows(w, title, s->form, s->rows(w->c, w->k->id));
}

static void sheet_application(Parts *w)
{
    Intake in;
    size_t from = w->text.len;
    if (!intake_get(w->c, w->k->id, &in)) return;
    sheet_begin(&w->text, S("form"), S("调解申请登记"), w->k->no);
    sheet_record(w->c, &w->text, &intake_form, &in);
    doc_line(&w->text, DOC_HEAD, S("当事人"));
    sheet_records(w->c, &w->text, &party_form, parties_of(w->c, w->k->id));
    doc_line(&w->text, DOC_HEAD, S("调解请求"));
    sheet_records(w->c, &w->text, &claim_form, claims_of(w->c, w->k->id));
    (void)add_sheet(w, S("调解申请登记"), from);
    add_sealed(w, "调解请求的变更", &claim_change_sealed);
}

static void sheet_agreement(Parts *w)
{
    Accord a;
    size_t from = w->text.len;
    if (!accord_of(w->c, w->k->id, &a)) return;
    sheet_begin(&w->text, S("form"), S("调解协议内容登记"), a.no.n ? a.no : w->k->no);
    sheet_record(w->c, &w->text, &accord_form, &a);
    doc_line(&w->text, DOC_HEAD, S("履行义务"));
    sheet_records(w->c, &w->text, &commitment_form, a.obligations);
    doc_line(&w->text, DOC_HEAD, S("签署"));
    sheet_records(w->c, &w->text, &mark_form, marks_of(w->c, &a));
    (void)add_sheet(w, S("调解协议内容登记"), from);
    add_sealed(w, "留存的计算", &reckoning_sealed);
}

static void sheet_assigned(Parts *w)
{
    add_sealed(w, "调解员指派记录", &assigned_sealed);
    add_sealed(w, "回避申请和决定", &recusal_sealed);
}

static void sheet_minutes(Parts *w)
{
    add_sealed(w, "调解会议记录", &sitting_sealed);
    add_sealed(w, "调解笔录", &minutes_sealed);
    add_sealed(w, "无争议事实", &fact_sealed);
    add_sealed(w, "双方确认记录", &joint_mark_sealed);
}

static void sheet_period(Parts *w)
{
    add_sealed(w, "中止、恢复记录", &suspension_sealed);
    add_sealed(w, "延期记录", &extension_sealed);
    add_sealed(w, "延期同意", &extension_consent_sealed);
}

static void sheet_pursuit(Parts *w)
{
    add_rows(w, "审查、确认、支付令办理记录", &pursuit_entry_form, pursuit_entries(w->c, w->k->id));
}

static void sheet_visits(Parts *w)
{
    add_rows(w, "回访记录表", &visit_form, visits_of(w->c, w->k->id));
}

static void sheet_performance(Parts *w)
{
    add_rows(w, "履行情况", &owing_form, owings_of(w->c, w->k->id));
    add_rows(w, "履行、支付记录", &payment_form, payments_of(w->c, w->k->id));
    add_rows(w, "督促履行记录", &urging_form, urgings_of(w->c, w->k->id));
}

static void sheet_service(Parts *w)
{
    size_t from = w->text.len, n = 0;
    sheet_begin(&w->text, S("form"), S("送达情况登记"), w->k->no);
    for (size_t i = 0; i < w->papers.n; i++) {
        const Paper *p = (const Paper *)w->papers.at + i;
        if (p->served_on.day == 0) continue;
        doc_line(&w->text, DOC_HEAD, p->label);
        sheet_record(w->c, &w->text, &paper_form, p);
        n++;
    }
    if (n) (void)add_sheet(w, S("送达情况登记"), from);
    else w->text.len = from;
}

static void sheet_evidence(Parts *w)
{
    enum { COLUMNS = 5 };
    const Str widths[COLUMNS] = { S("9c"), S("31l"), S("14l"), S("19c"), S("27c") };
    const Str heads[COLUMNS] = { S("序号"), S("名称"), S("来源"), S("提交日期"), S("摘要前16位") };
    size_t from = w->text.len;
    int64_t no = 0;
    sheet_begin(&w->text, S("form"), S("证据目录"), w->k->no);
    doc_row(&w->text, DOC_WIDTHS, widths, COLUMNS);
    doc_row(&w->text, DOC_HROW, heads, COLUMNS);
    for (size_t i = 0; i < w->evidence.n; i++) {
        const Evidence *e = (const Evidence *)w->evidence.at + i;
        char number[24], day[11] = "";
        Out o = { .buf = number, .cap = sizeof number };
        out_int(&o, ++no);
        date_write(time_date(e->at), day);
        const Str cells[COLUMNS] = { out_view(&o), e->title.n ? e->title : e->name, e->origin, str_of(day),
                                     { e->sha256.s, e->sha256.n < 16 ? e->sha256.n : 16 } };
        doc_row(&w->text, DOC_ROW, cells, COLUMNS);
    }
    (void)add_sheet(w, S("证据目录"), from);
}

/* Withdrawn files stay in the list, not among the pages. */
static void add_evidence(Parts *w, bool identity)
{
    for (size_t i = 0; i < w->evidence.n; i++) {
        const Evidence *e = (const Evidence *)w->evidence.at + i;
        bool mine = str_eq(e->kind, S("IDENTITY")) == identity && e->withdrawn.day == 0;
        if (mine) add_file(w, e->title.n ? e->title : e->name, e->type, e->name, e->sha256);
    }
}

static void row_identity(Parts *w) { add_evidence(w, true); }

static void row_evidence(Parts *w)
{
    if (w->evidence.n) sheet_evidence(w);
    add_evidence(w, false);
}

static void row_closing(Parts *w)
{
    size_t from = w->text.len;
    sheet_begin(&w->text, S("form"), S("结案登记表"), w->k->no);
    sheet_pairs(&w->text);
    const Str state = w->k->before.n ? w->k->before : w->k->state;
    sheet_pair(&w->text, S("案件状态"), str_of(state_zh(state_of(state))));
    sheet_record(w->c, &w->text, &case_form, w->k);
    (void)add_sheet(w, S("结案登记表"), from);
    add_rows(w, "办理结果反馈", &feedback_form, feedbacks_of(w->c, w->k->id));
}

static void put_count(Out *o, const char *name, int64_t n)
{
    char text[24];
    Out v = { .buf = text, .cap = sizeof text };
    out_int(&v, n);
    sheet_pair(o, str_of(name), out_view(&v));
}

static void row_remarks(Parts *w)
{
    size_t from = w->text.len;
    bool sub = str_eq(w->v->kind, S("sub"));
    sheet_begin(&w->text, S("form"), S("备考表"), w->seal->no);
    sheet_pairs(&w->text);
    sheet_pair(&w->text, S("本卷页数"), S("{pages}"));
    put_count(&w->text, "电子文件件数", sub ? 0 : (int64_t)w->evidence.n);
    put_count(&w->text, "封存记录数", w->seal->lines);
    sheet_pair(&w->text, S("封存摘要"), sub ? w->seal->sub : w->seal->seal);
    doc_line(&w->text, DOC_SPACE, S("8"));
    doc_line(&w->text, DOC_PARA, S("本卷由业务系统的封存记录、文书和电子文件装订而成；封存摘要为全部记录的"
                                   "链式 SHA-256，可以用随附的校验程序独立核验。"));
    doc_line(&w->text, DOC_SPACE, S("8"));
    const Str signs[] = { S("立卷人："), S("检查人：") };
    doc_row(&w->text, DOC_SIGN, signs, COUNT(signs));
    (void)add_sheet(w, S("备考表"), from);
}

static void row_private(Parts *w) { add_sealed(w, "单方会谈记录", &private_sealed); }
static void row_conference(Parts *w) { add_sealed(w, "会商纪要", &conference_sealed); }
static void sheet_reports(Parts *w) { add_sealed(w, "重大争议调处情况呈报", &report_sealed); }
static void row_approvals(Parts *w)
{
    add_rows(w, "审批记录", &approval_form, case_approvals(w->c, w->k->id));
}

/* What stands for a paper that nobody made, by its number; and rows of the list that
** are no papers, by their key. */
static const struct Held {
    const char *paper, *row;
    void      (*add)(Parts *w);
} helds[] = {
    { "D01", NULL, sheet_application }, { "D08", NULL, sheet_assigned }, { "D11", NULL, sheet_minutes },
    { "D12s", NULL, sheet_period }, { "D14", NULL, sheet_agreement }, { "D26", NULL, sheet_pursuit },
    { "D34", NULL, sheet_visits }, { "D33", NULL, sheet_reports }, { "D19", NULL, sheet_performance },
    { NULL, "identity", row_identity }, { NULL, "evidence", row_evidence },
    { NULL, "service", sheet_service }, { NULL, "closing", row_closing },
    { NULL, "remarks", row_remarks }, { NULL, "private_notes", row_private },
    { NULL, "conference", row_conference }, { NULL, "acceptance_approval", row_approvals },
};

/* ---- a row of the list ---------------------------------------------------------------------------- */

/* Those that hold; one that is a DOCX alone by a page in its place. */
static void add_made(Parts *w, Str code, Str variant)
{
    Str word = str_eq(variant, S("first")) ? (Str){ 0 } : variant;
    for (size_t i = 0; i < w->made.n; i++) {
        const Made *m = (const Made *)w->made.at + i;
        bool mine = str_eq(m->code, code) && (variant.n == 0 || str_eq(m->variant, word));
        if (!mine || !str_eq(m->state, S("valid"))) continue;
        if (m->file.n) add_file(w, m->label, S("pdf"), m->number, m->file);
        else add_file(w, m->label, S("docx"), m->number, m->docx);
    }
}

/* Papers of before, or of elsewhere, whose scans are in the store. */
static void add_scans(Parts *w, Str code)
{
    for (size_t i = 0; i < w->papers.n; i++) {
        const Paper *p = (const Paper *)w->papers.at + i;
        for (size_t j = 0; j < w->evidence.n && str_eq(p->code, code); j++) {
            const Evidence *e = (const Evidence *)w->evidence.at + j;
            bool its = str_eq(e->sha256, p->file) || (p->proof.n && str_eq(e->sha256, p->proof));
            if (its) add_file(w, p->label, e->type, e->name, e->sha256);
        }
    }
}

static void add_held(Parts *w, const char *paper, Str row)
{
    for (size_t i = 0; i < COUNT(helds); i++) {
        const struct Held *h = &helds[i];
        bool its = paper ? h->paper && str_eq(str_of(h->paper), str_of(paper))
                         : h->row && str_eq(str_of(h->row), row);
        if (its) h->add(w);
    }
}

/* Issued on paper alone: that it was, for the paper is elsewhere. */
static void add_issued(Parts *w, Str code)
{
    size_t from = w->text.len;
    Str label = { 0 };
    for (size_t i = 0; i < w->papers.n; i++) {
        const Paper *p = (const Paper *)w->papers.at + i;
        if (!str_eq(p->code, code) || str_eq(p->state, S("due"))) continue;
        if (label.n == 0) sheet_begin(&w->text, S("form"), p->label, w->k->no);
        label = p->label;
        sheet_record(w->c, &w->text, &paper_form, p);
    }
    if (label.n == 0) return;
    doc_line(&w->text, DOC_PARA, S("本件没有存入系统的电子文本，以纸质原件为准。"));
    (void)add_sheet(w, label, from);
}

static void add_row(Parts *w, const VolumeRow *row)
{
    Str codes = row->papers;
    size_t first = w->b->n;
    if (codes.n == 0) add_held(w, NULL, row->key);
    while (codes.n) {
        Str code = str_cut(&codes, ' ');
        size_t before = w->b->n;
        add_made(w, code, row->variant);
        add_scans(w, code);
        if (w->b->n == before) add_held(w, str_c(w->c->mem, code), (Str){ 0 });
        if (w->b->n == before && row->variant.n == 0) add_issued(w, code);
    }
    if (w->b->n == first) return;
    w->rows++;
    w->b->part[first].level = 0;
    w->b->part[first].label = row->label.zh;
}

/* ---- cover and index -------------------------------------------------------------------------------- */

static void put_cover_pair(Out *o, const char *name, Str value)
{
    if (value.n) sheet_pair(o, str_of(name), value);
}

static Str day_of(Parts *w, Date d)
{
    char *text = NEW(w->c->mem, char, 12);
    if (d.day == 0) return (Str){ 0 };
    date_write(d, text);
    return str_of(text);
}

static void put_keeping(Parts *w)
{
    Keep p;
    keep_of(w->c, w->k, &p);
    Str until = p.years ? day_of(w, p.last) : S("永久");
    put_cover_pair(&w->text, "保管期限至", until);
}

/* Where the system's own address is known, the cover leads there. */
static void put_code(Parts *w)
{
    Str origin = str_of(w->c->house->origin);
    put_cover_pair(&w->text, "验真码", w->v->verify);
    if (origin.n == 0) return;
    Out url = { .buf = NEW(w->c->mem, char, origin.n + 40), .cap = origin.n + 40 };
    out_str(&url, origin);
    out_str(&url, S("/v/"));
    out_str(&url, w->v->verify);
    doc_info(&w->text, "number", w->seal->no);
    doc_info(&w->text, "code", w->v->verify);
    doc_info(&w->text, "url", out_view(&url));
}

static void add_cover(Parts *w)
{
    Out *o = &w->text;
    size_t from = o->len;
    bool sub = str_eq(w->v->kind, S("sub"));
    const Cause *cause = cause_find(&w->c->law->causes, w->k->cause, w->k->filed);
    sheet_begin(o, S("cover"), sub ? S("劳动人事争议调解案卷\n副　卷") : S("劳动人事争议调解案卷\n正　卷"),
                w->k->no);
    doc_line(o, DOC_SPACE, S("40"));
    sheet_pairs(o);
    put_cover_pair(o, "调解组织", w->org);
    put_cover_pair(o, "申请人", w->k->applicant);
    put_cover_pair(o, "被申请人", w->k->respondent);
    put_cover_pair(o, "案由", cause ? cause->zh : w->k->cause);
    put_cover_pair(o, "受理日期", day_of(w, w->k->accepted));
    put_cover_pair(o, "结案日期", day_of(w, w->k->closed));
    put_cover_pair(o, "结案方式", str_of(state_zh(state_of(w->k->before))));
    put_cover_pair(o, "归档日期", day_of(w, w->k->archived));
    put_cover_pair(o, "归档号", w->seal->no);
    put_keeping(w);
    put_code(w);
    BindPart *p = add_sheet(w, S("封面"), from);
    if (p) p->level = 0;
    if (p) p->counted = false;
}

static Str indented(Parts *w, const BindPart *p)
{
    if (p->level == 0) return p->label;
    Out o = { .buf = NEW(w->c->mem, char, p->label.n + 4), .cap = p->label.n + 4 };
    out_str(&o, S("　"));
    out_str(&o, p->label);
    return out_view(&o);
}

/* Written when all parts are known; the binder puts the page numbers in. */
static void write_index(Parts *w)
{
    enum { COLUMNS = 4 };
    const Str widths[COLUMNS] = { S("12c"), S("62l"), S("14c"), S("12l") };
    const Str heads[COLUMNS] = { S("序号"), S("题名"), S("页次"), S("备注") };
    Out *o = &w->text;
    size_t from = o->len;
    int64_t no = 0;
    sheet_begin(o, S("form"), S("卷内目录"), w->k->no);
    doc_row(o, DOC_WIDTHS, widths, COLUMNS);
    doc_row(o, DOC_HROW, heads, COLUMNS);
    for (size_t i = w->index + 1; i < w->b->n; i++) {
        const BindPart *p = &w->b->part[i];
        char number[24], page[24];
        Out n = { .buf = number, .cap = sizeof number }, at = { .buf = page, .cap = sizeof page };
        if (!p->counted) continue;
        if (p->level == 0) out_int(&n, ++no);
        out_str(&at, S("{p"));
        out_int(&at, (int64_t)i);
        out_str(&at, S("}"));
        const Str cells[COLUMNS] = { out_view(&n), indented(w, p), out_view(&at), { 0 } };
        doc_row(o, DOC_ROW, cells, COLUMNS);
    }
    w->b->part[w->index].source = since(w, from);
}

static void add_index(Parts *w)
{
    w->index = w->b->n;
    BindPart *p = add(w, BIND_DOC, S("卷内目录"), (Str){ 0 });
    if (p) p->level = 0;
    if (p) p->counted = false;
}

static void add_back(Parts *w)
{
    size_t from = w->text.len;
    doc_info(&w->text, "style", S("cover"));
    doc_line(&w->text, DOC_CENTRE, w->seal->no);
    BindPart *p = add_sheet(w, S("封底"), from);
    if (p) p->level = 0;
    if (p) p->counted = false;
}

void volume_parts(Ctx *c, const Case *k, const Seal *s, const Volume *v, Bind *b)
{
    Org org;
    const Dossier *d = &c->law->dossier;
    Parts w = { .c = c, .k = k, .seal = s, .v = v, .b = b };
    *b = (Bind){ .part = NEW(c->mem, BindPart, PARTS_MAX) };
    w.text = (Out){ .buf = NEW(c->mem, char, TEXT_ROOM), .cap = TEXT_ROOM };
    w.papers = papers_of(c, k->id);
    w.made = made_of(c, k->id);
    w.evidence = evidence_of(c, k->id);
    w.org = org_find(c, k->org, &org) ? org.name : (Str){ 0 };
    add_cover(&w);
    add_index(&w);
    for (size_t i = 0; i < d->rows && ok(c); i++) {
        if (str_eq(d->row[i].volume, v->kind)) add_row(&w, &d->row[i]);
    }
    if (str_eq(v->kind, S("sub"))) row_remarks(&w);
    add_back(&w);
    if (!ok(c)) return;
    write_index(&w);
    Out title = { .buf = NEW(c->mem, char, LABEL), .cap = LABEL };
    out_str(&title, s->no);
    out_str(&title, str_eq(v->kind, S("sub")) ? S(" 副卷") : S(" 正卷"));
    b->title = out_view(&title);
    if (w.text.full) fail(c, ERR_TOO_LARGE, S("volume"));
}
