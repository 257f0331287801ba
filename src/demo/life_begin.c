/*
** A life's beginning: the application, and what the clerk makes of it.
*/
#include "demo/life.h"

#include "law/law.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { TEXT_ROOM = 6000, GROUP_MOST = 40 };

/* What is told in one application. */
typedef struct Story {
    Dice   *dice;
    const Firm *firm;
    Str     cause, second, tag, text, post;
    int64_t wage, amount, months; /* yuan; months of arrears */
    Date    hired, from, until;
    int64_t workers;
    bool    employer_asks;
} Story;

/* ---- words ----------------------------------------------------------------------------- */

static void put(Out *o, const Story *s, Str name)
{
    const struct { const char *name; Str text; int64_t number; Date day; } words[] = {
        { "firm", str_of(s->firm->name), 0, { 0 } }, { "post", s->post, 0, { 0 } },
        { "wage", { 0 }, s->wage, { 0 } },           { "money", { 0 }, s->amount, { 0 } },
        { "months", { 0 }, s->months, { 0 } },       { "hired", { 0 }, 0, s->hired },
        { "from", { 0 }, 0, s->from },               { "until", { 0 }, 0, s->until },
    };
    for (size_t i = 0; i < COUNT(words); i++) {
        if (!str_eq(str_of(words[i].name), name)) continue;
        if (words[i].text.n) out_str(o, words[i].text);
        else if (words[i].day.day) out_date(o, words[i].day);
        else out_int(o, words[i].number);
    }
}

/* "{firm}" and the like replaced. */
static json_t *told(const World *w, const Story *s)
{
    char room[TEXT_ROOM];
    Out o = { .buf = room, .cap = sizeof room };
    for (Str rest = s->text; rest.n;) {
        out_str(&o, str_cut(&rest, '{'));
        if (rest.s) put(&o, s, str_cut(&rest, '}'));
    }
    for (int64_t n = dice_between(s->dice, 0, 2); n > 0; n--) out_str(&o, world_say(w, s->dice, "more"));
    return json_str(out_view(&o));
}

static void set(json_t *body, const char *name, const char *value)
{
    (void)json_object_set_new(body, name, json_string(value));
}

static void set_day(World *w, json_t *body, const char *name, Date day)
{
    set(body, name, day_word(w->d, day));
}

/* ---- what happened ------------------------------------------------------------------------ */

/* Small numbers more often: the same few employers come again and again. */
static const Firm *some_employer(const World *w, Dice *dice)
{
    int64_t a = dice_between(dice, 0, (int64_t)w->firm_n - 1),
            b = dice_between(dice, 0, (int64_t)w->firm_n - 1);
    return &w->firm[a < b ? a : b];
}

static int64_t some_workers(Dice *dice)
{
    int64_t chance = dice_between(dice, 1, 1000);
    if (chance <= 4) return dice_between(dice, 30, GROUP_MOST);
    if (chance <= 60) return dice_between(dice, 3, 15);
    return 1;
}

/* A row of facts.csv whose cause is in force on the day. */
static size_t some_facts(const World *w, Dice *dice, Date today)
{
    const Law *law = atomic_load(&w->d->open.house.law);
    size_t row = 0;
    do row = dice_weighted(dice, w->facts.weight, w->facts.n);
    while (!cause_find(&law->causes, table_cell(&w->facts, row, "cause"), today));
    return row;
}

static Story made_up(const World *w, Dice *dice, Date today)
{
    size_t row = some_facts(w, dice, today);
    Story s = { .dice = dice, .firm = some_employer(w, dice), .workers = some_workers(dice) };
    int64_t low = 0, high = 0;
    (void)str_int(table_cell(&w->facts, row, "low"), &low);
    (void)str_int(table_cell(&w->facts, row, "high"), &high);
    s.cause = table_cell(&w->facts, row, "cause");
    s.tag = table_cell(&w->facts, row, "tag");
    s.text = table_cell(&w->facts, row, "text");
    s.post = world_say(w, dice, "post");
    s.wage = dice_between(dice, 26, 95) * 100;
    s.amount = dice_between(dice, low, high) / 10 * 10;
    s.months = dice_between(dice, 2, 5);
    s.until = date_plus(today, -(int)dice_between(dice, 5, 70));
    s.from = date_plus_months(s.until, -(int)s.months);
    s.hired = date_plus(s.from, -(int)dice_between(dice, 60, 1500));
    return s;
}

static Story published(const World *w, const Official *o, Dice *dice, Date today)
{
    Story s = made_up(w, dice, today);
    s.cause = str_of(o->cause);
    s.second = str_of(o->second);
    s.text = str_of(o->facts);
    s.amount = o->claim_fen / 100;
    s.workers = 1;
    s.tag = (Str){ 0 };
    s.employer_asks = o->employer_asks;
    return s;
}

/* ---- the application ------------------------------------------------------------------------ */

