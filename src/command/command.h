/*
** The command line: `tiaojie WORD …`.  A command is a row; main.c has the list.
** Exit codes: 0 done, 1 refused (said why on stderr), 2 wrong use.
*/
#ifndef COMMAND_H
#define COMMAND_H

#include "base/base.h"

typedef struct Command {
    const char *name;     /* "law clock" is looked up as two words */
    const char *summary;  /* one line of `tiaojie --help` */
    const char *usage;    /* what `--help` prints */
    int (*run)(int argc, char **argv); /* what follows the name */
} Command;

extern const Command *const commands[]; /* NULL-terminated */

/* The value after `name`, or `otherwise`; the last one counts. */
const char *option(int argc, char **argv, const char *name, const char *otherwise);
bool option_set(int argc, char **argv, const char *name);
/* The first argument that is neither an option nor an option's value: options
** in `flags` ("--json --dry-run") take none.  NULL if there is none. */
const char *argument(int argc, char **argv, const char *flags);
/* All of them, at most `cap`; how many there are. */
size_t arguments(int argc, char **argv, const char *flags, const char **word, size_t cap);

/* Prints to stderr and returns 1 or 2. */
int refused(const char *format, ...) __attribute__((format(printf, 1, 2)));
int wrong_use(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Where the reference data is: --data, else TIAOJIE_DATA, else beside the
** program (../share/tiaojie, ../data).  Fills `path` with "<there>/<name>". */
bool data_path(const char *name, char *path, size_t cap);
/* Where the fonts and the web faces lie, beside the program as built or installed; NULL: nowhere. */
const char *fonts_path(char *path, size_t cap);
const char *web_path(char *path, size_t cap);

extern const Command command_law_flow;
extern const Command command_user_add, command_user_list, command_user_reset, command_user_unlock;
extern const Command command_serve;
extern const Command command_export_ledger;
extern const Command command_report_month, command_report_recount;
extern const Command command_demo_office, command_demo_cases;
extern const Command command_init, command_openapi;
extern const Command command_archive_verify, command_archive_export;
extern const Command command_audit_verify, command_audit_export;
extern const Command command_backup, command_restore, command_search_rebuild;
extern const Command command_paper, command_paper_worker;
extern const Command command_sign, command_volume_worker, command_scan_worker,
    command_office_worker;
extern const Command command_version;

#endif
