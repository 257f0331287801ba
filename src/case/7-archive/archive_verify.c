/*
** Every archived case, looked at again: it has its seal, nobody opened it but by the
** procedure, the rows are those that were sealed, and
** the bytes of its files and volumes are what their digests say; the seal and the
** volumes are those of the audit record, so that who changes a row and its digest
** with it is found, too.
*/
#include "case/7-archive/volume.h"
#include "case/canon.h"
#include "case/evidence.h"
#include "case/made.h"

#include "core/audit.h"
#include "core/digest.h"
#include "core/files.h"

#include <zip.h>

enum { ROWS_ROOM = 12 << 20, SHOWN = 100 };

static const Query q_archived = { /* by its row, or by its seal: who takes one away leaves the other */
    .name = "archive.archived", .in = &seal_form, .out = &seal_form,
    .sql = "SELECT k.id AS case_id FROM cases k WHERE k.id > :case_id AND (k.archived IS NOT NULL OR EXISTS("
           "SELECT 1 FROM case_seal s WHERE s.case_id = k.id)) ORDER BY k.id LIMIT 100",
};
static const Query *const queries[] = { &q_archived, NULL };
const Slice archive_verify_slice = { .name = "archive_verify", .query = queries };

typedef struct Looking {
    Ctx      *c;
    Verifier *v;
    const Case *k;
} Looking;

static void fault_of(Looking *w, Str what, Str which)
{
    Out o = canon_out(w->c, what.n + which.n + 8);
    out_str(&o, what);
    out_str(&o, which);
    w->v->faults++;
    w->v->say(w->v->to, w->k->no, out_view(&o));
}

static void look_at(Looking *w, Str name, Str sha256, int64_t size)
{
    Digests d;
    Arena *mem = w->c->mem;
    const Arena before = *mem;
    w->v->files++;
    bool there = digests_of(mem, str_c(mem, file_path(w->c, sha256)), &d);
    if (!there) fault_of(w, S("file is not there: "), name);
    else if (!str_eq(d.sha256, sha256) || d.size != size) fault_of(w, S("file was changed: "), name);
    *mem = before;
}

static void look_at_files(Looking *w)
{
    Rows files = evidence_of(w->c, w->k->id), papers = made_of(w->c, w->k->id);
    Rows bound = volumes_of(w->c, w->k->id);
    for (size_t i = 0; i < files.n; i++) {
        const Evidence *e = (const Evidence *)files.at + i;
        look_at(w, e->name, e->sha256, e->size);
    }
    for (size_t i = 0; i < papers.n; i++) {
        const Made *m = (const Made *)papers.at + i;
        if (m->file.n) look_at(w, m->number, m->file, m->size);
        if (m->docx.n) look_at(w, m->number, m->docx, m->docx_size);
    }
    for (size_t i = 0; i < bound.n; i++) {
        const Volume *v = (const Volume *)bound.at + i;
        Str name = str_eq(v->kind, S("sub")) ? S("sub-volume") : S("main volume");
        look_at(w, name, v->sha256, v->size);
        if (!audit_says(w->c, v->made_at, v->sha256))
            fault_of(w, S("row is not in the audit record: "), name);
    }
}

/* ---- which row ------------------------------------------------------------------------------- */

/* What was sealed, out of the main volume's ZIP; "" if there is none that can be read. */
static Str sealed_rows(Looking *w)
{
    Volume v;
    zip_stat_t st;
    if (!volume_last(w->c, w->k->id, S("main"), S("ZIP"), &v)) return (Str){ 0 };
    zip_t *zip = zip_open(str_c(w->c->mem, file_path(w->c, v.sha256)), ZIP_RDONLY, NULL);
    zip_file_t *file = zip ? zip_fopen(zip, "records.jsonl", 0) : NULL;
    bool known = file && zip_stat(zip, "records.jsonl", 0, &st) == 0 && st.size <= ROWS_ROOM;
    char *text = known ? NEW(w->c->mem, char, st.size + 1) : NULL;
    zip_int64_t n = text ? zip_fread(file, text, st.size) : 0;
    if (file) (void)zip_fclose(file);
    if (zip) zip_discard(zip);
    return n > 0 ? (Str){ text, (size_t)n } : (Str){ 0 };
}

