/* The calendar as a feed (RFC 5545) for other programs, at a secret address. */
#include "core/audit.h"
#include "core/crypto.h"
#include "core/house.h"
#include "core/limits.h"
#include "core/tx.h"
#include "register/people/people.h"
#include "register/roster/roster.h"

typedef struct Feed {
    Id   user_id;
    Str  digest, org_path, address;
    Time created;
} Feed;
static const Field feed_fields[] = {
    FIELD(Feed, address,  .label = "订阅地址", .en = "address of the feed"),
    FIELD(Feed, created,  .label = "建立时间", .en = "made at"),
    FIELD(Feed, user_id,  .label = "账号", .en = "account", .rule = HIDDEN),
    FIELD(Feed, digest,   .label = "摘要", .en = "digest", .rule = HIDDEN),
    FIELD(Feed, org_path, .label = "路径", .en = "path", .rule = HIDDEN),
};
static const Form feed_form = { "CalendarFeed", sizeof(Feed), feed_fields, COUNT(feed_fields) };

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE calendar_feed("
      "  user_id  INTEGER PRIMARY KEY,"
      "  digest   TEXT NOT NULL UNIQUE," /* keyed; the secret itself is shown once */
      "  org_path TEXT NOT NULL,"
      "  created  INTEGER NOT NULL) STRICT;" },
};
static const Query q_set = {
    .name = "feed.set", .in = &feed_form,
    .sql = "INSERT INTO calendar_feed(user_id, digest, org_path, created) VALUES(:user_id, :digest, :org_path, :created)"
           " ON CONFLICT(user_id) DO UPDATE SET digest = :digest, org_path = :org_path, created = :created",
};
static const Query q_find = {
    .name = "feed.find", .in = &feed_form, .out = &feed_form,
    .sql = "SELECT user_id, org_path, created FROM calendar_feed WHERE digest = :digest",
};
static const Query q_drop = {
    .name = "feed.drop", .in = &feed_form, .sql = "DELETE FROM calendar_feed WHERE user_id = :user_id",
};
static const Query *const queries[] = { &q_set, &q_find, &q_drop, NULL };

static Str digest_of(Ctx *c, Str token)
{
    return text_digest(c->mem, c->house->keys, S("calendar.feed"), token);
}

/* A new address; the old one is good no longer. */
static void feed_make(Ctx *c)
{
    Str token = token_new(c->mem), origin = str_of(c->house->origin);
    Out o = { .buf = NEW(c->mem, char, origin.n + 200), .cap = origin.n + 200 };
    out_str(&o, origin);
    out_str(&o, S("/api/v1/public/calendar/"));
    out_str(&o, token);
    out_str(&o, S(".ics"));
    Feed f = { .user_id = c->who.id, .org_path = c->who.org_path, .created = now(c),
        .address = out_view(&o) };
    f.digest = digest_of(c, token);
    tx_begin(c);
    if (ok(c) && c->who.org_path.n == 0) fail(c, ERR_FORBIDDEN, c->path);
    audit_about(c, c->who.id);
    db_change(c, &q_set, &f);
    reply_row(c, 201, &feed_form, &f);
    tx_end(c);
}

static void feed_end(Ctx *c)
{
    tx_begin(c);
    audit_about(c, c->who.id);
    db_change_any(c, &q_drop, &(Feed){ .user_id = c->who.id });
    reply_done(c);
    tx_end(c);
}

/* 20261124T010000Z */
static void stamp(Out *o, Time t)
{
    enum { CHINA_S = 8 * 3600, DAY_S = 86400 };
    Time utc = { t.s - CHINA_S }; /* its civil day and minute in China are those of t in UTC */
    Civil d = date_civil(time_date(utc));
    int64_t m = time_minute(utc);
    out_pad(o, d.year, 4);
    out_pad(o, d.month, 2);
    out_pad(o, d.day, 2);
    out_str(o, S("T"));
    out_pad(o, m / 60, 2);
    out_pad(o, m % 60, 2);
    out_pad(o, ((t.s % 60) + 60) % 60, 2);
    out_str(o, S("Z"));
}

