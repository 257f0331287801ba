#include "serve/stats.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { CLASSES = 6, BUCKETS = 12, ROW_ROOM = 4096 };

/* Upper ends of the buckets of time, in microseconds. */
static const int64_t ends[BUCKETS] = {
    250, 500, 1000, 2500, 5000, 10000, 25000, 50000, 100000, 500000, 1000000, 5000000,
};

const char *const own_words[OWN__COUNT] = { "refused", "static", "health" };

/* One route. */
typedef struct Row {
    const Route *route;
    const char  *method, *pattern;
    int64_t      status[CLASSES]; /* by hundreds */
    int64_t      within[BUCKETS]; /* each counts its own bucket alone */
    int64_t      count, us;
} Row;

struct Stats {
    Row     *row;    /* those of our own first */
    size_t   rows;
    uint32_t *slot;  /* rows hashed by the Route's address; 0: empty */
    size_t   slots;  /* a power of two */
};

static size_t first_slot(const Stats *s, const Route *r)
{
    uint64_t x = (uint64_t)(uintptr_t)r / _Alignof(Route);
    return (size_t)((x ^ (x >> 7)) & (s->slots - 1));
}

static void add(Stats *s, const Route *r)
{
    size_t i = first_slot(s, r);
    while (s->slot[i]) i = (i + 1) & (s->slots - 1);
    s->slot[i] = (uint32_t)s->rows;
    s->row[s->rows++] = (Row){ .route = r, .method = r->method, .pattern = r->pattern };
}

Stats *stats_open(const Slice *const *slices)
{
    Stats *s = calloc(1, sizeof *s);
    size_t n = OWN__COUNT;
    BUG_IF(!s);
    for (const Slice *const *x = slices; *x; x++) n += (*x)->routes;
    for (s->slots = 64; s->slots < 4 * n; s->slots *= 2) { }
    s->row = calloc(n, sizeof *s->row);
    s->slot = calloc(s->slots, sizeof *s->slot);
    BUG_IF(!s->row || !s->slot);
    for (s->rows = 0; s->rows < OWN__COUNT; s->rows++) {
        s->row[s->rows] = (Row){ .method = "", .pattern = own_words[s->rows] };
    }
    for (const Slice *const *x = slices; *x; x++) {
        for (size_t i = 0; i < (*x)->routes; i++) add(s, &(*x)->route[i]);
    }
    return s;
}

void stats_close(Stats *s)
{
    free(s->row);
    free(s->slot);
    free(s);
}

static Row *row_of(Stats *s, const Route *r, Own own)
{
    if (!r) return &s->row[own];
    size_t i = first_slot(s, r);
    while (s->slot[i] && s->row[s->slot[i]].route != r) i = (i + 1) & (s->slots - 1);
    BUG_IF(s->slot[i] == 0); /* a route of no slice */
    return &s->row[s->slot[i]];
}

void stats_count(Stats *s, const Route *r, Own own, int status, int64_t us)
{
    Row *row = row_of(s, r, own);
    int hundreds = status / 100;
    row->status[hundreds > 0 && hundreds < CLASSES ? hundreds : 0]++;
    row->count++;
    row->us += us;
    for (size_t i = 0; i < BUCKETS; i++) {
        if (us > ends[i]) continue;
        row->within[i]++;
        return;
    }
}

/* ---- the text ------------------------------------------------------------------------ */

static void seconds(Out *o, int64_t us)
{
    out_int(o, us / 1000000);
    out_str(o, S("."));
    out_pad(o, us % 1000000, 6);
}

static void name(Out *o, const char *metric, const Row *r)
{
    out_str(o, str_of(metric));
    out_str(o, S("{method=\""));
    out_str(o, str_of(r->method));
    out_str(o, S("\",route=\""));
    out_str(o, str_of(r->pattern));
    out_str(o, S("\""));
}

