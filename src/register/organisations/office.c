#include "register/organisations/office.h"

OfficeScope office_scope(Ctx *c, Object object)
{
    OfficeScope s = { .path = S("~"), .path_end = S("~"), .org = { -1 } };
    const Right *r = right_find(object, c->who.roles, MAY_READ);
    if (!r || c->who.org_path.n == 0) return s;
    if (r->reach == REACH_ALL) {
        s.path = c->who.org_path;
        s.path_end = path_end(c->mem, s.path);
    }
    if (r->reach >= REACH_OWN_ORG && c->who.org.n) s.org = c->who.org;
    return s;
}

bool office_own(Ctx *c, Org *o)
{
    if (c->who.org.n) return org_get(c, c->who.org, o);
    return ok(c) && fail(c, ERR_BLOCKED, S("org"));
}

bool office_enter(Ctx *c, Object object, Org *o)
{
    (void)right_need(c, object, MAY_CREATE);
    return ok(c) && office_own(c, o);
}
