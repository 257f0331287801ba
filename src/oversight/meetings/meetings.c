#include "oversight/meetings/meetings.h"

#include "core/limits.h"
#include "core/right.h"
#include "core/tx.h"
#include "law/law.h"
#include "register/organisations/organisations.h"
#include "register/standing.h"

enum { TURNS = 40 }; /* how far back the rota looks */

static const Code kind_rows[] = {
    { "JOINT", "联席会议", "joint meeting" }, { "REGULAR", "纠纷调解例会", "regular meeting" },
    { "ARB_COURT", "裁审联席会议", "meeting of arbitration and court" },
    { "EMERGENCY", "应急会议", "emergency meeting" },
};
static const Codes kinds = { .name = "meeting_kind", .row = kind_rows, .n = COUNT(kind_rows) };
static const Code state_rows[] = {
    { "PLANNED", "拟召开", "planned" }, { "NOTICED", "已通知", "notices sent" },
    { "HELD", "已召开，督办中", "held, decisions tracked" }, { "CLOSED", "已办结", "closed" },
    { "CANCELLED", "已取消", "cancelled" },
};
static const Codes states = { .name = "meeting_state", .row = state_rows, .n = COUNT(state_rows) };

static const Field fields[] = {
    FIELD(Meeting, id,       .label = "编号", .en = "id", .rule = SERVER_SET),
    FIELD(Meeting, org,      .label = "主办机构", .en = "office", .rule = SERVER_SET),
    FIELD(Meeting, org_path, .label = "机构路径", .en = "path", .rule = SERVER_SET),
    FIELD(Meeting, kind,     .label = "会议类型", .en = "kind", .rule = REQUIRED, .codes = &kinds),
    FIELD(Meeting, title,    .label = "会议名称", .en = "title", .rule = REQUIRED, .min = 2, .max = 100),
    FIELD(Meeting, planned,  .label = "召开时间", .en = "when", .rule = REQUIRED),
    FIELD(Meeting, place,    .label = "地点", .en = "where", .max = 100),
    FIELD(Meeting, convener, .label = "召集单位", .en = "convened by", .max = 12,
          .help = "联席会议不填时为轮值单位",
          .help_en = "empty at a joint meeting: the unit whose turn it is"),
    FIELD(Meeting, reason,   .label = "跳过轮值的理由", .en = "why a turn is passed over", .rule = PROSE, .max = 1000),
    FIELD(Meeting, since,    .label = "数据起", .en = "figures from",
          .help = "不填时为上次同类会议之后", .help_en = "empty: since the last meeting of this kind"),
    FIELD(Meeting, until,    .label = "数据止", .en = "figures to"),
    FIELD(Meeting, case_id,  .label = "所涉案件", .en = "case"),
    FIELD(Meeting, state,    .label = "状态", .en = "state", .rule = SERVER_SET, .codes = &states),
    FIELD(Meeting, turn,     .label = "轮值单位", .en = "whose turn", .rule = SERVER_SET),
    FIELD(Meeting, skipped,  .label = "跳过的单位", .en = "passed over", .rule = SERVER_SET | MANY),
    FIELD(Meeting, held_on,  .label = "实际召开日期", .en = "held on", .rule = SERVER_SET),
    FIELD(Meeting, made_by,  .label = "创建人", .en = "by", .rule = SERVER_SET),
    FIELD(Meeting, made_at,  .label = "创建时间", .en = "at", .rule = SERVER_SET),
    FIELD(Meeting, version,  .label = "版本", .en = "version", .rule = SERVER_SET),
};
const Form meeting_form = FORM(Meeting, fields);

