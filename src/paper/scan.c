#include "paper/scan.h"

#include "paper/bind.h"
#include "paper/helper.h"
#include "paper/part.h"
#include "paper/scan_page.h"

#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH = 1024, PAGES_MAX = 5000, PICTURE_ROOM = 96 << 20, CPU_S = 120, PICTURE_S = 8 };
static const char hex_digits[] = "0123456789abcdef";

bool scan_text(Str text, ScanPage *p)
{
    static const char mark[] = "/v/";
    for (size_t i = 0; i + sizeof mark - 1 + SCAN_CODE_LEN <= text.n; i++) {
        const char *code = text.s + i + sizeof mark - 1;
        if (memcmp(text.s + i, mark, sizeof mark - 1) != 0) continue;
        size_t n = 0;
        while (n < SCAN_CODE_LEN && memchr(hex_digits, code[n], sizeof hex_digits - 1)) n++;
        Str rest = { code + n, text.n - (size_t)(code + n - text.s) };
        int64_t number = 0;
        bool numbered = rest.n > 1 && rest.s[0] == '#' && str_int((Str){ rest.s + 1, rest.n - 1 }, &number);
        if (n < SCAN_CODE_LEN || (rest.n && !numbered) || number < 0 || number > PAGES_MAX) continue;
        memcpy(p->code, code, SCAN_CODE_LEN);
        p->code[SCAN_CODE_LEN] = 0;
        p->number = number;
        return true;
    }
    return false;
}

/* ---- taking apart ---------------------------------------------------------------------- */

/* One page as a file of its own, the same bytes for the same page. */
static bool put_page(qpdf_data from, size_t i, const char *path)
{
    qpdf_data q = pdf_new();
    qpdf_oh page = qpdf_get_page_n(from, i);
    page_disarm(from, page);
    bool good = (qpdf_empty_pdf(q) & QPDF_ERRORS) == 0;
    good = good && (qpdf_add_page(q, from, page, QPDF_FALSE) & QPDF_ERRORS) == 0;
    good = good && (qpdf_init_write(q, path) & QPDF_ERRORS) == 0;
    if (good) {
        qpdf_set_object_stream_mode(q, qpdf_o_disable);
        qpdf_set_deterministic_ID(q, QPDF_TRUE);
        good = (qpdf_write(q) & QPDF_ERRORS) == 0;
    }
    pdf_close(&q);
    return good;
}

static void read_pages(const ScanWay *way, qpdf_data q, int64_t pages)
{
    char path[PATH];
    for (int64_t at = way->from; at <= pages && at < way->from + way->count; at++) {
        ScanPage p = { .place = at, .kind = SCAN_BROKEN };
        int n = snprintf(path, PATH, "%s/%lld.pdf", way->folder, (long long)at);
        if (n <= 0 || n >= PATH) return;
        (void)unlink(path);
        if (put_page(q, (size_t)at - 1, path)) scan_page(path, &p);
        way->page(way->to, &p);
    }
}

/* The file as a PDF: a picture becomes a page of A4. */
static bool open_file(const ScanWay *way, Arena *mem, qpdf_data q)
{
    Str bytes = { 0 };
    if (strcmp(way->type, "pdf") == 0) {
        if (qpdf_read(q, way->file, NULL) & QPDF_ERRORS || qpdf_is_encrypted(q)) return false;
        return (qpdf_push_inherited_attributes_to_page(q) & QPDF_ERRORS) == 0;
    }
    return picture_page(mem, way->file, &bytes)
        && (qpdf_read_memory(q, "picture", bytes.s, bytes.n, NULL) & QPDF_ERRORS) == 0;
}

bool scan_make(const ScanWay *way, int64_t *pages)
{
    Block block = block_open(PICTURE_ROOM);
    Arena mem = block_arena(&block);
    qpdf_data q = pdf_new();
    int n = open_file(way, &mem, q) ? qpdf_get_num_pages(q) : 0;
    *pages = n > 0 && n <= PAGES_MAX ? n : 0;
    if (*pages) read_pages(way, q, *pages);
    pdf_close(&q);
    block_close(&block);
    return true;
}

