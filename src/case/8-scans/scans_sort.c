/*
** Where pages go: the pages of one copy of one paper, in the order of their
** numbers, become one PDF among the evidence of its case, in the name of who
** scanned them and with no more rights; by hand; and back into the tray.
*/
#include "case/8-scans/scans.h"

#include "case/made.h"
#include "core/digest.h"
#include "core/files.h"
#include "core/right.h"
#include "paper/bind.h"
#include "paper/press.h"
#include "register/people/people.h"

#include <stdio.h>
#include <unistd.h>

enum { PATH = 1024, WAIT_MS = 60000, COPY_MAX = 500, NAME_MAX = 120, TITLE_MAX = 200 };

/* What becomes one file. */
typedef struct Sheaf {
    PilePage *page[COPY_MAX];
    size_t    n;
    Evidence  file;
} Sheaf;

/* ---- one PDF of several pages ------------------------------------------------------------ */

static void path_of(const Ctx *c, Id id, const char *end, char path[static PATH])
{
    (void)snprintf(path, PATH, "%s/sheaf-%lld.%s", c->house->folder, (long long)id.n, end);
}

static bool bind_sheaf(Ctx *c, const Sheaf *s, const char *path, const char *plan)
{
    const PressWay *way = c->house->press ? press_way(c->house->press) : NULL;
    Bind b = { .title = s->file.title, .part = NEW(c->mem, BindPart, s->n), .n = s->n };
    BindWay how = { .plan = plan, .path = path, .wait_ms = WAIT_MS };
    if (way) how.program = way->program;
    if (way) how.fonts = &way->fonts;
    for (size_t i = 0; i < s->n; i++) {
        b.part[i] = (BindPart){ .kind = BIND_PDF, .level = -1, .source = file_path(c, s->page[i]->sha256) };
    }
    return bind_run(&b, &how);
}

/* Into the store; before the transaction.  A single page is there already. */
static void make_file(Ctx *c, Sheaf *s)
{
    char path[PATH], plan[PATH];
    Digests d;
    Evidence *e = &s->file;
    if (!ok(c)) return;
    e->type = S("pdf");
    e->pages = (int64_t)s->n;
    e->sha256 = s->page[0]->sha256;
    e->size = s->page[0]->size;
    if (s->n == 1) return;
    const Id id = id_next(c);
    path_of(c, id, "pdf", path);
    path_of(c, id, "plan", plan);
    if (!bind_sheaf(c, s, path, plan) || !digests_of(c->mem, path, &d)) {
        fail(c, ERR_INTERNAL, S("pages"));
    } else {
        c->upload = (Upload){ .path = str_copy(c->mem, str_of(path)), .size = d.size, .sha256 = d.sha256 };
        file_keep(c);
        c->upload = (Upload){ 0 };
        e->sha256 = d.sha256;
        e->size = d.size;
    }
    (void)unlink(path);
}

/* In the transaction: into the case, if c's person may. */
static void file_sheaf(Ctx *c, Sheaf *s, Id case_id)
{
    Case k;
    case_get(c, case_id, &k);
    (void)right_need(c, OBJ_EVIDENCE, MAY_WRITE);
    evidence_add(c, &k, &s->file);
    for (size_t i = 0; i < s->n && ok(c); i++) {
        PilePage *p = s->page[i];
        p->state = S("FILED");
        p->why = (Str){ 0 };
        p->case_id = case_id;
        p->evidence_id = s->file.id;
        pages_set(c, p);
    }
}

/* ---- by their codes -------------------------------------------------------------------------- */

static void insert_page(Sheaf *s, PilePage *p)
{
    size_t at = s->n++;
    while (at > 0 && s->page[at - 1]->number > p->number) {
        s->page[at] = s->page[at - 1];
        at--;
    }
    s->page[at] = p;
}

static bool has_number(const Sheaf *s, int64_t number)
{
    for (size_t i = 0; i < s->n; i++) {
        if (number && s->page[i]->number == number) return true;
    }
    return false;
}

/* The first copy: each of its pages once.  Two copies of a paper in a pile are two files. */
static void gather(Rows found, Sheaf *s)
{
    PilePage *row = found.at;
    for (size_t i = 0; i < found.n && s->n < COPY_MAX; i++) {
        bool mine = row[i].made_id.n == row[0].made_id.n;
        if (mine && !has_number(s, row[i].number)) insert_page(s, &row[i]);
    }
}

