/* Who is to be covered, and by whom: one text of SQL for each kind of subject. */
#include "core/audit.h"
#include "core/limits.h"
#include "core/reference.h"
#include "core/tx.h"
#include "law/org_kind.h"
#include "oversight/coverage/coverage.h"
#include "register/organisations/org_dated.h"

static const Code subject_rows[] = {
#define AS_CODE(n, zh, en) { #n, zh, en },
    COVER_SUBJECTS(AS_CODE)
#undef AS_CODE
};
const Codes cover_subjects = { "cover_subjects", subject_rows, COUNT(subject_rows), NULL };

static const Field covered_fields[] = {
    FIELD(Covered, id,       .label = "编号",     .en = "number"),
    FIELD(Covered, code,     .label = "区划代码", .en = "code of the place"),
    FIELD(Covered, name,     .label = "名称",     .en = "name"),
    FIELD(Covered, region,   .label = "地区",     .en = "region"),
    FIELD(Covered, place,    .label = "所在地",   .en = "place"),
    FIELD(Covered, staff,    .label = "用工人数", .en = "staff"),
    FIELD(Covered, org_id,   .label = "调解组织", .en = "organisation"),
    FIELD(Covered, org_name, .label = "组织名称", .en = "its name"),
    FIELD(Covered, met,      .label = "已建成",   .en = "has one"),
};
const Form covered_form = FORM(Covered, covered_fields);

/* ---- what the queries are asked ---------------------------------------------------- */

typedef struct Find {
    Str     region, region_end, subject, kinds, need;
    Date    day;
    int64_t labour, staff_min, missing, digits;
    Id      after;
} Find;

static const Field find_fields[] = {
    FIELD(Find, region,     .label = "地区",     .en = "region"),
    FIELD(Find, region_end, .label = "地区末",   .en = "end of region"),
    FIELD(Find, subject,    .label = "对象",     .en = "subject"),
    FIELD(Find, kinds,      .label = "机构类别", .en = "kinds"),
    FIELD(Find, need,       .label = "要求",     .en = "need"),
    FIELD(Find, day,        .label = "日期",     .en = "day"),
    FIELD(Find, labour,     .label = "劳动密集", .en = "labour-intensive"),
    FIELD(Find, staff_min,  .label = "人数",     .en = "staff"),
    FIELD(Find, missing,    .label = "未建",     .en = "missing"),
    FIELD(Find, digits,     .label = "位数",     .en = "digits"),
    FIELD(Find, after,      .label = "接续",     .en = "after"),
};
static const Form find_form = FORM(Find, find_fields);

typedef struct Sum {
    int64_t eligible, met;
} Sum;
static const Field sum_fields[] = {
    FIELD(Sum, eligible, .label = "应建", .en = "eligible"),
    FIELD(Sum, met,      .label = "已建", .en = "met"),
};
static const Form sum_form = FORM(Sum, sum_fields);

/* ---- SQL --------------------------------------------------------------------------------- */

/* Of an organisation `o` on :day. */
#define OF_KIND " ' ' || :kinds || ' ' LIKE '% ' || o.kind || ' %'"
#define WORKS \
    " COALESCE((SELECT s.status FROM standing s WHERE s.subject = o.id AND s.day <= :day" \
    " ORDER BY s.day DESC, s.id DESC LIMIT 1), '') IN ('ACTIVE', 'GOLD')"
#define HAS_SIX \
    " COALESCE((SELECT s.event FROM standing s WHERE s.subject = o.id AND s.day <= :day" \
    " AND s.event IN ('six_all', 'six_some') ORDER BY s.day DESC, s.id DESC LIMIT 1), '') = 'six_all'"
#define HAS_WINDOW \
    " EXISTS(SELECT 1 FROM org_window w WHERE w.org_id = o.id AND w.keeper <> '' AND w.from_day <= :day" \
    " AND (w.to_day IS NULL OR w.to_day > :day))"
#define IS_PILOT \
    " EXISTS(SELECT 1 FROM org_honour h WHERE h.org_id = o.id AND h.kind = 'PILOT' AND h.from_day <= :day" \
    " AND (h.to_day IS NULL OR h.to_day > :day))"
