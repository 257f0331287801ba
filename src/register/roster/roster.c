#include "register/roster/roster.h"

#include "core/audit.h"
#include "core/house.h"
#include "core/limits.h"
#include "core/tx.h"
#include "register/organisations/organisations.h"

#include <stdlib.h>

/* ---- duties --------------------------------------------------------------------------- */

static const Code duty_kind_rows[] = {
    { "LAWYER", "值班律师", "duty lawyer" }, { "MEDIATOR", "值班调解员", "mediator on duty" },
    { "WINDOW", "窗口值班", "at the window" },
};
static const Codes duty_kinds = { "duty_kinds", duty_kind_rows, COUNT(duty_kind_rows), NULL };

static const Code sender_rows[] = {
    { "JUST", "司法局", "justice bureau" }, { "COURT", "人民法院", "court" }, { "GU", "总工会", "general union" },
    { "OWN", "本单位", "one's own" },
};
static const Codes senders = { "duty_senders", sender_rows, COUNT(sender_rows), NULL };

typedef struct Duty {
    Id   id, org_id, user_id;
    Str  org_path, kind, person, sender, place, note;
    Time starts, ends;
} Duty;

static const Field duty_fields[] = {
    FIELD(Duty, id,      .label = "编号",     .en = "number", .rule = SERVER_SET),
    FIELD(Duty, org_id,  .label = "机构",     .en = "organisation", .rule = REQUIRED),
    FIELD(Duty, kind,    .label = "值班类别", .en = "kind", .rule = REQUIRED, .codes = &duty_kinds),
    FIELD(Duty, person,  .label = "值班人员", .en = "who", .rule = REQUIRED, .min = 2, .max = 50),
    FIELD(Duty, user_id, .label = "账号",     .en = "account"),
    FIELD(Duty, sender,  .label = "派驻单位", .en = "sent by", .rule = REQUIRED, .codes = &senders),
    FIELD(Duty, starts,  .label = "开始时间", .en = "starts", .rule = REQUIRED),
    FIELD(Duty, ends,    .label = "结束时间", .en = "ends", .rule = REQUIRED),
    FIELD(Duty, place,   .label = "地点",     .en = "place", .max = 100),
    FIELD(Duty, note,    .label = "备注",     .en = "note", .max = 200),
    FIELD(Duty, org_path, .label = "路径", .en = "path", .rule = HIDDEN),
};
static const Form duty_form = FORM(Duty, duty_fields);

/* ---- rooms and bookings ------------------------------------------------------------------ */

typedef struct Room {
    Id      id, org_id;
    Str     org_path, name;
    int64_t seats;
    bool    video, closed;
    int64_t version;
} Room;

static const Field room_fields[] = {
    FIELD(Room, id,      .label = "编号",     .en = "number", .rule = SERVER_SET),
    FIELD(Room, org_id,  .label = "机构",     .en = "organisation", .rule = REQUIRED),
    FIELD(Room, name,    .label = "名称",     .en = "name", .rule = REQUIRED, .min = 2, .max = 60),
    FIELD(Room, seats,   .label = "座位数",   .en = "seats", .max = 1000),
    FIELD(Room, video,   .label = "音视频设备", .en = "video"),
    FIELD(Room, closed,  .label = "停用",     .en = "closed", .rule = SERVER_SET),
    FIELD(Room, version, .label = "版本",     .en = "version", .rule = SERVER_SET),
    FIELD(Room, org_path, .label = "路径", .en = "path", .rule = HIDDEN),
};
static const Form room_form = FORM(Room, room_fields);

static const Code purpose_rows[] = {
    { "SESSION", "调解", "mediation" }, { "CONSULT", "咨询", "consultation" }, { "MEETING", "会议", "meeting" },
    { "TRAINING", "培训", "training" }, { "OTHER", "其他", "other" },
};
static const Codes purposes = { "booking_purposes", purpose_rows, COUNT(purpose_rows), NULL };

typedef struct Booking {
    Id   id, room_id, by_id;
    Str  org_path, room, purpose, note;
    Time starts, ends;
} Booking;

