#include "register/organisations/organisations.h"

#include "core/audit.h"
#include "core/check.h"
#include "core/limits.h"
#include "core/tx.h"
#include "law/law.h"
#include "law/org_kind.h"
#include "register/employers/employers.h"
#include "register/organisations/org_check.h"
#include "register/organisations/org_dated.h"
#include "register/organisations/org_words.h"
#include "register/standing.h"

#include <string.h>

/* What a list is asked for, and what its query needs besides. */
typedef struct OrgFind {
    Id      id, parent_id, employer_id, org_id, after_id;
    Str     kind, status, region, name, seq3, path, path_end, after;
    Str     p2, p4, p6, p9, p12;         /* the region's beginnings: "" beyond its length */
    Str     region_end, name_end;
    int64_t limit, more;
} OrgFind;

static Fault check_territory(const Ctx *c, Str text);
static Fault check_industries(const Ctx *c, Str text);
static Fault check_area(const Ctx *c, Str text);
static Fault check_region(const Ctx *c, Str text);
static Fault check_seq3(const Ctx *c, Str text);

static const Field fields[] = {
    FIELD(Org, id,            .label = "编号",         .en = "number", .rule = SERVER_SET),
    FIELD(Org, parent_id,     .label = "上级机构",     .en = "parent"),
    FIELD(Org, path,          .label = "机构路径",     .en = "path", .rule = SERVER_SET),
    FIELD(Org, level,         .label = "层级",         .en = "level", .rule = REQUIRED, .min = 1, .max = 5,
          .help = "1 省 2 市 3 县（市、区） 4 乡镇（街道） 5 企业、村（社区）、站点",
          .help_en = "1 province, 2 city, 3 county, 4 town, 5 enterprise, village or station"),
    FIELD(Org, kind,          .label = "机构类别",     .en = "kind", .rule = REQUIRED, .codes = &org_kinds),
    FIELD(Org, name,          .label = "名称",         .en = "name", .rule = REQUIRED, .min = 2, .max = 100),
    FIELD(Org, short_name,    .label = "案号简称",     .en = "short name for case numbers", .max = 20),
    FIELD(Org, region,        .label = "所在地区",     .en = "region", .rule = REQUIRED, .check = check_region),
    FIELD(Org, seq3,          .label = "案号机构序号", .en = "number within the region", .check = check_seq3),
    FIELD(Org, address,       .label = "地址",         .en = "address"),
    FIELD(Org, phone,         .label = "电话",         .en = "phone", .max = 60),
    FIELD(Org, hours,         .label = "工作时间",     .en = "opening hours"),
    FIELD(Org, territory,     .label = "服务区域",     .en = "territory", .rule = MANY, .max = 2000,
          .check = check_territory,
          .help = "行政区划代码（2、4、6、9、12位），互不包含",
          .help_en = "division codes of 2, 4, 6, 9 or 12 digits, none within another"),
    FIELD(Org, industries,    .label = "服务行业",     .en = "industries", .rule = MANY, .max = 500,
          .check = check_industries,
          .help = "行业门类或者大类，如 C 或者 C13；不填为全部",
          .help_en = "sections or divisions, such as C or C13; empty: all"),
    FIELD(Org, scopes,        .label = "受理范围",     .en = "scope classes", .rule = MANY, .codes = &scope_classes),
    FIELD(Org, status,        .label = "状态",         .en = "status", .rule = SERVER_SET, .codes = &org_statuses),
    FIELD(Org, status_on,     .label = "状态起始日期", .en = "status since", .rule = SERVER_SET),
    FIELD(Org, six,           .label = "六有",         .en = "six haves", .rule = SERVER_SET | MANY, .codes = &six_haves),
    FIELD(Org, six_ok,        .label = "六有达标",     .en = "all six", .rule = SERVER_SET),
    FIELD(Org, six_on,        .label = "核查日期",     .en = "checked on", .rule = SERVER_SET),
    FIELD(Org, six_due,       .label = "下次核查期限", .en = "to be checked again by", .rule = SERVER_SET),
    FIELD(Org, capacity,      .label = "在办容量",     .en = "capacity", .max = 100000),
    FIELD(Org, open_load,     .label = "在办件数",     .en = "open cases", .rule = SERVER_SET),
    FIELD(Org, court_invited, .label = "特邀调解组织", .en = "invited by a court"),
    FIELD(Org, court_name,    .label = "邀请法院",     .en = "court", .max = 100),
    FIELD(Org, employer_id,   .label = "设立企业",     .en = "employer"),
    FIELD(Org, founders,      .label = "共建单位",     .en = "founding units", .rule = PROSE, .max = 500),
    FIELD(Org, founder_units, .label = "共建单位类别", .en = "kinds of the founding units", .rule = MANY,
          .codes = &org_kinds),
    FIELD(Org, lead_unit,     .label = "牵头部门",     .en = "department in the lead", .max = 100),
    FIELD(Org, lead_units,    .label = "牵头部门类别", .en = "kinds of the departments in the lead", .rule = MANY,
          .codes = &org_kinds),
    FIELD(Org, pilot,         .label = "试点",         .en = "pilot", .rule = SERVER_SET),
    FIELD(Org, published,     .label = "对外公布",     .en = "published"),
    FIELD(Org, takes_cases,   .label = "可承接案件",   .en = "takes cases", .rule = SERVER_SET),
    FIELD(Org, version,       .label = "版本",         .en = "version", .rule = SERVER_SET),
};
const Form org_form = FORM(Org, fields);

