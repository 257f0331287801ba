/* What each side may do about an agreement: the scenarios, and the borders. */
#include "unit/calc_desk.h"
#include "unit/suites.h"

#include <string.h>

typedef struct Story {
    Agreement a;
    Term      term[4];
    Remedies  r;
} Story;

static Date d(const char *iso) { return date_parse(str_of(iso)); }

static void set(Story *s, RemedyField id, int64_t v)
{
    s->a.v[id] = v;
    s->a.given[id] = true;
}

static void add(Story *s, TermKind kind, const char *due, int64_t fen)
{
    Term *t = &s->term[s->a.terms++];
    t->v[RT_KIND] = kind;
    t->v[RT_DUE] = d(due).day;
    t->given[RT_DUE] = true;
    t->v[RT_AMOUNT] = fen;
    t->given[RT_AMOUNT] = fen > 0;
}

static Story *story(const char *effective)
{
    desk_new();
    Story *s = NEW(desk_mem(), Story, 1);
    s->a.term = s->term;
    set(s, RF_EFFECTIVE, d(effective).day);
    return s;
}

static void on(Story *s, const char *today)
{
    RemedyLaw law = { desk_law(), desk_data() };
    set(s, RF_TODAY, d(today).day);
    remedies_find(&law, &s->a, desk_mem(), &s->r);
}

static RemedyStatus status(const Story *s, RemedyId id) { return s->r.remedy[id].status; }

static bool says(const Story *s, RemedyId id, RemedyWord w)
{
    const Remedy *m = &s->r.remedy[id];
    for (size_t i = 0; i < m->whys; i++) {
        if (m->why[i] == w) return true;
    }
    return false;
}

static Story *wages(void)
{
    Story *s = story("2026-01-10");
    add(s, TERM_PAY, "2026-01-31", 1200000);
    add(s, TERM_PAY, "2026-02-28", 1200000);
    add(s, TERM_PAY, "2026-03-31", 1200000);
    return s;
}

static void default_on_instalment(void)
{
    Story *s = wages();
    on(s, "2026-02-02");
    check(strcmp(s->r.state, "performing") == 0, "the due day itself is in time");
    check(status(s, RM_PAYMENT_ORDER) == REMEDY_LATER, "no payment order before the default");
    on(s, "2026-02-03");
    check(strcmp(s->r.state, "defaulted") == 0, "AS-48: defaulted at 00:00");
    check_int(s->term[0].due.day, d("2026-02-02").day, "AS-48: the Saturday rolls");
    check_int(s->term[1].due.day, d("2026-02-28").day, "AS-48: the make-up Saturday does not");
    check(status(s, RM_ARBITRATE) == REMEDY_OPEN, "AS-48: arbitration");
    check(status(s, RM_PAYMENT_ORDER) == REMEDY_OPEN, "AS-48: payment order");
    check(status(s, RM_SUE_PAY) == REMEDY_OPEN, "AS-48: direct suit");
    check_int(s->r.due_now_fen, 1200000, "one instalment is due");
    set(s, RF_ACCELERATION, 1);
    on(s, "2026-02-03");
    check_int(s->r.due_now_fen, 3600000, "AS-48: acceleration");
    check_int(s->r.remedy[RM_ENFORCE].until.day, d("2028-03-31").day,
              "AS-48: two years from the last instalment");
    check(status(s, RM_ENFORCE) == REMEDY_CLOSED, "no title, no enforcement");
    set(s, RF_CONFIRMATION, 2);
    on(s, "2026-02-03");
    check(status(s, RM_ENFORCE) == REMEDY_OPEN, "confirmed: enforcement");
    check(status(s, RM_PAYMENT_ORDER) == REMEDY_CLOSED && says(s, RM_PAYMENT_ORDER, RW_TITLE),
          "and nothing else");
    on(s, "2028-04-03");
    check(says(s, RM_ENFORCE, RW_LATE), "after two years it is late");
}

static void not_only_money(void)
{
    Story *s = story("2026-01-10");
    add(s, TERM_CERTIFICATE, "2026-01-30", 0);
    on(s, "2026-02-03");
    check(status(s, RM_PAYMENT_ORDER) == REMEDY_CLOSED && says(s, RM_PAYMENT_ORDER, RW_NO_MONEY), "AS-49");
    check(status(s, RM_ARBITRATE) == REMEDY_OPEN, "a certificate is arbitrated");
    s = wages();
    add(s, TERM_COMPENSATION, "2026-03-31", 5000);
    on(s, "2026-02-03");
    check(says(s, RM_SUE_PAY, RW_NOT_PAY_ONLY), "pay and something else: no direct suit");
    check(status(s, RM_PAYMENT_ORDER) == REMEDY_OPEN, "but a payment order");
    s = story("2026-01-10");
    add(s, TERM_OTHER, "2026-01-30", 5000);
    on(s, "2026-02-03");
    check(says(s, RM_PAYMENT_ORDER, RW_NOT_FOUR), "another sum is not one of the four");
}

