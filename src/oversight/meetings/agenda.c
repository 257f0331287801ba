/*
** The agenda.  It fills itself: the situation from the totals of the meeting's
** months beside the months before, what is late or in default, open major cases,
** decisions of earlier meetings that are overdue, and what the kind of meeting is
** always about (R127 to R129).  A person adds, and takes off what is not wanted.
*/
#include "core/tx.h"
#include "law/law.h"
#include "oversight/meetings/meetings.h"
#include "oversight/meetings/seat.h"
#include "paper/chinese.h"
#include "register/standing.h"

enum { TOPICS = 60 };

typedef struct Topic {
    Id      id, meeting_id;
    int64_t no;
    Str     kind, title, content, source;
    Id      ref;   /* the case or decision it is about */
} Topic;

static const Code kind_rows[] = {
    { "SITUATION", "形势分析", "the situation" }, { "SHORTFALL", "短板不足", "shortfalls" },
    { "KEY_WORK", "重点工作", "key work" },       { "FACTS", "事实认定难点", "fact-finding" },
    { "LAW", "法律适用", "application of law" },  { "DISCRETION", "裁量尺度", "discretion" },
    { "ENFORCEMENT", "执行衔接", "enforcement" }, { "MAJOR_CASE", "重大争议", "a major case" },
    { "OVERDUE", "逾期任务", "an overdue task" }, { "OTHER", "其他", "other" },
};
static const Codes kinds = { .name = "topic_kind", .row = kind_rows, .n = COUNT(kind_rows) };
static const Code source_rows[] = {
    { "MANUAL", "人工", "by hand" }, { "STATISTICS", "统计自动生成", "from the statistics" },
    { "CASES", "案件自动生成", "from the cases" }, { "DECISIONS", "任务自动生成", "from the tasks" },
    { "KIND", "按会议类型", "by the kind of meeting" },
};
static const Codes sources = { .name = "topic_source", .row = source_rows, .n = COUNT(source_rows) };

static const Field fields[] = {
    FIELD(Topic, id,         .label = "编号", .en = "id", .rule = SERVER_SET),
    FIELD(Topic, meeting_id, .label = "会议", .en = "meeting", .rule = SERVER_SET),
    FIELD(Topic, no,         .label = "序号", .en = "number", .rule = SERVER_SET),
    FIELD(Topic, kind,       .label = "议题类别", .en = "kind", .rule = REQUIRED, .codes = &kinds),
    FIELD(Topic, title,      .label = "议题", .en = "topic", .rule = REQUIRED, .min = 2, .max = 200),
    FIELD(Topic, content,    .label = "材料", .en = "material", .rule = PROSE, .max = 10000),
    FIELD(Topic, source,     .label = "来源", .en = "source", .rule = SERVER_SET, .codes = &sources),
    FIELD(Topic, ref,        .label = "所指案件或任务", .en = "case or task", .rule = SERVER_SET),
};
const Form topic_form = FORM(Topic, fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE meeting_topic("        /* the agenda; changes until the meeting is held */
      "  id         INTEGER PRIMARY KEY,"
      "  meeting_id INTEGER NOT NULL REFERENCES meeting, no INTEGER NOT NULL,"
      "  kind       TEXT NOT NULL, title TEXT NOT NULL, content TEXT NOT NULL, source TEXT NOT NULL,"
      "  ref        INTEGER NOT NULL,"     /* cases.id or decision.id; 0: none */
      "  UNIQUE(meeting_id, no)) STRICT;" },
};

/* What the fillers look for, and what they find. */
typedef struct Find {
    Str     path, path_end, measure, no, name, respondent, state;
    int64_t from, to, n;
    Date    day, due;
    Id      id, org;
} Find;
static const Field find_fields[] = {
    FIELD(Find, path), FIELD(Find, path_end), FIELD(Find, measure), FIELD(Find, no), FIELD(Find, name),
    FIELD(Find, respondent), FIELD(Find, state), FIELD(Find, from), FIELD(Find, to), FIELD(Find, n),
    FIELD(Find, day), FIELD(Find, due), FIELD(Find, id), FIELD(Find, org),
};
static const Form find_form = FORM(Find, find_fields);

