/*
** A life's end: the agreement and its performance, visits, papers, the archive.
*/
#include "demo/life.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { TEXT_ROOM = 4000, ON_SPOT_FEN = 1000000, PARTS = 3, DIGEST = 64 };

/* ---- what the agreement says -------------------------------------------------------------- */

typedef struct Sides {
    json_t *creditors;    /* ids of the workers */
    Id      debtor;
    int64_t workers;
    const char *worker, *employer; /* names */
} Sides;

static Sides sides_of(World *w, const Life *l)
{
    size_t i = 0;
    json_t *p = NULL;
    Sides s = { .creditors = json_array(), .worker = "", .employer = "" };
    const json_t *list = json_object_get(life_get(w, l, "parties"), "items");
    json_array_foreach(list, i, p) {
        const char *side = json_string_value(json_object_get(p, "side"));
        bool appl = side && strcmp(side, "APPL") == 0;
        if (appl) (void)json_array_append(s.creditors, json_object_get(p, "id"));
        else s.debtor = demo_id(p, "id");
        s.workers += appl;
        if (appl && !*s.worker) s.worker = demo_text(w->d, p, "name");
        if (!appl) s.employer = demo_text(w->d, p, "name");
    }
    return s;
}

/* The published award; else most of what was claimed, in whole yuan. */
static int64_t award(World *w, Life *l)
{
    if (l->official) return l->official->award_fen;
    const char *claimed = json_string_value(json_object_get(life_get(w, l, ""), "amount"));
    int64_t fen = 0;
    if (claimed) (void)str_int(str_of(claimed), &fen);
    Dice dice = dice_split(&l->root, 7);
    return fen / 100 * dice_between(&dice, 45, 100) / 10000 * 10000;
}

static json_t *with_money(World *w, Life *l, const char *key, int64_t fen)
{
    char room[TEXT_ROOM];
    Out o = { .buf = room, .cap = sizeof room };
    Str rest = world_say(w, &l->dice, key);
    out_str(&o, str_cut(&rest, '{'));
    if (rest.s) out_yuan(&o, (Money){ fen });
    (void)str_cut(&rest, '}');
    out_str(&o, rest);
    return json_str(out_view(&o));
}

static const char by_transfer[] = "银行转账";

static json_t *payment(World *w, const Sides *s, int64_t fen, Date due)
{
    return json_pack("{s:s,s:s,s:O,s:s,s:I,s:s,s:s}", "duty", "PAY", "debtor_id", id_word(w->d, s->debtor),
                     "creditor_ids", s->creditors, "money", "COMPENSATION", "amount", (json_int_t)fen,
                     "due_on", day_word(w->d, due), "method", by_transfer);
}

static json_t *something_else(World *w, Life *l, const Sides *s, Date due)
{
    return json_pack("{s:s,s:s,s:O,s:o,s:s,s:s}", "duty", "OTHER", "debtor_id", id_word(w->d, s->debtor),
                     "creditor_ids", s->creditors, "what", json_str(world_say(w, &l->dice, "what")),
                     "due_on", day_word(w->d, due), "method", "PERSON");
}

static Date agree_on(World *w, Life *l, int parts, bool duty)
{
    const Actor *who = life_mediator(w, l);
    Sides s = sides_of(w, l);
    Date today = time_date(w->d->clock);
    int64_t fen = award(w, l);
    json_t *duties = json_array();
    if (fen < parts) parts = 0;
    for (int i = 0; i < parts; i++) {
        int64_t part = i == parts - 1 ? fen - fen / parts * (parts - 1) : fen / parts;
        Date due = date_plus_months(date_plus(today, (int)dice_between(&l->dice, 5, 20)), i);
        (void)json_array_append_new(duties, payment(w, &s, part, due));
    }
    if (duty || parts == 0)
        (void)json_array_append_new(duties, something_else(w, l, &s, date_plus(today, 10)));
    const char *key = parts == 0 ? "result_other" : parts == 1 ? "result" : "result_parts";
    json_t *body =
        json_pack("{s:o,s:o,s:o,s:b,s:o}", "requests", json_str(world_say(w, &l->dice, "requests")),
                  "result", with_money(w, l, key, fen), "breach",
                  json_str(world_say(w, &l->dice, "breach")), "settled", true, "obligations", duties);
    if (parts) (void)json_object_set_new(body, "total", json_integer(fen));
    (void)life_put(w, l, who, body, "agreement");
    json_decref(s.creditors);
    (void)life_post(w, l, who, json_pack("{s:o}", "reason", json_str(world_say(w, &l->dice, "agree"))),
                    "agree");
    return DONE;
}

