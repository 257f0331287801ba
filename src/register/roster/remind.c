#include "register/roster/remind.h"

#include "core/tx.h"
#include "law/law.h"

static const Field fields[] = {
    FIELD(Soon, what), FIELD(Soon, id), FIELD(Soon, planned), FIELD(Soon, from), FIELD(Soon, to),
};
const Form soon_form = FORM(Soon, fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE event_told("        /* whose people were reminded, and of which time */
      "  what TEXT NOT NULL, id INTEGER NOT NULL, planned INTEGER NOT NULL, PRIMARY KEY(what, id, planned)) STRICT;" },
};
static const Query q_told = {
    .name = "remind.told", .in = &soon_form, .clash = ERR_CLASH,
    .sql = "INSERT INTO event_told(what, id, planned) VALUES(:what, :id, :planned)",
};
static const Query *const queries[] = { &q_told, NULL };

Soon soon_span(Ctx *c)
{
    Look look = { .params = &c->law->params, .day = c->today };
    int days = (int)param(&look, "EVENT_REMIND_DAYS");
    return (Soon){ .from = now(c), .to = time_at(date_plus(c->today, days + 1), 0, 0) };
}

void soon_told(Ctx *c, Str what, Id id, Time planned)
{
    db_insert(c, &q_told, &(Soon){ .what = what, .id = id, .planned = planned });
}

const Slice remind_slice = {
    .name = "remind", .query = queries, .migration = migrations, .migrations = COUNT(migrations),
};
