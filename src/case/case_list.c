/*
** Pages of cases.  The list of a subtree is a merge of one ordered range of
** `case_scope` for each state asked for, so a page costs the same at any size
** of the subtree.  What the ranges do not hold (cause, channel, …) is looked up
** in the rows themselves, in a window of the newest; the page then ends where
** the window does, and `next` goes on from there.
**
** A case without a filing date, a draft, comes after those that have one.
*/
#include "case/case_list.h"

#include "case/case_sql.h"
#include "core/limits.h"
#include "law/threshold.h"

#include <stdlib.h>

enum { LEVELS = 5, PAGE = 50, COUNT_MAX = 1000, WINDOW = 3000, BATCH = 25 };

/* A place in a list, and what a range of it is asked by. */
typedef struct Key {
    Id      id;
    int64_t day;          /* of the filing date; 0: none */
    Date    filed;
    Str     scope, state; /* state_code() */
    int64_t from_day, after_day;
    Str     from, to, after_filed; /* the same as text */
    Id      after_id;
    int64_t limit, window, last;
    Str     states;       /* " registered accepted " */
    Str     cause, channel, flag, region, region_end;
    bool    late;
    Date    today;
    Id      mediator, employer;
    Str     scope_end;
    int64_t n;
} Key;

static const Field key_fields[] = {
    FIELD(Key, id), FIELD(Key, day), FIELD(Key, filed), FIELD(Key, scope), FIELD(Key, state),
    FIELD(Key, from_day), FIELD(Key, after_day), FIELD(Key, from), FIELD(Key, to), FIELD(Key, after_filed),
    FIELD(Key, after_id), FIELD(Key, limit), FIELD(Key, window), FIELD(Key, last), FIELD(Key, states),
    FIELD(Key, cause), FIELD(Key, channel), FIELD(Key, flag), FIELD(Key, region), FIELD(Key, region_end),
    FIELD(Key, late), FIELD(Key, today), FIELD(Key, mediator), FIELD(Key, employer), FIELD(Key, scope_end),
    FIELD(Key, n),
};
static const Form key_form = FORM(Key, key_fields);

/* What case_scope is changed by: the levels, where they were and are. */
typedef struct Seat {
    Id      id;
    Str     s[SCOPES_MAX];
    Str     state, was_state;
    int64_t day, was_day;
} Seat;

#define SLOT(i) { .name = "s" #i, .kind = KIND_TEXT, .at = offsetof(Seat, s) + (i) * sizeof(Str) }
static const Field seat_fields[] = {
    FIELD(Seat, id), FIELD(Seat, state), FIELD(Seat, was_state), FIELD(Seat, day), FIELD(Seat, was_day),
    SLOT(0), SLOT(1), SLOT(2), SLOT(3), SLOT(4), SLOT(5), SLOT(6), SLOT(7),
    SLOT(8), SLOT(9), SLOT(10), SLOT(11), SLOT(12), SLOT(13), SLOT(14), SLOT(15),
};
static const Form seat_form = FORM(Seat, seat_fields);

/* A batch of ids. */
typedef struct Ids { Id i[BATCH]; } Ids;
#define IDS(n) { .name = "i" #n, .kind = KIND_ID, .at = offsetof(Ids, i) + (n) * sizeof(Id) }
static const Field ids_fields[] = {
    IDS(0), IDS(1), IDS(2), IDS(3), IDS(4), IDS(5), IDS(6), IDS(7), IDS(8), IDS(9), IDS(10), IDS(11),
    IDS(12), IDS(13), IDS(14), IDS(15), IDS(16), IDS(17), IDS(18), IDS(19), IDS(20), IDS(21), IDS(22),
    IDS(23), IDS(24),
};
static const Form ids_form = FORM(Ids, ids_fields);

