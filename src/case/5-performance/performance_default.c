/*
** The clock's part: reminders before the due day, default at 00:00 after it,
** urging on the first, seventh and fifteenth day (data/params.csv).
*/
#include "case/5-performance/performance.h"
#include "case/canon.h"
#include "case/notice.h"

#include "case/task.h"
#include "core/jobs.h"
#include "law/param.h"

enum { MANY_ROWS = 2000 };

#define CODES(list) { .name = #list, .row = list##_rows, .n = COUNT(list##_rows) }

static const Code urging_kind_rows[] = {
    { "URGE", "督促履行", "urging the debtor" }, { "REMEDIES", "告知救济途径", "telling the creditor of the remedies" },
};
static const Codes urging_kind = CODES(urging_kind);
static const Code urging_way_rows[] = {
    { "PERSON", "当面", "in person" }, { "PHONE", "电话", "telephone" }, { "SMS", "短信", "text message" },
    { "POST", "邮寄", "post" }, { "LINK", "电子送达", "electronic service" },
};
static const Codes urging_way = CODES(urging_way);

static const Field urging_fields[] = {
    FIELD(Urging, id,      .label = "编号", .en = "id", .rule = SERVER_SET),
    FIELD(Urging, case_id, .label = "案件", .en = "case", .rule = SERVER_SET),
    FIELD(Urging, kind,    .label = "类型", .en = "kind", .rule = REQUIRED, .codes = &urging_kind),
    FIELD(Urging, way,     .label = "方式", .en = "way", .rule = REQUIRED, .codes = &urging_way),
    FIELD(Urging, day,     .label = "日期", .en = "day", .rule = NOT_FUTURE),
    FIELD(Urging, note,    .label = "说明", .en = "note", .rule = PROSE, .max = 2000),
    FIELD(Urging, file,    .label = "凭证摘要", .en = "digest of the proof", .check = check_sha256),
    FIELD(Urging, by_id,   .label = "经办", .en = "by", .rule = SERVER_SET),
};
const Form urging_form = FORM(Urging, urging_fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE urging("                 /* append-only */
      "  id      INTEGER PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES cases,"
      "  kind    TEXT NOT NULL, way TEXT NOT NULL, day TEXT NOT NULL, note TEXT NOT NULL, file TEXT NOT NULL,"
      "  by_id   INTEGER NOT NULL) STRICT;"
      "CREATE INDEX urging_by_case ON urging(case_id, id);" },
};
static const char *const keeps[] = { "urging", NULL };

static const Query q_urge = {
    .name = "urging.add", .in = &urging_form,
    .sql = "INSERT INTO urging(id, case_id, kind, way, day, note, file, by_id) VALUES(:id, :case_id, :kind, :way, :day,"
           " :note, :file, :by_id)",
};
static const Query q_urgings = {
    .name = "urging.list", .in = &urging_form, .out = &urging_form,
    .sql = "SELECT id, case_id, kind, way, day, note, file, by_id FROM urging WHERE case_id = :case_id"
           " ORDER BY case_id, id LIMIT 500",
};
static const Query q_overdue = {
    .name = "owing.overdue", .in = &owing_form, .out = &owing_form,
    .sql = "SELECT id, case_id, due FROM owing WHERE open = 1 AND late = 0 AND due < :day ORDER BY due, id LIMIT 2000",
};
static const Query q_late = {
    .name = "owing.late", .in = &owing_form,
    .sql = "UPDATE owing SET late = 1 WHERE case_id = :case_id AND open = 1 AND due < :day",
};
static const Query q_due = {
    .name = "owing.due", .in = &owing_form, .out = &owing_form,
    .sql = "SELECT id, case_id, due FROM owing WHERE open = 1 AND due = :day ORDER BY due, id",
};
static const Query q_one = {
    .name = "owing.remind", .in = &owing_form, .out = &owing_form,
    .sql = "SELECT id, case_id, debtor_id, due, amount, paid, open FROM owing WHERE id = :id",
};
static const Query *const queries[] = { &q_urge, &q_urgings, &q_overdue, &q_late, &q_due, &q_one, NULL };

Rows urgings_of(Ctx *c, Id case_id)
{
    return db_list(c, &q_urgings, &(Urging){ .case_id = case_id });
}

int64_t urgings_count(Ctx *c, Id case_id, Str kind)
{
    Rows rows = urgings_of(c, case_id);
    int64_t n = 0;
    for (size_t i = 0; i < rows.n; i++) n += str_eq(((const Urging *)rows.at)[i].kind, kind);
    return n;
}

