/*
** Who is asked to a meeting, who came, and its minutes.  A seat is a member unit's
** or a guest's; minutes stay as they were written, a correction is another version
** with its reason.
*/
#include "core/crypto.h"
#include "core/outbox.h"
#include "core/tx.h"
#include "law/law.h"
#include "core/attachment.h"
#include "oversight/meetings/meetings.h"
#include "oversight/meetings/seat.h"
#include "register/standing.h"

static const Code present_rows[] = {
    { "ASKED", "已邀请", "asked" }, { "PRESENT", "出席", "present" }, { "ABSENT", "缺席", "absent" },
    { "LEAVE", "请假", "excused" },
};
static const Codes presents = { .name = "seat_present", .row = present_rows, .n = COUNT(present_rows) };

static const Field fields[] = {
    FIELD(MeetingSeat, id,         .label = "编号", .en = "id", .rule = SERVER_SET),
    FIELD(MeetingSeat, meeting_id, .label = "会议", .en = "meeting", .rule = SERVER_SET),
    FIELD(MeetingSeat, unit,       .label = "成员单位", .en = "member unit", .max = 12),
    FIELD(MeetingSeat, name,       .label = "单位名称", .en = "name", .max = 100,
          .help = "邀请其他单位时填写", .help_en = "for a unit that is no member"),
    FIELD(MeetingSeat, body,       .label = "对应机构", .en = "organisation"),
    FIELD(MeetingSeat, person,     .label = "参会人", .en = "person", .max = 50),
    FIELD(MeetingSeat, present,    .label = "到会情况", .en = "attendance", .rule = SERVER_SET, .codes = &presents),
    FIELD(MeetingSeat, phone,      .label = "电话", .en = "telephone", .rule = HIDDEN | SEALED),
};
const Form seat_form = FORM(MeetingSeat, fields);
static const Field attend_fields[] = {
    FIELD(MeetingSeat, present, .label = "到会情况", .en = "attendance", .rule = REQUIRED, .codes = &presents),
    FIELD(MeetingSeat, person,  .label = "参会人", .en = "person", .max = 50),
};
static const Form attend_form = { "SeatPresent", sizeof(MeetingSeat), attend_fields, COUNT(attend_fields) };

static const Field minutes_fields[] = {
    FIELD(MeetingMinutes, id,         .label = "编号", .en = "id", .rule = SERVER_SET),
    FIELD(MeetingMinutes, meeting_id, .label = "会议", .en = "meeting", .rule = SERVER_SET),
    FIELD(MeetingMinutes, no,         .label = "版本", .en = "version", .rule = SERVER_SET),
    FIELD(MeetingMinutes, content,    .label = "会议纪要", .en = "minutes", .rule = REQUIRED | PROSE, .min = 2, .max = 20000),
    FIELD(MeetingMinutes, reason,     .label = "更正理由", .en = "why it is corrected", .rule = PROSE, .max = 1000),
    FIELD(MeetingMinutes, digest,     .label = "SHA-256", .en = "SHA-256", .rule = SERVER_SET),
    FIELD(MeetingMinutes, by,         .label = "记录人", .en = "by", .rule = SERVER_SET),
    FIELD(MeetingMinutes, at,         .label = "记录时间", .en = "at", .rule = SERVER_SET),
};
const Form meeting_minutes_form = FORM(MeetingMinutes, minutes_fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE meeting_seat("         /* who is asked to a meeting */
      "  id         INTEGER PRIMARY KEY,"
      "  meeting_id INTEGER NOT NULL REFERENCES meeting,"
      "  unit       TEXT NOT NULL, name TEXT NOT NULL,"
      "  body       INTEGER NOT NULL,"     /* org.id; 0: none */
      "  person     TEXT NOT NULL, present TEXT NOT NULL,"
      "  UNIQUE(meeting_id, unit, name)) STRICT;"
      "CREATE INDEX meeting_seat_by_body ON meeting_seat(body, meeting_id);"
      "CREATE TABLE meeting_minutes("      /* one row a version; append-only */
      "  id         INTEGER PRIMARY KEY,"
      "  meeting_id INTEGER NOT NULL REFERENCES meeting, no INTEGER NOT NULL,"
      "  content    TEXT NOT NULL, reason TEXT NOT NULL, digest TEXT NOT NULL,"
      "  by         INTEGER NOT NULL, at INTEGER NOT NULL,"
      "  UNIQUE(meeting_id, no)) STRICT;" },
};
static const char *const keeps[] = { "meeting_minutes", NULL };

