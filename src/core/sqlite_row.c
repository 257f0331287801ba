#include "core/sqlite_row.h"

#include <stdio.h>
#include <string.h>

/* SQLite numbers :names by first appearance, as Plan does: p->text serves. */
sqlite3_stmt *row_statement(Handle *conn, const Plan *p)
{
    sqlite3_stmt **st = &conn->st[p->id];
    if (*st) return *st;
    if (sqlite3_prepare_v3(conn->h, p->text, -1, SQLITE_PREPARE_PERSISTENT, st, NULL) != SQLITE_OK) {
        bug(p->q->name, (int)p->mask, sqlite3_errmsg(conn->h));
    }
    return *st;
}

/* ---- parameters ------------------------------------------------------------- */

static Value number(int64_t n)
{
    return (Value){ .kind = VALUE_NUMBER, .n = n };
}

static Value text(Str s)
{
    return (Value){ .kind = VALUE_TEXT, .text = s };
}

static Value date(Date d, char day[DAY_ROOM])
{
    if (d.day == 0) return (Value){ .kind = VALUE_NULL };
    date_write(d, day);
    return text((Str){ day, DAY_ROOM - 1 });
}

Value value_of(Ctx *c, const Field *fd, const char *row, char day[DAY_ROOM])
{
    const void *at = row + fd->at;
    switch (fd->kind) {
    case KIND_INT:   return number(*(const int64_t *)at);
    case KIND_BOOL:  return number(*(const bool *)at);
    case KIND_TIME:  return number(((const Time *)at)->s);
    case KIND_MONEY: return number(((const Money *)at)->fen);
    case KIND_ID:    return number(((const Id *)at)->n);
    case KIND_DATE:  return date(*(const Date *)at, day);
    case KIND_TEXT:  return text(column_text(c, fd, *(const Str *)at));
    case KIND_LIST:  break;
    }
    bug(fd->name, 0, "not a column");
}

void value_bind(sqlite3_stmt *st, size_t i, const Value *v)
{
    int rc = SQLITE_OK;
    switch (v->kind) {
    case VALUE_NULL:   rc = sqlite3_bind_null(st, (int)i); break;
    case VALUE_NUMBER: rc = sqlite3_bind_int64(st, (int)i, v->n); break;
    case VALUE_TEXT:
        rc = sqlite3_bind_text64(st, (int)i, v->text.n ? v->text.s : "", v->text.n, SQLITE_STATIC,
                                 SQLITE_UTF8);
        break;
    }
    BUG_IF(rc != SQLITE_OK);
}

/* ---- rows ------------------------------------------------------------------- */

static Str column_str(sqlite3_stmt *st, int i)
{
    const unsigned char *t = sqlite3_column_text(st, i);
    return (Str){ (const char *)t, (size_t)sqlite3_column_bytes(st, i) };
}

static void fetch(Ctx *c, sqlite3_stmt *st, int i, const Field *fd, char *row)
{
    void *at = row + fd->at;
    switch (fd->kind) {
    case KIND_INT:   *(int64_t *)at = sqlite3_column_int64(st, i); break;
    case KIND_BOOL:  *(bool *)at = sqlite3_column_int64(st, i) != 0; break;
    case KIND_TIME:  ((Time *)at)->s = sqlite3_column_int64(st, i); break;
    case KIND_MONEY: ((Money *)at)->fen = sqlite3_column_int64(st, i); break;
    case KIND_ID:    ((Id *)at)->n = sqlite3_column_int64(st, i); break;
    case KIND_TEXT:  *(Str *)at = column_value(c, fd, column_str(st, i)); break;
    case KIND_DATE:  *(Date *)at = date_parse(column_str(st, i)); break;
    case KIND_LIST:  break;
    }
}

void row_fetch(Ctx *c, sqlite3_stmt *st, const Plan *p, char *row)
{
    for (size_t i = 0; i < p->columns; i++) fetch(c, st, (int)i, p->column[i], row);
}

static uint64_t mix(uint64_t h, uint64_t n)
{
    h = (h ^ n) * UINT64_C(0x9E3779B97F4A7C15);
    return h ^ h >> 32;
}

static uint64_t mix_text(uint64_t h, Str s)
{
    h = mix(h, s.n);
    for (size_t at = 0; at < s.n; at += sizeof h) {
        uint64_t part = 0;
        size_t left = s.n - at;
        memcpy(&part, s.s + at, left < sizeof part ? left : sizeof part);
        h = mix(h, part);
    }
    return h;
}

uint64_t row_digest(sqlite3_stmt *st, uint64_t before)
{
    uint64_t h = mix(before, 1);
    int n = sqlite3_column_count(st);
    for (int i = 0; i < n; i++) {
        int type = sqlite3_column_type(st, i);
        h = mix(h, (uint64_t)type);
        if (type == SQLITE_INTEGER) h = mix(h, (uint64_t)sqlite3_column_int64(st, i));
        else if (type != SQLITE_NULL) h = mix_text(h, column_str(st, i));
    }
    return h;
}

/* ---- what became of it -------------------------------------------------------- */

static void failed(Ctx *c, const Query *q, sqlite3 *h, int rc)
{
    int code = rc == SQLITE_IOERR ? rc : sqlite3_extended_errcode(h);
    bool clash = code == SQLITE_CONSTRAINT_PRIMARYKEY || code == SQLITE_CONSTRAINT_UNIQUE;
    bool busy = (code & 0xFF) == SQLITE_BUSY;
    bool full = (code & 0xFF) == SQLITE_FULL;
    Err e = clash && q->clash ? q->clash : busy ? ERR_AGAIN : full ? ERR_FULL : ERR_INTERNAL;
    if (e == ERR_INTERNAL) (void)fprintf(stderr, "%s: %s\n", q->name, sqlite3_errstr(code));
    fail(c, e, str_of(q->name));
}

void row_judge(Ctx *c, Handle *conn, const Plan *p, Verb verb, int rc)
{
    bool over = rc == SQLITE_DONE; /* of GET, whose first row is enough: without one */
    bool missing = over && (verb == VERB_GET || (verb == VERB_CHANGE && sqlite3_changes(conn->h) != 1));
    if (rc != SQLITE_ROW && rc != SQLITE_DONE) failed(c, p->q, conn->h, rc);
    else if (missing) fail(c, ERR_NOT_FOUND, str_of(p->q->name));
}
