/*
** A life's middle: to whom the case goes, and how mediation goes.
*/
#include "demo/life.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { TEAM = 2, COLLECTIVE = 10, LETTER_ROOM = 16 };

static json_t *note(World *w, Life *l, const char *key)
{
    return json_pack("{s:o}", "note", json_str(world_say(w, &l->dice, key)));
}

/* ---- dispatch and assignment ----------------------------------------------------------- */

static Id first_allowed(const json_t *list)
{
    size_t i = 0;
    json_t *p = NULL;
    json_array_foreach(list, i, p) {
        if (!json_is_true(json_object_get(p, "barred"))) return demo_id(p, "id");
    }
    return (Id){ 0 };
}

static json_t *proposals(World *w, const Life *l)
{
    return demo_get(w->d, w->dispatcher, "/api/v1/cases/%" PRId64 "/proposals", l->id.n);
}

static Date act_dispatch(World *w, Life *l)
{
    Id org = first_allowed(json_object_get(proposals(w, l), "orgs"));
    if (org.n)
        (void)life_post(w, l, w->dispatcher, json_pack("{s:s}", "org", id_word(w->d, org)), "dispatch");
    return DONE;
}

/* Organisations whose manager has an account answer; the others are assigned to. */
static Date act_confirm(World *w, Life *l)
{
    const json_t *k = life_get(w, l, "");
    Id org = demo_id(k, "org");
    const char *state = json_string_value(json_object_get(k, "state"));
    if (!state || strcmp(state, "dispatched") != 0) return DONE;
    for (size_t i = 0; i < w->staff_n; i++) {
        const Actor *a = &w->staff[i].actor;
        if (a->org.n != org.n || !(a->roles & ORG_MANAGER)) continue;
        (void)life_post(w, l, a, json_object(), "confirm");
        break;
    }
    return DONE;
}

static const Pooled *pooled(const World *w, Id mediator)
{
    for (size_t i = 0; i < w->pool_n; i++) {
        if (w->pool[i].mediator.n == mediator.n) return &w->pool[i];
    }
    return NULL;
}

/* Up to two whom nothing bars, as proposed. */
static json_t *team(World *w, const json_t *list, size_t wanted)
{
    size_t i = 0;
    json_t *p = NULL, *picked = json_array();
    json_array_foreach(list, i, p) {
        const Pooled *m = pooled(w, demo_id(p, "id"));
        bool may = !json_is_true(json_object_get(p, "barred")) && m && m->actor;
        if (!may || json_array_size(picked) == wanted) continue;
        (void)json_array_append_new(picked, json_pack("{s:s}", "mediator_id", id_word(w->d, m->mediator)));
    }
    return picked;
}

/* A complex case has a lead and departments first. */
static void confer(World *w, Life *l)
{
    json_t *body = json_pack("{s:o,s:[o,o],s:o}", "lead", json_str(world_say(w, &l->dice, "lead")),
                             "departments", json_str(world_say(w, &l->dice, "department")),
                             json_str(world_say(w, &l->dice, "partner")), "measures",
                             json_str(world_say(w, &l->dice, "conference")));
    (void)life_post(w, l, w->dispatcher, body, "conferences");
}

static Date act_assign(World *w, Life *l)
{
    const json_t *k = life_get(w, l, "");
    const char *flags = json_string_value(json_object_get(k, "flags"));
    bool complex = flags && strstr(flags, "COMPLEX");
    bool many = json_integer_value(json_object_get(k, "workers")) >= COLLECTIVE;
    if (complex) confer(w, l);
    json_t *picked = team(w, json_object_get(proposals(w, l), "mediators"), many ? TEAM : 1);
    bool nobody = json_array_size(picked) == 0;
    if (nobody) json_decref(picked);
    else (void)life_post(w, l, w->dispatcher, json_pack("{s:o}", "mediators", picked), "assign");
    return nobody ? date_plus(time_date(w->d->clock), 1) : DONE; /* all are full: another day */
}

