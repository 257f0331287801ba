#include "core/postgres_start.h"

#include "core/postgres_link.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

Oid pg_type_of(const Field *fd)
{
    return fd->kind == KIND_TEXT || fd->kind == KIND_DATE ? PG_TEXT : PG_INT8;
}

static const struct Word { const char *lite, *pg; } words[] = {
    { "INTEGER", "BIGINT" }, { "TEXT", "TEXT COLLATE \"C\"" }, { "STRICT", "" },
    { "WITHOUT", "" }, { "ROWID", "" },
};

static Str word_for_pg(Str word)
{
    for (size_t i = 0; i < COUNT(words); i++) {
        if (str_eq(word, str_of(words[i].lite))) return str_of(words[i].pg);
    }
    return word;
}

static bool is_word(char ch)
{
    return (ch >= 'A' && ch <= 'Z') || (ch >= 'a' && ch <= 'z') || ch == '_';
}

/* SQLite STRICT text as PostgreSQL wants it: a few words differ. */
static void translate_schema(Out *o, const char *sql)
{
    bool quoted = false;
    while (*sql) {
        size_t n = 0;
        while (is_word(sql[n])) n++;
        if (n == 0) {
            quoted ^= *sql == '\'';
            n = 1;
        }
        Str word = { sql, n };
        out_str(o, quoted ? word : word_for_pg(word));
        sql += n;
    }
    out_str(o, (Str){ "", 1 }); /* the NUL */
}

/* Of the server's faults, those that are not of our making: rights, space, shutdown. */
static bool is_worlds(PGconn *h, const PGresult *r)
{
    static const char *const states[] = { "08", "25006", "28", "42501", "53", "57", "58" };
    const char *state = PQresultErrorField(r, PG_DIAG_SQLSTATE);
    if (PQstatus(h) != CONNECTION_OK || !state) return true;
    for (size_t i = 0; i < COUNT(states); i++) {
        if (strncmp(state, states[i], strlen(states[i])) == 0) return true;
    }
    return false;
}

static PGresult *plain(Db *db, const char *sql)
{
    PgStart *l = db->own;
    if (!l->plain) l->plain = pg_dial(db->store->address);
    if (PQstatus(l->plain) != CONNECTION_OK) halt("database", PQerrorMessage(l->plain));
    PGresult *r = PQexec(l->plain, sql);
    ExecStatusType st = PQresultStatus(r);
    if (st == PGRES_COMMAND_OK || st == PGRES_TUPLES_OK) return r;
    if (is_worlds(l->plain, r)) halt("database", PQerrorMessage(l->plain));
    bug(sql, 0, PQerrorMessage(l->plain));
}

void pg_schema(Db *db, const char *sql)
{
    size_t cap = 4 * strlen(sql) + 1;
    Out o = { .buf = calloc(cap, 1), .cap = cap };
    BUG_IF(!o.buf);
    translate_schema(&o, sql);
    BUG_IF(o.full);
    PQclear(plain(db, "SET client_min_messages = warning"));
    PQclear(plain(db, o.buf));
    free(o.buf);
}

void pg_keep(Db *db, const char *table)
{
    char sql[512];
    int n = snprintf(sql, sizeof sql,
        "CREATE OR REPLACE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS"
        " $$BEGIN RAISE EXCEPTION '%% is append-only', TG_TABLE_NAME; END$$;"
        "CREATE OR REPLACE TRIGGER %s_keeps BEFORE UPDATE OR DELETE OR TRUNCATE ON %s"
        " EXECUTE FUNCTION append_only()", table, table);
    BUG_IF(n < 0 || (size_t)n >= sizeof sql);
    PQclear(plain(db, sql));
}

/* With sequential scans priced out, one in the plan means no index serves. */
static void check_plan(Db *db, const Plan *p)
{
    char sql[512];
    Out o = { .buf = sql, .cap = sizeof sql };
    out_str(&o, S("EXPLAIN EXECUTE checked"));
    for (size_t i = 0; i < p->params; i++) out_str(&o, i ? S(",NULL") : S("(NULL"));
    out_str(&o, p->params ? S(")") : S(""));
    out_str(&o, (Str){ "", 1 }); /* the NUL */
    BUG_IF(o.full);
    PGresult *r = plain(db, sql);
    for (int i = 0; i < PQntuples(r); i++) {
        const char *line = PQgetvalue(r, i, 0);
        if (strstr(line, "Seq Scan") && !strstr(p->text, "/*scan*/")) bug(p->q->name, i, line);
    }
    PQclear(r);
}

static void check_columns(Plan *p, const PGresult *r)
{
    for (int i = 0; i < PQnfields(r); i++) {
        plan_column(p, (size_t)i, PQfname(r, i));
        if (PQftype(r, i) != pg_type_of(p->column[i])) {
            bug(p->q->name, i, "a column is BIGINT or TEXT, as its Field says: CAST it");
        }
    }
}

void pg_check(Db *db, Plan *p)
{
    PgStart *l = db->own;
    Oid type[PARAM_MAX];
    for (size_t i = 0; i < p->params; i++) type[i] = pg_type_of(p->param[i]);
    PQclear(plain(db, "SET enable_seqscan = off; SET plan_cache_mode = force_generic_plan"));
    PGresult *r = PQprepare(l->plain, "checked", p->sql, (int)p->params, type);
    if (PQresultStatus(r) != PGRES_COMMAND_OK) bug(p->q->name, 0, PQresultErrorMessage(r));
    PQclear(r);
    r = PQdescribePrepared(l->plain, "checked");
    check_columns(p, r);
    PQclear(r);
    check_plan(db, p);
    PQclear(plain(db, "DEALLOCATE checked"));
}
