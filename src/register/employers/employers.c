#include "register/employers/employers.h"

#include "core/audit.h"
#include "core/check.h"
#include "core/limits.h"
#include "core/right.h"
#include "core/tx.h"
#include "law/law.h"

static const Code types[] = {
#define AS_CODE(word, zh, en) { #word, zh, en },
    EMPLOYERS(AS_CODE)
#undef AS_CODE
};
const Codes employer_types = { "employer_types", types, COUNT(types), NULL };

/* What a code begins with (GB 32100-2015), and the types that agree with it. */
static const struct Prefix {
    const char *head, *types;
} prefixes[] = {
    { "11", "ORGAN" },  { "12", "INST" },     { "31", "OTHER NGO_UNIT" }, { "51", "SOCORG" }, { "52", "NGO_UNIT" },
    { "53", "SOCORG" }, { "81", "SOCORG" },   { "91", "ENT PLATFORM" },   { "92", "INDIV" },  { "93", "FARMCOOP" },
};

static const Code statuses[] = {
    { "ACTIVE",    "存续", "active" },
    { "SUSPENDED", "停业", "out of business for now" },
    { "CLOSED",    "注销", "deregistered" },
    { "REVOKED",   "吊销", "licence revoked" },
    { "BANKRUPT",  "破产", "bankrupt" },
    { "MERGED",    "已并入其他记录", "merged into another record" },
};
static const Codes employer_statuses = { "employer_statuses", statuses, COUNT(statuses), NULL };

static Fault check_industry(const Ctx *c, Str text);
static Fault check_county(const Ctx *c, Str text);

static const Field fields[] = {
    FIELD(Employer, id,             .label = "编号",             .en = "number", .rule = SERVER_SET),
    FIELD(Employer, name,           .label = "用人单位名称",     .en = "name", .rule = REQUIRED, .min = 4, .max = 100),
    FIELD(Employer, name_key,       .label = "检索名称",         .en = "name for searching", .rule = HIDDEN),
    FIELD(Employer, uscc,           .label = "统一社会信用代码", .en = "unified social credit code", .check = check_uscc),
    FIELD(Employer, emp_type,       .label = "单位类型",         .en = "type", .rule = REQUIRED, .codes = &employer_types),
    FIELD(Employer, type_hint,      .label = "代码所示类型",     .en = "type that the code speaks for",
          .rule = SERVER_SET, .codes = &employer_types),
    FIELD(Employer, industry,       .label = "行业",             .en = "industry", .check = check_industry,
          .help = "门类和大类，如 C13", .help_en = "section and division, such as C13"),
    FIELD(Employer, staff,          .label = "单位人数",         .en = "staff", .max = 10000000),
    FIELD(Employer, region,         .label = "注册地",           .en = "region of registration", .rule = REQUIRED,
          .check = check_county),
    FIELD(Employer, region_main,    .label = "主要办事机构所在地", .en = "region of the main office", .check = check_county),
    FIELD(Employer, region_performance, .label = "合同履行地",   .en = "region of the work", .check = check_county),
    FIELD(Employer, address,        .label = "地址",             .en = "address"),
    FIELD(Employer, legal_rep,      .label = "法定代表人（负责人）", .en = "legal representative", .max = 50,
          .mask = MASK_NAME),
    FIELD(Employer, phone,          .label = "联系电话",         .en = "phone", .rule = SEALED, .mask = MASK_PHONE,
          .check = check_phone),
    FIELD(Employer, has_union,      .label = "已建工会",         .en = "has a union"),
    FIELD(Employer, has_committee,  .label = "已建调解委员会",   .en = "has a mediation committee"),
    FIELD(Employer, committee_id,   .label = "调解委员会",       .en = "its committee", .rule = SERVER_SET),
    FIELD(Employer, labour_intensive, .label = "劳动密集型",     .en = "labour-intensive", .rule = SERVER_SET),
    FIELD(Employer, focus,          .label = "重点监测行业",     .en = "in an industry watched closely", .rule = SERVER_SET),
    FIELD(Employer, has_party,      .label = "已建党组织",       .en = "has a party organisation"),
    FIELD(Employer, enforcements,   .label = "被执行案件数",     .en = "enforcement cases against it", .max = 100000),
    FIELD(Employer, status,         .label = "存续状态",         .en = "status", .codes = &employer_statuses),
    FIELD(Employer, merged_into,    .label = "并入",             .en = "merged into", .rule = SERVER_SET),
    FIELD(Employer, version,        .label = "版本",             .en = "version", .rule = SERVER_SET),
};
const Form employer_form = FORM(Employer, fields);

