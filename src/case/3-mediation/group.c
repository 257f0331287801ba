/*
** The workers behind a group case: who joins later, whom they elect, what each
** of them consents to (TJZC 7, BAGZ 62-63).  A consent is a row that stays; the
** last one counts.
*/
#include "case/3-mediation/mediation.h"
#include "case/task.h"
#include "law/consent.h"
#include "register/people/party.h"

/* ---- joining ---------------------------------------------------------------------------- */

typedef struct Joining {
    Rows  parties;
    Money amount;  /* what they claim together */
} Joining;
static const Field joining_fields[] = {
    FIELD(Joining, parties, .label = "新增申请人", .en = "who joins", .min = 1, .max = 2000, .child = &party_form),
    FIELD(Joining, amount,  .label = "新增请求金额（分）", .en = "what they claim, fen", .max = 100000000000),
};
static const Form joining_form = FORM(Joining, joining_fields);

typedef struct Joined {
    Id  party_id;
    Str name, receipt;  /* with the phone it opens the case; shown once */
} Joined;
static const Field joined_fields[] = {
    FIELD(Joined, party_id, .label = "当事人", .en = "party"),
    FIELD(Joined, name,     .label = "姓名", .en = "name"),
    FIELD(Joined, receipt,  .label = "回执编码", .en = "receipt code"),
};
static const Form joined_form = FORM(Joined, joined_fields);

/* ---- elections and consents ------------------------------------------------------------------ */

typedef struct Elected { Id party_id; } Elected;
static const Field elected_fields[] = {
    FIELD(Elected, party_id, .label = "当事人", .en = "party", .rule = REQUIRED),
};
static const Form elected_form = FORM(Elected, elected_fields);

typedef struct Election {
    Id      id, case_id;
    Date    day;
    int64_t workers, signed_by;
    Str     scope;
    Rows    representatives;
    Id      by;
    Time    at;
} Election;
static const Field election_fields[] = {
    FIELD(Election, id,        .label = "编号", .en = "id", .rule = SERVER_SET),
    FIELD(Election, case_id,   .label = "案件", .en = "case", .rule = SERVER_SET),
    FIELD(Election, day,       .label = "推举日期", .en = "day", .rule = NOT_FUTURE),
    FIELD(Election, workers,   .label = "劳动者人数", .en = "workers", .rule = SERVER_SET),
    FIELD(Election, signed_by, .label = "签名人数", .en = "how many signed", .rule = REQUIRED, .min = 1, .max = 100000),
    FIELD(Election, scope,     .label = "代表权限", .en = "scope", .rule = PROSE, .max = 1000),
    FIELD(Election, representatives, .label = "代表人", .en = "representatives", .min = 1, .max = 50, .child = &elected_form),
    FIELD(Election, by,        .label = "记录人", .en = "by", .rule = SERVER_SET),
    FIELD(Election, at,        .label = "记录时间", .en = "at", .rule = SERVER_SET),
};
static const Form election_form = FORM(Election, election_fields);

static const Field representative_fields[] = {
    FIELD(Representative, id,       .label = "编号", .en = "id"),
    FIELD(Representative, case_id,  .label = "案件", .en = "case"),
    FIELD(Representative, party_id, .label = "当事人", .en = "party"),
    FIELD(Representative, name,     .label = "姓名", .en = "name"),
    FIELD(Representative, since,    .label = "自", .en = "since"),
    FIELD(Representative, until,    .label = "至", .en = "until"),
};
static const Form representative_form = FORM(Representative, representative_fields);

