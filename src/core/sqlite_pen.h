/*
** The one connection that writes, and who has it.  Members are threads: each
** reads through a connection of its own and writes through the pen, in turn.
*/
#ifndef SQLITE_PEN_H
#define SQLITE_PEN_H

#include "core/sqlite_late.h"

#include <pthread.h>
#include <semaphore.h>

typedef struct Member { /* one thread */
    Handle         reader;
    bool           looking;   /* between look(true) and look(false) */
    sqlite3_stmt  *held;      /* the first read since: on its row, it holds the others' snapshot */
    Ctx           *c;         /* posted: whose work it is, … */
    Late          *late;      /* … put down; NULL: its transaction, if there is one, has the pen */
    bool           vain;      /* what the last one read was not so any more */
    struct Member *behind;    /* posted before it */
    struct Member *next;      /* in the batch */
    sem_t          told;
    bool           leads;     /* told that it is its turn to commit; its fate comes later */
    Err            fate;      /* of its work; read after `told` */
} Member;

typedef struct Pen {
    pthread_mutex_t door;    /* held by the next in line, and by who has the pen until it is nearly done */
    pthread_mutex_t turn;    /* held from tx_begin to tx_end; guards the rest */
    bool            shut;    /* who has the pen still holds the door */
    atomic_int      waiting; /* how many want it */
    _Atomic(Member *) posted; /* the last whose work is put down: for whoever has the pen */
    atomic_bool     keen;    /* one of them is in line */
    Handle          conn;
    Member         *batch;   /* whose work the open transaction holds */
    int             size;
    int             careful; /* so many transactions yet are taken back alone */
    bool            saved;   /* the running one has its savepoint */
    int64_t         changes; /* rows changed when it began */
    bool            leading; /* a batch is on its way to the disk: the next one waits for it */
    int             log;     /* the log's file, to wait for the disk by; -1: SQLite waits, or nobody does */
    int             frames;  /* pages in the log */
    Handle          keeper;  /* takes the log over into the database beside the writing */
    bool            keeping;
    int             kept;    /* frames when it last did */
    bool            hurried; /* the disk waits for the end */
    bool            slim;    /* connections made from now on map nothing */
} Pen;

Pen *pen_open(const char *address);
void pen_close(Pen *pen);
void pen_hurry(Pen *pen);
void pen_slim(Pen *pen);

/* Between them c's thread, `me`, has the pen.  After pen_end() what it wrote is on
** the disk if ok(c), and nowhere if not. */
void pen_begin(Ctx *c, Pen *pen);
void pen_soon(Pen *pen); /* nearly done: the next in line may get ready */
void pen_end(Ctx *c, Pen *pen, Member *me);

/* A whole transaction, put down in me->late, by whoever has the pen. */
void pen_post(Ctx *c, Pen *pen, Member *me);

/* What can be read now is on the disk when it returns. */
void pen_settle(Pen *pen);

#endif
