/*
** Finding cases by words: names, an employer's, a case number, the end of an
** identity or telephone number; newest first.  The index stays in the viewer's
** subtree by its tags; each hit is then held against its row, because a case
** may have moved since it was indexed.
*/
#include "case/case_search.h"

#include "case/case_list.h"
#include "case/case_sql.h"
#include "core/limits.h"
#include "core/search.h"

enum { ROUNDS = 4, MONTHS_MAX = 14, MONTHS_ROOM = MONTHS_MAX * 16 };

typedef struct Worker {
    Id case_id, user_id;
} Worker;
static const Field worker_fields[] = { FIELD(Worker, case_id), FIELD(Worker, user_id) };
static const Form worker_form = FORM(Worker, worker_fields);

typedef struct After {
    Id after, id;
} After;
static const Field after_fields[] = { FIELD(After, after), FIELD(After, id) };
static const Form after_form = FORM(After, after_fields);
static const Field id_fields[] = { { .name = "id", .kind = KIND_ID } };
static const Form id_form = { .name = "Id", .size = sizeof(Id), .field = id_fields, .n = 1 };

static const Query q_case = {
    .name = "case_search.case", .in = &case_form, .out = &case_form,
    .sql = "SELECT " CASE_COLUMNS " FROM cases WHERE id = :id",
};
static const Query q_workers = {
    .name = "case_search.workers", .in = &worker_form, .out = &worker_form,
    .sql = "SELECT user_id FROM case_member WHERE case_id = :case_id AND until IS NULL ORDER BY user_id LIMIT 20",
};
static const Query q_ids = {
    .name = "case_search.ids", .in = &after_form, .out = &id_form,
    .sql = "SELECT id FROM cases WHERE id > :after ORDER BY id LIMIT 1000",
};
static const Query *const queries[] = { &q_case, &q_workers, &q_ids, NULL };

/* ---- what a case is found by ------------------------------------------------------------- */

static void out_tag(Out *o, Str head, Str value)
{
    if (o->len) out_str(o, S(" "));
    out_str(o, head);
    out_str(o, value);
}

static void out_user(Out *o, Id user)
{
    if (user.n == 0) return;
    out_tag(o, S("_u"), (Str){ 0 });
    out_int(o, user.n);
}

static void out_month(Out *o, Str head, Civil t)
{
    out_str(o, head);
    out_int(o, t.year * 100 + t.month);
}

static void describe(Ctx *c, Id id, Out *text, Out *tags)
{
    Case k = { .id = id };
    Str scope[SCOPES_MAX];
    if (!db_find(c, &q_case, &k, &k)) return;
    const Str parts[] = { k.applicant, k.respondent, k.no };
    for (size_t i = 0; i < COUNT(parts); i++) {
        out_str(text, parts[i]);
        out_str(text, S("\n"));
    }
    search_sound(c, text, k.applicant);
    search_sound(c, text, k.respondent);
    size_t n = scopes_of(k.org_path, k.owner_path, scope);
    for (size_t i = 0; i < n; i++) out_tag(tags, S("_s"), scope[i]);
    out_tag(tags, S("_c"), k.cause);
    if (k.filed.day) out_month(tags, S(" _m"), date_civil(k.filed));
    out_user(tags, k.mediator_id);
    Rows users = db_list(c, &q_workers, &(Worker){ .case_id = id });
    for (size_t i = 0; i < users.n; i++) out_user(tags, ((const Worker *)users.at)[i].user_id);
}

void case_search_save(Ctx *c, const Case *k)
{
    const Case *was = k->was;
    bool same = was && str_eq(k->applicant, was->applicant) && str_eq(k->respondent, was->respondent)
             && str_eq(k->no, was->no) && k->filed.day == was->filed.day
             && str_eq(k->cause, was->cause) && str_eq(k->org_path, was->org_path)
             && str_eq(k->owner_path, was->owner_path) && k->mediator_id.n == was->mediator_id.n;
    if (!same) search_queue(c, k->id);
}

/* ---- searching ------------------------------------------------------------------------------ */

