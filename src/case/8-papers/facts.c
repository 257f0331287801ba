/* The case, its claims, obligations and last days as papers say them. */
#include "case/8-papers/facts.h"

#include "case/3-mediation/mediation.h"
#include "case/4-agreement/pursuit.h"
#include "case/5-performance/performance.h"
#include "case/clock.h"
#include "case/paper.h"
#include "core/reference.h"
#include "paper/chinese.h"
#include "register/organisations/organisations.h"

enum { NAMES_MAX = 4000 };

/* ---- the case -------------------------------------------------------------------------- */

typedef struct MatterFacts {
    Str     no, applicant, respondent, cause, causes, region, industry, ending, road, channel, source, mode;
    Str     state, basis, scope, level_zh, flags;
    Date    filed, accepted, due, effective, ended, closed, correct_by, answer_by;
    Time    filed_at;
    Money   amount;
    int64_t workers, level, rest_days, sessions;
    bool    collective, major, oral;
} MatterFacts;

static const Field matter_fields[] = {
    FIELD(MatterFacts, no,         .label = "登记号",   .en = "ledger number"),
    FIELD(MatterFacts, applicant,  .label = "申请人",   .en = "applicant"),
    FIELD(MatterFacts, respondent, .label = "被申请人", .en = "respondent"),
    FIELD(MatterFacts, cause,      .label = "案由",     .en = "cause"),
    FIELD(MatterFacts, causes,     .label = "全部案由", .en = "all causes"),
    FIELD(MatterFacts, region,     .label = "合同履行地", .en = "place of performance"),
    FIELD(MatterFacts, industry,   .label = "行业",     .en = "industry"),
    FIELD(MatterFacts, ending,     .label = "终结（不予受理）原因", .en = "why it ended or was refused"),
    FIELD(MatterFacts, road,       .label = "救济途径", .en = "what may be done instead"),
    FIELD(MatterFacts, basis,      .label = "不予受理依据", .en = "basis of the refusal"),
    FIELD(MatterFacts, channel,    .label = "申请渠道", .en = "channel"),
    FIELD(MatterFacts, source,     .label = "案件来源", .en = "source"),
    FIELD(MatterFacts, mode,       .label = "申请方式", .en = "mode"),
    FIELD(MatterFacts, state,      .label = "状态",     .en = "state"),
    FIELD(MatterFacts, scope,      .label = "受理类别", .en = "scope class"),
    FIELD(MatterFacts, level_zh,   .label = "应急等级", .en = "emergency level"),
    FIELD(MatterFacts, flags,      .label = "标记",     .en = "flags"),
    FIELD(MatterFacts, filed,      .label = "收件日期", .en = "filing date"),
    FIELD(MatterFacts, filed_at,   .label = "提交时间", .en = "submitted at"),
    FIELD(MatterFacts, accepted,   .label = "受理日期", .en = "accepted on"),
    FIELD(MatterFacts, due,        .label = "调解期限届满日", .en = "last day of mediation"),
    FIELD(MatterFacts, effective,  .label = "协议生效日", .en = "in force on"),
    FIELD(MatterFacts, ended,      .label = "终结日期", .en = "ended on"),
    FIELD(MatterFacts, closed,     .label = "结案日期", .en = "closed on"),
    FIELD(MatterFacts, correct_by, .label = "补正截止日", .en = "corrections due by"),
    FIELD(MatterFacts, answer_by,  .label = "答复截止日", .en = "answer due by"),
    FIELD(MatterFacts, amount,     .label = "请求金额", .en = "amount claimed"),
    FIELD(MatterFacts, workers,    .label = "涉及人数", .en = "workers"),
    FIELD(MatterFacts, level,      .label = "应急等级（数）", .en = "level as a number"),
    FIELD(MatterFacts, rest_days,  .label = "剩余天数", .en = "days left"),
    FIELD(MatterFacts, sessions,   .label = "调解场次", .en = "sessions held"),
    FIELD(MatterFacts, collective, .label = "集体争议", .en = "collective"),
    FIELD(MatterFacts, major,      .label = "重大争议", .en = "major"),
    FIELD(MatterFacts, oral,       .label = "口头申请", .en = "oral application"),
};
const Form matter_facts_form = FORM(MatterFacts, matter_fields);

