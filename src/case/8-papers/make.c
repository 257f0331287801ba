/*
** Making one: fill, print, keep the files; then, in a transaction, the row, the
** records of who is to receive it, and the entry.  Both files are named by their
** bytes, and the bytes depend on the case alone, so all of it may be done again.
*/
#include "case/8-papers/papers.h"

#include "case/4-agreement/agreement.h"
#include "case/paper.h"
#include "case/party.h"
#include "core/crypto.h"
#include "core/files.h"
#include "paper/sign.h"
#include "register/organisations/org_seal.h"
#include "register/people/people.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { SOURCE_MAX = 512 * 1024, NUMBER_MAX = 200, CODE_LENGTH = 16, RECIPIENTS_MAX = 20, NAMES_MAX = 1000,
       PROPOSAL_MAX = 4000 };

static const Field answer_fields[] = {
    FIELD(AskAnswer, name,  .label = "项目", .en = "name", .rule = REQUIRED, .max = 40),
    FIELD(AskAnswer, value, .label = "内容", .en = "value", .rule = PROSE, .max = 20000),
};
const Form ask_answer_form = FORM(AskAnswer, answer_fields);

static const Field order_fields[] = {
    FIELD(PaperOrder, code,     .label = "文书",     .en = "paper", .rule = REQUIRED, .max = 10),
    FIELD(PaperOrder, variant,  .label = "种类",     .en = "which of several", .max = 30),
    FIELD(PaperOrder, party_id, .label = "受送达人", .en = "for which party"),
    FIELD(PaperOrder, paper_id, .label = "送达记录", .en = "record of service"),
    FIELD(PaperOrder, answers,  .label = "填写内容", .en = "answers", .max = TEMPLATE_ASKS, .child = &ask_answer_form),
    FIELD(PaperOrder, replaces, .label = "替换文书", .en = "in place of"),
    FIELD(PaperOrder, reason,   .label = "替换理由", .en = "why", .rule = PROSE, .max = 1000),
    FIELD(PaperOrder, form_id,  .label = "自有模板", .en = "the office's own template"),
    FIELD(PaperOrder, about_id, .label = "所据记录", .en = "the record it is made from"),
};
const Form paper_order_form = FORM(PaperOrder, order_fields);

/* ---- numbers --------------------------------------------------------------------------- */

/* 柳江劳人调建〔2026〕1号; a form, which is no letter: 柳江劳人调D37〔2026〕1号. */
static void number_office(Ctx *c, PaperWork *w)
{
    Org org = { 0 };
    Out o = { .buf = NEW(c->mem, char, NUMBER_MAX), .cap = NUMBER_MAX };
    (void)org_find(c, c->who.org, &org);
    out_str(&o, org.short_name.n ? org.short_name : org.name);
    out_str(&o, w->rule->word.n ? w->rule->word : w->rule->no);
    out_str(&o, S("〔"));
    out_int(&o, date_civil(c->today).year);
    out_str(&o, S("〕"));
    w->made.seq = made_numbered(c, out_view(&o)) + 1;
    out_int(&o, w->made.seq);
    out_str(&o, S("号"));
    w->made.number = out_view(&o);
}

/* Of a case that has no number yet: 20260302-256257, the day it came in and the end of its id. */
static void number_early(const PaperWork *w, Out *o)
{
    enum { TAIL = 1000000, TAIL_DIGITS = 6 };
    Civil d = date_civil(w->k.filed);
    out_int(o, d.year);
    out_pad(o, d.month, 2);
    out_pad(o, d.day, 2);
    out_str(o, S("-"));
    out_pad(o, w->k.id.n % TAIL, TAIL_DIGITS);
}

