#include "law/limitation.h"
#include "test.h"
#include "unit/law_data.h"
#include "unit/suites.h"

static Date at(const char *iso) { return date_parse(str_of(iso)); }

static void run(LawData *d, const LimitAsk *ask, Limitation *l)
{
    LimitLaw law = law_limits(&d->law);
    Arena mem = d->mem;
    check(limitation_due(&law, ask, &mem, l), "a limitation is computed");
    check(l->trace.n > 0, "and says why");
}

static void ends(LawData *d, const Limitation *l, const char *natural, const char *due)
{
    check_str(day_text(&d->mem, l->natural_end), str_of(natural), "the latest safe day");
    check_str(day_text(&d->mem, l->due), str_of(due), "moved past rest days");
}

/* AS-16: two interruptions, the second by failure of mediation. */
static void as_16(LawData *d)
{
    const LimitEvent events[] = { { S("LIM-6"), at("2026-04-07") }, { S("LIM-2"), at("2026-03-20") } };
    LimitAsk ask = { .knew = at("2025-03-31"), .events = events };
    Limitation l;
    run(d, &ask, &l);
    ends(d, &l, "2026-03-31", "2026-03-31");
    ask.events = events + 1;
    ask.events_n = 1;
    run(d, &ask, &l);
    ends(d, &l, "2027-03-20", "2027-03-22");
    check(l.provisional, "2027 has no notice");
    ask.events = events;
    ask.events_n = 2;
    run(d, &ask, &l);
    ends(d, &l, "2027-04-07", "2027-04-07");
    check_int((int64_t)l.steps, 3, "the beginning and two restarts, in their order");
    check_str(day_text(&d->mem, l.step[1].natural_end), S("2027-03-20"), "after the first");
    check_int(l.step[2].kind->item, 7, "the second is item 7 of article 31");
    check(str_has(l.trace.line[l.trace.n - 1].zh, S("仅供参考")), "reference only");
}

static void too_late(LawData *d)
{
    LimitEvent event = { S("LIM-3"), at("2026-03-31") };
    LimitAsk ask = { .knew = at("2025-03-31"), .events = &event, .events_n = 1 };
    Limitation l;
    run(d, &ask, &l);
    check(l.step[1].counted, "an event on the last day counts");
    ends(d, &l, "2027-03-31", "2027-03-31");
    event.day = at("2026-04-01");
    run(d, &ask, &l);
    check(!l.step[1].counted, "an event a day later does not");
    ends(d, &l, "2026-03-31", "2026-03-31");
    event.day = at("2025-03-30");
    run(d, &ask, &l);
    check_int((int64_t)l.steps, 1, "an event before the beginning has no effect");
}

static void suspended(LawData *d)
{
    Pause pause = { at("2025-06-01"), at("2025-07-01") };
    LimitAsk ask = { .knew = at("2025-03-31"), .suspensions = &pause, .suspensions_n = 1 };
    Limitation l;
    run(d, &ask, &l);
    ends(d, &l, "2026-04-30", "2026-04-30");
    pause.to = (Date){ 0 };
    run(d, &ask, &l);
    check(l.suspended && l.natural_end.day == 0, "while the cause lasts the day is not fixed");
    pause = (Pause){ at("2026-05-01"), at("2026-06-01") };
    run(d, &ask, &l);
    ends(d, &l, "2026-03-31", "2026-03-31");
    pause = (Pause){ at("2025-06-01"), at("2025-07-01") };
    LimitEvent event = { S("LIM-2"), at("2025-06-10") };
    ask.events = &event;
    ask.events_n = 1;
    run(d, &ask, &l);
    ends(d, &l, "2026-06-30", "2026-06-30"); /* 2026-06-10 and the twenty days left of the suspension */
}

static void regimes(LawData *d)
{
    LimitAsk ask = { .regime = LIMIT_WAGES, .knew = at("2020-01-01") };
    Limitation l;
    run(d, &ask, &l);
    check(l.unlimited && l.natural_end.day == 0, "arrears are not limited while the relation lasts");
    ask.relation_end = at("2024-02-29");
    run(d, &ask, &l);
    check(!l.unlimited, "but from its end");
    ends(d, &l, "2025-02-28", "2025-02-28");
    ask = (LimitAsk){ .regime = LIMIT_CIVIL, .knew = at("2026-03-02") };
    run(d, &ask, &l);
    ends(d, &l, "2026-05-01", "2026-05-06");
}

static void refusals(LawData *d)
{
    LimitLaw law = law_limits(&d->law);
    LimitEvent event = { S("LIM-99"), at("2025-06-10") };
    LimitAsk ask = { .knew = at("2025-03-31"), .events = &event, .events_n = 1 };
    Limitation l;
    check(!limitation_due(&law, &ask, &d->mem, &l), "an unknown event is refused");
    check_str(str_of(l.error), S("unknown_event"), "by name");
    ask = (LimitAsk){ .knew = { 0 } };
    check(!limitation_due(&law, &ask, &d->mem, &l) && l.reason.zh.n, "no beginning, no end");
    ask = (LimitAsk){ .knew = at("2025-03-31"), .events = &event, .events_n = LIMIT_EVENTS + 1 };
    check(!limitation_due(&law, &ask, &d->mem, &l), "too many events are refused");
}

static void kinds(LawData *d)
{
    int items = 0;
    for (size_t i = 0; i < d->law.limits.n; i++) {
        const LimitKind *k = &d->law.limits.row[i];
        check(k->label.en.n && k->basis.zh.n && k->basis.en.n, "a kind has both languages and a basis");
        if (k->item) items |= 1 << k->item;
    }
    check_int(items, 0x1FE, "the eight moments of article 31 are all there");
}

void test_limitation(void)
{
    LawData d;
    if (law_data_open(&d)) {
        as_16(&d);
        too_late(&d);
        suspended(&d);
        regimes(&d);
        refusals(&d);
        kinds(&d);
    }
    law_data_close(&d);
}