#define FITS \
    " (:need IN ('', 'GUIDED') OR (:need = 'SIX' AND" HAS_SIX ") OR (:need = 'WINDOW' AND" HAS_WINDOW ")" \
    " OR (:need = 'PILOT' AND" IS_PILOT "))"
#define COVERS OF_KIND " AND" WORKS " AND" FITS
#define STAFF_ON_DAY \
    " COALESCE((SELECT n.staff FROM employer_staff n WHERE n.employer_id = e.id AND n.day <= :day" \
    " ORDER BY n.day DESC, n.id DESC LIMIT 1), (SELECT n.staff FROM employer_staff n WHERE n.employer_id = e.id" \
    " ORDER BY n.day, n.id LIMIT 1), e.staff)"

/* Most employers have never changed: those are not looked for twice. */
#define IN_BUSINESS_ON_DAY \
    " CASE WHEN e.id NOT IN (SELECT y.employer_id FROM employer_status y) THEN e.status ELSE" \
    " COALESCE((SELECT n.status FROM employer_status n WHERE n.employer_id = e.id AND n.day <= :day" \
    " ORDER BY n.day DESC, n.id DESC LIMIT 1), (SELECT n.was FROM employer_status n WHERE n.employer_id = e.id" \
    " ORDER BY n.day, n.id LIMIT 1), e.status) END = 'ACTIVE'"

#define TRADE_ON_DAY(what, now_is) \
    " COALESCE((SELECT n." what " FROM employer_trade n WHERE n.employer_id = e.id AND n.day <= :day" \
    " ORDER BY n.day DESC, n.id DESC LIMIT 1), (SELECT n.was_" what " FROM employer_trade n" \
    " WHERE n.employer_id = e.id ORDER BY n.day, n.id LIMIT 1), e." now_is ")"
#define BETWEEN(region) region " >= :region AND " region " < :region_end"

#define EMPLOYERS_OF(region) \
    "SELECT e.id AS id, e.name AS name," region " AS region," STAFF_ON_DAY " AS staff," \
    " COALESCE((SELECT MIN(o.id) FROM org o WHERE o.employer_id = e.id AND" COVERS "), 0) AS org_id" \
    " FROM employer e WHERE" IN_BUSINESS_ON_DAY " AND e.merged_into = 0 AND" STAFF_ON_DAY " >= :staff_min AND "
/* Apart, for most have kept their place and trade: PostgreSQL would join them all with those that were
** here, row by row. */
#define THE_EMPLOYERS \
    EMPLOYERS_OF(" e.region") BETWEEN("e.region") " AND e.labour_intensive >= :labour" \
    " AND e.id NOT IN (SELECT y.employer_id FROM employer_trade y)"
#define THE_MOVED \
    EMPLOYERS_OF(TRADE_ON_DAY("region", "region")) "e.id IN (SELECT z.employer_id FROM employer_trade z WHERE " \
    BETWEEN("z.was_region") " UNION SELECT z.employer_id FROM employer_trade z WHERE " BETWEEN("z.region") ")" \
    " AND" BETWEEN(TRADE_ON_DAY("region", "region")) " AND" TRADE_ON_DAY("intensive", "labour_intensive") " >= :labour"
#define UNIT_ON_DAY(what) \
    " COALESCE((SELECT n." what " FROM cover_unit_change n WHERE n.unit_id = u.id AND n.day <= :day" \
    " ORDER BY n.day DESC, n.id DESC LIMIT 1), (SELECT n.was_" what " FROM cover_unit_change n" \
    " WHERE n.unit_id = u.id ORDER BY n.day, n.id LIMIT 1), u." what ")"
#define THE_UNITS \
    "SELECT u.id AS id, u.name AS name, u.region AS region, 0 AS staff," \
    " COALESCE((SELECT MIN(o.id) FROM org o WHERE o.id =" UNIT_ON_DAY("org_id") " AND" COVERS "), 0) AS org_id" \
    " FROM cover_unit u WHERE u.kind = :subject AND u.region >= :region AND u.region < :region_end" \
    " AND u.from_day <= :day AND (u.to_day IS NULL OR u.to_day > :day)" \
    " AND (:need <> 'GUIDED' OR (" UNIT_ON_DAY("guided") " = 1 AND " UNIT_ON_DAY("working") " = 1))"
