/*
** Papers: sums in capitals, days, the lines of a document, and every template
** that ships: it can be read, and whatever it names is there.
*/
#include "case/8-papers/papers.h"
#include "paper/chinese.h"
#include "paper/docx.h"
#include "slices.h"
#include "test.h"
#include "unit/law_data.h"
#include "unit/suites.h"

#include <stdio.h>
#include <string.h>

enum { ROOM = 64 << 20 };

static void capital(int64_t fen, const char *expected)
{
    char buf[400];
    Out o = { .buf = buf, .cap = sizeof buf };
    out_capital(&o, (Money){ fen });
    check_str(out_view(&o), str_of(expected), "capitals");
}

static void test_capitals(void)
{
    static const struct { int64_t fen; const char *zh; } rows[] = {
        { 0, "人民币零元整" }, { 1, "人民币壹分" }, { 5, "人民币伍分" }, { 10, "人民币壹角整" },
        { 15, "人民币壹角伍分" }, { 50, "人民币伍角整" }, { 100, "人民币壹元整" },
        { 105, "人民币壹元零伍分" }, { 110, "人民币壹元壹角整" },
        { 1000, "人民币壹拾元整" }, { 1100, "人民币壹拾壹元整" }, { 10000, "人民币壹佰元整" },
        { 10005, "人民币壹佰元零伍分" }, { 10100, "人民币壹佰零壹元整" }, { 11000, "人民币壹佰壹拾元整" },
        { 100000, "人民币壹仟元整" }, { 100100, "人民币壹仟零壹元整" }, { 101000, "人民币壹仟零壹拾元整" },
        { 110000, "人民币壹仟壹佰元整" }, { 1000000, "人民币壹万元整" }, { 1000100, "人民币壹万零壹元整" },
        { 1100000, "人民币壹万壹仟元整" }, { 1010000, "人民币壹万零壹佰元整" },
        { 10000000, "人民币壹拾万元整" },
        { 12345670, "人民币壹拾贰万叁仟肆佰伍拾陆元柒角整" }, { 3600000, "人民币叁万陆仟元整" },
        { 1640902, "人民币壹万陆仟肆佰零玖元零贰分" }, { 600714, "人民币陆仟零柒元壹角肆分" },
        { 140950, "人民币壹仟肆佰零玖元伍角整" }, { 32504, "人民币叁佰贰拾伍元零肆分" },
        { 10000000000, "人民币壹亿元整" }, { 10000000100, "人民币壹亿零壹元整" },
        { 10001000000, "人民币壹亿零壹万元整" }, { 11000000000, "人民币壹亿壹仟万元整" },
        { 10100000000, "人民币壹亿零壹佰万元整" }, { 100000000000000, "人民币壹万亿元整" },
        { 99999999999, "人民币玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分" },
        { -12300, "人民币负壹佰贰拾叁元整" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) capital(rows[i].fen, rows[i].zh);
}

/* What a person reads in the capitals is the sum again, for all sums to 3 yuan and many above. */
static int64_t read_back(Str text)
{
    static const char *const digits[] = { "零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖" };
    static const struct { const char *word; int64_t unit; } units[] = {
        { "拾", 10 }, { "佰", 100 }, { "仟", 1000 },
    };
    int64_t high = 0, whole = 0, section = 0, digit = 0, fen = 0;
    for (Str t = { text.s + 9, text.n - 9 }; t.n >= 3; t = (Str){ t.s + 3, t.n - 3 }) {
        Str ch = { t.s, 3 };
        for (int i = 0; i < 10; i++) digit = str_eq(ch, str_of(digits[i])) ? i : digit;
        for (size_t i = 0; i < COUNT(units); i++) {
            if (str_eq(ch, str_of(units[i].word))) section += digit * units[i].unit, digit = 0;
        }
        if (str_eq(ch, S("万"))) whole = (whole + section + digit) * 10000, section = digit = 0;
        if (str_eq(ch, S("亿"))) high = (whole + section + digit) * 100000000, section = digit = whole = 0;
        if (str_eq(ch, S("元"))) fen = (high + whole + section + digit) * 100, section = digit = 0;
        if (str_eq(ch, S("角"))) fen += digit * 10, digit = 0;
        if (str_eq(ch, S("分"))) fen += digit, digit = 0;
    }
    return fen;
}

static void test_capitals_again(void)
{
    char buf[400];
    uint64_t seed = 7;
    int wrong = 0;
    for (int i = 0; i < 20000; i++) {
        int64_t many = (int64_t)seeded(&seed, 1000000) * (i % 7 ? 1 : 90001) + seeded(&seed, 100);
        int64_t fen = i < 300 ? i : many;
        Out o = { .buf = buf, .cap = sizeof buf };
        out_capital(&o, (Money){ fen });
        wrong += read_back(out_view(&o)) != fen;
        wrong += str_has(out_view(&o), S("零零")) || str_has(out_view(&o), S("零元")) != (fen == 0);
    }
    check_int(wrong, 0, "20,000 sums read back are the same");
}

static void test_sums_and_days(void)
{
    char buf[100];
    Out o = { .buf = buf, .cap = sizeof buf };
    out_thousands(&o, (Money){ 12345670 });
    out_str(&o, S(" "));
    out_thousands(&o, (Money){ -100000 });
    out_str(&o, S(" "));
    out_thousands(&o, (Money){ 99 });
    check_str(out_view(&o), S("123,456.70 -1,000.00 0.99"), "thousands");
    o.len = 0;
    out_chinese_date(&o, date_of(2026, 5, 1));
    out_chinese_date(&o, (Date){ 0 });
    out_chinese_time(&o, time_at(date_of(2026, 12, 31), 9, 5));
    check_str(out_view(&o), S("2026年5月1日2026年12月31日9时05分"), "days");
    o.len = 0;
    for (int i = 0; i < 31; i += 10) out_ordinal(&o, i);
    out_ordinal(&o, 21);
    check_str(out_view(&o), S("0十二十三十二十一"), "ordinals");
    o.len = 0;
    out_law_basis(&o, S("社会保险法 63、83(3) (2018)"));
    check_str(out_view(&o), S("《社会保险法》第六十三条、第八十三条"), "a basis");
    o.len = 0;
    out_law_basis(&o, S("劳动法 15 (2018)；规则 34 (2017)，参照"));
    check_str(out_view(&o), S("《劳动法》第十五条，参照《规则》第三十四条"), "two laws");
    o.len = 0;
    out_law_basis(&o, S(""));
    check_str(out_view(&o), S(""), "no basis");
}

/* ---- documents ---------------------------------------------------------------------------- */

static void test_doc(Arena mem)
{
    char buf[2000];
    Out o = { .buf = buf, .cap = sizeof buf };
    Doc doc;
    Str cell[] = { S("a\tb"), S(""), S("c") };
    doc_info(&o, "title", S("标题"));
    doc_line(&o, DOC_PARA, S("第一行\n第二行\x01"));
    doc_row(&o, DOC_ROW, cell, 3);
    check(doc_read(&mem, out_view(&o), &doc), "a document is read back");
    check_int((int64_t)doc.n, 2, "its lines");
    check_str(doc.info.title, S("标题"), "its title");
    check_str(doc.line[0].text, S("第一行\xE2\x80\xA8第二行 "), "no control characters are left");
    check_int((int64_t)doc.line[1].cells, 3, "empty cells count");
    check_str(doc.line[1].cell[0], S("a b"), "a tab in a cell is a blank");
    check(!doc_read(&mem, S("? x\n"), &doc) && !doc_read(&mem, S("P\n"), &doc), "what is none is refused");
    check(!doc_read(&mem, S("B 1\t2\t3\t4\t5\t6\t7\t8\t9\t0\t1\t2\t3\n"), &doc),
          "too many cells are refused");
}

/* ---- templates -------------------------------------------------------------------------------- */

static void check_file(Arena *mem, const PaperRule *rule)
{
    Str rest = rule->text;
    Template t;
    const char *fault;
    int line = 0, n = 0;
    char say[400];
    CaseFacts any;
    Facts facts = facts_for_check(&any, slices);
    while (template_next(&rest, &line, &t, &fault)) {
        const char *wrong = template_check(mem, &t, &facts);
        (void)snprintf(say, sizeof say, "papers/%.*s.txt: %s", (int)rule->no.n, rule->no.s,
                       wrong ? wrong : "good");
        check(wrong == NULL, say);
        n++;
    }
    (void)snprintf(say, sizeof say, "papers/%.*s.txt:%d: %s", (int)rule->no.n, rule->no.s, line,
                   fault ? fault : "");
    check(fault == NULL && n > 0, say);
}

static void test_templates(void)
{
    LawData d;
    if (!law_data_open(&d)) return;
    for (size_t i = 0; i < d.law.dossier.papers; i++) check_file(&d.mem, &d.law.dossier.paper[i]);
    law_data_close(&d);
}

/* A paper that belongs to a volume is bound into it: a row of the list names it. */
static void test_bound(void)
{
    LawData d;
    char say[120];
    if (!law_data_open(&d)) return;
    const Dossier *all = &d.law.dossier;
    for (size_t i = 0; i < all->papers; i++) {
        const PaperRule *p = &all->paper[i];
        bool named = p->volume.n == 0;
        for (size_t k = 0; k < all->rows; k++) {
            named |= str_eq(all->row[k].volume, p->volume) && str_has(all->row[k].papers, p->no);
        }
        (void)snprintf(say, sizeof say, "%.*s is bound into its volume", (int)p->no.n, p->no.s);
        check(named, say);
    }
    law_data_close(&d);
}

/* The fixed clauses of the catalogue stand in the templates word for word. */
static void clause(const Law *law, Str no, Str words)
{
    const PaperRule *rule = paper_find(&law->dossier, no);
    char say[300];
    (void)snprintf(say, sizeof say, "%.*s says: %.*s", (int)no.n, no.s,
                   (int)(words.n < 200 ? words.n : 200), words.s);
    check(rule && str_has(rule->text, words), say);
}

static const struct { const char *no, *words; } clauses[] = {
    { "D01",
      "申请人承诺所提供的信息和材料真实、合法、完整，不以调解为名损害国家利益、社会"
      "公共利益或者他人合法权益。" },
    { "D01b", "以上记录已向申请人宣读，申请人确认无误。" },
    { "D02", "本回执仅证明收到材料，不代表已受理。" },
    { "D03",
      "经双方同意可以延长。当事人可以随时终止调解，依法申请仲裁或者提起诉讼。调解不"
      "收取任何费用。" },
    { "D04", "仲裁申请时效期间一般为一年，请及时行使权利。" },
    { "D05", "逾期未补正的，视为放弃本次申请，可以另行提出。" },
    { "D06", "是否参加调解由你（单位）自愿决定；不同意调解的，申请人可以依法申请仲裁。" },
    { "D07", "虚假调解将依法承担责任，涉嫌犯罪的移送司法机关。" },
    { "D08", "（三）与当事人、代理人有其他关系，可能影响公正调解的。" },
    { "D10", "以上笔录已阅（已宣读），与所述一致。" },
    { "D11",
      "不得在其后的仲裁、诉讼中作为对其不利的证据，但法律另有规定或者当事人均同意的"
      "除外。" },
    { "D13", "双方当事人一致同意将调解期限延长至" },
    { "D14", "一式三份，双方当事人和调解组织各执一份。" },
    { "D14", "双方确认，除本协议另有约定外，就本协议所涉争议事项再无其他纠纷。" },
    { "D17", "和解协议对双方当事人具有约束力，应当履行；不履行的，可以申请调解或者仲裁。" },
    { "D24", "代为承认、放弃、变更请求，进行和解、调解，签收法律文书" },
    { "D25", "代表人变更、放弃请求，承认对方请求，进行和解，应当经被代表的劳动者同意。" },
    { "D27",
      "没有恶意串通、规避法律的行为；如因该协议内容给他人造成损害的，愿意承担相应的"
      "民事责任和其他法律责任。" },
};

static void test_clauses(void)
{
    LawData d;
    if (!law_data_open(&d)) return;
    for (size_t i = 0; i < COUNT(clauses); i++) {
        clause(&d.law, str_of(clauses[i].no), str_of(clauses[i].words));
    }
    law_data_close(&d);
}

static const char editions[] =
    "title A\nversion 1\nfrom 2026-01-01\nto 2026-06-30\nbasis P\n---\nold\n===\n"
    "title B\nversion 2\nfrom 2026-07-01\nbasis P\n---\nnew\n===\n"
    "title C\nversion 1\nfrom 2026-07-01\nregion 45\nbasis P\n---\nof a province\n===\n"
    "title D\nversion 1\nfrom 2026-01-01\nbasis P\nvariant x|另|other\n---\nvariant\n";

/* Which edition is picked: its title; "": none. */
static void picked(Str variant, Str region, const char *day, const char *title)
{
    Template t = { 0 };
    bool found = template_pick(str_of(editions), variant, region, date_parse(str_of(day)), &t);
    check_str(found ? t.title : S(""), str_of(title), day);
}

static void test_editions(void)
{
    Template t;
    picked(S(""), S("320000"), "2026-06-30", "A");
    picked(S(""), S("320000"), "2026-07-01", "B");
    picked(S(""), S("450206"), "2026-07-01", "C");
    picked(S("x"), S("450206"), "2026-07-01", "D");
    picked(S(""), S("450206"), "2025-12-31", "");
    picked(S("y"), S("450206"), "2026-07-01", "");
    check(template_pick(str_of(editions), S(""), S("450206"), date_of(2027, 1, 1), &t), "without a last day");
    check_str(t.body, S("of a province"), "picking leaves the body as it is");
}

static void refused(Arena *mem, const char *body, const char *part)
{
    Template t = { .title = S("t"), .body = str_of(body) };
    CaseFacts any;
    Facts facts = facts_for_check(&any, slices);
    const char *wrong = template_check(mem, &t, &facts);
    check(wrong && str_has(str_of(wrong), str_of(part)), part);
}

static void test_linter(Arena mem)
{
    refused(&mem, "${nobody.name}", "no such source");
    refused(&mem, "x\n${case.nothing!}", "line 2: no such field");
    refused(&mem, "${case.amount:roman}", "no such format");
    refused(&mem, "${case}", "a value is source.field");
    refused(&mem, "${ask.what}", "asks for what the head does not name");
    refused(&mem, "@if case.no\nx", "@end is missing");
    refused(&mem, "x\n@end", "@end without a beginning");
    refused(&mem, "@each nothing\n@end", "no such source");
    refused(&mem, "@loop\n", "no such mark");
    refused(&mem, "${case.no|${case.nope}}", "no such field");
}

void test_paper(void)
{
    Block block = block_open(ROOM);
    test_capitals();
    test_capitals_again();
    test_sums_and_days();
    test_doc(block_arena(&block));
    test_templates();
    test_bound();
    test_clauses();
    test_editions();
    test_linter(block_arena(&block));
    block_close(&block);
}
