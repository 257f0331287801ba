#include "law/clock.h"
#include "law/due.h"
#include "test.h"
#include "unit/law_data.h"
#include "unit/suites.h"

static Date at(const char *iso) { return date_parse(str_of(iso)); }

/* One clock of the acceptance scenarios: up to one pause and two extensions. */
typedef struct Example {
    const char *what, *code, *start, *natural, *due;
    bool provisional;
    const char *region, *filed, *from, *to;
    int extend[2], length;
} Example;

static const Example examples[] = {
    { "AS-01", "C-ACC", "2025-09-30", "2025-10-11", .due = "2025-10-11" },
    { "AS-02", "C-MED.E", "2026-02-02", "2026-02-17", .due = "2026-02-24" },
    { "AS-03", "C-AREV", "2026-04-16", "2026-05-01", .due = "2026-05-06" },
    { "AS-04", "C-JCONF", "2026-04-16", "2026-05-16", .due = "2026-05-18" },
    { "AS-05", "C-AREV-D", "2026-05-06", "2026-05-12", .due = "2026-05-12" },
    { "AS-05 extended", "C-AREV-D", "2026-05-06", "2026-05-19", .due = "2026-05-19", .extend = { 5 } },
    { "AS-06", "C-MED.F", "2025-04-25", "2025-05-13", .due = "2025-05-13" },
    { "AS-07", "C-MED.G", "2026-01-16", "2026-02-15", .due = "2026-02-24" },
    { "AS-08", "C-MED.I", "2026-03-02", "2026-03-09", .due = "2026-03-09" },
    { "AS-08 extended", "C-MED.I", "2026-03-02", "2026-03-19", .due = "2026-03-19", .extend = { 10 } },
    { "AS-09", "C-ACC", "2026-01-05", "2026-01-08", .due = "2026-01-08" },
    { "AS-10", "C-ACC", NULL, "2026-09-23", .due = "2026-09-23", .filed = "2026-09-19T23:50" },
    { "AS-11", "C-MED.E", "2025-09-16", "2025-10-01", .due = "2025-10-09" },
    { "AS-11 extended", "C-MED.E", "2025-09-16", "2025-10-24", .due = "2025-10-24", .extend = { 15 } },
    { "AS-13", "C-MED.D", "2026-03-02", "2026-04-01", .due = "2026-04-01", .extend = { 15 } },
    { "AS-14", "C-MED.E", "2025-12-19", "2026-01-03", .due = "2026-01-04" },
    { "AS-15", "C-NEG", "2026-06-15", "2026-06-20", .due = "2026-06-22" },
    { "AS-16", "C-LIM", "2025-03-31", "2026-03-31", .due = "2026-03-31" },
    { "AS-16 restarted", "C-LIM", "2026-04-07", "2027-04-07", .due = "2027-04-07", .provisional = true },
    { "AS-17", "C-MED.E", "2026-03-02", "2026-04-27", .due = "2026-04-27",
      .from = "2026-03-10", .to = "2026-04-20" },
    { "AS-18 review", "C-AREV", "2026-05-13", "2026-05-28", .due = "2026-05-28" },
    { "AS-18 court", "C-JCONF", "2026-05-13", "2026-06-12", .due = "2026-06-12" },
    { "AS-36", "C-ACC", "2026-03-02", "2026-03-05", .due = "2026-03-05" },
    { "AS-48", "C-ENF", "2026-03-31", "2028-03-31", .due = "2028-03-31", .provisional = true },
    { "AS-55", "C-FUP", "2026-05-15", "2026-05-22", .due = "2026-05-22" },
    { "AS-57", "C-MED.E", "2026-12-25", "2027-01-09", .due = "2027-01-11", .provisional = true },
    { "official to the last day", "C-MED.E", "2026-12-16", "2026-12-31", .due = "2026-12-31" },
    { "29 February", "C-LIM", "2024-02-29", "2025-02-28", .due = "2025-02-28" },
    { "to 29 February", "C-GSRD.W", "2023-02-28", "2024-02-28", .due = "2024-02-28" },
    { "an agreed length", "C-NEG2", "2026-09-16", "2026-10-03", .due = "2026-10-08",
      .length = 10, .extend = { 5 } },
    { "counted back", "C-LAYOFF", "2026-11-02", "2026-10-03", .due = "2026-10-03" },
    { "month end", "C-RPT", "2026-10-05", "2026-10-31", .due = "2026-10-30" },
    { "month end in December", "C-RPT", "2025-12-31", "2025-12-31", .due = "2025-12-31" },
    { "a pause of the start day alone", "C-ARB-END", "2026-03-02", "2026-04-16", .due = "2026-04-16",
      .from = "2026-03-02", .to = "2026-03-03" },
    { "two extensions", "C-MED.A", "2025-09-16", "2025-10-25", .due = "2025-10-27", .extend = { 10, 5 } },
    { "a pause after the natural end", "C-MED.E", "2026-02-02", "2026-02-17", .due = "2026-03-10",
      .from = "2026-02-20", .to = "2026-03-10" },
    { "an alias of a region", "c-med", "2026-02-02", "2026-02-17", .due = "2026-02-24", .region = "330282" },
    { "the raw day of a limitation", "C-LIM", NULL, "2026-09-20", .due = "2026-09-20",
      .filed = "2025-09-20T10:00" },
};