static json_t *worker(World *w, const Story *s, bool roster)
{
    Demo *d = w->d;
    Someone p = someone(&w->names, &d->keep, s->dice, time_date(d->clock));
    json_t *j = json_pack("{s:s,s:s,s:s,s:s,s:s,s:s,s:b}", "side", s->employer_asks ? "RESP" : "APPL",
                          "kind", "WORKER", "name", p.name, "id_type", "ID", "id_no", p.id_no, "mobile",
                          p.mobile, "e_service", dice_percent(s->dice, 70));
    Str place = world_say(w, s->dice, "place");
    if (!roster) (void)json_object_set_new(j, "addr", json_str(place));
    if (!roster) (void)json_object_set_new(j, "svc_addr", json_str(place));
    if (s->tag.n) (void)json_object_set_new(j, "tags", json_pack("[s#]", s->tag.s, (int)s->tag.n));
    return j;
}

static json_t *employer(World *w, const Story *s)
{
    Demo *d = w->d;
    const Firm *f = s->firm;
    Someone boss = someone(&w->names, &d->keep, s->dice, time_date(d->clock));
    return json_pack("{s:s,s:s,s:s,s:s,s:s,s:s,s:I,s:s,s:s,s:s}", "side",
                     s->employer_asks ? "APPL" : "RESP", "kind", "EMPLOYER", "name", f->name, "uscc",
                     f->uscc, "emp_type", f->emp_type, "industry", f->industry, "staff",
                     (json_int_t)f->staff, "reg_region", "450206", "legal_rep", boss.name, "mobile",
                     boss.mobile);
}

static json_t *claim(World *w, const Story *s, Str cause, int64_t yuan)
{
    json_t *j = json_pack("{s:s#}", "cause", cause.s, (int)cause.n);
    if (yuan) (void)json_object_set_new(j, "amount", json_integer(yuan * 100 * s->workers));
    set_day(w, j, "from", s->from);
    set_day(w, j, "until", s->until);
    return j;
}

static json_t *claims(World *w, const Story *s, const Official *o)
{
    json_t *list = json_pack("[o]", claim(w, s, s->cause, s->amount));
    if (o && o->claim_fen)
        (void)json_object_set_new(json_array_get(list, 0), "amount", json_integer(o->claim_fen));
    if (o && *o->claim) set(json_array_get(list, 0), "basis", o->claim);
    if (s->second.n) (void)json_array_append_new(list, claim(w, s, s->second, 0));
    return list;
}

static const char *channel(Dice *dice)
{
    static const int64_t weight[] = { 46, 20, 10, 6, 6, 5, 4, 3 };
    static const char *const words[] = { "VISIT", "WEB",   "PHONE", "12333",
                                         "GRID",  "UNION", "INSP",  "PETITION" };
    return words[dice_weighted(dice, weight, COUNT(weight))];
}

static void relation(World *w, json_t *body, const Story *s)
{
    bool fixed = dice_percent(s->dice, 62);
    bool injury = s->cause.s[0] == 'G';
    bool employed = s->cause.s[0] != 'B' && dice_percent(s->dice, 55);
    set(body, "contract", fixed ? "FIXED" : "NONE");
    if (fixed) set_day(w, body, "sign_date", s->hired);
    (void)json_object_set_new(body, "employed", json_boolean(employed));
    if (!employed) set_day(w, body, "end_date", s->until);
    if (!employed) (void)json_object_set_new(body, "end_reason", json_str(world_say(w, s->dice, "reason")));
    if (injury) set_day(w, body, "injury_date", s->from);
    if (str_eq(s->cause, S("A07")))
        (void)json_object_set_new(body, "career_years", json_integer(s->months + 2));
}

/* The town where the work was done: more in the seat of the county than elsewhere. */
static const char *town(const Story *s)
{
    static const char *const towns[] = { "450206100", "450206100", "450206100", "450206102", "450206103",
                                         "450206108", "450206106", "450206110", "450206107", "450206109" };
    return towns[(size_t)(s->wage / 100 + s->months) % COUNT(towns)];
}

static json_t *application(World *w, const Life *l, const Story *s)
{
    json_t *parties = json_array();
    const char *by = channel(s->dice);
    for (int64_t i = 0; i < s->workers; i++)
        (void)json_array_append_new(parties, worker(w, s, s->workers > 1));
    (void)json_array_append_new(parties, employer(w, s));
    const char *type = s->employer_asks ? "EMPLOYER" : s->workers > 1 ? "GROUP" : "WORKER";
    bool online = dice_percent(s->dice, 60), recorded = dice_percent(s->dice, 50);
    json_t *body = json_pack("{s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:b,s:b,s:b,s:b,s:b}",
                             "org", id_word(w->d, w->centre), "channel", by, "mode", "WRITTEN", "appl_type", type,
                             "region", town(s), "hours", "STANDARD", "notice", "demo", "online_ok", online,
                             "rec_ok", recorded, "truthful", true, "privacy", true, "sensitive", true);
    set_day(w, body, "hire_date", s->hired);
    set_day(w, body, "knew_date", s->until);
    (void)json_object_set_new(body, "wage", json_integer(s->wage * 100));
    (void)json_object_set_new(body, "post", json_str(s->post));
    (void)json_object_set_new(body, "place", json_str(world_say(w, s->dice, "place")));
    relation(w, body, s);
    (void)json_object_set_new(body, "facts", told(w, s));
    (void)json_object_set_new(body, "parties", parties);
    (void)json_object_set_new(body, "claims", claims(w, s, l->official));
    return body;
}

