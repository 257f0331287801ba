#include "law/agreement.h"
#include "law/consent.h"
#include "test.h"
#include "unit/lawdata.h"
#include "unit/suites.h"

static Date day_of(const char *iso)
{
    return date_parse(str_of(iso));
}

static Obligation instalment(int64_t fen, const char *due)
{
    return (Obligation){ .duty = DUTY_PAY, .amount_fen = fen, .due = day_of(due), .payee = S("甲"),
        .method = S("转账") };
}

static Terms terms(const Obligation *list, size_t n)
{
    return (Terms){ .list = list, .n = n, .requests_stated = true, .result_stated = true,
        .day = day_of("2026-01-10") };
}

static void check_one(const Terms *t, const char *code, bool blocks)
{
    Findings f = agreement_check(t);
    check(f.n == 1 && finding_has(&f, str_of(code)), code);
    check(agreement_blocked(&f) == blocks, code);
}

static void contents(void)
{
    Obligation good = instalment(100, "2026-01-10"), bad = good;
    Terms t = terms(&good, 1), empty = terms(NULL, 0);
    Findings f = agreement_check(&t);
    check_int((int64_t)f.n, 0, "nothing stands against it");
    check_one(&empty, "AGR_NO_TERMS", true);
    t.list = &bad;
    bad.amount_fen = 0;
    check_one(&t, "AGR_NO_AMOUNT", true);
    bad = good;
    bad.due = (Date){ 0 };
    check_one(&t, "AGR_NO_DUE", true);
    bad.due = day_of("2026-01-09");
    check_one(&t, "AGR_PAST_DUE", false);
    bad = good;
    bad.payee = (Str){ 0 };
    check_one(&t, "AGR_NO_PAYEE", true);
    bad = good;
    bad.method = (Str){ 0 };
    check_one(&t, "AGR_NO_METHOD", true);
    bad = (Obligation){ .duty = DUTY_DOCUMENT, .due = good.due, .method = S("邮寄") };
    check_one(&t, "AGR_NO_CONTENT", true);
    t.list = &good;
    t.requests_stated = false;
    check_one(&t, "AGR_NO_REQUESTS", true);
}

static void facts(void)
{
    Obligation good = instalment(100, "2026-02-10");
    Terms t = terms(&good, 1);
    t.total_fen = 101;
    check_one(&t, "AGR_TOTAL", true);
    t.total_fen = 100;
    t.wage_fen = 198999;
    t.minimum_fen = 199000;
    check_one(&t, "AGR_BELOW_MINIMUM", true);
    t.wage_fen = 199000;
    check_int((int64_t)agreement_check(&t).n, 0, "the minimum itself is enough");
    t.harms_others = true;
    check_one(&t, "AGR_HARMS", true);
    t.harms_others = false;
    t.agent_unempowered = true;
    check_one(&t, "AGR_NO_POWER", true);
}

static void wording(void)
{
    static const struct { const char *text, *code; bool blocks; } cases[] = {
        { "乙方自愿放弃缴纳社会保险。", "AGR_WAIVES_INSURANCE", true },
        { "甲方无需缴纳社保，乙方无异议。", "AGR_WAIVES_INSURANCE", true },
        { "关于社会保险费，乙方自愿放弃。", "AGR_WAIVES_INSURANCE", true },
        { "甲方于三十日内为乙方补缴社会保险费，乙方放弃其他请求。", "", false },
        { "双方不得约定免除社会保险缴费义务。", "", false },
        { "工资按低于最低工资标准支付。", "AGR_SAYS_BELOW_MINIMUM", true },
        { "月工资不低于当地最低工资标准。", "", false },
        { "双方确认自2024-03-01起存在劳动关系。", "AGR_CONFIRMS_RELATION", false }, /* AS-46 */
        { "双方劳动关系于2026年1月10日解除。", "", false },
        { "乙方不得申请仲裁。", "AGR_BARS_ACTION", false },
        { "双方就本协议所涉争议再无其他纠纷。", "", false },
    };
    Obligation good = instalment(100, "2026-02-10");
    for (size_t i = 0; i < COUNT(cases); i++) {
        Terms t = terms(&good, 1);
        t.text = str_of(cases[i].text);
        Findings f = agreement_check(&t);
        check_str(f.n ? str_of(f.list[0].why->code) : (Str){ 0 }, str_of(cases[i].code), cases[i].text);
        check(f.n <= 1 && agreement_blocked(&f) == cases[i].blocks, cases[i].text);
        bool relation = str_eq(str_of(cases[i].code), S("AGR_CONFIRMS_RELATION"));
        check(agreement_reviewable(&f) == !relation, "AS-46 only a confirmed relation is not reviewed");
    }
}

