/*
** Which papers there are for a case, which are due, and what one would still ask
** or lack: looked at before anything is made.
*/
#include "case/8-papers/papers.h"

#include "case/paper.h"
#include "core/limits.h"

/* One paper that could be made. */
typedef struct PaperChoice {
    Str     code, variant, label, en;
    bool    due, needed;   /* by the procedure; to close the case */
    int64_t made;          /* valid ones */
    Str     event;         /* that made it due */
    Str     about, about_kind; /* the record it may be made from, and of which kind */
    Str     basis;
} PaperChoice;
static const Field choice_fields[] = {
    FIELD(PaperChoice, code,    .label = "文书",     .en = "paper"),
    FIELD(PaperChoice, variant, .label = "种类",     .en = "which of several"),
    FIELD(PaperChoice, label,   .label = "名称",     .en = "its name"),
    FIELD(PaperChoice, en,      .label = "英文名称", .en = "in English"),
    FIELD(PaperChoice, due,     .label = "应制作",   .en = "due"),
    FIELD(PaperChoice, needed,  .label = "结案必备", .en = "needed to close"),
    FIELD(PaperChoice, made,    .label = "已制作",   .en = "made"),
    FIELD(PaperChoice, event,   .label = "所因事项", .en = "due by"),
    FIELD(PaperChoice, basis,   .label = "依据",     .en = "basis"),
    FIELD(PaperChoice, about,   .label = "所据记录", .en = "made from which record", .max = 20),
    FIELD(PaperChoice, about_kind, .label = "记录种类", .en = "of which kind", .max = 20),
};
static const Form choice_form = FORM(PaperChoice, choice_fields);

static const Field about_fields[] = {
    FIELD(PaperChoice, about,      .label = "所据记录", .en = "made from which record", .max = 20),
    FIELD(PaperChoice, about_kind, .label = "记录种类", .en = "of which kind", .max = 20),
};
static const Form about_form = { "OfficeChoiceAsk", sizeof(PaperChoice), about_fields, COUNT(about_fields) };

/* What a paper would ask, with what is proposed, and what the case lacks. */
typedef struct AskRow {
    Str  name, label, en, value;
    bool required, date, kept, prose;
} AskRow;
static const Field ask_fields[] = {
    FIELD(AskRow, name,     .label = "项目", .en = "name"),
    FIELD(AskRow, label,    .label = "名称", .en = "label"),
    FIELD(AskRow, en,       .label = "英文", .en = "in English"),
    FIELD(AskRow, value,    .label = "建议内容", .en = "proposed"),
    FIELD(AskRow, required, .label = "必填", .en = "required"),
    FIELD(AskRow, date,     .label = "日期", .en = "a date"),
    FIELD(AskRow, kept,     .label = "以记录为准", .en = "as the record says"),
    FIELD(AskRow, prose,    .label = "多行", .en = "several lines"),
};
static const Form ask_form = { "PaperAsk", sizeof(AskRow), ask_fields, COUNT(ask_fields) };
static const Field lack_fields[] = {
    FIELD(Lack, path, .label = "来源", .en = "field"),
    FIELD(Lack, zh,   .label = "名称", .en = "label"),
    FIELD(Lack, en,   .label = "英文", .en = "in English"),
};
static const Form lack_form = { "PaperLack", sizeof(Lack), lack_fields, COUNT(lack_fields) };

typedef struct PaperDraft {
    Str  code, variant, title, number, basis;
    Rows asks, lacks;
} PaperDraft;
static const Field draft_fields[] = {
    FIELD(PaperDraft, code,    .label = "文书", .en = "paper"),
    FIELD(PaperDraft, variant, .label = "种类", .en = "which of several"),
    FIELD(PaperDraft, title,   .label = "标题", .en = "title"),
    FIELD(PaperDraft, number,  .label = "文号", .en = "number"),
    FIELD(PaperDraft, basis,   .label = "依据", .en = "basis"),
    FIELD(PaperDraft, asks,    .label = "填写项目", .en = "what is asked", .child = &ask_form),
    FIELD(PaperDraft, lacks,   .label = "缺少内容", .en = "what the case lacks", .child = &lack_form),
};
static const Form draft_form = FORM(PaperDraft, draft_fields);

