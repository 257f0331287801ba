/* The examples of the specification, and every boundary one before, on, after. */
#include "unit/calc_desk.h"
#include "core/calc_read.h"
#include "law/calc_default.h"
#include "unit/suites.h"

#include <stdio.h>
#include <string.h>

#define CITY ",\"city_average_fen\":\"850000\"}"

static const Case pay[] = {
    { "A01", "{\"monthly_fen\":\"600000\",\"months\":3,\"paid_fen\":\"450000\"}", 1350000 },
    { "A01", "{\"periods\":[{\"due_fen\":600000,\"paid_fen\":450000},{\"due_fen\":600000},{\"due_fen\":600000}]}", 1350000 },
    { "A01", "{\"periods\":[{\"due_fen\":600000,\"withheld_fen\":60000,\"paid_fen\":600000}]}", 0 },
    /* loss: at most 20 %, and never below the minimum wage */
    { "A01", "{\"minimum_fen\":0,\"periods\":[{\"due_fen\":600000,\"loss_fen\":120000}]}", 480000 },
    { "A01", "{\"minimum_fen\":0,\"periods\":[{\"due_fen\":600000,\"loss_fen\":120001}]}", 480000 },
    { "A01", "{\"minimum_fen\":550000,\"periods\":[{\"due_fen\":600000,\"loss_fen\":120000}]}", 550000 },
    { "A01", "{\"minimum_fen\":700000,\"periods\":[{\"due_fen\":600000,\"loss_fen\":120000}]}", 600000 },
    { "A01", "{\"periods\":[{\"due_fen\":600000,\"loss_fen\":1}]}", -1 },
    { "A01", "{}", -1 },
    /* what was paid or withheld in all goes off the periods too */
    { "A01", "{\"periods\":[{\"due_fen\":600000},{\"due_fen\":600000},{\"due_fen\":600000}],\"paid_fen\":450000}", 1350000 },
    { "A01", "{\"periods\":[{\"due_fen\":600000,\"paid_fen\":1}],\"paid_fen\":2,\"withheld_fen\":3}", 599994 },
    { "A01", "{\"periods\":[{\"due_fen\":600000}],\"monthly_fen\":600000,\"months\":1}", -1 },
    { "A04", "{\"minimum_fen\":220000,\"periods\":[{\"paid_fen\":210000}],\"paid_fen\":1}", -1 },
    { "A04", "{\"region\":\"440306\",\"wage_class\":2,\"paid_fen\":200000}", -1 },
    { "A04", "{\"region\":\"440106\",\"wage_class\":2,\"paid_fen\":200000}", 8000 },
    { "G04", "{\"death\":\"2026-03-05\",\"own_wage_fen\":1,\"relatives\":[{\"kin\":\"spouse\"},{\"kin\":\"spouse\"}]}", -1 },
    { "A01", "{\"monthly_fen\":100001,\"months\":1,\"order_missed\":true,\"extra_percent\":50}", 150002 },
    { "A01", "{\"monthly_fen\":100000,\"months\":1,\"order_missed\":true}", 100000 },
    { "A01", "{\"monthly_fen\":100000,\"months\":1,\"order_missed\":true,\"extra_percent\":49.9999}", -1 },
    { "A01", "{\"monthly_fen\":100000,\"months\":1,\"extra_percent\":100}", 100000 },
    { "A04", "{\"minimum_fen\":220000,\"months\":4,\"paid_fen\":260000,\"overtime_fen\":40000,\"allowance_fen\":30000}", 120000 },
    { "A04", "{\"minimum_fen\":220000,\"paid_fen\":219999}", 1 },
    { "A04", "{\"minimum_fen\":220000,\"paid_fen\":220000}", 0 },
    { "A04", "{\"minimum_fen\":220000,\"paid_fen\":10,\"overtime_fen\":20}", 220000 },
    { "A04", "{\"minimum_fen\":220000,\"periods\":[{\"paid_fen\":210000},{\"paid_fen\":0,\"normal\":false}]}", 10000 },
    { "A04", "{\"region\":\"31\",\"paid_fen\":270000}", 4000 },
    { "A04", "{\"region\":\"330282\",\"wage_class\":2,\"paid_fen\":200000}", 26000 },
    { "A04", "{\"region\":\"330282\",\"paid_fen\":200000}", -1 },
    { "A04", "{\"region\":\"440305\",\"paid_fen\":250000}", 2000 },
    { "A04", "{\"paid_fen\":200000}", -1 },
    /* rounded once, not the month first */
    { "A04", "{\"part_time\":true,\"worked_hours\":97.03,\"minimum_hour_fen\":2086,\"months\":21,\"paid_fen\":342137,"
             "\"overtime_fen\":54446,\"allowance_fen\":102923}", 370368 },
    { "A04", "{\"part_time\":true,\"worked_hours\":60.5,\"minimum_hour_fen\":2000,\"paid_fen\":100000}", 21000 },
    { "A05", "{\"from\":\"2026-03-01\",\"to\":\"2026-03-31\",\"monthly_fen\":500000}", 500000 },
    { "A05", "{\"from\":\"2026-03-01\",\"to\":\"2026-04-30\",\"monthly_fen\":500000,\"minimum_fen\":200000}", 660000 },
    { "A05", "{\"from\":\"2026-03-01\",\"to\":\"2026-04-01\",\"monthly_fen\":500000,\"minimum_fen\":200000}", 507356 },
    /* from a 31st: the second month ends on 30 March */
    /* 22 working days of a month that is not full are no more than the month */
    { "A05", "{\"from\":\"2011-10-17\",\"to\":\"2011-11-15\",\"monthly_fen\":2281200}", 2281200 },
    { "A05", "{\"from\":\"2011-10-17\",\"to\":\"2011-11-14\",\"monthly_fen\":217500}", 210000 },
    { "A05", "{\"from\":\"2025-01-31\",\"to\":\"2025-03-30\",\"monthly_fen\":500000,\"minimum_fen\":200000}", 660000 },
    { "A05", "{\"from\":\"2025-01-31\",\"to\":\"2025-03-31\",\"monthly_fen\":500000,\"minimum_fen\":200000}", 667356 },
    { "A08", "{\"heat_fen\":30000,\"months\":4,\"paid_fen\":20000}", 100000 },
    { "A08", "{\"region\":\"32\",\"from\":\"2026-05-01\",\"to\":\"2026-10-31\"}", 120000 },
    { "A08", "{\"region\":\"32\",\"from\":\"2026-05-31\",\"to\":\"2026-06-01\"}", 30000 },
    { "A08", "{\"heat_fen\":30000,\"months\":1,\"outdoor_c\":35}", 30000 },
    { "A08", "{\"heat_fen\":30000,\"months\":1,\"outdoor_c\":\"34.9\"}", 0 },
    { "A08", "{\"heat_fen\":30000,\"months\":1,\"indoor_c\":33}", 30000 },
    { "A08", "{\"heat_fen\":30000,\"months\":1,\"indoor_c\":32.9}", 0 },
    { "A08", "{\"heat_day_fen\":1200,\"days\":10}", 12000 },
    { "A08", "{\"region\":\"45\",\"months\":1}", -1 },
};