static Date act_agree(World *w, Life *l) { return agree_on(w, l, 1, false); }
static Date act_parts(World *w, Life *l) { return agree_on(w, l, PARTS, false); }
static Date act_duty(World *w, Life *l) { return agree_on(w, l, 1, true); }

/* Too much for a settlement on the spot: in writing after all. */
static Date act_spot(World *w, Life *l)
{
    static const char instead[] = "agree sign pay visit last papers feedback close archive";
    Sides s = sides_of(w, l);
    int64_t fen = award(w, l);
    bool small = s.workers == 1 && fen <= ON_SPOT_FEN;
    json_decref(s.creditors);
    if (!small) {
        l->left = instead;
        return agree_on(w, l, 1, false);
    }
    json_t *body =
        json_pack("{s:I,s:s,s:s,s:o,s:o,s:s,s:s}", "amount", (json_int_t)fen, "payer", s.employer, "payee",
                  s.worker, "method", json_str(world_say(w, &l->dice, "spot")), "content",
                  with_money(w, l, fen ? "result" : "result_other", fen), "signed_by_applicant", s.worker,
                  "signed_by_respondent", s.worker);
    (void)life_post(w, l, life_mediator(w, l), body, "perform-on-spot");
    return DONE;
}

/* ---- the four marks --------------------------------------------------------------------------- */

/* In the place of a scan's digest. */
static const char *made_up_digest(World *w, Life *l)
{
    char room[DIGEST + 1];
    for (size_t i = 0; i < DIGEST; i++) room[i] = "0123456789abcdef"[dice_between(&l->dice, 0, 15)];
    room[DIGEST] = 0;
    return str_c(&w->d->keep, str_of(room));
}

/* On the text of this digest; by the head: the seal. */
static void mark(World *w, Life *l, const Actor *who, const char *digest, const char *party)
{
    bool seal = who == w->head;
    json_t *body = json_pack("{s:s,s:s,s:s,s:s}", "kind", seal ? "SEAL" : party ? "PARTY" : "MEDIATOR",
                             "how", seal ? "STAMP" : "PAPER", "file", made_up_digest(w, l), "digest", digest);
    if (party) (void)json_object_set_new(body, "party_id", json_string(party));
    (void)life_post(w, l, who, body, "marks");
}

static Date act_sign(World *w, Life *l)
{
    Demo *d = w->d;
    const Actor *who = life_mediator(w, l);
    const char *digest = demo_text(d, life_get(w, l, "agreement"), "digest");
    Sides s = sides_of(w, l);
    for (size_t i = 0; i < json_array_size(s.creditors); i++) {
        mark(w, l, who, digest, json_string_value(json_array_get(s.creditors, i)));
    }
    mark(w, l, who, digest, id_word(d, s.debtor));
    mark(w, l, who, digest, NULL);
    mark(w, l, w->head, digest, NULL);
    json_decref(s.creditors);
    return DONE;
}

/* ---- performance --------------------------------------------------------------------------------- */

typedef struct Owed {
    const char *id;
    int64_t fen;
    Date    due;
} Owed;

