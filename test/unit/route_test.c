/* API and procedure may not drift apart: whoever the steps of an event admit may
** use the route that brings it about, and nobody else. */
#include "law/flow.h"
#include "slices.h"
#include "test.h"
#include "unit/suites.h"

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

void test_route(void)
{
    routes_admit_whom_the_steps_do();
}
