/*
** Examining (T4–T11): one list of what is missing, the respondent's wish, and
** the decision: accepted, not accepted with another road named, or referred.
*/
#include "case/1-intake/intake.h"
#include "case/1-intake/link.h"
#include "case/clock.h"
#include "case/notice.h"
#include "case/task.h"
#include "law/contact.h"
#include "law/scope.h"
#include "register/organisations/organisations.h"
#include "register/people/party.h"

/* ---- what is asked and answered ------------------------------------------------------ */

typedef struct Correction { Str items; bool supplied; Str note; } Correction;
static const Field ask_fields[] = {
    FIELD(Correction, items, .label = "补正材料清单", .en = "all that is missing, one item a line",
          .rule = REQUIRED | PROSE, .min = 2, .max = 2000),
};
static const Form ask_form = { .name = "CorrectionList", .size = sizeof(Correction), .field = ask_fields, .n = COUNT(ask_fields) };
static const Field supply_fields[] = {
    FIELD(Correction, supplied, .label = "所列材料均已补齐", .en = "everything listed is supplied", .rule = REQUIRED),
    FIELD(Correction, note, .label = "说明", .en = "note", .rule = PROSE, .max = 2000),
};
static const Form supply_form = { .name = "CorrectionDone", .size = sizeof(Correction), .field = supply_fields, .n = COUNT(supply_fields) };

typedef struct Decide {
    Str  code;      /* NR… */
    Id   org;       /* referral: to whom */
    bool agrees;    /* acceptance: both sides want mediation */
    Str  scope;     /* a person's decision where the rules leave it open */
    Str  reason;    /* decline: REFUSED, UNREACHABLE */
    Str  why;       /* REFUSED: of refusal_why */
    Str  note;
    Str  road;      /* in answers: what the applicant may do instead */
} Decide;

static bool known_refusal(const Ctx *c, Str word)
{
    const Refusal *r = refusal_find(&c->law->refusals, word, c->today);
    return r && (r->kind == VERDICT_REJECT || r->kind == VERDICT_STOP);
}
static const Codes refusal = { .name = "refusal", .known = known_refusal };
static const Code reason_rows[] = {
    { "REFUSED", "一方当事人不同意调解", "does not agree to mediation" },
    { "UNREACHABLE", "无法联系", "cannot be reached" },
};
static const Codes decline_reason = { .name = "decline_reason", .row = reason_rows, .n = COUNT(reason_rows) };

static const Field reject_fields[] = {
    FIELD(Decide, code, .label = "不予受理原因", .en = "reason", .rule = REQUIRED, .codes = &refusal),
    FIELD(Decide, note, .label = "说明", .en = "note", .rule = REQUIRED | PROSE, .min = 2, .max = 2000),
};
static const Form reject_form = { .name = "Reject", .size = sizeof(Decide), .field = reject_fields, .n = COUNT(reject_fields) };
static const Field refer_fields[] = {
    FIELD(Decide, org,  .label = "移送至", .en = "to whom", .rule = REQUIRED),
    FIELD(Decide, note, .label = "说明", .en = "note", .rule = REQUIRED | PROSE, .min = 2, .max = 2000),
};
static const Form refer_form = { .name = "Refer", .size = sizeof(Decide), .field = refer_fields, .n = COUNT(refer_fields) };
static const Field accept_fields[] = {
    FIELD(Decide, agrees, .label = "双方均同意调解", .en = "both sides agree to mediation", .rule = REQUIRED),
    FIELD(Decide, scope,  .label = "受理类别", .en = "scope class", .codes = &scope_classes),
    FIELD(Decide, note,   .label = "说明", .en = "note", .rule = PROSE, .max = 2000),
};
static const Form accept_form = { .name = "Accept", .size = sizeof(Decide), .field = accept_fields, .n = COUNT(accept_fields) };
static const Field decline_fields[] = {
    FIELD(Decide, reason, .label = "原因", .en = "reason", .rule = REQUIRED, .codes = &decline_reason),
    FIELD(Decide, why,    .label = "不愿意调解的原因", .en = "why not mediated", .codes = &refusal_why),
    FIELD(Decide, note,   .label = "说明", .en = "note", .rule = PROSE, .max = 2000),
};
static const Form decline_form = { .name = "Decline", .size = sizeof(Decide), .field = decline_fields, .n = COUNT(decline_fields) };

/* An attempt to reach somebody. */
typedef struct Contact {
    Id   id, case_id, party_id;
    Str  channel;
    Date day;
    bool reached;
    Str  answer;  /* AGREES, REFUSES, LATER, NONE */
    Str  note;
    Id   actor;
} Contact;

