/*
** From agreed terms to an agreement in force: the compliance gate (T23), the
** four marks (T24), refusal to sign (T25).
*/
#include "case/2-dispatch/dispatch.h"
#include "case/4-agreement/agreement_law.h"
#include "case/canon.h"
#include "case/evidence.h"
#include "case/task.h"

#include "core/files.h"
#include "core/right.h"
#include "register/organisations/organisations.h"
#include "register/people/people.h"

#define CODES(list) { .name = #list, .row = list##_rows, .n = COUNT(list##_rows) }

static const Code mark_kind_rows[] = {
    { "PARTY", "当事人签名或者盖章", "a party's signature or seal" }, { "MEDIATOR", "调解员签名", "the mediator's signature" },
    { "SEAL", "调解组织印章", "the organisation's seal" },
};
static const Codes mark_kind = CODES(mark_kind);
static const Code how_rows[] = {
    { "SIGNED", "在线手写签名", "drawn on screen" }, { "PAPER", "纸质签署，上传扫描件", "on paper, scanned" },
    { "STAMP", "印章", "seal" }, { "COUNTER", "当面在屏幕上手写签名", "drawn on our screen, in our presence" },
};
static const Codes how = CODES(how);

static const Field mark_fields[] = {
    FIELD(Mark, id,           .label = "编号",     .en = "id", .rule = SERVER_SET),
    FIELD(Mark, case_id,      .label = "案件",     .en = "case", .rule = SERVER_SET),
    FIELD(Mark, agreement_id, .label = "协议",     .en = "agreement", .rule = SERVER_SET),
    FIELD(Mark, version,      .label = "版本",     .en = "version", .rule = SERVER_SET),
    FIELD(Mark, kind,         .label = "签署类型", .en = "kind", .rule = REQUIRED, .codes = &mark_kind),
    FIELD(Mark, party_id,     .label = "当事人",   .en = "party"),
    FIELD(Mark, agent_id,     .label = "代理人",   .en = "agent"),
    FIELD(Mark, side,         .label = "当事方",   .en = "side", .rule = SERVER_SET),
    FIELD(Mark, name,         .label = "姓名或者名称", .en = "name", .rule = SERVER_SET),
    FIELD(Mark, how,          .label = "方式",     .en = "how", .rule = REQUIRED, .codes = &how),
    FIELD(Mark, file,         .label = "签名（扫描件）文件摘要", .en = "digest of the file", .rule = REQUIRED, .check = check_sha256),
    FIELD(Mark, digest,       .label = "所签文本摘要", .en = "digest of the text signed", .rule = REQUIRED, .check = check_sha256),
    FIELD(Mark, placed_at,    .label = "签署时间", .en = "placed at", .rule = NOT_FUTURE),
    FIELD(Mark, signer,       .label = "签署人",   .en = "signer", .rule = HIDDEN),
    FIELD(Mark, by_id,        .label = "经办",     .en = "recorded by", .rule = SERVER_SET),
};
const Form mark_form = FORM(Mark, mark_fields);

/* What the mediator says when terms are agreed. */
typedef struct Agreed { Str reason; } Agreed;
static const Field agreed_fields[] = {
    FIELD(Agreed, reason, .label = "保留提示条款的理由", .en = "why warned clauses stand", .rule = PROSE, .max = 2000),
};
static const Form agreed_form = FORM(Agreed, agreed_fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE agreement_mark("       /* append-only; good for its version */
      "  id       INTEGER PRIMARY KEY,"
      "  case_id  INTEGER NOT NULL REFERENCES cases, agreement_id INTEGER NOT NULL REFERENCES agreement,"
      "  version  INTEGER NOT NULL,"
      "  kind     TEXT NOT NULL, party_id INTEGER NOT NULL, agent_id INTEGER NOT NULL,"
      "  side     TEXT NOT NULL, name TEXT NOT NULL, how TEXT NOT NULL,"
      "  file     TEXT NOT NULL,"           /* of the signature, scan or seal */
      "  digest   TEXT NOT NULL,"           /* of the version */
      "  placed_at INTEGER NOT NULL, signer INTEGER NOT NULL, by_id INTEGER NOT NULL,"
      "  UNIQUE(agreement_id, version, kind, signer)) STRICT;"
      "CREATE INDEX agreement_mark_by_case ON agreement_mark(case_id, id);" },
};
static const char *const keeps[] = { "agreement_mark", NULL };

