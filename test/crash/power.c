#include "crash/power.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { CUTS = 5, REFUSALS = 3, FORWARD = 60, END_MS = 120000, PATH = TEXT_ROOM + 32 };

static const struct Kept_file { const char *shadow, *file; } files[] = {
    { "data", "tiaojie.db" }, { "log", "tiaojie.db-wal" },
};

static void shadow_path(const Load *l, char path[static PATH], const char *name)
{
    (void)snprintf(path, PATH, "%s/%s", l->shadow, name);
}

static void use_shadow(Load *l, char folder[static TEXT_ROOM])
{
    (void)snprintf(folder, TEXT_ROOM, "%s/shadow", l->folder);
    BUG_IF(mkdir(folder, 0700) != 0);
    l->shadow = folder;
}

static int64_t size_of(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 ? (int64_t)st.st_size : -1;
}

/* Leaves of the files what the disk had; true if that was less than was written. */
static bool pull_plug(Load *l)
{
    char path[PATH], shadow[PATH], shared[PATH];
    bool less = false;
    load_end_server(l, SIGKILL);
    for (size_t i = 0; i < COUNT(files); i++) {
        shadow_path(l, shadow, files[i].shadow);
        (void)snprintf(path, sizeof path, "%s/%s", l->folder, files[i].file);
        less |= size_of(shadow) >= 0 && size_of(shadow) < size_of(path);
        BUG_IF(rename(shadow, path) != 0 && errno != ENOENT); /* no shadow: nobody wrote in it */
    }
    (void)snprintf(shared, sizeof shared, "%s/tiaojie.db-shm", l->folder);
    (void)unlink(shared);
    return less;
}

static void check_begun(Load *l, Check check)
{
    check(load_until(load_acknowledged, l, atomic_load(&l->acknowledged) + FORWARD), "cases are registered");
}

void power_cuts(Load *l, Check check)
{
    char folder[TEXT_ROOM];
    int lost = 0;
    use_shadow(l, folder);
    load_start_server(l);
    load_begin(l);
    for (int i = 0; i < CUTS; i++) {
        check_begun(l, check);
        lost += pull_plug(l);
        load_start_server(l);
    }
    check_begun(l, check);
    load_end(l);
    lost += pull_plug(l);
    load_start_server(l);
    (void)printf("  %d of %d power cuts took back what had been written\n", lost, CUTS + 1);
}

/* ---- a disk that refuses -------------------------------------------------------------------- */

static void refuse(const Load *l, const char *what)
{
    char path[PATH];
    shadow_path(l, path, what);
    FILE *f = fopen(path, "we");
    BUG_IF(!f || fclose(f) != 0);
}

static void check_refused(Load *l, Check check, const char *what, const char *title)
{
    char path[PATH];
    shadow_path(l, path, what);
    check_begun(l, check);
    refuse(l, what);
    int status = load_ended(l, END_MS);
    check(WIFEXITED(status) && WEXITSTATUS(status) == 1, title);
    check(size_of(path) < 0, "a sync was refused");
    load_start_server(l);
    check_begun(l, check);
    (void)pull_plug(l);
    load_start_server(l);
}

void power_refused(Load *l, Check check)
{
    char folder[TEXT_ROOM];
    use_shadow(l, folder);
    load_start_server(l);
    load_begin(l);
    for (int i = 0; i < REFUSALS; i++) {
        check_refused(l, check, "fail-log", "the program ends when the disk refuses its log");
        check_refused(l, check, "fail-data", "the program ends when the disk refuses the database");
    }
    check_begun(l, check);
    load_end(l);
}
