/* The data files of identity.h, and the masks for lists. */
#include "law/identity.h"

#include "base/csv.h"

#include <stdlib.h>
#include <string.h>

enum { REGIONS_CAP = 9216, REGION_DIGITS = 6, SHOWN_HEAD = 6, SHOWN_TAIL = 4 };

/* By code; the row in force first. */
static int by_code(const void *a, const void *b)
{
    int32_t p = *(const int32_t *)a, q = *(const int32_t *)b;
    int32_t x = abs(p), y = abs(q);
    return x != y ? (x > y) - (x < y) : (q > p) - (q < p);
}

/* One entry a code: a code that came into use again is in force. */
static void keep_first(Regions *r)
{
    size_t kept = 0;
    qsort(r->code, r->n, sizeof *r->code, by_code);
    for (size_t i = 0; i < r->n; i++) {
        if (kept == 0 || abs(r->code[kept - 1]) != abs(r->code[i])) r->code[kept++] = r->code[i];
    }
    r->n = kept;
}

const char *regions_read(Regions *r, Arena *mem, const char *file, Str text)
{
    Csv csv;
    *r = (Regions){ .code = NEW(mem, int32_t, REGIONS_CAP) };
    csv_open(&csv, mem, text);
    while (csv_next(&csv)) {
        int64_t code = 0;
        Str cell = csv_cell(&csv, S("code"));
        if (!str_is_digits(cell) || !str_int(cell, &code)) return csv_fault(&csv, file, "code: not digits");
        if (cell.n > REGION_DIGITS) continue;
        for (size_t n = cell.n; n < REGION_DIGITS; n++) code *= 10; /* a province or prefecture: 450000 */
        if (r->n == REGIONS_CAP) return csv_fault(&csv, file, "too many regions");
        bool gone = csv_cell(&csv, S("valid_to")).n > 0;
        r->code[r->n++] = (int32_t)(gone ? -code : code);
    }
    if (csv.fault) return csv_fault(&csv, file, NULL);
    keep_first(r);
    return NULL;
}

/* NULL, or what is wrong with the row. */
static const char *read_row(IdentityRules *rules, const Csv *csv)
{
    Str kind = csv_cell(csv, S("kind")), value = csv_cell(csv, S("value"));
    int64_t age = 0;
    if (str_eq(kind, S("work_age"))) {
        if (!str_int(value, &age) || age < 1 || age > 99) return "value: not an age";
        rules->work_age = (int)age;
        return NULL;
    }
    if (!str_eq(kind, S("employer"))) return "kind: neither work_age nor employer";
    if (rules->types == EMPLOYER_TYPES) return "too many employer types";
    rules->type[rules->types++] = (EmployerType){
        csv_cell(csv, S("code")), value, { csv_cell(csv, S("label_zh")), csv_cell(csv, S("label_en")) },
    };
    return NULL;
}

const char *identity_read(IdentityRules *rules, Arena *mem, const char *file, Str text)
{
    Csv csv;
    rules->types = 0;
    csv_open(&csv, mem, text);
    while (csv_next(&csv)) {
        const char *fault = read_row(rules, &csv);
        if (fault) return csv_fault(&csv, file, fault);
    }
    return csv.fault ? csv_fault(&csv, file, NULL) : NULL;
}

/* The first `head` and last `tail` signs of ASCII text, stars between. */
static void mask(Out *o, Str s, size_t head, size_t tail)
{
    bool odd = s.n <= head + tail;
    for (size_t i = 0; i < s.n; i++) {
        bool shown = odd ? i + 1 == s.n : i < head || i + tail >= s.n;
        out_str(o, shown ? (Str){ s.s + i, 1 } : S("*"));
    }
}

void mask_number(Out *o, Str number)
{
    bool identity = number.n == 18;
    mask(o, number, identity ? SHOWN_HEAD : 0, SHOWN_TAIL);
}

void mask_phone(Out *o, Str number)
{
    bool mobile = number.n == 11 && number.s[0] == '1';
    const char *dash = number.n ? memchr(number.s, '-', number.n) : NULL;
    size_t area = dash ? (size_t)(dash - number.s) + 1 : 4;
    if (mobile) mask(o, number, 3, 4);
    else mask(o, number, area, 3);
}

void mask_name(Out *o, Str name)
{
    size_t first = 1;
    while (first < name.n && ((unsigned char)name.s[first] & 0xC0) == 0x80) first++;
    if (name.n == 0) return;
    size_t rest = str_length((Str){ name.s + first, name.n - first });
    out_str(o, (Str){ name.s, first });
    for (size_t i = 0; i < (rest ? rest : 1); i++) out_str(o, S("*"));
}
