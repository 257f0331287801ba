#include "core/session.h"

#include "core/crypto.h"
#include "core/tx.h"

#include <stdint.h>

enum { TOUCH_S = 300, KEEP_DAYS = 7 };

static const Field fields[] = {
    FIELD(Session, id,       .label = "会话",     .en = "session",      .rule = SERVER_SET),
    FIELD(Session, digest,   .label = "摘要",     .en = "digest",       .rule = HIDDEN),
    FIELD(Session, kind,     .label = "类别",     .en = "kind",         .rule = SERVER_SET),
    FIELD(Session, holder,   .label = "使用者",   .en = "holder",       .rule = SERVER_SET),
    FIELD(Session, roles,    .label = "角色",     .en = "roles",        .rule = SERVER_SET | MANY),
    FIELD(Session, org,      .label = "机构",     .en = "organisation", .rule = SERVER_SET),
    FIELD(Session, org_path, .label = "机构路径", .en = "path",         .rule = HIDDEN),
    FIELD(Session, case_id,  .label = "案件",     .en = "case",         .rule = SERVER_SET),
    FIELD(Session, sides,    .label = "当事方",   .en = "sides",        .rule = HIDDEN),
    FIELD(Session, duty,     .label = "待办",     .en = "first to do",  .rule = SERVER_SET),
    FIELD(Session, created,  .label = "登录时间", .en = "since",        .rule = SERVER_SET),
    FIELD(Session, seen,     .label = "最近活动", .en = "last seen",    .rule = SERVER_SET),
    FIELD(Session, expires,  .label = "到期",     .en = "expires",      .rule = SERVER_SET),
    FIELD(Session, ended,    .label = "结束",     .en = "ended",        .rule = SERVER_SET),
    FIELD(Session, idle_s,   .label = "闲置秒数", .en = "idle seconds", .rule = HIDDEN),
    FIELD(Session, peer,     .label = "来源地址", .en = "from",         .rule = SERVER_SET),
    FIELD(Session, agent,    .label = "客户端",   .en = "client",       .rule = SERVER_SET),
    FIELD(Session, after,    .label = "起点",     .en = "after",        .rule = HIDDEN),
    FIELD(Session, limit,    .label = "条数",     .en = "limit",        .rule = HIDDEN),
};
const Form session_form = FORM(Session, fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE session("
      "  id       INTEGER PRIMARY KEY,"
      "  digest   TEXT NOT NULL UNIQUE,"   /* SHA-256 of the token */
      "  kind     TEXT NOT NULL,"          /* user, machine, party */
      "  holder   INTEGER NOT NULL,"
      "  roles    TEXT NOT NULL,"          /* as at its beginning, words with spaces */
      "  org      INTEGER NOT NULL,"
      "  org_path TEXT NOT NULL,"
      "  case_id  INTEGER NOT NULL,"
      "  sides    INTEGER NOT NULL,"       /* a set of Side */
      "  duty     TEXT NOT NULL,"          /* what comes first: must_change, must_totp */
      "  created  INTEGER NOT NULL,"
      "  seen     INTEGER NOT NULL,"       /* a few minutes behind */
      "  expires  INTEGER NOT NULL,"
      "  ended    INTEGER NOT NULL,"       /* 0: open */
      "  idle_s   INTEGER NOT NULL,"       /* 0: no limit */
      "  peer     TEXT NOT NULL,"
      "  agent    TEXT NOT NULL) STRICT;"
      "CREATE INDEX session_by_holder ON session(holder, id);"
      "CREATE INDEX session_by_expiry ON session(expires);" },
};

#define COLUMNS "id, kind, holder, roles, org, org_path, case_id, sides, duty, created, seen, expires, ended," \
                " idle_s, peer, agent"