static const Case overtime[] = {
    { "A02", "{\"monthly_fen\":500000,\"hours\":[{\"date\":\"2025-09-10\",\"hours\":10,\"overtime\":true}]}", 43103 },
    { "A02", "{\"monthly_fen\":500000,\"hours\":[{\"date\":\"2025-09-13\",\"hours\":8}]}", 45977 },
    { "A02", "{\"monthly_fen\":500000,\"hours\":[{\"date\":\"2025-10-01\",\"hours\":8}]}", 68966 },
    /* AS-19 */
    { "A02", "{\"monthly_fen\":696000,\"hours\":[{\"date\":\"2025-10-01\",\"hours\":8},{\"date\":\"2025-10-02\",\"hours\":8},"
             "{\"date\":\"2025-10-03\",\"hours\":8},{\"date\":\"2025-10-06\",\"hours\":8},"
             "{\"date\":\"2025-10-04\",\"hours\":8,\"rested\":false},{\"date\":\"2025-10-11\",\"hours\":10}]}", 460000 },
    /* beyond eight hours of a working day, make-up days among them */
    { "A02", "{\"monthly_fen\":696000,\"hours\":[{\"date\":\"2025-10-11\",\"hours\":8}]}", 0 },
    { "A02", "{\"monthly_fen\":696000,\"hours\":[{\"date\":\"2025-10-11\",\"hours\":8.5}]}", 3000 },
    { "A02", "{\"monthly_fen\":696000,\"hours\":[{\"date\":\"2025-10-11\",\"hours\":7.5}]}", 0 },
    { "A02", "{\"monthly_fen\":696000,\"hours\":[{\"date\":\"2025-10-11\",\"hours\":2}]}", 12000 },
    { "A02", "{\"monthly_fen\":696000,\"hours\":[{\"date\":\"2025-10-11\",\"hours\":2,\"overtime\":false}]}", 0 },
    { "A02", "{\"monthly_fen\":696000,\"hours\":[{\"date\":\"2025-10-11\",\"hours\":8},{\"date\":\"2025-10-11\",\"hours\":2}]}", 12000 },
    /* rest: only a rest day's work can be rested off */
    { "A02", "{\"monthly_fen\":696000,\"hours\":[{\"date\":\"2025-10-04\",\"hours\":8,\"rested\":true}]}", 0 },
    { "A02", "{\"monthly_fen\":696000,\"hours\":[{\"date\":\"2025-10-01\",\"hours\":8,\"rested\":true}]}", 96000 },
    /* 2024 has 11 statutory days: 2 May was none, in 2025 it is one */
    { "A02", "{\"monthly_fen\":696000,\"hours\":[{\"date\":\"2024-05-02\",\"hours\":1}]}", 8000 },
    { "A02", "{\"monthly_fen\":696000,\"hours\":[{\"date\":\"2025-05-02\",\"hours\":1}]}", 12000 },
    /* the day off for a statutory day on a weekend is a rest day */
    { "A02", "{\"monthly_fen\":696000,\"hours\":[{\"date\":\"2026-04-06\",\"hours\":1}]}", 8000 },
    { "A02", "{\"monthly_fen\":696000,\"hours\":[{\"date\":\"2026-04-05\",\"hours\":1}]}", 12000 },
    /* across midnight into a statutory day: two hours of a working day, two of a holiday */
    { "A02", "{\"monthly_fen\":696000,\"hours\":[{\"date\":\"2025-09-30\",\"start\":\"22:00\",\"hours\":4,\"overtime\":true}]}", 36000 },
    /* a night shift of working days is eight normal hours; into a Saturday it is not */
    { "A02", "{\"monthly_fen\":696000,\"hours\":[{\"date\":\"2025-09-10\",\"start\":\"22:00\",\"hours\":8}]}", 0 },
    { "A02", "{\"monthly_fen\":696000,\"hours\":[{\"date\":\"2025-09-12\",\"start\":\"22:00\",\"hours\":4}]}", 28000 },
    /* a whole shift has no extension before midnight, nor within its first eight hours after it */
    { "A02", "{\"monthly_fen\":696000,\"hours\":[{\"date\":\"2025-09-30\",\"start\":\"22:00\",\"hours\":8}]}", 72000 },
    { "A02", "{\"monthly_fen\":696000,\"hours\":[{\"date\":\"2026-03-06\",\"start\":\"22:00\",\"hours\":8}]}", 48000 },
    { "A02", "{\"monthly_fen\":696000,\"hours\":[{\"date\":\"2026-03-08\",\"start\":\"19:00\",\"hours\":8}]}", 40000 },
    { "A02", "{\"monthly_fen\":696000,\"hours\":[{\"date\":\"2026-03-08\",\"start\":\"14:00\",\"hours\":12}]}", 92000 },
    { "A02", "{\"monthly_fen\":696000,\"hours\":[{\"date\":\"2026-03-06\",\"start\":\"22:00\",\"hours\":8,\"overtime\":true}]}", 60000 },
    /* to the minute: 22:20 on the eve of a holiday, 1 h 40 before midnight and 20 minutes after */
    { "A02", "{\"monthly_fen\":696000,\"hours\":[{\"date\":\"2025-09-30\",\"start\":\"22:20\",\"hours\":2,\"overtime\":true}]}", 14000 },
    { "A02", "{\"monthly_fen\":696000,\"hours\":[{\"date\":\"1949-12-31\",\"hours\":1}]}", -1 },
    { "A02", "{\"monthly_fen\":696000,\"hours\":[{\"date\":\"2200-01-01\",\"hours\":1}]}", -1 },
    /* Jiangsu: rest within six months */
    { "A02", "{\"monthly_fen\":696000,\"region\":\"32\",\"wage_class\":1,\"hours\":[{\"date\":\"2025-10-04\",\"hours\":1,"
             "\"rested\":true,\"rest_day\":\"2026-04-04\"}]}", 0 },
    { "A02", "{\"monthly_fen\":696000,\"region\":\"32\",\"wage_class\":1,\"hours\":[{\"date\":\"2025-10-04\",\"hours\":1,"
             "\"rested\":true,\"rest_day\":\"2026-04-05\"}]}", 8000 },
    { "A02", "{\"monthly_fen\":696000,\"region\":\"33\",\"wage_class\":1,\"hours\":[{\"date\":\"2025-10-04\",\"hours\":1,"
             "\"rested\":true,\"rest_day\":\"2026-12-05\"}]}", 0 },
    { "A02", "{\"monthly_fen\":174000,\"minimum_fen\":348000,\"hours\":[{\"date\":\"2025-10-01\",\"hours\":1}]}", 6000 },
    { "A02", "{\"monthly_fen\":696000,\"system\":\"flexible\",\"hours\":[{\"date\":\"2025-10-01\",\"hours\":8}]}", 0 },
    { "A02", "{\"monthly_fen\":696000,\"system\":\"comprehensive\",\"standard_hours\":10,\"hours\":[{\"date\":\"2025-10-01\",\"hours\":1},"
             "{\"date\":\"2025-10-04\",\"hours\":8},{\"date\":\"2025-10-09\",\"hours\":4}]}", 24000 },
    { "A02", "{\"monthly_fen\":696000,\"system\":\"comprehensive\",\"hours\":[{\"date\":\"2025-10-01\",\"hours\":1}]}", -1 },
    { "A02", "{\"monthly_fen\":696000,\"hours\":[{\"date\":\"2025-10-01\",\"hours\":13},{\"date\":\"2025-10-01\",\"hours\":12}]}", -1 },
    { "A02", "{\"monthly_fen\":696000,\"hours\":[]}", -1 },
};