typedef struct EmployerFind {
    Id      id, after, org_id;
    Str     name, name_key, name_end, after_key, uscc, region, industry;
    int64_t limit;
} EmployerFind;

static const Field find_fields[] = {
    FIELD(EmployerFind, name,     .label = "名称开头",         .en = "beginning of the name", .max = 100),
    FIELD(EmployerFind, uscc,     .label = "统一社会信用代码", .en = "unified social credit code", .max = 18),
    FIELD(EmployerFind, region,   .label = "注册地",           .en = "region of registration", .check = check_county),
    FIELD(EmployerFind, industry, .label = "行业",             .en = "industry", .check = check_industry),
    FIELD(EmployerFind, after,    .label = "接着",             .en = "the page before's next"),
    FIELD(EmployerFind, limit,    .label = "条数",             .en = "rows", .min = 1, .max = PAGE_MAX),
    FIELD(EmployerFind, id,       .label = "编号",             .en = "number", .rule = HIDDEN),
    FIELD(EmployerFind, org_id,   .label = "机构",             .en = "organisation", .rule = HIDDEN),
    FIELD(EmployerFind, name_key, .label = "检索名称",         .en = "name for searching", .rule = HIDDEN),
    FIELD(EmployerFind, after_key, .label = "检索名称",        .en = "name for searching", .rule = HIDDEN),
    FIELD(EmployerFind, name_end, .label = "检索名称",         .en = "name for searching", .rule = HIDDEN),
};
static const Form find_form = FORM(EmployerFind, find_fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE employer("
      "  id                 INTEGER PRIMARY KEY,"
      "  name               TEXT NOT NULL,"
      "  name_key           TEXT NOT NULL," /* half-width, no blanks, capitals */
      "  uscc               TEXT NOT NULL," /* '': not known */
      "  emp_type           TEXT NOT NULL,"
      "  industry           TEXT NOT NULL," /* C13 */
      "  staff              INTEGER NOT NULL CHECK(staff >= 0),"
      "  region             TEXT NOT NULL," /* of registration */
      "  region_main        TEXT NOT NULL,"
      "  region_performance TEXT NOT NULL,"
      "  address            TEXT NOT NULL,"
      "  legal_rep          TEXT NOT NULL,"
      "  phone              TEXT NOT NULL," /* sealed */
      "  has_union          INTEGER NOT NULL,"
      "  has_committee      INTEGER NOT NULL,"
      "  committee_id       INTEGER NOT NULL," /* the organisation, or 0 */
      "  labour_intensive   INTEGER NOT NULL,"
      "  focus              INTEGER NOT NULL,"
      "  has_party          INTEGER NOT NULL,"
      "  status             TEXT NOT NULL,"
      "  merged_into        INTEGER NOT NULL," /* 0, or the record that counts */
      "  version            INTEGER NOT NULL) STRICT;"
      "CREATE UNIQUE INDEX employer_by_uscc ON employer(uscc) WHERE uscc <> '';"
      "CREATE UNIQUE INDEX employer_without_uscc ON employer(name_key, region) WHERE uscc = '';"
      "CREATE INDEX employer_by_name ON employer(name_key, id);"
      "CREATE INDEX employer_by_region ON employer(region, name_key, id);" },
    /* As the court's public record says: a sign of sham mediation. */
    { 2, "ALTER TABLE employer ADD COLUMN enforcements INTEGER NOT NULL DEFAULT 0;" },
    { 3,
      "CREATE TABLE employer_staff("  /* how many there were, from which day on */
      "  id          INTEGER PRIMARY KEY,"
      "  employer_id INTEGER NOT NULL REFERENCES employer(id),"
      "  day         TEXT NOT NULL,"
      "  staff       INTEGER NOT NULL) STRICT;"
      "CREATE INDEX employer_staff_by_day ON employer_staff(employer_id, day, id);" },
    { 4,
      "CREATE TABLE employer_status("  /* whether it was in business, from which day on */
      "  id          INTEGER PRIMARY KEY,"
      "  employer_id INTEGER NOT NULL REFERENCES employer(id),"
      "  day         TEXT NOT NULL,"
      "  was         TEXT NOT NULL,"
      "  status      TEXT NOT NULL) STRICT;"
      "CREATE INDEX employer_status_by_day ON employer_status(employer_id, day, id);" },
    { 5,
      "CREATE TABLE employer_trade("  /* its industry and region, from which day on */
      "  id            INTEGER PRIMARY KEY,"
      "  employer_id   INTEGER NOT NULL REFERENCES employer(id),"
      "  day           TEXT NOT NULL,"
      "  was_industry  TEXT NOT NULL,"
      "  industry      TEXT NOT NULL,"
      "  was_intensive INTEGER NOT NULL," /* labour-intensive, by the industry */
      "  intensive     INTEGER NOT NULL,"
      "  was_region    TEXT NOT NULL,"
      "  region        TEXT NOT NULL) STRICT;"
      "CREATE INDEX employer_trade_by_day ON employer_trade(employer_id, day, id);"
      "CREATE INDEX employer_trade_by_was ON employer_trade(was_region, employer_id);"
      "CREATE INDEX employer_trade_by_region ON employer_trade(region, employer_id);" },
};