/* What anybody may read (R75; domain.md 12.7). */
static const Field public_fields[] = {
    FIELD(Org, id,            .label = "编号",         .en = "number"),
    FIELD(Org, kind,          .label = "机构类别",     .en = "kind", .codes = &org_kinds),
    FIELD(Org, name,          .label = "名称",         .en = "name"),
    FIELD(Org, region,        .label = "所在地区",     .en = "region"),
    FIELD(Org, address,       .label = "地址",         .en = "address"),
    FIELD(Org, phone,         .label = "电话",         .en = "phone"),
    FIELD(Org, hours,         .label = "工作时间",     .en = "opening hours"),
    FIELD(Org, territory,     .label = "服务区域",     .en = "territory", .rule = MANY),
    FIELD(Org, scopes,        .label = "受理范围",     .en = "scope classes", .rule = MANY, .codes = &scope_classes),
    FIELD(Org, court_invited, .label = "特邀调解组织", .en = "invited by a court"),
};
static const Form public_form = { "PublicOrg", sizeof(Org), public_fields, COUNT(public_fields) };

static const Field find_fields[] = {
    FIELD(OrgFind, kind,      .label = "机构类别", .en = "kind", .codes = &org_kinds),
    FIELD(OrgFind, status,    .label = "状态",     .en = "status", .codes = &org_statuses),
    FIELD(OrgFind, parent_id, .label = "上级机构", .en = "parent"),
    FIELD(OrgFind, region,    .label = "地区",     .en = "region served", .check = check_area),
    FIELD(OrgFind, name,      .label = "名称开头", .en = "beginning of the name", .max = 100),
    FIELD(OrgFind, after,     .label = "接着",     .en = "the page before's next", .max = 64),
    FIELD(OrgFind, limit,     .label = "条数",     .en = "rows", .min = 1, .max = PAGE_MAX),
    FIELD(OrgFind, after_id,    .label = "接着", .en = "after", .rule = HIDDEN),
    FIELD(OrgFind, id,          .label = "编号", .en = "number", .rule = HIDDEN),
    FIELD(OrgFind, org_id,      .label = "机构", .en = "organisation", .rule = HIDDEN),
    FIELD(OrgFind, employer_id, .label = "企业", .en = "employer", .rule = HIDDEN),
    FIELD(OrgFind, seq3,        .label = "序号", .en = "sequence", .rule = HIDDEN),
    FIELD(OrgFind, path,        .label = "范围", .en = "scope", .rule = HIDDEN),
    FIELD(OrgFind, path_end,    .label = "范围", .en = "scope", .rule = HIDDEN),
    FIELD(OrgFind, p2,          .label = "省",   .en = "province", .rule = HIDDEN),
    FIELD(OrgFind, p4,          .label = "市",   .en = "city", .rule = HIDDEN),
    FIELD(OrgFind, p6,          .label = "县",   .en = "county", .rule = HIDDEN),
    FIELD(OrgFind, p9,          .label = "乡",   .en = "township", .rule = HIDDEN),
    FIELD(OrgFind, p12,         .label = "村",   .en = "village", .rule = HIDDEN),
    FIELD(OrgFind, region_end,  .label = "地区", .en = "region", .rule = HIDDEN),
    FIELD(OrgFind, name_end,    .label = "名称", .en = "name", .rule = HIDDEN),
    FIELD(OrgFind, more,        .label = "增减", .en = "more", .rule = HIDDEN),
};
static const Form find_form = FORM(OrgFind, find_fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE org("
      "  id            INTEGER PRIMARY KEY,"
      "  parent_id     INTEGER NOT NULL,"     /* 0: a root */
      "  path          TEXT NOT NULL UNIQUE," /* the parent's and four characters */
      "  level         INTEGER NOT NULL CHECK(level BETWEEN 1 AND 5),"
      "  kind          TEXT NOT NULL,"
      "  name          TEXT NOT NULL,"
      "  short_name    TEXT NOT NULL,"        /* in case numbers */
      "  region        TEXT NOT NULL,"        /* of its seat, six digits */
      "  seq3          TEXT NOT NULL,"        /* in case numbers */
      "  address       TEXT NOT NULL,"
      "  phone         TEXT NOT NULL,"
      "  hours         TEXT NOT NULL,"
      "  territory     TEXT NOT NULL,"        /* codes, blanks between; org_region has one a row */
      "  industries    TEXT NOT NULL,"
      "  scopes        TEXT NOT NULL,"        /* SC1 … SC6 */
      "  status        TEXT NOT NULL,"
      "  status_on     TEXT NOT NULL,"
      "  six           TEXT NOT NULL,"        /* which of the six haves were found */
      "  six_ok        INTEGER NOT NULL,"
      "  six_on        TEXT,"
      "  capacity      INTEGER NOT NULL CHECK(capacity >= 0),"
      "  open_load     INTEGER NOT NULL,"     /* open cases, counted by the case */
      "  court_invited INTEGER NOT NULL,"
      "  court_name    TEXT NOT NULL,"
      "  employer_id   INTEGER NOT NULL,"     /* of an enterprise's committee, else 0 */
      "  founders      TEXT NOT NULL,"
      "  lead_unit     TEXT NOT NULL,"
      "  published     INTEGER NOT NULL,"
      "  takes_cases   INTEGER NOT NULL,"     /* mediates, and is ACTIVE or GOLD */
      "  version       INTEGER NOT NULL,"
      "  UNIQUE(region, seq3)) STRICT;"
      "CREATE INDEX org_by_parent ON org(parent_id, path);"
      "CREATE INDEX org_by_employer ON org(employer_id);"
      "CREATE TABLE org_region("              /* whom it serves: found by any beginning of a code */
      "  org_id INTEGER NOT NULL REFERENCES org(id),"
      "  area   TEXT NOT NULL,"
      "  PRIMARY KEY(area, org_id)) STRICT;"
      "CREATE VIEW org_name AS SELECT id AS org_id, name AS org_name FROM org;" /* for others' lists */
      "CREATE INDEX org_region_by_org ON org_region(org_id);" },
    { 2,
      "ALTER TABLE org ADD COLUMN six_due TEXT;"
      "ALTER TABLE org ADD COLUMN founder_units TEXT NOT NULL DEFAULT '';" /* words of kinds */
      "ALTER TABLE org ADD COLUMN lead_units TEXT NOT NULL DEFAULT '';"
      "ALTER TABLE org ADD COLUMN pilot INTEGER NOT NULL DEFAULT 0;"
      "CREATE INDEX org_by_due ON org(six_due, id);" },
};

