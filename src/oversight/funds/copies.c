/*
** Copies among files (套取补助): what a claimed case's file says, as a signature
** (law/shingle.h), and the file most like it.  The texts are the facts, the minutes
** and the agreement; the parties' names are left out.
*/
#include "law/shingle.h"
#include "oversight/funds/subsidy_row.h"

enum { TEXT_MAX = 256 * 1024, BAND = 18, NAMES = 200 };

typedef struct Sign {
    Id      case_id;
    Str     org_path, signature, band, no, text;
    int64_t runs;
    Str     b[SHINGLE_BANDS];
} Sign;
#define B(i) { .name = "b" #i, .kind = KIND_TEXT, .at = offsetof(Sign, b) + (i) * sizeof(Str) }
static const Field fields[] = {
    FIELD(Sign, case_id), FIELD(Sign, org_path), FIELD(Sign, signature), FIELD(Sign, band), FIELD(Sign, no),
    FIELD(Sign, text), FIELD(Sign, runs),
    B(0), B(1), B(2), B(3), B(4), B(5), B(6), B(7), B(8), B(9), B(10), B(11), B(12), B(13), B(14), B(15),
};
static const Form sign_form = FORM(Sign, fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE file_sign("            /* what a claimed case's file says, as a signature */
      "  case_id   INTEGER PRIMARY KEY REFERENCES cases, org_path TEXT NOT NULL,"
      "  signature TEXT NOT NULL, runs INTEGER NOT NULL) STRICT;"
      "CREATE TABLE file_band("            /* parts of it, by which alike files are found */
      "  band TEXT NOT NULL, case_id INTEGER NOT NULL REFERENCES cases, PRIMARY KEY(band, case_id)) STRICT;"
      "CREATE INDEX file_band_by_case ON file_band(case_id);" },
};
static const Query q_names = { /* all of them: a group's text names more people than its title */
    .name = "copy.names", .in = &sign_form, .out = &sign_form,
    .sql = "SELECT name AS text FROM case_party WHERE case_id = :case_id ORDER BY id LIMIT 200",
};
static const Query q_texts = {
    .name = "copy.texts", .in = &sign_form, .out = &sign_form,
    .sql = "SELECT facts AS text FROM intake WHERE case_id = :case_id"
           " UNION ALL SELECT statements || undisputed || focus || proposals || result FROM minutes"
           " WHERE case_id = :case_id"
           " UNION ALL SELECT t.requests || t.facts || t.result FROM agreement a JOIN agreement_text t"
           " ON t.agreement_id = a.id AND t.version = a.version WHERE a.case_id = :case_id",
};
static const Query q_put = {
    .name = "copy.put", .in = &sign_form, .quiet = true,
    .sql = "INSERT INTO file_sign(case_id, org_path, signature, runs) VALUES(:case_id, :org_path, :signature, :runs)"
           " ON CONFLICT(case_id) DO UPDATE SET signature = excluded.signature, runs = excluded.runs",
};
static const Query q_clear = {
    .name = "copy.clear", .in = &sign_form, .quiet = true,
    .sql = "DELETE FROM file_band WHERE case_id = :case_id",
};
static const Query q_band = {
    .name = "copy.band", .in = &sign_form, .quiet = true,
    .sql = "INSERT INTO file_band(band, case_id) VALUES(:band, :case_id)",
};
static const Query q_find = {
    .name = "copy.find", .in = &sign_form, .out = &sign_form,
    .sql = "SELECT s.case_id, s.signature, k.no FROM file_sign s JOIN cases k ON k.id = s.case_id"
           " WHERE s.case_id IN (SELECT f.case_id FROM file_band f WHERE f.band IN (:b0, :b1, :b2, :b3, :b4, :b5, :b6,"
           " :b7, :b8, :b9, :b10, :b11, :b12, :b13, :b14, :b15) AND f.case_id <> :case_id)"
           " AND s.runs > 0 ORDER BY s.case_id LIMIT 200",
};
static const Query *const queries[] = { &q_names, &q_texts, &q_put, &q_clear, &q_band, &q_find, NULL };

/* Everything the file says in words, as one text. */
static Str text_of(Ctx *c, Id case_id)
{
    Rows rows = db_list(c, &q_texts, &(Sign){ .case_id = case_id });
    size_t cap = 1;
    for (size_t i = 0; i < rows.n; i++) cap += ((const Sign *)rows.at)[i].text.n + 1;
    if (cap > TEXT_MAX) cap = TEXT_MAX; /* what is beyond does not count */
    Out o = { .buf = NEW(c->mem, char, cap), .cap = cap };
    for (size_t i = 0; i < rows.n; i++) {
        out_str(&o, ((const Sign *)rows.at)[i].text);
        out_str(&o, S("\n"));
    }
    return out_view(&o);
}

static void keep(Ctx *c, Sign *sign, const Shingles *s)
{
    Out hex = { .buf = NEW(c->mem, char, SHINGLE_HEX), .cap = SHINGLE_HEX };
    shingles_write(&hex, s);
    sign->signature = out_view(&hex);
    sign->runs = s->n < SHINGLE_LEAST ? 0 : (int64_t)s->n;
    db_insert(c, &q_put, sign);
    db_change_any(c, &q_clear, sign);
    for (size_t i = 0; i < SHINGLE_BANDS; i++) {
        Out o = { .buf = NEW(c->mem, char, BAND), .cap = BAND };
        shingles_band(&o, s, i);
        sign->band = sign->b[i] = out_view(&o);
        if (sign->runs) db_insert(c, &q_band, sign);
    }
}

int64_t copy_find(Ctx *c, Id case_id, Str org_path, Id *other, Str *no)
{
    Sign sign = { .case_id = case_id, .org_path = org_path };
    Shingles s, theirs;
    int64_t most = 0;
    Rows people = db_list(c, &q_names, &sign);
    Str *names = NEW(c->mem, Str, NAMES);
    for (size_t i = 0; i < people.n && i < NAMES; i++) names[i] = ((const Sign *)people.at)[i].text;
    shingles_of(text_of(c, case_id), names, people.n, &s);
    sign.case_id = case_id;
    sign.org_path = org_path;
    keep(c, &sign, &s);
    Rows rows = db_list(c, &q_find, &sign);
    for (size_t i = 0; i < rows.n; i++) {
        const Sign *o = (const Sign *)rows.at + i;
        int64_t alike = shingles_read(o->signature, &theirs) ? shingles_alike(&s, &theirs) : 0;
        if (alike <= most) continue;
        most = alike;
        *other = o->case_id;
        *no = o->no;
    }
    return most;
}

const Slice copies_slice = {
    .name = "copy", .query = queries, .migration = migrations, .migrations = COUNT(migrations),
};
