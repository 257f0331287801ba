/*
** Sessions (T17): planned, opened, held.  The first one opened opens mediation:
** the parties identified, their rights told, the mode agreed; online also warned
** of sham mediation (在线调解规则 17 (2022)).
*/
#include "case/3-mediation/mediation.h"
#include "case/task.h"

typedef struct Sitting {
    Id      id, case_id;
    int64_t no;
    Str     mode;
    Time    planned;
    Str     place, room, link, participants;
    Str     state;
    Time    opened;
    Str     attendees;
    bool    identified, rights_told, mode_agreed, sham_told;
    Str     note;
    Id      by;
} Sitting;

static const Code mode_rows[] = {
    { "ONSITE", "现场", "on site" }, { "ONLINE", "在线音视频", "online" }, { "PHONE", "电话", "by phone" },
    { "ASYNC", "异步", "each in their own time" },
};
static const Codes modes = { .name = "session_mode", .row = mode_rows, .n = COUNT(mode_rows) };
static const Code state_rows[] = {
    { "planned", "已安排", "planned" }, { "opened", "已召开", "opened" }, { "cancelled", "已取消", "cancelled" },
};
static const Codes states = { .name = "session_state", .row = state_rows, .n = COUNT(state_rows) };

static const Field fields[] = {
    FIELD(Sitting, id,           .label = "编号", .en = "id", .rule = SERVER_SET),
    FIELD(Sitting, case_id,      .label = "案件", .en = "case", .rule = SERVER_SET),
    FIELD(Sitting, no,           .label = "次序", .en = "number", .rule = SERVER_SET),
    FIELD(Sitting, mode,         .label = "调解方式", .en = "mode", .rule = REQUIRED, .codes = &modes),
    FIELD(Sitting, planned,      .label = "时间", .en = "time", .rule = REQUIRED),
    FIELD(Sitting, place,        .label = "地点", .en = "place", .max = 200),
    FIELD(Sitting, room,         .label = "调解室", .en = "room", .max = 200),
    FIELD(Sitting, link,         .label = "线上入口链接", .en = "link to the online room", .max = 500, .rule = LATER, .check = check_link,
          .help = "视频会议的网址，以 https:// 开头；当事人在自己的案件页上可以直接点开",
          .help_en = "the address of the video meeting, beginning with https://; the parties open it from their case page"),
    FIELD(Sitting, participants, .label = "参加人", .en = "participants", .rule = PROSE, .max = 2000),
    FIELD(Sitting, state,        .label = "状态", .en = "state", .rule = SERVER_SET, .codes = &states),
    FIELD(Sitting, opened,       .label = "召开时间", .en = "opened at", .rule = SERVER_SET),
    FIELD(Sitting, attendees,    .label = "到场人员", .en = "who came", .rule = SERVER_SET),
    FIELD(Sitting, identified,   .label = "身份已核对", .en = "parties identified", .rule = SERVER_SET),
    FIELD(Sitting, rights_told,  .label = "权利义务已告知", .en = "rights told", .rule = SERVER_SET),
    FIELD(Sitting, mode_agreed,  .label = "双方同意调解方式", .en = "mode agreed", .rule = SERVER_SET),
    FIELD(Sitting, sham_told,    .label = "已告知虚假调解后果", .en = "warned of sham mediation", .rule = SERVER_SET),
    FIELD(Sitting, note,         .label = "说明", .en = "note", .rule = SERVER_SET),
    FIELD(Sitting, by,           .label = "安排人", .en = "by", .rule = SERVER_SET),
};
static const Form sitting_form = FORM(Sitting, fields);