#define COLUMNS "id, parent_id, path, level, kind, name, short_name, region, seq3, address, phone, hours, territory," \
    " industries, scopes, status, status_on, six, six_ok, six_on, capacity, open_load, court_invited, court_name," \
    " employer_id, founders, lead_unit, published, takes_cases, version, six_due, founder_units, lead_units, pilot"

static const Query q_add = {
    .name = "organisations.add", .in = &org_form, .clash = ERR_AGAIN,
    .sql = "INSERT INTO org(" COLUMNS ") VALUES(:id, :parent_id, :path, :level, :kind, :name, :short_name, :region,"
           " :seq3, :address, :phone, :hours, :territory, :industries, :scopes, :status, :status_on, :six, :six_ok,"
           " :six_on, :capacity, :open_load, :court_invited, :court_name, :employer_id, :founders, :lead_unit,"
           " :published, :takes_cases, :version, :six_due, :founder_units, :lead_units, :pilot)",
};
static const Query q_edit = {
    .name = "organisations.edit", .in = &org_form, .clash = ERR_CLASH,
    .sql = "UPDATE org SET level = :level, name = :name, short_name = :short_name, region = :region, seq3 = :seq3,"
           " address = :address, phone = :phone, hours = :hours, territory = :territory, industries = :industries,"
           " scopes = :scopes, status = :status, status_on = :status_on, six = :six, six_ok = :six_ok,"
           " six_on = :six_on, capacity = :capacity, court_invited = :court_invited, court_name = :court_name,"
           " founders = :founders, lead_unit = :lead_unit, published = :published, takes_cases = :takes_cases,"
           " version = :version, six_due = :six_due, founder_units = :founder_units, lead_units = :lead_units,"
           " pilot = :pilot WHERE id = :id",
};
static const Query q_get = {
    .name = "organisations.get", .in = &find_form, .out = &org_form,
    .sql = "SELECT " COLUMNS " FROM org WHERE id = :id",
};
/* A new node takes the path after its youngest sibling's, and the number after
** the greatest of its region; two at once clash, and one is run again. */
static const Query q_youngest = {
    .name = "organisations.youngest", .in = &find_form, .out = &org_form,
    .sql = "SELECT path FROM org WHERE parent_id = :parent_id ORDER BY path DESC LIMIT 1",
};
static const Query q_last_seq = {
    .name = "organisations.last_seq", .in = &find_form, .out = &org_form,
    .sql = "SELECT seq3 FROM org WHERE region = :region ORDER BY seq3 DESC LIMIT 1",
};
static const Query q_seq = {
    .name = "organisations.seq", .in = &find_form, .out = &org_form,
    .sql = "SELECT id FROM org WHERE region = :region AND seq3 = :seq3",
};
static const Query q_region_add = {
    .name = "organisations.region_add", .in = &find_form, .quiet = true,
    .sql = "INSERT INTO org_region(org_id, area) VALUES(:org_id, :region)",
};
static const Query q_region_clear = {
    .name = "organisations.region_clear", .in = &find_form, .quiet = true,
    .sql = "DELETE FROM org_region WHERE org_id = :org_id",
};
static const Query q_forget = {
    .name = "organisations.forget", .in = &find_form,
    .sql = "DELETE FROM org WHERE id = :id /*scan*/", /* of what might name it */
};
static const Query q_load = {
    .name = "organisations.load", .in = &find_form, .quiet = true,
    .sql = "UPDATE org SET open_load = open_load + :more WHERE id = :id",
};