static const Code way_rows[] = {
    { "PHONE", "电话", "phone" }, { "SMS", "短信", "text message" }, { "LETTER", "信函", "letter" },
    { "VISIT", "上门", "visit" }, { "MAIL", "电子邮件", "e-mail" }, { "ONLINE", "在线", "online" },
};
static const Codes contact_way = { .name = "contact_way", .row = way_rows, .n = COUNT(way_rows) };
static const Code answer_rows[] = {
    { "NONE", "未答复", "no answer" }, { "AGREES", "同意调解", "agrees" },
    { "REFUSES", "不同意调解", "refuses" }, { "LATER", "另行答复", "will answer later" },
};
static const Codes contact_answer = { .name = "contact_answer", .row = answer_rows, .n = COUNT(answer_rows) };

static const Field contact_fields[] = {
    FIELD(Contact, id,       .label = "编号", .en = "id", .rule = SERVER_SET),
    FIELD(Contact, case_id,  .label = "案件", .en = "case", .rule = SERVER_SET),
    FIELD(Contact, party_id, .label = "当事人", .en = "party", .rule = REQUIRED),
    FIELD(Contact, channel,  .label = "联系方式", .en = "channel", .rule = REQUIRED, .codes = &contact_way),
    FIELD(Contact, day,      .label = "日期", .en = "day", .rule = NOT_FUTURE),
    FIELD(Contact, reached,  .label = "已联系上", .en = "reached", .rule = REQUIRED),
    FIELD(Contact, answer,   .label = "答复", .en = "answer", .codes = &contact_answer),
    FIELD(Contact, note,     .label = "说明", .en = "note", .rule = PROSE, .max = 2000),
    FIELD(Contact, actor,    .label = "经办", .en = "actor", .rule = SERVER_SET),
};
static const Form contact_form = FORM(Contact, contact_fields);

typedef struct Wish { bool agrees; Str why, note; } Wish;
static const Field wish_fields[] = {
    FIELD(Wish, agrees, .label = "同意调解", .en = "agrees to mediation", .rule = REQUIRED),
    FIELD(Wish, why, .label = "不愿意调解的原因", .en = "why not mediated", .codes = &refusal_why),
    FIELD(Wish, note, .label = "说明", .en = "note", .rule = PROSE, .max = 2000),
};
static const Form wish_form = FORM(Wish, wish_fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE contact("           /* attempts to reach a party; append-only */
      "  id       INTEGER PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES cases,"
      "  party_id INTEGER NOT NULL, channel TEXT NOT NULL, day TEXT NOT NULL,"
      "  reached  INTEGER NOT NULL, answer TEXT NOT NULL, note TEXT NOT NULL, actor INTEGER NOT NULL) STRICT;"
      "CREATE INDEX contact_by_case ON contact(case_id, id);" },
};
static const char *const keeps[] = { "contact", NULL };

static const Query q_contact = {
    .name = "contact.add", .in = &contact_form,
    .sql = "INSERT INTO contact(id, case_id, party_id, channel, day, reached, answer, note, actor)"
           " VALUES(:id, :case_id, :party_id, :channel, :day, :reached, :answer, :note, :actor)",
};
static const Query q_contacts = {
    .name = "contact.list", .in = &contact_form, .out = &contact_form,
    .sql = "SELECT id, case_id, party_id, channel, day, reached, answer, note, actor FROM contact"
           " WHERE case_id = :case_id ORDER BY case_id, id",
};
static const Query *const queries[] = { &q_contact, &q_contacts, NULL };

/* ---- is it ours? ------------------------------------------------------------------------ */

static const Party *employer_in(Rows parties)
{
    for (size_t i = 0; i < parties.n; i++) {
        const Party *p = (const Party *)parties.at + i;
        if (str_eq(p->kind, S("EMPLOYER")) && str_eq(p->part, S("PARTY"))) return p;
    }
    return NULL;
}

static Date worker_birth(Rows parties)
{
    Date birth = { 0 };
    int workers = 0;
    for (size_t i = 0; i < parties.n; i++) {
        const Party *p = (const Party *)parties.at + i;
        if (!str_eq(p->kind, S("WORKER")) || !str_eq(p->part, S("PARTY"))) continue;
        workers++;
        birth = p->birth;
    }
    return workers == 1 ? birth : (Date){ 0 };
}