static const Query q_add = {
    .name = "topic.add", .in = &topic_form, .clash = ERR_AGAIN,
    .sql = "INSERT INTO meeting_topic(id, meeting_id, no, kind, title, content, source, ref)"
           " VALUES(:id, :meeting_id, :no, :kind, :title, :content, :source, :ref)",
};
static const Query q_list = {
    .name = "topic.list", .in = &topic_form, .out = &topic_form,
    .sql = "SELECT id, meeting_id, no, kind, title, content, source, ref FROM meeting_topic"
           " WHERE meeting_id = :meeting_id ORDER BY meeting_id, no LIMIT 200",
};
static const Query q_clear = {
    .name = "topic.clear", .in = &topic_form,
    .sql = "DELETE FROM meeting_topic WHERE meeting_id = :meeting_id AND source <> 'MANUAL'",
};
static const Query q_drop = {
    .name = "topic.drop", .in = &topic_form,
    .sql = "DELETE FROM meeting_topic WHERE id = :id AND meeting_id = :meeting_id",
};
static const Query q_totals = {
    .name = "topic.totals", .in = &find_form, .out = &find_form,
    .sql = "SELECT measure, CAST(sum(n) AS BIGINT) AS n FROM"
           " (SELECT measure, n FROM total WHERE path = :path AND month >= :from AND month <= :to"
           " UNION ALL SELECT measure, n FROM total_fresh WHERE path >= :path AND path < :path_end"
           " AND month >= :from AND month <= :to) AS b /*scan*/" /* of what has not been folded in yet */
           " GROUP BY measure ORDER BY measure",
};
static const Query q_late = {
    .name = "topic.late", .in = &find_form, .out = &find_form,
    .sql = "SELECT COUNT(*) AS n FROM cases WHERE org_path >= :path AND org_path < :path_end AND due < :day"
           " AND state IN ('accepted', 'dispatched', 'assigned', 'mediating', 'pending_sign')",
};
static const Query q_default = {
    .name = "topic.default", .in = &find_form, .out = &find_form,
    .sql = "SELECT COUNT(*) AS n FROM cases WHERE org_path >= :path AND org_path < :path_end AND state = 'defaulted'",
};
static const Query q_major = {
    .name = "topic.major", .in = &find_form, .out = &find_form,
    .sql = "SELECT id, no, respondent, state, workers AS n FROM cases"
           " WHERE org_path >= :path AND org_path < :path_end AND (flags LIKE '%MAJOR%' OR flags LIKE '%MASS%')"
           " AND state NOT IN ('rejected', 'referred', 'performed', 'settled', 'failed', 'withdrawn', 'closed', 'archived')"
           " ORDER BY id LIMIT 15",
};
static const Query q_overdue = {
    .name = "topic.overdue", .in = &find_form, .out = &find_form,
    .sql = "SELECT id, title AS name, lead_unit AS state, due FROM decision WHERE org = :org AND state = 'OPEN'"
           " AND due < :day ORDER BY due, id LIMIT 20",
};
static const Query *const queries[] = {
    &q_add, &q_list, &q_clear, &q_drop, &q_totals, &q_late, &q_default, &q_major, &q_overdue, NULL,
};

Rows meeting_topics(Ctx *c, Id meeting_id)
{
    return db_list(c, &q_list, &(Topic){ .meeting_id = meeting_id });
}

/* ---- the situation ------------------------------------------------------------------------- */

typedef struct Situation { int64_t accepted, agreed, settled, failed, withdrawn, workers; } Situation;

static int64_t month_of(Date d)
{
    Civil t = date_civil(d);
    return t.year * 100 + t.month;
}

