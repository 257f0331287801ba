/*
** Values of a roster's row: as the ledger reads them, and then words of code
** lists by label, other name or part of either, places by their names.
*/
#include "oversight/rosters/roster.h"

#include "core/check.h"
#include "core/form_value.h"
#include "excel/cell.h"
#include "law/law.h"
#include "register/employers/employers.h"
#include "register/mediators/mediator_words.h"
#include "register/organisations/org_words.h"
#include "register/standing.h"

enum { WORDS = 1000, SHORT = 6, SHOWN = 14 };

static const Field employer_fields[] = {
    FIELD(RosterRow, no,        .label = "序号",             .en = "number"),
    FIELD(RosterRow, name,      .label = "用人单位名称",     .en = "name", .rule = REQUIRED, .min = 4, .max = 100),
    FIELD(RosterRow, uscc,      .label = "统一社会信用代码", .en = "unified social credit code", .check = check_uscc),
    FIELD(RosterRow, emp_type,  .label = "单位类型",         .en = "type", .codes = &employer_types),
    FIELD(RosterRow, industry,  .label = "行业",             .en = "industry", .max = 60),
    FIELD(RosterRow, staff,     .label = "用工人数",         .en = "staff", .max = 10000000),
    FIELD(RosterRow, region,    .label = "注册地",           .en = "region of registration", .max = 100),
    FIELD(RosterRow, region_performance, .label = "合同履行地", .en = "region of the work", .max = 100),
    FIELD(RosterRow, address,   .label = "地址",             .en = "address"),
    FIELD(RosterRow, legal_rep, .label = "法定代表人（负责人）", .en = "legal representative", .max = 50),
    FIELD(RosterRow, phone,     .label = "联系电话",         .en = "phone", .check = check_phone),
    FIELD(RosterRow, has_union, .label = "已建工会",         .en = "has a union"),
    FIELD(RosterRow, has_committee, .label = "已建调解委员会", .en = "has a mediation committee"),
    FIELD(RosterRow, has_party, .label = "已建党组织",       .en = "has a party organisation"),
};
const Form employer_row_form = { "EmployerRow", sizeof(RosterRow), employer_fields, COUNT(employer_fields) };

static const Field org_fields[] = {
    FIELD(RosterRow, no,         .label = "序号",         .en = "number"),
    FIELD(RosterRow, name,       .label = "名称",         .en = "name", .rule = REQUIRED, .min = 2, .max = 100),
    FIELD(RosterRow, kind,       .label = "机构类别",     .en = "kind", .rule = REQUIRED, .codes = &org_kinds),
    FIELD(RosterRow, parent,     .label = "上级机构",     .en = "parent", .max = 100),
    FIELD(RosterRow, level,      .label = "层级",         .en = "level", .min = 1, .max = 5),
    FIELD(RosterRow, short_name, .label = "案号简称",     .en = "short name for case numbers", .max = 20),
    FIELD(RosterRow, region,     .label = "所在地区",     .en = "region", .max = 100),
    FIELD(RosterRow, address,    .label = "地址",         .en = "address"),
    FIELD(RosterRow, phone,      .label = "电话",         .en = "phone", .max = 60),
    FIELD(RosterRow, hours,      .label = "工作时间",     .en = "opening hours"),
    FIELD(RosterRow, territory,  .label = "服务区域",     .en = "territory", .max = 500),
    FIELD(RosterRow, industries, .label = "服务行业",     .en = "industries", .max = 200),
    FIELD(RosterRow, scopes,     .label = "受理范围",     .en = "scope classes", .rule = MANY, .codes = &scope_classes),
    FIELD(RosterRow, capacity,   .label = "在办容量",     .en = "capacity", .max = 100000),
    FIELD(RosterRow, court_invited, .label = "特邀调解组织", .en = "invited by a court"),
    FIELD(RosterRow, court_name, .label = "邀请法院",     .en = "court", .max = 100),
    FIELD(RosterRow, employer,   .label = "设立企业",     .en = "employer", .max = 100),
    FIELD(RosterRow, founders,   .label = "共建单位",     .en = "founding units", .max = 500),
    FIELD(RosterRow, lead_unit,  .label = "牵头部门",     .en = "department in the lead", .max = 100),
};
const Form org_row_form = { "OrgRow", sizeof(RosterRow), org_fields, COUNT(org_fields) };

