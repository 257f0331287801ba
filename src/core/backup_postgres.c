/*
** A backup of PostgreSQL is one text file a table, copied in one REPEATABLE READ
** transaction: an instant's state, without a superuser and without other
** programs.  The schema is not in it: the program makes it, and the steps it
** has must be those of the program that restores.
*/
#include "core/backup.h"
#include "core/engine.h"
#include "core/postgres_link.h"

#include <errno.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_ROOM = 2048, SQL_ROOM = 8192, CHUNK = 1 << 16 };

/* Tables after those they refer to; what can be built again is left out. */
static const char tables_sql[] =
    "WITH RECURSIVE mine AS (SELECT oid, relname FROM pg_class WHERE relkind = 'r'"
    "  AND relnamespace = CAST(current_schema() AS regnamespace) AND relname <> 'search_doc'),"
    " deep(oid, n) AS (SELECT oid, 0 FROM mine UNION SELECT c.conrelid, deep.n + 1 FROM pg_constraint c"
    "  JOIN deep ON c.confrelid = deep.oid WHERE c.contype = 'f' AND c.conrelid <> c.confrelid AND deep.n < 60)"
    " SELECT m.relname, (SELECT string_agg(quote_ident(attname), ',' ORDER BY attnum) FROM pg_attribute a"
    "  WHERE a.attrelid = m.oid AND attnum > 0 AND NOT attisdropped)"
    " FROM mine m JOIN deep ON deep.oid = m.oid GROUP BY m.oid, m.relname ORDER BY max(deep.n), m.relname";

static bool wrong(PGconn *h, const char *what)
{
    (void)fprintf(stderr, "%s: %s", what, PQerrorMessage(h));
    return false;
}

static PGresult *ask(PGconn *h, const char *sql, ExecStatusType want)
{
    PGresult *r = PQexec(h, sql);
    if (PQresultStatus(r) == want) return r;
    (void)wrong(h, sql);
    PQclear(r);
    return NULL;
}

static bool tell(PGconn *h, const char *sql)
{
    PGresult *r = ask(h, sql, PGRES_COMMAND_OK);
    PQclear(r);
    return r != NULL;
}

/* The end of a COPY, in either direction. */
static bool copied(PGconn *h, const char *table)
{
    bool good = true;
    for (PGresult *r = NULL; (r = PQgetResult(h));) {
        if (PQresultStatus(r) != PGRES_COMMAND_OK) good = wrong(h, table);
        PQclear(r);
    }
    return good;
}

static bool copy_out(PGconn *h, const char *table, const char *columns, const char *path)
{
    char sql[SQL_ROOM], *row = NULL;
    int n = snprintf(sql, sizeof sql, "COPY \"%s\"(%s) TO STDOUT", table, columns);
    FILE *f = n < SQL_ROOM ? fopen(path, "wxe") : NULL;
    if (!f) {
        (void)fprintf(stderr, "%s: %s\n", path, os_error());
        return false;
    }
    PGresult *r = ask(h, sql, PGRES_COPY_OUT);
    bool good = r != NULL;
    PQclear(r);
    if (good) good = fprintf(f, "%s\n", columns) > 0;
    while (r && (n = PQgetCopyData(h, &row, 0)) > 0) {
        good = good && fwrite(row, 1, (size_t)n, f) == (size_t)n;
        PQfreemem(row);
    }
    if (r && !copied(h, table)) good = false;
    if (fflush(f) != 0 || fsync(fileno(f)) != 0) good = false;
    return fclose(f) == 0 && good;
}

static bool save_tables(PGconn *h, const char *folder, Progress say)
{
    char path[PATH_ROOM];
    PGresult *t = ask(h, tables_sql, PGRES_TUPLES_OK);
    bool good = t != NULL;
    for (int i = 0; good && i < PQntuples(t); i++) {
        int n = snprintf(path, sizeof path, "%s/tables/%s", folder, PQgetvalue(t, i, 0));
        good = n < PATH_ROOM && copy_out(h, PQgetvalue(t, i, 0), PQgetvalue(t, i, 1), path);
        say("tables", i + 1, PQntuples(t));
    }
    PQclear(t);
    return good;
}

