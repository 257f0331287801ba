/*
** A row becomes a case: its own row, the two sides, what the application would
** have said, and the ledger's row beside it.  And back: an import is undone by
** taking out what it put in, of every case that nobody has worked on since.
*/
#include "case/1-intake/intake.h"
#include "case/8-import/import_in.h"
#include "case/case_list.h"
#include "case/twin.h"
#include "case/clock.h"
#include "case/task.h"
#include "case/total.h"
#include "core/search.h"
#include "register/employers/employers.h"

enum { BATCH = 25, DAY_S = 86400 };

#define FD(m, zh, eng, ...) FIELD(OldRow, m, .label = (zh), .en = (eng), __VA_ARGS__)
static const Field fields[] = {
    FD(case_id, "案件", "case", .rule = SERVER_SET), FD(import_id, "导入批次", "import", .rule = SERVER_SET),
    FD(line, "原表行号", "line of the file", .rule = SERVER_SET), FD(key, "查重", "key", .rule = HIDDEN),
    FD(no, "序号", "number", .rule = SERVER_SET),
    FD(ledger_no, "登记号", "registration number", .max = 80), FD(registered, "登记日期", "registered on"),
    FD(channel, "收件渠道", "channel", .max = 100), FD(source, "来源", "source", .max = 100),
    FD(applicant, "申请人", "applicant"),
    FD(applicant_id_masked, "证件号", "identity number", .rule = SEALED, .mask = MASK_ID_NO, .max = 400),
    FD(applicant_phone_masked, "联系电话", "telephone", .rule = SEALED, .mask = MASK_PHONE),
    FD(respondent, "被申请人", "respondent"), FD(uscc, "统一社会信用代码", "unified social credit code", .max = 40),
    FD(employer_type, "单位类型", "type of employer", .max = 100), FD(industry, "行业", "industry", .max = 100),
    FD(people, "涉及人数", "people"), FD(people_groups, "其中农民工/女职工/派遣/新业态/超龄", "of whom"),
    FD(cause_main, "争议主类别", "main cause"), FD(cause_other, "次类别", "other causes"),
    FD(claim_fen, "请求金额", "claimed, fen"), FD(summary, "简要案情", "facts in brief", .rule = PROSE, .max = 5000),
    FD(accepted, "受理日期", "accepted on"), FD(is_collective, "是否集体", "collective"), FD(is_major, "是否重大", "major"),
    FD(dispatched_to, "分流去向", "dispatched to"), FD(organisation, "调解组织", "organisation"),
    FD(mediators, "调解员", "mediators"), FD(joint_departments, "联合部门", "joint departments"),
    FD(manner, "调解方式", "manner"), FD(mediation_due, "调解期限届满日", "mediation period ends"),
    FD(extended_to, "延期至", "extended to"), FD(closed, "结案日期", "closed on"), FD(outcome, "结案方式", "outcome"),
    FD(agreement_no, "协议号", "agreement number", .max = 80), FD(agreed_fen, "协议金额", "agreed, fen"),
    FD(effective, "协议生效日", "in force on"),
    FD(confirmation, "仲裁审查/司法确认/支付令及结果", "review, confirmation, payment order"),
    FD(perform_by, "履行期限", "to be performed by"), FD(performed_fen, "已履行金额", "performed, fen"),
    FD(performance, "履行状态", "state of performance"), FD(followed_up, "回访日期", "followed up on"),
    FD(satisfaction, "满意度", "satisfaction"), FD(overdue_reason, "超期原因", "reason for delay", .rule = PROSE, .max = 500),
    FD(archive_no, "归档号", "archive number", .max = 80), FD(archived, "归档日期", "archived on"),
    FD(remark, "备注", "remarks", .rule = PROSE, .max = 2000), FD(region, "所属镇街", "township", .max = 100),
    FD(sex, "性别", "sex", .max = 20), FD(address, "申请人住址", "applicant's address"),
    FD(legal_rep, "法定代表人", "legal representative", .max = 100),
    FD(respondent_address, "单位地址", "respondent's address"), FD(respondent_phone, "单位电话", "respondent's telephone"),
    FD(case_name, "案件名称", "name of the case", .max = 300),
    FD(extra, "其他栏目", "other columns", .rule = PROSE | SEALED, .max = 4000), FD(after, "其后", "after", .rule = HIDDEN),
    FD(version, "案件版本", "version of the case", .rule = HIDDEN),
};
const Form old_row_form = FORM(OldRow, fields);