#define THE_INSTITUTES \
    "SELECT a.id AS id, a.name AS name, " ORG_SEAT("a", ":day") " AS region, 0 AS staff," \
    " COALESCE((SELECT MIN(o.id) FROM org o WHERE" ORG_EVER_IN("o") " AND " ORG_SEAT("o", ":day") " = " \
    ORG_SEAT("a", ":day") " AND o.level <= 3 AND" COVERS "), 0) AS org_id" \
    " FROM org a WHERE a.kind = 'ARB' AND" ORG_EVER_IN("a") " AND " BETWEEN(ORG_SEAT("a", ":day"))
#define THE_ORGS \
    "SELECT o.id AS id, o.name AS name, " ORG_SEAT("o", ":day") " AS region, 0 AS staff," \
    " CASE WHEN" FITS " THEN o.id ELSE 0 END AS org_id" \
    " FROM org o WHERE" ORG_EVER_IN("o") " AND " BETWEEN(ORG_SEAT("o", ":day")) " AND" OF_KIND " AND" WORKS

#define COUNT_OF(word, text) \
    { .name = "coverage.count_" word, .in = &find_form, .out = &sum_form, \
      .sql = "SELECT COUNT(*) AS eligible," \
             " CAST(COALESCE(SUM(CASE WHEN x.org_id <> 0 THEN 1 ELSE 0 END), 0) AS BIGINT) AS met FROM (" text ") x" }
#define PAGE_OF(word, text) \
    { .name = "coverage.page_" word, .in = &find_form, .out = &covered_form, \
      .sql = "SELECT x.id, x.name, x.region, CAST(x.staff AS BIGINT) AS staff, CAST(x.org_id AS BIGINT) AS org_id," \
             " COALESCE(c.name, '') AS org_name FROM (" text ") x LEFT JOIN org c ON c.id = x.org_id" \
             " WHERE x.id > :after AND (:missing = 0 OR x.org_id = 0) ORDER BY x.id LIMIT 200" }

enum { COUNTY_DIGITS = 6, TOWN_DIGITS = 9 };
enum { BY_EMPLOYER, BY_UNIT, BY_INSTITUTE, BY_ORG, BY_MOVED, BY__COUNT };
static const Query counts[BY__COUNT] = {
    COUNT_OF("employers", THE_EMPLOYERS), COUNT_OF("units", THE_UNITS), COUNT_OF("institutes", THE_INSTITUTES),
    COUNT_OF("orgs", THE_ORGS), COUNT_OF("moved", THE_MOVED),
};
static const Query pages[BY__COUNT] = {
    PAGE_OF("employers", THE_EMPLOYERS), PAGE_OF("units", THE_UNITS), PAGE_OF("institutes", THE_INSTITUTES),
    PAGE_OF("orgs", THE_ORGS), PAGE_OF("moved", THE_MOVED),
};
/* The places that have one: by the areas that the organisations serve. */
static const Query q_places = {
    .name = "coverage.places", .in = &find_form, .out = &covered_form,
    .sql = "SELECT o.id AS org_id, o.name AS org_name, r.area AS code FROM org_area r JOIN org o ON o.id = r.org_id"
           " WHERE r.area >= :region AND r.area < :region_end AND LENGTH(r.area) = :digits AND" ORG_AREA_HELD("r")
           " AND" COVERS
           " ORDER BY r.area, o.id LIMIT 10000",
};

static int by_of(CoverSubject s)
{
    static const int by[COVER__COUNT] = {
        [COVER_EMPLOYER] = BY_EMPLOYER, [COVER_CHAMBER] = BY_UNIT, [COVER_ZONE] = BY_UNIT,
        [COVER_ARB] = BY_INSTITUTE, [COVER_ORG] = BY_ORG,
        [COVER_TOWNSHIP] = BY__COUNT, [COVER_COUNTY] = BY__COUNT,
    };
    return by[s];
}

/* ---- counting -------------------------------------------------------------------------------- */

static Str mediating_kinds(Ctx *c)
{
    Out o = { .buf = NEW(c->mem, char, 400), .cap = 400 };
    for (unsigned k = 0; k < ORG_ARB; k++) {
        if (k) out_str(&o, S(" "));
        out_str(&o, str_of(org_kind_word((OrgKind)k)));
    }
    return out_view(&o);
}