typedef struct MeetingAsk {
    Id   id, after, org, body;
    Str  kind, state, path, path_end;
    Date from, to;
    Time from_at, to_at;
} MeetingAsk;
static const Field ask_fields[] = {
    FIELD(MeetingAsk, kind,   .label = "会议类型", .en = "kind", .codes = &kinds),
    FIELD(MeetingAsk, state,  .label = "状态", .en = "state", .codes = &states),
    FIELD(MeetingAsk, from,   .label = "日期起", .en = "from"),
    FIELD(MeetingAsk, to,     .label = "日期止", .en = "to"),
    FIELD(MeetingAsk, after,  .label = "接续", .en = "next of the page before"),
    FIELD(MeetingAsk, id,       .label = "编号", .en = "id", .rule = HIDDEN),
    FIELD(MeetingAsk, org,      .label = "机构", .en = "office", .rule = HIDDEN),
    FIELD(MeetingAsk, body,     .label = "单位", .en = "body", .rule = HIDDEN),
    FIELD(MeetingAsk, path,     .label = "范围", .en = "path", .rule = HIDDEN),
    FIELD(MeetingAsk, path_end, .label = "范围", .en = "path", .rule = HIDDEN),
    FIELD(MeetingAsk, from_at,  .label = "起", .en = "from", .rule = HIDDEN),
    FIELD(MeetingAsk, to_at,    .label = "止", .en = "to", .rule = HIDDEN),
};
static const Form ask_form = FORM(MeetingAsk, ask_fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE meeting("
      "  id       INTEGER PRIMARY KEY,"
      "  org      INTEGER NOT NULL REFERENCES org(id),"
      "  org_path TEXT NOT NULL,"
      "  kind     TEXT NOT NULL, title TEXT NOT NULL, place TEXT NOT NULL, state TEXT NOT NULL,"
      "  convener TEXT NOT NULL,"          /* codes of member_units.csv */
      "  turn     TEXT NOT NULL, skipped TEXT NOT NULL, reason TEXT NOT NULL,"
      "  planned  INTEGER NOT NULL, held_on TEXT,"
      "  since    TEXT, until TEXT,"       /* what its figures cover */
      "  case_id  INTEGER NOT NULL,"
      "  made_by  INTEGER NOT NULL, made_at INTEGER NOT NULL, version INTEGER NOT NULL) STRICT;"
      "CREATE INDEX meeting_by_path ON meeting(org_path, id);"
      "CREATE INDEX meeting_by_org ON meeting(org, kind, id);"
      "CREATE TABLE meeting_rota("         /* who plans a meeting changes its row: one turn is one meeting's */
      "  org INTEGER PRIMARY KEY REFERENCES org(id), planned INTEGER NOT NULL) STRICT;" },
};

#define COLUMNS \
    "id, org, org_path, kind, title, place, state, convener, turn, skipped, reason, planned, held_on, since, until," \
    " case_id, made_by, made_at, version"
static const Query q_add = {
    .name = "meeting.add", .in = &meeting_form,
    .sql = "INSERT INTO meeting(" COLUMNS ") VALUES(:id, :org, :org_path, :kind, :title, :place, :state, :convener, :turn,"
           " :skipped, :reason, :planned, :held_on, :since, :until, :case_id, :made_by, :made_at, :version)",
};
static const Query q_rota = {
    .name = "meeting.rota", .in = &meeting_form, .quiet = true,
    .sql = "INSERT INTO meeting_rota(org, planned) VALUES(:org, 1)"
           " ON CONFLICT(org) DO UPDATE SET planned = meeting_rota.planned + 1",
};
static const Query q_save = {
    .name = "meeting.save", .in = &meeting_form,
    .sql = "UPDATE meeting SET title = :title, place = :place, state = :state, planned = :planned, held_on = :held_on,"
           " since = :since, until = :until, version = :version WHERE id = :id",
};
/* Few rows: an office's meetings of some years. */
#define SEEN \
    " ((org_path >= :path AND org_path < :path_end) OR org = :org" \
    " OR id IN (SELECT s.meeting_id FROM meeting_seat s WHERE s.body = :body))"
static const Query q_get = {
    .name = "meeting.get", .in = &ask_form, .out = &meeting_form,
    .sql = "SELECT " COLUMNS " FROM meeting WHERE id = :id AND" SEEN,
};
static const Filter filters[] = {
    { "kind", " AND kind = :kind" }, { "state", " AND state = :state" }, { "from_at", " AND planned >= :from_at" },
    { "to_at", " AND planned < :to_at" }, { "after", " AND id < :after" },
};
static const Query q_list = {
    .name = "meeting.list", .in = &ask_form, .out = &meeting_form,
    .sql = "SELECT " COLUMNS " FROM meeting WHERE" SEEN " /*scan*/",
    .filter = filters, .filters = COUNT(filters), .tail = " ORDER BY id DESC LIMIT 100",
};
static const Query q_past = {
    .name = "meeting.past", .in = &ask_form, .out = &meeting_form,
    .sql = "SELECT " COLUMNS " FROM meeting WHERE org = :org AND kind = :kind ORDER BY id DESC LIMIT 40",
};


/* ---- who sees and keeps it ------------------------------------------------------------- */