#define COLUMNS \
    "id, case_id, agreement_id, version, kind, party_id, agent_id, side, name, how, file, digest, placed_at," \
    " signer, by_id"

static const Query q_add = {
    .name = "mark.add", .in = &mark_form, .clash = ERR_CLASH,
    .sql = "INSERT INTO agreement_mark(" COLUMNS ") VALUES(:id, :case_id, :agreement_id, :version, :kind, :party_id,"
           " :agent_id, :side, :name, :how, :file, :digest, :placed_at, :signer, :by_id)",
};
static const Query q_list = {
    .name = "mark.list", .in = &mark_form, .out = &mark_form,
    .sql = "SELECT " COLUMNS " FROM agreement_mark WHERE agreement_id = :agreement_id AND version = :version"
           " ORDER BY id",
};
static const Query q_ever = {
    .name = "mark.ever", .in = &mark_form, .out = &mark_form,
    .sql = "SELECT " COLUMNS " FROM agreement_mark WHERE case_id = :case_id ORDER BY case_id, id",
};
static const Query *const queries[] = { &q_add, &q_list, &q_ever, NULL };

Rows marks_of(Ctx *c, const Accord *a)
{
    return db_list(c, &q_list, &(Mark){ .agreement_id = a->id, .version = a->version });
}

Rows marks_ever(Ctx *c, Id case_id)
{
    return db_list(c, &q_ever, &(Mark){ .case_id = case_id });
}

/* ---- terms agreed ---------------------------------------------------------------------- */

/* T23: nothing that must be resolved stands, and what is warned of has a reason. */
static void compliant(Ctx *c, Case *k)
{
    Accord a;
    if (!accord_of(c, k->id, &a)) {
        fail(c, ERR_BLOCKED, S("agreement"));
        return;
    }
    Findings f = accord_findings(c, k, &a);
    bool unexplained = f.n && a.reason.n == 0;
    if (agreement_blocked(&f) || unexplained) fail(c, ERR_BLOCKED, findings_codes(c, &f));
    a.state = S("agreed");
    accord_save(c, &a);
}

static int64_t paid_by(const Accord *a)
{
    int64_t sum = 0;
    const Commitment *at = a->obligations.at;
    for (size_t i = 0; i < a->obligations.n; i++) sum += at[i].amount.fen;
    return sum;
}

/* Far less than what was claimed: a second person looks at it. */
static void second_look(Ctx *c, Case *k)
{
    Accord a;
    const Param *share = param_find(&c->law->params, S("SECOND_LOOK_PERCENT"), k->region, c->today);
    if (!share || !accord_of(c, k->id, &a)) return;
    bool low = k->amount.fen > 0 && paid_by(&a) < k->amount.fen / 100 * share->value;
    if (low && !task_open(c, k, S("second_look"))) {
        task_add(c, k, S("second_look"), ROLE_HEAD, (Time){ now(c).s + 86400 });
    }
}

static void agree(Ctx *c)
{
    Case k;
    Accord a;
    Agreed in = { 0 };
    form_read(c, &agreed_form, &in);
    tx_begin(c);
    case_get(c, arg_id(c, 0), &k);
    if (accord_of(c, k.id, &a) && str_eq(a.state, S("draft"))) {
        a.reason = in.reason;
        accord_save(c, &a);
    }
    case_fire(c, &k, EV_AGREE, in.reason);
    reply_row(c, 200, &case_form, &k);
    tx_end(c);
}

/* ---- marks ------------------------------------------------------------------------------- */

static bool on_side(const Ctx *c, Str side)
{
    uint32_t bit = str_eq(side, S("APPL")) ? APPLICANT : str_eq(side, S("RESP")) ? RESPONDENT : THIRD_PARTY;
    return (c->who.sides & bit) != 0;
}

/* An agent signs with special power only (民事诉讼法 62). */
static void check_agent(Ctx *c, const Mark *m, const Party *party)
{
    Party agent;
    if (m->agent_id.n == 0 || !party_get(c, m->agent_id, &agent)) return;
    bool his = agent.case_id.n == party->case_id.n && str_eq(agent.side, party->side)
            && str_eq(agent.part, S("AGENT"));
    if (!his) fault(c, S("agent_id"), FAULT_NOT_KNOWN);
    else if (!str_eq(agent.scope, S("SPECIAL"))) fail(c, ERR_BLOCKED, S("AGR_NO_POWER"));
}

