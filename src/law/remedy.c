/* The agreement's state on a day, and then each remedy by its own rule. */
#include "law/remedy.h"

#define REMEDY_FIELD_ROW(id, name, kind, min, max, codes, zh, en) \
    { #name, FACT_##kind, min, max, codes, { zh, en } },
#define REMEDY_WORD_ROW(id, zh, en) { zh, en },
#define REMEDY_ROW(id, code, who, paper, zh, en, basis_zh, basis_en) \
    { code, who, paper, { zh, en }, { basis_zh, basis_en } },

const CalcField remedy_fields[RF__COUNT] = { REMEDY_FIELDS(REMEDY_FIELD_ROW) };
const CalcField term_fields[RT__COUNT] = { TERM_FIELDS(REMEDY_FIELD_ROW) };
const RemedyRow remedy_rows[RM__COUNT] = { REMEDIES(REMEDY_ROW) };
static const Phrase words[RW__COUNT] = { REMEDY_WORDS(REMEDY_WORD_ROW) };

enum { ORG_TOWNSHIP, ORG_ENTERPRISE, ORG_PMC, ORG_CENTRE, ORG_INVITED, ORG_ARBITRATION, ORG_OTHER };
enum { COURT_WARN, COURT_ON, COURT_OFF };
enum { STEP_NONE, STEP_APPLIED, STEP_DONE, STEP_REFUSED, STEP_WITHDRAWN };
enum { PO_NONE, PO_FILED, PO_ISSUED, PO_EFFECTIVE, PO_ENDED, PO_ENDED_LHT30 };

/* What the rules look at. */
typedef struct View {
    const RemedyLaw *law;
    const Agreement *a;
    Arena           *mem;
    Remedies        *r;
    Date             today, effective, first_overdue, last_due;
    int64_t          pay_fen, four_fen, money_fen; /* owed now */
    bool             has_pay, has_four, has_money;  /* owed at all */
    bool             bound, defaulted, performed, pay_only, relation, title;
} View;

const char *remedy_word_code(RemedyWord w)
{
    static const char *const codes[RW__COUNT] = {
#define REMEDY_WORD_CODE(id, zh, en) #id,
        REMEDY_WORDS(REMEDY_WORD_CODE)
#undef REMEDY_WORD_CODE
    };
    BUG_IF(w >= RW__COUNT);
    return codes[w];
}

Text remedy_word(RemedyWord w) { return (Text){ str_of(words[w].zh), str_of(words[w].en) }; }

static void warned(Remedies *r, RemedyWord w)
{
    for (size_t i = 0; i < r->warnings; i++) {
        if (r->warning[i] == w) return;
    }
    if (r->warnings < REMEDY_WARNINGS) r->warning[r->warnings++] = w;
}

static void why(Remedy *m, RemedyWord w)
{
    if (m->whys < REMEDY_WHYS) m->why[m->whys++] = w;
}

/* The first row whose condition holds closes the remedy; false if none does. */
typedef struct Bar {
    bool       holds;
    RemedyWord word;
} Bar;

static bool closed_by(Remedy *m, const Bar *bar, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (!bar[i].holds) continue;
        m->status = REMEDY_CLOSED;
        if (bar[i].word == RW_SHAM) m->status = REMEDY_LOCKED;
        if (bar[i].word == RW_NOT_DEFAULTED) m->status = REMEDY_LATER;
        why(m, bar[i].word);
        return true;
    }
    m->status = REMEDY_OPEN;
    return false;
}

/* The last day of a clock that began on `start`; its basis goes to the remedy. */
static Date until(const View *k, Remedy *m, Str code, Date start)
{
    ClockDue *due = NEW(k->mem, ClockDue, 1);
    ClockAsk ask = { .code = code, .region = k->a->region, .start = start };
    if (start.day == 0 || !clock_due(&k->law->law->clocks, &k->law->law->calendar, &ask, k->mem, due)) {
        return (Date){ 0 };
    }
    m->provisional = due->provisional;
    m->until = due->due;
    m->basis = due->rule->basis;
    return due->due;
}

static bool past(const View *k, Date last) { return last.day && k->today.day > last.day; }

/* --- the obligations --- */

