#include "demo/cases.h"

#include "command/command.h"

#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { LIVES = 200000, PATH_ROOM = 1024, STATE_MAX = 32 << 20, MIDNIGHT = 5, MORNING = 9, WINDOW = 100 };

typedef struct Run {
    World  *w;
    Span    span;
    Dice    seed;
    const Official *official;
    size_t  official_n;
    Life   *life;        /* in the order in which they began; those that are over are dropped */
    size_t  n;
    Date    day;         /* the next one to be lived */
    int64_t begun;       /* how many made-up ones */
    int64_t *births;     /* by day from span.from */
    size_t  published;   /* how many official ones began */
    bool    shown;       /* on a terminal */
} Run;

/* The one variable that a signal may set. */
static volatile sig_atomic_t interrupted;

static void on_signal(int number)
{
    (void)number;
    interrupted = 1;
}

/* ---- when they come --------------------------------------------------------------------- */

/* Before the Spring Festival many come for their pay, in and after it few. */
static int64_t day_weight(Date d, Date last)
{
    enum { RECENT = 14 };
    static const int64_t month[] = { 17, 6, 11, 10, 9, 9, 10, 9, 9, 8, 11, 14 };
    static const int64_t weekday[] = { 13, 11, 10, 10, 9, 2, 2 };
    int64_t lately = last.day - d.day < RECENT ? 2 : 1; /* so that today's desks are not empty */
    return month[date_civil(d).month - 1] * weekday[date_weekday(d)] * lately;
}

static void plan_births(Run *r)
{
    size_t days = (size_t)(r->span.to.day - r->span.from.day) + 1;
    Arena *keep = &r->w->d->keep;
    int64_t *weight = NEW(keep, int64_t, days);
    Dice dice = dice_split(&r->seed, 0);
    r->births = NEW(keep, int64_t, days);
    for (size_t i = 0; i < days; i++) weight[i] = day_weight(date_plus(r->span.from, (int)i), r->span.to);
    for (int64_t k = 0; k < r->span.synthetic; k++) r->births[dice_weighted(&dice, weight, days)]++;
}

static void add(Run *r, Life l)
{
    BUG_IF(r->n == LIVES);
    r->life[r->n++] = l;
}

/* The official ones are spread over the span, so that each has time to end. */
static void begin_today(Run *r)
{
    int32_t days = r->span.to.day - r->span.from.day, since = r->day.day - r->span.from.day;
    int32_t apart = r->official_n && days > WINDOW ? (days - WINDOW) / (int32_t)r->official_n : 0;
    while (r->published < r->official_n && (int32_t)r->published * apart <= since) {
        size_t i = r->published++;
        add(r, life_official(&r->official[i], &r->seed, LIVES + i, r->day));
    }
    for (int64_t k = 0; since >= 0 && since <= days && k < r->births[since]; k++) {
        add(r, life_new(r->w, &r->seed, (size_t)++r->begun, r->day));
    }
}

/* ---- a day --------------------------------------------------------------------------------- */

static void live_today(Run *r)
{
    Demo *d = r->w->d;
    size_t kept = 0;
    d->clock = time_at(r->day, 0, MIDNIGHT);
    demo_jobs(d);
    begin_today(r);
    d->clock = time_at(r->day, MORNING, 0);
    for (size_t i = 0; i < r->n; i++) {
        Arena mark = d->keep; /* what a life's acts keep is theirs for the day */
        life_live(r->w, &r->life[i]);
        d->keep = mark;
        if (!r->life[i].over) r->life[kept++] = r->life[i];
    }
    r->n = kept;
}

static void show(const Run *r)
{
    int64_t days = r->span.to.day - r->span.from.day + 1, done = r->day.day - r->span.from.day;
    char day[11];
    date_write(r->day, day);
    if (r->shown)
        (void)fprintf(stderr, "\r%3" PRId64 "%%  %s  %" PRId64 " cases, %zu under way ", done * 100 / days,
                      day, r->begun + (int64_t)r->published, r->n);
}

/* ---- how far it came -------------------------------------------------------------------------- */