static void say_row(Looking *w, int64_t no, Str was, Str is)
{
    Out o = canon_out(w->c, 2 * SHOWN + 80);
    out_int(&o, no);
    out_str(&o, S(": "));
    out_str(&o, (Str){ was.s, was.n < SHOWN ? was.n : SHOWN });
    if (is.n == 0) out_str(&o, S(" (is not there)"));
    fault_of(w, S("row is otherwise: "), out_view(&o));
}

/* Line by line: each that is not as it was sealed. */
static void look_at_rows(Looking *w, int64_t edition)
{
    const Arena before = *w->c->mem;
    Seal fresh = { .edition = edition };
    Str was = sealed_rows(w);
    Out rows = { .buf = was.n ? NEW(w->c->mem, char, ROWS_ROOM) : NULL, .cap = was.n ? ROWS_ROOM : 0 };
    if (was.n) seal_rows(w->c, w->k, &fresh, &rows, NULL);
    Str is = out_view(&rows);
    for (int64_t no = 1; was.n && ok(w->c) && !rows.full; no++) {
        Str one = str_cut(&was, '\n'), other = str_cut(&is, '\n');
        if (!str_eq(one, other)) say_row(w, no, one, other);
    }
    *w->c->mem = before;
}

static void look_at_seal(Looking *w, const Seal *last)
{
    Ctx *c = w->c;
    Keep p;
    Seal fresh = { .edition = last->edition };
    seal_take(c, w->k, &fresh);
    if (!ok(c)) return;
    if (!str_eq(fresh.seal, last->seal)) {
        fault_of(w, S("rows are not those that were sealed as "), last->no);
        look_at_rows(w, last->edition);
    }
    bool said = audit_says(c, last->at, last->seal) && audit_says(c, last->at, last->sub);
    if (!said) fault_of(w, S("seal is not in the audit record: "), last->no);
    if (!str_eq(fresh.sub, last->sub)) fault_of(w, S("rows of the sub-volume are not those of "), last->no);
    keep_of(c, w->k, &p);
    if (p.destroyed_on.day == 0) look_at_files(w);
}

/* What the record says last of it: it was archived here, and not reopened since. */
static bool was_archived(Ctx *c, Id id)
{
    bool archived = false;
    const Field *event = form_find(&case_entry_form, S("event"));
    Rows rows = case_entries(c, id);
    for (size_t i = 0; i < rows.n; i++) {
        Str word = *(const Str *)((const char *)rows.at + i * case_entry_form.size + event->at);
        if (str_eq(word, str_of(event_word(EV_ARCHIVE)))) archived = true;
        if (str_eq(word, str_of(event_word(EV_REOPEN)))) archived = false;
    }
    return archived;
}

/* One of an old ledger was archived elsewhere and has no seal of ours. */
static void look_at_case(Ctx *c, Verifier *v, Id id)
{
    Case k;
    Seal last;
    Looking w = { .c = c, .v = v, .k = &k };
    if (!case_get(c, id, &k) || !was_archived(c, id)) return;
    v->cases++;
    bool sealed = seal_last(c, id, &last);
    if (!sealed) fault_of(&w, S("has no seal"), (Str){ 0 });
    else if (state_of(k.state) == ST_ARCHIVED) look_at_seal(&w, &last);
    else fault_of(&w, S("is not archived any more, and nobody reopened it: "), last.no);
}

void archive_verify(Ctx *c, Verifier *v)
{
    const Arena mem = *c->mem;
    Id after = { v->only.n ? v->only.n - 1 : 0 };
    for (bool more = true; more && ok(c);) {
        Id id[100];
        *c->mem = mem;
        Rows rows = db_list(c, &q_archived, &(Seal){ .case_id = after });
        for (size_t i = 0; i < rows.n; i++) id[i] = ((const Seal *)rows.at)[i].case_id;
        more = rows.n == COUNT(id) && !v->only.n;
        for (size_t i = 0; i < rows.n && ok(c); i++) {
            *c->mem = mem;
            after = id[i];
            if (!v->only.n || v->only.n == id[i].n) look_at_case(c, v, id[i]);
        }
    }
}
