/*
** A page drawn by pdftoppm as grey pixels, small first, and read by zbar.  The
** longer side has as many pixels whatever the sheet claims to measure, so the
** memory is bounded.
*/
#include "paper/scan_page.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zbar.h>

enum {
    SIDES = 5, HEAD_MAX = 64, DARK = 160, MARGIN = 30, /* a thirtieth of each side */
    SPECKS = 8000,  /* fewer dark pixels than one in so many: nothing is on it */
};
/* 200 dots an inch of A4, for what is faint or small 300, for what is blurred 120; dirt that
** spoils a code at one size is averaged away at another. */
static const char *const sides[SIDES] = { "2340", "3510", "1400", "1755", "2900" };
enum { SIDE_MAX = 3600, PIXELS = SIDE_MAX * SIDE_MAX };

typedef struct Picture {
    const unsigned char *pixel;
    size_t width, height;
} Picture;

/* ---- drawing --------------------------------------------------------------------------- */

static bool spawn_drawer(const char *path, const char *side, pid_t *pid, int *from)
{
    int pair[2];
    char quiet[] = "-q", grey[] = "-gray", scale[] = "-scale-to", first[] = "-f", last[] = "-l", one[] = "1";
    char program[] = "pdftoppm";
    char *const argv[] = { program, quiet, grey, scale, strdupa(side), first, one, last, one,
                           strdupa(path), NULL };
    posix_spawn_file_actions_t actions;
    if (pipe2(pair, O_CLOEXEC) != 0) return false;
    bool good = posix_spawn_file_actions_init(&actions) == 0;
    good = good && posix_spawn_file_actions_adddup2(&actions, pair[1], 1) == 0;
    good = good && posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0) == 0;
    good = good && posix_spawnp(pid, program, &actions, NULL, argv, environ) == 0;
    (void)posix_spawn_file_actions_destroy(&actions);
    (void)close(pair[1]);
    *from = pair[0];
    if (!good) (void)close(pair[0]);
    return good;
}

static size_t read_all(int fd, char *to, size_t cap)
{
    size_t n = 0;
    while (n < cap) {
        ssize_t got = read(fd, to + n, cap - n);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) break;
        n += (size_t)got;
    }
    return n;
}

/* A number of the head of a PGM: "P5\n1654 2339\n255\n". */
static bool head_number(Str *rest, size_t *v)
{
    int64_t n = 0;
    size_t at = 0;
    while (at < rest->n && rest->s[at] > ' ') at++;
    bool good = str_int((Str){ rest->s, at }, &n) && n > 0 && n <= SIDE_MAX && at < rest->n;
    *rest = (Str){ rest->s + at + good, rest->n - at - good };
    *v = (size_t)n;
    return good;
}

static bool picture_read(Str bytes, Picture *p)
{
    size_t most = 0;
    if (bytes.n < HEAD_MAX || memcmp(bytes.s, "P5\n", 3) != 0) return false;
    Str rest = { bytes.s + 3, bytes.n - 3 };
    bool good = head_number(&rest, &p->width) && head_number(&rest, &p->height) && head_number(&rest, &most);
    p->pixel = (const unsigned char *)rest.s;
    return good && most == 255 && rest.n >= p->width * p->height;
}

static bool draw(const char *path, const char *side, char *room, Picture *p)
{
    pid_t pid = 0;
    int from = -1, status = 0;
    if (!spawn_drawer(path, side, &pid, &from)) return false;
    size_t n = read_all(from, room, PIXELS + HEAD_MAX);
    (void)close(from);
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) continue;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0 && picture_read((Str){ room, n }, p);
}

