/* Reading templates: editions, their heads, and which one holds. */
#include "paper/template.h"

static Str cut_word(Str *line)
{
    Str word = str_cut(line, ' ');
    *line = str_trim(*line);
    return word;
}

static bool take_ask(Template *t, Str value)
{
    if (t->asks == TEMPLATE_ASKS) return false;
    TemplateAsk *a = &t->ask[t->asks++];
    *a = (TemplateAsk){ .name = str_cut(&value, '|') };
    a->zh = str_cut(&value, '|');
    a->en = str_cut(&value, '|');
    Str rule = str_cut(&value, '|');
    a->required = str_starts(rule, S("!"));
    a->date = str_has(rule, S("date"));
    a->kept = str_has(rule, S("kept"));
    a->prose = str_has(rule, S("prose"));
    a->otherwise = value;
    return a->name.n && a->zh.n && a->en.n;
}

static bool take_variant(Template *t, Str value)
{
    t->variant = str_cut(&value, '|');
    t->variant_zh = str_cut(&value, '|');
    t->variant_en = value;
    return t->variant_zh.n && t->variant_en.n;
}

static bool take_about(Template *t, Str value)
{
    t->about = str_cut(&value, ' ');
    t->about_kind = value;
    return t->about.n > 0;
}

static bool take_date(Date *to, Str value)
{
    *to = date_parse(value);
    return value.n == 0 || to->day != 0;
}

/* One line of the head; false: it is none. */
static bool take_head(Template *t, Str line)
{
    Str word = cut_word(&line);
    const struct { const char *word; Str *to; } texts[] = {
        { "title", &t->title }, { "style", &t->style }, { "basis", &t->basis }, { "region", &t->region },
        { "by", &t->by },
    };
    for (size_t i = 0; i < COUNT(texts); i++) {
        if (!str_eq(word, str_of(texts[i].word))) continue;
        *texts[i].to = line;
        return line.n > 0;
    }
    if (str_eq(word, S("version"))) return str_int(line, &t->version) && t->version > 0;
    if (str_eq(word, S("from"))) return take_date(&t->from, line) && t->from.day;
    if (str_eq(word, S("to"))) return take_date(&t->to, line);
    if (str_eq(word, S("ask"))) return take_ask(t, line);
    if (str_eq(word, S("variant"))) return take_variant(t, line);
    if (str_eq(word, S("about"))) return take_about(t, line);
    if (str_eq(word, S("office"))) return t->office = true;
    return false;
}

static const char *head_fault(Template *t, Str text)
{
    return take_head(t, text) ? NULL : "is no line of a head";
}

static const char *head_lacks(const Template *t)
{
    if (t->title.n == 0) return "an edition has a title";
    if (t->version == 0 || t->from.day == 0) return "an edition has a version and a first day";
    return t->basis.n == 0 ? "an edition has a basis" : NULL;
}

bool template_next(Str *rest, int *line, Template *t, const char **fault)
{
    *t = (Template){ .style = S("deed"), .region = S("*") };
    *fault = NULL;
    bool head = true, begun = false;
    while (rest->n && !*fault) {
        const char *at = rest->s;
        Str text = str_trim(str_cut(rest, '\n'));
        ++*line;
        if (str_eq(text, S("==="))) break;
        if (!head) {
            t->body.n = (size_t)(text.s + text.n - t->body.s);
        } else if (str_eq(text, S("---"))) {
            head = false;
            t->body = (Str){ at + 4, 0 };
            t->line = *line;
        } else if (text.n && text.s[0] != '%') {
            begun = true;
            *fault = head_fault(t, text);
        }
    }
    if (!begun && head) return false;
    if (!*fault) *fault = head ? "an edition has a body" : head_lacks(t);
    return *fault == NULL;
}

static bool holds(const Template *t, Str variant, Str region, Date day)
{
    bool here = str_eq(t->region, S("*")) || str_starts(region, t->region);
    bool now = t->from.day <= day.day && (t->to.day == 0 || day.day <= t->to.day);
    return here && now && str_eq(t->variant, variant);
}

/* "*" is shorter than any place. */
static size_t nearness(const Template *t)
{
    return str_eq(t->region, S("*")) ? 0 : t->region.n;
}

bool template_pick(Str file, Str variant, Str region, Date day, Template *t)
{
    Template each;
    const char *fault;
    int line = 0;
    bool found = false;
    while (template_next(&file, &line, &each, &fault)) {
        if (!holds(&each, variant, region, day)) continue;
        bool better = !found || nearness(&each) > nearness(t)
                   || (nearness(&each) == nearness(t) && each.from.day > t->from.day);
        if (better) *t = each;
        found = true;
    }
    return found;
}
