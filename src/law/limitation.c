#include "law/limitation.h"

#include "base/csv.h"

enum { ARGS = 6 };

typedef enum LimitLine {
    SAY_UNLIMITED, SAY_BEGIN, SAY_RESTART, SAY_TOO_LATE, SAY_BEFORE_START, SAY_SUSPENDED, SAY_OPEN, SAY_SAFE,
    SAY_PROVISIONAL, SAY_REFERENCE, SAY__COUNT
} LimitLine;

static const Phrase lines[SAY__COUNT] = {
    [SAY_UNLIMITED] = { "劳动关系存续期间因拖欠劳动报酬发生的争议，不受一年时效限制。",
                        "Arrears of pay during the relation: not limited until the relation ends." },
    [SAY_BEGIN] = { "自{0} 起计算，最后一日为{1}，遇休息日顺延后为{2}。",
                    "From {0} the period runs to {1}; moved past rest days {2}." },
    [SAY_RESTART] = { "{0}{1}，时效中断，重新计算至{2}，遇休息日顺延后为{3}。依据：{4}。",
                      "{0}: {1}; interrupted, it runs anew to {2}, moved past rest days {3}. Basis: {4}." },
    [SAY_TOO_LATE] = { "{0}{1}，在前一期间届满之后，不计为中断。",
                       "{0}: {1}; after the period before had run out, not counted." },
    [SAY_BEFORE_START] = { "{0}{1}，在时效起算之前，不影响起算。",
                           "{0}: {1}; before the period begins, without effect." },
    [SAY_SUSPENDED] = { "{0}至{1} 时效中止，其间{2}日不计入。",
                        "Suspended from {0}, running again from {1}: {2} days are left out." },
    [SAY_OPEN] = { "{0}起时效中止，原因尚未消除，最后一日未定。",
                   "Suspended from {0} and the cause lasts: the last day is not fixed." },
    [SAY_SAFE] = { "最晚的安全日期为{0}（遇休息日顺延后为{1}）。",
                   "The latest safe day is {0} (moved past rest days {1})." },
    [SAY_PROVISIONAL] = { "顺延结果依据尚未公布放假安排的年度推算，为暂定。",
                          "The rolled day rests on a year without an official calendar: provisional." },
    [SAY_REFERENCE] = { "以上仅供参考，时效是否届满由仲裁委员会或者人民法院认定。",
                        "Reference only: whether a claim is barred is for the tribunal or court." },
};

static const struct { const char *word; Phrase why; } many = {
    "too_many_events", { "时效事件过多。", "Too many limitation events." },
}, unknown = {
    "unknown_event", { "没有代码为“{0}”的时效事件。", "There is no limitation event \"{0}\"." },
};

static const char *const codes[] = {
    [LIMIT_ORDINARY] = "C-LIM", [LIMIT_WAGES] = "C-LIM-W", [LIMIT_CIVIL] = "C-LIM-CS",
};

const char *limit_kinds_read(LimitKinds *kinds, Arena *mem, const char *file, Str text)
{
    Csv csv;
    *kinds = (LimitKinds){ .row = NEW(mem, LimitKind, LIMIT_KINDS), .mem = mem };
    csv_open(&csv, mem, text);
    while (csv_next(&csv)) {
        int64_t item = 0;
        Str cell = csv_cell(&csv, S("item"));
        LimitKind kind = {
            .code = csv_cell(&csv, S("code")),
            .label = { csv_cell(&csv, S("label_zh")), csv_cell(&csv, S("label_en")) },
            .basis = { csv_cell(&csv, S("basis_zh")), csv_cell(&csv, S("basis_en")) },
        };
        if (kind.code.n == 0 || limit_kind(kinds, kind.code)) {
            return csv_fault(&csv, file, "code: empty or twice");
        }
        if (cell.n && !str_int(cell, &item)) return csv_fault(&csv, file, "item: not a number");
        if (kind.label.zh.n == 0 || kind.basis.zh.n == 0) {
            return csv_fault(&csv, file, "no label or no basis");
        }
        if (kinds->n == LIMIT_KINDS) return csv_fault(&csv, file, "too many kinds");
        kind.item = (int)item;
        kinds->row[kinds->n++] = kind;
    }
    return csv.fault ? csv_fault(&csv, file, NULL) : NULL;
}

const LimitKind *limit_kind(const LimitKinds *kinds, Str code)
{
    for (size_t i = 0; i < kinds->n; i++) {
        if (str_eq(kinds->row[i].code, code)) return &kinds->row[i];
    }
    return NULL;
}

/* One computation: the events and suspensions in their order. */
typedef struct Run {
    const LimitLaw *law;
    const LimitAsk *ask;
    Arena          *mem;
    Limitation     *l;
    LimitEvent      event[LIMIT_EVENTS];
    Pause           pause[CLOCK_PAUSES];
    size_t          pauses;
    Date            open; /* first day of the suspension that lasts */
} Run;

static void say(Run *r, LimitLine line, const Text *args)
{
    trace_add(&r->l->trace, phrase_say(r->mem, &lines[line], args, ARGS));
}

static Text day(Run *r, Date d) { return phrase_date(r->mem, d); }

static bool refuse(Run *r, const char *word, const Phrase *why, Str about)
{
    r->l->error = word;
    r->l->reason = phrase_say(r->mem, why, &(Text){ about, about }, 1);
    return false;
}