static Str shortened(Ctx *c, Str text, size_t max)
{
    size_t n = text.n < max ? text.n : max;
    while (n < text.n && n > 0 && ((unsigned char)text.s[n] & 0xC0) == 0x80) n--;
    return str_copy(c->mem, (Str){ text.s, n });
}

static void name_file(Ctx *c, const Pile *p, const Made *m, Evidence *e)
{
    Out title = { .buf = NEW(c->mem, char, TITLE_MAX + 1), .cap = TITLE_MAX };
    Out name = { .buf = NEW(c->mem, char, NAME_MAX + 1), .cap = NAME_MAX };
    out_str(&title, shortened(c, m->label, TITLE_MAX / 3));
    out_str(&title, S(" "));
    out_str(&title, shortened(c, m->number, TITLE_MAX / 2));
    out_str(&name, shortened(c, m->label, NAME_MAX / 2));
    out_str(&name, S(".pdf"));
    *e = (Evidence){ .kind = S("SCAN"), .title = out_view(&title), .name = out_view(&name),
                      .origin = p->name };
}

/* Why it cannot be filed, as the tray says; "": another reason, and it is tried again. */
static Str refusal(Err e)
{
    switch (e) {
    case ERR_NOT_FOUND: case ERR_FORBIDDEN: case ERR_UNAUTHORISED: return S("not_yours");
    case ERR_WRONG_STATE: return S("archived");
    case ERR_BLOCKED: return S("full");
    default: return (Str){ 0 };
    }
}

static void into_tray(Ctx *c, const Sheaf *s, Str why)
{
    ctx_again(c);
    tx_begin(c);
    for (size_t i = 0; i < s->n; i++) {
        PilePage p = *s->page[i];
        p.state = S("TRAY");
        p.why = why;
        p.case_id = p.evidence_id = (Id){ 0 };
        pages_set(c, &p);
    }
    c->status = 204;
    tx_end(c);
}

bool scans_sort_one(Ctx *c, const Pile *p)
{
    Made m;
    Sheaf *s = NEW(c->mem, Sheaf, 1);
    Rows found = pile_pages(c, p->id, S("FOUND"));
    if (!ok(c) || found.n == 0) return false;
    gather(found, s);
    if (!made_get(c, s->page[0]->made_id, &m)) return false;
    name_file(c, p, &m, &s->file);
    make_file(c, s);
    if (ok(c) && actor_load(c, p->by_id)) {
        tx_begin(c);
        file_sheaf(c, s, m.case_id);
        c->status = 204;
        tx_end(c);
    }
    Str why = refusal(c->err);
    if (why.n) into_tray(c, s, why);
    return ok(c);
}

/* ---- by hand ------------------------------------------------------------------------------------- */

typedef struct SheetPick { int64_t page; } SheetPick;
static const Field pick_fields[] = {
    FIELD(SheetPick, page, .label = "第几页", .en = "page of the pile", .rule = REQUIRED, .min = 1, .max = 100000),
};
static const Form pick_form = FORM(SheetPick, pick_fields);

typedef struct PickOrder {
    Rows pages;
    Id   case_id;
    Str  kind, title, note;
} PickOrder;
static const Field order_fields[] = {
    FIELD(PickOrder, pages,   .label = "页", .en = "pages", .rule = REQUIRED, .min = 1, .max = COPY_MAX,
          .child = &pick_form),
    FIELD(PickOrder, case_id, .label = "归入案件", .en = "into which case"),
    FIELD(PickOrder, kind,    .label = "类别", .en = "kind", .codes = &evidence_kinds),
    FIELD(PickOrder, title,   .label = "证据名称", .en = "title", .max = 200),
    FIELD(PickOrder, note,    .label = "说明", .en = "note", .rule = PROSE, .max = 500),
};
const Form pick_order_form = FORM(PickOrder, order_fields);

typedef struct UndoOrder {
    Id  evidence_id;  /* 0: all of the pile */
    Str note;
} UndoOrder;
static const Field undo_fields[] = {
    FIELD(UndoOrder, evidence_id, .label = "归入的文件", .en = "filed as; none: all"),
    FIELD(UndoOrder, note,        .label = "理由", .en = "why", .rule = REQUIRED | PROSE, .min = 2, .max = 500),
};
const Form undo_order_form = FORM(UndoOrder, undo_fields);

static PilePage *page_at(Rows all, int64_t seq)
{
    PilePage *row = all.at;
    for (size_t i = 0; i < all.n; i++) {
        if (row[i].seq == seq) return &row[i];
    }
    return NULL;
}