/* Serving a place: by an area that contains it, or by one within it. */
#define AROUND "area IN (:p2, :p4, :p6, :p9, :p12)"
#define SERVES "(" AROUND " OR (area > :region AND area < :region_end))"

static const Filter list_filters[] = {
    { "kind",      " AND kind = :kind" },
    { "status",    " AND status = :status" },
    { "parent_id", " AND parent_id = :parent_id" },
    { "region",    " AND id IN (SELECT org_id FROM org_region WHERE " SERVES ")" },
    { "name",      " AND name >= :name AND name < :name_end" },
};
static const Query q_list = {
    .name = "organisations.list", .in = &find_form, .out = &org_form,
    .sql = "SELECT " COLUMNS " FROM org WHERE path >= :path AND path < :path_end AND path > :after",
    .filter = list_filters, .filters = COUNT(list_filters), .tail = " ORDER BY path LIMIT :limit",
};
static const Filter public_filters[] = {
    { "kind",   " AND kind = :kind" },
    { "region", " AND id IN (SELECT org_id FROM org_region WHERE " SERVES ")" },
};
static const Query q_public = {
    .name = "organisations.public", .in = &find_form, .out = &org_form,
    .sql = "SELECT id, kind, name, region, address, phone, hours, territory, scopes, court_invited FROM org"
           " WHERE id > :after_id AND published = 1 AND status IN ('ACTIVE', 'GOLD')",
    .filter = public_filters, .filters = COUNT(public_filters), .tail = " ORDER BY id LIMIT :limit",
};
static const Filter candidate_filters[] = {
    { "kind", " AND kind = :kind" },
    { "path", " AND path >= :path AND path < :path_end" },
};
static const Query q_candidates = {
    .name = "organisations.candidates", .in = &find_form, .out = &org_form,
    .sql = "SELECT " COLUMNS " FROM org_region JOIN org ON id = org_id WHERE " AROUND " AND takes_cases = 1",
    .filter = candidate_filters, .filters = COUNT(candidate_filters),
    .tail = " ORDER BY length(area) DESC, open_load * 1000 / nullif(capacity, 0), id LIMIT 200",
};
static const Query q_by_name = {
    .name = "orgs.by_name", .in = &find_form, .out = &org_form,
    .sql = "SELECT " COLUMNS " FROM org WHERE path >= :path AND path < :path_end AND (name = :name OR short_name = :name)"
           " ORDER BY path LIMIT 1",
};
static const Query q_of_employer = {
    .name = "organisations.of_employer", .in = &find_form, .out = &org_form,
    .sql = "SELECT " COLUMNS " FROM org WHERE employer_id = :employer_id AND takes_cases = 1 ORDER BY id LIMIT 1",
};
static const Query q_serving = {
    .name = "organisations.serving", .in = &find_form, .out = &org_form,
    .sql = "SELECT " COLUMNS " FROM org_region JOIN org ON id = org_id WHERE " AROUND " AND kind = :kind"
           " ORDER BY length(area) DESC, id LIMIT 1",
};
static const Query *const queries[] = {
    &q_add, &q_edit, &q_get, &q_youngest, &q_last_seq, &q_seq, &q_region_add, &q_region_clear, &q_load,
    &q_forget,
    &q_list, &q_public, &q_candidates, &q_serving, &q_of_employer, &q_by_name, NULL,
};

/* ---- single values ------------------------------------------------------------ */

static bool is_area(Str code)
{
    size_t n = code.n;
    return str_is_digits(code) && (n == 2 || n == 4 || n == 6 || n == 9 || n == 12);
}

static Fault check_territory(const Ctx *c, Str text)
{
    (void)c;
    while (text.n) {
        if (!is_area(str_cut(&text, ' '))) return FAULT_NOT_CODE;
    }
    return FAULT_NONE;
}

static Fault check_area(const Ctx *c, Str text)
{
    (void)c;
    return is_area(text) ? FAULT_NONE : FAULT_NOT_CODE;
}