static void file(World *w, Life *l, const char *kind)
{
    Date today = time_date(w->d->clock);
    Story s = l->official ? published(w, l->official, &l->dice, today) : made_up(w, &l->dice, today);
    json_t *body = application(w, l, &s);
    if (kind) set(body, "relation", kind);
    bool self = strcmp(json_string_value(json_object_get(body, "channel")), "WEB") == 0;
    l->id = demo_id(demo_post(w->d, self ? NULL : w->clerk, body, "/api/v1/cases"), "id");
}

static Date act_file(World *w, Life *l)
{
    file(w, l, NULL);
    return DONE;
}

static Date act_file_domestic(World *w, Life *l)
{
    file(w, l, "DOMESTIC");
    return DONE;
}

/* ---- the clerk's ------------------------------------------------------------------------------ */

static json_t *note(World *w, Life *l, const char *key)
{
    return json_pack("{s:o}", "note", json_str(world_say(w, &l->dice, key)));
}

/* A published case is entered with its source and the articles it rests on. */
static Date act_register(World *w, Life *l)
{
    char room[TEXT_ROOM];
    Out o = { .buf = room, .cap = sizeof room };
    if (l->official) {
        out_str(&o, world_say(w, &l->dice, "official"));
        out_str(&o, str_of(l->official->source));
        out_str(&o, S(" "));
        out_str(&o, world_say(w, &l->dice, "law"));
        out_str(&o, str_of(l->official->laws));
    } else {
        out_str(&o, world_say(w, &l->dice, "register"));
    }
    (void)life_post(w, l, w->clerk, json_pack("{s:o}", "note", json_str(out_view(&o))), "register");
    return DONE;
}

static Date act_correct(World *w, Life *l)
{
    json_t *body = json_pack("{s:o}", "items", json_str(world_say(w, &l->dice, "missing")));
    (void)life_post(w, l, w->clerk, body, "ask-correction");
    return DONE;
}

static Date act_corrected(World *w, Life *l)
{
    (void)life_post(w, l, w->clerk, json_pack("{s:b}", "supplied", true), "correct");
    return DONE;
}

static Date until_state(World *w, const Life *l, const char *state)
{
    return life_is(w, l, state) ? DONE : date_plus(time_date(w->d->clock), 2);
}

static Date act_lapse(World *w, Life *l)
{
    return until_state(w, l, "withdrawn");
}

static Date act_consent(World *w, Life *l)
{
    (void)life_post(w, l, w->clerk, note(w, l, "consent"), "ask-consent");
    return DONE;
}

static Date act_decline(World *w, Life *l)
{
    json_t *body = note(w, l, "refused");
    set(body, "reason", "REFUSED");
    (void)life_post(w, l, w->clerk, body, "decline");
    return DONE;
}

static Date act_accept(World *w, Life *l)
{
    (void)life_post(w, l, w->clerk, json_pack("{s:b,s:s}", "agrees", true, "scope", "SC1"), "accept");
    return DONE;
}

static Date act_refer(World *w, Life *l)
{
    json_t *body = note(w, l, "refer");
    set(body, "org", id_word(w->d, w->town));
    (void)life_post(w, l, w->clerk, body, "refer");
    return DONE;
}

static Date ask_head(World *w, Life *l, const Actor *who, const char *event, const char *key)
{
    json_t *body = json_pack("{s:s,s:o}", "event", event, "reason", json_str(world_say(w, &l->dice, key)));
    Id id = demo_id(life_post(w, l, who, body, "approvals"), "id");
    (void)demo_post(w->d, w->head, json_pack("{s:b}", "granted", true),
                    "/api/v1/approvals/%" PRId64 "/decide", id.n);
    return DONE;
}

static Date act_ask_reject(World *w, Life *l)
{
    return ask_head(w, l, w->clerk, "reject", "rejected");
}

static Date act_reject(World *w, Life *l)
{
    json_t *body = note(w, l, "rejected");
    set(body, "code", "NR4");
    (void)life_post(w, l, w->clerk, body, "reject");
    return DONE;
}

static Date act_ask_suspend(World *w, Life *l)
{
    return ask_head(w, l, life_mediator(w, l), "suspend", "suspend");
}

const ActRow acts_begin[] = {
    { "file", act_file, 0, 0, false },             { "file_domestic", act_file_domestic, 0, 0, false },
    { "register", act_register, 0, 1, false },     { "correct", act_correct, 0, 1, false },
    { "corrected", act_corrected, 1, 4, false },   { "lapse", act_lapse, 5, 8, false },
    { "consent", act_consent, 0, 1, false },       { "decline", act_decline, 1, 2, false },
    { "accept", act_accept, 0, 2, false },         { "refer", act_refer, 0, 2, false },
    { "ask_reject", act_ask_reject, 0, 1, false }, { "reject", act_reject, 0, 1, false },
    { "ask_suspend", act_ask_suspend, 1, 2, true },
    { NULL, NULL, 0, 0, false },
};
