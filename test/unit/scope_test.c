#include "law/threshold.h"
#include "test.h"
#include "unit/law_data.h"
#include "unit/lawdata.h"
#include "unit/suites.h"

static Date day_of(const char *iso)
{
    return date_parse(str_of(iso));
}

static void sheets(void)
{
    char memory[4096];
    Arena mem = { memory, memory + sizeof memory };
    Params p;
    Sheet sheet;
    params_init(&p, &mem, 4);
    check(!params_read(&p, &mem, S("key,region,from,to,value,unit,basis\n"), &sheet), "a missing column");
    check_str(sheet.column, S("note"), "is named");
    static const char head[] = "key,region,from,to,value,unit,basis,note\n";
    static const struct { const char *row, *column; } bad[] = {
        { "A,*,2020-13-01,,1,fen,law,\n", "from" }, { "A,*,,,1,fen,law,\n", "from" },
        { "A,*,2020-01-01,2019-12-31,1,fen,law,\n", "to" }, { "A,*,2020-01-01,,1.5,fen,law,\n", "value" },
        { "A,*,2020-01-01,,1,fen,,\n", "basis" }, { ",*,2020-01-01,,1,fen,law,\n", "key" },
        { "A,,2020-01-01,,1,fen,law,\n", "region" },
    };
    for (size_t i = 0; i < COUNT(bad); i++) {
        char text[256];
        Out o = { .buf = text, .cap = sizeof text };
        out_str(&o, str_of(head));
        out_str(&o, str_of(bad[i].row));
        check(!params_read(&p, &mem, out_view(&o), &sheet) && sheet.fault, bad[i].row);
        check_str(sheet.column, str_of(bad[i].column), "the column at fault");
        check_int(sheet.line, 2, "its line");
        check_int((int64_t)p.n, 0, "nothing is kept of a bad row");
    }
    Refusals routes;
    refusals_init(&routes, &mem, 1);
    Str text = S("code,kind,zh,en,route_zh,route_en,basis,from,to\nX,MAYBE,a,b,c,d,e,2020-01-01,\n");
    check(!refusals_read(&routes, &mem, text, &sheet), "an unknown kind of route");
    check_str(sheet.column, S("kind"), "is named");
    Causes causes;
    causes_init(&causes, &mem, 1);
    text = S("code,group,zh,en,item,stat,ledger,final,tag,route,from,to\n"
             "A01,A,a,b,5,NONE,pay,,,,2020-01-01,\n");
    check(!causes_read(&causes, &mem, text, &sheet), "an unknown statistical group");
    Emergency e;
    emergency_init(&e, &mem, 1);
    text = S("step,actor,minutes,days,repeat,zh,en,basis,from,to\nE1,nobody,0,0,0,a,b,c,2020-01-01,\n");
    check(!emergency_read(&e, &mem, text, &sheet), "an unknown actor");
}

static void lookups(void)
{
    char memory[4096];
    Arena mem = { memory, memory + sizeof memory };
    Params p;
    Date from = day_of("2020-01-01"), later = day_of("2024-07-01");
    params_init(&p, &mem, 8);
    params_add(&p, (Param){ S("K"), S(""), from, { 0 }, 1, S("fen"), S("law"), S("") });
    params_add(&p, (Param){ S("K"), S("33"), from, { 0 }, 2, S("fen"), S("law"), S("") });
    params_add(&p, (Param){ S("K"), S("3302"), from, day_of("2024-06-30"), 3, S("fen"), S("law"), S("") });
    params_add(&p, (Param){ S("K"), S("3302"), later, { 0 }, 4, S("fen"), S("law"), S("") });
    static const struct { const char *region, *day; int64_t value; } cases[] = {
        { "450206", "2022-01-01", 1 }, { "330106", "2022-01-01", 2 }, { "330282", "2022-01-01", 3 },
        { "330282", "2024-06-30", 3 }, { "330282", "2024-07-01", 4 }, { "", "2022-01-01", 1 },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        Look look = { &p, str_of(cases[i].region), day_of(cases[i].day), { 0 } };
        check_int(param(&look, "K"), cases[i].value, cases[i].region);
        check(look.missing.n == 0, "it is there");
    }
    Look before = { &p, S("330282"), day_of("2019-12-31"), { 0 } };
    check_int(param(&before, "K"), 0, "before the first row there is none");
    check(!param_reached(&before, "L", 100), "nothing reaches a missing number");
    check_str(before.missing, S("K"), "the first missing one is named");
}