static const char *const keeps[] = { "employer_staff", "employer_status", "employer_trade", NULL };

#define COLUMNS "id, name, name_key, uscc, emp_type, industry, staff, region, region_main, region_performance," \
    " address, legal_rep, phone, has_union, has_committee, committee_id, labour_intensive, focus, has_party, enforcements, status," \
    " merged_into, version"
#define ADD "INSERT INTO employer(" COLUMNS ") VALUES(:id, :name, :name_key, :uscc, :emp_type, :industry, :staff," \
    " :region, :region_main, :region_performance, :address, :legal_rep, :phone, :has_union, :has_committee," \
    " :committee_id, :labour_intensive, :focus, :has_party, :enforcements, :status, :merged_into, :version)"

static const Query q_add = { .name = "employers.add", .sql = ADD, .in = &employer_form, .clash = ERR_CLASH };
/* A case that names one just now being entered looks again, and finds it. */
static const Query q_add_found = {
    .name = "employers.add_found", .sql = ADD, .in = &employer_form, .clash = ERR_AGAIN,
};
static const Query q_edit = {
    .name = "employers.edit", .in = &employer_form, .clash = ERR_CLASH,
    .sql = "UPDATE employer SET name = :name, name_key = :name_key, uscc = :uscc, emp_type = :emp_type,"
           " industry = :industry, staff = :staff, region = :region, region_main = :region_main,"
           " region_performance = :region_performance, address = :address, legal_rep = :legal_rep, phone = :phone,"
           " has_union = :has_union, has_committee = :has_committee, committee_id = :committee_id,"
           " labour_intensive = :labour_intensive, focus = :focus, has_party = :has_party,"
           " enforcements = :enforcements, status = :status,"
           " merged_into = :merged_into, version = :version WHERE id = :id",
};
static const Query q_get = {
    .name = "employers.get", .in = &find_form, .out = &employer_form,
    .sql = "SELECT " COLUMNS " FROM employer WHERE id = :id",
};
static const Query q_by_uscc = {
    .name = "employers.by_uscc", .in = &find_form, .out = &employer_form,
    .sql = "SELECT " COLUMNS " FROM employer WHERE uscc = :uscc AND uscc <> ''",
};
/* One without a code first: it may be the same, and takes the code. */
static const Query q_by_name = {
    .name = "employers.by_name", .in = &find_form, .out = &employer_form,
    .sql = "SELECT " COLUMNS " FROM employer WHERE name_key = :name_key AND region = :region"
           " ORDER BY uscc, id LIMIT 1",
};
static const Filter filters[] = {
    { "name_key", " AND name_key >= :name_key AND name_key < :name_end" },
    { "uscc",     " AND uscc = :uscc AND uscc <> ''" },
    { "region",   " AND region = :region" },
    { "industry", " AND industry = :industry" },
};
static const Query q_list = {
    .name = "employers.list", .in = &find_form, .out = &employer_form,
    .sql = "SELECT " COLUMNS " FROM employer WHERE (name_key, id) > (:after_key, :after)",
    .filter = filters, .filters = COUNT(filters), .tail = " ORDER BY name_key, id LIMIT :limit",
};
static const Query q_committee = {
    .name = "employers.committee", .in = &find_form,
    .sql = "UPDATE employer SET committee_id = :org_id, has_committee = 1, version = version + 1 WHERE id = :id",
};
/* What a snapshot of a past day counts (R99). */
typedef struct StaffNote {
    Id      id, employer_id;
    Date    day;
    int64_t staff;
    Str     was, status;
    Str     was_industry, industry, was_region, region;
    bool    was_intensive, intensive;
} StaffNote;
static const Field staff_fields[] = {
    FIELD(StaffNote, id,          .label = "编号",     .en = "number"),
    FIELD(StaffNote, employer_id, .label = "用人单位", .en = "employer"),
    FIELD(StaffNote, day,         .label = "日期",     .en = "day"),
    FIELD(StaffNote, staff,       .label = "用工人数", .en = "staff"),
    FIELD(StaffNote, was,         .label = "此前状态", .en = "status before"),
    FIELD(StaffNote, status,      .label = "存续状态", .en = "status"),
    FIELD(StaffNote, was_industry,  .label = "此前行业", .en = "industry before"),
    FIELD(StaffNote, industry,      .label = "行业",     .en = "industry"),
    FIELD(StaffNote, was_intensive, .label = "此前劳动密集", .en = "labour-intensive before"),
    FIELD(StaffNote, intensive,     .label = "劳动密集型", .en = "labour-intensive"),
    FIELD(StaffNote, was_region,    .label = "此前注册地", .en = "region before"),
    FIELD(StaffNote, region,        .label = "注册地",   .en = "region"),
};
static const Form staff_form = FORM(StaffNote, staff_fields);
static const Query q_staff = {
    .name = "employers.staff", .in = &staff_form, .quiet = true,
    .sql = "INSERT INTO employer_staff(id, employer_id, day, staff) VALUES(:id, :employer_id, :day, :staff)",
};
static const Query q_status = {
    .name = "employers.status", .in = &staff_form, .quiet = true,
    .sql = "INSERT INTO employer_status(id, employer_id, day, was, status)"
           " VALUES(:id, :employer_id, :day, :was, :status)",
};
static const Query q_trade = {
    .name = "employers.trade", .in = &staff_form, .quiet = true,
    .sql = "INSERT INTO employer_trade(id, employer_id, day, was_industry, industry, was_intensive, intensive, was_region,"
           " region) VALUES(:id, :employer_id, :day, :was_industry, :industry, :was_intensive, :intensive, :was_region,"
           " :region)",
};
static const Query q_staff_known = {
    .name = "employers.staff_known", .in = &staff_form, .out = &staff_form,
    .sql = "SELECT id FROM employer_staff WHERE employer_id = :employer_id LIMIT 1",
};
static const Query q_named = {
    .name = "employers.named", .in = &find_form, .out = &employer_form,
    .sql = "SELECT " COLUMNS " FROM employer WHERE name_key = :name_key AND merged_into = 0 ORDER BY id LIMIT 2",
};
static const Query q_forget = {
    .name = "employers.forget", .in = &find_form,
    .sql = "DELETE FROM employer WHERE id = :id /*scan*/", /* of what might name it */
};
static const Query *const queries[] = {
    &q_staff, &q_status, &q_trade, &q_staff_known, &q_add, &q_add_found, &q_edit, &q_get,
    &q_by_uscc, &q_by_name,
    &q_named, &q_list, &q_committee, &q_forget, NULL,
};