typedef struct Word {
    Id   id, case_id, party_id;
    bool given;
    Date day;
    Str  way, matter;
    Id   by;
    Time at;
} Word;
static const Code way_rows[] = {
    { "PAPER", "书面签名", "signed on paper" }, { "ONLINE", "电子签名", "signed electronically" },
    { "RECORD", "笔录记载", "in the minutes" },
};
static const Codes ways = { .name = "consent_way", .row = way_rows, .n = COUNT(way_rows) };
static const Field word_fields[] = {
    FIELD(Word, id,       .label = "编号", .en = "id", .rule = SERVER_SET),
    FIELD(Word, case_id,  .label = "案件", .en = "case", .rule = SERVER_SET),
    FIELD(Word, party_id, .label = "当事人", .en = "party", .rule = REQUIRED),
    FIELD(Word, given,    .label = "同意", .en = "consents", .rule = REQUIRED),
    FIELD(Word, day,      .label = "日期", .en = "day", .rule = NOT_FUTURE),
    FIELD(Word, way,      .label = "方式", .en = "how", .rule = REQUIRED, .codes = &ways),
    FIELD(Word, matter,   .label = "事项", .en = "to what", .rule = PROSE, .max = 1000),
    FIELD(Word, by,       .label = "记录人", .en = "by", .rule = SERVER_SET),
    FIELD(Word, at,       .label = "记录时间", .en = "at", .rule = SERVER_SET),
};
static const Form word_form = FORM(Word, word_fields);

typedef struct WordList { Rows consents; } WordList;
static const Field words_fields[] = {
    FIELD(WordList, consents, .label = "同意情况", .en = "who consents", .min = 1, .max = 2000, .child = &word_form),
};
static const Form words_form = FORM(WordList, words_fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE election("            /* D25; append-only */
      "  id        INTEGER PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES cases,"
      "  day       TEXT NOT NULL, workers INTEGER NOT NULL, signed_by INTEGER NOT NULL, scope TEXT NOT NULL,"
      "  by        INTEGER NOT NULL, at INTEGER NOT NULL) STRICT;"
      "CREATE INDEX election_by_case ON election(case_id, id);"
      "CREATE TABLE representative("
      "  id        INTEGER PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES cases,"
      "  party_id  INTEGER NOT NULL, name TEXT NOT NULL, since TEXT NOT NULL, until TEXT) STRICT;"
      "CREATE INDEX representative_by_case ON representative(case_id, id);"
      "CREATE TABLE consent("             /* each worker's word; append-only, the last counts */
      "  id        INTEGER PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES cases,"
      "  party_id  INTEGER NOT NULL, given INTEGER NOT NULL, day TEXT NOT NULL, way TEXT NOT NULL,"
      "  matter    TEXT NOT NULL, by INTEGER NOT NULL, at INTEGER NOT NULL) STRICT;"
      "CREATE INDEX consent_by_case ON consent(case_id, id);" },
};
static const char *const keeps[] = { "election", "consent", NULL };

static const Query q_election = {
    .name = "election.add", .in = &election_form,
    .sql = "INSERT INTO election(id, case_id, day, workers, signed_by, scope, by, at)"
           " VALUES(:id, :case_id, :day, :workers, :signed_by, :scope, :by, :at)",
};
static const Query q_rep_add = {
    .name = "representative.add", .in = &representative_form,
    .sql = "INSERT INTO representative(id, case_id, party_id, name, since, until)"
           " VALUES(:id, :case_id, :party_id, :name, :since, NULL)",
};
static const Query q_rep_end = {
    .name = "representative.end", .in = &representative_form,
    .sql = "UPDATE representative SET until = :until WHERE case_id = :case_id AND until IS NULL",
};
static const Query q_reps = {
    .name = "representative.list", .in = &representative_form, .out = &representative_form,
    .sql = "SELECT id, case_id, party_id, name, since, until FROM representative"
           " WHERE case_id = :case_id AND until IS NULL ORDER BY case_id, id",
};
static const Query q_word = {
    .name = "consent.add", .in = &word_form,
    .sql = "INSERT INTO consent(id, case_id, party_id, given, day, way, matter, by, at)"
           " VALUES(:id, :case_id, :party_id, :given, :day, :way, :matter, :by, :at)",
};
static const Query q_words = {
    .name = "consent.list", .in = &word_form, .out = &word_form,
    .sql = "SELECT id, case_id, party_id, given, day, way, matter, by, at FROM consent"
           " WHERE case_id = :case_id ORDER BY case_id, id LIMIT 5000",
};
static const Query *const queries[] = {
    &q_election, &q_rep_add, &q_rep_end, &q_reps, &q_word, &q_words, NULL,
};