/* The file's own order and completeness. */
static void files(const Law *d)
{
    for (size_t i = 1; i < d->params.n; i++) {
        int order = str_cmp(d->params.row[i - 1].key, d->params.row[i].key);
        check(order <= 0, "params.csv is sorted by key");
    }
    Date day = day_of("2026-09-01");
    for (size_t i = 0; i < d->causes.n; i++) {
        const Cause *c = &d->causes.row[i];
        check(cause_find(&d->causes, c->code, day) == c, "a cause is in force once");
        bool known = c->route.n == 0 || refusal_find(&d->refusals, c->route, day);
        check(known, "a cause's route exists");
    }
    check_int((int64_t)d->causes.n, 53, "the causes of the catalogue");
    check_int((int64_t)d->emergency.n, 9, "E1 to E9");
    check_int(d->emergency.row[1].minutes, 30, "the verbal report");
    check_int(d->emergency.row[2].minutes, 120, "the first written report");
    check_int(d->emergency.row[3].minutes, 240, "the joint emergency");
    check_int(d->emergency.row[5].repeat, 1440, "the continuing report");
    check_int(d->emergency.row[8].working_days, 5, "the last report");
    check(d->emergency.row[3].actors == HR, "the HR bureau starts it");
    for (unsigned n = 1; n <= 15; n++) {
        char code[8];
        Out o = { .buf = code, .cap = sizeof code };
        out_str(&o, S("NR"));
        out_int(&o, n);
        check(refusal_find(&d->refusals, out_view(&o), day) != NULL, "NR1 to NR15 are all there");
    }
}

typedef struct Try {
    const char *what;
    EmployerKind employer;
    Relation    relation;
    const char *causes;
    const char *occurred;
    Verdict     verdict;
    Scope       scope;
    const char *route, *note; /* codes; NULL: none */
} Try;

