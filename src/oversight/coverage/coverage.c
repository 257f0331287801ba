/* The board: each target that touches the viewer's area, on any day. */
#include "oversight/coverage/coverage.h"

#include "core/audit.h"
#include "core/limits.h"
#include "core/reference.h"
#include "core/tx.h"
#include "register/organisations/organisations.h"

/* A target as it stands. */
typedef struct CoverLine {
    Id      id;        /* of a snapshot */
    Str     code, zh, en, subject, need, lead, basis;
    Str     within;    /* words: where it was counted */
    Str     place;     /* written out */
    Date    day, due;
    int64_t share_bp, least;
    int64_t eligible, met, needed, missing, rate_bp;
    bool    reached, late;
    int64_t days;      /* until it is due; below 0: since */
    Time    taken;     /* of a snapshot */
    Id      actor, after;
    Str     area, area_end;
} CoverLine;

static const Field line_fields[] = {
    FIELD(CoverLine, id,       .label = "快照编号",   .en = "snapshot"),
    FIELD(CoverLine, code,     .label = "目标",       .en = "target"),
    FIELD(CoverLine, zh,       .label = "内容",       .en = "what is asked"),
    FIELD(CoverLine, en,       .label = "英文",       .en = "in English"),
    FIELD(CoverLine, subject,  .label = "对象",       .en = "who is covered", .codes = &cover_subjects),
    FIELD(CoverLine, need,     .label = "要求",       .en = "need"),
    FIELD(CoverLine, lead,     .label = "牵头部门",   .en = "departments in the lead", .rule = MANY, .codes = &org_kinds),
    FIELD(CoverLine, within,   .label = "统计范围",   .en = "counted in", .rule = MANY),
    FIELD(CoverLine, place,    .label = "地区",       .en = "place"),
    FIELD(CoverLine, day,      .label = "快照日期",   .en = "as of"),
    FIELD(CoverLine, due,      .label = "完成期限",   .en = "due"),
    FIELD(CoverLine, share_bp, .label = "目标比例（万分之）", .en = "share asked, 1/10000"),
    FIELD(CoverLine, least,    .label = "目标数量",   .en = "number asked"),
    FIELD(CoverLine, eligible, .label = "应建数",     .en = "eligible"),
    FIELD(CoverLine, met,      .label = "已建数",     .en = "established"),
    FIELD(CoverLine, needed,   .label = "达标需建数", .en = "needed to reach it"),
    FIELD(CoverLine, missing,  .label = "尚缺数",     .en = "missing"),
    FIELD(CoverLine, rate_bp,  .label = "覆盖率（万分之，四舍五入）", .en = "share there, 1/10000, rounded"),
    FIELD(CoverLine, reached,  .label = "已达标",     .en = "reached"),
    FIELD(CoverLine, late,     .label = "逾期未达标", .en = "overdue"),
    FIELD(CoverLine, days,     .label = "距期限天数", .en = "days left"),
    FIELD(CoverLine, basis,    .label = "依据",       .en = "basis"),
    FIELD(CoverLine, taken,    .label = "留存时间",   .en = "kept at"),
    FIELD(CoverLine, actor,    .label = "留存人",     .en = "kept by"),
    FIELD(CoverLine, after,    .label = "接续", .en = "after", .rule = HIDDEN),
    FIELD(CoverLine, area,     .label = "范围", .en = "area", .rule = HIDDEN),
    FIELD(CoverLine, area_end, .label = "范围", .en = "area", .rule = HIDDEN),
};
static const Form line_form = FORM(CoverLine, line_fields);

typedef struct CoverFind {
    Date day;
    Str  code, region;
    bool missing;
    Id   after;
} CoverFind;

static Fault check_area(const Ctx *c, Str text)
{
    (void)c;
    bool good = str_is_digits(text) && (text.n == 2 || text.n == 4 || text.n == 6 || text.n == 9);
    return good ? FAULT_NONE : FAULT_NOT_CODE;
}

static const Field board_fields[] = {
    FIELD(CoverFind, day,    .label = "快照日期", .en = "as of", .rule = NOT_FUTURE),
    FIELD(CoverFind, region, .label = "地区",     .en = "only this area", .check = check_area),
};
static const Form board_form = { "CoverageFind", sizeof(CoverFind), board_fields, COUNT(board_fields) };

static const Field rows_fields[] = {
    FIELD(CoverFind, day,     .label = "快照日期", .en = "as of", .rule = NOT_FUTURE),
    FIELD(CoverFind, region,  .label = "地区",     .en = "only this area", .check = check_area),
    FIELD(CoverFind, missing, .label = "仅未建",   .en = "only those missing"),
    FIELD(CoverFind, after,   .label = "接续",     .en = "after"),
};
static const Form rows_form = { "CoveredFind", sizeof(CoverFind), rows_fields, COUNT(rows_fields) };

