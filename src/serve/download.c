/*
** A file after the reply's head: read a chunk at a time by another thread,
** the next when the last has been taken, never held whole.
*/
#include "serve/conn.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

enum { CHUNK = 256 * 1024 };

static void fetch(uv_work_t *work)
{
    Conn *k = work->data;
    size_t want = k->job.left < CHUNK ? (size_t)k->job.left : CHUNK;
    do k->chunk_n = pread(k->job.file, k->chunk, want, k->job.at);
    while (k->chunk_n < 0 && errno == EINTR);
}

static void on_fetched(uv_work_t *work, int status)
{
    Conn *k = work->data;
    k->working = false;
    if (k->phase == PHASE_CLOSED) {
        conn_release(k);
    } else if (status != 0 || k->chunk_n <= 0) {
        conn_close(k); /* too late for another answer */
    } else {
        k->job.at += k->chunk_n;
        k->job.left -= k->chunk_n;
        k->job.tail = (Str){ k->chunk, (size_t)k->chunk_n };
        if (!k->server->stopping) k->deadline += (uint64_t)k->chunk_n * 1000 / RATE_MIN;
        conn_send(k);
    }
}

/* The chunk before, if any, is on its way. */
void download_next(Conn *k)
{
    if (k->job.left == 0) {
        download_end(k);
        conn_done(k);
        return;
    }
    if (!k->chunk && conn_room(k, CHUNK) == 0) {
        k->chunk = malloc(CHUNK);
        BUG_IF(!k->chunk);
    }
    k->working = k->chunk && uv_queue_work(&k->server->loop, &k->work, fetch, on_fetched) == 0;
    if (!k->working) conn_close(k);
}

void download_end(Conn *k)
{
    if (k->job.file >= 0) (void)close(k->job.file);
    k->job.file = -1;
    if (k->chunk) (void)conn_room(k, -CHUNK);
    free(k->chunk);
    k->chunk = NULL;
}
