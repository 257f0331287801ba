#include "core/law_ref.h"

static const Field fields[] = {
    FIELD(LawRef, law,     .label = "法律",     .en = "law"),
    FIELD(LawRef, article, .label = "条",       .en = "article"),
    FIELD(LawRef, label,   .label = "条文名称", .en = "what it is called"),
    FIELD(LawRef, href,    .label = "链接",     .en = "where it is"),
};
const Form law_ref_form = FORM(LawRef, fields);

static Str joined(Arena *mem, const Str *part, size_t n)
{
    size_t cap = 1;
    for (size_t i = 0; i < n; i++) cap += part[i].n;
    Out o = { .buf = NEW(mem, char, cap), .cap = cap };
    for (size_t i = 0; i < n; i++) out_str(&o, part[i]);
    return out_view(&o);
}

LawRef law_ref(Arena *mem, const Library *l, const LawArticle *a, Date on)
{
    const LawHead *law = library_law(l, a->law, on);
    Str country = S("中华人民共和国"), title = law ? law->title : a->law;
    if (str_starts(title, country)) title = (Str){ title.s + country.n, title.n - country.n };
    Str label[] = { title, S(" "), a->label };
    Str href[] = { S("/api/v1/laws/"), a->law, S("/"), a->no };
    return (LawRef){ a->law, a->no, joined(mem, label, COUNT(label)), joined(mem, href, COUNT(href)) };
}

Rows law_refs(Ctx *c, Str basis)
{
    LawLinks links;
    const Library *l = &c->law->library;
    law_links(l, basis, c->today, &links);
    LawRef *row = NEW(c->mem, LawRef, links.n + 1);
    for (size_t i = 0; i < links.n; i++) row[i] = law_ref(c->mem, l, links.article[i], c->today);
    return (Rows){ row, links.n };
}

static void write_ref(Out *o, const LawRef *ref)
{
    const Str value[] = { ref->law, ref->article, ref->label, ref->href };
    for (size_t i = 0; i < COUNT(value); i++) {
        out_str(o, i ? S(",") : S("{"));
        out_json(o, str_of(fields[i].name));
        out_str(o, S(":"));
        out_json(o, value[i]);
    }
    out_str(o, S("}"));
}

void write_links(Out *o, const Cite *cite, Str basis)
{
    LawLinks links = { 0 };
    if (cite->library) law_links(cite->library, basis, cite->on, &links);
    if (links.n == 0) return;
    out_str(o, S(",\"links\":["));
    for (size_t i = 0; i < links.n; i++) {
        LawRef ref = law_ref(cite->mem, cite->library, links.article[i], cite->on);
        if (i) out_str(o, S(","));
        write_ref(o, &ref);
    }
    out_str(o, S("]"));
}