/* The pages that were named, in that order; each must lie where a person may take it from. */
static void pick(Ctx *c, const PickOrder *order, Rows all, Sheaf *s, bool to_file)
{
    for (size_t i = 0; i < order->pages.n && ok(c); i++) {
        PilePage *p = page_at(all, ((const SheetPick *)order->pages.at)[i].page);
        bool loose = p && (str_eq(p->state, S("TRAY")) || str_eq(p->state, S("BLANK"))
                           || str_eq(p->state, S("DROPPED")));
        bool twice = false;
        for (size_t k = 0; k < s->n; k++) twice |= s->page[k] == p;
        if (!p || twice) fault(c, S("pages"), FAULT_NOT_KNOWN);
        else if (!loose) fail(c, ERR_CLASH, p->state);
        else if (to_file && p->sha256.n == 0) fail(c, ERR_BLOCKED, S("broken"));
        else s->page[s->n++] = p;
    }
}

void scans_assign(Ctx *c)
{
    Pile p;
    PickOrder order = { .kind = S("SCAN") };
    Sheaf *s = NEW(c->mem, Sheaf, 1);
    form_read(c, &pick_order_form, &order);
    if (ok(c) && order.case_id.n == 0) fault(c, S("case_id"), FAULT_REQUIRED);
    if (!ok(c) || !pile_get(c, arg_id(c, 0), &p)) return;
    pick(c, &order, pile_pages(c, p.id, (Str){ 0 }), s, true);
    s->file = (Evidence){ .kind = order.kind, .title = order.title, .name = S("scan.pdf"), .origin = p.name };
    make_file(c, s);
    if (!ok(c)) return;
    tx_begin(c);
    Sheaf *fresh = NEW(c->mem, Sheaf, 1); /* as they are now: nobody was quicker */
    pick(c, &order, pile_pages(c, p.id, (Str){ 0 }), fresh, true);
    fresh->file = s->file;
    file_sheaf(c, fresh, order.case_id);
    reply_row(c, 201, &evidence_form, &fresh->file);
    tx_end(c);
}

static void reply_pile(Ctx *c, Id id)
{
    Pile p;
    if (pile_get(c, id, &p)) reply_row(c, 200, &pile_form, &p);
}

void scans_drop(Ctx *c)
{
    Pile p;
    PickOrder order = { 0 };
    Sheaf *s = NEW(c->mem, Sheaf, 1);
    form_read(c, &pick_order_form, &order);
    tx_begin(c);
    if (pile_get(c, arg_id(c, 0), &p)) pick(c, &order, pile_pages(c, p.id, (Str){ 0 }), s, false);
    for (size_t i = 0; i < s->n && ok(c); i++) {
        s->page[i]->state = S("DROPPED");
        s->page[i]->why = S("by_hand");
        pages_set(c, s->page[i]);
    }
    if (ok(c)) reply_pile(c, p.id);
    tx_end(c);
}

/* ---- back ---------------------------------------------------------------------------------------- */

/* Withdrawn once, however many pages it has; an archived case keeps what it has. */
static bool take_back(Ctx *c, const PilePage *p, Str note, Id *last)
{
    Case k;
    if (p->evidence_id.n == last->n) return true;
    if (!case_get(c, p->case_id, &k) || !case_unsealed(c, &k)) return false;
    *last = p->evidence_id;
    evidence_withdraw(c, &k, p->evidence_id, note);
    return ok(c);
}

void scans_undo(Ctx *c)
{
    Pile p;
    UndoOrder order = { 0 };
    Id last = { 0 };
    size_t n = 0;
    form_read(c, &undo_order_form, &order);
    tx_begin(c);
    if (pile_get(c, arg_id(c, 0), &p) && !str_eq(p.state, S("done"))) fail(c, ERR_WRONG_STATE, p.state);
    Rows rows = ok(c) ? pile_pages(c, p.id, S("FILED")) : (Rows){ 0 };
    for (size_t i = 0; i < rows.n && ok(c); i++) {
        PilePage *page = (PilePage *)rows.at + i;
        if (order.evidence_id.n && order.evidence_id.n != page->evidence_id.n) continue;
        if (!take_back(c, page, order.note, &last)) break;
        page->state = S("TRAY");
        page->why = S("taken_back");
        page->case_id = page->evidence_id = (Id){ 0 };
        pages_set(c, page);
        n++;
    }
    if (ok(c) && n == 0) fail(c, ERR_NOT_FOUND, S("evidence"));
    if (ok(c)) reply_pile(c, p.id);
    tx_end(c);
}
