/* API and procedure may not drift apart: whoever the steps of an event admit may
** use the route that brings it about, and nobody else. */
#include "law/flow.h"
#include "slices.h"
#include "test.h"
#include "unit/suites.h"

#include <string.h>

static uint32_t who_may(Event e)
{
    uint32_t who = 0;
    for (size_t i = 0; i < flow_n; i++) {
        if (flow[i].event == e) who |= flow[i].who;
    }
    return who & ~(uint32_t)SYSTEM;
}

static void routes_admit_whom_the_steps_do(void)
{
    size_t fired = 0;
    for (const Slice *const *s = slices; *s; s++) {
        for (size_t i = 0; i < (*s)->routes; i++) {
            const Route *r = &(*s)->route[i];
            if (r->fires == EV__NONE) continue;
            uint32_t who = r->who & ~ANYBODY; /* who applies without an account acts as a party */
            check(who == who_may(r->fires), r->pattern);
            fired++;
        }
    }
    check(fired > 20, "routes name the events they bring about");
}

/* A page that is full says where the next one begins; what is not full is the last. */
typedef struct Item {
    Str name;
    Id  id;
} Item;
static const Field item_fields[] = {
    FIELD(Item, name, .label = "名称", .en = "name"),
    FIELD(Item, id,   .label = "编号", .en = "number"),
};
static const Form item_form = FORM(Item, item_fields);

static void a_full_page_has_a_next_one(void)
{
    enum { ROOM = 1 << 16, TEXT = 200 };
    static const struct PageCase { size_t n, full; const char *next; } cases[] = {
        { 2, 2, "\"next\":\"9007199254740995\"}" }, { 1, 2, "\"next\":\"\"}" }, { 0, 2, "\"next\":\"\"}" },
        { 0, 0, "\"next\":\"\"}" },
    };
    Item item[] = { { S("甲"), { 7 } }, { S("乙"), { 9007199254740995 } } };
    for (size_t i = 0; i < COUNT(cases); i++) {
        Block block = block_open(ROOM);
        Arena mem = block_arena(&block);
        Ctx c = { .mem = &mem, .out = { .buf = NEW(&mem, char, TEXT), .cap = TEXT } };
        reply_page(&c, &item_form, (Rows){ item, cases[i].n }, cases[i].full, offsetof(Item, id));
        Str body = out_view(&c.out), want = str_of(cases[i].next);
        check(body.n > want.n && memcmp(body.s + body.n - want.n, want.s, want.n) == 0, cases[i].next);
        block_close(&block);
    }
}

void test_route(void)
{
    a_full_page_has_a_next_one();
    routes_admit_whom_the_steps_do();
}
