#include "case/4-agreement/pursuit.h"
#include "case/3-mediation/mediation.h"
#include "case/4-agreement/agreement_law.h"
#include "case/canon.h"
#include "case/clock.h"

#include "register/organisations/organisations.h"

#define CODES(list) { .name = #list, .row = list##_rows, .n = COUNT(list##_rows) }

static const Code pursuit_kind_rows[] = {
    { "AREV", "仲裁审查", "arbitration review" }, { "JCONF", "司法确认", "judicial confirmation" },
    { "PORDER", "支付令", "payment order" },
};
const Codes pursuit_kinds = { .name = "pursuit", .row = pursuit_kind_rows, .n = COUNT(pursuit_kind_rows) };
static const Code pursuit_state_rows[] = {
    { "none", "未提出", "not begun" }, { "consented", "一方已同意申请", "one side consents" },
    { "joint_applied", "已共同申请", "jointly applied for" }, { "accepted", "已受理", "accepted" },
    { "not_accepted", "不予受理", "not accepted" }, { "statement_issued", "已制作调解书", "statement issued" },
    { "effective", "已生效", "in force" }, { "refused", "不予制作调解书", "refused" },
    { "withdrawn", "已撤回", "withdrawn" }, { "ruled_valid", "裁定有效", "ruled valid" },
    { "dismissed", "裁定驳回", "dismissed" }, { "prepared", "已准备", "prepared" }, { "filed", "已递交", "filed" },
    { "issued", "已发出支付令", "order issued" }, { "terminated", "支付令失效、程序终结", "order ended" },
    { "direct_suit", "已直接起诉", "sued directly" },
};
const Codes pursuit_states = { .name = "pursuit_state", .row = pursuit_state_rows, .n = COUNT(pursuit_state_rows) };
static const Code event_rows[] = {
    { "consent", "同意共同申请", "consent to apply" },
    { "accept", "受理", "accept" }, { "not_accept", "不予受理", "do not accept" },
    { "extend", "延长审查期限", "extend the review" }, { "issue", "作出调解书（支付令）", "issue" },
    { "receive", "签收", "received" }, { "refuse", "不予制作调解书", "refuse" }, { "withdraw", "撤回", "withdraw" },
    { "valid", "裁定有效", "rule it valid" }, { "dismiss", "裁定驳回", "dismiss" }, { "prepare", "准备申请", "prepare" },
    { "file", "递交申请", "file" }, { "final", "期满无异议、支付令生效", "no objection: in force" },
    { "object", "债务人异议或者无法送达", "objection, or not served" }, { "sue", "直接起诉", "sue directly" },
};
static const Codes pursuit_events = { .name = "pursuit_event", .row = event_rows, .n = COUNT(event_rows) };

/* Grounds of a refusal: which list an event asks for is in its turn. */
static const Code ground_rows[] = {
    { "A75_1", "不属于仲裁委员会受理争议范围", "outside arbitration's scope" },
    { "A75_2", "不属于本仲裁委员会管辖", "outside this commission's jurisdiction" },
    { "A75_3", "超出仲裁审查申请期间", "late" }, { "A75_4", "确认劳动关系", "confirms the labour relation" },
    { "A75_5", "已经人民法院司法确认", "already confirmed by a court" },
    { "A78_1", "违反法律、行政法规强制性规定", "breaks mandatory law" },
    { "A78_2", "损害国家、公共或者他人利益", "harms the state, the public or others" },
    { "A78_3", "证据材料有弄虚作假嫌疑", "evidence is suspected of being false" },
    { "A78_4", "违反自愿原则", "not voluntary" }, { "A78_5", "内容不明确", "unclear" },
    { "A78_6", "其他不能制作调解书的情形", "other" },
    { "J355_1", "不属于人民法院受理范围", "outside the court's scope" },
    { "J355_2", "不属于收到申请的人民法院管辖", "outside this court's jurisdiction" },
    { "J355_3", "确认身份关系", "about status of persons" }, { "J355_4", "适用其他特别程序等", "other special procedure" },
    { "J355_5", "涉及物权、知识产权确权", "about title to property" },
    { "J358_1", "违反法律强制性规定", "breaks mandatory law" },
    { "J358_2", "损害国家、公共或者他人利益", "harms the state, the public or others" },
    { "J358_3", "违背公序良俗", "against public order" }, { "J358_4", "违反自愿原则", "not voluntary" },
    { "J358_5", "内容不明确", "unclear" }, { "J358_6", "其他不能确认的情形", "other" },
    { "P_OBJECT", "债务人提出书面异议", "the debtor objects in writing" },
    { "P_SERVE", "支付令无法送达", "it cannot be served" }, { "P_OTHER", "其他", "other" },
};
static const Codes pursuit_grounds = { .name = "pursuit_ground", .row = ground_rows, .n = COUNT(ground_rows) };