static Str causes_zh(Ctx *c, Str words)
{
    Out o = canon_out(c, NAMES_MAX);
    while (words.n) {
        Str word = str_cut(&words, ' '), name = code_cause(c, word);
        if (o.len) out_str(&o, S("、"));
        out_str(&o, name.n ? name : word);
    }
    return out_view(&o);
}

static Str channel_zh(Str word)
{
    const Code *code = NULL;
    return code_find(&case_channels, word, &code) && code ? str_of(code->zh) : word;
}

/* Why it was refused, or ended without an agreement. */
static void say_ending(Ctx *c, const Case *k, MatterFacts *m)
{
    const Refusal *r = refusal_find(&c->law->refusals, k->ending, c->today);
    Ending e = ending_of(k->ending);
    if (r) {
        m->ending = r->zh;
        m->road = r->route_zh;
        Out basis = { .buf = NEW(c->mem, char, 4 * r->basis.n + 1), .cap = 4 * r->basis.n + 1 };
        out_law_basis(&basis, r->basis);
        m->basis = out_view(&basis);
    } else if (e != END_NONE) {
        m->ending = str_of(ending_zh(e));
    }
}

Rows fact_matter(Ctx *c, const CaseFacts *f)
{
    static const char *const levels[] = {
        "", "Ⅰ级（特别重大）", "Ⅱ级（重大）", "Ⅲ级（较大）", "Ⅳ级（一般）",
    };
    const Case *k = f->k;
    Intake in = { 0 };
    MatterFacts *m = NEW(c->mem, MatterFacts, 1);
    (void)intake_get(c, k->id, &in);
    *m = (MatterFacts){
        .no = k->no, .applicant = k->applicant, .respondent = k->respondent, .cause = causes_zh(c, k->cause),
        .causes = causes_zh(c, k->causes), .region = code_region_path(c, k->region),
        .industry = code_industry(c, k->industry), .channel = channel_zh(k->channel), .source = k->source,
        .mode = k->mode, .state = str_of(state_zh(state_of(k->state))), .scope = in.scope, .flags = k->flags,
        .filed = k->filed, .filed_at = k->filed_at, .accepted = k->accepted, .due = k->due,
        .effective = k->effective, .ended = k->ended, .closed = k->closed, .amount = k->amount,
        .workers = k->workers, .level = k->level, .sessions = sessions_held(c, k->id),
        .collective = flag_set(k, "COLL"), .major = flag_set(k, "MAJOR"), .oral = str_eq(k->mode, S("ORAL")),
    };
    if (k->level > 0 && k->level < (int64_t)COUNT(levels)) m->level_zh = str_of(levels[k->level]);
    m->correct_by = clock_last(c, k, S("C-CORR"));
    m->answer_by = clock_last(c, k, S("C-ACC"));
    m->rest_days = clock_left(c, k, S("C-MED"));
    if (m->rest_days == 0 && k->due.day > c->today.day) m->rest_days = k->due.day - c->today.day;
    say_ending(c, k, m);
    return (Rows){ m, 1 };
}

/* ---- the paper ------------------------------------------------------------------------- */

static const Field head_fields[] = {
    FIELD(PaperHead, title,  .label = "标题",   .en = "title"),
    FIELD(PaperHead, number, .label = "文号",   .en = "number"),
    FIELD(PaperHead, code,   .label = "验真码", .en = "verification code"),
    FIELD(PaperHead, url,    .label = "验真网址", .en = "address of verification"),
    FIELD(PaperHead, office, .label = "制作单位", .en = "office"),
    FIELD(PaperHead, maker,  .label = "经办人", .en = "who made it"),
    FIELD(PaperHead, reason, .label = "更正理由", .en = "why it replaces another"),
    FIELD(PaperHead, day,    .label = "日期",   .en = "date"),
};
const Form head_facts_form = FORM(PaperHead, head_fields);

Rows fact_head(Ctx *c, const CaseFacts *f)
{
    PaperHead *head = NEW(c->mem, PaperHead, 1);
    *head = f->head;
    return (Rows){ head, 1 };
}

/* ---- claims ---------------------------------------------------------------------------- */