/* ---- what is said to people -------------------------------------------------------------- */

static const struct Says { const char *template, *before, *after; } says[] = {
    { "performance_due", "您在调解协议中的一项义务将于", "到期，请按期履行。" },
    { "performance_overdue", "您在调解协议中的一项义务已于", "到期，请立即履行；逾期不履行的，对方可以依法申请仲裁、支付令或者强制执行。" },
    { "performance_remedies", "对方在调解协议中的一项义务已于", "到期未履行，您可以登录本案查看可以采取的救济途径。" },
};
enum { SAY_DUE, SAY_OVERDUE, SAY_REMEDIES };

static void say(Ctx *c, const Case *k, const Party *p, int what, Date due)
{
    Out o = canon_out(c, 512);
    if (!ok(c)) return;
    out_str(&o, str_of(says[what].before));
    out_date(&o, due);
    out_str(&o, str_of(says[what].after));
    notice_party(c, k, p, str_of(says[what].template), out_view(&o));
}

/* ---- default --------------------------------------------------------------------------------- */

static int64_t days_of(Ctx *c, const Case *k, const char *key)
{
    const Param *p = param_find(&c->law->params, str_of(key), k->region, c->today);
    return p ? p->value : 0;
}

static Str key_of(Ctx *c, const char *word, Id id, Date day)
{
    Out o = canon_out(c, 80);
    out_str(&o, str_of(word));
    out_str(&o, S(":"));
    out_int(&o, id.n);
    out_str(&o, S(":"));
    out_int(&o, day.day);
    return out_view(&o);
}

static Str side_of(Rows parties, Id id)
{
    for (size_t i = 0; i < parties.n; i++) {
        const Party *p = (const Party *)parties.at + i;
        if (p->id.n == id.n) return p->side;
    }
    return (Str){ 0 };
}

enum { OWES = 1, OWED = 2 };

/* Does this party owe something that is overdue, or is it owed it?  What names no creditor is owed to the
** other side. */
static int stands(Ctx *c, Rows owings, Rows parties, const Party *p)
{
    int how = 0;
    for (size_t i = 0; i < owings.n; i++) {
        const Owing *o = (const Owing *)owings.at + i;
        if (!o->open || o->due.day == 0 || o->due.day >= c->today.day) continue;
        bool other = !str_eq(p->side, side_of(parties, o->debtor_id));
        if (o->debtor_id.n == p->id.n || has_id(o->joint_ids, p->id)) how |= OWES;
        if (has_id(o->creditor_ids, p->id) || (o->creditor_ids.n == 0 && other)) how |= OWED;
    }
    return how;
}

/* Those who owe it and those who are owed it are told, nobody else; the office has its tasks. */
static void told(Ctx *c, const Case *k, Date due)
{
    Rows parties = parties_of(c, k->id);
    Rows owings = owings_of(c, k->id);
    for (size_t i = 0; i < parties.n; i++) {
        const Party *p = (const Party *)parties.at + i;
        int how = party_own(p) ? stands(c, owings, parties, p) : 0;
        if (how) say(c, k, p, how & OWES ? SAY_OVERDUE : SAY_REMEDIES, due);
    }
}

static void defaulted(Ctx *c, Case *k)
{
    Progress p;
    progress_of(c, k, &p);
    Date due = p.first_overdue;
    Time first = time_at(date_plus(due, (int)days_of(c, k, "URGE_FIRST_DAYS")), 18, 0);
    Date second = date_plus(due, (int)days_of(c, k, "URGE_SECOND_DAYS"));
    Date report = date_plus(due, (int)days_of(c, k, "CASE_REPORT_DAYS"));
    task_add(c, k, S("urge"), ROLE_VISITOR, first);
    task_add(c, k, S("remedies"), ROLE_VISITOR, first);
    job_add(c, S("urge_again"), k->id, time_at(second, 0, 0), key_of(c, "urge", k->id, second));
    job_add(c, S("default_report"), k->id, time_at(report, 0, 0), key_of(c, "report", k->id, report));
    told(c, k, due);
}

/* Later on: only if it is still in default and nobody was asked already. */
static void ask_again(Ctx *c, Id id, const char *kind, Role role)
{
    Case k;
    if (!case_get(c, id, &k) || state_of(k.state) != ST_DEFAULTED || task_open(c, &k, str_of(kind))) return;
    task_add(c, &k, str_of(kind), role, time_at(c->today, 18, 0));
    case_save(c, &k);
}

