/*
** Case subsidies (办案补助): one claim a case, split among those who mediated it,
** only for an archived file, computed by dated rates with its working kept, held
** against copies, and decided by three people.
*/
#include "case/4-agreement/pursuit.h"
#include "case/case.h"
#include "core/tx.h"
#include "oversight/funds/subsidy_row.h"
#include "register/mediators/mediator_terms.h"

enum { PAYEES_MAX = 10 };

#define AS_CODE(n, word, zh, en) { word, zh, en },
static const Code kind_rows[] = { SUBSIDY_KINDS(AS_CODE) }, result_rows[] = { SUBSIDY_RESULTS(AS_CODE) };
#undef AS_CODE
const Codes subsidy_kinds = { .name = "subsidy_kind", .row = kind_rows, .n = COUNT(kind_rows) };
const Codes subsidy_results = { .name = "subsidy_result", .row = result_rows, .n = COUNT(result_rows) };
static const Code state_rows[] = {
    { "PROPOSED", "待中心审核", "proposed" },     { "CHECKED", "待人社局审批", "checked by the head" },
    { "APPROVED", "已批准待发放", "approved" },   { "LISTED", "已列入发放表", "on a pay list" },
    { "PAID", "已发放", "paid" },                 { "REFUSED", "不予补助", "refused" },
    { "RECOVERING", "追回中", "being recovered" }, { "RECOVERED", "已追回", "recovered" },
};
const Codes subsidy_states = { .name = "subsidy_state", .row = state_rows, .n = COUNT(state_rows) };

static const Field share_fields[] = {
    FIELD(Share, id,          .label = "编号", .en = "id", .rule = SERVER_SET),
    FIELD(Share, subsidy_id,  .label = "补助", .en = "subsidy", .rule = HIDDEN),
    FIELD(Share, case_id,     .label = "案件", .en = "case", .rule = HIDDEN),
    FIELD(Share, user_id,     .label = "账号", .en = "user", .rule = HIDDEN),
    FIELD(Share, mediator_id, .label = "调解员", .en = "mediator", .rule = REQUIRED),
    FIELD(Share, weight,      .label = "工作量份额", .en = "part of the work", .min = 0, .max = 1000,
          .help = "不填为1份", .help_en = "empty: one part"),
    FIELD(Share, name,        .label = "姓名", .en = "name", .rule = SERVER_SET),
    FIELD(Share, excluded,    .label = "在编不发", .en = "on a public post", .rule = SERVER_SET),
    FIELD(Share, share,       .label = "应分", .en = "share", .rule = SERVER_SET),
    FIELD(Share, grade,       .label = "年度考核等次", .en = "grade of the last year", .rule = SERVER_SET,
          .codes = &mediator_grades),
    FIELD(Share, withheld,    .label = "在编或者考核不发", .en = "withheld", .rule = SERVER_SET),
    FIELD(Share, cut,         .label = "超月度上限", .en = "above the month's cap", .rule = SERVER_SET),
    FIELD(Share, pay,         .label = "实发", .en = "to pay", .rule = SERVER_SET),
};
const Form share_form = FORM(Share, share_fields);

