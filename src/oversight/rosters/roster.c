/*
** What a row of a roster becomes: an employer, an organisation, a mediator; and
** how it is taken out again.  A row that lacks what can be told from the rest is
** completed, with a remark; one that could mean two things is refused.
*/
#include "oversight/rosters/roster.h"

#include "core/tx.h"
#include "excel/cell.h"
#include "law/identity.h"
#include "law/law.h"
#include "law/org_kind.h"
#include "register/employers/employers.h"
#include "register/mediators/mediator_terms.h"
#include "register/standing.h"

enum { KEY_ROOM = 800, TERRITORY = 1000, CAPACITY_ORG = 20, CAPACITY_MEDIATOR = 10 };

/* A record that came in so. */
typedef struct Made {
    Id      import_id, record_id, after, org_id;
    int64_t version;
    Str     kind, uscc, name, certificate_no, phone, path, path_end;
} Made;
static const Field fields[] = {
    FIELD(Made, import_id), FIELD(Made, record_id), FIELD(Made, after), FIELD(Made, org_id),
    FIELD(Made, version), FIELD(Made, kind), FIELD(Made, uscc), FIELD(Made, name),
    FIELD(Made, certificate_no),
    FIELD(Made, phone, .rule = SEALED), FIELD(Made, path), FIELD(Made, path_end),
};
static const Form made_form = { "RosterMade", sizeof(Made), fields, COUNT(fields) };

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE roster_made("          /* what an import of a roster entered, as its first version */
      "  import_id INTEGER NOT NULL, record_id INTEGER NOT NULL, kind TEXT NOT NULL,"
      "  version   INTEGER NOT NULL, PRIMARY KEY(import_id, record_id)) STRICT;" },
};

static const Query q_add = {
    .name = "roster.add", .in = &made_form, .quiet = true,
    .sql = "INSERT INTO roster_made(import_id, record_id, kind, version)"
           " VALUES(:import_id, :record_id, :kind, :version)",
};
static const Query q_drop = {
    .name = "roster.drop", .in = &made_form, .quiet = true,
    .sql = "DELETE FROM roster_made WHERE import_id = :import_id AND record_id = :record_id",
};
static const Query q_made = {
    .name = "roster.made", .in = &made_form, .out = &made_form,
    .sql = "SELECT import_id, record_id, kind, version FROM roster_made WHERE import_id = :import_id"
           " AND record_id > :after ORDER BY record_id LIMIT 200",
};
static const Query q_org = {
    .name = "roster.org", .in = &made_form, .out = &made_form,
    .sql = "SELECT id AS record_id FROM org WHERE parent_id = :org_id AND name = :name LIMIT 1",
};
static const Query q_certificate = {
    .name = "roster.certificate", .in = &made_form, .out = &made_form,
    .sql = "SELECT id AS record_id, name FROM mediator WHERE certificate_no = :certificate_no"
           " AND certificate_no <> ''",
};
static const Query q_namesakes = {
    .name = "roster.namesakes", .in = &made_form, .out = &made_form,
    .sql = "SELECT id AS record_id, phone FROM mediator WHERE org_id = :org_id AND name = :name ORDER BY id LIMIT 20",
};
/* What was used since stays: few rows are asked, and by few people. */
static const Query q_employer_used = {
    .name = "roster.employer_used", .in = &made_form, .out = &made_form,
    .sql = "SELECT e.id AS record_id FROM employer e WHERE e.id = :record_id AND (e.version <> :version"
           " OR EXISTS(SELECT 1 FROM org o WHERE o.employer_id = e.id)"
           " OR EXISTS(SELECT 1 FROM risk k WHERE k.employer_id = e.id)"
           " OR EXISTS(SELECT 1 FROM letter l WHERE l.employer_id = e.id)"
           " OR EXISTS(SELECT 1 FROM mediator_tie t WHERE t.employer_id = e.id)"
           " OR EXISTS(SELECT 1 FROM cases k WHERE k.employer_id = e.id)) /*scan*/",
};
static const Query q_org_used = {
    .name = "roster.org_used", .in = &made_form, .out = &made_form,
    .sql = "SELECT o.id AS record_id FROM org o WHERE o.id = :record_id AND (o.version <> :version OR o.open_load > 0"
           " OR EXISTS(SELECT 1 FROM org b WHERE b.parent_id = o.id)"
           " OR EXISTS(SELECT 1 FROM standing s WHERE s.subject = o.id)"
           " OR EXISTS(SELECT 1 FROM mediator m WHERE m.org_id = o.id)"
           " OR EXISTS(SELECT 1 FROM person_user u WHERE u.org = o.id)"
           " OR EXISTS(SELECT 1 FROM org_window w WHERE w.org_id = o.id)"
           " OR EXISTS(SELECT 1 FROM cover_unit w WHERE w.org_id = o.id)"
           " OR EXISTS(SELECT 1 FROM cases k WHERE k.org = o.id)) /*scan*/",
};
static const Query q_mediator_used = {
    .name = "roster.mediator_used", .in = &made_form, .out = &made_form,
    .sql = "SELECT m.id AS record_id FROM mediator m WHERE m.id = :record_id AND (m.version <> :version"
           " OR m.open_load > 0 OR m.last_assigned > 0"
           " OR EXISTS(SELECT 1 FROM standing s WHERE s.subject = m.id)"
           " OR EXISTS(SELECT 1 FROM mediator_term t WHERE t.mediator_id = m.id)"
           " OR EXISTS(SELECT 1 FROM mediator_tie t WHERE t.mediator_id = m.id)"
           " OR EXISTS(SELECT 1 FROM mediator_away t WHERE t.mediator_id = m.id)"
           " OR EXISTS(SELECT 1 FROM pool_person t WHERE t.mediator_id = m.id)"
           " OR EXISTS(SELECT 1 FROM rotation t WHERE t.mediator_id = m.id)"
           " OR EXISTS(SELECT 1 FROM mediator_grade t WHERE t.mediator_id = m.id)"
           " OR EXISTS(SELECT 1 FROM course_person t WHERE t.mediator_id = m.id)"
           " OR EXISTS(SELECT 1 FROM payee t WHERE t.mediator_id = m.id)) /*scan*/",
};
static const Query *const queries[] = {
    &q_add, &q_drop, &q_made, &q_org, &q_certificate, &q_namesakes, &q_employer_used, &q_org_used,
    &q_mediator_used, NULL,
};