#define STATE_CODE(n, code, word, zh, en, terminal) { word, zh, en },
static const Code state_rows[] = { STATES(STATE_CODE) };
static const Codes ask_states = { .name = "case_state", .row = state_rows + 1, .n = COUNT(state_rows) - 1 };
#define FLAG_CODE(n, zh, en) { #n, zh, en },
static const Code flag_rows[] = { FLAGS(FLAG_CODE) { "SHAM", "涉嫌虚假调解", "suspected sham mediation" } };
static const Codes ask_flags = { .name = "case_flag", .row = flag_rows, .n = COUNT(flag_rows) };

static const Field ask_fields[] = {
    FIELD(CaseAsk, q,        .label = "检索",       .en = "search for", .max = 60),
    FIELD(CaseAsk, state,    .label = "状态",       .en = "states", .rule = MANY, .codes = &ask_states),
    FIELD(CaseAsk, cause,    .label = "主要案由",   .en = "main cause", .max = 8),
    FIELD(CaseAsk, channel,  .label = "申请渠道",   .en = "channel", .codes = &case_channels),
    FIELD(CaseAsk, flag,     .label = "标记",       .en = "flag", .codes = &ask_flags),
    FIELD(CaseAsk, region,   .label = "合同履行地", .en = "place of performance", .max = 12),
    FIELD(CaseAsk, from,     .label = "收件日期起", .en = "filed from"),
    FIELD(CaseAsk, to,       .label = "收件日期止", .en = "filed to"),
    FIELD(CaseAsk, mediator, .label = "主持调解员", .en = "lead mediator"),
    FIELD(CaseAsk, employer, .label = "用人单位",   .en = "employer"),
    FIELD(CaseAsk, late,     .label = "超期未结",   .en = "overdue"),
    FIELD(CaseAsk, org_path, .label = "组织范围",   .en = "organisation's subtree", .max = 64),
    FIELD(CaseAsk, limit,    .label = "每页条数",   .en = "rows a page", .min = 0, .max = PAGE_MAX),
    FIELD(CaseAsk, after,    .label = "接续",       .en = "next of the page before", .max = 40),
};
const Form case_ask_form = FORM(CaseAsk, ask_fields);
/* The list, which searches for nothing. */
static const Form list_ask_form = { "CaseListAsk", sizeof(CaseAsk), ask_fields + 1, COUNT(ask_fields) - 1 };

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE case_scope("          /* a row for each level a case lies below */
      "  scope TEXT NOT NULL,"            /* an organisation's path */
      "  state TEXT NOT NULL,"            /* S01 … S22 */
      "  day   INTEGER NOT NULL,"         /* of the filing date, 1900-01-01 is 1; 0: none */
      "  id    INTEGER NOT NULL,"         /* of the case */
      "  PRIMARY KEY(scope, state, day, id)) WITHOUT ROWID;"
      "CREATE INDEX case_by_employer ON cases(employer_id, filed, id);" },
};

static const Query q_place = {
    .name = "case_list.place", .in = &seat_form, .quiet = true,
    .sql = "INSERT INTO case_scope(scope, state, day, id)"
           " SELECT v.column1, :state, :day, :id FROM (VALUES (:s0), (:s1), (:s2), (:s3), (:s4), (:s5), (:s6),"
           " (:s7), (:s8), (:s9), (:s10), (:s11), (:s12), (:s13), (:s14), (:s15)) AS v"
           " WHERE v.column1 <> '' /*scan*/", /* of the few */
};
/* Where it is handled and registered at one place: no more than the five levels, each number of
** rows a statement of its own, which needs no table of what there is to insert. */
#define FEW(n, rows) { .name = "case_list.place_" #n, .in = &seat_form, .quiet = true, \
                       .sql = "INSERT INTO case_scope(scope, state, day, id) VALUES " rows }
