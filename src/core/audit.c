#include "core/audit.h"

#include "core/crypto.h"
#include "core/engine.h"
#include "core/limits.h"

#include <stdlib.h>
#include <string.h>

enum { HASH = 64, LONG_TEXT = 200, VERIFY_PAGE = 100 };

static const char no_hash[] = "0000000000000000000000000000000000000000000000000000000000000000";

struct Lane {
    Id      id;         /* 0: the next entry begins one */
    int64_t seq;        /* of its last entry */
    char    hash[HASH];
    bool    written;    /* in this transaction: */
    int64_t next_seq;
    char    next_hash[HASH];
    Id      subject;
    Str     reason;
    Out     trail;      /* what it changed, as JSON without its outer brackets */
};

typedef struct Entry {
    Id      lane;
    int64_t seq;
    int64_t at_ms;
    Id      actor;
    Id      session;
    Str     org_path;
    Str     action;
    Id      subject;
    Str     reason;
    Str     detail;
    Str     prev;
    Str     hash;
} Entry;

static const Field fields[] = {
    FIELD(Entry, lane,     .label = "链",     .en = "lane"),
    FIELD(Entry, seq,      .label = "序号",   .en = "number"),
    FIELD(Entry, at_ms,    .label = "时间",   .en = "milliseconds since 1970"),
    FIELD(Entry, actor,    .label = "经办",   .en = "actor"),
    FIELD(Entry, session,  .label = "会话",   .en = "session"),
    FIELD(Entry, org_path, .label = "机构",   .en = "organisation"),
    FIELD(Entry, action,   .label = "操作",   .en = "action"),
    FIELD(Entry, subject,  .label = "对象",   .en = "subject"),
    FIELD(Entry, reason,   .label = "理由",   .en = "reason"),
    FIELD(Entry, detail,   .label = "内容",   .en = "what was changed"),
    FIELD(Entry, prev,     .label = "前一摘要", .en = "previous hash"),
    FIELD(Entry, hash,     .label = "摘要",   .en = "hash"),
};
static const Form entry_form = FORM(Entry, fields);

typedef struct Seal {
    int64_t number;
    int64_t at_ms;
    Str     heads; /* "lane seq hash" lines */
    Str     prev;
    Str     hash;
} Seal;

static const Field seal_fields[] = {
    FIELD(Seal, number, .label = "序号",     .en = "number"),
    FIELD(Seal, at_ms,  .label = "时间",     .en = "milliseconds since 1970"),
    FIELD(Seal, heads,  .label = "各链末端", .en = "heads of all lanes"),
    FIELD(Seal, prev,   .label = "前一摘要", .en = "previous hash"),
    FIELD(Seal, hash,   .label = "摘要",     .en = "hash"),
};
static const Form seal_form = FORM(Seal, seal_fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE audit("
      "  lane     INTEGER NOT NULL,"  /* one writer's chain */
      "  seq      INTEGER NOT NULL,"  /* from 1 without gaps */
      "  at_ms    INTEGER NOT NULL,"
      "  actor    INTEGER NOT NULL,"  /* user, machine or party; 0: the system */
      "  session  INTEGER NOT NULL,"
      "  org_path TEXT NOT NULL,"
      "  action   TEXT NOT NULL,"     /* method and route, or the job's word */
      "  subject  INTEGER NOT NULL,"  /* the case or record it is about */
      "  reason   TEXT NOT NULL,"     /* why somebody looked */
      "  detail   TEXT NOT NULL,"     /* JSON: [[query, {parameters}], …] */
      "  prev     TEXT NOT NULL,"
      "  hash     TEXT NOT NULL,"     /* SHA-256 over all the others */
      "  PRIMARY KEY(lane, seq)) STRICT;"
      "CREATE INDEX audit_by_time ON audit(at_ms);"
      "CREATE INDEX audit_by_subject ON audit(subject, at_ms);"
      "CREATE INDEX audit_by_actor ON audit(actor, at_ms);"
      "CREATE TABLE audit_seal("
      "  number INTEGER PRIMARY KEY,"
      "  at_ms  INTEGER NOT NULL,"
      "  heads  TEXT NOT NULL,"       /* of the lanes written to since the last seal */
      "  prev   TEXT NOT NULL,"
      "  hash   TEXT NOT NULL) STRICT;" },
};
static const char *const keeps[] = { "audit", "audit_seal", NULL };