/* One turn.  `both`: waits for the other side before it leads on; `ends`/`begins`:
** clocks; `ground`: how a refusal's grounds begin, NULL: none. */
typedef struct Turn {
    const char *kind, *from, *event, *to;
    const char *begins, *ends, *ground;
    uint32_t    who;
    bool        both;
    bool        enforceable; /* from now on the court enforces */
} Turn;

enum { APPLY = PARTIES | MEDIATORS | CLERK, HEAR = MEDIATORS | CLERK | HEAD | VISITOR };

static const Turn turns[] = {
    { "AREV", "none consented", "consent", "joint_applied", NULL, "C-AREV", NULL, APPLY, true, false },
    { "AREV", "joint_applied", "accept", "accepted", "C-AREV-D", NULL, NULL, HEAR, false, false },
    { "AREV", "joint_applied", "not_accept", "not_accepted", NULL, NULL, "A75_", HEAR, false, false },
    { "AREV", "accepted", "extend", "accepted", NULL, NULL, NULL, HEAR, false, false },
    { "AREV", "accepted", "issue", "statement_issued", NULL, "C-AREV-D", NULL, HEAR, false, false },
    { "AREV", "accepted", "refuse", "refused", NULL, "C-AREV-D", "A78_", HEAR, false, false },
    { "AREV", "statement_issued", "receive", "effective", NULL, NULL, NULL, HEAR | PARTIES, true, true },
    { "AREV", "consented joint_applied accepted statement_issued", "withdraw", "withdrawn", NULL,
      "C-AREV-D", NULL, APPLY, false, false },
    { "JCONF", "none consented", "consent", "joint_applied", "C-JCONF-A", "C-JCONF", NULL, APPLY, true,
      false },
    { "JCONF", "joint_applied", "accept", "accepted", "C-JCONF-D", "C-JCONF-A", NULL, HEAR, false, false },
    { "JCONF", "joint_applied", "not_accept", "not_accepted", NULL, "C-JCONF-A", "J355_", HEAR, false,
      false },
    { "JCONF", "accepted", "extend", "accepted", NULL, NULL, NULL, HEAR, false, false },
    { "JCONF", "accepted", "valid", "ruled_valid", NULL, "C-JCONF-D", NULL, HEAR, false, true },
    { "JCONF", "accepted", "dismiss", "dismissed", NULL, "C-JCONF-D", "J358_", HEAR, false, false },
    { "JCONF", "consented joint_applied accepted", "withdraw", "withdrawn", NULL, "C-JCONF-D", NULL,
      APPLY, false, false },
    { "PORDER", "none", "prepare", "prepared", NULL, NULL, NULL, APPLY, false, false },
    { "PORDER", "none prepared", "file", "filed", "C-PO-1", NULL, NULL, APPLY, false, false },
    { "PORDER", "filed", "accept", "accepted", "C-PO-2", "C-PO-1", NULL, HEAR, false, false },
    { "PORDER", "filed", "not_accept", "not_accepted", NULL, "C-PO-1", "P_", HEAR, false, false },
    { "PORDER", "accepted", "issue", "issued", "C-PO-4", "C-PO-2", NULL, HEAR, false, false },
    { "PORDER", "issued", "receive", "issued", "C-PO-3", "C-PO-4", NULL, HEAR | PARTIES, false, false },
    { "PORDER", "issued", "final", "effective", NULL, "C-PO-3", NULL, HEAR, false, false },
    { "PORDER", "issued", "object", "terminated", NULL, "C-PO-3", "P_", HEAR | PARTIES, false, false },
    { "PORDER", "terminated not_accepted", "sue", "direct_suit", NULL, NULL, NULL, APPLY, false, false },
    { "PORDER", "prepared filed accepted", "withdraw", "withdrawn", NULL, "C-PO-2", NULL, APPLY, false,
      false },
};

