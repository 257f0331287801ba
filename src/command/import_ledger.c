/*
** `tiaojie import ledger FILE` and `tiaojie import roster KIND FILE`: the wizard's
** steps one after another, in larger pieces.  Started again after it was killed, it goes on where it was.
*/
#include "command/command.h"
#include "command/import.h"
#include "command/open.h"

#include "case/8-import/import.h"
#include "core/crypto.h"
#include "core/db.h"
#include "core/limits.h"
#include "core/tx.h"
#include "register/organisations/organisations.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { NODE = 1021, PIECE = 4000, NAME_ROOM = 256, KEPT = 64 * 1024 };

static const char flags[] = "--dry-run --json --undo --twice --demo --help";

typedef struct Run {
    Open       *open;
    int         argc;
    char      **argv;
    const char *path, *name, *kind;
    char        sha256[65];
    int64_t     sheet;   /* that is meant; 0: the one that looks most like a ledger */
    bool        more;    /* … is one of several of the same file */
    bool        english; /* what is said of the rows */
    Batch       b;
    Org         org;
    Arena       kept;
} Run;

/* ---- whose cases they become --------------------------------------------------------------------- */

static bool find_org(Run *r)
{
    Ctx *c = &r->open->c;
    const char *org = option(r->argc, r->argv, "--org", NULL);
    Id id = id_parse(str_of(org));
    if (org && id.n) return org_get(c, id, &r->org);
    if (org) return org_by_name(c, (Str){ 0 }, str_of(org), &r->org) || fail(c, ERR_NOT_FOUND, str_of(org));
    bool ledger = strcmp(r->kind, "ledger") == 0;
    bool only = (ledger ? import_only_centre : import_only_root)(c, &id);
    if (!only) return fail(c, ERR_NOT_FOUND, S("--org ID or NAME: whose?"));
    return org_get(c, id, &r->org);
}

/* Into memory that outlives a step. */
static void keep(Run *r, Batch *b)
{
    Str *const texts[] = {
        &b->kind, &b->org_path, &b->name, &b->sha256, &b->sheet_name, &b->map, &b->state, &b->why,
    };
    for (size_t i = 0; i < COUNT(texts); i++) *texts[i] = str_copy(&r->kept, *texts[i]);
}

/* ---- steps ----------------------------------------------------------------------------------------- */

static void progress(const Run *r, bool last)
{
    if (!isatty(2)) return;
    (void)fprintf(stderr, "\r%.*s: line %lld, %lld good, %lld wrong, %lld imported%s", (int)r->b.state.n,
        r->b.state.s,
                  (long long)r->b.line, (long long)r->b.good, (long long)(r->b.bad + r->b.same),
                      (long long)r->b.made,
                  last ? "\n" : "   ");
}

static int piece(Run *r)
{
    house_begin(r->open, "import ledger");
    Ctx *c = &r->open->c;
    tx_begin(c);
    import_step(c, r->b.id, PIECE);
    tx_end(c);
    if (ok(c)) (void)import_get(c, r->b.id, &r->b);
    return ok(c) ? 0 : house_refused(r->open, r->path);
}

/* The state is that of the batch as it was last read: kept for the next piece. */
static int walk(Run *r, const char *state)
{
    char buf[KEPT];
    int rc = 0;
    house_begin(r->open, "import ledger");
    Ctx *c = &r->open->c;
    tx_begin(c);
    bool there = import_get(c, r->b.id, &r->b);
    if (there && !str_eq(r->b.state, str_of(state))) import_start(c, &r->b, str_of(state));
    tx_end(c);
    if (!ok(c)) return house_refused(r->open, r->path);
    while (rc == 0 && import_under_way(&r->b)) {
        rc = piece(r);
        r->kept = (Arena){ buf, buf + sizeof buf };
        if (rc == 0) keep(r, &r->b);
        progress(r, false);
    }
    progress(r, true);
    r->kept = (Arena){ 0 };
    return rc;
}

static void begin(Run *r)
{
    Ctx *c = &r->open->c;
    Batch *b = &r->b;
    Str map = str_of(option(r->argc, r->argv, "--map", ""));
    *b = (Batch){ .kind = str_of(r->kind), .org = r->org.id, .org_path = r->org.path,
        .sha256 = str_of(r->sha256),
        .name = str_of(r->name), .sheet = r->sheet };
    b->twice = option_set(r->argc, r->argv, "--twice");
    Batch asked = *b;
    bool begun = import_unfinished(c, b) && b->made > 0; /* what was only looked at is looked at again */
    if (!begun) *b = asked;
    if (!begun && !import_begin(c, b, r->path)) return;
    if (map.n == 0) return;
    import_map(c, b, map);
    tx_begin(c);
    if (ok(c) && b->made == 0) import_start(c, b, S("checking"));
    c->status = 204;
    tx_end(c);
}

/* ---- what is printed ------------------------------------------------------------------------------ */

