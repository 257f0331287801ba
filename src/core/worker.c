/* The thread that looks for jobs. */
#include "core/jobs.h"
#include "core/limits.h"
#include "core/web.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { LOOK_S = 1 };

struct Worker {
    const House    *house;
    pthread_t       thread;
    pthread_mutex_t lock;
    pthread_cond_t  wake;
    bool            stopping;
};

/* A context of its own for each job: its memory is the same block, emptied. */
static void begin(Ctx *c, Arena *mem, const Block *block, const House *house, Db *db)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_REALTIME, &t);
    *mem = block_arena(block);
    *c = (Ctx){ .mem = mem, .db = db, .who = { .roles = SYSTEM }, .method = { "job", 3 },
                .now_ms = (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000,
                .today = time_date((Time){ t.tv_sec }) };
    c->out = (Out){ .buf = arena_room(mem, REPLY_MAX), .cap = REPLY_MAX };
    c->extra = (Out){ .buf = NEW(mem, char, EXTRA_MAX), .cap = EXTRA_MAX };
    ctx_begin(c, house);
}

static bool stopping(Worker *w)
{
    (void)pthread_mutex_lock(&w->lock);
    bool yes = w->stopping;
    (void)pthread_mutex_unlock(&w->lock);
    return yes;
}

static void rest(Worker *w)
{
    struct timespec until;
    (void)clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += LOOK_S;
    (void)pthread_mutex_lock(&w->lock);
    if (!w->stopping) (void)pthread_cond_timedwait(&w->wake, &w->lock, &until);
    (void)pthread_mutex_unlock(&w->lock);
}

/* What each process has to see for itself. */
static void look(Ctx *c, Arena *mem, const Block *block, const House *house, Db *db)
{
    for (const Slice *const *s = house->slices; *s; s++) {
        if (!(*s)->look) continue;
        begin(c, mem, block, house, db);
        (*s)->look(c);
    }
}

/* Whoever had this process's number before is dead: two at a time would give the same ids. */
static void start(Ctx *c, Arena *mem, const Block *block, const House *house, Db *db)
{
    for (const Slice *const *s = house->slices; *s; s++) {
        if (!(*s)->start) continue;
        begin(c, mem, block, house, db);
        (*s)->start(c);
    }
}

static void *work(void *arg)
{
    Worker *w = arg;
    Block block = block_open(ARENA_MAX + REPLY_MAX + EXTRA_MAX);
    Db *db = db_open(w->house->store);
    Arena mem;
    Ctx c;
    start(&c, &mem, &block, w->house, db);
    while (!stopping(w)) {
        look(&c, &mem, &block, w->house, db);
        begin(&c, &mem, &block, w->house, db);
        jobs_schedule(&c);
        bool more = true;
        while (more && !stopping(w)) {
            begin(&c, &mem, &block, w->house, db);
            more = jobs_step(&c);
        }
        rest(w);
    }
    db_close(db);
    block_close(&block);
    return NULL;
}

Worker *jobs_start(const House *house)
{
    Worker *w = calloc(1, sizeof *w);
    BUG_IF(!w);
    w->house = house;
    BUG_IF(pthread_mutex_init(&w->lock, NULL) != 0 || pthread_cond_init(&w->wake, NULL) != 0);
    BUG_IF(pthread_create(&w->thread, NULL, work, w) != 0);
    return w;
}

void jobs_stop(Worker *w)
{
    (void)pthread_mutex_lock(&w->lock);
    w->stopping = true;
    (void)pthread_cond_signal(&w->wake);
    (void)pthread_mutex_unlock(&w->lock);
    BUG_IF(pthread_join(w->thread, NULL) != 0);
    (void)pthread_cond_destroy(&w->wake);
    (void)pthread_mutex_destroy(&w->lock);
    free(w);
}
