/*
** Each rule of domain.md 5.5 once.  A case counts as accepted from the day it
** was accepted, or came into being if it was split off later; what is open,
** undecided or late at a month's end is the sum of what began and ended.
*/
#include "oversight/month/facts.h"

int64_t facts_month(const Facts *f, Date day)
{
    return period_at(&f->c->law->params, &f->seats, day);
}

void facts_add(Facts *f, int64_t month, int64_t line, int64_t n)
{
    if (n == 0) return;
    Cell *cell = rows_push(f->c->mem, &f->cells, &f->cap, sizeof *cell);
    *cell = (Cell){ month, line, n };
}

static void on_day(Facts *f, Date day, int64_t line, int64_t n)
{
    if (day.day) facts_add(f, facts_month(f, day), line, n);
}

/* ---- the case's days ------------------------------------------------------------------------ */

static Date day_of(const Facts *f, Str what)
{
    for (size_t i = 0; i < f->n; i++) {
        if (str_eq(f->h[i].what, what)) return f->h[i].day;
    }
    return (Date){ 0 };
}

static void find_days(Facts *f)
{
    const Case *k = f->k;
    CaseDays *d = &f->days;
    Date first = day_of(f, S("first"));
    d->registered = day_of(f, S("registered"));
    d->accepted = k->accepted;
    if (d->accepted.day && first.day > d->accepted.day) d->accepted = first;
    if (d->registered.day == 0 && k->no.n) d->registered = d->accepted.day ? d->accepted : k->filed;
    if (d->accepted.day && d->registered.day == 0) d->registered = d->accepted;
    d->ended = k->effective.day ? k->effective : k->ended;
    if (d->ended.day && d->ended.day < d->accepted.day) d->ended = d->accepted;
    d->decided = d->accepted.day ? d->accepted : d->ended;
}

/* ---- what it was --------------------------------------------------------------------------- */

static size_t place_in(const char *const *list, size_t n, Str word)
{
    for (size_t i = 0; i < n; i++) {
        if (str_eq(str_of(list[i]), word)) return i;
    }
    return n;
}

static size_t cause_place(const Facts *f)
{
    const Cause *cause = cause_find(&f->c->law->causes, f->k->cause, f->c->today);
    return place_in(cause_lines, CAUSE_LINES, cause ? cause->ledger : (Str){ 0 });
}

static size_t industry_place(const Facts *f)
{
    Str section = { f->k->industry.s, f->k->industry.n ? 1 : 0 };
    size_t at = place_in(industry_lines, INDUSTRY_LINES - 1, section);
    return at < INDUSTRY_LINES ? at : INDUSTRY_LINES - 1;
}

static size_t source_place(const Facts *f)
{
    bool split = str_eq(f->k->source, S("SPLIT")); /* the application it was split off */
    return place_in(source_lines, SOURCE_LINES, split ? S("SELF") : f->k->source);
}

/* N to R, as the case stands or stood before it was closed; LINE_NONE while open. */
static Line outcome_of(const Facts *f)
{
    static const struct { State state; Line line; } outcomes[] = {
        { ST_PERFORMED, LINE_AT_ONCE }, { ST_SETTLED, LINE_SETTLED }, { ST_FAILED, LINE_FAILED },
        { ST_WITHDRAWN, LINE_WITHDRAWN },
    };
    const Case *k = f->k;
    State s = state_of(k->before.n ? k->before : k->state);
    if (k->effective.day) return LINE_AGREED;
    for (size_t i = 0; i < COUNT(outcomes); i++) {
        if (outcomes[i].state == s) return outcomes[i].line;
    }
    return LINE_NONE;
}

/* Workers of which groups it is about, as bits. */
static int64_t groups_of(const Facts *f)
{
    int64_t bits = 0;
    for (size_t i = 0; i < f->n; i++) {
        if (str_eq(f->h[i].what, S("group"))) bits |= f->h[i].n;
    }
    return bits;
}

/* Did the same two come back within RETURN_MONTHS after an earlier case of theirs ended? */
static bool came_back(const Facts *f)
{
    const Param *p = param_find(&f->c->law->params, S("RETURN_MONTHS"), f->region, f->days.accepted);
    for (size_t i = 0; i < f->n && p; i++) {
        const Happening *h = &f->h[i];
        if (!str_eq(h->what, S("returned")) || h->day.day == 0 || h->day.day > f->days.accepted.day) continue;
        if (f->days.accepted.day <= date_plus_months(h->day, (int)p->value).day) return true;
    }
    return false;
}

static void keywords(Facts *f)
{
    uint64_t set = 0;
    for (size_t i = 0; i < f->n; i++) {
        bool text = str_eq(f->h[i].what, S("text"));
        if (text) set |= keywords_said(&f->c->law->keywords, f->h[i].word, f->days.accepted);
    }
    for (int64_t i = 0; i < KEYWORD_LINES; i++) {
        on_day(f, f->days.accepted, LINE_KEYWORD + i, (int64_t)(set >> i & 1));
    }
}

