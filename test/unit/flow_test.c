#include "law/flow.h"
#include "test.h"
#include "unit/lawdata.h"
#include "unit/suites.h"

static void words(void)
{
    for (unsigned s = 1; s < ST__COUNT; s++) {
        check(state_of(str_of(state_word((State)s))) == (State)s, state_word((State)s));
    }
    for (unsigned e = EV__NONE + 1; e < EV__COUNT; e++) {
        check(event_of(str_of(event_word((Event)e))) == (Event)e, event_word((Event)e));
    }
    for (unsigned r = 1; r < ROLE_SYSTEM; r++) {
        check(role_of(str_of(role_word((Role)r))) == (Role)r, role_word((Role)r));
    }
    for (unsigned e = 1; e < END__COUNT; e++) {
        check(ending_of(str_of(ending_code((Ending)e))) == (Ending)e, ending_code((Ending)e));
    }
    check(state_of(S("S01")) == ST_NONE && state_of(S("")) == ST_NONE, "a code is no word");
    check(event_of(S("")) == EV__NONE, "no event has the empty word");
    check(role_of(S("system")) == ROLE_NONE, "nobody is given the system's role");
    check(role_of(S("")) == ROLE_NONE, "no role");
    check_str(str_of(state_code(ST_ARCHIVED)), S("S22"), "the last state");
    check_int(ST__COUNT, 23, "22 states and none");
    check(state_terminal(ST_REJECTED) && state_terminal(ST_CLOSED) && !state_terminal(ST_FAILED),
          "terminal states");
}

static void unique_steps(void)
{
    for (size_t i = 0; i < flow_n; i++) {
        for (size_t k = i + 1; k < flow_n; k++) {
            bool same = flow[i].event == flow[k].event && flow[i].from & flow[k].from;
            if (same) check(false, event_word(flow[i].event));
        }
    }
    uint32_t used = 0, more = 0; /* of T1..T37, in two halves */
    bool fired[EV__COUNT] = { false };
    for (size_t i = 0; i < flow_n; i++) {
        check(flow[i].row >= 1 && flow[i].row <= 37, "a transition of the specification");
        check(i == 0 || flow[i].row >= flow[i - 1].row, "the rows stand in order");
        if (flow[i].row <= 20) used |= 1U << flow[i].row;
        else more |= 1U << (flow[i].row - 20);
        fired[flow[i].event] = true;
    }
    check_int(used, (1U << 21) - 2, "T1 to T20 are all there");
    check_int(more, (1U << 18) - 2, "T21 to T37 are all there");
    for (unsigned e = EV__NONE + 1; e < EV__COUNT; e++) check(fired[e], event_word((Event)e));
}

/* The states one step on from a set of them. */
static uint32_t next_of(uint32_t set)
{
    uint32_t next = set;
    for (size_t i = 0; i < flow_n; i++) {
        if (flow[i].from & set && flow[i].to < ST__COUNT) next |= 1U << flow[i].to;
    }
    return next;
}

static void reach(void)
{
    uint32_t set = IN(NONE);
    for (unsigned i = 0; i < ST__COUNT; i++) set = next_of(set);
    check_int(set, (1U << ST__COUNT) - 1, "every state is reached from the start");
    for (unsigned s = 0; s < ST__COUNT; s++) {
        bool leaves = (next_of(1U << s) & ~(1U << s)) != 0;
        if (!state_terminal((State)s)) check(leaves, state_word((State)s));
    }
    for (unsigned s = 1; s < ST__COUNT; s++) {
        uint32_t end = 1U << s;
        for (unsigned i = 0; i < ST__COUNT; i++) end = next_of(end);
        check(end & IN(ARCHIVED), "every case can be archived in the end");
    }
}

static void terminal_cases_rest(void)
{
    for (size_t i = 0; i < flow_n; i++) {
        Event e = flow[i].event;
        bool ending = e == EV_CLOSE || e == EV_ARCHIVE || e == EV_REOPEN;
        uint32_t terminal = IN(REJECTED) | IN(REFERRED) | IN(CLOSED) | IN(ARCHIVED);
        if (flow[i].from & terminal) check(ending, event_word(e));
        if (flow[i].to == ST__BEFORE) check(e == EV_REOPEN, "only reopening goes back");
    }
    check(!flow_find(ST_ARCHIVED, EV_CLOSE) && !flow_find(ST_ARCHIVED, EV_ARCHIVE),
          "an archived case is only reopened");
}

