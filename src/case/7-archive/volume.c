#include "case/7-archive/volume.h"

#include "core/audit.h"
#include "core/crypto.h"
#include "core/digest.h"
#include "core/files.h"
#include "core/range.h"
#include "core/right.h"
#include "paper/press.h"
#include "paper/sign.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    ATTEMPTS = 3, LEASE_S = 900, WAIT_MS = 600000, MEMORY = 128 << 20, PATH = 1024,
    CODE_LEN = 16, STEPS = 4, REST_MOST = 10,
};

static const Code kind_rows[] = { { "main", "正卷", "main volume" }, { "sub", "副卷", "sub-volume" } };
const Codes volume_kinds = { .name = "volume_kind", .row = kind_rows, .n = COUNT(kind_rows) };
static const Code format_rows[] = { { "PDF", "PDF", "PDF" }, { "ZIP", "可独立核验的压缩包", "ZIP that verifies" } };
const Codes volume_formats = { .name = "volume_format", .row = format_rows, .n = COUNT(format_rows) };
static const Code state_rows[] = {
    { "asked", "制作中", "being made" }, { "made", "已制作", "made" }, { "failed", "未能制作", "failed" },
};
const Codes volume_states = { .name = "volume_state", .row = state_rows, .n = COUNT(state_rows) };

static const Field ask_fields[] = {
    FIELD(VolumeAsk, id,       .label = "编号", .en = "id", .rule = SERVER_SET),
    FIELD(VolumeAsk, case_id,  .label = "案件", .en = "case", .rule = SERVER_SET),
    FIELD(VolumeAsk, kind,     .label = "卷", .en = "volume", .rule = REQUIRED, .codes = &volume_kinds),
    FIELD(VolumeAsk, format,   .label = "格式", .en = "format", .rule = REQUIRED, .codes = &volume_formats),
    FIELD(VolumeAsk, state,    .label = "状态", .en = "state", .rule = SERVER_SET, .codes = &volume_states),
    FIELD(VolumeAsk, done,     .label = "已完成", .en = "done so far", .rule = SERVER_SET),
    FIELD(VolumeAsk, whole,    .label = "总数", .en = "of so many", .rule = SERVER_SET),
    FIELD(VolumeAsk, attempts, .label = "次数", .en = "attempts", .rule = SERVER_SET),
    FIELD(VolumeAsk, asked_at, .label = "申请时间", .en = "asked at", .rule = SERVER_SET),
    FIELD(VolumeAsk, lease,    .rule = HIDDEN),
    FIELD(VolumeAsk, holder,   .rule = HIDDEN),
    FIELD(VolumeAsk, node,     .rule = HIDDEN),
    FIELD(VolumeAsk, by_id,    .label = "申请人", .en = "asked by", .rule = SERVER_SET),
    FIELD(VolumeAsk, error,    .label = "原因", .en = "what is wrong", .rule = SERVER_SET),
};
static const Form ask_form = FORM(VolumeAsk, ask_fields);

