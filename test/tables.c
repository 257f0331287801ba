/*
** What must hold of every table that the slices declare: routes, forms, code
** lists, migrations, jobs, hooks.  No database; runs in milliseconds.
** Each violation is told with the row that is wrong.
*/
#include "law/flow.h"
#include "slices.h"
#include "test.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum { FORMS_MAX = 512, ROUTES_MAX = 2048, PATH_ARGS = 4 };

static int passed, failed;

void check(bool good, const char *what)
{
    if (good) passed++;
    else failed++;
    if (!good) (void)printf("FAILED %s\n", what);
}

/* One check of one row: `where` and `which` name it. */
static void row(bool good, const char *where, const char *which, const char *what)
{
    char text[1200];
    (void)snprintf(text, sizeof text, "%s %s: %s", where, which ? which : "?", what);
    check(good, text);
}

static bool said(const char *text)
{
    return text && text[0];
}

/* ---- forms and code lists ------------------------------------------------------- */

static const Form *seen[FORMS_MAX];
static size_t seen_n;

static bool is_new(const Form *f)
{
    for (size_t i = 0; i < seen_n; i++) {
        if (seen[i] == f) return false;
    }
    BUG_IF(seen_n == FORMS_MAX);
    seen[seen_n++] = f;
    return true;
}

/* Without a Chinese character or stop; “ ” ’ … and the like are everybody's. */
static bool is_english(const char *text)
{
    for (; text && *text; text++) {
        unsigned char c = (unsigned char)*text;
        if ((c >= 0xE3 && c <= 0xE9) || c == 0xEF) return false;
    }
    return true;
}

static void check_codes(const char *form, const Codes *codes)
{
    for (size_t i = 0; i < codes->n; i++) {
        const Code *code = &codes->row[i];
        row(said(code->word), form, codes->name, "a code without its word");
        row(said(code->zh) && said(code->en), codes->name, code->word, "a code says both languages");
        row(is_english(code->en), codes->name, code->word, "its English is English");
        bool once = true;
        for (size_t k = 0; k < i; k++) once &= strcmp(code->word, codes->row[k].word) != 0;
        row(once, codes->name, code->word, "a code stands once");
    }
    row(codes->n > 0 || codes->known, form, codes->name, "a list of codes has rows or knows them");
}

static bool has_labels(const Field *fd)
{
    return fd->rule & HIDDEN || (said(fd->label) && said(fd->en));
}

/* `shown`: a person or a program outside sees it. */
/* A form is asked for by its name: GET /api/v1/forms/NAME. */
static void check_name(const Form *f)
{
    bool alone = true;
    for (size_t i = 0; i + 1 < seen_n; i++) alone &= strcmp(seen[i]->name, f->name) != 0;
    row(alone, "form", f->name, "no other form has its name");
}

static void check_form(const Form *f, bool shown)
{
    if (!f || !is_new(f)) return;
    if (shown) check_name(f);
    for (size_t i = 0; i < f->n; i++) {
        const Field *fd = &f->field[i];
        row(!shown || has_labels(fd), f->name, fd->name, "a field is labelled in both languages");
        row(said(fd->help) == said(fd->help_en), f->name, fd->name, "help says both languages");
        row(is_english(fd->en) && is_english(fd->help_en), f->name, fd->name, "its English is English");
        row(fd->at < f->size, f->name, fd->name, "a field lies within its struct");
        row(!(fd->kind == KIND_LIST) == !fd->child, f->name, fd->name, "only a list has a child form");
        row(!fd->codes || fd->kind == KIND_TEXT, f->name, fd->name, "codes belong to a text");
        row(fd->max == 0 || fd->min <= fd->max, f->name, fd->name, "the least is not more than the most");
        bool once = true;
        for (size_t k = 0; k < i; k++) once &= strcmp(fd->name, f->field[k].name) != 0;
        row(once, f->name, fd->name, "a field stands once");
        if (fd->codes) check_codes(f->name, fd->codes);
        check_form(fd->child, shown);
    }
}

/* ---- routes ----------------------------------------------------------------------- */

static const Route *all[ROUTES_MAX];
static size_t all_n;

/* "/cases/:id" and "/cases/:case" are one place. */
static bool same_place(const Route *a, const Route *b)
{
    Str x = str_of(a->pattern), y = str_of(b->pattern);
    if (strcmp(a->method, b->method) != 0) return false;
    while (x.n || y.n) {
        Str p = str_cut(&x, '/'), q = str_cut(&y, '/');
        bool named = p.n && q.n && p.s[0] == ':' && q.s[0] == ':';
        if (!named && !str_eq(p, q)) return false;
    }
    return true;
}

static size_t names_in(const char *pattern)
{
    size_t n = 0;
    for (; *pattern; pattern++) n += *pattern == ':';
    return n;
}

