/*
** GROUP COMMIT.  A durable commit waits for the disk, and the disk takes as
** long for one case as for fifty.  So a thread that has the pen works inside a
** transaction left open by the one before it.  At tx_end it joins the batch; if
** somebody is waiting for the pen, it passes the pen on and sleeps.  The last in
** line leads: it commits for all, gives the pen away, waits for the disk and
** tells them.  Whoever comes meanwhile forms the next batch, which is committed
** when the one before it is on the disk, by a leader out of its midst.
**
** To pass the pen on costs as much as a small transaction: a thread has to wake.
** So a transaction that needs nothing but its turn is put down (sqlite_late.h) and
** posted: whoever has the pen works for all that are posted before it is passed on,
** and only one of those who posted stands in line, for when nobody has it.
**
** SQLite itself would wait for the disk with the pen in its hand; so it only
** writes its log (synchronous=NORMAL), and we wait for the log.  What the log
** holds can be read some milliseconds before it is safe from a power cut; told
** as done it is afterwards.
**
** IF THE DISK REFUSES to make anything safe, be it the log or the database that
** the log goes into, the program ends: a kernel tells of it once and then takes
** what it could not write for written, so that to ask again, and be told that
** all is well, means nothing.  Who starts next does not trust what it finds in
** the log: it is copied into the database, and that made safe, before a new
** log begins.
**
** Who fails after it wrote takes the batch back with it, and all of it run again
** (AGAIN).  A savepoint a request would take back less, but costs a copy of every
** page that the request touches, some forty for a case: so savepoints are only
** taken for a while after a batch was lost, and whoever fails often slows
** nobody down further.
**
** Forbidden: to answer before the commit.  A transaction that failed waits for
** it too, because what it saw, and will tell, may be in that same batch.
*/
#include "core/sqlite_pen.h"

#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <sched.h>
#include <stdlib.h>
#include <unistd.h>

enum {
    BATCH_MAX = 128, CAREFUL = 512, SPILL = 120 * 1024,
    LOOKS = 40,      /* each a microsecond or less */
    TIDY = 3000,      /* frames more, and the log is taken over beside the writing */
    TIDY_NOW = 8000,  /* … the rest of it before anybody writes on, so that it begins anew */
};