static void accepted(Facts *f)
{
    const Case *k = f->k;
    Date day = f->days.accepted;
    size_t cause = cause_place(f), industry = industry_place(f), source = source_place(f);
    int64_t groups = groups_of(f);
    bool collective = flag_set(k, "COLL"), major = flag_set(k, "MAJOR") || flag_set(k, "MASS");
    on_day(f, day, LINE_ACCEPTED, 1);
    on_day(f, day, LINE_WORKERS, k->workers);
    on_day(f, day, LINE_COLLECTIVE, collective);
    on_day(f, day, LINE_COLLECTIVE_PEOPLE, collective ? k->workers : 0);
    on_day(f, day, LINE_MAJOR, major);
    on_day(f, day, LINE_MAJOR_PEOPLE, major ? k->workers : 0);
    on_day(f, day, LINE_CAUSE_PAY + (int64_t)cause, cause < CAUSE_LINES);
    on_day(f, day, LINE_INDUSTRY_C + (int64_t)industry, 1);
    for (int64_t i = 0; i < GROUP_LINES; i++) on_day(f, day, LINE_GROUP_RURAL + i, groups >> i & 1);
    on_day(f, day, LINE_SOURCE_SELF + (int64_t)source, source < SOURCE_LINES);
    int64_t cross = LINE_INDUSTRY_BY_CAUSE + (int64_t)(industry * CAUSE_LINES + cause);
    on_day(f, day, cross, cause < CAUSE_LINES);
    on_day(f, day, LINE_RETURNED, came_back(f));
    keywords(f);
}

/* ---- how it ended ----------------------------------------------------------------------------- */

static int64_t agreed_fen(const Facts *f)
{
    int64_t owed = 0, spot = 0;
    for (size_t i = 0; i < f->n; i++) {
        if (str_eq(f->h[i].what, S("owing"))) owed += f->h[i].n;
        if (str_eq(f->h[i].what, S("spot"))) spot += f->h[i].n;
    }
    return owed ? owed : spot;
}

static void ended(Facts *f)
{
    const Case *k = f->k;
    Date day = f->days.ended;
    Line how = outcome_of(f);
    size_t cause = cause_place(f), source = source_place(f);
    bool late = k->due.day && day.day > k->due.day;
    bool solved = how == LINE_AGREED || how == LINE_SETTLED || how == LINE_AT_ONCE;
    if (how == LINE_NONE) return;
    on_day(f, day, LINE_CLOSED, 1);
    on_day(f, day, how, 1);
    on_day(f, day, LINE_CLAIM_FEN, k->amount.fen);
    on_day(f, day, LINE_AGREED_FEN, solved ? agreed_fen(f) : 0);
    on_day(f, day, LINE_MEAN_DAYS, day.day - f->days.accepted.day);
    on_day(f, day, LINE_ON_TIME, !late && how != LINE_WITHDRAWN);
    on_day(f, day, LINE_LATE_CLOSED, late);
    int64_t cross = LINE_CAUSE_BY_OUTCOME + (int64_t)cause * OUTCOME_LINES + (int64_t)how - LINE_AGREED;
    on_day(f, day, cross, cause < CAUSE_LINES);
    on_day(f, day, LINE_SOURCE_BY_CLOSED + (int64_t)source, source < SOURCE_LINES);
    on_day(f, day, LINE_SOURCE_BY_SOLVED + (int64_t)source, solved && source < SOURCE_LINES);
}

/* From the day after its last day a case is late, until it ends. */
static void lateness(Facts *f)
{
    const Case *k = f->k;
    bool paused = state_of(k->state) == ST_SUSPENDED;
    Date end = f->days.ended.day ? f->days.ended : f->c->today;
    if (k->due.day == 0 || paused || end.day <= k->due.day) return;
    on_day(f, date_plus(k->due, 1), LINE_LATE_BEGAN, 1);
    on_day(f, f->days.ended, LINE_LATE_ENDED, 1);
}

static void not_accepted(Facts *f)
{
    State s = state_of(f->k->before.n ? f->k->before : f->k->state);
    Line line = s == ST_REJECTED ? LINE_REFUSED : s == ST_REFERRED ? LINE_REFERRED : LINE_WITHDRAWN_BEFORE;
    on_day(f, f->days.ended, line, 1);
}

/* ---- what came of it ----------------------------------------------------------------------------- */

static void owing(Facts *f, const Happening *h)
{
    if (h->day.day == 0 || str_eq(h->word, S("waived"))) return;
    int64_t month = facts_month(f, h->day);
    bool done = h->until.day && facts_month(f, h->until) <= month;
    facts_add(f, month, LINE_DUE, 1);
    facts_add(f, month, LINE_DUE_FEN, h->n);
    facts_add(f, month, LINE_PERFORMED, done);
    facts_add(f, month, LINE_PERFORMED_FEN, done ? h->n : 0);
}