Rows representatives_of(Ctx *c, Id case_id)
{
    return db_list(c, &q_reps, &(Representative){ .case_id = case_id });
}

/* ---- joining: handler ------------------------------------------------------------------------------ */

enum { MAY_JOIN = SPAN(SUBMITTED, CONSENT) | SPAN(ACCEPTED, MEDIATING) };

static Str path_in(Ctx *c, size_t i, const char *name)
{
    Out o = { .buf = NEW(c->mem, char, 80), .cap = 80 };
    out_str(&o, S("parties["));
    out_int(&o, (int64_t)i);
    out_str(&o, S("]."));
    out_str(&o, str_of(name));
    return out_view(&o);
}

/* Is one of the first n this person? */
static bool is_among(const Party *list, size_t n, const Party *p)
{
    for (size_t i = 0; p->id_no.n && i < n; i++) {
        if (str_eq(list[i].id_no, p->id_no)) return true;
    }
    return false;
}

/* Workers on the applicants' side, nobody twice. */
static void check_joining(Ctx *c, const Joining *j, Rows there)
{
    Party *list = j->parties.at;
    for (size_t i = 0; i < j->parties.n; i++) {
        Party *p = &list[i];
        party_check(c, p, i, true);
        if (!party_is(p, "APPL", "PARTY")) fault(c, path_in(c, i, "side"), FAULT_NOT_ALLOWED);
        if (!str_eq(p->kind, S("WORKER"))) fault(c, path_in(c, i, "kind"), FAULT_NOT_ALLOWED);
        bool twice = is_among(there.at, there.n, p) || is_among(list, i, p);
        if (twice) fault(c, path_in(c, i, "id_no"), FAULT_TWICE);
    }
}

static const char many[] = "等", persons[] = "人"; /* 张三等12人, as in the ledger */

static void rename_applicants(Ctx *c, Case *k, Rows there)
{
    for (size_t i = 0; i < there.n; i++) {
        const Party *p = (const Party *)there.at + i;
        bool applies = str_eq(p->side, S("APPL")) && !str_eq(p->part, S("AGENT")) && p->split_on.day == 0;
        if (!applies) continue;
        Out o = { .buf = NEW(c->mem, char, p->name.n + 40), .cap = p->name.n + 40 };
        out_str(&o, p->name);
        out_str(&o, str_of(many));
        out_int(&o, k->workers);
        out_str(&o, str_of(persons));
        k->applicant = out_view(&o);
        return;
    }
}

static void join(Ctx *c)
{
    Case k;
    Joining j = { 0 };
    Rows out = { 0 };
    size_t cap = 0;
    form_read(c, &joining_form, &j);
    tx_begin(c);
    case_get(c, arg_id(c, 0), &k);
    states_only(c, &k, MAY_JOIN);
    if (ok(c) && str_eq(k.appl_type, S("EMPLOYER"))) fail(c, ERR_BLOCKED, k.appl_type);
    Rows there = parties_of(c, k.id);
    if (ok(c)) check_joining(c, &j, there);
    for (size_t i = 0; ok(c) && i < j.parties.n; i++) {
        Party *p = (Party *)j.parties.at + i;
        party_add(c, &k, p);
        Str receipt = party_receipt(c, k.id, p->mobile, APPLICANT, p->id);
        *(Joined *)rows_push(c->mem, &out, &cap, sizeof(Joined)) = (Joined){ p->id, p->name, receipt };
    }
    k.workers += (int64_t)j.parties.n;
    k.amount.fen += j.amount.fen;
    k.appl_type = S("GROUP");
    if (ok(c)) rename_applicants(c, &k, there);
    case_save(c, &k);
    case_note(c, &k, S("joined"), k.applicant);
    flags_refresh(c, &k);
    reply_rows(c, &joined_form, out, (Str){ 0 });
    tx_end(c);
}