/* 柳江劳人调字〔2026〕第0123号 becomes 柳江劳人调受字〔2026〕第0123-2号. */
static Str number_of(Ctx *c, const PaperWork *w)
{
    Out o = { .buf = NEW(c->mem, char, NUMBER_MAX), .cap = NUMBER_MAX };
    Str no = w->k.no, word = w->rule->word;
    if (no.n == 0) no = word = (Str){ 0 };
    Str head = no, mark = S("字〔"), end = S("号");
    size_t at = 0;
    while (at + mark.n <= no.n && !str_eq((Str){ no.s + at, mark.n }, mark)) at++;
    head.n = at < no.n ? at : no.n;
    Str tail = head.n < no.n ? (Str){ no.s + head.n, no.n - head.n } : (Str){ 0 };
    bool closed = tail.n > end.n && str_eq((Str){ tail.s + tail.n - end.n, end.n }, end);
    out_str(&o, head);
    out_str(&o, word);
    out_str(&o, closed ? (Str){ tail.s, tail.n - end.n } : tail);
    if (no.n == 0) number_early(w, &o);
    if (word.n == 0) out_str(&o, S("-"));
    if (word.n == 0) out_str(&o, w->rule->no);
    if (w->made.seq > 1) out_str(&o, S("-"));
    if (w->made.seq > 1) out_int(&o, w->made.seq);
    if (closed) out_str(&o, end);
    return o.full ? w->k.no : out_view(&o);
}

static int64_t next_seq(Ctx *c, const PaperWork *w)
{
    int64_t seq = 1;
    Rows rows = made_of(c, w->k.id);
    for (size_t i = 0; i < rows.n; i++) {
        const Made *m = (const Made *)rows.at + i;
        bool same = str_eq(m->code, w->order.code) && str_eq(m->variant, w->order.variant);
        if (same && m->seq >= seq) seq = m->seq + 1;
    }
    return seq;
}

/* Not to be guessed, and the same when the request runs again. */
static Str code_of(Ctx *c, const PaperWork *w)
{
    Out o = { .buf = NEW(c->mem, char, NUMBER_MAX), .cap = NUMBER_MAX };
    out_int(&o, w->k.id.n ? w->k.id.n : w->made.id.n);
    out_str(&o, S("/"));
    out_str(&o, w->order.code);
    out_str(&o, S("/"));
    out_str(&o, w->order.variant);
    out_str(&o, S("/"));
    out_int(&o, w->made.seq);
    return (Str){ text_digest(c->mem, c->house->keys, S("paper"), out_view(&o)).s, CODE_LENGTH };
}

static Str url_of(Ctx *c, Str code)
{
    Str origin = str_of(c->house->origin);
    Out o = { .buf = NEW(c->mem, char, origin.n + NUMBER_MAX), .cap = origin.n + NUMBER_MAX };
    out_str(&o, origin);
    out_str(&o, S("/v/"));
    out_str(&o, code);
    return out_view(&o);
}

/* ---- opening an order ------------------------------------------------------------------ */

/* An agreement bears the seal when it is in force; other papers when whoever makes
** them may use it. */
static void take_seal(Ctx *c, PaperWork *w, Id org)
{
    OrgSeal s;
    Accord a = { 0 };
    bool agreement = str_eq(w->order.code, S("D14"));
    bool has = org_seal_of(c, org, &s);
    w->sealed = org_seal_may(c, &s);
    if (agreement) w->sealed = accord_of(c, w->k.id, &a) && accord_in_force(&a);
    if (has && w->sealed) w->seal = file_path(c, s.file);
}

static void take_head(Ctx *c, PaperWork *w)
{
    PaperHead *h = &w->facts.head;
    Org org = { 0 };
    User maker = { 0 };
    (void)org_find(c, w->k.id.n ? w->k.org : c->who.org, &org);
    (void)user_find(c, c->who.id, &maker);
    *h = (PaperHead){ .title = w->t.title, .number = w->made.number, .code = w->made.verify,
                      .url = url_of(c, w->made.verify), .office = org.name, .maker = maker.name,
                      .reason = w->order.reason, .day = c->today };
    w->made.org_path = org.path;
    take_seal(c, w, org.id);
}

