/*
** The diary: the sessions of an office by day, for whoever shares out rooms and
** people; mediators see their own.  Two sessions in one room within the usual
** length of one (SESSION_MINUTES of data/params.csv) are told as a clash, so that
** nobody stands before a closed door.
*/
#include "case/3-mediation/mediation.h"
#include "register/organisations/organisations.h"
#include "register/roster/roster.h"

enum { DAYS_MOST = 62, MINUTE_S = 60 };

typedef struct Entry {
    Id   id, case_id;
    Str  no, applicant, respondent, case_state;
    Str  mode;
    Time planned;
    Str  place, room, state;
    Id   mediator_id;
    bool clash;      /* the room or the mediator is taken at that time */
} Entry;

static const Field entry_fields[] = {
    FIELD(Entry, id,          .label = "编号",     .en = "id"),
    FIELD(Entry, case_id,     .label = "案件",     .en = "case"),
    FIELD(Entry, no,          .label = "登记号",   .en = "ledger number"),
    FIELD(Entry, applicant,   .label = "申请人",   .en = "applicant"),
    FIELD(Entry, respondent,  .label = "被申请人", .en = "respondent"),
    FIELD(Entry, case_state,  .label = "案件状态", .en = "state of the case"),
    FIELD(Entry, mode,        .label = "调解方式", .en = "mode"),
    FIELD(Entry, planned,     .label = "时间",     .en = "time"),
    FIELD(Entry, place,       .label = "地点",     .en = "place"),
    FIELD(Entry, room,        .label = "调解室",   .en = "room"),
    FIELD(Entry, state,       .label = "状态",     .en = "state"),
    FIELD(Entry, mediator_id, .label = "调解员",   .en = "mediator"),
    FIELD(Entry, clash,       .label = "时间冲突", .en = "clashes"),
};
static const Form entry_form = { .name = "DiaryEntry", .size = sizeof(Entry), .field = entry_fields,
                                 .n = COUNT(entry_fields) };

typedef struct Span {
    Date from, to;
    Time since, until;
    Str  path, path_end;
    Id   own;          /* 0: all of the office */
} Span;
static const Field span_fields[] = {
    FIELD(Span, from,     .label = "起日", .en = "from", .rule = REQUIRED),
    FIELD(Span, to,       .label = "止日", .en = "to", .rule = REQUIRED),
    FIELD(Span, since,    .label = "起",   .en = "since", .rule = HIDDEN),
    FIELD(Span, until,    .label = "止",   .en = "until", .rule = HIDDEN),
    FIELD(Span, path,     .label = "组织路径", .en = "path", .rule = HIDDEN),
    FIELD(Span, path_end, .label = "路径末", .en = "end of path", .rule = HIDDEN),
    FIELD(Span, own,      .label = "本人", .en = "oneself", .rule = HIDDEN),
};
static const Form span_form = { .name = "DiarySpan", .size = sizeof(Span), .field = span_fields,
                                .n = COUNT(span_fields) };

static const Query q_diary = {
    .name = "diary.list", .in = &span_form, .out = &entry_form,
    .sql = "SELECT s.id AS id, s.case_id AS case_id, c.no AS no, c.applicant AS applicant,"
           " c.respondent AS respondent, c.state AS case_state, s.mode AS mode, s.planned AS planned, s.place AS place, s.room AS room,"
           " s.state AS state, c.mediator_id AS mediator_id, CAST(0 AS BIGINT) AS clash"
           " FROM sitting s JOIN cases c ON c.id = s.case_id"
           " WHERE s.planned >= :since AND s.planned < :until"
           " AND ((c.org_path >= :path AND c.org_path < :path_end)"
           " OR (c.owner_path >= :path AND c.owner_path < :path_end))"
           " AND (:own = 0 OR c.mediator_id = :own) ORDER BY s.planned, s.id LIMIT 500",
};
/* For calendars outside: by ledger number, without names. */
static const Query q_calendar = {
    .name = "diary.calendar", .in = &calendar_form, .out = &entry_form,
    .sql = "SELECT s.id AS id, c.no AS no, s.mode AS mode, s.planned AS planned, s.place AS place, s.room AS room"
           " FROM sitting s JOIN cases c ON c.id = s.case_id WHERE s.planned >= :from AND s.planned < :to"
           " AND s.state <> 'cancelled' AND (c.org_path = :org_path OR c.mediator_id = :user_id)"
           " ORDER BY s.planned, s.id LIMIT 500",
};
static const Query *const queries[] = { &q_diary, &q_calendar, NULL };