static const Case twice[] = {
    { "A09", "{\"hire\":\"2025-03-10\",\"signed\":\"2025-09-25\",\"monthly_fen\":800000}", 4404598 },
    { "A09", "{\"hire\":\"2024-01-15\",\"asked\":\"2025-06-30\",\"monthly_fen\":700000}", 7700000 },
    { "A09", "{\"hire\":\"2025-03-10\",\"signed\":\"2025-04-10\",\"monthly_fen\":800000}", 0 },
    { "A09", "{\"hire\":\"2025-03-10\",\"signed\":\"2025-04-11\",\"monthly_fen\":800000}", 36782 },
    { "A09", "{\"hire\":\"2025-03-10\",\"signed\":\"2025-04-09\",\"monthly_fen\":800000}", 0 },
    { "A09", "{\"hire\":\"2025-03-10\",\"signed\":\"2025-05-10\",\"monthly_fen\":800000}", 800000 },
    { "A09", "{\"hire\":\"2025-03-10\",\"signed\":\"2026-03-10\",\"monthly_fen\":800000}", 8800000 },
    { "A09", "{\"hire\":\"2025-03-10\",\"signed\":\"2027-01-01\",\"monthly_fen\":800000}", 8800000 },
    { "A09", "{\"hire\":\"2025-03-10\",\"last_day\":\"2025-04-09\",\"monthly_fen\":800000}", 0 },
    { "A09", "{\"hire\":\"2025-03-10\",\"last_day\":\"2025-05-09\",\"monthly_fen\":800000}", 800000 },
    /* from the 31st: months end where the months end */
    { "A09", "{\"hire\":\"2025-01-31\",\"signed\":\"2025-04-30\",\"monthly_fen\":800000}", 1600000 },
    { "A09", "{\"hire\":\"2025-01-31\",\"signed\":\"2025-03-31\",\"monthly_fen\":800000}", 800000 },
    /* hired before the Labour Contract Law: from 2008-02-01 to 2008-12-31 (97(2)) */
    { "A09", "{\"hire\":\"2006-05-10\",\"no_contract\":true,\"monthly_fen\":200000}", 2200000 },
    { "A09", "{\"hire\":\"2006-05-10\",\"last_day\":\"2008-02-01\",\"monthly_fen\":217500}", 10000 },
    { "A09", "{\"hire\":\"2006-05-10\",\"last_day\":\"2008-01-31\",\"monthly_fen\":217500}", 0 },
    { "A09", "{\"hire\":\"2006-05-10\",\"last_day\":\"2007-06-30\",\"monthly_fen\":217500}", 0 },
    { "A09", "{\"hire\":\"2006-05-10\",\"signed\":\"2008-03-01\",\"monthly_fen\":200000}", 200000 },
    { "A09", "{\"hire\":\"2025-03-10\",\"monthly_fen\":800000,\"exempt\":\"auto_extended\"}", 0 },
    { "A09", "{\"hire\":\"2025-03-10\",\"no_contract\":true,\"signed\":\"2025-03-10\",\"monthly_fen\":800000}", -1 },
};

/* The official cases whose sums can be worked out (worked_check of data/cases). */
static const Case official[] = {
    /* MOHRSS-SPC-2021-B2-01: two months served, 0.5 × 8000 × 2 */
    { "B02", "{\"hire\":\"2020-06-15\",\"last_day\":\"2020-08-20\",\"average_fen\":800000}", 800000 },
    /* MOHRSS-SPC-2021-B2-06: a year and ten months, 2 × 3500 × 2 */
    { "B02", "{\"hire\":\"2018-09-01\",\"last_day\":\"2020-07-15\",\"average_fen\":350000}", 1400000 },
    /* MOHRSS-SPC-2025-B4-01: thirteen months, none confirmed beyond twelve */
    { "G", "{\"grade\":3,\"own_wage_fen\":500000,\"city_average_fen\":500000,\"suspension_months\":13,\"monthly_fen\":100000}",
      23 * 500000 + 12 * 100000 },
    /* MOHRSS-SPC-2025-B4-02: paid 3000 of 17000 a month while pregnant */
    { "A01", "{\"monthly_fen\":1700000,\"months\":1,\"paid_fen\":300000}", 1400000 },
    /* MOHRSS-SPC-2025-B4-03: six months of 8400, less what the fund paid */
    { "A01", "{\"monthly_fen\":840000,\"months\":6,\"paid_fen\":1376664}", 3663336 },
};

static const Case ends[] = {
    /* a task that ended before 2008 gave nothing by the rules of then (97(3)) */
    { "B01", "{\"hire\":\"1990-07-09\",\"last_day\":\"2026-03-31\",\"average_fen\":100000,\"reason\":\"task_done\"}", 1850000 },
    { "B01", "{\"hire\":\"1990-07-09\",\"last_day\":\"2026-03-31\",\"average_fen\":100000,\"reason\":\"layoff\"}", 3650000 },
    { "B01", "{\"hire\":\"2009-05-01\",\"last_day\":\"2025-06-30\",\"average_fen\":1200000" CITY, 19800000 },
    { "B01", "{\"hire\":\"2009-05-01\",\"last_day\":\"2025-06-30\",\"average_fen\":3000000" CITY, 30600000 },
    /* the cap: strictly above three times, and only then twelve years */
    { "B01", "{\"hire\":\"2009-05-01\",\"last_day\":\"2025-06-30\",\"average_fen\":2550000" CITY, 42075000 },
    { "B01", "{\"hire\":\"2009-05-01\",\"last_day\":\"2025-06-30\",\"average_fen\":2550001" CITY, 30600000 },
    { "B01", "{\"hire\":\"2014-05-01\",\"last_day\":\"2025-06-30\",\"average_fen\":2550001" CITY, 29325000 },
    { "B01", "{\"hire\":\"2024-01-01\",\"last_day\":\"2024-06-30\",\"average_fen\":1000000}", 1000000 },
    { "B01", "{\"hire\":\"2024-01-01\",\"last_day\":\"2024-06-29\",\"average_fen\":1000000}", 500000 },
    { "B01", "{\"hire\":\"2024-01-01\",\"last_day\":\"2024-12-31\",\"average_fen\":1000000}", 1000000 },
    { "B01", "{\"hire\":\"2024-01-01\",\"last_day\":\"2025-01-01\",\"average_fen\":1000000}", 1500000 },
    { "B01", "{\"hire\":\"2024-01-01\",\"last_day\":\"2024-01-01\",\"average_fen\":1000001}", 500001 },
    { "B01", "{\"hire\":\"2024-08-31\",\"last_day\":\"2025-02-27\",\"average_fen\":1000000}", 1000000 },
    { "B01", "{\"hire\":\"2024-08-31\",\"last_day\":\"2025-02-26\",\"average_fen\":1000000}", 500000 },
    { "B01", "{\"hire\":\"2024-02-29\",\"last_day\":\"2025-02-27\",\"average_fen\":1000000}", 1000000 },
    { "B01", "{\"hire\":\"2024-01-01\",\"last_day\":\"2023-12-31\",\"average_fen\":1000000}", -1 },
    /* the floor */
    { "B01",
      "{\"hire\":\"2024-01-01\",\"last_day\":\"2024-12-31\",\"average_fen\":199999,\"minimum_fen\":200000}",
      200000 },
    { "B01",
      "{\"hire\":\"2024-01-01\",\"last_day\":\"2024-12-31\",\"average_fen\":200001,\"minimum_fen\":200000}",
      200001 },
    /* 2008 */
    { "B01", "{\"hire\":\"2005-03-01\",\"last_day\":\"2025-08-31\",\"average_fen\":900000}", 18900000 },
    { "B01",
      "{\"hire\":\"2005-03-01\",\"last_day\":\"2025-08-31\",\"average_fen\":900000,\"reason\":\"expiry\"}",
      16200000 },
    { "B01", "{\"hire\":\"2008-01-01\",\"last_day\":\"2025-08-31\",\"average_fen\":900000}", 16200000 },
    { "B01", "{\"hire\":\"2007-12-31\",\"last_day\":\"2025-08-31\",\"average_fen\":900000}", 17100000 },
    { "B01",
      "{\"hire\":\"1990-01-01\",\"last_day\":\"2008-12-31\",\"average_fen\":100000,\"reason\":\"agreed\"}",
      1300000 },
    { "B01",
      "{\"hire\":\"1990-01-01\",\"last_day\":\"2008-12-31\",\"average_fen\":100000,\"reason\":\"layoff\"}",
      1900000 },
    /* reasons that give none */
    { "B01",
      "{\"hire\":\"2024-01-01\",\"last_day\":\"2024-12-31\",\"average_fen\":1000000,\"reason\":\"resign\"}",
      0 },
    { "B01",
      "{\"hire\":\"2024-01-01\",\"last_day\":\"2024-12-31\",\"average_fen\":1000000,\"reason\":"
      "\"misconduct\"}",
      0 },
    { "B01",
      "{\"hire\":\"2024-01-01\",\"last_day\":\"2024-12-31\",\"average_fen\":1000000,\"reason\":\"expiry_"
      "refused\"}",
      0 },
    { "B01",
      "{\"hire\":\"2024-01-01\",\"last_day\":\"2024-12-31\",\"average_fen\":1000000,\"reason\":\"task_"
      "done\"}",
      1000000 },
    { "B01",
      "{\"hire\":\"2024-01-01\",\"last_day\":\"2024-12-31\",\"average_fen\":1000000,\"part_time\":true}",
      0 },
    /* earlier service is added, unless compensated */
    { "B01",
      "{\"hire\":\"2024-01-01\",\"last_day\":\"2024-12-31\",\"average_fen\":1000000,\"earlier_months\":18}",
      3000000 },
    { "B01",
      "{\"hire\":\"2024-01-01\",\"last_day\":\"2024-12-31\",\"average_fen\":1000000,\"earlier_months\":17}",
      2500000 },
    { "B01",
      "{\"hire\":\"2024-01-01\",\"last_day\":\"2024-12-31\",\"average_fen\":1000000,\"earlier_months\":18,"
      "\"earlier_paid\":true}",
      1000000 },
    { "B02", "{\"hire\":\"2005-03-01\",\"last_day\":\"2025-08-31\",\"average_fen\":900000}", 37800000 },
    { "B02", "{\"hire\":\"2005-03-01\",\"last_day\":\"2025-08-31\",\"average_fen\":3000000" CITY, 61200000 },
    { "B02", "{\"hire\":\"2020-06-01\",\"last_day\":\"2020-08-01\",\"average_fen\":800000}", 800000 },
    { "B02", "{\"hire\":\"2018-09-01\",\"last_day\":\"2020-06-30\",\"average_fen\":350000}", 1400000 },
    { "B03",
      "{\"hire\":\"2022-09-01\",\"last_day\":\"2026-01-31\",\"average_fen\":1000000,\"last_month_fen\":"
      "1100000}",
      4600000 },
    { "B03",
      "{\"hire\":\"2022-09-01\",\"last_day\":\"2026-01-31\",\"average_fen\":1000000,\"last_month_fen\":"
      "1100000,\"notice_given\":true}",
      3500000 },
    { "B03",
      "{\"hire\":\"2022-09-01\",\"last_day\":\"2026-01-31\",\"average_fen\":1000000,\"last_month_fen\":"
      "1100000,\"reason\":\"expiry\"}",
      3500000 },
    { "B03", "{\"hire\":\"2022-09-01\",\"last_day\":\"2026-01-31\",\"average_fen\":1000000}", -1 },
};