static void urge_again(Ctx *c, Id id) { ask_again(c, id, "urge", ROLE_VISITOR); }
static void default_report(Ctx *c, Id id) { ask_again(c, id, "default_report", ROLE_HEAD); }

/* One case, in a transaction of its own; it may have been paid meanwhile. */
static void overdue(Ctx *c, Id id)
{
    Case k;
    if (!case_get(c, id, &k)) return;
    db_change_any(c, &q_late, &(Owing){ .case_id = id, .day = c->today });
    if (progress_event(c, &k) == EV_OVERDUE) case_fire(c, &k, EV_OVERDUE, (Str){ 0 });
    else case_save(c, &k);
}

static void look_overdue(Ctx *c, Id arg)
{
    (void)arg;
    Rows rows = db_list(c, &q_overdue, &(Owing){ .day = c->today });
    for (size_t i = 0; i < rows.n; i++) {
        const Owing *o = (const Owing *)rows.at + i;
        job_add(c, S("overdue"), o->case_id, now(c), key_of(c, "overdue", o->case_id, c->today));
    }
    if (rows.n == MANY_ROWS) job_add(c, S("look_overdue"), (Id){ 0 }, (Time){ now(c).s + 30 }, (Str){ 0 });
}

/* ---- reminders ----------------------------------------------------------------------------------- */

static void remind(Ctx *c, Id id)
{
    Case k;
    Party p;
    Owing o = { .id = id };
    if (!db_find(c, &q_one, &o, &o) || !o.open || !case_get(c, o.case_id, &k)) return;
    if (party_get(c, o.debtor_id, &p)) say(c, &k, &p, SAY_DUE, o.due);
}

static void look_due(Ctx *c, Date day)
{
    Rows rows = db_list(c, &q_due, &(Owing){ .day = day });
    for (size_t i = 0; i < rows.n; i++) {
        const Owing *o = (const Owing *)rows.at + i;
        job_add(c, S("remind"), o->id, now(c), key_of(c, "remind", o->id, c->today));
    }
}

static void look_ahead(Ctx *c, Id arg)
{
    (void)arg;
    const Param *before = param_find(&c->law->params, S("REMIND_BEFORE_DAYS"), (Str){ 0 }, c->today);
    if (before && before->value) look_due(c, date_plus(c->today, (int)before->value));
    look_due(c, c->today);
}

static const JobKind jobs[] = {
    { .word = "look_overdue", .run = look_overdue, .daily = "00:00" },
    { .word = "look_ahead", .run = look_ahead, .daily = "08:00" },
    { .word = "overdue", .run = overdue },
    { .word = "remind", .run = remind },
    { .word = "urge_again", .run = urge_again },
    { .word = "default_report", .run = default_report },
};

/* ---- urging ---------------------------------------------------------------------------------------- */

static void urge(Ctx *c)
{
    Case k;
    Urging u = { 0 };
    form_read(c, &urging_form, &u);
    tx_begin(c);
    case_get(c, arg_id(c, 0), &k);
    if (ok(c) && state_of(k.state) != ST_DEFAULTED) fail(c, ERR_WRONG_STATE, k.state);
    u.id = id_next(c);
    u.case_id = k.id;
    u.by_id = c->who.id;
    if (u.day.day == 0) u.day = c->today;
    db_insert(c, &q_urge, &u);
    task_done(c, &k, str_eq(u.kind, S("URGE")) ? S("urge") : S("remedies"), u.note);
    case_note(c, &k, str_eq(u.kind, S("URGE")) ? S("urged") : S("remedies_told"), u.note);
    case_save(c, &k);
    reply_row(c, 201, &urging_form, &u);
    tx_end(c);
}

static const Hook hooks[] = {
    { AFTER, EV_OVERDUE, defaulted },
};

static const Route routes[] = {
    { "POST", "/api/v1/cases/:id/urgings", VISITOR | MEDIATORS | CLERK, urge, "督促履行、告知救济",
      "urge the debtor, or tell the creditor of the remedies", .in = &urging_form, .out = &urging_form },
};

const Slice default_slice = {
    .name = "default", .query = queries, .migration = migrations, .migrations = COUNT(migrations), .keeps = keeps,
    .hook = hooks, .hooks = COUNT(hooks), .route = routes, .routes = COUNT(routes),
    .job = jobs, .jobs = COUNT(jobs),
};