static const Field booking_fields[] = {
    FIELD(Booking, id,      .label = "编号",     .en = "number", .rule = SERVER_SET),
    FIELD(Booking, room_id, .label = "场地",     .en = "room", .rule = REQUIRED),
    FIELD(Booking, room,    .label = "场地名称", .en = "room's name", .rule = SERVER_SET),
    FIELD(Booking, purpose, .label = "用途",     .en = "purpose", .rule = REQUIRED, .codes = &purposes),
    FIELD(Booking, starts,  .label = "开始时间", .en = "starts", .rule = REQUIRED),
    FIELD(Booking, ends,    .label = "结束时间", .en = "ends", .rule = REQUIRED),
    FIELD(Booking, note,    .label = "备注",     .en = "note", .max = 200,
          .help = "不要填写当事人姓名", .help_en = "no names of parties, please"),
    FIELD(Booking, by_id,   .label = "预订人",   .en = "by", .rule = SERVER_SET),
    FIELD(Booking, org_path, .label = "路径", .en = "path", .rule = HIDDEN),
};
static const Form booking_form = FORM(Booking, booking_fields);

/* ---- the calendar ------------------------------------------------------------------------- */

static const Code item_rows[] = {
    { "DUTY", "值班", "duty" }, { "BOOKING", "场地", "room" }, { "SESSION", "调解", "mediation session" },
    { "COURSE", "培训", "training" }, { "MEETING", "会议", "meeting" },
};
static const Codes item_kinds = { "calendar_kinds", item_rows, COUNT(item_rows), NULL };

static const Field calendar_fields[] = {
    FIELD(CalendarItem, id,     .label = "编号",     .en = "number"),
    FIELD(CalendarItem, what,   .label = "类别",     .en = "kind", .codes = &item_kinds),
    FIELD(CalendarItem, title,  .label = "内容",     .en = "what"),
    FIELD(CalendarItem, place,  .label = "地点",     .en = "place"),
    FIELD(CalendarItem, starts, .label = "开始时间", .en = "starts"),
    FIELD(CalendarItem, ends,   .label = "结束时间", .en = "ends"),
    FIELD(CalendarItem, org_path, .label = "路径", .en = "path", .rule = HIDDEN),
    FIELD(CalendarItem, user_id,  .label = "账号", .en = "account", .rule = HIDDEN),
    FIELD(CalendarItem, from,     .label = "自", .en = "from", .rule = HIDDEN),
    FIELD(CalendarItem, to,       .label = "至", .en = "to", .rule = HIDDEN),
};
const Form calendar_form = FORM(CalendarItem, calendar_fields);

typedef struct CalendarFind {
    Date from, to;
} CalendarFind;
static const Field find_fields[] = {
    FIELD(CalendarFind, from, .label = "自", .en = "from"),
    FIELD(CalendarFind, to,   .label = "至", .en = "to"),
};
static const Form find_form = FORM(CalendarFind, find_fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE duty("
      "  id       INTEGER PRIMARY KEY,"
      "  org_id   INTEGER NOT NULL REFERENCES org(id),"
      "  org_path TEXT NOT NULL,"
      "  kind     TEXT NOT NULL,"
      "  person   TEXT NOT NULL,"
      "  user_id  INTEGER NOT NULL,"
      "  sender   TEXT NOT NULL,"
      "  starts   INTEGER NOT NULL,"
      "  ends     INTEGER NOT NULL,"
      "  place    TEXT NOT NULL,"
      "  note     TEXT NOT NULL) STRICT;"
      "CREATE INDEX duty_by_path ON duty(org_path, starts);"
      "CREATE TABLE room("
      "  id       INTEGER PRIMARY KEY,"
      "  org_id   INTEGER NOT NULL REFERENCES org(id),"
      "  org_path TEXT NOT NULL,"
      "  name     TEXT NOT NULL,"
      "  seats    INTEGER NOT NULL,"
      "  video    INTEGER NOT NULL,"
      "  closed   INTEGER NOT NULL,"
      "  version  INTEGER NOT NULL,"   /* changed with each booking: two at once cannot both win */
      "  UNIQUE(org_id, name)) STRICT;"
      "CREATE INDEX room_by_path ON room(org_path, id);"
      "CREATE TABLE booking("
      "  id       INTEGER PRIMARY KEY,"
      "  room_id  INTEGER NOT NULL REFERENCES room(id),"
      "  org_path TEXT NOT NULL,"
      "  purpose  TEXT NOT NULL,"
      "  starts   INTEGER NOT NULL,"
      "  ends     INTEGER NOT NULL,"
      "  note     TEXT NOT NULL,"
      "  by_id    INTEGER NOT NULL) STRICT;"
      "CREATE INDEX booking_by_room ON booking(room_id, starts);"
      "CREATE INDEX booking_by_path ON booking(org_path, starts);" },
};