typedef struct ClaimFacts {
    int64_t no;
    Str     cause, basis;
    Money   amount;
    Date    from, until;
    bool    money;
} ClaimFacts;
static const Field claim_fields[] = {
    FIELD(ClaimFacts, no,     .label = "序号",     .en = "number"),
    FIELD(ClaimFacts, cause,  .label = "请求事项", .en = "claim"),
    FIELD(ClaimFacts, basis,  .label = "请求内容和依据", .en = "what is asked, and why"),
    FIELD(ClaimFacts, amount, .label = "请求金额", .en = "amount"),
    FIELD(ClaimFacts, from,   .label = "起",       .en = "from"),
    FIELD(ClaimFacts, until,  .label = "止",       .en = "until"),
    FIELD(ClaimFacts, money,  .label = "有金额",   .en = "about money"),
};
const Form claim_facts_form = FORM(ClaimFacts, claim_fields);

Rows fact_claims(Ctx *c, const CaseFacts *f)
{
    Rows rows = claims_of(c, f->k->id);
    ClaimFacts *out = NEW(c->mem, ClaimFacts, rows.n + 1);
    for (size_t i = 0; i < rows.n; i++) {
        const Claim *claim = (const Claim *)rows.at + i;
        out[i] = (ClaimFacts){ claim->no, causes_zh(c, claim->cause), claim->basis, claim->amount,
                               claim->from, claim->until, claim->amount.fen > 0 };
    }
    return (Rows){ out, rows.n };
}

/* ---- mediators ------------------------------------------------------------------------- */

typedef struct MediatorFacts {
    Str  name, work_zh, part_zh, certificate, phone, unit;
    Date since;
    bool lead;
} MediatorFacts;
static const Field mediator_fields[] = {
    FIELD(MediatorFacts, name,        .label = "调解员",   .en = "mediator"),
    FIELD(MediatorFacts, work_zh,     .label = "专（兼）职", .en = "full- or part-time"),
    FIELD(MediatorFacts, part_zh,     .label = "分工",     .en = "part"),
    FIELD(MediatorFacts, certificate, .label = "调解员证号", .en = "roster number"),
    FIELD(MediatorFacts, phone,       .label = "调解员电话", .en = "the mediator's phone"),
    FIELD(MediatorFacts, unit,        .label = "工作单位", .en = "works at"),
    FIELD(MediatorFacts, since,       .label = "指派日期", .en = "since"),
    FIELD(MediatorFacts, lead,        .label = "主持",     .en = "leads"),
};
const Form mediator_facts_form = FORM(MediatorFacts, mediator_fields);

Rows fact_mediators(Ctx *c, const CaseFacts *f)
{
    Rows rows = assigned_of(c, f->k->id);
    MediatorFacts *out = NEW(c->mem, MediatorFacts, rows.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < rows.n && ok(c); i++) {
        const Assigned *a = (const Assigned *)rows.at + i;
        Mediator m = { 0 };
        if (a->until.day || !mediator_get(c, a->mediator_id, &m)) continue;
        bool lead = str_eq(a->part, S("lead"));
        out[n++] = (MediatorFacts){
            .name = a->name, .work_zh = str_eq(a->work, S("FT")) ? S("专职") : S("兼职"),
            .part_zh = lead ? S("主持调解员") : S("调解员"), .certificate = m.certificate_no,
            .phone = m.phone, .unit = m.unit, .since = a->since, .lead = lead,
        };
    }
    return (Rows){ out, n };
}

/* ---- obligations ----------------------------------------------------------------------- */

