#include "law/clock_say.h"

enum { LONGEST = 3660, FIRST_YEAR = 1950, LAST_YEAR = 2999, LISTED = 20, MINUTE_S = 60, HOUR_S = 3600 };

static const Text no_args[6];

/* One computation: what is asked, and the pauses in their order. */
typedef struct Run {
    const ClockRules *rules;
    const Calendar *c;
    const ClockAsk *ask;
    Arena          *mem;
    ClockDue       *due;
    Pause           pause[CLOCK_PAUSES];
    size_t          pauses;
} Run;

static bool refuse(Run *r, ClockError e, const Text *args)
{
    return clock_refuse(r->due, r->mem, e, args);
}

static void say(Run *r, ClockLine line, const Text *args)
{
    if (!r->ask->quiet) clock_say(&r->due->trace, r->mem, line, args);
}

static Text day(Run *r, Date d) { return r->ask->quiet ? (Text){ 0 } : phrase_date(r->mem, d); }
static Text number(Run *r, int v) { return r->ask->quiet ? (Text){ 0 } : phrase_number(r->mem, v); }

static Text instant(Run *r, Time t)
{
    char room[32];
    if (r->ask->quiet) return (Text){ 0 };
    Out o = { .buf = room, .cap = sizeof room };
    out_time(&o, t);
    return same(str_copy(r->mem, out_view(&o)));
}

/* The result rests on the days from a to b. */
static void rests_on(Run *r, Date a, Date b)
{
    if (!is_official_span(r->c, a, b)) r->due->provisional = true;
}

Date filing_date(const Calendar *c, Time filed, int closing_minute)
{
    Date raw = time_date(filed);
    bool closed = closing_minute && time_minute(filed) >= closing_minute
        && !(time_minute(filed) == closing_minute && filed.s % MINUTE_S == 0);
    return working_on_or_after(c, closed ? date_plus(raw, 1) : raw);
}

static bool in_range(Date d)
{
    int year = d.day > 0 ? date_civil(d).year : 0;
    return year >= FIRST_YEAR && year <= LAST_YEAR;
}

/* Before a national rule was in force nothing else counted the same thing: it
** is shown, with a warning.  A province's rule has the national one before it. */
static const ClockRule *rule_to_be(Run *r, const ClockRules *rules, Date on)
{
    const ClockRule *oldest = clock_rule_oldest(rules, r->ask->code);
    if (!oldest || on.day >= oldest->from.day) return NULL;
    r->due->before_effect = true;
    say(r, SAY_BEFORE_EFFECT, (Text[6]){ same(oldest->code), day(r, oldest->from) });
    return oldest;
}

/* The rule for the day, which may depend on the filing-date rule. */
static bool find_rule(Run *r, const ClockRules *rules)
{
    const ClockAsk *ask = r->ask;
    bool known = false;
    Date on = ask->filed.s ? time_date(ask->filed) : ask->start;
    if (!ask->filed.s && ask->start.day == 0 && ask->start_at.s) on = time_date(ask->start_at);
    if (on.day == 0) return refuse(r, NO_START, no_args);
    if (!in_range(on)) return refuse(r, BAD_START, no_args);
    if (ask->filed.s) on = filing_date(r->c, ask->filed, ask->closing_minute);
    r->due->rule = clock_rule_find(rules, ask->code, ask->region, on, &known);
    r->due->start = on;
    if (!known) return refuse(r, NO_CODE, (Text[6]){ same(ask->code) });
    if (!r->due->rule) r->due->rule = rule_to_be(r, rules, on);
    if (!r->due->rule) return refuse(r, NOT_IN_FORCE, (Text[6]){ same(ask->code), day(r, on) });
    return true;
}

static bool find_start(Run *r)
{
    const ClockAsk *ask = r->ask;
    ClockDue *due = r->due;
    if (!ask->filed.s) return true;
    Date raw = time_date(ask->filed);
    if (due->rule->files_raw) due->start = raw;
    else rests_on(r, raw, due->start);
    if (ask->start.day && ask->start.day != raw.day && ask->start.day != due->start.day) {
        return refuse(r, FILED_CLASH, (Text[6]){ day(r, ask->start), day(r, due->start) });
    }
    ClockLine line = due->rule->files_raw ? SAY_FILED_RAW : SAY_FILED;
    if (raw.day != due->start.day) line = SAY_FILED_MOVED;
    say(r, line, (Text[6]){ instant(r, ask->filed), day(r, due->start) });
    return true;
}