static const Field fields[] = {
    FIELD(Volume, id,          .label = "编号", .en = "id", .rule = SERVER_SET),
    FIELD(Volume, case_id,     .label = "案件", .en = "case", .rule = SERVER_SET),
    FIELD(Volume, seal_id,     .label = "归档封存", .en = "its seal", .rule = SERVER_SET),
    FIELD(Volume, kind,        .label = "卷", .en = "volume", .rule = SERVER_SET, .codes = &volume_kinds),
    FIELD(Volume, format,      .label = "格式", .en = "format", .rule = SERVER_SET, .codes = &volume_formats),
    FIELD(Volume, sha256,      .label = "SHA-256", .en = "SHA-256", .rule = SERVER_SET),
    FIELD(Volume, sm3,         .label = "SM3", .en = "SM3", .rule = SERVER_SET),
    FIELD(Volume, size,        .label = "字节数", .en = "bytes", .rule = SERVER_SET),
    FIELD(Volume, pages,       .label = "页数", .en = "pages", .rule = SERVER_SET),
    FIELD(Volume, missing,     .label = "未能并入的件数", .en = "parts that could not be bound", .rule = SERVER_SET),
    FIELD(Volume, verify,      .label = "验真码", .en = "verification code", .rule = SERVER_SET),
    FIELD(Volume, signer,      .label = "电子签名人", .en = "signed by", .rule = SERVER_SET),
    FIELD(Volume, certificate, .label = "证书序列号", .en = "certificate", .rule = SERVER_SET),
    FIELD(Volume, made_at,     .label = "制作时间", .en = "made at", .rule = SERVER_SET),
    FIELD(Volume, ask_id,      .label = "制作申请", .en = "asked for by", .rule = SERVER_SET),
};
const Form volume_form = FORM(Volume, fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE volume_ask("          /* what is to be made */
      "  id       INTEGER PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES cases,"
      "  kind     TEXT NOT NULL CHECK(kind IN ('main', 'sub')), format TEXT NOT NULL CHECK(format IN ('PDF', 'ZIP')),"
      "  state    TEXT NOT NULL CHECK(state IN ('asked', 'made', 'failed')),"
      "  done     INTEGER NOT NULL, whole INTEGER NOT NULL, attempts INTEGER NOT NULL,"
      "  asked_at INTEGER NOT NULL, lease INTEGER NOT NULL, by_id INTEGER NOT NULL, error TEXT NOT NULL) STRICT;"
      "CREATE INDEX volume_ask_by_case ON volume_ask(case_id, id);"
      "CREATE INDEX volume_ask_by_state ON volume_ask(state, lease);"
      "CREATE TABLE volume("              /* what was made; append-only */
      "  id       INTEGER PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES cases, seal_id INTEGER NOT NULL,"
      "  kind     TEXT NOT NULL, format TEXT NOT NULL, sha256 TEXT NOT NULL, sm3 TEXT NOT NULL,"
      "  size     INTEGER NOT NULL, pages INTEGER NOT NULL, missing INTEGER NOT NULL, verify TEXT NOT NULL,"
      "  signer   TEXT NOT NULL, certificate TEXT NOT NULL, made_at INTEGER NOT NULL, ask_id INTEGER NOT NULL) STRICT;"
      "CREATE INDEX volume_by_case ON volume(case_id, id);"
      "CREATE INDEX volume_by_code ON volume(verify, id);" },
    { 2, "ALTER TABLE volume_ask ADD COLUMN holder INTEGER NOT NULL DEFAULT 0;" }, /* who has it: proved by this */
};
static const char *const keeps[] = { "volume", NULL };

#define ASK "id, case_id, kind, format, state, done, whole, attempts, asked_at, lease, by_id, error, holder"
#define COLUMNS \
    "id, case_id, seal_id, kind, format, sha256, sm3, size, pages, missing, verify, signer, certificate, made_at, ask_id"