/* Whose mark it is: one who must sign, by himself or on paper through the mediator. */
static void mark_party(Ctx *c, const Case *k, Mark *m)
{
    Party p;
    if (m->party_id.n == 0) fault(c, S("party_id"), FAULT_REQUIRED);
    if (!party_get(c, m->party_id, &p)) return;
    bool self = (c->who.roles & (uint32_t)PARTIES) != 0;
    bool ours = str_eq(m->how, S("PAPER")) || str_eq(m->how, S("COUNTER"));
    bool part = str_eq(p.part, S("PARTY")) || str_eq(p.part, S("REP"));
    if (p.case_id.n != k->id.n || !part || p.split_on.day) fault(c, S("party_id"), FAULT_NOT_KNOWN);
    else if (!(self ? on_side(c, p.side) : (c->who.roles & (uint32_t)MEDIATORS) != 0)) {
        fail(c, ERR_FORBIDDEN, p.side);
    } else if (self ? str_eq(m->how, S("COUNTER")) : !ours) fault(c, S("how"), FAULT_NOT_ALLOWED);
    check_agent(c, m, &p);
    m->side = p.side;
    m->name = p.name;
    m->signer = p.id;
}

static Str office_name(Ctx *c, const Case *k, bool seal)
{
    Org org = { 0 };
    User user = { 0 };
    if (seal) (void)org_find(c, k->org, &org);
    else (void)user_find(c, c->who.id, &user);
    return seal ? org.name : user.name;
}

static void mark_office(Ctx *c, Case *k, Mark *m)
{
    bool seal = str_eq(m->kind, S("SEAL"));
    if (!seal) not_on_hold(c, k);
    uint32_t who = seal ? HEAD | ORG_MANAGER : MEDIATORS;
    if (!(c->who.roles & who)) fail(c, ERR_FORBIDDEN, m->kind);
    bool own = seal == str_eq(m->how, S("STAMP")) && !str_eq(m->how, S("COUNTER"));
    if (!own) fault(c, S("how"), FAULT_NOT_ALLOWED);
    if (m->party_id.n || m->agent_id.n) fault(c, S("party_id"), FAULT_NOT_ALLOWED);
    m->signer = seal ? (Id){ 0 } : c->who.id;
    m->name = office_name(c, k, seal);
}

/* It is of the text as it stands, and not older than it. */
static void mark_check(Ctx *c, Case *k, const Accord *a, Mark *m)
{
    if (!ok(c)) return;
    if (!str_eq(a->state, S("agreed"))) fail(c, ERR_WRONG_STATE, a->state);
    else if (!str_eq(m->digest, a->digest)) fail(c, ERR_STALE, a->digest);
    if (m->placed_at.s == 0) m->placed_at = now(c);
    else if (m->placed_at.s < a->saved_at.s) fault(c, S("placed_at"), FAULT_PAST);
    if (str_eq(m->kind, S("PARTY"))) mark_party(c, k, m);
    else mark_office(c, k, m);
}

/* Whoever places a mark changes the agreement's row, so that of two last marks
** one sees the other. */
static void mark_add(Ctx *c, const Case *k, Accord *a, Mark *m)
{
    m->id = id_next(c);
    m->case_id = k->id;
    m->agreement_id = a->id;
    m->version = a->version;
    m->by_id = c->who.id;
    a->placed++;
    accord_save(c, a);
    db_insert(c, &q_add, m);
    case_note(c, k, S("mark_placed"), m->kind);
}

static void place(Ctx *c)
{
    Case k;
    Accord a;
    Mark m = { 0 };
    form_read(c, &mark_form, &m);
    tx_begin(c);
    case_get(c, arg_id(c, 0), &k);
    if (ok(c) && !flow_find(state_of(k.state), EV_SIGN)) fail(c, ERR_WRONG_STATE, k.state);
    if (ok(c) && !accord_of(c, k.id, &a)) fail(c, ERR_NOT_FOUND, S("agreement"));
    if (ok(c)) {
        mark_check(c, &k, &a, &m);
        mark_add(c, &k, &a, &m);
        Findings missing = accord_missing(c, &k, marks_of(c, &a));
        if (missing.n == 0) case_fire(c, &k, EV_SIGN, a.digest);
    }
    reply_row(c, 201, &case_form, &k);
    tx_end(c);
}

