#include "serve/files.h"

#include <fts.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { FILES_MAX = 4000, BYTES_MAX = 128 * 1024 * 1024, ROOM_A_FILE = 8192 };

struct Files {
    Block  block;
    File  *file; /* sorted by path */
    size_t n;
};

static const struct Type { const char *end, *type; } types[] = {
    { ".html", "text/html; charset=utf-8" },       { ".js", "text/javascript; charset=utf-8" },
    { ".mjs", "text/javascript; charset=utf-8" },  { ".css", "text/css; charset=utf-8" },
    { ".json", "application/json; charset=utf-8" }, { ".map", "application/json; charset=utf-8" },
    { ".webmanifest", "application/manifest+json; charset=utf-8" },
    { ".txt", "text/plain; charset=utf-8" },       { ".md", "text/markdown; charset=utf-8" },
    { ".svg", "image/svg+xml" }, { ".png", "image/png" },   { ".jpg", "image/jpeg" },
    { ".webp", "image/webp" },   { ".ico", "image/x-icon" }, { ".gif", "image/gif" },
    { ".woff2", "font/woff2" },  { ".woff", "font/woff" },  { ".ttf", "font/ttf" },
    { ".wasm", "application/wasm" }, { ".pdf", "application/pdf" }, { ".xml", "application/xml" },
};

static const char own_page[] =
    "<!doctype html><html lang=\"zh-CN\"><head><meta charset=\"utf-8\">"
    "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>调解 tiaojie</title></head>"
    "<body><main><h1>调解 · 劳动人事争议多元调解平台</h1>"
    "<p>服务已经启动。接口说明：<a href=\"/api/v1/openapi.json\">/api/v1/openapi.json</a>；"
    "健康检查：<a href=\"/healthz\">/healthz</a>、<a href=\"/readyz\">/readyz</a>。</p>"
    "<p>网页部分未安装：请用 <code>--web</code> 指定其目录。</p>"
    "<h2 lang=\"en\">tiaojie · labour and personnel dispute mediation</h2>"
    "<p lang=\"en\">The service is running. API: <a href=\"/api/v1/openapi.json\">/api/v1/openapi.json</a>;"
    " health: <a href=\"/healthz\">/healthz</a>, <a href=\"/readyz\">/readyz</a>."
    " The web faces are not installed: name their folder with <code>--web</code>.</p></main></body></html>\n";

static bool ends_with(Str s, const char *end)
{
    size_t n = strlen(end);
    return s.n > n && memcmp(s.s + s.n - n, end, n) == 0;
}

/* The files of a build whose names carry a hash of what is in them: each face has
** its own folder of them. */
static bool in_assets(Str path)
{
    return str_starts(path, S("/assets/")) || str_starts(path, S("/console/assets/"));
}

static const char *type_of(Str path)
{
    for (size_t i = 0; i < COUNT(types); i++) {
        if (ends_with(path, types[i].end)) return types[i].type;
    }
    return "application/octet-stream";
}

static Str tag_of(Arena *a, Str body)
{
    enum { TAG_BYTES = 16, TAG_LEN = 2 * TAG_BYTES + 2 };
    unsigned char hash[crypto_hash_sha256_BYTES];
    char hex[2 * TAG_BYTES + 1];
    (void)crypto_hash_sha256(hash, (const unsigned char *)body.s, body.n);
    (void)sodium_bin2hex(hex, sizeof hex, hash, TAG_BYTES);
    Out o = { .buf = NEW(a, char, TAG_LEN), .cap = TAG_LEN };
    out_str(&o, S("\""));
    out_str(&o, str_of(hex));
    out_str(&o, S("\""));
    return out_view(&o);
}

static int by_path(const void *a, const void *b)
{
    const File *x = a, *y = b;
    return str_cmp(x->path, y->path);
}

static File *exact(const Files *f, Str path)
{
    File key = { .path = path };
    return bsearch(&key, f->file, f->n, sizeof *f->file, by_path);
}

/* ---- reading the folder ----------------------------------------------------------------- */

/* Why this entry ends the walk; NULL if it does not. */
static const char *take(Files *f, Arena *mem, const FTSENT *e, size_t root_n)
{
    bool good = false;
    size_t need = (size_t)e->fts_statp->st_size + ROOM_A_FILE;
    if (f->n == FILES_MAX || need > arena_left(mem)) return "holds too much";
    File *file = &f->file[f->n++];
    file->path = str_copy(mem, str_of(e->fts_path + root_n));
    file->type = type_of(file->path);
    file->hashed = in_assets(file->path);
    file->body = file_read(mem, e->fts_path, (size_t)e->fts_statp->st_size, &good);
    file->tag = tag_of(mem, file->body);
    return good ? NULL : "cannot be read";
}