static Situation figures_of(Ctx *c, const Meeting *m, Date from, Date to)
{
    Situation f = { 0 };
    Rows rows = db_list(c, &q_totals, &(Find){ .path = m->org_path, .path_end = path_end(c->mem, m->org_path),
        .from = month_of(from), .to = month_of(to) });
    const struct { const char *measure; int64_t *at; } row[] = {
        { "accepted", &f.accepted }, { "agreed", &f.agreed }, { "spot", &f.agreed },
        { "settled", &f.settled },
        { "failed", &f.failed }, { "withdrawn", &f.withdrawn }, { "workers", &f.workers },
    };
    for (size_t i = 0; i < rows.n; i++) {
        const Find *t = (const Find *)rows.at + i;
        for (size_t k = 0; k < COUNT(row); k++) {
            if (str_eq(str_of(row[k].measure), t->measure)) *row[k].at += t->n;
        }
    }
    return f;
}

/* 81.82%（90/110）, rounded half up; "–" of nothing. */
static Text share(Arena *mem, int64_t part, int64_t whole)
{
    Out o = { .buf = NEW(mem, char, 60), .cap = 60 };
    int64_t basis = whole > 0 ? (part * 20000 + whole) / (2 * whole) : 0; /* of 10,000 */
    if (whole <= 0) return same(S("–"));
    out_int(&o, basis / 100);
    out_str(&o, S("."));
    out_pad(&o, basis % 100, 2);
    out_str(&o, S("%（"));
    out_int(&o, part);
    out_str(&o, S("/"));
    out_int(&o, whole);
    out_str(&o, S("）"));
    return same(out_view(&o));
}

/* Titles stand in the notice and in the minutes: a day is written as papers write it. */
static Text named_day(Arena *mem, Date d)
{
    Out o = { .buf = NEW(mem, char, 40), .cap = 40 };
    out_chinese_date(&o, d);
    return same(out_view(&o));
}

static const Phrase situation_title = { "{0}至{1}劳动人事争议形势", "the disputes from {0} to {1}" };
static const Phrase situation_text = {
    "{0}至{1}受理{2}件（前一同长时段{3}件），涉及{4}人；达成协议{5}件，自行和解{6}件，调解不成{7}件，撤回{8}件。"
    "调解成功率（协议、和解 ÷ 全部办结）{9}。",
    "accepted {2} from {0} to {1} (before {3}), {4} workers; agreed {5}, settled {6}, failed {7}, withdrawn {8}; success {9}.",
};
static const Phrase shortfall_title = { "超期未结与逾期未履行", "overdue cases and defaults" };
static const Phrase shortfall_text = {
    "截至{0}：超过调解期限未结{1}件，协议逾期未履行{2}件，逾期未完成的议定事项{3}项。",
    "on {0}: {1} cases past their period, {2} agreements in default, {3} decisions overdue.",
};
static const Phrase major_title = { "{0}：{1}", "{0}: {1}" };
static const Phrase major_text = { "涉及{0}人，重大、群体性争议，尚未办结。", "{0} workers; major or mass; not ended." };
static const Phrase overdue_title = { "逾期任务：{0}", "overdue: {0}" };
static const Phrase overdue_text = { "牵头单位：{0}；应于{1}前完成，已逾期{2}日。", "lead: {0}; due {1}, {2} days late." };

/* What a kind of meeting is always about. */
static const struct Standard { const char *kind, *topic, *title; } standard[] = {
    { "JOINT",     "SHORTFALL",   "查摆分析短板不足" },
    { "JOINT",     "KEY_WORK",    "部署推进重点工作" },
    { "REGULAR",   "KEY_WORK",    "排查矛盾动态，解决重大矛盾纠纷" },
    { "ARB_COURT", "FACTS",       "事实认定难点" },
    { "ARB_COURT", "LAW",         "法律法规的理解与适用" },
    { "ARB_COURT", "DISCRETION",  "自由裁量权的把握" },
    { "ARB_COURT", "ENFORCEMENT", "执行阶段的难题与衔接" },
    { "EMERGENCY", "KEY_WORK",    "明确牵头单位、现场负责人和处置方案" },
};

