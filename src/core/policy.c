#include "core/policy.h"

#include "core/house.h"

typedef struct PolicyRow {
    Policy      policy;
    const char *from;  /* the day it begins; a later row takes the place of an earlier one */
    int64_t     value;
    const char *basis;
} PolicyRow;

enum { MINUTES_5 = 300, MINUTES_15 = 900, MINUTES_30 = 1800, HOURS_8 = 28800, HOURS_12 = 43200,
       HOURS_22 = 79200, HOURS_24 = 86400 };

#define LEVEL_3 "GB/T 22239-2019, level 3, 8.1.4.1"

static const PolicyRow rows[] = {
    { POLICY_SESSION_S,       "2019-12-01", HOURS_12, "house rule: a working day" },
    { POLICY_IDLE_S,          "2019-12-01", MINUTES_30,LEVEL_3 " b: idle logout" },
    { POLICY_PARTY_SESSION_S, "2019-12-01", HOURS_24, "house rule" },
    { POLICY_LOCK_AFTER,      "2019-12-01", 5,         LEVEL_3 " b: failed logins" },
    { POLICY_LOCK_S,          "2019-12-01", MINUTES_15,LEVEL_3 " b: failed logins" },
    { POLICY_PEER_FAILURES,   "2019-12-01", 60,        "house rule: an office behind one address" },
    { POLICY_PASSWORD_MIN,    "2019-12-01", 8,         LEVEL_3 " a: complexity" },
    { POLICY_PASSWORD_LONG,   "2019-12-01", 16,        "house rule: length makes up for classes" },
    { POLICY_PASSWORD_DAYS,   "2019-12-01", 90,        LEVEL_3 " a: changed at intervals" },
    { POLICY_CODE_S,          "2019-12-01", MINUTES_5, "house rule" },
    { POLICY_CODE_ATTEMPTS,   "2019-12-01", 5,         LEVEL_3 " b: failed logins" },
    { POLICY_CODES_SENT,      "2019-12-01", 5,         "house rule" },
    { POLICY_CODES_S,         "2019-12-01", 3600,      "house rule" },
    { POLICY_QUIET_FROM_S,    "2019-12-01", HOURS_22, "house rule: no text message or mail at night" },
    { POLICY_QUIET_TO_S,      "2019-12-01", HOURS_8,  "house rule: no text message or mail at night" },
    { POLICY_VERIFY_WRONG,    "2019-12-01", 20,        "house rule" },
    { POLICY_VERIFY_S,        "2019-12-01", 600,       "house rule" },
    { POLICY_FACTOR_ROLES,    "2019-12-01", (int64_t)(ADMINS | HEAD), LEVEL_3 " d: two factors" },
};

int64_t policy(const Ctx *c, Policy p)
{
    int64_t value = 0;
    Date since = { 0 };
    if (p == POLICY_FACTOR_ROLES && c->house && c->house->demo) return 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        Date from = date_parse(str_of(rows[i].from));
        bool later = rows[i].policy == p && from.day <= c->today.day && from.day > since.day;
        if (later) value = rows[i].value;
        if (later) since = from;
    }
    return value;
}