static Fault check_region(const Ctx *c, Str text)
{
    return text.n == 6 ? check_place(c, text) : FAULT_NOT_CODE;
}

static Fault check_seq3(const Ctx *c, Str text)
{
    (void)c;
    return text.n == 3 && str_is_digits(text) ? FAULT_NONE : FAULT_NOT_CODE;
}

/* C, or C13: a section, with or without its division (GB/T 4754). */
static Fault check_industries(const Ctx *c, Str text)
{
    (void)c;
    while (text.n) {
        Str word = str_cut(&text, ' ');
        bool section = word.n > 0 && word.s[0] >= 'A' && word.s[0] <= 'T';
        bool division = word.n == 3 && str_is_digits((Str){ word.s + 1, 2 });
        if (!section || (word.n != 1 && !division)) return FAULT_NOT_CODE;
    }
    return FAULT_NONE;
}

/* ---- the tree -------------------------------------------------------------------- */

/* The administrator sets up the roots and may look at the tree; the rest is
** done by the bureau and the heads, each within its own. */
void org_need_edit(Ctx *c, const Org *o)
{
    bool root = o->parent_id.n == 0;
    if (ok(c) && c->who.roles & SYS_ADMIN && root) return;
    if (c->who.roles & SYSTEM) return; /* an import: who asked for it was looked at */
    if (c->who.roles & (HR | HEAD)) org_need(c, o->path);
    else fail(c, ERR_FORBIDDEN, o->path);
}

void org_need_view(Ctx *c, const Org *o)
{
    if (!(c->who.roles & SYS_ADMIN)) org_need(c, o->path);
}