#define PLACE_1 "(:s0, :state, :day, :id)"
#define PLACE_2 PLACE_1 ", (:s1, :state, :day, :id)"
#define PLACE_3 PLACE_2 ", (:s2, :state, :day, :id)"
#define PLACE_4 PLACE_3 ", (:s3, :state, :day, :id)"
#define PLACE_5 PLACE_4 ", (:s4, :state, :day, :id)"
static const Query q_place_few[LEVELS] = {
    FEW(1, PLACE_1), FEW(2, PLACE_2), FEW(3, PLACE_3), FEW(4, PLACE_4), FEW(5, PLACE_5),
};
#define ANY_SCOPE \
    " scope IN (:s0, :s1, :s2, :s3, :s4, :s5, :s6, :s7, :s8, :s9, :s10, :s11, :s12, :s13, :s14, :s15)" \
    " AND state = :was_state AND day = :was_day AND id = :id"
static const Query q_shift = {
    .name = "case_list.shift", .in = &seat_form, .quiet = true,
    .sql = "UPDATE case_scope SET state = :state, day = :day WHERE" ANY_SCOPE,
};
static const Query q_leave = {
    .name = "case_list.leave", .in = &seat_form, .quiet = true,
    .sql = "DELETE FROM case_scope WHERE" ANY_SCOPE,
};

#define RANGE \
    " FROM case_scope WHERE scope = :scope AND state = :state AND day >= :from_day" \
    " AND (day, id) < (:after_day, :after_id)"
#define MATCHES \
    " AND (:cause = '' OR c.cause = :cause) AND (:channel = '' OR c.channel = :channel)" \
    " AND (:region = '' OR (c.region >= :region AND c.region < :region_end))" \
    " AND (:flag = '' OR ' ' || c.flags || ' ' LIKE :flag)" \
    " AND (:late = 0 OR (c.due < :today AND c.ended IS NULL AND c.closed IS NULL))"
/* Sets so small that they are sorted: one person's or one employer's cases. */
#define MATCHES_FEW MATCHES \
    " AND (:states = '' OR :states LIKE '% ' || c.state || ' %')" \
    " AND coalesce(c.filed, '') >= :from AND coalesce(c.filed, '') <= :to" \
    " AND (coalesce(c.filed, ''), c.id) < (:after_filed, :after_id)" \
    " ORDER BY coalesce(c.filed, '') DESC, c.id DESC LIMIT :limit"
#define IN_SCOPE \
    " AND ((c.org_path >= :scope AND c.org_path < :scope_end)" \
    " OR (c.owner_path >= :scope AND c.owner_path < :scope_end))"

static const Query q_keys = {
    .name = "case_list.keys", .in = &key_form, .out = &key_form,
    .sql = "SELECT day, id" RANGE " ORDER BY day DESC, id DESC LIMIT :limit",
};
static const Query q_count = {
    .name = "case_list.count", .in = &key_form, .out = &key_form,
    .sql = "SELECT count(*) AS n FROM (SELECT 1" RANGE " LIMIT :limit) AS s" /* at most COUNT_MAX + 1 */
           " /*scan*/",
};
static const Query q_edge = {
    .name = "case_list.edge", .in = &key_form, .out = &key_form,
    .sql = "SELECT day, id" RANGE " ORDER BY day DESC, id DESC LIMIT 1 OFFSET :last",
};
static const Query q_matches = {
    .name = "case_list.matches", .in = &key_form, .out = &key_form,
    .sql = "SELECT w.day AS day, w.id AS id FROM (SELECT day, id" RANGE
           " ORDER BY day DESC, id DESC LIMIT :window) AS w"
           " JOIN cases c ON c.id = w.id WHERE w.day >= 0" MATCHES " ORDER BY w.day DESC, w.id DESC LIMIT :limit"
           " /*scan*/", /* of the window */
};
static const Query q_of_mediator = {
    .name = "case_list.of_mediator", .in = &key_form, .out = &key_form,
    .sql = "SELECT c.filed AS filed, c.id AS id FROM cases c WHERE c.mediator_id = :mediator"
           " AND (:employer = 0 OR c.employer_id = :employer)" IN_SCOPE MATCHES_FEW,
};
static const Query q_of_employer = {
    .name = "case_list.of_employer", .in = &key_form, .out = &key_form,
    .sql = "SELECT c.filed AS filed, c.id AS id FROM cases c WHERE c.employer_id = :employer" IN_SCOPE MATCHES_FEW,
};
static const Query q_own = {
    .name = "case_list.own", .in = &key_form, .out = &key_form,
    .sql = "SELECT c.filed AS filed, c.id AS id FROM cases c WHERE c.id IN (SELECT case_id FROM case_member"
           " WHERE user_id = :mediator AND until IS NULL UNION SELECT id FROM cases WHERE mediator_id = :mediator)"
           " AND (:employer = 0 OR c.employer_id = :employer)" MATCHES_FEW,
};
static const Query q_rows = {
    .name = "case_list.rows", .in = &ids_form, .out = &case_form,
    .sql = "SELECT " CASE_COLUMNS " FROM cases WHERE id IN (:i0, :i1, :i2, :i3, :i4, :i5, :i6, :i7, :i8, :i9, :i10,"
           " :i11, :i12, :i13, :i14, :i15, :i16, :i17, :i18, :i19, :i20, :i21, :i22, :i23,"
           " :i24)",
};
static const Query *const queries[] = {
    &q_place, &q_place_few[0], &q_place_few[1], &q_place_few[2], &q_place_few[3], &q_place_few[4],
    &q_shift, &q_leave, &q_keys, &q_count, &q_edge, &q_matches, &q_of_mediator,
    &q_of_employer,
    &q_own, &q_rows, NULL,
};

