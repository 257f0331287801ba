/*
** Messages on their way out, one after another beside the requests, each by the
** courier of its channel.
*/
#include "core/courier.h"
#include "core/house.h"
#include "core/pause.h"
#include "core/policy.h"
#include "core/tx.h"

enum { LEASE_S = 60, ATTEMPTS_MOST = 12, A_LOOK = 50, MEMORY = 4 << 20 };

/* A code that has run out helps nobody. */
static bool is_stale(const Ctx *c, const Message *m)
{
    return str_eq(m->template, S("party_code")) && now(c).s > m->created.s + policy(c, POLICY_CODE_S);
}

static void give(Ctx *c, const Courier *by, Message *m)
{
    Given given = by->give(c, m);
    m->attempts++;
    bool later = given.fate == FATE_LATER && m->attempts < ATTEMPTS_MOST;
    m->state = given.fate == FATE_TAKEN ? S("SENT") : later ? S("QUEUED") : S("FAILED");
    m->why = given.why;
}

static void mark(Ctx *c, Message *m)
{
    ctx_again(c);
    m->next_at = (Time){ now(c).s + pause_s(m->attempts) };
    tx_begin(c);
    outbox_mark(c, m);
    c->status = 204;
    tx_end(c);
}

/* False: it makes no sense to go on just now. */
static bool send(Ctx *c, const Courier *by, Message *m)
{
    ctx_again(c);
    tx_begin(c);
    outbox_claim(c, m, (Time){ now(c).s + LEASE_S });
    c->status = 204;
    tx_end(c);
    if (c->err == ERR_NOT_FOUND || c->err == ERR_AGAIN) return true; /* another process has it */
    if (!ok(c)) return false;
    if (is_stale(c, m)) {
        m->state = S("FAILED");
        m->why = S("the code has run out");
    } else {
        give(c, by, m);
    }
    mark(c, m);
    return ok(c) && !str_eq(m->state, S("QUEUED"));
}

/* ---- beside the requests ----------------------------------------------------------------------- */

static void carry(Ctx *c, const Courier *by)
{
    Block block = block_open(MEMORY);
    Arena mem = block_arena(&block), *mine = c->mem;
    c->mem = &mem;
    Rows rows = outbox_due(c, by->channel);
    bool on = ok(c);
    for (size_t i = 0; on && i < rows.n && i < A_LOOK; i++) {
        Message m = ((const Message *)rows.at)[i];
        on = send(c, by, &m);
    }
    ctx_again(c);
    c->mem = mine;
    block_close(&block);
}

static void look(Ctx *c)
{
    static const Courier *const couriers[] = { &courier_sms, &courier_mail };
    c->method = S("outbox");
    for (size_t i = 0; i < COUNT(couriers); i++) {
        if (couriers[i]->there(c)) carry(c, couriers[i]);
    }
}

const Slice outbox_send_slice = { .name = "outbox_send", .look = look };