MeetingScope meeting_scope(Ctx *c)
{
    bool placed = right_find(OBJ_MEETING, c->who.roles, MAY_READ) && c->who.org_path.n && c->who.org.n;
    OfficeScope s = office_scope(c, OBJ_MEETING);
    return (MeetingScope){ s.path, s.path_end, s.org, placed ? c->who.org : (Id){ -1 } };
}

static MeetingAsk asking(Ctx *c)
{
    MeetingScope s = meeting_scope(c);
    return (MeetingAsk){ .org = s.org, .body = s.body, .path = s.path, .path_end = s.path_end };
}

bool meeting_get(Ctx *c, Id id, Meeting *m)
{
    MeetingAsk ask = asking(c);
    ask.id = id;
    return db_get(c, &q_get, &ask, m);
}

bool meeting_chairs(Ctx *c, const Meeting *m)
{
    MemberBody b;
    bool may = (c->who.roles & CONVENER) != 0;
    return may && member_body(c, m->org, m->convener, &b) && b.body.n && b.body.n == c->who.org.n;
}

void meeting_need(Ctx *c, const Meeting *m)
{
    const Right *r = right_need(c, OBJ_MEETING, MAY_WRITE);
    if (!r || !ok(c)) return;
    if (r->reach == REACH_ALL && org_sees(c, m->org_path)) return;
    if (!meeting_chairs(c, m)) fail(c, ERR_FORBIDDEN, m->convener);
}

void meeting_save(Ctx *c, Meeting *m)
{
    m->version++;
    db_change(c, &q_save, m);
}

static void reply_meeting(Ctx *c, int status, const Meeting *m)
{
    tag_version(c, m->version);
    reply_row(c, status, &meeting_form, m);
}

/* ---- the turn --------------------------------------------------------------------------- */

static size_t past_turns(Ctx *c, const Org *o, Convened *past)
{
    Rows rows = db_list(c, &q_past, &(MeetingAsk){ .org = o->id, .kind = S("JOINT") });
    for (size_t i = 0; i < rows.n; i++) {
        const Meeting *m = (const Meeting *)rows.at + i;
        past[i] = (Convened){ m->convener, str_eq(m->state, S("CANCELLED")) };
    }
    return rows.n;
}

static const Unit *turn_of(Ctx *c, const Org *o, const Unit **list, size_t *n)
{
    Convened past[TURNS];
    *n = units_of(&c->law->units, o->region, c->today, list);
    size_t turns = past_turns(c, o, past);
    return rota_next(list, *n, past, turns);
}

/* The joint meeting's convener: by turn, or another with a reason (AS-53). */
static void take_turn(Ctx *c, const Org *o, Meeting *m)
{
    const Unit *list[UNITS_MAX];
    size_t n = 0;
    const Unit *turn = turn_of(c, o, list, &n);
    if (!ok(c)) return;
    if (!turn) {
        fail(c, ERR_BLOCKED, S("member_units"));
        return;
    }
    Out skipped = { .buf = NEW(c->mem, char, 200), .cap = 200 };
    m->turn = turn->code;
    if (m->convener.n == 0) m->convener = turn->code;
    if (!rota_skips(list, n, turn, m->convener, &skipped)) fault(c, S("convener"), FAULT_NOT_ALLOWED);
    m->skipped = out_view(&skipped);
    if (m->skipped.n && m->reason.n == 0) fault(c, S("reason"), FAULT_REQUIRED);
}

/* The others are led by the bureau (R128), unless another unit is named. */
static void take_chair(Ctx *c, const Org *o, Meeting *m)
{
    if (m->convener.n == 0) m->convener = S("HRSS");
    bool known = unit_find(&c->law->units, o->region, c->today, m->convener) != NULL;
    if (!known) fault(c, S("convener"), FAULT_NOT_KNOWN);
    m->reason = (Str){ 0 };
}

/* Figures from the day after the last meeting of the kind, a quarter at most by default. */
static void take_range(Ctx *c, const Org *o, Meeting *m)
{
    Rows past = db_list(c, &q_past, &(MeetingAsk){ .org = o->id, .kind = m->kind });
    const Meeting *last = past.at;
    if (m->until.day == 0) m->until = c->today;
    bool follows = past.n && last->until.day;
    if (m->since.day == 0) m->since = follows ? date_plus(last->until, 1) : date_plus_months(m->until, -3);
    if (m->since.day > m->until.day) m->since = m->until;
}

/* ---- routes ------------------------------------------------------------------------------ */