static const Field mediator_fields[] = {
    FIELD(RosterRow, no,       .label = "序号",         .en = "number"),
    FIELD(RosterRow, name,     .label = "姓名",         .en = "name", .rule = REQUIRED, .min = 2, .max = 50),
    FIELD(RosterRow, org,      .label = "所属机构",     .en = "organisation", .max = 100),
    FIELD(RosterRow, sex,      .label = "性别",         .en = "sex", .rule = REQUIRED, .codes = &mediator_sexes),
    FIELD(RosterRow, id_no,    .label = "公民身份号码", .en = "identity number", .check = check_id_no),
    FIELD(RosterRow, phone,    .label = "电话",         .en = "phone", .rule = REQUIRED, .check = check_phone),
    FIELD(RosterRow, work,     .label = "专兼职",       .en = "full- or part-time", .codes = &mediator_works),
    FIELD(RosterRow, unit,     .label = "工作单位",     .en = "unit", .max = 100),
    FIELD(RosterRow, source,   .label = "来源",         .en = "source", .codes = &mediator_sources),
    FIELD(RosterRow, criteria, .label = "选聘条件",     .en = "criteria met", .rule = MANY, .codes = &mediator_criteria),
    FIELD(RosterRow, certificate_no, .label = "证书编号", .en = "certificate", .max = 40),
    FIELD(RosterRow, appointed_from, .label = "聘期起", .en = "appointed from"),
    FIELD(RosterRow, appointed_to,   .label = "聘期止", .en = "appointed to"),
    FIELD(RosterRow, specialties, .label = "擅长领域",  .en = "specialties", .rule = MANY, .codes = &mediator_tags),
    FIELD(RosterRow, languages, .label = "语言、方言",  .en = "languages and dialects", .max = 100),
    FIELD(RosterRow, court_invited, .label = "特邀调解员", .en = "invited by a court"),
    FIELD(RosterRow, capacity, .label = "在办容量",     .en = "capacity", .max = 10000),
};
const Form mediator_row_form = { "MediatorRow", sizeof(RosterRow), mediator_fields, COUNT(mediator_fields) };

/* ---- words of code lists ------------------------------------------------------------------ */

/* The one label that has the text in it, or lies in the text; "" if none or several do. */
static Str word_by_part(const RowReader *r, Arena mem, const Codes *codes, Str plain)
{
    const Code *only = NULL;
    for (size_t i = 0; i < codes->n && plain.n >= SHORT; i++) {
        Arena room = mem;
        Str label = ledger_name_plain(&r->c->law->hanzi, &room, str_of(codes->row[i].zh), false);
        if (!str_has(label, plain) && !str_has(plain, label)) continue;
        if (only) return (Str){ 0 };
        only = &codes->row[i];
    }
    return only ? str_of(only->word) : (Str){ 0 };
}

/* As a whole: its word, its label in either language, another name of it. */
static Str whole_word(const RowReader *r, const Codes *codes, Str text)
{
    const HanziTable *hanzi = &r->c->law->hanzi;
    Arena mem = *r->c->mem;
    Str plain = ledger_name_plain(hanzi, &mem, text, false);
    for (size_t i = 0; i < codes->n; i++) {
        Arena room = mem;
        bool same = str_eq(str_of(codes->row[i].word), plain)
                 || str_eq(ledger_name_plain(hanzi, &room, str_of(codes->row[i].zh), false), plain)
                 || str_eq(ledger_name_plain(hanzi, &room, str_of(codes->row[i].en), false), plain);
        if (same) return str_of(codes->row[i].word);
    }
    return ledger_word(&r->c->law->names, str_of(codes->name), plain);
}

static Str code_word(const RowReader *r, const Codes *codes, Str text)
{
    Arena mem = *r->c->mem;
    Str word = whole_word(r, codes, text);
    Str plain = ledger_name_plain(&r->c->law->hanzi, &mem, text, false);
    return word.n ? word : word_by_part(r, mem, codes, plain);
}

static void one_word(RowReader *r, Draft *d, const Field *fd, Str *text)
{
    Str word = code_word(r, fd->codes, *text);
    Say what = fd->codes->n > SHOWN ? SAY_NO_WORD : SAY_NO_WORD_OF;
    if (word.n == 0) row_say_text(&d->why, row_column(r, fd->name), what, *text);
    *text = word;
}

/* 、 ， ； / and blanks stand between several. */
static Str next_part(Str *rest)
{
    static const char *const marks[] = { "、", "，", "；", "/", ",", ";", "|", " " };
    for (size_t i = 0; i < rest->n; i++) {
        Str at = { rest->s + i, rest->n - i };
        for (size_t k = 0; k < COUNT(marks); k++) {
            Str mark = str_of(marks[k]);
            if (!str_starts(at, mark)) continue;
            Str one = { rest->s, i };
            *rest = (Str){ at.s + mark.n, at.n - mark.n };
            return str_trim(one);
        }
    }
    Str one = *rest;
    *rest = (Str){ 0 };
    return str_trim(one);
}

