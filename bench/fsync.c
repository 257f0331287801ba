/*
** fsync FILE [BYTES [SECONDS]]: how often a second this disk makes an appended
** block durable.  What commits need is here the limit: a transaction a commit
** can never do more than this, a batch a commit can.
*/
#include "base/base.h"

#include <fcntl.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

enum { BYTES_MAX = 1 << 20, FILE_MAX = 64 << 20 };

static int64_t now_us(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

int main(int argc, char **argv)
{
    static char block[BYTES_MAX];
    int64_t bytes = 16384, seconds = 3, n = 0, at = 0;
    bool right = argc >= 2 && (argc < 3 || str_int(str_of(argv[2]), &bytes))
              && (argc < 4 || str_int(str_of(argv[3]), &seconds));
    if (!right || bytes < 1 || bytes > BYTES_MAX || seconds < 1) return 2;
    int fd = open(argv[1], O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0) return 1;
    int64_t begin = now_us(), end = begin + seconds * 1000000;
    for (; now_us() < end; n++) {
        if (pwrite(fd, block, (size_t)bytes, at) != bytes || fdatasync(fd) != 0) return 1;
        at = at + bytes < FILE_MAX ? at + bytes : 0; /* like a log that begins again */
    }
    int64_t us = now_us() - begin;
    (void)close(fd);
    (void)unlink(argv[1]);
    (void)printf("%lld syncs/s of %lld bytes, %lld us each\n", (long long)(n * 1000000 / us),
                 (long long)bytes, (long long)(us / n));
    return 0;
}