typedef struct DutyFacts {
    int64_t no, days_late;
    Str     debtor, creditors, item, method, account, what, note, joint;
    Id      debtor_id;
    Str     joint_ids;
    Money   amount, paid, rest, call;
    Date    due;
    bool    pays, late, called;
} DutyFacts;
static const Field duty_fields[] = {
    FIELD(DutyFacts, no,        .label = "序号",     .en = "number"),
    FIELD(DutyFacts, debtor,    .label = "义务人",   .en = "debtor"),
    FIELD(DutyFacts, creditors, .label = "权利人",   .en = "creditors"),
    FIELD(DutyFacts, item,      .label = "义务事项", .en = "item"),
    FIELD(DutyFacts, method,    .label = "履行方式", .en = "method"),
    FIELD(DutyFacts, account,   .label = "收款账户", .en = "account"),
    FIELD(DutyFacts, what,      .label = "义务内容", .en = "what is to be done"),
    FIELD(DutyFacts, amount,    .label = "金额",     .en = "amount"),
    FIELD(DutyFacts, paid,      .label = "已履行金额", .en = "paid"),
    FIELD(DutyFacts, rest,      .label = "未履行金额", .en = "not yet paid"),
    FIELD(DutyFacts, due,       .label = "履行期限", .en = "due on"),
    FIELD(DutyFacts, days_late, .label = "逾期天数", .en = "days late"),
    FIELD(DutyFacts, pays,      .label = "给付义务", .en = "a payment"),
    FIELD(DutyFacts, late,      .label = "已逾期",   .en = "late"),
    FIELD(DutyFacts, called,    .label = "已到期未履行（含加速到期）", .en = "owed now, by acceleration too"),
    FIELD(DutyFacts, call,      .label = "现应支付金额", .en = "to be paid now"),
    FIELD(DutyFacts, note,      .label = "到期说明", .en = "why it is due"),
    FIELD(DutyFacts, joint,     .label = "连带责任说明", .en = "with whom it is owed jointly and severally"),
};
const Form duty_facts_form = FORM(DutyFacts, duty_fields);

static Str name_of(Rows parties, Id id)
{
    for (size_t i = 0; i < parties.n; i++) {
        const Party *p = (const Party *)parties.at + i;
        if (p->id.n == id.n) return p->name;
    }
    return (Str){ 0 };
}

static Str names_of(Ctx *c, Rows parties, Str ids)
{
    Out o = canon_out(c, NAMES_MAX);
    while (ids.n) {
        Str name = name_of(parties, id_parse(str_cut(&ids, ' ')));
        if (o.len && name.n) out_str(&o, S("、"));
        out_str(&o, name);
    }
    return out_view(&o);
}

/* "与乙公司、丙公司承担连带责任", of all that are liable but this one; "" of one's own debt. */
static Str joint_zh(Ctx *c, Rows parties, Id debtor, Str joint, Id but)
{
    Out o = canon_out(c, NAMES_MAX);
    size_t n = 0;
    if (joint.n == 0) return (Str){ 0 };
    out_str(&o, S("与"));
    for (Str rest = joint; rest.n || debtor.n; debtor.n = 0) {
        Id id = debtor.n ? debtor : id_parse(str_cut(&rest, ' '));
        if (id.n == but.n) continue;
        if (n++) out_str(&o, S("、"));
        out_str(&o, name_of(parties, id));
    }
    out_str(&o, S("承担连带责任"));
    return out_view(&o);
}

/* "甲公司（与乙公司承担连带责任）" */
static Str debtor_zh(Ctx *c, Rows parties, const Commitment *d)
{
    Str name = name_of(parties, d->debtor_id);
    if (d->joint_ids.n == 0) return name;
    Out o = canon_out(c, NAMES_MAX);
    out_str(&o, name);
    out_str(&o, S("（"));
    out_str(&o, joint_zh(c, parties, d->debtor_id, d->joint_ids, d->debtor_id));
    out_str(&o, S("）"));
    return out_view(&o);
}

static Str item_zh(Str money, Str duty)
{
    const Code *code = NULL;
    if (code_find(&commitment_moneys, money, &code) && code) return str_of(code->zh);
    return str_eq(duty, S("PAY")) ? S("款项") : S("其他义务");
}

Rows fact_duties(Ctx *c, const CaseFacts *f)
{
    Accord a = { 0 };
    if (!accord_of(c, f->k->id, &a)) return (Rows){ 0 };
    Rows parties = parties_of(c, f->k->id);
    DutyFacts *out = NEW(c->mem, DutyFacts, a.obligations.n + 1);
    for (size_t i = 0; i < a.obligations.n; i++) {
        const Commitment *d = (const Commitment *)a.obligations.at + i;
        out[i] = (DutyFacts){
            .no = d->no, .debtor = debtor_zh(c, parties, d),
            .creditors = names_of(c, parties, d->creditor_ids),
            .item = item_zh(d->money, d->duty), .method = d->method, .account = d->account, .what = d->what,
            .amount = d->amount, .rest = d->amount, .due = d->due.day ? d->due : d->due_on,
            .pays = d->amount.fen > 0,
        };
    }
    return (Rows){ out, a.obligations.n };
}

