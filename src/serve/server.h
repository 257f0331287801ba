/*
** One connection and the server it belongs to: what the files of serve/ that
** run on the network thread work on (conn.h: how).
*/
#ifndef SERVER_H
#define SERVER_H

#include "serve/files.h"
#include "serve/log.h"
#include "serve/pool.h"
#include "serve/stats.h"

/* RATE_MIN: bytes a second of a stream.  SPARE: connections only told that they are too many. */
enum { IN_MAX = 16 * 1024, LINGER_MS = 1000, FRESH_MS = 1000, SPARE = 64, RATE_MIN = 16 * 1024 };

/* What a connection is doing.  Each phase has one deadline, set on entry. */
typedef enum Phase {
    PHASE_IDLE,    /* between requests */
    PHASE_HEAD,    /* reading a request's head */
    PHASE_BODY,    /* reading its body */
    PHASE_WORK,    /* a worker has it; what comes meanwhile waits in `in` */
    PHASE_WRITE,   /* the reply is on its way */
    PHASE_FOLLOW,  /* a stream of events, nothing to tell just now */
    PHASE_LINGER,  /* all is said; what still comes is thrown away, so that the
                   ** peer gets our last words and not a reset */
    PHASE_CLOSED,
} Phase;

typedef struct Incoming Incoming; /* upload.c */

typedef struct Conn {
    uv_tcp_t     tcp;
    uv_write_t   write;
    uv_shutdown_t shutdown;
    uv_work_t    work;      /* reading or writing a file */
    Server      *server;
    struct Conn *prev, *next;
    Phase        phase;
    uint64_t     deadline, begun_ns, due, ping; /* due, ping: of a stream of events */
    bool         last;      /* close after this reply */
    bool         gone;      /* the peer ended its side */
    bool         in_pool, working, closed; /* who still needs this memory */
    bool         follower, continued, advancing, again;
    size_t       owed;      /* of `held`: a reply that waits for its reader */
    Job          job;
    Http         http;
    Incoming    *incoming;
    char        *chunk;     /* of a file being sent */
    ssize_t      chunk_n;
    Own          own;
    char         id[24], peer[64];
    char         in[IN_MAX]; /* received; parsed up to in_at */
    size_t       in_at, in_n;
} Conn;

struct Server {
    Serve       how;
    uv_loop_t   loop;
    uv_tcp_t    listener;
    uv_async_t  wake, stop;
    uv_timer_t  tick;
    uv_signal_t term, interrupt, hangup;
    Pool       *pool;
    Stats      *stats;
    Log        *log;
    Files      *files;
    Conn        conns; /* the head of the ring of connections */
    int         count, in_flight, followers;
    int         conns_max; /* what the system and CONNS_MAX allow */
    int64_t     held;      /* bytes that peers make us keep: at most HELD_MAX and a reply for each worker */
    int64_t     shed, requests;
    uint64_t    started_ms, ticked; /* ticked: when deadlines were last looked at */
    bool        held_up; /* then they were passed over */
    uint32_t    boot;  /* random: request ids of two runs differ */
    bool        stopping;
};

#endif
