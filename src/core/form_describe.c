/*
** A Form about itself: what screens and the API's documentation are made of.
*/
#include "core/ctx.h"

#include <stdio.h>

static const struct KindInfo { const char *word, *type, *format, *pattern; } kinds[] = {
    [KIND_INT]   = { "int",   "integer", NULL },
    [KIND_BOOL]  = { "bool",  "boolean", NULL },
    [KIND_TEXT]  = { "text",  "string",  NULL },
    [KIND_DATE]  = { "date",  "string",  "date" },
    [KIND_TIME]  = { "time",  "string",  "date-time" },
    [KIND_MONEY] = { "money", "string",  NULL, "^-?[0-9]{1,18}$" },
    [KIND_ID]    = { "id",    "string",  NULL, "^[1-9][0-9]{0,18}$" },
    [KIND_LIST]  = { "list",  "array",   NULL },
};

/* ,"name":"value" */
static void put(Out *o, const char *name, const char *value)
{
    out_str(o, S(",\""));
    out_str(o, str_of(name));
    out_str(o, S("\":"));
    out_json(o, str_of(value));
}

static void put_int(Out *o, const char *name, int64_t value)
{
    out_str(o, S(",\""));
    out_str(o, str_of(name));
    out_str(o, S("\":"));
    out_int(o, value);
}

static void put_flag(Out *o, const char *name, bool set)
{
    if (!set) return;
    out_str(o, S(",\""));
    out_str(o, str_of(name));
    out_str(o, S("\":true"));
}

static int64_t longest(const Field *fd)
{
    return fd->max ? fd->max : 200;
}

/* ---- for screens ----------------------------------------------------------------- */

static void describe_codes(Out *o, const Codes *codes)
{
    put(o, "codes", codes->name);
    if (codes->n == 0) return;
    out_str(o, S(",\"options\":["));
    for (size_t i = 0; i < codes->n; i++) {
        out_str(o, i ? S(",{\"value\":") : S("{\"value\":"));
        out_json(o, str_of(codes->row[i].word));
        put(o, "label", codes->row[i].zh);
        put(o, "en", codes->row[i].en);
        out_str(o, S("}"));
    }
    out_str(o, S("]"));
}

static void describe_field(Out *o, const Field *fd)
{
    bool number = fd->kind == KIND_INT || fd->kind == KIND_MONEY;
    out_str(o, S("{\"name\":"));
    out_json(o, str_of(fd->name));
    put(o, "kind", fd->codes ? "code" : kinds[fd->kind].word);
    put(o, "label", fd->label);
    put(o, "en", fd->en);
    if (fd->help) put(o, "help", fd->help);
    if (fd->help) put(o, "help_en", fd->help_en);
    put_flag(o, "required", (fd->rule & REQUIRED) || (fd->kind == KIND_LIST && fd->min > 0));
    put_flag(o, "server_set", fd->rule & SERVER_SET);
    put_flag(o, "prose", fd->rule & PROSE);
    put_flag(o, "many", fd->rule & MANY);
    put_flag(o, "not_future", fd->rule & NOT_FUTURE);
    put_flag(o, "sensitive", fd->mask != MASK_NONE || fd->rule & SEALED);
    if (number || fd->kind == KIND_TEXT || fd->kind == KIND_LIST) put_int(o, "min", fd->min);
    if (fd->kind == KIND_TEXT) put_int(o, "max", longest(fd));
    else if (fd->max) put_int(o, "max", fd->max);
    if (fd->codes) describe_codes(o, fd->codes);
    if (fd->child) {
        out_str(o, S(",\"form\":"));
        form_describe(o, fd->child);
    }
    out_str(o, S("}"));
}

void form_describe(Out *o, const Form *f)
{
    bool first = true;
    out_str(o, S("{\"name\":"));
    out_json(o, str_of(f->name));
    out_str(o, S(",\"fields\":["));
    for (size_t i = 0; i < f->n; i++) {
        if (f->field[i].rule & HIDDEN) continue;
        if (!first) out_str(o, S(","));
        first = false;
        describe_field(o, &f->field[i]);
    }
    out_str(o, S("]}"));
}

/* ---- as JSON schema ---------------------------------------------------------------- */