/* ---- sessions ------------------------------------------------------------------------------ */

static const char *time_word(World *w, int minutes)
{
    char room[LETTER_ROOM * 2], day[11];
    date_write(time_date(w->d->clock), day);
    int at = time_minute(w->d->clock) + minutes;
    (void)snprintf(room, sizeof room, "%sT%02d:%02d", day, at / 60, at % 60);
    return str_c(&w->d->keep, str_of(room));
}

static void minutes(World *w, Life *l, const Actor *who, Id session)
{
    static const char *const sides[] = { "APPL", "RESP" };
    Demo *d = w->d;
    json_t *body =
        json_pack("{s:s,s:o,s:b,s:b,s:b,s:o,s:o}", "session_id", id_word(d, session), "attendees",
                  json_str(world_say(w, &l->dice, "attendees")), "id_checked", true, "rights_told", true,
                  "recusal_asked", true, "statements", json_str(world_say(w, &l->dice, "statements")),
                  "result", json_str(world_say(w, &l->dice, "outcome")));
    Id id = demo_id(life_post(w, l, who, body, "minutes"), "id");
    for (size_t i = 0; i < COUNT(sides); i++) {
        Someone p = someone(&w->names, &d->keep, &l->dice, time_date(d->clock));
        (void)demo_post(d, who, json_pack("{s:s,s:s}", "side", sides[i], "name", p.name),
                        "/api/v1/cases/%" PRId64 "/minutes/%" PRId64 "/confirm", l->id.n, id.n);
    }
}

static Date act_open(World *w, Life *l)
{
    Demo *d = w->d;
    const Actor *who = life_mediator(w, l);
    bool online = dice_percent(&l->dice, 25);
    json_t *body = json_pack("{s:s,s:s}", "mode", online ? "ONLINE" : "ONSITE", "planned", time_word(w, 30));
    (void)json_object_set_new(body, online ? "room" : "place", json_str(world_say(w, &l->dice, "room")));
    Id session = demo_id(life_post(w, l, who, body, "sessions"), "id");
    body = json_pack("{s:o,s:b,s:b,s:b,s:b}", "attendees", json_str(world_say(w, &l->dice, "attendees")),
                     "identified", true, "rights_told", true, "mode_agreed", true, "sham_told", true);
    (void)demo_post(d, who, body, "/api/v1/cases/%" PRId64 "/sessions/%" PRId64 "/open", l->id.n, session.n);
    minutes(w, l, who, session);
    return DONE;
}

/* ---- the period ------------------------------------------------------------------------------- */

static Date act_suspend(World *w, Life *l)
{
    json_t *body = note(w, l, "suspend");
    (void)json_object_set_new(body, "code", json_string("INJURY"));
    (void)life_post(w, l, life_mediator(w, l), body, "suspend");
    return DONE;
}

static Date act_resume(World *w, Life *l)
{
    (void)life_post(w, l, life_mediator(w, l), note(w, l, "resume"), "resume");
    return DONE;
}

static Date act_extend(World *w, Life *l)
{
    Demo *d = w->d;
    const char *day = day_word(d, time_date(d->clock));
    Someone a = someone(&w->names, &d->keep, &l->dice, time_date(d->clock));
    Someone b = someone(&w->names, &d->keep, &l->dice, time_date(d->clock));
    json_t *body = json_pack("{s:i,s:[{s:s,s:s,s:s,s:s},{s:s,s:s,s:s,s:s}]}", "days", 15, "consents",
                             "side", "APPL", "name", a.name, "way", "PAPER", "day", day,
                             "side", "RESP", "name", b.name, "way", "PAPER", "day", day);
    (void)life_post(w, l, life_mediator(w, l), body, "extend");
    return DONE;
}

/* Nobody does anything until the clock ends it. */
static Date act_expire(World *w, Life *l)
{
    return life_is(w, l, "failed") ? DONE : date_plus(time_date(w->d->clock), 2);
}