static const Query q_ask = {
    .name = "volume.ask", .in = &ask_form,
    .sql = "INSERT INTO volume_ask(" ASK ") VALUES(:id, :case_id, :kind, :format, :state, :done, :whole, :attempts,"
           " :asked_at, :lease, :by_id, :error, :holder)",
};
static const Query q_next = {
    .name = "volume.next", .in = &ask_form, .out = &ask_form,
    .sql = "SELECT " ASK " FROM volume_ask WHERE state = 'asked' AND lease <= :asked_at ORDER BY lease, id LIMIT 1",
};
static const Query q_claim = {
    .name = "volume.claim", .in = &ask_form, .quiet = true,
    .sql = "UPDATE volume_ask SET lease = :lease, holder = :holder, attempts = attempts + 1, done = 0"
           " WHERE id = :id AND state = 'asked' AND lease <= :asked_at",
};
static const Query q_back = {
    .name = "volume.back", .in = &ask_form, .quiet = true,
    .sql = "UPDATE volume_ask SET lease = 0 WHERE state = 'asked' AND lease > :asked_at AND holder % 1024 = :node"
           " AND attempts < 3",
};
static const Query q_progress = {
    .name = "volume.progress", .in = &ask_form, .quiet = true,
    .sql = "UPDATE volume_ask SET done = :done, whole = :whole WHERE id = :id AND state = 'asked'",
};
static const Query q_end = {
    .name = "volume.end", .in = &ask_form, .quiet = true,
    .sql = "UPDATE volume_ask SET state = :state, error = :error, lease = :lease WHERE id = :id AND state = 'asked'",
};
static const Query q_asks = {
    .name = "volume.asks", .in = &ask_form, .out = &ask_form,
    .sql = "SELECT " ASK " FROM volume_ask WHERE case_id = :case_id ORDER BY case_id, id LIMIT 200",
};
static const Query q_add = {
    .name = "volume.add", .in = &volume_form,
    .sql = "INSERT INTO volume(" COLUMNS ") VALUES(:id, :case_id, :seal_id, :kind, :format, :sha256, :sm3, :size,"
           " :pages, :missing, :verify, :signer, :certificate, :made_at, :ask_id)",
};
static const Query q_list = {
    .name = "volume.list", .in = &volume_form, .out = &volume_form,
    .sql = "SELECT " COLUMNS " FROM volume WHERE case_id = :case_id ORDER BY case_id, id LIMIT 200",
};
static const Query q_get = {
    .name = "volume.get", .in = &volume_form, .out = &volume_form,
    .sql = "SELECT " COLUMNS " FROM volume WHERE id = :id AND case_id = :case_id",
};
static const Query q_last = {
    .name = "volume.last", .in = &volume_form, .out = &volume_form,
    .sql = "SELECT " COLUMNS " FROM volume WHERE case_id = :case_id AND seal_id = :seal_id AND kind = :kind"
           " AND format = :format ORDER BY id DESC LIMIT 1",
};
static const Query q_code = {
    .name = "volume.code", .in = &volume_form, .out = &volume_form,
    .sql = "SELECT " COLUMNS " FROM volume WHERE verify = :verify AND format = 'PDF' ORDER BY id DESC LIMIT 1",
};
static const Query *const queries[] = {
    &q_ask, &q_next, &q_claim, &q_back, &q_progress, &q_end, &q_asks, &q_add, &q_list, &q_get, &q_last,
    &q_code, NULL,
};

Rows volumes_of(Ctx *c, Id case_id)
{
    return db_list(c, &q_list, &(Volume){ .case_id = case_id });
}

bool volume_by_code(Ctx *c, Str verify, Volume *v)
{
    return db_find(c, &q_code, &(Volume){ .verify = verify }, v);
}

bool volume_last(Ctx *c, Id case_id, Str kind, Str format, Volume *v)
{
    Seal s;
    *v = (Volume){ .case_id = case_id, .kind = kind, .format = format };
    if (!seal_last(c, case_id, &s)) return false;
    v->seal_id = s.id;
    return db_find(c, &q_last, v, v);
}

void volumes_destroy(Ctx *c, Id case_id)
{
    Rows rows = volumes_of(c, case_id);
    for (size_t i = 0; i < rows.n && ok(c); i++) file_remove(c, ((const Volume *)rows.at)[i].sha256);
}

/* ---- asking ----------------------------------------------------------------------------------- */

static Id ask_add(Ctx *c, const Case *k, Str kind, Str format)
{
    VolumeAsk a = { .id = id_next(c), .case_id = k->id, .kind = kind, .format = format, .state = S("asked"),
                    .asked_at = now(c), .by_id = c->who.id };
    db_insert(c, &q_ask, &a);
    return a.id;
}

/* Made-up cases by the thousand are bound when somebody asks. */
static void after_archiving(Ctx *c, Case *k)
{
    if (k->synthetic) return;
    (void)ask_add(c, k, S("main"), S("PDF"));
    (void)ask_add(c, k, S("sub"), S("PDF"));
}

static const Hook hooks[] = { { AFTER, EV_ARCHIVE, after_archiving } };

/* ---- making one: paths ----------------------------------------------------------------------------- */