/* What no agreement binds anybody to is not overdue. */
static TermState term_state(const Term *t, Date today, bool bound)
{
    bool money = t->given[RT_AMOUNT];
    if (t->v[RT_DONE] || (money && t->owed_fen == 0)) return TERM_PAID;
    if (!bound) return TERM_PLANNED;
    if (t->due.day && today.day > t->due.day) return TERM_OVERDUE;
    if (money && t->v[RT_PAID]) return TERM_PART;
    return t->due.day == today.day ? TERM_DUE : TERM_PLANNED;
}

static void term_read(const View *k, Term *t)
{
    bool provisional = false;
    Date agreed = { (int32_t)t->v[RT_DUE] };
    if (t->given[RT_DUE]) t->due = agreed;
    if (t->given[RT_DUE] && !k->a->v[RF_NO_ROLL]) {
        t->due = effective_due(&k->law->law->calendar, agreed, &provisional);
    }
    if (provisional) warned(k->r, RW_PROVISIONAL);
    if (t->given[RT_AMOUNT] && !t->given[RT_DUE]) warned(k->r, RW_NO_DUE);
    int64_t owed = t->v[RT_AMOUNT] - t->v[RT_PAID];
    t->owed_fen = t->v[RT_DONE] || owed < 0 ? 0 : owed;
    t->state = term_state(t, k->today, k->bound);
}

static void term_counts(View *k, Term *t)
{
    k->r->owed_fen += t->owed_fen;
    k->performed = k->performed && t->state == TERM_PAID;
    k->pay_only = k->pay_only && t->v[RT_KIND] == TERM_PAY;
    k->relation = k->relation || t->v[RT_KIND] == TERM_RELATION;
    if (t->due.day > k->last_due.day) k->last_due = t->due;
    k->has_money = k->has_money || t->owed_fen > 0;
    k->has_four = k->has_four || (t->owed_fen > 0 && t->v[RT_KIND] <= TERM_DAMAGES);
    k->has_pay = k->has_pay || (t->owed_fen > 0 && t->v[RT_KIND] == TERM_PAY);
    if (t->state != TERM_OVERDUE) return;
    k->defaulted = true;
    if (k->first_overdue.day == 0 || t->due.day < k->first_overdue.day) k->first_overdue = t->due;
}

static void now_owed(View *k, Term *t)
{
    bool rest = k->defaulted && k->a->v[RF_ACCELERATION] && t->state != TERM_PAID && t->given[RT_AMOUNT];
    t->now = t->state == TERM_OVERDUE || rest;
    if (rest && t->state != TERM_OVERDUE) warned(k->r, RW_ACCELERATED);
    if (!t->now) return;
    k->r->due_now_fen += t->owed_fen;
    k->money_fen += t->owed_fen;
    if (t->v[RT_KIND] == TERM_PAY) k->pay_fen += t->owed_fen;
    if (t->v[RT_KIND] <= TERM_DAMAGES) k->four_fen += t->owed_fen;
}

/* 15 like agreements of a day, no payroll, an employer under enforcement: AS-58. */
static bool sham_suspected(const View *k)
{
    const Agreement *a = k->a;
    FigureAsk ask = { .region = a->region, .day = k->today };
    const Figure *many = figure_at(k->law->data->rate[P_SHAM_AGREEMENTS], ask);
    const Figure *cases = figure_at(k->law->data->rate[P_SHAM_CASES], ask);
    if (a->v[RF_CLEARED]) return false;
    if (a->v[RF_SHAM]) return true;
    bool unproved = a->given[RF_PAYROLL] && !a->v[RF_PAYROLL];
    return many && cases && unproved && a->v[RF_SAME_DAY] * FIGURE_SCALE >= many->value
        && a->v[RF_ENFORCEMENTS] * FIGURE_SCALE >= cases->value;
}

