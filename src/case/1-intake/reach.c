/*
** The desk of those whom no message reached: call; after so many calls in vain, or without
** a number, write; and say how it ended.  A call made here stands in the case's record of
** contacts, so nobody types it twice.
*/
#include "case/1-intake/intake.h"
#include "case/1-intake/link.h"
#include "case/notice.h"

typedef struct UnreachedPage {
    Id  after;
    Str step;
} UnreachedPage;
static const Code list_rows[] = {
    { "call", "待电话联系", "to be called" }, { "write", "待邮寄", "to be written to" }, { "posted", "已邮寄", "posted" },
    { "reached", "已告知", "reached" }, { "lost", "仍未告知", "not reached" },
};
static const Codes list_steps = { .name = "unreached_list", .row = list_rows, .n = COUNT(list_rows) };
static const Field page_fields[] = {
    FIELD(UnreachedPage, after, .label = "起点", .en = "after"),
    FIELD(UnreachedPage, step,  .label = "进度", .en = "step", .codes = &list_steps),
};
static const Form page_form = FORM(UnreachedPage, page_fields);

typedef struct UnreachedAct {
    bool reached;
    Str  why, tracking, note;
    Date sent_on;
} UnreachedAct;
static const Code why_rows[] = {
    { "NO_ANSWER", "无人接听", "no answer" }, { "OFF", "关机或者停机", "switched off or out of service" },
    { "WRONG", "号码不是本人的", "somebody else's number" }, { "REFUSED", "拒接或者挂断", "refused or hung up" },
    { "OTHER", "其他", "other" },
};
static const Codes call_why = { .name = "call_failure", .row = why_rows, .n = COUNT(why_rows) };
static const Field called_fields[] = {
    FIELD(UnreachedAct, reached, .label = "已经告知本人", .en = "told in person", .rule = REQUIRED),
    FIELD(UnreachedAct, why,     .label = "没有接通的原因", .en = "why it failed", .codes = &call_why),
    FIELD(UnreachedAct, note,    .label = "说明", .en = "note", .rule = PROSE, .max = 1000),
};
static const Form called_form = { "UnreachedCall", sizeof(UnreachedAct), called_fields, COUNT(called_fields) };
static const Field posted_fields[] = {
    FIELD(UnreachedAct, tracking, .label = "邮件号", .en = "tracking number", .rule = REQUIRED, .max = 60),
    FIELD(UnreachedAct, sent_on,  .label = "寄出日期", .en = "posted on", .rule = NOT_FUTURE),
    FIELD(UnreachedAct, note,     .label = "说明", .en = "note", .rule = PROSE, .max = 1000),
};
static const Form posted_form = { "UnreachedPosted", sizeof(UnreachedAct), posted_fields, COUNT(posted_fields) };
static const Field settled_fields[] = {
    FIELD(UnreachedAct, reached, .label = "已经收到", .en = "it has arrived", .rule = REQUIRED),
    FIELD(UnreachedAct, note,    .label = "说明", .en = "note", .rule = PROSE, .max = 1000),
};
static const Form settled_form = { "UnreachedEnd", sizeof(UnreachedAct), settled_fields, COUNT(settled_fields) };

static void list(Ctx *c)
{
    enum { PAGE = 200 };
    char next[24];
    Out o = { .buf = next, .cap = sizeof next };
    UnreachedPage page = { .after = { 0 } };
    if (!form_read_query(c, &page_form, &page)) return;
    Rows rows = unreached_list(c, page.step, page.after);
    if (rows.n > PAGE) {
        rows.n = PAGE;
        out_int(&o, ((const Unreached *)rows.at)[PAGE - 1].id.n);
    }
    reply_rows(c, &unreached_form, rows, out_view(&o));
}

static void begin(Ctx *c, Unreached *u)
{
    tx_begin(c);
    (void)unreached_get(c, arg_id(c, 0), u);
    u->by_id = c->who.id;
}

static void settle(Ctx *c, Unreached *u, bool reached, const char *way)
{
    u->step = reached ? S("reached") : S("lost");
    if (reached) u->way = str_of(way);
    u->closed = now(c);
}

/* Stores it, with its line in the case's record. */
static void finish(Ctx *c, Unreached *u, Str note)
{
    Case k;
    if (note.n) u->note = note;
    if (ok(c)) unreached_save(c, u);
    if (case_get(c, u->case_id, &k)) {
        case_note(c, &k, S("notice"), u->step);
        case_save(c, &k);
    }
    reply_row(c, 200, &unreached_form, u);
    tx_end(c);
}

static void called(Ctx *c)
{
    Unreached u = { 0 };
    UnreachedAct in = { 0 };
    form_read(c, &called_form, &in);
    if (ok(c) && !in.reached && in.why.n == 0) fault(c, S("why"), FAULT_REQUIRED);
    begin(c, &u);
    if (ok(c)) contact_made(c, u.case_id, u.party_id, in.reached, in.note);
    Look look = { .params = &c->law->params, .day = c->today };
    if (!in.reached) u.calls++;
    bool over = str_eq(in.why, S("WRONG")) || u.calls >= param(&look, "UNREACHED_CALLS");
    if (in.reached) settle(c, &u, true, "PHONE");
    else if (over && str_eq(u.step, S("call"))) u.step = S("write");
    finish(c, &u, in.note);
}

static void posted(Ctx *c)
{
    Unreached u = { 0 };
    UnreachedAct in = { 0 };
    form_read(c, &posted_form, &in);
    begin(c, &u);
    u.step = S("posted");
    u.tracking = in.tracking;
    u.sent_on = in.sent_on.day ? in.sent_on : c->today;
    finish(c, &u, in.note);
}

static void settled(Ctx *c)
{
    Unreached u = { 0 };
    UnreachedAct in = { 0 };
    form_read(c, &settled_form, &in);
    begin(c, &u);
    if (ok(c) && !str_eq(u.step, S("posted"))) fail(c, ERR_WRONG_STATE, u.step);
    settle(c, &u, in.reached, "LETTER");
    finish(c, &u, in.note);
}

enum { TELLERS = CLERK | DISPATCHER | MEDIATORS | HEAD | ORG_MANAGER | VISITOR };

static const Route routes[] = {
    { "GET", "/api/v1/unreached", TELLERS, list, "联系不上的当事人", "parties no message reached", .query = &page_form,
      .out = &unreached_form, .list = true },
    { "POST", "/api/v1/unreached/:id/called", TELLERS, called, "登记电话联系", "a call was made", .in = &called_form,
      .out = &unreached_form },
    { "POST", "/api/v1/unreached/:id/posted", TELLERS, posted, "登记邮寄", "it was posted", .in = &posted_form,
      .out = &unreached_form },
    { "POST", "/api/v1/unreached/:id/settled", TELLERS, settled, "登记邮寄结果", "how the letter fared",
      .in = &settled_form, .out = &unreached_form },
};

const Slice reach_slice = { .name = "reach", .route = routes, .routes = COUNT(routes) };
