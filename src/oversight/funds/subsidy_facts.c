/* D40 from the record: one claim with its working and its hands, or a mediator's claims of a month. */
#include "case/8-papers/facts.h"
#include "oversight/funds/subsidy_row.h"
#include "register/mediators/mediators.h"
#include "register/people/people.h"

#include <string.h>

/* What one person gets of a claim, and where to. */
typedef struct ShareFacts {
    Str   name, work, bank, account, holder;
    Money share, withheld, cut, pay;
} ShareFacts;
static const Field share_fields[] = {
    FIELD(ShareFacts, name,     .label = "申领人",   .en = "who claims"),
    FIELD(ShareFacts, work,     .label = "专（兼）职", .en = "full- or part-time"),
    FIELD(ShareFacts, bank,     .label = "开户银行", .en = "bank"),
    FIELD(ShareFacts, account,  .label = "账号",     .en = "account"),
    FIELD(ShareFacts, holder,   .label = "户名",     .en = "holder"),
    FIELD(ShareFacts, share,    .label = "应分金额", .en = "share"),
    FIELD(ShareFacts, withheld, .label = "在编或者考核不发", .en = "withheld"),
    FIELD(ShareFacts, cut,      .label = "超过上限", .en = "above the cap"),
    FIELD(ShareFacts, pay,      .label = "实发金额", .en = "to pay"),
};
static const Form share_facts_form = FORM(ShareFacts, share_fields);

/* A mediator's part of one claim. */
typedef struct ClaimLine {
    Str   no, kind, result, state;
    Money base, total, pay;
} ClaimLine;
static const Field line_fields[] = {
    FIELD(ClaimLine, no,     .label = "登记号",   .en = "ledger number"),
    FIELD(ClaimLine, kind,   .label = "案件类型", .en = "kind"),
    FIELD(ClaimLine, result, .label = "调解结果", .en = "result"),
    FIELD(ClaimLine, state,  .label = "状态",     .en = "state"),
    FIELD(ClaimLine, base,   .label = "标准",     .en = "rate"),
    FIELD(ClaimLine, total,  .label = "本案补助", .en = "of the case"),
    FIELD(ClaimLine, pay,    .label = "本人实发", .en = "to this person"),
};
static const Form line_form = FORM(ClaimLine, line_fields);

/* A step of the way: who, when, what. */
typedef struct ClaimStep {
    Str  what, name, reason;
    Date day;
} ClaimStep;
static const Field step_fields[] = {
    FIELD(ClaimStep, what,   .label = "事项", .en = "what"),
    FIELD(ClaimStep, name,   .label = "经办人", .en = "who"),
    FIELD(ClaimStep, reason, .label = "意见", .en = "remark"),
    FIELD(ClaimStep, day,    .label = "日期", .en = "day"),
};
static const Form step_form = FORM(ClaimStep, step_fields);

static Str label(const Codes *codes, Str word)
{
    const Code *code = NULL;
    return code_find(codes, word, &code) && code ? str_of(code->zh) : word;
}

static Rows claim_row(Ctx *c, const CaseFacts *f)
{
    Subsidy s = { 0 };
    return subsidy_find(c, f->about_id, &s) ? fact_one(c, &s, sizeof s) : (Rows){ 0 };
}

static Rows share_rows(Ctx *c, const CaseFacts *f)
{
    Subsidy s = { 0 };
    Rows rows = subsidy_find(c, f->about_id, &s) ? subsidy_shares(c, s.id) : (Rows){ 0 };
    ShareFacts *out = NEW(c->mem, ShareFacts, rows.n + 1);
    for (size_t i = 0; i < rows.n; i++) {
        const Share *h = (const Share *)rows.at + i;
        Payee p = { 0 };
        (void)payee_find(c, h->mediator_id, &p);
        out[i] = (ShareFacts){ .name = h->name, .bank = p.bank, .account = p.account, .holder = p.holder,
                               .share = h->share, .withheld = h->withheld, .cut = h->cut, .pay = h->pay };
    }
    return (Rows){ out, rows.n };
}

