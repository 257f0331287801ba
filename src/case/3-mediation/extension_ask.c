/*
** Asking both sides for more time, and each answering for himself: what the mediator
** asks, and who has agreed or not.  With the last word the period is extended at once,
** so that no consent is lost because nobody came back to it.  Whose word counts: the
** representatives where some were elected, else each party; an agent speaks for the
** one whom he represents.
*/
#include "case/3-mediation/extension.h"
#include "case/clock.h"
#include "case/notice.h"
#include "case/party.h"
#include "case/task.h"

typedef struct ExtensionAnswer {
    Id   id, ask_id, case_id, party_id;
    Str  side, name;
    bool agrees;
    Str  note;
    Date day;
    Time at;
} ExtensionAnswer;
static const Field answer_fields[] = {
    FIELD(ExtensionAnswer, id,       .label = "编号", .en = "id", .rule = SERVER_SET),
    FIELD(ExtensionAnswer, ask_id,   .label = "延期征求", .en = "what was asked", .rule = SERVER_SET),
    FIELD(ExtensionAnswer, case_id,  .label = "案件", .en = "case", .rule = SERVER_SET),
    FIELD(ExtensionAnswer, party_id, .label = "当事人", .en = "party", .rule = SERVER_SET),
    FIELD(ExtensionAnswer, side,     .label = "当事方", .en = "side", .rule = SERVER_SET, .codes = &extension_sides),
    FIELD(ExtensionAnswer, name,     .label = "答复人", .en = "who answered", .rule = SERVER_SET),
    FIELD(ExtensionAnswer, agrees,   .label = "同意延期", .en = "agrees", .rule = REQUIRED),
    FIELD(ExtensionAnswer, note,     .label = "说明", .en = "note", .rule = PROSE, .max = 500),
    FIELD(ExtensionAnswer, day,      .label = "答复日期", .en = "day", .rule = SERVER_SET),
    FIELD(ExtensionAnswer, at,       .label = "答复时间", .en = "at", .rule = SERVER_SET),
};
static const Form answer_form = FORM(ExtensionAnswer, answer_fields);

typedef struct ExtensionAsk {
    Id      id, case_id;
    int64_t days;
    Str     reason;
    Date    old_due, due; /* the last day as it is, and as it would be */
    Str     state;
    Date    day;
    Id      by;
    Rows    answers;
    bool    yours;        /* whoever asks has still to answer */
} ExtensionAsk;
static const Code state_rows[] = {
    { "open", "等待双方答复", "waiting for both sides" }, { "agreed", "双方同意，已延期", "both agreed: extended" },
    { "refused", "一方不同意", "a side refused" },         { "replaced", "已被新的征求代替", "asked anew" },
    { "lapsed", "期限已到或者已变，未延期", "the period was over or had moved" },
};
static const Codes states = { .name = "extension_ask_state", .row = state_rows, .n = COUNT(state_rows) };
static const Field ask_fields[] = {
    FIELD(ExtensionAsk, id,      .label = "编号", .en = "id", .rule = SERVER_SET),
    FIELD(ExtensionAsk, case_id, .label = "案件", .en = "case", .rule = SERVER_SET),
    FIELD(ExtensionAsk, days,    .label = "延长天数", .en = "days", .rule = REQUIRED, .min = 1, .max = 365),
    FIELD(ExtensionAsk, reason,  .label = "为什么需要延长", .en = "why", .rule = REQUIRED | PROSE, .min = 2, .max = 500),
    FIELD(ExtensionAsk, old_due, .label = "现截止日", .en = "last day now", .rule = SERVER_SET),
    FIELD(ExtensionAsk, due,     .label = "延长至", .en = "new last day", .rule = SERVER_SET),
    FIELD(ExtensionAsk, state,   .label = "状态", .en = "state", .rule = SERVER_SET, .codes = &states),
    FIELD(ExtensionAsk, day,     .label = "征求日期", .en = "asked on", .rule = SERVER_SET),
    FIELD(ExtensionAsk, by,      .label = "经办", .en = "by", .rule = SERVER_SET),
    FIELD(ExtensionAsk, answers, .label = "答复", .en = "answers", .rule = SERVER_SET, .max = 100, .child = &answer_form),
    FIELD(ExtensionAsk, yours,   .label = "等您答复", .en = "yours to answer", .rule = SERVER_SET),
};
static const Form ask_form = FORM(ExtensionAsk, ask_fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE extension_ask("
      "  id      INTEGER PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES cases,"
      "  days    INTEGER NOT NULL, reason TEXT NOT NULL, old_due TEXT NOT NULL, due TEXT NOT NULL,"
      "  state   TEXT NOT NULL CHECK(state IN ('open', 'agreed', 'refused', 'replaced')),"
      "  day     TEXT NOT NULL, by INTEGER NOT NULL) STRICT;"
      "CREATE INDEX extension_ask_by_case ON extension_ask(case_id, id);"
      "CREATE TABLE extension_answer("       /* append-only: one word of each */
      "  id      INTEGER PRIMARY KEY, ask_id INTEGER NOT NULL REFERENCES extension_ask,"
      "  case_id INTEGER NOT NULL, party_id INTEGER NOT NULL, side TEXT NOT NULL, name TEXT NOT NULL,"
      "  agrees  INTEGER NOT NULL, note TEXT NOT NULL, day TEXT NOT NULL, at INTEGER NOT NULL,"
      "  UNIQUE(ask_id, party_id)) STRICT;"
      "CREATE INDEX extension_answer_by_case ON extension_answer(case_id, id);" },
};
static const char *const keeps[] = { "extension_answer", NULL };