static void marks(void)
{
    Marks m = { .applicants = 2, .applicants_signed = 2, .respondents = 1, .respondents_signed = 1,
        .mediators_signed = 1,
                .sealed = true };
    check_int((int64_t)marks_missing(&m).n, 0, "four marks: in force");
    m.sealed = false;
    Findings f = marks_missing(&m);
    check(f.n == 1 && finding_has(&f, S("MARK_SEAL")), "no seal, no effect");
    m.applicants_signed = 1;
    f = marks_missing(&m);
    check(f.n == 2 && finding_has(&f, S("MARK_APPLICANT")), "each of the applicants signs");
    check_int((int64_t)marks_missing(&(Marks){ 0 }).n, 4, "nothing yet");
}

/* AS-48: 3 x 12,000 yuan, effective days 2026-02-02, 02-28 and 03-31. */
static void instalments(void)
{
    enum { YUAN_12000 = 1200000 };
    Obligation list[] = { instalment(YUAN_12000, "2026-02-02"), instalment(YUAN_12000, "2026-02-28"),
                          instalment(YUAN_12000, "2026-03-31") };
    Acceleration none = { 0 }, clause = { .written = true, .missed = 1 };
    Performance p = performance_of(list, 3, &none, day_of("2026-02-02"));
    check(p.open == 3 && p.overdue == 0 && p.due_fen == YUAN_12000, "on the day it is due, not overdue");
    check(performance_event(ST_EFFECTIVE, &p) == EV_SCHEDULE, "performance begins");
    check(performance_event(ST_PERFORMING, &p) == EV__NONE, "nothing happens");
    p = performance_of(list, 3, &none, day_of("2026-02-03"));
    check(p.overdue == 1 && p.overdue_fen == YUAN_12000 && !p.accelerated, "a day later it is overdue");
    check_int(p.next.day, day_of("2026-02-28").day, "the next one");
    check(performance_event(ST_PERFORMING, &p) == EV_OVERDUE, "AS-48 default");
    check(performance_event(ST_DEFAULTED, &p) == EV__NONE, "not twice");
    p = performance_of(list, 3, &clause, day_of("2026-02-03"));
    check(p.accelerated && p.due_fen == 3 * YUAN_12000, "AS-48 36,000 becomes due where it is written");
    check_int(p.overdue_fen, YUAN_12000, "the rest is due, not yet overdue");
    p = performance_of(list, 3, &clause, day_of("2026-02-04"));
    check_int(p.overdue_fen, 3 * YUAN_12000, "a day later it is");
    p = performance_of(list, 3, &clause, day_of("2026-02-02"));
    check(!p.accelerated && p.rest_due.day == 0, "nothing is accelerated before a default");
    check(obligation_standing(&list[0], (Date){ 0 }, day_of("2026-02-02")) == STANDING_DUE, "due");
    list[0].paid_fen = 1;
    check(obligation_standing(&list[0], (Date){ 0 }, day_of("2026-02-01")) == STANDING_PART, "in part");
    check(obligation_standing(&list[0], (Date){ 0 }, day_of("2026-02-03")) == STANDING_OVERDUE,
          "a part does not cure");
    list[0].paid_fen = YUAN_12000;
    p = performance_of(list, 3, &clause, day_of("2026-02-10"));
    check(performance_event(ST_DEFAULTED, &p) == EV_CURE, "cured, two to go");
    list[1].waived = true;
    list[2].done = day_of("2026-02-10");
    p = performance_of(list, 3, &clause, day_of("2026-04-10"));
    check(p.open == 0 && performance_event(ST_DEFAULTED, &p) == EV_CURE_ALL, "cured, all done");
    check(performance_event(ST_PERFORMING, &p) == EV_PERFORM, "all done");
    check(performance_event(ST_EFFECTIVE, &p) == EV_PERFORM, "nothing was left to do");
    check(performance_event(ST_CLOSED, &p) == EV__NONE, "a closed case rests");
}