/* ---- keeping it ------------------------------------------------------------------------- */

static void scope_add(Str scope, Str list[SCOPES_MAX], size_t *n)
{
    for (size_t i = 0; i < *n; i++) {
        if (str_eq(list[i], scope)) return;
    }
    if (*n < SCOPES_MAX) list[(*n)++] = scope;
}

size_t scopes_of(Str org_path, Str owner_path, Str scope[SCOPES_MAX])
{
    const Str paths[] = { org_path, owner_path };
    size_t n = 0;
    for (size_t k = 0; k < COUNT(paths); k++) {
        for (size_t len = PATH_STEP_CHARS; len < paths[k].n; len += PATH_STEP_CHARS) {
            scope_add((Str){ paths[k].s, len }, scope, &n);
        }
        if (paths[k].n) scope_add(paths[k], scope, &n);
    }
    return n;
}

static Seat seat_of(const Case *k)
{
    Seat p = { .id = k->id, .day = k->filed.day, .state = str_of(state_code(state_of(k->state))) };
    (void)scopes_of(k->org_path, k->owner_path, p.s);
    return p;
}

static void place(Ctx *c, const Seat *p)
{
    size_t n = 0;
    while (n <= LEVELS && p->s[n].n) n++;
    if (n) db_insert(c, n > LEVELS ? &q_place : &q_place_few[n - 1], p);
}

void case_list_save(Ctx *c, const Case *k)
{
    Seat p = seat_of(k);
    if (!k->was) {
        place(c, &p);
        return;
    }
    bool moved = !str_eq(k->org_path, k->was->org_path) || !str_eq(k->owner_path, k->was->owner_path);
    Seat was = seat_of(k->was);
    was.was_state = p.was_state = was.state;
    was.was_day = p.was_day = was.day;
    if (moved) {
        db_change_any(c, &q_leave, &was);
        place(c, &p);
    } else if (p.day != was.day || !str_eq(p.state, was.state)) {
        db_change_any(c, &q_shift, &p);
    }
}

void case_list_leave(Ctx *c, const Case *k)
{
    Seat was = seat_of(k);
    was.was_state = was.state;
    was.was_day = was.day;
    db_change_any(c, &q_leave, &was);
}

/* ---- what is asked ------------------------------------------------------------------------- */

uint32_t case_ask_states(const CaseAsk *ask)
{
    uint32_t set = 0;
    Str rest = ask->state;
    while (rest.n) set |= 1U << state_of(str_cut(&rest, ' '));
    if (set == 0) set = SPAN(DRAFT, ARCHIVED);
    for (State s = ST_DRAFT; ask->late && s < ST__COUNT; s++) {
        if (state_terminal(s)) set &= ~(1U << s);
    }
    return set;
}

