/*
** The clocks counted once more, another way: day by day, with a calendar read
** straight from the files.  Thousands of seeded starts, pauses and extensions
** must agree with clock_due, and its properties hold.
*/
#include "base/csv.h"
#include "law/clock.h"
#include "test.h"
#include "unit/law_data.h"
#include "unit/suites.h"

enum { ROUNDS = 20000, DAYS = 80000 };

typedef struct Walk {
    LawData       data;
    signed char  *mark;      /* by day: 1 off, -1 worked, 0 as the week has it */
    bool          notice[3000];
    const Pause  *pause;
    size_t        pauses;
    bool          provisional;
    Date          natural;   /* the last walk's end, before it rolled */
} Walk;

static void read_marks(Walk *w, const char *file, bool statutory)
{
    char path[4096];
    bool good = test_data_path(file, path, sizeof path);
    Str text = good ? file_read(&w->data.mem, path, 1 << 20, &good) : (Str){ 0 };
    Csv csv;
    check(good, file);
    csv_open(&csv, &w->data.mem, text);
    while (csv_next(&csv)) {
        Date d = date_parse(csv_cell(&csv, S("date")));
        int64_t year = 0;
        if (statutory && w->mark[d.day] == 0) w->mark[d.day] = 1;
        if (statutory) continue;
        w->mark[d.day] = str_eq(csv_cell(&csv, S("is_off")), S("1")) ? 1 : -1;
        if (str_int(csv_cell(&csv, S("year_of_notice")), &year)) w->notice[year] = true;
    }
}

static bool rests(const Walk *w, Date d)
{
    int mark = d.day < DAYS ? w->mark[d.day] : 0;
    return mark ? mark > 0 : date_weekday(d) > 4;
}

static void touch(Walk *w, Date d)
{
    if (!w->notice[date_civil(d).year]) w->provisional = true;
}

static bool paused(const Walk *w, Date d)
{
    for (size_t i = 0; i < w->pauses; i++) {
        if (d.day >= w->pause[i].from.day && d.day < w->pause[i].to.day) return true;
    }
    return false;
}

/* Days from the start to the same-numbered day, found by looking at each. */
static int year_days(Date from, int years)
{
    Civil c = date_civil(from);
    int n = 0;
    for (Date d = from;; d = date_plus(d, 1), n++) {
        Civil e = date_civil(d), next = date_civil(date_plus(d, 1));
        if (e.year != c.year + years || e.month != c.month) continue;
        if (e.day == c.day || next.month != e.month) return n;
    }
}

static Date walk(Walk *w, const ClockRule *rule, Date from, int n)
{
    bool working = rule->unit == UNIT_WD;
    Date d = from;
    int left = rule->unit == UNIT_YEAR ? year_days(from, n) : n;
    while (left > 0) {
        d = date_plus(d, 1);
        if (working) touch(w, d);
        left -= !paused(w, d) && !(working && rests(w, d));
    }
    w->natural = d;
    touch(w, d);
    while (rests(w, d) || paused(w, d)) {
        d = date_plus(d, 1);
        touch(w, d);
    }
    return d;
}

static bool is_walked(const ClockRule *r)
{
    return r->roll == ROLL_NEXT && (r->unit == UNIT_CD || r->unit == UNIT_WD || r->unit == UNIT_YEAR);
}

static void compare(Walk *w, const ClockRule *rule, const ClockAsk *ask)
{
    Arena mem = w->data.mem;
    ClockDue due;
    w->pause = ask->pauses;
    w->pauses = ask->pauses_n;
    w->provisional = false;
    Date want = walk(w, rule, ask->start, rule->n);
    for (size_t i = 0; i < ask->extensions_n; i++) want = walk(w, rule, want, ask->extensions[i]);
    bool good = clock_due(&w->data.law.clocks, &w->data.law.calendar, ask, &mem, &due);
    bool same_day = good && due.due.day == want.day && due.provisional == w->provisional
        && due.natural_end.day == w->natural.day;
    if (good && !same_day) {
        check_str(day_text(&mem, due.due), day_text(&mem, want), "the walk comes to the same day");
        check_str(day_text(&mem, ask->start), rule->code, "for this clock and start");
    }
    check(good ? same_day : ask->pauses_n > 0 && str_eq(str_of(due.error), S("pause_outside")), "as walked");
    check(!good || !rests(w, due.due), "an end is never on a rest day");
}