static bool run(LawData *d, const Example *e, ClockDue *due)
{
    Pause pause = { at(e->from), at(e->to) };
    ClockAsk ask = {
        .code = str_of(e->code),
        .region = str_of(e->region),
        .start = at(e->start),
        .filed = time_parse(str_of(e->filed)),
        .length = e->length,
        .pauses = &pause,
        .pauses_n = e->from != NULL,
        .extensions = e->extend,
        .extensions_n = (size_t)(e->extend[0] != 0) + (e->extend[1] != 0),
    };
    Arena mem = d->mem;
    return clock_due(&d->law.clocks, &d->law.calendar, &ask, &mem, due);
}

static void acceptance(LawData *d)
{
    ClockDue due;
    for (size_t i = 0; i < COUNT(examples); i++) {
        const Example *e = &examples[i];
        check(run(d, e, &due), e->what);
        check_str(day_text(&d->mem, due.natural_end), str_of(e->natural), e->what);
        check_str(day_text(&d->mem, due.due), str_of(e->due), e->what);
        check_int(due.provisional, e->provisional, e->what);
        check(due.trace.n >= 3, "it says why");
        for (size_t k = 0; k < due.trace.n; k++) {
            check(due.trace.line[k].zh.n && due.trace.line[k].en.n, e->what);
        }
    }
    check(run(d, &examples[13], &due), "AS-11");
    check_int(due.granted, 30, "granted days are counted, not elapsed ones");
    check_str(day_text(&d->mem, due.stretch[1].from), S("2025-10-09"), "from the rolled end");
}

