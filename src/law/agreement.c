#include "law/agreement.h"

/* A finding's row begins with its Reason, so that it can be found again. */
typedef struct Row {
    Reason   why;
    Severity severity;
} Row;

#define CONTENTS "企业劳动争议协商调解规定 26 (2012)；劳动人事争议仲裁办案规则 78(5) (2017)"

typedef enum Check {
    NO_TERMS, NO_REQUESTS, NO_AMOUNT, NO_DUE, NO_PAYEE, NO_METHOD, NO_CONTENT, WRONG_TOTAL, PAST_DUE,
    BELOW_MINIMUM, HARMS, NO_POWER, WAIVES_INSURANCE, SAYS_BELOW_MINIMUM, CONFIRMS_RELATION, BARS_ACTION,
    CHECK__COUNT,
} Check;

static const Row rows[CHECK__COUNT] = {
    [NO_TERMS] = { { "AGR_NO_TERMS", "没有写明协议内容", "the agreement says nothing to be done", CONTENTS }, SEVERITY_BLOCK },
    [NO_REQUESTS] = { { "AGR_NO_REQUESTS", "没有写明调解请求", "the requests are not stated", CONTENTS }, SEVERITY_BLOCK },
    [NO_AMOUNT] = { { "AGR_NO_AMOUNT", "支付义务没有金额", "a payment has no amount", CONTENTS }, SEVERITY_BLOCK },
    [NO_DUE] = { { "AGR_NO_DUE", "义务没有履行期限", "an obligation has no due day", CONTENTS }, SEVERITY_BLOCK },
    [NO_PAYEE] = { { "AGR_NO_PAYEE", "支付义务没有收款人", "a payment has no payee", CONTENTS }, SEVERITY_BLOCK },
    [NO_METHOD] = { { "AGR_NO_METHOD", "义务没有履行方式", "an obligation has no method", CONTENTS }, SEVERITY_BLOCK },
    [NO_CONTENT] = { { "AGR_NO_CONTENT", "非金钱义务内容不明确", "a duty other than payment is not described", CONTENTS },
                     SEVERITY_BLOCK },
    [WRONG_TOTAL] = { { "AGR_TOTAL", "各期金额之和与总额不一致", "the instalments do not add up to the total", CONTENTS },
                      SEVERITY_BLOCK },
    [PAST_DUE] = { { "AGR_PAST_DUE", "履行期限早于签订日", "a due day lies before the signing", POLICY }, SEVERITY_WARN },
    [BELOW_MINIMUM] = { { "AGR_BELOW_MINIMUM", "约定工资低于当地最低工资标准", "the agreed wage is below the local minimum",
                          "劳动法 48 (2018)；劳动人事争议仲裁办案规则 78(1) (2017)" }, SEVERITY_BLOCK },
    [HARMS] = { { "AGR_HARMS", "损害国家利益、社会公共利益或者他人合法权益", "harms the state, the public or others",
                  "劳动人事争议仲裁办案规则 78(2) (2017)" }, SEVERITY_BLOCK },
    [NO_POWER] = { { "AGR_NO_POWER", "代理人没有和解、调解的特别授权", "an agent has no special power to settle",
                     "民事诉讼法 62 (2023)，参照" }, SEVERITY_BLOCK },
    [WAIVES_INSURANCE] = { { "AGR_WAIVES_INSURANCE", "约定不缴纳或者放弃社会保险，该约定无效",
                             "waives social insurance: invalid",
                             "最高人民法院劳动争议司法解释（二） 19 (2025)；劳动人事争议仲裁办案规则 78(1) (2017)" }, SEVERITY_BLOCK },
    [SAYS_BELOW_MINIMUM] = { { "AGR_SAYS_BELOW_MINIMUM", "文本约定低于最低工资", "the wording goes below the minimum wage",
                               "劳动法 48 (2018)" }, SEVERITY_BLOCK },
    [CONFIRMS_RELATION] = { { "AGR_CONFIRMS_RELATION", "确认劳动关系的内容不能申请仲裁审查：删除，或者就给付内容另行签订协议",
                              "confirms the labour relation, which arbitration does not review: take it out, or agree on "
                              "the payments separately", "劳动人事争议仲裁办案规则 75(4) (2017)" }, SEVERITY_WARN },
    [BARS_ACTION] = { { "AGR_BARS_ACTION", "限制当事人申请仲裁或者起诉", "bars arbitration or suit",
                        "劳动争议调解仲裁法 5 (2008)；人民调解法 3 (2010)" }, SEVERITY_WARN },
};