#define COLUMNS \
    "case_id, import_id, line, key, no, ledger_no, registered, channel, source, applicant, applicant_id_masked," \
    " applicant_phone_masked, respondent, uscc, employer_type, industry, people, people_groups, cause_main," \
    " cause_other, claim_fen, summary, accepted, is_collective, is_major, dispatched_to, organisation, mediators," \
    " joint_departments, manner, mediation_due, extended_to, closed, outcome, agreement_no, agreed_fen, effective," \
    " confirmation, perform_by, performed_fen, performance, followed_up, satisfaction, overdue_reason, archive_no," \
    " archived, remark, region, sex, address, legal_rep, respondent_address, respondent_phone, extra, version, case_name"
static const Migration migrations[] = {
    { 1,
      "CREATE TABLE imported("             /* what the row of a ledger said; domain 5.4 */
      "  case_id INTEGER PRIMARY KEY REFERENCES cases, import_id INTEGER NOT NULL, line INTEGER NOT NULL,"
      "  key TEXT NOT NULL,"               /* digest by which a second one like it is found */
      "  no INTEGER NOT NULL, ledger_no TEXT NOT NULL, registered TEXT NOT NULL, channel TEXT NOT NULL,"
      "  source TEXT NOT NULL, applicant TEXT NOT NULL,"
      "  applicant_id_masked TEXT NOT NULL, applicant_phone_masked TEXT NOT NULL,"  /* sealed */
      "  respondent TEXT NOT NULL, uscc TEXT NOT NULL, employer_type TEXT NOT NULL, industry TEXT NOT NULL,"
      "  people INTEGER NOT NULL, people_groups TEXT NOT NULL, cause_main TEXT NOT NULL, cause_other TEXT NOT NULL,"
      "  claim_fen INTEGER NOT NULL, summary TEXT NOT NULL, accepted TEXT, is_collective INTEGER NOT NULL,"
      "  is_major INTEGER NOT NULL, dispatched_to TEXT NOT NULL, organisation TEXT NOT NULL, mediators TEXT NOT NULL,"
      "  joint_departments TEXT NOT NULL, manner TEXT NOT NULL, mediation_due TEXT, extended_to TEXT, closed TEXT,"
      "  outcome TEXT NOT NULL, agreement_no TEXT NOT NULL, agreed_fen INTEGER NOT NULL, effective TEXT,"
      "  confirmation TEXT NOT NULL, perform_by TEXT, performed_fen INTEGER NOT NULL, performance TEXT NOT NULL,"
      "  followed_up TEXT, satisfaction INTEGER NOT NULL, overdue_reason TEXT NOT NULL, archive_no TEXT NOT NULL,"
      "  archived TEXT, remark TEXT NOT NULL, region TEXT NOT NULL, sex TEXT NOT NULL, address TEXT NOT NULL,"
      "  legal_rep TEXT NOT NULL, respondent_address TEXT NOT NULL, respondent_phone TEXT NOT NULL,"
      "  extra TEXT NOT NULL,"             /* other columns, sealed */
      "  version INTEGER NOT NULL) STRICT;" /* of the case when it was imported: another, and somebody worked on it */
      "CREATE INDEX imported_by_import ON imported(import_id, case_id);"
      "CREATE INDEX imported_by_day ON imported(registered, case_id);"
      "CREATE INDEX imported_by_key ON imported(key);" },
    { 2, "ALTER TABLE imported ADD COLUMN case_name TEXT NOT NULL DEFAULT '';" },
};