static void pursuit(Facts *f, const Happening *h)
{
    static const struct { const char *word; Line line[2]; } rows[] = {
        { "AREV issue",   { LINE_REVIEW_PASSED,  LINE_REVIEW_DECIDED } },
        { "AREV refuse",  { LINE_REVIEW_DECIDED, LINE_NONE } },
        { "JCONF valid",  { LINE_CONFIRM_PASSED, LINE_CONFIRM_DECIDED } },
        { "JCONF dismiss", { LINE_CONFIRM_DECIDED, LINE_NONE } },
        { "PORDER issue", { LINE_PAYMENT_ORDERS, LINE_NONE } },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        if (!str_eq(str_of(rows[i].word), h->word)) continue;
        on_day(f, h->day, rows[i].line[0], 1);
        if (rows[i].line[1]) on_day(f, h->day, rows[i].line[1], 1);
    }
}

static void applied(Facts *f, const Happening *h)
{
    if (str_eq(h->word, S("AREV"))) on_day(f, h->day, LINE_REVIEW_APPLIED, 1);
    if (str_eq(h->word, S("JCONF"))) on_day(f, h->day, LINE_CONFIRM_APPLIED, 1);
}

/* n: 1 met, 2 missed, 3 cancelled, 0 runs. */
static void period(Facts *f, const Happening *h)
{
    Str rest = h->word;
    size_t at = place_in(clock_lines, CLOCK_LINES, str_cut(&rest, '.'));
    bool met = h->n == 1, missed = h->n == 2;
    if (at < CLOCK_LINES && met) on_day(f, h->until, LINE_CLOCK_MET + (int64_t)at, 1);
    if (at < CLOCK_LINES && missed) on_day(f, date_plus(h->day, 1), LINE_CLOCK_MISSED + (int64_t)at, 1);
    if (!str_starts(h->word, S("C-FUP")) || h->n == 3) return;
    on_day(f, h->day, LINE_VISITS_DUE, 1);
    on_day(f, h->day, LINE_VISITS_MADE, met);
}

static void visit(Facts *f, const Happening *h)
{
    on_day(f, h->day, LINE_SATISFACTION, h->n);
    on_day(f, h->day, LINE_MARKS, h->n > 0);
}

/* The way of an agreement into force by court or commission: counted where it began. */
static void funnel(Facts *f)
{
    bool can = false, tried = false, passed = false;
    for (size_t i = 0; i < f->n; i++) {
        const Happening *h = &f->h[i];
        bool window = str_eq(h->what, S("clock")) && h->n != 3
                   && (str_eq(h->word, S("C-AREV")) || str_starts(h->word, S("C-JCONF")));
        bool asked = str_eq(h->what, S("applied")) && h->day.day && !str_eq(h->word, S("PORDER"));
        can = can || window || asked;
        tried = tried || asked;
        passed = passed || str_eq(h->word, S("AREV issue")) || str_eq(h->word, S("JCONF valid"));
    }
    on_day(f, f->k->effective, LINE_ELIGIBLE, can);
    on_day(f, f->k->effective, LINE_APPLIED, tried);
    on_day(f, f->k->effective, LINE_PASSED, passed);
}

static void follow(Facts *f)
{
    static const struct { const char *what; void (*run)(Facts *f, const Happening *h); } rows[] = {
        { "owing", owing }, { "pursuit", pursuit }, { "applied", applied }, { "clock", period },
          { "visit", visit },
    };
    for (size_t i = 0; i < f->n; i++) {
        for (size_t j = 0; j < COUNT(rows); j++) {
            if (str_eq(f->h[i].what, str_of(rows[j].what))) rows[j].run(f, &f->h[i]);
        }
    }
}

/* "450206 320685" on a day: from there to there; two of a day in the order of their numbers. */
static void add_move(Seat *seat, size_t *n, const Happening *h)
{
    size_t at = ++*n;
    for (; at > 1 && seat[at - 1].from.day > h->day.day; at--) seat[at] = seat[at - 1];
    seat[at] = (Seat){ h->day, h->word };
}

static void find_region(Facts *f)
{
    size_t moves = 0;
    Seat *seat = NEW(f->c->mem, Seat, f->n + 1);
    f->region = f->k->region;
    for (size_t i = 0; i < f->n; i++) {
        if (str_eq(f->h[i].what, S("region"))) f->region = f->h[i].word;
        if (str_eq(f->h[i].what, S("seat"))) add_move(seat, &moves, &f->h[i]);
    }
    seat[0].region = f->region;
    if (moves) { /* the first says from where it came */
        Str from = seat[1].region;
        seat[0].region = str_cut(&from, ' ');
    }
    for (size_t i = 1; i <= moves; i++) (void)str_cut(&seat[i].region, ' ');
    f->seats = (Seats){ seat, moves + 1 };
}

void facts_of(Facts *f)
{
    find_region(f);
    find_days(f);
    if (f->days.registered.day) on_day(f, f->days.registered, LINE_REGISTERED, 1);
    if (f->days.accepted.day) {
        accepted(f);
        ended(f);
        lateness(f);
    } else if (f->days.registered.day && f->days.ended.day) {
        not_accepted(f);
    }
    if (f->k->effective.day) funnel(f);
    follow(f);
}