static void clauses(void)
{
    Obligation list[] = { instalment(100, "2026-02-02"), instalment(100, "2026-02-28"),
        instalment(100, "2026-12-31"),
                          { .duty = DUTY_DOCUMENT, .due = day_of("2026-06-30") } };
    Acceleration second = { .written = true, .missed = 2, .days = 5 };
    Performance p = performance_of(list, 4, &second, day_of("2026-02-28"));
    check(!p.accelerated && p.rest_due.day == 0, "one missed of two");
    p = performance_of(list, 4, &second, day_of("2026-03-01"));
    check_int(p.rest_due.day, day_of("2026-03-06").day, "the rest, five days after the second default");
    check(!p.accelerated, "not yet");
    p = performance_of(list, 4, &second, day_of("2026-03-06"));
    check(p.accelerated && p.due_fen == 300, "and then");
    p = performance_of(list, 4, &second, day_of("2026-04-01"));
    check_int((int64_t)p.overdue, 3, "documents are not accelerated");
}

static void many(const Law *d)
{
    Look look = { &d->params, S(""), day_of("2026-09-01"), { 0 } };
    check_int((int64_t)representatives_check(&look, 10, 3).n, 0, "AS-40 three are accepted");
    check_int((int64_t)representatives_check(&look, 10, 5).n, 0, "five too");
    Findings f = representatives_check(&look, 10, 2);
    check(f.n == 1 && finding_has(&f, S("REPS_TOO_FEW")), "AS-40 two are rejected");
    f = representatives_check(&look, 10, 6);
    check(finding_has(&f, S("REPS_TOO_MANY")), "six too");
    f = representatives_check(&look, 9, 3);
    check(finding_has(&f, S("REPS_NOT_COLLECTIVE")), "nine elect nobody");
    Consent list[12];
    Id bound[12], apart[12];
    for (size_t i = 0; i < 12; i++) list[i] = (Consent){ { (int64_t)i + 1 }, i != 7 };
    Split split = consents_split(list, 12, bound, apart);
    check(split.bound == 11 && split.apart == 1, "AS-41 eleven are bound, one is split off");
    check(apart[0].n == 8 && bound[7].n == 9, "by name");
}

static void shams(const Law *d)
{
    ShamFacts f = { .pay_agreements = 15, .enforcements = 1, .day = day_of("2026-09-01") };
    Sham s = sham_check(&d->params, &f);
    check(s.suspected && s.locked && s.reasons.n == 3, "AS-58");
    f.cleared = true;
    s = sham_check(&d->params, &f);
    check(s.suspected && !s.locked, "AS-58 unlocked once cleared");
    f.cleared = false;
    f.payroll = true;
    check(!sham_check(&d->params, &f).suspected, "payroll was seen");
    f.payroll = false;
    f.enforcements = 0;
    check(!sham_check(&d->params, &f).suspected, "no other creditors");
    f.enforcements = 1;
    f.pay_agreements = 10;
    check(sham_check(&d->params, &f).suspected, "ten on one day");
    f.pay_agreements = 9;
    check(!sham_check(&d->params, &f).suspected, "nine are not enough");
    f.forged = true;
    check(sham_check(&d->params, &f).locked, "forgery alone is");
}

void test_agreement(void)
{
    Law d;
    Block block = lawdata_open(&d);
    contents();
    facts();
    wording();
    marks();
    instalments();
    clauses();
    many(&d);
    shams(&d);
    block_close(&block);
}
