/*
** Reference data in and out at the command line.  Spreadsheet programs in
** China save CSV as GB18030: what is no UTF-8 is read as that.
*/
#include "command/import.h"

#include "command/open.h"
#include "core/reference.h"

#include <iconv.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

enum { FILE_LIMIT = 8 << 20, IMPORT_NODE = 1022 };

static const char flags[] = "--dry-run --patch --whole --json --demo --help";

/* gcc 12 takes iconv_open()'s (iconv_t)-1 for something to be closed. */
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wanalyzer-malloc-leak"
#endif

/* The text as UTF-8; "" if it is neither that nor GB18030. */
static Str as_utf8(Arena *mem, Str text)
{
    if (str_is_prose(text)) return text;
    iconv_t cd = iconv_open("UTF-8", "GB18030");
    if (cd == (iconv_t)-1) return (Str){ 0 }; // NOLINT(performance-no-int-to-ptr): as POSIX has it
    size_t room = text.n * 2 + 16, left = text.n, space = room;
    char *out = NEW(mem, char, room), *to = out, *from = str_c(mem, text);
    bool good = iconv(cd, &from, &left, &to, &space) != (size_t)-1;
    (void)iconv_close(cd);
    Str utf8 = { out, room - space };
    return good && str_is_prose(utf8) ? utf8 : (Str){ 0 };
}

static int list_kinds(void)
{
    (void)fputs("import: KIND is one of\n", stderr);
    for (size_t i = 0; i < reference_tables_n; i++) {
        const DatedTable *t = &reference_tables[i];
        (void)fprintf(stderr, "  %-11s %s (%s)\n", t->word, t->en, t->file);
    }
    return 2;
}

/* ---- what is printed ---------------------------------------------------------------------- */

static long long number(const json_t *o, const char *name)
{
    return (long long)json_integer_value(json_object_get(o, name));
}

static void print_change(const json_t *x)
{
    const char *before = json_string_value(json_object_get(x, "before"));
    const char *after = json_string_value(json_object_get(x, "after"));
    if (before && before[0]) (void)printf("- %s\n", before);
    if (after && after[0]) (void)printf("+ %s\n", after);
}

static int print_words(const Ctx *c)
{
    json_t *o = json_loadb(c->out.buf, c->out.len, 0, NULL), *x = NULL;
    size_t i = 0;
    BUG_IF(!o); /* our own answer */
    json_array_foreach(json_object_get(o, "changes"), i, x) print_change(x);
    (void)printf("%s: %lld added, %lld ended, %lld changed, %lld taken back; %lld running periods move\n",
                 json_string_value(json_object_get(o, "name")), number(o, "added"), number(o, "ended"),
                 number(o, "changed"), number(o, "removed"), number(o, "moved"));
    bool dry_run = json_is_true(json_object_get(o, "dry_run"));
    if (dry_run) (void)puts("dry run: nothing is stored");
    else (void)printf("version %lld; a running server has it within seconds\n", number(o, "version"));
    json_decref(o);
    return 0;
}

static int print_json(const Ctx *c)
{
    (void)printf("%.*s\n", (int)c->out.len, c->out.buf);
    return 0;
}

/* ---- import -------------------------------------------------------------------------------- */

static int import(Open *o, const DatedTable *t, const char *path, int argc, char **argv)
{
    bool good = false;
    house_begin(o, "import");
    Str text = file_read(&o->mem, path, FILE_LIMIT, &good);
    if (!good) return refused("%s: cannot be read, or is larger than 8 MiB", path);
    Import in = { .csv = as_utf8(&o->mem, text), .note = str_of(option(argc, argv, "--note", "")),
                  .mode = option_set(argc, argv, "--patch") ? S("patch") : S("whole") };
    if (in.csv.n == 0) return refused("%s: neither UTF-8 nor GB18030 text", path);
    if (!str_is_text(in.note)) return wrong_use("import: --note has characters that cannot be used");
    reference_import(&o->c, t, &in, option_set(argc, argv, "--dry-run"));
    if (!ok(&o->c)) return house_refused(o, path);
    return option_set(argc, argv, "--json") ? print_json(&o->c) : print_words(&o->c);
}

/* The n-th word that is neither an option nor an option's value. */
static const char *word_at(int argc, char **argv, int n)
{
    while (argc > 0) {
        const char *word = argument(argc, argv, flags);
        if (!word || n-- == 0) return word;
        while (argc > 0 && argv[0] != word) argc--, argv++;
        argc--;
        argv++;
    }
    return NULL;
}

static int run_import(int argc, char **argv)
{
    const char *kind = word_at(argc, argv, 0), *path = word_at(argc, argv, 1);
    const DatedTable *t = kind ? reference_table(str_of(kind)) : NULL;
    Open o = { 0 };
    if (!t) return list_kinds();
    if (!path) return wrong_use("import: which file?");
    int rc = house_open(&o, argc, argv, IMPORT_NODE);
    if (rc == 0) rc = house_law(&o);
    if (rc == 0) rc = import(&o, t, path, argc, argv);
    house_close(&o);
    return rc;
}

const Command command_import = {
    .name = "import", .summary = "loads reference data: a holiday calendar, a minimum wage, a period",
    .usage =
        "tiaojie import KIND FILE [options]\n\n"
        "  KIND is calendar holidays clocks params causes routes regions industries limitation retention\n"
        "  identity emergency papers.  FILE is CSV (UTF-8 or GB18030) with the table's columns; for calendar\n"
        "  also the JSON of a year.  What was ever in force is never rewritten: rows have a first day.\n\n"
        "  --patch            FILE has new rows only; a row ends the one before it (else FILE is the whole table)\n"
        "  --dry-run          shows the difference, stores nothing\n"
        "  --note TEXT        why, and by which document\n"
        "  --folder DIR       the data folder (var)\n"
        "  --database ADDRESS sqlite:FILE or postgresql://… (sqlite:DIR/tiaojie.db)\n"
        "  --json             the answer of the API",
    .run = run_import,
};

/* ---- export ----------------------------------------------------------------------------------- */

static int run_export(int argc, char **argv)
{
    const char *kind = word_at(argc, argv, 0);
    const DatedTable *t = kind ? reference_table(str_of(kind)) : NULL;
    Open o = { 0 };
    if (!t) return list_kinds();
    int rc = house_open(&o, argc, argv, IMPORT_NODE);
    if (rc == 0) rc = house_law(&o);
    if (rc == 0) {
        const LawFile *file = law_file(atomic_load(&o.house.law), t->file);
        BUG_IF(!file);
        bool written = fwrite(file->text.s, 1, file->text.n, stdout) == file->text.n && fflush(stdout) == 0;
        if (!written) rc = refused("export: cannot write");
    }
    house_close(&o);
    return rc;
}

const Command command_export_reference = {
    .name = "export reference", .summary = "prints a table of reference data as it is in force",
    .usage = "tiaojie export reference KIND [--folder DIR] [--database ADDRESS]\n\n"
             "  Prints the whole table as CSV: change it, and load it with tiaojie import KIND FILE.",
    .run = run_export,
};