/* ---- single values ---------------------------------------------------------------- */

/* GB/T 4754: a section and a division, C13; without reference data its shape. */
static Fault check_industry(const Ctx *c, Str text)
{
    bool shape = text.n == 3 && text.s[0] >= 'A' && text.s[0] <= 'T' && str_is_digits((Str){ text.s + 1, 2 });
    bool known = !c->law || industry_find(&c->law->industries, text, c->today);
    return shape && known ? FAULT_NONE : FAULT_NOT_CODE;
}

static Fault check_county(const Ctx *c, Str text)
{
    return text.n == 6 || text.n == 9 || text.n == 12 ? check_place(c, text) : FAULT_NOT_CODE;
}

/* The plain sign for a full-width one: U+FF01 to U+FF5E are ASCII, U+3000 is a
** blank.  0 if the three bytes are neither. */
static char half_width(const unsigned char *s)
{
    if (s[0] == 0xE3 && s[1] == 0x80 && s[2] == 0x80) return ' ';
    bool low = s[0] == 0xEF && s[1] == 0xBC && s[2] >= 0x81 && s[2] <= 0xBF;
    bool high = s[0] == 0xEF && s[1] == 0xBD && s[2] >= 0x80 && s[2] <= 0x9E;
    if (low) return (char)(s[2] - 0x81 + 0x21);
    if (high) return (char)(s[2] - 0x80 + 0x60);
    return 0;
}