#define COLUMNS "lane, seq, at_ms, actor, session, org_path, action, subject, reason, detail, prev, hash"

static const Query q_add = {
    .name = "audit.add", .in = &entry_form, .quiet = true,
    .sql = "INSERT INTO audit(" COLUMNS ") VALUES(:lane, :seq, :at_ms, :actor, :session, :org_path,"
           " :action, :subject, :reason, :detail, :prev, :hash)",
};
static const Query q_page = {
    .name = "audit.page", .in = &entry_form, .out = &entry_form,
    .sql = "SELECT " COLUMNS " FROM audit WHERE (lane, seq) > (:lane, :seq) ORDER BY lane, seq LIMIT 100",
};
static const Query q_entry = {
    .name = "audit.entry", .in = &entry_form, .out = &entry_form,
    .sql = "SELECT hash FROM audit WHERE lane = :lane AND seq = :seq",
};
static const Query q_heads = {
    .name = "audit.heads", .in = &entry_form, .out = &entry_form,
    .sql = "SELECT a.lane, a.seq, a.hash FROM audit a WHERE a.at_ms >= :at_ms AND NOT EXISTS("
           " SELECT 1 FROM audit b WHERE b.lane = a.lane AND b.seq = a.seq + 1) ORDER BY a.lane",
};
static const Query q_seal_add = {
    .name = "audit.seal", .in = &seal_form, .clash = ERR_AGAIN, .quiet = true,
    .sql = "INSERT INTO audit_seal(number, at_ms, heads, prev, hash) VALUES(:number, :at_ms, :heads, :prev, :hash)",
};
static const Query q_seal_last = {
    .name = "audit.last_seal", .out = &seal_form,
    .sql = "SELECT number, at_ms, heads, prev, hash FROM audit_seal"
           " WHERE number = (SELECT max(number) FROM audit_seal)",
};
static const Query q_seals = {
    .name = "audit.seals", .in = &seal_form, .out = &seal_form,
    .sql = "SELECT number, at_ms, heads, prev, hash FROM audit_seal WHERE number > :number ORDER BY number LIMIT 100",
};
static const Query *const queries[] = {
    &q_add, &q_page, &q_entry, &q_heads, &q_seal_add, &q_seal_last, &q_seals, NULL,
};

bool audit_head(Ctx *c, AuditHead *head)
{
    Seal last = { 0 };
    *head = (AuditHead){ 0 };
    if (!db_find(c, &q_seal_last, NULL, &last)) return false;
    *head = (AuditHead){ last.number, last.at_ms, last.hash };
    return true;
}

/* ---- lanes -------------------------------------------------------------------- */

Lane *lane_open(void)
{
    Lane *lane = calloc(1, sizeof *lane);
    BUG_IF(!lane);
    lane->trail = (Out){ .buf = malloc(TRAIL_MAX), .cap = TRAIL_MAX };
    BUG_IF(!lane->trail.buf);
    return lane;
}

void lane_close(Lane *lane)
{
    free(lane->trail.buf);
    free(lane);
}

void audit_begin(Ctx *c)
{
    Lane *lane = c->db->lane;
    lane->trail.len = 0;
    lane->trail.full = false;
    lane->written = false;
    lane->subject = (Id){ 0 };
    lane->reason = (Str){ 0 };
}

void audit_about(Ctx *c, Id subject)
{
    if (ok(c)) c->db->lane->subject = subject;
}

/* ---- what was changed ------------------------------------------------------------ */