static const Case leaves[] = {
    { "A07", "{\"career_years\":12,\"last_day\":\"2025-09-30\",\"taken_days\":3,\"average_fen\":870000}",
      320000 },
    { "A07",
      "{\"career_years\":12,\"last_day\":\"2025-09-30\",\"taken_days\":3,\"average_fen\":870000,\"waived\":"
      "true}",
      0 },
    { "A07", "{\"career_years\":12,\"last_day\":\"2025-09-30\",\"taken_days\":8,\"average_fen\":870000}",
      0 },
    { "A07", "{\"career_years\":1,\"year\":2025,\"average_fen\":217500}", 100000 },
    { "A07", "{\"career_years\":0.9999,\"year\":2025,\"average_fen\":217500}", 0 },
    { "A07", "{\"career_years\":9.9999,\"year\":2025,\"average_fen\":217500}", 100000 },
    { "A07", "{\"career_years\":10,\"year\":2025,\"average_fen\":217500}", 200000 },
    { "A07", "{\"career_years\":\"19.9\",\"year\":2025,\"average_fen\":217500}", 200000 },
    { "A07", "{\"career_years\":20,\"year\":2025,\"average_fen\":217500}", 300000 },
    /* 73 of 365 days give one of five, 72 none; the divisor stays in a leap year */
    { "A07", "{\"career_years\":1,\"last_day\":\"2025-03-14\",\"average_fen\":217500}", 20000 },
    { "A07", "{\"career_years\":1,\"last_day\":\"2025-03-13\",\"average_fen\":217500}", 0 },
    { "A07", "{\"career_years\":20,\"last_day\":\"2024-12-31\",\"average_fen\":217500}", 300000 },
    { "A07", "{\"career_years\":10,\"year\":2025,\"sick_months\":3,\"average_fen\":217500}", 0 },
    { "A07", "{\"career_years\":10,\"year\":2025,\"sick_months\":2.9,\"average_fen\":217500}", 200000 },
    { "A07", "{\"career_years\":5,\"year\":2025,\"sick_months\":2,\"average_fen\":217500}", 0 },
    { "A07", "{\"career_years\":5,\"year\":2025,\"personal_days\":20,\"average_fen\":217500}", 0 },
    { "A07", "{\"career_years\":5,\"year\":2025,\"personal_days\":19.5,\"average_fen\":217500}", 100000 },
    { "A07", "{\"career_years\":5,\"year\":2025,\"continuous\":false,\"average_fen\":217500}", 0 },
    { "A07", "{\"career_years\":5,\"year\":2025,\"average_fen\":500000,\"leave_average_fen\":217500}",
      100000 },
    { "A07", "{\"career_years\":5,\"last_day\":\"2025-12-31\"}", -1 },
    { "A07", "{\"career_years\":5,\"average_fen\":217500}", -1 },
    { "A06",
      "{\"from\":\"2026-03-01\",\"to\":\"2026-04-30\",\"career_years\":1,\"employer_years\":1,\"minimum_"
      "fen\":200000}",
      320000 },
    { "A06",
      "{\"from\":\"2026-03-01\",\"to\":\"2026-04-30\",\"career_years\":1,\"employer_years\":1,\"minimum_"
      "fen\":200000,\"agreed_fen\":160001}",
      320002 },
    { "A06", "{\"from\":\"2026-03-01\",\"career_years\":1}", -1 },
    { "K01", "{\"insured\":false,\"monthly_fen\":600000,\"region\":\"33\",\"child\":1}", 3160000 },
    { "K01", "{\"insured\":false,\"monthly_fen\":600000,\"region\":\"33\",\"child\":2}", 3760000 },
    { "K01", "{\"insured\":false,\"monthly_fen\":30000,\"extra_days\":0}", 98000 },
    { "K01",
      "{\"insured\":false,\"monthly_fen\":30000,\"extra_days\":0,\"delivery\":\"difficult\",\"babies\":3}",
      143000 },
    { "K01",
      "{\"insured\":false,\"monthly_fen\":30000,\"delivery\":\"miscarriage\",\"pregnant_months\":3.9}",
      15000 },
    { "K01", "{\"insured\":false,\"monthly_fen\":30000,\"delivery\":\"miscarriage\",\"pregnant_months\":4}",
      42000 },
    { "K01", "{\"insured\":true,\"employer_average_fen\":30000,\"monthly_fen\":60000,\"extra_days\":0}",
      98000 },
    { "K01", "{\"insured\":true,\"monthly_fen\":60000,\"extra_days\":0}", -1 },
    { "K01", "{\"insured\":false,\"monthly_fen\":60000,\"region\":\"45\"}", -1 },
};

