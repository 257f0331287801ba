/*
** What each side may do about the agreement now: a row a remedy, with its rule.
*/
#include "case/5-performance/performance.h"
#include "case/4-agreement/pursuit.h"
#include "case/clock.h"

typedef struct Remedy {
    Str   code, title, en;
    Str   who;        /* both, creditor, either */
    bool  open;
    Date  until;      /* the last day; {0}: none is set */
    Money amount;     /* that it would be for */
    Str   paper;      /* the application's */
    Str   basis;
    Str   why, why_zh, why_en; /* why not */
    Str   warning;
} Remedy;

static const Field fields[] = {
    FIELD(Remedy, code,    .label = "代码", .en = "code"),
    FIELD(Remedy, title,   .label = "救济途径", .en = "remedy"),
    FIELD(Remedy, en,      .label = "英文", .en = "in English"),
    FIELD(Remedy, who,     .label = "由谁提出", .en = "who"),
    FIELD(Remedy, open,    .label = "现在可以", .en = "open"),
    FIELD(Remedy, until,   .label = "最迟", .en = "until"),
    FIELD(Remedy, amount,  .label = "金额（分）", .en = "amount, fen"),
    FIELD(Remedy, paper,   .label = "文书", .en = "paper"),
    FIELD(Remedy, basis,   .label = "依据", .en = "basis"),
    FIELD(Remedy, why,     .label = "原因代码", .en = "why not"),
    FIELD(Remedy, why_zh,  .label = "原因", .en = "why not, in Chinese"),
    FIELD(Remedy, why_en,  .label = "原因（英文）", .en = "why not, in English"),
    FIELD(Remedy, warning, .label = "提示", .en = "warning"),
};
static const Form remedy_form = FORM(Remedy, fields);

/* What the rules look at. */
typedef struct Scene {
    Ctx          *c;
    Case         *k;
    const Accord *a;
    Progress      p;
    bool          pay_only, wages;  /* only pay is owed; pay is among it */
    bool          enforceable;
} Scene;

static const Reason not_in_force = { "not_in_force", "协议尚未生效", "the agreement is not in force", "劳动争议调解仲裁法 14 (2008)" };
static const Reason not_defaulted = { "not_defaulted", "没有逾期未履行的义务", "nothing is overdue", "劳动争议调解仲裁法 15 (2008)" };
static const Reason not_pay_only = { "not_pay_only", "协议不是仅就劳动报酬达成", "it is not about pay alone",
                                     "劳动争议司法解释（一） 51 (2020)" };
static const Reason no_order = { "no_order", "没有失效的支付令", "no payment order has ended", "劳动争议司法解释（一） 13 (2020)" };
static const Reason no_title = { "no_title", "没有生效的仲裁调解书或者司法确认裁定", "no statement or ruling to enforce",
                                 "劳动争议调解仲裁法 51 (2008)；民事诉讼法 206 (2023)" };
static const Reason no_wages = { "no_wages", "没有拖欠的劳动报酬", "no pay is owed", "保障农民工工资支付条例 41 (2020)" };

static const Reason *need_default(const Scene *s)
{
    if (!accord_in_force(s->a)) return &not_in_force;
    return s->p.overdue ? NULL : &not_defaulted;
}

static const Reason *bar(const Scene *s, Str kind)
{
    return pursuit_bar(s->c, s->k, s->a, kind, s->c->today);
}

static const Reason *bar_review(const Scene *s) { return bar(s, S("AREV")); }
static const Reason *bar_confirm(const Scene *s) { return bar(s, S("JCONF")); }
static const Reason *bar_order(const Scene *s) { return bar(s, S("PORDER")); }
static const Reason *bar_arbitrate(const Scene *s) { return need_default(s); }

static const Reason *bar_suit(const Scene *s)
{
    const Reason *why = need_default(s);
    return why ? why : s->pay_only ? NULL : &not_pay_only;
}

static const Reason *bar_suit_after_order(const Scene *s)
{
    Pursuit order;
    (void)pursuit_of(s->c, s->k->id, S("PORDER"), &order);
    return str_eq(order.state, S("terminated")) ? NULL : &no_order;
}

static const Reason *bar_enforce(const Scene *s)
{
    if (!s->enforceable) return &no_title;
    return s->p.overdue ? NULL : &not_defaulted;
}

static const Reason *bar_inspection(const Scene *s)
{
    const Reason *why = need_default(s);
    return why ? why : s->wages ? NULL : &no_wages;
}

