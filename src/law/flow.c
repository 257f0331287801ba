#include "law/flow.h"

/* Sets of states used more than once.  Rejected and referred cases are between
** the pre-acceptance states in table order but have left the procedure. */
enum {
    BEFORE_ACCEPTANCE = SPAN(SUBMITTED, CONSENT),
    BEFORE_SIGNING    = BEFORE_ACCEPTANCE | SPAN(ACCEPTED, PENDING_SIGN),
    IN_HAND           = IN(ASSIGNED) | IN(MEDIATING),
};

/* What no longer runs once a case leaves the procedure before an agreement. */
static const char all_clocks[] = "C-ACC C-CORR C-ORG-ACK C-MED C-RIGHT15";

/* Read it downwards: this is the life of a case. */
const Step flow[] = {
    { 1, IN(NONE), EV_START, ST_DRAFT, PARTIES | CLERK, "", "", "", .law = "" },
    { 2, IN(DRAFT), EV_SUBMIT, ST_SUBMITTED, PARTIES | CLERK, "C-ACC C-RIGHT15", "", "D02",
      .law = "调解仲裁法 12、14 (2008)；协商调解规定 21 (2012)", .limitation = "LIM-2" },
    { 3, IN(SUBMITTED), EV_REGISTER, ST_REGISTERED, CLERK, "", "", "", .law = "" },

    /* Examination: to be corrected, rejected, referred, asked about, or accepted. */
    { 4, IN(REGISTERED), EV_ASK_CORRECTION, ST_CORRECTION, CLERK, "C-CORR", "C-ACC", "D05", .law = "" },
    { 5, IN(CORRECTION), EV_CORRECT, ST_REGISTERED, PARTIES | CLERK, "C-ACC", "C-CORR", "",
      .law = "仲裁办案规则 46(2) (2017)，参照", .sides = APPLICANT },
    { 6, IN(CORRECTION), EV_CORRECTION_LAPSE, ST_WITHDRAWN, SYSTEM, "", "C-CORR C-RIGHT15", "", .law = "" },
    { 7, IN(REGISTERED), EV_REJECT, ST_REJECTED, CLERK, "", "C-ACC C-RIGHT15", "D04", .law = "",
      .approval = HEAD },
    { 8, IN(REGISTERED), EV_REFER, ST_REFERRED, CLERK, "", "C-ACC C-RIGHT15", "D20", .law = "" },
    { 9, IN(REGISTERED), EV_ASK_CONSENT, ST_CONSENT, CLERK, "", "", "D06",
      .law = "协商调解规定 22 (2012)" },
    { 10, IN(CONSENT), EV_DECLINE, ST_REJECTED, CLERK, "", "C-ACC C-RIGHT15", "D04 D21",
      .law = "协商调解规定 22、31(5) (2012)", .limitation = "LIM-4" },
    { 11, IN(REGISTERED) | IN(CONSENT), EV_ACCEPT, ST_ACCEPTED, CLERK, "C-MED", "C-ACC", "D03 D07",
      .law = "协商调解规定 22、29 (2012)" },
    { 12, IN(NONE), EV_TAKE_IN, ST_ACCEPTED, HEAD | LINK_ARB | LINK_COURT, "C-MED", "C-LINK-ACC", "D22",
      .law = "仲裁办案规则 70 (2017)；特邀调解规定 27 (2016)；在线调解规则 12 (2022)" },

    /* To an organisation, and to mediators. */
    { 13, IN(ACCEPTED), EV_DISPATCH, ST_DISPATCHED, DISPATCHER, "C-ORG-ACK", "", "", .law = "" },
    { 14, IN(DISPATCHED), EV_ORG_CONFIRM, ST__SAME, ORG_MANAGER, "", "C-ORG-ACK", "", .law = "" },
    { 14, IN(DISPATCHED), EV_ORG_DECLINE, ST_ACCEPTED, ORG_MANAGER, "", "C-ORG-ACK", "", .law = "" },
    { 14, IN(DISPATCHED), EV_ORG_SILENT, ST_ACCEPTED, SYSTEM, "", "C-ORG-ACK", "", .law = "" },
    { 15, IN(ACCEPTED) | IN(DISPATCHED), EV_ASSIGN, ST_ASSIGNED, DISPATCHER | ORG_MANAGER, "", "C-ORG-ACK",
      "D08", .law = "协商调解规定 25 (2012)；人民调解法 19 (2010)；特邀调解规定 15 (2016)" },
    { 16, IN_HAND, EV_RECUSE, ST__SAME, PARTIES | MEDIATORS, "", "", "D09",
      .law = "特邀调解规定 15 (2016)" },
    { 16, IN_HAND, EV_DECIDE_RECUSAL, ST__SAME, HEAD, "", "", "D09",
      .law = "仲裁办案规则 11 (2017)，参照" },
    { 16, IN_HAND | IN(SUSPENDED) | IN(PENDING_SIGN), EV_REASSIGN, ST__SAME, DISPATCHER | ORG_MANAGER, "",
      "", "D08", .law = "" },

    /* Mediation. */
    { 17, IN(ASSIGNED), EV_OPEN, ST_MEDIATING, MEDIATORS, "", "", "D11", .law = "协商调解规定 24 (2012)" },
    { 18, SPAN(ACCEPTED, MEDIATING), EV_FLAG_COMPLEX, ST__SAME, DISPATCHER | MEDIATORS, "", "", "", .law = "" },
    { 19, BEFORE_SIGNING | IN(EFFECTIVE) | IN(PERFORMING), EV_FLAG_COLLECTIVE, ST__SAME, STAFF | SYSTEM, "",
      "", "D25", .law = "调解仲裁法 7 (2008)" },
    { 19, BEFORE_SIGNING | IN(EFFECTIVE) | IN(PERFORMING), EV_FLAG_MAJOR, ST__SAME, STAFF | SYSTEM, "", "",
      "D33", .law = "" },
    { 20, IN(MEDIATING), EV_SUSPEND, ST_SUSPENDED, MEDIATORS, "", "", "D12s",
      .law = "在线调解规则 26 (2022)；特邀调解规定 18 (2016)", .pauses = "C-MED", .approval = HEAD },
    { 21, IN(SUSPENDED), EV_RESUME, ST_MEDIATING, MEDIATORS, "", "", "D12s", .law = "", .resumes = "C-MED" },
    { 22, IN_HAND, EV_EXTEND, ST__SAME, MEDIATORS | SYSTEM, "", "", "D13", .law = "协商调解规定 29 (2012)",
      .extends = "C-MED" },
    { 23, IN(MEDIATING), EV_AGREE, ST_PENDING_SIGN, MEDIATORS, "", "", "D14",
      .law = "调解仲裁法 14 (2008)；协商调解规定 26 (2012)" },
    { 24, IN(PENDING_SIGN), EV_SIGN, ST_EFFECTIVE, PARTIES | MEDIATORS | HEAD | ORG_MANAGER,
      "C-AREV C-JCONF", "C-MED C-RIGHT15", "D14",
      .law = "调解仲裁法 14 (2008)；仲裁办案规则 74 (2017)；民事诉讼法 205 (2023)" },
    { 25, IN(PENDING_SIGN), EV_REFUSE_SIGN_BACK, ST_MEDIATING, PARTIES | MEDIATORS, "", "", "", .law = "" },
    { 25, IN(PENDING_SIGN), EV_REFUSE_SIGN_END, ST_FAILED, PARTIES | MEDIATORS, "C-LINK-RET",
      "C-MED C-RIGHT15", "D15 D21", .law = "在线调解规则 25(7) (2022)" },
    { 26, IN(MEDIATING), EV_PERFORM_ON_SPOT, ST_PERFORMED, MEDIATORS, "", "C-MED C-RIGHT15", "D11 D19",
      .law = "" },
    { 27, IN_HAND, EV_FAIL, ST_FAILED, MEDIATORS, "C-LINK-RET", "C-MED C-RIGHT15", "D15 D21",
      .law = "协商调解规定 31(7) (2012)", .limitation = "LIM-6" },

    /* The end of the period: not while it is paused. */
    { 28, SPAN(ACCEPTED, MEDIATING) | IN(PENDING_SIGN), EV_TIME_OUT, ST_FAILED, SYSTEM, "C-LINK-RET",
      "C-ORG-ACK C-MED C-RIGHT15", "D15 D21", .law = "协商调解规定 29、31(7) (2012)",
      .limitation = "LIM-6" },
    { 29, BEFORE_SIGNING, EV_WITHDRAW, ST_WITHDRAWN, PARTIES | CLERK | MEDIATORS, "", all_clocks, "D16w",
      .law = "", .sides = APPLICANT },
    { 30, BEFORE_SIGNING, EV_SETTLE, ST_SETTLED, PARTIES | CLERK | MEDIATORS, "", all_clocks, "D17",
      .law = "调解仲裁法 4 (2008)；协商调解规定 11 (2012)" },

    /* Performance.  An agreement with nothing left to do goes straight to its end. */
    { 31, IN(EFFECTIVE), EV_SCHEDULE, ST_PERFORMING, SYSTEM, "", "", "", .law = "" },
    { 32, IN(PERFORMING), EV_OVERDUE, ST_DEFAULTED, SYSTEM, "", "", "D18", .law = "调解仲裁法 15 (2008)；协商调解规定 31(8) (2012)",
      .limitation = "LIM-8" },
    { 33, IN(DEFAULTED), EV_CURE, ST_PERFORMING, VISITOR | MEDIATORS, "", "", "", .law = "" },
    { 33, IN(DEFAULTED), EV_CURE_ALL, ST_PERFORMED, VISITOR | MEDIATORS, "", "", "D19", .law = "" },
    { 34, IN(EFFECTIVE), EV_PERFORM, ST_PERFORMED, VISITOR | PARTIES | SYSTEM, "", "", "D19", .law = "" },
    { 34, IN(PERFORMING), EV_PERFORM, ST_PERFORMED, VISITOR | PARTIES | MEDIATORS, "", "", "D19", .law = "" },

    /* The end, and back. */
    { 35, IN(REJECTED) | IN(REFERRED) | SPAN(DEFAULTED, WITHDRAWN), EV_CLOSE, ST_CLOSED, MEDIATORS | HEAD,
      "C-ARCH", "C-FUP.FIRST C-FUP.FINAL C-LINK-RET", "D38", .law = "" },
    { 36, IN(CLOSED), EV_ARCHIVE, ST_ARCHIVED, ARCHIVIST, "", "C-ARCH", "", .law = "" },
    { 37, IN(CLOSED) | IN(ARCHIVED), EV_REOPEN, ST__BEFORE, HEAD, "", "C-ARCH", "D38", .law = "" },
};
const size_t flow_n = COUNT(flow);

const Step *flow_find(State from, Event e)
{
    BUG_IF(from >= ST__COUNT);
    for (size_t i = 0; i < COUNT(flow); i++) {
        if (flow[i].from & 1U << from && flow[i].event == e) return &flow[i];
    }
    return NULL;
}

bool step_admits(const Step *s, uint32_t roles, uint32_t sides)
{
    uint32_t may = roles & s->who;
    if (may & ~(uint32_t)PARTIES) return true;
    return may && (s->sides == 0 || s->sides & sides);
}

void flow_allowed(State s, uint32_t roles, uint32_t sides, Choice choice[static EV__COUNT])
{
    for (unsigned e = 0; e < EV__COUNT; e++) {
        const Step *step = flow_find(s, (Event)e);
        Why why = WHY_OPEN;
        if (!step) why = WHY_STATE;
        else if (!(step->who & roles)) why = WHY_ROLE;
        else if (!step_admits(step, roles, sides)) why = WHY_SIDE;
        choice[e] = (Choice){ why, step };
    }
}