static const Field fields[] = {
    FIELD(Subsidy, id,        .label = "编号", .en = "id", .rule = SERVER_SET),
    FIELD(Subsidy, case_id,   .label = "案件", .en = "case", .rule = SERVER_SET),
    FIELD(Subsidy, case_no,   .label = "登记号", .en = "ledger number", .rule = SERVER_SET),
    FIELD(Subsidy, org,       .label = "调解组织", .en = "organisation", .rule = SERVER_SET),
    FIELD(Subsidy, org_path,  .label = "机构路径", .en = "path", .rule = SERVER_SET),
    FIELD(Subsidy, kind,      .label = "案件类型", .en = "kind", .rule = SERVER_SET, .codes = &subsidy_kinds),
    FIELD(Subsidy, result,    .label = "调解结果", .en = "result", .rule = SERVER_SET, .codes = &subsidy_results),
    FIELD(Subsidy, workers,   .label = "涉及人数", .en = "workers", .rule = SERVER_SET),
    FIELD(Subsidy, confirmed, .label = "经司法确认", .en = "confirmed by a court", .rule = SERVER_SET),
    FIELD(Subsidy, on_spot,   .label = "即时履行", .en = "performed on the spot", .rule = SERVER_SET),
    FIELD(Subsidy, base,      .label = "标准", .en = "rate", .rule = SERVER_SET),
    FIELD(Subsidy, percent,   .label = "结果比例", .en = "percent for the result", .rule = SERVER_SET),
    FIELD(Subsidy, bonus,     .label = "加发", .en = "bonus", .rule = SERVER_SET),
    FIELD(Subsidy, total,     .label = "补助金额", .en = "total", .rule = SERVER_SET),
    FIELD(Subsidy, pay,       .label = "实发金额", .en = "to pay", .rule = SERVER_SET),
    FIELD(Subsidy, month,     .label = "归档月份", .en = "month", .rule = SERVER_SET),
    FIELD(Subsidy, working,   .label = "计算过程", .en = "working", .rule = SERVER_SET | PROSE),
    FIELD(Subsidy, state,     .label = "状态", .en = "state", .rule = SERVER_SET, .codes = &subsidy_states),
    FIELD(Subsidy, alike_case, .label = "相似案卷", .en = "the file most like it", .rule = SERVER_SET),
    FIELD(Subsidy, alike_no,  .label = "相似案卷登记号", .en = "its number", .rule = SERVER_SET),
    FIELD(Subsidy, alike_percent, .label = "相似度", .en = "percent alike", .rule = SERVER_SET),
    FIELD(Subsidy, made_by,   .label = "申领人", .en = "by", .rule = SERVER_SET),
    FIELD(Subsidy, made_at,   .label = "申领时间", .en = "at", .rule = SERVER_SET),
    FIELD(Subsidy, version,   .label = "版本", .en = "version", .rule = SERVER_SET),
    FIELD(Subsidy, shares,    .label = "分配", .en = "shares", .rule = SERVER_SET, .child = &share_form),
};
const Form subsidy_form = FORM(Subsidy, fields);

typedef struct SubsidyClaim { Rows payees; Str note; } SubsidyClaim;
static const Field claim_fields[] = {
    FIELD(SubsidyClaim, payees, .label = "分配", .en = "payees", .child = &share_form, .min = 0, .max = PAYEES_MAX,
          .help = "不填时由本案调解员平均分配",
          .help_en = "empty: shared evenly by the mediators of the case"),
    FIELD(SubsidyClaim, note,   .label = "说明", .en = "note", .rule = PROSE, .max = 1000),
};
static const Form claim_form = FORM(SubsidyClaim, claim_fields);

