#include "serve/things.h"

#include "core/range.h"
#include "core/tx.h"

#include <stdatomic.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>

typedef struct Thing {
    Id  id;
    Str note;
} Thing;

typedef struct Receipt {
    int64_t size;
    Str     sha256;
} Receipt;

typedef struct Count {
    int64_t n;
} Count;

static const Field thing_fields[] = {
    FIELD(Thing, id, .label = "编号", .rule = SERVER_SET), FIELD(Thing, note, .label = "备注"),
};
static const Form thing_form = FORM(Thing, thing_fields);
static const Field receipt_fields[] = {
    FIELD(Receipt, size, .label = "大小"), FIELD(Receipt, sha256, .label = "摘要"),
};
static const Form receipt_form = FORM(Receipt, receipt_fields);
static const Field count_fields[] = { FIELD(Count, n, .label = "数") };
static const Form count_form = FORM(Count, count_fields);

static const Migration migrations[] = {
    { 1, "CREATE TABLE thing(id INTEGER PRIMARY KEY, note TEXT NOT NULL) STRICT;" },
};
static const Query q_add = {
    .name = "things.add", .in = &thing_form, .sql = "INSERT INTO thing(id, note) VALUES(:id, :note)",
};
static const Query q_get = {
    .name = "things.get", .in = &thing_form, .out = &thing_form,
    .sql = "SELECT id, note FROM thing WHERE id = :id",
};
static const Query q_count = {
    .name = "things.count", .out = &count_form, .sql = "SELECT count(*) AS n FROM thing /*scan*/",
};
static const Query q_spoil = {
    .name = "things.spoil", .in = &thing_form, .sql = "UPDATE answer SET body = 'spoilt' WHERE key = :note /*scan*/",
};
static const Query *const queries[] = { &q_add, &q_get, &q_count, &q_spoil, NULL };

static atomic_bool held;

void things_hold(bool on)
{
    atomic_store(&held, on);
}

static void add(Ctx *c)
{
    Thing t = { 0 };
    form_read(c, &thing_form, &t);
    tx_begin(c);
    t.id = id_next(c);
    db_insert(c, &q_add, &t);
    reply_row(c, 201, &thing_form, &t);
    tx_end(c);
}

static void show(Ctx *c)
{
    Thing t = { .id = arg_id(c, 0) };
    db_get(c, &q_get, &t, &t);
    reply_row(c, 200, &thing_form, &t);
}

static void slow(Ctx *c)
{
    const struct timespec moment = { .tv_nsec = 5 * 1000000 };
    while (atomic_load(&held)) (void)nanosleep(&moment, NULL);
    reply_done(c);
}

static const char *kept(const Ctx *c)
{
    Out o = { .buf = NEW(c->mem, char, 256), .cap = 255 };
    out_str(&o, str_of(c->house->folder));
    out_str(&o, S("/kept"));
    return o.buf;
}

static void receive(Ctx *c)
{
    Receipt r = { c->upload.size, c->upload.sha256 };
    bool keep = str_eq(c->query, S("keep"));
    if (keep) BUG_IF(rename(str_c(c->mem, c->upload.path), kept(c)) != 0);
    reply_row(c, 201, &receipt_form, &r);
}

static void give(Ctx *c)
{
    struct stat st;
    BUG_IF(stat(kept(c), &st) != 0);
    c->type = "application/octet-stream";
    reply_file(c, str_of(kept(c)), st.st_size);
}

/* Two pieces of news, then none; with "?ends" then the end. */
static void news(Ctx *c)
{
    int64_t last = 0;
    (void)str_int(c->head.last_event, &last);
    c->status = 200;
    if (last >= 2 && str_eq(c->query, S("ends"))) fail(c, ERR_UNAUTHORISED, (Str){ 0 });
    if (last >= 2) return;
    out_str(&c->out, S("id: "));
    out_int(&c->out, last + 1);
    out_str(&c->out, last == 0 ? S("\ndata: one\n\n") : S("\ndata: two\n\n"));
}

static const Route routes[] = {
    { "POST", "/api/v1/things", ANYBODY, add, "记", "adds", .in = &thing_form, .out = &thing_form },
    { "GET", "/api/v1/things/:id", ANYBODY, show, "看", "shows", .out = &thing_form, .quick = true },
    { "GET", "/api/v1/slow", ANYBODY, slow, "慢", "takes its time" },
    { "POST", "/api/v1/files", ANYBODY, receive, "存", "receives", .upload = true },
    { "POST", "/api/v1/closed", CLERK, receive, "存", "receives from few", .upload = true },
    { "GET", "/api/v1/files", ANYBODY, give, "取", "gives" },
    { "GET", "/api/v1/news", ANYBODY, news, "新", "tells", .follow = true },
};

const Slice things_slice = {
    .name = "things", .route = routes, .routes = COUNT(routes), .query = queries,
    .migration = migrations, .migrations = COUNT(migrations),
};

int64_t things_count(const House *house)
{
    char memory[1024];
    Arena mem = { memory, memory + sizeof memory };
    Db *db = db_open(house->store);
    Ctx c = { .mem = &mem, .db = db, .house = house };
    Count count = { 0 };
    BUG_IF(!db_get(&c, &q_count, NULL, &count));
    db_close(db);
    return count.n;
}

void things_spoil(const House *house, Str key)
{
    char memory[64 * 1024];
    Arena mem = { memory, memory + sizeof memory };
    Db *db = db_open(house->store);
    Ctx c = { .mem = &mem, .db = db, .house = house, .method = S("spoil"), .status = 204,
              .now_ms = 1772416800000 };
    tx_begin(&c);
    db_change(&c, &q_spoil, &(Thing){ .note = key });
    tx_end(&c);
    BUG_IF(!ok(&c));
    db_close(db);
}
