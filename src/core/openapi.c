#include "core/openapi.h"

#include "core/house.h"

/* ---- small words of JSON ------------------------------------------------------------- */

static void key(Out *o, const char *name)
{
    out_json(o, str_of(name));
    out_str(o, S(":"));
}

static void member(Out *o, const char *name, Str value)
{
    out_str(o, S(","));
    key(o, name);
    out_json(o, value);
}

/* ---- one route --------------------------------------------------------------------------- */

/* "/api/v1/cases/:id" as "/api/v1/cases/{id}". */
static void write_path(Out *o, Str pattern)
{
    out_str(o, S("\""));
    while (pattern.n) {
        Str part = str_cut(&pattern, '/');
        bool name = part.n && part.s[0] == ':';
        out_str(o, name ? S("{") : (Str){ 0 });
        out_str(o, name ? (Str){ part.s + 1, part.n - 1 } : part);
        out_str(o, name ? S("}") : (Str){ 0 });
        if (pattern.s) out_str(o, S("/"));
    }
    out_str(o, S("\""));
}

static void write_roles(Out *o, uint32_t who)
{
    bool first = true;
    out_str(o, S(",\"x-roles\":["));
    if (who & ANYBODY) {
        out_str(o, S("\"anybody\""));
        first = false;
    }
    for (unsigned r = 1; r < ROLE__COUNT; r++) {
        if (!(who & role_bit((Role)r))) continue;
        if (!first) out_str(o, S(","));
        first = false;
        out_json(o, str_of(role_word((Role)r)));
    }
    out_str(o, S("]"));
}

static void path_parameter(Out *o, Str name, bool *first)
{
    if (!*first) out_str(o, S(","));
    *first = false;
    out_str(o, S("{\"in\":\"path\",\"required\":true,\"name\":"));
    out_json(o, name);
    out_str(o, S(",\"schema\":{\"type\":\"string\"}}"));
}

static void query_parameter(Out *o, const Field *fd, bool *first)
{
    if (fd->rule & (HIDDEN | SERVER_SET)) return;
    if (!*first) out_str(o, S(","));
    *first = false;
    out_str(o, S("{\"in\":\"query\",\"name\":"));
    out_json(o, str_of(fd->name));
    if (fd->rule & REQUIRED) out_str(o, S(",\"required\":true"));
    if (fd->rule & MANY) out_str(o, S(",\"style\":\"form\",\"explode\":false"));
    out_str(o, S(",\"schema\":"));
    field_query_schema(o, fd);
    member(o, "description", str_of(fd->label));
    out_str(o, S("}"));
}

static void header_parameter(Out *o, const char *name, const char *what, bool *first)
{
    if (!*first) out_str(o, S(","));
    *first = false;
    out_str(o, S("{\"in\":\"header\",\"name\":"));
    out_json(o, str_of(name));
    out_str(o, S(",\"schema\":{\"type\":\"string\"}"));
    member(o, "description", str_of(what));
    out_str(o, S("}"));
}

static void write_parameters(Out *o, const Route *r)
{
    bool first = true;
    Str pattern = str_of(r->pattern);
    out_str(o, S(",\"parameters\":["));
    while (pattern.n) {
        Str part = str_cut(&pattern, '/');
        if (part.n && part.s[0] == ':') path_parameter(o, (Str){ part.s + 1, part.n - 1 }, &first);
    }
    for (size_t i = 0; r->query && i < r->query->n; i++) query_parameter(o, &r->query->field[i], &first);
    if (!str_eq(str_of(r->method), S("GET"))) {
        header_parameter(o, "Idempotency-Key", "a repeated key gets the first answer again", &first);
    }
    if (str_eq(str_of(r->method), S("PATCH")) || str_eq(str_of(r->method), S("PUT"))) {
        header_parameter(o, "If-Match", "the version that was seen, from ETag", &first);
    }
    out_str(o, S("]"));
}

static void write_body(Out *o, const Route *r)
{
    if (r->upload) {
        out_str(o, S(",\"requestBody\":{\"required\":true,\"content\":{\"application/octet-stream\":{}}}"));
    } else if (r->object) {
        out_str(o, S(",\"requestBody\":{\"required\":true,\"content\":{\"application/json\":{\"schema\":"
                     "{\"type\":\"object\"}}}}"));
    } else if (r->in) {
        out_str(o, S(",\"requestBody\":{\"required\":true,\"content\":{\"application/json\":{\"schema\":"));
        form_schema(o, r->in, true);
        out_str(o, S("}}}"));
    }
}

