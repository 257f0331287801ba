/*
** A volume for whoever has no server: the PDF, the files as they were given in,
** the sealed rows, and a manifest with the digests of all.  tools/volume-check
** verifies it.
*/
#include "case/7-archive/volume.h"
#include "case/canon.h"
#include "case/evidence.h"
#include "case/made.h"

#include "core/audit.h"
#include "core/crypto.h"
#include "core/digest.h"
#include "core/files.h"

#include <zip.h>

enum { ROWS_ROOM = 12 << 20, MANIFEST_ROOM = 2 << 20, NAME = 300 };
static const char read_me[] =
    "本压缩包是一册归档的调解案卷。volume.pdf 为装订成册的卷宗，files/ 为原始电子文件，records.jsonl 为封存的记录，\n"
    "manifest.json 列出各文件的 SHA-256 和 SM3 摘要、封存摘要和审计链末端。\n"
    "核验：python3 volume-check 本文件.zip\n\n"
    "An archived mediation file: volume.pdf is the bound volume, files/ the files as they were given in, records.jsonl\n"
    "the sealed rows; manifest.json has the digests of all, the seal and the head of the audit record.\n"
    "To verify: python3 volume-check THIS.zip\n";

typedef struct Packer {
    Ctx   *c;
    zip_t *zip;
    Out    list; /* of the manifest */
    const char *why; /* it cannot be packed; NULL: it can */
} Packer;

static void put(Out *o, const char *name, Str value)
{
    out_json(o, str_of(name));
    out_str(o, S(":"));
    out_json(o, value);
}

static void put_int(Out *o, const char *name, int64_t v)
{
    out_json(o, str_of(name));
    out_str(o, S(":"));
    out_int(o, v);
}

static void list_file(Packer *p, Str name, Str label, const Digests *d)
{
    Out *o = &p->list;
    out_str(o, o->len ? S(",\n  {") : S("\n  {"));
    put(o, "path", name);
    out_str(o, S(","));
    put(o, "label", label);
    out_str(o, S(","));
    put_int(o, "size", d->size);
    out_str(o, S(","));
    put(o, "sha256", d->sha256);
    out_str(o, S(","));
    put(o, "sm3", d->sm3);
    out_str(o, S("}"));
}

/* The same bytes whenever it is made: every entry has the time of the format's beginning. */
static void add_source(Packer *p, Str name, zip_source_t *source)
{
    zip_int64_t at = source ? zip_file_add(p->zip, str_c(p->c->mem, name), source, ZIP_FL_ENC_UTF_8) : -1;
    if (source && at < 0) zip_source_free(source);
    bool good = at >= 0 && zip_file_set_dostime(p->zip, (zip_uint64_t)at, 0, 33, 0) == 0;
    if (!good) p->why = "the ZIP cannot be written";
}

static void add_text(Packer *p, Str name, Str text)
{
    add_source(p, name, zip_source_buffer(p->zip, text.s, text.n, 0));
}

/* A file of the store: as it came, or the manifest would vouch for what it is not. */
static void add_stored(Packer *p, Str name, Str label, Str sha256)
{
    Digests d;
    const char *path = str_c(p->c->mem, file_path(p->c, sha256));
    bool there = digests_of(p->c->mem, path, &d);
    if (!there) p->why = "a file of the volume is not there";
    else if (!str_eq(d.sha256, sha256)) p->why = "a file of the volume was changed";
    if (p->why) return;
    list_file(p, name, label, &d);
    add_source(p, name, zip_source_file(p->zip, path, 0, -1));
}

static void add_listed(Packer *p, Str name, Str label, Str text)
{
    Digests d = { .size = (int64_t)text.n, .sha256 = sha256_hex(p->c->mem, text),
                  .sm3 = sm3_hex(p->c->mem, text) };
    list_file(p, name, label, &d);
    add_text(p, name, text);
}

/* "files/03-d1b2….pdf": a name a stranger chose never becomes a path. */
static Str name_of(Packer *p, int64_t n, Str sha256, Str type)
{
    Out o = { .buf = NEW(p->c->mem, char, NAME), .cap = NAME };
    out_str(&o, S("files/"));
    out_pad(&o, n, 3);
    out_str(&o, S("-"));
    out_str(&o, (Str){ sha256.s, 16 });
    out_str(&o, S("."));
    out_str(&o, type);
    return out_view(&o);
}