/* A random clock with random pauses and an extension where they are allowed. */
static void one_round(Walk *w, uint64_t *seed)
{
    const ClockRules *rules = &w->data.law.clocks;
    const ClockRule *rule = &rules->row[seeded(seed, (int)rules->n)];
    Pause pause[2];
    int more = 1 + seeded(seed, 10);
    ClockAsk ask = { .code = rule->code, .pauses = pause, .extensions = &more };
    int first = date_of(2008, 1, 1).day, last = date_of(2035, 1, 1).day;
    if (rule->from.day > first) first = rule->from.day;
    if (rule->to.day && rule->to.day < last) last = rule->to.day;
    if (!is_walked(rule)) return;
    ask.start = (Date){ first + seeded(seed, last - first + 1) };
    if (rule->consent != CONSENT_NEVER && (rule->extend_max < 0 || more <= rule->extend_max)) {
        ask.extensions_n = 1;
    }
    if (rule->pausable) ask.pauses_n = (size_t)seeded(seed, 3);
    Date day = date_plus(ask.start, seeded(seed, rule->n + 1));
    for (size_t i = 0; i < ask.pauses_n; i++) {
        pause[i] = (Pause){ day, date_plus(day, 1 + seeded(seed, 40)) };
        day = date_plus(pause[i].to, seeded(seed, 6));
    }
    compare(w, rule, &ask);
}

static Date due_of(Walk *w, Str code, Date start, int length, const Pause *pause)
{
    Arena mem = w->data.mem;
    ClockDue due;
    ClockAsk ask = {
        .code = code, .start = start, .length = length, .pauses = pause, .pauses_n = pause != NULL
    };
    check(clock_due(&w->data.law.clocks, &w->data.law.calendar, &ask, &mem, &due), "computed");
    return due.due;
}

/* A day more never ends earlier; a later start never ends earlier; a pause of
** k days before a natural end moves it k days before it rolls. */
static void properties(Walk *w, uint64_t *seed)
{
    for (int i = 0; i < 2000; i++) {
        Date start = date_plus(date_of(2012, 1, 1), seeded(seed, 5400));
        int n = 1 + seeded(seed, 60);
        Date due = due_of(w, S("C-NEG2"), start, n, NULL);
        check(due_of(w, S("C-NEG2"), start, n + 1, NULL).day >= due.day, "a day more is no earlier");
        check(due_of(w, S("C-NEG2"), date_plus(start, 1), n, NULL).day >= due.day,
              "a later start is no earlier");
        check(due_of(w, S("C-ACC"), date_plus(start, 1), 0, NULL).day
                  >= due_of(w, S("C-ACC"), start, 0, NULL).day,
              "in working days too");
        Pause pause = { date_plus(start, 1), date_plus(start, 1 + n) };
        Date moved = due_of(w, S("C-MED.E"), start, 0, &pause);
        check_int(moved.day, due_of(w, S("C-MED.E"), date_plus(start, n), 0, NULL).day,
                  "paused from its first day, it is a clock that starts later");
    }
}

void test_clock_walk(void)
{
    Walk w = { 0 };
    uint64_t seed = 20261122;
    if (law_data_open(&w.data)) {
        w.mark = NEW(&w.data.mem, signed char, DAYS);
        read_marks(&w, "calendar/day_overrides.csv", false);
        read_marks(&w, "calendar/statutory_holidays.csv", true);
        for (int i = 0; i < ROUNDS; i++) one_round(&w, &seed);
        properties(&w, &seed);
    }
    law_data_close(&w.data);
}