/* The next open obligation; its id is "" if there is none. */
static Owed owed(World *w, const Life *l)
{
    size_t i = 0;
    json_t *o = NULL;
    const json_t *list = json_object_get(life_get(w, l, "performance"), "obligations");
    json_array_foreach(list, i, o) {
        int64_t amount = 0, paid = 0;
        if (!json_is_true(json_object_get(o, "open"))) continue;
        (void)str_int(str_of(demo_text(w->d, o, "amount")), &amount);
        (void)str_int(str_of(demo_text(w->d, o, "paid")), &paid);
        return (Owed){ .id = demo_text(w->d, o, "id"), .fen = amount - paid,
                       .due = date_parse(str_of(demo_text(w->d, o, "due"))) };
    }
    return (Owed){ .id = "" };
}

static void perform(World *w, Life *l, const Owed *o)
{
    const char *today = day_word(w->d, time_date(w->d->clock));
    json_t *body = json_pack("{s:s,s:s}", "owing_id", o->id, "day", today);
    if (o->fen) (void)json_object_set_new(body, "amount", json_integer(o->fen));
    (void)life_post(w, l, w->visitor, body, "payments");
}

/* Each on its day, until nothing is left. */
static Date act_pay(World *w, Life *l)
{
    Date today = time_date(w->d->clock);
    for (Owed o = owed(w, l); *o.id; o = owed(w, l)) {
        if (o.due.day > today.day + 1) return date_plus(o.due, -1);
        int64_t refusals = w->d->refusals;
        perform(w, l, &o);
        if (w->d->refusals != refusals) return DONE;
    }
    if (!life_is(w, l, "performed")) (void)life_post(w, l, w->visitor, json_object(), "perform");
    return DONE;
}

static Date act_default(World *w, Life *l)
{
    return life_is(w, l, "defaulted") ? DONE : date_plus(time_date(w->d->clock), 3);
}

static Date urge(World *w, Life *l, const char *kind, const char *key)
{
    json_t *body = json_pack("{s:s,s:s,s:o}", "kind", kind, "way", "PHONE", "note",
                             json_str(world_say(w, &l->dice, key)));
    (void)life_post(w, l, w->visitor, body, "urgings");
    return DONE;
}
static Date act_urge(World *w, Life *l) { return urge(w, l, "URGE", "urge"); }
static Date act_remedy(World *w, Life *l) { return urge(w, l, "REMEDIES", "remedy"); }

/* What is overdue is paid. */
static Date act_cure(World *w, Life *l)
{
    Date today = time_date(w->d->clock);
    for (Owed o = owed(w, l); *o.id && o.due.day <= today.day; o = owed(w, l)) {
        int64_t refusals = w->d->refusals;
        perform(w, l, &o);
        if (w->d->refusals != refusals) return DONE;
    }
    if (!life_is(w, l, "defaulted")) return DONE;
    bool rest = *owed(w, l).id != 0;
    (void)life_post(w, l, w->visitor, json_object(), rest ? "cure" : "cure-all");
    return DONE;
}

/* ---- before arbitration and court ------------------------------------------------------------------ */

static void turn(World *w, Life *l, const char *kind, const char *event, const char *side)
{
    json_t *body = json_pack("{s:s,s:s}", "kind", kind, "event", event);
    if (side) (void)json_object_set_new(body, "side", json_string(side));
    if (side) (void)json_object_set_new(body, "file", json_string(made_up_digest(w, l)));
    (void)life_post(w, l, life_mediator(w, l), body, "pursuits");
}

static Date both(World *w, Life *l, const char *kind)
{
    turn(w, l, kind, "consent", "APPL");
    turn(w, l, kind, "consent", "RESP");
    return DONE;
}
static Date act_pursue_court(World *w, Life *l) { return both(w, l, "JCONF"); }
static Date act_pursue_arb(World *w, Life *l) { return both(w, l, "AREV"); }

static Date act_court_takes(World *w, Life *l)
{
    turn(w, l, "JCONF", "accept", NULL);
    return DONE;
}

static Date act_court_confirms(World *w, Life *l)
{
    turn(w, l, "JCONF", "valid", NULL);
    return DONE;
}