static void print_said(const Run *r)
{
    const Batch *b = &r->b;
    (void)printf("%s: sheet %.*s, names in line %lld\n", r->name, (int)b->sheet_name.n, b->sheet_name.s,
        (long long)b->head);
    (void)printf("columns: %.*s\n", (int)b->map.n, b->map.s ? b->map.s : "");
    (void)printf("%lld rows can be imported (%lld with a remark), %lld wrong, %lld duplicates,"
                 " %lld left out\n", (long long)b->good, (long long)b->odd, (long long)b->bad, (long long)b->same,
                     (long long)b->skipped);
}

static void print_json(const Run *r)
{
    const Batch *b = &r->b;
    (void)printf("{\"id\":\"%lld\",\"state\":\"%.*s\",\"sheet\":%lld,\"head\":%lld,"
                 "\"map\":\"%.*s\",\"good\":%lld,\"odd\":%lld,\"bad\":%lld,\"same\":%lld,\"skipped\":%lld,\"made\":%lld,\"kept\":%lld}\n",
                 (long long)b->id.n, (int)b->state.n, b->state.s, (long long)b->sheet, (long long)b->head,
                 (int)b->map.n, b->map.s ? b->map.s : "", (long long)b->good, (long long)b->odd,
                     (long long)b->bad,
                 (long long)b->same, (long long)b->skipped, (long long)b->made, (long long)b->kept);
}

/* Each refused row with why, and what is remarkable of the others. */
static void print_findings(Run *r)
{
    house_begin(r->open, "import ledger");
    import_tell(&r->open->c, &r->b, r->english, stderr);
}

/* Of a further sheet: "errors-3.xlsx". */
static void errors_path(const Run *r, const char *out, char path[static 1024])
{
    const char *end = strrchr(out, '.');
    int n = end ? (int)(end - out) : (int)strlen(out);
    if (!r->more) (void)snprintf(path, 1024, "%s", out);
    else (void)snprintf(path, 1024, "%.*s-%lld%s", n, out, (long long)r->b.sheet, end ? end : "");
}

static int write_errors(Run *r)
{
    char path[1024];
    const char *out = option(r->argc, r->argv, "--errors", NULL);
    if (!out || r->b.bad + r->b.same == 0) return 0;
    errors_path(r, out, path);
    out = path;
    house_begin(r->open, "import ledger");
    FILE *to = fopen(out, "wbe");
    bool good = to && import_errors(&r->open->c, &r->b, r->english, to);
    if (to && fclose(to) != 0) good = false;
    return good ? 0 : refused("import: cannot write %s", out);
}

/* ---- the command --------------------------------------------------------------------------------- */

static bool is_checked(const Batch *b)
{
    return str_eq(b->state, S("checked")) || str_eq(b->state, S("running"))
        || (str_eq(b->state, S("cancelled")) && b->made);
}

static const char *what(const Run *r)
{
    return strcmp(r->kind, "ledger") == 0 ? "cases" : r->kind;
}

static void print_end(const Run *r, bool dry)
{
    if (dry) (void)puts("dry run: nothing is imported");
    else (void)printf("%lld %s imported; import %lld\n", (long long)r->b.made, what(r), (long long)r->b.id.n);
}

static int check_and_run(Run *r)
{
    bool dry = option_set(r->argc, r->argv, "--dry-run"), json = option_set(r->argc, r->argv, "--json");
    int rc = 0;
    if (!is_checked(&r->b) || dry) rc = walk(r, "checking");
    if (rc == 0 && !json) print_said(r);
    if (rc == 0 && !json) print_findings(r);
    if (rc == 0) rc = write_errors(r);
    if (rc == 0 && !dry) rc = walk(r, "running");
    if (rc == 0 && json) print_json(r);
    if (rc == 0 && !json) print_end(r, dry);
    return rc;
}

static int run_batch(Run *r)
{
    house_begin(r->open, "import ledger");
    if (find_org(r)) begin(r);
    if (!ok(&r->open->c)) return house_refused(r->open, r->path);
    keep(r, &r->b);
    if (r->b.map.n == 0) {
        const Code *why = NULL;
        (void)code_find(&batch_whys, r->b.why, &why);
        return refused("%s: no line names a ledger's columns: give --map\n%s", r->path,
                       why ? r->english ? why->en : why->zh : "");
    }
    return check_and_run(r);
}

static int run_sheet(Run *r)
{
    char buf[KEPT];
    r->kept = (Arena){ buf, buf + sizeof buf };
    int rc = run_batch(r);
    r->kept = (Arena){ 0 };
    return rc;
}

/* The sheet that looks most like a ledger, and those with the same columns: twelve months are one ledger. */
static int run_file(Run *r)
{
    int64_t sheet[GRID_SHEETS];
    const char *asked = option(r->argc, r->argv, "--sheet", NULL);
    if (!file_sha256(r->path, r->sha256)) return refused("%s: cannot be read", r->path);
    const char *slash = strrchr(r->path, '/');
    r->name = slash ? slash + 1 : r->path;
    bool numbered = asked && str_int(str_of(asked), &r->sheet) && r->sheet > 0;
    if (asked && !numbered) return wrong_use("import ledger: --sheet is a number from 1");
    int rc = run_sheet(r);
    if (rc || asked) return rc;
    house_begin(r->open, "import ledger");
    Batch first = { 0 };
    if (!import_get(&r->open->c, r->b.id, &first)) return house_refused(r->open, r->path);
    size_t n = import_alike(&r->open->c, &first, sheet);
    r->more = true;
    for (size_t i = 0; i < n && rc == 0; i++) {
        r->sheet = sheet[i];
        rc = run_sheet(r);
    }
    return rc;
}

