/*
** The text index of PostgreSQL: our tokens as a tsvector under GIN.  GIN knows
** no order, so a common word would bring up all its documents to find the
** newest.  Hence tokens for the days and the month a document's id was made in,
** and steps: the newest few hundred documents, looked at one by one, serve the
** most common words; some days, then some months, serve less common ones; and
** what is rarer than that is few in all.  MATERIALIZED keeps the planner from walking the key backwards.
*/
#include "core/engine.h"

enum { NEAR = 400, WINDOWS_MAX = 12 };

typedef struct Row {
    Id      id, before;
    Str     text, words, query;
    int64_t limit, near;
} Row;

static const Field fields[] = {
    FIELD(Row, id), FIELD(Row, before), FIELD(Row, text), FIELD(Row, words), FIELD(Row, query),
    FIELD(Row, limit),
    FIELD(Row, near),
};
static const Form form = FORM(Row, fields);

static const char schema[] =
    "CREATE TABLE IF NOT EXISTS search_doc("
    "  id INTEGER PRIMARY KEY, text TEXT NOT NULL, words tsvector NOT NULL);"
    "CREATE INDEX IF NOT EXISTS search_doc_words ON search_doc USING gin(words) WITH (fastupdate = on)";

static const Query q_put = {
    .name = "search.put", .in = &form, .quiet = true,
    .sql = "INSERT INTO search_doc(id, text, words)"
           " VALUES(:id, :text, array_to_tsvector(string_to_array(:words, ' ')))"
           " ON CONFLICT(id) DO UPDATE SET text = excluded.text, words = excluded.words",
};
static const Query q_clear = {
    .name = "search.clear", .quiet = true, .sql = "DELETE FROM search_doc /*scan*/",
};
static const Query q_near = {
    .name = "search.near", .in = &form, .out = &form,
    .sql = "SELECT id, text FROM (SELECT id, text, words FROM search_doc WHERE id < :before"
           " ORDER BY id DESC LIMIT :near) AS s WHERE words @@ CAST(CAST(:query AS TEXT) AS tsquery)"
           " ORDER BY id DESC LIMIT :limit",
};
static const Query q_find = {
    .name = "search.find", .in = &form, .out = &form,
    .sql = "WITH hit AS MATERIALIZED (SELECT id FROM search_doc"
           "  WHERE words @@ CAST(CAST(:query AS TEXT) AS tsquery) AND id < :before),"
           " newest AS MATERIALIZED (SELECT id FROM hit ORDER BY id DESC LIMIT :limit)"
           " SELECT d.id AS id, d.text AS text FROM newest JOIN search_doc d ON d.id = newest.id"
           " ORDER BY d.id DESC",
};
/* What was put stands in a list of its own, which every search would read through. */
static const Query q_merge = {
    .name = "search.merge", .out = &form,
    .sql = "SELECT gin_clean_pending_list(CAST('search_doc_words' AS regclass)) AS near",
};
static const Query *const queries[] = { &q_put, &q_clear, &q_near, &q_find, &q_merge, NULL };

static void prepare(Db *db)
{
    db_schema(db, schema);
}

/* Windows of time by which documents are marked.  An id begins with
** milliseconds, above 22 bits: 2^28 of them are three days, 2^31 are 25. */
static const struct Window { const char *mark; int shift; } days = { "_d", 22 + 28 }, months = { "_b", 22 + 31 };

static void out_window(Out *o, const struct Window *w, int64_t number)
{
    out_str(o, str_of(w->mark));
    out_int(o, number);
}

static void put(Ctx *c, const SearchDoc *doc, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        Out o = { .buf = NEW(c->mem, char, doc[i].words.n + 64), .cap = doc[i].words.n + 64 };
        out_str(&o, doc[i].words);
        if (o.len) out_str(&o, S(" ")); /* nothing is left of a case that is gone */
        out_window(&o, &days, doc[i].id.n >> days.shift);
        out_str(&o, S(" "));
        out_window(&o, &months, doc[i].id.n >> months.shift);
        db_insert(c, &q_put, &(Row){ .id = doc[i].id, .text = doc[i].text, .words = out_view(&o) });
    }
    (void)db_find(c, &q_merge, NULL, &(Row){ 0 });
}

static void clear(Ctx *c)
{
    db_change_any(c, &q_clear, NULL);
}

/* What is looked through, one after the other, until there are enough. */
static const struct Step { const struct Window *window; int64_t n; } steps[] = {
    { &days, 2 }, { &months, 2 }, { &months, WINDOWS_MAX }, { NULL, 0 },
};

/* ('a') & ('b'), and in one of the step's windows up to `newest`. */
static Str query_of(Ctx *c, Str tokens, const struct Step *s, Id newest)
{
    size_t cap = tokens.n * 9 + 64 + (size_t)s->n * 32;
    Out o = { .buf = NEW(c->mem, char, cap), .cap = cap };
    while (tokens.n) {
        Str either = str_cut(&tokens, ' ');
        out_str(&o, S("('"));
        while (either.n) {
            out_str(&o, str_cut(&either, '|'));
            if (either.n) out_str(&o, S("' | '"));
        }
        out_str(&o, tokens.n ? S("') & ") : S("')"));
    }
    for (int64_t i = 0; i < s->n; i++) {
        out_str(&o, i ? S(" | ") : S(" & ("));
        out_window(&o, s->window, (newest.n >> s->window->shift) - i);
    }
    if (s->n) out_str(&o, S(")"));
    return out_view(&o);
}

static size_t taken(Rows rows, SearchDoc *hit, size_t max)
{
    size_t n = rows.n < max ? rows.n : max;
    for (size_t i = 0; i < n; i++) {
        const Row *r = (const Row *)rows.at + i;
        hit[i] = (SearchDoc){ .id = r->id, .text = r->text };
    }
    return n;
}

static size_t find(Ctx *c, Str tokens, Id before, SearchDoc *hit, size_t max)
{
    Id newest = id_at(now(c));
    if (before.n < newest.n) newest = before;
    Row ask = { .before = before, .limit = (int64_t)max, .near = NEAR };
    ask.query = query_of(c, tokens, &steps[COUNT(steps) - 1], newest);
    size_t n = taken(db_list(c, &q_near, &ask), hit, max);
    for (size_t i = 0; i < COUNT(steps) && n < max && ok(c); i++) {
        ask.query = query_of(c, tokens, &steps[i], newest);
        n = taken(db_list(c, &q_find, &ask), hit, max);
    }
    return n;
}

static void close_index(Db *db)
{
    (void)db;
}

const SearchEngine search_postgres = {
    .query = queries, .prepare = prepare, .put = put, .clear = clear, .find = find, .close = close_index,
};