static const Case injuries[] = {
    { "G",
      "{\"grade\":9,\"own_wage_fen\":700000,\"city_average_fen\":800000,\"province_average_fen\":820000,"
      "\"region\":\"33\",\"insured\":true}",
      12860000 },
    { "G",
      "{\"grade\":9,\"own_wage_fen\":700000,\"city_average_fen\":800000,\"province_average_fen\":820000,"
      "\"region\":\"33\",\"insured\":false}",
      12860000 },
    /* 60 % to 300 %: on the border, a fen beyond */
    { "G", "{\"grade\":1,\"own_wage_fen\":479999,\"city_average_fen\":800000,\"insured\":true}", 12960000 },
    { "G", "{\"grade\":1,\"own_wage_fen\":480001,\"city_average_fen\":800000,\"insured\":true}", 12960027 },
    { "G", "{\"grade\":1,\"own_wage_fen\":2400001,\"city_average_fen\":800000,\"insured\":true}", 64800000 },
    { "G", "{\"grade\":10,\"own_wage_fen\":700000,\"city_average_fen\":800000,\"ended\":false}", 4900000 },
    { "G", "{\"grade\":10,\"own_wage_fen\":700000,\"ended\":true}", -1 },
    { "G",
      "{\"grade\":10,\"own_wage_fen\":700000,\"ended\":true,\"medical_subsidy_fen\":100,\"job_subsidy_fen\":"
      "200}",
      4900300 },
    { "G",
      "{\"grade\":9,\"own_wage_fen\":700000,\"province_average_fen\":820000,\"region\":\"33\",\"retire_"
      "years\":5}",
      12860000 },
    { "G",
      "{\"grade\":9,\"own_wage_fen\":700000,\"province_average_fen\":820000,\"region\":\"33\",\"retire_"
      "years\":4}",
      12204000 },
    { "G",
      "{\"grade\":9,\"own_wage_fen\":700000,\"province_average_fen\":820000,\"region\":\"33\",\"retire_"
      "years\":0}",
      9580000 },
    { "G", "{\"grade\":1,\"own_wage_fen\":100000,\"suspension_months\":12,\"monthly_fen\":100000}",
      3900000 },
    { "G", "{\"grade\":1,\"own_wage_fen\":100000,\"suspension_months\":13,\"monthly_fen\":100000}",
      3900000 },
    { "G",
      "{\"grade\":1,\"own_wage_fen\":100000,\"suspension_months\":25,\"extended\":true,\"monthly_fen\":"
      "100000}",
      5100000 },
    { "G", "{\"grade\":11,\"own_wage_fen\":100000}", -1 },
    { "G", "{\"grade\":0,\"own_wage_fen\":100000}", -1 },
    { "G04", "{\"death\":\"2026-03-05\"}", 113004000 },
    { "G04", "{\"death\":\"2025-12-30\"}", 108376000 },
    { "G04", "{\"death\":\"2026-01-01\"}", 113004000 },
    { "G04", "{\"death\":\"2025-12-31\",\"city_average_fen\":800000}", 113176000 },
    { "G04", "{\"death\":\"2027-01-01\"}", -1 },
    { "G04", "{\"death\":\"2027-01-01\",\"urban_income_fen\":100}", 2000 },
    { "G04", "{\"death\":\"2026-03-05\",\"after_suspension\":true,\"city_average_fen\":100}", 600 },
    { "G05", "{\"grade\":1,\"annual_average_fen\":100}", 1600 },
    { "G05", "{\"grade\":10,\"annual_average_fen\":100}", 100 },
    { "G05", "{\"death\":\"2026-03-05\"}", 169506000 },
    { "G05", "{\"death\":\"2026-03-05\",\"grade\":1}", -1 },
};

static const Case terms[] = {
    { "D03", "{\"contract_months\":12,\"served_months\":6,\"probation_fen\":400000,\"monthly_fen\":500000}", 2000000 },
    { "D03", "{\"contract_months\":2.9,\"served_months\":1,\"monthly_fen\":500000}", 500000 },
    { "D03", "{\"contract_months\":3,\"served_months\":1,\"monthly_fen\":500000}", 0 },
    { "D03", "{\"contract_months\":11.9,\"served_months\":2,\"monthly_fen\":500000}", 500000 },
    { "D03", "{\"contract_months\":12,\"served_months\":2,\"monthly_fen\":500000}", 0 },
    { "D03", "{\"contract_months\":35.9,\"served_months\":3,\"monthly_fen\":500000}", 500000 },
    { "D03", "{\"contract_months\":36,\"served_months\":6,\"monthly_fen\":500000}", 0 },
    { "D03", "{\"term\":\"open\",\"served_months\":7,\"monthly_fen\":500000}", 500000 },
    { "D03", "{\"term\":\"task\",\"served_months\":1,\"monthly_fen\":500000}", 500000 },
    { "D03", "{\"contract_months\":36,\"second\":true,\"served_months\":1,\"monthly_fen\":500000}", 500000 },
    { "D03", "{\"contract_months\":12,\"served_months\":2,\"probation_fen\":399999,\"monthly_fen\":500000}", 2 },
    { "D03", "{\"contract_months\":12,\"served_months\":2,\"probation_fen\":400000,\"minimum_fen\":400001,\"monthly_fen\":500000}", 2 },
    { "D03", "{\"served_months\":2,\"monthly_fen\":500000}", -1 },
    { "B07", "{\"average_fen\":1000000,\"months\":8}", 2400000 },
    { "B07", "{\"average_fen\":600000,\"minimum_fen\":249000,\"months\":8}", 1992000 },
    { "B07", "{\"average_fen\":1000000,\"months\":25}", 7200000 },
    { "B07", "{\"average_fen\":1000000,\"months\":8,\"ended_early\":true}", 3300000 },
    { "B07", "{\"agreed_fen\":500000,\"months\":2,\"paid_fen\":100000}", 900000 },
    { "B07", "{\"average_fen\":1000000,\"months\":8,\"in_service\":true}", 0 },
    { "B07", "{\"months\":8}", -1 },
    { "B08", "{\"training_fen\":3600000,\"service_months\":36,\"served_months\":12}", 2400000 },
    { "B08", "{\"training_fen\":3600000,\"service_months\":36,\"served_months\":12,\"agreed_fen\":2000000}", 2000000 },
    { "B08", "{\"training_fen\":3600000,\"service_months\":36,\"served_months\":37}", 0 },
    { "B08", "{\"training_fen\":3600000,\"service_months\":36,\"served_months\":12,\"reason\":\"resign_fault\"}", 0 },
    { "B08", "{\"training_fen\":3600000,\"service_months\":36,\"served_months\":12,\"reason\":\"layoff\"}", 0 },
    { "B08", "{\"training_fen\":3600000,\"service_months\":36,\"served_months\":12,\"reason\":\"unlawful\"}", 0 },
    { "B08", "{\"training_fen\":3600000,\"service_months\":36,\"served_months\":12,\"reason\":\"agreed\"}", 0 },
    { "B08", "{\"training_fen\":3600000,\"service_months\":36,\"served_months\":12,\"reason\":\"misconduct\"}", 2400000 },
    { "B08", "{\"training_fen\":3600000,\"service_months\":36,\"served_months\":12,\"reason\":\"resign\"}", 2400000 },
    { "B08", "{\"training_fen\":100,\"service_months\":0,\"served_months\":0}", -1 },
    { "B07", "{\"months\":8,\"average_fen\":1000000,\"agreed_fen\":0}", 2400000 },
    { "B07", "{\"months\":8,\"agreed_fen\":0}", -1 },
    { "B03", "{\"hire\":\"2022-09-01\",\"last_day\":\"2026-01-31\",\"average_fen\":1000000,\"last_month_fen\":1100000,"
             "\"part_time\":true}", 0 },
    { "calc-b01", "{\"hire\":\"2024-01-01\",\"last_day\":\"2024-06-30\",\"average_fen\":100}", 100 },
    /* no sum by a statute that was not yet in force */
    { "A07", "{\"career_years\":6,\"year\":2007,\"average_fen\":870000}", -1 },
    { "A07", "{\"career_years\":6,\"year\":2008,\"average_fen\":870000}", 400000 },
    { "B02", "{\"hire\":\"2005-01-01\",\"last_day\":\"2007-12-31\",\"average_fen\":300000}", -1 },
    { "B02", "{\"hire\":\"2005-01-01\",\"last_day\":\"2008-01-01\",\"average_fen\":300000}", 2100000 },
    { "K01", "{\"insured\":false,\"monthly_fen\":300000,\"birth\":\"2012-04-27\"}", -1 },
    { "K01", "{\"insured\":false,\"monthly_fen\":300000,\"birth\":\"2012-04-28\"}", 980000 },
    { "INST", "{\"total_fen\":100,\"parts\":2,\"items\":[{\"amount_fen\":60},{\"amount_fen\":40}]}", 100 },
    { "INST", "{\"total_fen\":100,\"parts\":3,\"items\":[{\"amount_fen\":60},{\"amount_fen\":40}]}", -1 },
    { "INST", "{\"total_fen\":\"100\",\"parts\":\"3\"}", 100 },
    { "G", "{\"grade\":\"1.5\",\"own_wage_fen\":700000}", -1 },
    { "INST", "{\"total_fen\":1000000,\"parts\":3}", 1000000 },
    { "INST", "{\"total_fen\":2,\"parts\":3}", -1 },
    { "INST", "{\"total_fen\":100,\"items\":[{\"amount_fen\":60},{\"amount_fen\":40}]}", 100 },
    { "INST", "{\"total_fen\":100,\"items\":[{\"amount_fen\":60},{\"amount_fen\":41}]}", -1 },
};