#define COLUMNS "id, case_id, days, reason, old_due, due, state, day, by"
static const Query q_add = {
    .name = "extension_ask.add", .in = &ask_form,
    .sql = "INSERT INTO extension_ask(" COLUMNS ") VALUES(:id, :case_id, :days, :reason, :old_due, :due, 'open', :day, :by)",
};
static const Query q_list = {
    .name = "extension_ask.list", .in = &ask_form, .out = &ask_form,
    .sql = "SELECT " COLUMNS " FROM extension_ask WHERE case_id = :case_id ORDER BY case_id, id LIMIT 100",
};
static const Query q_end = {
    .name = "extension_ask.end", .in = &ask_form,
    .sql = "UPDATE extension_ask SET state = :state WHERE case_id = :case_id AND state = 'open'",
};
static const Query q_answer = {
    .name = "extension_answer.add", .in = &answer_form, .clash = ERR_CLASH,
    .sql = "INSERT INTO extension_answer(id, ask_id, case_id, party_id, side, name, agrees, note, day, at)"
           " VALUES(:id, :ask_id, :case_id, :party_id, :side, :name, :agrees, :note, :day, :at)",
};
static const Query q_answers = {
    .name = "extension_answer.list", .in = &answer_form, .out = &answer_form,
    .sql = "SELECT id, ask_id, case_id, party_id, side, name, agrees, note, day, at FROM extension_answer"
           " WHERE case_id = :case_id ORDER BY case_id, id LIMIT 2000",
};
static const Query *const queries[] = { &q_add, &q_list, &q_end, &q_answer, &q_answers, NULL };

/* ---- whose word counts ------------------------------------------------------------------------- */

static bool speaks(const Party *p, bool represented)
{
    bool appl = str_eq(p->side, S("APPL")), resp = str_eq(p->side, S("RESP"));
    bool rep = str_eq(p->part, S("REP")), party = str_eq(p->part, S("PARTY"));
    return p->split_on.day == 0 && (rep || (party && (resp || (appl && !represented))));
}