static const Field keep_fields[] = {
    FIELD(CoverFind, day, .label = "快照日期", .en = "as of", .rule = NOT_FUTURE),
};
static const Form keep_form = { "CoverageKeep", sizeof(CoverFind), keep_fields, COUNT(keep_fields) };

static const Field kept_fields[] = {
    FIELD(CoverFind, code,  .label = "目标", .en = "target", .max = 40),
    FIELD(CoverFind, after, .label = "接续", .en = "after"),
};
static const Form kept_form = { "CoverageKeptFind", sizeof(CoverFind), kept_fields, COUNT(kept_fields) };

/* What a department in the lead has on its hands. */
typedef struct CoverLead {
    Str     lead;
    int64_t targets, reached, late, missing;
} CoverLead;

static const Field lead_fields[] = {
    FIELD(CoverLead, lead,    .label = "牵头部门",   .en = "department in the lead", .codes = &org_kinds),
    FIELD(CoverLead, targets, .label = "牵头目标数", .en = "targets"),
    FIELD(CoverLead, reached, .label = "已达标",     .en = "reached"),
    FIELD(CoverLead, late,    .label = "逾期未达标", .en = "overdue"),
    FIELD(CoverLead, missing, .label = "尚缺数合计", .en = "missing in all"),
};
static const Form lead_form = FORM(CoverLead, lead_fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE cover_snapshot("   /* what was counted, and is reported for good */
      "  id       INTEGER PRIMARY KEY,"
      "  code     TEXT NOT NULL,"
      "  area     TEXT NOT NULL,"      /* whose */
      "  within   TEXT NOT NULL,"
      "  day      TEXT NOT NULL,"
      "  due      TEXT NOT NULL,"
      "  share_bp INTEGER NOT NULL,"   /* what was asked then */
      "  least    INTEGER NOT NULL,"
      "  eligible INTEGER NOT NULL,"
      "  met      INTEGER NOT NULL,"
      "  reached  INTEGER NOT NULL,"
      "  taken    INTEGER NOT NULL,"
      "  actor    INTEGER NOT NULL) STRICT;"
      "CREATE INDEX cover_snapshot_by_area ON cover_snapshot(area, id);"
      "CREATE INDEX cover_snapshot_by_code ON cover_snapshot(code, id);" },
};
static const char *const keeps[] = { "cover_snapshot", NULL };

static const Query q_keep = {
    .name = "coverage.keep", .in = &line_form,
    .sql = "INSERT INTO cover_snapshot(id, code, area, within, day, due, share_bp, least, eligible, met, reached, taken,"
           " actor) VALUES(:id, :code, :area, :within, :day, :due, :share_bp, :least, :eligible, :met, :reached, :taken,"
           " :actor)",
};
static const Filter kept_filters[] = { { "code", " AND code = :code" } };
static const Query q_kept = {
    .name = "coverage.kept", .in = &line_form, .out = &line_form,
    .sql = "SELECT id, code, within, day, due, share_bp, least, eligible, met, reached, taken, actor"
           " FROM cover_snapshot WHERE area >= :area AND area < :area_end AND id > :after",
    .filter = kept_filters, .filters = COUNT(kept_filters), .tail = " ORDER BY id LIMIT 200",
};
static const Query *const queries[] = { &q_keep, &q_kept, NULL };

/* ---- whose area ---------------------------------------------------------------------- */

Str cover_area(Ctx *c)
{
    static const size_t digits[] = { 6, 2, 4, 6 };
    Org o = { 0 };
    if (!ok(c)) return (Str){ 0 };
    if (c->who.org.n && org_find(c, c->who.org, &o) && o.level <= 3) {
        return (Str){ o.region.s, digits[o.level] };
    }
    Str served = o.territory;
    Str area = str_cut(&served, ' ');
    if (area.n == 0) fail(c, ERR_FORBIDDEN, c->path);
    return area;
}

/* The area that is asked for, within the viewer's own. */
static Str narrowed(Ctx *c, Str area, Str asked)
{
    if (asked.n == 0 || !ok(c)) return area;
    if (!str_starts(asked, area)) fail(c, ERR_FORBIDDEN, asked);
    return asked;
}

const Target *cover_target(Ctx *c, Date day, Str area)
{
    if (!ok(c)) return NULL;
    const Target *t = target_find(&c->law->targets, c->arg[0], day);
    if (t && target_within(c->mem, t, area).n) return t;
    fail(c, ERR_NOT_FOUND, c->arg[0]);
    return NULL;
}