static void second_heads(void)
{
    /* 2025-05-01 to 06-30, two months: whoever is due an open-ended contract had written ones */
    check_int(desk_sum("A09", "{\"hire\":\"2015-03-10\",\"signed\":\"2025-07-01\",\"monthly_fen\":800000,"
                              "\"open_due\":\"2025-05-01\"}"), 1600000, "an open-ended contract refused");
    /* the first of them signed three months late: the window, and 2026-01-10 to 06-10 */
    check_int(desk_sum("A09", "{\"hire\":\"2022-01-10\",\"signed\":\"2022-05-10\",\"monthly_fen\":800000,"
                              "\"open_due\":\"2026-01-10\",\"asked\":\"2026-06-10\"}"), 2400000 + 4036782,
              "a late first contract, and the open-ended one refused");
    /* nothing ever signed: deemed open-ended after a year (法释〔2025〕12号 9) */
    check_int(desk_sum("A09", "{\"hire\":\"2022-01-10\",\"no_contract\":true,\"monthly_fen\":800000,"
                              "\"open_due\":\"2026-01-10\",\"asked\":\"2026-06-10\"}"), 8800000,
              "the two heads exclude each other");
    check_int(desk_sum("A09", "{\"hire\":\"2015-01-10\",\"signed\":\"2026-01-10\",\"monthly_fen\":800000,"
                              "\"open_due\":\"2026-01-10\"}"), 0, "signed on the day it was due");
    check_int(desk_sum("A09", "{\"hire\":\"2015-01-10\",\"signed\":\"2026-01-13\",\"monthly_fen\":800000,"
                              "\"open_due\":\"2026-01-10\"}"), 36782, "a weekend and a Monday late");
    check_int(desk_sum("A09", "{\"hire\":\"2015-01-10\",\"monthly_fen\":800000,"
                              "\"open_due\":\"2026-01-10\"}"), -1, "an end is needed");
}

static const struct Shown { const char *code, *json, *name, *value;
} shown[] = {
    { "INST", "{\"total_fen\":100,\"items\":[{\"amount_fen\":60},{\"amount_fen\":40}]}", "parts", "2" },
    { "INST", "{\"total_fen\":100,\"items\":[{\"amount_fen\":60},{\"amount_fen\":40}]}", "sum_check", "true" },
    { "A06", "{\"from\":\"2025-03-01\",\"career_years\":3,\"employer_years\":12}", "medical_months", "12" },
    { "A07", "{\"hire\":\"2026-04-01\",\"career_years\":6}", "days", "3" },
    { "A07", "{\"career_years\":12,\"last_day\":\"2025-09-30\",\"taken_days\":3,\"average_fen\":1}",
      "days", "4" },
    { "A09", "{\"hire\":\"2025-03-10\",\"monthly_fen\":1}", "window_from", "2025-04-10" },
    { "A09", "{\"hire\":\"2025-03-10\",\"monthly_fen\":1}", "window_to", "2026-03-09" },
    { "A09", "{\"hire\":\"2024-01-15\",\"monthly_fen\":1}", "window_to", "2025-01-14" },
    { "A06", "{\"from\":\"2026-01-05\",\"career_years\":9.99,\"employer_years\":4.99}", "medical_months",
      "3" },
    { "A06", "{\"from\":\"2026-01-05\",\"career_years\":9.99,\"employer_years\":5}", "medical_months",
      "6" },
    { "A06", "{\"from\":\"2026-01-05\",\"career_years\":10,\"employer_years\":4.99}", "medical_months",
      "6" },
    { "A06", "{\"from\":\"2026-01-05\",\"career_years\":10,\"employer_years\":5}", "medical_months",
      "9" },
    { "A06", "{\"from\":\"2026-01-05\",\"career_years\":10,\"employer_years\":10}", "medical_months",
      "12" },
    { "A06", "{\"from\":\"2026-01-05\",\"career_years\":15,\"employer_years\":15}", "medical_months",
      "18" },
    { "A06", "{\"from\":\"2026-01-05\",\"career_years\":20,\"employer_years\":19.9}", "medical_months",
      "18" },
    { "A06", "{\"from\":\"2026-01-05\",\"career_years\":20,\"employer_years\":20}", "medical_months",
      "24" },
    { "A06", "{\"from\":\"2026-01-05\",\"career_years\":20,\"employer_years\":20}", "within_months",
      "30" },
    { "A06", "{\"from\":\"2026-01-05\",\"career_years\":1,\"hire\":\"2021-01-05\"}", "medical_months",
      "6" },
    { "A06", "{\"from\":\"2026-01-05\",\"career_years\":1,\"hire\":\"2021-01-06\"}", "medical_months",
      "3" },
    { "FINAL", "{\"minimum_fen\":220000,\"items\":[{\"amount_fen\":2640000},{\"amount_fen\":2640001}]}",
      "award", "mixed" },
    { "FINAL", "{\"minimum_fen\":220000,\"items\":[{\"amount_fen\":2640000},{\"amount_fen\":1}]}",
      "award", "final" },
    { "FINAL", "{\"minimum_fen\":220000,\"items\":[{\"amount_fen\":9999999,\"kind\":\"standard\"}]}",
      "award", "final" },
    { "FINAL", "{\"minimum_fen\":220000,\"items\":[{\"amount_fen\":0,\"kind\":\"other\"}]}", "award",
      "non_final" },
    { "CRIM", "{\"workers\":1,\"months\":3,\"total_fen\":499999,\"ordered\":true}", "crime_suspected",
      "no" },
    { "CRIM", "{\"workers\":1,\"months\":3,\"total_fen\":500000,\"ordered\":true}", "crime_suspected",
      "depends" },
    { "CRIM", "{\"workers\":1,\"months\":3,\"total_fen\":2000000,\"ordered\":true}", "crime_suspected",
      "yes" },
    { "CRIM", "{\"workers\":1,\"months\":2.9,\"total_fen\":2000000,\"ordered\":true}", "crime_suspected",
      "no" },
    { "CRIM", "{\"workers\":1,\"months\":3,\"total_fen\":2000000}", "crime_suspected", "no" },
    { "CRIM", "{\"workers\":10,\"months\":1,\"total_fen\":3000000,\"ordered\":true}", "ten_workers",
      "depends" },
    { "CRIM", "{\"workers\":9,\"months\":1,\"total_fen\":30000000,\"ordered\":true}", "ten_workers",
      "no" },
    { "CRIM",
      "{\"workers\":10,\"months\":1,\"total_fen\":4000000,\"many_limit_fen\":4000000,\"ordered\":true}",
      "ten_workers", "yes" },
    { "WAIVER", "{\"settlement_fen\":500,\"calculated_fen\":1000}", "second_look", "false" },
    { "WAIVER", "{\"settlement_fen\":499,\"calculated_fen\":1000}", "second_look", "true" },
};

