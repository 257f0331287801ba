/*
** The draft: its form, its rows, its versions.
*/
#include "case/4-agreement/agreement_law.h"
#include "case/canon.h"
#include "core/crypto.h"
#include "core/right.h"

/* ---- code lists -------------------------------------------------------------------- */

#define CODES(list) { .name = #list, .row = list##_rows, .n = COUNT(list##_rows) }

static const Code duty_rows[] = {
#define DUTY_ROW(n, zh, en) { #n, (zh), (en) },
    DUTIES(DUTY_ROW)
#undef DUTY_ROW
};
static const Codes duty = CODES(duty);
static const Code money_rows[] = {
    { "WAGE", "劳动报酬", "pay for work" }, { "MEDICAL", "工伤医疗费", "medical fees of a work injury" },
    { "COMPENSATION", "经济补偿", "economic compensation" }, { "DAMAGES", "赔偿金", "damages" },
    { "OTHER", "其他款项", "other money" },
};
const Codes commitment_moneys = { .name = "money", .row = money_rows, .n = COUNT(money_rows) };
static const Code state_rows[] = {
    { "draft", "草案", "draft" }, { "agreed", "已达成一致待签署", "agreed, to be signed" },
    { "effective", "已生效", "in force" }, { "void", "未签署，已作废", "void" },
};
static const Codes accord_state = CODES(state);

static bool known_cause(const Ctx *c, Str word)
{
    return cause_find(&c->law->causes, word, c->today) != NULL;
}
static const Codes causes = { .name = "cause", .known = known_cause };

static const Field commitment_fields[] = {
    FIELD(Commitment, id,           .label = "编号",     .en = "id", .rule = SERVER_SET),
    FIELD(Commitment, agreement_id, .label = "协议",     .en = "agreement", .rule = SERVER_SET),
    FIELD(Commitment, case_id,      .label = "案件",     .en = "case", .rule = SERVER_SET),
    FIELD(Commitment, version,      .label = "版本",     .en = "version", .rule = SERVER_SET),
    FIELD(Commitment, no,           .label = "序号",     .en = "number", .rule = SERVER_SET),
    FIELD(Commitment, duty,         .label = "义务类型", .en = "duty", .rule = REQUIRED, .codes = &duty),
    FIELD(Commitment, debtor_id,    .label = "义务人",   .en = "debtor", .rule = REQUIRED),
    FIELD(Commitment, creditor_ids, .label = "权利人",   .en = "creditors", .rule = MANY, .max = 4000),
    FIELD(Commitment, joint_ids,    .label = "连带义务人", .en = "jointly and severally liable",
          .rule = MANY | LATER, .max = 4000),
    FIELD(Commitment, money,        .label = "款项性质", .en = "kind of money", .codes = &commitment_moneys),
    FIELD(Commitment, cause,        .label = "对应案由", .en = "cause", .codes = &causes),
    FIELD(Commitment, amount,       .label = "金额（分）", .en = "amount, fen", .max = 100000000000),
    FIELD(Commitment, due_on,       .label = "约定履行日", .en = "due day agreed"),
    FIELD(Commitment, fixed,        .label = "遇休息日不顺延", .en = "stays on a rest day"),
    FIELD(Commitment, due,          .label = "履行期限", .en = "due day in effect", .rule = SERVER_SET),
    FIELD(Commitment, provisional,  .label = "暂定",     .en = "provisional", .rule = SERVER_SET),
    FIELD(Commitment, method,       .label = "履行方式", .en = "method", .max = 200),
    FIELD(Commitment, account,      .label = "收款账户", .en = "account", .rule = SEALED, .max = 100, .mask = MASK_ID_NO),
    FIELD(Commitment, what,         .label = "义务内容", .en = "what is to be done", .rule = PROSE, .max = 1000),
};
const Form commitment_form = FORM(Commitment, commitment_fields);