/* A name drawn on our screen, before the mark that rests on it: a file of the case, given in by
** the office.  Whose: nobody named is the mediator himself. */
typedef struct HandAsk { Id party_id; } HandAsk;
static const Field hand_fields[] = {
    FIELD(HandAsk, party_id, .label = "签名的当事人", .en = "which party signs"),
};
static const Form hand_form = FORM(HandAsk, hand_fields);

static void give_hand(Ctx *c)
{
    Case k;
    Party p = { 0 };
    HandAsk in = { 0 };
    Evidence e = { .kind = S("SCAN"), .name = S("signature.png"), .size = c->upload.size,
                   .sha256 = c->upload.sha256 };
    (void)form_read_query(c, &hand_form, &in);
    const FileType *type = file_type(c, e.name);
    e.type = str_of(type ? type->word : NULL);
    if (ok(c) && e.size == 0) fail(c, ERR_BAD_TYPE, e.name);
    file_keep(c);
    tx_begin(c);
    case_get(c, arg_id(c, 0), &k);
    (void)right_need(c, OBJ_AGREEMENT, MAY_WRITE);
    if (ok(c) && !flow_find(state_of(k.state), EV_SIGN)) fail(c, ERR_WRONG_STATE, k.state);
    bool found = in.party_id.n && party_get(c, in.party_id, &p);
    if (found && p.case_id.n != k.id.n) fault(c, S("party_id"), FAULT_NOT_KNOWN);
    e.title = found ? p.name : office_name(c, &k, false);
    evidence_add(c, &k, &e);
    reply_row(c, 201, &evidence_form, &e);
    tx_end(c);
}

static Str number_of(Ctx *c, const Case *k)
{
    Out o = canon_out(c, k->no.n + 8);
    out_str(&o, k->no);
    out_str(&o, S("-1"));
    return out_view(&o);
}

/* T24: with the last mark it binds, from that mark's time on. */
static void take_effect(Ctx *c, Case *k)
{
    Accord a;
    if (!accord_of(c, k->id, &a)) {
        fail(c, ERR_BLOCKED, S("agreement"));
        return;
    }
    Rows marks = marks_of(c, &a);
    Findings missing = accord_missing(c, k, marks);
    if (missing.n) fail(c, ERR_BLOCKED, findings_codes(c, &missing));
    for (size_t i = 0; i < marks.n; i++) {
        Time at = ((const Mark *)marks.at)[i].placed_at;
        if (at.s > a.effective_at.s) a.effective_at = at;
    }
    a.effective = time_date(a.effective_at);
    a.state = S("effective");
    a.no = number_of(c, k);
    accord_save(c, &a);
    k->effective = k->start = a.effective;
}

/* ---- no signature -------------------------------------------------------------------------- */

/* T25, mediation goes on: the same text as a new draft, without marks. */
static void back_to_draft(Ctx *c, Case *k)
{
    Accord a;
    if (accord_of(c, k->id, &a)) accord_version(c, &a);
}

/* The case left another way: what lies there binds nobody. */
static void void_draft(Ctx *c, Case *k)
{
    Accord a;
    if (!accord_of(c, k->id, &a) || accord_in_force(&a)) return;
    a.state = S("void");
    accord_save(c, &a);
}

/* ---- answers ---------------------------------------------------------------------------------- */

static void show_marks(Ctx *c)
{
    Case k;
    Accord a;
    if (!case_get(c, arg_id(c, 0), &k) || !right_need(c, OBJ_AGREEMENT, MAY_READ)) return;
    if (!accord_of(c, k.id, &a)) fail(c, ERR_NOT_FOUND, S("agreement"));
    reply_rows(c, &mark_form, marks_of(c, &a), (Str){ 0 });
}

static void show_missing(Ctx *c)
{
    Case k;
    Accord a;
    if (!case_get(c, arg_id(c, 0), &k) || !right_need(c, OBJ_AGREEMENT, MAY_READ)) return;
    if (!accord_of(c, k.id, &a)) fail(c, ERR_NOT_FOUND, S("agreement"));
    Findings f = accord_missing(c, &k, marks_of(c, &a));
    findings_reply(c, &f);
}

