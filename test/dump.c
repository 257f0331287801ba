#include "dump.h"

#include <libpq-fe.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TABLES_MAX = 300, NAME_ROOM = 64, SQL_ROOM = 64 * 1024, SUM_ROOM = 64, ASK_ROOM = 256 * 1024 };

typedef struct Table {
    char name[NAME_ROOM], kept[SUM_ROOM], now[SUM_ROOM];
    char written[SUM_ROOM]; /* PostgreSQL's: the same as long as nobody commits to it */
} Table;

struct Dump {
    sqlite3 *lite;   /* one of these */
    PGconn  *pg;
    Table    table[TABLES_MAX];
    size_t   n;
    int64_t  version; /* the same as long as nobody commits (SQLite: nobody else) */
    int64_t  seen;
    const char *ask_version;
};

/* ---- either engine -------------------------------------------------------------- */

static void lite_each(Dump *d, const char *sql, void (*row)(Dump *d, const char *value, void *to), void *to)
{
    sqlite3_stmt *st = NULL;
    if (sqlite3_prepare_v2(d->lite, sql, -1, &st, NULL) != SQLITE_OK) bug(sql, 0, sqlite3_errmsg(d->lite));
    while (sqlite3_step(st) == SQLITE_ROW) {
        if (row) row(d, (const char *)sqlite3_column_text(st, 0), to);
    }
    if (sqlite3_finalize(st) != SQLITE_OK) bug(sql, 0, sqlite3_errmsg(d->lite));
}

static void pg_each(Dump *d, const char *sql, void (*row)(Dump *d, const char *value, void *to), void *to)
{
    PGresult *r = PQexec(d->pg, sql);
    ExecStatusType st = PQresultStatus(r);
    if (st != PGRES_TUPLES_OK && st != PGRES_COMMAND_OK) bug(sql, 0, PQerrorMessage(d->pg));
    for (int i = 0; row && i < PQntuples(r); i++) row(d, PQgetvalue(r, i, 0), to);
    PQclear(r);
}

void dump_each(Dump *d, const char *sql, void (*row)(Dump *d, const char *value, void *to), void *to)
{
    if (d->lite) lite_each(d, sql, row, to);
    else pg_each(d, sql, row, to);
}

/* ---- the tables ------------------------------------------------------------------ */

static void add_table(Dump *d, const char *name, void *to)
{
    (void)to;
    BUG_IF(d->n == TABLES_MAX);
    (void)snprintf(d->table[d->n++].name, NAME_ROOM, "%s", name);
}

static void first_number(Dump *d, const char *value, void *to)
{
    (void)d;
    (void)str_int(str_of(value ? value : "0"), to);
}

/* FNV-1a over all values, with their kinds and lengths, in the table's own order. */
static void lite_sum(Dump *d, Table *t)
{
    char sql[NAME_ROOM + 32];
    sqlite3_stmt *st = NULL;
    uint64_t sum = 14695981039346656037U;
    int64_t rows = 0;
    (void)snprintf(sql, sizeof sql, "SELECT * FROM %s", t->name);
    if (sqlite3_prepare_v2(d->lite, sql, -1, &st, NULL) != SQLITE_OK) bug(sql, 0, sqlite3_errmsg(d->lite));
    for (; sqlite3_step(st) == SQLITE_ROW; rows++) {
        for (int i = 0; i < sqlite3_column_count(st); i++) {
            const unsigned char *at = sqlite3_column_blob(st, i);
            int n = sqlite3_column_bytes(st, i);
            sum = (sum ^ (uint64_t)(unsigned)n) * 1099511628211U;
            for (int k = 0; k < n; k++) sum = (sum ^ at[k]) * 1099511628211U;
        }
    }
    if (sqlite3_finalize(st) != SQLITE_OK) bug(sql, 0, sqlite3_errmsg(d->lite));
    (void)snprintf(t->now, SUM_ROOM, "%lld %llx", (long long)rows, (unsigned long long)sum);
}

static void pg_told(Dump *d, const char *value, void *to)
{
    (void)d;
    (void)snprintf(to, SUM_ROOM, "%s", value);
}

/* Its rows, and a sum that does not depend on their order, if it was written to since. */
static void pg_next(Dump *d, const char *written, void *to)
{
    size_t *i = to;
    char sql[NAME_ROOM + 120];
    BUG_IF(*i >= d->n);
    Table *t = &d->table[(*i)++];
    if (strcmp(t->written, written) == 0) return;
    (void)snprintf(t->written, SUM_ROOM, "%s", written);
    (void)snprintf(sql, sizeof sql,
                   "SELECT count(*) || ' ' || coalesce(sum(hashtextextended(t::text, 0)::numeric), 0) FROM %s t", t->name);
    pg_each(d, sql, pg_told, t->now);
}

