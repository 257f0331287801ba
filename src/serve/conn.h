/*
** What the files of serve/ that run on the network thread do for one another.
*/
#ifndef CONN_H
#define CONN_H

#include "serve/server.h"

/* conn.c */
void conn_open(Server *s, uv_stream_t *listener);
void conn_close(Conn *k);
void conn_release(Conn *k);           /* frees it if it is closed and nobody needs it */
void enter(Conn *k, Phase phase);
void conn_advance(Conn *k);           /* parses what has come */
void conn_read(Conn *k);
void conn_put(Conn *k, Errand errand); /* hands the job to a worker */
void conn_answer(Conn *k);            /* counts, logs and sends the job's reply */
void conn_send(Conn *k);              /* sends it */
void conn_refuse(Conn *k, int status); /* last words to a peer we cannot go on with */
void conn_done(Conn *k);              /* all of the reply is sent */
int  conn_room(void *conn, int64_t more); /* bytes to hold, or to let go: 0, or the status to refuse with */
void conn_back(Conn *k);              /* its job came back from a worker */
/* own.c: what needs no handler; false if it is none of that. */
bool own_answer(Conn *k);
/* upload.c: a body to a file */
int  upload_begin(Conn *k);           /* 0, or the status to refuse it with */
int  upload_take(void *conn, Str bytes);
bool upload_step(Conn *k);            /* after each feed; true: wait, we come back by ourselves */
void upload_admitted(Conn *k);
void upload_end(Conn *k);             /* forgets it and removes its file */
bool uploads_open(const char *folder); /* makes incoming/ and empties it of what is old */
/* download.c: a file after the reply */
void download_next(Conn *k);
void download_end(Conn *k);
/* follow.c: server-sent events */
bool follow_may(Conn *k);             /* before the first run; false: there are too many */
void follow_wait(Conn *k);
void follow_tick(Conn *k, uint64_t now);
void follow_back(Conn *k);

#endif