typedef struct SubsidyAsk {
    Id      id, after, org, case_id, user_id, mediator_id;
    Str     state, path, path_end;
    int64_t month, alike;
} SubsidyAsk;
static const Field ask_fields[] = {
    FIELD(SubsidyAsk, state,   .label = "状态", .en = "state", .codes = &subsidy_states),
    FIELD(SubsidyAsk, month,   .label = "归档月份", .en = "month", .max = 210012,
          .help = "如 202605", .help_en = "such as 202605"),
    FIELD(SubsidyAsk, case_id, .label = "案件", .en = "case"),
    FIELD(SubsidyAsk, mediator_id, .label = "调解员", .en = "mediator"),
    FIELD(SubsidyAsk, alike,   .label = "相似度不低于", .en = "alike at least", .max = 100),
    FIELD(SubsidyAsk, after,   .label = "接续", .en = "next of the page before"),
    FIELD(SubsidyAsk, id,       .label = "编号", .en = "id", .rule = HIDDEN),
    FIELD(SubsidyAsk, org,      .label = "机构", .en = "office", .rule = HIDDEN),
    FIELD(SubsidyAsk, user_id,  .label = "本人", .en = "oneself", .rule = HIDDEN),
    FIELD(SubsidyAsk, path,     .label = "范围", .en = "path", .rule = HIDDEN),
    FIELD(SubsidyAsk, path_end, .label = "范围", .en = "path", .rule = HIDDEN),
};
static const Form ask_form = FORM(SubsidyAsk, ask_fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE subsidy("              /* a claim for a case */
      "  id        INTEGER PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES cases, case_no TEXT NOT NULL,"
      "  org       INTEGER NOT NULL, org_path TEXT NOT NULL, kind TEXT NOT NULL, result TEXT NOT NULL,"
      "  workers   INTEGER NOT NULL, confirmed INTEGER NOT NULL, on_spot INTEGER NOT NULL,"
      "  base      INTEGER NOT NULL, percent INTEGER NOT NULL, bonus INTEGER NOT NULL,"  /* fen */
      "  total     INTEGER NOT NULL CHECK(total >= 0),"
      "  pay       INTEGER NOT NULL CHECK(pay >= 0 AND pay <= total),"
      "  month     INTEGER NOT NULL,"      /* 202605: of the archived file */
      "  working   TEXT NOT NULL, state TEXT NOT NULL,"
      "  alike_case INTEGER NOT NULL, alike_no TEXT NOT NULL, alike_percent INTEGER NOT NULL,"
      "  made_by   INTEGER NOT NULL, made_at INTEGER NOT NULL, version INTEGER NOT NULL) STRICT;"
      "CREATE UNIQUE INDEX subsidy_one ON subsidy(case_id) WHERE state <> 'REFUSED';"
      "CREATE INDEX subsidy_by_case ON subsidy(case_id, id);"
      "CREATE INDEX subsidy_by_path ON subsidy(org_path, id);"
      "CREATE INDEX subsidy_by_state ON subsidy(state, month, org_path);"
      "CREATE TABLE subsidy_share("        /* append-only: what each was to get of a claim */
      "  id        INTEGER PRIMARY KEY, subsidy_id INTEGER NOT NULL REFERENCES subsidy,"
      "  case_id   INTEGER NOT NULL, mediator_id INTEGER NOT NULL REFERENCES mediator(id),"
      "  user_id   INTEGER NOT NULL, name TEXT NOT NULL, weight INTEGER NOT NULL CHECK(weight > 0),"
      "  excluded  INTEGER NOT NULL, share INTEGER NOT NULL, withheld INTEGER NOT NULL, cut INTEGER NOT NULL,"
      "  pay       INTEGER NOT NULL CHECK(pay >= 0), CHECK(share = withheld + cut + pay),"
      "  UNIQUE(subsidy_id, mediator_id)) STRICT;"
      "CREATE INDEX subsidy_share_by_user ON subsidy_share(user_id, subsidy_id);"
      "CREATE INDEX subsidy_share_by_mediator ON subsidy_share(mediator_id, subsidy_id);" },
    { 2, "ALTER TABLE subsidy_share ADD COLUMN grade TEXT NOT NULL DEFAULT '';" }, /* '': never assessed */
};
static const char *const keeps[] = { "subsidy_share", NULL };

/* What the last year's grade leaves of a share: rows of data/params.csv. */
static const struct { const char *grade, *percent; } grade_percents[] = {
    { "EXCELLENT", "SUBSIDY_EXCELLENT_PERCENT" }, { "QUALIFIED", "SUBSIDY_QUALIFIED_PERCENT" },
    { "UNQUALIFIED", "SUBSIDY_UNQUALIFIED_PERCENT" },
};

#define COLUMNS \
    "id, case_id, case_no, org, org_path, kind, result, workers, confirmed, on_spot, base, percent, bonus, total, pay," \
    " month, working, state, alike_case, alike_no, alike_percent, made_by, made_at, version"
