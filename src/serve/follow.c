/*
** Server-sent events: the connection stays, its handler runs now and then to
** see what is new, and no worker is held between.
*/
#include "serve/conn.h"

#include <stdlib.h>
#include <string.h>

bool follow_may(Conn *k)
{
    Server *s = k->server;
    if (k->http.request.no_body) return true;
    if (s->followers >= s->how.followers_max) return false;
    s->followers++;
    return k->follower = true;
}

static void say(Conn *k, Str text)
{
    k->job.reply = malloc(text.n);
    BUG_IF(!k->job.reply);
    memcpy(k->job.reply, text.s, text.n);
    k->job.reply_n = text.n;
    conn_send(k);
}

/* All that is known is told; waits for the next look. */
void follow_wait(Conn *k)
{
    Server *s = k->server;
    if (k->gone || s->stopping) {
        conn_close(k);
        return;
    }
    bool told = k->phase == PHASE_WRITE;
    k->in_at = k->in_n = 0;
    enter(k, PHASE_FOLLOW);
    k->due = uv_now(&s->loop) + s->how.follow_ms;
    if (told) k->ping = uv_now(&s->loop) + s->how.ping_ms;
    conn_read(k);
}

void follow_tick(Conn *k, uint64_t now)
{
    Server *s = k->server;
    if (k->phase != PHASE_FOLLOW || k->in_pool) return;
    if (now >= k->ping) {
        say(k, S(": \n\n"));
    } else if (now >= k->due && pool_waiting(s->pool) < s->how.queue_max) {
        conn_put(k, ERRAND_FOLLOW);
    }
}

/* A handler that fails ends the stream: the session is over, or the case is. */
void follow_back(Conn *k)
{
    Job *j = &k->job;
    if (j->err != ERR_OK || j->status != 200) conn_close(k);
    else if (j->reply_n) conn_send(k);
    else follow_wait(k);
}