static void plan(Ctx *c)
{
    Org o = { 0 };
    Meeting m = { .state = S("PLANNED"), .made_by = c->who.id, .made_at = now(c), .version = 1 };
    form_read(c, &meeting_form, &m);
    if (ok(c) && m.since.day && m.until.day && m.since.day > m.until.day) fault(c, S("until"), FAULT_ORDER);
    tx_begin(c);
    (void)office_own(c, &o);
    db_insert(c, &q_rota, &(Meeting){ .org = o.id });
    if (ok(c) && str_eq(m.kind, S("JOINT"))) take_turn(c, &o, &m);
    else if (ok(c)) take_chair(c, &o, &m);
    take_range(c, &o, &m);
    m.id = id_next(c);
    m.org = o.id;
    m.org_path = o.path;
    db_insert(c, &q_add, &m);
    reply_meeting(c, 201, &m);
    tx_end(c);
}

static void list(Ctx *c)
{
    MeetingAsk ask = asking(c);
    form_read_query(c, &ask_form, &ask);
    if (ask.from.day) ask.from_at = time_at(ask.from, 0, 0);
    if (ask.to.day) ask.to_at = time_at(date_plus(ask.to, 1), 0, 0);
    Rows rows = db_list(c, &q_list, &ask);
    reply_page(c, &meeting_form, rows, 100, offsetof(Meeting, id));
}

static void show(Ctx *c)
{
    Meeting m = { 0 };
    (void)meeting_get(c, arg_id(c, 0), &m);
    reply_meeting(c, 200, &m);
}

typedef struct NextTurn {
    Str  unit, name, basis, last;
    Date day;
} NextTurn;
static const Field turn_fields[] = {
    FIELD(NextTurn, unit,  .label = "轮值单位", .en = "whose turn"),
    FIELD(NextTurn, name,  .label = "单位名称", .en = "name"),
    FIELD(NextTurn, basis, .label = "依据", .en = "basis"),
    FIELD(NextTurn, last,  .label = "上次召集单位", .en = "convened last"),
};
static const Form turn_form = FORM(NextTurn, turn_fields);

static void next_turn(Ctx *c)
{
    Org o = { 0 };
    const Unit *list_of[UNITS_MAX];
    Convened past[TURNS];
    size_t n = 0;
    if (!office_own(c, &o)) return;
    const Unit *u = turn_of(c, &o, list_of, &n);
    size_t turns = past_turns(c, &o, past);
    NextTurn t = { 0 };
    if (u) t = (NextTurn){ .unit = u->code, .name = u->zh, .basis = u->basis };
    if (turns) t.last = past[0].unit;
    reply_row(c, 200, &turn_form, &t);
}

/* A new time, place or title; a meeting that is put off stays its convener's. */
static void edit(Ctx *c)
{
    Meeting m = { 0 };
    tx_begin(c);
    if (meeting_get(c, arg_id(c, 0), &m)) meeting_need(c, &m);
    match_version(c, m.version);
    Meeting was = m;
    (void)form_read(c, &meeting_form, &m);
    bool open = str_eq(was.state, S("PLANNED")) || str_eq(was.state, S("NOTICED"));
    if (ok(c) && !open) fail(c, ERR_BLOCKED, was.state);
    if (!str_eq(m.kind, was.kind)) fault(c, S("kind"), FAULT_NOT_ALLOWED);
    if (!str_eq(m.convener, was.convener)) fault(c, S("convener"), FAULT_NOT_ALLOWED);
    m.reason = was.reason;
    if (m.since.day > m.until.day) fault(c, S("until"), FAULT_ORDER);
    meeting_save(c, &m);
    reply_meeting(c, 200, &m);
    tx_end(c);
}

#define EVERYBODY (HR | HEAD | CONVENER)
static const Code event_rows[] = {
    { "notice", "发出通知", "send the notices" }, { "hold", "召开", "hold" }, { "close", "办结", "close" },
    { "cancel", "取消", "cancel" },
};
static const Codes events = { .name = "meeting_event", .row = event_rows, .n = COUNT(event_rows) };
static const Move moves[] = {
    { "notice", "PLANNED",         "NOTICED",   EVERYBODY, false },
    { "hold",   "PLANNED NOTICED", "HELD",      EVERYBODY, false },
    { "close",  "HELD",            "CLOSED",    EVERYBODY, false },
    { "cancel", "PLANNED NOTICED", "CANCELLED", EVERYBODY, true },
    { NULL, NULL, NULL, 0, false },
};
static const Field move_fields[] = {
    FIELD(Standing, event,  .label = "事项", .en = "event", .rule = REQUIRED, .codes = &events),
    FIELD(Standing, day,    .label = "日期", .en = "day", .rule = NOT_FUTURE),
    FIELD(Standing, reason, .label = "理由", .en = "reason", .rule = PROSE, .max = 1000),
};
static const Form move_form = { "MeetingMove", sizeof(Standing), move_fields, COUNT(move_fields) };