static const Query q_find = {
    .name = "session.find", .in = &session_form, .out = &session_form,
    .sql = "SELECT id, kind, holder, roles, org, org_path, case_id, sides, duty, seen, expires, ended, idle_s"
           " FROM session WHERE digest = :digest",
};
static const Query q_get = {
    .name = "session.get", .in = &session_form, .out = &session_form,
    .sql = "SELECT " COLUMNS " FROM session WHERE id = :id",
};
static const Query q_add = {
    .name = "session.add", .in = &session_form,
    .sql = "INSERT INTO session(id, digest, kind, holder, roles, org, org_path, case_id, sides, duty, created,"
           " seen, expires, ended, idle_s, peer, agent) VALUES(:id, :digest, :kind, :holder, :roles, :org,"
           " :org_path, :case_id, :sides, :duty, :created, :seen, :expires, :ended, :idle_s, :peer, :agent)",
};
static const Query q_touch = {
    .name = "session.touch", .in = &session_form, .quiet = true,
    .sql = "UPDATE session SET seen = :seen WHERE id = :id AND seen < :seen",
};
static const Query q_end = {
    .name = "session.end", .in = &session_form,
    .sql = "UPDATE session SET ended = :ended WHERE id = :id AND ended = 0",
};
static const Query q_end_all = {
    .name = "session.end_all", .in = &session_form,
    .sql = "UPDATE session SET ended = :ended WHERE holder = :holder AND id <> :id AND ended = 0",
};
static const Query q_duty = {
    .name = "session.duty", .in = &session_form,
    .sql = "UPDATE session SET duty = :duty WHERE id = :id",
};
static const Query q_list = {
    .name = "session.list", .in = &session_form, .out = &session_form,
    .sql = "SELECT " COLUMNS " FROM session WHERE holder = :holder AND id < :after AND ended = 0"
           " AND expires > :expires ORDER BY id DESC LIMIT :limit",
};
static const Query q_forget = {
    .name = "session.forget", .in = &session_form, .quiet = true,
    .sql = "DELETE FROM session WHERE expires < :expires",
};
static const Query *const queries[] = {
    &q_find, &q_get, &q_add, &q_touch, &q_end, &q_end_all, &q_duty, &q_list, &q_forget, NULL,
};

/* ---- roles as words --------------------------------------------------------- */

uint32_t roles_of(Str words)
{
    uint32_t set = 0;
    while (words.n) set |= role_bit(role_of(str_cut(&words, ' ')));
    return set;
}

Str roles_text(Arena *a, uint32_t set)
{
    Out o = { .buf = NEW(a, char, 1024), .cap = 1024 };
    roles_write(&o, set);
    BUG_IF(o.full);
    return out_view(&o);
}

/* ---- a request's session ------------------------------------------------------ */

/* The value of our cookie among the others. */
static Str cookie_of(Str cookies)
{
    while (cookies.n) {
        Str one = str_trim(str_cut(&cookies, ';'));
        if (str_starts(one, S("tj="))) return (Str){ one.s + 3, one.n - 3 };
    }
    return (Str){ 0 };
}

static Str token_of(const Ctx *c)
{
    Str bearer = c->head.authorization;
    if (str_starts(bearer, S("Bearer "))) return str_trim((Str){ bearer.s + 7, bearer.n - 7 });
    return cookie_of(c->head.cookie);
}

static bool is_alive(const Ctx *c, const Session *s)
{
    int64_t at = now(c).s;
    bool idle = s->idle_s > 0 && at >= s->seen.s + s->idle_s;
    return s->ended.s == 0 && at < s->expires.s && !idle;
}

static void become(Ctx *c, const Session *s)
{
    c->who = (Actor){
        .id = s->holder, .roles = roles_of(s->roles), .org = s->org, .org_path = s->org_path,
        .case_id = s->case_id, .sides = (uint32_t)s->sides, .session = s->id,
        .machine = str_eq(s->kind, S("machine")),
    };
}

/* In a transaction of its own, whose failure is nobody's business. */
static void touch(const Ctx *c, Session s)
{
    Ctx own = *c;
    if (now(c).s < s.seen.s + TOUCH_S) return;
    own.key = (Str){ 0 };
    s.seen = now(c);
    tx_begin(&own);
    db_change_any(&own, &q_touch, &s);
    tx_end(&own);
}

