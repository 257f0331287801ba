/*
** The demo's people: three administrators, accounts for every role, sixty
** mediators, and the employers that a clerk has on record.
*/
#include "demo/office.h"

#include "core/audit.h"
#include "core/tx.h"
#include "register/people/people.h"

#include <inttypes.h>
#include <stdio.h>

enum { LOGIN_ROOM = 32 };

static Person *person_add(Staff *s, const char *login, const char *roles)
{
    BUG_IF(s->person_n == PEOPLE);
    Person *p = &s->person[s->person_n++];
    *p = (Person){ .login = login, .roles = roles, .password = "", .note = "", .row = NO_ROW };
    p->name = someone(&s->names, &s->d->keep, &s->d->dice, time_date(s->d->clock)).name;
    return p;
}

const Person *people_of(const Staff *s, Str office, uint32_t roles)
{
    for (size_t i = 0; i < s->person_n; i++) {
        const Person *p = &s->person[i];
        if (p->office && str_eq(p->office->key, office) && p->actor.roles & roles) return p;
    }
    bug(__FILE__, __LINE__, "nobody of the demo has this role");
}

/* ---- the first administrators, as `tiaojie user add` makes them ------------------------- */

static Actor administrator(Staff *s, const char *login, const char *roles)
{
    Demo *d = s->d;
    Ctx *c = &d->open.c;
    Person *p = person_add(s, login, roles);
    demo_begin(d, "demo office");
    User u = { .login = str_of(login), .name = str_of(p->name), .roles = str_of(roles) };
    Str password = user_password(c, &u);
    tx_begin(c);
    user_add(c, &u);
    audit_about(c, u.id);
    tx_end(c);
    if (!ok(c)) {
        d->refusals += house_refused(&d->open, login);
        return (Actor){ 0 };
    }
    p->password = str_c(&d->keep, password);
    p->shown = true;
    p->actor = demo_actor(d, u.id);
    return p->actor;
}

void people_administrators(Staff *s)
{
    s->sys = administrator(s, "sysadmin", "sys_admin");
    s->sec = administrator(s, "secadmin", "sec_admin");
    (void)administrator(s, "auditor", "auditor");
}

/* ---- accounts ---------------------------------------------------------------------------- */

static json_t *words(Str text)
{
    json_t *list = json_array();
    while (text.n) {
        Str word = str_cut(&text, ' ');
        (void)json_array_append_new(list, json_stringn(word.s, word.n));
    }
    return list;
}

static const char *id_text(char room[static 24], Id id)
{
    (void)snprintf(room, 24, "%" PRId64, id.n);
    return room;
}

/* SYS_ADMIN makes the account, SEC_ADMIN gives the roles. */
static Id account(Staff *s, Person *p, const Office *o)
{
    Demo *d = s->d;
    char org[24];
    json_t *in = json_pack("{s:s,s:s,s:s}", "login", p->login, "name", p->name, "org", id_text(org, o->id));
    json_t *a = demo_post(d, &s->sys, in, "/api/v1/users");
    Id user = demo_id(a, "id");
    p->office = o;
    if (p->shown) p->password = demo_text(d, a, "password");
    d->match = S("\"1\"");
    in = json_pack("{s:o}", "roles", words(str_of(p->roles)));
    if (demo_put(d, &s->sec, in, "/api/v1/users/%" PRId64 "/roles", user.n)) p->actor = demo_actor(d, user);
    return user;
}

static bool has_account(const Staff *s, size_t row)
{
    for (size_t i = 0; i < s->person_n; i++) {
        if (s->person[i].row == row) return true;
    }
    return false;
}

void people_accounts(Staff *s)
{
    Arena *keep = &s->d->keep;
    const Table *t = &s->people;
    for (size_t i = 0; i < t->n; i++) {
        const Office *o = office_find(s, table_cell(t, i, "office"), 0);
        if (!o || has_account(s, i)) continue;
        Person *p =
            person_add(s, str_c(keep, table_cell(t, i, "login")), str_c(keep, table_cell(t, i, "roles")));
        p->note = str_c(keep, table_cell(t, i, "note"));
        p->row = i;
        p->shown = str_eq(table_cell(t, i, "shown"), S("1"));
        (void)account(s, p, o);
    }
}