/* ---- elections: handler -------------------------------------------------------------------------------- */

static const Party *worker_of(Rows there, Id id)
{
    for (size_t i = 0; i < there.n; i++) {
        const Party *p = (const Party *)there.at + i;
        bool worker = str_eq(p->side, S("APPL")) && str_eq(p->kind, S("WORKER")) && p->split_on.day == 0;
        if (worker && p->id.n == id.n) return p;
    }
    return NULL;
}

static void check_election(Ctx *c, const Case *k, const Election *e, Rows there)
{
    Look look = { .params = &c->law->params, .region = k->region, .day = c->today };
    const Elected *rep = e->representatives.at;
    for (size_t i = 0; i < e->representatives.n; i++) {
        if (!worker_of(there, rep[i].party_id)) fault(c, S("representatives"), FAULT_NOT_KNOWN);
        for (size_t n = 0; n < i; n++) {
            if (rep[n].party_id.n == rep[i].party_id.n) fault(c, S("representatives"), FAULT_TWICE);
        }
    }
    if (e->signed_by > k->workers) fault(c, S("signed_by"), FAULT_TOO_LARGE);
    Findings f = representatives_check(&look, k->workers, (int64_t)e->representatives.n);
    findings_block(c, (Str){ 0 }, &f);
}

/* A representative's row says so, and his receipt opens the case as one. */
static void set_part(Ctx *c, const Case *k, const Party *worker, bool elected)
{
    Party p = *worker;
    p.part = elected ? S("REP") : S("PARTY");
    party_save(c, &p);
    party_elect(c, k->id, p.id, elected);
}

static bool was_elected(const Election *e, Id worker)
{
    for (size_t i = 0; i < e->representatives.n; i++) {
        if (((const Elected *)e->representatives.at)[i].party_id.n == worker.n) return true;
    }
    return false;
}

/* Those before are no longer representatives, unless elected again. */
static void install(Ctx *c, const Case *k, const Election *e, Rows there)
{
    db_change_any(c, &q_rep_end, &(Representative){ .case_id = k->id, .until = c->today });
    for (size_t i = 0; ok(c) && i < there.n; i++) {
        const Party *p = (const Party *)there.at + i;
        bool elected = was_elected(e, p->id), before = str_eq(p->part, S("REP"));
        if (elected != before) set_part(c, k, p, elected);
        if (!elected) continue;
        Representative r = { .id = id_next(c), .case_id = k->id, .party_id = p->id, .name = p->name,
                             .since = e->day };
        db_insert(c, &q_rep_add, &r);
    }
}

static void elect(Ctx *c)
{
    Case k;
    Election e = { .day = c->today, .by = c->who.id, .at = now(c) };
    form_read(c, &election_form, &e);
    tx_begin(c);
    case_get(c, arg_id(c, 0), &k);
    states_only(c, &k, SPAN(SUBMITTED, CONSENT) | SPAN(ACCEPTED, PENDING_SIGN));
    Rows there = parties_of(c, k.id);
    if (ok(c)) check_election(c, &k, &e, there);
    e.id = id_next(c);
    e.case_id = k.id;
    e.workers = k.workers;
    db_insert(c, &q_election, &e);
    install(c, &k, &e, there);
    task_done(c, &k, S("representatives"), (Str){ 0 });
    case_save(c, &k);
    case_note(c, &k, S("elected"), e.scope);
    reply_row(c, 201, &election_form, &e);
    tx_end(c);
}

static void list_representatives(Ctx *c)
{
    Case k;
    if (!case_get(c, arg_id(c, 0), &k)) return;
    reply_rows(c, &representative_form, representatives_of(c, k.id), (Str){ 0 });
}

/* ---- consents: handler ------------------------------------------------------------------------------ */