void session_find(Ctx *c)
{
    Str token = token_of(c);
    if (!ok(c) || token.n == 0) return;
    bool open = (c->route->who & ANYBODY) != 0;
    Session s = { .digest = sha256_hex(c->mem, token) };
    c->who = (Actor){ 0 };
    if (!db_find(c, &q_find, &s, &s) || !is_alive(c, &s)) {
        if (ok(c) && !open) fail(c, ERR_UNAUTHORISED, S("session"));
        return;
    }
    become(c, &s);
    touch(c, s);
    if (s.duty.n == 0 || c->route->early) return;
    if (open) c->who = (Actor){ 0 };
    else fail(c, ERR_FORBIDDEN, s.duty);
}

/* ---- opening and ending --------------------------------------------------------- */

static Str first_bytes(Str s, size_t n)
{
    return str_is_text(s) ? str_first(s, n) : (Str){ 0 };
}

Str session_open(Ctx *c, Session *s)
{
    Str token = token_new(c->mem);
    s->id = id_next(c);
    s->digest = sha256_hex(c->mem, token);
    s->created = s->seen = now(c);
    s->peer = first_bytes(c->head.peer, 64);
    s->agent = first_bytes(c->head.agent, 200);
    /* The cookie goes to another session: the one that it had is nobody's now. */
    if (!c->who.machine && !str_eq(s->kind, S("machine"))) session_end(c, c->who.session);
    db_insert(c, &q_add, s);
    return token;
}

static bool is_loopback(Str host)
{
    static const char *const names[] = { "127.0.0.1", "localhost", "[::1]" };
    for (size_t i = 0; i < COUNT(names); i++) {
        Str name = str_of(names[i]);
        bool ends = str_starts(host, name) && (host.n == name.n || host.s[name.n] == ':');
        if (ends) return true;
    }
    return false;
}

void session_cookie(Ctx *c, Str token)
{
    char line[256];
    Out o = { .buf = line, .cap = sizeof line };
    out_str(&o, S("tj="));
    out_str(&o, token);
    out_str(&o, S("; Path=/; HttpOnly; SameSite=Strict"));
    if (!is_loopback(c->head.host)) out_str(&o, S("; Secure"));
    if (token.n == 0) out_str(&o, S("; Max-Age=0"));
    BUG_IF(o.full);
    header(c, S("Set-Cookie"), out_view(&o));
}

void session_end(Ctx *c, Id session)
{
    db_change_any(c, &q_end, &(Session){ .id = session, .ended = now(c) });
}

void session_end_all(Ctx *c, Id holder, Id but)
{
    db_change_any(c, &q_end_all, &(Session){ .holder = holder, .id = but, .ended = now(c) });
}

void session_duty(Ctx *c, Id session, Str duty)
{
    db_change_any(c, &q_duty, &(Session){ .id = session, .duty = duty });
}

Rows session_list(Ctx *c, Id holder, Id after, int64_t limit)
{
    if (after.n == 0) after.n = INT64_MAX;
    Session s = { .holder = holder, .after = after, .limit = limit, .expires = now(c) };
    return db_list(c, &q_list, &s);
}

bool session_get(Ctx *c, Id session, Session *s)
{
    s->id = session;
    return db_get(c, &q_get, s, s);
}

static void forget(Ctx *c, Id arg)
{
    (void)arg;
    Session s = { .expires = time_at(date_plus(c->today, -KEEP_DAYS), 0, 0) };
    db_change_any(c, &q_forget, &s);
}

static const JobKind jobs[] = {
    { .word = "forget_sessions", .run = forget, .daily = "03:20" },
};

const Slice session_slice = {
    .name = "session", .query = queries, .migration = migrations, .migrations = COUNT(migrations),
    .job = jobs, .jobs = COUNT(jobs),
};
