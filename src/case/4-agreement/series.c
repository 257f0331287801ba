/*
** Agreements about pay that one employer makes on one day: as many as no
** employer makes, without payroll and with courts behind it, look like a sham
** (特邀调解规定 18 (2016), 在线调解规则 23 (2022)).  Then each of them is flagged:
** told to the head, with the notice of suspension due, and signing, review and
** confirmation are locked until the head has cleared it.
*/
#include "case/3-mediation/mediation.h"
#include "case/4-agreement/agreement_law.h"
#include "case/evidence.h"
#include "case/paper.h"
#include "core/audit.h"
#include "register/employers/employers.h"

typedef struct PayDay {
    Str   employer; /* its id; if it is not in the register, its name */
    Date  day;
    Id    case_id;
    Money claimed;
} PayDay;
static const Field fields[] = {
    FIELD(PayDay, employer, .label = "用人单位", .en = "employer"),
    FIELD(PayDay, day,      .label = "日期",     .en = "day"),
    FIELD(PayDay, case_id,  .label = "案件",     .en = "case"),
    FIELD(PayDay, claimed,  .label = "请求金额（分）", .en = "claimed, fen"),
};
static const Form pay_form = FORM(PayDay, fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE pay_agreement("          /* agreed about pay, by employer and day */
      "  employer TEXT NOT NULL, day TEXT NOT NULL, case_id INTEGER NOT NULL REFERENCES cases,"
      "  claimed  INTEGER NOT NULL,"         /* fen */
      "  PRIMARY KEY(employer, day, case_id)) STRICT;" },
};
static const Query q_add = {
    .name = "pay_agreement.add", .in = &pay_form,
    .sql = "INSERT INTO pay_agreement(employer, day, case_id, claimed) VALUES(:employer, :day, :case_id, :claimed)"
           " ON CONFLICT(employer, day, case_id) DO NOTHING",
};
static const Query q_list = {
    .name = "pay_agreement.list", .in = &pay_form, .out = &pay_form,
    .sql = "SELECT employer, day, case_id, claimed FROM pay_agreement WHERE employer = :employer AND day = :day"
           " ORDER BY employer, day, case_id LIMIT 1000",
};
static const Query *const queries[] = { &q_add, &q_list, NULL };

static bool about_pay(Ctx *c, const Case *k)
{
    Accord a;
    if (!accord_of(c, k->id, &a)) return false;
    for (size_t i = 0; i < a.obligations.n; i++) {
        if (str_eq(((const Commitment *)a.obligations.at)[i].money, S("WAGE"))) return true;
    }
    return false;
}

static Str employer_key(Ctx *c, const Case *k)
{
    Out o = { .buf = NEW(c->mem, char, 24), .cap = 24 };
    if (k->employer_id.n == 0) return k->respondent;
    out_int(&o, k->employer_id.n);
    return out_view(&o);
}

/* Many, each for the same round sum. */
static bool alike_and_round(Ctx *c, const Case *k, Rows day)
{
    const Param *round = param_find(&c->law->params, S("SHAM_ROUND_FEN"), k->region, c->today);
    const PayDay *at = day.at;
    if (!round || day.n < 2 || at[0].claimed.fen == 0 || at[0].claimed.fen % round->value) return false;
    for (size_t i = 1; i < day.n; i++) {
        if (at[i].claimed.fen != at[0].claimed.fen) return false;
    }
    return true;
}

static Sham look(Ctx *c, const Case *k, Rows day)
{
    Employer e = { 0 };
    if (k->employer_id.n) (void)employer_get(c, k->employer_id, &e);
    ShamFacts f = {
        .pay_agreements = (int64_t)day.n, .enforcements = e.enforcements,
        .payroll = evidence_has(c, k->id, S("PAYROLL")), .identical_round = alike_and_round(c, k, day),
        .region = k->region, .day = c->today,
    };
    return sham_check(&c->law->params, &f);
}

/* The whole day's cases, whoever works on them; one that was looked into stays. */
static void suspect_all(Ctx *c, Case *k, Rows day, Str why)
{
    uint32_t roles = c->who.roles;
    c->who.roles = SYSTEM;
    for (size_t i = 0; i < day.n && ok(c); i++) {
        Case other;
        bool self = ((const PayDay *)day.at)[i].case_id.n == k->id.n;
        Case *it = self ? k : &other;
        if (!self && !case_get(c, ((const PayDay *)day.at)[i].case_id, &other)) break;
        if (sham_known(c, it)) continue;
        sham_suspect(c, it, why);
        sham_suspend(c, it, why);
        paper_want(c, it->id, S("D12s"), S("sham"));
        case_save(c, it);
        case_note(c, it, S("sham"), why);
    }
    c->who.roles = roles;
    audit_about(c, k->id);
}

static void count(Ctx *c, Case *k)
{
    PayDay p = { .employer = employer_key(c, k), .day = c->today, .case_id = k->id, .claimed = k->amount };
    if (!about_pay(c, k)) return;
    db_change_any(c, &q_add, &p);
    Rows day = db_list(c, &q_list, &p);
    Sham sham = look(c, k, day);
    if (!ok(c) || !sham.suspected) return;
    Out why = { .buf = NEW(c->mem, char, 1024), .cap = 1024 };
    for (size_t i = 0; i < sham.reasons.n; i++) {
        if (i) out_str(&why, S("；"));
        out_str(&why, str_of(sham.reasons.list[i].why->zh));
    }
    suspect_all(c, k, day, out_view(&why));
}

static const Hook hooks[] = { { AFTER, EV_AGREE, count } };

const Slice series_slice = {
    .name = "series", .query = queries, .migration = migrations, .migrations = COUNT(migrations),
    .hook = hooks, .hooks = COUNT(hooks),
};