static const Query q_seat = {
    .name = "meeting_seat.add", .in = &seat_form, .clash = ERR_CLASH,
    .sql = "INSERT INTO meeting_seat(id, meeting_id, unit, name, body, person, present)"
           " VALUES(:id, :meeting_id, :unit, :name, :body, :person, :present)",
};
static const Query q_seats = {
    .name = "meeting_seat.list", .in = &seat_form, .out = &seat_form,
    .sql = "SELECT id, meeting_id, unit, name, body, person, present FROM meeting_seat WHERE meeting_id = :meeting_id"
           " ORDER BY meeting_id, id LIMIT 200",
};
static const Query q_one = {
    .name = "meeting_seat.get", .in = &seat_form, .out = &seat_form,
    .sql = "SELECT id, meeting_id, unit, name, body, person, present FROM meeting_seat"
           " WHERE id = :id AND meeting_id = :meeting_id",
};
static const Query q_attend = {
    .name = "meeting_seat.attend", .in = &seat_form,
    .sql = "UPDATE meeting_seat SET present = :present, person = :person WHERE id = :id",
};
static const Query q_minutes = {
    .name = "meeting_minutes.add", .in = &meeting_minutes_form, .clash = ERR_AGAIN,
    .sql = "INSERT INTO meeting_minutes(id, meeting_id, no, content, reason, digest, by, at)"
           " VALUES(:id, :meeting_id, :no, :content, :reason, :digest, :by, :at)",
};
static const Query q_versions = {
    .name = "meeting_minutes.list", .in = &meeting_minutes_form, .out = &meeting_minutes_form,
    .sql = "SELECT id, meeting_id, no, content, reason, digest, by, at FROM meeting_minutes"
           " WHERE meeting_id = :meeting_id ORDER BY no DESC LIMIT 50",
};
static const Query *const queries[] = { &q_seat, &q_seats, &q_one, &q_attend, &q_minutes, &q_versions, NULL };

Rows meeting_seats(Ctx *c, Id meeting_id)
{
    return db_list(c, &q_seats, &(MeetingSeat){ .meeting_id = meeting_id });
}

bool meeting_minutes(Ctx *c, Id meeting_id, MeetingMinutes *v)
{
    Rows rows = db_list(c, &q_versions, &(MeetingMinutes){ .meeting_id = meeting_id });
    if (rows.n) *v = *(const MeetingMinutes *)rows.at;
    return rows.n > 0;
}

static void state_in(Ctx *c, const Meeting *m, Str words)
{
    if (ok(c) && !has_word(words, m->state)) fail(c, ERR_BLOCKED, m->state);
}

/* The meeting, kept by c's person and in one of these states. */
static bool kept(Ctx *c, Meeting *m, Str words)
{
    if (meeting_get(c, arg_id(c, 0), m)) meeting_need(c, m);
    state_in(c, m, words);
    return ok(c);
}

/* ---- seats -------------------------------------------------------------------------------- */

static void fill_unit(Ctx *c, const Meeting *m, const Str region, MeetingSeat *s)
{
    MemberBody b;
    const Unit *u = unit_find(&c->law->units, region, c->today, s->unit);
    if (!u) fault(c, S("unit"), FAULT_NOT_KNOWN);
    if (!u || !ok(c)) return;
    s->name = u->zh;
    if (!member_body(c, m->org, s->unit, &b)) return;
    s->body = b.body;
    if (s->person.n == 0) s->person = b.person;
}

static void add_seat(Ctx *c, const Meeting *m, MeetingSeat *s)
{
    s->id = id_next(c);
    s->meeting_id = m->id;
    s->present = S("ASKED");
    db_insert(c, &q_seat, s);
}

