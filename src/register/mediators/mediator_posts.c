#include "register/mediators/mediator_posts.h"

#include "core/web.h"
#include "register/mediators/mediator_words.h"

typedef struct Post {
    Id   id, mediator_id, org_id;
    Str  org_path, work;
    Time since;
    Date from_day, to_day;
} Post;
static const Field fields[] = {
    FIELD(Post, id,          .label = "编号",     .en = "number"),
    FIELD(Post, mediator_id, .label = "调解员",   .en = "mediator"),
    FIELD(Post, org_id,      .label = "所属机构", .en = "organisation"),
    FIELD(Post, org_path,    .label = "机构路径", .en = "path"),
    FIELD(Post, work,        .label = "专兼职",   .en = "full- or part-time", .codes = &mediator_works),
    FIELD(Post, since,       .label = "自",       .en = "since"),
    FIELD(Post, from_day,    .label = "聘期起",   .en = "term from"),
    FIELD(Post, to_day,      .label = "聘期止",   .en = "term to"),
};
static const Form form = FORM(Post, fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE mediator_post("
      "  id          INTEGER PRIMARY KEY,"
      "  mediator_id INTEGER NOT NULL REFERENCES mediator(id),"
      "  org_id      INTEGER NOT NULL,"
      "  org_path    TEXT NOT NULL,"
      "  work        TEXT NOT NULL,"
      "  since       INTEGER NOT NULL,"      /* an instant; 0: from ever */
      "  from_day    TEXT,"                  /* the term as it was then */
      "  to_day      TEXT) STRICT;"
      "CREATE INDEX mediator_post_by_mediator ON mediator_post(mediator_id, since, id);"
      "CREATE INDEX mediator_post_by_path ON mediator_post(org_path, since);"
      "CREATE INDEX mediator_post_by_org ON mediator_post(org_id, since);"
      "INSERT INTO mediator_post(id, mediator_id, org_id, org_path, work, since, from_day, to_day)"
      " SELECT row_number() OVER (ORDER BY w.since, w.id), w.id, w.org_id, w.org_path, w.work, w.since, w.from_day,"
      " w.to_day FROM (SELECT t.mediator_id AS id, t.org_id, t.org_path, t.work, 0 AS since, t.from_day, t.to_day"
      " FROM mediator_term t UNION ALL SELECT m.id, m.org_id, m.org_path, m.work, 1, m.appointed_from, m.appointed_to"
      " FROM mediator m) AS w;" },
};

#define COLUMNS "id, mediator_id, org_id, org_path, work, since, from_day, to_day"
static const Query q_add = {
    .name = "mediator_posts.add", .in = &form, .quiet = true, /* the change of the mediator says it */
    .sql = "INSERT INTO mediator_post(" COLUMNS ") VALUES(:id, :mediator_id, :org_id, :org_path, :work, :since,"
           " :from_day, :to_day)",
};
static const Query q_last = {
    .name = "mediator_posts.last", .in = &form, .out = &form,
    .sql = "SELECT " COLUMNS " FROM mediator_post WHERE mediator_id = :mediator_id ORDER BY since DESC, id DESC LIMIT 1",
};
static const Query q_forget = {
    .name = "mediator_posts.forget", .in = &form, .quiet = true,
    .sql = "DELETE FROM mediator_post WHERE mediator_id = :mediator_id",
};
static const Query *const queries[] = { &q_add, &q_last, &q_forget, NULL };

void post_note(Ctx *c, const Mediator *m)
{
    Post last = { .mediator_id = m->id }, p = {
        .mediator_id = m->id, .org_id = m->org_id, .org_path = m->org_path, .work = m->work,
        .from_day = m->appointed_from, .to_day = m->appointed_to,
    };
    if (!ok(c)) return;
    bool known = db_find(c, &q_last, &last, &last);
    bool same = known && last.org_id.n == p.org_id.n && str_eq(last.work, p.work)
             && last.from_day.day == p.from_day.day && last.to_day.day == p.to_day.day;
    if (!ok(c) || same) return;
    p.id = id_next(c);
    if (known) p.since = time_at(c->today, 0, 0);
    db_insert(c, &q_add, &p);
}

void post_forget(Ctx *c, Id mediator_id)
{
    db_change_any(c, &q_forget, &(Post){ .mediator_id = mediator_id });
}

const Slice mediator_posts_slice = {
    .name = "mediator_posts", .query = queries, .migration = migrations, .migrations = COUNT(migrations),
};