static Find find_of(Ctx *c, const CoverAsk *ask, Str region)
{
    const Target *t = ask->target;
    Find f = { .region = region, .region_end = range_end(c->mem, region), .day = ask->day, .need = t->need,
               .subject = cover_subject_word(t->subject), .labour = t->labour_intensive,
               .staff_min = t->staff_min, .missing = ask->missing, .after = ask->after };
    f.kinds = str_eq(t->kinds, S("*")) ? mediating_kinds(c) : t->kinds;
    f.digits = t->subject == COVER_TOWNSHIP ? TOWN_DIGITS : COUNTY_DIGITS;
    return f;
}

/* An ordinary place: in force, of so many digits, no placeholder or zone. */
static bool is_place(Ctx *c, const Place *p, int64_t digits)
{
    const Places *places = &c->law->places;
    if (p->digits != digits || p->gone) return false;
    Csv row;
    place_row(places, p, c->mem, &row);
    return csv_cell(&row, S("flag")).n == 0;
}

static const Covered *covering(Rows rows, Str code)
{
    const Covered *row = rows.at;
    for (size_t i = 0; i < rows.n; i++) {
        if (str_eq(row[i].code, code)) return &row[i];
    }
    return NULL;
}

typedef struct Found {
    Rows   rows;
    size_t cap;
} Found;

static void add_place(Ctx *c, const CoverAsk *ask, Str code, const Covered *by, Found *all)
{
    if (ask->missing && by) return;
    Covered *row = rows_push(c->mem, &all->rows, &all->cap, sizeof *row);
    *row = (Covered){ .code = code, .region = code, .met = by != NULL };
    row->name = region_name(&c->law->places, c->mem, code);
    if (by) row->org_id = by->org_id;
    if (by) row->org_name = by->org_name;
}

/* All townships or counties of the area, with who serves each. */
static void add_places(Ctx *c, const CoverAsk *ask, Str region, Found *all)
{
    const Places *places = &c->law->places;
    Find f = find_of(c, ask, region);
    Rows there = db_list(c, &q_places, &f);
    PlaceSpan span = region_span(places, region);
    if (region.n == TOWN_DIGITS && f.digits == TOWN_DIGITS) {
        add_place(c, ask, region, covering(there, region), all);
    }
    for (size_t i = 0; ok(c) && i < span.n; i++) {
        const Place *p = &places->row[span.first + i];
        if (!is_place(c, p, f.digits)) continue;
        Out code = { .buf = NEW(c->mem, char, TOWN_DIGITS), .cap = TOWN_DIGITS };
        out_pad(&code, p->code, TOWN_DIGITS);
        Str word = { code.buf, (size_t)f.digits };
        add_place(c, ask, word, covering(there, word), all);
    }
}

static Rows places_list(Ctx *c, const CoverAsk *ask)
{
    Found all = { 0 };
    for (Str rest = ask->within; rest.n;) add_places(c, ask, str_cut(&rest, ' '), &all);
    return all.rows;
}

Cover cover_count(Ctx *c, const CoverAsk *ask)
{
    Cover sum = { 0 };
    int by = by_of(ask->target->subject);
    if (by == BY__COUNT) {
        Rows all = places_list(c, ask);
        const Covered *row = all.at;
        for (size_t i = 0; i < all.n; i++) sum.met += row[i].met;
        sum.of = (int64_t)all.n;
        return sum;
    }
    for (Str rest = ask->within; rest.n;) {
        Find f = find_of(c, ask, str_cut(&rest, ' '));
        Sum s = { 0 };
        (void)db_find(c, &counts[by], &f, &s);
        sum.of += s.eligible;
        sum.met += s.met;
        if (by != BY_EMPLOYER) continue;
        s = (Sum){ 0 };
        (void)db_find(c, &counts[BY_MOVED], &f, &s);
        sum.of += s.eligible;
        sum.met += s.met;
    }
    return sum;
}

/* A page of both, by their numbers. */
static Rows merged(Ctx *c, Rows a, Rows b)
{
    const Covered *left = a.at, *right = b.at;
    size_t i = 0, k = 0, cap = 0;
    Rows all = { 0 };
    while (all.n < PAGE_MAX && (i < a.n || k < b.n)) {
        bool first = k == b.n || (i < a.n && left[i].id.n < right[k].id.n);
        *(Covered *)rows_push(c->mem, &all, &cap, sizeof(Covered)) = first ? left[i++] : right[k++];
    }
    return all;
}