/* ---- filling ---------------------------------------------------------------------------------- */

typedef struct Fill {
    Ctx           *c;
    const Meeting *m;
    int64_t        no;
} Fill;

static void put(Fill *f, Topic t)
{
    t.id = id_next(f->c);
    t.meeting_id = f->m->id;
    t.no = ++f->no;
    db_insert(f->c, &q_add, &t);
}

static Str say(Fill *f, const Phrase *p, const Text *args, size_t n)
{
    return phrase_say(f->c->mem, p, args, n).zh;
}

/* What lies at or below the office whose meeting it is. */
static Find below(Fill *f)
{
    Str path = f->m->org_path;
    return (Find){ .path = path, .path_end = path_end(f->c->mem, path) };
}

static void put_situation(Fill *f)
{
    Ctx *c = f->c;
    const Meeting *m = f->m;
    int days = m->until.day - m->since.day + 1;
    Situation is = figures_of(c, m, m->since, m->until);
    Situation was = figures_of(c, m, date_plus(m->since, -days), date_plus(m->since, -1));
    int64_t good = is.agreed + is.settled, ended = good + is.failed + is.withdrawn;
    Text day[] = { named_day(c->mem, m->since), named_day(c->mem, m->until) };
    Text args[] = { day[0], day[1], phrase_number(c->mem, is.accepted), phrase_number(c->mem, was.accepted),
        phrase_number(c->mem, is.workers), phrase_number(c->mem, is.agreed),
        phrase_number(c->mem, is.settled),
        phrase_number(c->mem, is.failed), phrase_number(c->mem, is.withdrawn), share(c->mem, good, ended) };
    put(f, (Topic){ .kind = S("SITUATION"), .source = S("STATISTICS"),
        .title = say(f, &situation_title, day, 2),
        .content = say(f, &situation_text, args, COUNT(args)) });
}

static void put_shortfall(Fill *f, int64_t overdue)
{
    Ctx *c = f->c;
    Find at = below(f), late = { 0 }, dflt = { 0 };
    at.day = c->today;
    (void)db_get(c, &q_late, &at, &late);
    (void)db_get(c, &q_default, &at, &dflt);
    Text args[] = { named_day(c->mem, c->today), phrase_number(c->mem, late.n),
                    phrase_number(c->mem, dflt.n), phrase_number(c->mem, overdue) };
    put(f, (Topic){ .kind = S("SHORTFALL"), .source = S("STATISTICS"),
        .title = say(f, &shortfall_title, NULL, 0),
        .content = say(f, &shortfall_text, args, COUNT(args)) });
}

static void put_major(Fill *f)
{
    Ctx *c = f->c;
    Find at = below(f);
    Rows rows = db_list(c, &q_major, &at);
    for (size_t i = 0; i < rows.n; i++) {
        const Find *k = (const Find *)rows.at + i;
        Text title[] = { same(k->no), same(k->respondent) };
        Text text[] = { phrase_number(c->mem, k->n) };
        put(f, (Topic){ .kind = S("MAJOR_CASE"), .source = S("CASES"), .ref = k->id,
            .title = say(f, &major_title, title, 2), .content = say(f, &major_text, text, 1) });
    }
}

static void put_overdue(Fill *f, Rows rows, Str region)
{
    Ctx *c = f->c;
    for (size_t i = 0; i < rows.n; i++) {
        const Find *d = (const Find *)rows.at + i;
        Text title[] = { same(d->name) };
        Text text[] = { same(unit_name(c, region, d->state)), named_day(c->mem, d->due),
                        phrase_number(c->mem, c->today.day - d->due.day) };
        put(f, (Topic){ .kind = S("OVERDUE"), .source = S("DECISIONS"), .ref = d->id,
            .title = say(f, &overdue_title, title, 1), .content = say(f, &overdue_text, text, 3) });
    }
}