/* ---- a line --------------------------------------------------------------------------------- */

static Str place_of(Ctx *c, Str within)
{
    Out o = { .buf = NEW(c->mem, char, 1000), .cap = 1000 };
    while (within.n) {
        Str name = code_region_path(c, str_cut(&within, ' '));
        if (o.len && name.n) out_str(&o, S("、"));
        out_str(&o, name);
    }
    return out_view(&o);
}

static void fill(CoverLine *l, const Target *t, Cover n)
{
    l->eligible = n.of;
    l->met = n.met;
    l->needed = cover_needed(t, n);
    l->missing = cover_short(t, n);
    l->rate_bp = cover_share(n);
    l->reached = cover_reached(t, n);
    l->days = t->due.day - l->day.day;
    l->late = !l->reached && l->days < 0;
}

static CoverLine line_of(Ctx *c, const Target *t, Str within, Date day)
{
    CoverLine l = { .code = t->code, .zh = t->zh, .en = t->en, .subject = cover_subject_word(t->subject),
                    .need = t->need, .lead = t->lead, .basis = t->basis, .within = within, .day = day,
                    .due = t->due, .share_bp = t->share, .least = t->least };
    l.place = place_of(c, within);
    fill(&l, t, cover_count(c, &(CoverAsk){ .target = t, .within = within, .day = day }));
    return l;
}

/* A number that a whole region is to have is not asked of a part of it. */
static bool asked_of(const Target *t, Str area)
{
    if (t->least == 0) return true;
    for (Str rest = t->region; rest.n;) {
        if (str_starts(str_cut(&rest, ' '), area)) return true;
    }
    return false;
}

static Rows lines_of(Ctx *c, Str area, Date day)
{
    const Targets *list = &c->law->targets;
    Rows rows = { 0 };
    size_t cap = 0;
    for (size_t i = 0; ok(c) && i < list->n; i++) {
        const Target *t = &list->row[i];
        Str within = in_force(t->from, t->to, day) ? target_within(c->mem, t, area) : (Str){ 0 };
        if (within.n == 0 || !asked_of(t, area)) continue;
        *(CoverLine *)rows_push(c->mem, &rows, &cap, sizeof(CoverLine)) = line_of(c, t, within, day);
    }
    return rows;
}

/* ---- routes ------------------------------------------------------------------------------------ */

static void board(Ctx *c)
{
    CoverFind f = { .day = c->today };
    (void)form_read_query(c, &board_form, &f);
    Str area = narrowed(c, cover_area(c), f.region);
    if (!ok(c)) return;
    reply_rows(c, &line_form, lines_of(c, area, f.day), (Str){ 0 });
}

static CoverLead *lead_row(Ctx *c, Rows *rows, size_t *cap, Str lead)
{
    CoverLead *row = rows->at;
    for (size_t i = 0; i < rows->n; i++) {
        if (str_eq(row[i].lead, lead)) return &row[i];
    }
    row = rows_push(c->mem, rows, cap, sizeof *row);
    row->lead = lead;
    return row;
}

static void leads(Ctx *c)
{
    CoverFind f = { .day = c->today };
    (void)form_read_query(c, &board_form, &f);
    Str area = narrowed(c, cover_area(c), f.region);
    if (!ok(c)) return;
    Rows lines = lines_of(c, area, f.day), rows = { 0 };
    size_t cap = 0;
    for (size_t i = 0; i < lines.n; i++) {
        const CoverLine *l = (const CoverLine *)lines.at + i;
        for (Str rest = l->lead; rest.n;) {
            CoverLead *lead = lead_row(c, &rows, &cap, str_cut(&rest, ' '));
            lead->targets++;
            lead->reached += l->reached;
            lead->late += l->late;
            lead->missing += l->missing;
        }
    }
    reply_rows(c, &lead_form, rows, (Str){ 0 });
}

/* Statisticians see no names. */
static void without_names(const Ctx *c, Rows rows)
{
    Covered *row = rows.at;
    bool named = (c->who.roles & COVER_VIEWERS & ~(uint32_t)STATISTICIAN) != 0;
    for (size_t i = 0; !named && i < rows.n; i++) {
        if (row[i].code.n == 0) row[i].name = (Str){ 0 };
        row[i].org_name = (Str){ 0 };
        row[i].id = row[i].org_id = (Id){ 0 };
    }
}