#define DOM(employer, relation) EMPLOYER_##employer, RELATION_##relation
static const Try tries[] = {
    { "wages in an enterprise", DOM(ENT, LABOUR), "A01", "", VERDICT_ACCEPT, SCOPE_SC1, NULL, NULL },
    { "wages in an organ, labour relation", DOM(ORGAN, LABOUR), "A01", "", VERDICT_ACCEPT, SCOPE_SC1,
        NULL, NULL },
    { "an institution's employment contract", DOM(INST, PERSONNEL), "L01", "", VERDICT_ACCEPT, SCOPE_SC2,
        NULL, NULL },
    { "a social organisation's staff", DOM(SOCORG, PERSONNEL), "L03", "", VERDICT_ACCEPT, SCOPE_SC3, NULL,
        NULL },
    { "PLA civilian staff", DOM(PLA, PLA_CIVILIAN), "L04", "", VERDICT_ACCEPT, SCOPE_SC4, NULL, NULL },
    { "a contract civil servant", DOM(ORGAN, CIVIL_SERVANT), "L05", "", VERDICT_ACCEPT, SCOPE_SC5, NULL,
        NULL },
    { "an illegal employer's lump sum", DOM(ILLEGAL, LABOUR), "G05", "", VERDICT_ACCEPT, SCOPE_SC5, NULL,
        NULL },
    { "an illegal employer's wages", DOM(ILLEGAL, LABOUR), "A01", "", VERDICT_ACCEPT, SCOPE_SC1, NULL,
        NULL },
    { "platform pay", DOM(PLATFORM, NEF), "N01", "", VERDICT_ACCEPT, SCOPE_SC6, NULL, NULL },
    { "platform work as a labour relation", DOM(PLATFORM, NEF), "C01 A01", "", VERDICT_ACCEPT, SCOPE_SC1,
        NULL, NULL },
    { "platform, non-compete alone", DOM(PLATFORM, NEF), "B07", "", VERDICT_REJECT, SCOPE_NONE, "NR11",
        NULL },
    { "AS-37 a domestic worker", DOM(HOUSEHOLD, DOMESTIC), "A01", "", VERDICT_REJECT, SCOPE_NONE, "NR4",
        NULL },
    { "a household, whatever it is called", DOM(HOUSEHOLD, LABOUR), "A01", "", VERDICT_REJECT, SCOPE_NONE,
        "NR4", NULL },
    { "a craftsman's apprentice", DOM(CRAFTSMAN, APPRENTICE), "A01", "", VERDICT_REJECT, SCOPE_NONE,
        "NR5", NULL },
    { "a farm hand", DOM(FARM_HOUSEHOLD, FARM_HAND), "A01", "", VERDICT_REJECT, SCOPE_NONE, "NR6", NULL },
    { "a pure service relation", DOM(ENT, SERVICE), "A01", "", VERDICT_REJECT, SCOPE_NONE, "NR11", NULL },
    { "contributions", DOM(ENT, LABOUR), "F02", "", VERDICT_WARN, SCOPE_SC1, NULL, "NR7" },
    { "AS-56 over-age, injury", DOM(ENT, OVERAGE), "O01 G03", "2026-08-01", VERDICT_ACCEPT, SCOPE_SC5,
        NULL, NULL },
    { "AS-56 over-age, dismissal pay", DOM(ENT, OVERAGE), "B01", "2026-08-01", VERDICT_REJECT, SCOPE_NONE,
        "NR16", NULL },
    { "over-age, both", DOM(ENT, OVERAGE), "A01 B01", "2026-08-01", VERDICT_WARN, SCOPE_SC5, NULL, "NR16" },
    { "over-age on the first day", DOM(ENT, OVERAGE), "A01", "2026-07-01", VERDICT_ACCEPT, SCOPE_SC5,
        NULL, NULL },
    { "over-age a day before", DOM(ENT, OVERAGE), "A01", "2026-06-30", VERDICT_WARN, SCOPE_SC1, NULL,
        "NR17" },
    { "over-age under the old rule", DOM(ENT, OVERAGE), "A01", "2025-08-31", VERDICT_REJECT, SCOPE_NONE,
        "NR11", NULL },
    { "personnel in an enterprise: look", DOM(ENT, PERSONNEL), "L01", "", VERDICT_WARN, SCOPE_NONE, NULL,
        NULL },
    { "no cause yet", DOM(ENT, LABOUR), "", "", VERDICT_ACCEPT, SCOPE_SC1, NULL, NULL },
};
#undef DOM

static void scope(const Law *d)
{
    ScopeLaw law = law_scope(d);
    for (size_t i = 0; i < COUNT(tries); i++) {
        const Try *t = &tries[i];
        ScopeFacts f = { .employer = t->employer, .relation = t->relation, .causes = str_of(t->causes),
                         .filed = day_of("2026-09-01"), .occurred = day_of(t->occurred),
                             .open = SCOPE__ALL };
        Decision got = scope_decide(&law, &f);
        check_str(str_of(verdict_word(got.verdict)), str_of(verdict_word(t->verdict)), t->what);
        check_str(str_of(scope_word(got.scope)), str_of(scope_word(t->scope)), t->what);
        check_str(got.route ? got.route->code : (Str){ 0 }, str_of(t->route), t->what);
        check_str(got.notes ? got.note[0]->code : (Str){ 0 }, str_of(t->note), t->what);
        check(got.mediation_only == (t->scope == SCOPE_SC6), "only platform disputes are mediation only");
        check(got.missing.n == 0, "the data has all it needs");
    }
}