static const Query q_add = {
    .name = "imported.add", .in = &old_row_form,
    .sql = "INSERT INTO imported(" COLUMNS ") VALUES(:case_id, :import_id, :line, :key, :no, :ledger_no, :registered,"
           " :channel, :source, :applicant, :applicant_id_masked, :applicant_phone_masked, :respondent, :uscc,"
           " :employer_type, :industry, :people, :people_groups, :cause_main, :cause_other, :claim_fen, :summary,"
           " :accepted, :is_collective, :is_major, :dispatched_to, :organisation, :mediators, :joint_departments,"
           " :manner, :mediation_due, :extended_to, :closed, :outcome, :agreement_no, :agreed_fen, :effective,"
           " :confirmation, :perform_by, :performed_fen, :performance, :followed_up, :satisfaction, :overdue_reason,"
           " :archive_no, :archived, :remark, :region, :sex, :address, :legal_rep, :respondent_address,"
           " :respondent_phone, :extra, :version, :case_name)",
};
static const Query q_get = {
    .name = "imported.get", .in = &old_row_form, .out = &old_row_form,
    .sql = "SELECT " COLUMNS " FROM imported WHERE case_id = :case_id",
};
static const Query q_of_import = {
    .name = "imported.of_import", .in = &old_row_form, .out = &old_row_form,
    .sql = "SELECT " COLUMNS " FROM imported WHERE import_id = :import_id AND case_id > :after"
           " ORDER BY import_id, case_id LIMIT 200",
};

/* Several at once, for the ledger. */
typedef struct Ids { Id i[BATCH]; } Ids;
#define IDS(n) { .name = "i" #n, .kind = KIND_ID, .at = offsetof(Ids, i) + (n) * sizeof(Id) }
static const Field ids_fields[] = {
    IDS(0), IDS(1), IDS(2), IDS(3), IDS(4), IDS(5), IDS(6), IDS(7), IDS(8), IDS(9), IDS(10), IDS(11), IDS(12),
    IDS(13), IDS(14), IDS(15), IDS(16), IDS(17), IDS(18), IDS(19), IDS(20), IDS(21), IDS(22), IDS(23),
        IDS(24),
};
static const Form ids_form = FORM(Ids, ids_fields);
static const Query q_some = {
    .name = "imported.some", .in = &ids_form, .out = &old_row_form,
    .sql = "SELECT " COLUMNS " FROM imported WHERE case_id IN (:i0, :i1, :i2, :i3, :i4, :i5, :i6, :i7, :i8, :i9,"
           " :i10, :i11, :i12, :i13, :i14, :i15, :i16, :i17, :i18, :i19, :i20, :i21, :i22, :i23, :i24)",
};

/* A row like this one that is here already. */
typedef struct Like { Id id; Str key, ledger_no, path, path_end, no; } Like;
static const Field like_fields[] = {
    FIELD(Like, id), FIELD(Like, key), FIELD(Like, ledger_no), FIELD(Like, path), FIELD(Like, path_end),
        FIELD(Like, no),
};
static const Form like_form = FORM(Like, like_fields);
static const Query q_like = {
    .name = "imported.like", .in = &like_form, .out = &like_form,
    .sql = "SELECT case_id AS id, ledger_no AS no FROM imported WHERE key = :key"
           " UNION ALL SELECT id, no FROM cases WHERE no = :ledger_no AND no <> '' AND owner_path >= :path"
           " AND owner_path < :path_end LIMIT 1",
};

/* What an import put in, taken out again: nobody else has touched it. */
#define OUT(what, table, column) \
    static const Query q_out_##what = { .name = "import.out_" #what, .in = &old_row_form, \
                                        .sql = "DELETE FROM " table " WHERE " column " = :case_id" }
OUT(party, "case_party", "case_id");
OUT(intake, "intake", "case_id");
OUT(clock, "clock", "case_id");
OUT(task, "task", "case_id");
OUT(imported, "imported", "case_id");
OUT(cases, "cases", "id");
static const Query q_worked_on = {
    .name = "import.worked_on", .in = &old_row_form, .out = &old_row_form,
    .sql = "SELECT c.id AS case_id FROM cases c WHERE c.id = :case_id AND (c.version <> :version"
           " OR EXISTS (SELECT 1 FROM case_entry e WHERE e.case_id = c.id))",
};
static const Query *const queries[] = {
    &q_add, &q_get, &q_of_import, &q_some, &q_like, &q_out_party, &q_out_intake, &q_out_clock, &q_out_task,
    &q_out_imported, &q_out_cases, &q_worked_on, NULL,
};