/* Links lead out and are not followed; what begins with a dot is not served. */
static const char *walk(Files *f, Arena *mem, FTS *tree, size_t root_n)
{
    const char *wrong = NULL;
    for (FTSENT *e = fts_read(tree); e && !wrong; e = fts_read(tree)) {
        bool hidden = e->fts_level > 0 && e->fts_name[0] == '.';
        bool unread = e->fts_info == FTS_DNR || e->fts_info == FTS_ERR || e->fts_info == FTS_NS;
        if (hidden) (void)fts_set(tree, e, FTS_SKIP);
        else if (e->fts_info == FTS_F) wrong = take(f, mem, e, root_n);
        else if (unread) wrong = "cannot be read";
    }
    return wrong;
}

/* "x.js.br" becomes a form of "x.js". */
static void join_twins(Files *f)
{
    for (size_t i = 0; i < f->n; i++) {
        File *twin = &f->file[i];
        bool br = ends_with(twin->path, ".br");
        if (!br && !ends_with(twin->path, ".gz")) continue;
        File *plain = exact(f, (Str){ twin->path.s, twin->path.n - 3 });
        if (!plain) continue;
        if (br) plain->br = twin->body;
        else plain->gz = twin->body;
    }
}

static bool read_folder(Files *f, Arena *mem, const char *folder)
{
    char root[4096];
    int n = snprintf(root, sizeof root, "%s", folder);
    if (n <= 0 || (size_t)n >= sizeof root) return false;
    while (n > 1 && root[n - 1] == '/') root[--n] = 0;
    char *const roots[] = { root, NULL };
    FTS *tree = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
    const char *wrong = tree ? walk(f, mem, tree, (size_t)n) : "cannot be read";
    if (tree) (void)fts_close(tree);
    if (wrong) {
        (void)fprintf(stderr, "%s: %s\n", folder, wrong);
        return false;
    }
    qsort(f->file, f->n, sizeof *f->file, by_path);
    join_twins(f);
    return true;
}

Files *files_open(const char *folder)
{
    Files *f = calloc(1, sizeof *f);
    BUG_IF(!f);
    f->block = block_open(BYTES_MAX);
    Arena mem = block_arena(&f->block);
    f->file = NEW(&mem, File, FILES_MAX);
    if (!folder) {
        f->file[f->n++] = (File){ .path = S("/index.html"), .type = types[0].type, .body = str_of(own_page),
                                  .tag = tag_of(&mem, str_of(own_page)) };
        return f;
    }
    if (read_folder(f, &mem, folder)) return f;
    files_close(f);
    return NULL;
}

void files_close(Files *f)
{
    block_close(&f->block);
    free(f);
}

/* ---- finding ------------------------------------------------------------------------------ */

/* The index.html of the folder that `path` lies in, or of one above it. */
static const File *index_above(const Files *f, Str path)
{
    enum { PATH_ROOM = 512 };
    char text[PATH_ROOM];
    while (path.n && path.n + sizeof "/index.html" < PATH_ROOM) {
        Out o = { .buf = text, .cap = sizeof text };
        out_str(&o, path);
        out_str(&o, path.s[path.n - 1] == '/' ? S("index.html") : S("/index.html"));
        const File *file = exact(f, out_view(&o));
        if (file || path.n == 1) return file;
        path.n--;
        while (path.n > 1 && path.s[path.n - 1] != '/') path.n--;
        if (path.n > 1) path.n--;
    }
    return NULL;
}

/* A page that a handler writes: it works without a face, and without a script. */
static bool is_handlers(Str path)
{
    return str_eq(path, S("/v")) || str_starts(path, S("/v/"));
}

const File *files_find(const Files *f, Str path)
{
    const File *file = exact(f, path);
    if (file) return file;
    if (str_starts(path, S("/api/")) || in_assets(path) || is_handlers(path)) return NULL;
    Str rest = path, last = path;
    while (rest.n) last = str_cut(&rest, '/');
    bool page = path.s[path.n - 1] == '/' || !str_has(last, S("."));
    if (f->n == 1 && path.n > 1) return NULL; /* our own page is one page */
    return page ? index_above(f, path) : NULL;
}

/* "q=0", "q=0.000": not at all. */
static bool is_refusal(Str q)
{
    if (!str_starts(q, S("q=0"))) return false;
    for (size_t i = 3; i < q.n; i++) {
        if (q.s[i] != '0' && q.s[i] != '.') return false;
    }
    return true;
}

static bool admits(Str accepted, Str coding)
{
    while (accepted.n) {
        Str item = str_cut(&accepted, ',');
        Str word = str_trim(str_cut(&item, ';'));
        if (str_eq(word, coding)) return !is_refusal(str_trim(item));
    }
    return false;
}

Str files_pick(const File *file, Str accepted, Str *coding)
{
    *coding = (Str){ 0 };
    if (file->br.s && admits(accepted, S("br"))) {
        *coding = S("br");
        return file->br;
    }
    if (file->gz.s && admits(accepted, S("gzip"))) {
        *coding = S("gzip");
        return file->gz;
    }
    return file->body;
}