static void windows(void)
{
    Story *s = wages();
    on(s, "2026-01-26");
    check(status(s, RM_REVIEW) == REMEDY_OPEN, "review: 15 days, Sunday the 25th rolls");
    on(s, "2026-01-27");
    check(says(s, RM_REVIEW, RW_LATE), "review: late");
    check(status(s, RM_CONFIRM) == REMEDY_OPEN && says(s, RM_CONFIRM, RW_LATE_REVIEW_OK),
          "confirmation is not");
    on(s, "2026-02-09");
    check(status(s, RM_CONFIRM) == REMEDY_OPEN, "confirmation: day 30");
    on(s, "2026-02-10");
    check(says(s, RM_CONFIRM, RW_LATE), "confirmation: day 31");
    set(s, RF_COURT, 2);
    on(s, "2026-02-01");
    check(says(s, RM_CONFIRM, RW_COURT_OFF), "the court's switch");
    set(s, RF_ORG, 2);
    on(s, "2026-02-01");
    check(status(s, RM_CONFIRM) == REMEDY_OPEN && !says(s, RM_CONFIRM, RW_COURT_WARN),
          "people's mediation always may");
    on(s, "2026-01-09");
    check(strcmp(s->r.state, "not_effective") == 0 && says(s, RM_REVIEW, RW_BEFORE_EFFECT),
          "before it took effect");
    s = story("2026-02-20");
    add(s, TERM_PAY, "2026-01-31", 1200000);
    on(s, "2026-02-10");
    check_int(s->r.due_now_fen, 0, "what binds nobody is not overdue");
    check(s->term[0].state == TERM_PLANNED, "nor its instalment");
    check(status(s, RM_ARBITRATE) == REMEDY_OPEN, "the claim itself is free");
}

static bool warns(const Story *s, RemedyWord w)
{
    for (size_t i = 0; i < s->r.warnings; i++) {
        if (s->r.warning[i] == w) return true;
    }
    return false;
}

/* The two years of enforcement reach into a year without a calendar: said only
** to whom that road is open. */
static void provisional(void)
{
    Story *s = wages();
    on(s, "2026-01-20");
    check(!warns(s, RW_PROVISIONAL), "no word about a closed road's last day");
    set(s, RF_CONFIRMATION, 2);
    on(s, "2026-02-03");
    check(warns(s, RW_PROVISIONAL) && status(s, RM_ENFORCE) == REMEDY_OPEN, "a word about an open one's");
}

static void relation(void)
{
    Story *s = wages();
    add(s, TERM_RELATION, "2026-01-10", 0);
    on(s, "2026-01-20");
    check(says(s, RM_REVIEW, RW_RELATION) && status(s, RM_REVIEW) == REMEDY_CLOSED, "AS-46");
}

static void sham(void)
{
    Story *s = wages();
    set(s, RF_SAME_DAY, 15);
    set(s, RF_PAYROLL, 0);
    set(s, RF_ENFORCEMENTS, 1);
    on(s, "2026-01-20");
    check(s->r.sham && status(s, RM_REVIEW) == REMEDY_LOCKED && status(s, RM_CONFIRM) == REMEDY_LOCKED,
          "AS-58");
    set(s, RF_SAME_DAY, 9);
    on(s, "2026-01-20");
    check(!s->r.sham, "nine are not ten");
    set(s, RF_SAME_DAY, 15);
    set(s, RF_ENFORCEMENTS, 0);
    on(s, "2026-01-20");
    check(!s->r.sham, "no enforcement case");
    set(s, RF_SHAM, 1);
    on(s, "2026-01-20");
    check(s->r.sham, "marked by hand");
    set(s, RF_CLEARED, 1);
    on(s, "2026-01-20");
    check(!s->r.sham && status(s, RM_REVIEW) == REMEDY_OPEN, "cleared");
}

static void after_the_order(void)
{
    Story *s = wages();
    set(s, RF_PAYMENT_ORDER, 4);
    on(s, "2026-02-03");
    check(status(s, RM_SUE_AGREEMENT) == REMEDY_OPEN, "the order ended: sue on the agreement");
    check(says(s, RM_PAYMENT_ORDER, RW_ORDER_ENDED), "no second order");
    set(s, RF_PAYMENT_ORDER, 5);
    on(s, "2026-02-03");
    check(says(s, RM_SUE_AGREEMENT, RW_MUST_ARBITRATE), "an order under LHT 30: arbitration first");
    set(s, RF_PAYMENT_ORDER, 2);
    set(s, RF_ORDER_RECEIVED, d("2026-02-10").day);
    on(s, "2026-02-25");
    check(status(s, RM_OBJECT) == REMEDY_OPEN, "objection: day 15");
    on(s, "2026-02-26");
    check(says(s, RM_OBJECT, RW_LATE), "objection: day 16");
    set(s, RF_PAYMENT_ORDER, 3);
    on(s, "2026-02-26");
    check(status(s, RM_ENFORCE) == REMEDY_OPEN, "an effective order is enforced");
}

static void limits(void)
{
    Story *s = wages();
    on(s, "2026-02-03");
    check(says(s, RM_ARBITRATE, RW_UNLIMITED), "pay while the relation lasts");
    set(s, RF_LAST_DAY, d("2025-12-31").day);
    on(s, "2026-02-03");
    check_int(s->r.remedy[RM_ARBITRATE].until.day, d("2027-02-02").day, "a year from the default");
    set(s, RF_FLIGHT, 1);
    set(s, RF_MONTHS, 3 * FIGURE_SCALE);
    on(s, "2026-02-03");
    check(status(s, RM_POLICE) == REMEDY_OPEN, "flight, three months, over the lower sum");
    set(s, RF_FLIGHT, 0);
    on(s, "2026-02-03");
    check(says(s, RM_POLICE, RW_BELOW_CRIME), "neither order nor flight");
    for (size_t i = 0; i < s->a.terms; i++) s->term[i].v[RT_PAID] = 1200000;
    on(s, "2026-02-03");
    check(strcmp(s->r.state, "performed") == 0 && says(s, RM_ARBITRATE, RW_DONE), "all is paid");
}

void test_remedy(void)
{
    default_on_instalment();
    not_only_money();
    windows();
    provisional();
    relation();
    sham();
    after_the_order();
    limits();
}