/* Puts the event in its place by day; those of one day stay as they came. */
static void sort_in(Run *r, size_t n, LimitEvent event)
{
    for (; n > 0 && r->event[n - 1].day.day > event.day.day; n--) r->event[n] = r->event[n - 1];
    r->event[n] = event;
}

static void read_suspension(Run *r, Pause p)
{
    size_t k = r->pauses;
    if (p.to.day == 0) {
        r->open = p.from;
        return;
    }
    for (; k > 0 && r->pause[k - 1].from.day > p.from.day; k--) r->pause[k] = r->pause[k - 1];
    r->pause[k] = p;
    r->pauses++;
}

static bool read_events(Run *r)
{
    const LimitAsk *ask = r->ask;
    if (ask->events_n > LIMIT_EVENTS || ask->suspensions_n > CLOCK_PAUSES) {
        return refuse(r, many.word, &many.why, (Str){ 0 });
    }
    for (size_t i = 0; i < ask->events_n; i++) {
        Str kind = ask->events[i].kind;
        if (!limit_kind(r->law->kinds, kind)) return refuse(r, unknown.word, &unknown.why, kind);
        sort_in(r, i, ask->events[i]);
    }
    for (size_t i = 0; i < ask->suspensions_n; i++) read_suspension(r, ask->suspensions[i]);
    return true;
}

/* The period from one day, with the suspensions that touch it: those before
** it are over, those after its end came too late. */
static bool run_period(Run *r, Date from, ClockDue *due)
{
    Pause touching[CLOCK_PAUSES];
    ClockAsk ask = { .code = str_of(codes[r->ask->regime]), .start = from, .pauses = touching };
    for (size_t i = 0; i < r->pauses; i++) {
        Pause p = r->pause[i];
        bool good = clock_due(r->law->rules, r->law->calendar, &ask, r->mem, due);
        if (!good || p.to.day <= from.day + 1 || p.from.day > due->due.day) continue;
        if (p.from.day < from.day) p.from = from;
        touching[ask.pauses_n++] = p;
    }
    return clock_due(r->law->rules, r->law->calendar, &ask, r->mem, due);
}

static bool add_step(Run *r, const LimitKind *kind, Date from)
{
    Limitation *l = r->l;
    ClockDue due;
    if (!run_period(r, from, &due)) {
        l->error = due.error;
        l->reason = due.reason;
        return false;
    }
    l->step[l->steps++] = (LimitStep){ kind, from, due.natural_end, due.due, true };
    l->natural_end = due.natural_end;
    l->due = due.due;
    l->provisional = due.provisional;
    if (!kind) say(r, SAY_BEGIN, (Text[6]){ day(r, from), day(r, due.natural_end), day(r, due.due) });
    else {
        say(r, SAY_RESTART,
            (Text[6]){ day(r, from), kind->label, day(r, due.natural_end), day(r, due.due), kind->basis });
    }
    return true;
}

/* Has the suspension that lasts begun before the period ran out? */
static bool held_open(const Run *r)
{
    return r->open.day && r->open.day <= r->l->due.day;
}

static bool run_events(Run *r, Date begin)
{
    Limitation *l = r->l;
    for (size_t i = 0; i < r->ask->events_n; i++) {
        const LimitKind *kind = limit_kind(r->law->kinds, r->event[i].kind);
        BUG_IF(!kind); /* all were looked up before */
        Date on = r->event[i].day;
        if (on.day < begin.day) {
            say(r, SAY_BEFORE_START, (Text[6]){ day(r, on), kind->label });
        } else if (on.day > l->due.day && !held_open(r)) {
            say(r, SAY_TOO_LATE, (Text[6]){ day(r, on), kind->label });
            l->step[l->steps++] = (LimitStep){ kind, on, l->natural_end, l->due, false };
        } else if (!add_step(r, kind, on)) {
            return false;
        }
    }
    return true;
}

static void say_result(Run *r)
{
    Limitation *l = r->l;
    for (size_t i = 0; i < r->pauses; i++) {
        Pause p = r->pause[i];
        say(r, SAY_SUSPENDED,
            (Text[6]){ day(r, p.from), day(r, p.to), phrase_number(r->mem, p.to.day - p.from.day) });
    }
    l->suspended = held_open(r);
    if (l->suspended) {
        say(r, SAY_OPEN, (Text[6]){ day(r, r->open) });
        l->natural_end = l->due = (Date){ 0 };
        l->provisional = false;
    } else {
        say(r, SAY_SAFE, (Text[6]){ day(r, l->natural_end), day(r, l->due) });
    }
    if (l->provisional) say(r, SAY_PROVISIONAL, (Text[6]){ { { 0 }, { 0 } } });
    say(r, SAY_REFERENCE, (Text[6]){ { { 0 }, { 0 } } });
}

bool limitation_due(const LimitLaw *law, const LimitAsk *ask, Arena *mem, Limitation *l)
{
    Run r = { .law = law, .ask = ask, .mem = mem, .l = l };
    *l = (Limitation){ 0 };
    if (!read_events(&r)) return false;
    l->unlimited = ask->regime == LIMIT_WAGES && ask->relation_end.day == 0;
    if (l->unlimited) {
        say(&r, SAY_UNLIMITED, (Text[6]){ { { 0 }, { 0 } } });
        say(&r, SAY_REFERENCE, (Text[6]){ { { 0 }, { 0 } } });
        return true;
    }
    Date begin = ask->regime == LIMIT_WAGES ? ask->relation_end : ask->knew;
    if (!add_step(&r, NULL, begin) || !run_events(&r, begin)) return false;
    say_result(&r);
    return true;
}