/* After one of these the same may be begun again. */
static const char over[] = "withdrawn not_accepted refused dismissed terminated";

/* Which clock is the authority's in which state, and which the window to apply. */
static const struct Window { const char *kind, *apply, *decide; } windows[] = {
    { "AREV", "C-AREV", "C-AREV-D" }, { "JCONF", "C-JCONF", "C-JCONF-D" }, { "PORDER", NULL, "C-PO-2" },
};

/* ---- rows ----------------------------------------------------------------------------- */

/* One turn as it was taken; the body of a request, too. */
typedef struct PursuitEntry {
    Id   id, case_id, pursuit_id;
    Str  kind, event, from_state, to_state;
    Str  side;    /* of a consent or a receipt */
    Date day;     /* on which it happened */
    Str  authority, number, ground, file, note;
    Id   actor;
    Time at;
} PursuitEntry;

static const Code side_rows[] = { { "APPL", "申请人", "applicant" }, { "RESP", "被申请人", "respondent" } };
static const Codes entry_side = { .name = "side", .row = side_rows, .n = COUNT(side_rows) };

static const Field entry_fields[] = {
    FIELD(PursuitEntry, id,         .label = "编号", .en = "id", .rule = SERVER_SET),
    FIELD(PursuitEntry, case_id,    .label = "案件", .en = "case", .rule = SERVER_SET),
    FIELD(PursuitEntry, pursuit_id, .label = "程序", .en = "pursuit", .rule = SERVER_SET),
    FIELD(PursuitEntry, kind,       .label = "程序类型", .en = "kind", .rule = REQUIRED, .codes = &pursuit_kinds),
    FIELD(PursuitEntry, event,      .label = "事项", .en = "event", .rule = REQUIRED, .codes = &pursuit_events),
    FIELD(PursuitEntry, from_state, .label = "原状态", .en = "from", .rule = SERVER_SET),
    FIELD(PursuitEntry, to_state,   .label = "新状态", .en = "to", .rule = SERVER_SET),
    FIELD(PursuitEntry, side,       .label = "当事方", .en = "side", .codes = &entry_side),
    FIELD(PursuitEntry, day,        .label = "日期", .en = "day", .rule = NOT_FUTURE),
    FIELD(PursuitEntry, authority,  .label = "仲裁委员会（人民法院）", .en = "commission or court", .max = 100),
    FIELD(PursuitEntry, number,     .label = "文书号", .en = "number of the paper", .max = 100),
    FIELD(PursuitEntry, ground,     .label = "理由", .en = "ground", .codes = &pursuit_grounds),
    FIELD(PursuitEntry, file,       .label = "材料摘要", .en = "digest of the paper", .check = check_sha256),
    FIELD(PursuitEntry, note,       .label = "说明", .en = "note", .rule = PROSE, .max = 2000),
    FIELD(PursuitEntry, actor,      .label = "经办", .en = "actor", .rule = SERVER_SET),
    FIELD(PursuitEntry, at,         .label = "登记时间", .en = "recorded at", .rule = SERVER_SET),
};
const Form pursuit_entry_form = FORM(PursuitEntry, entry_fields);