#define DUTY "id, org_id, org_path, kind, person, user_id, sender, starts, ends, place, note"
static const Query q_duty_add = {
    .name = "roster.duty_add", .in = &duty_form,
    .sql = "INSERT INTO duty(" DUTY ") VALUES(:id, :org_id, :org_path, :kind, :person, :user_id, :sender, :starts,"
           " :ends, :place, :note)",
};
static const Query q_duty_clash = {
    .name = "roster.duty_clash", .in = &duty_form, .out = &duty_form,
    .sql = "SELECT id FROM duty WHERE org_path = :org_path AND person = :person AND starts < :ends AND ends > :starts"
           " LIMIT 1",
};
static const Query q_duty = {
    .name = "roster.duty", .in = &duty_form, .out = &duty_form, .sql = "SELECT " DUTY " FROM duty WHERE id = :id",
};
static const Query q_duty_drop = {
    .name = "roster.duty_drop", .in = &duty_form, .sql = "DELETE FROM duty WHERE id = :id",
};
static const Query q_duties = {
    .name = "roster.duties", .in = &calendar_form, .out = &duty_form,
    .sql = "SELECT " DUTY " FROM duty WHERE org_path = :org_path AND starts < :to AND ends > :from"
           " ORDER BY starts, id LIMIT 500",
};
#define ROOM "id, org_id, org_path, name, seats, video, closed, version"
static const Query q_room_add = {
    .name = "roster.room_add", .in = &room_form, .clash = ERR_CLASH,
    .sql = "INSERT INTO room(" ROOM ") VALUES(:id, :org_id, :org_path, :name, :seats, :video, 0, 1)",
};
static const Query q_room = {
    .name = "roster.room", .in = &room_form, .out = &room_form, .sql = "SELECT " ROOM " FROM room WHERE id = :id",
};
static const Query q_rooms = {
    .name = "roster.rooms", .in = &room_form, .out = &room_form,
    .sql = "SELECT " ROOM " FROM room WHERE org_path = :org_path ORDER BY id LIMIT 200",
};
static const Query q_room_keep = {
    .name = "roster.room_keep", .in = &room_form,
    .sql = "UPDATE room SET closed = :closed, version = version + 1 WHERE id = :id",
};
static const Query q_book = {
    .name = "roster.book", .in = &booking_form,
    .sql = "INSERT INTO booking(id, room_id, org_path, purpose, starts, ends, note, by_id)"
           " VALUES(:id, :room_id, :org_path, :purpose, :starts, :ends, :note, :by_id)",
};
static const Query q_taken = {
    .name = "roster.taken", .in = &booking_form, .out = &booking_form,
    .sql = "SELECT id FROM booking WHERE room_id = :room_id AND starts < :ends AND ends > :starts LIMIT 1",
};
static const Query q_booking = {
    .name = "roster.booking", .in = &booking_form, .out = &booking_form,
    .sql = "SELECT id, room_id, org_path, purpose, starts, ends, note, by_id FROM booking WHERE id = :id",
};
static const Query q_booking_drop = {
    .name = "roster.booking_drop", .in = &booking_form, .sql = "DELETE FROM booking WHERE id = :id",
};
static const Query q_bookings = {
    .name = "roster.bookings", .in = &calendar_form, .out = &booking_form,
    .sql = "SELECT b.id, b.room_id, r.name AS room, b.purpose, b.starts, b.ends, b.note, b.by_id FROM booking b"
           " JOIN room r ON r.id = b.room_id WHERE b.org_path = :org_path AND b.starts < :to AND b.ends > :from"
           " ORDER BY b.starts, b.id LIMIT 500",
};
static const Query *const queries[] = {
    &q_duty_add, &q_duty_clash, &q_duty, &q_duty_drop, &q_duties, &q_room_add, &q_room, &q_rooms,
    &q_room_keep,
    &q_book, &q_taken, &q_booking, &q_booking_drop, &q_bookings, NULL,
};

/* ---- duties ------------------------------------------------------------------------------------ */

static void rule_span(Ctx *c, Time starts, Time ends)
{
    enum { LONGEST_S = 7 * 86400 };
    if (!ok(c)) return;
    if (ends.s <= starts.s) fault(c, S("ends"), FAULT_ORDER);
    else if (ends.s - starts.s > LONGEST_S) fault(c, S("ends"), FAULT_TOO_LARGE);
}

static void duty_add(Ctx *c)
{
    Org o = { 0 };
    Duty d = { 0 }, other = { 0 };
    (void)form_read(c, &duty_form, &d);
    rule_span(c, d.starts, d.ends);
    tx_begin(c);
    if (ok(c) && org_get(c, d.org_id, &o)) org_need(c, o.path);
    d.org_path = o.path;
    if (ok(c) && db_find(c, &q_duty_clash, &d, &other)) fail(c, ERR_CLASH, d.person);
    d.id = id_next(c);
    audit_about(c, d.id);
    db_insert(c, &q_duty_add, &d);
    org_load(c, o.id, 0); /* the office's row: two at once cannot both win */
    reply_row(c, 201, &duty_form, &d);
    tx_end(c);
}

