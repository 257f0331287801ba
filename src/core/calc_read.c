#include "core/calc_read.h"

#include "law/calc_default.h"

#include <string.h>

static const struct Message { const char *code; Phrase text; } messages[] = {
    { "unknown", { "没有这个字段", "there is no such field" } },
    { "type", { "类型不符", "the value has the wrong type" } },
    { "range", { "超出允许范围", "the value is out of range" } },
    { "required", { "缺少必填项", "a required field is missing" } },
    { "not_code", { "没有这个行政区划代码", "there is no such division code" } },
    { "json", { "不是有效的 JSON 对象", "not a valid JSON object" } },
};

Str read_message(const Reading *r, const char *code)
{
    for (size_t i = 0; i < COUNT(messages); i++) {
        if (strcmp(messages[i].code, code) == 0)
            return str_of(r->english ? messages[i].text.en : messages[i].text.zh);
    }
    return (Str){ 0 };
}

void read_error(Reading *r, Str field, const char *code, Str message)
{
    if (r->errors == READ_ERRORS) return;
    r->error[r->errors++] = (ReadError){ str_copy(r->mem, field), code, message };
}

static void bad(Reading *r, Str field, const char *code)
{
    read_error(r, field, code, read_message(r, code));
}

static Str text_of(const json_t *value)
{
    return (Str){ json_string_value(value), json_string_length(value) };
}

/* Fen and counts, as a string or a JSON integer. */
static bool whole_value(const json_t *value, int64_t *v)
{
    if (json_is_integer(value)) {
        *v = json_integer_value(value);
        return true;
    }
    return json_is_string(value) && str_int(text_of(value), v);
}

/* 12, 7.5 or "7.5", in 1/FIGURE_SCALE.  A JSON real is read from its digits. */
static bool number_value(const json_t *value, int64_t *v)
{
    char digits[64];
    if (json_is_string(value)) return decimal_read(text_of(value), v);
    if (json_is_integer(value)) {
        *v = json_integer_value(value);
        if (*v > INT64_MAX / FIGURE_SCALE || *v < -INT64_MAX / FIGURE_SCALE) return false;
        *v *= FIGURE_SCALE;
        return true;
    }
    if (!json_is_real(value)) return false;
    size_t n = json_dumpb(value, digits, sizeof digits, JSON_ENCODE_ANY | JSON_REAL_PRECISION(12));
    if (n == 0 || n > sizeof digits) return false;
    Str text = { digits, n };
    if (n > 2 && memcmp(digits + n - 2, ".0", 2) == 0) text.n -= 2;
    return decimal_read(text, v);
}

static bool date_value(const json_t *value, int64_t *v)
{
    if (json_is_string(value)) *v = date_parse(text_of(value)).day;
    return json_is_string(value) && *v != 0;
}

static bool clock_value(const json_t *value, int64_t *v)
{
    Str text = text_of(value);
    int64_t hour = 0, minute = 0;
    if (text.n != 5 || text.s[2] != ':') return false;
    if (!str_int((Str){ text.s, 2 }, &hour) || !str_int((Str){ text.s + 3, 2 }, &minute)) return false;
    *v = hour * 60 + minute;
    return hour >= 0 && hour < 24 && minute >= 0 && minute < 60;
}

/* A line of words: it is printed beside its sum. */
static bool text_value(const json_t *value, int64_t *v)
{
    Str text = text_of(value);
    *v = (int64_t)text.n;
    for (size_t i = 0; i < text.n; i++) {
        if ((unsigned char)text.s[i] < ' ' || text.s[i] == 0x7F) return false;
    }
    return json_is_string(value);
}

/* The type alone; `codes` and ranges come after. */
static bool typed_value(const CalcField *field, const json_t *value, int64_t *v)
{
    switch (field->kind) {
    case FACT_MONEY:
    case FACT_INT: return whole_value(value, v);
    case FACT_NUMBER: return number_value(value, v);
    case FACT_DATE: return date_value(value, v);
    case FACT_BOOL: *v = json_is_true(value); return json_is_boolean(value);
    case FACT_CODE: *v = calc_code(field->codes, text_of(value)); return json_is_string(value);
    case FACT_TEXT: return text_value(value, v);
    case FACT_CLOCK: return json_is_string(value) && clock_value(value, v);
    case FACT_LIST: *v = (int64_t)json_array_size(value); return json_is_array(value);
    default: return false;
    }
}