static bool by_office(const Ctx *c)
{
    return c->who.roles & (uint32_t)BY_OFFICE && c->who.org_path.n;
}

bool case_ask_read(Ctx *c, const Form *form, CaseAsk *ask)
{
    *ask = (CaseAsk){ 0 };
    form_read_query(c, form, ask);
    if (ask->limit == 0) ask->limit = PAGE;
    if (ask->to.day && ask->from.day > ask->to.day) fault(c, S("to"), FAULT_ORDER);
    if (!by_office(c)) ask->org_path = (Str){ 0 };
    else if (ask->org_path.n == 0) ask->org_path = c->who.org_path;
    else if (!str_starts(ask->org_path, c->who.org_path)) fault(c, S("org_path"), FAULT_NOT_ALLOWED);
    return ok(c);
}

static bool word_in(Str list, Str word)
{
    while (list.n) {
        if (str_eq(str_cut(&list, ' '), word)) return true;
    }
    return false;
}

static bool fits(const CaseAsk *ask, const Case *k, Date today)
{
    bool late = k->due.day && k->due.day < today.day && k->ended.day == 0 && k->closed.day == 0;
    return (ask->cause.n == 0 || str_eq(ask->cause, k->cause))
        && (ask->channel.n == 0 || str_eq(ask->channel, k->channel))
        && (ask->flag.n == 0 || word_in(k->flags, ask->flag))
        && str_starts(k->region, ask->region) && (!ask->late || late)
        && (ask->mediator.n == 0 || ask->mediator.n == k->mediator_id.n)
        && (ask->employer.n == 0 || ask->employer.n == k->employer_id.n)
        && (ask->from.day == 0 || k->filed.day >= ask->from.day)
        && (ask->to.day == 0 || (k->filed.day && k->filed.day <= ask->to.day));
}

bool case_asked(Ctx *c, const CaseAsk *ask, uint32_t states, const Case *k)
{
    bool state = states >> state_of(k->state) & 1;
    if (!state || !fits(ask, k, c->today)) return false;
    if (by_office(c)) {
        return str_starts(k->org_path, ask->org_path) || str_starts(k->owner_path, ask->org_path);
    }
    return k->mediator_id.n == c->who.id.n || case_is_member(c, k->id, c->who.id);
}

static Str iso(Ctx *c, Date d, Str otherwise)
{
    if (d.day == 0) return otherwise;
    char *text = NEW(c->mem, char, 11);
    date_write(d, text);
    return (Str){ text, 10 };
}

/* "2026-05-01.123": behind which row the page begins. */
static void read_after(Ctx *c, Str after, Key *key)
{
    Str day = str_cut(&after, '.');
    Id id = id_parse(after);
    Date filed = date_parse(day);
    if (id.n == 0 || (day.n && filed.day == 0)) fault(c, S("after"), FAULT_NOT_CODE);
    if (filed.day >= key->after_day) return; /* the range ends before that place */
    key->after_day = filed.day;
    key->after_filed = day;
    key->after_id = id;
}

static Str joined(Ctx *c, Str head, Str middle, Str tail)
{
    Out o = { .buf = NEW(c->mem, char, head.n + middle.n + tail.n), .cap = head.n + middle.n + tail.n };
    out_str(&o, head);
    out_str(&o, middle);
    out_str(&o, tail);
    return out_view(&o);
}

static Str state_words(Ctx *c, uint32_t states)
{
    Out o = { .buf = NEW(c->mem, char, 512), .cap = 512 };
    out_str(&o, S(" "));
    for (State s = ST_DRAFT; s < ST__COUNT; s++) {
        if (!(states >> s & 1)) continue;
        out_str(&o, str_of(state_word(s)));
        out_str(&o, S(" "));
    }
    return out_view(&o);
}