static void work_path(const Ctx *c, Id id, const char *end, char path[static PATH])
{
    int n = snprintf(path, PATH, "%s/work/%lld.%s", c->house->folder, (long long)id.n, end);
    BUG_IF(n < 0 || n >= PATH);
}

static bool work_folder(const Ctx *c)
{
    char path[PATH];
    int n = snprintf(path, PATH, "%s/work", c->house->folder);
    return n > 0 && n < PATH && (mkdir(path, 0700) == 0 || errno == EEXIST);
}

/* ---- making one: its transactions ------------------------------------------------------------------- */

typedef struct Making {
    Ctx       *c;
    VolumeAsk  ask;
    Case       k;
    Seal       seal;
    Volume     made;
    int64_t    told;  /* quarters */
    bool        later; /* the seal platform may sign it another time */
    const char *why;
} Making;

static bool claim(Ctx *c, VolumeAsk *a)
{
    const VolumeAsk now_ask = { .asked_at = now(c) };
    if (!db_find(c, &q_next, &now_ask, a)) return false;
    tx_begin(c);
    VolumeAsk mine = *a;
    mine.asked_at = now(c);
    mine.lease = (Time){ now(c).s + LEASE_S };
    mine.holder = id_next(c);
    db_change(c, &q_claim, &mine);
    c->status = 204;
    tx_end(c);
    return ok(c);
}

static void start(Ctx *c)
{
    tx_begin(c);
    db_change_any(c, &q_back, &(VolumeAsk){ .asked_at = now(c), .node = id_node(id_next(c)) });
    c->status = 204;
    tx_end(c);
}

static void progress(void *to, int64_t done, int64_t all)
{
    Making *m = to;
    int64_t quarter = all > 0 ? done * STEPS / all : 0;
    if (quarter <= m->told) return;
    m->told = quarter;
    m->ask.done = done;
    m->ask.whole = all;
    ctx_again(m->c);
    tx_begin(m->c);
    db_change_any(m->c, &q_progress, &m->ask);
    tx_end(m->c);
}

static void end_ask(Making *m, bool good)
{
    bool over = good || (!m->later && m->ask.attempts + 1 >= ATTEMPTS);
    m->ask.state = good ? S("made") : over ? S("failed") : S("asked");
    m->ask.error = good ? (Str){ 0 } : str_of(m->why);
    int64_t rest = 60 * (m->ask.attempts < REST_MOST ? m->ask.attempts + 1 : REST_MOST);
    m->ask.lease = (Time){ over ? 0 : now(m->c).s + rest };
    db_change_any(m->c, &q_end, &m->ask);
}

/* The row, and that it was done: one transaction, if the case is still as it was sealed. */
static void record(Making *m)
{
    Ctx *c = m->c;
    Seal s;
    ctx_again(c);
    tx_begin(c);
    if (ok(c) && (!seal_last(c, m->k.id, &s) || s.id.n != m->seal.id.n)) fail(c, ERR_STALE, S("seal"));
    m->made.id = id_next(c);
    audit_about(c, m->k.id);
    db_insert(c, &q_add, &m->made);
    end_ask(m, true);
    tx_end(c);
    if (!ok(c)) m->why = "the case was reopened meanwhile";
}

/* ---- making one -------------------------------------------------------------------------- */

/* The same for the same sealed volume, whenever it is made; nobody can guess it. */
static Str code_of(Making *m)
{
    char text[64];
    int n = snprintf(text, sizeof text, "%lld %.*s", (long long)m->seal.id.n, (int)m->ask.kind.n,
                     m->ask.kind.s);
    Ctx *c = m->c;
    Str digest = text_digest(c->mem, c->house->keys, S("volume"), (Str){ text, (size_t)n });
    return (Str){ digest.s, CODE_LEN };
}