static void matters(const Law *d)
{
    ScopeLaw law = law_scope(d);
    static const struct { uint32_t set; const char *route; Verdict verdict; } cases[] = {
        { M_AGENCY_BENEFIT, "NR1", VERDICT_REJECT }, { M_HOUSING_REFORM, "NR2", VERDICT_REJECT },
        { M_GRADE_OBJECTION, "NR3", VERDICT_REJECT }, { M_HOUSING_FUND, "NR8", VERDICT_REJECT },
        { M_INJURY_FINDING, "NR9", VERDICT_REJECT }, { M_PRIOR, "NR10", VERDICT_REJECT },
        { M_COMPLAINT_ONLY, "NR12", VERDICT_REFER }, { M_CONSENT_REFUSED, "NR13", VERDICT_REJECT },
        { M_OUTSIDE, "NR14", VERDICT_REFER }, { M_PRIOR | M_OUTSIDE, "NR10", VERDICT_REJECT },
        { M_PRIOR | M_ENTRUSTED, "", VERDICT_ACCEPT }, { M_ENTRUSTED, "", VERDICT_ACCEPT },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        ScopeFacts f = { .matters = cases[i].set, .causes = S("A01"), .filed = day_of("2026-09-01"),
            .open = SCOPE__ALL };
        Decision got = scope_decide(&law, &f);
        check_str(got.route ? got.route->code : (Str){ 0 }, str_of(cases[i].route), "a matter's route");
        check(got.verdict == cases[i].verdict, cases[i].route);
    }
    check_int(matters_of(S("PRIOR OUTSIDE NOTHING")), M_PRIOR | M_OUTSIDE, "matters by word");
    ScopeFacts off = { .relation = RELATION_NEF, .employer = EMPLOYER_PLATFORM, .causes = S("N01"),
                       .filed = day_of("2026-09-01"), .open = scope_set(S("SC1 SC2 SC3 SC4 SC5")) };
    Decision got = scope_decide(&law, &off);
    check(got.verdict == VERDICT_REFER && got.scope == SCOPE_SC6 && !got.route,
          "a class that is switched off");
    off.open = scope_set(S("SC6"));
    check(scope_decide(&law, &off).verdict == VERDICT_ACCEPT, "and switched on");
    off.causes = S("N01 X99");
    got = scope_decide(&law, &off);
    check(got.verdict == VERDICT_WARN, "an unknown cause is looked at");
    check_str(got.missing, S("X99"), "and named");
}

/* AS-35: born 2010-06-01, so sixteen on 2026-06-01. */
static void under_sixteen(const Law *d)
{
    ScopeLaw law = law_scope(d);
    static const struct { const char *filed, *causes, *route; Verdict verdict; } cases[] = {
        { "2026-04-01", "A01", "NR15", VERDICT_STOP }, { "2026-05-31", "A01", "NR15", VERDICT_STOP },
        { "2026-06-01", "A01", "", VERDICT_ACCEPT },   { "2026-04-01", "G05", "", VERDICT_WARN },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        ScopeFacts f = { .causes = str_of(cases[i].causes), .filed = day_of(cases[i].filed),
                         .birth = day_of("2010-06-01"), .open = SCOPE__ALL };
        Decision got = scope_decide(&law, &f);
        check(got.verdict == cases[i].verdict, cases[i].filed);
        check_str(got.route ? got.route->code : (Str){ 0 }, str_of(cases[i].route), "child labour");
        if (got.verdict == VERDICT_WARN) check_str(got.note[0]->code, S("NR15"),
            "is reported with the injury claim");
        if (got.verdict == VERDICT_WARN) check(got.scope == SCOPE_SC5, "whose class is the fifth");
    }
}

typedef struct Measured {
    const char *what;
    Extent      extent;
    uint32_t    flags;
    int         level;
} Measured;

enum { WAN = 1000000 }; /* 10,000 yuan in fen */

