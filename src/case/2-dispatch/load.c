/*
** Open load: which organisation and which mediators carry a case.  It counts
** from dispatch or assignment until mediation is over, once each.
*/
#include "case/2-dispatch/dispatch.h"

typedef struct Load {
    Id  case_id;
    Str kind;
    Id  holder;
} Load;
static const Field load_fields[] = {
    FIELD(Load, case_id, .label = "案件", .en = "case"),
    FIELD(Load, kind,    .label = "类别", .en = "kind"),
    FIELD(Load, holder,  .label = "承办", .en = "holder"),
};
static const Form load_form = FORM(Load, load_fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE case_load("        /* whose open load the case counts in, until mediation is over */
      "  case_id INTEGER NOT NULL REFERENCES cases,"
      "  kind    TEXT NOT NULL CHECK(kind IN ('org', 'mediator')),"
      "  holder  INTEGER NOT NULL,"
      "  PRIMARY KEY(case_id, kind, holder)) STRICT;" },
};

static const Query q_take = {
    .name = "load.take", .in = &load_form, .quiet = true,
    .sql = "INSERT INTO case_load(case_id, kind, holder) VALUES(:case_id, :kind, :holder)",
};
static const Query q_held = {
    .name = "load.held", .in = &load_form, .out = &load_form,
    .sql = "SELECT case_id, kind, holder FROM case_load"
           " WHERE case_id = :case_id AND kind = :kind AND holder = :holder",
};
static const Query q_all = {
    .name = "load.all", .in = &load_form, .out = &load_form,
    .sql = "SELECT case_id, kind, holder FROM case_load WHERE case_id = :case_id ORDER BY kind, holder",
};
static const Query q_drop = {
    .name = "load.drop", .in = &load_form, .quiet = true,
    .sql = "DELETE FROM case_load WHERE case_id = :case_id AND kind = :kind AND holder = :holder",
};
static const Query *const queries[] = { &q_take, &q_held, &q_all, &q_drop, NULL };

static void count(Ctx *c, const Load *l, int64_t more)
{
    if (str_eq(l->kind, S("org"))) org_load(c, l->holder, more);
    else mediator_load(c, l->holder, more);
}

void load_take(Ctx *c, const Case *k, Str kind, Id holder)
{
    Load l = { .case_id = k->id, .kind = kind, .holder = holder };
    if (holder.n == 0 || db_find(c, &q_held, &l, &l)) return;
    db_insert(c, &q_take, &l);
    count(c, &l, 1);
}

void load_drop(Ctx *c, const Case *k, Str kind, Id holder)
{
    Load l = { .case_id = k->id, .kind = kind, .holder = holder };
    if (!db_find(c, &q_held, &l, &l)) return;
    db_change(c, &q_drop, &l);
    count(c, &l, -1);
}

/* Mediation is over: nobody carries it any more. */
static void release(Ctx *c, Case *k)
{
    Rows rows = db_list(c, &q_all, &(Load){ .case_id = k->id });
    for (size_t i = 0; i < rows.n; i++) {
        const Load *l = (const Load *)rows.at + i;
        db_change(c, &q_drop, l);
        count(c, l, -1);
    }
}

static const Hook hooks[] = {
    { AFTER, EV_SIGN, release },            { AFTER, EV_REFUSE_SIGN_END, release },
    { AFTER, EV_PERFORM_ON_SPOT, release }, { AFTER, EV_FAIL, release },
    { AFTER, EV_TIME_OUT, release },        { AFTER, EV_WITHDRAW, release },
    { AFTER, EV_SETTLE, release },
};

const Slice load_slice = {
    .name = "load", .query = queries, .migration = migrations, .migrations = COUNT(migrations),
    .hook = hooks, .hooks = COUNT(hooks),
};