/* What the record says where it is asked for otherwise; an answer may not say more. */
static Str proposal(Ctx *c, PaperWork *w, const TemplateAsk *a)
{
    Out o = { .buf = NEW(c->mem, char, PROPOSAL_MAX), .cap = PROPOSAL_MAX };
    template_text(c, a->otherwise, &w->look, &o);
    return out_view(&o);
}

/* Where nothing was answered, what the template proposes. */
static void propose(Ctx *c, PaperWork *w)
{
    AskAnswer *all = NEW(c->mem, AskAnswer, w->t.asks + w->order.answers.n + 1);
    size_t n = w->order.answers.n;
    if (n) memcpy(all, w->order.answers.at, n * sizeof *all);
    for (size_t i = 0; i < w->t.asks; i++) {
        const TemplateAsk *a = &w->t.ask[i];
        Str said = w->look.ask(w->look.self, a->name);
        bool kept = a->kept && w->order.about_id.n;
        if (a->otherwise.n == 0 || (said.n && !kept)) continue;
        Str text = proposal(c, w, a);
        if (said.n == 0) all[n++] = (AskAnswer){ a->name, text };
        else if (text.n && !str_eq(said, text)) fault(c, a->name, FAULT_NOT_ALLOWED);
    }
    w->facts.answers = (Rows){ all, n };
}

bool work_open(Ctx *c, PaperWork *w)
{
    const PaperOrder *order = &w->order;
    if (!ok(c)) return false;
    w->rule = paper_find(&c->law->dossier, order->code);
    if (!w->rule) fault(c, S("code"), FAULT_NOT_CODE);
    Str region = w->k.region;
    if (!w->rule || !ok(c)) return false;
    bool found = template_pick(w->rule->text, order->variant, region, c->today, &w->t);
    if (!found) fault(c, S("variant"), FAULT_NOT_KNOWN);
    if (ok(c) && w->t.office != (w->k.id.n == 0)) fault(c, S("code"), FAULT_NOT_ALLOWED);
    if (ok(c) && order->about_id.n && w->t.about.n == 0) fault(c, S("about_id"), FAULT_NOT_ALLOWED);
    if (!ok(c)) return false;
    w->made = (Made){ .id = id_next(c), .case_id = w->k.id, .code = order->code, .variant = order->variant,
                      .label = w->t.title, .version = w->t.version, .region = w->t.region,
                      .volume = w->rule->volume, .replaces = order->replaces, .reason = order->reason,
                      .by_id = c->who.id, .at = now(c), .day = c->today, .state = S("valid"),
                      .about_id = order->about_id };
    if (w->k.id.n) w->made.seq = next_seq(c, w);
    if (w->k.id.n) w->made.number = number_of(c, w);
    else number_office(c, w);
    w->made.verify = code_of(c, w);
    w->facts = (CaseFacts){ .k = w->k.id.n ? &w->k : NULL, .to = order->party_id, .paper = order->paper_id,
                            .answers = order->answers, .t = &w->t, .about = w->t.about,
                            .about_id = order->about_id, .slices = c->house->slices };
    w->look = case_facts(c, &w->facts);
    take_head(c, w);
    propose(c, w);
    return ok(c);
}

/* ---- filling --------------------------------------------------------------------------- */

static void need_answers(Ctx *c, const PaperWork *w)
{
    for (size_t i = 0; i < w->t.asks; i++) {
        const TemplateAsk *a = &w->t.ask[i];
        Str value = w->look.ask(w->look.self, a->name);
        Out path = { .buf = NEW(c->mem, char, a->name.n + 8), .cap = a->name.n + 8 };
        out_str(&path, S("ask."));
        out_str(&path, a->name);
        if (a->required && value.n == 0) fault_say(c, out_view(&path), S("required"), a->zh);
        else if (a->date && value.n && date_parse(value).day == 0) fault(c, out_view(&path), FAULT_NOT_DATE);
    }
}