static void who_acts(void)
{
    static const Event timers[] = {
        EV_CORRECTION_LAPSE, EV_ORG_SILENT, EV_TIME_OUT, EV_OVERDUE, EV_SCHEDULE,
    };
    for (size_t i = 0; i < flow_n; i++) {
        const Step *s = &flow[i];
        bool timer = false, flag = s->event == EV_FLAG_COLLECTIVE || s->event == EV_FLAG_MAJOR;
        for (size_t k = 0; k < COUNT(timers); k++) timer |= s->event == timers[k];
        check(s->who != 0, "somebody may");
        check(!(s->who & ADMINS), "administrators do no business");
        bool empty = s->event == EV_PERFORM && s->from == IN(EFFECTIVE); /* nothing was left to do */
        bool last_word = s->event == EV_EXTEND; /* of a party: completes what the mediator asked */
        bool by_itself = flag || empty || last_word;
        check(timer ? s->who == SYSTEM : by_itself || !(s->who & SYSTEM), event_word(s->event));
        check(s->sides == 0 || s->who & PARTIES, "a side is a party's");
        check(s->approval == 0 || s->approval == HEAD, "the head approves");
    }
    check(flow_find(ST_REGISTERED, EV_REJECT)->approval == HEAD, "the head approves a rejection");
    check(flow_find(ST_MEDIATING, EV_SUSPEND)->approval == HEAD, "the head approves a suspension");
}

static bool listed(const char *list, Str word)
{
    Str rest = str_of(list);
    while (rest.n) {
        if (str_eq(str_cut(&rest, ' '), word)) return true;
    }
    return false;
}

/* A period of the data: with its profile, or any profile of it. */
static bool is_clock(const ClockRules *rules, Str code)
{
    for (size_t i = 0; i < rules->n; i++) {
        Str row = rules->row[i].code;
        if (!str_starts(row, code)) continue;
        if (row.n == code.n || row.s[code.n] == '.') return true;
    }
    return false;
}

static void check_clocks(const ClockRules *rules, const char *list)
{
    Str rest = str_of(list);
    while (rest.n) check(is_clock(rules, str_cut(&rest, ' ')), list);
}

static void codes(const Law *law)
{
    static const char papers[] = "D02 D03 D04 D05 D06 D07 D08 D09 D11 D12s D13 D14 D15 D16w D17 D18 D19 D20"
                                 " D21 D22 D25 D33 D38";
    for (size_t i = 0; i < flow_n; i++) {
        const Step *s = &flow[i];
        const char *const lists[] = { s->starts, s->stops, s->pauses, s->resumes, s->extends };
        for (size_t k = 0; k < COUNT(lists); k++) check_clocks(&law->clocks, lists[k]);
        Str rest = str_of(s->papers);
        while (rest.n) check(listed(papers, str_cut(&rest, ' ')), s->papers);
    }
}

/* Leaving mediation ends its period, leaving examination that of acceptance. */
static void clocks_end(void)
{
    for (size_t i = 0; i < flow_n; i++) {
        const Step *s = &flow[i];
        bool in_mediation = s->from & (SPAN(ACCEPTED, PENDING_SIGN)) && s->event != EV_CLOSE;
        bool out = s->to >= ST_EFFECTIVE && s->to <= ST_WITHDRAWN;
        if (in_mediation && out) check(listed(s->stops, S("C-MED")), event_word(s->event));
        bool before = s->from & SPAN(REGISTERED, CONSENT) && (s->to == ST_REJECTED || s->to == ST_REFERRED);
        if (before) check(listed(s->stops, S("C-ACC")), event_word(s->event));
    }
    check(listed(flow_find(ST_CORRECTION, EV_CORRECT)->starts, S("C-ACC")),
          "acceptance begins anew after correction");
    check_str(str_of(flow_find(ST_PENDING_SIGN, EV_SIGN)->starts), S("C-AREV C-JCONF"),
              "what begins with effect");
    check_str(str_of(flow_find(ST_CONSENT, EV_DECLINE)->limitation), S("LIM-4"),
              "a refusal interrupts limitation");
}