/* Of Party: the people whose words together are both sides'. */
static Rows speakers_of(Ctx *c, Id case_id)
{
    Rows all = parties_of(c, case_id);
    Rows out = { NEW(c->mem, Party, all.n + 1), 0 };
    bool represented = representatives_of(c, case_id).n > 0;
    for (size_t i = 0; i < all.n; i++) {
        const Party *p = (const Party *)all.at + i;
        if (speaks(p, represented)) ((Party *)out.at)[out.n++] = *p;
    }
    return out;
}

/* For whom c's person speaks: himself, or the one on his side whose agent he is; NULL: nobody. */
static const Party *spoken_for(Ctx *c, Rows speakers, Party *self)
{
    const Party *one = NULL;
    size_t on_side = 0;
    bool mine = (c->who.roles & (uint32_t)PARTIES) && c->who.id.n;
    if (!mine || !party_get(c, c->who.id, self) || self->case_id.n != c->who.case_id.n) return NULL;
    for (size_t i = 0; i < speakers.n; i++) {
        const Party *p = (const Party *)speakers.at + i;
        if (p->id.n == self->id.n) return p;
        if (!str_eq(p->side, self->side)) continue;
        on_side++;
        one = p;
    }
    return str_eq(self->part, S("AGENT")) && on_side == 1 ? one : NULL;
}

/* ---- what was asked ------------------------------------------------------------------------------ */

static bool is_open(const ExtensionAsk *a)
{
    return str_eq(a->state, S("open"));
}

/* A consent is to a last day: when that has moved or gone by it is to nothing. */
static bool is_lapsed(const Ctx *c, const Case *k, const ExtensionAsk *a)
{
    bool extensible = flow_find(state_of(k->state), EV_EXTEND) != NULL;
    return !extensible || a->old_due.day != k->due.day || c->today.day > k->due.day;
}

static const ExtensionAnswer *answer_by(const ExtensionAsk *a, Id party)
{
    const ExtensionAnswer *list = a->answers.at;
    for (size_t i = 0; i < a->answers.n; i++) {
        if (list[i].party_id.n == party.n) return &list[i];
    }
    return NULL;
}

static Rows asks_of(Ctx *c, const Case *k)
{
    Rows rows = db_list(c, &q_list, &(ExtensionAsk){ .case_id = k->id });
    Rows all = rows.n ? db_list(c, &q_answers, &(ExtensionAnswer){ .case_id = k->id }) : rows;
    for (size_t i = 0; i < rows.n; i++) {
        ExtensionAsk *a = (ExtensionAsk *)rows.at + i;
        size_t cap = 0;
        for (size_t n = 0; n < all.n; n++) {
            const ExtensionAnswer *x = (const ExtensionAnswer *)all.at + n;
            if (x->ask_id.n != a->id.n) continue;
            *(ExtensionAnswer *)rows_push(c->mem, &a->answers, &cap, sizeof *x) = *x;
        }
        if (is_open(a) && is_lapsed(c, k, a)) a->state = str_of(state_rows[4].word);
    }
    return rows;
}

static ExtensionAsk *open_one(Rows rows)
{
    for (size_t i = 0; i < rows.n; i++) {
        ExtensionAsk *a = (ExtensionAsk *)rows.at + i;
        if (is_open(a)) return a;
    }
    return NULL;
}

static bool side_agrees(const ExtensionAsk *a, Rows speakers, Str side)
{
    size_t there = 0;
    for (size_t i = 0; i < speakers.n; i++) {
        const Party *p = (const Party *)speakers.at + i;
        if (!str_eq(p->side, side)) continue;
        const ExtensionAnswer *x = answer_by(a, p->id);
        if (!x || !x->agrees) return false;
        there++;
    }
    return there > 0;
}