Rows cover_list(Ctx *c, const CoverAsk *ask)
{
    int by = by_of(ask->target->subject);
    Rows all = { 0 };
    size_t cap = 0;
    if (by == BY__COUNT) all = places_list(c, ask);
    for (Str rest = ask->within; by != BY__COUNT && rest.n && all.n < PAGE_MAX;) {
        Find f = find_of(c, ask, str_cut(&rest, ' '));
        Rows page = db_list(c, &pages[by], &f);
        if (by == BY_EMPLOYER) page = merged(c, page, db_list(c, &pages[BY_MOVED], &f));
        for (size_t i = 0; i < page.n && all.n < PAGE_MAX; i++) {
            *(Covered *)rows_push(c->mem, &all, &cap, sizeof(Covered)) = ((const Covered *)page.at)[i];
        }
    }
    Covered *row = all.at;
    for (size_t i = 0; i < all.n; i++) {
        row[i].met = row[i].org_id.n != 0;
        row[i].place = code_region_path(c, row[i].region);
    }
    return all;
}

/* ---- units: chambers, associations, development zones --------------------------------------- */

static const Code unit_kind_rows[] = {
    { "CHAMBER", "商（协）会", "chamber or association" }, { "ZONE", "开发区", "development zone" },
};
static const Codes unit_kinds = { "cover_unit_kinds", unit_kind_rows, COUNT(unit_kind_rows), NULL };

typedef struct CoverUnit {
    Id      id, org_id, after;
    Str     kind, name, region, region_end;
    bool    guided, working;
    Date    from_day, to_day;
    int64_t version;
} CoverUnit;

static Fault check_unit_region(const Ctx *c, Str text)
{
    bool known = text.n >= 6 && str_is_digits(text) && (!c->law || region_known(&c->law->places, text));
    return known ? FAULT_NONE : FAULT_NOT_CODE;
}

static const Field unit_fields[] = {
    FIELD(CoverUnit, id,       .label = "编号",     .en = "number", .rule = SERVER_SET),
    FIELD(CoverUnit, kind,     .label = "类别",     .en = "kind", .rule = REQUIRED, .codes = &unit_kinds),
    FIELD(CoverUnit, name,     .label = "名称",     .en = "name", .rule = REQUIRED, .min = 2, .max = 100),
    FIELD(CoverUnit, region,   .label = "所在地区", .en = "region", .rule = REQUIRED, .check = check_unit_region),
    FIELD(CoverUnit, guided,   .label = "工商联指导联系", .en = "guided by the federation"),
    FIELD(CoverUnit, working,  .label = "正常开展工作", .en = "at work"),
    FIELD(CoverUnit, org_id,   .label = "调解组织", .en = "its organisation"),
    FIELD(CoverUnit, from_day, .label = "成立日期", .en = "since"),
    FIELD(CoverUnit, to_day,   .label = "注销日期", .en = "until"),
    FIELD(CoverUnit, version,  .label = "版本",     .en = "version", .rule = SERVER_SET),
    FIELD(CoverUnit, after,      .label = "接续", .en = "after", .rule = HIDDEN),
    FIELD(CoverUnit, region_end, .label = "地区", .en = "region", .rule = HIDDEN),
};
static const Form unit_form = FORM(CoverUnit, unit_fields);

