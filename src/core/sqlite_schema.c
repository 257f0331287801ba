#include "core/sqlite_schema.h"

#include <stdlib.h>
#include <string.h>

static const char open_check[] = "CHECK(", open_list[] = " IN (";

static bool is_name(char ch)
{
    return (ch >= 'a' && ch <= 'z') || (ch >= '0' && ch <= '9') || ch == '_';
}

/* How long a list of quoted words is that ends the CHECK, its brackets included; 0: it is none. */
static size_t list_length(const char *at)
{
    bool quoted = false;
    for (size_t n = 0; at[n]; n++) {
        quoted ^= at[n] == '\'';
        if (quoted || at[n] == '\'' || at[n] == ',' || at[n] == ' ') continue;
        return at[n] == ')' && at[n + 1] == ')' ? n : 0;
    }
    return 0;
}

static void write_words(Out *o, Str name, Str list)
{
    bool quoted = false;
    out_str(o, name);
    out_str(o, S(" = "));
    for (size_t i = 0; i < list.n; i++) {
        quoted ^= list.s[i] == '\'';
        if (!quoted && list.s[i] == ',') {
            out_str(o, S(" OR "));
            out_str(o, name);
            out_str(o, S(" ="));
        } else {
            out_str(o, (Str){ list.s + i, 1 });
        }
    }
}

/* Writes a CHECK of that kind and returns where it ends; or NULL. */
static const char *write_check(Out *o, const char *at)
{
    size_t n = 0, open = sizeof open_check - 1, in = sizeof open_list - 1;
    if (strncmp(at, open_check, open) != 0) return NULL;
    const char *name = at + open;
    while (is_name(name[n])) n++;
    const char *list = name + n + in;
    if (n == 0 || strncmp(name + n, open_list, in) != 0 || list_length(list) == 0) return NULL;
    out_str(o, str_of(open_check));
    write_words(o, (Str){ name, n }, (Str){ list, list_length(list) });
    return list + list_length(list) + 1;
}

char *schema_text(const char *sql)
{
    enum { NAME_MAX = 64 };
    size_t cap = strlen(sql) + 1;
    for (const char *at = sql; *at; at++) cap += *at == ',' ? NAME_MAX : 0;
    Out o = { .buf = calloc(cap, 1), .cap = cap - 1 };
    BUG_IF(!o.buf);
    for (const char *at = sql; *at;) {
        const char *end = write_check(&o, at);
        if (!end) out_str(&o, (Str){ at, 1 });
        at = end ? end : at + 1;
    }
    BUG_IF(o.full);
    return o.buf;
}