/* The words of each side that is complete, as consents; true if both are. */
static bool words_of(Ctx *c, const ExtensionAsk *a, Rows speakers, Rows *consents)
{
    bool both = true;
    size_t cap = 0;
    Rows out = { 0 };
    for (size_t i = 0; i < consents->n; i++) {
        ExtensionConsent *w = rows_push(c->mem, &out, &cap, sizeof *w);
        *w = ((const ExtensionConsent *)consents->at)[i];
    }
    for (size_t s = 0; s < extension_sides.n; s++) {
        Str side = str_of(extension_sides.row[s].word);
        bool agrees = side_agrees(a, speakers, side);
        both = both && agrees;
        for (size_t i = 0; agrees && i < a->answers.n; i++) {
            const ExtensionAnswer *x = (const ExtensionAnswer *)a->answers.at + i;
            if (!str_eq(x->side, side)) continue;
            ExtensionConsent *w = rows_push(c->mem, &out, &cap, sizeof *w);
            *w = (ExtensionConsent){ .side = side, .name = x->name, .way = S("ONLINE"), .day = x->day };
        }
    }
    *consents = out;
    return both;
}

void extension_words(Ctx *c, const Case *k, int64_t days, Rows *consents)
{
    const ExtensionAsk *a = ok(c) ? open_one(asks_of(c, k)) : NULL;
    if (ok(c) && a && a->days == days) (void)words_of(c, a, speakers_of(c, k->id), consents);
}

static void end_asks(Ctx *c, const Case *k, Str state)
{
    db_change_any(c, &q_end, &(ExtensionAsk){ .case_id = k->id, .state = state });
}

void extension_asked_done(Ctx *c, const Case *k)
{
    end_asks(c, k, S("agreed"));
    task_done(c, k, S("extension_refused"), k->state);
}

/* ---- asking ------------------------------------------------------------------------------------------ */

static const char told[] = "调解员征求您的意见：是否同意把调解期限延长至";
static const char told_how[] = "。双方都同意才能延长。请凭回执编码和手机号打开“我的案件”答复。";

static void tell_speakers(Ctx *c, const Case *k, const ExtensionAsk *a)
{
    Rows rows = speakers_of(c, k->id);
    Out text = { .buf = NEW(c->mem, char, 400), .cap = 400 };
    out_str(&text, str_of(told));
    out_date(&text, a->due);
    out_str(&text, str_of(told_how));
    for (size_t i = 0; i < rows.n; i++) {
        const Party *p = (const Party *)rows.at + i;
        notice_party(c, k, p, S("extension_ask"), out_view(&text));
    }
}

static void ask(Ctx *c)
{
    Case k;
    ExtensionAsk a = { .day = c->today, .by = c->who.id, .state = S("open") };
    form_read(c, &ask_form, &a);
    tx_begin(c);
    case_for(c, &k, EV_EXTEND);
    if (ok(c)) not_on_hold(c, &k);
    if (ok(c) && c->today.day > k.due.day) fail(c, ERR_BLOCKED, str_of(ending_zh(END_TIME)));
    a.old_due = k.due;
    a.due = clock_if_extended(c, &k, S("C-MED"), (int)a.days);
    end_asks(c, &k, S("replaced"));
    a.id = id_next(c);
    a.case_id = k.id;
    db_insert(c, &q_add, &a);
    if (ok(c)) tell_speakers(c, &k, &a);
    case_save(c, &k);
    case_note(c, &k, S("extension_asked"), a.reason);
    reply_row(c, 201, &ask_form, &a);
    tx_end(c);
}

/* A party does not see why the other side said what it said. */
static void hide_notes(const Ctx *c, ExtensionAsk *a, const Party *self)
{
    if (!(c->who.roles & (uint32_t)PARTIES)) return;
    for (size_t i = 0; i < a->answers.n; i++) {
        ExtensionAnswer *x = (ExtensionAnswer *)a->answers.at + i;
        if (!str_eq(x->side, self->side)) x->note = (Str){ 0 };
    }
}

