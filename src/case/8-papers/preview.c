/*
** A paper before it is made (预览): as it would look, without code, seal and
** signature, and across each page that it is none.  Nothing is kept.  What is
** still missing is left blank: the draft names it (choice.c).
*/
#include "case/8-papers/papers.h"

static void print(Ctx *c, PaperWork *w)
{
    Printed p;
    if (!ok(c) || !press_make(c, out_view(&w->filled.source), &p)) return;
    if (p.pdf.n > c->out.cap) {
        fail(c, ERR_TOO_LARGE, S("pdf"));
        return;
    }
    c->status = 200;
    c->type = "application/pdf";
    header(c, S("Content-Disposition"), S("inline"));
    out_str(&c->out, p.pdf);
}

static void preview(Ctx *c, PaperWork *w)
{
    PaperHead *h = &w->facts.head;
    if (!work_open(c, w)) return;
    w->draft = true;
    h->code = h->url = w->seal = (Str){ 0 };
    if (w->order.form_id.n) {
        (void)own_print(c, w);
        return;
    }
    work_look(c, w);
    print(c, w);
}

static void of_case(Ctx *c)
{
    PaperWork *w = NEW(c->mem, PaperWork, 1);
    form_read(c, &paper_order_form, &w->order);
    if (case_get(c, arg_id(c, 0), &w->k)) preview(c, w);
}

static void of_office(Ctx *c)
{
    PaperWork *w = NEW(c->mem, PaperWork, 1);
    form_read(c, &paper_order_form, &w->order);
    preview(c, w);
}

enum { OFFICE = CLERK | HEAD | ORG_MANAGER | CONVENER | HR | LINK_UNION | LINK_ARB | LINK_COURT };

static const Route routes[] = {
    { "POST", "/api/v1/cases/:id/paper-preview", STAFF, of_case, "预览文书", "look at a paper before it is made",
      .in = &paper_order_form },
    { "POST", "/api/v1/office-paper-preview", OFFICE, of_office, "预览机关文书", "look at such a paper",
      .in = &paper_order_form },
};

const Slice paper_preview_slice = { .name = "paper_preview", .route = routes, .routes = COUNT(routes) };