static void duty_drop(Ctx *c)
{
    Duty d = { 0 };
    tx_begin(c);
    if (db_get(c, &q_duty, &(Duty){ .id = arg_id(c, 0) }, &d)) org_need(c, d.org_path);
    audit_about(c, d.id);
    db_change(c, &q_duty_drop, &d);
    reply_done(c);
    tx_end(c);
}

/* The days asked for; from today for four weeks unless told otherwise. */
static void read_days(Ctx *c, Time *from, Time *to)
{
    enum { WEEKS = 28, LONGEST = 400 };
    CalendarFind f = { .from = c->today, .to = date_plus(c->today, WEEKS) };
    (void)form_read_query(c, &find_form, &f);
    if (ok(c) && f.to.day < f.from.day) fault(c, S("to"), FAULT_ORDER);
    if (ok(c) && f.to.day - f.from.day > LONGEST) fault(c, S("to"), FAULT_TOO_LARGE);
    *from = time_at(f.from, 0, 0);
    *to = time_at(date_plus(f.to, 1), 0, 0);
}

static void duty_list(Ctx *c)
{
    CalendarItem ask = { .org_path = c->who.org_path };
    read_days(c, &ask.from, &ask.to);
    reply_rows(c, &duty_form, db_list(c, &q_duties, &ask), (Str){ 0 });
}

/* ---- rooms --------------------------------------------------------------------------------------- */

static void room_add(Ctx *c)
{
    Org o = { 0 };
    Room r = { .version = 1 };
    (void)form_read(c, &room_form, &r);
    tx_begin(c);
    if (ok(c) && org_get(c, r.org_id, &o)) org_need(c, o.path);
    r.id = id_next(c);
    r.org_path = o.path;
    audit_about(c, r.id);
    db_insert(c, &q_room_add, &r);
    reply_row(c, 201, &room_form, &r);
    tx_end(c);
}

static void room_list(Ctx *c)
{
    reply_rows(c, &room_form, db_list(c, &q_rooms, &(Room){ .org_path = c->who.org_path }), (Str){ 0 });
}

static void room_close(Ctx *c)
{
    Room r = { 0 };
    tx_begin(c);
    if (db_get(c, &q_room, &(Room){ .id = arg_id(c, 0) }, &r)) org_need(c, r.org_path);
    r.closed = !r.closed;
    audit_about(c, r.id);
    db_change(c, &q_room_keep, &r);
    reply_row(c, 200, &room_form, &r);
    tx_end(c);
}

static void book(Ctx *c)
{
    Room r = { 0 };
    Booking b = { 0 }, other = { 0 };
    (void)form_read(c, &booking_form, &b);
    rule_span(c, b.starts, b.ends);
    tx_begin(c);
    bool known = ok(c) && db_find(c, &q_room, &(Room){ .id = b.room_id }, &r);
    if (ok(c) && !known) fault(c, S("room_id"), FAULT_NOT_KNOWN);
    if (ok(c) && !str_eq(r.org_path, c->who.org_path)) org_need(c, r.org_path);
    if (ok(c) && r.closed) fail(c, ERR_BLOCKED, r.name);
    if (ok(c) && db_find(c, &q_taken, &b, &other)) fail(c, ERR_CLASH, r.name);
    b.id = id_next(c);
    b.org_path = r.org_path;
    b.room = r.name;
    b.by_id = c->who.id;
    audit_about(c, b.id);
    db_insert(c, &q_book, &b);
    db_change(c, &q_room_keep, &r);
    reply_row(c, 201, &booking_form, &b);
    tx_end(c);
}

static void booking_list(Ctx *c)
{
    CalendarItem ask = { .org_path = c->who.org_path };
    read_days(c, &ask.from, &ask.to);
    reply_rows(c, &booking_form, db_list(c, &q_bookings, &ask), (Str){ 0 });
}

/* By who booked, or who keeps the rooms. */
static void booking_drop(Ctx *c)
{
    Booking b = { 0 };
    tx_begin(c);
    (void)db_get(c, &q_booking, &(Booking){ .id = arg_id(c, 0) }, &b);
    bool may = b.by_id.n == c->who.id.n || (c->who.roles & (HEAD | HR) && org_sees(c, b.org_path));
    if (ok(c) && !may) fail(c, ERR_FORBIDDEN, c->path);
    audit_about(c, b.id);
    db_change(c, &q_booking_drop, &b);
    reply_done(c);
    tx_end(c);
}