static bool in_range(const CalcField *field, int64_t v)
{
    int64_t unit = field->kind == FACT_NUMBER ? FIGURE_SCALE : 1;
    if (field->kind == FACT_DATE)
        return v >= date_parse(S(CALC_FIRST_DAY)).day && v <= date_parse(S(CALC_LAST_DAY)).day;
    if (field->kind == FACT_CODE) return v >= 0;
    return v >= field->min * unit && v <= field->max * unit;
}

/* From what to what: codes, days, numbers, or a length. */
static void say_limits(Out *o, const Reading *r, const CalcField *field)
{
    static const Phrase before[FACT__COUNT] = { [FACT_TEXT] = { "长度 ", "length " },
                                                [FACT_LIST] = { "项数 ", "rows " } };
    Phrase head = before[field->kind];
    bool days = field->kind == FACT_DATE;
    if (field->kind == FACT_CODE) out_str(o, str_of(field->codes));
    if (field->kind == FACT_CODE || field->kind == FACT_CLOCK) return;
    if (head.zh) out_str(o, str_of(r->english ? head.en : head.zh));
    if (days) out_str(o, S(CALC_FIRST_DAY));
    else out_int(o, field->min);
    out_str(o, r->english ? S(" to ") : S(" 至 "));
    if (days) out_str(o, S(CALC_LAST_DAY));
    else out_int(o, field->max);
    if (field->kind == FACT_MONEY) out_str(o, r->english ? S(" fen") : S("（分）"));
}

/* What is wrong with a value, and what would be right. */
static void bad_value(Reading *r, const CalcField *field, Str name, const char *code)
{
    enum { ROOM = 400 };
    Out o = { .buf = NEW(r->mem, char, ROOM), .cap = ROOM };
    bool type = strcmp(code, "type") == 0;
    out_str(&o, read_message(r, code));
    out_str(&o, r->english ? S(": ") : S("："));
    if (type) out_str(&o, calc_kind_help(field->kind, r->english));
    else say_limits(&o, r, field);
    read_error(r, name, code, out_view(&o));
}

bool read_value(Reading *r, const CalcField *field, Str name, const json_t *value, int64_t *v)
{
    *v = 0;
    const char *code = !typed_value(field, value, v) ? "type" : !in_range(field, *v) ? "range" : NULL;
    if (code) bad_value(r, field, name, code);
    return !code;
}

/* --- lists --- */

/* A key may be as long as the body: its beginning will do. */
static Str shown_key(const char *key)
{
    enum { SHOWN = 80 };
    return str_first(str_of(key), SHOWN);
}

void read_unknown(Reading *r, const char *key)
{
    bad(r, shown_key(key), "unknown");
}

Str read_name(ReadName *n, const char *list, size_t row, const char *column)
{
    Out o = { .buf = n->text, .cap = sizeof n->text };
    out_str(&o, str_of(list));
    out_str(&o, S("["));
    out_int(&o, (int64_t)row);
    out_str(&o, S("]"));
    if (column) out_str(&o, S("."));
    if (column) out_str(&o, shown_key(column));
    return out_view(&o);
}

static bool column_find(const CalcColumns *columns, const char *key, ColumnId *id)
{
    for (size_t i = 0; i < columns->n; i++) {
        *id = columns->column[i];
        if (strcmp(calc_columns[*id].name, key) == 0) return true;
    }
    return false;
}

static void read_row(Reading *r, const CalcColumns *columns, json_t *object, size_t at, CalcRow *row)
{
    const char *list = calc_fields[columns->list].name, *key;
    json_t *value;
    ReadName room;
    if (!json_is_object(object)) {
        bad(r, read_name(&room, list, at, NULL), "type");
        return;
    }
    for (void *it = json_object_iter(object); it;
         it = json_object_iter_next(object, it)) {
        ColumnId id;
        key = json_object_iter_key(it);
        value = json_object_iter_value(it);
        Str name = read_name(&room, list, at, key);
        if (!column_find(columns, key, &id)) bad(r, name, "unknown");
        else row->given[id] = read_value(r, &calc_columns[id], name, value, &row->v[id]) || row->given[id];
        if (json_is_string(value) && column_find(columns, key, &id) && calc_columns[id].kind == FACT_TEXT) {
            row->text = str_copy(r->mem, text_of(value));
        }
    }
    for (size_t i = 0; i < columns->required; i++) {
        const char *column = calc_columns[columns->column[i]].name;
        if (!json_object_get(object, column)) bad(r, read_name(&room, list, at, column), "required");
    }
}

static void read_list(Reading *r, FieldId id, json_t *array, Facts *facts)
{
    CalcList *list = facts_list(facts, id);
    size_t n = json_array_size(array);
    *list = (CalcList){ NEW(r->mem, CalcRow, n), n };
    for (size_t i = 0; i < n; i++) {
        read_row(r, calc_columns_of(id), json_array_get(array, i), i, &list->row[i]);
    }
}