static void schema_words(Out *o, const Codes *codes)
{
    if (codes->n == 0) return;
    out_str(o, S(",\"enum\":["));
    for (size_t i = 0; i < codes->n; i++) {
        if (i) out_str(o, S(","));
        out_json(o, str_of(codes->row[i].word));
    }
    out_str(o, S("]"));
}

static void schema_text(Out *o, const Field *fd, bool input)
{
    if (fd->rule & MANY) {
        out_str(o, S("\"type\":\"array\",\"items\":{\"type\":\"string\""));
        if (fd->codes) schema_words(o, fd->codes);
        out_str(o, S("}"));
        return;
    }
    out_str(o, S("\"type\":\"string\""));
    if (!input) return;
    if (fd->codes && fd->rule & REQUIRED) schema_words(o, fd->codes);
    if (fd->codes) return;
    if (fd->rule & REQUIRED) put_int(o, "minLength", fd->min > 1 ? fd->min : 1);
    put_int(o, "maxLength", longest(fd));
}

static void schema_range(Out *o, const Field *fd)
{
    put_int(o, "minimum", fd->min);
    if (fd->max) put_int(o, "maximum", fd->max);
}

static void schema_list(Out *o, const Field *fd, bool input)
{
    if (input && fd->min) put_int(o, "minItems", fd->min);
    if (input && fd->max) put_int(o, "maxItems", fd->max);
    out_str(o, S(",\"items\":"));
    form_schema(o, fd->child, input);
}

static void schema_value(Out *o, const Field *fd, bool input)
{
    bool nullable = !input && (fd->kind == KIND_DATE || fd->kind == KIND_TIME || fd->kind == KIND_ID);
    if (fd->kind == KIND_TEXT) {
        schema_text(o, fd, input);
        return;
    }
    out_str(o, nullable ? S("\"type\":[\"string\",\"null\"]") : S("\"type\":"));
    if (!nullable) out_json(o, str_of(kinds[fd->kind].type));
    if (kinds[fd->kind].format) put(o, "format", kinds[fd->kind].format);
    if (kinds[fd->kind].pattern) put(o, "pattern", kinds[fd->kind].pattern);
    if (fd->kind == KIND_INT && input) schema_range(o, fd);
    if (fd->kind == KIND_LIST) schema_list(o, fd, input);
}

void field_query_schema(Out *o, const Field *fd)
{
    out_str(o, S("{"));
    schema_value(o, fd, true);
    if (fd->codes && !(fd->rule & (MANY | REQUIRED))) schema_words(o, fd->codes);
    out_str(o, S("}"));
}

static bool in_schema(const Field *fd, bool input)
{
    return !(fd->rule & HIDDEN) && !(input && fd->rule & SERVER_SET);
}

static bool needed(const Field *fd)
{
    return (fd->rule & REQUIRED) || (fd->kind == KIND_LIST && fd->min > 0);
}

/* "登录名（小写字母……）: 3 to 32 small letters …" */
static void describe_schema(Out *o, const Field *fd)
{
    char text[600];
    if (fd->help) (void)snprintf(text, sizeof text, "%s（%s）: %s", fd->label, fd->help, fd->help_en);
    put(o, "description", fd->help ? text : fd->label);
}

void form_schema(Out *o, const Form *f, bool input)
{
    bool first = true;
    out_str(o, S("{\"type\":\"object\",\"additionalProperties\":false,\"properties\":{"));
    for (size_t i = 0; i < f->n; i++) {
        const Field *fd = &f->field[i];
        if (!in_schema(fd, input)) continue;
        if (!first) out_str(o, S(","));
        first = false;
        out_json(o, str_of(fd->name));
        out_str(o, S(":{"));
        schema_value(o, fd, input);
        describe_schema(o, fd);
        out_str(o, S("}"));
    }
    out_str(o, S("},\"required\":["));
    first = true;
    for (size_t i = 0; i < f->n; i++) {
        const Field *fd = &f->field[i];
        if (!in_schema(fd, input) || (input && !needed(fd))) continue;
        if (!first) out_str(o, S(","));
        first = false;
        out_json(o, str_of(fd->name));
    }
    out_str(o, S("]}"));
}