/* Late, or due before its day since others were missed (加速到期): then it is late from that day on. */
static void say_called(Ctx *c, const Owing *o, const Progress *p, DutyFacts *d)
{
    bool rest = o->done.day == 0 && !o->waived && p->accelerated && d->pays;
    d->called = d->late || rest;
    if (d->called) d->call = d->rest;
    if (!rest || d->late) return;
    d->note = S("，加速到期");
    d->days_late = c->today.day - p->rest_due.day;
}

static bool liable(const DutyFacts *d, Id party)
{
    return d->debtor_id.n == party.n || has_id(d->joint_ids, party);
}

/* Each who owes something now, once, in the order of the case; of a paper for one, that one. */
Rows fact_debtors(Ctx *c, const CaseFacts *f)
{
    Rows rows = fact_overdue(c, f), parties = parties_of(c, f->k->id);
    DutyFacts *out = NEW(c->mem, DutyFacts, parties.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < parties.n; i++) {
        const Party *p = (const Party *)parties.at + i;
        bool owes = false;
        for (size_t k = 0; k < rows.n; k++) {
            const DutyFacts *d = (const DutyFacts *)rows.at + k;
            owes = owes || (d->called && liable(d, p->id));
        }
        if (owes && (f->to.n == 0 || p->id.n == f->to.n)) {
            out[n++] = (DutyFacts){ .debtor = p->name, .debtor_id = p->id, .called = true };
        }
    }
    return (Rows){ out, n };
}

bool fact_debtor(Ctx *c, const CaseFacts *f, size_t i, Id *id)
{
    Rows rows = fact_debtors(c, f);
    if (i < rows.n) *id = ((const DutyFacts *)rows.at)[i].debtor_id;
    return i < rows.n;
}

/* Is it what a paper for this party is about: what it owes, alone or with others, or what it is owed? */
static bool concerns(const DutyFacts *d, Str creditor_ids, Id party, bool owes)
{
    return owes ? liable(d, party) : has_id(creditor_ids, party);
}

static bool is_late(const Ctx *c, const Owing *o)
{
    return o->done.day == 0 && !o->waived && o->due.day && o->due.day < c->today.day;
}

/* Of a paper for one party that owes or is owed something: that. */
Rows fact_overdue(Ctx *c, const CaseFacts *f)
{
    Progress progress = { 0 };
    Rows rows = owings_of(c, f->k->id), parties = parties_of(c, f->k->id);
    bool owes = false, owed = false;
    size_t n = 0;
    progress_of(c, f->k, &progress);
    for (size_t i = 0; i < rows.n; i++) {
        const Owing *o = (const Owing *)rows.at + i;
        owes = owes || (f->to.n && (o->debtor_id.n == f->to.n || has_id(o->joint_ids, f->to)));
        owed = owed || (f->to.n && has_id(o->creditor_ids, f->to));
    }
    DutyFacts *out = NEW(c->mem, DutyFacts, rows.n + 1);
    for (size_t i = 0; i < rows.n; i++) {
        const Owing *o = (const Owing *)rows.at + i;
        bool late = is_late(c, o);
        Id one = owes ? f->to : o->debtor_id;
        DutyFacts d = {
            .no = o->no, .debtor = name_of(parties, o->debtor_id), .debtor_id = o->debtor_id,
            .joint_ids = o->joint_ids, .joint = joint_zh(c, parties, o->debtor_id, o->joint_ids, one),
            .creditors = names_of(c, parties, o->creditor_ids),
            .item = item_zh(o->money, o->duty), .what = o->what, .amount = o->amount, .paid = o->paid,
            .rest = { o->amount.fen - o->paid.fen }, .due = o->due, .pays = o->amount.fen > 0, .late = late,
            .days_late = late ? c->today.day - o->due.day : 0,
        };
        if ((owes || owed) && !concerns(&d, o->creditor_ids, f->to, owes)) continue;
        say_called(c, o, &progress, &d);
        out[n++] = d;
    }
    return (Rows){ out, n };
}

