#include "linkage/verify/verify.h"

#include "core/policy.h"
#include "core/range.h"
#include "core/tx.h"
#include "register/people/attempt.h"

#include <sys/stat.h>

enum { PATH = 1024, CODE_ROOM = 64 };

static const Field fields[] = {
    FIELD(VerifyAsk, code,   .label = "验真码", .en = "verification code", .max = 60),
    FIELD(VerifyAsk, number, .label = "文号",   .en = "number", .max = 120),
    FIELD(VerifyAsk, lang,   .label = "语言",   .en = "language", .max = 5),
};
static const Form ask_form = FORM(VerifyAsk, fields);

/* As people type it: blanks, hyphens and capitals do not count. */
static Str plain(Ctx *c, Str code)
{
    Out o = { .buf = NEW(c->mem, char, CODE_ROOM), .cap = CODE_ROOM };
    for (size_t i = 0; i < code.n; i++) {
        char ch = code.s[i];
        if (ch >= 'A' && ch <= 'F') ch = (char)(ch - 'A' + 'a');
        bool hex = (ch >= '0' && ch <= '9') || (ch >= 'a' && ch <= 'f');
        if (ch != ' ' && ch != '-') out_str(&o, hex ? (Str){ &ch, 1 } : S("?"));
    }
    return out_view(&o);
}

/* Brackets and blanks are typed in many ways; characters and digits count. */
static Str bare(Ctx *c, Str number)
{
    static const char *const passed[] = { " ", "　", "〔", "〕", "[", "]", "(", ")", "（", "）", "【", "】" };
    Out o = { .buf = NEW(c->mem, char, number.n + 1), .cap = number.n + 1 };
    while (number.n) {
        size_t n = 0;
        for (size_t i = 0; i < COUNT(passed) && n == 0; i++) {
            if (str_starts(number, str_of(passed[i]))) n = str_of(passed[i]).n;
        }
        if (n == 0) out_str(&o, (Str){ number.s, 1 });
        n = n ? n : 1;
        number = (Str){ number.s + n, number.n - n };
    }
    return out_view(&o);
}

static bool spent(Ctx *c)
{
    Time until;
    return attempt_spent(c, S("verify.peer"), c->head.peer, policy(c, POLICY_VERIFY_WRONG), &until);
}

static void count_wrong(Ctx *c)
{
    tx_begin(c);
    int64_t most = policy(c, POLICY_VERIFY_WRONG);
    attempt_count(c, S("verify.peer"), c->head.peer, most, policy(c, POLICY_VERIFY_S));
    tx_end(c);
}

static void answer(Ctx *c, const VerifyAsk *ask, VerifySaid said, const Verified *v)
{
    static const int status[] = {
        [VERIFY_ASKS] = 200, [VERIFY_FOUND] = 200, [VERIFY_UNKNOWN] = 404, [VERIFY_TOO_MANY] = 429,
    };
    if (!ok(c)) return;
    verify_page(c, ask, said, v);
    c->type = "text/html; charset=utf-8";
    c->status = status[said];
    header(c, S("X-Robots-Tag"), S("noindex"));
}

static void look_up(Ctx *c, VerifyAsk *ask)
{
    Verified v = { 0 };
    ask->code = plain(c, ask->code);
    if (spent(c)) {
        answer(c, ask, VERIFY_TOO_MANY, NULL);
        return;
    }
    bool found = verify_find(c, ask->code, &v);
    bool same = ask->number.n == 0 || str_eq(bare(c, ask->number), bare(c, v.number));
    if (!(found && same) && ok(c)) count_wrong(c);
    answer(c, ask, found && same ? VERIFY_FOUND : VERIFY_UNKNOWN, &v);
}

/* /v: the form, or what it asks for. */
static void by_form(Ctx *c)
{
    VerifyAsk ask = { 0 };
    if (!form_read_query(c, &ask_form, &ask)) return;
    if (ask.code.n == 0 && ask.number.n == 0) answer(c, &ask, VERIFY_ASKS, NULL);
    else look_up(c, &ask);
}

/* /v/0123456789abcdef: what the QR says. */
static void by_code(Ctx *c)
{
    VerifyAsk ask = { 0 };
    if (!form_read_query(c, &ask_form, &ask)) return;
    ask.code = c->arg[0];
    look_up(c, &ask);
}

/* Files of the page, from the shipped data. */
static void asset(Ctx *c, const char *name, const char *type)
{
    char path[PATH];
    struct stat st;
    bool there = c->house->data && c->house->data(name, path, sizeof path) && stat(path, &st) == 0;
    if (!there) {
        fail(c, ERR_NOT_FOUND, str_of(name));
        return;
    }
    c->type = type;
    header(c, S("Cache-Control"), S("public, max-age=3600"));
    reply_file(c, str_of(path), (int64_t)st.st_size);
}

static void script(Ctx *c) { asset(c, "verify/page.js", "text/javascript; charset=utf-8"); }
static void look(Ctx *c) { asset(c, "verify/page.css", "text/css; charset=utf-8"); }

static const Route routes[] = {
    { "GET", "/v/page.js", ANYBODY, script, "验真页脚本", "the verification page's script" },
    { "GET", "/v/page.css", ANYBODY, look, "验真页样式", "the verification page's style" },
    { "GET", "/v", ANYBODY, by_form, "文书验真", "the verification page: a form", .query = &ask_form },
    { "GET", "/v/:code", ANYBODY, by_code, "文书验真（按验真码）", "the verification page of a code",
      .query = &ask_form },
};

const Slice verify_slice = { .name = "verify", .route = routes, .routes = COUNT(routes) };