static void write_long(Ctx *c, Out *o, Str text)
{
    out_str(o, S("\"sha256:"));
    out_str(o, sha256_hex(c->mem, text));
    out_str(o, S("\""));
}

/* Numbers as they are, sealed values as digests, long text as its hash. */
static void write_param(Ctx *c, Out *o, const Field *fd, const void *row)
{
    const void *at = (const char *)row + fd->at;
    const Str *s = at;
    switch (fd->kind) {
    case KIND_INT: case KIND_TIME: case KIND_MONEY: case KIND_ID:
        out_int(o, *(const int64_t *)at);
        return;
    case KIND_BOOL: out_int(o, *(const bool *)at); return;
    case KIND_LIST: return;
    case KIND_DATE:
        out_str(o, S("\""));
        out_date(o, *(const Date *)at);
        out_str(o, S("\""));
        return;
    case KIND_TEXT: break;
    }
    if (fd->rule & SEALED) out_json(o, text_digest(c->mem, c->db->store->keys, str_of(fd->name), *s));
    else if (s->n > LONG_TEXT) write_long(c, o, *s);
    else out_json(o, *s);
}

static void write_note(Ctx *c, Out *o, const Plan *p, const void *in)
{
    if (o->len) out_str(o, S(","));
    out_str(o, S("[\""));
    out_str(o, str_of(p->q->name));
    out_str(o, S("\",{"));
    for (size_t i = 0; i < p->params; i++) {
        out_str(o, p->told[i]);
        write_param(c, o, p->param[i], in);
    }
    out_str(o, S("}]"));
}

/* A transaction too large to tell keeps the hash of what it told so far. */
static void fold(Ctx *c, Out *o, size_t len)
{
    Str hash = sha256_hex(c->mem, (Str){ o->buf, len });
    o->len = 0;
    o->full = false;
    out_str(o, S("[\"audit.folded\",{\"sha256\":"));
    out_json(o, hash);
    out_str(o, S("}]"));
}

void audit_note(Ctx *c, const Plan *p, const void *in)
{
    Out *o = &c->db->lane->trail;
    if (!ok(c) || !c->db->in_tx) return;
    size_t len = o->len;
    write_note(c, o, p, in);
    if (!o->full) return;
    fold(c, o, len);
    write_note(c, o, p, in);
}

void audit_look(Ctx *c, Str what, Str reason)
{
    Lane *lane = c->db->lane;
    if (!ok(c)) return;
    BUG_IF(!c->db->in_tx);
    if (lane->trail.len) out_str(&lane->trail, S(","));
    out_str(&lane->trail, S("[\"look\",{\"what\":"));
    out_json(&lane->trail, what);
    out_str(&lane->trail, S("}]"));
    lane->reason = str_copy(c->mem, reason);
}

/* ---- entries ------------------------------------------------------------------------ */

/* The bytes that are hashed: every value on a line of its own.  No value but
** `detail` can hold a line break, and that is JSON, which escapes it. */
static Str entry_text(Arena *a, const Entry *e)
{
    size_t cap = e->detail.n + e->reason.n + e->action.n + e->org_path.n + 512;
    Out o = { .buf = NEW(a, char, cap), .cap = cap };
    const int64_t numbers[] = { e->lane.n, e->seq, e->at_ms, e->actor.n, e->session.n, e->subject.n };
    const Str texts[] = { e->org_path, e->action, e->reason, e->detail, e->prev };
    for (size_t i = 0; i < COUNT(numbers); i++) {
        out_int(&o, numbers[i]);
        out_str(&o, S("\n"));
    }
    for (size_t i = 0; i < COUNT(texts); i++) {
        out_str(&o, texts[i]);
        out_str(&o, S("\n"));
    }
    BUG_IF(o.full);
    return out_view(&o);
}