static void add_files(Packer *p, const Case *k)
{
    int64_t n = 0;
    Rows files = evidence_of(p->c, k->id), papers = made_of(p->c, k->id);
    for (size_t i = 0; i < files.n; i++) {
        const Evidence *e = (const Evidence *)files.at + i;
        add_stored(p, name_of(p, ++n, e->sha256, e->type), e->title.n ? e->title : e->name, e->sha256);
    }
    for (size_t i = 0; i < papers.n; i++) {
        const Made *m = (const Made *)papers.at + i;
        bool pdf = m->file.n > 0;
        if (str_eq(m->volume, S("sub"))) continue;
        Str file = pdf ? m->file : m->docx;
        add_stored(p, name_of(p, ++n, file, pdf ? S("pdf") : S("docx")), m->label, file);
    }
}

static void put_seal(Out *o, const Seal *s, bool sub)
{
    out_str(o, S(",\n \"seal\":{"));
    put(o, "archive_no", s->no);
    out_str(o, S(","));
    put(o, "digest", sub ? s->sub : s->seal);
    out_str(o, S(",\"at\":\""));
    out_time(o, s->at);
    out_str(o, S("\"}"));
}

static void put_head(Ctx *c, Out *o)
{
    AuditHead head;
    if (!audit_head(c, &head)) return;
    out_str(o, S(",\n \"audit\":{"));
    put_int(o, "seal", head.number);
    out_str(o, S(","));
    put(o, "hash", head.hash);
    out_str(o, S(",\"at\":\""));
    out_time(o, (Time){ head.at_ms / 1000 });
    out_str(o, S("\"}"));
}

static Str manifest(Packer *p, const Case *k, const Volume *v, const Seal *s)
{
    Out o = { .buf = NEW(p->c->mem, char, MANIFEST_ROOM), .cap = MANIFEST_ROOM };
    out_str(&o, S("{\"format\":\"tiaojie-volume-1\","));
    put(&o, "case_no", k->no);
    out_str(&o, S(","));
    put(&o, "volume", v->kind);
    out_str(&o, S(","));
    put(&o, "verify", v->verify);
    out_str(&o, S(","));
    put_int(&o, "pages", v->pages);
    put_seal(&o, s, str_eq(v->kind, S("sub")));
    put_head(p->c, &o);
    out_str(&o, S(",\n \"files\":["));
    out_str(&o, out_view(&p->list));
    out_str(&o, S("\n ]}\n"));
    BUG_IF(o.full);
    return out_view(&o);
}

static void pack(Packer *p, const Case *k, const Volume *v)
{
    Ctx *c = p->c;
    Seal last = { 0 }, fresh = { 0 };
    bool sub = str_eq(v->kind, S("sub"));
    Out rows = { .buf = NEW(c->mem, char, ROWS_ROOM), .cap = ROWS_ROOM };
    Out subs = { .buf = NEW(c->mem, char, ROWS_ROOM), .cap = ROWS_ROOM };
    p->list = (Out){ .buf = NEW(c->mem, char, MANIFEST_ROOM / 2), .cap = MANIFEST_ROOM / 2 };
    if (!seal_last(c, k->id, &last)) fail(c, ERR_NOT_FOUND, S("seal"));
    fresh.edition = last.edition;
    seal_rows(c, k, &fresh, &rows, &subs);
    if (rows.full || subs.full) p->why = "its rows are too many";
    if (p->why || !ok(c)) return;
    add_listed(p, S("README.txt"), S("说明"), str_of(read_me));
    add_stored(p, S("volume.pdf"), sub ? S("副卷") : S("正卷"), v->sha256);
    add_listed(p, S("records.jsonl"), S("封存的记录"), out_view(sub ? &subs : &rows));
    if (!sub) add_files(p, k);
    add_text(p, S("manifest.json"), manifest(p, k, v, &last));
}

bool volume_zip(Ctx *c, const Case *k, const Volume *pdf, const char *path, const char **why)
{
    int error = 0;
    Packer p = { .c = c, .zip = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, &error) };
    *why = "the ZIP cannot be written";
    if (!p.zip) return false;
    pack(&p, k, pdf);
    if (p.why || !ok(c)) {
        if (p.why) *why = p.why;
        zip_discard(p.zip);
        return false;
    }
    if (zip_close(p.zip) == 0) return true;
    zip_discard(p.zip);
    return false;
}