static const struct Refused {
    const char *error;
    Example ask;
} refused_ones[] = {
    { "unknown_code", { .code = "C-XYZ", .start = "2026-03-02" } },
    { "unknown_code", { .code = "", .start = "2026-03-02" } },
    { "no_start", { .code = "C-ACC" } },
    { "invalid_start", { .code = "C-ACC", .start = "1949-12-31" } },
    { "invalid_start", { .code = "C-ACC", .start = "3000-01-01" } },
    { "not_in_force", { .code = "C-MED.C", .start = "2026-04-30" } },
    { "not_in_force", { .code = "C-MED.B", .region = "450206", .start = "2026-05-01" } },
    { "start_clash", { .code = "C-ACC", .start = "2026-09-18", .filed = "2026-09-19T23:50" } },
    { "no_time", { .code = "C-ORG-ACK.M", .start = "2026-03-02" } },
    { "no_length", { .code = "C-NEG2", .start = "2026-03-02" } },
    { "length_fixed", { .code = "C-ACC", .start = "2026-03-02", .length = 5 } },
    { "invalid_length", { .code = "C-NEG2", .start = "2026-03-02", .length = 3661 } },
    { "invalid_length", { .code = "C-NEG2", .start = "2026-03-02", .length = -1 } },
    { "pause_not_allowed",
      { .code = "C-ACC", .start = "2026-03-02", .from = "2026-03-03", .to = "2026-03-04" } },
    { "pause_not_allowed",
      { .code = "C-MED.F", .start = "2026-03-02", .from = "2026-03-03", .to = "2026-03-04" } },
    { "invalid_pause",
      { .code = "C-MED.E", .start = "2026-03-02", .from = "2026-03-04", .to = "2026-03-04" } },
    { "invalid_pause",
      { .code = "C-MED.E", .start = "2026-03-02", .from = "2026-03-04", .to = "2026-03-03" } },
    { "pause_outside",
      { .code = "C-MED.E", .start = "2026-03-02", .from = "2026-03-01", .to = "2026-03-04" } },
    { "pause_outside",
      { .code = "C-MED.E", .start = "2026-03-02", .from = "2026-03-18", .to = "2026-03-20" } },
    { "extension_not_allowed", { .code = "C-JCONF", .start = "2026-03-02", .extend = { 1 } } },
    { "extension_not_allowed", { .code = "C-MED.F", .start = "2026-03-02", .extend = { 5 } } },
    { "extension_over_max", { .code = "C-MED.D", .start = "2026-03-02", .extend = { 16 } } },
    { "extension_over_max", { .code = "C-MED.D", .start = "2026-03-02", .extend = { 10, 6 } } },
    { "extension_over_max", { .code = "C-MED.E", .start = "2026-03-02", .extend = { 10, 6 } } },
    { "extension_over_max", { .code = "C-ARB-END", .start = "2026-03-02", .extend = { 16 } } },
    { "extension_too_often", { .code = "C-CORR", .start = "2026-03-02", .extend = { 2, 2 } } },
    { "invalid_extension", { .code = "C-MED.G", .start = "2026-03-02", .extend = { -1 } } },
};

static void refusals(LawData *d)
{
    ClockDue due;
    for (size_t i = 0; i < COUNT(refused_ones); i++) {
        const struct Refused *r = &refused_ones[i];
        check(!run(d, &r->ask, &due), r->error);
        check_str(str_of(due.error), str_of(r->error), r->ask.code);
        check(due.reason.zh.n && due.reason.en.n, "said why");
    }
    Pause twice[] = { { at("2026-03-05"), at("2026-03-08") }, { at("2026-03-04"), at("2026-03-06") } };
    ClockAsk ask = { .code = S("C-MED.E"), .start = at("2026-03-02"), .pauses = twice, .pauses_n = 2 };
    check(!clock_due(&d->law.clocks, &d->law.calendar, &ask, &d->mem, &due), "two pauses at once");
    check_str(str_of(due.error), S("pause_overlap"), "by name");
    twice[1].to = at("2026-03-05");
    check(clock_due(&d->law.clocks, &d->law.calendar, &ask, &d->mem, &due),
          "one pause after the other, given in any order");
    check_str(day_text(&d->mem, due.due), S("2026-03-23"),
              "four days are left out, the end on a Saturday rolls");
}

/* Every name of domain.md 2.5, as it is spelled there. */
static const char *const names[] = {
    "C-ACC", "C-CORR", "C-ORG-ACK", "C-RIGHT15", "C-MED.A", "C-MED.B", "C-MED.C", "C-MED.D", "C-MED.E",
    "C-MED.F", "C-MED.G", "C-MED.H", "C-MED.I", "C-MED", "C-LINK-ACC", "C-LINK-RET", "C-NEG", "C-NEG2",
    "C-AREV", "C-AREV-D", "C-JCONF", "C-JCONF-A", "C-JCONF-D", "C-PO-1", "C-PO-2", "C-PO-3", "C-PO-4",
    "C-ENF", "C-LIM", "C-LIM-W", "C-LIM-CS", "C-ARB-ACC", "C-ARB-SERVE", "C-ARB-ANSWER", "SERVE", "ANSWER",
    "C-ARB-END", "C-SUE", "C-ANNUL", "C-LAYOFF", "C-GSRD", "C-GSRD.E", "C-GSRD.W", "C-FUP", "C-FUP.FINAL",
    "C-RPT", "C-RPT.C", "C-ARCH", "C-ORG-ACK.M",
};