Rows imported_of(Ctx *c, const Id *id, size_t n)
{
    Rows all = { .at = NEW(c->mem, OldRow, n) };
    for (size_t at = 0; at < n && ok(c); at += BATCH) {
        Ids ids = { 0 };
        size_t k = n - at < BATCH ? n - at : BATCH;
        for (size_t i = 0; i < k; i++) ids.i[i] = id[at + i];
        Rows rows = db_list(c, &q_some, &ids);
        for (size_t i = 0; i < rows.n; i++) ((OldRow *)all.at)[all.n++] = ((const OldRow *)rows.at)[i];
    }
    return all;
}

bool imported_same(Ctx *c, const Draft *d, Str path, Str *no)
{
    Like like = { .key = d->row.key, .ledger_no = d->row.ledger_no, .path = path,
        .path_end = path_end(c->mem, path) };
    if (!db_find(c, &q_like, &like, &like)) return false;
    *no = like.no;
    return true;
}

/* ---- totals ------------------------------------------------------------------------------- */

enum { CELLS = 16384 };
typedef struct Sum {
    Tallied t;
    bool    used;
} Sum;
struct Sums { Sum cell[CELLS]; size_t n; };

Sums *sums_open(Ctx *c)
{
    return NEW(c->mem, Sums, 1);
}

static uint64_t hash_of(uint64_t h, Str s)
{
    for (size_t i = 0; i < s.n; i++) h = h * 1000003 + (unsigned char)s.s[i];
    return h ^ h >> 29;
}

static void add(Sums *s, const Case *k, Date day, Measure m, int64_t n)
{
    if (n == 0 || day.day == 0) return;
    Civil civil = date_civil(day);
    Date month = date_of(civil.year, civil.month, 1);
    uint64_t h = hash_of(hash_of((uint64_t)month.day * 31 + m, k->cause), k->org_path);
    BUG_IF(s->n == CELLS); /* sums_add() makes room */
    for (size_t at = h % CELLS;; at = (at + 1) % CELLS) {
        Tallied *t = &s->cell[at].t;
        bool used = s->cell[at].used;
        bool same = used && t->day.day == month.day && t->measure == m && str_eq(t->path, k->org_path)
                 && str_eq(t->cause, k->cause);
        if (used && !same) continue;
        if (!used) s->cell[at] = (Sum){ { k->org_path, month, m, k->cause, 0 }, true };
        s->n += !used;
        t->n += n;
        return;
    }
}

static Measure ended_measure(State s)
{
    switch (s) {
    case ST_SETTLED:   return MEASURE_SETTLED;
    case ST_FAILED:    return MEASURE_FAILED;
    case ST_WITHDRAWN: return MEASURE_WITHDRAWN;
    case ST_REJECTED:  return MEASURE_REJECTED;
    case ST_REFERRED:  return MEASURE_REFERRED;
    case ST_PERFORMED: return MEASURE_SPOT;
    default:           return MEASURE_AGREED;
    }
}

void sums_store(Ctx *c, Sums *s)
{
    for (size_t i = 0; i < CELLS; i++) {
        const Sum *x = &s->cell[i];
        if (x->used) total_put(c, &x->t);
    }
    *s = (Sums){ 0 };
}

/* As if it had gone its way here, each in the month in which it happened.  Its sums may
** all be new ones: those so far make room for them. */
void sums_add(Ctx *c, Sums *s, const Case *k, const OldRow *row, int sign)
{
    if (s->n > CELLS / 2) sums_store(c, s);
    State before = state_of(k->before);
    bool agreed = k->effective.day != 0;
    add(s, k, row->registered, MEASURE_SUBMITTED, sign);
    add(s, k, row->registered, MEASURE_REGISTERED, sign);
    add(s, k, row->registered, MEASURE_OPEN, sign);
    add(s, k, row->registered, MEASURE_WORKERS, sign * k->workers);
    add(s, k, row->registered, MEASURE_CLAIMED, sign * k->amount.fen);
    add(s, k, row->accepted, MEASURE_ACCEPTED, sign);
    if (before == ST_NONE) return;
    add(s, k, row->closed, agreed ? MEASURE_AGREED : ended_measure(before), sign);
    add(s, k, row->closed, MEASURE_OPEN, -sign);
    add(s, k, row->closed, MEASURE_CLOSED, sign);
    add(s, k, row->closed, MEASURE_DEALT, agreed ? sign * row->agreed_fen.fen : 0);
    if (agreed && before == ST_PERFORMED) add(s, k, row->closed, MEASURE_PERFORMED, sign);
}