static const Field accord_fields[] = {
    FIELD(Accord, id,           .label = "编号",     .en = "id", .rule = SERVER_SET),
    FIELD(Accord, case_id,      .label = "案件",     .en = "case", .rule = SERVER_SET),
    FIELD(Accord, version,      .label = "版本",     .en = "version", .rule = SERVER_SET),
    FIELD(Accord, state,        .label = "状态",     .en = "state", .rule = SERVER_SET, .codes = &accord_state),
    FIELD(Accord, requests,     .label = "调解请求", .en = "requests", .rule = PROSE, .max = 3000),
    FIELD(Accord, result,       .label = "协议内容", .en = "clauses", .rule = PROSE, .max = 10000),
    FIELD(Accord, breach,       .label = "违约责任", .en = "breach", .rule = PROSE, .max = 3000),
    FIELD(Accord, facts,        .label = "共同确认的事实", .en = "facts confirmed jointly", .rule = PROSE, .max = 5000),
    FIELD(Accord, total,        .label = "协议总额（分）", .en = "total, fen", .max = 1000000000000),
    FIELD(Accord, wage,         .label = "约定月工资（分）", .en = "monthly wage agreed, fen", .max = 100000000),
    FIELD(Accord, accelerates,  .label = "约定加速到期", .en = "acceleration is written"),
    FIELD(Accord, missed,       .label = "逾期期数", .en = "missed instalments", .max = 120),
    FIELD(Accord, days,         .label = "逾期天数", .en = "days after", .max = 365),
    FIELD(Accord, settled,      .label = "一次性了结", .en = "settles everything"),
    FIELD(Accord, harms,        .label = "损害国家、社会或者他人利益", .en = "harms the state, the public or others"),
    FIELD(Accord, no,           .label = "协议号",   .en = "agreement number", .rule = SERVER_SET),
    FIELD(Accord, digest,       .label = "文本摘要", .en = "digest of the text", .rule = SERVER_SET),
    FIELD(Accord, reason,       .label = "保留提示条款的理由", .en = "why warned clauses stand", .rule = SERVER_SET),
    FIELD(Accord, placed,       .label = "签署次数", .en = "marks ever placed", .rule = HIDDEN),
    FIELD(Accord, effective_at, .label = "生效时间", .en = "in force at", .rule = SERVER_SET),
    FIELD(Accord, effective,    .label = "生效日期", .en = "in force on", .rule = SERVER_SET),
    FIELD(Accord, saved_by,     .label = "起草人",   .en = "drafted by", .rule = SERVER_SET),
    FIELD(Accord, saved_at,     .label = "起草时间", .en = "drafted at", .rule = SERVER_SET),
    FIELD(Accord, obligations,  .label = "义务",     .en = "obligations", .max = 2000, .child = &commitment_form),
};
const Form accord_form = FORM(Accord, accord_fields);

/* ---- the SQL ------------------------------------------------------------------------- */

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE agreement("
      "  id       INTEGER PRIMARY KEY,"
      "  case_id  INTEGER NOT NULL UNIQUE REFERENCES cases,"
      "  version  INTEGER NOT NULL,"         /* of agreement_text that stands */
      "  state    TEXT NOT NULL CHECK(state IN ('draft', 'agreed', 'effective', 'void')),"
      "  no       TEXT NOT NULL, digest TEXT NOT NULL, reason TEXT NOT NULL,"
      "  placed   INTEGER NOT NULL,"         /* marks: whoever places one changes this row */
      "  effective_at INTEGER NOT NULL, effective TEXT) STRICT;"
      "CREATE TABLE agreement_text("         /* every version; append-only */
      "  agreement_id INTEGER NOT NULL REFERENCES agreement, version INTEGER NOT NULL,"
      "  requests TEXT NOT NULL, result TEXT NOT NULL, breach TEXT NOT NULL, facts TEXT NOT NULL,"
      "  total    INTEGER NOT NULL, wage INTEGER NOT NULL,"   /* fen */
      "  accelerates INTEGER NOT NULL, missed INTEGER NOT NULL, days INTEGER NOT NULL,"
      "  settled  INTEGER NOT NULL, harms INTEGER NOT NULL,"
      "  saved_by INTEGER NOT NULL, saved_at INTEGER NOT NULL,"
      "  PRIMARY KEY(agreement_id, version)) STRICT;"
      "CREATE TABLE obligation("             /* of a version; append-only */
      "  id       INTEGER PRIMARY KEY,"
      "  agreement_id INTEGER NOT NULL REFERENCES agreement, case_id INTEGER NOT NULL,"
      "  version  INTEGER NOT NULL, no INTEGER NOT NULL,"
      "  duty     TEXT NOT NULL, debtor_id INTEGER NOT NULL, creditor_ids TEXT NOT NULL,"
      "  money    TEXT NOT NULL, cause TEXT NOT NULL,"
      "  amount   INTEGER NOT NULL CHECK(amount >= 0),"       /* fen */
      "  due_on   TEXT, fixed INTEGER NOT NULL,"
      "  due      TEXT, provisional INTEGER NOT NULL,"        /* moved off a rest day */
      "  method   TEXT NOT NULL, account TEXT NOT NULL,"      /* sealed */
      "  what     TEXT NOT NULL) STRICT;"
      "CREATE INDEX obligation_by_agreement ON obligation(agreement_id, version, no);" },
    { 2, "ALTER TABLE obligation ADD COLUMN joint_ids TEXT NOT NULL DEFAULT '';" },
};
static const char *const keeps[] = { "agreement_text", "obligation", NULL };