static Str user_text(Ctx *c, Id user)
{
    Out o = { .buf = NEW(c->mem, char, 24), .cap = 24 };
    out_int(&o, user.n);
    return out_view(&o);
}

/* The months of a range of filing dates, if it is not so long that they tell little. */
static void tag_months(Ctx *c, const CaseAsk *ask, SearchAsk *find)
{
    if (ask->from.day == 0) return;
    Civil to = date_civil(ask->to.day ? ask->to : c->today), t = date_civil(ask->from);
    Out o = { .buf = NEW(c->mem, char, MONTHS_ROOM), .cap = MONTHS_ROOM };
    if ((to.year - t.year) * 12 + to.month - t.month >= MONTHS_MAX) return;
    for (; t.year * 12 + t.month <= to.year * 12 + to.month; t.month++) {
        if (t.month == 13) t = (Civil){ t.year + 1, 1, 1 };
        out_month(&o, o.len ? S("|_m") : S("_m"), t);
    }
    search_tag(c, find, (Str){ 0 }, out_view(&o));
}

static bool read_ask(Ctx *c, CaseAsk *ask, SearchAsk *find)
{
    if (!case_ask_read(c, &case_ask_form, ask)) return false;
    *find = (SearchAsk){ .before = { INT64_MAX } };
    if (!search_words(c, ask->q, find)) fault(c, S("q"), FAULT_REQUIRED);
    if (ask->after.n) find->before = id_parse(ask->after);
    if (find->before.n == 0) fault(c, S("after"), FAULT_NOT_ID);
    if (ask->org_path.n) search_tag(c, find, S("_s"), ask->org_path);
    else search_tag(c, find, S("_u"), user_text(c, c->who.id));
    search_tag(c, find, S("_c"), ask->cause);
    tag_months(c, ask, find);
    return ok(c);
}

typedef struct Found {
    Case  *row;
    size_t n;
    Id     last; /* looked at up to here */
    bool   end;  /* there are no older hits */
} Found;

/* The hits that are what their rows say, until the page is full. */
static void look(Ctx *c, const CaseAsk *ask, uint32_t states, SearchAsk *find, Found *f)
{
    Id hit[SEARCH_HITS];
    size_t want = f->n == 0 && f->last.n == INT64_MAX ? (size_t)ask->limit + 1 : SEARCH_HITS;
    size_t n = search_find(c, find, hit, want);
    Rows rows = cases_by_id(c, hit, n);
    f->end = n < want;
    for (size_t i = 0; i < rows.n; i++) {
        const Case *k = (const Case *)rows.at + i;
        if (f->n == (size_t)ask->limit) {
            f->end = false;
            return;
        }
        f->last = k->id;
        if (case_asked(c, ask, states, k)) f->row[f->n++] = *k;
    }
    if (n) find->before = f->last = hit[n - 1];
}

static void search(Ctx *c)
{
    CaseAsk ask;
    SearchAsk find;
    if (!read_ask(c, &ask, &find)) return;
    uint32_t states = case_ask_states(&ask);
    Found f = { .row = NEW(c->mem, Case, (size_t)ask.limit), .last = { INT64_MAX } };
    for (int i = 0; i < ROUNDS && ok(c) && !f.end && f.n < (size_t)ask.limit; i++) {
        look(c, &ask, states, &find, &f);
    }
    reply_rows(c, &case_form, (Rows){ f.row, f.n }, f.end ? (Str){ 0 } : user_text(c, f.last));
}

static Rows ids_after(Ctx *c, Id after)
{
    return db_list(c, &q_ids, &(After){ .after = after });
}

int64_t case_search_rebuild(Ctx *c)
{
    return search_rebuild(c, ids_after);
}

static const Route routes[] = {
    { "GET", "/api/v1/search", BY_OFFICE | MEDIATORS, search, "检索案件", "search for cases, newest first",
      .query = &case_ask_form, .out = &case_form, .list = true },
};

const Slice case_search_slice = {
    .name = "case_search", .query = queries, .route = routes, .routes = COUNT(routes), .search = describe,
};