static void write_answers(Out *o, const Route *r)
{
    out_str(o, S(",\"responses\":{\"2XX\":{\"description\":\"成功 done\""));
    if (r->out) {
        out_str(o, S(",\"content\":{\"application/json\":{\"schema\":"));
        if (r->list) out_str(o, S("{\"type\":\"object\",\"properties\":{\"items\":{\"type\":\"array\","
                                  "\"items\":"));
        form_schema(o, r->out, false);
        if (r->list) {
            out_str(o, S("},\"next\":{\"type\":\"string\"}},\"required\":[\"items\",\"next\"]}"));
        }
        out_str(o, S("}}"));
    } else if (r->follow) {
        out_str(o, S(",\"content\":{\"text/event-stream\":{}}"));
    }
    out_str(o, S("},\"default\":{\"$ref\":\"#/components/responses/Problem\"}}"));
}

static void write_route(Out *o, const Route *r)
{
    static const struct Verb { const char *word, *key; } verbs[] = {
        { "GET", "get" }, { "POST", "post" }, { "PUT", "put" }, { "PATCH", "patch" }, { "DELETE", "delete" },
    };
    for (size_t i = 0; i < COUNT(verbs); i++) {
        if (str_eq(str_of(verbs[i].word), str_of(r->method))) key(o, verbs[i].key);
    }
    out_str(o, S("{"));
    key(o, "summary");
    out_json(o, str_of(r->zh));
    member(o, "description", str_of(r->en));
    write_roles(o, r->who);
    if (r->fires != EV__NONE) member(o, "x-event", str_of(event_word(r->fires)));
    write_parameters(o, r);
    write_body(o, r);
    write_answers(o, r);
    if (r->who & ANYBODY) out_str(o, S(",\"security\":[]"));
    out_str(o, S("}"));
}

/* ---- the document ------------------------------------------------------------------------------ */

static const char head[] =
    "{\"openapi\":\"3.1.0\",\"info\":{\"title\":\"调解 tiaojie\",\"version\":\"1\","
    "\"description\":\"劳动人事争议多元调解平台。金额为分（整数字符串），日期为 yyyy-mm-dd，编号为字符串。"
    " Money is fen as a string of digits, dates are yyyy-mm-dd, ids are strings.\","
    "\"license\":{\"name\":\"Apache-2.0\",\"identifier\":\"Apache-2.0\"}},"
    "\"servers\":[{\"url\":\"/\"}],\"security\":[{\"cookie\":[]},{\"bearer\":[]}],\"paths\":{";

static const char tail[] =
    "},\"components\":{\"securitySchemes\":{\"cookie\":{\"type\":\"apiKey\",\"in\":\"cookie\",\"name\":\"tj\"},"
    "\"bearer\":{\"type\":\"http\",\"scheme\":\"bearer\"}},\"responses\":{\"Problem\":{\"description\":"
    "\"未办理，并说明原因 refused, and why (RFC 9457)\",\"content\":{\"application/problem+json\":{\"schema\":"
    "{\"$ref\":\"#/components/schemas/Problem\"}}}}},\"schemas\":{\"Problem\":{\"type\":\"object\",\"properties\":{"
    "\"type\":{\"type\":\"string\"},\"status\":{\"type\":\"integer\"},\"code\":{\"type\":\"string\"},"
    "\"title\":{\"type\":\"string\"},\"title_en\":{\"type\":\"string\"},\"detail\":{\"type\":\"string\"},"
    "\"errors\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{\"field\":{\"type\":\"string\"},"
    "\"code\":{\"type\":\"string\"},\"message\":{\"type\":\"string\"},\"message_en\":{\"type\":\"string\"},"
    "\"detail\":{\"type\":\"string\"},\"detail_en\":{\"type\":\"string\"}},"
    "\"required\":[\"field\",\"code\",\"message\",\"message_en\"]}}},"
    "\"required\":[\"type\",\"status\",\"code\",\"title\",\"title_en\",\"detail\"]}}}}\n";

