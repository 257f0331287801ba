/* A client that says exactly what the test wants, and the server it talks to. */
#ifndef CLIENT_H
#define CLIENT_H

#include "serve/serve.h"
#include "serve/things.h"
#include "test.h"

/* The deadlines are those of the hasty server alone: the other one waits for whoever is slow, as this
** machine may be.  PATIENCE_MS: nothing takes that long but what never happens. */
enum { HEAD_MS = 2000, BODY_MS = 2500, IDLE_MS = 5000, PATIENCE_MS = 120000, WORKERS = 16, QUEUE = 40,
       FOLLOWERS = 3, UPLOAD_MOST = 8 << 20 };

extern const House *house; /* of the server under test */
extern char folder[];      /* its data folder */
extern int port;           /* where it listens, or the hasty one */

#define HOST "Host: x.test\r\n"
#define CLOSE "Connection: close\r\n"
#define THING "{\"note\":\"a\"}" /* 12 bytes */
#define ADD "POST /api/v1/things HTTP/1.1\r\n" HOST "Content-Length: 12\r\n"

int64_t now_ms(void);
void    nap_ms(int ms);
int     dial(void);
void    send_all(int fd, Str bytes); /* what the peer no longer takes is lost */

/* Looks again and again until it is so; false: it did not come to be. */
bool comes_true(bool (*is_so)(void *), void *arg);

/* Reads until the peer closes, the text is there, or patience ends; the text
** is NUL-terminated.  Returns how much there was. */
size_t read_until(int fd, char *buf, size_t cap, const char *text);
size_t ask(const char *bytes, char *got, size_t cap); /* one connection, to its end */
const char *body_of(const char *answer);
int    count_of(const char *text, const char *word);
bool   has(const char *text, const char *word);

size_t incoming(void); /* files in incoming/ */
void   wait_for_no_incoming(const char *what);

/* serve_test.c's other files */
void test_probes(void);
void test_deadlines(void);
void test_answers(void);
void test_files(void);
void test_streams(void);
void test_slow_clients(void);
void test_overload(void);

#endif