static const Field pursuit_fields[] = {
    FIELD(Pursuit, id,        .label = "编号", .en = "id"),
    FIELD(Pursuit, case_id,   .label = "案件", .en = "case"),
    FIELD(Pursuit, kind,      .label = "程序类型", .en = "kind", .codes = &pursuit_kinds),
    FIELD(Pursuit, state,     .label = "状态", .en = "state", .codes = &pursuit_states),
    FIELD(Pursuit, agreed,    .label = "已同意方", .en = "sides that consent", .rule = MANY),
    FIELD(Pursuit, received,  .label = "已签收方", .en = "sides that received", .rule = MANY),
    FIELD(Pursuit, authority, .label = "仲裁委员会（人民法院）", .en = "commission or court"),
    FIELD(Pursuit, number,    .label = "文书号", .en = "number of the paper"),
    FIELD(Pursuit, ground,    .label = "理由", .en = "ground", .codes = &pursuit_grounds),
    FIELD(Pursuit, applied,   .label = "申请日期", .en = "applied on"),
    FIELD(Pursuit, due,       .label = "办理期限", .en = "to be decided by"),
    FIELD(Pursuit, warning,   .label = "提示", .en = "warning"),
};
const Form pursuit_form = FORM(Pursuit, pursuit_fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE pursuit("                /* review, confirmation, payment order: how it stands */
      "  id       INTEGER PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES cases,"
      "  kind     TEXT NOT NULL CHECK(kind IN ('AREV', 'JCONF', 'PORDER')), state TEXT NOT NULL,"
      "  agreed   TEXT NOT NULL, received TEXT NOT NULL,"     /* words: sides */
      "  authority TEXT NOT NULL, number TEXT NOT NULL, ground TEXT NOT NULL,"
      "  applied  TEXT, due TEXT) STRICT;"
      "CREATE INDEX pursuit_by_case ON pursuit(case_id, kind, id);"
      "CREATE TABLE pursuit_entry("          /* each turn; append-only */
      "  id       INTEGER PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES cases, pursuit_id INTEGER NOT NULL,"
      "  kind     TEXT NOT NULL, event TEXT NOT NULL, from_state TEXT NOT NULL, to_state TEXT NOT NULL,"
      "  side     TEXT NOT NULL, day TEXT NOT NULL, authority TEXT NOT NULL, number TEXT NOT NULL,"
      "  ground   TEXT NOT NULL, file TEXT NOT NULL, note TEXT NOT NULL,"
      "  actor    INTEGER NOT NULL, at INTEGER NOT NULL) STRICT;"
      "CREATE INDEX pursuit_entry_by_case ON pursuit_entry(case_id, id);" },
};
static const char *const keeps[] = { "pursuit_entry", NULL };

#define COLUMNS "id, case_id, kind, state, agreed, received, authority, number, ground, applied, due"
#define ENTRY_COLUMNS                                                                                 \
    "id, case_id, pursuit_id, kind, event, from_state, to_state, side, day, authority, number, ground, file," \
    " note, actor, at"

static const Query q_add = {
    .name = "pursuit.add", .in = &pursuit_form,
    .sql = "INSERT INTO pursuit(" COLUMNS ") VALUES(:id, :case_id, :kind, :state, :agreed, :received, :authority,"
           " :number, :ground, :applied, :due)",
};
static const Query q_set = {
    .name = "pursuit.set", .in = &pursuit_form,
    .sql = "UPDATE pursuit SET state = :state, agreed = :agreed, received = :received, authority = :authority,"
           " number = :number, ground = :ground, applied = :applied, due = :due WHERE id = :id",
};
static const Query q_last = {
    .name = "pursuit.last", .in = &pursuit_form, .out = &pursuit_form,
    .sql = "SELECT " COLUMNS " FROM pursuit WHERE case_id = :case_id AND kind = :kind ORDER BY id DESC LIMIT 1",
};
static const Query q_list = {
    .name = "pursuit.list", .in = &pursuit_form, .out = &pursuit_form,
    .sql = "SELECT " COLUMNS " FROM pursuit WHERE case_id = :case_id ORDER BY case_id, kind, id LIMIT 100",
};
static const Query q_entry = {
    .name = "pursuit.entry", .in = &pursuit_entry_form,
    .sql = "INSERT INTO pursuit_entry(" ENTRY_COLUMNS ") VALUES(:id, :case_id, :pursuit_id, :kind, :event,"
           " :from_state, :to_state, :side, :day, :authority, :number, :ground, :file, :note, :actor, :at)",
};
static const Query q_entries = {
    .name = "pursuit.entries", .in = &pursuit_entry_form, .out = &pursuit_entry_form,
    .sql = "SELECT " ENTRY_COLUMNS " FROM pursuit_entry WHERE case_id = :case_id ORDER BY case_id, id LIMIT 500",
};
static const Query *const queries[] = { &q_add, &q_set, &q_last, &q_list, &q_entry, &q_entries, NULL };