static void found(Findings *f, Check c, int64_t value, int64_t limit)
{
    if (!finding_has(f, str_of(rows[c].why.code))) finding_add(f, &rows[c].why, value, limit);
}

Severity severity_of(const Finding *f)
{
    for (size_t i = 0; i < CHECK__COUNT; i++) {
        if (f->why == &rows[i].why) return rows[i].severity;
    }
    return SEVERITY_BLOCK;
}

const char *severity_word(Severity s)
{
    return s == SEVERITY_BLOCK ? "BLOCK" : "WARN";
}

bool agreement_blocked(const Findings *f)
{
    for (size_t i = 0; i < f->n; i++) {
        if (severity_of(&f->list[i]) == SEVERITY_BLOCK) return true;
    }
    return false;
}

bool agreement_reviewable(const Findings *f)
{
    return !finding_has(f, S("AGR_CONFIRMS_RELATION"));
}

/* What the wording gives away: one clause (or sentence) that has one of `about`
** and one of `says` ("" is any), but none of `unless`.  Words are separated by
** blanks.  A mediator looks at every hit, so a scan may be too careful. */
typedef struct Wording {
    Check       check;
    bool        sentence; /* else a clause: up to the next comma */
    const char *about, *says, *unless;
} Wording;

static const Wording phrases[] = {
    { WAIVES_INSURANCE, false, "社会保险 社保 养老保险 医疗保险 工伤保险 失业保险 五险",
      "放弃 无需缴纳 无须缴纳 不缴纳 不缴 不予缴纳 不再缴纳 不参加 免除 免缴 不办理 不予补缴 不再补缴 不要求",
      "不得 不能放弃 不放弃 不免除 无效" },
    { WAIVES_INSURANCE, true, "社会保险费 社会保险待遇 社保待遇 补缴社保 社保费", "自愿放弃 自愿不 均放弃",
      "不得 放弃其他 放弃其余" },
    { SAYS_BELOW_MINIMUM, false, "最低工资", "低于 不足 不受", "不低于 不得低于 不应低于 未低于" },
    { CONFIRMS_RELATION, false, "存在劳动关系 存在事实劳动关系 建立劳动关系 建立了劳动关系 确认劳动关系", "", "" },
    { BARS_ACTION, false, "仲裁 诉讼 起诉", "放弃 不得申请 不得提起 不得再 无权", "不放弃" },
};

static bool has_any(Str text, const char *words)
{
    Str rest = str_of(words);
    while (rest.n) {
        if (str_has(text, str_cut(&rest, ' '))) return true;
    }
    return false;
}

/* The text up to the next of the marks, each a whole character; *rest is what follows. */
static Str cut_at(Str *rest, const char *marks)
{
    for (size_t i = 0; i < rest->n; i++) {
        Str here = { rest->s + i, rest->n - i };
        Str list = str_of(marks);
        while (list.n) {
            Str mark = str_cut(&list, ' ');
            if (!str_starts(here, mark)) continue;
            Str head = { rest->s, i };
            *rest = (Str){ here.s + mark.n, here.n - mark.n };
            return head;
        }
    }
    Str head = *rest;
    *rest = (Str){ 0 };
    return head;
}

static void scan(Str text, Findings *f)
{
    for (size_t i = 0; i < COUNT(phrases); i++) {
        const Wording *p = &phrases[i];
        Str rest = text;
        while (rest.n) {
            Str part = cut_at(&rest, p->sentence ? "。 ； ; \n" : "。 ； ; ， , \n");
            bool hit = has_any(part, p->about) && (p->says[0] == 0 || has_any(part, p->says));
            if (hit && !has_any(part, p->unless)) found(f, p->check, 0, 0);
        }
    }
}

static void check_obligation(const Obligation *o, Date day, Findings *f)
{
    if (o->duty == DUTY_PAY) {
        if (o->amount_fen <= 0) found(f, NO_AMOUNT, o->amount_fen, 1);
        if (o->payee.n == 0) found(f, NO_PAYEE, 0, 0);
    } else if (o->what.n == 0) found(f, NO_CONTENT, 0, 0);
    if (o->due.day == 0) found(f, NO_DUE, 0, 0);
    else if (o->due.day < day.day) found(f, PAST_DUE, 0, 0);
    if (o->method.n == 0) found(f, NO_METHOD, 0, 0);
}