static View look(const RemedyLaw *law, Agreement *a, Arena *mem, Remedies *r)
{
    View k = { .law = law, .a = a, .mem = mem, .r = r, .performed = true, .pay_only = true };
    k.today = (Date){ (int32_t)a->v[RF_TODAY] };
    k.effective = (Date){ (int32_t)a->v[RF_EFFECTIVE] };
    k.bound = a->given[RF_EFFECTIVE] && k.effective.day <= k.today.day;
    for (size_t i = 0; i < a->terms; i++) term_read(&k, &a->term[i]);
    for (size_t i = 0; i < a->terms; i++) term_counts(&k, &a->term[i]);
    for (size_t i = 0; i < a->terms; i++) now_owed(&k, &a->term[i]);
    k.title = a->v[RF_REVIEW] == STEP_DONE || a->v[RF_CONFIRMATION] == STEP_DONE
           || a->v[RF_PAYMENT_ORDER] == PO_EFFECTIVE;
    r->sham = sham_suspected(&k);
    r->state = !k.bound      ? "not_effective"
               : k.performed ? "performed"
               : k.defaulted ? "defaulted"
                             : "performing";
    return k;
}

/* --- the remedies, one function a row --- */

static void review(const View *k, Remedy *m)
{
    const Agreement *a = k->a;
    Date last = until(k, m, S("C-AREV"), k->effective);
    const Bar bars[] = {
        { !a->given[RF_EFFECTIVE], RW_NOT_EFFECTIVE },
        { !k->bound, RW_BEFORE_EFFECT },
        { k->r->sham, RW_SHAM },
        { a->v[RF_REVIEW] == STEP_DONE, RW_REVIEWED },
        { a->v[RF_CONFIRMATION] == STEP_DONE, RW_COURT_DONE },
        { k->relation, RW_RELATION },
        { a->v[RF_REVIEW] == STEP_APPLIED, RW_APPLIED },
        { k->performed, RW_DONE },
        { past(k, last), RW_LATE },
        { a->v[RF_REVIEW] >= STEP_REFUSED, RW_REFUSED },
    };
    (void)closed_by(m, bars, COUNT(bars));
}

/* People's mediation committees and invited organisations may; others as the
** court's switch says. */
static void confirm(const View *k, Remedy *m)
{
    const Agreement *a = k->a;
    int64_t court = a->v[RF_COURT];
    bool sure = a->v[RF_ORG] == ORG_PMC || a->v[RF_ORG] == ORG_INVITED || court == COURT_ON;
    Date last = until(k, m, S("C-JCONF"), k->effective);
    const Bar bars[] = {
        { !a->given[RF_EFFECTIVE], RW_NOT_EFFECTIVE }, { !k->bound, RW_BEFORE_EFFECT },
        { k->r->sham, RW_SHAM }, { a->v[RF_CONFIRMATION] == STEP_DONE, RW_COURT_DONE },
        { a->v[RF_REVIEW] == STEP_DONE, RW_REVIEWED }, { a->v[RF_CONFIRMATION] == STEP_APPLIED, RW_APPLIED },
        { k->performed, RW_DONE }, { past(k, last), RW_LATE },
        { a->v[RF_CONFIRMATION] >= STEP_REFUSED, RW_REFUSED }, { court == COURT_OFF && !sure, RW_COURT_OFF },
    };
    if (closed_by(m, bars, COUNT(bars))) return;
    if (!sure) why(m, RW_COURT_WARN);
    if (k->r->remedy[RM_REVIEW].whys && k->r->remedy[RM_REVIEW].why[0] == RW_LATE) why(m, RW_LATE_REVIEW_OK);
}

static Date later_of(Date a, Date b) { return a.day > b.day ? a : b; }

/* Reference only: a day, never a verdict. */
static void limitation(const View *k, Remedy *m)
{
    const Agreement *a = k->a;
    Date start = later_of(k->first_overdue, (Date){ (int32_t)a->v[RF_INTERRUPTED] });
    if (k->pay_only && !a->given[RF_LAST_DAY]) {
        why(m, RW_UNLIMITED);
        return;
    }
    if (k->pay_only) start = later_of(start, (Date){ (int32_t)a->v[RF_LAST_DAY] });
    Text basis = m->basis;
    Date last = until(k, m, k->pay_only ? S("C-LIM-W") : S("C-LIM"), start);
    m->basis = basis;
    why(m, past(k, last) ? RW_MAYBE_LATE : RW_LIMITED);
}