static void statuses(Out *o, const Row *r)
{
    for (int i = 0; i < CLASSES; i++) {
        if (r->status[i] == 0) continue;
        name(o, "tiaojie_requests_total", r);
        out_str(o, S(",status=\""));
        out_int(o, i);
        out_str(o, S("xx\"} "));
        out_int(o, r->status[i]);
        out_str(o, S("\n"));
    }
}

static void number(Out *o, const char *metric, const Row *r, int64_t v)
{
    name(o, metric, r);
    out_str(o, S("} "));
    out_int(o, v);
    out_str(o, S("\n"));
}

static void times(Out *o, const Row *r)
{
    int64_t so_far = 0;
    for (size_t i = 0; i < BUCKETS; i++) {
        so_far += r->within[i];
        name(o, "tiaojie_request_seconds_bucket", r);
        out_str(o, S(",le=\""));
        seconds(o, ends[i]);
        out_str(o, S("\"} "));
        out_int(o, so_far);
        out_str(o, S("\n"));
    }
    name(o, "tiaojie_request_seconds_bucket", r);
    out_str(o, S(",le=\"+Inf\"} "));
    out_int(o, r->count);
    out_str(o, S("\n"));
    name(o, "tiaojie_request_seconds_sum", r);
    out_str(o, S("} "));
    seconds(o, r->us);
    out_str(o, S("\n"));
    number(o, "tiaojie_request_seconds_count", r, r->count);
}

/* Resident memory in bytes; 0 if the system does not tell. */
static int64_t resident(void)
{
    char text[128];
    int64_t pages = 0;
    FILE *f = fopen("/proc/self/statm", "re");
    if (!f) return 0;
    Str rest = str_of(fgets(text, sizeof text, f));
    (void)fclose(f);
    (void)str_cut(&rest, ' ');
    return str_int(str_cut(&rest, ' '), &pages) ? pages * sysconf(_SC_PAGESIZE) : 0;
}

static void gauge(Out *o, const char *metric, const char *kind, int64_t v)
{
    out_str(o, S("# TYPE "));
    out_str(o, str_of(metric));
    out_str(o, S(" "));
    out_str(o, str_of(kind));
    out_str(o, S("\n"));
    out_str(o, str_of(metric));
    out_str(o, S(" "));
    out_int(o, v);
    out_str(o, S("\n"));
}

static void gauges(Out *o, const Gauges *g)
{
    gauge(o, "tiaojie_connections", "gauge", g->connections);
    gauge(o, "tiaojie_in_flight", "gauge", g->in_flight);
    gauge(o, "tiaojie_queue_length", "gauge", g->waiting);
    gauge(o, "tiaojie_workers", "gauge", g->workers);
    gauge(o, "tiaojie_workers_busy", "gauge", g->busy);
    gauge(o, "tiaojie_followers", "gauge", g->followers);
    gauge(o, "tiaojie_uptime_seconds", "gauge", g->uptime_s);
    gauge(o, "tiaojie_held_bytes", "gauge", g->held);
    gauge(o, "tiaojie_shed_total", "counter", g->shed);
    gauge(o, "tiaojie_log_lines_lost_total", "counter", g->log_lost);
    gauge(o, "process_resident_memory_bytes", "gauge", resident());
}

Out stats_write(const Stats *s, const Gauges *g)
{
    size_t used = 1;
    for (size_t i = 0; i < s->rows; i++) used += s->row[i].count > 0;
    Out o = { .cap = used * ROW_ROOM };
    o.buf = malloc(o.cap);
    BUG_IF(!o.buf);
    gauges(&o, g);
    out_str(&o, S("# TYPE tiaojie_requests_total counter\n"));
    for (size_t i = 0; i < s->rows; i++) statuses(&o, &s->row[i]);
    out_str(&o, S("# TYPE tiaojie_request_seconds histogram\n"));
    for (size_t i = 0; i < s->rows; i++) {
        if (s->row[i].count) times(&o, &s->row[i]);
    }
    BUG_IF(o.full);
    return o;
}
