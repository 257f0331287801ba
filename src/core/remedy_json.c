#include "core/remedy_json.h"

#include "core/calc_write.h"

#include <string.h>

/* --- reading --- */

static int find(const CalcField *fields, int n, const char *key)
{
    for (int i = 0; i < n; i++) {
        if (strcmp(fields[i].name, key) == 0) return i;
    }
    return -1;
}

static void read_term(Reading *r, json_t *object, size_t at, Term *t)
{
    ReadName room;
    for (void *it = json_object_iter(object); it; it = json_object_iter_next(object, it)) {
        const char *key = json_object_iter_key(it);
        const json_t *value = json_object_iter_value(it);
        Str name = read_name(&room, "terms", at, key);
        int id = find(term_fields, RT__COUNT, key);
        if (id < 0) read_error(r, name, "unknown", read_message(r, "unknown"));
        else t->given[id] = read_value(r, &term_fields[id], name, value, &t->v[id]);
        if (id == RT_NAME && json_is_string(value))
            t->name = str_copy(r->mem, str_of(json_string_value(value)));
    }
    if (!json_object_get(object, "kind")) {
        read_error(r, read_name(&room, "terms", at, "kind"), "required", read_message(r, "required"));
    }
}

static void read_terms(Reading *r, json_t *array, Agreement *a)
{
    ReadName room;
    a->terms = json_array_size(array);
    a->term = NEW(r->mem, Term, a->terms);
    for (size_t i = 0; i < a->terms; i++) {
        json_t *object = json_array_get(array, i);
        if (json_is_object(object)) read_term(r, object, i, &a->term[i]);
        else read_error(r, read_name(&room, "terms", i, "kind"), "type", read_message(r, "type"));
    }
}

static void read_member(Reading *r, const char *key, json_t *value, Agreement *a)
{
    int id = find(remedy_fields, RF__COUNT, key);
    if (id < 0) {
        read_unknown(r, key);
        return;
    }
    if (!read_value(r, &remedy_fields[id], str_of(key), value, &a->v[id])) return;
    a->given[id] = true;
    if (id == RF_TERMS) read_terms(r, value, a);
    if (id != RF_REGION) return;
    a->region = str_copy(r->mem, str_of(json_string_value(value)));
    if (!str_is_digits(a->region)) read_error(r, str_of(key), "range", read_message(r, "range"));
}

void read_agreement(Reading *r, json_t *object, Agreement *a)
{
    static const RemedyField required[] = { RF_TODAY, RF_TERMS };
    for (void *it = json_object_iter(object); it; it = json_object_iter_next(object, it)) {
        read_member(r, json_object_iter_key(it), json_object_iter_value(it), a);
    }
    for (size_t i = 0; i < COUNT(required); i++) {
        const char *name = remedy_fields[required[i]].name;
        if (!json_object_get(object, name))
            read_error(r, str_of(name), "required", read_message(r, "required"));
    }
}

/* --- writing --- */

static Str pick(Text t, bool english) { return english ? t.en : t.zh; }

static void write_date(Out *o, const char *name, Date d)
{
    char iso[11];
    if (d.day == 0) return;
    date_write(d, iso);
    write_pair(o, name, (Str){ iso, 10 });
}

static void write_number(Out *o, const char *name, int64_t fen)
{
    char digits[24];
    Out text = { .buf = digits, .cap = sizeof digits };
    out_int(&text, fen);
    write_pair(o, name, out_view(&text));
}

static void write_term(Out *o, const Term *t)
{
    static const char *const states[] = { "planned", "due", "part", "overdue", "paid" };
    out_str(o, S("{\"kind\":"));
    out_json(o, calc_code_word(TERM_KINDS, t->v[RT_KIND]));
    if (t->name.n) write_pair(o, "name", t->name);
    write_date(o, "due", (Date){ (int32_t)t->v[RT_DUE] });
    write_date(o, "effective_due", t->due);
    if (t->given[RT_AMOUNT]) {
        write_number(o, "amount_fen", t->v[RT_AMOUNT]);
        write_number(o, "owed_fen", t->owed_fen);
    }
    write_pair(o, "status", str_of(states[t->state]));
    out_str(o, t->now ? S(",\"due_now\":true}") : S(",\"due_now\":false}"));
}

static void write_remedy(Out *o, const RemedyRow *row, const Remedy *m, const RemedyWrite *w)
{
    bool english = w->english;
    static const char *const states[] = { "closed", "open", "later", "locked" };
    out_str(o, S("{\"code\":"));
    out_json(o, str_of(row->code));
    write_pair(o, "title", str_of(english ? row->title.en : row->title.zh));
    write_pair(o, "who", str_of(row->who));
    write_pair(o, "status", str_of(states[m->status]));
    write_date(o, "until", m->until);
    write_pair(o, "paper", str_of(row->paper));
    if (m->amount_fen) write_number(o, "amount_fen", m->amount_fen);
    write_pair(o, "basis", pick(m->basis, english));
    write_links(o, &w->cite, m->basis.zh);
    out_str(o, S(",\"why\":["));
    for (size_t i = 0; i < m->whys; i++) {
        if (i) out_str(o, S(","));
        out_json(o, pick(remedy_word(m->why[i]), english));
    }
    out_str(o, S("]}"));
}

void write_remedies(Out *o, const Agreement *a, const Remedies *r, const RemedyWrite *w)
{
    bool urge = strcmp(r->state, "defaulted") == 0;
    out_str(o, S("{\"state\":"));
    out_json(o, str_of(r->state));
    write_date(o, "today", (Date){ (int32_t)a->v[RF_TODAY] });
    write_number(o, "owed_fen", r->owed_fen);
    write_number(o, "due_now_fen", r->due_now_fen);
    out_str(o, r->sham ? S(",\"sham\":true") : S(",\"sham\":false"));
    out_str(o, S(",\"papers\":["));
    out_str(o, urge ? S("\"D18\",\"D21\"") : S(""));
    if (r->sham) out_str(o, urge ? S(",\"D12s\"") : S("\"D12s\""));
    out_str(o, S("],\"obligations\":["));
    for (size_t i = 0; i < a->terms; i++) {
        if (i) out_str(o, S(","));
        write_term(o, &a->term[i]);
    }
    out_str(o, S("],\"remedies\":["));
    for (size_t i = 0; i < RM__COUNT; i++) {
        if (i) out_str(o, S(","));
        write_remedy(o, &remedy_rows[i], &r->remedy[i], w);
    }
    out_str(o, S("],\"warnings\":["));
    for (size_t i = 0; i < r->warnings; i++) {
        if (i) out_str(o, S(","));
        out_json(o, pick(remedy_word(r->warning[i]), w->english));
    }
    out_str(o, S("]}\n"));
}

void describe_remedies(Out *o, bool english)
{
    out_str(o, S("{\"code\":\"REMEDIES\",\"fields\":["));
    for (size_t i = 0; i < RF__COUNT; i++) {
        if (i) out_str(o, S(","));
        write_field_form(o, &remedy_fields[i], i == RF_TODAY || i == RF_TERMS, english);
        if (i == RF_TERMS) out_str(o, S(",\"columns\":["));
        for (size_t t = 0; i == RF_TERMS && t < RT__COUNT; t++) {
            if (t) out_str(o, S(","));
            write_field_form(o, &term_fields[t], t == RT_KIND, english);
            out_str(o, S("}"));
        }
        out_str(o, i == RF_TERMS ? S("]}") : S("}"));
    }
    out_str(o, S("]}\n"));
}