static void check_route(const Route *r)
{
    char name[200];
    (void)snprintf(name, sizeof name, "%s %s", r->method, r->pattern);
    bool reads = strcmp(r->method, "GET") == 0;
    row(r->who != 0, "route", name, "it admits somebody");
    row(!(r->who & SYSTEM) || r->who & SYS_ADMIN, "route", name, "the system asks by no route");
    row(r->run != NULL, "route", name, "it does something");
    row(said(r->zh) && said(r->en), "route", name, "it is said in both languages what it does");
    row(is_english(r->en), "route", name, "its English is English");
    row(names_in(r->pattern) <= PATH_ARGS, "route", name, "not more names than c->arg holds");
    row(!reads || !r->in, "route", name, "a request that only reads has no body");
    row(!reads || r->fires == EV__NONE, "route", name, "a request that only reads brings nothing about");
    row(!r->list || r->out, "route", name, "a list says of what");
    row(!r->upload || !r->in, "route", name, "a body is a file or a form");
    bool once = true;
    for (size_t i = 0; i < all_n; i++) once &= !same_place(all[i], r);
    row(once, "route", name, "it stands once");
    check_form(r->in, true);
    check_form(r->query, true);
    check_form(r->out, true);
    BUG_IF(all_n == ROUTES_MAX);
    all[all_n++] = r;
}

static uint32_t who_by_routes(Event e, size_t *n)
{
    uint32_t who = 0;
    for (size_t i = 0; i < all_n; i++) {
        if (all[i]->fires != e) continue;
        who |= all[i]->who & ANYBODY ? (all[i]->who & ~ANYBODY) | PARTIES : all[i]->who;
        (*n)++;
    }
    return who;
}

static uint32_t who_by_flow(Event e)
{
    uint32_t who = 0;
    for (size_t i = 0; i < flow_n; i++) {
        if (flow[i].event == e) who |= flow[i].who;
    }
    return who & ~(uint32_t)SYSTEM;
}

/* Who comes in by the routes of an event, and who may bring it about by law, are the same. */
static void check_event(Event e)
{
    char text[600];
    size_t n = 0;
    uint32_t routes = who_by_routes(e, &n), law = who_by_flow(e);
    if (n == 0) return;
    Out o = { .buf = text, .cap = sizeof text - 1 };
    out_str(&o, S("by its routes: "));
    roles_write(&o, routes);
    out_str(&o, S("; by the procedure: "));
    roles_write(&o, law);
    text[o.len] = 0;
    row(routes == law, "event", event_word(e), text);
}

/* ---- slices ------------------------------------------------------------------------- */

static bool is_daily(const char *text)
{
    bool digits = strlen(text) == 5 && isdigit((unsigned char)text[0]) && isdigit((unsigned char)text[1])
        && text[2] == ':' && isdigit((unsigned char)text[3]) && isdigit((unsigned char)text[4]);
    return digits && strcmp(text, "23:59") <= 0 && text[3] < '6';
}

static void check_job(const Slice *s, const JobKind *k)
{
    row(said(k->word) && k->run, "job", k->word, "it has a word and does something");
    row(!k->daily || is_daily(k->daily), "job", k->word, "its time of day is one");
    row(k->every_s >= 0 && !(k->daily && k->every_s), "job", k->word, "it has one schedule at most");
    size_t n = 0;
    for (const Slice *const *t = slices; *t; t++) {
        for (size_t i = 0; i < (*t)->jobs; i++) n += strcmp((*t)->job[i].word, k->word) == 0;
    }
    row(n == 1, s->name, k->word, "no other job has its word");
}

static size_t named(const char *name)
{
    size_t n = 0;
    for (const Slice *const *s = slices; *s; s++) {
        for (const Query *const *q = (*s)->query; q && *q; q++) n += strcmp((*q)->name, name) == 0;
    }
    return n;
}

static void check_queries(const Slice *s)
{
    for (const Query *const *q = s->query; q && *q; q++) {
        row(said((*q)->name) && named((*q)->name) == 1, s->name, (*q)->name, "a query has a name of its own");
        check_form((*q)->in, false);
        check_form((*q)->out, false);
    }
}

static void check_slice(const Slice *s)
{
    row(said(s->name), "slice", s->name, "it has a name");
    for (const Slice *const *t = slices; *t; t++) {
        row(*t == s || strcmp((*t)->name, s->name) != 0, "slice", s->name, "no other has its name");
    }
    for (size_t i = 1; i < s->migrations; i++) {
        row(s->migration[i - 1].number < s->migration[i].number, "slice", s->name, "its migrations rise");
    }
    for (size_t i = 0; i < s->hooks; i++) {
        Event on = s->hook[i].on;
        row(on > EV__NONE && on < EV__COUNT && s->hook[i].run, "slice", s->name, "a hook waits for an event");
    }
    for (size_t i = 0; i < s->jobs; i++) check_job(s, &s->job[i]);
    for (size_t i = 0; i < s->routes; i++) check_route(&s->route[i]);
}

int main(void)
{
    for (const Slice *const *s = slices; *s; s++) check_slice(*s);
    for (const Slice *const *s = slices; *s; s++) check_queries(*s);
    for (unsigned e = EV__NONE + 1; e < EV__COUNT; e++) check_event((Event)e);
    (void)printf("%d passed, %d failed\n", passed, failed);
    return failed != 0;
}