Str name_key(Arena *a, Str name)
{
    char *p = NEW(a, char, name.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < name.n; i++) {
        char ch = 0;
        if (i + 2 < name.n) ch = half_width((const unsigned char *)name.s + i);
        if (ch) i += 2;
        else ch = name.s[i];
        if (ch != ' ' && ch != '\t') p[n++] = char_upper(ch);
    }
    return (Str){ p, n };
}

/* ---- rules --------------------------------------------------------------------------- */

/* An unusual type is pointed out, not refused: codes follow the registry. */
static void hint_type(Employer *e)
{
    e->type_hint = (Str){ 0 };
    for (size_t i = 0; i < COUNT(prefixes); i++) {
        Str fit = str_of(prefixes[i].types);
        if (!str_starts(e->uscc, str_of(prefixes[i].head))) continue;
        Str first = fit;
        bool fits = false;
        while (fit.n) fits |= str_eq(str_cut(&fit, ' '), e->emp_type);
        if (!fits) e->type_hint = str_cut(&first, ' ');
    }
}

static void complete(Ctx *c, Employer *e)
{
    e->name = str_trim(e->name);
    e->name_key = name_key(c->mem, e->name);
    e->uscc = number_kept(c->mem, e->uscc);
    const Industry *it = c->law ? industry_find(&c->law->industries, e->industry, c->today) : NULL;
    e->labour_intensive = it && it->labour_intensive;
    e->focus = it && it->focus;
    hint_type(e);
}

static void reply_employer(Ctx *c, int status, const Employer *e)
{
    tag_version(c, e->version);
    reply_row(c, status, &employer_form, e);
}

/* Only merging makes a record MERGED, and one that is stays so. */
static void rule_not_merged(Ctx *c, const Employer *e)
{
    bool claims = e->merged_into.n == 0 && str_eq(e->status, S("MERGED"));
    if (ok(c) && claims) fault(c, S("status"), FAULT_NOT_ALLOWED);
}

/* Its number of staff is another than before: from today on. */
static void note_staff(Ctx *c, const Employer *e, int64_t was)
{
    StaffNote first = { .employer_id = e->id, .day = date_of(1900, 1, 1), .staff = was };
    if (!ok(c) || e->staff == was) return;
    bool bare = was && !db_find(c, &q_staff_known, &first, &(StaffNote){ 0 }); /* it came from a roster */
    first.id = bare ? id_next(c) : (Id){ 0 };
    if (bare) db_insert(c, &q_staff, &first);
    db_insert(c, &q_staff, &(StaffNote){ .id = id_next(c), .employer_id = e->id, .day = c->today,
                                         .staff = e->staff });
}

/* It has closed, or works again: from today on. */
static void note_status(Ctx *c, const Employer *e, Str was)
{
    if (!ok(c) || str_eq(e->status, was)) return;
    db_insert(c, &q_status, &(StaffNote){ .id = id_next(c), .employer_id = e->id, .day = c->today,
                                          .was = was, .status = e->status });
}

/* It works in another trade, or is registered elsewhere: from today on. */
static void note_trade(Ctx *c, const Employer *e, const Employer *was)
{
    bool same = str_eq(e->industry, was->industry) && str_eq(e->region, was->region)
             && e->labour_intensive == was->labour_intensive;
    if (!ok(c) || same) return;
    db_insert(c, &q_trade, &(StaffNote){
        .id = id_next(c), .employer_id = e->id, .day = c->today,
        .was_industry = was->industry, .industry = e->industry,
        .was_intensive = was->labour_intensive, .intensive = e->labour_intensive,
        .was_region = was->region, .region = e->region });
}

/* ---- routes ---------------------------------------------------------------------------- */