#define OBLIGATION_COLUMNS                                                                          \
    "id, agreement_id, case_id, version, no, duty, debtor_id, creditor_ids, money, cause, amount, due_on," \
    " fixed, due, provisional, method, account, what, joint_ids"

static const Query q_add = {
    .name = "agreement.add", .in = &accord_form, .clash = ERR_CLASH,
    .sql = "INSERT INTO agreement(id, case_id, version, state, no, digest, reason, placed, effective_at, effective)"
           " VALUES(:id, :case_id, :version, :state, :no, :digest, :reason, :placed, :effective_at, :effective)",
};
static const Query q_text = {
    .name = "agreement.text", .in = &accord_form, .clash = ERR_AGAIN,
    .sql = "INSERT INTO agreement_text(agreement_id, version, requests, result, breach, facts, total, wage,"
           " accelerates, missed, days, settled, harms, saved_by, saved_at) VALUES(:id, :version, :requests,"
           " :result, :breach, :facts, :total, :wage, :accelerates, :missed, :days, :settled, :harms, :saved_by,"
           " :saved_at)",
};
static const Query q_save = {
    .name = "agreement.save", .in = &accord_form,
    .sql = "UPDATE agreement SET version = :version, state = :state, no = :no, digest = :digest, reason = :reason,"
           " placed = :placed, effective_at = :effective_at, effective = :effective"
           " WHERE id = :id AND state <> 'effective'",
};
static const Query q_get = {
    .name = "agreement.get", .in = &accord_form, .out = &accord_form,
    .sql = "SELECT a.id, a.case_id, a.version, a.state, a.no, a.digest, a.reason, a.placed, a.effective_at,"
           " a.effective, t.requests, t.result, t.breach, t.facts, t.total, t.wage, t.accelerates, t.missed, t.days,"
           " t.settled, t.harms, t.saved_by, t.saved_at FROM agreement a"
           " JOIN agreement_text t ON t.agreement_id = a.id AND t.version = a.version WHERE a.case_id = :case_id",
};
static const Query q_versions = {
    .name = "agreement.versions", .in = &accord_form, .out = &accord_form,
    .sql = "SELECT a.id, a.case_id, t.version, t.requests, t.result, t.breach, t.facts, t.total, t.wage,"
           " t.accelerates, t.missed, t.days, t.settled, t.harms, t.saved_by, t.saved_at FROM agreement a"
           " JOIN agreement_text t ON t.agreement_id = a.id WHERE a.case_id = :case_id ORDER BY t.version LIMIT 200",
};
static const Query q_owe = {
    .name = "obligation.add", .in = &commitment_form,
    .sql = "INSERT INTO obligation(" OBLIGATION_COLUMNS ") VALUES(:id, :agreement_id, :case_id, :version, :no,"
           " :duty, :debtor_id, :creditor_ids, :money, :cause, :amount, :due_on, :fixed, :due, :provisional,"
           " :method, :account, :what, :joint_ids)",
};
static const Query q_obligations = {
    .name = "obligation.list", .in = &commitment_form, .out = &commitment_form,
    .sql = "SELECT " OBLIGATION_COLUMNS " FROM obligation WHERE agreement_id = :agreement_id"
           " AND version = :version ORDER BY agreement_id, version, no",
};
static const Query q_ever = {
    .name = "obligation.ever", .in = &commitment_form, .out = &commitment_form,
    .sql = "SELECT " OBLIGATION_COLUMNS " FROM obligation WHERE agreement_id = :agreement_id"
           " ORDER BY agreement_id, version, no",
};
static const Query *const queries[] = {
    &q_add, &q_text, &q_save, &q_get, &q_versions, &q_owe, &q_obligations, &q_ever, NULL,
};

/* ---- rows -------------------------------------------------------------------------------- */

bool accord_of(Ctx *c, Id case_id, Accord *a)
{
    *a = (Accord){ .case_id = case_id };
    if (!db_find(c, &q_get, a, a)) return false;
    a->obligations = db_list(c, &q_obligations,
                             &(Commitment){ .agreement_id = a->id, .version = a->version });
    return ok(c);
}

