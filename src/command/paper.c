#include "command/paper.h"

#include "case/8-papers/papers.h"
#include "command/command.h"
#include "paper/press_make.h"
#include "paper/sample.h"
#include "slices.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <unistd.h>

enum { LAW_ROOM = 64 << 20, WORK_ROOM = 64 << 20, SOURCE_ROOM = 1 << 20, TIMES_MAX = 100000 };

static const char *given(int argc, char **argv, const char *name)
{
    const char *value = option(argc, argv, name, "");
    return value[0] ? value : NULL;
}

/* ---- where the fonts are ----------------------------------------------------------------- */

const char *fonts_folder(int argc, char **argv, char *path, size_t cap)
{
    const char *set = given(argc, argv, "--fonts");
    return set ? set : fonts_path(path, cap);
}

Press *press_start(int argc, char **argv)
{
    char program[PATH_MAX] = { 0 }, fonts[PATH_MAX];
    if (readlink("/proc/self/exe", program, sizeof program - 1) <= 0) return NULL;
    PressWay way = { .program = program, .workers = 2 };
    way.fonts.folder = fonts_folder(argc, argv, fonts, sizeof fonts);
    way.fonts.own = given(argc, argv, "--own-fonts");
    return press_open(&way);
}

static int run_worker(int argc, char **argv)
{
    return press_serve(&(Fonts){ given(argc, argv, "--fonts"), given(argc, argv, "--own-fonts") });
}

const Command command_paper_worker = {
    .name = "paper-worker", .summary = "makes documents for a server (which starts it)",
    .usage = "tiaojie paper-worker --fonts DIR --own-fonts DIR\n\n"
             "Reads documents from standard input and answers with PDF and DOCX; see src/paper/press.c.",
    .run = run_worker,
};

/* ---- one paper without a case -------------------------------------------------------------- */

/* What a sample is filled from: `check` must be the first, for it is what the linter's interface sees. */
typedef struct Sample {
    CaseFacts check;
    const Template *t;
} Sample;

static Rows rows_of(void *self, Ctx *c, Str source)
{
    CaseFacts any;
    const Form *form = facts_for_check(&any, slices).form(&any, source);
    (void)self;
    return form ? sample_rows(c, form) : (Rows){ 0 };
}

static Str answer(void *self, Str name)
{
    const Template *t = ((const Sample *)self)->t;
    for (size_t i = 0; i < t->asks; i++) {
        if (str_eq(t->ask[i].name, name)) return t->ask[i].zh;
    }
    return (Str){ 0 };
}

static void fill(Ctx *c, Template *t, Filled *f)
{
    Sample sample = { .t = t };
    Facts facts = facts_for_check(&sample.check, slices);
    facts.self = &sample;
    facts.rows = rows_of;
    facts.ask = answer;
    f->source = (Out){ .buf = NEW(c->mem, char, SOURCE_ROOM), .cap = SOURCE_ROOM };
    doc_info(&f->source, "style", t->style);
    doc_info(&f->source, "title", t->title);
    doc_info(&f->source, "code", S("0123456789abcdef"));
    doc_info(&f->source, "url", S("https://tiaojie.example/v/0123456789abcdef"));
    template_fill(c, t, &facts, f);
}

static bool save(const char *path, Str bytes)
{
    FILE *f = fopen(path, "wbe");
    bool good = f && fwrite(bytes.s, 1, bytes.n, f) == bytes.n;
    if (f) good = fclose(f) == 0 && good;
    return good;
}

static int64_t now_us(void)
{
    struct timeval t;
    (void)gettimeofday(&t, NULL);
    return (int64_t)t.tv_sec * 1000000 + t.tv_usec;
}

/* The processor's time of this process. */
static int64_t spent_us(void)
{
    struct rusage r;
    (void)getrusage(RUSAGE_SELF, &r);
    int64_t s = r.ru_utime.tv_sec + r.ru_stime.tv_sec;
    return s * 1000000 + r.ru_utime.tv_usec + r.ru_stime.tv_usec;
}