static bool has_word(const char *list, Str word)
{
    Str rest = str_of(list);
    while (rest.n) {
        if (str_eq(str_cut(&rest, ' '), word)) return true;
    }
    return false;
}

bool pursuit_of(Ctx *c, Id case_id, Str kind, Pursuit *p)
{
    *p = (Pursuit){ .case_id = case_id, .kind = kind };
    if (db_find(c, &q_last, p, p)) return true;
    p->state = S("none");
    return false;
}

Rows pursuit_entries(Ctx *c, Id case_id)
{
    return db_list(c, &q_entries, &(PursuitEntry){ .case_id = case_id });
}

bool pursuit_enforceable(Ctx *c, Id case_id)
{
    Pursuit p;
    if (pursuit_of(c, case_id, S("AREV"), &p) && str_eq(p.state, S("effective"))) return true;
    return pursuit_of(c, case_id, S("JCONF"), &p) && str_eq(p.state, S("ruled_valid"));
}

/* ---- may it be begun --------------------------------------------------------------------- */

static const Reason not_in_force = { "not_in_force", "协议尚未生效", "the agreement is not in force",
                                     "劳动争议调解仲裁法 14 (2008)" };
static const Reason late[] = {
    { "late", "已超过自协议生效之日起十五日的申请期间", "later than 15 days from the agreement's effect",
      "劳动人事争议仲裁办案规则 74、75(3) (2017)" },
    { "late", "已超过自协议生效之日起三十日的申请期间", "later than 30 days from the agreement's effect",
      "民事诉讼法 205 (2023)" },
};
static const Reason relation = { "relation", "协议确认劳动关系，仲裁审查不予受理；可以删除该条款或者就给付内容另行签订协议",
                                 "it confirms the labour relation: take the clause out, or agree on payments separately",
                                 "劳动人事争议仲裁办案规则 75(4) (2017)" };
static const Reason confirmed = { "confirmed", "协议已经人民法院司法确认", "a court has confirmed it already",
                                  "劳动人事争议仲裁办案规则 75(5) (2017)" };
static const Reason reviewed = { "reviewed", "已由仲裁委员会审查并制作调解书", "arbitration has issued a statement already",
                                 "劳动人事争议仲裁办案规则 77 (2017)" };
static const Reason sham = { "sham", "涉嫌虚假调解，在排除嫌疑之前暂停办理", "locked while a sham is suspected",
                             "特邀调解规定 18 (2016)" };
static const Reason court_off = { "court_off", "当地人民法院不受理此类组织主持的协议", "the local court does not confirm such agreements",
                                  POLICY };
static const Reason court_warns = { "court_warns", "当地人民法院对非人民调解组织主持的协议是否受理做法不一，请先咨询",
                                    "courts differ on agreements made before such organisations: ask first",
                                    "劳动争议司法解释（一） 52 (2020)；民事诉讼法 205 (2023)" };
static const Reason not_due = { "not_defaulted", "没有到期未付的款项", "nothing is overdue", "劳动争议调解仲裁法 16 (2008)" };
static const Reason not_money = { "not_money", "没有拖欠劳动报酬、工伤医疗费、经济补偿或者赔偿金的支付义务",
                                  "it owes none of the four kinds of money", "劳动争议调解仲裁法 16 (2008)" };