static const Field unit_find_fields[] = {
    FIELD(CoverUnit, kind,  .label = "类别", .en = "kind", .codes = &unit_kinds),
    FIELD(CoverUnit, after, .label = "接续", .en = "after"),
};
static const Form unit_find_form = {
    "CoverUnitFind", sizeof(CoverUnit), unit_find_fields, COUNT(unit_find_fields),
};

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE cover_unit("     /* who has no other register */
      "  id       INTEGER PRIMARY KEY,"
      "  kind     TEXT NOT NULL,"
      "  name     TEXT NOT NULL,"
      "  region   TEXT NOT NULL,"
      "  guided   INTEGER NOT NULL,"
      "  working  INTEGER NOT NULL,"
      "  org_id   INTEGER NOT NULL," /* 0: none */
      "  from_day TEXT NOT NULL,"
      "  to_day   TEXT,"
      "  version  INTEGER NOT NULL) STRICT;"
      "CREATE UNIQUE INDEX cover_unit_by_name ON cover_unit(kind, region, name);"
      "CREATE INDEX cover_unit_by_region ON cover_unit(region, id);" },
    { 2,
      "CREATE TABLE cover_unit_change("  /* what was otherwise before that day */
      "  id          INTEGER PRIMARY KEY,"
      "  unit_id     INTEGER NOT NULL REFERENCES cover_unit(id),"
      "  day         TEXT NOT NULL,"
      "  was_guided  INTEGER NOT NULL,"
      "  guided      INTEGER NOT NULL,"
      "  was_working INTEGER NOT NULL,"
      "  working     INTEGER NOT NULL,"
      "  was_org_id  INTEGER NOT NULL,"
      "  org_id      INTEGER NOT NULL) STRICT;"
      "CREATE INDEX cover_unit_change_by_day ON cover_unit_change(unit_id, day, id);" },
};
static const char *const keeps[] = { "cover_unit_change", NULL };

/* A unit from a day on. */
typedef struct UnitChange {
    Id   id, unit_id, was_org_id, org_id;
    Date day;
    bool was_guided, guided, was_working, working;
} UnitChange;
static const Field change_fields[] = {
    FIELD(UnitChange, id,          .label = "编号",     .en = "number"),
    FIELD(UnitChange, unit_id,     .label = "单位",     .en = "unit"),
    FIELD(UnitChange, day,         .label = "日期",     .en = "from"),
    FIELD(UnitChange, was_guided,  .label = "此前受指导", .en = "guided before"),
    FIELD(UnitChange, guided,      .label = "受指导",   .en = "guided"),
    FIELD(UnitChange, was_working, .label = "此前开展工作", .en = "at work before"),
    FIELD(UnitChange, working,     .label = "开展工作", .en = "at work"),
    FIELD(UnitChange, was_org_id,  .label = "此前组织", .en = "organisation before"),
    FIELD(UnitChange, org_id,      .label = "组织",     .en = "organisation"),
};
static const Form change_form = FORM(UnitChange, change_fields);

#define UNIT_COLUMNS "id, kind, name, region, guided, working, org_id, from_day, to_day, version"
static const Query q_unit_add = {
    .name = "coverage.unit_add", .in = &unit_form, .clash = ERR_CLASH,
    .sql = "INSERT INTO cover_unit(" UNIT_COLUMNS ") VALUES(:id, :kind, :name, :region, :guided, :working, :org_id,"
           " :from_day, :to_day, :version)",
};
static const Query q_unit_edit = {
    .name = "coverage.unit_edit", .in = &unit_form, .clash = ERR_CLASH,
    .sql = "UPDATE cover_unit SET name = :name, region = :region, guided = :guided, working = :working,"
           " org_id = :org_id, from_day = :from_day, to_day = :to_day, version = :version WHERE id = :id",
};
static const Query q_unit = {
    .name = "coverage.unit", .in = &unit_form, .out = &unit_form,
    .sql = "SELECT " UNIT_COLUMNS " FROM cover_unit WHERE id = :id",
};
static const Query q_unit_change = {
    .name = "coverage.unit_change", .in = &change_form, .quiet = true,
    .sql = "INSERT INTO cover_unit_change(id, unit_id, day, was_guided, guided, was_working, working, was_org_id, org_id)"
           " VALUES(:id, :unit_id, :day, :was_guided, :guided, :was_working, :working, :was_org_id, :org_id)",
};
static const Filter unit_filters[] = { { "kind", " AND kind = :kind" } };
static const Query q_units = {
    .name = "coverage.units", .in = &unit_form, .out = &unit_form,
    .sql = "SELECT " UNIT_COLUMNS " FROM cover_unit WHERE region >= :region AND region < :region_end AND id > :after",
    .filter = unit_filters, .filters = COUNT(unit_filters), .tail = " ORDER BY id LIMIT 200",
};
static const Query *const queries[] = {
    &counts[BY_EMPLOYER], &counts[BY_UNIT], &counts[BY_INSTITUTE], &counts[BY_ORG], &pages[BY_EMPLOYER],
    &pages[BY_UNIT], &pages[BY_INSTITUTE], &pages[BY_ORG], &counts[BY_MOVED], &pages[BY_MOVED],
    &q_places, &q_unit_add, &q_unit_edit, &q_unit,
    &q_unit_change, &q_units, NULL,
};