static const Measured measured[] = {
    { "nine with a common request", { .workers = 9, .common = 9 }, 0, 0 },
    { "AS-40 nine becomes ten", { .workers = 10, .common = 10 }, FLAG_COLL, 0 },
    { "ten without a common request", { .workers = 10, .common = 9 }, 0, 0 },
    { "a collective contract", { .workers = 1, .collective_contract = true }, FLAG_COLL, 0 },
    { "the same by cause", { .workers = 1, .groups = G_COLLC }, FLAG_COLL, 0 },
    { "29", { .workers = 29, .common = 29 }, FLAG_COLL, 0 },
    { "30 people", { .workers = 30, .common = 30 }, FLAG_COLL | FLAG_MAJOR, 3 },
    { "49", { .workers = 49, .common = 49 }, FLAG_COLL | FLAG_MAJOR, 3 },
    { "50", { .workers = 50, .common = 50 }, FLAG_COLL | FLAG_COLL50 | FLAG_MAJOR, 2 },
    { "199", { .workers = 199, .common = 1 }, FLAG_MAJOR, 2 },
    { "200", { .workers = 200, .common = 1 }, FLAG_MAJOR, 1 },
    { "9 who gather", { .workers = 9, .signals = SIGNAL_GATHERING }, 0, 0 },
    { "10 who gather", { .workers = 10, .signals = SIGNAL_GATHERING }, FLAG_MASS, 3 },
    { "10 who block", { .workers = 10, .signals = SIGNAL_BLOCKING }, FLAG_MASS, 2 },
    { "a stoppage of five", { .workers = 5, .signals = SIGNAL_STOPPAGE }, FLAG_MAJOR, 2 },
    { "a death", { .workers = 1, .signals = SIGNAL_DEATH }, FLAG_MAJOR, 1 },
    { "fled", { .workers = 3, .signals = SIGNAL_FLED }, FLAG_MAJOR, 4 },
    { "cross-district", { .workers = 3, .signals = SIGNAL_CROSS_DISTRICT }, FLAG_MAJOR, 4 },
    { "social impact", { .workers = 3, .signals = SIGNAL_SOCIAL_IMPACT }, FLAG_COLL50, 0 },
    { "a fen below a million", { .workers = 1, .claim_fen = 100 * (int64_t)WAN - 1 }, 0, 0 },
    { "a million", { .workers = 1, .claim_fen = 100 * (int64_t)WAN }, FLAG_MAJOR, 4 },
    { "9 of a platform", { .workers = 9, .platform = true }, 0, 0 },
    { "10 of a platform", { .workers = 10, .platform = true }, FLAG_MAJOR, 4 },
    { "AS-50 15 of 150", { .cut = 15, .staff = 150 }, FLAG_LAYOFF, 0 },
    { "AS-50 14 of 150", { .cut = 14, .staff = 150 }, 0, 0 },
    { "AS-50 20 of 1,000", { .cut = 20, .staff = 1000 }, FLAG_LAYOFF, 0 },
    { "19 of 1,000", { .cut = 19, .staff = 1000 }, 0, 0 },
    { "a lay-off of nobody knows how many", { .cut = 5 }, 0, 0 },
    { "one department", { .departments = 1 }, 0, 0 },
    { "two departments", { .departments = 2 }, FLAG_COMPLEX, 0 },
    { "two employers", { .employers = 2 }, 0, 0 },
    { "three employers", { .employers = 3 }, FLAG_COMPLEX, 0 },
    { "simple",
        { .workers = 1, .claims = 2, .undisputed = true, .claim_fen = 8 * WAN, .average_wage_fen = 8 * WAN },
      FLAG_SIMPLE, 0 },
    { "a fen above the wage", { .workers = 1, .claims = 2, .undisputed = true, .claim_fen = 8 * WAN + 1,
      .average_wage_fen = 8 * WAN }, 0, 0 },
    { "three claims", { .workers = 1, .claims = 3, .undisputed = true, .average_wage_fen = 8 * WAN }, 0,
        0 },
    { "two workers", { .workers = 2, .claims = 1, .undisputed = true, .average_wage_fen = 8 * WAN }, 0, 0 },
    { "disputed facts", { .workers = 1, .claims = 1, .average_wage_fen = 8 * WAN }, 0, 0 },
    { "an unknown wage", { .workers = 1, .claims = 1, .undisputed = true }, 0, 0 },
    { "complex, so not simple",
        { .workers = 1, .claims = 1, .undisputed = true, .average_wage_fen = 8 * WAN,
      .employers = 3 }, FLAG_COMPLEX, 0 },
};