static uint32_t open_classes(Ctx *c, const Case *k)
{
    Org org;
    return org_get(c, k->owner, &org) ? scope_set(org.scopes) : 0;
}

static Decision decide(Ctx *c, const Case *k, const Intake *in)
{
    Rows parties = parties_of(c, k->id);
    const Party *e = employer_in(parties);
    ScopeFacts f = { .causes = k->causes, .region = k->region, .filed = k->filed, .occurred = in->knew_date,
                     .birth = worker_birth(parties), .matters = matters_of(in->matters),
                     .open = open_classes(c, k) };
    (void)employer_of(e ? e->emp_type : S("ENT"), &f.employer);
    (void)relation_of(in->relation, &f.relation);
    ScopeLaw law = law_scope(c->law);
    return scope_decide(&law, &f);
}

static void show_scope(Ctx *c)
{
    Case k = { 0 };
    Intake in = { 0 };
    if (!case_get(c, arg_id(c, 0), &k) || !intake_get(c, k.id, &in)) return;
    Decision d = decide(c, &k, &in);
    scope_reply(c, &d);
}

/* Under the age of work: whatever becomes of the case, it is reported. */
static void report_child_labour(Ctx *c, Case *k)
{
    Look look = { .params = &c->law->params, .region = k->region, .day = c->today };
    int64_t least = param(&look, "WORKER_AGE_MIN");
    Intake in = { 0 };
    if (!intake_of(c, k, &in)) return;
    for (size_t i = 0; i < in.parties.n; i++) {
        const Party *p = (const Party *)in.parties.at + i;
        if (p->birth.day == 0 || !str_eq(p->kind, S("WORKER"))) continue;
        if (age_on(date_civil(p->birth), c->today) >= least) continue;
        task_add(c, k, S("child_labour"), ROLE_CLERK, (Time){ now(c).s + 86400 });
        return;
    }
}

Str clock_profile(Ctx *c, const Case *k, const Intake *in)
{
    bool known = false;
    Org org;
    if (str_eq(in->relation, S("NEF"))) return S("D");
    if (org_get(c, k->org, &org) && str_eq(org.kind, S("ENT"))) return S("A");
    const ClockRule *r = clock_rule_find(&c->law->clocks, S("C-MED"), k->region, c->today, &known);
    return r ? r->profile : S("E");
}

/* ---- handlers ----------------------------------------------------------------------------- */

static void begin(Ctx *c, Case *k, Intake *in)
{
    tx_begin(c);
    if (case_get(c, arg_id(c, 0), k)) (void)intake_get(c, k->id, in);
}

static void finish(Ctx *c, const Case *k)
{
    reply_row(c, 200, &case_form, k);
    tx_end(c);
}

static void ask_correction(Ctx *c)
{
    Case k = { 0 };
    Intake in = { 0 };
    Correction in_form = { 0 };
    form_read(c, &ask_form, &in_form);
    begin(c, &k, &in);
    Look look = { .params = &c->law->params, .region = k.region, .day = c->today };
    if (ok(c) && in.corrections >= param(&look, "CORRECTION_TIMES")) fail(c, ERR_BLOCKED, S("one_time_only"));
    in.corrections++;
    in.missing = in_form.items;
    intake_save(c, &in);
    case_fire(c, &k, EV_ASK_CORRECTION, in_form.items);
    finish(c, &k);
}

static void corrected(Ctx *c)
{
    Case k = { 0 };
    Intake in = { 0 };
    Correction done = { 0 };
    form_read(c, &supply_form, &done);
    if (ok(c) && !done.supplied) fault(c, S("supplied"), FAULT_REQUIRED);
    begin(c, &k, &in);
    k.start = c->today; /* C-ACC runs anew from the day on which it was completed */
    case_fire(c, &k, EV_CORRECT, done.note);
    finish(c, &k);
}

static void reject(Ctx *c)
{
    Case k = { 0 };
    Intake in = { 0 };
    Decide d = { 0 };
    form_read(c, &reject_form, &d);
    begin(c, &k, &in);
    k.ending = d.code;
    k.ended = c->today;
    case_fire(c, &k, EV_REJECT, d.note);
    task_done(c, &k, S("examine"), d.code);
    finish(c, &k);
}

static void refer(Ctx *c)
{
    Case k = { 0 };
    Intake in = { 0 };
    Decide d = { 0 };
    form_read(c, &refer_form, &d);
    begin(c, &k, &in);
    referral_add(c, &k, d.org, d.note);
    k.ending = S("NR14");
    k.ended = c->today;
    case_fire(c, &k, EV_REFER, d.note);
    task_done(c, &k, S("examine"), k.ending);
    finish(c, &k);
}

