/*
** Backup and restore.  A backup is a folder: the database as it was at one
** instant, however many write meanwhile; the files and the keys of the data
** folder; and MANIFEST, the SHA-256 of each.  Files are never changed once they
** are there, so copying them after the database has all that it names.
** What can be built again (the search index) is left out.
*/
#ifndef BACKUP_H
#define BACKUP_H

#include "core/house.h"

/* Called now and then: of `all` steps of `what`, `done` are done. */
typedef void (*Progress)(const char *what, int64_t done, int64_t all);

/* Each false, said why on stderr. */

/* Into a new folder `to`: the database and the data folder. */
bool backup_write(Db *db, const char *folder, const char *to, Progress say);
/* Is every file of the backup there and unchanged, and none besides? */
bool backup_check(const char *from, Progress say);
/* Into a new data folder: files and keys. */
bool backup_restore_files(const char *from, const char *folder, Progress say);
/* Into an empty database whose schema, if it is PostgreSQL, is prepared. */
bool backup_restore_database(Db *db, const char *from, Progress say);
bool backup_database_empty(Db *db);

#endif