/* Is this the first route, in the order of the slices, with its pattern?  A page for
** people is no part of the interface. */
static bool is_first(const Slice *const *slices, const Route *r)
{
    if (!str_starts(str_of(r->pattern), S("/api/"))) return false;
    for (const Slice *const *s = slices; *s; s++) {
        for (size_t i = 0; i < (*s)->routes; i++) {
            const Route *other = &(*s)->route[i];
            if (str_eq(str_of(other->pattern), str_of(r->pattern))) return other == r;
        }
    }
    return false;
}

/* All methods of one pattern, which may be spread over slices. */
static void write_pattern(Out *o, const Slice *const *slices, Str pattern)
{
    bool first = true;
    write_path(o, pattern);
    out_str(o, S(":{"));
    for (const Slice *const *s = slices; *s; s++) {
        for (size_t i = 0; i < (*s)->routes; i++) {
            const Route *r = &(*s)->route[i];
            if (!str_eq(str_of(r->pattern), pattern)) continue;
            if (!first) out_str(o, S(",\n"));
            first = false;
            write_route(o, r);
        }
    }
    out_str(o, S("}"));
}

void openapi_write(Out *o, const Slice *const *slices)
{
    bool first = true;
    out_str(o, str_of(head));
    for (const Slice *const *s = slices; *s; s++) {
        for (size_t i = 0; i < (*s)->routes; i++) { // NOLINT(clang-analyzer-core.NullDereference): *s is true
            const Route *r = &(*s)->route[i];
            if (!is_first(slices, r)) continue;
            out_str(o, first ? S("\n") : S(",\n"));
            first = false;
            write_pattern(o, slices, str_of(r->pattern));
        }
    }
    out_str(o, str_of(tail));
}

/* ---- served ---------------------------------------------------------------------------------------- */

static const Form *form_of(const Route *r, size_t i)
{
    return i == 0 ? r->in : i == 1 ? r->query : r->out;
}

/* The form itself or the form of one of its lists; NULL: neither has the name. */
static const Form *form_named(const Form *f, Str name)
{
    if (!f || str_eq(str_of(f->name), name)) return f;
    for (size_t i = 0; i < f->n; i++) {
        const Form *child = f->field[i].child;
        if (child && str_eq(str_of(child->name), name)) return child;
    }
    return NULL;
}

static void show_form(Ctx *c)
{
    for (const Slice *const *s = c->house->slices; *s; s++) {
        for (size_t i = 0; i < 3 * (*s)->routes; i++) {
            const Form *f = form_named(form_of(&(*s)->route[i / 3], i % 3), c->arg[0]);
            if (!f) continue;
            c->status = 200;
            form_describe(&c->out, f);
            return;
        }
    }
    fail(c, ERR_NOT_FOUND, c->arg[0]);
}

static void list_forms(Ctx *c)
{
    bool first = true;
    c->status = 200;
    out_str(&c->out, S("{\"items\":["));
    for (const Slice *const *s = c->house->slices; *s; s++) {
        for (size_t i = 0; i < (*s)->routes; i++) {
            const Route *r = &(*s)->route[i];
            if (!r->in) continue;
            out_str(&c->out, first ? S("{\"form\":") : S(",{\"form\":"));
            first = false;
            out_json(&c->out, str_of(r->in->name));
            member(&c->out, "method", str_of(r->method));
            member(&c->out, "path", str_of(r->pattern));
            member(&c->out, "label", str_of(r->zh));
            out_str(&c->out, S("}"));
        }
    }
    out_str(&c->out, S("]}"));
}

static void show_document(Ctx *c)
{
    c->status = 200;
    openapi_write(&c->out, c->house->slices);
}

static const Route routes[] = {
    { "GET", "/api/v1/forms", ANYBODY, list_forms, "表单目录", "the forms" },
    { "GET", "/api/v1/forms/:name", ANYBODY, show_form, "表单说明", "a form, for its screen" },
    { "GET", "/api/v1/openapi.json", ANYBODY, show_document, "接口文档", "this document" },
};

const Slice openapi_slice = { .name = "openapi", .route = routes, .routes = COUNT(routes) };