static void shown_values(void)
{
    for (size_t i = 0; i < COUNT(shown); i++) {
        const CalcResult *r = desk_run(shown[i].code, shown[i].json);
        check_str(desk_value(r, shown[i].name), str_of(shown[i].value), shown[i].json);
    }
}

static void payers(void)
{
    const CalcResult *r = desk_run("G", "{\"grade\":9,\"own_wage_fen\":700000,\"city_average_fen\":800000,"
                                        "\"province_average_fen\":820000,\"region\":\"33\",\"insured\":true}");
    int64_t fund = 0;
    for (size_t i = 0; i < r->lines.n; i++) {
        if (r->lines.line[i].payer == PAYER_FUND) fund += r->lines.line[i].amount_fen;
    }
    check_int(fund, 9580000, "AS-30: the fund's part");
    check_int(r->amount_fen - fund, 3280000, "AS-30: the employer's part");
}

static void split_2008(void)
{
    const CalcResult *r =
        desk_run("B01", "{\"hire\":\"2005-03-01\",\"last_day\":\"2025-08-31\",\"average_fen\":900000}");
    check_int((int64_t)r->lines.n, 2, "AS-24: two lines");
    check_int(r->lines.line[0].amount_fen, 16200000, "AS-24: from 2008");
    check_int(r->lines.line[1].amount_fen, 2700000, "AS-24: before 2008");
    check_str(r->lines.line[1].tag, S("needs_review"), "AS-24: flagged");
}

static void instalments(void)
{
    const CalcResult *r =
        desk_run("INST", "{\"total_fen\":\"1000000\",\"parts\":3,\"first\":\"2026-01-31\"}");
    static const char *const due[] = { "2026-02-02", "2026-02-28", "2026-03-31" };
    for (size_t i = 0; i < r->lines.n; i++)
        check_str(r->lines.line[i].tag, str_of(due[i]), "AS-48: the due days");
    check_int(r->lines.line[0].amount_fen, 333333, "AS-34: a part");
    check_int(r->lines.line[2].amount_fen, 333334, "AS-34: the last part");
}

static void bad_input(void)
{
    const CalcResult *r =
        desk_run("B01", "{\"hire\":\"2024-13-01\",\"average_fen\":-1,\"foo\":1,\"part_time\":\"x\"}");
    check_int((int64_t)r->errors, 5, "all bad fields at once");
    check(desk_error(r, "hire", "type"), "no date");
    check(desk_error(r, "average_fen", "range"), "less than nothing");
    check(desk_error(r, "foo", "unknown"), "no such field");
    check(desk_error(r, "part_time", "type"), "no truth");
    check(desk_error(r, "last_day", "required"), "nothing at all");
    r = desk_run("A04", "{\"part_time\":true,\"worked_hours\":744.01,\"minimum_hour_fen\":2000,"
                        "\"paid_fen\":100000}");
    check(desk_error(r, "worked_hours", "range"), "more hours than a month has");
    r = desk_run(
        "A02",
        "{\"monthly_fen\":1,\"hours\":[{\"date\":\"2025-10-01\",\"hours\":25},{\"hours\":1,\"x\":2},3]}");
    check(desk_error(r, "hours[0].hours", "range"), "a long day");
    check(desk_error(r, "hours[1].date", "required"), "a row without a day");
    check(desk_error(r, "hours[1].x", "unknown"), "a strange column");
    check(desk_error(r, "hours[2]", "type"), "a row that is none");
    r = desk_run("B03", "{\"hire\":\"2024-01-01\",\"last_day\":\"2023-01-01\",\"average_fen\":\"1\",\"last_"
                        "month_fen\":\"1.5\"}");
    check(desk_error(r, "last_month_fen", "type"), "half a fen");
    r = desk_run("A04", "{\"region\":\"330282\",\"paid_fen\":1}");
    check(desk_error(r, "minimum_fen", "missing_parameter"), "the missing parameter is named");
    r = desk_run("G04", "{\"death\":\"2027-05-01\"}");
    check(desk_error(r, "urban_income_fen", "missing_parameter"), "the figure of 2026 is not known");
}

static void doubts(void)
{
    const CalcResult *r = desk_run("A04", "{\"region\":\"31\",\"paid_fen\":1}");
    check(r->warnings == 1 && str_has(r->warning[0], S("out of date")), "a stale figure is said to be stale");
    r = desk_run("G04", "{\"death\":\"2019-05-01\"}");
    bool said = false;
    for (size_t i = 0; i < r->warnings; i++) said = said || str_has(r->warning[i], S("not verified"));
    check(said, "so is an unverified");
    r = desk_run("A04", "{\"minimum_fen\":\"274000\",\"region\":\"31\",\"paid_fen\":1}");
    check_int((int64_t)r->warnings, 0, "what the user gives overrides");
}

static bool calc_warns(const CalcResult *r, Str part)
{
    for (size_t i = 0; i < r->warnings; i++) {
        if (str_has(r->warning[i], part)) return true;
    }
    return false;
}

/* The working days of a part month lie in a year without a calendar. */
static void provisional_parts(void)
{
#define SICK "\",\"career_years\":3,\"employer_years\":1,\"minimum_fen\":1}"
    const CalcResult *r = desk_run("A06", "{\"from\":\"2026-12-20\",\"to\":\"2027-01-20" SICK);
    check(calc_warns(r, S("2027")), "A06: one working day of 2027");
    r = desk_run("A06", "{\"from\":\"2026-12-20\",\"to\":\"2027-01-19" SICK);
    check(!calc_warns(r, S("2027")), "A06: a full month needs no calendar");
    r = desk_run("A01", "{\"monthly_fen\":1,\"months\":1,\"extra_percent\":60}");
    check(calc_warns(r, S("ordered payment")), "A01: no extra without an order");
    check(calc_warns(desk_run("B02", "{\"hire\":\"2020-01-01\",\"last_day\":\"2025-12-31\",\"average_fen\":1,"
                                     "\"reason\":\"resign\"}"), S("no unlawful dissolution")),
          "B02: a resignation is no dissolution by the employer");
}