/* ---- a case ------------------------------------------------------------------------------- */

static Str flags_of(const OldRow *m)
{
    if (!m->is_collective) return m->is_major ? S("MAJOR") : (Str){ 0 };
    return m->is_major ? S("COLL MAJOR") : S("COLL");
}

static void fill_case(const Batch *b, const Draft *d, Case *k)
{
    const OldRow *m = &d->row;
    *k = (Case){ .no = m->ledger_no, .org = d->org.id, .org_path = d->org.path, .owner = b->org,
                 .owner_path = b->org_path, .state = str_of(state_word(d->state)),
                 .before = d->before ? str_of(state_word(d->before)) : (Str){ 0 },
                 .channel = d->channel.n ? d->channel : S("OTHER"), .source = d->source, .mode = S("WRITTEN"),
                 .appl_type = d->employer_asks ? S("EMPLOYER") : m->people > 1 ? S("GROUP") : S("WORKER"),
                 .applicant = m->applicant, .respondent = m->respondent, .cause = d->cause,
                     .causes = d->causes,
                 .region = d->region, .industry = d->industry, .workers = m->people > 0 ? m->people : 1,
                 .amount = m->claim_fen, .flags = flags_of(m), .filed_at = time_at(m->registered, 9, 0),
                 .filed = m->registered, .accepted = m->accepted, .archived = m->archived,
                 .due = m->extended_to.day ? m->extended_to : m->mediation_due };
    if (d->before) k->closed = m->closed;
    if (d->agreed) k->effective = m->effective.day ? m->effective : m->closed;
    else if (d->before) k->ended = m->closed;
    if (d->before == ST_FAILED) k->ending = str_of(ending_code(END_NO_DEAL));
}

static Str sex_of(Str said)
{
    if (str_starts(said, S("男"))) return S("M");
    return str_starts(said, S("女")) ? S("F") : (Str){ 0 };
}

static Party side_of(const Draft *d, bool applicant)
{
    const OldRow *m = &d->row;
    bool employer = applicant == d->employer_asks;
    bool one = m->applicant_phone_masked.n && str_is_digits(m->applicant_phone_masked);
    Party p = { .side = applicant ? S("APPL") : S("RESP"), .part = S("PARTY"),
                .kind = employer ? S("EMPLOYER") : S("WORKER"), .name = applicant ? m->applicant
                    : m->respondent,
                .addr = applicant ? m->address : m->respondent_address,
                .mobile = applicant ? (one ? m->applicant_phone_masked : (Str){ 0 }) : m->respondent_phone };
    if (employer) {
        p.uscc = m->uscc;
        p.emp_type = d->emp_type;
        p.industry = d->industry;
        p.legal_rep = m->legal_rep;
    } else if (applicant) {
        p.id_no = d->worker_id;
        if (p.id_no.n) p.id_type = S("ID");
        p.sex = sex_of(m->sex);
    }
    return p;
}

/* Sex and birth follow from a citizen's number. */
static void complete(Ctx *c, Party *p)
{
    Identity it;
    IdentityAsk ask = { .archive = true };
    if (p->id_no.n == 0 || !identity_check(&c->law->identity, S("id"), p->id_no, &ask, &it)
        || !it.valid) return;
    p->birth = date_of(it.birth.year, it.birth.month, it.birth.day);
    if (it.sex) p->sex = it.sex == 'M' ? S("M") : S("F");
}

