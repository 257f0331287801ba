/*
** What one side said in private (背靠背).  Sealed; for those who mediate the case
** and the head, nobody else: not the other side, not its own side's list, not the
** hand-over.  In no record but the audit's does it appear.
*/
#include "case/3-mediation/mediation.h"
#include "core/audit.h"
#include "core/right.h"

typedef struct PrivateNote {
    Id   id, case_id;
    Str  side, content;
    Id   by;
    Time at;
} PrivateNote;

static const Code side_rows[] = { { "APPL", "申请人", "applicant" }, { "RESP", "被申请人", "respondent" } };
static const Codes sides = { .name = "private_side", .row = side_rows, .n = COUNT(side_rows) };

static const Field fields[] = {
    FIELD(PrivateNote, id,      .label = "编号", .en = "id", .rule = SERVER_SET),
    FIELD(PrivateNote, case_id, .label = "案件", .en = "case", .rule = SERVER_SET),
    FIELD(PrivateNote, side,    .label = "谈话对象", .en = "who spoke", .rule = REQUIRED, .codes = &sides),
    FIELD(PrivateNote, content, .label = "谈话内容", .en = "what was said", .rule = REQUIRED | SEALED | PROSE,
          .min = 2, .max = 10000),
    FIELD(PrivateNote, by,      .label = "记录人", .en = "by", .rule = SERVER_SET),
    FIELD(PrivateNote, at,      .label = "记录时间", .en = "at", .rule = SERVER_SET),
};
static const Form note_form = FORM(PrivateNote, fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE private_note("       /* append-only; sub-volume */
      "  id      INTEGER PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES cases,"
      "  side    TEXT NOT NULL CHECK(side IN ('APPL', 'RESP')),"
      "  content TEXT NOT NULL,"         /* sealed */
      "  by      INTEGER NOT NULL, at INTEGER NOT NULL) STRICT;"
      "CREATE INDEX private_note_by_case ON private_note(case_id, id);" },
};
static const char *const keeps[] = { "private_note", NULL };

static const Query q_add = {
    .name = "private_note.add", .in = &note_form,
    .sql = "INSERT INTO private_note(id, case_id, side, content, by, at)"
           " VALUES(:id, :case_id, :side, :content, :by, :at)",
};
static const Query q_list = {
    .name = "private_note.list", .in = &note_form, .out = &note_form,
    .sql = "SELECT id, case_id, side, content, by, at FROM private_note WHERE case_id = :case_id"
           " ORDER BY case_id, id LIMIT 200",
};
static const Query *const queries[] = { &q_add, &q_list, NULL };

static Rows notes_of(Ctx *c, Id case_id)
{
    return db_list(c, &q_list, &(PrivateNote){ .case_id = case_id });
}

const Sealed private_sealed = { &note_form, notes_of };

/* A right for one's own cases reaches those one mediates, not those one sees by one's office. */
static void need(Ctx *c, const Case *k, unsigned verb)
{
    const Right *r = right_need(c, OBJ_PRIVATE_NOTE, verb);
    if (!r || r->reach == REACH_ALL) return;
    bool own = (c->who.id.n && k->mediator_id.n == c->who.id.n) || case_is_member(c, k->id, c->who.id);
    if (ok(c) && !own) fail(c, ERR_FORBIDDEN, str_of(object_word(OBJ_PRIVATE_NOTE)));
}

static void add(Ctx *c)
{
    Case k;
    PrivateNote n = { .by = c->who.id, .at = now(c) };
    form_read(c, &note_form, &n);
    tx_begin(c);
    case_get(c, arg_id(c, 0), &k);
    need(c, &k, MAY_WRITE);
    states_only(c, &k, SPAN(ASSIGNED, PENDING_SIGN));
    if (ok(c)) not_on_hold(c, &k);
    n.id = id_next(c);
    n.case_id = k.id;
    db_insert(c, &q_add, &n);
    case_save(c, &k);
    reply_row(c, 201, &note_form, &n);
    tx_end(c);
}

/* Who looked is written down, so the list is a transaction too. */
static void list(Ctx *c)
{
    Case k;
    tx_begin(c);
    case_get(c, arg_id(c, 0), &k);
    need(c, &k, MAY_READ);
    audit_look(c, str_of(object_word(OBJ_PRIVATE_NOTE)), (Str){ 0 });
    reply_rows(c, &note_form, notes_of(c, k.id), (Str){ 0 });
    tx_end(c);
}

static const Route routes[] = {
    { "POST", "/api/v1/cases/:id/private-notes", MEDIATORS, add, "背靠背谈话记录", "what one side said in private",
      .in = &note_form, .out = &note_form },
    { "GET", "/api/v1/cases/:id/private-notes", MEDIATORS | HEAD, list, "背靠背谈话记录", "notes of private talks",
      .out = &note_form, .list = true },
};

const Slice private_slice = {
    .name = "private_note", .query = queries, .migration = migrations, .migrations = COUNT(migrations), .keeps = keeps,
    .route = routes, .routes = COUNT(routes),
};
