/*
** The facts of a case as the input of the calculator SITUATION: whoever is in
** the case computes without typing anything again.  It computes nothing: the
** screen shows the input, lets it be changed, and asks the calculator.
*/
#include "case/3-mediation/situation.h"
#include "case/3-mediation/mediation.h"
#include "case/1-intake/intake.h"
#include "core/calc_write.h"

enum { MONTHS = 12 };

static void tell(Facts *f, FieldId id, int64_t v)
{
    f->v[id] = v;
    f->given[id] = true;
}

static void tell_date(Facts *f, FieldId id, Date d)
{
    if (d.day) tell(f, id, d.day);
}

static void tell_sum(Facts *f, FieldId id, Money m)
{
    if (m.fen > 0 && m.fen <= calc_fields[id].max) tell(f, id, m.fen);
}

static void tell_word(Facts *f, FieldId id, const char *word)
{
    int v = calc_code(calc_fields[id].codes, str_of(word));
    BUG_IF(v < 0);
    tell(f, id, v);
}

/* A word of the application and the calculator's. */
typedef struct Same {
    const char *here, *there;
} Same;

static void tell_same(Facts *f, FieldId id, const Same *list, Str word)
{
    for (; list->here; list++) {
        if (str_eq(str_of(list->here), word)) tell_word(f, id, list->there);
    }
}

/* What people write of the end, and what it is in law.  The first that fits; a
** claim for unlawful termination comes before all of them. */
static const Same ends[] = {
    { "协商", "agreed" }, { "到期", "expiry" }, { "期满", "expiry" }, { "裁员", "layoff" }, { "不能胜任", "incompetent" },
    { "不胜任", "incompetent" }, { "医疗期", "medical" }, { "客观情况", "change" }, { "违纪", "misconduct" },
    { "严重违反", "misconduct" }, { "退休", "retired" }, { "破产", "closed" }, { "注销", "closed" },
    { "停产关闭", "closed" }, { "被迫", "resign_fault" }, { "拖欠", "resign_fault" }, { "未缴", "resign_fault" },
    { "辞职", "resign" }, { "死亡", "death" },
};

static bool claims_unlawful(const Case *k)
{
    Str causes = k->causes;
    while (causes.n) {
        if (str_eq(str_cut(&causes, ' '), S("B02"))) return true;
    }
    return false;
}

static void tell_reason(Facts *f, const Case *k, const Intake *in)
{
    if (claims_unlawful(k)) {
        tell_word(f, F_REASON, "unlawful");
        return;
    }
    for (size_t i = 0; i < COUNT(ends); i++) {
        if (!str_has(in->end_reason, str_of(ends[i].here))) continue;
        tell_word(f, F_REASON, ends[i].there);
        return;
    }
}

static void tell_contract(Facts *f, const Intake *in)
{
    static const Same terms[] = {
        { "FIXED", "fixed" }, { "OPEN", "open" }, { "TASK", "task" }, { NULL, NULL },
    };
    static const Same systems[] = {
        { "STANDARD", "standard" }, { "COMPREHENSIVE", "comprehensive" },
        { "FLEXIBLE", "flexible" }, { NULL, NULL },
    };
    bool part_time = str_eq(in->hours, S("PARTTIME")) || str_eq(in->contract, S("ORAL_PT"));
    tell_date(f, F_SIGNED, in->sign_date);
    if (str_eq(in->contract, S("NONE"))) tell(f, F_NO_CONTRACT, 1);
    if (part_time) tell(f, F_PART_TIME, 1);
    tell_same(f, F_TERM, terms, in->contract);
    tell_same(f, F_SYSTEM, systems, in->hours);
    if (in->contract_start.day == 0 || in->contract_end.day <= in->contract_start.day) return;
    Civil from = date_civil(in->contract_start), to = date_civil(date_plus(in->contract_end, 1));
    int64_t months = (to.year - from.year) * MONTHS + to.month - from.month - (to.day < from.day);
    if (months > 0) tell(f, F_CONTRACT_MONTHS, months * FIGURE_SCALE);
}

static void tell_injury(Facts *f, const Intake *in)
{
    Str insured = in->insured;
    while (insured.n) {
        if (str_eq(str_cut(&insured, ' '), S("INJURY"))) tell(f, F_INSURED, 1);
    }
    if (in->grade < calc_fields[F_GRADE].min || in->grade > calc_fields[F_GRADE].max) return;
    tell(f, F_GRADE, in->grade);
    tell(f, F_ENDED, !in->employed);
}

static void tell_case(Facts *f, const Case *k, const Intake *in)
{
    tell_date(f, F_HIRE, in->hire_date);
    if (!in->employed) tell_date(f, F_LAST_DAY, in->end_date);
    if (!in->employed) tell_reason(f, k, in);
    tell_sum(f, F_MONTHLY_FEN, in->wage);
    tell_sum(f, F_AVERAGE_FEN, in->wage12);
    tell_date(f, F_ASKED, k->filed);
    if (in->career_years > 0) tell(f, F_CAREER_YEARS, in->career_years * FIGURE_SCALE);
    if (k->region.n) tell(f, F_REGION, (int64_t)k->region.n);
    f->region = k->region;
    tell_contract(f, in);
    tell_injury(f, in);
}

const Facts *situation_facts(Ctx *c, const Case *k)
{
    Intake in;
    Facts *f = NEW(c->mem, Facts, 1);
    if (!intake_get(c, k->id, &in)) {
        fail(c, ERR_NOT_FOUND, S("application"));
        return NULL;
    }
    tell_case(f, k, &in);
    return f;
}

Str claim_cause(const CalcClaim *claim, size_t line)
{
    Str code = str_of(claim->calc->code);
    if (str_eq(code, S("G"))) return S("G03");
    return str_eq(code, S("B03")) && line + 1 < claim->end ? S("B01") : code;
}

/* {"calculator":"SITUATION","input":{…},"missing":["hire"],"check":["reason"]}: what
** it cannot do without, and what was taken from words and must be looked at. */
static void show(Ctx *c)
{
    Case k;
    const Calc *calc = calc_find(S("SITUATION"));
    bool first = true;
    if (!case_get(c, arg_id(c, 0), &k)) return;
    const Facts *f = situation_facts(c, &k);
    if (!f) return;
    c->status = 200;
    out_str(&c->out, S("{\"calculator\":\"SITUATION\",\"input\":"));
    write_facts(&c->out, calc, f);
    out_str(&c->out, S(",\"missing\":["));
    for (size_t i = 0; i < calc->uses; i++) {
        if (!calc->use[i].required || f->given[calc->use[i].field]) continue;
        if (!first) out_str(&c->out, S(","));
        first = false;
        out_json(&c->out, str_of(calc_fields[calc->use[i].field].name));
    }
    out_str(&c->out, f->given[F_REASON] ? S("],\"check\":[\"reason\"]}") : S("],\"check\":[]}"));
}

static const Route routes[] = {
    { "GET", "/api/v1/cases/:id/situation", PARTIES | STAFF, show, "按案件填好的计算项",
      "the calculator's input, filled from the case" },
};

const Slice situation_slice = { .name = "situation", .route = routes, .routes = COUNT(routes) };