#define SEEN \
    " ((org_path >= :path AND org_path < :path_end) OR org = :org" \
    " OR id IN (SELECT h.subsidy_id FROM subsidy_share h WHERE h.user_id = :user_id))"
static const Query q_add = {
    .name = "subsidy.add", .in = &subsidy_form, .clash = ERR_CLASH,
    .sql = "INSERT INTO subsidy(" COLUMNS ") VALUES(:id, :case_id, :case_no, :org, :org_path, :kind, :result, :workers,"
           " :confirmed, :on_spot, :base, :percent, :bonus, :total, :pay, :month, :working, :state, :alike_case,"
           " :alike_no, :alike_percent, :made_by, :made_at, :version)",
};
static const Query q_step = {
    .name = "subsidy.step", .in = &subsidy_form,
    .sql = "UPDATE subsidy SET state = :state, version = :version WHERE id = :id",
};
static const Query q_get = {
    .name = "subsidy.get", .in = &ask_form, .out = &subsidy_form,
    .sql = "SELECT " COLUMNS " FROM subsidy WHERE id = :id AND" SEEN,
};
static const Filter filters[] = {
    { "state", " AND state = :state" }, { "month", " AND month = :month" }, { "case_id", " AND case_id = :case_id" },
    { "mediator_id", " AND id IN (SELECT m.subsidy_id FROM subsidy_share m WHERE m.mediator_id = :mediator_id)" },
    { "alike", " AND alike_percent >= :alike" }, { "after", " AND id < :after" },
};
static const Query q_list = {
    .name = "subsidy.list", .in = &ask_form, .out = &subsidy_form,
    .sql = "SELECT " COLUMNS " FROM subsidy WHERE" SEEN " /*scan*/", /* newest first: a page ends early */
    .filter = filters, .filters = COUNT(filters), .tail = " ORDER BY id DESC LIMIT 100",
};
static const Query q_share = {
    .name = "subsidy_share.add", .in = &share_form, .clash = ERR_CLASH,
    .sql = "INSERT INTO subsidy_share(id, subsidy_id, case_id, mediator_id, user_id, name, weight, excluded, grade,"
           " share, withheld, cut, pay) VALUES(:id, :subsidy_id, :case_id, :mediator_id, :user_id, :name, :weight,"
           " :excluded, :grade, :share, :withheld, :cut, :pay)",
};
static const Query q_shares = {
    .name = "subsidy_share.list", .in = &share_form, .out = &share_form,
    .sql = "SELECT id, subsidy_id, case_id, mediator_id, user_id, name, weight, excluded, grade, share, withheld, cut,"
           " pay FROM subsidy_share WHERE subsidy_id = :subsidy_id ORDER BY id LIMIT 20",
};
static const Query q_mediated = {
    .name = "subsidy.mediated", .in = &share_form, .out = &share_form,
    .sql = "SELECT mediator_id, user_id, name FROM assigned WHERE case_id = :case_id AND mediator_id <> 0"
           " AND why_ended = '' ORDER BY id LIMIT 20",
};
static const Query q_sham = {
    .name = "subsidy.sham", .in = &share_form, .out = &share_form,
    .sql = "SELECT case_id FROM sham WHERE case_id = :case_id AND state = 'confirmed' LIMIT 1",
};
static const Query *const queries[] = {
    &q_add, &q_step, &q_get, &q_list, &q_share, &q_shares, &q_mediated, &q_sham, NULL,
};

