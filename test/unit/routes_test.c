/* The hashed routes find what looking at them one by one finds. */
#include "test.h"
#include "unit/suites.h"

#include "core/house.h"
#include "core/routes.h"
#include "slices.h"

static void nothing(Ctx *c) { (void)c; }

static const Route early[] = {
    { "GET", "/a/:x", ANYBODY, nothing }, { "GET", "/a/b", ANYBODY, nothing },
    { "GET", "/a/:x/c/:y", ANYBODY, nothing }, { "POST", "/a/b/c/d", ANYBODY, nothing },
};
static const Route late[] = { { "GET", "/a/b/c/d", ANYBODY, nothing }, { "GET", "/", ANYBODY, nothing } };
static const Slice first = { .name = "first", .route = early, .routes = COUNT(early) };
static const Slice second = { .name = "second", .route = late, .routes = COUNT(late) };
static const Slice *const few[] = { &first, &second, NULL };

static const Route *find(const House *h, Str method, Str path, Ctx *c)
{
    *c = (Ctx){ .house = h, .method = method, .path = path };
    return web_route(c);
}

/* A path of the pattern: ":id" becomes ":id" itself, which is as good as another. */
static void every_route(const House *plain, const House *hashed)
{
    Ctx a, b;
    for (const Slice *const *s = plain->slices; *s; s++) {
        for (size_t i = 0; i < (*s)->routes; i++) {
            const Route *r = &(*s)->route[i];
            const Route *want = find(plain, str_of(r->method), str_of(r->pattern), &a);
            check(want && find(hashed, str_of(r->method), str_of(r->pattern), &b) == want, r->pattern);
            for (size_t k = 0; k < COUNT(a.arg); k++) check_str(b.arg[k], a.arg[k], r->pattern);
            check(!find(hashed, S("BREW"), str_of(r->pattern), &b), r->pattern);
        }
    }
}

void test_routes(void)
{
    Ctx c;
    Routes *all = routes_open(slices), *some = routes_open(few);
    House plain = { .slices = slices }, hashed = { .slices = slices, .routes = all };
    House little = { .slices = few, .routes = some };
    every_route(&plain, &hashed);

    check(find(&little, S("GET"), S("/a/b"), &c) == &early[0], "the first row wins, names or not");
    check_str(c.arg[0], S("b"), "its name");
    check(find(&little, S("GET"), S("/a/b/c/d"), &c) == &early[2], "two names");
    check_str(c.arg[0], S("b"), "its name");
    check_str(c.arg[1], S("d"), "its second name");
    check(find(&little, S("POST"), S("/a/b/c/d"), &c) == &early[3], "another method");
    check(find(&little, S("GET"), S("/a/b/"), &c) == &early[0], "a slash at the end");
    check(find(&little, S("GET"), S("/"), &c) == &late[1], "the root");
    check(!find(&little, S("GET"), S("/a"), &c), "too short");
    check(!find(&little, S("GET"), S("/a//c/d"), &c), "a name is not empty");
    check(!find(&little, S("GET"), S("/a/b/c/d/e"), &c), "too long");
    check(!find(&little, S("GET"), S("/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17"), &c), "far too long");
    check(!find(&little, S("DELETE"), S("/a/b"), &c), "no such method");
    routes_close(all);
    routes_close(some);
}