static void every_code(LawData *d)
{
    for (size_t i = 0; i < COUNT(names); i++) {
        bool known = false;
        const ClockRule *r =
            clock_rule_find(&d->law.clocks, str_of(names[i]), (Str){ 0 }, at("2026-06-01"), &known);
        check(r && known, names[i]);
        check(r && r->basis.zh.n && r->basis.en.n && r->label.zh.n && r->label.en.n, names[i]);
    }
}

/* A place without a rule of its own is told so, where others have one. */
static void said_to_be_general(LawData *d)
{
    static const struct { const char *code, *region; bool said; } rows[] = {
        { "C-MED", "450206", true }, { "C-MED", "330282", false }, { "C-MED", NULL, false },
        { "C-MED.E", "450206", false }, { "C-ACC", "450206", false },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        ClockDue due;
        Example e = { .code = rows[i].code, .region = rows[i].region, .start = "2026-05-04" };
        bool said = false;
        check(run(d, &e, &due), rows[i].code);
        for (size_t k = 0; k < due.trace.n; k++) {
            said = said || str_has(due.trace.line[k].en, S("the general rule"));
        }
        check_int(said, rows[i].said, rows[i].region ? rows[i].region : "no region");
    }
}

static void dated_and_regional(LawData *d)
{
    static const struct { const char *region, *on, *code;
    } rows[] = {
        { "", "2026-06-01", "C-MED.E" },       { "330282", "2026-06-01", "C-MED.B" },
        { "33", "2026-06-01", "C-MED.B" },     { "341882", "2026-04-30", "C-MED.E" },
        { "341882", "2026-05-01", "C-MED.C" }, { "450206", "2026-06-01", "C-MED.E" },
        { "320685", "2026-06-01", "C-MED.E" }, { "330282", "2015-04-30", "C-MED.E" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        bool known;
        const ClockRule *r =
            clock_rule_find(&d->law.clocks, S("C-MED"), str_of(rows[i].region), at(rows[i].on), &known);
        check_str(r->code, str_of(rows[i].code), rows[i].region);
    }
    Example e = { .code = "C-JCONF", .start = "2023-12-31" };
    ClockDue due;
    check(run(d, &e, &due) && !due.before_effect, "in force");
    e.start = "2010-12-31";
    check(run(d, &e, &due) && due.before_effect, "before it was in force: with a warning");
    e.start = "2023-12-31";
    check(run(d, &e, &due) && str_has(due.rule->basis.zh, S("第二百零一条")), "article 201 in the 2021 text");
    e.start = "2024-01-01";
    check(run(d, &e, &due) && str_has(due.rule->basis.zh, S("第二百零五条")), "article 205 in the 2023 text");
}

static void filing(LawData *d)
{
    static const struct { const char *filed; int closing; const char *want; } rows[] = {
        { "2026-09-18T10:00", 0, "2026-09-18" }, { "2026-09-18T23:59:59", 0, "2026-09-18" },
        { "2026-09-19T00:00", 0, "2026-09-20" }, { "2026-09-18T17:00", 1020, "2026-09-18" },
        { "2026-09-18T17:00:01", 1020, "2026-09-20" }, { "2026-09-18T17:01", 1020, "2026-09-20" },
        { "2026-09-30T18:00", 1020, "2026-10-08" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        Date got = filing_date(&d->law.calendar, time_parse(str_of(rows[i].filed)), rows[i].closing);
        check_str(day_text(&d->mem, got), str_of(rows[i].want), rows[i].filed);
    }
}

static void hours(LawData *d)
{
    Example e = { .code = "C-ORG-ACK.M", .filed = "2026-09-19T23:00" };
    ClockDue due;
    check(run(d, &e, &due), "two hours");
    check_int(due.due_at.s - time_parse(S("2026-09-20T01:00")).s, 0, "past midnight, on a rest day");
}

static void states(LawData *d)
{
    Pause pause = { at("2026-03-10"), at("2026-04-20") };
    ClockAsk ask = { .code = S("C-MED.E"), .start = at("2026-03-02"), .pauses = &pause, .pauses_n = 1 };
    ClockDue due;
    check(clock_due(&d->law.clocks, &d->law.calendar, &ask, &d->mem, &due), "a paused clock");
    check_int(clock_state(&ask, &due, at("2026-03-09"), (Date){ 0 }), CLOCK_RUNNING, "before the pause");
    check_int(clock_state(&ask, &due, at("2026-03-10"), (Date){ 0 }), CLOCK_PAUSED, "its first day");
    check_int(clock_state(&ask, &due, at("2026-04-20"), (Date){ 0 }), CLOCK_RUNNING, "resumed");
    check_int(clock_state(&ask, &due, at("2026-04-27"), (Date){ 0 }), CLOCK_RUNNING, "the last day");
    check_int(clock_state(&ask, &due, at("2026-04-28"), (Date){ 0 }), CLOCK_MISSED, "a day late");
    check_int(clock_state(&ask, &due, at("2026-05-01"), at("2026-04-27")), CLOCK_MET, "done on the last day");
    check_str(clock_state_word(CLOCK_MISSED), S("missed"), "its word");
}

static void instalments(LawData *d)
{
    static const struct { const char *agreed, *due; } rows[] = {
        { "2026-01-31", "2026-02-02" }, { "2026-02-28", "2026-02-28" }, { "2026-03-31", "2026-03-31" },
    };
    bool provisional;
    for (size_t i = 0; i < COUNT(rows); i++) {
        Date due = effective_due(&d->law.calendar, at(rows[i].agreed), &provisional);
        check_str(day_text(&d->mem, due), str_of(rows[i].due), "AS-48");
        check(!provisional, "official");
    }
    (void)effective_due(&d->law.calendar, at("2027-03-31"), &provisional);
    check(provisional, "an instalment of 2027 is provisional");
}

static void retention(LawData *d)
{
    static const struct { const char *code, *last; } rows[] = {
        { "MED", "2031-12-31" }, { "MED_AWARD", "2036-12-31" }, { "MED_MODEL", "" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        const Retention *r = retention_find(&d->law.retentions, str_of(rows[i].code), at("2026-03-15"));
        check(r != NULL, rows[i].code);
        if (!r) continue;
        Keeping k = retention_span(r, at("2026-03-15"));
        check_str(day_text(&d->mem, k.first), S("2027-01-01"), "AS-54: from 1 January");
        check_str(day_text(&d->mem, k.last), str_of(rows[i].last), rows[i].code);
    }
    check(!retention_find(&d->law.retentions, S("NONE"), at("2026-03-15")), "no such row");
}

static void bad_rules(LawData *d)
{
    static const char head[] =
        "code,alias,profile,region,n,unit,start_event,roll,extend,extend_max,extend_times,"
        "total_max,pause,filing,on_expiry,effective_from,effective_to,label_zh,label_en,basis_zh,basis_en\n";
    static const struct { const char *row, *fault; } rows[] = {
        { "X,,,*,3,WD,e,next,none,,,,0,rule,a,,,l,l,b,b\n", "" },
        { "X,,,*,3,WX,e,next,none,,,,0,rule,a,,,l,l,b,b\n", "c.csv:2: unit" },
        { "X,,,*,,WD,e,next,none,,,,0,rule,a,,,l,l,b,b\n", "c.csv:2: n" },
        { "X,,,*,3,WD,e,next,none,,,,0,rule,a,,,l,l,,b\n", "c.csv:2: basis_zh" },
        { "X,,,*,3,WD,e,next,none,,,,0,rule,a,2026-02-30,,l,l,b,b\n", "c.csv:2: effective_from" },
        { "X,,,*,3,WD,e,next,none,,,,0,rule,a,,,l,l,b,b\nX,,,*,4,WD,e,next,none,,,,0,rule,a,,,l,l,b,b\n",
          "c.csv:3: a second rule for the same days" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        char text[1024];
        Out o = { .buf = text, .cap = sizeof text };
        ClockRules rules;
        clock_rules_open(&rules, &d->mem, 4);
        out_str(&o, str_of(head));
        out_str(&o, str_of(rows[i].row));
        check_str(str_of(clock_rules_read(&rules, "c.csv", out_view(&o))), str_of(rows[i].fault), "a row");
    }
}

/* A rule in working days that can be paused, as an office may set one. */
static void paused_working_days(LawData *d)
{
    static const char table[] =
        "code,alias,profile,region,n,unit,start_event,roll,extend,extend_max,extend_times,"
        "total_max,pause,filing,on_expiry,effective_from,effective_to,label_zh,label_en,basis_zh,basis_en\n"
        "X,,,*,5,WD,e,next,written,,,,1,rule,a,,,l,l,b,b\nM,,,*,1,month,e,next,none,,,,1,rule,a,,,l,l,b,b\n";
    ClockRules rules;
    clock_rules_open(&rules, &d->mem, 4);
    check_str(str_of(clock_rules_read(&rules, "c.csv", str_of(table))), S(""), "two rules");
    Pause pause = { at("2025-09-26"), at("2025-10-10") };
    int more = 2;
    ClockAsk ask = { .code = S("X"), .start = at("2025-09-24"), .pauses = &pause, .pauses_n = 1 };
    ClockDue due;
    check(clock_due(&rules, &d->law.calendar, &ask, &d->mem, &due), "five working days with a pause");
    check_str(day_text(&d->mem, due.due), S("2025-10-14"), "25 Sept; 10, 11 (make-up), 13, 14 Oct");
    ask.extensions = &more;
    ask.extensions_n = 1;
    check(clock_due(&rules, &d->law.calendar, &ask, &d->mem, &due), "and two more");
    check_str(day_text(&d->mem, due.due), S("2025-10-16"), "in working days");
    ask = (ClockAsk){ .code = S("M"), .start = at("2026-01-31") };
    check(clock_due(&rules, &d->law.calendar, &ask, &d->mem, &due), "a month");
    check_str(day_text(&d->mem, due.due), S("2026-02-28"), "to the month's last day, a make-up Saturday");
    ask = (ClockAsk){ .code = S("M"), .start = at("2026-08-31") };
    check(clock_due(&rules, &d->law.calendar, &ask, &d->mem, &due), "a month to a short month");
    check_str(day_text(&d->mem, due.natural_end), S("2026-09-30"), "its last day");
    pause = (Pause){ at("2026-02-10"), at("2026-02-20") };
    ask = (ClockAsk){ .code = S("M"), .start = at("2026-01-31"), .pauses = &pause, .pauses_n = 1 };
    check(clock_due(&rules, &d->law.calendar, &ask, &d->mem, &due), "a month with a pause");
    check_str(day_text(&d->mem, due.due), S("2026-03-10"), "ten days later");
}

void test_clock(void)
{
    LawData d;
    if (law_data_open(&d)) {
        acceptance(&d);
        refusals(&d);
        every_code(&d);
        dated_and_regional(&d);
        said_to_be_general(&d);
        filing(&d);
        hours(&d);
        states(&d);
        instalments(&d);
        retention(&d);
        bad_rules(&d);
        paused_working_days(&d);
    }
    law_data_close(&d);
}