static void arbitrate(const View *k, Remedy *m)
{
    const Bar bars[] = {
        { k->title, RW_TITLE },
        { k->bound && k->performed, RW_DONE },
        { k->bound && !k->defaulted, RW_NOT_DEFAULTED },
    };
    if (closed_by(m, bars, COUNT(bars))) return;
    if (!k->bound) {
        why(m, RW_NOT_EFFECTIVE);
        return;
    }
    if (k->a->v[RF_PAYMENT_ORDER] == PO_ENDED_LHT30) why(m, RW_MUST_ARBITRATE);
    why(m, RW_ON_AGREEMENT);
    m->amount_fen = k->r->due_now_fen;
    limitation(k, m);
}

static void payment_order(const View *k, Remedy *m)
{
    const Agreement *a = k->a;
    int64_t order = a->v[RF_PAYMENT_ORDER];
    const Bar bars[] = {
        { !k->bound, RW_NOT_EFFECTIVE },
        { k->performed, RW_DONE },
        { k->title, RW_TITLE },
        { order == PO_FILED || order == PO_ISSUED, RW_ORDER_PENDING },
        { order == PO_ENDED, RW_ORDER_ENDED },
        { !k->has_money, RW_NO_MONEY },
        { !k->has_four, RW_NOT_FOUR },
        { a->v[RF_DEBTOR] == 1, RW_DEBTOR_WORKER },
        { a->v[RF_OTHER_DEBTS] != 0, RW_OTHER_DEBTS },
        { a->v[RF_UNREACHABLE] != 0, RW_UNREACHABLE },
        { !k->defaulted, RW_NOT_DEFAULTED },
        { k->money_fen == 0, RW_NO_MONEY },
        { k->four_fen == 0, RW_NOT_FOUR },
    };
    if (!closed_by(m, bars, COUNT(bars))) m->amount_fen = k->four_fen;
}

static void sue_agreement(const View *k, Remedy *m)
{
    int64_t order = k->a->v[RF_PAYMENT_ORDER];
    const Bar bars[] = {
        { !k->bound, RW_NOT_EFFECTIVE }, { k->performed, RW_DONE }, { k->title, RW_TITLE },
        { order == PO_ENDED_LHT30, RW_MUST_ARBITRATE }, { order != PO_ENDED, RW_ORDER_NOT_ENDED },
        { !k->defaulted, RW_NOT_DEFAULTED },
    };
    if (!closed_by(m, bars, COUNT(bars))) m->amount_fen = k->four_fen;
}

static void sue_pay(const View *k, Remedy *m)
{
    int64_t org = k->a->v[RF_ORG];
    const Bar bars[] = {
        { !k->bound, RW_NOT_EFFECTIVE }, { k->performed, RW_DONE }, { k->title, RW_TITLE },
        { !k->pay_only, RW_NOT_PAY_ONLY }, { k->a->v[RF_DEBTOR] == 1, RW_DEBTOR_WORKER },
        { org >= ORG_INVITED, RW_NOT_LISTED_ORG }, { !k->defaulted, RW_NOT_DEFAULTED },
    };
    if (closed_by(m, bars, COUNT(bars))) return;
    m->amount_fen = k->pay_fen;
    if (!k->a->given[RF_ORG]) why(m, RW_ASSUMED_ORG);
    if (org == ORG_CENTRE) why(m, RW_CENTRE);
}

/* Two years from the last day of performance, of the last instalment. */
static void enforce(const View *k, Remedy *m)
{
    Date last = until(k, m, S("C-ENF"), k->last_due.day ? k->last_due : k->effective);
    const Bar bars[] = {
        { !k->bound, RW_NOT_EFFECTIVE },
        { k->performed, RW_DONE },
        { !k->title, RW_NO_TITLE },
        { past(k, last), RW_LATE },
    };
    if (closed_by(m, bars, COUNT(bars))) return;
    m->amount_fen = k->r->due_now_fen;
    if (k->defaulted) return;
    m->status = REMEDY_LATER;
    why(m, RW_NOT_DEFAULTED);
}

static void object(const View *k, Remedy *m)
{
    const Agreement *a = k->a;
    Date last = until(k, m, S("C-PO-3"), (Date){ (int32_t)a->v[RF_ORDER_RECEIVED] });
    const Bar bars[] = {
        { a->v[RF_PAYMENT_ORDER] != PO_ISSUED || !a->given[RF_ORDER_RECEIVED], RW_NO_ORDER },
        { past(k, last), RW_LATE },
    };
    (void)closed_by(m, bars, COUNT(bars));
}