/* ---- a sum in parts ----------------------------------------------------------------------------- */

typedef struct Plan {
    Money   total;
    int64_t parts, months; /* between two due days */
    Date    first;
} Plan;
static const Field plan_fields[] = {
    FIELD(Plan, total,  .label = "总额（分）", .en = "total, fen", .rule = REQUIRED, .min = 1, .max = 100000000000),
    FIELD(Plan, parts,  .label = "期数", .en = "instalments", .rule = REQUIRED, .min = 1, .max = 120),
    FIELD(Plan, months, .label = "间隔月数", .en = "months between", .min = 0, .max = 12),
    FIELD(Plan, first,  .label = "首期日期", .en = "first due day", .rule = REQUIRED),
};
static const Form plan_form = FORM(Plan, plan_fields);

/* GET /api/v1/instalments?total=1000000&parts=3&first=2026-05-31: as obligations. */
static void show_plan(Ctx *c)
{
    Plan p = { .months = 1 };
    if (!form_read_query(c, &plan_form, &p)) return;
    if (p.total.fen < p.parts) fault(c, S("parts"), FAULT_TOO_LARGE);
    Commitment *list = NEW(c->mem, Commitment, (size_t)p.parts);
    for (int64_t i = 0; i < p.parts; i++) {
        list[i] = (Commitment){ .no = i + 1, .duty = S("PAY"), .amount = instalment(p.total, p.parts, i),
                                .due_on = date_plus_months(p.first, (int)(p.months * i)) };
        list[i].due = effective_due(&c->law->calendar, list[i].due_on, &list[i].provisional);
    }
    reply_rows(c, &commitment_form, (Rows){ list, (size_t)p.parts }, (Str){ 0 });
}

static const Hook hooks[] = {
    { BEFORE, EV_AGREE, compliant },
    { AFTER, EV_AGREE, second_look },
    { BEFORE, EV_SIGN, take_effect },
    { AFTER, EV_REFUSE_SIGN_BACK, back_to_draft },
    { AFTER, EV_REFUSE_SIGN_END, void_draft },
    { AFTER, EV_TIME_OUT, void_draft },
    { AFTER, EV_WITHDRAW, void_draft },
    { AFTER, EV_SETTLE, void_draft },
    { AFTER, EV_FAIL, void_draft },
};

enum { READERS = PARTIES | STAFF };

static const Route routes[] = {
    { "POST", "/api/v1/cases/:id/agree", MEDIATORS, agree, "达成一致", "terms agreed", EV_AGREE,
      .in = &agreed_form, .out = &case_form },
    { "POST", "/api/v1/cases/:id/marks", PARTIES | MEDIATORS | HEAD | ORG_MANAGER, place, "签名、盖章",
      "place a mark; the last one brings it into force", EV_SIGN, .in = &mark_form, .out = &case_form },
    { "POST", "/api/v1/cases/:id/signatures", MEDIATORS, give_hand, "上传现场手写签名", "a name drawn on our screen",
      .query = &hand_form, .out = &evidence_form, .upload = true },
    { "GET", "/api/v1/cases/:id/marks", READERS, show_marks, "签署情况", "marks placed", .out = &mark_form,
      .list = true },
    { "GET", "/api/v1/cases/:id/marks/missing", READERS, show_missing, "尚缺签署", "marks missing",
      .out = &remark_form, .list = true },
    { "POST", "/api/v1/cases/:id/refuse-sign-back", PARTIES | MEDIATORS, case_event, "拒签，继续调解",
      "refuses to sign, mediation goes on", EV_REFUSE_SIGN_BACK, .in = &case_note_form, .out = &case_form },
    { "POST", "/api/v1/cases/:id/refuse-sign-end", PARTIES | MEDIATORS, case_event, "拒签，终止调解",
      "refuses to sign, mediation ends", EV_REFUSE_SIGN_END, .in = &case_note_form, .out = &case_form },
    { "GET", "/api/v1/instalments", READERS, show_plan, "分期计划", "a sum in instalments", .query = &plan_form,
      .out = &commitment_form, .list = true },
};

const Slice agreement_sign_slice = {
    .name = "agreement_sign", .query = queries, .migration = migrations, .migrations = COUNT(migrations),
    .keeps = keeps, .hook = hooks, .hooks = COUNT(hooks), .route = routes, .routes = COUNT(routes),
};