static void seat(Ctx *c)
{
    Meeting m = { 0 };
    Org o = { 0 }, body = { 0 };
    MeetingSeat s = { 0 };
    form_read(c, &seat_form, &s);
    if (ok(c) && s.unit.n == 0 && s.name.n == 0) fault(c, S("name"), FAULT_REQUIRED);
    tx_begin(c);
    (void)kept(c, &m, S("PLANNED NOTICED HELD"));
    if (ok(c) && s.body.n && !org_find(c, s.body, &body)) fault(c, S("body"), FAULT_NOT_KNOWN);
    if (ok(c) && s.unit.n && org_get(c, m.org, &o)) fill_unit(c, &m, o.region, &s);
    add_seat(c, &m, &s);
    meeting_save(c, &m);
    reply_row(c, 201, &seat_form, &s);
    tx_end(c);
}

/* All member units at once: those who have no seat yet. */
static void seat_all(Ctx *c)
{
    Meeting m = { 0 };
    Org o = { 0 };
    const Unit *unit[UNITS_MAX];
    tx_begin(c);
    if (kept(c, &m, S("PLANNED NOTICED"))) (void)org_get(c, m.org, &o);
    size_t n = ok(c) ? units_of(&c->law->units, o.region, c->today, unit) : 0;
    Rows have = meeting_seats(c, m.id);
    for (size_t i = 0; i < n && ok(c); i++) {
        bool there = false;
        const MeetingSeat *had = have.at;
        for (size_t k = 0; k < have.n; k++) there |= str_eq(had[k].unit, unit[i]->code);
        MeetingSeat s = { .unit = unit[i]->code };
        if (there) continue;
        fill_unit(c, &m, o.region, &s);
        add_seat(c, &m, &s);
    }
    meeting_save(c, &m);
    reply_rows(c, &seat_form, meeting_seats(c, m.id), (Str){ 0 });
    tx_end(c);
}

static void seats(Ctx *c)
{
    Meeting m = { 0 };
    if (!meeting_get(c, arg_id(c, 0), &m)) return;
    reply_rows(c, &seat_form, meeting_seats(c, m.id), (Str){ 0 });
}

static void attend(Ctx *c)
{
    Meeting m = { 0 };
    MeetingSeat in = { 0 }, s = { 0 };
    form_read(c, &attend_form, &in);
    tx_begin(c);
    (void)kept(c, &m, S("NOTICED HELD"));
    s = (MeetingSeat){ .id = arg_id(c, 1), .meeting_id = m.id };
    db_get(c, &q_one, &s, &s);
    s.present = in.present;
    if (in.person.n) s.person = in.person;
    db_change(c, &q_attend, &s);
    meeting_save(c, &m);
    reply_row(c, 200, &seat_form, &s);
    tx_end(c);
}

static const Phrase notice_text = {
    "【会议通知】{0}定于{1} {2}召开，地点：{3}。请贵单位参加。",
    "[Meeting] {0}: {1} {2}, at {3}. Your unit is asked to attend.",
};

static Str clock_of(Arena *mem, Time t)
{
    Out o = { .buf = NEW(mem, char, 5), .cap = 5 };
    out_pad(&o, time_minute(t) / 60, 2);
    out_str(&o, S(":"));
    out_pad(&o, time_minute(t) % 60, 2);
    return out_view(&o);
}

static const Phrase remind_text = {
    "【会议提醒】{0}将于{1} {2}召开，地点：{3}。请准时参加。",
    "[Meeting] {0} begins {1} {2}, at {3}. Please be there.",
};

/* To the telephone of each unit that is asked. */
static void tell(Ctx *c, const Meeting *m, const Phrase *what, Str template)
{
    Rows rows = meeting_seats(c, m->id);
    Text args[] = { same(m->title), phrase_date(c->mem, time_date(m->planned)),
                    same(clock_of(c->mem, m->planned)), same(m->place) };
    Str text = phrase_say(c->mem, what, args, COUNT(args)).zh;
    for (size_t i = 0; i < rows.n; i++) {
        MemberBody b = { 0 };
        bool known = member_body(c, m->org, ((const MeetingSeat *)rows.at)[i].unit, &b);
        if (!known || b.phone.n == 0) continue;
        outbox_add(c, &(Message){ .channel = S("SMS"), .to = b.phone, .template = template, .text = text });
    }
}

void meeting_notices(Ctx *c, const Meeting *m)
{
    if (ok(c) && meeting_seats(c, m->id).n == 0) fail(c, ERR_BLOCKED, S("seats"));
    if (ok(c)) tell(c, m, &notice_text, S("meeting_notice"));
}