/* --- the whole --- */

static void check_region(Reading *r, const CalcField *field, Str region)
{
    Str name = str_of(field->name);
    bool good = str_is_digits(region) && region.n >= 2;
    if (!good) bad_value(r, field, name, "range");
    else if (r->places && !region_known(r->places, region_short(region))) bad(r, name, "not_code");
}

static void read_field(Reading *r, FieldId id, json_t *value, Facts *facts)
{
    const CalcField *field = &calc_fields[id];
    Str name = str_of(field->name);
    if (!read_value(r, field, name, value, &facts->v[id])) return;
    facts->given[id] = true;
    if (id == F_REGION) facts->region = str_copy(r->mem, text_of(value));
    if (id == F_REGION) check_region(r, field, facts->region);
    if (field->kind == FACT_LIST) read_list(r, id, value, facts);
}

static bool use_find(const Calc *calc, const char *key, FieldId *id)
{
    for (size_t i = 0; i < calc->uses; i++) {
        *id = calc->use[i].field;
        if (strcmp(calc_fields[*id].name, key) == 0) return true;
    }
    return false;
}

void read_facts(Reading *r, const Calc *calc, json_t *object, Facts *facts)
{
    for (void *it = json_object_iter(object); it; it = json_object_iter_next(object, it)) {
        FieldId id;
        const char *key = json_object_iter_key(it);
        if (use_find(calc, key, &id)) read_field(r, id, json_object_iter_value(it), facts);
        else read_unknown(r, key);
    }
    for (size_t i = 0; i < calc->uses; i++) {
        const CalcUse *use = &calc->use[i];
        const char *name = calc_fields[use->field].name;
        if (use->required && !json_object_get(object, name)) bad(r, str_of(name), "required");
    }
}

/* Why a text is no JSON object, and where. */
static void bad_json(Reading *r, const json_error_t *error)
{
    static const struct Cause { enum json_error_code code; Phrase text; } causes[] = {
        { json_error_duplicate_key, { "同一字段重复出现", "a field is given twice" } },
        { json_error_premature_end_of_input, { "内容为空或者不完整", "it is empty or breaks off" } },
        { json_error_numeric_overflow, { "数字太大", "a number is too large" } },
        { json_error_invalid_utf8, { "不是 UTF-8 文本", "it is not UTF-8" } },
        { json_error_end_of_input_expected, { "对象之后还有内容", "something follows the object" } },
    };
    enum { ROOM = 200 };
    Out o = { .buf = NEW(r->mem, char, ROOM), .cap = ROOM };
    out_str(&o, read_message(r, "json"));
    for (size_t i = 0; i < COUNT(causes); i++) {
        if (causes[i].code != json_error_code(error)) continue;
        out_str(&o, r->english ? S(": ") : S("："));
        out_str(&o, str_of(r->english ? causes[i].text.en : causes[i].text.zh));
    }
    out_str(&o, r->english ? S(" (line ") : S("（第"));
    out_int(&o, error->line);
    out_str(&o, r->english ? S(", column ") : S("行第"));
    out_int(&o, error->column);
    out_str(&o, r->english ? S(")") : S("列）"));
    read_error(r, (Str){ 0 }, "json", out_view(&o));
}

/* What some editors put before a text. */
static Str without_mark(Str text)
{
    static const char mark[] = "\xEF\xBB\xBF";
    bool marked = str_starts(text, str_of(mark));
    return marked ? (Str){ text.s + 3, text.n - 3 } : text;
}

json_t *read_object(Reading *r, Str text)
{
    json_error_t error;
    text = without_mark(text);
    json_t *object = json_loadb(text.s ? text.s : "", text.n, JSON_REJECT_DUPLICATES, &error);
    if (json_is_object(object)) return object;
    if (object) bad(r, (Str){ 0 }, "json");
    else bad_json(r, &error);
    json_decref(object);
    return NULL;
}

void write_errors(Out *o, const ReadError *error, size_t n)
{
    out_str(o, S("{\"error\":\"invalid\",\"errors\":["));
    for (size_t i = 0; i < n; i++) {
        out_str(o, i ? S(",{\"field\":") : S("{\"field\":"));
        out_json(o, error[i].field);
        out_str(o, S(",\"code\":"));
        out_json(o, str_of(error[i].code));
        out_str(o, S(",\"message\":"));
        out_json(o, error[i].message);
        out_str(o, S("}"));
    }
    out_str(o, S("]}\n"));
}
