/*
** The seal: SHA-256 over the case's rows as canonical JSON, one after another,
** each digest taken over the one before it and the row.  Whoever has the rows
** can take it again.
*/
#include "case/7-archive/archive.h"
#include "case/1-intake/intake.h"
#include "case/3-mediation/mediation.h"
#include "case/4-agreement/pursuit.h"
#include "case/6-followup/followup.h"
#include "case/canon.h"
#include "case/evidence.h"
#include "case/made.h"
#include "case/paper.h"

#include "core/crypto.h"

static const Field fields[] = {
    FIELD(Seal, id,      .label = "编号", .en = "id"),
    FIELD(Seal, case_id, .label = "案件", .en = "case"),
    FIELD(Seal, no,      .label = "归档号", .en = "archive number"),
    FIELD(Seal, seal,    .label = "封存摘要", .en = "seal"),
    FIELD(Seal, sub,     .label = "副卷封存摘要", .en = "seal of the sub-volume"),
    FIELD(Seal, lines,   .label = "记录数", .en = "rows sealed"),
    FIELD(Seal, edition, .label = "封存范围版本", .en = "edition of what is sealed"),
    FIELD(Seal, at,      .label = "归档时间", .en = "archived at"),
    FIELD(Seal, by_id,   .label = "归档人", .en = "archived by"),
    FIELD(Seal, good,    .label = "核验一致", .en = "verified"),
    FIELD(Seal, present, .label = "现时摘要", .en = "the seal as it would be now"),
};
const Form seal_form = FORM(Seal, fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE case_seal("              /* append-only */
      "  id    INTEGER PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES cases,"
      "  no    TEXT NOT NULL, seal TEXT NOT NULL, lines INTEGER NOT NULL,"
      "  at    INTEGER NOT NULL, by_id INTEGER NOT NULL) STRICT;"
      "CREATE INDEX case_seal_by_case ON case_seal(case_id, id);" },
    { 2, "ALTER TABLE case_seal ADD COLUMN sub TEXT NOT NULL DEFAULT '';" }, /* the sub-volume's own */
    { 3, "ALTER TABLE case_seal ADD COLUMN edition INTEGER NOT NULL DEFAULT 1;" },
};
static const char *const keeps[] = { "case_seal", NULL };

static const Query q_add = {
    .name = "seal.add", .in = &seal_form,
    .sql = "INSERT INTO case_seal(id, case_id, no, seal, sub, lines, edition, at, by_id)"
           " VALUES(:id, :case_id, :no, :seal, :sub, :lines, :edition, :at, :by_id)",
};
static const Query q_last = {
    .name = "seal.last", .in = &seal_form, .out = &seal_form,
    .sql = "SELECT id, case_id, no, seal, sub, lines, edition, at, by_id FROM case_seal WHERE case_id = :case_id"
           " ORDER BY id DESC LIMIT 1",
};
static const Query q_all = {
    .name = "seal.list", .in = &seal_form, .out = &seal_form,
    .sql = "SELECT id, case_id, no, seal, sub, lines, edition, at, by_id FROM case_seal WHERE case_id = :case_id"
           " ORDER BY case_id, id LIMIT 100",
};
static const Query *const queries[] = { &q_add, &q_last, &q_all, NULL };

static void line(Ctx *c, Seal *s, const Form *f, const void *row)
{
    Str text = canon_row(c, f, row);
    if (s->text) out_str(s->text, text);
    if (s->text) out_str(s->text, S("\n"));
    Out o = canon_out(c, s->seal.n + text.n + 1);
    if (!ok(c)) return;
    out_str(&o, s->seal);
    out_str(&o, S("\n"));
    out_str(&o, text);
    s->seal = sha256_hex(c->mem, out_view(&o));
    s->lines++;
}

static void lines(Ctx *c, Seal *s, const Form *f, Rows rows)
{
    for (size_t i = 0; i < rows.n && ok(c); i++) line(c, s, f, (const char *)rows.at + i * f->size);
}

/* What the steps say is theirs: the main volume, and what only the house sees. */
static const Sealed *const main_volume[] = {
    &assigned_sealed, &recusal_sealed, &sitting_sealed, &minutes_sealed, &fact_sealed, &joint_mark_sealed,
    &suspension_sealed, &extension_sealed, &extension_consent_sealed, &evidence_sealed, &accord_sealed,
    &commitment_sealed,
};
static const Sealed *const since_2[] = { &claim_change_sealed, &reckoning_sealed };
static const Sealed *const sub_volume[] = { &private_sealed, &conference_sealed, &report_sealed };

static void volume(Ctx *c, const Case *k, Seal *s, const Sealed *const *what, size_t n)
{
    for (size_t i = 0; i < n && ok(c); i++) lines(c, s, what[i]->form, what[i]->rows(c, k->id));
}