static void consent(Ctx *c)
{
    Case k;
    WordList in = { 0 };
    form_read(c, &words_form, &in);
    tx_begin(c);
    case_get(c, arg_id(c, 0), &k);
    states_only(c, &k, SPAN(ACCEPTED, PENDING_SIGN));
    Rows there = parties_of(c, k.id);
    for (size_t i = 0; ok(c) && i < in.consents.n; i++) {
        Word *w = (Word *)in.consents.at + i;
        const Party *known = worker_of(there, w->party_id);
        if (!known) {
            fault(c, S("consents"), FAULT_NOT_KNOWN);
            break;
        }
        Party p = *known;
        if (w->day.day == 0) w->day = c->today;
        w->id = id_next(c);
        w->case_id = k.id;
        w->by = c->who.id;
        w->at = now(c);
        db_insert(c, &q_word, w);
        p.consents = w->given;
        party_save(c, &p);
    }
    case_save(c, &k);
    case_note(c, &k, S("consents"), (Str){ 0 });
    reply_rows(c, &word_form, in.consents, (Str){ 0 });
    tx_end(c);
}

static void list_consents(Ctx *c)
{
    Case k;
    if (!case_get(c, arg_id(c, 0), &k)) return;
    reply_rows(c, &word_form, db_list(c, &q_words, &(Word){ .case_id = k.id }), (Str){ 0 });
}

/* ---- what follows -------------------------------------------------------------------------------------- */

static void ask_election(Ctx *c, Case *k)
{
    bool asked = task_open(c, k, S("representatives")) || representatives_of(c, k->id).n;
    if (asked || !flag_set(k, "COLL") || !ok(c)) return;
    Role role = k->mediator_id.n ? ROLE_MEDIATOR : ROLE_CLERK;
    task_add(c, k, S("representatives"), role, task_due(c, 1));
}

/* Representatives settle only for those who consent: whoever does not is split
** off first (TJZC 7, BAGZ 62-63).  The error names them. */
static void nobody_dissents(Ctx *c, Case *k)
{
    if (representatives_of(c, k->id).n == 0) return;
    Rows there = parties_of(c, k->id);
    Out o = { .buf = NEW(c->mem, char, 4096), .cap = 4096 };
    for (size_t i = 0; i < there.n; i++) {
        const Party *p = (const Party *)there.at + i;
        bool bound = !party_is(p, "APPL", "PARTY") || p->split_on.day || p->consents;
        if (bound || o.len + p->name.n + 4 > o.cap) continue;
        if (o.len) out_str(&o, S("、"));
        out_str(&o, p->name);
    }
    if (ok(c) && o.len) fail(c, ERR_BLOCKED, out_view(&o));
}

enum { KEEPERS = CLERK | MEDIATORS };

static const Route routes[] = {
    { "POST", "/api/v1/cases/:id/applicants", KEEPERS, join, "增加申请人", "workers join a case", .in = &joining_form,
      .out = &joined_form, .list = true },
    { "POST", "/api/v1/cases/:id/elections", KEEPERS | HEAD, elect, "推举代表人", "representatives are elected",
      .in = &election_form, .out = &election_form },
    { "GET", "/api/v1/cases/:id/representatives", STAFF | PARTIES, list_representatives, "代表人", "its representatives",
      .out = &representative_form, .list = true },
    { "POST", "/api/v1/cases/:id/consents", KEEPERS, consent, "登记劳动者是否同意", "who of the workers consents",
      .in = &words_form, .out = &word_form, .list = true },
    { "GET", "/api/v1/cases/:id/consents", STAFF, list_consents, "同意登记", "the register of consents",
      .out = &word_form, .list = true },
};
static const Hook hooks[] = {
    { AFTER, EV_FLAG_COLLECTIVE, ask_election },
    { BEFORE, EV_AGREE, nobody_dissents },
};

const Slice group_slice = {
    .name = "group", .query = queries, .migration = migrations, .migrations = COUNT(migrations), .keeps = keeps,
    .route = routes, .routes = COUNT(routes), .hook = hooks, .hooks = COUNT(hooks),
};
