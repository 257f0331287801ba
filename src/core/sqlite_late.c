#include "core/sqlite_late.h"

Act *late_put(Ctx *c, Late *l, const Plan *p, Verb verb, const void *in)
{
    Act *a = NEW(c->mem, Act, 1);
    *a = (Act){ .p = p, .verb = verb, .value = NEW(c->mem, Value, p->params) };
    for (size_t i = 0; i < p->params; i++) {
        char day[DAY_ROOM];
        a->value[i] = value_of(c, p->param[i], in, day);
        if (a->value[i].kind == VALUE_TEXT) a->value[i].text = str_copy(c->mem, a->value[i].text);
    }
    if (l->last) l->last->next = a;
    else l->first = a;
    l->last = a;
    l->writes |= !is_read(verb);
    return a;
}

/* Steps through what it reads; the last code. */
static int look_again(const Act *a, sqlite3_stmt *st, uint64_t *seen)
{
    int rc = SQLITE_ROW;
    while ((rc = sqlite3_step(st)) == SQLITE_ROW) {
        *seen = row_digest(st, *seen);
        if (a->verb != VERB_LIST) break;
    }
    return rc;
}

static void run(Ctx *c, const Act *a, Handle *conn)
{
    sqlite3_stmt *st = row_statement(conn, a->p);
    uint64_t seen = 0;
    for (size_t i = 0; i < a->p->params; i++) value_bind(st, i + 1, &a->value[i]);
    int rc = a->fails ? SQLITE_IOERR : is_read(a->verb) ? look_again(a, st, &seen) : sqlite3_step(st);
    c->db->steps += sqlite3_stmt_status(st, SQLITE_STMTSTATUS_VM_STEP, 1);
    if (is_read(a->verb) && seen != a->seen) fail(c, ERR_AGAIN, str_of(a->p->q->name));
    else row_judge(c, conn, a->p, a->verb, rc);
    (void)sqlite3_reset(st);
}

void late_run(Ctx *c, const Late *l, Handle *conn)
{
    for (const Act *a = l->first; a && ok(c); a = a->next) run(c, a, conn);
}