static Date act_overdue(World *w, Life *l)
{
    (void)life_post(w, l, life_mediator(w, l), note(w, l, "overdue"), "overdue-reason");
    return DONE;
}

/* ---- other ends --------------------------------------------------------------------------------- */

static Date fails(World *w, Life *l, const char *code)
{
    json_t *body = note(w, l, code);
    (void)json_object_set_new(body, "code", json_string(code));
    (void)life_post(w, l, life_mediator(w, l), body, "fail");
    return DONE;
}
static Date act_f01(World *w, Life *l) { return fails(w, l, "F01"); }
static Date act_f02(World *w, Life *l) { return fails(w, l, "F02"); }
static Date act_f04(World *w, Life *l) { return fails(w, l, "F04"); }
static Date act_f06(World *w, Life *l) { return fails(w, l, "F06"); }
static Date act_f07(World *w, Life *l) { return fails(w, l, "F07"); }
static Date act_f08(World *w, Life *l) { return fails(w, l, "F08"); }

static Date act_f05(World *w, Life *l)
{
    (void)life_post(w, l, life_mediator(w, l), note(w, l, "F05"), "refuse-sign-end");
    return DONE;
}

static Date act_sham(World *w, Life *l)
{
    json_t *body = json_pack("{s:o}", "reason", json_str(world_say(w, &l->dice, "F06")));
    (void)life_post(w, l, life_mediator(w, l), body, "sham");
    return DONE;
}

static Id respondent(World *w, const Life *l)
{
    size_t i = 0;
    json_t *p = NULL;
    const json_t *list = json_object_get(life_get(w, l, "parties"), "items");
    json_array_foreach(list, i, p) {
        const char *side = json_string_value(json_object_get(p, "side"));
        if (side && strcmp(side, "RESP") == 0) return demo_id(p, "id");
    }
    return (Id){ 0 };
}

static Date seek(World *w, Life *l, const char *way)
{
    Id party = respondent(w, l);
    json_t *body =
        json_pack("{s:s,s:s,s:b}", "party_id", id_word(w->d, party), "channel", way, "reached", false);
    (void)life_post(w, l, w->clerk, body, "contacts");
    return DONE;
}
static Date act_seek(World *w, Life *l) { return seek(w, l, "PHONE"); }
static Date act_letter(World *w, Life *l) { return seek(w, l, "LETTER"); }

static Date act_withdraw(World *w, Life *l)
{
    (void)life_post(w, l, w->clerk, note(w, l, "withdraw"), "withdraw");
    return DONE;
}

static Date act_settle(World *w, Life *l)
{
    (void)life_post(w, l, w->clerk, note(w, l, "settle"), "settle");
    return DONE;
}

const ActRow acts_mediate[] = {
    { "dispatch", act_dispatch, 0, 1, true }, { "confirm", act_confirm, 0, 0, false }, { "assign", act_assign, 0, 1, true },
    { "open", act_open, 1, 5, true },         { "suspend", act_suspend, 0, 1, true }, { "resume", act_resume, 20, 60, false },
    { "extend", act_extend, 1, 4, true },     { "expire", act_expire, 8, 10, false },  { "overdue", act_overdue, 1, 3, false },
    { "F01", act_f01, 1, 6, true },           { "F02", act_f02, 1, 8, true },         { "F04", act_f04, 0, 1, true },
    { "F05", act_f05, 1, 3, true },           { "F06", act_f06, 1, 3, true },         { "F07", act_f07, 1, 6, true },
    { "F08", act_f08, 1, 6, true },           { "sham", act_sham, 1, 3, true },       { "seek", act_seek, 1, 1, false },
    { "letter", act_letter, 0, 0, false },     { "withdraw", act_withdraw, 0, 5, true }, { "settle", act_settle, 1, 5, true },
    { NULL, NULL, 0, 0, false },
};