/* The period of an open case, if it has not ended: one that has is for people to decide on. */
static void begin_period(Ctx *c, Case *k, const Intake *in, Date said)
{
    ClockDue due;
    bool accepted = k->accepted.day != 0;
    if (accepted) k->profile = clock_profile(c, k, in);
    Out code = { .buf = NEW(c->mem, char, 16), .cap = 16 };
    out_str(&code, accepted ? S("C-MED.") : S("C-ACC"));
    if (accepted) out_str(&code, k->profile);
    Date start = accepted ? k->accepted : k->filed;
    ClockAsk ask = { .code = out_view(&code), .start = start, .region = k->region, .quiet = true };
    if (!ok(c) || !clock_due(&c->law->clocks, &c->law->calendar, &ask, c->mem, &due)) return;
    if (accepted && said.day == 0) k->due = due.due;
    if (due.due.day >= c->today.day) (void)clock_begin(c, k, accepted ? S("C-MED") : S("C-ACC"), start);
    if (said.day > k->due.day) k->due = said;
    task_add(c, k, accepted ? S("dispatch") : S("examine"), accepted ? ROLE_DISPATCHER : ROLE_CLERK,
             (Time){ now(c).s + DAY_S });
    case_save(c, k);
}

void import_case(Ctx *c, const Batch *b, Draft *d, Sums *sums)
{
    Case k;
    OldRow *m = &d->row;
    fill_case(b, d, &k);
    if (m->uscc.n) k.employer_id = employer_by_uscc(c, m->uscc);
    case_new(c, &k);
    case_save(c, &k);
    Intake in = { .case_id = k.id, .org = b->org, .channel = k.channel, .mode = k.mode, .source = k.source,
                  .appl_type = k.appl_type, .filed_at = k.filed_at, .region = k.region, .facts = m->summary,
                  .consent = k.accepted.day != 0 };
    db_insert(c, &intake_add, &in);
    Party asks = side_of(d, true), answers = side_of(d, false);
    complete(c, &asks);
    party_add(c, &k, &asks);
    party_add(c, &k, &answers);
    if (d->before == ST_NONE) begin_period(c, &k, &in, k.due);
    m->case_id = k.id;
    m->import_id = b->id;
    m->version = k.version;
    db_insert(c, &q_add, m);
    sums_add(c, sums, &k, m, 1);
}

/* ---- undoing ------------------------------------------------------------------------------ */

static void take_out(Ctx *c, const OldRow *m, Sums *sums)
{
    static const Query *const outs[] = {
        &q_out_party, &q_out_intake, &q_out_clock, &q_out_task, &q_out_imported,
    };
    Case k;
    if (!case_get(c, m->case_id, &k)) return;
    sums_add(c, sums, &k, m, -1);
    for (size_t i = 0; i < COUNT(outs); i++) db_change_any(c, outs[i], m);
    case_list_leave(c, &k);
    twin_forget(c, k.id);
    db_change_any(c, &q_out_cases, m);
    search_queue(c, m->case_id);
}

bool import_undo_some(Ctx *c, Batch *b, int64_t rows)
{
    OldRow ask = { .import_id = b->id, .after = { b->place } };
    Rows page = db_list(c, &q_of_import, &ask);
    Sums *sums = sums_open(c);
    size_t n = page.n < (size_t)rows ? page.n : (size_t)rows;
    for (size_t i = 0; i < n && ok(c); i++) {
        const OldRow *m = (const OldRow *)page.at + i;
        b->place = m->case_id.n;
        if (db_find(c, &q_worked_on, m, &(OldRow){ 0 })) {
            b->kept++;
            continue;
        }
        take_out(c, m, sums);
        b->made--;
    }
    sums_store(c, sums);
    return n > 0;
}

/* ---- the case's page ---------------------------------------------------------------------- */

static void show(Ctx *c)
{
    Case k;
    OldRow m = { .case_id = arg_id(c, 0) };
    if (!case_get(c, m.case_id, &k)) return;
    if (db_get(c, &q_get, &m, &m)) reply_row(c, 200, &old_row_form, &m);
}

static const Route routes[] = {
    { "GET", "/api/v1/cases/:id/imported", BY_OFFICE | MEDIATORS, show, "原台账内容", "what the old ledger said of it",
      .out = &old_row_form },
};

const Slice imported_slice = {
    .name = "imported", .query = queries, .migration = migrations, .migrations = COUNT(migrations),
    .route = routes, .routes = COUNT(routes),
};