static bool load(Making *m)
{
    Ctx *c = m->c;
    Keep p;
    m->why = "the case is not archived";
    if (!case_get(c, m->ask.case_id, &m->k) || state_of(m->k.state) != ST_ARCHIVED) return false;
    if (!seal_last(c, m->k.id, &m->seal)) return false;
    keep_of(c, &m->k, &p);
    m->why = "the file was destroyed";
    if (!ok(c) || p.destroyed_on.day) return false;
    m->made = (Volume){ .case_id = m->k.id, .seal_id = m->seal.id, .kind = m->ask.kind,
                        .format = m->ask.format, .made_at = now(c), .ask_id = m->ask.id };
    m->made.verify = code_of(m);
    return true;
}

static bool bind_volume(Making *m, const char *path)
{
    Bind b;
    Ctx *c = m->c;
    volume_parts(c, &m->k, &m->seal, &m->made, &b);
    m->why = "its parts cannot be put together";
    if (!ok(c)) return false;
    m->why = "it cannot be bound";
    char plan[PATH];
    const PressWay *way = c->house->press ? press_way(c->house->press) : NULL;
    work_path(c, m->ask.id, "plan", plan);
    BindWay how = { .plan = plan, .path = path, .wait_ms = WAIT_MS, .progress = progress, .to = m };
    if (way) how.program = way->program;
    if (way) how.fonts = &way->fonts;
    bool good = bind_run(&b, &how);
    m->made.pages = b.pages;
    m->made.missing = b.missing;
    return good;
}

static bool sign_volume(Making *m, const char *path)
{
    const Signer *s = m->c->house->signer;
    const SignNote note = { .id = m->made.verify, .reason = S("归档"), .at = m->seal.at };
    Str why = { 0 };
    if (!s) return true;
    SignFate fate = pdf_sign(m->c->mem, s, path, &note, &why);
    m->why = str_c(m->c->mem, why);
    m->later = fate == SIGN_LATER;
    if (fate != SIGN_DONE) return false;
    m->made.signer = str_of(s->name);
    m->made.certificate = str_of(s->number);
    return true;
}

static bool make_zip(Making *m, const char *path)
{
    Volume pdf;
    m->why = "its PDF is not made yet";
    if (!volume_last(m->c, m->k.id, m->ask.kind, S("PDF"), &pdf)) return false;
    m->made.pages = pdf.pages;
    m->made.missing = pdf.missing;
    return volume_zip(m->c, &m->k, &pdf, path, &m->why);
}

/* Into the store, where its digest says. */
static bool keep_file(Making *m, const char *path)
{
    Digests d;
    Ctx *c = m->c;
    m->why = "it cannot be stored";
    if (!ok(c) || !digests_of(c->mem, path, &d)) return false;
    c->upload = (Upload){ .path = str_copy(c->mem, str_of(path)), .size = d.size, .sha256 = d.sha256 };
    file_keep(c);
    c->upload = (Upload){ 0 };
    m->made.sha256 = d.sha256;
    m->made.sm3 = d.sm3;
    m->made.size = d.size;
    return ok(c);
}

static bool make(Making *m)
{
    char path[PATH];
    bool pdf = str_eq(m->ask.format, S("PDF"));
    work_path(m->c, m->ask.id, "part", path);
    bool good = load(m) && work_folder(m->c);
    good = good && (pdf ? bind_volume(m, path) && sign_volume(m, path) : make_zip(m, path));
    good = good && keep_file(m, path);
    (void)unlink(path); /* moved, or of no use */
    return good;
}

static void give_up(Making *m)
{
    ctx_again(m->c);
    tx_begin(m->c);
    end_ask(m, false);
    tx_end(m->c);
}

/* One that is asked for, if there is one. */
static void look(Ctx *c)
{
    Making m = { .c = c };
    c->method = S("volume");
    if (!claim(c, &m.ask)) return;
    Block block = block_open(MEMORY);
    Arena mem = block_arena(&block), *mine = c->mem;
    c->mem = &mem;
    ctx_again(c);
    bool good = make(&m);
    if (good) record(&m);
    if (!good || !ok(c)) give_up(&m);
    c->mem = mine;
    block_close(&block);
}