static Key key_of(Ctx *c, const CaseAsk *ask, uint32_t states)
{
    Key key = {
        .scope = ask->org_path, .scope_end = joined(c, ask->org_path, S("~"), (Str){ 0 }),
        .from_day = ask->from.day,
        .from = iso(c, ask->from, S("")), .to = iso(c, ask->to, S("9999-12-31")),
        .after_day = ask->to.day ? ask->to.day + 1 : INT32_MAX,
        .after_filed = S("9999-99"), .after_id = { ask->to.day ? 0 : INT64_MAX },
        .limit = ask->limit + 1, .states = state_words(c, states), .cause = ask->cause,
        .channel = ask->channel,
        .flag = ask->flag.n ? joined(c, S("% "), ask->flag, S(" %")) : (Str){ 0 },
        .region = ask->region, .region_end = joined(c, ask->region, S("~"), (Str){ 0 }),
        .late = ask->late, .today = c->today, .mediator = ask->mediator, .employer = ask->employer,
    };
    if (ask->to.day && key.from_day == 0) key.from_day = 1; /* without a date: not before any */
    if (ask->to.day && ask->from.day == 0) key.from = S("0");
    if (ask->after.n) read_after(c, ask->after, &key);
    return key;
}

/* ---- a page ---------------------------------------------------------------------------------- */

typedef struct Page {
    Key    *key;      /* newest first */
    size_t  n, cap;
    int64_t edge_day; /* up to where the windows reach; -1: to the end */
    Id      edge_id;
} Page;

static bool newer(int64_t day, Id id, int64_t day2, Id id2)
{
    return day != day2 ? day > day2 : id.n > id2.n;
}

static int by_age(const void *a, const void *b)
{
    const Key *x = a, *y = b;
    return newer(x->day, x->id, y->day, y->id) ? -1 : newer(y->day, y->id, x->day, x->id) ? 1 : 0;
}

static void page_add(Page *p, Rows rows)
{
    for (size_t i = 0; i < rows.n && p->n < p->cap; i++) p->key[p->n++] = ((const Key *)rows.at)[i];
}

static void add_state(Ctx *c, Page *p, Key key, bool narrow)
{
    Key edge = { 0 };
    page_add(p, db_list(c, narrow ? &q_matches : &q_keys, &key));
    if (!narrow || !db_find(c, &q_edge, &key, &edge)) return;
    if (p->edge_day < 0 || newer(edge.day, edge.id, p->edge_day, p->edge_id)) {
        p->edge_day = edge.day;
        p->edge_id = edge.id;
    }
}

static Page page_of_subtree(Ctx *c, const CaseAsk *ask, Key key, uint32_t states)
{
    size_t n = (size_t)__builtin_popcount(states);
    bool narrow = ask->cause.n || ask->channel.n || ask->flag.n || ask->region.n || ask->late;
    Page p = { .cap = n * (size_t)key.limit, .edge_day = -1 };
    p.key = NEW(c->mem, Key, p.cap);
    key.window = WINDOW / (int64_t)n;
    key.last = key.window - 1;
    for (State s = ST_DRAFT; s < ST__COUNT; s++) {
        if (!(states >> s & 1)) continue;
        key.state = str_of(state_code(s));
        add_state(c, &p, key, narrow);
    }
    if (p.n) qsort(p.key, p.n, sizeof *p.key, by_age);
    while (p.edge_day >= 0 && p.n) { /* what other windows have beyond the edge is not complete */
        if (!newer(p.edge_day, p.edge_id, p.key[p.n - 1].day, p.key[p.n - 1].id)) break;
        p.n--;
    }
    return p;
}

static Page page_of_few(Ctx *c, const Query *q, const Key *key)
{
    Page p = { .edge_day = -1 };
    Rows rows = db_list(c, q, key);
    p.key = rows.at;
    p.n = rows.n;
    for (size_t i = 0; i < p.n; i++) p.key[i].day = p.key[i].filed.day;
    return p;
}

