/*
** A disk whose plug a test can pull: loaded into the program before its libraries
** (LD_PRELOAD).  Beside SQLite's two files it keeps what a power cut now would
** leave of them, in DISK_SHADOW: what was written is there when a sync that began
** later has come back, and one piece in a few at once, as a kernel may write
** whenever it likes.
**
** When DISK_SHADOW/fail-log (or fail-data) is there, the next sync of that file
** fails, and removes it: what was not safe yet will never be, and no later sync
** tells of it.  So do kernels: a page that could not be written counts as clean.
*/
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ROOM = 400, EARLY = 5, COPY = 1 << 16 };

typedef struct Piece {
    struct Piece *next;
    uint64_t      number;
    off_t         at;
    size_t        n; /* SIZE_MAX: the file was cut here */
    char          bytes[];
} Piece;

typedef struct Tracked {
    const char *tail, *name, *fail; /* how its path ends; the shadow's name; what makes its sync fail */
    int         shadow;             /* -1: not opened yet */
    Piece      *first, **last;
} Tracked;

static Tracked tracked[] = {
    { "/tiaojie.db", "data", "fail-data", -1, NULL, NULL },
    { "/tiaojie.db-wal", "log", "fail-log", -1, NULL, NULL },
};
static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static uint64_t        pieces;

ssize_t pwrite64(int fd, const void *bytes, size_t n, off_t at);
int     ftruncate64(int fd, off_t at);

static void *real(const char *name)
{
    void *f = dlsym(RTLD_NEXT, name);
    if (!f) abort();
    return f;
}

static void path_of(char path[ROOM], const char *name)
{
    const char *folder = getenv("DISK_SHADOW"); // NOLINT(concurrency-mt-unsafe): nobody sets it
    (void)snprintf(path, ROOM, "%s/%s", folder ? folder : ".", name);
}

static Tracked *by_path(const char *path)
{
    size_t n = strlen(path);
    for (size_t i = 0; i < sizeof tracked / sizeof *tracked; i++) {
        size_t tail = strlen(tracked[i].tail);
        if (n >= tail && strcmp(path + n - tail, tracked[i].tail) == 0) return &tracked[i];
    }
    return NULL;
}

static Tracked *by_fd(int fd)
{
    char link[64], path[ROOM];
    (void)snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, path, sizeof path - 1);
    if (n < 0) return NULL;
    path[n] = 0;
    return by_path(path);
}

/* ---- the shadow: all of it with the turn ------------------------------------------------- */

static void put(const Tracked *t, const Piece *p)
{
    ssize_t (*write_at)(int, const void *, size_t, off_t) = real("pwrite64");
    int (*cut)(int, off_t) = real("ftruncate64");
    if (p->n == SIZE_MAX) {
        if (cut(t->shadow, p->at) != 0) abort();
    } else if (write_at(t->shadow, p->bytes, p->n, p->at) != (ssize_t)p->n) {
        abort();
    }
}

/* What is in the file when it is first touched counts as safe, unless an earlier process left a shadow. */
static void take_first(Tracked *t, int fd)
{
    static char buf[COPY];
    char path[ROOM];
    if (t->shadow >= 0) return;
    path_of(path, t->name);
    int left = access(path, F_OK);
    t->shadow = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    t->last = &t->first;
    if (t->shadow < 0) abort();
    ssize_t (*write_at)(int, const void *, size_t, off_t) = real("pwrite64");
    ssize_t n = 0;
    for (off_t at = 0; left != 0 && (n = pread(fd, buf, sizeof buf, at)) > 0; at += n) {
        if (write_at(t->shadow, buf, (size_t)n, at) != n) abort();
    }
}

static void note(Tracked *t, const void *bytes, size_t n, off_t at)
{
    Piece *p = malloc(sizeof *p + (bytes ? n : 0));
    if (!p) abort();
    *p = (Piece){ .number = ++pieces, .at = at, .n = bytes ? n : SIZE_MAX };
    if (bytes) memcpy(p->bytes, bytes, n);
    *t->last = p;
    t->last = &p->next;
    if (bytes && pieces % EARLY == 0) put(t, p);
}

/* The pieces up to this one are safe, or never will be. */
static void settle(Tracked *t, uint64_t number, int good)
{
    while (t->first && t->first->number <= number) {
        Piece *p = t->first;
        if (good) put(t, p);
        t->first = p->next;
        free(p);
    }
    if (!t->first) t->last = &t->first;
}

/* ---- what the program calls ---------------------------------------------------------------- */

ssize_t pwrite64(int fd, const void *bytes, size_t n, off_t at)
{
    ssize_t (*write_at)(int, const void *, size_t, off_t) = real("pwrite64");
    Tracked *t = by_fd(fd);
    if (!t) return write_at(fd, bytes, n, at);
    (void)pthread_mutex_lock(&turn);
    take_first(t, fd);
    ssize_t done = write_at(fd, bytes, n, at);
    if (done > 0) note(t, bytes, (size_t)done, at);
    (void)pthread_mutex_unlock(&turn);
    return done;
}

int ftruncate64(int fd, off_t at)
{
    int (*cut)(int, off_t) = real("ftruncate64");
    Tracked *t = by_fd(fd);
    if (!t) return cut(fd, at);
    (void)pthread_mutex_lock(&turn);
    take_first(t, fd);
    int rc = cut(fd, at);
    if (rc == 0) note(t, NULL, 0, at);
    (void)pthread_mutex_unlock(&turn);
    return rc;
}

static int sync_by(const char *name, int fd)
{
    char path[ROOM];
    int (*sync_file)(int) = real(name);
    Tracked *t = by_fd(fd);
    if (!t) return sync_file(fd);
    (void)pthread_mutex_lock(&turn);
    take_first(t, fd);
    uint64_t number = pieces;
    path_of(path, t->fail);
    int good = unlink(path) != 0;
    (void)pthread_mutex_unlock(&turn);
    if (good && sync_file(fd) != 0) abort();
    (void)pthread_mutex_lock(&turn);
    settle(t, number, good);
    (void)pthread_mutex_unlock(&turn);
    errno = good ? 0 : EIO;
    return good ? 0 : -1;
}

int fsync(int fd)
{
    return sync_by("fsync", fd);
}

int fdatasync(int fd)
{
    return sync_by("fdatasync", fd);
}

/* The log is removed by whoever closes the database last. */
int unlink(const char *path)
{
    int (*remove_file)(const char *) = real("unlink");
    char shadow[ROOM];
    Tracked *t = by_path(path);
    if (!t) return remove_file(path);
    (void)pthread_mutex_lock(&turn);
    if (t->last) settle(t, UINT64_MAX, 0);
    if (t->shadow >= 0) (void)close(t->shadow);
    t->shadow = -1;
    path_of(shadow, t->name);
    (void)remove_file(shadow);
    int rc = remove_file(path);
    (void)pthread_mutex_unlock(&turn);
    return rc;
}