const Move subsidy_moves[] = {
    { "propose",   "NEW",                       "PROPOSED",   MEDIATORS | ORG_MANAGER, false },
    { "check",     "PROPOSED",                  "CHECKED",    HEAD,                false },
    { "approve",   "CHECKED",                   "APPROVED",   HR,                  false },
    { "list",      "APPROVED",                  "LISTED",     FINANCE,             false },
    { "unlist",    "LISTED",                    "APPROVED",   HR | FINANCE,        true  },
    { "pay",       "LISTED",                    "PAID",       FINANCE,             false },
    { "refuse",    "PROPOSED CHECKED APPROVED", "REFUSED",    HEAD | HR | SYSTEM,  true  },
    { "recall",    "PAID",                      "RECOVERING", HEAD | HR | SYSTEM,  true  },
    { "recovered", "RECOVERING",                "RECOVERED",  FINANCE,             false },
    { NULL, NULL, NULL, 0, false },
};

Rows subsidy_shares(Ctx *c, Id subsidy_id)
{
    return db_list(c, &q_shares, &(Share){ .subsidy_id = subsidy_id });
}

bool case_is_sham(Ctx *c, Id case_id)
{
    Share s = { .case_id = case_id };
    return db_find(c, &q_sham, &s, &s);
}

void subsidy_step(Ctx *c, Subsidy *s, Str event, Str why)
{
    Standing e = { .subject = s->id, .event = event, .was = s->state, .reason = why };
    bool decides = has_word(S("check approve pay"), event);
    Rows shares = decides ? subsidy_shares(c, s->id) : (Rows){ 0 };
    for (size_t i = 0; i < shares.n; i++) {
        Id payee = ((const Share *)shares.at)[i].user_id;
        if (payee.n && payee.n == c->who.id.n) fail(c, ERR_FORBIDDEN, S("payee"));
    }
    money_move(c, subsidy_moves, &e, SUBSIDY_APART);
    s->state = e.status;
    s->version++;
    db_change(c, &q_step, s);
}

void payee_give_back(Ctx *c, const Subsidy *s)
{
    Rows rows = subsidy_shares(c, s->id);
    for (size_t i = 0; i < rows.n; i++) {
        const Share *h = (const Share *)rows.at + i;
        payee_take(c, h->mediator_id, s->month, -h->pay.fen);
    }
}

/* ---- what it is worth ------------------------------------------------------------------------ */

/* How it ended; false: there is nothing to pay for. */
static bool result_of(const Case *k, SubsidyFacts *f)
{
    State s = state_of(k->before.n ? k->before : k->state);
    f->on_spot = k->effective.day == 0 && s == ST_PERFORMED;
    f->result = s == ST_SETTLED ? RESULT_SETTLED : s == ST_FAILED ? RESULT_FAILED : RESULT_AGREED;
    return k->effective.day || f->on_spot || s == ST_SETTLED || s == ST_FAILED;
}

static void compute(Ctx *c, const Case *k, Subsidy *s)
{
    SubsidyFacts f = { .kind = subsidy_kind(k->flags), .workers = k->workers };
    Pursuit p = { 0 };
    SubsidySum sum;
    if (!ok(c)) return;
    if (!result_of(k, &f)) fail(c, ERR_BLOCKED, S("result"));
    f.confirmed = pursuit_of(c, k->id, S("JCONF"), &p) && str_eq(p.state, S("ruled_valid"));
    Look look = { .params = &c->law->params, .region = k->region, .day = c->today };
    subsidy_sum(c->mem, &look, &f, &sum);
    if (ok(c) && sum.missing.n) fail(c, ERR_BLOCKED, sum.missing);
    Out o = { .buf = NEW(c->mem, char, 2000), .cap = 2000 };
    for (size_t i = 0; i < sum.trace.n; i++) {
        if (i) out_str(&o, S("\n"));
        out_str(&o, sum.trace.line[i].zh);
    }
    s->kind = str_of(subsidy_kind_word(f.kind));
    s->result = str_of(subsidy_result_word(f.result));
    s->workers = f.workers;
    s->confirmed = f.confirmed;
    s->on_spot = f.on_spot;
    s->base.fen = sum.base;
    s->percent = sum.percent;
    s->bonus.fen = sum.bonus;
    s->total.fen = sum.total;
    s->working = out_view(&o);
}