static bool find_length(Run *r)
{
    const ClockRule *rule = r->due->rule;
    int asked = r->ask->length;
    Text code = same(rule->code);
    r->due->length = rule->n;
    if (rule->unit != UNIT_AGREED) return asked == 0 || refuse(r, FIXED_LENGTH, (Text[6]){ code });
    if (asked == 0) return refuse(r, NO_LENGTH, (Text[6]){ code });
    if (asked < 0 || asked > LONGEST) return refuse(r, BAD_LENGTH, no_args);
    r->due->length = asked;
    return true;
}

/* Copies the pauses in the order of their first days. */
static void sort_pauses(Run *r)
{
    for (size_t i = 0; i < r->ask->pauses_n; i++) {
        size_t k = r->pauses++;
        for (; k > 0 && r->pause[k - 1].from.day > r->ask->pauses[i].from.day; k--) {
            r->pause[k] = r->pause[k - 1];
        }
        r->pause[k] = r->ask->pauses[i];
    }
}

static bool read_pauses(Run *r)
{
    const ClockAsk *ask = r->ask;
    if (ask->pauses_n == 0) return true;
    if (!r->due->rule->pausable) return refuse(r, NO_PAUSE, (Text[6]){ same(r->due->rule->code) });
    if (ask->pauses_n > CLOCK_PAUSES) return refuse(r, MANY_PAUSES, no_args);
    sort_pauses(r);
    for (size_t i = 0; i < r->pauses; i++) {
        Pause p = r->pause[i];
        if (!in_range(p.from) || !in_range(p.to) || p.to.day <= p.from.day) {
            return refuse(r, BAD_PAUSE, no_args);
        }
        if (i && p.from.day < r->pause[i - 1].to.day) {
            return refuse(r, PAUSE_OVERLAP, (Text[6]){ day(r, p.from) });
        }
    }
    return true;
}

static bool check_extensions(Run *r)
{
    const ClockRule *rule = r->due->rule;
    const ClockAsk *ask = r->ask;
    Text code = same(rule->code);
    int more = 0;
    if (ask->extensions_n == 0) return true;
    if (rule->consent == CONSENT_NEVER) return refuse(r, NO_EXTENSION, (Text[6]){ code });
    if (ask->extensions_n > CLOCK_EXTENSIONS) return refuse(r, MANY_EXTENSIONS, no_args);
    for (size_t i = 0; i < ask->extensions_n; i++) {
        int n = ask->extensions[i];
        if (n < 1 || n > LONGEST) return refuse(r, BAD_EXTENSION, no_args);
        more += n;
    }
    if (rule->extend_times >= 0 && ask->extensions_n > (size_t)rule->extend_times) {
        return refuse(r, TOO_OFTEN, (Text[6]){ code, number(r, rule->extend_times) });
    }
    if (rule->extend_max >= 0 && more > rule->extend_max) {
        return refuse(
            r, OVER_MAX,
            (Text[6]){ code, number(r, rule->extend_max), number(r, more), unit_label(rule->unit) });
    }
    if (rule->total_max >= 0 && r->due->length + more > rule->total_max) {
        int all = r->due->length + more;
        return refuse(
            r, OVER_TOTAL,
            (Text[6]){ code, number(r, rule->total_max), number(r, all), unit_label(rule->unit) });
    }
    return true;
}

static bool is_paused(const Run *r, Date d)
{
    for (size_t i = 0; i < r->pauses; i++) {
        if (d.day >= r->pause[i].from.day && d.day < r->pause[i].to.day) return true;
    }
    return false;
}

/* Moves `end` by the paused days after `from`, in the pauses' order. */
static Date past_pauses(const Run *r, Date from, Date end)
{
    for (size_t i = 0; i < r->pauses; i++) {
        Pause p = r->pause[i];
        int begin = p.from.day > from.day ? p.from.day : from.day + 1;
        if (begin <= end.day && p.to.day > begin) end = date_plus(end, p.to.day - begin);
    }
    return end;
}

static Date count_working(Run *r, Date from, int n)
{
    Date d = from, listed[LISTED];
    int counted = 0;
    while (counted < n) {
        d = date_plus(d, 1);
        if (is_rest_day(r->c, d) || is_paused(r, d)) continue;
        if (counted < LISTED) listed[counted] = d;
        counted++;
    }
    rests_on(r, date_plus(from, 1), d);
    bool list = n <= LISTED && !r->ask->quiet;
    if (list) say(r, SAY_WORKING_DAYS, (Text[6]){ clock_day_list(r->mem, r->c, listed, (size_t)n) });
    say(r, SAY_WORKING_END, (Text[6]){ number(r, n), day(r, d) });
    return d;
}

