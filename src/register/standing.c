#include "register/standing.h"

#include "core/audit.h"

static const Field fields[] = {
    FIELD(Standing, id,      .label = "编号",     .en = "number", .rule = SERVER_SET),
    FIELD(Standing, subject, .label = "对象",     .en = "of", .rule = SERVER_SET),
    FIELD(Standing, event,   .label = "事项",     .en = "event", .rule = SERVER_SET),
    FIELD(Standing, was,     .label = "变更前",   .en = "status before", .rule = SERVER_SET),
    FIELD(Standing, status,  .label = "变更后",   .en = "status after", .rule = SERVER_SET),
    FIELD(Standing, day,     .label = "生效日期", .en = "from", .rule = SERVER_SET),
    FIELD(Standing, reason,  .label = "理由",     .en = "reason", .rule = SERVER_SET | PROSE, .max = 1000),
    FIELD(Standing, detail,  .label = "核查结果", .en = "what was found", .rule = SERVER_SET | MANY),
    FIELD(Standing, actor,   .label = "经办",     .en = "actor", .rule = SERVER_SET),
    FIELD(Standing, at,      .label = "登记时间", .en = "entered at", .rule = SERVER_SET),
};
const Form standing_form = FORM(Standing, fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE standing("
      "  id      INTEGER PRIMARY KEY,"
      "  subject INTEGER NOT NULL,"  /* org.id or mediator.id */
      "  event   TEXT NOT NULL,"
      "  was     TEXT NOT NULL,"
      "  status  TEXT NOT NULL,"
      "  day     TEXT NOT NULL,"     /* from which it counts */
      "  reason  TEXT NOT NULL,"
      "  detail  TEXT NOT NULL,"     /* of a check: what there is, as words */
      "  actor   INTEGER NOT NULL,"
      "  at      INTEGER NOT NULL) STRICT;"
      "CREATE INDEX standing_by_subject ON standing(subject, id);" },
};
static const char *const keeps[] = { "standing", NULL };

#define COLUMNS "id, subject, event, was, status, day, reason, detail, actor, at"

static const Query q_add = {
    .name = "standing.add", .in = &standing_form,
    .sql = "INSERT INTO standing(" COLUMNS ") VALUES(:id, :subject, :event, :was, :status, :day, :reason,"
           " :detail, :actor, :at)",
};
static const Query q_list = {
    .name = "standing.list", .in = &standing_form, .out = &standing_form,
    .sql = "SELECT " COLUMNS " FROM standing WHERE subject = :subject ORDER BY id DESC LIMIT 200",
};
static const Query *const queries[] = { &q_add, &q_list, NULL };

bool has_word(Str words, Str word)
{
    while (words.n) {
        if (str_eq(str_cut(&words, ' '), word)) return true;
    }
    return false;
}

static const Move *find(const Move *m, Str event, Str was)
{
    for (; m->event; m++) {
        if (str_eq(str_of(m->event), event) && has_word(str_of(m->from), was)) return m;
    }
    return NULL;
}

void standing_move(Ctx *c, const Move *moves, Standing *e, Date since)
{
    if (!ok(c)) return;
    const Move *m = find(moves, e->event, e->was);
    if (!m) fail(c, ERR_BLOCKED, e->was);
    else if (!(m->who & c->who.roles)) fail(c, ERR_FORBIDDEN, e->event);
    if (!m || !ok(c)) return;
    if (e->day.day == 0) e->day = c->today;
    if (e->day.day < since.day) fault(c, S("day"), FAULT_ORDER);
    if (m->reason && e->reason.n == 0) fault(c, S("reason"), FAULT_REQUIRED);
    e->id = id_next(c);
    e->status = m->to[0] ? str_of(m->to) : e->was;
    e->actor = c->who.id;
    e->at = now(c);
    audit_about(c, e->subject);
    db_insert(c, &q_add, e);
}

Rows standing_list(Ctx *c, Id subject)
{
    return db_list(c, &q_list, &(Standing){ .subject = subject });
}

const Slice standing_slice = {
    .name = "standing", .query = queries, .migration = migrations, .migrations = COUNT(migrations), .keeps = keeps,
};