/* Its month is that of the archive, until then this one. */
static void name_case(const Ctx *c, const Case *k, Subsidy *s)
{
    Civil t = date_civil(k->archived.day ? k->archived : c->today);
    s->case_id = k->id;
    s->case_no = k->no;
    s->org = k->org;
    s->org_path = k->org_path;
    s->month = t.year * 100 + t.month;
}

/* Only a whole file that was archived, and no sham. */
static void need_archived(Ctx *c, const Case *k)
{
    if (ok(c) && state_of(k->state) != ST_ARCHIVED) fail(c, ERR_BLOCKED, S("archived"));
    if (ok(c) && case_is_sham(c, k->id)) fail(c, ERR_BLOCKED, S("sham"));
}

/* ---- who gets it -------------------------------------------------------------------------------- */

static const Share *share_of(const Share *h, size_t n, Id mediator)
{
    for (size_t i = 0; i < n; i++) {
        if (h[i].mediator_id.n == mediator.n) return &h[i];
    }
    return NULL;
}

/* Those named, or all who mediated it, in equal parts; each must have mediated it. */
static size_t name_payees(Ctx *c, const Case *k, Rows asked, Share *h)
{
    Rows had = db_list(c, &q_mediated, &(Share){ .case_id = k->id });
    Rows rows = asked.n ? asked : had;
    const Share *in = rows.at;
    size_t n = 0;
    for (size_t i = 0; i < rows.n && n < PAYEES_MAX && ok(c); i++) {
        const Share *who = share_of(had.at, had.n, in[i].mediator_id);
        if (who && share_of(h, n, who->mediator_id)) fault(c, S("payees"), FAULT_TWICE);
        if (!who) fault(c, S("payees"), FAULT_NOT_ALLOWED);
        else h[n++] = (Share){ .case_id = k->id, .mediator_id = who->mediator_id, .user_id = who->user_id,
                               .name = who->name, .weight = in[i].weight > 0 ? in[i].weight : 1 };
    }
    if (ok(c) && n == 0) fail(c, ERR_BLOCKED, S("payees"));
    return n;
}

/* Percent of the share that the last year's grade costs. */
static int64_t lost_by_grade(Look *look, Str grade)
{
    for (size_t i = 0; i < COUNT(grade_percents); i++) {
        if (!str_eq(grade, str_of(grade_percents[i].grade))) continue;
        int64_t left = param(look, grade_percents[i].percent);
        return left >= 0 && left <= 100 ? 100 - left : 0;
    }
    return 0;
}

static void split(Ctx *c, Subsidy *s, const Case *k, Share *h, size_t n)
{
    SubsidyShare row[PAYEES_MAX] = { { 0 } };
    Look look = { .params = &c->law->params, .region = k->region, .day = c->today };
    int64_t cap = param(&look, "SUBSIDY_CAP_MONTH_FEN");
    if (!ok(c)) return;
    for (size_t i = 0; i < n; i++) {
        Payee p = { 0 };
        if (!payee_find(c, h[i].mediator_id, &p)) fail(c, ERR_BLOCKED, S("payee"));
        Grade g = { 0 };
        h[i].excluded = p.public_post;
        h[i].grade = grade_last(c, h[i].mediator_id, &g) ? g.grade : (Str){ 0 };
        row[i] = (SubsidyShare){ .weight = h[i].weight, .excluded = p.public_post,
                                 .less = lost_by_grade(&look, h[i].grade),
                                 .taken = payee_taken(c, h[i].mediator_id, s->month) };
    }
    if (!ok(c)) return;
    subsidy_split(s->total.fen, cap, row, n);
    for (size_t i = 0; i < n; i++) {
        h[i].share.fen = row[i].share;
        h[i].withheld.fen = row[i].withheld;
        h[i].cut.fen = row[i].cut;
        h[i].pay.fen = row[i].pay;
        s->pay.fen += row[i].pay;
    }
    if (s->pay.fen == 0) fail(c, ERR_BLOCKED, S("nothing_to_pay"));
}

