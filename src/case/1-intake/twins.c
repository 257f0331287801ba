/*
** The desk of pairs of cases that may be one: to be linked, or said to be different,
** with the reason in the record of both.  Nothing is merged: each application keeps its
** day of filing, and what follows (withdrawn, mediated together) is the parties' step.
*/
#include "case/twin.h"

#include "case/1-intake/link.h"
#include "core/audit.h"
#include "core/limits.h"
#include "core/right.h"

enum { PAGE = 50 };

typedef struct TwinAsk {
    Str     state, org_path;
    Id      after;
    int64_t limit;
} TwinAsk;
static const Field ask_fields[] = {
    FIELD(TwinAsk, state,    .label = "处理", .en = "what was said of it", .codes = &twin_states),
    FIELD(TwinAsk, org_path, .label = "组织范围", .en = "organisation's subtree", .max = 64),
    FIELD(TwinAsk, after,    .label = "接续", .en = "next of the page before"),
    FIELD(TwinAsk, limit,    .label = "每页条数", .en = "rows a page", .min = 0, .max = PAGE_MAX),
};
static const Form ask_form = FORM(TwinAsk, ask_fields);

typedef struct TwinWord { Str note; } TwinWord;
static const Field link_fields[] = {
    FIELD(TwinWord, note, .label = "说明", .en = "note", .rule = PROSE, .max = 500),
};
static const Form link_form = { "TwinLink", sizeof(TwinWord), link_fields, COUNT(link_fields) };
static const Field differ_fields[] = {
    FIELD(TwinWord, note, .label = "为什么不是重复", .en = "why it is not a duplicate", .rule = REQUIRED | PROSE,
          .help = "写明两件的区别，例如期间不同、请求不同。写入两件案件的办案记录，这一对不再出现。",
          .help_en = "what differs, as the time or the claims. It goes into the record of both cases, and the pair does"
                     " not come back.", .min = 4, .max = 500),
};
static const Form differ_form = { "TwinDiffer", sizeof(TwinWord), differ_fields, COUNT(differ_fields) };

static void list(Ctx *c)
{
    char next[24];
    Out o = { .buf = next, .cap = sizeof next };
    TwinAsk ask = { 0 };
    (void)right_need(c, OBJ_TWIN, MAY_READ);
    form_read_query(c, &ask_form, &ask);
    Str scope = ask.org_path.n ? ask.org_path : c->who.org_path;
    if (!str_starts(scope, c->who.org_path)) fault(c, S("org_path"), FAULT_NOT_ALLOWED);
    if (!ok(c)) return;
    int64_t page = ask.limit ? ask.limit : PAGE;
    Rows rows = twin_list(c, scope, ask.state.n ? ask.state : S("open"), ask.after, page);
    if ((int64_t)rows.n > page) {
        rows.n = (size_t)page;
        out_int(&o, ((const Twin *)rows.at)[rows.n - 1].id.n);
    }
    reply_rows(c, &twin_form, rows, out_view(&o));
}

static void show(Ctx *c)
{
    Twin t;
    Case k, other;
    (void)right_need(c, OBJ_TWIN, MAY_READ);
    if (twin_get(c, arg_id(c, 0), &t, &k, &other)) reply_row(c, 200, &twin_form, &t);
}

/* Said, and written into the record of both. */
static void decide(Ctx *c, const Form *form, Str state, Str what)
{
    Twin t;
    Case k, other;
    TwinWord in = { 0 };
    form_read(c, form, &in);
    tx_begin(c);
    (void)right_need(c, OBJ_TWIN, MAY_WRITE);
    (void)twin_get(c, arg_id(c, 0), &t, &k, &other);
    audit_about(c, t.id);
    twin_decide(c, &t, state, in.note);
    if (ok(c) && str_eq(state, S("linked"))) link_add(c, t.case_id, t.other_id, S("duplicate"));
    if (ok(c) && str_eq(state, S("different"))) link_drop(c, t.case_id, t.other_id);
    Case *const both[] = { &k, &other };
    for (size_t i = 0; i < COUNT(both) && ok(c); i++) {
        case_save(c, both[i]);
        case_note(c, both[i], what, in.note);
    }
    reply_row(c, 200, &twin_form, &t);
    tx_end(c);
}

static void tie(Ctx *c) { decide(c, &link_form, S("linked"), S("twin_linked")); }
static void differ(Ctx *c) { decide(c, &differ_form, S("different"), S("twin_different")); }

enum { SEERS = CLERK | DISPATCHER | HEAD | HR | ORG_MANAGER, SAYERS = CLERK | HEAD };

static const Route routes[] = {
    { "GET", "/api/v1/duplicates", SEERS, list, "疑似重复案件", "pairs of cases that may be one", .query = &ask_form,
      .out = &twin_form, .list = true },
    { "GET", "/api/v1/duplicates/:id", SEERS, show, "疑似重复的一对案件", "one pair", .out = &twin_form },
    { "POST", "/api/v1/duplicates/:id/link", SAYERS, tie, "关联疑似重复案件", "they belong together",
      .in = &link_form, .out = &twin_form },
    { "POST", "/api/v1/duplicates/:id/differ", SAYERS, differ, "标记不是重复", "it is not a duplicate",
      .in = &differ_form, .out = &twin_form },
};

const Slice twins_slice = { .name = "twins", .route = routes, .routes = COUNT(routes) };