static void known_answers(Ctx *c, const PaperWork *w)
{
    for (size_t i = 0; i < w->order.answers.n; i++) {
        const AskAnswer *a = (const AskAnswer *)w->order.answers.at + i;
        bool known = false;
        for (size_t k = 0; k < w->t.asks; k++) known |= str_eq(w->t.ask[k].name, a->name);
        if (!known) fault(c, a->name, FAULT_UNKNOWN);
    }
}

void work_look(Ctx *c, PaperWork *w)
{
    Filled *f = &w->filled;
    const PaperHead *h = &w->facts.head;
    Out at = { .buf = NEW(c->mem, char, 40), .cap = 40 };
    Ctx look = *c; /* faults so far must not stop the filling: all are named at once */
    f->source = (Out){ .buf = NEW(c->mem, char, SOURCE_MAX), .cap = SOURCE_MAX };
    out_time(&at, now(c));
    const struct { const char *name; Str value; } info[] = {
        { "style", w->t.style }, { "title", w->t.title }, { "author", h->office }, { "number", h->number },
        { "date", out_view(&at) }, { "code", h->code }, { "url", h->url }, { "seal", w->seal },
        { "draft", S("预览　未生效") },
    };
    size_t n = w->draft ? COUNT(info) : COUNT(info) - 1;
    for (size_t i = 0; i < n; i++) doc_info(&f->source, info[i].name, info[i].value);
    look.err = ERR_OK;
    template_fill(&look, &w->t, &w->look, f);
    if (ok(&look)) return;
    c->bad = look.bad; /* those of c and those found here */
    c->bads = look.bads;
    fail(c, look.err, look.why);
}

void work_fill(Ctx *c, PaperWork *w)
{
    if (!ok(c)) return;
    known_answers(c, w);
    if (w->order.form_id.n == 0) need_answers(c, w);
    work_look(c, w);
    if (w->order.form_id.n) return; /* what our template needs is not what theirs needs */
    for (size_t i = 0; i < w->filled.lacks; i++) {
        fault_say(c, w->filled.lack[i].path, S("required"), w->filled.lack[i].zh);
    }
}

/* ---- whom it is for -------------------------------------------------------------------- */

static bool names(Str words, const char *word)
{
    while (words.n) {
        if (str_eq(str_cut(&words, ' '), str_of(word))) return true;
    }
    return false;
}

/* What is owed is told to each who owes it, and to nobody else; without a name to the only one there is. */
static void work_debtor(Ctx *c, PaperWork *w)
{
    Id first = { 0 }, second = { 0 };
    if (!ok(c) || !w->k.id.n || !names(w->rule->to, "debtor")) return;
    bool named = w->order.party_id.n != 0, owes = fact_debtor(c, &w->facts, 0, &first);
    if (named && !owes) fault(c, S("party_id"), FAULT_NOT_ALLOWED);
    if (!named && fact_debtor(c, &w->facts, 1, &second)) fault(c, S("party_id"), FAULT_REQUIRED);
    if (ok(c) && owes) w->order.party_id = w->facts.to = first;
}

/* Does a word of "applicant debtor worker" mean this party? */
static bool means(Str words, const Party *p)
{
    bool worker = str_eq(p->kind, S("WORKER")), applicant = str_eq(p->side, S("APPL"));
    bool respondent = str_eq(p->side, S("RESP"));
    if (names(words, "applicant") && applicant) return true;
    if (names(words, "respondent") && respondent) return true;
    bool to_worker = names(words, "worker") || names(words, "workers") || names(words, "creditor");
    if (to_worker && worker) return true;
    return (names(words, "employer") || names(words, "debtor")) && !worker;
}

static int64_t side_of(const Party *p)
{
    if (str_eq(p->side, S("APPL"))) return APPLICANT;
    return str_eq(p->side, S("RESP")) ? RESPONDENT : THIRD_PARTY;
}