/* Commas, semicolons and backslashes are escaped; lines are folded at 70 bytes,
** never within a character (RFC 5545 3.1, 3.3.11). */
static void content(Out *o, const char *name, Str text)
{
    enum { FOLD = 70 };
    size_t line = 0;
    out_str(o, str_of(name));
    for (size_t i = 0; i < text.n; i++) {
        bool begins = ((unsigned char)text.s[i] & 0xC0) != 0x80;
        if (begins && line >= FOLD) {
            out_str(o, S("\r\n "));
            line = 0;
        }
        bool escape = text.s[i] == ',' || text.s[i] == ';' || text.s[i] == '\\';
        if (escape) out_str(o, S("\\"));
        out_str(o, (Str){ text.s + i, 1 });
        line++;
    }
    out_str(o, S("\r\n"));
}

static void event(Ctx *c, const CalendarItem *it)
{
    Out *o = &c->out;
    out_str(o, S("BEGIN:VEVENT\r\nUID:"));
    out_int(o, it->id.n);
    out_str(o, S("@tiaojie\r\nDTSTAMP:"));
    stamp(o, now(c));
    out_str(o, S("\r\nDTSTART:"));
    stamp(o, it->starts);
    out_str(o, S("\r\nDTEND:"));
    stamp(o, it->ends);
    out_str(o, S("\r\n"));
    content(o, "SUMMARY:", it->title);
    if (it->place.n) content(o, "LOCATION:", it->place);
    out_str(o, S("END:VEVENT\r\n"));
}

/* It ends with the account, and when its holder goes to another office. */
static bool still_good(Ctx *c, const Feed *f)
{
    User u = { 0 };
    return !user_find(c, f->user_id, &u) || (!u.disabled && str_eq(u.org_path, f->org_path));
}

static void feed_show(Ctx *c)
{
    enum { BACK = 30, AHEAD = 180, ENDING = 4 };
    Feed f = { 0 };
    Str token = c->arg[0];
    bool ics = token.n > ENDING && str_eq((Str){ token.s + token.n - ENDING, ENDING }, S(".ics"));
    Feed ask = { .digest = ics ? digest_of(c, (Str){ token.s, token.n - ENDING }) : (Str){ 0 } };
    if (!ics || !db_find(c, &q_find, &ask, &f) || !still_good(c, &f)) {
        fail(c, ERR_NOT_FOUND, S("calendar"));
        return;
    }
    CalendarItem span = { .org_path = f.org_path, .user_id = f.user_id,
                          .from = time_at(date_plus(c->today, -BACK), 0, 0),
                          .to = time_at(date_plus(c->today, AHEAD), 0, 0) };
    Rows rows = calendar_of(c, &span);
    if (!ok(c)) return;
    out_str(&c->out,
            S("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//tiaojie//calendar//ZH\r\nCALSCALE:GREGORIAN\r\n"));
    for (size_t i = 0; i < rows.n; i++) event(c, (const CalendarItem *)rows.at + i);
    out_str(&c->out, S("END:VCALENDAR\r\n"));
    c->type = "text/calendar; charset=utf-8";
    c->status = 200;
}

static const Route routes[] = {
    { "POST", "/api/v1/calendar/feed", STAFF, feed_make, .zh = "生成日历订阅地址", .en = "make the address of one's feed",
      .out = &feed_form },
    { "DELETE", "/api/v1/calendar/feed", STAFF, feed_end, .zh = "取消日历订阅", .en = "end one's feed" },
    { "GET", "/api/v1/public/calendar/:token", ANYBODY, feed_show, .zh = "日历订阅（iCalendar）",
      .en = "the calendar as a feed, by its secret" },
};

const Slice feed_slice = {
    .name = "calendar_feed", .route = routes, .routes = COUNT(routes), .query = queries, .migration = migrations,
    .migrations = COUNT(migrations),
};