static bool save(Db *db, const char *folder, Progress say)
{
    char path[PATH_ROOM];
    (void)snprintf(path, sizeof path, "%s/tables", folder);
    if (mkdir(path, 0700) != 0) return false;
    PGconn *h = pg_dial(db->store->address);
    bool good = PQstatus(h) == CONNECTION_OK ? tell(h, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                                             : wrong(h, "database");
    good = good && save_tables(h, folder, say) && tell(h, "COMMIT");
    PQfinish(h);
    return good;
}

/* ---- back ---------------------------------------------------------------------------------- */

/* The first line of a table's file is its columns. */
static bool copy_in(PGconn *h, const char *table, FILE *f)
{
    static _Thread_local char chunk[CHUNK];
    char columns[SQL_ROOM / 2], sql[SQL_ROOM];
    size_t n = 0;
    if (!fgets(columns, sizeof columns, f)) return false;
    columns[strcspn(columns, "\n")] = 0;
    (void)snprintf(sql, sizeof sql, "COPY \"%s\"(%s) FROM STDIN", table, columns);
    PGresult *r = ask(h, sql, PGRES_COPY_IN);
    if (!r) return false;
    PQclear(r);
    bool good = true;
    while (good && (n = fread(chunk, 1, CHUNK, f)) > 0) good = PQputCopyData(h, chunk, (int)n) == 1;
    good = PQputCopyEnd(h, good && !ferror(f) ? NULL : "cannot be read") == 1 && good;
    return copied(h, table) && good;
}

/* The steps of the schema are read into a table of their own and compared. */
static bool same_schema(PGconn *h, FILE *f)
{
    static const char compare[] =
        "(SELECT * FROM schema_step EXCEPT SELECT * FROM steps_then)"
        " UNION ALL (SELECT * FROM steps_then EXCEPT SELECT * FROM schema_step)";
    if (!tell(h, "CREATE TEMP TABLE steps_then(LIKE schema_step) ON COMMIT DROP")) return false;
    if (!copy_in(h, "steps_then", f)) return false;
    PGresult *r = ask(h, compare, PGRES_TUPLES_OK);
    bool same = r && PQntuples(r) == 0;
    for (int i = 0; r && i < PQntuples(r); i++) {
        (void)fprintf(stderr, "schema step %s %s differs: restore with the program that made the backup,"
                      " then upgrade\n", PQgetvalue(r, i, 0), PQgetvalue(r, i, 1));
    }
    PQclear(r);
    return same;
}

static bool load_table(PGconn *h, const char *folder, const char *table)
{
    char path[PATH_ROOM];
    (void)snprintf(path, sizeof path, "%s/tables/%s", folder, table);
    FILE *f = fopen(path, "re");
    if (!f) {
        (void)fprintf(stderr, "%s: %s\n", path, os_error());
        return false;
    }
    bool steps = strcmp(table, "schema_step") == 0;
    bool good = steps ? same_schema(h, f) : copy_in(h, table, f);
    (void)fclose(f);
    return good;
}

static bool load(Db *db, const char *folder, Progress say)
{
    PGconn *h = pg_dial(db->store->address);
    bool good = PQstatus(h) == CONNECTION_OK ? tell(h, "BEGIN") : wrong(h, "database");
    PGresult *t = good ? ask(h, tables_sql, PGRES_TUPLES_OK) : NULL;
    good = t != NULL;
    for (int i = 0; good && i < PQntuples(t); i++) {
        good = load_table(h, folder, PQgetvalue(t, i, 0));
        say("tables", i + 1, PQntuples(t));
    }
    PQclear(t);
    good = good && tell(h, "COMMIT") && tell(h, "ANALYZE");
    PQfinish(h);
    return good;
}

static bool empty(Db *db)
{
    PGconn *h = pg_dial(db->store->address);
    PGresult *t = PQstatus(h) == CONNECTION_OK ? ask(h, tables_sql, PGRES_TUPLES_OK) : NULL;
    bool none = t && PQntuples(t) == 0;
    PQclear(t);
    PQfinish(h);
    return none;
}

const BackupEngine backup_postgres = { .save = save, .load = load, .empty = empty };