/* For the process, before SQLite is used at all (later they are refused, and
** what was set stays): the savepoints of a slim store keep the pages they may
** have to bring back in memory, up to SPILL bytes, and then go to a file in
** pieces of that size, which must stay below the 128 KiB that SQLite writes at
** once (it takes a longer piece for a full disk); nobody counts what is
** allocated, under a lock. */
static void settle(void)
{
    (void)sqlite3_config(SQLITE_CONFIG_STMTJRNL_SPILL, SPILL);
    (void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

static int note_frames(void *arg, sqlite3 *h, const char *name, int frames)
{
    Pen *pen = arg;
    (void)h;
    (void)name;
    if (frames < pen->frames) pen->kept = 0; /* it began anew */
    pen->frames = frames;
    return SQLITE_OK;
}

/* Where there is no room for it, the log stays as it is. */
static void take_over(Handle *conn)
{
    int rc = sqlite3_wal_checkpoint_v2(conn->h, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
    if ((rc & 0xFF) == SQLITE_IOERR) halt_now("the database", sqlite3_errmsg(conn->h));
}

/* Without a log of its own, as in memory, SQLite does the waiting. */
static void open_log(Pen *pen)
{
    const char *path = sqlite3_db_filename(pen->conn.h, "main");
    bool apart = path && path[0] && handle_has_log(&pen->conn);
    pen->log = apart ? open(sqlite3_filename_wal(path), O_RDWR | O_CLOEXEC) : -1;
    if (pen->log < 0) return;
    take_over(&pen->conn);
    handle_must(&pen->conn, "PRAGMA synchronous=NORMAL");
}

static void close_log(Pen *pen)
{
    if (pen->log >= 0) (void)close(pen->log);
    pen->log = -1;
}

Pen *pen_open(const char *address)
{
    Pen *pen = calloc(1, sizeof *pen);
    settle();
    BUG_IF(!pen || pthread_mutex_init(&pen->turn, NULL) != 0 || pthread_mutex_init(&pen->door, NULL) != 0);
    /* temp_store: what a savepoint may bring back, 40 pages for a case, stays in memory. */
    handle_open(&pen->conn, address,
              "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
              "PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY");
    handle_frames(&pen->conn);
    handle_open(&pen->keeper, address, "PRAGMA synchronous=NORMAL");
    (void)sqlite3_wal_hook(pen->conn.h, note_frames, pen);
    open_log(pen);
    return pen;
}

/* Who did not wait for the disk waits now: for the log, then for what was taken over out of it. */
static void catch_up(Pen *pen)
{
    const char *path = sqlite3_db_filename(pen->conn.h, "main");
    const char *const files[] = { path && path[0] ? sqlite3_filename_wal(path) : NULL, path };
    for (size_t i = 0; i < COUNT(files); i++) {
        int fd = files[i] && files[i][0] ? open(files[i], O_RDWR | O_CLOEXEC) : -1;
        if (fd >= 0 && fsync(fd) != 0) halt_now(files[i], os_error());
        if (fd >= 0) (void)close(fd);
    }
    bool done = handle_execute(&pen->conn, "PRAGMA synchronous=FULL; PRAGMA wal_checkpoint(TRUNCATE)");
    if (!done && (sqlite3_errcode(pen->conn.h) & 0xFF) == SQLITE_IOERR) halt_now(path, "cannot be written");
}

void pen_close(Pen *pen)
{
    close_log(pen);
    if (pen->hurried || pen->slim) catch_up(pen);
    handle_close(&pen->keeper);
    handle_close(&pen->conn);
    (void)pthread_mutex_destroy(&pen->turn);
    (void)pthread_mutex_destroy(&pen->door);
    free(pen);
}

void pen_hurry(Pen *pen)
{
    close_log(pen);
    pen->hurried = handle_execute(&pen->conn, "PRAGMA synchronous=OFF; PRAGMA wal_autocheckpoint=4000");
}

/* A log that is synced when it is taken over: whole after a power cut, if not to the last commit.
** Of all that was prepared to be proved, a command uses little. */
void pen_slim(Pen *pen)
{
    close_log(pen);
    pen->slim = true;
    handle_forget(&pen->conn);
    (void)malloc_trim(0);
    BUG_IF(!handle_execute(&pen->conn, "PRAGMA cache_size=-11000; PRAGMA synchronous=NORMAL;"
                                      "PRAGMA wal_autocheckpoint=64000; PRAGMA temp_store=FILE"));
}

/* ---- the disk --------------------------------------------------------------- */

void pen_settle(Pen *pen)
{
    if (pen->log >= 0 && fdatasync(pen->log) != 0) halt_now("the database's log", os_error());
}

/* The log into the database: the most of it while others write.  Has the pen,
** and lets go of it meanwhile. */
static void tidy(Pen *pen)
{
    if (pen->log < 0 || pen->keeping || pen->frames < pen->kept + TIDY) return;
    pen->keeping = true;
    pen->kept = pen->frames;
    (void)pthread_mutex_unlock(&pen->turn);
    take_over(&pen->keeper);
    (void)pthread_mutex_lock(&pen->turn);
    pen->keeping = false;
}

/* ---- a batch ---------------------------------------------------------------- */

/* Tells every member what became of its work. */
static void tell(Member *m, Err fate)
{
    while (m) {
        Member *next = m->next; /* once told, m may join another batch */
        m->fate = fate;
        (void)sem_post(&m->told);
        m = next;
    }
}

static Member *take_batch(Pen *pen)
{
    Member *batch = pen->batch;
    pen->batch = NULL;
    pen->size = 0;
    return batch;
}

/* A COMMIT that failed for want of space wrote nothing.  After the disk's failure
** nobody knows what a restart would find in the log. */
static Err refused(Pen *pen)
{
    int code = sqlite3_errcode(pen->conn.h) & 0xFF;
    bool full = code == SQLITE_FULL || (code == SQLITE_IOERR && sqlite3_system_errno(pen->conn.h) == EDQUOT);
    if (code == SQLITE_IOERR && !full) halt_now("the database's log", sqlite3_errmsg(pen->conn.h));
    return full ? ERR_FULL : ERR_UNKNOWN;
}

static Err commit(Ctx *c, Pen *pen)
{
    bool asked = !db_injected_commit(c->db);
    bool kept = asked && handle_frame(&pen->conn, FRAME_COMMIT);
    Err fate = kept ? ERR_OK : asked ? refused(pen) : ERR_UNKNOWN;
    if (handle_in_tx(&pen->conn)) (void)handle_frame(&pen->conn, FRAME_ROLLBACK);
    if (kept && pen->log >= 0 && pen->frames > TIDY_NOW && !pen->keeping) take_over(&pen->conn);
    return fate;
}

/* Somebody will have the pen after this one. */
static bool in_line(Pen *pen)
{
    return atomic_load(&pen->waiting) > 0 || atomic_load(&pen->posted);
}

/* Commits what is there, and sees to it that somebody will commit what came
** meanwhile.  Has the pen, and lets go of it while it waits for the disk. */
static void lead(Ctx *c, Pen *pen)
{
    pen->leading = true;
    Err fate = commit(c, pen);
    Member *batch = take_batch(pen);
    (void)pthread_mutex_unlock(&pen->turn);
    if (!fate) pen_settle(pen);
    tell(batch, fate);
    (void)pthread_mutex_lock(&pen->turn);
    bool left = handle_in_tx(&pen->conn) && !in_line(pen); /* nobody will */
    Member *next = left ? pen->batch : NULL;
    pen->leading = next != NULL;
    if (next) {
        next->leads = true;
        (void)sem_post(&next->told);
    }
    tidy(pen);
}

/* A turn to lead that was passed on.  The batch may have been lost since, and its
** turn with it; or somebody has come in line who will. */
static void lead_on(Ctx *c, Pen *pen, Member *me)
{
    (void)pthread_mutex_lock(&pen->turn);
    me->leads = false;
    pen->leading = false;
    if (handle_in_tx(&pen->conn) && !in_line(pen)) lead(c, pen);
    (void)pthread_mutex_unlock(&pen->turn);
}

/* The first of a batch needs no savepoint: it can only take back itself. */
static bool save(Pen *pen)
{
    pen->saved = pen->careful > 0 && pen->batch;
    pen->changes = sqlite3_total_changes64(pen->conn.h);
    if (pen->careful > 0) pen->careful--;
    return !pen->saved || handle_frame(&pen->conn, FRAME_SAVE);
}

/* Takes back what a failed transaction wrote; false if only the whole batch can be.
** Then what it failed of may be gone with the others' work: it is run again as they are. */
static bool undo(Ctx *c, Pen *pen)
{
    if (pen->saved) return handle_frame(&pen->conn, FRAME_UNDO);
    if (sqlite3_total_changes64(pen->conn.h) == pen->changes) return true;
    if (!pen->batch->next) return false;
    pen->careful = CAREFUL;
    c->err = ERR_AGAIN;
    return false;
}

/* What a transaction did is in the batch now, or taken back. */
static void join(Ctx *c, Pen *pen, Member *me)
{
    me->next = pen->batch;
    pen->batch = me;
    pen->size++;
    /* A full disk or a read error makes SQLite roll back the whole batch. */
    bool lost = !handle_in_tx(&pen->conn) || (!ok(c) && !undo(c, pen))
             || (pen->saved && !handle_frame(&pen->conn, FRAME_KEEP));
    if (lost && handle_in_tx(&pen->conn)) (void)handle_frame(&pen->conn, FRAME_ROLLBACK);
    if (lost) tell(take_batch(pen), ERR_AGAIN);
}

static bool open_batch(Pen *pen)
{
    return (handle_in_tx(&pen->conn) || handle_frame(&pen->conn, FRAME_BEGIN)) && save(pen);
}

/* ---- work put down ------------------------------------------------------------- */

/* The posted, in the order they came. */
static Member *take_posted(Pen *pen)
{
    Member *m = atomic_exchange(&pen->posted, NULL), *line = NULL;
    while (m) {
        Member *before = m->behind;
        m->behind = line;
        line = m;
        m = before;
    }
    return line;
}

static void work_for(Pen *pen, Member *m)
{
    if (open_batch(pen)) {
        late_run(m->c, m->late, &pen->conn);
        join(m->c, pen, m);
    } else {
        m->next = NULL;
        tell(m, ERR_AGAIN);
    }
}

/* Does the work of all that is posted: nobody has to wake for the pen between one and the next. */
static void work_off(Pen *pen)
{
    for (Member *m; pen->size < BATCH_MAX && (m = take_posted(pen));) {
        while (m) {
            Member *then = m->behind; /* once told, m may post again */
            work_for(pen, m);
            m = then;
        }
    }
}

/* Whoever leaves the pen leads, unless somebody is there to do it later. */
static void pass_on(Ctx *c, Pen *pen)
{
    work_off(pen);
    bool last = !in_line(pen) || pen->size >= BATCH_MAX;
    if (last && !pen->leading && handle_in_tx(&pen->conn)) lead(c, pen);
    (void)pthread_mutex_unlock(&pen->turn);
}

/* ---- a transaction ----------------------------------------------------------- */

/* A thread that sleeps takes as long to wake as a small transaction takes.  So one
** of those in line, at the door, is woken before the pen is free, and looks for it
** a while before it sleeps again. */
static void take_turn(Pen *pen)
{
    (void)pthread_mutex_lock(&pen->door);
    bool mine = false;
    for (int i = 0; i < LOOKS && !mine; i++) {
        mine = pthread_mutex_trylock(&pen->turn) == 0;
        if (!mine) (void)sched_yield();
    }
    if (!mine) (void)pthread_mutex_lock(&pen->turn);
    pen->shut = true;
}

void pen_soon(Pen *pen)
{
    if (!pen->shut) return;
    pen->shut = false;
    (void)pthread_mutex_unlock(&pen->door);
}

void pen_begin(Ctx *c, Pen *pen)
{
    (void)atomic_fetch_add(&pen->waiting, 1);
    take_turn(pen);
    (void)atomic_fetch_sub(&pen->waiting, 1);
    if (open_batch(pen)) return;
    fail(c, ERR_AGAIN, S("begin"));
    pen_soon(pen);
    pass_on(c, pen);
}

static void await(Ctx *c, Pen *pen, Member *me)
{
    for (bool over = false; !over;) {
        while (sem_wait(&me->told) != 0) { /* a signal came in between */ }
        over = !me->leads;
        if (!over) lead_on(c, pen, me);
    }
    if (me->fate) fail(c, me->fate, S("commit"));
}

void pen_end(Ctx *c, Pen *pen, Member *me)
{
    pen_soon(pen);
    join(c, pen, me);
    pass_on(c, pen);
    await(c, pen, me);
}

/* One of those who post comes in line, unless one is there already: who has the pen next
** works for all.  Nobody is keen any more before the list is looked at, so that who
** comes later is. */
void pen_post(Ctx *c, Pen *pen, Member *me)
{
    me->c = c;
    me->behind = atomic_load(&pen->posted);
    while (!atomic_compare_exchange_weak(&pen->posted, &me->behind, me)) { /* another came in between */ }
    if (!atomic_exchange(&pen->keen, true)) {
        take_turn(pen);
        pen_soon(pen);
        atomic_store(&pen->keen, false);
        pass_on(c, pen);
    }
    await(c, pen, me);
}