static const struct Window *window_of(Str kind)
{
    for (size_t i = 0; i < COUNT(windows); i++) {
        if (str_eq(str_of(windows[i].kind), kind)) return &windows[i];
    }
    return NULL;
}

Date pursuit_until(Ctx *c, const Case *k, const Accord *a, Str kind)
{
    const struct Window *w = window_of(kind);
    if (!w || !w->apply || a->effective.day == 0) return (Date){ 0 };
    ClockDue *due = NEW(c->mem, ClockDue, 1);
    ClockAsk ask = { .code = str_of(w->apply), .region = k->region, .start = a->effective };
    return clock_due(&c->law->clocks, &c->law->calendar, &ask, c->mem, due) ? due->due : (Date){ 0 };
}

Date accord_last_due(const Accord *a)
{
    Date last = a->effective;
    for (size_t i = 0; i < a->obligations.n; i++) {
        Date due = ((const Commitment *)a->obligations.at)[i].due;
        if (due.day > last.day) last = due;
    }
    return last;
}

/* One of the four kinds of money that a payment order is for. */
static bool owes_money(const Accord *a)
{
    for (size_t i = 0; i < a->obligations.n; i++) {
        const Commitment *o = (const Commitment *)a->obligations.at + i;
        if (str_eq(o->duty, S("PAY")) && !str_eq(o->money, S("OTHER"))) return true;
    }
    return false;
}

int64_t pursuit_court(Ctx *c, const Case *k)
{
    Org org;
    const Param *p = param_find(&c->law->params, S("JCONF_SWITCH"), k->region, c->today);
    if (p && p->region.n) return p->value; /* a court's own row */
    if (k->owner.n && org_find(c, k->owner, &org) && org.court_invited) return 1;
    return p ? p->value : 2;
}

const Reason *pursuit_warning(Ctx *c, const Case *k, Str kind)
{
    return str_eq(kind, S("JCONF")) && pursuit_court(c, k) == 2 ? &court_warns : NULL;
}

static bool stands(Ctx *c, const Case *k, const char *kind, const char *states)
{
    Pursuit p;
    return pursuit_of(c, k->id, str_of(kind), &p) && has_word(states, p.state);
}

static const Reason *bar_review(Ctx *c, const Case *k, const Accord *a)
{
    Findings f = accord_findings(c, k, a);
    if (!agreement_reviewable(&f)) return &relation;
    return stands(c, k, "JCONF", "ruled_valid") ? &confirmed : NULL;
}

static const Reason *bar_confirmation(Ctx *c, const Case *k)
{
    if (pursuit_court(c, k) == 0) return &court_off;
    return stands(c, k, "AREV", "statement_issued effective") ? &reviewed : NULL;
}

const Reason *pursuit_bar(Ctx *c, const Case *k, const Accord *a, Str kind, Date day)
{
    bool order = str_eq(kind, S("PORDER")), review = str_eq(kind, S("AREV"));
    Date until = pursuit_until(c, k, a, kind);
    if (!accord_in_force(a)) return &not_in_force;
    if (order && !owes_money(a)) return &not_money;
    if (order) return state_of(k->state) == ST_DEFAULTED ? NULL : &not_due;
    if (sham_open(c, k)) return &sham;
    const Reason *why = review ? bar_review(c, k, a) : bar_confirmation(c, k);
    if (why) return why;
    return until.day && day.day > until.day ? &late[review ? 0 : 1] : NULL;
}

Date pursuit_served(Ctx *c, Id case_id, Str kind)
{
    Date day = { 0 };
    Rows rows = pursuit_entries(c, case_id);
    for (size_t i = 0; i < rows.n; i++) {
        const PursuitEntry *e = (const PursuitEntry *)rows.at + i;
        if (str_eq(e->kind, kind) && str_eq(e->event, S("receive"))) day = e->day;
    }
    return day;
}

/* ---- a turn --------------------------------------------------------------------------------- */