static Date count_calendar(Run *r, Date from, int n)
{
    Date d = past_pauses(r, from, date_plus(from, n));
    say(r, SAY_CALENDAR_END, (Text[6]){ number(r, n), day(r, d) });
    return d;
}

static Date count_months(Run *r, Date from, int n)
{
    int months = r->due->rule->unit == UNIT_YEAR ? 12 * n : n;
    Date same = date_plus_months(from, months), d = past_pauses(r, from, same);
    Text unit = unit_label(r->due->rule->unit);
    say(r, SAY_MONTHS_END, (Text[6]){ number(r, n), unit, day(r, same) });
    if (d.day != same.day) say(r, SAY_MONTHS_PAUSED, (Text[6]){ number(r, d.day - same.day), day(r, d) });
    return d;
}

static Date count_back(Run *r, Date from, int n)
{
    Date d = date_plus(from, -n);
    say(r, SAY_BEFORE, (Text[6]){ day(r, from), number(r, n), day(r, d) });
    if (is_rest_day(r->c, d)) {
        say(r, SAY_BEFORE_REST, (Text[6]){ day(r, d), day(r, working_on_or_before(r->c, d)) });
    }
    return d;
}

static Date count_month_end(Run *r, Date from, int n)
{
    Civil c = date_civil(from);
    Date d = date_plus(date_plus_months(date_of(c.year, c.month, 1), n + 1), -1);
    say(r, SAY_MONTH_END, (Text[6]){ day(r, from), day(r, d) });
    return d;
}

static Date count_hours(Run *r, Date from, int n)
{
    ClockDue *due = r->due;
    (void)from;
    due->start_at = r->ask->filed.s ? r->ask->filed : r->ask->start_at;
    due->due_at = (Time){ due->start_at.s + (int64_t)n * HOUR_S };
    say(r, SAY_HOURS, (Text[6]){ instant(r, due->start_at), number(r, n), instant(r, due->due_at) });
    return time_date(due->due_at);
}

static Date (*const counters[UNIT__COUNT])(Run *, Date, int) = {
    [UNIT_CD] = count_calendar, [UNIT_WD] = count_working, [UNIT_MONTH] = count_months,
    [UNIT_YEAR] = count_months, [UNIT_HOUR] = count_hours, [UNIT_AGREED] = count_calendar,
    [UNIT_BEFORE_CD] = count_back, [UNIT_MONTH_END] = count_month_end,
};

/* Where the last day goes.  A pause that began after the natural end but
** before the rolled one keeps the period open until it is over. */
static Date roll(Run *r, Date natural)
{
    ClockRoll rule = r->due->rule->roll;
    Date d = natural;
    if (rule == ROLL_NONE) return d;
    if (rule == ROLL_PREVIOUS) d = working_on_or_before(r->c, d);
    while (rule == ROLL_NEXT && (is_rest_day(r->c, d) || is_paused(r, d))) d = date_plus(d, 1);
    rests_on(r, d.day < natural.day ? d : natural, d.day < natural.day ? natural : d);
    ClockLine line = rule == ROLL_NEXT ? SAY_ROLLED : SAY_ROLLED_BACK;
    bool told = d.day != natural.day && !r->ask->quiet;
    if (told) say(r, line, (Text[6]){ day(r, natural), clock_rest_name(r->mem, r->c, natural), day(r, d) });
    if (is_makeup_day(r->c, d) && r->due->rule->unit != UNIT_WD) say(r, SAY_MAKEUP, (Text[6]){ day(r, d) });
    return d;
}

static ClockStretch run_stretch(Run *r, Date from, int n)
{
    ClockStretch s = { .n = n, .from = from };
    s.natural_end = counters[r->due->rule->unit](r, from, n);
    s.due = roll(r, s.natural_end);
    return s;
}

/* Where some places have a rule of their own and this one has none. */
static void say_general(Run *r)
{
    Str region = r->ask->region;
    const ClockRule *rule = r->due->rule;
    if (r->ask->quiet || region.n == 0 || !str_eq(rule->region, S("*"))) return;
    if (!clock_rule_regional(r->rules, r->ask->code, r->due->start)) return;
    say(r, SAY_GENERAL, (Text[6]){ same(region), same(rule->code) });
}