static Str joined(Ctx *c, Str head, Str gap, Str tail)
{
    Out o = { .buf = NEW(c->mem, char, head.n + gap.n + tail.n + 1), .cap = head.n + gap.n + tail.n + 1 };
    out_str(&o, head);
    if (head.n && tail.n) out_str(&o, gap);
    out_str(&o, tail);
    return out_view(&o);
}

/* Seconds that a session takes when nobody says otherwise. */
static int64_t session_length(const Ctx *c)
{
    Look look = { .params = &c->law->params, .day = c->today };
    return param(&look, "SESSION_MINUTES") * MINUTE_S;
}

static void calendar(Ctx *c, DateBook *all)
{
    int64_t length = session_length(c);
    Rows rows = db_list(c, &q_calendar, &all->ask);
    for (size_t i = 0; i < rows.n; i++) {
        const Entry *e = (const Entry *)rows.at + i;
        bool here = str_eq(e->mode, S("ONSITE"));
        Str place = here ? joined(c, e->place, S(" "), e->room) : e->place;
        calendar_put(c, all, &(CalendarItem){ .id = e->id, .what = S("SESSION"),
            .title = joined(c, S("调解"), S("："), e->no), .place = place,
            .starts = e->planned, .ends = { e->planned.s + length } });
    }
}

static bool same_place(const Entry *a, const Entry *b)
{
    bool here = a->place.n && str_eq(a->mode, S("ONSITE")) && str_eq(b->mode, S("ONSITE"));
    bool room = here && str_eq(a->place, b->place) && str_eq(a->room, b->room);
    return room || a->mediator_id.n == b->mediator_id.n;
}

/* Rows are in order of time: only what follows within a session's length can clash. */
static void find_clashes(Ctx *c, Entry *list, size_t n)
{
    int64_t length = session_length(c);
    for (size_t i = 0; i < n; i++) {
        for (size_t j = i + 1; j < n && list[j].planned.s - list[i].planned.s < length; j++) {
            bool held = !str_eq(list[i].state, S("cancelled")) && !str_eq(list[j].state, S("cancelled"));
            if (!held || list[i].case_id.n == list[j].case_id.n || !same_place(&list[i], &list[j])) continue;
            list[i].clash = list[j].clash = true;
        }
    }
}

enum { SHARES_OUT = CLERK | DISPATCHER | HEAD | ORG_MANAGER };

static void show(Ctx *c)
{
    Span span = { 0 };
    if (!form_read_query(c, &span_form, &span)) return;
    if (span.to.day < span.from.day || span.to.day - span.from.day > DAYS_MOST) {
        fault(c, S("to"), FAULT_TOO_LARGE);
        return;
    }
    span.since = time_at(span.from, 0, 0);
    span.until = time_at(date_plus(span.to, 1), 0, 0);
    span.path = c->who.org_path;
    span.path_end = span.path.n ? path_end(c->mem, span.path) : span.path; /* nobody's: nothing */
    if (!(c->who.roles & (uint32_t)SHARES_OUT)) span.own = c->who.id;
    Rows rows = db_list(c, &q_diary, &span);
    find_clashes(c, rows.at, rows.n);
    reply_rows(c, &entry_form, rows, (Str){ 0 });
}

static const Route routes[] = {
    { "GET", "/api/v1/sessions", SHARES_OUT | MEDIATORS, show, "调解日程", "sessions of the office by day",
      .query = &span_form, .out = &entry_form, .list = true },
};

const Slice diary_slice = { .name = "diary", .query = queries, .route = routes, .routes = COUNT(routes),
                            .calendar = calendar };
