/*
** A body to a file: gathered in a chunk, and written and hashed a chunk at a
** time by another thread while nothing more is read.  Whether the request may
** at all is asked of a worker before the first byte touches the disk.
*/
#include "serve/conn.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { CHUNK = 128 * 1024, PATH_ROOM = 1024, OLD_S = 3600 };

struct Incoming {
    int     fd, error; /* errno */
    bool    admitted, all, done; /* all: no more comes; done: it is on disk */
    int64_t size;
    size_t  n;
    crypto_hash_sha256_state hash;
    char    hex[2 * crypto_hash_sha256_BYTES + 1];
    char    path[PATH_ROOM];
    char    chunk[CHUNK + IN_MAX];
};

/* ---- the folder --------------------------------------------------------------------- */

static void remove_old(DIR *dir)
{
    struct stat st;
    struct timespec now;
    (void)clock_gettime(CLOCK_REALTIME, &now);
    for (;;) {
        const struct dirent *e = readdir(dir); // NOLINT(concurrency-mt-unsafe): this thread's own stream
        if (!e) return;
        if (fstatat(dirfd(dir), e->d_name, &st, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISREG(st.st_mode)) continue;
        if (st.st_mtime + OLD_S < now.tv_sec) (void)unlinkat(dirfd(dir), e->d_name, 0);
    }
}

/* Another process may be receiving into the same folder, so only what nobody
** has written to for an hour goes. */
bool uploads_open(const char *folder)
{
    char path[PATH_ROOM];
    int n = snprintf(path, sizeof path, "%s/incoming", folder);
    bool good = n > 0 && (size_t)n < sizeof path - 64 && (mkdir(path, 0700) == 0 || errno == EEXIST);
    DIR *dir = good ? opendir(path) : NULL;
    if (dir) {
        remove_old(dir);
        (void)closedir(dir);
        return true;
    }
    (void)fprintf(stderr, "%s/incoming: %s\n", folder, os_error());
    return false;
}

/* ---- on another thread ---------------------------------------------------------------- */

static bool write_all(int fd, const char *at, size_t n)
{
    while (n) {
        ssize_t done = write(fd, at, n);
        if (done < 0 && errno == EINTR) continue;
        if (done <= 0) return false;
        at += done;
        n -= (size_t)done;
    }
    return true;
}

static void finish_file(Incoming *in)
{
    unsigned char hash[crypto_hash_sha256_BYTES];
    if (fdatasync(in->fd) != 0) in->error = errno;
    (void)crypto_hash_sha256_final(&in->hash, hash);
    (void)sodium_bin2hex(in->hex, sizeof in->hex, hash, sizeof hash);
}

static void store(uv_work_t *work)
{
    Conn *k = work->data;
    Incoming *in = k->incoming;
    if (in->fd < 0) in->fd = open(in->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    bool good = in->fd >= 0 && write_all(in->fd, in->chunk, in->n);
    if (!good) in->error = errno ? errno : EIO;
    if (!good) return;
    (void)crypto_hash_sha256_update(&in->hash, (const unsigned char *)in->chunk, in->n);
    if (in->all) finish_file(in);
}

/* ---- on the network thread ------------------------------------------------------------- */

static void on_stored(uv_work_t *work, int status)
{
    Conn *k = work->data;
    Incoming *in = k->incoming;
    k->working = false;
    if (k->phase == PHASE_CLOSED) {
        conn_release(k);
        return;
    }
    if (k->phase != PHASE_BODY) { /* it was given up meanwhile */
        upload_end(k);
        return;
    }
    in->n = 0;
    in->done = in->all;
    bool full = in->error == ENOSPC || in->error == EDQUOT;
    if (status != 0 || in->error) conn_refuse(k, full ? 507 : 500);
    else conn_advance(k);
}

/* What its route takes, and no more than the server does. */
static int64_t most_of(const Conn *k)
{
    int64_t most = k->job.route->most, all = k->server->how.upload_max;
    return most && most < all ? most : all;
}

int upload_begin(Conn *k)
{
    const Serve *how = &k->server->how;
    unsigned char random[16];
    char name[2 * sizeof random + 1];
    if (k->http.request.length > most_of(k)) return 413;
    if (conn_room(k, sizeof *k->incoming) != 0) return 503;
    Incoming *in = k->incoming = calloc(1, sizeof *in);
    BUG_IF(!in);
    in->fd = -1;
    (void)crypto_hash_sha256_init(&in->hash);
    randombytes_buf(random, sizeof random);
    (void)sodium_bin2hex(name, sizeof name, random, sizeof random);
    int n = snprintf(in->path, sizeof in->path, "%s/incoming/%s", how->house->folder, name);
    BUG_IF(n < 0 || (size_t)n >= sizeof in->path); /* uploads_open() saw that it fits */
    k->http.streamed = true;
    return 0;
}

int upload_take(void *conn, Str bytes)
{
    Conn *k = conn;
    Incoming *in = k->incoming;
    if ((int64_t)bytes.n > most_of(k) - in->size) return 413;
    BUG_IF(bytes.n > sizeof in->chunk - in->n); /* upload_step() makes room after each feed */
    memcpy(in->chunk + in->n, bytes.s, bytes.n);
    in->n += bytes.n;
    in->size += (int64_t)bytes.n;
    if (!k->server->stopping) k->deadline += bytes.n * 1000 / RATE_MIN;
    return 0;
}

static bool begin_store(Conn *k)
{
    enter(k, PHASE_BODY);
    k->working = uv_queue_work(&k->server->loop, &k->work, store, on_stored) == 0;
    if (!k->working) conn_refuse(k, 500);
    return true;
}

/* A small file that is here already is judged with its request, once. */
bool upload_step(Conn *k)
{
    Incoming *in = k->incoming;
    in->all = k->http.at == AT_END;
    if (in->done) {
        k->job.upload = (Upload){ str_of(in->path), in->size, str_of(in->hex) };
        return false;
    }
    if (!in->admitted && !in->all) {
        if (pool_waiting(k->server->pool) >= k->server->how.queue_max) {
            conn_refuse(k, 503);
            return true;
        }
        enter(k, PHASE_WORK);
        conn_put(k, ERRAND_ADMIT);
        return true;
    }
    if (in->all || in->n >= CHUNK) return begin_store(k);
    return false;
}

void upload_admitted(Conn *k)
{
    k->incoming->admitted = true;
    enter(k, PHASE_BODY);
    conn_advance(k);
}

static void on_removed(uv_fs_t *req)
{
    uv_fs_req_cleanup(req);
    free(req);
}

/* The handler has moved the file if it keeps it; then there is none to remove. */
void upload_end(Conn *k)
{
    Incoming *in = k->incoming;
    if (!in || k->working) return;
    k->incoming = NULL;
    (void)conn_room(k, -(int64_t)sizeof *in);
    if (in->fd >= 0) {
        uv_fs_t *req = malloc(sizeof *req);
        (void)close(in->fd);
        if (!req || uv_fs_unlink(&k->server->loop, req, in->path, on_removed) != 0) free(req);
    }
    free(in);
}