static const Field which_fields[] = {
    FIELD(PaperOrder, code,     .label = "文书",     .en = "paper", .rule = REQUIRED, .max = 10),
    FIELD(PaperOrder, variant,  .label = "种类",     .en = "which of several", .max = 30),
    FIELD(PaperOrder, party_id, .label = "受送达人", .en = "for which party"),
    FIELD(PaperOrder, paper_id, .label = "送达记录", .en = "record of service"),
    FIELD(PaperOrder, about_id, .label = "所据记录", .en = "the record it is made from"),
};
static const Form which_form = { "PaperWhich", sizeof(PaperOrder), which_fields, COUNT(which_fields) };

/* ---- the list -------------------------------------------------------------------------- */

typedef struct ChoiceWork {
    Rows due, made;  /* of Paper, of Made */
    Rows list;
    size_t cap;
    PaperChoice ask; /* office papers: about which record */
} ChoiceWork;

static void take_due(const ChoiceWork *w, PaperChoice *at)
{
    for (size_t i = 0; i < w->due.n; i++) {
        const Paper *p = (const Paper *)w->due.at + i;
        if (!str_eq(p->code, at->code) || !str_eq(p->state, S("due"))) continue;
        at->due = true;
        at->event = p->event;
    }
    for (size_t i = 0; i < w->made.n; i++) {
        const Made *m = (const Made *)w->made.at + i;
        bool same = str_eq(m->code, at->code) && str_eq(m->variant, at->variant);
        at->made += same && str_eq(m->state, S("valid"));
    }
}

/* In a row of the file that must have something. */
static bool is_needed(const Ctx *c, Str code)
{
    const Dossier *d = &c->law->dossier;
    for (size_t i = 0; i < d->rows; i++) {
        bool needs = d->row[i].need != NEED_IF_ANY && d->row[i].need != NEED_GENERATED;
        Str codes = d->row[i].papers;
        while (needs && codes.n) {
            if (str_eq(str_cut(&codes, ' '), code)) return true;
        }
    }
    return false;
}

static bool listed(const ChoiceWork *w, Str code, Str variant)
{
    for (size_t i = 0; i < w->list.n; i++) {
        const PaperChoice *at = (const PaperChoice *)w->list.at + i;
        if (str_eq(at->code, code) && str_eq(at->variant, variant)) return true;
    }
    return false;
}

/* Of the record that was asked for; and c's person may make it. */
static bool wanted(const Ctx *c, const ChoiceWork *w, const Template *t)
{
    if (!t->office) return true;
    bool kind = t->about_kind.n == 0 || w->ask.about_kind.n == 0 || str_eq(t->about_kind, w->ask.about_kind);
    return work_office_may(c, t) && (w->ask.about.n == 0 || (str_eq(t->about, w->ask.about) && kind));
}

static void add_editions(Ctx *c, const PaperRule *rule, bool office, ChoiceWork *w)
{
    Str rest = rule->text;
    Template t;
    const char *fault;
    int line = 0;
    while (template_next(&rest, &line, &t, &fault)) {
        if (t.office != office || listed(w, rule->no, t.variant) || !wanted(c, w, &t)) continue;
        PaperChoice *at = rows_push(c->mem, &w->list, &w->cap, sizeof *at);
        *at = (PaperChoice){ .code = rule->no, .variant = t.variant, .basis = t.basis,
                             .label = t.variant.n ? t.variant_zh : t.title,
                             .en = t.variant.n ? t.variant_en : rule->label.en, .about = t.about,
                             .about_kind = t.about_kind };
        take_due(w, at);
        at->needed = !office && is_needed(c, rule->no);
    }
}

static void choices(Ctx *c, bool office, ChoiceWork *w)
{
    const Dossier *d = &c->law->dossier;
    for (size_t i = 0; i < d->papers && ok(c); i++) add_editions(c, &d->paper[i], office, w);
    reply_rows(c, &choice_form, w->list, (Str){ 0 });
}

static void show(Ctx *c)
{
    Case k;
    ChoiceWork w = { 0 };
    if (!case_get(c, arg_id(c, 0), &k)) return;
    w.due = papers_of(c, k.id);
    w.made = made_of(c, k.id);
    choices(c, false, &w);
}

static void show_office(Ctx *c)
{
    ChoiceWork w = { 0 };
    if (form_read_query(c, &about_form, &w.ask)) choices(c, true, &w);
}

/* ---- one before it is made ------------------------------------------------------------- */

