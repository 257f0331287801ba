/*
** The press: documents made by children of a program, and what happens when one
** is killed, or is given nonsense.  Use: press_test PROGRAM FONTS
*/
#include "core/limits.h"
#include "paper/press.h"

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int passed, failed;

static void check(bool good, const char *what)
{
    if (good) passed++;
    else failed++;
    if (!good) (void)printf("FAILED %s\n", what);
}

static bool is_child(const char *pid)
{
    char path[300], line[512];
    int parent = 0;
    (void)snprintf(path, sizeof path, "/proc/%s/stat", pid);
    FILE *f = fopen(path, "re");
    if (!f) return false;
    size_t n = fread(line, 1, sizeof line - 1, f);
    line[n] = 0;
    (void)fclose(f);
    const char *after = strrchr(line, ')');
    return after && sscanf(after, ") %*c %d", &parent) == 1 && parent == (int)getpid();
}

/* Kills every child of this process; how many there were. */
static int kill_children(void)
{
    int n = 0;
    DIR *all = opendir("/proc");
    for (struct dirent *e = all ? readdir(all) : NULL; e; e = readdir(all)) {
        bool mine = e->d_name[0] >= '1' && e->d_name[0] <= '9' && is_child(e->d_name);
        if (mine && kill((pid_t)strtol(e->d_name, NULL, 10), SIGKILL) == 0) n++;
    }
    if (all) (void)closedir(all);
    return n;
}

static bool make(const House *house, Str source, Err *err, size_t *size)
{
    Block block = block_open(ARENA_MAX);
    Arena mem = block_arena(&block);
    Ctx c = { .mem = &mem, .house = house };
    Printed made;
    bool good = press_make(&c, source, &made);
    *err = c.err;
    *size = good && str_starts(made.pdf, S("%PDF-")) && str_starts(made.docx, S("PK")) ? made.pdf.n : 0;
    block_close(&block);
    return good;
}

int main(int argc, char **argv)
{
    static const char text[] = "I style\tdeed\nT 标题\nP 正文。\nG x\nS 甲\t乙\nE x\n";
    Err err;
    size_t first, size;
    if (argc != 3) return 2;
    PressWay way = { .program = argv[1], .fonts = { argv[2], NULL }, .workers = 2, .wait_ms = 120000 };
    House house = { .press = press_open(&way) };
    check(house.press != NULL, "the press starts");
    if (!house.press) return 1;
    check(make(&house, str_of(text), &err, &first) && first > 0, "a document is made");
    check(make(&house, str_of(text), &err, &size) && size == first, "the same one is as large");
    check(!make(&house, S("? nonsense\n"), &err, &size) && err == ERR_TOO_LARGE, "nonsense is refused");
    check(make(&house, str_of(text), &err, &size) && size == first, "and the press goes on");
    check(kill_children() == 2, "there are two children");
    int lost = 0;
    for (int i = 0; i < 4; i++) lost += !make(&house, str_of(text), &err, &size);
    check(lost <= 2, "at most one paper is lost with each child");
    check(make(&house, str_of(text), &err, &size) && size == first, "the children were replaced");
    press_close(house.press);
    check(kill_children() == 0, "none is left behind");
    (void)printf("%d passed, %d failed\n", passed, failed);
    return failed != 0;
}