/* ---- visits, papers, archive ------------------------------------------------------------------------- */

static Date visit(World *w, Life *l, const char *stage)
{
    const char *today = day_word(w->d, time_date(w->d->clock));
    bool performed = life_is(w, l, "performed");
    Sides s = sides_of(w, l);
    json_decref(s.creditors);
    json_t *body = json_pack("{s:s,s:s,s:s,s:s,s:b,s:I,s:o}", "stage", stage, "day", today, "way", "PHONE",
                             "who", s.worker, "performed", performed, "satisfaction",
                             (json_int_t)dice_between(&l->dice, 3, 5), "opinions",
                             json_str(world_say(w, &l->dice, "visit")));
    (void)life_post(w, l, w->visitor, body, "visits");
    return DONE;
}
static Date act_visit(World *w, Life *l) { return visit(w, l, "FIRST"); }
static Date act_last(World *w, Life *l) { return visit(w, l, "FINAL"); }

static Date act_feedback(World *w, Life *l)
{
    const char *today = day_word(w->d, time_date(w->d->clock));
    json_t *body =
        json_pack("{s:o,s:s,s:s,s:o}", "addressee", json_str(world_say(w, &l->dice, "office")), "way",
                  "PHONE", "day", today, "content", json_str(world_say(w, &l->dice, "feedback")));
    (void)life_post(w, l, w->clerk, body, "feedback");
    return DONE;
}

/* Every paper that is due is made and served. */
static Date act_papers(World *w, Life *l)
{
    size_t i = 0;
    json_t *p = NULL;
    const char *today = day_word(w->d, time_date(w->d->clock));
    json_t *list = json_incref(json_object_get(life_get(w, l, "papers"), "items"));
    json_array_foreach(list, i, p) {
        const char *state = json_string_value(json_object_get(p, "state"));
        if (!state || strcmp(state, "due") != 0) continue;
        json_t *body = json_pack("{s:O,s:s,s:s,s:s,s:o}", "code", json_object_get(p, "code"), "issued_on",
                                 today, "served_on", today, "way", "PERSON", "addressee",
                                 json_str(world_say(w, &l->dice, "office")));
        (void)life_post(w, l, w->clerk, body, "papers");
    }
    json_decref(list);
    return DONE;
}

/* A published case is closed in the state in which it should have ended. */
static Date act_close(World *w, Life *l)
{
    const Official *o = l->official;
    bool astray = o && !life_is(w, l, o->ends);
    if (astray) (void)fprintf(stderr, "demo: %s is not %s\n", o->code, o->ends);
    w->d->refusals += astray;
    (void)life_post(w, l, w->head, json_object(), "close");
    return DONE;
}

static Date act_archive(World *w, Life *l)
{
    (void)life_post(w, l, w->archivist, json_object(), "archive");
    return DONE;
}

const ActRow acts_after[] = {
    { "spot", act_spot, 0, 4, true },       { "agree", act_agree, 0, 6, true },     { "parts", act_parts, 0, 6, true },
    { "duty", act_duty, 0, 6, true },       { "sign", act_sign, 0, 2, true },       { "pay", act_pay, 1, 8, false },
    { "default", act_default, 8, 20, false }, { "urge", act_urge, 2, 8, false },      { "remedy", act_remedy, 0, 1, false },
    { "cure", act_cure, 2, 15, false },      { "pursue_court", act_pursue_court, 1, 6, false },
    { "court_takes", act_court_takes, 1, 2, false }, { "court_confirms", act_court_confirms, 5, 12, false },
    { "pursue_arb", act_pursue_arb, 1, 6, false }, { "visit", act_visit, 2, 10, false }, { "last", act_last, 5, 20, false },
    { "papers", act_papers, 1, 3, false },   { "feedback", act_feedback, 0, 1, false }, { "close", act_close, 0, 4, false },
    { "archive", act_archive, 3, 25, false },
    { NULL, NULL, 0, 0, false },
};