static void keep(Ctx *c, Subsidy *s, Share *h, size_t n)
{
    db_insert(c, &q_add, s);
    for (size_t i = 0; i < n; i++) {
        h[i].id = id_next(c);
        h[i].subsidy_id = s->id;
        db_insert(c, &q_share, &h[i]);
        payee_take(c, h[i].mediator_id, s->month, h[i].pay.fen);
    }
}

/* ---- routes --------------------------------------------------------------------------------------- */

/* A mediator claims for a case of their own, a manager for one of their organisation. */
static void need_own(Ctx *c, const Case *k)
{
    const Right *r = right_need(c, OBJ_SUBSIDY, MAY_CREATE);
    if (!r || !ok(c)) return;
    bool own = r->reach == REACH_OWN_ORG && k->org.n == c->who.org.n;
    bool mine = c->who.roles & MEDIATORS && case_is_member(c, k->id, c->who.id);
    if (ok(c) && !own && !mine) fail(c, ERR_FORBIDDEN, str_of(object_word(OBJ_SUBSIDY)));
}

static void propose(Ctx *c)
{
    Case k;
    SubsidyClaim in = { 0 };
    Share *h = NEW(c->mem, Share, PAYEES_MAX);
    Subsidy s = { .made_by = c->who.id, .made_at = now(c), .version = 1 };
    form_read(c, &claim_form, &in);
    tx_begin(c);
    case_get(c, arg_id(c, 0), &k);
    need_own(c, &k);
    need_archived(c, &k);
    compute(c, &k, &s);
    if (ok(c)) name_case(c, &k, &s);
    size_t n = ok(c) ? name_payees(c, &k, in.payees, h) : 0;
    split(c, &s, &k, h, n);
    if (ok(c)) s.alike_percent = copy_find(c, k.id, k.org_path, &s.alike_case, &s.alike_no);
    s.id = id_next(c);
    Standing e = { .subject = s.id, .event = S("propose"), .was = S("NEW"), .reason = in.note };
    money_move(c, subsidy_moves, &e, SUBSIDY_APART);
    s.state = e.status;
    keep(c, &s, h, n);
    s.shares = (Rows){ h, n };
    reply_row(c, 201, &subsidy_form, &s);
    tx_end(c);
}

/* What a claim would come to, with its working, before anybody claims. */
static void preview(Ctx *c)
{
    Case k;
    Subsidy s = { .state = S("NEW") };
    if (!case_get(c, arg_id(c, 0), &k)) return;
    compute(c, &k, &s);
    if (ok(c)) name_case(c, &k, &s);
    reply_row(c, 200, &subsidy_form, &s);
}

static SubsidyAsk asking(Ctx *c)
{
    OfficeScope s = office_scope(c, OBJ_SUBSIDY);
    bool own = (c->who.roles & MEDIATORS) != 0;
    return (SubsidyAsk){ .org = s.org, .path = s.path, .path_end = s.path_end,
                         .user_id = own ? c->who.id : (Id){ -1 } };
}

bool subsidy_find(Ctx *c, Id id, Subsidy *s)
{
    SubsidyAsk ask = asking(c);
    ask.id = id;
    return db_get(c, &q_get, &ask, s);
}

Rows subsidies_of(Ctx *c, Id mediator_id, int64_t month)
{
    SubsidyAsk ask = asking(c);
    ask.mediator_id = mediator_id;
    ask.month = month;
    return db_list(c, &q_list, &ask);
}

static bool subsidy_get(Ctx *c, Subsidy *s)
{
    return subsidy_find(c, arg_id(c, 0), s);
}