/* Which parties may see it: those it comes from or goes to. */
static void take_sides(Ctx *c, PaperWork *w)
{
    Rows rows = w->k.id.n ? parties_of(c, w->k.id) : (Rows){ 0 };
    Out o = { .buf = NEW(c->mem, char, NAMES_MAX), .cap = NAMES_MAX };
    for (size_t i = 0; i < rows.n; i++) {
        const Party *p = (const Party *)rows.at + i;
        if (!party_own(p)) continue;
        bool mine = w->order.party_id.n ? p->id.n == w->order.party_id.n
                                        : means(w->rule->to, p) || means(w->rule->from, p);
        if (mine) w->made.sides |= side_of(p);
        if (o.len + p->name.n + 2 > o.cap) continue;
        if (o.len) out_str(&o, S("\n"));
        out_str(&o, p->name);
    }
    w->made.parties = out_view(&o);
    w->made.party_id = w->order.party_id;
}

static void record_one(Ctx *c, PaperWork *w, Id party, Str addressee)
{
    Paper p = { .code = w->order.code, .party_id = party, .addressee = addressee, .number = w->made.number,
                .file = w->made.file.n ? w->made.file : w->made.docx };
    paper_issued(c, &w->k, &p);
}

/* One record for each who is to receive it; a group's many workers have one. */
void work_record(Ctx *c, PaperWork *w)
{
    Rows rows = parties_of(c, w->k.id);
    size_t n = 0;
    if (w->rule->to.n == 0) return; /* about service itself: it goes to nobody */
    for (size_t i = 0; i < rows.n && ok(c) && n < RECIPIENTS_MAX; i++) {
        const Party *p = (const Party *)rows.at + i;
        if (!party_own(p)) continue;
        bool mine = w->order.party_id.n ? p->id.n == w->order.party_id.n : means(w->rule->to, p);
        if (mine) record_one(c, w, p->id, (Str){ 0 });
        n += mine;
    }
    if (n == 0) record_one(c, w, (Id){ 0 }, w->facts.head.office);
}

/* ---- making ---------------------------------------------------------------------------- */

/* With the office's certificate, if there is one, where the seal would be. */
static Str with_signature(Ctx *c, const PaperWork *w, const Printed *p)
{
    enum { PATH = 1024, MORE = 1 << 20 };
    char path[PATH];
    Str why = { 0 };
    bool good = false;
    if (!ok(c) || !c->house->signer || !w->sealed || w->waits || p->seal_page == 0) return p->pdf;
    (void)snprintf(path, sizeof path, "%s/sign-%lld", c->house->folder, (long long)w->made.id.n);
    const SignNote note = { .reason = w->made.label, .place = w->facts.head.office, .at = now(c) };
    Str whole = { 0 };
    good = file_write(path, p->pdf) && pdf_sign(c->mem, c->house->signer, path, &note, &why) == SIGN_DONE;
    if (good) whole = file_read(c->mem, path, p->pdf.n + MORE, &good);
    (void)unlink(path);
    if (!good) fail(c, ERR_INTERNAL, S("sign"));
    return whole;
}

static void print(Ctx *c, PaperWork *w)
{
    Printed p;
    Made *m = &w->made;
    if (w->order.form_id.n) (void)own_print(c, w);
    if (w->order.form_id.n || !ok(c) || !press_make(c, out_view(&w->filled.source), &p)) return;
    const Signer *signer = c->house->signer;
    w->waits = signer && signer->kind->remote && w->sealed && p.seal_page;
    p.pdf = with_signature(c, w, &p);
    if (!ok(c)) return;
    m->file = file_put(c, p.pdf);
    m->docx = file_put(c, p.docx);
    m->sm3 = sm3_hex(c->mem, p.pdf);
    m->docx_sm3 = sm3_hex(c->mem, p.docx);
    m->size = (int64_t)p.pdf.n;
    m->docx_size = (int64_t)p.docx.n;
    m->pages = p.pages;
    m->seal_page = p.seal_page;
    m->seal_x = p.seal_x;
    m->seal_y = p.seal_y;
}