/* "POST /api/v1/cases/:id/accept", or the job's word. */
static Str action_of(Ctx *c)
{
    if (!c->route) return c->method;
    Str method = str_of(c->route->method), pattern = str_of(c->route->pattern);
    Out o = { .buf = NEW(c->mem, char, method.n + pattern.n + 1), .cap = method.n + pattern.n + 1 };
    out_str(&o, method);
    if (pattern.n) out_str(&o, S(" "));
    out_str(&o, pattern);
    return out_view(&o);
}

static Str bracketed(Arena *a, Str list)
{
    Out o = { .buf = NEW(a, char, list.n + 2), .cap = list.n + 2 };
    out_str(&o, S("["));
    out_str(&o, list);
    out_str(&o, S("]"));
    return out_view(&o);
}

void audit_write(Ctx *c)
{
    Lane *lane = c->db->lane;
    if (!ok(c) || lane->trail.len == 0) return;
    if (lane->id.n == 0) {
        lane->id = id_next(c);
        lane->seq = 0;
        memcpy(lane->hash, no_hash, HASH);
    }
    Entry e = {
        .lane = lane->id, .seq = lane->seq + 1, .at_ms = c->now_ms, .actor = c->who.id,
        .session = c->who.session, .org_path = c->who.org_path, .action = action_of(c),
        .subject = lane->subject, .reason = lane->reason,
        .detail = bracketed(c->mem, out_view(&lane->trail)), .prev = { lane->hash, HASH },
    };
    e.hash = sha256_hex(c->mem, entry_text(c->mem, &e));
    lane->next_seq = e.seq;
    memcpy(lane->next_hash, e.hash.s, HASH);
    lane->written = true;
    db_insert(c, &q_add, &e);
}

/* An entry that was written but not kept, or perhaps not: its lane ends there,
** and the next entry begins another. */
void audit_end(Ctx *c)
{
    Lane *lane = c->db->lane;
    if (!lane->written) return;
    lane->written = false;
    if (!ok(c)) {
        lane->id = (Id){ 0 };
        return;
    }
    lane->seq = lane->next_seq;
    memcpy(lane->hash, lane->next_hash, HASH);
}

/* ---- seals ---------------------------------------------------------------------------- */

static Str seal_text(Arena *a, const Seal *s)
{
    size_t cap = s->heads.n + s->prev.n + 64;
    Out o = { .buf = NEW(a, char, cap), .cap = cap };
    out_int(&o, s->number);
    out_str(&o, S("\n"));
    out_int(&o, s->at_ms);
    out_str(&o, S("\n"));
    out_str(&o, s->heads);
    out_str(&o, s->prev);
    BUG_IF(o.full);
    return out_view(&o);
}

static Str heads_text(Arena *a, Rows rows)
{
    size_t cap = rows.n * (HASH + 48) + 1;
    Out o = { .buf = NEW(a, char, cap), .cap = cap };
    for (size_t i = 0; i < rows.n; i++) {
        const Entry *e = (const Entry *)rows.at + i;
        out_int(&o, e->lane.n);
        out_str(&o, S(" "));
        out_int(&o, e->seq);
        out_str(&o, S(" "));
        out_str(&o, e->hash);
        out_str(&o, S("\n"));
    }
    return out_view(&o);
}

static void seal(Ctx *c, Id arg)
{
    Seal last = { .prev = str_of(no_hash), .hash = str_of(no_hash) };
    (void)arg;
    (void)db_find(c, &q_seal_last, NULL, &last);
    Rows heads = db_list(c, &q_heads, &(Entry){ .at_ms = last.at_ms });
    if (!ok(c) || heads.n == 0) return;
    Seal s = { .number = last.number + 1, .at_ms = c->now_ms, .heads = heads_text(c->mem, heads),
               .prev = last.hash };
    s.hash = sha256_hex(c->mem, seal_text(c->mem, &s));
    db_insert(c, &q_seal_add, &s);
}

/* ---- verification ------------------------------------------------------------------------ */

typedef struct Verify {
    Ctx    *c;
    Out    *o;
    int64_t faults, entries;
    Id      lane;
    int64_t seq;
    char    hash[HASH];
} Verify;

