/* The permission matrix against a literal copy of the specification's. */
#include "core/right.h"
#include "test.h"
#include "unit/suites.h"

#include <stdio.h>
#include <string.h>

enum { COLUMNS = 10 };

static const uint32_t columns[COLUMNS] = {
    PARTIES, CLERK, DISPATCHER, MEDIATORS, HEAD, ORG_MANAGER, HR, STATISTICIAN, LINKS, AUDITOR,
};

/* As domain.md §7.3 has it.  "own" without a letter is R. */
static const struct Line { Object object; const char *cell[COLUMNS]; } matrix[] = {
    { OBJ_CASE,          { "R", "RW", "R", "RW own", "R", "R own org", "R", "–", "R own link", "–" } },
    { OBJ_FULL_ID,       { "own", "R (reason)", "–", "R own", "R (reason)", "–", "–", "–", "per hand-over",
        "–" } },
    { OBJ_PRIVATE_NOTE,  { "–", "–", "–", "RW own", "R", "–", "–", "–", "–", "–" } },
    { OBJ_AGREEMENT,     { "own", "R", "–", "RW draft, R final", "R", "R own org", "R", "–", "R if linked",
        "–" } },
    { OBJ_EVIDENCE,      { "own", "RW", "–", "R own", "R", "–", "–", "–", "per hand-over", "–" } },
    { OBJ_MEDIATOR_POOL, { "published fields", "R", "R", "own", "RW", "own org", "RW", "–", "–", "–" } },
    { OBJ_RISK,          { "–", "C", "R", "R own", "RW", "RW own", "RW", "R agg", "–", "–" } },
    { OBJ_STATISTICS,    { "published", "–", "–", "own", "R", "own", "R", "R de-identified", "–", "–" } },
    { OBJ_AUDIT,         { "–", "–", "–", "–", "–", "–", "–", "–", "–", "R" } },
};

static bool starts(const char *cell, const char *with)
{
    return strncmp(cell, with, strlen(with)) == 0;
}

static bool has(const char *cell, const char *part)
{
    return strstr(cell, part) != NULL;
}

static unsigned verbs_of(const char *cell)
{
    if (starts(cell, "–")) return 0;
    if (starts(cell, "RW")) return MAY_READ | MAY_WRITE;
    return starts(cell, "C") ? MAY_CREATE : MAY_READ;
}

/* Does the row reach as far as the cell says?  "own" is what belongs to the
** column: a manager's organisation, a mediator's cases or own figures. */
static bool reaches(const char *cell, const Right *r)
{
    Reach own = r->roles & ORG_MANAGER ? REACH_OWN_ORG : REACH_OWN_CASE;
    if (has(cell, "published")) return r->reach == REACH_PUBLISHED;
    if (has(cell, "de-identified")) return r->reach == REACH_DEIDENTIFIED;
    if (has(cell, "agg")) return r->reach == REACH_AGGREGATE;
    if (has(cell, "link") || has(cell, "hand-over")) return r->reach == REACH_HANDED_OVER;
    if (has(cell, "draft")) return r->reach == REACH_OWN_CASE;
    if (has(cell, "own")) return r->reach == own || r->reach == REACH_SELF;
    if (r->roles & PARTIES) return r->reach == REACH_OWN_CASE; /* "sees own case only", §2.1 */
    return r->reach == REACH_ALL;
}

static void check_cell(const struct Line *line, size_t column, uint32_t role)
{
    const char *cell = line->cell[column];
    unsigned wanted = verbs_of(cell);
    bool uploads = line->object == OBJ_EVIDENCE && role & PARTIES;      /* they bring it */
    bool manages = line->object == OBJ_MEDIATOR_POOL && role & ORG_MANAGER; /* keeps its own roster */
    if (uploads || manages) wanted |= MAY_WRITE;
    char what[120];
    for (unsigned verb = MAY_CREATE; verb <= MAY_WRITE; verb <<= 1) {
        const Right *r = right_find(line->object, role, verb);
        (void)snprintf(what, sizeof what, "%s, column %zu, verb %u: \"%s\"", object_word(line->object),
            column, verb, cell);
        check((r != NULL) == ((wanted & verb) != 0), what);
        if (r && verb != MAY_WRITE) check(reaches(cell, r), what);
    }
}

static void test_matrix(void)
{
    for (size_t i = 0; i < COUNT(matrix); i++) {
        for (size_t k = 0; k < COLUMNS; k++) {
            for (unsigned r = 1; r < ROLE__COUNT; r++) {
                if (columns[k] & role_bit((Role)r)) check_cell(&matrix[i], k, role_bit((Role)r));
            }
        }
    }
}

static void test_reasons(void)
{
    for (size_t i = 0; i < rights_count; i++) {
        const Right *r = &rights[i];
        bool asks = r->object == OBJ_FULL_ID && r->reach != REACH_SELF;
        check(r->reason == asks,
            "every look at another's full number asks for a reason, and nothing else does");
        check(r->verbs != 0 && r->roles != 0 && r->reach != REACH_NONE, "a row grants something");
    }
}

static void test_default(void)
{
    for (unsigned o = 0; o < OBJ__COUNT; o++) {
        check(!right_find((Object)o, 0, MAY_READ), "no role, no right");
        check(!right_find((Object)o, SYSTEM, MAY_READ), "the system looks at nothing");
        check(!right_find((Object)o, SYS_ADMIN, MAY_READ) || o == OBJ_ACCOUNT, "SYS sees accounts alone");
        check(!right_find((Object)o, SEC_ADMIN, MAY_READ) || o == OBJ_ACCOUNT || o == OBJ_ROLE_GRANT, "SEC");
        check(!right_find((Object)o, AUDITOR, MAY_READ) || o == OBJ_ACCOUNT || o == OBJ_AUDIT, "AUD");
        for (unsigned verb = MAY_CREATE; verb <= MAY_WRITE; verb <<= 1) {
            bool account = o == OBJ_ACCOUNT || o == OBJ_ROLE_GRANT;
            bool one = !right_find((Object)o, SYS_ADMIN, MAY_WRITE) || !right_find((Object)o, SEC_ADMIN,
                MAY_WRITE);
            check(one, "accounts and roles are in two hands");
            check(!account || !right_find((Object)o, ~(uint32_t)ADMINS, verb), "none but administrators");
        }
    }
    const Right *r = right_find(OBJ_CASE, MEDIATOR | HEAD, MAY_READ);
    check(r && r->reach == REACH_ALL, "of two roles the one that reaches further");
    r = right_find(OBJ_CASE, MEDIATOR | HEAD, MAY_WRITE);
    check(r && r->reach == REACH_OWN_CASE, "but not for what it may not do");
}

void test_right(void)
{
    test_matrix();
    test_reasons();
    test_default();
}
