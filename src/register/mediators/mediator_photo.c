#include "register/mediators/mediator_photo.h"

#include "core/files.h"
#include "core/range.h"
#include "core/tx.h"
#include "register/mediators/mediator_terms.h"
#include "register/mediators/mediators.h"

enum { PHOTO_MAX = 1 << 20 };

typedef struct Photo {
    Str name;
} Photo;

static const Field fields[] = {
    FIELD(Photo, name, .label = "文件名", .en = "name of the file", .rule = REQUIRED, .max = 120),
};
static const Form photo_form = { "MediatorPhoto", sizeof(Photo), fields, COUNT(fields) };

static bool is_picture(const FileType *t)
{
    return t && (str_eq(str_of(t->word), S("jpg")) || str_eq(str_of(t->word), S("png")));
}

/* The file's own bytes say what it is, not its name alone. */
static void put(Ctx *c)
{
    Photo in = { 0 };
    Mediator m = { 0 };
    (void)form_read_query(c, &photo_form, &in);
    const FileType *type = file_type(c, in.name);
    if (ok(c) && !is_picture(type)) fail(c, ERR_BAD_TYPE, in.name);
    if (ok(c) && c->upload.size > PHOTO_MAX) fail(c, ERR_TOO_LARGE, in.name);
    file_keep(c);
    tx_begin(c);
    if (mediator_get(c, arg_id(c, 0), &m)) mediator_need_org(c, m.org_id, m.org_path);
    m.photo = c->upload.sha256;
    mediator_keep(c, &m);
    tag_version(c, m.version);
    reply_row(c, 201, &mediator_form, &m);
    tx_end(c);
}

/* Whoever is on the published roster is seen by anybody, the others by those who keep them. */
static void show(Ctx *c)
{
    Mediator m = { 0 };
    int64_t size = 0;
    bool in_office = mediator_get(c, arg_id(c, 0), &m) && m.published && m.active &&
                     m.appointed_from.day <= c->today.day && m.appointed_to.day >= c->today.day;
    bool keeper = m.org_path.n && c->who.org_path.n && str_starts(m.org_path, c->who.org_path);
    if (!in_office && !keeper) fail(c, ERR_NOT_FOUND, S("photo"));
    if (ok(c) && (m.photo.n == 0 || !file_size(c, m.photo, &size))) fail(c, ERR_NOT_FOUND, S("photo"));
    if (!ok(c)) return;
    c->type = file_is(c, m.photo, "png") ? "image/png" : "image/jpeg";
    reply_file(c, file_path(c, m.photo), size);
}

static const Route routes[] = {
    { .method = "POST", .pattern = "/api/v1/mediators/:id/photo", .who = HEAD | ORG_MANAGER | HR, .run = put,
      .zh = "上传调解员照片", .en = "a mediator's photograph", .query = &photo_form, .out = &mediator_form, .upload = true },
    { .method = "GET", .pattern = "/api/v1/mediators/:id/photo", .who = ANYBODY, .run = show, .zh = "调解员照片",
      .en = "the photograph" },
};

const Slice mediator_photo_slice = { .name = "mediator_photo", .route = routes, .routes = COUNT(routes) };