typedef struct MeetingCount { Id meeting_id; int64_t present, minutes, open; } MeetingCount;
static const Field count_fields[] = {
    FIELD(MeetingCount, meeting_id), FIELD(MeetingCount, present), FIELD(MeetingCount, minutes),
    FIELD(MeetingCount, open),
};
static const Form count_form = FORM(MeetingCount, count_fields);
static const Query q_count = {
    .name = "meeting.count", .in = &count_form, .out = &count_form,
    .sql = "SELECT (SELECT COUNT(*) FROM meeting_seat s WHERE s.meeting_id = :meeting_id AND s.present = 'PRESENT') AS present,"
           " (SELECT COUNT(*) FROM meeting_minutes v WHERE v.meeting_id = :meeting_id) AS minutes,"
           " (SELECT COUNT(*) FROM decision d WHERE d.meeting_id = :meeting_id AND d.state IN ('OPEN', 'REPORTED')) AS open",
};
static const Query *const queries[] = { &q_add, &q_rota, &q_save, &q_get, &q_list, &q_past, &q_count, NULL };

/* It is over when who came is noted, the minutes are written and every decision is done. */
static void need_whole(Ctx *c, const Meeting *m)
{
    MeetingCount n = { .meeting_id = m->id };
    if (!db_get(c, &q_count, &n, &n)) return;
    if (n.present == 0) fail(c, ERR_BLOCKED, S("seats"));
    if (n.minutes == 0) fail(c, ERR_BLOCKED, S("minutes"));
    if (n.open) fail(c, ERR_BLOCKED, S("decisions"));
}

static void move(Ctx *c)
{
    Meeting m = { 0 };
    Standing e = { 0 };
    (void)form_read(c, &move_form, &e);
    tx_begin(c);
    if (meeting_get(c, arg_id(c, 0), &m)) meeting_need(c, &m);
    e.subject = m.id;
    e.was = m.state;
    standing_move(c, moves, &e, (Date){ 0 });
    if (ok(c) && str_eq(e.event, S("close"))) need_whole(c, &m);
    if (ok(c) && str_eq(e.event, S("notice"))) meeting_notices(c, &m);
    if (str_eq(e.event, S("hold"))) m.held_on = e.day;
    m.state = e.status;
    meeting_save(c, &m);
    reply_meeting(c, 200, &m);
    tx_end(c);
}

static void history(Ctx *c)
{
    Meeting m = { 0 };
    if (!meeting_get(c, arg_id(c, 0), &m)) return;
    reply_rows(c, &standing_form, standing_list(c, m.id), (Str){ 0 });
}

enum { VIEWERS = EVERYBODY | MEMBER | LINKS | ORG_MANAGER };
static const Route routes[] = {
    { "GET", "/api/v1/meetings", VIEWERS, list, "会议", "meetings", .query = &ask_form, .out = &meeting_form, .list = true },
    { "POST", "/api/v1/meetings", HR | HEAD, plan, "筹备会议", "plan a meeting", .in = &meeting_form,
      .out = &meeting_form },
    { "GET", "/api/v1/meetings/turn", HR | HEAD, next_turn, "轮值召集单位", "whose turn it is to convene",
      .out = &turn_form },
    { "GET", "/api/v1/meetings/:id", VIEWERS, show, "查看会议", "one meeting", .out = &meeting_form },
    { "PATCH", "/api/v1/meetings/:id", EVERYBODY, edit, "修改会议", "change a meeting", .in = &meeting_form,
      .out = &meeting_form },
    { "POST", "/api/v1/meetings/:id/moves", EVERYBODY, move, "办理会议", "notice, hold, close or cancel a meeting",
      .in = &move_form, .out = &meeting_form },
    { "GET", "/api/v1/meetings/:id/history", VIEWERS, history, "会议办理记录", "what was done about a meeting",
      .out = &standing_form, .list = true },
};

const Slice meetings_slice = {
    .name = "meeting", .query = queries, .migration = migrations, .migrations = COUNT(migrations),
    .route = routes, .routes = COUNT(routes),
};
