/*
** Why may this person see that?  The rows of the matrix that the person's
** roles reach, each with the role that brings it: for the security
** administrator, the auditor, and the person.
*/
#include "register/people/people.h"

#include "core/right.h"
#include "core/session.h"

enum { ROWS_MAX = 200 };

typedef struct Held {
    Str  object, label;
    Str  role;
    Str  verbs;  /* words: create, read, write */
    Str  reach;
    bool reason;
} Held;

static const Field fields[] = {
    FIELD(Held, object, .label = "对象",     .en = "object"),
    FIELD(Held, label,  .label = "对象名称", .en = "what it is called"),
    FIELD(Held, role,   .label = "角色",     .en = "role"),
    FIELD(Held, verbs,  .label = "操作",     .en = "what may be done", .rule = MANY),
    FIELD(Held, reach,  .label = "范围",     .en = "how far"),
    FIELD(Held, reason, .label = "须填理由", .en = "only with a reason"),
};
static const Form held_form = FORM(Held, fields);

/* In the order of the bits. */
static Str verbs_text(Arena *mem, unsigned verbs)
{
    static const char *const words[] = { "create", "read", "write", "approve", "pay" };
    Out o = { .buf = NEW(mem, char, 40), .cap = 40 };
    for (unsigned i = 0; i < COUNT(words); i++) {
        if (!(verbs >> i & 1)) continue;
        if (o.len) out_str(&o, S(" "));
        out_str(&o, str_of(words[i]));
    }
    return out_view(&o);
}

static size_t add_row(Arena *mem, Held *held, size_t n, const Right *r, uint32_t roles)
{
    for (unsigned role = 1; role < ROLE__COUNT; role++) {
        if (!(r->roles & roles & role_bit((Role)role))) continue;
        BUG_IF(n == ROWS_MAX);
        held[n++] = (Held){
            .object = str_of(object_word(r->object)), .label = str_of(object_zh(r->object)),
            .role = str_of(role_word((Role)role)), .verbs = verbs_text(mem, r->verbs),
            .reach = str_of(reach_word(r->reach)), .reason = r->reason,
        };
    }
    return n;
}

static void reply_held(Ctx *c, uint32_t roles)
{
    Held *held = NEW(c->mem, Held, ROWS_MAX);
    size_t n = 0;
    for (size_t i = 0; i < rights_count; i++) n = add_row(c->mem, held, n, &rights[i], roles);
    reply_rows(c, &held_form, (Rows){ held, n }, (Str){ 0 });
}

static void mine(Ctx *c)
{
    reply_held(c, c->who.roles);
}

static void theirs(Ctx *c)
{
    User u = { 0 };
    if (user_get(c, arg_id(c, 0), &u) && within_scope(c, u.org_path)) reply_held(c, roles_of(u.roles));
}

static const Route routes[] = {
    { .method = "GET", .pattern = "/api/v1/me/rights", .who = SIGNED_IN, .run = mine, .zh = "我的权限",
      .en = "my rights", .out = &held_form, .list = true },
    { .method = "GET", .pattern = "/api/v1/users/:id/rights", .who = SEC_ADMIN | AUDITOR, .run = theirs,
      .zh = "用户的权限及来由", .en = "a user's rights, and why", .out = &held_form, .list = true },
};

const Slice rights_slice = { .name = "rights", .route = routes, .routes = COUNT(routes) };
