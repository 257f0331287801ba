/*
** A report as it stands: each month as it was locked, handed in or closed, else
** as it is counted now; several months as the sum of them.
*/
#include "law/period.h"
#include "oversight/month/month.h"
#include "oversight/month/part.h"

#include <jansson.h>

/* What is kept of a month: a report's version, or a page. */
typedef struct Kept {
    Id      org_id;
    Str     path, path_end;
    int64_t month, from, to;
    Str     state, body, digest, reason, lines, handed;
    int64_t version, locked, times;
    Time    at;
} Kept;
static const Field kept_fields[] = {
    FIELD(Kept, org_id,   .label = "组织",     .en = "organisation"),
    FIELD(Kept, path,     .label = "组织路径", .en = "path"),
    FIELD(Kept, path_end, .label = "路径末",   .en = "end"),
    FIELD(Kept, month,    .label = "月份",     .en = "month"),
    FIELD(Kept, from,     .label = "月份起",   .en = "from"),
    FIELD(Kept, to,       .label = "月份止",   .en = "to"),
    FIELD(Kept, state,    .label = "状态",     .en = "state"),
    FIELD(Kept, body,     .label = "内容",     .en = "body"),
    FIELD(Kept, digest,   .label = "摘要值",   .en = "SHA-256"),
    FIELD(Kept, reason,   .label = "理由",     .en = "reason"),
    FIELD(Kept, lines,    .label = "锁定计数", .en = "lines that were locked"),
    FIELD(Kept, handed,   .label = "报送计数", .en = "lines handed in"),
    FIELD(Kept, version,  .label = "版次",     .en = "version"),
    FIELD(Kept, locked,   .label = "锁定版次", .en = "locked version"),
    FIELD(Kept, times,    .label = "次数",     .en = "times"),
    FIELD(Kept, at,       .label = "时间",     .en = "at"),
};
static const Form kept_form = { "MonthKept", sizeof(Kept), kept_fields, COUNT(kept_fields) };

const Query q_part_reports = {
    .name = "month.part_reports", .in = &kept_form, .out = &kept_form,
    .sql = "SELECT r.month, r.state, r.version, r.locked, r.lines, r.handed, COALESCE(v.body, '') AS body,"
           " COALESCE(v.digest, '') AS digest, COALESCE(v.reason, '') AS reason,"
           " (SELECT COUNT(DISTINCT e.version) FROM month_entry e WHERE e.id = r.id AND e.event = 'locked') AS times"
           " FROM month_report r LEFT JOIN month_version v ON v.id = r.id"
           " AND v.version = CASE WHEN r.locked > 0 AND NOT (r.state = 'correcting' AND :from = :to) THEN r.locked"
           " ELSE r.version END"
           " WHERE r.org_id = :org_id AND r.month >= :from AND r.month <= :to ORDER BY r.month",
};
const Query q_part_closings = {
    .name = "month.part_closings", .in = &kept_form, .out = &kept_form,
    .sql = "SELECT k.month, k.version, k.digest, k.reason, k.body, k.at FROM month_closing k WHERE k.path = :path"
           " AND k.month >= :from AND k.month <= :to AND NOT EXISTS(SELECT 1 FROM month_closing x WHERE x.path = k.path"
           " AND x.month = k.month AND x.version > k.version) ORDER BY k.month",
};
const Query q_part_later = { /* below a page, since it was closed; without one (at: 0) all that are locked */
    .name = "month.part_later", .in = &kept_form, .out = &kept_form,
    .sql = "SELECT COUNT(*) AS times FROM month_report WHERE month = :month AND path > :path AND path < :path_end"
           " AND locked > 0 AND locked_at > :at",
};

/* ---- one month -------------------------------------------------------------------------------- */

/* "2026-08-31" of what is kept, as the morrow if it is the last day. */
static Date day_in(const json_t *body, const char *name, int more)
{
    Date d = date_parse(str_of(json_string_value(json_object_get(body, name))));
    return d.day ? date_plus(d, more) : d;
}

static Str text_in(Ctx *c, const json_t *body, const char *name)
{
    return str_copy(c->mem, str_of(json_string_value(json_object_get(body, name))));
}

static void from_body(Ctx *c, const Kept *k, bool page, Part *p)
{
    json_t *body = json_loadb(k->body.s, k->body.n, 0, NULL);
    p->since = day_in(body, "since", 0);
    p->until = day_in(body, "until", 1);
    p->name = text_in(c, body, "name");
    if (page) lines_read(&p->lines, str_of(json_string_value(json_object_get(body, "total"))));
    else p->analysis = text_in(c, body, "analysis");
    json_decref(body);
    p->version = k->version;
    p->digest = k->digest;
}

