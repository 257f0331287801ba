/*
** Closing, archiving, reopening, and the contents of the volumes.
*/
#include "case/7-archive/archive.h"
#include "case/1-intake/intake.h"
#include "case/3-mediation/mediation.h"
#include "case/6-followup/followup.h"
#include "case/canon.h"
#include "case/clock.h"
#include "case/evidence.h"
#include "case/paper.h"
#include "case/task.h"

#include "law/param.h"

static const Field content_fields[] = {
    FIELD(Content, volume,   .label = "卷",       .en = "volume"),
    FIELD(Content, no,       .label = "顺序",     .en = "number"),
    FIELD(Content, label,    .label = "材料",     .en = "what"),
    FIELD(Content, en,       .label = "英文",     .en = "in English"),
    FIELD(Content, papers,   .label = "文书",     .en = "papers", .rule = MANY),
    FIELD(Content, need,     .label = "要求",     .en = "when it must be there"),
    FIELD(Content, required, .label = "本案必备", .en = "required here"),
    FIELD(Content, items,    .label = "份数",     .en = "items"),
    FIELD(Content, missing,  .label = "缺少",     .en = "missing"),
    FIELD(Content, basis,    .label = "依据",     .en = "basis"),
};
const Form content_form = FORM(Content, content_fields);

/* ---- what the case has -------------------------------------------------------------------- */

/* Facts that say what must be there, and rows that stand for papers. */
typedef struct Facts {
    Str    mode;       /* of the application */
    Rows   papers;
    int64_t served, visits, minutes, files, notes, extensions;
    bool   decided, accepted, mediated, agreed, on_spot;
} Facts;

static int64_t served_in(Rows papers)
{
    int64_t n = 0;
    for (size_t i = 0; i < papers.n; i++) n += ((const Paper *)papers.at)[i].served_on.day != 0;
    return n;
}

static void facts_of(Ctx *c, const Case *k, Facts *f)
{
    Accord a;
    Intake in;
    State s = state_of(k->before.n ? k->before : k->state);
    *f = (Facts){ .papers = papers_of(c, k->id), .visits = (int64_t)visits_of(c, k->id).n };
    if (ok(c) && intake_get(c, k->id, &in)) f->mode = in.mode;
    f->accepted = k->accepted.day != 0;
    f->decided = f->accepted || s == ST_REJECTED;
    f->mediated = case_happened(c, k->id, EV_OPEN);
    f->on_spot = case_happened(c, k->id, EV_PERFORM_ON_SPOT);
    f->agreed = accord_of(c, k->id, &a) && accord_in_force(&a);
    f->served = served_in(f->papers);
    f->minutes = minutes_confirmed(c, k->id);
    f->files = (int64_t)evidence_of(c, k->id).n;
    f->notes = (int64_t)private_sealed.rows(c, k->id).n;
    f->extensions = (int64_t)extension_sealed.rows(c, k->id).n;
}

/* Papers that the program itself holds: nobody enters them twice. */
static int64_t held(const Facts *f, Str code)
{
    bool oral = str_eq(f->mode, S("ORAL"));
    if (str_eq(code, S("D01"))) return !oral;
    if (str_eq(code, S("D01b"))) return oral;
    const struct { const char *code; int64_t n; } rows[] = {
        { "D11", f->minutes }, { "D13", f->extensions }, { "D14", f->agreed }, { "D34", f->visits },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        if (str_eq(code, str_of(rows[i].code))) return rows[i].n;
    }
    return 0;
}

static int64_t issued(const Facts *f, Str code)
{
    int64_t n = 0;
    for (size_t i = 0; i < f->papers.n; i++) {
        const Paper *p = (const Paper *)f->papers.at + i;
        n += str_eq(p->code, code) && !str_eq(p->state, S("due"));
    }
    return n;
}

/* What is no paper of the catalogue: proof of service, evidence, private notes. */
static int64_t without_paper(const Facts *f, const VolumeRow *row)
{
    if (str_eq(row->key, S("service"))) return f->served;
    if (str_eq(row->key, S("evidence"))) return f->files;
    return str_eq(row->key, S("private_notes")) ? f->notes : 0;
}

static int64_t items_of(const Facts *f, const VolumeRow *row)
{
    Str codes = row->papers;
    int64_t n = 0;
    if (codes.n == 0) return without_paper(f, row);
    while (codes.n) {
        Str code = str_cut(&codes, ' ');
        n += issued(f, code) + held(f, code);
    }
    return n;
}

static bool is_required(const Facts *f, const VolumeRow *row)
{
    switch (row->need) {
    case NEED_ONE:             return f->decided || str_has(row->papers, S("D01"));
    case NEED_ONE_IF_ACCEPTED: return f->accepted && !f->on_spot; /* the record takes its place */
    case NEED_ALL_IF_ACCEPTED: return f->accepted;
    case NEED_ALL_IF_MEDIATED: return f->mediated;
    case NEED_ONE_IF_AGREEMENT: return f->agreed;
    case NEED_GENERATED: case NEED_IF_ANY: case NEED__COUNT: break;
    }
    return false;
}