bool accord_in_force(const Accord *a)
{
    return str_eq(a->state, S("effective"));
}

static Rows versions_of(Ctx *c, Id case_id)
{
    return db_list(c, &q_versions, &(Accord){ .case_id = case_id });
}

static Rows obligations_ever(Ctx *c, Id case_id)
{
    Accord a = { .case_id = case_id };
    if (!db_find(c, &q_get, &a, &a)) return (Rows){ 0 };
    return db_list(c, &q_ever, &(Commitment){ .agreement_id = a.id });
}

const Sealed accord_sealed = { &accord_form, versions_of };
const Sealed commitment_sealed = { &commitment_form, obligations_ever };

void accord_save(Ctx *c, const Accord *a)
{
    db_change(c, &q_save, a);
}

/* What is signed: the text and the duties, without what changes afterwards. */
static Str text_digest_of(Ctx *c, const Accord *a)
{
    Accord bare = *a;
    bare.state = bare.no = bare.digest = bare.reason = (Str){ 0 };
    bare.effective_at = (Time){ 0 };
    bare.effective = (Date){ 0 };
    return sha256_hex(c->mem, canon_row(c, &accord_form, &bare));
}

void accord_version(Ctx *c, Accord *a)
{
    if (!ok(c)) return;
    bool fresh = a->version == 0;
    if (fresh) a->id = id_next(c);
    a->version++;
    a->state = S("draft");
    a->saved_by = c->who.id;
    a->saved_at = now(c);
    for (size_t i = 0; i < a->obligations.n; i++) {
        Commitment *o = (Commitment *)a->obligations.at + i;
        o->id = id_next(c);
        o->agreement_id = a->id;
        o->case_id = a->case_id;
        o->version = a->version;
        o->no = (int64_t)i + 1;
        o->due = o->due_on;
        o->provisional = false;
        if (o->due_on.day && !o->fixed) o->due = effective_due(&c->law->calendar, o->due_on, &o->provisional);
    }
    a->digest = text_digest_of(c, a);
    if (fresh) db_insert(c, &q_add, a);
    else accord_save(c, a);
    db_insert(c, &q_text, a);
    for (size_t i = 0; i < a->obligations.n; i++) db_insert(c, &q_owe, (Commitment *)a->obligations.at + i);
}

/* ---- what a draft must hold ----------------------------------------------------------------- */

static void bad(Ctx *c, size_t i, const char *name, Fault f)
{
    Out o = canon_out(c, 80);
    out_str(&o, S("obligations["));
    out_int(&o, (int64_t)i);
    out_str(&o, S("]."));
    out_str(&o, str_of(name));
    fault(c, out_view(&o), f);
}

/* The party of that id, himself: not an agent, not split off. */
static const Party *party_with(Rows parties, Id id)
{
    for (size_t i = 0; i < parties.n; i++) {
        const Party *p = (const Party *)parties.at + i;
        if (p->id.n == id.n && !str_eq(p->part, S("AGENT")) && p->split_on.day == 0) return p;
    }
    return NULL;
}

static void check_creditors(Ctx *c, size_t i, const Commitment *o, Rows parties)
{
    Str rest = o->creditor_ids;
    const Party *debtor = party_with(parties, o->debtor_id);
    while (rest.n) {
        const Party *p = party_with(parties, id_parse(str_cut(&rest, ' ')));
        if (!p) bad(c, i, "creditor_ids", FAULT_NOT_KNOWN);
        else if (debtor && str_eq(p->side, debtor->side)) bad(c, i, "creditor_ids", FAULT_MISMATCH);
    }
}

/* Others of the debtor's side, none of them twice. */
static void check_joint(Ctx *c, size_t i, const Commitment *o, Rows parties)
{
    const Party *debtor = party_with(parties, o->debtor_id);
    for (Str rest = o->joint_ids; rest.n;) {
        Id id = id_parse(str_cut(&rest, ' '));
        const Party *p = party_with(parties, id);
        if (!p) bad(c, i, "joint_ids", FAULT_NOT_KNOWN);
        else if (id.n == o->debtor_id.n || has_id(rest, id)) bad(c, i, "joint_ids", FAULT_TWICE);
        else if (debtor && !str_eq(p->side, debtor->side)) bad(c, i, "joint_ids", FAULT_MISMATCH);
    }
}

