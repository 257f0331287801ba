/* The schema's text as SQLite is given it. */
#include "core/sqlite_schema.h"
#include "test.h"
#include "unit/suites.h"

#include <stdlib.h>

void test_schema(void)
{
    static const struct { const char *sql, *given; } rows[] = {
        { "CREATE TABLE a(s TEXT CHECK(s IN ('due', 'served')), n INTEGER)",
          "CREATE TABLE a(s TEXT CHECK(s = 'due' OR s = 'served'), n INTEGER)" },
        { "CHECK(a_1 IN ('x'));CHECK(b IN ('', 'a,b', 'it''s', ')'))",
          "CHECK(a_1 = 'x');CHECK(b = '' OR b = 'a,b' OR b = 'it''s' OR b = ')')" },
        { "CHECK(n >= 0)", "CHECK(n >= 0)" },
        { "CHECK(n IN (1, 2))", "CHECK(n IN (1, 2))" },
        { "CHECK(s IN ('a') OR n > 1)", "CHECK(s IN ('a') OR n > 1)" },
        { "INDEX i ON a(s) WHERE s IN ('due', 'served')", "INDEX i ON a(s) WHERE s IN ('due', 'served')" },
        { "CHECK(", "CHECK(" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        char *given = schema_text(rows[i].sql);
        check_str(str_of(given), str_of(rows[i].given), rows[i].sql);
        free(given);
    }
}
