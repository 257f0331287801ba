/* The extension itself: both sides' words, the clock, the record (extension.h). */
#include "case/3-mediation/extension.h"
#include "case/clock.h"

static const Code side_rows[] = { { "APPL", "申请人", "applicant" }, { "RESP", "被申请人", "respondent" } };
const Codes extension_sides = { .name = "consenting_side", .row = side_rows, .n = COUNT(side_rows) };
static const Code way_rows[] = {
    { "PAPER", "书面签名", "signed on paper" }, { "ONLINE", "电子签名", "signed electronically" },
};
static const Codes ways = { .name = "extension_way", .row = way_rows, .n = COUNT(way_rows) };
static const Field consent_fields[] = {
    FIELD(ExtensionConsent, id,           .label = "编号", .en = "id", .rule = SERVER_SET),
    FIELD(ExtensionConsent, extension_id, .label = "延期", .en = "extension", .rule = SERVER_SET),
    FIELD(ExtensionConsent, case_id,      .label = "案件", .en = "case", .rule = SERVER_SET),
    FIELD(ExtensionConsent, side,         .label = "当事方", .en = "side", .rule = REQUIRED, .codes = &extension_sides),
    FIELD(ExtensionConsent, name,         .label = "签名人", .en = "who signed", .rule = REQUIRED, .min = 2, .max = 50),
    FIELD(ExtensionConsent, way,          .label = "方式", .en = "how", .rule = REQUIRED, .codes = &ways),
    FIELD(ExtensionConsent, day,          .label = "日期", .en = "day", .rule = REQUIRED | NOT_FUTURE),
};
static const Form consent_form = FORM(ExtensionConsent, consent_fields);

static const Field extension_fields[] = {
    FIELD(Extension, id,       .label = "编号", .en = "id", .rule = SERVER_SET),
    FIELD(Extension, case_id,  .label = "案件", .en = "case", .rule = SERVER_SET),
    FIELD(Extension, days,     .label = "延长天数", .en = "days", .rule = REQUIRED, .min = 1, .max = 365),
    FIELD(Extension, consents, .label = "双方同意", .en = "consents", .max = 20, .child = &consent_form),
    FIELD(Extension, old_due,  .label = "原截止日", .en = "old last day", .rule = SERVER_SET),
    FIELD(Extension, due,      .label = "新截止日", .en = "new last day", .rule = SERVER_SET),
    FIELD(Extension, day,      .label = "延期日期", .en = "extended on", .rule = SERVER_SET),
    FIELD(Extension, outside_trial_limit, .label = "延长时间不计入审理期限", .en = "not counted in the trial limit",
          .rule = SERVER_SET),
    FIELD(Extension, by,       .label = "经办", .en = "by", .rule = SERVER_SET),
};
static const Form extension_form = FORM(Extension, extension_fields);

static const Query q_extend = {
    .name = "extension.add", .in = &extension_form,
    .sql = "INSERT INTO extension(id, case_id, days, old_due, due, day, outside_trial_limit, by)"
           " VALUES(:id, :case_id, :days, :old_due, :due, :day, :outside_trial_limit, :by)",
};
static const Query q_consent = {
    .name = "extension.consent", .in = &consent_form,
    .sql = "INSERT INTO extension_consent(id, extension_id, case_id, side, name, way, day)"
           " VALUES(:id, :extension_id, :case_id, :side, :name, :way, :day)",
};
static const Query q_consents = {
    .name = "extension.consents", .in = &consent_form, .out = &consent_form,
    .sql = "SELECT id, extension_id, case_id, side, name, way, day FROM extension_consent"
           " WHERE case_id = :case_id ORDER BY case_id, id LIMIT 1000",
};
static const Query q_extensions = {
    .name = "extension.list", .in = &extension_form, .out = &extension_form,
    .sql = "SELECT id, case_id, days, old_due, due, day, outside_trial_limit, by FROM extension"
           " WHERE case_id = :case_id ORDER BY case_id, id LIMIT 100",
};
static const Query *const queries[] = { &q_extend, &q_consent, &q_consents, &q_extensions, NULL };