static Out text_of(RowReader *r, size_t room)
{
    return (Out){ .buf = NEW(r->c->mem, char, room), .cap = room };
}

static void wrong(RowReader *r, Draft *d, const char *key, Say what)
{
    row_say(&d->why, row_column(r, key), what);
}

static void lacks(RowReader *r, Draft *d, const char *key)
{
    row_say_fault(&d->why, row_column(r, key), FAULT_REQUIRED);
}

static void odd(RowReader *r, Draft *d, const char *key, Say what)
{
    row_say(&d->odd, row_column(r, key), what);
}

static void key_part(RowReader *r, Out *o, Str part)
{
    out_str(o, S("|"));
    out_str(o, ledger_name_plain(&r->c->law->hanzi, r->c->mem, part, false));
}

static void keep(Ctx *c, const Batch *b, Id id, int64_t version)
{
    db_insert(c, &q_add, &(Made){ .import_id = b->id, .record_id = id, .kind = b->kind, .version = version });
}

/* A place by code or name; what is not known refuses the row. */
static void place(RowReader *r, Draft *d, const char *key, Str *text)
{
    Str code = text->n ? roster_region(r, *text) : (Str){ 0 };
    bool lost = text->n && code.n == 0;
    if (lost) row_say_text(&d->why, row_column(r, key), SAY_NO_PLACE, *text);
    *text = code;
}

/* ---- employers ------------------------------------------------------------------------------ */