static const struct Way {
    const char *code, *kind, *who, *paper, *zh, *en, *basis;
    const Reason *(*bar)(const Scene *s);
} ways[] = {
    { "arbitration_review", "AREV", "both", "D26", "共同申请仲裁审查", "joint application for arbitration review",
      "劳动人事争议仲裁办案规则 74 (2017)", bar_review },
    { "judicial_confirmation", "JCONF", "both", "D27", "共同申请司法确认", "joint application for judicial confirmation",
      "民事诉讼法 205 (2023)；人民调解法 33 (2010)", bar_confirm },
    { "payment_order", "PORDER", "creditor", "D28", "申请支付令", "payment order",
      "劳动争议调解仲裁法 16 (2008)；劳动争议司法解释（一） 13 (2020)", bar_order },
    { "arbitration", NULL, "either", "", "申请劳动人事争议仲裁", "arbitration",
      "劳动争议调解仲裁法 15 (2008)；企业劳动争议协商调解规定 28 (2012)", bar_arbitrate },
    { "direct_suit", NULL, "creditor", "", "以协议为依据直接起诉（仅就劳动报酬）", "direct suit on an agreement about pay alone",
      "劳动争议司法解释（一） 51 (2020)", bar_suit },
    { "suit_after_order", NULL, "creditor", "", "支付令失效后直接起诉", "direct suit after a payment order has ended",
      "劳动争议司法解释（一） 13 (2020)", bar_suit_after_order },
    { "enforcement", NULL, "creditor", "", "申请强制执行", "enforcement by the court",
      "劳动争议调解仲裁法 51 (2008)；民事诉讼法 206、250 (2023)", bar_enforce },
    { "inspection", NULL, "creditor", "", "向劳动保障监察投诉", "complaint to labour inspection",
      "保障农民工工资支付条例 41 (2020)", bar_inspection },
};

static Date until_of(const Scene *s, const struct Way *w)
{
    if (w->bar == bar_enforce) return clock_last(s->c, s->k, S("C-ENF"));
    return w->kind ? pursuit_until(s->c, s->k, s->a, str_of(w->kind)) : (Date){ 0 };
}

static Remedy remedy_of(const Scene *s, const struct Way *w)
{
    const Reason *why = w->bar(s);
    const Reason *warn = !why && w->kind ? pursuit_warning(s->c, s->k, str_of(w->kind)) : NULL;
    Remedy r = {
        .code = str_of(w->code), .title = str_of(w->zh), .en = str_of(w->en), .who = str_of(w->who),
        .open = why == NULL, .paper = str_of(w->paper), .basis = str_of(why ? why->basis : w->basis),
        .amount = s->p.overdue_amount, .until = until_of(s, w),
    };
    if (why) {
        r.why = str_of(why->code);
        r.why_zh = str_of(why->zh);
        r.why_en = str_of(why->en);
    }
    if (warn) r.warning = str_of(warn->zh);
    return r;
}

static void look(Ctx *c, Case *k, const Accord *a, Scene *s)
{
    *s = (Scene){ .c = c, .k = k, .a = a, .pay_only = a->obligations.n > 0 };
    progress_of(c, k, &s->p);
    for (size_t i = 0; i < a->obligations.n; i++) {
        bool pay = str_eq(((const Commitment *)a->obligations.at)[i].money, S("WAGE"));
        s->pay_only &= pay;
        s->wages |= pay;
    }
    s->enforceable = pursuit_enforceable(c, k->id);
}

static void show(Ctx *c)
{
    Case k;
    Accord a;
    Scene s;
    if (!case_get(c, arg_id(c, 0), &k)) return;
    if (!accord_of(c, k.id, &a)) {
        fail(c, ERR_NOT_FOUND, S("agreement"));
        return;
    }
    look(c, &k, &a, &s);
    Remedy *list = NEW(c->mem, Remedy, COUNT(ways));
    for (size_t i = 0; i < COUNT(ways); i++) list[i] = remedy_of(&s, &ways[i]);
    reply_rows(c, &remedy_form, (Rows){ list, COUNT(ways) }, (Str){ 0 });
}

static const Route routes[] = {
    { "GET", "/api/v1/cases/:id/remedies", PARTIES | STAFF, show, "救济途径", "what each side may do now",
      .out = &remedy_form, .list = true },
};

const Slice remedies_slice = { .name = "remedies", .route = routes, .routes = COUNT(routes) };