static Rows extensions_of(Ctx *c, Id case_id)
{
    return db_list(c, &q_extensions, &(Extension){ .case_id = case_id });
}

static Rows consents_of(Ctx *c, Id case_id)
{
    return db_list(c, &q_consents, &(ExtensionConsent){ .case_id = case_id });
}

const Sealed extension_sealed = { &extension_form, extensions_of };
const Sealed extension_consent_sealed = { &consent_form, consents_of };

/* ---- handlers -------------------------------------------------------------------------------- */

/* What is missing is said by the side's name; a word given after the period is none. */
static void both_agree(Ctx *c, const Case *k, const Extension *e)
{
    for (size_t s = 0; ok(c) && s < COUNT(side_rows); s++) {
        bool there = false;
        for (size_t i = 0; i < e->consents.n; i++) {
            const ExtensionConsent *a = (const ExtensionConsent *)e->consents.at + i;
            there |= str_eq(a->side, str_of(side_rows[s].word)) && a->day.day <= k->due.day;
        }
        if (!there) fail(c, ERR_BLOCKED, str_of(side_rows[s].zh));
    }
    if (ok(c) && c->today.day > k->due.day) fail(c, ERR_BLOCKED, str_of(ending_zh(END_TIME)));
}

static bool is_after_filing(const Case *k)
{
    return str_eq(k->profile, S("H")) || str_eq(k->profile, S("I"));
}

void extension_grant(Ctx *c, Case *k, Extension *e, bool by_system)
{
    both_agree(c, k, e);
    e->old_due = k->due;
    clock_extend(c, k, S("C-MED"), (int)e->days);
    e->due = k->due;
    e->id = id_next(c);
    e->case_id = k->id;
    e->day = c->today;
    e->by = c->who.id;
    e->outside_trial_limit = is_after_filing(k);
    if (by_system) fire_by_system(c, k, EV_EXTEND, (Str){ 0 });
    else case_fire(c, k, EV_EXTEND, (Str){ 0 });
    db_insert(c, &q_extend, e);
    for (size_t i = 0; i < e->consents.n; i++) {
        ExtensionConsent *a = (ExtensionConsent *)e->consents.at + i;
        a->id = id_next(c);
        a->extension_id = e->id;
        a->case_id = k->id;
        db_insert(c, &q_consent, a);
    }
    extension_asked_done(c, k);
}

static void extend(Ctx *c)
{
    Case k;
    Extension e = { 0 };
    form_read(c, &extension_form, &e);
    tx_begin(c);
    case_for(c, &k, EV_EXTEND);
    extension_words(c, &k, e.days, &e.consents);
    extension_grant(c, &k, &e, false);
    reply_row(c, 201, &extension_form, &e);
    tx_end(c);
}

static void list_extensions(Ctx *c)
{
    Case k;
    if (!case_get(c, arg_id(c, 0), &k)) return;
    Rows rows = extensions_of(c, k.id);
    Rows all = consents_of(c, k.id);
    for (size_t i = 0; i < rows.n; i++) {
        Extension *e = (Extension *)rows.at + i;
        size_t cap = 0;
        for (size_t n = 0; n < all.n; n++) {
            const ExtensionConsent *a = (const ExtensionConsent *)all.at + n;
            if (a->extension_id.n != e->id.n) continue;
            *(ExtensionConsent *)rows_push(c->mem, &e->consents, &cap, sizeof *a) = *a;
        }
    }
    reply_rows(c, &extension_form, rows, (Str){ 0 });
}

enum { READERS = STAFF | PARTIES };

static const Route routes[] = {
    { "POST", "/api/v1/cases/:id/extend", MEDIATORS, extend, "延长期限", "extend the period", EV_EXTEND,
      .in = &extension_form, .out = &extension_form },
    { "GET", "/api/v1/cases/:id/extensions", READERS, list_extensions, "延期记录", "its extensions",
      .out = &extension_form, .list = true },
};

const Slice extension_slice = {
    .name = "extension", .query = queries, .route = routes, .routes = COUNT(routes),
};