static void list(Ctx *c)
{
    SubsidyAsk ask = asking(c);
    form_read_query(c, &ask_form, &ask);
    Rows rows = db_list(c, &q_list, &ask);
    reply_page(c, &subsidy_form, rows, 100, offsetof(Subsidy, id));
}

static void show(Ctx *c)
{
    Subsidy s = { 0 };
    if (subsidy_get(c, &s)) s.shares = subsidy_shares(c, s.id);
    tag_version(c, s.version);
    reply_row(c, 200, &subsidy_form, &s);
}

static const Code event_rows[] = {
    { "check", "审核同意", "check" }, { "approve", "审批同意", "approve" }, { "refuse", "不同意", "refuse" },
};
static const Codes events = { .name = "subsidy_event", .row = event_rows, .n = COUNT(event_rows) };
static const Field move_fields[] = {
    FIELD(Standing, event,  .label = "事项", .en = "event", .rule = REQUIRED, .codes = &events),
    FIELD(Standing, reason, .label = "意见", .en = "remark", .rule = PROSE, .max = 1000),
};
static const Form move_form = { "SubsidyMove", sizeof(Standing), move_fields, COUNT(move_fields) };

/* A file like another's passes only with a word about what was found. */
static void need_looked_at(Ctx *c, const Subsidy *s, const Standing *in)
{
    Look look = { .params = &c->law->params, .day = c->today };
    bool alike = param_reached(&look, "NEAR_COPY_PERCENT", s->alike_percent);
    bool decides = has_word(S("check approve"), in->event);
    if (alike && decides && in->reason.n == 0) fault(c, S("reason"), FAULT_REQUIRED);
}

static void move(Ctx *c)
{
    Subsidy s = { 0 };
    Standing in = { 0 };
    form_read(c, &move_form, &in);
    tx_begin(c);
    (void)subsidy_get(c, &s);
    need_looked_at(c, &s, &in);
    bool refused = str_eq(in.event, S("refuse"));
    if (ok(c) && !refused && case_is_sham(c, s.case_id)) fail(c, ERR_BLOCKED, S("sham"));
    subsidy_step(c, &s, in.event, in.reason);
    if (refused) payee_give_back(c, &s);
    s.shares = subsidy_shares(c, s.id);
    reply_row(c, 200, &subsidy_form, &s);
    tx_end(c);
}

static void history(Ctx *c)
{
    Subsidy s = { 0 };
    if (!subsidy_get(c, &s)) return;
    reply_rows(c, &standing_form, standing_list(c, s.id), (Str){ 0 });
}

enum { VIEWERS = MEDIATORS | ORG_MANAGER | HEAD | HR | FINANCE };
static const Route routes[] = {
    { "GET", "/api/v1/cases/:id/subsidy", MEDIATORS | ORG_MANAGER | HEAD | HR, preview, "测算办案补助",
      "what a case is worth, with its working", .out = &subsidy_form },
    { "POST", "/api/v1/cases/:id/subsidy", MEDIATORS | ORG_MANAGER, propose, "申领办案补助", "claim a case subsidy",
      .in = &claim_form, .out = &subsidy_form },
    { "GET", "/api/v1/subsidies", VIEWERS, list, "办案补助", "case subsidies", .query = &ask_form, .out = &subsidy_form,
      .list = true },
    { "GET", "/api/v1/subsidies/:id", VIEWERS, show, "查看补助", "one of them", .out = &subsidy_form },
    { "POST", "/api/v1/subsidies/:id/moves", HEAD | HR, move, "审核、审批补助", "check, approve or refuse it",
      .in = &move_form, .out = &subsidy_form },
    { "GET", "/api/v1/subsidies/:id/history", VIEWERS, history, "审批记录", "who did what about it", .out = &standing_form,
      .list = true },
};

const Slice subsidies_slice = {
    .name = "subsidy", .query = queries, .migration = migrations, .migrations = COUNT(migrations), .keeps = keeps,
    .route = routes, .routes = COUNT(routes),
};