/* ---- answers ------------------------------------------------------------------------------- */

enum { SUB_READERS = ARCHIVIST | HEAD, READERS = SUB_READERS | CLERK | MEDIATORS };

bool volume_sees(const Ctx *c, Str kind)
{
    return !str_eq(kind, S("sub")) || c->who.roles & (uint32_t)SUB_READERS;
}

static void ask(Ctx *c)
{
    Case k;
    Keep p;
    VolumeAsk a = { .asked_at = now(c), .by_id = c->who.id };
    form_read(c, &ask_form, &a);
    tx_begin(c);
    case_get(c, arg_id(c, 0), &k);
    keep_of(c, &k, &p);
    if (ok(c) && state_of(k.state) != ST_ARCHIVED) fail(c, ERR_WRONG_STATE, k.state);
    if (ok(c) && p.destroyed_on.day) fail(c, ERR_BLOCKED, S("destroyed"));
    a.state = S("asked");
    a.case_id = k.id;
    a.id = ask_add(c, &k, a.kind, a.format);
    reply_row(c, 201, &ask_form, &a);
    tx_end(c);
}

static void show_asks(Ctx *c)
{
    Case k;
    size_t n = 0;
    if (!case_get(c, arg_id(c, 0), &k)) return;
    Rows rows = db_list(c, &q_asks, &(VolumeAsk){ .case_id = k.id });
    VolumeAsk *row = rows.at;
    for (size_t i = 0; i < rows.n; i++) {
        if (volume_sees(c, row[i].kind)) row[n++] = row[i];
    }
    reply_rows(c, &ask_form, (Rows){ row, n }, (Str){ 0 });
}

static void show(Ctx *c)
{
    Case k;
    size_t n = 0;
    if (!case_get(c, arg_id(c, 0), &k)) return;
    Rows rows = volumes_of(c, k.id);
    Volume *row = rows.at;
    for (size_t i = 0; i < rows.n; i++) {
        if (volume_sees(c, row[i].kind)) row[n++] = row[i];
    }
    reply_rows(c, &volume_form, (Rows){ row, n }, (Str){ 0 });
}

/* A volume shows everything of everybody: for a reason, which is recorded. */
static void content(Ctx *c)
{
    Case k;
    Volume v = { .id = arg_id(c, 1) };
    Str reason = look_reason(c);
    tx_begin(c);
    case_get(c, arg_id(c, 0), &k);
    v.case_id = k.id;
    bool found = db_get(c, &q_get, &v, &v);
    if (found && !volume_sees(c, v.kind)) fail(c, ERR_NOT_FOUND, S("volume"));
    if (found && ok(c) && !file_there(c, v.sha256)) fail(c, ERR_NOT_FOUND, S("destroyed"));
    if (ok(c)) (void)reveal_for(c, S("volume"), k.id, reason);
    c->type = str_eq(v.format, S("ZIP")) ? "application/zip" : "application/pdf";
    if (ok(c)) reply_file(c, file_path(c, v.sha256), v.size);
    tx_end(c);
}

static const Route routes[] = {
    { "GET", "/api/v1/cases/:id/bound", READERS, show, "装订成册的卷宗", "bound volumes", .out = &volume_form,
      .list = true },
    { "GET", "/api/v1/cases/:id/bound/asks", READERS, show_asks, "卷宗制作进度", "how far they are", .out = &ask_form,
      .list = true },
    { "POST", "/api/v1/cases/:id/bound", ARCHIVIST | HEAD, ask, "制作卷宗", "have a volume made", .in = &ask_form,
      .out = &ask_form },
    { "GET", "/api/v1/cases/:id/bound/:volume/content", READERS, content, "查阅卷宗",
      "a volume's bytes, for a reason", .query = &look_query },
};

const Slice volume_slice = {
    .name = "volume", .query = queries, .migration = migrations, .migrations = COUNT(migrations), .keeps = keeps,
    .hook = hooks, .hooks = COUNT(hooks), .route = routes, .routes = COUNT(routes),
    .start = start, .look = look,
};