static const Turn *turn_find(Str kind, Str from, Str event)
{
    for (size_t i = 0; i < COUNT(turns); i++) {
        const Turn *t = &turns[i];
        bool fits = str_eq(str_of(t->kind), kind) && str_eq(str_of(t->event), event);
        if (fits && has_word(t->from, from)) return t;
    }
    return NULL;
}

/* The list with one side more; both sides are there when it returns "APPL RESP". */
static Str with_side(Str list, Str side)
{
    if (list.n == 0) return side;
    return str_eq(list, side) ? list : S("APPL RESP");
}

/* A party acts today, for its own side. */
static void act_for_self(Ctx *c, PursuitEntry *e)
{
    e->day = c->today;
    if (c->who.sides & APPLICANT) e->side = S("APPL");
    else if (c->who.sides & RESPONDENT) e->side = S("RESP");
}

static void check_ground(Ctx *c, const Turn *t, Str ground)
{
    bool wrong = ground.n && (!t->ground || !str_starts(ground, str_of(t->ground)));
    if (t->ground && ground.n == 0) fault(c, S("ground"), FAULT_REQUIRED);
    if (wrong) fault(c, S("ground"), FAULT_NOT_ALLOWED);
}

static void check_entry(Ctx *c, const Turn *t, PursuitEntry *e)
{
    bool party = (c->who.roles & (uint32_t)PARTIES) != 0;
    if (party) act_for_self(c, e);
    else if (e->day.day == 0) e->day = c->today;
    if (!(c->who.roles & t->who)) fail(c, ERR_FORBIDDEN, e->event);
    if (t->both && e->side.n == 0) fault(c, S("side"), FAULT_REQUIRED);
    if (t->both && !party && e->file.n == 0) fault(c, S("file"), FAULT_REQUIRED);
    check_ground(c, t, e->ground);
}

/* Both sides: the first only says that it is willing. */
static Str next_state(const Turn *t, Pursuit *p, const PursuitEntry *e)
{
    bool consent = str_eq(e->event, S("consent"));
    if (!t->both) return str_of(t->to);
    Str *list = consent ? &p->agreed : &p->received;
    *list = with_side(*list, e->side);
    if (str_eq(*list, S("APPL RESP"))) return str_of(t->to);
    return consent ? S("consented") : p->state;
}

static void turn_clocks(Ctx *c, Case *k, const Turn *t, Pursuit *p, Date day)
{
    const struct Window *w = window_of(p->kind);
    if (t->ends) clock_finish(c, k, str_of(t->ends), CLOCK_MET);
    if (t->ends) p->due = (Date){ 0 };
    if (t->begins) p->due = clock_begin(c, k, str_of(t->begins), day);
    if (str_eq(str_of(t->event), S("extend"))) {
        bool known = false;
        const ClockRule *rule = clock_rule_find(&c->law->clocks, str_of(w->decide), k->region, day, &known);
        clock_extend(c, k, str_of(w->decide), rule ? rule->extend_max : 0);
        p->due = clock_last(c, k, str_of(w->decide));
    }
}

static void keep_words(Pursuit *p, const PursuitEntry *e)
{
    if (e->authority.n) p->authority = e->authority;
    if (e->number.n) p->number = e->number;
    if (e->ground.n) p->ground = e->ground;
}

static void record(Ctx *c, Case *k, Pursuit *p, PursuitEntry *e, bool fresh)
{
    e->id = id_next(c);
    e->case_id = k->id;
    e->pursuit_id = p->id;
    e->to_state = p->state;
    e->actor = c->who.id;
    e->at = now(c);
    if (fresh) db_insert(c, &q_add, p);
    else db_change(c, &q_set, p);
    db_insert(c, &q_entry, e);
    case_save(c, k); /* two at once cannot both decide */
    case_note(c, k, e->kind, e->event);
}

/* The turn from where it stands; what is over may be begun again. */
static const Turn *turn_now(Ctx *c, const Case *k, Pursuit *p, const PursuitEntry *e)
{
    const Turn *t = turn_find(p->kind, p->state, e->event);
    if (t || !has_word(over, p->state)) return t;
    *p = (Pursuit){ .case_id = k->id, .kind = e->kind, .state = S("none") };
    return ok(c) ? turn_find(p->kind, p->state, e->event) : NULL;
}