/* The agreement as it stands, and every mark. */
static void agreement_lines(Ctx *c, const Case *k, Seal *s)
{
    Accord a;
    if (!accord_of(c, k->id, &a)) return;
    a.obligations = (Rows){ 0 };
    line(c, s, &accord_form, &a);
    lines(c, s, &mark_form, marks_ever(c, k->id));
}

/* The record up to the last archiving: a clock that runs out later says so below it. */
static Rows entries_sealed(Ctx *c, Id case_id)
{
    const Field *event = form_find(&case_entry_form, S("event"));
    Rows rows = case_entries(c, case_id);
    size_t n = rows.n;
    while (n && !str_eq(*(const Str *)((const char *)rows.at + (n - 1) * case_entry_form.size + event->at),
                        str_of(event_word(EV_ARCHIVE)))) n--;
    return (Rows){ rows.at, n ? n : rows.n };
}

void seal_rows(Ctx *c, const Case *k, Seal *s, Out *rows, Out *sub)
{
    Intake in = { 0 };
    *s = (Seal){ .case_id = k->id, .edition = s->edition, .text = rows };
    line(c, s, &case_form, k);
    lines(c, s, &case_entry_form, entries_sealed(c, k->id));
    if (ok(c) && intake_get(c, k->id, &in)) line(c, s, &intake_form, &in);
    lines(c, s, &party_form, parties_of(c, k->id));
    lines(c, s, &claim_form, claims_of(c, k->id));
    volume(c, k, s, main_volume, COUNT(main_volume));
    agreement_lines(c, k, s);
    lines(c, s, &owing_form, owings_of(c, k->id));
    lines(c, s, &payment_form, payments_of(c, k->id));
    lines(c, s, &urging_form, urgings_of(c, k->id));
    lines(c, s, &pursuit_entry_form, pursuit_entries(c, k->id));
    lines(c, s, &visit_form, visits_of(c, k->id));
    lines(c, s, &feedback_form, feedbacks_of(c, k->id));
    lines(c, s, &paper_form, papers_of(c, k->id));
    lines(c, s, &made_form, made_of(c, k->id));
    if (s->edition >= 2) volume(c, k, s, since_2, COUNT(since_2));
    Seal apart = { .case_id = k->id, .text = sub };
    volume(c, k, &apart, sub_volume, COUNT(sub_volume));
    s->sub = apart.seal;
    s->lines += apart.lines;
}

void seal_take(Ctx *c, const Case *k, Seal *s)
{
    seal_rows(c, k, s, NULL, NULL);
}

void seal_add(Ctx *c, const Case *k)
{
    Seal s = { .edition = SEAL_EDITION };
    seal_take(c, k, &s);
    s.id = id_next(c);
    s.no = ledger_number(c, k, S("档"));
    s.at = now(c);
    s.by_id = c->who.id;
    db_insert(c, &q_add, &s);
}

bool seal_last(Ctx *c, Id case_id, Seal *s)
{
    *s = (Seal){ .case_id = case_id };
    return db_find(c, &q_last, s, s);
}

Str seal_number(Ctx *c, Id case_id)
{
    Seal s;
    return seal_last(c, case_id, &s) ? s.no : (Str){ 0 };
}

/* ---- answers -------------------------------------------------------------------------- */

static void show(Ctx *c)
{
    Case k;
    if (!case_get(c, arg_id(c, 0), &k)) return;
    reply_rows(c, &seal_form, db_list(c, &q_all, &(Seal){ .case_id = k.id }), (Str){ 0 });
}

/* The rows, sealed again: the same, or somebody changed one. */
static void verify(Ctx *c)
{
    Case k = { 0 };
    Seal s = { 0 }, fresh = { 0 };
    tx_begin(c);
    case_get(c, arg_id(c, 0), &k);
    if (ok(c) && !seal_last(c, k.id, &s)) fail(c, ERR_NOT_FOUND, S("seal"));
    if (ok(c) && state_of(k.state) != ST_ARCHIVED) fail(c, ERR_WRONG_STATE, k.state);
    fresh.edition = s.edition;
    seal_take(c, &k, &fresh);
    if (ok(c)) {
        s.present = fresh.seal;
        s.good = str_eq(s.seal, fresh.seal) && str_eq(s.sub, fresh.sub) && s.lines == fresh.lines;
        reply_row(c, 200, &seal_form, &s);
    }
    tx_end(c);
}

static const Route routes[] = {
    { "GET", "/api/v1/cases/:id/seal", STAFF, show, "归档封存", "its seals, the last one last", .out = &seal_form,
      .list = true },
    { "POST", "/api/v1/cases/:id/seal/verify", ARCHIVIST | HEAD, verify, "核验封存", "take the seal again",
      .out = &seal_form },
};

const Slice seal_slice = {
    .name = "seal", .query = queries, .migration = migrations, .migrations = COUNT(migrations), .keeps = keeps,
    .route = routes, .routes = COUNT(routes),
};
