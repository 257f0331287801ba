/*
** The English of every answer: a value whose key says that it is English ("en",
** "label_en"), and in a calculator's answer to lang=en every value but those in
** Chinese by name, has no Chinese character in it.
*/
#include "player.h"

#include <stdio.h>
#include <string.h>

/* What the law is called and says, and a draft that names employers. */
static const char *const chinese[] = { "zh", "law", "text", "basis", "links" };

static bool has_han(const char *text)
{
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        if (c >= 0xE4 && c <= 0xE9) return true;
    }
    return false;
}

static bool ends(const char *key, const char *tail)
{
    size_t n = strlen(key), t = strlen(tail);
    return n >= t && strcmp(key + n - t, tail) == 0;
}

static bool is_chinese(const char *key)
{
    for (size_t i = 0; i < COUNT(chinese); i++) {
        if (strcmp(key, chinese[i]) == 0) return true;
    }
    return ends(key, "_zh");
}

static void look(Player *p, const char *key, json_t *value, bool all)
{
    bool english = all || strcmp(key, "en") == 0 || ends(key, "_en");
    const char *name;
    json_t *member;
    size_t i;
    if (json_is_string(value) && english && has_han(json_string_value(value))) {
        char what[120];
        (void)snprintf(what, sizeof what, "the English \"%s\" is Chinese:", key);
        player_complain(p, what, json_string_value(value));
    }
    json_array_foreach(value, i, member) look(p, key, member, all);
    json_object_foreach(value, name, member) {
        if (!is_chinese(name)) look(p, name, member, all);
    }
}

void player_english(Player *p, Str target)
{
    bool all = str_has(target, S("lang=en"));
    if (str_has(target, S("/draft"))) return;
    if (p->answer) look(p, "", p->answer, all && p->status < 400);
}