/* The respondent gets a receipt of his own, with which he sees the claim and answers. */
static void invite(Ctx *c, const Case *k)
{
    Rows parties = parties_of(c, k->id);
    for (size_t i = 0; i < parties.n; i++) {
        const Party *p = (const Party *)parties.at + i;
        if (!str_eq(p->side, S("RESP"))) continue;
        Str receipt = p->mobile.n ? party_receipt(c, k->id, p->mobile, RESPONDENT, p->id) : (Str){ 0 };
        notice_party(c, k, p, S("invite"), receipt);
    }
}

static void ask_consent(Ctx *c)
{
    Case k;
    CaseNote in = { 0 };
    form_read(c, &case_note_form, &in);
    tx_begin(c);
    case_get(c, arg_id(c, 0), &k);
    case_fire(c, &k, EV_ASK_CONSENT, in.note);
    invite(c, &k);
    finish(c, &k);
}

void contact_made(Ctx *c, Id case_id, Id party_id, bool reached, Str note)
{
    Contact t = { .id = id_next(c), .case_id = case_id, .party_id = party_id, .channel = S("PHONE"),
                  .day = c->today, .reached = reached, .answer = S("NONE"), .note = note,
                  .actor = c->who.id };
    db_insert(c, &q_contact, &t);
}

static void add_contact(Ctx *c)
{
    Case k;
    Party p;
    Contact t = { .day = c->today, .actor = c->who.id, .answer = S("NONE") };
    form_read(c, &contact_form, &t);
    tx_begin(c);
    case_get(c, arg_id(c, 0), &k);
    if (ok(c) && (!party_get(c, t.party_id, &p) || p.case_id.n != k.id.n)) {
        if (c->err == ERR_NOT_FOUND) c->err = ERR_OK;
        fault(c, S("party_id"), FAULT_NOT_KNOWN);
    }
    t.id = id_next(c);
    t.case_id = k.id;
    db_insert(c, &q_contact, &t);
    case_note(c, &k, S("contact"), t.channel);
    reply_row(c, 201, &contact_form, &t);
    tx_end(c);
}

static void list_contacts(Ctx *c)
{
    Case k;
    if (!case_get(c, arg_id(c, 0), &k)) return;
    reply_rows(c, &contact_form, db_list(c, &q_contacts, &(Contact){ .case_id = k.id }), (Str){ 0 });
}

/* The respondent's own word, from the link he was sent. */
static void answer(Ctx *c)
{
    Case k;
    Wish w = { 0 };
    form_read(c, &wish_form, &w);
    tx_begin(c);
    case_get(c, arg_id(c, 0), &k);
    if (ok(c) && !(c->who.sides & RESPONDENT)) fail(c, ERR_FORBIDDEN, S("side"));
    if (ok(c) && state_of(k.state) != ST_CONSENT) fail(c, ERR_WRONG_STATE, k.state);
    Contact t = { .id = id_next(c), .case_id = k.id, .party_id = c->who.id, .channel = S("ONLINE"),
                  .day = c->today, .reached = true, .answer = w.agrees ? S("AGREES") : S("REFUSES"),
                  .note = w.agrees ? w.note : refusal_said(c, w.why, w.note), .actor = c->who.id };
    db_insert(c, &q_contact, &t);
    if (!w.agrees) refusal_heard(c, &k, w.why.n ? w.why : S("OTHER"));
    case_save(c, &k);
    case_note(c, &k, S("answer"), t.answer);
    task_add(c, &k, S("examine"), ROLE_CLERK, (Time){ now(c).s + 86400 });
    reply_row(c, 201, &contact_form, &t);
    tx_end(c);
}

/* A side that answered nothing counts as unreachable only after real attempts. */
void contact_exhausted(Ctx *c, const Case *k)
{
    Attempt list[64];
    size_t n = 0;
    Look look = { .params = &c->law->params, .region = k->region, .day = c->today };
    Rows rows = db_list(c, &q_contacts, &(Contact){ .case_id = k->id });
    for (size_t i = 0; i < rows.n && n < COUNT(list); i++) {
        const Contact *t = (const Contact *)rows.at + i;
        list[n++] = (Attempt){ .day = t->day, .channel = t->channel, .reached = t->reached };
    }
    if (!ok(c)) return;
    Findings f = contact_missing(&look, list, n);
    if (f.n) fail(c, ERR_BLOCKED, str_of(f.list[0].why->zh));
}