/* The same document several times over: how long one takes. */
static void measure(const Block *block, Str source, int64_t times)
{
    Printed made;
    int64_t begun = now_us(), spent = spent_us();
    for (int64_t i = 0; i < times; i++) {
        Arena mem = block_arena(block);
        (void)print_both(&mem, source, &made);
    }
    int64_t each = (now_us() - begun) / times, busy = (spent_us() - spent) / times;
    (void)printf("{\"papers\":%lld,\"us_each\":%lld,\"busy_us_each\":%lld,\"pdf\":%zu,\"docx\":%zu,"
                 "\"pages\":%lld}\n", (long long)times, (long long)each, (long long)busy,
                 made.pdf.n, made.docx.n, (long long)made.pages);
}

static int print_sample(int argc, char **argv, const Law *law, Ctx *c)
{
    const char *code = argument(argc, argv, "--sample"), *pdf = given(argc, argv, "--pdf");
    const char *docx = given(argc, argv, "--docx"), *times = given(argc, argv, "--times");
    const PaperRule *rule = code ? paper_find(&law->dossier, str_of(code)) : NULL;
    int64_t n = 0;
    Template t;
    Filled *f = NEW(c->mem, Filled, 1);
    Printed made = { 0 };
    if (!rule) return refused("paper: no paper \"%s\"; data/papers.csv lists them", code ? code : "");
    Str variant = str_of(option(argc, argv, "--variant", ""));
    if (!template_pick(rule->text, variant, str_of(option(argc, argv, "--region", "")), c->today, &t)) {
        return refused("paper: no such variant, or none for that place and day");
    }
    fill(c, &t, f);
    Block block = block_open(PRESS_MEMORY);
    Arena mem = block_arena(&block);
    bool good = ok(c) && print_both(&mem, out_view(&f->source), &made);
    if (good && pdf) good = save(pdf, made.pdf);
    if (good && docx) good = save(docx, made.docx);
    bool shows = good && !pdf && !docx && !times;
    if (shows) good = fwrite(f->source.buf, 1, f->source.len, stdout) == f->source.len;
    bool many = good && times && str_int(str_of(times), &n) && n > 0 && n <= TIMES_MAX;
    if (many) measure(&block, out_view(&f->source), n);
    block_close(&block);
    return good ? 0 : refused("paper: %s cannot be made", code);
}

static int run_paper(int argc, char **argv)
{
    char folder[PATH_MAX];
    if (!option_set(argc, argv, "--sample")) return wrong_use("paper: --sample, for there is no case here");
    Fonts fonts = { fonts_folder(argc, argv, folder, sizeof folder), given(argc, argv, "--own-fonts") };
    if (!fonts_open(&fonts)) (void)fputs("paper: script/fonts makes our fonts; the system's serve\n", stderr);
    Block block = block_open(LAW_ROOM), work = block_open(WORK_ROOM);
    Arena mem = block_arena(&block), room = block_arena(&work);
    Law *law = NEW(&mem, Law, 1);
    Ctx c = { .mem = &room, .law = law, .today = date_of(2026, 5, 8) };
    Date on = date_parse(str_of(option(argc, argv, "--on", "")));
    if (on.day) c.today = on;
    int rc = law_open(law, &mem, data_path) ? print_sample(argc, argv, law, &c) : refused("%s", law->fault);
    block_close(&work);
    block_close(&block);
    return rc;
}

const Command command_paper = {
    .name = "paper", .summary = "shows a paper with sample values",
    .usage =
        "tiaojie paper CODE --sample [options]\n\n"
        "  --pdf FILE, --docx FILE  writes these; without them the document's lines are printed\n"
        "  --variant WORD           one of several papers of the code: D09 --variant decision\n"
        "  --region CODE            a place that may have its own edition\n"
        "  --on DAY                 the edition of that day (2026-05-08)\n"
        "  --times N                makes it N times and prints how long one takes\n"
        "  --fonts DIR              the fonts made by script/fonts (beside the program)\n"
        "  --own-fonts DIR          the customer's own: 仿宋_GB2312, 方正小标宋简体 …\n",
    .run = run_paper,
};
