/*
** The parameters the calculators rest on: one id a key of data/figures.csv.
*/
#ifndef CALC_RATE_H
#define CALC_RATE_H

#include "law/calendar.h"
#include "law/figure.h"

#define CALC_RATES(R)                                                                             \
    R(PAY_DAYS, "pay.days") R(PAY_HOURS, "pay.hours") R(DAY_HOURS, "hours.day")                   \
    R(LOSS_PERCENT, "pay.loss_percent") R(EXTRA_LOW, "pay.extra_low") R(EXTRA_HIGH, "pay.extra_high") \
    R(OT_WORKDAY, "overtime.workday") R(OT_RESTDAY, "overtime.restday")                           \
    R(OT_STATUTORY, "overtime.statutory") R(OT_DAY_LIMIT, "overtime.day_limit")                   \
    R(OT_DAY_USUAL, "overtime.day_usual") R(OT_MONTH_LIMIT, "overtime.month_limit")               \
    R(OT_REST_MONTHS, "overtime.rest_months")                                                     \
    R(DOUBLE_FROM, "double.from_month") R(DOUBLE_TO, "double.to_month")                           \
    R(LIMITATION, "limitation.months")                                                            \
    R(SPLIT, "compensation.split_day") R(CAP_TIMES, "compensation.cap_times")                     \
    R(CAP_YEARS, "compensation.cap_years") R(HALF_YEAR, "compensation.half_year")                 \
    R(OLD_CAP, "compensation.old_cap") R(UNLAWFUL_TIMES, "compensation.unlawful_times")           \
    R(LEAVE_DAYS, "leave.days") R(LEAVE_YEAR, "leave.year_days") R(LEAVE_RATE, "leave.rate")      \
    R(LEAVE_PERSONAL, "leave.personal_limit") R(LEAVE_SICK, "leave.sick_limit")                   \
    R(SICK_PERCENT, "sick.percent") R(SICK_CAREER, "sick.career") R(SICK_SHORT, "sick.period_short") \
    R(SICK_LONG, "sick.period_long") R(SICK_SPAN, "sick.span") R(SICK_INSURANCE, "sick.insurance") \
    R(IDLE_PERCENT, "idle.percent")                                                               \
    R(BIRTH_DAYS, "maternity.days") R(BIRTH_DIFFICULT, "maternity.difficult")                     \
    R(BIRTH_BABY, "maternity.baby") R(BIRTH_LOST, "maternity.miscarriage")                        \
    R(BIRTH_EXTRA, "maternity.extra") R(BIRTH_MONTH, "maternity.month_days")                      \
    R(BIRTH_BEFORE, "maternity.before")                                                           \
    R(HEAT_MONTH, "heat.month") R(HEAT_INSIDE, "heat.month_inside") R(HEAT_FIRST, "heat.first")   \
    R(HEAT_LAST, "heat.last") R(HEAT_OUTDOOR, "heat.outdoor_c") R(HEAT_INDOOR, "heat.indoor_c")   \
    R(HEAT_STOP, "heat.stop_c") R(HEAT_SHORT, "heat.short_c")                                     \
    R(INJ_LOW, "injury.low_percent") R(INJ_HIGH, "injury.high_percent") R(INJ_GRANT, "injury.grant") \
    R(INJ_MONTHLY, "injury.monthly") R(INJ_MEDICAL, "injury.medical") R(INJ_JOB, "injury.job")    \
    R(INJ_RETIRE_YEARS, "injury.retire_years") R(INJ_RETIRE_CUT, "injury.retire_cut")             \
    R(INJ_CARE, "injury.care") R(INJ_STOP, "injury.suspension") R(INJ_STOP_MORE, "injury.suspension_more") \
    R(ILLEGAL, "illegal.grade") R(ILLEGAL_DEATH, "illegal.death") R(ILLEGAL_OTHER, "illegal.death_other") \
    R(DEATH_FUNERAL, "death.funeral") R(DEATH_GRANT, "death.grant") R(DEATH_KIN, "death.kin")     \
    R(DEATH_LONE, "death.lone") R(URBAN_INCOME, "urban_income")                                   \
    R(PROBATION, "probation.months") R(PROBATION_OPEN, "probation.open")                          \
    R(PROBATION_PERCENT, "probation.percent")                                                     \
    R(COMPETE_PERCENT, "noncompete.percent") R(COMPETE_MONTHS, "noncompete.months")               \
    R(COMPETE_EXTRA, "noncompete.extra") R(COMPETE_UNPAID, "noncompete.unpaid")                   \
    R(FINAL_MONTHS, "final.months") R(CRIME_MONTHS, "crime.months") R(CRIME_WORKERS, "crime.workers") \
    R(CRIME_ONE_LOW, "crime.one_low") R(CRIME_ONE_HIGH, "crime.one_high")                         \
    R(CRIME_MANY_LOW, "crime.many_low") R(CRIME_MANY_HIGH, "crime.many_high")                     \
    R(WAIVER_PERCENT, "waiver.percent")                                                           \
    R(SHAM_AGREEMENTS, "sham.agreements") R(SHAM_CASES, "sham.enforcements")                       \
    R(MINIMUM_MONTH, "minimum.month") R(MINIMUM_HOUR, "minimum.hour")                             \
    R(CITY_AVERAGE, "average.month")

#define CALC_RATE_ID(id, key) P_##id,
typedef enum RateId { CALC_RATES(CALC_RATE_ID) P__COUNT } RateId;

/* Everything the law needs to know, found once at start. */
typedef struct CalcData {
    FigureSpan       rate[P__COUNT];
    const Calendar *calendar;
} CalcData;

/* NULL, or the first key that data/figures.csv lacks. */
const char *calc_data(CalcData *data, const Figures *figures, const Calendar *calendar);

#endif