static void list_asks(Ctx *c)
{
    Case k;
    Party self = { 0 };
    if (!case_get(c, arg_id(c, 0), &k)) return;
    Rows rows = asks_of(c, &k);
    const Party *me = rows.n ? spoken_for(c, speakers_of(c, k.id), &self) : NULL;
    for (size_t i = 0; i < rows.n; i++) {
        ExtensionAsk *a = (ExtensionAsk *)rows.at + i;
        a->yours = is_open(a) && me && !answer_by(a, me->id);
        hide_notes(c, a, &self);
    }
    reply_rows(c, &ask_form, rows, (Str){ 0 });
}

/* ---- answering ------------------------------------------------------------------------------------- */

/* The one that is asked, still to be answered; else why not. */
static ExtensionAsk *asked(Ctx *c, const Case *k)
{
    Rows rows = asks_of(c, k);
    Id id = arg_id(c, 1);
    for (size_t i = 0; ok(c) && i < rows.n; i++) {
        ExtensionAsk *a = (ExtensionAsk *)rows.at + i;
        if (a->id.n != id.n) continue;
        if (!is_open(a)) fail(c, str_eq(a->state, S("lapsed")) ? ERR_BLOCKED : ERR_CLASH, a->state);
        return ok(c) ? a : NULL;
    }
    fail(c, ERR_NOT_FOUND, S("extension_ask"));
    return NULL;
}

/* What follows from the answers that there are. */
static void settle(Ctx *c, Case *k, ExtensionAsk *a, const ExtensionAnswer *x, Rows speakers)
{
    Extension e = { .days = a->days };
    if (!x->agrees) {
        end_asks(c, k, S("refused"));
        task_add(c, k, S("extension_refused"), ROLE_MEDIATOR, time_at(k->due, 23, 59));
        a->state = S("refused");
    } else if (words_of(c, a, speakers, &e.consents)) {
        extension_grant(c, k, &e, true);
        a->state = S("agreed");
    }
}

static void answer(Ctx *c)
{
    Case k;
    Party self = { 0 };
    ExtensionAnswer x = { .day = c->today, .at = now(c) };
    form_read(c, &answer_form, &x);
    tx_begin(c);
    case_get(c, arg_id(c, 0), &k);
    ExtensionAsk *a = asked(c, &k);
    Rows speakers = speakers_of(c, k.id);
    const Party *who = spoken_for(c, speakers, &self);
    if (ok(c) && !who) fail(c, ERR_FORBIDDEN, S("party"));
    if (ok(c) && a && who) {
        x.id = id_next(c);
        x.ask_id = a->id;
        x.case_id = k.id;
        x.party_id = who->id;
        x.side = who->side;
        x.name = self.name;
        db_insert(c, &q_answer, &x);
        case_save(c, &k);
        case_note(c, &k, x.agrees ? S("extension_agreed") : S("extension_refused"), x.side);
        size_t cap = a->answers.n;
        *(ExtensionAnswer *)rows_push(c->mem, &a->answers, &cap, sizeof x) = x;
        settle(c, &k, a, &x, speakers);
        hide_notes(c, a, &self);
        reply_row(c, 201, &ask_form, a);
    }
    tx_end(c);
}

enum { READERS = STAFF | PARTIES };

static const Route routes[] = {
    { "POST", "/api/v1/cases/:id/extension-asks", MEDIATORS, ask, "征求双方同意延期", "ask both sides for more time",
      .in = &ask_form, .out = &ask_form },
    { "GET", "/api/v1/cases/:id/extension-asks", READERS, list_asks, "延期征求", "more time that was asked for",
      .out = &ask_form, .list = true },
    { "POST", "/api/v1/cases/:id/extension-asks/:ask/answer", PARTIES, answer, "答复是否同意延期",
      "agree to more time, or not", .in = &answer_form, .out = &ask_form },
};

const Slice extension_ask_slice = {
    .name = "extension_ask", .query = queries, .migration = migrations, .migrations = COUNT(migrations),
    .keeps = keeps, .route = routes, .routes = COUNT(routes),
};
