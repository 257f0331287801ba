#include "law/subsidy.h"

#include "law/threshold.h"

static const char *const kinds[] = {
#define AS_WORD(n, word, zh, en) word,
    SUBSIDY_KINDS(AS_WORD)
};
static const char *const results[] = { SUBSIDY_RESULTS(AS_WORD) };
#undef AS_WORD
#define AS_PHRASE(n, word, zh, en) { zh, en },
static const Phrase kind_names[] = { SUBSIDY_KINDS(AS_PHRASE) };
static const Phrase result_names[] = { SUBSIDY_RESULTS(AS_PHRASE) };
#undef AS_PHRASE

static const char *const rate_keys[] = {
    "SUBSIDY_SIMPLE_FEN", "SUBSIDY_ORDINARY_FEN", "SUBSIDY_COMPLEX_FEN", "SUBSIDY_COLLECTIVE_FEN",
};
static const char *const percent_keys[] = {
    "SUBSIDY_AGREED_PERCENT", "SUBSIDY_SETTLED_PERCENT", "SUBSIDY_FAILED_PERCENT",
};
_Static_assert(COUNT(rate_keys) == SUBSIDY_KIND__COUNT, "every kind has its rate");
_Static_assert(COUNT(percent_keys) == RESULT__COUNT, "every result has its share");

static const Phrase say_rate = { "{0}：{1}元", "{0}: {1} yuan" };
static const Phrase say_each = { "超过{0}人的部分：{1}人 × {2}元 = {3}元", "above {0} workers: {1} x {2} = {3} yuan" };
static const Phrase say_percent = { "{0}：{1}元 × {2}% = {3}元", "{0}: {1} x {2} % = {3} yuan" };
static const Phrase say_confirmed = { "经司法确认，另加{0}元", "confirmed by a court: {0} yuan more" };
static const Phrase say_on_spot = { "即时履行，另加{0}元", "performed on the spot: {0} yuan more" };
static const Phrase say_total = { "合计{0}元", "{0} yuan in all" };

SubsidyKind subsidy_kind(Str flags)
{
    uint32_t set = flags_read(flags);
    if (set & (FLAG_COLL | FLAG_COLL50)) return SUBSIDY_COLLECTIVE;
    if (set & (FLAG_COMPLEX | FLAG_MAJOR | FLAG_MASS)) return SUBSIDY_COMPLEX;
    return set & FLAG_SIMPLE ? SUBSIDY_SIMPLE : SUBSIDY_ORDINARY;
}

const char *subsidy_kind_word(SubsidyKind k)
{
    return kinds[k];
}

const char *subsidy_result_word(SubsidyResult r)
{
    return results[r];
}

/* ---- the sum --------------------------------------------------------------------------- */

typedef struct Work {
    Arena      *mem;
    Look       *look;
    SubsidySum *sum;
} Work;

static Text yuan(Work *w, int64_t fen)
{
    Out o = { .buf = NEW(w->mem, char, 24), .cap = 24 };
    out_yuan(&o, (Money){ fen });
    return same(out_view(&o));
}

static void tell(Work *w, const Phrase *p, const Text *args, size_t n)
{
    trace_add(&w->sum->trace, phrase_say(w->mem, p, args, n));
}

static Text name(const Phrase *p)
{
    return (Text){ str_of(p->zh), str_of(p->en) };
}

static void add_base(Work *w, const SubsidyFacts *f)
{
    int64_t rate = param(w->look, rate_keys[f->kind]);
    w->sum->base = rate;
    Text args[] = { name(&kind_names[f->kind]), yuan(w, rate) };
    tell(w, &say_rate, args, 2);
    if (f->kind != SUBSIDY_COLLECTIVE) return;
    int64_t free = param(w->look, "SUBSIDY_COLLECTIVE_WORKERS"), each = param(w->look, "SUBSIDY_WORKER_FEN");
    int64_t above = f->workers > free ? f->workers - free : 0;
    if (above == 0) return;
    w->sum->base += above * each;
    Text more[] = { phrase_number(w->mem, free), phrase_number(w->mem, above), yuan(w, each),
                    yuan(w, above * each) };
    tell(w, &say_each, more, 4);
}

static void add_bonus(Work *w, bool has, const char *key, const Phrase *p)
{
    if (!has) return;
    int64_t bonus = param(w->look, key);
    Text args[] = { yuan(w, bonus) };
    w->sum->bonus += bonus;
    tell(w, p, args, 1);
}

void subsidy_sum(Arena *mem, Look *look, const SubsidyFacts *f, SubsidySum *sum)
{
    Work w = { mem, look, sum };
    *sum = (SubsidySum){ 0 };
    look->missing = (Str){ 0 };
    add_base(&w, f);
    sum->percent = param(look, percent_keys[f->result]);
    int64_t part = (sum->base * sum->percent + 50) / 100; /* half up, once */
    Text args[] = { name(&result_names[f->result]), yuan(&w, sum->base), phrase_number(mem, sum->percent),
                    yuan(&w, part) };
    tell(&w, &say_percent, args, 4);
    bool agreed = f->result == RESULT_AGREED;
    add_bonus(&w, agreed && f->confirmed, "SUBSIDY_CONFIRMED_FEN", &say_confirmed);
    add_bonus(&w, agreed && f->on_spot, "SUBSIDY_ON_SPOT_FEN", &say_on_spot);
    sum->missing = look->missing;
    sum->total = sum->missing.n ? 0 : part + sum->bonus;
    Text total[] = { yuan(&w, sum->total) };
    tell(&w, &say_total, total, 1);
}

/* ---- the split --------------------------------------------------------------------------- */

/* The row, of those that have not got one yet, with the largest remainder. */
static size_t largest(const int64_t *rest, size_t n)
{
    size_t best = 0;
    for (size_t i = 1; i < n; i++) {
        if (rest[i] > rest[best]) best = i;
    }
    return best;
}

static void cap_one(SubsidyShare *r, int64_t cap)
{
    r->withheld = r->excluded ? r->share : (r->share * r->less + 50) / 100;
    int64_t due = r->share - r->withheld, room = cap > r->taken ? cap - r->taken : 0;
    r->pay = cap == 0 || due < room ? due : room;
    r->cut = due - r->pay;
}

void subsidy_split(int64_t total, int64_t cap, SubsidyShare *row, size_t n)
{
    enum { MOST = 64 };
    int64_t rest[MOST], weights = 0, given = 0;
    BUG_IF(n == 0 || n > MOST);
    for (size_t i = 0; i < n; i++) {
        BUG_IF(row[i].weight <= 0);
        weights += row[i].weight;
    }
    for (size_t i = 0; i < n; i++) {
        row[i].share = total * row[i].weight / weights;
        rest[i] = total * row[i].weight % weights;
        given += row[i].share;
    }
    for (; given < total; given++) {
        size_t i = largest(rest, n);
        row[i].share++;
        rest[i] = -1;
    }
    for (size_t i = 0; i < n; i++) cap_one(&row[i], cap);
}