static const Field open_fields[] = {
    FIELD(Sitting, attendees,   .label = "到场人员", .en = "who came", .rule = REQUIRED | PROSE, .min = 2, .max = 2000),
    FIELD(Sitting, identified,  .label = "身份已核对", .en = "parties identified", .rule = REQUIRED),
    FIELD(Sitting, rights_told, .label = "权利义务已告知", .en = "rights told", .rule = REQUIRED),
    FIELD(Sitting, mode_agreed, .label = "双方同意调解方式", .en = "mode agreed", .rule = REQUIRED),
    FIELD(Sitting, sham_told,   .label = "已告知虚假调解后果", .en = "warned of sham mediation"),
};
static const Form open_form = { "SittingOpen", sizeof(Sitting), open_fields, COUNT(open_fields) };

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE sitting("             /* a mediation session */
      "  id           INTEGER PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES cases,"
      "  no           INTEGER NOT NULL, mode TEXT NOT NULL, planned INTEGER NOT NULL,"
      "  place        TEXT NOT NULL, room TEXT NOT NULL, participants TEXT NOT NULL,"
      "  state        TEXT NOT NULL CHECK(state IN ('planned', 'opened', 'cancelled')),"
      "  opened       INTEGER NOT NULL, attendees TEXT NOT NULL,"
      "  identified   INTEGER NOT NULL, rights_told INTEGER NOT NULL, mode_agreed INTEGER NOT NULL,"
      "  sham_told    INTEGER NOT NULL, note TEXT NOT NULL, by INTEGER NOT NULL,"
      "  UNIQUE(case_id, no)) STRICT;" },
    { 2, "CREATE INDEX sitting_by_time ON sitting(planned, id);" },
    { 3, "ALTER TABLE sitting ADD COLUMN link TEXT NOT NULL DEFAULT '';" },
};
#define COLUMNS \
    "id, case_id, no, mode, planned, place, room, link, participants, state, opened, attendees, identified, rights_told," \
    " mode_agreed, sham_told, note, by"
static const Query q_add = {
    .name = "sitting.add", .in = &sitting_form, .clash = ERR_AGAIN,
    .sql = "INSERT INTO sitting(" COLUMNS ") VALUES(:id, :case_id, :no, :mode, :planned, :place, :room,"
           " :link, :participants, :state, :opened, :attendees, :identified, :rights_told, :mode_agreed, :sham_told,"
           " :note, :by)",
};
static const Query q_set = {
    .name = "sitting.set", .in = &sitting_form,
    .sql = "UPDATE sitting SET state = :state, opened = :opened, attendees = :attendees, identified = :identified,"
           " rights_told = :rights_told, mode_agreed = :mode_agreed, sham_told = :sham_told, note = :note"
           " WHERE id = :id AND state = 'planned'",
};
static const Query q_get = {
    .name = "sitting.get", .in = &sitting_form, .out = &sitting_form,
    .sql = "SELECT " COLUMNS " FROM sitting WHERE id = :id AND case_id = :case_id",
};
static const Query q_list = {
    .name = "sitting.list", .in = &sitting_form, .out = &sitting_form,
    .sql = "SELECT " COLUMNS " FROM sitting WHERE case_id = :case_id ORDER BY case_id, no LIMIT 200",
};
static const Query *const queries[] = { &q_add, &q_set, &q_get, &q_list, NULL };

static Rows sittings_of(Ctx *c, Id case_id)
{
    return db_list(c, &q_list, &(Sitting){ .case_id = case_id });
}

const Sealed sitting_sealed = { &sitting_form, sittings_of };

int64_t sessions_held(Ctx *c, Id case_id)
{
    Rows rows = sittings_of(c, case_id);
    int64_t n = 0;
    for (size_t i = 0; i < rows.n; i++) n += ((const Sitting *)rows.at)[i].opened.s != 0;
    return n;
}

bool session_opened(Ctx *c, Id case_id, Id session)
{
    Sitting s = { .id = session, .case_id = case_id };
    return db_find(c, &q_get, &s, &s) && s.opened.s != 0;
}

/* Somewhere to go, or something to dial into. */
static void somewhere(Ctx *c, const Sitting *s)
{
    bool online = str_eq(s->mode, S("ONLINE"));
    if (str_eq(s->mode, S("ONSITE")) && s->place.n == 0) fault(c, S("place"), FAULT_REQUIRED);
    if (online && s->room.n == 0 && s->link.n == 0) fault(c, S("link"), FAULT_REQUIRED);
}

static void plan(Ctx *c)
{
    Case k;
    Sitting s = { .state = S("planned"), .by = c->who.id };
    form_read(c, &sitting_form, &s);
    if (ok(c)) somewhere(c, &s);
    if (ok(c) && s.planned.s < now(c).s - 86400) fault(c, S("planned"), FAULT_PAST);
    tx_begin(c);
    case_get(c, arg_id(c, 0), &k);
    states_only(c, &k, IN(ASSIGNED) | IN(MEDIATING));
    if (ok(c)) not_on_hold(c, &k);
    s.id = id_next(c);
    s.case_id = k.id;
    s.no = (int64_t)sittings_of(c, k.id).n + 1;
    db_insert(c, &q_add, &s);
    case_save(c, &k);
    case_note(c, &k, S("session_planned"), s.place.n ? s.place : s.room);
    reply_row(c, 201, &sitting_form, &s);
    tx_end(c);
}