static void thresholds(const Law *d)
{
    for (size_t i = 0; i < COUNT(measured); i++) {
        Extent e = measured[i].extent;
        e.region = S("450206");
        e.day = day_of("2026-09-01");
        Flags got = flags_of(&d->params, &e);
        check_int(got.flags, measured[i].flags, measured[i].what);
        check_int(got.level, measured[i].level, measured[i].what);
        check(got.flags == 0 || got.reasons.n > 0, "a flag has its reason");
        check(got.missing.n == 0, "the data has all numbers");
    }
}

static void grave(const Law *d)
{
    Extent e = { .workers = 56, .common = 56, .signals = signals_read(S("BLOCKING")),
        .claim_fen = 186 * (int64_t)WAN,
                 .region = S("340100"), .day = day_of("2026-09-01") };
    Flags got = flags_of(&d->params, &e);
    check_int(got.flags, FLAG_COLL | FLAG_COLL50 | FLAG_MASS | FLAG_MAJOR, "AS-42");
    check_int(got.level, 2, "AS-42 level II");
    check(finding_has(&got.reasons, S("MAJOR_FEN")) && finding_has(&got.reasons, S("LEVEL_II")),
          "with its reasons");
    char buf[64];
    Out o = { .buf = buf, .cap = sizeof buf };
    flags_write(&o, got.flags);
    check_str(out_view(&o), S("COLL COLL50 MASS MAJOR"), "by word");
    check_int(flags_read(out_view(&o)), got.flags, "and back");
    Str unknown = { 0 };
    Date day = day_of("2026-09-01");
    Extent complex = { .workers = 1, .groups = causes_groups(&d->causes, S("G03 F01 A01"), day, &unknown),
        .day = day };
    check_int(flags_of(&d->params, &complex).flags, FLAG_COMPLEX, "AS-43 injury, insurance and wages");
    complex.groups = causes_groups(&d->causes, S("G03 A01"), day, &unknown);
    check_int(flags_of(&d->params, &complex).flags, 0, "two of them are not");
    Extent warned = { .workers = 30, .common = 30, .day = day };
    Flags at30 = flags_of(&d->params, &warned);
    warned.common = 29;
    Flags at29 = flags_of(&d->params, &warned);
    check(finding_has(&at30.reasons, S("COLL_WARN")), "the old thirty is a warning");
    check(!finding_has(&at29.reasons, S("COLL_WARN")), "29 are not");
    Params none = { 0 };
    got = flags_of(&none, &e);
    check(got.flags == 0 && got.missing.n > 0, "without numbers there is no flag, and the first is named");
}

/* The 25 cases as published, sums in fen; and a file that is wrong. */
static void typical_cases(void)
{
    LawData d;
    if (!law_data_open(&d)) return;
    const TypicalCases *t = &d.law.typical;
    int64_t full = 0, claimed = 0, untold = 0;
    for (size_t i = 0; i < t->n; i++) {
        full += !t->row[i].condensed;
        claimed += t->row[i].claimed.fen;
        untold += !t->row[i].told_award;
    }
    check_int((int64_t)t->n, 25, "typical cases");
    check_int(full, 10, "ten in full");
    check_int(untold, 8, "eight name no award");
    check_int(t->row[0].claimed.fen, 800000, "8000 yuan");
    check(claimed > 0 && str_eq(t->row[0].types, S("TER OT")), "kinds as words");
    check(str_has(t->row[0].facts, S("\n")), "a text of several lines");
    TypicalCases none;
    Sheet sheet;
    check(!typical_read(&none, &d.mem, S("id,title\nA,B\n"), &d.law.causes, &sheet), "columns that lack");
    law_data_close(&d);
}

void test_scope(void)
{
    typical_cases();
    Law d;
    Block block = lawdata_open(&d);
    sheets();
    lookups();
    files(&d);
    scope(&d);
    matters(&d);
    under_sixteen(&d);
    thresholds(&d);
    grave(&d);
    block_close(&block);
}