static void spans(void)
{
    static const struct { Event event; uint32_t from; } sets[] = {
        { EV_WITHDRAW, SPAN(SUBMITTED, CONSENT) | SPAN(ACCEPTED, PENDING_SIGN) },
        { EV_SETTLE,   SPAN(SUBMITTED, CONSENT) | SPAN(ACCEPTED, PENDING_SIGN) },
        { EV_TIME_OUT, SPAN(ACCEPTED, MEDIATING) | IN(PENDING_SIGN) },
        { EV_FLAG_MAJOR, SPAN(SUBMITTED, CONSENT) | SPAN(ACCEPTED, PERFORMING) },
        { EV_FLAG_COMPLEX, IN(ACCEPTED) | IN(DISPATCHED) | IN(ASSIGNED) | IN(MEDIATING) },
        { EV_CLOSE, IN(REJECTED) | IN(REFERRED) | SPAN(DEFAULTED, WITHDRAWN) },
    };
    for (size_t i = 0; i < COUNT(sets); i++) {
        uint32_t from = 0;
        for (size_t k = 0; k < flow_n; k++) {
            if (flow[k].event == sets[i].event) from |= flow[k].from;
        }
        check_int(from, sets[i].from, event_word(sets[i].event));
    }
    check(!flow_find(ST_DRAFT, EV_WITHDRAW), "a draft is not withdrawn");
    check(!flow_find(ST_REJECTED, EV_WITHDRAW) && !flow_find(ST_REFERRED, EV_SETTLE),
          "nor a case that has left");
    check(!flow_find(ST_EFFECTIVE, EV_WITHDRAW), "nor an agreement in force");
    check_int(SPAN(NONE, ARCHIVED), (1U << ST__COUNT) - 1, "the span of all");
}

static void choices(void)
{
    Choice c[EV__COUNT];
    flow_allowed(ST_MEDIATING, MEDIATOR, 0, c);
    check(c[EV_AGREE].why == WHY_OPEN && c[EV_FAIL].why == WHY_OPEN,
          "a mediator ends a mediation either way");
    check(c[EV_DISPATCH].why == WHY_STATE && !c[EV_DISPATCH].step, "no dispatch during mediation");
    check(c[EV_TIME_OUT].why == WHY_ROLE && c[EV_TIME_OUT].step, "only the clock lets time run out");
    flow_allowed(ST_MEDIATING, PARTY, RESPONDENT, c);
    check(c[EV_WITHDRAW].why == WHY_SIDE, "the respondent cannot withdraw the application");
    check(c[EV_SETTLE].why == WHY_OPEN, "but may report a settlement");
    flow_allowed(ST_MEDIATING, PARTY, APPLICANT, c);
    check(c[EV_WITHDRAW].why == WHY_OPEN, "the applicant may");
    flow_allowed(ST_MEDIATING, PARTY | CLERK, RESPONDENT, c);
    check(c[EV_WITHDRAW].why == WHY_OPEN, "a clerk records it for whoever comes");
    flow_allowed(ST_NONE, 0, 0, c);
    check(c[EV_START].why == WHY_ROLE, "the empty set of roles may nothing");
    check_str(str_of(why_word(WHY_STATE)), S("wrong_state"), "the reason's word");
}

static void exclusion(void)
{
    check(roles_clash(CLERK | HEAD | MEDIATOR) == NULL, "business roles go together");
    check(roles_clash(AUDITOR) == NULL, "one administrator alone");
    check(roles_clash(AUDITOR | SYS_ADMIN) != NULL, "two administrators do not");
    check(roles_clash(SYS_ADMIN | SEC_ADMIN) != NULL && roles_clash(SEC_ADMIN | AUDITOR) != NULL,
          "nor any other two");
    check(roles_clash(AUDITOR | STATISTICIAN) != NULL, "nor an administrator with business");
    check(roles_clash(SYSTEM) != NULL && roles_clash(SYSTEM | CLERK) != NULL, "nobody is the system");
    check(roles_clash_en(AUDITOR | CLERK) != NULL && roles_clash_en(CLERK) == NULL, "in English too");
    check(roles_clash(0) == NULL, "no role clashes with nothing");
    char buf[64];
    Out o = { .buf = buf, .cap = sizeof buf };
    roles_write(&o, CLERK | HEAD);
    check_str(out_view(&o), S("clerk head"), "a set by its words");
}

static void printed(void)
{
    char buf[1 << 16];
    Out o = { .buf = buf, .cap = sizeof buf };
    flow_markdown(&o);
    check(!o.full && str_has(out_view(&o), S("| 29 | S02 S03 S04 S05 S08")), "the table in Markdown");
    o.len = 0;
    flow_graph(&o);
    check(!o.full && str_has(out_view(&o), S("S13 --> S14 : ")), "the graph");
    check(str_has(out_view(&o), S("[*] --> S01 : ")), "its start");
    o.len = 0;
    flow_json(&o);
    check(!o.full && str_has(out_view(&o), S("\"event\":\"reopen\"")), "the rows as JSON");
}

void test_flow(void)
{
    Law law;
    Block block = lawdata_open(&law);
    words();
    unique_steps();
    reach();
    terminal_cases_rest();
    who_acts();
    codes(&law);
    clocks_end();
    spans();
    choices();
    exclusion();
    printed();
    block_close(&block);
}