static void put_standard(Fill *f)
{
    for (size_t i = 0; i < COUNT(standard); i++) {
        if (!str_eq(str_of(standard[i].kind), f->m->kind)) continue;
        put(f, (Topic){ .kind = str_of(standard[i].topic), .source = S("KIND"),
            .title = str_of(standard[i].title) });
    }
}

/* The meeting, kept by c's person and not yet held. */
static bool open_agenda(Ctx *c, Meeting *m)
{
    if (meeting_get(c, arg_id(c, 0), m)) meeting_need(c, m);
    bool open = has_word(S("PLANNED NOTICED"), m->state);
    return ok(c) && (open || fail(c, ERR_BLOCKED, m->state));
}

static int64_t last_no(Rows rows)
{
    return rows.n ? ((const Topic *)rows.at)[rows.n - 1].no : 0;
}

static void fill(Ctx *c)
{
    Meeting m = { 0 };
    Org o = { 0 };
    tx_begin(c);
    if (open_agenda(c, &m)) (void)org_get(c, m.org, &o);
    db_change_any(c, &q_clear, &(Topic){ .meeting_id = m.id });
    Fill f = { c, &m, last_no(db_list(c, &q_list, &(Topic){ .meeting_id = m.id })) };
    Rows overdue = db_list(c, &q_overdue, &(Find){ .org = m.org, .day = c->today });
    if (ok(c)) {
        put_situation(&f);
        put_shortfall(&f, (int64_t)overdue.n);
        put_major(&f);
        put_overdue(&f, overdue, o.region);
        put_standard(&f);
    }
    meeting_save(c, &m);
    reply_rows(c, &topic_form, db_list(c, &q_list, &(Topic){ .meeting_id = m.id }), (Str){ 0 });
    tx_end(c);
}

static void add(Ctx *c)
{
    Meeting m = { 0 };
    Topic t = { .source = S("MANUAL") };
    form_read(c, &topic_form, &t);
    tx_begin(c);
    (void)open_agenda(c, &m);
    Rows rows = db_list(c, &q_list, &(Topic){ .meeting_id = m.id });
    if (ok(c) && rows.n >= TOPICS) fail(c, ERR_BLOCKED, S("topics"));
    t.id = id_next(c);
    t.meeting_id = m.id;
    t.no = last_no(rows) + 1;
    db_insert(c, &q_add, &t);
    meeting_save(c, &m);
    reply_row(c, 201, &topic_form, &t);
    tx_end(c);
}

static void drop(Ctx *c)
{
    Meeting m = { 0 };
    tx_begin(c);
    (void)open_agenda(c, &m);
    db_change(c, &q_drop, &(Topic){ .id = arg_id(c, 1), .meeting_id = m.id });
    meeting_save(c, &m);
    reply_done(c);
    tx_end(c);
}

static void list(Ctx *c)
{
    Meeting m = { 0 };
    if (!meeting_get(c, arg_id(c, 0), &m)) return;
    reply_rows(c, &topic_form, db_list(c, &q_list, &(Topic){ .meeting_id = m.id }), (Str){ 0 });
}

enum { KEEPERS = HR | HEAD | CONVENER, VIEWERS = KEEPERS | MEMBER | LINKS | ORG_MANAGER };
static const Route routes[] = {
    { "GET", "/api/v1/meetings/:id/topics", VIEWERS, list, "会议议程", "the agenda", .out = &topic_form, .list = true },
    { "POST", "/api/v1/meetings/:id/topics", KEEPERS, add, "增加议题", "add a topic", .in = &topic_form, .out = &topic_form },
    { "POST", "/api/v1/meetings/:id/topics/fill", KEEPERS, fill, "自动生成议程", "fill the agenda from statistics and tasks",
      .out = &topic_form, .list = true },
    { "POST", "/api/v1/meetings/:id/topics/:topic/drop", KEEPERS, drop, "删除议题", "take a topic off" },
};

const Slice agenda_slice = {
    .name = "agenda", .query = queries, .migration = migrations, .migrations = COUNT(migrations),
    .route = routes, .routes = COUNT(routes),
};