static void employer_add(Ctx *c)
{
    Employer e = { .status = S("ACTIVE"), .version = 1 };
    (void)form_read(c, &employer_form, &e);
    rule_not_merged(c, &e);
    tx_begin(c);
    complete(c, &e);
    e.id = id_next(c);
    audit_about(c, e.id);
    db_insert(c, &q_add, &e);
    note_staff(c, &e, 0);
    reply_employer(c, 201, &e);
    tx_end(c);
}

static bool get(Ctx *c, Id id, Employer *e)
{
    bool found = db_get(c, &q_get, &(EmployerFind){ .id = id }, e);
    if (found) hint_type(e);
    return found;
}

static void employer_edit(Ctx *c)
{
    Employer e = { 0 };
    tx_begin(c);
    (void)get(c, arg_id(c, 0), &e);
    match_version(c, e.version);
    if (ok(c) && e.merged_into.n) fail(c, ERR_BLOCKED, e.name);
    const Employer was = e;
    (void)form_read(c, &employer_form, &e);
    rule_not_merged(c, &e);
    complete(c, &e);
    e.version++;
    audit_about(c, e.id);
    db_change(c, &q_edit, &e);
    note_staff(c, &e, was.staff);
    note_status(c, &e, was.status);
    note_trade(c, &e, &was);
    reply_employer(c, 200, &e);
    tx_end(c);
}

/* With a reason the answer is not masked, and the record tells who looked. */
static void employer_show(Ctx *c)
{
    Employer e = { 0 };
    Str reason = look_reason(c);
    if (reason.n) tx_begin(c); /* only a look is written */
    (void)get(c, arg_id(c, 0), &e);
    if (reason.n) (void)reveal_for(c, S("employer"), e.id, reason);
    reply_employer(c, 200, &e);
    tx_end(c);
}

static void employer_list(Ctx *c)
{
    EmployerFind f = { .limit = 50 };
    (void)form_read_query(c, &find_form, &f);
    f.name_key = name_key(c->mem, f.name);
    f.uscc = number_kept(c->mem, f.uscc);
    f.name_end = range_end(c->mem, f.name_key);
    Employer last = { 0 };
    if (f.after.n && db_find(c, &q_get, &(EmployerFind){ .id = f.after }, &last)) f.after_key = last.name_key;
    Rows rows = db_list(c, &q_list, &f);
    Employer *row = rows.at;
    for (size_t i = 0; i < rows.n; i++) hint_type(&row[i]);
    reply_page(c, &employer_form, rows, (size_t)f.limit, offsetof(Employer, id));
}

typedef struct EmployerMerge {
    Id into;
} EmployerMerge;

static const Field merge_fields[] = {
    FIELD(EmployerMerge, into, .label = "并入", .en = "the record that counts", .rule = REQUIRED),
};
static const Form merge_form = FORM(EmployerMerge, merge_fields);

static void rule_same_employer(Ctx *c, const Employer *e, const Employer *into)
{
    if (!ok(c)) return;
    bool other = e->uscc.n && into->uscc.n && !str_eq(e->uscc, into->uscc);
    if (e->id.n == into->id.n || into->merged_into.n) fault(c, S("into"), FAULT_NOT_ALLOWED);
    else if (other) fault(c, S("into"), FAULT_MISMATCH);
}

static void employer_merge(Ctx *c)
{
    Employer e = { 0 }, into = { 0 };
    EmployerMerge m = { 0 };
    tx_begin(c);
    (void)get(c, arg_id(c, 0), &e);
    match_version(c, e.version);
    (void)form_read(c, &merge_form, &m);
    if (ok(c) && e.merged_into.n) fail(c, ERR_BLOCKED, e.name);
    bool known = db_find(c, &q_get, &(EmployerFind){ .id = m.into }, &into);
    if (ok(c) && !known) fault(c, S("into"), FAULT_NOT_KNOWN);
    rule_same_employer(c, &e, &into);
    e.merged_into = m.into;
    e.status = S("MERGED");
    e.version++;
    into.version++;
    audit_about(c, e.id);
    db_change(c, &q_edit, &e);
    db_change(c, &q_edit, &into);
    reply_employer(c, 200, &e);
    tx_end(c);
}

/* ---- for others ---------------------------------------------------------------------------- */

bool employer_get(Ctx *c, Id id, Employer *e)
{
    if (!get(c, id, e)) return false;
    for (int hops = 0; ok(c) && e->merged_into.n && hops < 8; hops++) (void)get(c, e->merged_into, e);
    return ok(c);
}