static void inspection(const View *k, Remedy *m)
{
    const Bar bars[] = {
        { !k->bound, RW_NOT_EFFECTIVE }, { k->performed, RW_DONE }, { !k->has_pay, RW_NO_PAY },
        { k->a->v[RF_DEBTOR] == 1, RW_DEBTOR_WORKER }, { !k->defaulted, RW_NOT_DEFAULTED },
        { k->pay_fen == 0, RW_NO_PAY },
    };
    if (closed_by(m, bars, COUNT(bars))) return;
    m->amount_fen = k->pay_fen;
    why(m, RW_WITHIN_TWO_YEARS);
}

static bool crime_reached(const View *k, RateId persons, RateId sum)
{
    FigureAsk ask = { .region = k->a->region, .day = k->today };
    const CalcData *data = k->law->data;
    const Figure *least = figure_at(data->rate[persons], ask), *fen = figure_at(data->rate[sum], ask);
    int64_t v = persons == P_CRIME_MONTHS ? k->a->v[RF_MONTHS] : k->a->v[RF_WORKERS] * FIGURE_SCALE;
    return least && fen && v >= least->value && k->pay_fen * FIGURE_SCALE >= fen->value;
}

static void police(const View *k, Remedy *m)
{
    bool reached = crime_reached(k, P_CRIME_WORKERS, P_CRIME_MANY_LOW)
                || (k->a->v[RF_WORKERS] <= 1 && crime_reached(k, P_CRIME_MONTHS, P_CRIME_ONE_LOW));
    bool gate = k->a->v[RF_ORDERED] || k->a->v[RF_FLIGHT];
    const Bar bars[] = {
        { !k->bound, RW_NOT_EFFECTIVE },
        { k->pay_fen == 0, RW_NO_PAY },
        { !reached || !gate, RW_BELOW_CRIME },
    };
    if (closed_by(m, bars, COUNT(bars))) return;
    m->amount_fen = k->pay_fen;
    why(m, RW_CRIME_BAND);
}

static void perform(const View *k, Remedy *m)
{
    const Bar bars[] = { { !k->bound, RW_NOT_EFFECTIVE }, { k->performed, RW_DONE } };
    if (closed_by(m, bars, COUNT(bars))) return;
    m->amount_fen = k->r->owed_fen;
    m->until = k->defaulted ? k->first_overdue : k->last_due;
}

static void supplement(const View *k, Remedy *m)
{
    const Bar bars[] = { { !k->bound, RW_NOT_EFFECTIVE }, { k->performed, RW_DONE } };
    (void)closed_by(m, bars, COUNT(bars));
}

void remedies_find(const RemedyLaw *law, Agreement *a, Arena *mem, Remedies *r)
{
    static void (*const rules[RM__COUNT])(const View *, Remedy *) = {
        [RM_REVIEW] = review, [RM_CONFIRM] = confirm, [RM_ARBITRATE] = arbitrate,
        [RM_PAYMENT_ORDER] = payment_order, [RM_SUE_AGREEMENT] = sue_agreement, [RM_SUE_PAY] = sue_pay,
        [RM_ENFORCE] = enforce, [RM_OBJECT] = object, [RM_INSPECTION] = inspection, [RM_POLICE] = police,
        [RM_PERFORM] = perform, [RM_SUPPLEMENT] = supplement,
    };
    *r = (Remedies){ 0 };
    View k = look(law, a, mem, r);
    for (size_t i = 0; i < RM__COUNT; i++) {
        const Phrase *basis = &remedy_rows[i].basis;
        r->remedy[i].basis = (Text){ str_of(basis->zh), str_of(basis->en) };
        rules[i](&k, &r->remedy[i]);
        if (r->remedy[i].provisional && r->remedy[i].status != REMEDY_CLOSED) warned(r, RW_PROVISIONAL);
    }
    if (k.defaulted) warned(r, RW_URGE);
    if (r->sham) warned(r, RW_SHAM);
    if (k.relation) warned(r, RW_RELATION);
}