/* What is compared is what is shown: the mean of five, not their sum. */
static void crime_lines(void)
{
    const CalcResult *r =
        desk_run("CRIM", "{\"workers\":5,\"total_fen\":5000000,\"months\":3,\"ordered\":true}");
    check_int(r->also.line[0].amount_fen, 1000000, "one worker's sum");
    check_int(r->also.line[1].amount_fen, 5000000, "everybody's sum");
}

static void limitation_said(void)
{
    const CalcResult *r =
        desk_run("A09", "{\"hire\":\"2024-01-15\",\"asked\":\"2025-06-30\",\"monthly_fen\":700000}");
    bool said = false, open = false;
    for (size_t i = 0; i < r->warnings; i++) {
        said = said || str_has(r->warning[i], S("2024-06-30"));
        open = open || str_has(r->warning[i], S("2025-01-15"));
    }
    check(said, "AS-21: what may be out of time");
    check(open, "AS-21: deemed open-ended");
    check_int((int64_t)r->also.n, 1, "AS-21: the other way is shown");
}

static void situation(void)
{
    const CalcResult *r =
        desk_run("SITUATION", "{\"hire\":\"2022-09-01\",\"last_day\":\"2026-01-31\",\"reason\":\"unlawful\","
                              "\"monthly_fen\":1000000,\"no_contract\":true}");
    check_int(r->amount_fen, 11000000 + 7000000, "double wage and 2N");
    check_int((int64_t)r->claims, 2, "two claims");
    check(r->excludes == 1 && str_eq(str_of(r->excluded[0].calc->code), S("B01")), "2N excludes N");
    r = desk_run("SITUATION", "{\"hire\":\"2022-09-01\",\"last_day\":\"2026-01-31\",\"reason\":\"change\","
                              "\"monthly_fen\":1000000,\"last_month_fen\":1100000}");
    check_int(r->amount_fen, 4600000, "N+1, not N and N+1");
    r = desk_run("SITUATION", "{\"hire\":\"2022-09-01\",\"last_day\":\"2026-01-31\",\"reason\":\"resign\","
                              "\"monthly_fen\":1000000}");
    check_int(r->amount_fen, 0, "an ordinary resignation");
    check_int((int64_t)r->excludes, 1, "and why");
    r = desk_run("SITUATION", "{\"hire\":\"2022-09-01\",\"monthly_fen\":1000000,\"minimum_fen\":200000,"
                              "\"periods\":[{\"due_fen\":300000,\"paid_fen\":100000}]}");
    check_int(r->amount_fen, 200000, "arrears include the gap to the minimum wage");
    r = desk_run("SITUATION", "{\"hire\":\"2022-09-01\",\"monthly_fen\":1000000,\"grade\":9}");
    check(desk_error(r, "own_wage_fen", "required"), "a claim that lacks a field names it");
}

/* Every optional field says what happens without it, and every number its unit. */
static void described(const CalcField *field, bool required, const char *of)
{
    const CalcDefault *d = calc_default(field);
    char name[80];
    (void)snprintf(name, sizeof name, "%s.%s", of, field->name);
    check(required || (d && (d->value || (d->absent.zh[0] && d->absent.en[0]))), name);
    bool word = d && d->value && field->kind == FACT_CODE;
    if (word) check(calc_code(field->codes, str_of(d->value)) == 0, name);
    if (field->kind == FACT_MONEY) check_str(calc_unit(field), S("fen"), name);
}

static void descriptions(void)
{
    for (const Calc *const *c = calculators; *c; c++) {
        for (size_t i = 0; i < (*c)->uses; i++) {
            const CalcUse *use = &(*c)->use[i];
            const CalcField *field = &calc_fields[use->field];
            described(field, use->required, (*c)->code);
            const CalcColumns *columns = field->kind == FACT_LIST ? calc_columns_of(use->field) : NULL;
            for (size_t k = 0; columns && k < columns->n; k++)
                described(&calc_columns[columns->column[k]], k < columns->required, field->name);
        }
    }
    check_str(calc_unit(&calc_fields[F_MONTHS]), S("months"), "a unit by the name");
    check_str(calc_unit(&calc_fields[F_CAREER_YEARS]), S("years"), "years");
    check_str(calc_unit(&calc_fields[F_OUTDOOR_C]), S("celsius"), "degrees");
    check_str(calc_unit(&calc_fields[F_GRADE]), (Str){ 0 }, "a grade has none");
    check_str(calc_unit(&calc_fields[F_HOURS]), (Str){ 0 }, "a list has none");
}

/* What is wrong with a text, and what would be right: in both languages. */
static void said_of(const char *code, const char *text, const char *zh, const char *en)
{
    for (int english = 0; english < 2; english++) {
        desk_new();
        Reading *r = NEW(desk_mem(), Reading, 1);
        Facts *facts = NEW(desk_mem(), Facts, 1);
        r->mem = desk_mem();
        r->english = english;
        json_t *object = read_object(r, str_of(text));
        if (object) read_facts(r, calc_find(str_of(code)), object, facts);
        json_decref(object);
        const char *want = english ? en : zh;
        check_str(r->errors ? r->error[0].message : S(""), str_of(want), text);
    }
}

static void messages(void)
{
    said_of("B01", "", "不是有效的 JSON 对象：内容为空或者不完整（第1行第0列）",
            "not a valid JSON object: it is empty or breaks off (line 1, column 0)");
    said_of("B01", "{\"hire\":\"2020-01-01\",\n\"hire\":\"2020-01-01\"}",
            "不是有效的 JSON 对象：同一字段重复出现（第2行第6列）",
            "not a valid JSON object: a field is given twice (line 2, column 6)");
    said_of("B01", "[1]", "不是有效的 JSON 对象", "not a valid JSON object");
    said_of("B01", "{\"average_fen\":-1}", "超出允许范围：0 至 100000000000（分）",
            "the value is out of range: 0 to 100000000000 fen");
    said_of("B01", "{\"hire\":\"1949-12-31\"}", "超出允许范围：1950-01-01 至 2199-12-31",
            "the value is out of range: 1950-01-01 to 2199-12-31");
    said_of("B01", "{\"region\":\"4\"}", "超出允许范围：长度 2 至 12",
            "the value is out of range: length 2 to 12");
    said_of("A02", "{\"system\":\"x\"}", "超出允许范围：standard comprehensive flexible",
            "the value is out of range: standard comprehensive flexible");
    said_of("A02", "{\"hours\":[]}", "超出允许范围：项数 1 至 1000",
            "the value is out of range: rows 1 to 1000");
    said_of("A02", "{\"monthly_fen\":1.5}", "类型不符：整数分，字符串或者整数",
            "the value has the wrong type: whole fen, as a string or an integer");
    said_of("INST", "\xEF\xBB\xBF{\"total_fen\":1}", "", "");
}

void test_calc(void)
{
    descriptions();
    messages();
    desk_cases(pay, COUNT(pay));
    desk_cases(overtime, COUNT(overtime));
    desk_cases(twice, COUNT(twice));
    desk_cases(ends, COUNT(ends));
    desk_cases(official, COUNT(official));
    desk_cases(leaves, COUNT(leaves));
    desk_cases(injuries, COUNT(injuries));
    desk_cases(terms, COUNT(terms));
    second_heads();
    shown_values();
    payers();
    split_2008();
    instalments();
    bad_input();
    doubts();
    limitation_said();
    crime_lines();
    provisional_parts();
    situation();
}