static void wrong(Verify *v, Id lane, int64_t seq, const char *what)
{
    v->faults++;
    out_str(v->o, lane.n ? S("lane ") : S("seal "));
    if (lane.n) out_int(v->o, lane.n);
    if (lane.n) out_str(v->o, S(" entry "));
    out_int(v->o, seq);
    out_str(v->o, S(": "));
    out_str(v->o, str_of(what));
    out_str(v->o, S("\n"));
}

static void verify_entry(Verify *v, const Entry *e)
{
    bool first = e->lane.n != v->lane.n;
    if (first) {
        v->lane = e->lane;
        v->seq = 0;
        memcpy(v->hash, no_hash, HASH);
    }
    v->entries++;
    Str want = sha256_hex(v->c->mem, entry_text(v->c->mem, e));
    if (e->seq != v->seq + 1) wrong(v, e->lane, e->seq, "entries before it are missing");
    else if (!str_eq(e->prev, (Str){ v->hash, HASH })) {
        wrong(v, e->lane, e->seq, "does not follow the entry before it");
    }
    if (!str_eq(want, e->hash)) wrong(v, e->lane, e->seq, "was changed");
    v->seq = e->seq;
    if (e->hash.n == HASH) memcpy(v->hash, e->hash.s, HASH);
}

/* "lane seq hash": is that entry still there? */
static void verify_head(Verify *v, const Seal *s, Str line)
{
    Entry e = { .lane = id_parse(str_cut(&line, ' ')) };
    bool good = str_int(str_cut(&line, ' '), &e.seq);
    if (!good || !db_find(v->c, &q_entry, &e, &e) || !str_eq(e.hash, line)) {
        wrong(v, (Id){ 0 }, s->number, "an entry that it sealed is gone or was changed");
    }
}

static void verify_seal(Verify *v, const Seal *s, Str *prev, int64_t *number)
{
    Str rest = s->heads;
    if (s->number != *number + 1) wrong(v, (Id){ 0 }, s->number, "seals before it are missing");
    else if (!str_eq(s->prev, *prev)) wrong(v, (Id){ 0 }, s->number, "does not follow the seal before it");
    Str hash = sha256_hex(v->c->mem, seal_text(v->c->mem, s));
    if (!str_eq(s->hash, hash)) wrong(v, (Id){ 0 }, s->number, "was changed");
    while (rest.n) verify_head(v, s, str_cut(&rest, '\n'));
    *number = s->number;
    *prev = s->hash;
}

static void verify_seals(Verify *v)
{
    Str prev = str_of(no_hash);
    int64_t number = 0;
    for (size_t n = 1; n && ok(v->c);) {
        Rows page = db_list(v->c, &q_seals, &(Seal){ .number = number });
        n = page.n;
        for (size_t i = 0; i < n; i++) verify_seal(v, (const Seal *)page.at + i, &prev, &number);
    }
}

int64_t audit_verify(Ctx *c, Out *o, int64_t *entries)
{
    Verify v = { .c = c, .o = o };
    Entry at = { 0 };
    Arena mem = *c->mem;
    for (size_t n = VERIFY_PAGE; n == VERIFY_PAGE && ok(c);) {
        *c->mem = mem;
        Rows page = db_list(c, &q_page, &at);
        n = page.n;
        for (size_t i = 0; i < n; i++) verify_entry(&v, (const Entry *)page.at + i);
        if (n) at = ((const Entry *)page.at)[n - 1];
    }
    *c->mem = mem;
    verify_seals(&v);
    *entries = v.entries;
    return v.faults;
}

static const JobKind jobs[] = {
    { .word = "audit_seal", .run = seal, .every_s = 3600 },
};

const Slice audit_slice = {
    .name = "audit", .query = queries, .migration = migrations, .migrations = COUNT(migrations),
    .keeps = keeps, .job = jobs, .jobs = COUNT(jobs),
};