/* Oldest first; the decisions, not the payments. */
static Rows step_rows(Ctx *c, const CaseFacts *f)
{
    static const struct { const char *event, *zh; } steps[] = {
        { "propose", "申领" }, { "check", "中心审核同意" },
        { "approve", "人社局审批同意" }, { "refuse", "不予补助" },
    };
    Subsidy s = { 0 };
    Rows rows = subsidy_find(c, f->about_id, &s) ? standing_list(c, s.id) : (Rows){ 0 };
    ClaimStep *out = NEW(c->mem, ClaimStep, rows.n + 1);
    size_t n = 0;
    for (size_t i = rows.n; i-- > 0;) {
        const Standing *e = (const Standing *)rows.at + i;
        User u = { 0 };
        for (size_t k = 0; k < COUNT(steps); k++) {
            if (!str_eq(str_of(steps[k].event), e->event)) continue;
            (void)user_find(c, e->actor, &u);
            out[n++] = (ClaimStep){ str_of(steps[k].zh), u.name, e->reason, e->day };
        }
    }
    return (Rows){ out, n };
}

/* ---- a mediator's month ------------------------------------------------------------------------ */

/* 202605 of the answer "2026-05"; 0: none. */
static int64_t month_asked(const CaseFacts *f)
{
    for (size_t i = 0; i < f->answers.n; i++) {
        const AskAnswer *a = (const AskAnswer *)f->answers.at + i;
        Str rest = a->value;
        int64_t year = 0, month = 0;
        if (!str_eq(a->name, S("period"))) continue;
        bool good = str_int(str_cut(&rest, '-'), &year) && str_int(rest, &month);
        return good && month >= 1 && month <= 12 ? year * 100 + month : 0;
    }
    return 0;
}

static Money pay_of(Rows shares, Id mediator_id)
{
    for (size_t i = 0; i < shares.n; i++) {
        const Share *h = (const Share *)shares.at + i;
        if (h->mediator_id.n == mediator_id.n) return h->pay;
    }
    return (Money){ 0 };
}

static Rows month_rows(Ctx *c, const CaseFacts *f)
{
    int64_t month = month_asked(f);
    Rows rows = month ? subsidies_of(c, f->about_id, month) : (Rows){ 0 };
    ClaimLine *out = NEW(c->mem, ClaimLine, rows.n + 1);
    size_t n = 0;
    for (size_t i = rows.n; i-- > 0;) {
        const Subsidy *s = (const Subsidy *)rows.at + i;
        if (str_eq(s->state, S("REFUSED"))) continue;
        out[n++] = (ClaimLine){ s->case_no, label(&subsidy_kinds, s->kind),
                                label(&subsidy_results, s->result), label(&subsidy_states, s->state), s->base,
                                s->total,
                                pay_of(subsidy_shares(c, s->id), f->about_id) };
    }
    return (Rows){ out, n };
}

/* Oneself, or somebody of the office below it. */
static Rows payee_row(Ctx *c, const CaseFacts *f)
{
    Payee p = { 0 };
    Mediator m = { 0 };
    if (!mediator_get(c, f->about_id, &m) || !payee_find(c, m.id, &p)) return (Rows){ 0 };
    bool own = m.user_id.n && m.user_id.n == c->who.id.n;
    bool office = (c->who.roles & (uint32_t)(HEAD | HR | ORG_MANAGER | FINANCE)) && org_sees(c, p.org_path);
    if (!own && !office) fail(c, ERR_NOT_FOUND, S("payee"));
    Str work = str_eq(m.work, S("FT")) ? S("专职") : S("兼职");
    ShareFacts row = { .name = m.name, .work = work, .bank = p.bank, .account = p.account,
                       .holder = p.holder };
    return own || office ? fact_one(c, &row, sizeof row) : (Rows){ 0 };
}

static const FactSource sources[] = {
    { "subsidy",   "办案补助", "the subsidy", &subsidy_form, NULL, claim_row, "subsidy", false },
    { "shares",    "补助分配", "its shares", &share_facts_form, NULL, share_rows, "subsidy", false },
    { "approvals", "补助审批", "its approvals", &step_form, NULL, step_rows, "subsidy", false },
    { "payee",     "申领人", "who claims it", &share_facts_form, NULL, payee_row, "mediator", false },
    { "subsidies", "当月补助", "the month's subsidies", &line_form, NULL, month_rows, "mediator", false },
};

const Slice subsidy_papers_slice = { .name = "subsidy_papers", .fact = sources, .facts = COUNT(sources) };