static void decline(Ctx *c)
{
    Case k = { 0 };
    Intake in = { 0 };
    Decide d = { 0 };
    form_read(c, &decline_form, &d);
    begin(c, &k, &in);
    if (ok(c) && str_eq(d.reason, S("UNREACHABLE"))) contact_exhausted(c, &k);
    if (str_eq(d.reason, S("REFUSED"))) refusal_heard(c, &k, d.why);
    k.ending = S("NR13");
    k.ended = c->today;
    case_fire(c, &k, EV_DECLINE, d.note.n ? d.note : d.reason);
    task_done(c, &k, S("examine"), k.ending);
    finish(c, &k);
}

/* Refuses an acceptance that the rules forbid; where they leave it open a person
** names the class. */
static void settle_scope(Ctx *c, const Case *k, Intake *in, const Decide *d)
{
    if (!ok(c)) return;
    Decision said = decide(c, k, in);
    bool open = said.verdict == VERDICT_ACCEPT || said.verdict == VERDICT_WARN;
    if (!open) fail(c, ERR_BLOCKED, said.route ? said.route->code : S("scope"));
    in->scope = str_of(scope_word(said.scope));
    if (d->scope.n) in->scope = d->scope;
    if (ok(c) && in->scope.n == 0) fault(c, S("scope"), FAULT_REQUIRED);
}

static void accept(Ctx *c)
{
    Case k = { 0 };
    Intake in = { 0 };
    Decide d = { 0 };
    form_read(c, &accept_form, &d);
    if (ok(c) && !d.agrees) fault(c, S("agrees"), FAULT_REQUIRED);
    begin(c, &k, &in);
    settle_scope(c, &k, &in, &d);
    in.consent = true;
    intake_save(c, &in);
    k.profile = clock_profile(c, &k, &in);
    k.accepted = c->today;
    case_fire(c, &k, EV_ACCEPT, d.note);
    task_done(c, &k, S("examine"), in.scope);
    task_add(c, &k, S("dispatch"), ROLE_DISPATCHER, (Time){ now(c).s + 86400 });
    finish(c, &k);
}

static const Route routes[] = {
    { "GET", "/api/v1/cases/:id/scope", STAFF, show_scope, "受理范围判断", "is it in scope?" },
    { "POST", "/api/v1/cases/:id/ask-correction", CLERK, ask_correction, "一次性告知补正", "ask for corrections",
      EV_ASK_CORRECTION, .in = &ask_form, .out = &case_form },
    { "POST", "/api/v1/cases/:id/correct", PARTIES | CLERK, corrected, "补正完成", "corrections made", EV_CORRECT,
      .in = &supply_form, .out = &case_form },
    { "POST", "/api/v1/cases/:id/reject", CLERK, reject, "不予受理", "not accepted", EV_REJECT,
      .in = &reject_form, .out = &case_form },
    { "POST", "/api/v1/cases/:id/refer", CLERK, refer, "移送", "refer", EV_REFER, .in = &refer_form, .out = &case_form },
    { "POST", "/api/v1/cases/:id/ask-consent", CLERK, ask_consent, "征询对方意愿", "ask the respondent",
      EV_ASK_CONSENT, .in = &case_note_form, .out = &case_form },
    { "POST", "/api/v1/cases/:id/contacts", CLERK | MEDIATORS, add_contact, "联系记录", "an attempt to reach a party",
      .in = &contact_form, .out = &contact_form },
    { "GET", "/api/v1/cases/:id/contacts", STAFF, list_contacts, "联系记录", "attempts to reach the parties",
      .out = &contact_form, .list = true },
    { "POST", "/api/v1/cases/:id/answer", PARTIES, answer, "答复是否同意调解", "the respondent's answer",
      .in = &wish_form, .out = &contact_form },
    { "POST", "/api/v1/cases/:id/decline", CLERK, decline, "对方不同意或者联系不上", "the respondent declines",
      EV_DECLINE, .in = &decline_form, .out = &case_form },
    { "POST", "/api/v1/cases/:id/accept", CLERK, accept, "受理", "accept", EV_ACCEPT, .in = &accept_form,
      .out = &case_form },
};
static const Hook hooks[] = {
    { AFTER, EV_SUBMIT, report_child_labour },
};

const Slice examine_slice = {
    .name = "examine", .query = queries, .migration = migrations, .migrations = COUNT(migrations),
    .keeps = keeps, .route = routes, .routes = COUNT(routes), .hook = hooks, .hooks = COUNT(hooks),
};