Id employer_by_uscc(Ctx *c, Str uscc)
{
    Employer e = { 0 };
    if (!db_find(c, &q_by_uscc, &(EmployerFind){ .uscc = uscc }, &e)) return (Id){ 0 };
    return e.merged_into.n ? e.merged_into : e.id;
}

void employer_need(Ctx *c, Id id, Str field)
{
    Employer e = { 0 };
    if (ok(c) && !db_find(c, &q_get, &(EmployerFind){ .id = id }, &e)) fault(c, field, FAULT_NOT_KNOWN);
}

/* By its code; else by its name, unless that one has another code. */
static bool find(Ctx *c, const Employer *e, Employer *found)
{
    EmployerFind f = { .uscc = e->uscc, .name_key = e->name_key, .region = e->region };
    if (e->uscc.n && db_find(c, &q_by_uscc, &f, found)) return true;
    if (!db_find(c, &q_by_name, &f, found)) return false;
    return e->uscc.n == 0 || found->uscc.n == 0;
}

void employer_find_or_add(Ctx *c, Employer *e)
{
    Employer found = { 0 };
    if (!ok(c)) return;
    if (e->region.n == 0) e->region = e->region_performance;
    complete(c, e);
    if (!find(c, e, &found)) {
        e->id = id_next(c);
        e->status = S("ACTIVE");
        e->version = 1;
        db_insert(c, &q_add_found, e);
        note_staff(c, e, 0);
        return;
    }
    Str uscc = e->uscc;
    *e = found;
    if (e->merged_into.n) (void)employer_get(c, e->merged_into, e);
    bool news = uscc.n && e->uscc.n == 0;
    if (news) e->uscc = uscc;
    if (news) e->version++;
    if (news) db_change(c, &q_edit, e);
    hint_type(e);
}

void employer_committee(Ctx *c, Id id, Id org_id)
{
    db_change(c, &q_committee, &(EmployerFind){ .id = id, .org_id = org_id });
}

bool employer_known(Ctx *c, Employer *e)
{
    Employer found = { 0 };
    complete(c, e);
    return find(c, e, &found);
}

Id employer_named(Ctx *c, Str text)
{
    Id id = employer_by_uscc(c, number_kept(c->mem, text));
    if (id.n) return id;
    Rows rows = db_list(c, &q_named, &(EmployerFind){ .name_key = name_key(c->mem, text) });
    return rows.n == 1 ? ((const Employer *)rows.at)->id : id;
}

void employer_enter(Ctx *c, Employer *e)
{
    complete(c, e);
    e->id = id_next(c);
    e->status = S("ACTIVE");
    e->version = 1;
    audit_about(c, e->id);
    db_insert(c, &q_add, e);
}

void employer_forget(Ctx *c, Id id)
{
    audit_about(c, id);
    db_change(c, &q_forget, &(EmployerFind){ .id = id });
}

/* ---- the slice ------------------------------------------------------------------------------- */

enum { VIEWERS = STAFF | LINKS, KEEPERS = CLERK | DISPATCHER | HEAD | HR | ORG_MANAGER };

static const Route routes[] = {
    { "GET", "/api/v1/employers", VIEWERS, employer_list, .zh = "用人单位查询", .en = "look up employers",
      .query = &find_form, .out = &employer_form, .list = true },
    { "POST", "/api/v1/employers", KEEPERS, employer_add, .zh = "登记用人单位", .en = "enter an employer",
      .in = &employer_form, .out = &employer_form },
    { "GET", "/api/v1/employers/:id", VIEWERS, employer_show, .zh = "查看用人单位", .en = "one employer",
      .query = &look_query, .out = &employer_form },
    { "PATCH", "/api/v1/employers/:id", KEEPERS, employer_edit, .zh = "修改用人单位", .en = "change an employer",
      .in = &employer_form, .out = &employer_form },
    { "POST", "/api/v1/employers/:id/merge", HR | HEAD, employer_merge, .zh = "合并重复记录",
      .en = "merge two records of one employer", .in = &merge_form, .out = &employer_form },
};

const Slice employers_slice = {
    .name = "employers", .route = routes, .routes = COUNT(routes), .query = queries,
    .migration = migrations, .migrations = COUNT(migrations), .keeps = keeps,
};