/* "0009" to "000A", "000Z" to "0010". */
static Str next_segment(Arena *a, Str last)
{
    static const char digit[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    char *p = NEW(a, char, PATH_STEP);
    memcpy(p, last.s, PATH_STEP);
    for (size_t i = PATH_STEP; i-- > 0;) {
        size_t v = p[i] <= '9' ? (size_t)(p[i] - '0') : (size_t)(p[i] - 'A') + 10;
        p[i] = digit[(v + 1) % 36];
        if (v != 35) break;
    }
    return (Str){ p, PATH_STEP };
}

static Str joined(Arena *a, Str head, Str tail)
{
    Out o = { .buf = NEW(a, char, head.n + tail.n), .cap = head.n + tail.n };
    out_str(&o, head);
    out_str(&o, tail);
    return out_view(&o);
}

/* Its place below its parent; who may put it there. */
static void take_place(Ctx *c, Org *o)
{
    Org parent = { 0 }, youngest = { 0 };
    if (o->parent_id.n && !db_find(c, &q_get, &(OrgFind){ .id = o->parent_id }, &parent)) {
        fault(c, S("parent_id"), FAULT_NOT_KNOWN);
    }
    org_need_edit(c, o->parent_id.n ? &(Org){ .parent_id = o->parent_id, .path = parent.path } : o);
    if (o->level < parent.level) fault(c, S("level"), FAULT_TOO_SMALL);
    if (parent.path.n >= (size_t)PATH_STEP * PATH_DEPTH) fault(c, S("parent_id"), FAULT_NOT_ALLOWED);
    Str last = S("0000");
    if (db_find(c, &q_youngest, &(OrgFind){ .parent_id = o->parent_id }, &youngest)) {
        last = (Str){ youngest.path.s + youngest.path.n - PATH_STEP, PATH_STEP };
    }
    if (str_eq(last, S("ZZZZ"))) fault(c, S("parent_id"), FAULT_TOO_MANY);
    if (ok(c)) o->path = joined(c->mem, parent.path, next_segment(c->mem, last));
}

/* Its number in case numbers: as asked, or the region's next. */
static void take_number(Ctx *c, Org *o)
{
    OrgFind f = { .region = o->region, .seq3 = o->seq3 };
    Org other = { 0 };
    int64_t last = 0;
    if (o->seq3.n) {
        if (db_find(c, &q_seq, &f, &other)) fail(c, ERR_CLASH, o->seq3);
        return;
    }
    if (db_find(c, &q_last_seq, &f, &other)) (void)str_int(other.seq3, &last);
    if (last == 999) fault(c, S("region"), FAULT_TOO_MANY);
    Out out = { .buf = NEW(c->mem, char, 3), .cap = 3 };
    out_pad(&out, last + 1, 3);
    o->seq3 = out_view(&out);
}

/* ---- rules across fields ------------------------------------------------------------ */

/* Areas that contain one another would make it a candidate twice. */
static void rule_areas_apart(Ctx *c, const Org *o)
{
    for (Str a = o->territory; a.n;) {
        Str one = str_cut(&a, ' ');
        for (Str b = a; b.n;) {
            Str other = str_cut(&b, ' ');
            bool within = str_starts(one, other) || str_starts(other, one);
            if (!within) continue;
            fault(c, S("territory"), FAULT_TWICE);
            return;
        }
    }
}

static void rule_mediating_needs(Ctx *c, const Org *o)
{
    if (!kind_mediates(o->kind)) return;
    if (o->capacity == 0) fault(c, S("capacity"), FAULT_REQUIRED);
    if (o->scopes.n == 0) fault(c, S("scopes"), FAULT_REQUIRED);
}

static void rule_invited_by(Ctx *c, const Org *o)
{
    if (o->court_invited && o->court_name.n == 0) fault(c, S("court_name"), FAULT_REQUIRED);
}

/* A committee belongs to one employer (L17 13); nobody else does. */
static void rule_employer(Ctx *c, const Org *o)
{
    bool committee = str_eq(o->kind, S("ENT"));
    bool may = committee || str_eq(o->kind, S("INST"));
    if (committee && o->employer_id.n == 0) fault(c, S("employer_id"), FAULT_REQUIRED);
    if (!may && o->employer_id.n) fault(c, S("employer_id"), FAULT_NOT_ALLOWED);
}

static void rules(Ctx *c, const Org *o)
{
    if (!ok(c)) return;
    rule_areas_apart(c, o);
    rule_mediating_needs(c, o);
    rule_invited_by(c, o);
    rule_employer(c, o);
}

/* ---- keeping ----------------------------------------------------------------------------- */

static void keep_territory(Ctx *c, const Org *o)
{
    db_change_any(c, &q_region_clear, &(OrgFind){ .org_id = o->id });
    for (Str rest = o->territory; rest.n;) {
        db_insert(c, &q_region_add, &(OrgFind){ .org_id = o->id, .region = str_cut(&rest, ' ') });
    }
    org_areas(c, o);
}

void org_keep(Ctx *c, Org *o)
{
    bool works = str_eq(o->status, S("ACTIVE")) || str_eq(o->status, S("GOLD"));
    o->takes_cases = works && kind_mediates(o->kind);
    o->version++;
    audit_about(c, o->id);
    db_change(c, &q_edit, o);
}

static void reply_org(Ctx *c, int status, const Org *o)
{
    tag_version(c, o->version);
    reply_row(c, status, &org_form, o);
}

/* ---- routes -------------------------------------------------------------------------------- */

static void org_add(Ctx *c)
{
    Org o = { .published = true };
    (void)form_read(c, &org_form, &o);
    tx_begin(c);
    org_enter(c, &o);
    reply_org(c, 201, &o);
    tx_end(c);
}

void org_enter(Ctx *c, Org *o)
{
    o->version = 1;
    o->status_on = c->today;
    rules(c, o);
    take_place(c, o);
    take_number(c, o);
    if (o->employer_id.n) employer_need(c, o->employer_id, S("employer_id"));
    o->id = id_next(c);
    o->status = kind_mediates(o->kind) ? S("APPLIED") : S("ACTIVE");
    audit_about(c, o->id);
    db_insert(c, &q_add, o);
    keep_territory(c, o);
    if (o->employer_id.n) employer_committee(c, o->employer_id, o->id);
}

void org_forget(Ctx *c, Id id)
{
    audit_about(c, id);
    db_change_any(c, &q_region_clear, &(OrgFind){ .org_id = id });
    org_dated_forget(c, id);
    db_change(c, &q_forget, &(OrgFind){ .id = id });
}

static void org_edit(Ctx *c)
{
    Org o = { 0 };
    tx_begin(c);
    if (org_get(c, arg_id(c, 0), &o)) org_need_edit(c, &o);
    match_version(c, o.version);
    Org was = o;
    (void)form_read(c, &org_form, &o);
    if (o.parent_id.n != was.parent_id.n) fault(c, S("parent_id"), FAULT_NOT_ALLOWED);
    if (!str_eq(o.kind, was.kind)) fault(c, S("kind"), FAULT_NOT_ALLOWED);
    if (o.employer_id.n != was.employer_id.n) fault(c, S("employer_id"), FAULT_NOT_ALLOWED);
    if (o.level != was.level) fault(c, S("level"), FAULT_NOT_ALLOWED);
    rules(c, &o);
    org_keep(c, &o);
    if (!str_eq(o.territory, was.territory)) keep_territory(c, &o);
    org_moved(c, &o, was.region);
    reply_org(c, 200, &o);
    tx_end(c);
}

static void org_show(Ctx *c)
{
    Org o = { 0 };
    if (org_get(c, arg_id(c, 0), &o)) org_need_view(c, &o);
    reply_org(c, 200, &o);
}

static void fill_region(OrgFind *f, Arena *a)
{
    Str r = f->region;
    const struct Part { Str *to; size_t length; } parts[] = {
        { &f->p2, 2 }, { &f->p4, 4 }, { &f->p6, 6 }, { &f->p9, 9 }, { &f->p12, 12 },
    };
    for (size_t i = 0; i < COUNT(parts); i++) {
        *parts[i].to = r.n >= parts[i].length ? (Str){ r.s, parts[i].length } : (Str){ 0 };
    }
    f->region_end = range_end(a, r);
}

static void read_find(Ctx *c, OrgFind *f)
{
    *f = (OrgFind){ .limit = 50 };
    (void)form_read_query(c, &find_form, f);
    fill_region(f, c->mem);
    f->name_end = range_end(c->mem, f->name);
}

static void org_list(Ctx *c)
{
    OrgFind f = { 0 };
    read_find(c, &f);
    bool whole = (c->who.roles & SYS_ADMIN) != 0;
    f.path = whole ? (Str){ 0 } : c->who.org_path;
    f.path_end = whole || f.path.n ? path_end(c->mem, f.path) : f.path; /* nobody's: nothing */
    Rows rows = db_list(c, &q_list, &f);
    bool more = rows.n > 0 && (int64_t)rows.n == f.limit;
    reply_rows(c, &org_form, rows, more ? ((const Org *)rows.at)[rows.n - 1].path : (Str){ 0 });
}

static void org_public(Ctx *c)
{
    OrgFind f = { 0 };
    read_find(c, &f);
    f.after_id = id_parse(f.after);
    Rows rows = db_list(c, &q_public, &f);
    reply_page(c, &public_form, rows, (size_t)f.limit, offsetof(Org, id));
}

static const Field move_fields[] = {
    FIELD(Standing, event,  .label = "事项",     .en = "event", .rule = REQUIRED, .codes = &org_events),
    FIELD(Standing, day,    .label = "生效日期", .en = "from", .rule = NOT_FUTURE),
    FIELD(Standing, reason, .label = "理由",     .en = "reason", .rule = PROSE, .max = 1000),
};
static const Form move_form = { "OrgMove", sizeof(Standing), move_fields, COUNT(move_fields) };

/* To be filed, to work again and to be honoured, it must have all six (R91). */
static void need_six(Ctx *c, const Org *o, Str event)
{
    bool asked = has_word(S("register resume gold"), event) && kind_mediates(o->kind);
    if (asked && !o->six_ok) fail(c, ERR_BLOCKED, str_of(form_find(&org_form, S("six_ok"))->label));
}

static void org_move(Ctx *c)
{
    Org o = { 0 };
    Standing e = { 0 };
    (void)form_read(c, &move_form, &e);
    tx_begin(c);
    if (org_get(c, arg_id(c, 0), &o)) org_need(c, o.path);
    e.subject = o.id;
    e.was = o.status;
    need_six(c, &o, e.event);
    standing_move(c, org_moves, &e, o.status_on);
    o.status = e.status;
    o.status_on = e.day;
    org_keep(c, &o);
    reply_org(c, 200, &o);
    tx_end(c);
}

Fault check_hashes(const Ctx *c, Str text)
{
    (void)c;
    while (text.n) {
        Str word = str_cut(&text, ' ');
        if (word.n != 64) return FAULT_NOT_KNOWN;
    }
    return FAULT_NONE;
}

static const Field six_fields[] = {
    FIELD(SixCheck, six,      .label = "六有",     .en = "six haves found", .rule = MANY, .codes = &six_haves),
    FIELD(SixCheck, day,      .label = "核查日期", .en = "checked on", .rule = NOT_FUTURE),
    FIELD(SixCheck, evidence, .label = "照片",     .en = "photographs", .rule = MANY, .max = 2000, .check = check_hashes),
    FIELD(SixCheck, reason,   .label = "说明",     .en = "remarks", .rule = PROSE, .max = 1000),
};
static const Form six_form = FORM(SixCheck, six_fields);

static Str both(Arena *a, Str words, Str more)
{
    return words.n && more.n ? joined(a, joined(a, words, S(" ")), more) : joined(a, words, more);
}

void org_checked(Ctx *c, Org *o, const SixCheck *s)
{
    if (ok(c) && !kind_mediates(o->kind)) fail(c, ERR_BLOCKED, o->kind);
    if (s->day.day < o->six_on.day) fault(c, S("day"), FAULT_ORDER);
    if (!ok(c)) return;
    Look look = { .params = c->law ? &c->law->params : NULL, .region = o->region, .day = c->today };
    int64_t months = c->law ? param(&look, "SIX_RECHECK_MONTHS") : 0;
    o->six = s->six;
    o->six_on = s->day;
    o->six_due = months ? date_plus_months(s->day, (int)months) : (Date){ 0 };
    o->six_ok = haves_read(s->six) == HAVE__ALL;
    Standing e = { .subject = o->id, .was = o->status, .day = s->day, .reason = s->reason };
    e.event = o->six_ok ? S("six_all") : S("six_some");
    e.detail = both(c->mem, s->six, s->evidence);
    standing_move(c, org_moves, &e, (Date){ 0 });
    if (!str_eq(e.status, o->status)) o->status_on = e.day;
    o->status = e.status;
    org_keep(c, o);
    org_recheck_done(c, o);
}

static void org_six(Ctx *c)
{
    Org o = { 0 };
    SixCheck s = { .day = c->today };
    (void)form_read(c, &six_form, &s);
    tx_begin(c);
    if (org_get(c, arg_id(c, 0), &o)) org_need(c, o.path);
    org_checked(c, &o, &s);
    reply_org(c, 200, &o);
    tx_end(c);
}

static void org_history(Ctx *c)
{
    Org o = { 0 };
    if (org_get(c, arg_id(c, 0), &o)) org_need_view(c, &o);
    reply_rows(c, &standing_form, standing_list(c, o.id), (Str){ 0 });
}

/* ---- for others ------------------------------------------------------------------------------- */

bool org_get(Ctx *c, Id id, Org *org)
{
    return db_get(c, &q_get, &(OrgFind){ .id = id }, org);
}

bool org_find(Ctx *c, Id id, Org *org)
{
    return db_find(c, &q_get, &(OrgFind){ .id = id }, org);
}

bool org_of_employer(Ctx *c, Id employer_id, Org *org)
{
    return employer_id.n && db_find(c, &q_of_employer, &(OrgFind){ .employer_id = employer_id }, org);
}

bool org_by_name(Ctx *c, Str path, Str name, Org *org)
{
    return db_find(c, &q_by_name, &(OrgFind){ .path = path, .path_end = path_end(c->mem, path),
        .name = name }, org);
}

bool org_covers(const Org *org, Str region)
{
    for (Str rest = org->territory; rest.n;) {
        if (str_starts(region, str_cut(&rest, ' '))) return true;
    }
    return false;
}

/* Does it serve the industry, "C" or "C13"?  "" on either side: yes. */
static bool serves(const Org *o, Str industry)
{
    if (industry.n == 0 || o->industries.n == 0) return true;
    return has_word(o->industries, industry) || has_word(o->industries, (Str){ industry.s, 1 });
}

Rows org_candidates(Ctx *c, const OrgAsk *ask)
{
    OrgFind f = { .region = ask->region, .kind = ask->kind, .path = ask->path };
    fill_region(&f, c->mem);
    f.path_end = path_end(c->mem, f.path);
    Rows all = db_list(c, &q_candidates, &f);
    Org *row = all.at;
    size_t n = 0;
    for (size_t i = 0; i < all.n; i++) {
        if (serves(&row[i], ask->industry)) row[n++] = row[i];
    }
    return (Rows){ row, n };
}

bool org_serving(Ctx *c, Str kind, Str region, Org *org)
{
    OrgFind f = { .region = region, .kind = kind };
    fill_region(&f, c->mem);
    return region.n && db_find(c, &q_serving, &f, org);
}

void org_load(Ctx *c, Id id, int64_t more)
{
    db_change(c, &q_load, &(OrgFind){ .id = id, .more = more });
}

/* ---- the slice --------------------------------------------------------------------------------- */

enum { VIEWERS = STAFF | LINKS | CONVENER | MEMBER | STATISTICIAN | SYS_ADMIN, KEEPERS = HR | HEAD };

static const Route routes[] = {
    { "GET", "/api/v1/orgs", VIEWERS, org_list, .zh = "机构目录", .en = "the organisations in one's scope",
      .query = &find_form, .out = &org_form, .list = true },
    { "POST", "/api/v1/orgs", KEEPERS | SYS_ADMIN, org_add, .zh = "登记机构", .en = "enter an organisation",
      .in = &org_form, .out = &org_form },
    { "GET", "/api/v1/orgs/:id", VIEWERS, org_show, .zh = "查看机构", .en = "one organisation",
      .out = &org_form, .quick = true },
    { "PATCH", "/api/v1/orgs/:id", KEEPERS | SYS_ADMIN, org_edit, .zh = "修改机构", .en = "change an organisation",
      .in = &org_form, .out = &org_form },
    { "POST", "/api/v1/orgs/:id/six", KEEPERS, org_six, .zh = "六有核查", .en = "check the six haves",
      .in = &six_form, .out = &org_form },
    { "POST", "/api/v1/orgs/:id/status", KEEPERS, org_move, .zh = "变更机构状态", .en = "change an organisation's status",
      .in = &move_form, .out = &org_form },
    { "GET", "/api/v1/orgs/:id/history", VIEWERS, org_history, .zh = "机构状态记录", .en = "an organisation's history",
      .out = &standing_form, .list = true },
    { "GET", "/api/v1/public/orgs", ANYBODY, org_public, .zh = "调解组织查询", .en = "where to apply",
      .query = &find_form, .out = &public_form, .list = true },
};

const Slice organisations_slice = {
    .name = "organisations", .route = routes, .routes = COUNT(routes), .query = queries,
    .migration = migrations, .migrations = COUNT(migrations),
};
