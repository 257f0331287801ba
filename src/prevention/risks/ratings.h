/*
** How grave a risk is, and how it is to be handled: ratings and plans, rows that stay.
*/
#ifndef RISK_RATINGS_H
#define RISK_RATINGS_H

#include "prevention/risks/risks.h"

/* What is known of it on a day, and what came out (append-only). */
typedef struct Rating {
    Id      id, risk_id;
    int64_t workers;
    Money   amount;
    int64_t arrears_run, arrears_months;
    bool    wage_crime, unreported;
    int64_t insurance_months;
    bool    insurance_all;
    Str     debts;
    bool    cut_off;
    int64_t insured_before, insured_now, staff, cut;
    bool    cut_told;
    int64_t complaints;
    Str     leaving, site_gaps;
    bool    site_stopped;
    Str     platform, opinion, injury;
    int64_t cases, case_people, late, late_days, broken; /* counted when it was rated */
    bool    focus;
    int64_t points;
    Str     suggested, level, reason, advice;
    Rows    signs;           /* of RatingSign, in answers */
    Id      by_id;
    Date    day;
    Time    at;
} Rating;
typedef struct RatingSign {
    Str     code, level, zh, en, basis;
    int64_t value, least;
} RatingSign;
extern const Form rating_form, rating_sign_form;

/* How it is to be handled; each further one takes the place of the one before. */
typedef struct RiskPlan {
    Id      id, risk_id;
    int64_t no;
    Str     goal, organisation, steps, reporting, support;
    Id      responsible_id;
    Date    due;
    Id      by_id;
    Time    at;
} RiskPlan;
extern const Form risk_plan_form;

bool rating_last(Ctx *c, const Risk *r, Rating *a);    /* with its signs; false: none yet */
bool risk_plan_last(Ctx *c, Id risk, RiskPlan *p);

#endif