/* One SELECT a table: its rows, and the last transaction that made one of them as it is.
** A UNION has no order of its own (PostgreSQL may run its parts side by side): each is numbered.
** Planning some two hundred tables and starting helpers took fourteen times what the answer
** takes: planned once, run by one. */
static void pg_question(Dump *d)
{
    char sql[SQL_ROOM] = { 0 };
    Out o = { .buf = sql, .cap = sizeof sql - 1 };
    dump_do(d, "SET jit = off");
    dump_do(d, "SET max_parallel_workers_per_gather = 0");
    out_str(&o, S("PREPARE look AS SELECT said FROM ("));
    for (size_t i = 0; i < d->n; i++) {
        if (i) out_str(&o, S(" UNION ALL "));
        out_str(&o, S("(SELECT "));
        out_int(&o, (int64_t)i);
        out_str(&o, S(" AS nth, count(*) || ' ' || coalesce(max(xmin::text::bigint), 0) AS said FROM "));
        out_str(&o, str_of(d->table[i].name));
        out_str(&o, S(")"));
    }
    out_str(&o, S(") q ORDER BY nth"));
    BUG_IF(o.full);
    dump_do(d, sql);
}

/* Brings every `now` up to date. */
static void look(Dump *d)
{
    size_t at = 0;
    d->version = -1; /* PostgreSQL may not know, as after its start */
    dump_each(d, d->ask_version, first_number, &d->version);
    if (d->version >= 0 && d->version == d->seen) return;
    d->seen = d->version;
    if (!d->lite) pg_each(d, "EXECUTE look", pg_next, &at);
    for (size_t i = 0; d->lite && i < d->n; i++) lite_sum(d, &d->table[i]);
}

Dump *dump_open(const char *address)
{
    Dump *d = calloc(1, sizeof *d);
    BUG_IF(!d);
    d->seen = -1;
    if (strncmp(address, "sqlite:", 7) == 0) {
        d->ask_version = "PRAGMA data_version";
        BUG_IF(sqlite3_open(address + 7, &d->lite) != SQLITE_OK);
        (void)sqlite3_busy_timeout(d->lite, 5000);
        dump_each(d, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
                " AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name", add_table, NULL);
        return d;
    }
    d->pg = PQconnectdb(address);
    BUG_IF(PQstatus(d->pg) != CONNECTION_OK);
    d->ask_version = "SELECT CASE current_setting('track_commit_timestamp') WHEN 'on' THEN"
                     " (SELECT xid::text FROM pg_last_committed_xact()) END";
    dump_each(d, "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename",
         add_table, NULL);
    pg_question(d);
    return d;
}

void dump_close(Dump *d)
{
    if (d->lite) (void)sqlite3_close(d->lite);
    PQfinish(d->pg);
    free(d);
}

void dump_keep(Dump *d)
{
    look(d);
    for (size_t i = 0; i < d->n; i++) memcpy(d->table[i].kept, d->table[i].now, SUM_ROOM);
}

const char *dump_changed(Dump *d, const char *but)
{
    look(d);
    for (size_t i = 0; i < d->n; i++) {
        Table *t = &d->table[i];
        if (strcmp(t->kept, t->now) != 0 && !(but && strcmp(t->name, but) == 0)) return t->name;
    }
    return NULL;
}

int64_t dump_rows(Dump *d, const char *table)
{
    look(d);
    for (size_t i = 0; i < d->n; i++) {
        int64_t n = 0;
        Str now = str_of(d->table[i].now);
        if (strcmp(d->table[i].name, table) != 0) continue;
        (void)str_int(str_cut(&now, ' '), &n);
        return n;
    }
    return -1;
}

void dump_do(Dump *d, const char *sql)
{
    dump_each(d, sql, NULL, NULL);
    d->seen = -1; /* our own commits do not show in SQLite's data_version */
}

static void add_line(Dump *d, const char *value, void *to)
{
    (void)d;
    out_str(to, str_of(value));
    out_str(to, S("\n"));
}

Str dump_ask(Dump *d, Arena *mem, const char *sql)
{
    Out o = { .buf = NEW(mem, char, ASK_ROOM), .cap = ASK_ROOM };
    dump_each(d, sql, add_line, &o);
    BUG_IF(o.full);
    return out_view(&o);
}