Rows dossier_of(Ctx *c, const Case *k, size_t *missing)
{
    Facts f;
    const Dossier *d = &c->law->dossier;
    Content *list = NEW(c->mem, Content, d->rows + 1);
    *missing = 0;
    facts_of(c, k, &f);
    for (size_t i = 0; i < d->rows && ok(c); i++) {
        const VolumeRow *row = &d->row[i];
        Content *at = &list[i];
        *at = (Content){ .volume = row->volume, .no = row->no, .label = row->label.zh, .en = row->label.en,
                         .papers = row->papers, .need = str_of(need_word(row->need)), .basis = row->basis };
        at->required = is_required(&f, row);
        at->items = items_of(&f, row);
        at->missing = at->required && at->items == 0;
        *missing += at->missing;
    }
    return (Rows){ list, d->rows };
}

/* The labels of what is missing, for the error. */
static void need_complete(Ctx *c, const Case *k)
{
    size_t missing = 0;
    Rows rows = dossier_of(c, k, &missing);
    Out o = canon_out(c, 2048);
    if (missing == 0) return;
    for (size_t i = 0; i < rows.n; i++) {
        const Content *at = (const Content *)rows.at + i;
        if (!at->missing) continue;
        if (o.len) out_str(&o, S("、"));
        out_str(&o, at->label);
    }
    fail(c, ERR_BLOCKED, out_view(&o));
}

/* ---- closing --------------------------------------------------------------------------------- */

/* In default: the creditor knows what may be done, and the debtor was urged. */
static void need_urged(Ctx *c, const Case *k)
{
    const Param *times = param_find(&c->law->params, S("URGINGS_BEFORE_CLOSE"), k->region, c->today);
    if (state_of(k->state) != ST_DEFAULTED) return;
    int64_t least = times ? times->value : 0;
    if (urgings_count(c, k->id, S("REMEDIES")) == 0) fail(c, ERR_BLOCKED, S("remedies"));
    else if (urgings_count(c, k->id, S("URGE")) < least) fail(c, ERR_BLOCKED, S("urgings"));
}

static void before_closing(Ctx *c, Case *k)
{
    need_urged(c, k);
    bool told = !feedback_needed(k) || feedbacks_of(c, k->id).n > 0;
    if (ok(c) && !told) fail(c, ERR_BLOCKED, S("feedback"));
    need_complete(c, k);
    k->closed = c->today;
}

static void after_closing(Ctx *c, Case *k)
{
    static const char *const over[] = { "visit", "visit_overdue", "urge", "remedies", "default_report",
                                        "close" };
    for (size_t i = 0; i < COUNT(over); i++) task_done(c, k, str_of(over[i]), S("closed"));
    task_add(c, k, S("archive"), ROLE_ARCHIVIST, time_at(clock_last(c, k, S("C-ARCH")), 18, 0));
}

static void before_archiving(Ctx *c, Case *k)
{
    need_complete(c, k);
    k->archived = c->today;
}

static void after_archiving(Ctx *c, Case *k)
{
    task_done(c, k, S("archive"), S("archived"));
    seal_add(c, k);
}

/* The state before closing is kept by the case itself; the old seal by its row. */
static void before_reopening(Ctx *c, Case *k)
{
    k->closed = k->archived = (Date){ 0 };
    task_done(c, k, S("archive"), S("reopened"));
}

static void reopen(Ctx *c)
{
    Case k;
    CaseNote in = { 0 };
    form_read(c, &case_note_form, &in);
    if (ok(c) && str_length(in.note) < 2) fault(c, S("note"), FAULT_REQUIRED);
    tx_begin(c);
    case_get(c, arg_id(c, 0), &k);
    case_fire(c, &k, EV_REOPEN, in.note);
    reply_row(c, 200, &case_form, &k);
    tx_end(c);
}

static void show_volumes(Ctx *c)
{
    Case k;
    size_t missing = 0;
    if (!case_get(c, arg_id(c, 0), &k)) return;
    reply_rows(c, &content_form, dossier_of(c, &k, &missing), (Str){ 0 });
}

static const Hook hooks[] = {
    { BEFORE, EV_CLOSE, before_closing },     { AFTER, EV_CLOSE, after_closing },
    { BEFORE, EV_ARCHIVE, before_archiving }, { AFTER, EV_ARCHIVE, after_archiving },
    { BEFORE, EV_REOPEN, before_reopening },
};

static const Route routes[] = {
    { "GET", "/api/v1/cases/:id/volumes", STAFF, show_volumes, "卷宗目录", "the file's contents and what is missing",
      .out = &content_form, .list = true },
    { "POST", "/api/v1/cases/:id/close", MEDIATORS | HEAD, case_event, "结案", "close", EV_CLOSE,
      .in = &case_note_form, .out = &case_form },
    { "POST", "/api/v1/cases/:id/archive", ARCHIVIST, case_event, "归档", "archive", EV_ARCHIVE,
      .in = &case_note_form, .out = &case_form },
    { "POST", "/api/v1/cases/:id/reopen", HEAD, reopen, "重新处理", "reopen, with a reason", EV_REOPEN,
      .in = &case_note_form, .out = &case_form },
};

const Slice archive_slice = {
    .name = "archive", .hook = hooks, .hooks = COUNT(hooks), .route = routes, .routes = COUNT(routes),
};