/* ---- the calendar ------------------------------------------------------------------------------------ */

static Str label(const Codes *codes, Str word)
{
    const Code *code = NULL;
    return code_find(codes, word, &code) ? str_of(code->zh) : word;
}

static Str joined(Ctx *c, Str head, Str tail)
{
    Out o = { .buf = NEW(c->mem, char, head.n + tail.n + 4), .cap = head.n + tail.n + 4 };
    out_str(&o, head);
    if (tail.n) out_str(&o, S("："));
    out_str(&o, tail);
    return out_view(&o);
}

void calendar_put(Ctx *c, DateBook *all, const CalendarItem *item)
{
    *(CalendarItem *)rows_push(c->mem, &all->items, &all->cap, sizeof *item) = *item;
}

static void add_own(Ctx *c, DateBook *all)
{
    Rows duties = db_list(c, &q_duties, &all->ask), bookings = db_list(c, &q_bookings, &all->ask);
    for (size_t i = 0; i < duties.n; i++) {
        const Duty *d = (const Duty *)duties.at + i;
        calendar_put(c, all, &(CalendarItem){ .id = d->id, .what = S("DUTY"),
            .title = joined(c, label(&duty_kinds, d->kind), d->person), .place = d->place,
            .starts = d->starts, .ends = d->ends });
    }
    for (size_t i = 0; i < bookings.n; i++) {
        const Booking *b = (const Booking *)bookings.at + i;
        calendar_put(c, all, &(CalendarItem){ .id = b->id, .what = S("BOOKING"),
            .title = joined(c, label(&purposes, b->purpose), b->note), .place = b->room, .starts = b->starts,
            .ends = b->ends });
    }
}

static int by_time(const void *a, const void *b)
{
    const CalendarItem *x = a, *y = b;
    if (x->starts.s != y->starts.s) return (x->starts.s > y->starts.s) - (x->starts.s < y->starts.s);
    return (x->id.n > y->id.n) - (x->id.n < y->id.n);
}

Rows calendar_of(Ctx *c, const CalendarItem *ask)
{
    DateBook all = { .ask = *ask };
    if (ask->org_path.n) add_own(c, &all);
    for (const Slice *const *s = c->house->slices; *s && ask->org_path.n; s++) {
        if ((*s)->calendar) (*s)->calendar(c, &all);
    }
    if (all.items.n) qsort(all.items.at, all.items.n, sizeof *ask, by_time);
    return all.items;
}

static void calendar(Ctx *c)
{
    CalendarItem ask = { .org_path = c->who.org_path, .user_id = c->who.id };
    read_days(c, &ask.from, &ask.to);
    reply_rows(c, &calendar_form, calendar_of(c, &ask), (Str){ 0 });
}

enum { KEEPERS = HEAD | HR };

static const Route routes[] = {
    { "GET", "/api/v1/duties", STAFF, duty_list, .zh = "值班表", .en = "who is on duty", .query = &find_form,
      .out = &duty_form, .list = true },
    { "POST", "/api/v1/duties", KEEPERS, duty_add, .zh = "排班", .en = "put somebody on duty", .in = &duty_form,
      .out = &duty_form },
    { "DELETE", "/api/v1/duties/:id", KEEPERS, duty_drop, .zh = "撤销排班", .en = "take a duty back" },
    { "GET", "/api/v1/rooms", STAFF, room_list, .zh = "场地", .en = "rooms", .out = &room_form, .list = true },
    { "POST", "/api/v1/rooms", KEEPERS, room_add, .zh = "登记场地", .en = "enter a room", .in = &room_form,
      .out = &room_form },
    { "POST", "/api/v1/rooms/:id/close", KEEPERS, room_close, .zh = "停用或者启用场地", .en = "close or reopen a room",
      .out = &room_form },
    { "GET", "/api/v1/bookings", STAFF, booking_list, .zh = "场地预订", .en = "bookings", .query = &find_form,
      .out = &booking_form, .list = true },
    { "POST", "/api/v1/bookings", STAFF, book, .zh = "预订场地", .en = "book a room", .in = &booking_form,
      .out = &booking_form },
    { "DELETE", "/api/v1/bookings/:id", STAFF, booking_drop, .zh = "取消预订", .en = "cancel a booking" },
    { "GET", "/api/v1/calendar", STAFF, calendar, .zh = "日历：值班、场地、调解、培训、会议", .en = "the calendar", .query = &find_form,
      .out = &calendar_form, .list = true },
};

const Slice roster_slice = {
    .name = "roster", .route = routes, .routes = COUNT(routes), .query = queries, .migration = migrations,
    .migrations = COUNT(migrations),
};