static void add_word(Out *o, Str word)
{
    if (word.n == 0 || has_word(out_view(o), word)) return;
    if (o->len) out_str(o, S(" "));
    out_str(o, word);
}

static void many_words(RowReader *r, Draft *d, const Field *fd, Str *text)
{
    Out o = { .buf = NEW(r->c->mem, char, WORDS), .cap = WORDS };
    Str whole = whole_word(r, fd->codes, *text);
    add_word(&o, whole);
    for (Str rest = whole.n ? (Str){ 0 } : *text; rest.n;) {
        Str part = next_part(&rest);
        if (part.n) one_word(r, d, fd, &part);
        add_word(&o, part);
    }
    *text = out_view(&o);
}

static void read_words(RowReader *r, Draft *d)
{
    const Form *form = r->map->kind->form;
    for (size_t i = 0; i < form->n; i++) {
        const Field *fd = &form->field[i];
        Str *text = (Str *)((char *)d->other + fd->at);
        if (fd->kind != KIND_TEXT || !fd->codes || text->n == 0) continue;
        if (fd->rule & MANY) many_words(r, d, fd, text);
        else one_word(r, d, fd, text);
    }
}

/* ---- places -------------------------------------------------------------------------------- */

static bool ends_with(Str text, Str end)
{
    return end.n && text.n >= end.n && str_eq((Str){ text.s + text.n - end.n, end.n }, end);
}

/* 450200 is all of 4502. */
static Str area_of(Str code)
{
    while (code.n > 2 && str_eq((Str){ code.s + code.n - 2, 2 }, S("00"))) code.n -= 2;
    return code;
}

Str roster_region(RowReader *r, Str text)
{
    const Places *places = &r->c->law->places;
    Str tight = cell_tight(r->c->mem, text), found = { 0 };
    if (str_is_digits(tight)) return region_known(places, tight) ? tight : found;
    if (tight.n == 0) return found;
    PlaceSpan span = region_span(places, area_of(r->org.region));
    for (size_t i = span.first; i < span.first + span.n; i++) {
        Arena mem = *r->c->mem;
        Csv csv;
        if (places->row[i].gone) continue;
        place_row(places, &places->row[i], &mem, &csv);
        Str name = csv_cell(&csv, S("name"));
        bool whole = ends_with(tight, name), part = tight.n >= SHORT && str_starts(name, tight);
        if (!whole && !(part && found.n == 0)) continue;
        found = str_copy(r->c->mem, csv_cell(&csv, S("code")));
        mem = *r->c->mem;
        if (str_eq(name, tight)) break;
    }
    return found;
}

/* ---- the row ---------------------------------------------------------------------------------- */

/* Numbers as people write them. */
static void tidy_numbers(RowReader *r, Draft *d, RosterRow *x)
{
    Arena *a = r->c->mem;
    bool org = r->map->kind->form == &org_row_form;
    x->uscc = number_kept(a, cell_tight(a, x->uscc));
    x->id_no = number_kept(a, cell_tight(a, x->id_no));
    if (x->phone.n && !org) x->phone = draft_phone(a, x->phone);
    if (cell_is_rounded(x->id_no)) {
        row_say_text(&d->why, row_column(r, "id_no"), SAY_ID_LOST, x->id_no);
    }
}

bool roster_open(RowReader *r, const GridRow *row, Draft *d)
{
    if (!draft_open(r, row, d)) return false;
    RosterRow *x = NEW(r->c->mem, RosterRow, 1);
    d->other = x;
    draft_values(r, row, d, x);
    read_words(r, d);
    tidy_numbers(r, d, x);
    x->at = r->org;
    return true;
}

void roster_close(RowReader *r, Draft *d)
{
    const Form *form = r->map->kind->form;
    for (size_t i = 0; i < form->n; i++) {
        const Field *fd = &form->field[i];
        Column column = row_column(r, fd->name);
        const Str *text = (const Str *)((const char *)d->other + fd->at);
        bool filled = fd->kind != KIND_TEXT || text->n;
        bool told = said_of(out_view(&d->why), column);
        if (told || (!filled && !(fd->rule & REQUIRED))) continue;
        Fault f = !filled ? FAULT_REQUIRED : field_check(r->c, fd, d->other);
        if (fd->kind == KIND_INT && *(const int64_t *)(const void *)text == 0) f = FAULT_NONE;
        if (f) row_say_fault(&d->why, column, f);
    }
    d->verdict = d->why.len || d->why.full ? ROW_BAD : ROW_GOOD;
}