static void say_beginning(Run *r)
{
    const ClockDue *due = r->due;
    const ClockRule *rule = due->rule;
    ClockLine line = rule->unit == UNIT_MONTH_END ? SAY_NAME : SAY_RULE;
    say(r, line, (Text[6]){ same(rule->code), rule->label, number(r, due->length), unit_label(rule->unit) });
    say_general(r);
    if (rule->unit == UNIT_HOUR || rule->unit == UNIT_BEFORE_CD || rule->unit == UNIT_MONTH_END) return;
    say(r, SAY_START, (Text[6]){ day(r, due->start), day(r, date_plus(due->start, 1)) });
}

static void run_all(Run *r)
{
    ClockDue *due = r->due;
    ClockStretch s = run_stretch(r, due->start, due->length);
    due->stretch[due->stretches++] = s;
    due->granted = due->length;
    for (size_t i = 0; i < r->ask->extensions_n; i++) {
        Date before = s.due;
        s = run_stretch(r, before, r->ask->extensions[i]);
        due->stretch[due->stretches++] = s;
        due->granted += s.n;
        say(r, SAY_EXTEND,
            (Text[6]){ number(r, s.n), unit_label(due->rule->unit), consent_label(due->rule->consent),
                       day(r, before), day(r, s.due) });
    }
    due->natural_end = s.natural_end;
    due->due = s.due;
}

/* A pause that begins when nothing runs is a mistake of the person's. */
static bool check_pauses(Run *r)
{
    for (size_t i = 0; i < r->pauses; i++) {
        Pause p = r->pause[i];
        if (p.from.day < r->due->start.day || p.from.day > r->due->due.day) {
            return refuse(r, PAUSE_OUTSIDE,
                          (Text[6]){ day(r, p.from), day(r, r->due->start), day(r, r->due->due) });
        }
        say(r, SAY_PAUSE, (Text[6]){ day(r, p.from), day(r, p.to), number(r, p.to.day - p.from.day) });
    }
    return true;
}

static bool run_due(Run *r)
{
    const ClockAsk *ask = r->ask;
    ClockDue *due = r->due;
    if (!find_rule(r, r->rules) || !find_start(r) || !find_length(r)) return false;
    bool timed = ask->filed.s || ask->start_at.s;
    if (due->rule->unit == UNIT_HOUR && !timed) {
        return refuse(r, NO_TIME, (Text[6]){ same(due->rule->code) });
    }
    if (!read_pauses(r) || !check_extensions(r)) return false;
    say_beginning(r);
    run_all(r);
    if (!check_pauses(r)) return false;
    if (due->provisional) say(r, SAY_PROVISIONAL, no_args);
    if (due->rule->unit != UNIT_HOUR) say(r, SAY_LATE, (Text[6]){ day(r, due->due) });
    return true;
}

bool clock_due(const ClockRules *rules, const Calendar *c, const ClockAsk *ask, Arena *mem, ClockDue *due)
{
    Run r = { .rules = rules, .c = c, .ask = ask, .mem = mem, .due = due };
    *due = (ClockDue){ 0 };
    if (run_due(&r)) return true;
    if (!ask->quiet) return false;
    ClockAsk loud = *ask; /* a refusal says why */
    loud.quiet = false;
    return clock_due(rules, c, &loud, mem, due);
}

#define AS_CLOCK_STATE(n, word, zh, en) { word, { zh, en } },
static const struct StateWord {
    const char *word;
    Phrase      label;
} states[CLOCK__COUNT] = { CLOCK_STATES(AS_CLOCK_STATE) };
#undef AS_CLOCK_STATE

Str clock_state_word(ClockState s) { return str_of(states[s].word); }
Text clock_state_label(ClockState s)
{
    return (Text){ str_of(states[s].label.zh), str_of(states[s].label.en) };
}

ClockState clock_state(const ClockAsk *ask, const ClockDue *due, Date today, Date done)
{
    if (done.day) return done.day <= due->due.day ? CLOCK_MET : CLOCK_MISSED;
    if (today.day > due->due.day) return CLOCK_MISSED;
    for (size_t i = 0; i < ask->pauses_n; i++) {
        Pause p = ask->pauses[i];
        if (today.day >= p.from.day && today.day < p.to.day) return CLOCK_PAUSED;
    }
    return CLOCK_RUNNING;
}