/* Grey, and so tall that print can be read. */
bool page_picture(const char *path, const char *to)
{
    pid_t pid = 0;
    int status = 0;
    char program[] = "pdftoppm", quiet[] = "-q", grey[] = "-gray", jpeg[] = "-jpeg", scale[] = "-scale-to";
    char side[] = "1240", first[] = "-f", last[] = "-l", one[] = "1";
    char *const argv[] = { program, quiet, grey, jpeg, scale, side, first, one, last, one, strdupa(path),
                           NULL };
    posix_spawn_file_actions_t actions;
    bool good = posix_spawn_file_actions_init(&actions) == 0;
    good = good && posix_spawn_file_actions_addopen(&actions, 1, to, O_WRONLY | O_CREAT | O_TRUNC, 0600) == 0;
    good = good && posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0) == 0;
    good = good && posix_spawnp(&pid, program, &actions, NULL, argv, environ) == 0;
    (void)posix_spawn_file_actions_destroy(&actions);
    while (good && waitpid(pid, &status, 0) < 0 && errno == EINTR) continue;
    return good && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

bool scan_able(void)
{
    pid_t pid = 0;
    int status = 0;
    char program[] = "pdftoppm", version[] = "-v";
    char *const argv[] = { program, version, NULL };
    posix_spawn_file_actions_t actions;
    bool good = posix_spawn_file_actions_init(&actions) == 0;
    good = good && posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0) == 0;
    good = good && posix_spawnp(&pid, program, &actions, NULL, argv, environ) == 0;
    (void)posix_spawn_file_actions_destroy(&actions);
    while (good && waitpid(pid, &status, 0) < 0 && errno == EINTR) continue;
    return good && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* ---- reading --------------------------------------------------------------------------- */

/* Every code of ours on the picture. */
static void take_symbols(const zbar_image_t *image, ScanPage *p)
{
    const zbar_symbol_t *s = zbar_image_first_symbol(image);
    for (; s; s = zbar_symbol_next(s)) {
        ScanPage found = { .place = p->place };
        Str text = { zbar_symbol_get_data(s), zbar_symbol_get_data_length(s) };
        if (!scan_text(text, &found)) continue;
        bool other = p->kind == SCAN_CODE && strcmp(p->code, found.code) != 0;
        found.kind = SCAN_CODE;
        *p = other ? (ScanPage){ .place = p->place, .kind = SCAN_TWO } : found;
        if (other) return;
    }
}

static void read_codes(const Picture *from, ScanPage *p)
{
    zbar_image_scanner_t *scanner = zbar_image_scanner_create();
    zbar_image_t *image = zbar_image_create();
    (void)zbar_image_scanner_set_config(scanner, ZBAR_NONE, ZBAR_CFG_ENABLE, 0);
    (void)zbar_image_scanner_set_config(scanner, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1);
    zbar_image_set_format(image, zbar_fourcc('Y', '8', '0', '0'));
    zbar_image_set_size(image, (unsigned)from->width, (unsigned)from->height);
    zbar_image_set_data(image, from->pixel, from->width * from->height, NULL);
    if (zbar_scan_image(scanner, image) > 0) take_symbols(image, p);
    zbar_image_destroy(image);
    zbar_image_scanner_destroy(scanner);
}

static bool is_blank(const Picture *p)
{
    size_t dark = 0, left = p->width / MARGIN, top = p->height / MARGIN;
    for (size_t y = top; y + top < p->height; y++) {
        const unsigned char *row = p->pixel + y * p->width;
        for (size_t x = left; x + left < p->width; x++) dark += row[x] < DARK;
    }
    return dark < p->width * p->height / SPECKS;
}

void scan_page(const char *path, ScanPage *p)
{
    Picture picture;
    Block block = block_open(PIXELS + 2 * HEAD_MAX);
    Arena mem = block_arena(&block);
    char *room = arena_room(&mem, PIXELS + HEAD_MAX);
    p->kind = SCAN_BROKEN;
    for (int i = 0; i < SIDES && (i == 0 || p->kind == SCAN_PLAIN); i++) {
        if (!draw(path, sides[i], room, &picture)) break;
        p->kind = SCAN_PLAIN;
        if (i == 0 && is_blank(&picture)) p->kind = SCAN_BLANK;
        else read_codes(&picture, p);
    }
    block_close(&block);
}