void meeting_remind(Ctx *c, const Meeting *m)
{
    tell(c, m, &remind_text, S("meeting_reminder"));
}

/* ---- minutes ------------------------------------------------------------------------------- */

static void write_minutes(Ctx *c)
{
    Meeting m = { 0 };
    MeetingMinutes v = { .by = c->who.id, .at = now(c) };
    form_read(c, &meeting_minutes_form, &v);
    tx_begin(c);
    (void)kept(c, &m, S("HELD"));
    Rows rows = db_list(c, &q_versions, &(MeetingMinutes){ .meeting_id = m.id });
    const MeetingMinutes *last = rows.at;
    v.no = rows.n ? last->no + 1 : 1;
    if (v.no > 1 && v.reason.n == 0) fault(c, S("reason"), FAULT_REQUIRED);
    v.id = id_next(c);
    v.meeting_id = m.id;
    v.digest = sha256_hex(c->mem, v.content);
    db_insert(c, &q_minutes, &v);
    meeting_save(c, &m);
    reply_row(c, 201, &meeting_minutes_form, &v);
    tx_end(c);
}

static void versions(Ctx *c)
{
    Meeting m = { 0 };
    if (!meeting_get(c, arg_id(c, 0), &m)) return;
    Rows rows = db_list(c, &q_versions, &(MeetingMinutes){ .meeting_id = m.id });
    reply_rows(c, &meeting_minutes_form, rows, (Str){ 0 });
}

/* ---- material ------------------------------------------------------------------------------- */

static void add_file(Ctx *c)
{
    Meeting m = { 0 };
    Attachment a;
    attachment_read(c, &a);
    tx_begin(c);
    (void)kept(c, &m, S("PLANNED NOTICED HELD"));
    attachment_add(c, &a, m.id);
    meeting_save(c, &m);
    reply_row(c, 201, &attachment_form, &a);
    tx_end(c);
}

static void files(Ctx *c)
{
    Meeting m = { 0 };
    if (!meeting_get(c, arg_id(c, 0), &m)) return;
    reply_rows(c, &attachment_form, attachment_list(c, m.id), (Str){ 0 });
}

static void file(Ctx *c)
{
    Meeting m = { 0 };
    if (meeting_get(c, arg_id(c, 0), &m)) attachment_reply(c, m.id, arg_id(c, 1));
}

enum { KEEPERS = HR | HEAD | CONVENER, VIEWERS = KEEPERS | MEMBER | LINKS | ORG_MANAGER };
static const Route routes[] = {
    { "GET", "/api/v1/meetings/:id/seats", VIEWERS, seats, "参会单位", "who is asked to it", .out = &seat_form, .list = true },
    { "POST", "/api/v1/meetings/:id/seats", KEEPERS, seat, "邀请单位", "ask a unit or a guest", .in = &seat_form,
      .out = &seat_form },
    { "POST", "/api/v1/meetings/:id/seats/all", KEEPERS, seat_all, "邀请全部成员单位", "ask every member unit",
      .out = &seat_form, .list = true },
    { "POST", "/api/v1/meetings/:id/seats/:seat", KEEPERS, attend, "登记到会", "who came", .in = &attend_form,
      .out = &seat_form },
    { "GET", "/api/v1/meetings/:id/minutes", VIEWERS, versions, "会议纪要", "its minutes, newest version first",
      .out = &meeting_minutes_form, .list = true },
    { "POST", "/api/v1/meetings/:id/minutes", KEEPERS, write_minutes, "记录或更正纪要", "write or correct its minutes",
      .in = &meeting_minutes_form, .out = &meeting_minutes_form },
    { "GET", "/api/v1/meetings/:id/files", VIEWERS, files, "会议材料", "its material", .out = &attachment_form, .list = true },
    { "POST", "/api/v1/meetings/:id/files", KEEPERS, add_file, "上传会议材料", "add material", .query = &attachment_form,
      .out = &attachment_form, .upload = true },
    { "GET", "/api/v1/meetings/:id/files/:file/content", VIEWERS, file, "查看会议材料", "a file's bytes" },
};

const Slice attendance_slice = {
    .name = "attendance", .query = queries, .migration = migrations, .migrations = COUNT(migrations), .keeps = keeps,
    .route = routes, .routes = COUNT(routes),
};