/* Within the keeper's area, and its organisation one that can be seen. */
static void rule_unit(Ctx *c, const CoverUnit *u, Str area)
{
    Org o = { 0 };
    if (!ok(c)) return;
    if (!str_starts(u->region, area)) fault(c, S("region"), FAULT_NOT_ALLOWED);
    if (u->to_day.day && u->to_day.day < u->from_day.day) fault(c, S("to_day"), FAULT_ORDER);
    if (u->org_id.n == 0) return;
    if (!org_find(c, u->org_id, &o)) fault(c, S("org_id"), FAULT_NOT_KNOWN);
    else if (!org_sees(c, o.path)) fault(c, S("org_id"), FAULT_NOT_ALLOWED);
}

static void unit_add(Ctx *c)
{
    CoverUnit u = { .from_day = c->today, .version = 1 };
    (void)form_read(c, &unit_form, &u);
    tx_begin(c);
    rule_unit(c, &u, cover_area(c));
    u.id = id_next(c);
    audit_about(c, u.id);
    db_insert(c, &q_unit_add, &u);
    tag_version(c, u.version);
    reply_row(c, 201, &unit_form, &u);
    tx_end(c);
}

/* What an old snapshot counts stays as it was. */
static void note_unit(Ctx *c, const CoverUnit *u, const CoverUnit *was)
{
    bool same = u->guided == was->guided && u->working == was->working && u->org_id.n == was->org_id.n;
    if (!ok(c) || same) return;
    db_insert(c, &q_unit_change, &(UnitChange){
        .id = id_next(c), .unit_id = u->id, .day = c->today, .was_guided = was->guided, .guided = u->guided,
        .was_working = was->working, .working = u->working, .was_org_id = was->org_id, .org_id = u->org_id });
}

static void unit_edit(Ctx *c)
{
    CoverUnit u = { 0 };
    tx_begin(c);
    Str area = cover_area(c);
    (void)db_get(c, &q_unit, &(CoverUnit){ .id = arg_id(c, 0) }, &u);
    if (ok(c) && !str_starts(u.region, area)) fail(c, ERR_FORBIDDEN, u.region);
    match_version(c, u.version);
    const CoverUnit was = u;
    (void)form_read(c, &unit_form, &u);
    if (ok(c) && !str_eq(u.kind, was.kind)) fault(c, S("kind"), FAULT_NOT_ALLOWED);
    rule_unit(c, &u, area);
    u.version++;
    audit_about(c, u.id);
    db_change(c, &q_unit_edit, &u);
    note_unit(c, &u, &was);
    tag_version(c, u.version);
    reply_row(c, 200, &unit_form, &u);
    tx_end(c);
}

static void unit_list(Ctx *c)
{
    CoverUnit ask = { 0 };
    (void)form_read_query(c, &unit_find_form, &ask);
    ask.region = cover_area(c);
    ask.region_end = range_end(c->mem, ask.region);
    Rows rows = db_list(c, &q_units, &ask);
    reply_page(c, &unit_form, rows, PAGE_MAX, offsetof(CoverUnit, id));
}

static const Route routes[] = {
    { "GET", "/api/v1/coverage-units", COVER_KEEPERS, unit_list, .zh = "商（协）会与开发区名录",
      .en = "chambers and development zones", .query = &unit_find_form, .out = &unit_form, .list = true },
    { "POST", "/api/v1/coverage-units", COVER_KEEPERS, unit_add, .zh = "登记商（协）会、开发区",
      .en = "enter a chamber or a zone", .in = &unit_form, .out = &unit_form },
    { "PATCH", "/api/v1/coverage-units/:id", COVER_KEEPERS, unit_edit, .zh = "修改商（协）会、开发区",
      .en = "change a chamber or a zone", .in = &unit_form, .out = &unit_form },
};

const Slice cover_rows_slice = {
    .name = "cover_rows", .route = routes, .routes = COUNT(routes), .query = queries, .migration = migrations,
    .migrations = COUNT(migrations), .keeps = keeps,
};