static int64_t sum_fen(const Terms *t)
{
    int64_t sum = 0;
    for (size_t i = 0; i < t->n; i++) {
        if (t->list[i].duty == DUTY_PAY) sum += t->list[i].amount_fen;
    }
    return sum;
}

Findings agreement_check(const Terms *t)
{
    Findings f = { 0 };
    if (!t->result_stated || (t->n == 0 && t->text.n == 0)) found(&f, NO_TERMS, 0, 0);
    if (!t->requests_stated) found(&f, NO_REQUESTS, 0, 0);
    for (size_t i = 0; i < t->n; i++) check_obligation(&t->list[i], t->day, &f);
    if (t->total_fen && t->total_fen != sum_fen(t)) found(&f, WRONG_TOTAL, sum_fen(t), t->total_fen);
    bool low = t->wage_fen && t->minimum_fen && t->wage_fen < t->minimum_fen;
    if (low) found(&f, BELOW_MINIMUM, t->wage_fen, t->minimum_fen);
    if (t->harms_others) found(&f, HARMS, 0, 0);
    if (t->agent_unempowered) found(&f, NO_POWER, 0, 0);
    scan(t->text, &f);
    return f;
}

#define MARKS "劳动争议调解仲裁法 14 (2008)"
static const Reason no_applicant = { "MARK_APPLICANT", "申请人尚未签名或者盖章", "the applicant has not signed", MARKS };
static const Reason no_respondent = { "MARK_RESPONDENT", "被申请人尚未签名或者盖章", "the respondent has not signed", MARKS };
static const Reason no_mediator = { "MARK_MEDIATOR", "调解员尚未签名", "the mediator has not signed", MARKS };
static const Reason no_seal = { "MARK_SEAL", "尚未加盖调解组织印章", "the organisation's seal is missing", MARKS };

Findings marks_missing(const Marks *m)
{
    Findings f = { 0 };
    const struct { const Reason *why; int64_t placed, needed; } marks[] = {
        { &no_applicant, m->applicants_signed, m->applicants > 0 ? m->applicants : 1 },
        { &no_respondent, m->respondents_signed, m->respondents > 0 ? m->respondents : 1 },
        { &no_mediator, m->mediators_signed, 1 },
        { &no_seal, m->sealed, 1 },
    };
    for (size_t i = 0; i < COUNT(marks); i++) {
        bool missing = marks[i].placed < marks[i].needed;
        if (missing) finding_add(&f, marks[i].why, marks[i].placed, marks[i].needed);
    }
    return f;
}

#define SHAM "特邀调解规定 18 (2016)；在线调解规则 23 (2022)"
static const Reason many = {
    "SHAM_SERIES", "同一用人单位同日达成多份劳动报酬协议",
    "many pay agreements of one employer on one day", SHAM,
};
static const Reason no_payroll = { "SHAM_NO_PAYROLL", "没有工资支付凭证", "no payroll records", SHAM };
static const Reason pursued = { "SHAM_ENFORCED", "用人单位有被执行案件", "enforcement cases against the employer", SHAM };
static const Reason identical = { "SHAM_IDENTICAL", "多人请求金额相同且为整数", "identical round claims of many", SHAM };
static const Reason colluding = { "SHAM_COLLUSION", "涉嫌恶意串通", "suspected collusion", SHAM };
static const Reason forging = { "SHAM_FORGED", "证据涉嫌伪造", "suspected forgery", SHAM };

Sham sham_check(const Params *params, const ShamFacts *s)
{
    Sham sham = { 0 };
    Look look = { params, s->region, s->day, { 0 } };
    bool series = param_reached(&look, "SHAM_AGREEMENTS", s->pay_agreements);
    bool debtor = param_reached(&look, "SHAM_ENFORCEMENTS", s->enforcements);
    Findings *f = &sham.reasons;
    if (series) finding_add(f, &many, s->pay_agreements, param(&look, "SHAM_AGREEMENTS"));
    if (series && !s->payroll) finding_add(f, &no_payroll, 0, 0);
    if (debtor) finding_add(f, &pursued, s->enforcements, param(&look, "SHAM_ENFORCEMENTS"));
    if (s->identical_round) finding_add(f, &identical, 0, 0);
    if (s->collusion) finding_add(f, &colluding, 0, 0);
    if (s->forged) finding_add(f, &forging, 0, 0);
    bool pattern = series && !s->payroll && (debtor || s->identical_round);
    sham.suspected = pattern || s->collusion || s->forged;
    sham.locked = sham.suspected && !s->cleared;
    sham.missing = look.missing;
    return sham;
}