static void check_order(Ctx *c, const PaperWork *w)
{
    Party p;
    if (!ok(c)) return;
    if (w->order.replaces.n && str_length(w->order.reason) < 2) fault(c, S("reason"), FAULT_REQUIRED);
    if (w->order.party_id.n == 0 || !party_get(c, w->order.party_id, &p)) return;
    if (p.case_id.n != w->k.id.n) fault(c, S("party_id"), FAULT_NOT_KNOWN);
}

/* Now, or when the seal platform has signed it. */
static void add(Ctx *c, PaperWork *w)
{
    const bool about = w->k.id.n != 0;
    if (w->waits) work_wait(c, w);
    else made_add(c, &w->made);
    if (w->waits) w->made.state = S("sealing");
    if (about && !w->waits) work_record(c, w);
    if (about) case_note(c, &w->k, w->waits ? S("paper_waits") : S("paper_made"), w->made.label);
}

static void store(Ctx *c, PaperWork *w)
{
    Case k;
    tx_begin(c);
    case_get(c, w->k.id, &k);
    (void)case_unsealed(c, &k);
    if (ok(c) && k.version != w->k.version) fail(c, ERR_AGAIN, S("case"));
    w->k = k;
    add(c, w);
    case_save(c, &w->k);
    reply_row(c, w->waits ? 202 : 201, &made_form, &w->made);
    tx_end(c);
}

static void make(Ctx *c)
{
    PaperWork *w = NEW(c->mem, PaperWork, 1);
    form_read(c, &paper_order_form, &w->order);
    if (!case_get(c, arg_id(c, 0), &w->k)) return;
    check_order(c, w);
    if (work_open(c, w)) work_debtor(c, w);
    work_fill(c, w);
    if (!ok(c)) return;
    take_sides(c, w);
    print(c, w);
    if (ok(c)) store(c, w);
}

/* ---- papers about no case -------------------------------------------------------------- */

enum { OFFICE_MAKERS = CLERK | HEAD | ORG_MANAGER | CONVENER | HR | LINK_UNION | LINK_ARB | LINK_COURT };

bool work_office_may(const Ctx *c, const Template *t)
{
    Str words = t->by;
    bool may = (c->who.roles & (uint32_t)OFFICE_MAKERS) != 0;
    while (words.n && !may) may = (c->who.roles & role_bit(role_of(str_cut(&words, ' ')))) != 0;
    return may;
}

static void make_office(Ctx *c)
{
    PaperWork *w = NEW(c->mem, PaperWork, 1);
    form_read(c, &paper_order_form, &w->order);
    if (w->order.replaces.n && str_length(w->order.reason) < 2) fault(c, S("reason"), FAULT_REQUIRED);
    bool open = work_open(c, w);
    if (open && !work_office_may(c, &w->t)) fail(c, ERR_FORBIDDEN, w->order.code);
    if (open) work_fill(c, w);
    if (!ok(c)) return;
    print(c, w);
    tx_begin(c);
    add(c, w);
    reply_row(c, w->waits ? 202 : 201, &made_form, &w->made);
    tx_end(c);
}

enum { MAKERS = CLERK | DISPATCHER | MEDIATORS | HEAD | ORG_MANAGER | VISITOR | ARCHIVIST };

static const Route routes[] = {
    { "POST", "/api/v1/cases/:id/made", MAKERS, make, "制作文书", "make a paper", .in = &paper_order_form,
      .out = &made_form },
    { "POST", "/api/v1/office-papers", OFFICE_MAKERS | MEDIATORS | FINANCE, make_office, "制作机关文书", "make a paper about no case",
      .in = &paper_order_form, .out = &made_form },
};

const Slice papers_slice = { .name = "papers", .route = routes, .routes = COUNT(routes), .fact = office_sources,
                             .facts = OFFICE_SOURCES };