static bool is_beginning(const Turn *t)
{
    return has_word(t->from, S("none"));
}

/* The result has come: clocks, and from when enforcement counts. */
static void arrive(Ctx *c, Case *k, const Accord *a, const Turn *t, Pursuit *p)
{
    const struct Window *w = window_of(p->kind);
    if (is_beginning(t) && w->apply == NULL && p->applied.day == 0) p->applied = c->today;
    if (t->enforceable) (void)clock_begin(c, k, S("C-ENF"), accord_last_due(a));
}

static void take_turn(Ctx *c, Case *k, const Accord *a, Pursuit *p, PursuitEntry *e)
{
    const Turn *t = turn_now(c, k, p, e);
    if (!t) {
        fail(c, ERR_WRONG_STATE, p->state);
        return;
    }
    check_entry(c, t, e);
    const Reason *bar = ok(c) && is_beginning(t) ? pursuit_bar(c, k, a, p->kind, e->day) : NULL;
    if (bar) fail(c, ERR_BLOCKED, str_of(bar->code));
    if (!ok(c)) return;
    bool fresh = p->id.n == 0;
    if (fresh) p->id = id_next(c);
    e->from_state = p->state;
    p->state = next_state(t, p, e);
    keep_words(p, e);
    bool there = str_eq(p->state, str_of(t->to));
    if (there && str_eq(e->event, S("consent"))) p->applied = e->day;
    if (there) turn_clocks(c, k, t, p, e->day);
    if (there) arrive(c, k, a, t, p);
    const Reason *warning = is_beginning(t) ? pursuit_warning(c, k, p->kind) : NULL;
    if (warning) p->warning = str_of(warning->zh);
    record(c, k, p, e, fresh);
}

static void pursue(Ctx *c)
{
    Case k;
    Accord a;
    Pursuit p;
    PursuitEntry e = { 0 };
    form_read(c, &pursuit_entry_form, &e);
    tx_begin(c);
    case_get(c, arg_id(c, 0), &k);
    (void)case_unsealed(c, &k);
    if (ok(c) && !accord_of(c, k.id, &a)) fail(c, ERR_BLOCKED, S("not_in_force"));
    if (ok(c)) {
        (void)pursuit_of(c, k.id, e.kind, &p);
        take_turn(c, &k, &a, &p, &e);
        reply_row(c, 200, &pursuit_form, &p);
    }
    tx_end(c);
}

static void show(Ctx *c)
{
    Case k;
    if (!case_get(c, arg_id(c, 0), &k)) return;
    reply_rows(c, &pursuit_form, db_list(c, &q_list, &(Pursuit){ .case_id = k.id }), (Str){ 0 });
}

static void show_entries(Ctx *c)
{
    Case k;
    if (!case_get(c, arg_id(c, 0), &k)) return;
    reply_rows(c, &pursuit_entry_form, pursuit_entries(c, k.id), (Str){ 0 });
}

enum { READERS = PARTIES | STAFF };

static const Route routes[] = {
    { "POST", "/api/v1/cases/:id/pursuits", APPLY | HEAR, pursue, "仲裁审查、司法确认、支付令",
      "review, confirmation or payment order: one turn", .in = &pursuit_entry_form, .out = &pursuit_form },
    { "GET", "/api/v1/cases/:id/pursuits", READERS, show, "审查、确认、支付令情况", "how they stand",
      .out = &pursuit_form, .list = true },
    { "GET", "/api/v1/cases/:id/pursuits/entries", READERS, show_entries, "审查、确认、支付令经过", "their entries",
      .out = &pursuit_entry_form, .list = true },
};

const Slice pursuit_slice = {
    .name = "pursuit", .query = queries, .migration = migrations, .migrations = COUNT(migrations),
    .keeps = keeps, .route = routes, .routes = COUNT(routes),
};
