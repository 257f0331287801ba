/*
** Complex cases (T18): consulted on together, one person in the lead, the
** departments fixed, measures and minutes recorded.  Every conference is a row
** that stays; the last one counts.
*/
#include "case/2-dispatch/dispatch.h"

typedef struct Conference {
    Id   id, case_id;
    Date day;
    Str  lead;
    Str  departments;
    Str  measures;
    Str  minutes;
    Id   by;
    Time at;
} Conference;

static const Field fields[] = {
    FIELD(Conference, id,          .label = "编号", .en = "id", .rule = SERVER_SET),
    FIELD(Conference, case_id,     .label = "案件", .en = "case", .rule = SERVER_SET),
    FIELD(Conference, day,         .label = "会商日期", .en = "day", .rule = NOT_FUTURE),
    FIELD(Conference, lead,        .label = "牵头人", .en = "person in the lead", .rule = REQUIRED, .min = 2, .max = 50),
    FIELD(Conference, departments, .label = "参与部门", .en = "departments", .rule = REQUIRED | MANY, .max = 1000),
    FIELD(Conference, measures,    .label = "措施", .en = "measures", .rule = REQUIRED | PROSE, .min = 2, .max = 4000),
    FIELD(Conference, minutes,     .label = "会商记录", .en = "minutes", .rule = PROSE, .max = 20000),
    FIELD(Conference, by,          .label = "记录人", .en = "by", .rule = SERVER_SET),
    FIELD(Conference, at,          .label = "记录时间", .en = "at", .rule = SERVER_SET),
};
static const Form conference_form = FORM(Conference, fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE conference("        /* of a complex case; sub-volume; append-only */
      "  id       INTEGER PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES cases,"
      "  day      TEXT NOT NULL, lead TEXT NOT NULL, departments TEXT NOT NULL,"
      "  measures TEXT NOT NULL, minutes TEXT NOT NULL, by INTEGER NOT NULL, at INTEGER NOT NULL) STRICT;"
      "CREATE INDEX conference_by_case ON conference(case_id, id);" },
};
static const char *const keeps[] = { "conference", NULL };

#define COLUMNS "id, case_id, day, lead, departments, measures, minutes, by, at"
static const Query q_add = {
    .name = "conference.add", .in = &conference_form,
    .sql = "INSERT INTO conference(" COLUMNS ") VALUES(:id, :case_id, :day, :lead, :departments, :measures,"
           " :minutes, :by, :at)",
};
static const Query q_list = {
    .name = "conference.list", .in = &conference_form, .out = &conference_form,
    .sql = "SELECT " COLUMNS " FROM conference WHERE case_id = :case_id ORDER BY case_id, id",
};
static const Query q_last = {
    .name = "conference.last", .in = &conference_form, .out = &conference_form,
    .sql = "SELECT " COLUMNS " FROM conference WHERE case_id = :case_id ORDER BY id DESC LIMIT 1",
};
static const Query *const queries[] = { &q_add, &q_list, &q_last, NULL };

static Rows conferences_of(Ctx *c, Id case_id)
{
    return db_list(c, &q_list, &(Conference){ .case_id = case_id });
}

const Sealed conference_sealed = { &conference_form, conferences_of };

void conference_lead(Ctx *c, const Case *k, Str *lead, Str *departments)
{
    Conference last = { .case_id = k->id };
    bool complete = lead->n && departments->n;
    if (complete || !db_find(c, &q_last, &last, &last)) return;
    if (lead->n == 0) *lead = last.lead;
    if (departments->n == 0) *departments = last.departments;
}

static void hold(Ctx *c)
{
    Case k;
    Conference v = { .day = c->today, .by = c->who.id, .at = now(c) };
    form_read(c, &conference_form, &v);
    tx_begin(c);
    case_get(c, arg_id(c, 0), &k);
    v.id = id_next(c);
    v.case_id = k.id;
    flag_add(c, &k, S("COMPLEX"));
    case_fire(c, &k, EV_FLAG_COMPLEX, v.lead);
    db_insert(c, &q_add, &v);
    reply_row(c, 201, &conference_form, &v);
    tx_end(c);
}

static void list(Ctx *c)
{
    Case k;
    if (!case_get(c, arg_id(c, 0), &k)) return;
    reply_rows(c, &conference_form, db_list(c, &q_list, &(Conference){ .case_id = k.id }), (Str){ 0 });
}

static const Route routes[] = {
    { "POST", "/api/v1/cases/:id/conferences", DISPATCHER | MEDIATORS, hold, "复杂争议会商", "a case conference",
      EV_FLAG_COMPLEX, .in = &conference_form, .out = &conference_form },
    { "GET", "/api/v1/cases/:id/conferences", STAFF, list, "会商记录", "its case conferences",
      .out = &conference_form, .list = true },
};

const Slice conference_slice = {
    .name = "conference", .query = queries, .migration = migrations, .migrations = COUNT(migrations),
    .keeps = keeps, .route = routes, .routes = COUNT(routes),
};