static void draft(Ctx *c, PaperWork *w)
{
    AskRow *asks = NEW(c->mem, AskRow, TEMPLATE_ASKS);
    if (!ok(c)) return;
    work_look(c, w);
    for (size_t i = 0; i < w->t.asks; i++) {
        const TemplateAsk *a = &w->t.ask[i];
        asks[i] = (AskRow){ a->name, a->zh, a->en, w->look.ask(w->look.self, a->name), a->required, a->date,
                             a->kept && w->order.about_id.n, a->prose };
    }
    PaperDraft d = { .code = w->order.code, .variant = w->order.variant, .title = w->t.title,
                     .number = w->made.number, .basis = w->t.basis, .asks = { asks, w->t.asks },
                     .lacks = { w->filled.lack, w->filled.lacks } };
    reply_row(c, 200, &draft_form, &d);
}

static void show_draft(Ctx *c)
{
    PaperWork *w = NEW(c->mem, PaperWork, 1);
    (void)form_read_query(c, &which_form, &w->order);
    if (case_get(c, arg_id(c, 0), &w->k) && work_open(c, w)) draft(c, w);
}

static void show_office_draft(Ctx *c)
{
    PaperWork *w = NEW(c->mem, PaperWork, 1);
    (void)form_read_query(c, &which_form, &w->order);
    if (work_open(c, w) && !work_office_may(c, &w->t)) fail(c, ERR_FORBIDDEN, w->order.code);
    draft(c, w);
}

/* ---- what a template may name ------------------------------------------------------------ */

typedef struct PaperName {
    Str  source, about, about_en, name, label, en;
} PaperName;
static const Field name_fields[] = {
    FIELD(PaperName, source,   .label = "来源",     .en = "source"),
    FIELD(PaperName, about,    .label = "来源名称", .en = "what it is about"),
    FIELD(PaperName, about_en, .label = "来源英文", .en = "in English"),
    FIELD(PaperName, name,     .label = "字段",     .en = "field"),
    FIELD(PaperName, label,    .label = "名称",     .en = "label"),
    FIELD(PaperName, en,       .label = "英文",     .en = "its label in English"),
};
static const Form name_form = FORM(PaperName, name_fields);

static bool is_told(const Field *f)
{
    bool inner = f->kind == KIND_ID || f->kind == KIND_LIST || f->rule & HIDDEN;
    return !inner && f->label && f->label[0];
}

static void names_of(Ctx *c, Rows *list, size_t *cap, const FactSource *s)
{
    const Form *f = s->form ? s->form : s->sealed->form;
    for (size_t k = 0; k < f->n; k++) {
        if (!is_told(&f->field[k])) continue;
        PaperName *at = rows_push(c->mem, list, cap, sizeof *at);
        *at = (PaperName){ str_of(s->name), str_of(s->zh), str_of(s->en), str_of(f->field[k].name),
                           str_of(f->field[k].label), str_of(f->field[k].en) };
    }
}

static void show_names(Ctx *c)
{
    Rows list = { 0 };
    size_t cap = 0;
    const CaseFacts all = { .slices = c->house->slices };
    const FactSource *s;
    for (size_t i = 0; (s = fact_source_at(&all, i)); i++) names_of(c, &list, &cap, s);
    reply_rows(c, &name_form, list, (Str){ 0 });
}

enum { OFFICE = CLERK | HEAD | ORG_MANAGER | CONVENER | HR | LINK_UNION | LINK_ARB | LINK_COURT | MEDIATORS
              | FINANCE };

static const Route routes[] = {
    { "GET", "/api/v1/cases/:id/paper-choices", STAFF, show, "可制作的文书", "papers that may be made",
      .out = &choice_form, .list = true },
    { "GET", "/api/v1/cases/:id/paper-draft", STAFF, show_draft, "制作前查看", "what a paper would ask, and lacks",
      .query = &which_form, .out = &draft_form },
    { "GET", "/api/v1/paper-fields", STAFF, show_names, "模板可用字段", "what a template may name",
      .out = &name_form, .list = true },
    { "GET", "/api/v1/office-paper-choices", OFFICE, show_office, "可制作的机关文书", "papers about no case",
      .query = &about_form, .out = &choice_form, .list = true },
    { "GET", "/api/v1/office-paper-draft", OFFICE, show_office_draft, "制作前查看", "what such a paper would ask",
      .query = &which_form, .out = &draft_form },
};

const Slice paper_choice_slice = { .name = "paper_choice", .route = routes, .routes = COUNT(routes) };