static void covered(Ctx *c)
{
    CoverFind f = { .day = c->today };
    (void)form_read_query(c, &rows_form, &f);
    Str area = narrowed(c, cover_area(c), f.region);
    const Target *t = cover_target(c, f.day, area);
    if (!t) return;
    CoverAsk ask = { .target = t, .within = target_within(c->mem, t, area), .day = f.day,
        .missing = f.missing,
                     .after = f.after };
    Rows rows = cover_list(c, &ask);
    Out next = { .buf = NEW(c->mem, char, 24), .cap = 24 };
    Id last = rows.n ? ((const Covered *)rows.at)[rows.n - 1].id : (Id){ 0 };
    if (rows.n == PAGE_MAX && last.n) out_int(&next, last.n);
    without_names(c, rows);
    reply_rows(c, &covered_form, rows, out_view(&next));
}

/* ---- snapshots ------------------------------------------------------------------------------------- */

static void keep_line(Ctx *c, CoverLine *l, Str area)
{
    l->id = id_next(c);
    l->area = area;
    l->taken = now(c);
    l->actor = c->who.id;
    audit_about(c, l->id);
    db_insert(c, &q_keep, l);
}

static void snapshot(Ctx *c)
{
    CoverFind f = { .day = c->today };
    (void)form_read(c, &keep_form, &f);
    tx_begin(c);
    Str area = cover_area(c);
    Rows lines = ok(c) ? lines_of(c, area, f.day) : (Rows){ 0 };
    for (size_t i = 0; i < lines.n; i++) keep_line(c, (CoverLine *)lines.at + i, area);
    reply_rows(c, &line_form, lines, (Str){ 0 });
    if (ok(c)) c->status = 201;
    tx_end(c);
}

static void snapshots(Ctx *c)
{
    CoverFind f = { 0 };
    (void)form_read_query(c, &kept_form, &f);
    CoverLine ask = { .code = f.code, .after = f.after, .area = cover_area(c) };
    ask.area_end = range_end(c->mem, ask.area);
    Rows rows = db_list(c, &q_kept, &ask);
    CoverLine *l = rows.at;
    for (size_t i = 0; i < rows.n; i++) {
        const Target *t = target_find(&c->law->targets, l[i].code, l[i].day);
        Target then = t ? *t : (Target){ 0 };
        then.share = l[i].share_bp; /* as it was asked then */
        then.least = l[i].least;
        then.due = l[i].due;
        l[i].zh = then.zh;
        l[i].en = then.en;
        l[i].place = place_of(c, l[i].within);
        fill(&l[i], &then, (Cover){ l[i].eligible, l[i].met });
    }
    reply_page(c, &line_form, rows, PAGE_MAX, offsetof(CoverLine, id));
}

/* The night after a target was due, what was there on its last day is kept. */
static void keep_due(Ctx *c, Id arg)
{
    (void)arg;
    Date day = date_plus(c->today, -1);
    for (size_t i = 0; c->law && i < c->law->targets.n; i++) {
        const Target *t = &c->law->targets.row[i];
        if (t->due.day != day.day || !in_force(t->from, t->to, day)) continue;
        CoverLine l = line_of(c, t, t->region, day);
        Str region = t->region;
        keep_line(c, &l, str_cut(&region, ' '));
    }
}

/* ---- the slice ---------------------------------------------------------------------------------------- */

static const Route routes[] = {
    { "GET", "/api/v1/coverage", COVER_VIEWERS, board, .zh = "组织覆盖看板", .en = "the board of coverage",
      .query = &board_form, .out = &line_form, .list = true },
    { "GET", "/api/v1/coverage/:code/rows", COVER_VIEWERS, covered, .zh = "覆盖明细",
      .en = "who has an organisation and who is missing", .query = &rows_form, .out = &covered_form, .list = true },
    { "GET", "/api/v1/coverage-leads", COVER_VIEWERS, leads, .zh = "各牵头部门进度",
      .en = "progress of each department in the lead", .query = &board_form, .out = &lead_form, .list = true },
    { "GET", "/api/v1/coverage-snapshots", COVER_VIEWERS, snapshots, .zh = "留存的覆盖快照",
      .en = "snapshots that were kept", .query = &kept_form, .out = &line_form, .list = true },
    { "POST", "/api/v1/coverage-snapshots", HR | HEAD, snapshot, .zh = "留存覆盖快照", .en = "keep a snapshot",
      .in = &keep_form, .out = &line_form, .list = true },
};

static const JobKind jobs[] = {
    { .word = "coverage_due", .run = keep_due, .daily = "01:20" },
};

const Slice coverage_slice = {
    .name = "coverage", .route = routes, .routes = COUNT(routes), .query = queries, .migration = migrations,
    .migrations = COUNT(migrations), .keeps = keeps, .job = jobs, .jobs = COUNT(jobs),
};