/* ---- last days ------------------------------------------------------------------------- */

typedef struct UntilFacts {
    Date review, confirm;
    Str  commission, commission_addr, commission_phone, court, court_addr, court_phone;
} UntilFacts;
static const Field until_fields[] = {
    FIELD(UntilFacts, review,           .label = "仲裁审查申请截止日", .en = "arbitration review until"),
    FIELD(UntilFacts, confirm,          .label = "司法确认申请截止日", .en = "judicial confirmation until"),
    FIELD(UntilFacts, commission,       .label = "劳动人事争议仲裁委员会", .en = "arbitration commission"),
    FIELD(UntilFacts, commission_addr,  .label = "仲裁委员会地址", .en = "its address"),
    FIELD(UntilFacts, commission_phone, .label = "仲裁委员会电话", .en = "its phone"),
    FIELD(UntilFacts, court,            .label = "人民法院", .en = "court"),
    FIELD(UntilFacts, court_addr,       .label = "人民法院地址", .en = "its address"),
    FIELD(UntilFacts, court_phone,      .label = "人民法院电话", .en = "its phone"),
};
const Form until_facts_form = FORM(UntilFacts, until_fields);

Rows fact_until(Ctx *c, const CaseFacts *f)
{
    UntilFacts *u = NEW(c->mem, UntilFacts, 1);
    Org arb = { 0 }, court = { 0 };
    Accord a = { 0 };
    if (f->k && accord_of(c, f->k->id, &a)) {
        u->review = pursuit_until(c, f->k, &a, S("AREV"));
        u->confirm = pursuit_until(c, f->k, &a, S("JCONF"));
    }
    Str region = f->k ? f->k->region : (Str){ 0 };
    if (org_serving(c, S("ARB"), region, &arb)) {
        u->commission = arb.name;
        u->commission_addr = arb.address;
        u->commission_phone = arb.phone;
    }
    if (org_serving(c, S("COURT"), region, &court)) {
        u->court = court.name;
        u->court_addr = court.address;
        u->court_phone = court.phone;
    }
    return (Rows){ u, 1 };
}

/* ---- service --------------------------------------------------------------------------- */

typedef struct ServiceFacts {
    Id   id;
    Str  label, number, name, way_zh, addr, state;
    Date issued_on, served_on;
} ServiceFacts;
static const Field service_fields[] = {
    FIELD(ServiceFacts, id,        .label = "编号",     .en = "id"),
    FIELD(ServiceFacts, label,     .label = "送达文书", .en = "paper"),
    FIELD(ServiceFacts, number,    .label = "文号",     .en = "number"),
    FIELD(ServiceFacts, name,      .label = "受送达人", .en = "to whom"),
    FIELD(ServiceFacts, way_zh,    .label = "送达方式", .en = "way"),
    FIELD(ServiceFacts, addr,      .label = "送达地址", .en = "where"),
    FIELD(ServiceFacts, state,     .label = "状态",     .en = "state"),
    FIELD(ServiceFacts, issued_on, .label = "制作日期", .en = "issued on"),
    FIELD(ServiceFacts, served_on, .label = "送达日期", .en = "served on"),
};
const Form service_facts_form = FORM(ServiceFacts, service_fields);

/* The papers that go to one person; with a record named, that one. */
Rows fact_service(Ctx *c, const CaseFacts *f)
{
    Rows rows = papers_of(c, f->k->id), parties = parties_of(c, f->k->id);
    ServiceFacts *out = NEW(c->mem, ServiceFacts, rows.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < rows.n; i++) {
        const Paper *p = (const Paper *)rows.at + i;
        bool meant = f->paper.n ? p->id.n == f->paper.n : f->to.n == 0 || p->party_id.n == f->to.n;
        if (!meant || str_eq(p->state, S("due"))) continue;
        const Code *way = NULL;
        bool said = code_find(&service_ways, p->way, &way) && way;
        Str name = name_of(parties, p->party_id);
        out[n++] = (ServiceFacts){ p->id, p->label, p->number, name.n ? name : p->addressee,
                                   said ? str_of(way->zh) : (Str){ 0 }, { 0 }, p->state, p->issued_on,
                                   p->served_on };
    }
    return (Rows){ out, n };
}