/* Alone a correction is shown as it was handed in; in a sum the locked version counts until it is locked. */
static bool of_report(Ctx *c, const Report *r, const Kept *k, Part *p)
{
    bool correcting = str_eq(k->state, S("correcting"));
    bool handed = str_eq(k->state, S("submitted")) || (correcting && r->month == r->to);
    if (k->locked == 0 && !handed) return false;
    from_body(c, k, false, p);
    p->from = handed ? k->state : S("locked");
    p->version = handed ? k->version : k->locked;
    lines_read(&p->lines, handed ? k->handed : k->lines);
    p->corrections = k->times > 1 ? k->times - 1 : 0;
    if (p->corrections || (handed && correcting)) p->reason = k->reason;
    p->pending = correcting && !handed;
    return true;
}

static int64_t locked_since(Ctx *c, const Report *r, int64_t month, Time at)
{
    Kept ask = { .path = r->path, .path_end = path_end(c->mem, r->path), .month = month, .at = at };
    return db_find(c, &q_part_later, &ask, &ask) ? ask.times : 0;
}

static void of_closing(Ctx *c, const Report *r, const Kept *k, Part *p)
{
    from_body(c, k, true, p);
    p->from = S("closed");
    p->corrections = k->version - 1;
    if (p->corrections) p->reason = k->reason;
    p->later = locked_since(c, r, k->month, k->at);
}

/* Nothing of it is kept. */
static void counted(Ctx *c, const Org *org, const Report *r, Part *p)
{
    report_days(c, org, p->month, &p->since, &p->until);
    p->from = p->since.day > c->today.day ? S("ahead") : S("open");
    if (r->tree && locked_since(c, r, p->month, (Time){ 0 })) {
        p->from = S("network");
        month_network(c, org, p->month, p);
        return;
    }
    Report one = { .tree = r->tree, .month = p->month, .to = p->month };
    report_read(c, org, &one);
    p->lines = one.lines;
}

/* ---- several ---------------------------------------------------------------------------------- */

/* What stands at an end is the last month's; what stands at the beginning, the first one's. */
static void join(Lines *sum, const Part *p, bool first)
{
    static const Line starts[] = { LINE_CARRIED_IN, LINE_UNDECIDED_IN };
    static const Line ends[] = { LINE_CARRIED_OUT, LINE_UNDECIDED_OUT, LINE_LATE_OPEN, LINE_MEDIATORS_FULL,
                                 LINE_MEDIATORS_PART };
    Lines l = p->lines;
    lines_open(&l);
    for (size_t i = 0; i < COUNT(starts) && !first; i++) l.n[starts[i]] = 0;
    for (size_t i = 0; i < COUNT(ends); i++) sum->n[ends[i]] = 0;
    lines_add(sum, &l, 1);
}

static void close_sum(Lines *sum)
{
    Sum start = { .open = sum->n[LINE_CARRIED_IN], .undecided = sum->n[LINE_UNDECIDED_IN] };
    Sum end = { .open = sum->n[LINE_CARRIED_OUT], .undecided = sum->n[LINE_UNDECIDED_OUT],
                .late = sum->n[LINE_LATE_OPEN] };
    lines_close(sum, &start, &end);
}

static const Kept *kept_of(Rows kept, int64_t month)
{
    for (size_t i = 0; i < kept.n; i++) {
        const Kept *k = (const Kept *)kept.at + i;
        if (k->month == month) return k;
    }
    return NULL;
}

static void take(Ctx *c, const Org *org, Report *r, const Kept *k, Part *p)
{
    bool kept = k && (r->tree || of_report(c, r, k, p));
    if (k && r->tree) of_closing(c, r, k, p);
    if (!kept) counted(c, org, r, p);
    if (p->since.day == 0) report_days(c, org, p->month, &p->since, &p->until);
}

void report_stand(Ctx *c, const Org *org, Report *r)
{
    size_t n = 0, cap = 0;
    *r = (Report){ .org = org->id, .name = org->name, .path = org->path, .kind = org->kind,
                   .region = org->region, .level = org->level, .tree = r->tree, .month = r->month,
                   .to = r->to };
    Kept ask = { .org_id = org->id, .path = org->path, .from = r->month, .to = r->to };
    Rows kept = db_list(c, r->tree ? &q_part_closings : &q_part_reports, &ask);
    for (int64_t m = r->month; m <= r->to && ok(c); m = period_plus(m, 1), n++) {
        Part *p = rows_push(c->mem, &r->parts, &cap, sizeof *p);
        *p = (Part){ .month = m };
        take(c, org, r, kept_of(kept, m), p);
        if (n) p->gap = p->lines.n[LINE_CARRIED_IN] - p[-1].lines.n[LINE_CARRIED_OUT];
        join(&r->lines, p, n == 0);
        if (p->name.n) r->name = p->name;
        if (n == 0) r->since = p->since;
        r->until = p->until;
    }
    close_sum(&r->lines);
    if (n == 1) r->analysis = ((const Part *)r->parts.at)->analysis;
}
