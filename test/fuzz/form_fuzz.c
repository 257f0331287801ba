/* The bodies and the query strings of all routes: the first byte says of which. */
#include "fuzz/fuzz.h"

#include "command/command.h"
#include "core/house.h"
#include "core/limits.h"
#include "law/law.h"
#include "slices.h"

enum { ROUTES = 256 };

static const Route *with_form(uint8_t which)
{
    static const Route *all[ROUTES];
    static size_t n;
    for (const Slice *const *s = slices; n == 0 && *s; s++) {
        for (size_t i = 0; i < (*s)->routes; i++) {
            const Route *r = &(*s)->route[i];
            if ((r->in || r->query) && n < ROUTES) all[n++] = r;
        }
    }
    return all[which % n];
}

static const House *house(void)
{
    static Law law;
    static House here;
    if (here.law) return &here;
    Block block = block_open(LAW_MEMORY);
    Arena mem = block_arena(&block);
    BUG_IF(!law_open(&law, &mem, data_path));
    here = (House){ .slices = slices, .law = &law, .origin = "" };
    return &here;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static Block block;
    if (!block.memory) block = block_open(ARENA_MAX);
    if (n == 0 || n > BODY_MAX) return 0;
    const Route *r = with_form(data[0]);
    const Form *form = r->in ? r->in : r->query;
    Arena mem = block_arena(&block);
    Ctx c = { .mem = &mem, .today = date_of(2026, 3, 2), .now_ms = 1772416800000, .route = r };
    ctx_begin(&c, house());
    c.out = (Out){ .buf = NEW(&mem, char, REPLY_MAX), .cap = REPLY_MAX };
    Str text = { (const char *)data + 1, n - 1 };
    c.body = c.query = text;
    void *row = NEW(&mem, char, form->size);
    bool good = r->in ? form_read(&c, form, row) : form_read_query(&c, form, row);
    BUG_IF(good != ok(&c));
    BUG_IF(!ok(&c) && c.err == ERR_INVALID && c.bads == 0);
    if (good) form_write(&c, form, row);
    return 0;
}