/* ---- the child: "pages N", then "page PLACE KIND NUMBER CODE" for each ------------------- */

static void tell(void *to, const ScanPage *p)
{
    (void)to;
    (void)printf("page %lld %d %lld %s\n", (long long)p->place, (int)p->kind, (long long)p->number, p->code);
    (void)fflush(stdout);
}

static void limit_this(rlim_t cpu_s)
{
    (void)setrlimit(RLIMIT_CPU, &(struct rlimit){ cpu_s, cpu_s });
    (void)setrlimit(RLIMIT_CORE, &(struct rlimit){ 0, 0 });
    (void)setrlimit(RLIMIT_AS, &(struct rlimit){ (rlim_t)2 << 30, (rlim_t)2 << 30 });
    (void)setrlimit(RLIMIT_FSIZE, &(struct rlimit){ (rlim_t)1 << 30, (rlim_t)1 << 30 });
}

int scan_serve_picture(const char *file, const char *to)
{
    limit_this(PICTURE_S);
    return page_picture(file, to) ? 0 : 1;
}

int scan_serve(const ScanWay *way)
{
    int64_t pages = 0;
    ScanWay mine = *way;
    limit_this(CPU_S);
    mine.page = tell;
    bool good = scan_make(&mine, &pages);
    (void)printf("pages %lld\n", (long long)pages);
    return good ? 0 : 1;
}

/* ---- who starts it --------------------------------------------------------------------- */

typedef struct Hearing {
    const ScanWay *way;
    int64_t       *pages;
} Hearing;

static void hear(void *to, Str line)
{
    const Hearing *h = to;
    ScanPage p = { 0 };
    int64_t kind = 0;
    Str word = str_cut(&line, ' ');
    if (str_eq(word, S("pages"))) (void)str_int(line, h->pages);
    if (!str_eq(word, S("page")) || !str_int(str_cut(&line, ' '), &p.place)) return;
    if (!str_int(str_cut(&line, ' '), &kind) || kind < SCAN_PLAIN || kind > SCAN_TWO) return;
    if (!str_int(str_cut(&line, ' '), &p.number) || line.n > SCAN_CODE_LEN) return;
    p.kind = (ScanKind)kind;
    if (line.n) memcpy(p.code, line.s, line.n);
    h->way->page(h->way->to, &p);
}

bool scan_run(const ScanWay *way, int64_t *pages)
{
    char from[24], count[24];
    char word[] = "scan-worker", a[] = "--file", b[] = "--type", d[] = "--to", e[] = "--from";
    char f[] = "--count";
    Hearing h = { way, pages };
    *pages = 0;
    if (!way->program) return scan_make(way, pages);
    (void)snprintf(from, sizeof from, "%lld", (long long)way->from);
    (void)snprintf(count, sizeof count, "%lld", (long long)way->count);
    char *const argv[] = { strdupa(way->program), word, a, strdupa(way->file), b, strdupa(way->type), d,
                           strdupa(way->folder), e, from, f, count, NULL };
    return helper_run(&(Helper){ .argv = argv, .wait_ms = way->wait_ms, .line = hear, .to = &h });
}

static void ignore(void *to, Str line)
{
    (void)to;
    (void)line;
}

bool scan_picture(const char *program, const char *file, const char *to)
{
    char word[] = "scan-worker", a[] = "--file", b[] = "--picture";
    if (!program) return page_picture(file, to);
    char *const argv[] = { strdupa(program), word, a, strdupa(file), b, strdupa(to), NULL };
    return helper_run(&(Helper){ .argv = argv, .wait_ms = (int64_t)PICTURE_S * 1000, .line = ignore });
}