static Page page_read(Ctx *c, const CaseAsk *ask, uint32_t states)
{
    Key key = key_of(c, ask, states);
    if (!by_office(c)) {
        key.mediator = c->who.id;
        return page_of_few(c, &q_own, &key);
    }
    if (ask->mediator.n) return page_of_few(c, &q_of_mediator, &key);
    if (ask->employer.n) return page_of_few(c, &q_of_employer, &key);
    return page_of_subtree(c, ask, key, states);
}

/* Where the next page goes on; "" if there is none. */
static Str next_of(Ctx *c, const Page *p, size_t shown)
{
    if (shown == p->n && p->edge_day < 0) return (Str){ 0 };
    int64_t day = shown < p->n ? p->key[shown - 1].day : p->edge_day;
    Id id = shown < p->n ? p->key[shown - 1].id : p->edge_id;
    Out o = { .buf = NEW(c->mem, char, 40), .cap = 40 };
    out_date(&o, (Date){ (int32_t)day });
    out_str(&o, S("."));
    out_int(&o, id.n);
    return out_view(&o);
}

Rows cases_by_id(Ctx *c, const Id *id, size_t n)
{
    Rows all = { .at = NEW(c->mem, Case, n) };
    for (size_t at = 0; at < n && ok(c); at += BATCH) {
        Ids ids = { 0 };
        size_t k = n - at < BATCH ? n - at : BATCH;
        for (size_t i = 0; i < k; i++) ids.i[i] = id[at + i];
        Rows rows = db_list(c, &q_rows, &ids);
        for (size_t i = 0; i < k * rows.n; i++) { /* in the order asked for */
            const Case *found = (const Case *)rows.at + i % rows.n;
            if (found->id.n == ids.i[i / rows.n].n) ((Case *)all.at)[all.n++] = *found;
        }
    }
    return all;
}

/* "37", or "1000+": as many as are worth counting; "" where a scan would be needed. */
static Str count_of(Ctx *c, const CaseAsk *ask, uint32_t states)
{
    int64_t sum = 0;
    Key key = key_of(c, ask, states);
    bool plain = ask->cause.n + ask->channel.n + ask->flag.n + ask->region.n == 0 && !ask->late
              && ask->mediator.n == 0 && ask->employer.n == 0 && by_office(c);
    if (!plain || ask->after.n) return (Str){ 0 };
    for (State s = ST_DRAFT; s < ST__COUNT && sum <= COUNT_MAX; s++) {
        Key found = { 0 };
        if (!(states >> s & 1)) continue;
        key.state = str_of(state_code(s));
        key.limit = COUNT_MAX + 1 - sum;
        (void)db_find(c, &q_count, &key, &found);
        sum += found.n;
    }
    Out o = { .buf = NEW(c->mem, char, 32), .cap = 32 };
    out_int(&o, sum > COUNT_MAX ? COUNT_MAX : sum);
    if (sum > COUNT_MAX) out_str(&o, S("+"));
    return out_view(&o);
}

static void list(Ctx *c)
{
    CaseAsk ask;
    Id id[PAGE_MAX];
    if (!case_ask_read(c, &list_ask_form, &ask)) return;
    uint32_t states = case_ask_states(&ask);
    Page p = page_read(c, &ask, states);
    size_t n = p.n < (size_t)ask.limit ? p.n : (size_t)ask.limit;
    for (size_t i = 0; i < n; i++) id[i] = p.key[i].id;
    Rows rows = cases_by_id(c, id, n);
    header(c, S("X-Count"), count_of(c, &ask, states));
    reply_rows(c, &case_form, rows, next_of(c, &p, n));
}

static const Route routes[] = {
    { "GET", "/api/v1/cases", BY_OFFICE | MEDIATORS, list, "案件列表", "cases, newest first",
      .query = &list_ask_form, .out = &case_form, .list = true },
};

const Slice case_list_slice = {
    .name = "case_list", .query = queries, .migration = migrations, .migrations = COUNT(migrations),
    .route = routes, .routes = COUNT(routes),
};