/* ---- employers ------------------------------------------------------------------------------ */

void people_firms(Staff *s)
{
    Demo *d = s->d;
    const Actor *clerk = &people_of(s, S("centre"), CLERK)->actor;
    for (size_t i = 0; i < FIRMS;) {
        Firm *f = &s->firm[i];
        *f = some_firm(&s->names, &d->keep, &d->dice);
        Someone boss = someone(&s->names, &d->keep, &d->dice, time_date(d->clock));
        json_t *in = json_pack("{s:s,s:s,s:s,s:s,s:I,s:s,s:s,s:s,s:b}", "name", f->name, "uscc", f->uscc,
                               "emp_type", f->emp_type, "industry", f->industry, "staff", (json_int_t)f->staff,
                               "region", "450206", "legal_rep", boss.name, "phone", f->mobile,
                               "has_union", dice_percent(&d->dice, 35));
        enum { CLASH = 409 };
        d->quiet = true; /* two of one name: another is made up */
        json_t *a = demo_post(d, clerk, in, "/api/v1/employers");
        d->quiet = false;
        f->legal_rep = boss.name;
        f->id = demo_id(a, "id");
        if (!a && d->status != CLASH) d->refusals++;
        if (a || d->status != CLASH) i++;
    }
}

/* ---- mediators --------------------------------------------------------------------------------- */

static void move(Staff *s, Id mediator, const char *event)
{
    (void)demo_post(s->d, &s->root, json_pack("{s:s}", "event", event),
                    "/api/v1/mediators/%" PRId64 "/status", mediator.n);
}

static void mediator(Staff *s, size_t row, const Office *o, int number)
{
    Demo *d = s->d;
    const Table *t = &s->mediators;
    char login[LOGIN_ROOM], user[24], org[24], paper[LOGIN_ROOM];
    int64_t capacity = 1;
    Str work = table_cell(t, row, "work");
    (void)snprintf(login, sizeof login, "mediator%02d", number);
    (void)snprintf(paper, sizeof paper, "GX-LJ-%04d", number);
    (void)str_int(table_cell(t, row, "capacity"), &capacity);
    Someone who = someone(&s->names, &d->keep, &d->dice, time_date(d->clock));
    Person *p = person_add(s, str_c(&d->keep, str_of(login)), str_c(&d->keep, table_cell(t, row, "roles")));
    p->name = who.name;
    p->shown = number == 1;
    (void)account(s, p, o);
    json_t *in = json_pack(
        "{s:s,s:s,s:s,s:s,s:s,s:s,s:s#,s:s#,s:s,s:I}", "org_id", id_text(org, o->id), "user_id",
        id_text(user, p->actor.id), "name", who.name, "sex", who.sex == 'F' ? "F" : "M", "id_no", who.id_no,
        "phone", who.mobile, "work", work.s, (int)work.n, "source", table_cell(t, row, "source").s,
        (int)table_cell(t, row, "source").n, "certificate_no", paper, "capacity", (json_int_t)capacity);
    (void)json_object_set_new(in, "specialties", words(table_cell(t, row, "tags")));
    (void)json_object_set_new(in, "criteria", words(S("POLITICS ABILITY STYLE DEVOTION ADULT FAIR LEGAL")));
    json_t *a = demo_post(d, &s->root, in, "/api/v1/mediators");
    Id id = demo_id(a, "id");
    if (str_eq(work, S("FT"))) move(s, id, "train");
    move(s, id, "appoint");
}

void people_mediators(Staff *s)
{
    int number = 0;
    for (size_t i = 0; i < s->mediators.n; i++) {
        int64_t count = 0;
        (void)str_int(table_cell(&s->mediators, i, "count"), &count);
        for (int64_t k = 0; k < count; k++) {
            const Office *o = office_find(s, table_cell(&s->mediators, i, "office"), (size_t)k);
            BUG_IF(!o);
            mediator(s, i, o, ++number);
        }
    }
}