/* Debtors and creditors are parties of this case, on different sides. */
static void check_parties(Ctx *c, const Accord *a)
{
    Rows parties = parties_of(c, a->case_id);
    for (size_t i = 0; i < a->obligations.n; i++) {
        const Commitment *o = (const Commitment *)a->obligations.at + i;
        if (!party_with(parties, o->debtor_id)) bad(c, i, "debtor_id", FAULT_NOT_KNOWN);
        check_creditors(c, i, o, parties);
        check_joint(c, i, o, parties);
        bool pays = str_eq(o->duty, S("PAY"));
        if (pays && o->money.n == 0) bad(c, i, "money", FAULT_REQUIRED);
        if (!pays && (o->amount.fen || o->money.n)) bad(c, i, "amount", FAULT_NOT_ALLOWED);
    }
    if (a->accelerates && a->missed < 1) fault(c, S("missed"), FAULT_TOO_SMALL);
    if (!a->accelerates && (a->missed || a->days)) fault(c, S("accelerates"), FAULT_MISMATCH);
}

/* ---- handlers ---------------------------------------------------------------------------------- */

static bool may_draft(const Case *k)
{
    State s = state_of(k->state);
    return s == ST_MEDIATING || s == ST_PENDING_SIGN;
}

/* Of an agreement that is being signed a new version must pass again; the marks
** on the old one are void. */
static void pass_again(Ctx *c, const Case *k, Accord *a)
{
    Findings f = accord_findings(c, k, a);
    if (agreement_blocked(&f)) fail(c, ERR_BLOCKED, findings_codes(c, &f));
    else if (f.n && a->reason.n == 0) fail(c, ERR_BLOCKED, S("reason"));
    a->state = S("agreed");
    accord_save(c, a);
}

static void draft(Ctx *c)
{
    Case k;
    Accord a, in = { 0 };
    form_read(c, &accord_form, &in);
    tx_begin(c);
    case_get(c, arg_id(c, 0), &k);
    if (ok(c) && !may_draft(&k)) fail(c, ERR_WRONG_STATE, k.state);
    bool exists = accord_of(c, k.id, &a);
    if (exists) match_version(c, a.version);
    in.id = a.id;
    in.case_id = k.id;
    in.version = a.version;
    in.placed = a.placed;
    in.reason = a.reason;
    check_parties(c, &in);
    accord_version(c, &in);
    if (ok(c) && str_eq(a.state, S("agreed"))) pass_again(c, &k, &in);
    case_note(c, &k, S("agreement_drafted"), in.digest);
    tag_version(c, in.version);
    reply_row(c, exists ? 200 : 201, &accord_form, &in);
    tx_end(c);
}

/* The case's agreement, for reading; NOT_FOUND if there is none. */
static bool open_accord(Ctx *c, Case *k, Accord *a)
{
    if (!case_get(c, arg_id(c, 0), k) || !right_need(c, OBJ_AGREEMENT, MAY_READ)) return false;
    return accord_of(c, k->id, a) || fail(c, ERR_NOT_FOUND, S("agreement"));
}

static void show(Ctx *c)
{
    Case k;
    Accord a;
    if (!open_accord(c, &k, &a)) return;
    tag_version(c, a.version);
    reply_row(c, 200, &accord_form, &a);
}

static void show_versions(Ctx *c)
{
    Case k;
    Accord a;
    if (!open_accord(c, &k, &a)) return;
    reply_rows(c, &accord_form, versions_of(c, k.id), (Str){ 0 });
}

static void show_check(Ctx *c)
{
    Case k;
    Accord a;
    if (!open_accord(c, &k, &a)) return;
    Findings f = accord_findings(c, &k, &a);
    findings_reply(c, &f);
}

enum { READERS = PARTIES | STAFF };

static const Route routes[] = {
    { "PUT", "/api/v1/cases/:id/agreement", MEDIATORS, draft, "起草协议", "draft the agreement",
      .in = &accord_form, .out = &accord_form },
    { "GET", "/api/v1/cases/:id/agreement", READERS, show, "调解协议", "the agreement", .out = &accord_form },
    { "GET", "/api/v1/cases/:id/agreement/versions", STAFF, show_versions, "协议各版本", "its versions",
      .out = &accord_form, .list = true },
    { "GET", "/api/v1/cases/:id/agreement/check", READERS, show_check, "协议合规审查", "what stands against it",
      .out = &remark_form, .list = true },
};

const Slice agreement_slice = {
    .name = "agreement", .query = queries, .migration = migrations, .migrations = COUNT(migrations),
    .keeps = keeps, .route = routes, .routes = COUNT(routes),
};
