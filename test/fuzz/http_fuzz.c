/* A request is read the same whole and in pieces of any size. */
#include "fuzz/fuzz.h"

#include "serve/http.h"

#include <string.h>

enum { PIECES = 7 };

static int any_head(void *owner)
{
    (void)owner;
    return 0;
}

static void read_all(Http *h, const char *bytes, size_t n, size_t piece)
{
    h->on_head = any_head;
    http_init(h);
    while (n && h->at != AT_FAULT && h->at != AT_END) {
        size_t some = piece && piece < n ? piece : n;
        size_t took = http_feed(h, bytes, some);
        BUG_IF(took > some);
        if (took == 0) break;
        bytes += took;
        n -= took;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static Http whole, pieces;
    if (n < 1) return 0;
    memset(&whole, 0, sizeof whole);
    memset(&pieces, 0, sizeof pieces);
    read_all(&whole, (const char *)data + 1, n - 1, 0);
    read_all(&pieces, (const char *)data + 1, n - 1, (size_t)(data[0] % PIECES) + 1);
    BUG_IF(whole.at != pieces.at); /* a fault may be 400 or 501: a method can be cut in two */
    if (whole.at == AT_END) {
        const Request *a = &whole.request, *b = &pieces.request;
        BUG_IF(!str_eq(a->method, b->method) || !str_eq(a->path, b->path));
        BUG_IF(!str_eq(a->query, b->query) || !str_eq(a->body, b->body));
    }
    http_clear(&whole);
    http_clear(&pieces);
    return 0;
}
