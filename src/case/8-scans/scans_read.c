/*
** Reading a pile, some pages at a time: taken apart and read in a process of its
** own, then in one transaction the pages and the place that was reached.
*/
#include "case/8-scans/scans.h"

#include "case/made.h"
#include "core/digest.h"
#include "core/files.h"
#include "paper/press.h"
#include "paper/scan.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { AT_ONCE = 12, WAIT_MS = 120000, PATH = 1024, MEMORY = 96 << 20, PAPERS_AT_ONCE = 12, TRIES = 2 };

typedef struct Reading {
    Ctx     *c;
    Pile     pile;
    PileFile file;
    char     folder[PATH];
    ScanPage page[AT_ONCE];
    size_t   n;
    int64_t  pages;
    bool     lived; /* the process that read it */
} Reading;

static void take(void *to, const ScanPage *p)
{
    Reading *r = to;
    if (r->n < AT_ONCE && p->place == r->file.place + 1 + (int64_t)r->n) r->page[r->n++] = *p;
}

static bool make_folder(Reading *r)
{
    char above[PATH];
    const char *house = r->c->house->folder;
    int n = snprintf(above, PATH, "%s/work", house);
    int m = snprintf(r->folder, PATH, "%s/work/pile-%lld", house, (long long)r->pile.id.n);
    return n > 0 && n < PATH && m > 0 && m < PATH && (mkdir(above, 0700) == 0 || errno == EEXIST)
        && (mkdir(r->folder, 0700) == 0 || errno == EEXIST);
}

static void read_some(Reading *r)
{
    Ctx *c = r->c;
    const PressWay *way = c->house->press ? press_way(c->house->press) : NULL;
    const ScanWay how = { .program = way ? way->program : NULL,
                          .file = str_c(c->mem, file_path(c, r->file.sha256)),
                          .type = str_c(c->mem, r->file.type), .folder = r->folder, .from = r->file.place + 1,
                          .count = AT_ONCE, .wait_ms = WAIT_MS, .page = take, .to = r };
    r->lived = scan_run(&how, &r->pages);
    /* Who dies on a page twice has met one that is not to be drawn: it is told of, and passed over. */
    if (!r->lived && r->n == 0 && r->pile.attempts >= TRIES) {
        r->page[r->n++] = (ScanPage){ .place = r->file.place + 1, .kind = SCAN_BROKEN };
    }
}

/* The page's own PDF, into the store. */
static void keep_page(Reading *r, const ScanPage *from, PilePage *p)
{
    char path[PATH];
    Digests d;
    Ctx *c = r->c;
    int n = snprintf(path, PATH, "%s/%lld.pdf", r->folder, (long long)from->place);
    if (n <= 0 || n >= PATH || !digests_of(c->mem, path, &d)) return;
    c->upload = (Upload){ .path = str_copy(c->mem, str_of(path)), .size = d.size, .sha256 = d.sha256 };
    file_keep(c);
    c->upload = (Upload){ 0 };
    (void)unlink(path);
    p->sha256 = d.sha256;
    p->size = d.size;
}

/* Which paper's it is, and so which case's; what is none goes to the tray. */
static void place_page(Ctx *c, const ScanPage *from, PilePage *p)
{
    Made m = { 0 };
    static const char *const why[] = { "no_code", "", "", "broken", "two_codes" };
    p->number = from->number;
    p->code = str_copy(c->mem, str_of(from->code));
    p->state = from->kind == SCAN_BLANK ? S("BLANK") : S("TRAY");
    p->why = str_of(why[from->kind]);
    if (from->kind != SCAN_CODE) return;
    bool known = made_by_code(c, p->code, &m);
    p->why = !known ? S("unknown") : m.case_id.n == 0 ? S("office") : (Str){ 0 };
    if (p->why.n) return;
    p->state = S("FOUND");
    p->made_id = m.id;
    p->case_id = m.case_id;
}

static void store(Reading *r)
{
    Ctx *c = r->c;
    PilePage page[AT_ONCE] = { 0 };
    for (size_t i = 0; i < r->n && ok(c); i++) keep_page(r, &r->page[i], &page[i]);
    r->file.was = r->file.place;
    r->file.place += (int64_t)r->n;
    if (r->pages) r->file.pages = r->pages;
    bool read = r->pages && r->file.place >= r->pages;
    bool broken = r->pages == 0 && r->lived;
    r->file.state = broken ? S("broken") : read ? S("read") : S("waiting");
    r->file.why = broken ? S("damaged, or protected with a password") : (Str){ 0 };
    tx_begin(c);
    for (size_t i = 0; i < r->n && ok(c); i++) {
        page[i].pile_id = r->pile.id;
        page[i].file_id = r->file.id;
        page[i].seq = r->pile.read + 1 + (int64_t)i;
        page[i].place = r->page[i].place;
        place_page(c, &r->page[i], &page[i]);
        scans_page_add(c, &page[i]);
    }
    scans_file_set(c, &r->file);
    scans_release(c, &r->pile, S("reading"));
    c->status = 204;
    tx_end(c);
}

static void sort_some(Ctx *c, const Pile *p)
{
    int n = 0;
    while (n < PAPERS_AT_ONCE && ok(c) && scans_sort_one(c, p)) {
        ctx_again(c);
        n++;
    }
    ctx_again(c);
    c->who = (Actor){ .roles = SYSTEM };
    tx_begin(c);
    scans_release(c, p, n < PAPERS_AT_ONCE ? S("done") : S("sorting"));
    c->status = 204;
    tx_end(c);
}

static void step(Ctx *c)
{
    Reading *r = NEW(c->mem, Reading, 1);
    r->c = c;
    if (!scans_claim(c, &r->pile)) return;
    ctx_again(c);
    if (!scans_next_file(c, r->pile.id, &r->file)) {
        if (ok(c)) sort_some(c, &r->pile);
        return;
    }
    if (!make_folder(r)) return;
    read_some(r);
    if (r->n || r->lived) store(r);
    (void)rmdir(r->folder);
}

void scans_look(Ctx *c)
{
    Block block = block_open(MEMORY);
    Arena mem = block_arena(&block), *mine = c->mem;
    c->method = S("scans");
    c->mem = &mem;
    step(c);
    ctx_again(c); /* what failed is done again when the lease is over */
    c->mem = mine;
    block_close(&block);
}