static const char *type_of(Str uscc)
{
    static const struct { const char *head, *type; } rows[] = {
        { "11", "ORGAN" }, { "12", "INST" }, { "51", "SOCORG" }, { "52", "NGO_UNIT" }, { "53", "SOCORG" },
        { "92", "INDIV" }, { "93", "FARMCOOP" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        if (str_starts(uscc, str_of(rows[i].head))) return rows[i].type;
    }
    return "ENT";
}

static void employer_read(RowReader *r, const GridRow *row, Draft *d)
{
    if (!roster_open(r, row, d)) return;
    RosterRow *x = d->other;
    Out key = text_of(r, KEY_ROOM);
    const char *type = type_of(x->uscc);
    if (x->emp_type.n == 0) odd(r, d, "emp_type", x->uscc.n ? SAY_BY_USCC : SAY_AS_FIRM);
    if (x->emp_type.n == 0) x->emp_type = str_of(type);
    Str industry = draft_industry(r, x->industry);
    bool whole = industry.n == 3 && industry_find(&r->c->law->industries, industry, r->c->today);
    if (x->industry.n && !whole) odd(r, d, "industry", SAY_NO_DIVISION);
    x->industry = whole ? industry : (Str){ 0 };
    if (x->region.n == 0) odd(r, d, "region", SAY_BY_SEAT);
    if (x->region.n == 0) x->region = r->org.region;
    place(r, d, "region", &x->region);
    place(r, d, "region_performance", &x->region_performance);
    roster_close(r, d);
    key_part(r, &key, x->uscc.n ? x->uscc : x->name);
    if (x->uscc.n == 0) key_part(r, &key, x->region);
    d->row.key = out_view(&key);
}

static Employer employer_row(const RosterRow *x)
{
    return (Employer){ .name = x->name, .uscc = x->uscc, .emp_type = x->emp_type, .industry = x->industry,
        .staff = x->staff, .region = x->region, .region_performance = x->region_performance,
        .address = x->address, .legal_rep = x->legal_rep, .phone = x->phone, .has_union = x->has_union,
        .has_committee = x->has_committee, .has_party = x->has_party };
}

static bool employer_same(RowReader *r, Draft *d, Str *what)
{
    Employer e = employer_row(d->other);
    *what = e.name;
    return employer_known(r->c, &e);
}

static void employer_make(Ctx *c, const Batch *b, Draft *d)
{
    Employer e = employer_row(d->other);
    employer_enter(c, &e);
    keep(c, b, e.id, e.version);
}

/* ---- organisations ---------------------------------------------------------------------------- */

/* Where none is written: by what its name says. */
static const char *kind_of_name(Str name)
{
    static const struct { const char *part, *kind; } rows[] = {
        { "公司", "ENT" }, { "厂", "ENT" }, { "商会", "CHAMBER" }, { "协会", "CHAMBER" }, { "工会", "UROOM" },
        { "人民调解", "PMC" }, { "街道", "TOWN" }, { "镇", "TOWN" }, { "乡", "TOWN" }, { "工作室", "ROOM" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        if (str_has(name, str_of(rows[i].part))) return rows[i].kind;
    }
    return NULL;
}

static int64_t level_of(const RosterRow *x)
{
    bool low = has_word(S("ENT INST ROOM STATION UROOM SCOURT ULS"), x->kind);
    int64_t level = low ? 5 : str_eq(x->kind, S("TOWN")) || str_eq(x->kind, S("CHAMBER")) ? 4 : 3;
    return level < x->at.level ? x->at.level : level;
}

/* Areas by code or name, blanks between. */
static void territory(RowReader *r, Draft *d, RosterRow *x)
{
    Out o = text_of(r, TERRITORY);
    for (Str rest = x->territory; rest.n;) {
        Str part = str_trim(str_cut(&rest, str_has(rest, S("、")) ? '\xE3' : ' '));
        if (str_starts(rest, S("\x80\x81"))) rest = (Str){ rest.s + 2, rest.n - 2 };
        if (part.n == 0) continue;
        place(r, d, "territory", &part);
        if (o.len && part.n) out_str(&o, S(" "));
        out_str(&o, region_short(part));
    }
    x->territory = out_view(&o);
}

/* 海安织造厂劳动争议调解委员会 is that of 海安织造厂. */
static Str firm_of(Str name)
{
    static const char *const ends[] = { "劳动人事争议调解委员会", "劳动争议调解委员会", "调解委员会" };
    for (size_t i = 0; i < COUNT(ends); i++) {
        Str end = str_of(ends[i]);
        bool there = name.n > end.n && str_eq((Str){ name.s + name.n - end.n, end.n }, end);
        if (there) return (Str){ name.s, name.n - end.n };
    }
    return (Str){ 0 };
}

static void committee(RowReader *r, Draft *d, RosterRow *x)
{
    bool may = has_word(S("ENT INST"), x->kind);
    Str firm = x->employer.n ? x->employer : str_eq(x->kind, S("ENT")) ? firm_of(x->name) : (Str){ 0 };
    if (firm.n == 0 && str_eq(x->kind, S("ENT"))) lacks(r, d, "employer");
    if (firm.n == 0 || !may) return;
    x->employer_id = employer_named(r->c, firm);
    if (x->employer_id.n) return;
    row_say_text(&d->why, row_column(r, "employer"), SAY_NO_FIRM, firm);
}

static void org_below(RowReader *r, Draft *d, const char *key, Str name, RosterRow *x)
{
    if (name.n == 0 || str_eq(name, r->org.name)) return;
    if (org_by_name(r->c, r->org.path, name, &x->at)) return;
    x->at = r->org;
    row_say_text(&d->why, row_column(r, key), SAY_NO_OFFICE, name);
}

static void org_rules(RowReader *r, Draft *d, RosterRow *x)
{
    OrgKind kind = ORG__COUNT;
    bool mediates = org_kind_of(x->kind, &kind) && kind < ORG_ARB;
    if (mediates && x->scopes.n == 0) {
        odd(r, d, "scopes", SAY_AS_SC1);
        x->scopes = S("SC1");
    }
    if (mediates && x->capacity == 0) {
        x->capacity = CAPACITY_ORG;
        row_say_number(&d->odd, row_column(r, "capacity"), SAY_AS_CAPACITY, CAPACITY_ORG);
    }
    if (x->court_invited && x->court_name.n == 0) wrong(r, d, "court_name", SAY_NAME_COURT);
    if (x->level && x->level < x->at.level) wrong(r, d, "level", SAY_ABOVE);
    if (x->level == 0) x->level = level_of(x);
}

static void org_read(RowReader *r, const GridRow *row, Draft *d)
{
    if (!roster_open(r, row, d)) return;
    RosterRow *x = d->other;
    Out key = text_of(r, KEY_ROOM);
    const char *kind = x->kind.n ? NULL : kind_of_name(x->name);
    if (kind) odd(r, d, "kind", SAY_BY_ITS_NAME);
    if (kind) x->kind = str_of(kind);
    org_below(r, d, "parent", x->parent, x);
    place(r, d, "region", &x->region);
    territory(r, d, x);
    bool town = str_eq(x->kind, S("TOWN")) && x->territory.n == 0 && x->region.n > 6;
    if (town) x->territory = region_short(x->region);
    if (x->region.n == 0) x->region = x->at.region;
    if (x->region.n > 6) x->region.n = 6;
    Str industry = draft_industry(r, x->industries);
    if (x->industries.n && industry.n == 0) odd(r, d, "industries", SAY_NOT_ENTERED);
    x->industries = industry;
    committee(r, d, x);
    org_rules(r, d, x);
    roster_close(r, d);
    out_int(&key, x->at.id.n);
    key_part(r, &key, x->name);
    d->row.key = out_view(&key);
}

static bool org_same(RowReader *r, Draft *d, Str *what)
{
    const RosterRow *x = d->other;
    Made ask = { .org_id = x->at.id, .name = x->name };
    *what = x->name;
    return db_find(r->c, &q_org, &ask, &ask);
}

static void org_make(Ctx *c, const Batch *b, Draft *d)
{
    const RosterRow *x = d->other;
    Org o = { .parent_id = x->at.id, .level = x->level, .kind = x->kind, .name = x->name,
        .short_name = x->short_name, .region = x->region, .address = x->address, .phone = x->phone,
        .hours = x->hours, .territory = x->territory, .industries = x->industries,
        .scopes = x->scopes, .capacity = x->capacity,
        .court_invited = x->court_invited, .court_name = x->court_name,
        .employer_id = x->employer_id,
        .founders = x->founders, .lead_unit = x->lead_unit, .published = true };
    org_enter(c, &o);
    keep(c, b, o.id, o.version);
}

/* ---- mediators ---------------------------------------------------------------------------------- */

static void from_number(RowReader *r, RosterRow *x)
{
    Identity it;
    IdentityAsk ask = { .archive = true };
    if (x->sex.n || x->id_no.n == 0) return;
    bool good = identity_check(&r->c->law->identity, S("id"), x->id_no, &ask, &it) && it.valid && it.sex;
    if (good) x->sex = it.sex == 'M' ? S("M") : S("F");
}

static void term_of_row(RowReader *r, Draft *d, RosterRow *x)
{
    Look look = { .params = &r->c->law->params, .region = x->at.region, .day = x->appointed_from };
    if (x->appointed_to.day && x->appointed_from.day == 0) lacks(r, d, "appointed_from");
    if (x->appointed_from.day == 0) return;
    if (x->appointed_to.day == 0) {
        int years = (int)param(&look, "MEDIATOR_TERM_YEARS");
        x->appointed_to = date_plus(date_plus_months(x->appointed_from, 12 * years), -1);
        odd(r, d, "appointed_to", SAY_AS_TERM);
    }
    Date today = r->c->today;
    if (x->appointed_from.day > today.day) wrong(r, d, "appointed_from", SAY_FUTURE_DAY);
    if (x->appointed_to.day < x->appointed_from.day) wrong(r, d, "appointed_to", SAY_BEFORE_TERM);
    if (x->appointed_to.day < today.day) odd(r, d, "appointed_to", SAY_TERM_OVER);
    if (x->criteria.n == 0) odd(r, d, "criteria", SAY_CHECK_LATER);
}

static void mediator_read(RowReader *r, const GridRow *row, Draft *d)
{
    if (!roster_open(r, row, d)) return;
    RosterRow *x = d->other;
    Out key = text_of(r, KEY_ROOM);
    org_below(r, d, "org", x->org, x);
    from_number(r, x);
    if (x->work.n == 0) odd(r, d, "work", SAY_AS_PART_TIME);
    if (x->work.n == 0) x->work = S("PT");
    if (x->source.n == 0) odd(r, d, "source", SAY_AS_OTHER);
    if (x->source.n == 0) x->source = S("OTHER");
    if (x->capacity == 0) x->capacity = CAPACITY_MEDIATOR;
    term_of_row(r, d, x);
    roster_close(r, d);
    out_int(&key, x->at.id.n);
    key_part(r, &key, x->certificate_no.n ? x->certificate_no : x->name);
    if (x->certificate_no.n == 0) key_part(r, &key, x->phone);
    d->row.key = out_view(&key);
}

static bool mediator_same(RowReader *r, Draft *d, Str *what)
{
    const RosterRow *x = d->other;
    Made ask = { .org_id = x->at.id, .name = x->name, .certificate_no = x->certificate_no };
    *what = x->name;
    if (x->certificate_no.n && db_find(r->c, &q_certificate, &ask, &(Made){ 0 })) return true;
    Rows rows = db_list(r->c, &q_namesakes, &ask);
    for (size_t i = 0; i < rows.n; i++) {
        if (str_eq(((const Made *)rows.at)[i].phone, x->phone)) return true;
    }
    return false;
}

static void mediator_make(Ctx *c, const Batch *b, Draft *d)
{
    const RosterRow *x = d->other;
    Mediator m = { .org_id = x->at.id, .name = x->name, .sex = x->sex, .id_no = x->id_no, .phone = x->phone,
        .work = x->work, .unit = x->unit, .source = x->source, .criteria = x->criteria,
        .certificate_no = x->certificate_no, .appointed_from = x->appointed_from,
        .appointed_to = x->appointed_to, .specialties = x->specialties, .languages = x->languages,
        .court_invited = x->court_invited, .capacity = x->capacity, .published = true };
    mediator_enter(c, &m);
    if (x->appointed_from.day && ok(c)) {
        m.status = S("APPOINTED");
        m.status_on = x->appointed_from;
        mediator_keep(c, &m);
    }
    keep(c, b, m.id, m.version);
}

/* ---- undoing ------------------------------------------------------------------------------------- */

typedef void Forget(Ctx *c, Id id);

static bool undo(Ctx *c, Batch *b, int64_t rows, const Query *used, Forget *forget)
{
    Made ask = { .import_id = b->id, .after = { b->place } };
    Rows page = db_list(c, &q_made, &ask);
    size_t n = page.n < (size_t)rows ? page.n : (size_t)rows;
    for (size_t i = 0; i < n && ok(c); i++) {
        const Made *m = (const Made *)page.at + i;
        b->place = m->record_id.n;
        if (db_find(c, used, m, &(Made){ 0 })) {
            b->kept++;
            continue;
        }
        forget(c, m->record_id);
        db_change(c, &q_drop, m);
        b->made--;
    }
    return n > 0;
}

static bool employer_undo(Ctx *c, Batch *b, int64_t rows)
{
    return undo(c, b, rows, &q_employer_used, employer_forget);
}

static bool org_undo(Ctx *c, Batch *b, int64_t rows)
{
    return undo(c, b, rows, &q_org_used, org_forget);
}

static bool mediator_undo(Ctx *c, Batch *b, int64_t rows)
{
    return undo(c, b, rows, &q_mediator_used, mediator_forget);
}

static const ImportKind kinds[] = {
    { "employers", "用人单位名册", "employers", &employer_row_form, "employers", "name", { "name", "name" },
      CLERK | HEAD | HR, employer_read, employer_same, employer_make, employer_undo },
    { "organisations", "调解组织名册", "organisations", &org_row_form, "organisations", "name", { "name", "name" },
      HEAD | HR, org_read, org_same, org_make, org_undo },
    { "mediators", "调解员名册", "mediators", &mediator_row_form, "mediators", "name", { "name", "name" },
      HEAD | HR, mediator_read, mediator_same, mediator_make, mediator_undo },
};

const Slice rosters_slice = {
    .name = "rosters", .query = queries, .migration = migrations, .migrations = COUNT(migrations),
    .import = kinds, .imports = COUNT(kinds),
};
