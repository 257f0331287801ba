/* A copy of the house, and a house from a copy. */
#include "case/case_search.h"
#include "command/command.h"
#include "command/open.h"
#include "core/audit.h"
#include "core/backup.h"
#include "core/crypto.h"
#include "slices.h"

#include <stdio.h>
#include <unistd.h>

enum { NODE = 1021, PATH_ROOM = 1024 };

/* One line that is written over, on a terminal only. */
static void say(const char *what, int64_t done, int64_t all)
{
    if (!isatty(STDERR_FILENO)) return;
    if (all) (void)fprintf(stderr, "\r%s %lld of %lld   ", what, (long long)done, (long long)all);
    else (void)fprintf(stderr, "\r%s %lld   ", what, (long long)done);
    if (done == all) (void)fputc('\n', stderr);
}

static int run_backup(int argc, char **argv)
{
    Open o;
    const char *to = argument(argc, argv, "--demo");
    if (!to) return wrong_use("tiaojie backup FOLDER; --help says more");
    int rc = house_open(&o, argc, argv, NODE);
    if (rc == 0) rc = backup_write(o.db, o.house.folder, to, say) ? 0 : refused("%s: not backed up", to);
    if (rc == 0) (void)printf("%s: backed up\n", to);
    house_close(&o);
    return rc;
}

/* The database, filled before a house stands on it. */
static int fill(const char *from, const char *address)
{
    Store *store = store_open(address, NODE);
    Db *db = db_open(store);
    int rc = backup_database_empty(db) ? 0 : refused("%s: is not empty", address);
    bool schema = store_is_local(store); /* SQLite's comes with its file */
    if (rc == 0 && !schema && !web_prepare(db, slices)) rc = 1;
    if (rc == 0 && !backup_restore_database(db, from, say)) rc = refused("%s: not restored", address);
    db_close(db);
    store_close(store);
    return rc;
}

/* What was restored is looked through, and the search index made. */
static int prove(int argc, char **argv)
{
    Open o;
    int64_t entries = 0, faults = 0;
    int rc = house_open(&o, argc, argv, NODE);
    if (rc == 0) {
        house_begin(&o, "restore");
        faults = audit_verify(&o.c, &o.c.out, &entries);
        if (faults) (void)fprintf(stderr, "%.*s", (int)o.c.out.len, o.c.out.buf);
        if (!option_set(argc, argv, "--no-index")) (void)case_search_rebuild(&o.c);
        if (!ok(&o.c)) rc = house_refused(&o, "restore");
        else if (faults) rc = refused("restored, but the audit record is not whole");
    }
    if (rc == 0) (void)printf("restored; audit record whole, %lld entries\n", (long long)entries);
    house_close(&o);
    return rc;
}

static int run_restore(int argc, char **argv)
{
    char address[PATH_ROOM];
    const char *from = argument(argc, argv, "--no-index --demo");
    const char *folder = option(argc, argv, "--folder", NULL);
    const char *given = option(argc, argv, "--database", NULL);
    if (!from || !folder) return wrong_use("tiaojie restore BACKUP --folder NEW; --help says more");
    int n = given ? snprintf(address, sizeof address, "%s", given)
                  : snprintf(address, sizeof address, "sqlite:%s/tiaojie.db", folder);
    if (n >= PATH_ROOM) return wrong_use("restore: a path is too long");
    if (access(folder, F_OK) == 0) return refused("%s: is there; restore goes to a new folder", folder);
    if (!backup_check(from, say)) return refused("%s: nothing was restored", from);
    if (!backup_restore_files(from, folder, say)) return refused("%s: not restored", folder);
    int rc = fill(from, address);
    return rc ? rc : prove(argc, argv);
}

static int run_rebuild(int argc, char **argv)
{
    Open o;
    int rc = house_open(&o, argc, argv, NODE);
    if (rc == 0) rc = house_law(&o);
    if (rc == 0) {
        house_begin(&o, "search rebuild");
        int64_t n = case_search_rebuild(&o.c);
        if (ok(&o.c)) (void)printf("%lld cases indexed\n", (long long)n);
        else rc = house_refused(&o, "search rebuild");
    }
    house_close(&o);
    return rc;
}

const Command command_backup = {
    .name = "backup", .summary = "copies database, files and keys, while the server runs",
    .usage = "tiaojie backup NEW-FOLDER [--folder DIR] [--database ADDRESS]\n"
             "The copy holds the keys: keep it as safe as the house.  A MANIFEST has the SHA-256 of each file.",
    .run = run_backup,
};

const Command command_restore = {
    .name = "restore", .summary = "makes a new house from a backup, and verifies it",
    .usage = "tiaojie restore BACKUP --folder NEW [--database ADDRESS] [--no-index]\n"
             "The folder may not exist and the database must be empty; the engine is that of the backup.\n"
             "--no-index leaves the search index to `tiaojie search rebuild`.",
    .run = run_restore,
};

const Command command_search_rebuild = {
    .name = "search rebuild", .summary = "makes the search index again from the rows",
    .usage = "tiaojie search rebuild [--folder DIR] [--database ADDRESS]", .run = run_rebuild,
};