/* The session :session of the case, still planned. */
static void planned(Ctx *c, const Case *k, Sitting *s)
{
    *s = (Sitting){ .id = arg_id(c, 1), .case_id = k->id };
    db_get(c, &q_get, s, s);
    if (ok(c) && !str_eq(s->state, S("planned"))) fail(c, ERR_CLASH, s->state);
}

static void told(Ctx *c, const Sitting *in, Str mode)
{
    if (!in->identified) fault(c, S("identified"), FAULT_REQUIRED);
    if (!in->rights_told) fault(c, S("rights_told"), FAULT_REQUIRED);
    if (!in->mode_agreed) fault(c, S("mode_agreed"), FAULT_REQUIRED);
    if (str_eq(mode, S("ONLINE")) && !in->sham_told) fault(c, S("sham_told"), FAULT_REQUIRED);
}

static void open_sitting(Ctx *c)
{
    Case k;
    Sitting in = { 0 }, s;
    form_read(c, &open_form, &in);
    tx_begin(c);
    case_get(c, arg_id(c, 0), &k);
    states_only(c, &k, IN(ASSIGNED) | IN(MEDIATING));
    if (ok(c)) not_on_hold(c, &k);
    planned(c, &k, &s);
    if (ok(c)) told(c, &in, s.mode);
    s.state = S("opened");
    s.opened = now(c);
    s.attendees = in.attendees;
    s.identified = in.identified;
    s.rights_told = in.rights_told;
    s.mode_agreed = in.mode_agreed;
    s.sham_told = in.sham_told;
    db_change(c, &q_set, &s);
    if (ok(c) && state_of(k.state) == ST_ASSIGNED) {
        case_fire(c, &k, EV_OPEN, s.mode);
    } else {
        case_save(c, &k);
        case_note(c, &k, S("session_opened"), s.mode);
    }
    reply_row(c, 200, &sitting_form, &s);
    tx_end(c);
}

static void cancel(Ctx *c)
{
    Case k;
    Sitting s;
    CaseNote in = { 0 };
    form_read(c, &case_note_form, &in);
    tx_begin(c);
    case_get(c, arg_id(c, 0), &k);
    planned(c, &k, &s);
    s.state = S("cancelled");
    s.note = in.note;
    db_change(c, &q_set, &s);
    case_save(c, &k);
    case_note(c, &k, S("session_cancelled"), in.note);
    reply_row(c, 200, &sitting_form, &s);
    tx_end(c);
}

static void list(Ctx *c)
{
    Case k;
    if (!case_get(c, arg_id(c, 0), &k)) return;
    reply_rows(c, &sitting_form, sittings_of(c, k.id), (Str){ 0 });
}

static void opened(Ctx *c, Case *k)
{
    task_done(c, k, S("mediate"), (Str){ 0 });
}

static const Route routes[] = {
    { "POST", "/api/v1/cases/:id/sessions", MEDIATORS, plan, "安排调解", "plan a session", .in = &sitting_form,
      .out = &sitting_form },
    { "GET", "/api/v1/cases/:id/sessions", STAFF | PARTIES, list, "调解场次", "its sessions", .out = &sitting_form,
      .list = true },
    { "POST", "/api/v1/cases/:id/sessions/:session/open", MEDIATORS, open_sitting, "召开调解", "open a session",
      EV_OPEN, .in = &open_form, .out = &sitting_form },
    { "POST", "/api/v1/cases/:id/sessions/:session/cancel", MEDIATORS, cancel, "取消调解安排", "cancel a session",
      .in = &case_note_form, .out = &sitting_form },
};
static const Hook hooks[] = {
    { AFTER, EV_OPEN, opened },
};

const Slice sitting_slice = {
    .name = "sitting", .query = queries, .migration = migrations, .migrations = COUNT(migrations),
    .route = routes, .routes = COUNT(routes), .hook = hooks, .hooks = COUNT(hooks),
};