static bool state_path(const Run *r, char path[static PATH_ROOM])
{
    return snprintf(path, PATH_ROOM, "%s/demo.cases", r->span.folder) < PATH_ROOM;
}

static int save(const Run *r, Date next)
{
    char path[PATH_ROOM], from[11], to[11], day[11];
    if (!state_path(r, path)) return wrong_use("--folder: too long");
    FILE *f = fopen(path, "w");
    if (!f) return refused("%s: %s", path, os_error());
    date_write(r->span.from, from);
    date_write(r->span.to, to);
    date_write(next, day);
    (void)fprintf(f, "%s %s %" PRId64 " %d %s %" PRId64 " %zu\n", from, to, r->span.synthetic,
                  r->span.official, day, r->begun, r->published);
    for (size_t i = 0; i < r->n; i++) {
        const Life *l = &r->life[i];
        date_write(l->next, day);
        (void)fprintf(f, "%zu %" PRId64 " %s %s\n", l->number, l->id.n, day, l->left);
    }
    return fclose(f) == 0 ? 0 : refused("%s: %s", path, os_error());
}

static int64_t number(Str *rest)
{
    int64_t n = 0;
    (void)str_int(str_cut(rest, ' '), &n);
    return n;
}

static void load_life(Run *r, Str line)
{
    size_t at = (size_t)number(&line);
    bool published = at >= LIVES && at - LIVES < r->official_n;
    Life l = { .number = at, .root = dice_split(&r->seed, at), .id = { number(&line) } };
    l.official = published ? &r->official[at - LIVES] : NULL;
    l.next = date_parse(str_cut(&line, ' '));
    l.left = str_c(&r->w->d->keep, line);
    add(r, l);
}

/* False if there is nothing to go on with. */
static bool load(Run *r)
{
    char path[PATH_ROOM];
    bool good = false;
    if (!state_path(r, path)) return false;
    Str text = file_read(&r->w->d->keep, path, STATE_MAX, &good);
    Str first = str_cut(&text, '\n');
    if (!good || first.n == 0) return false;
    r->span.from = date_parse(str_cut(&first, ' '));
    r->span.to = date_parse(str_cut(&first, ' '));
    r->span.synthetic = number(&first);
    r->span.official = number(&first) != 0;
    r->day = date_parse(str_cut(&first, ' '));
    r->begun = number(&first);
    r->published = (size_t)number(&first);
    while (text.n) load_life(r, str_cut(&text, '\n'));
    return true;
}

/* ---- all of them ---------------------------------------------------------------------------------- */

static int live(Run *r)
{
    struct sigaction stop = { .sa_handler = on_signal }, before;
    (void)sigaction(SIGINT, &stop, &before);
    int rc = 0;
    for (; rc == 0 && r->day.day <= r->span.to.day && !interrupted; r->day = date_plus(r->day, 1)) {
        live_today(r);
        show(r);
        rc = save(r, date_plus(r->day, 1));
    }
    (void)sigaction(SIGINT, &before, NULL);
    if (r->shown) (void)fputc('\n', stderr);
    if (rc == 0 && interrupted) rc = refused("demo cases: interrupted; the same command goes on");
    size_t going = 0;
    for (size_t i = 0; i < r->n; i++) going += r->life[i].official != NULL;
    (void)printf("%" PRId64 " made-up cases, %zu under way; %zu as published, %zu under way; %" PRId64
                 " refusals\n",
                 r->begun, r->n - going, r->published, going, r->w->d->refusals);
    return rc ? rc : r->w->d->refusals != 0;
}

int cases_run(World *w, const Span *span)
{
    const char *fault = NULL;
    Run r = { .w = w, .span = *span, .seed = w->d->dice, .day = span->from, .shown = isatty(STDERR_FILENO) };
    r.official_n = official_read(w, &r.official, &fault);
    if (fault) return refused("demo cases: %s", fault);
    r.life = NEW(&w->d->keep, Life, LIVES);
    (void)load(&r);
    if (!r.span.official) r.official_n = 0;
    if (r.span.to.day < r.span.from.day) return wrong_use("demo cases: --to lies before --from");
    plan_births(&r);
    w->d->made_up = true;
    return live(&r);
}