static int run_undo(Run *r, const char *id)
{
    house_begin(r->open, "import ledger");
    if (!import_get(&r->open->c, id_parse(str_of(id)), &r->b)) return house_refused(r->open, id);
    r->path = id;
    int rc = walk(r, "undoing");
    if (rc) return rc;
    if (option_set(r->argc, r->argv, "--json")) print_json(r);
    else (void)printf("undone; %lld stay, because somebody worked on them\n", (long long)r->b.kept);
    return 0;
}

static int import_kind_of(int argc, char **argv, const char *kind, const char *path)
{
    Open open = { 0 };
    Run r = { .open = &open, .argc = argc, .argv = argv, .path = path, .kind = kind };
    const char *lang = option(argc, argv, "--lang", "zh");
    r.english = strcmp(lang, "en") == 0;
    if (!r.path) return wrong_use("import: which file?");
    if (!r.english && strcmp(lang, "zh") != 0) return wrong_use("--lang is zh or en, not %s", lang);
    int rc = house_open(&open, argc, argv, NODE);
    if (rc == 0) rc = house_law(&open);
    if (rc == 0) house_slim(&open);
    if (rc == 0) rc = option_set(argc, argv, "--undo") ? run_undo(&r, r.path) : run_file(&r);
    house_close(&open);
    return rc;
}

static int import_ledger(int argc, char **argv)
{
    return import_kind_of(argc, argv, "ledger", argument(argc, argv, flags));
}

static int import_roster(int argc, char **argv)
{
    static const char *const kinds[] = { "employers", "organisations", "mediators" };
    const char *word = argument(argc, argv, flags);
    if (word && option_set(argc, argv, "--undo")) return import_kind_of(argc, argv, "roster", word);
    for (size_t i = 0; word && i < COUNT(kinds); i++) {
        int at = 0;
        if (strcmp(word, kinds[i]) != 0) continue;
        while (argv[at] != word) at++;
        return import_kind_of(argc, argv, kinds[i], argument(argc - at - 1, argv + at + 1, flags));
    }
    return wrong_use("import roster: of employers, organisations or mediators?");
}

const Command command_import_roster = {
    .name = "import roster", .summary = "takes employers, organisations or mediators in, from XLSX or CSV",
    .run = import_roster,
    .usage =
        "tiaojie import roster employers|organisations|mediators FILE [options]\n"
        "tiaojie import roster --undo IMPORT\n\n"
        "  FILE is .xlsx or CSV (UTF-8, GB18030).  What each column is is guessed; every row is checked; good\n"
        "  rows are entered, the others are named.  Employers first, then organisations, then mediators.\n\n"
        "  --org ID|NAME      whose they become, and below whom (the only office at the top)\n"
        "  --sheet N          this sheet alone\n"
        "  --dry-run          checks every row, enters nothing\n"
        "  --map TEXT         what the columns are: \"name=2 phone=5\"\n"
        "  --errors OUT.xlsx  the refused rows as they were, with a column 错误原因\n"
        "  --lang zh|en       what is said of the rows, here and in OUT.xlsx (zh)\n"
        "  --undo IMPORT      takes all of an import out again, but what was used or changed since\n"
        "  --folder DIR --database ADDRESS --json",
};

const Command command_import_ledger = {
    .name = "import ledger", .summary = "takes an old ledger (台账) in, from XLSX or CSV", .run = import_ledger,
    .usage =
        "tiaojie import ledger FILE [options]\n"
        "tiaojie import ledger --undo IMPORT\n\n"
        "  FILE is .xlsx or CSV (UTF-8, GB18030).  The sheet, the line of the column names and what each\n"
        "  column is are guessed; every row is checked; good rows become cases, the others are named.\n"
        "  Killed, it goes on where it was when it is started again.\n\n"
        "  --org ID|NAME      whose cases they become (the only centre there is)\n"
        "  --sheet N          this sheet alone; without it the one that looks most like a ledger, and all\n"
        "                     others with the same columns: one a month, one a town\n"
        "  --dry-run          checks every row, imports nothing\n"
        "  --map TEXT         what the columns are: \"applicant=2 respondent=5 claim_fen=7w\" (w: in 万元, q: in 千元)\n"
        "  --errors OUT.xlsx  the refused rows as they were, with a column 错误原因; OUT-2.xlsx of sheet 2\n"
        "  --lang zh|en       what is said of the rows, here and in OUT.xlsx (zh)\n"
        "  --twice            rows without a number of the same people and day are imported, too\n"
        "  --undo IMPORT      takes all cases of an import out again, but those somebody worked on\n"
        "  --folder DIR --database ADDRESS --json",
};
