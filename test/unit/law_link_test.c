/* From a basis text to the articles it names. */
#include "unit/calc_desk.h"
#include "unit/suites.h"

#include "law/calc_list.h"

#include <stdio.h>

enum { MOST = 8 << 20, SEEN = 4000 };

static Str joined(const char *basis)
{
    static char room[1000];
    LawLinks links;
    Out o = { .buf = room, .cap = sizeof room };
    law_links(&desk_law()->library, str_of(basis), date_of(2026, 3, 2), &links);
    for (size_t i = 0; i < links.n; i++) {
        if (i) out_str(&o, S(" "));
        out_str(&o, links.article[i]->law);
        out_str(&o, S("-"));
        out_str(&o, links.article[i]->no);
    }
    return out_view(&o);
}

static void test_forms(void)
{
    static const struct { const char *basis, *want; } cases[] = {
        { "劳动合同法（2012年修正）第四十六、四十七条", "LDHTF-46 LDHTF-47" },
        { "民事诉讼法 205 (2023)", "MSSSF-205" },
        { "民事诉讼法 201 (2021)", "" },
        { "《民事诉讼法》（2012年修正文本）第一百九十四条；"
          "《人民调解法》（2010年通过，2011-01-01施行）第三十三条", "RMTJF-33" },
        { "《民事诉讼法》（2023年修正文本）第二百零五条", "MSSSF-205" },
        { "《劳动合同法》（2007年通过，2008-01-01施行）第四十一条", "" },
        { "《劳动争议调解仲裁法》（2007年通过，2008-05-01施行）第二十七条第四款", "LDZYTJZC-27" },
        { "《劳动争议调解仲裁法》（2007年通过，2008-05-01施行）第二十七条；"
          "《劳动人事争议仲裁办案规则》（人社部令第33号，2017-07-01施行）第二十六条至第二十八条",
          "LDZYTJZC-27 ZCBAGZ-26 ZCBAGZ-27 ZCBAGZ-28" },
        { "《工伤保险条例》（国务院令第375号）第十七条第一款", "" },
        { "《工伤保险条例》（2010年修订文本）第十七条第一款", "GSBXTL-17" },
        { "《企业劳动争议协商调解规定》（人社部令第17号）第三十一条（一）", "XSTJGD-31" },
        { "《劳动人事争议仲裁办案规则》（人社部令第33号，2017-07-01施行）第七十四条、"
          "第七十五条（三）、第八十条", "ZCBAGZ-74 ZCBAGZ-75 ZCBAGZ-80" },
        { "《浙江省劳动人事争议调解仲裁条例》（2015-05-01施行，2020年修正文本）第十条", "ZJTJZCTL-10" },
        { "《安徽省劳动人事争议调解仲裁条例》（2026-05-01施行）第十七条", "" },
        { "V:TJZC 14-16; L17 26", "LDZYTJZC-14 LDZYTJZC-15 LDZYTJZC-16 XSTJGD-26" },
        { "V:BAGZ 70; TYTJ 27; ZXTJ 12,21,24", "ZCBAGZ-70" },
        { "V:RMTJ 23,24", "RMTJF-23 RMTJF-24" },
        { "最高人民法院劳动争议司法解释（一） 2(1) (2020)；社会保险法 83 (2018)", "JSY-2 SHBXF-83" },
        { "社会保险法 63、83(3) (2018)", "SHBXF-63 SHBXF-83" },
        { "法释〔2020〕26号第三十九条", "JSY-39" },
        { "法释〔2025〕12号 6—9", "JSE-6 JSE-7 JSE-8 JSE-9" },
        { "劳动合同法（2012）14、82；实施条例（2008）6、7；法释〔2025〕12号 6—9",
          "LDHTF-14 LDHTF-82 LDHTFSSTL-6 LDHTFSSTL-7 JSE-6 JSE-7 JSE-8 JSE-9" },
        { "企业职工带薪年休假实施办法（2008年）第十至十二条", "NXJSSBF-10 NXJSSBF-11 NXJSSBF-12" },
        { "职工带薪年休假条例（2007年）第四条第三项", "NXJTL-4" },
        { "Labour Contract Law (2012 text) arts. 46, 47", "LDHTF-46 LDHTF-47" },
        { "SPC Interpretation II (2025) art. 6", "JSE-6" },
        { "Work Injury Regulation (2010 text) art. 39(1)1", "GSBXTL-39" },
        { "Enterprise Negotiation and Mediation Provisions (MOHRSS Order 17, in force 2012-01-01), "
          "art. 22; applied",
          "XSTJGD-22" },
        { "档案法实施条例 19 (2024)", "" },
        { "劳动合同法（2012年修正）第九百条", "" },
        { "产品规则：六月至九月", "" },
        { "劳动法律关系第一条", "" },
        { "", "" },
        { "劳动合同法", "" },
        { "劳动合同法（", "" },
        { "劳动合同法第", "" },
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        check_str(joined(cases[i].basis), str_of(cases[i].want), cases[i].basis);
}

/* What a basis may name besides the laws of the library. */
static bool not_in_the_library(Str basis)
{
    static const char *const others[] = {
        "GB", "MCA", "NBS", "S:LJ", "P", "policy default", "V:AH-TC", "V:LH45", "V:TYTJ", "V:ZXTJ",
        "《人民法院在线调解规则》", "《最高人民法院关于人民法院特邀调解的规定》",
        "《最高人民法院关于适用〈民事诉讼法〉的解释》",
        "《公务员法》", "《关于加强新就业形态劳动纠纷一站式调解工作的通知》",
        "《安徽省", "安徽省", "江苏省", "浙江省人口", "浙江省工伤",
        "浙江省高温", "上海市", "北京市", "广东省", "产品规则", "本产品默认规则", "人力资源社会保障部：", "国家统计局", "国家未作规定",
        "企业职工患病或非因工负伤医疗期规定", "住房公积金管理条例", "参照 劳动人事争议仲裁组织规则",
        "劳部发〔1994〕481号", "劳部发〔1995〕309号", "国务院令", "法释〔2013〕3号",
        "超龄劳动者基本权益保障暂行规定", "全国人民代表大会和地方各级人民代表大会代表法",
        "最低工资规定", "民法典", "最高人民法院关于审理拒不支付劳动报酬刑事案件",
        "人社部发〔2022〕71号",
        "柳江区", "海人社〔2024〕43号", "市人社发〔2023〕11号", "市人社函〔2023〕51号",
        "桂林市人社函", "皖 实施意见",
        "本产品默认词表", "本产品默认方案", "本产品默认等次",
        "防暑降温措施管理办法", "非法用工单位伤亡人员一次性赔偿办法", "data/README.md",
    };
    for (size_t i = 0; i < COUNT(others); i++) {
        if (str_starts(basis, str_of(others[i]))) return true;
    }
    return false;
}

/* Every basis leads to an article, or to another version, or is known to be of a
** text that the library has not. */
static void test_tables(void)
{
    static const struct { const char *file, *column; } tables[] = {
        { "clocks.csv", "basis_zh" }, { "limitation.csv", "basis_zh" }, { "params.csv", "basis" },
        { "figures.csv", "basis" },
        { "routes.csv", "basis" }, { "emergency.csv", "basis" }, { "papers.csv", "basis" },
        { "retention.csv", "basis" },
        { "archive_checklist.csv", "basis" }, { "laws/notices.csv", "basis" },
        { "assessment.csv", "basis" }, { "coverage.csv", "basis" }, { "identity.csv", "basis_zh" },
        { "keywords.csv", "basis" }, { "member_units.csv", "basis" }, { "risk_patterns.csv", "basis" },
        { "risk_signs.csv", "basis" }, { "six_items.csv", "basis" },
        { "calendar/statutory_holidays.csv", "basis" },
    };
    size_t linked = 0, rows = 0;
    for (size_t i = 0; i < COUNT(tables); i++) {
        char path[512];
        bool good = false;
        Csv csv;
        desk_new();
        (void)snprintf(path, sizeof path, "%s/%s", TEST_DATA, tables[i].file);
        Str text = file_read(desk_mem(), path, MOST, &good);
        csv_open(&csv, desk_mem(), text);
        check(good && csv_has(&csv, str_of(tables[i].column)), tables[i].file);
        while (csv_next(&csv)) {
            LawLinks links;
            Str basis = csv_cell(&csv, str_of(tables[i].column));
            if (basis.n == 0) continue;
            law_links(&desk_law()->library, basis, date_of(2026, 3, 2), &links);
            rows++;
            linked += links.n > 0;
            bool known = links.n || links.other || not_in_the_library(basis);
            if (!known) check_str(basis, S("an article of the library"), tables[i].file);
            if (links.absent) check_str(basis, S("articles that there are"), tables[i].file);
        }
    }
    check(linked > 180 && linked < rows, "a third of the basis texts lead to an article");
}

/* What the calculators cite, and what the cases of the library name. */
static void test_calculators(void)
{
    size_t linked = 0;
    for (const Calc *const *c = calculators; *c; c++) {
        LawLinks links;
        law_links(&desk_law()->library, str_of((*c)->basis), date_of(2026, 3, 2), &links);
        linked += links.n > 0;
    }
    check(linked >= 15, "calculators: most lead to articles");
}

/* Every sentence that a calculator cites. */
static void test_cites(void)
{
    for (size_t i = 0; i < C__COUNT; i++) {
        LawLinks links;
        Str zh = str_of(calc_cites[i].zh);
        law_links(&desk_law()->library, zh, date_of(2026, 3, 2), &links);
        check_int((int64_t)links.absent, 0, calc_cites[i].zh);
        bool known = links.n || links.other || not_in_the_library(zh);
        if (!known) check_str(zh, S("an article of the library"), "a calculator");
    }
}

/* "LDHTF-47": the articles an official case names. */
static void test_cases(void)
{
    char path[512];
    bool good = false;
    Csv csv;
    size_t named = 0;
    desk_new();
    (void)snprintf(path, sizeof path, "%s/cases/typical_cases.csv", TEST_DATA);
    csv_open(&csv, desk_mem(), file_read(desk_mem(), path, MOST, &good));
    check(good, "the typical cases");
    while (csv_next(&csv)) {
        Str rest = csv_cell(&csv, S("law_refs"));
        while (rest.n) {
            Str ref = str_cut(&rest, ' '), law = str_cut(&ref, '-');
            if (law.n == 0) continue;
            bool there = library_article(&desk_law()->library, law, ref, date_of(2026, 3, 2)) != NULL;
            if (!there) check_str(law, S("an article of the library"), "law_refs");
            named += there;
        }
    }
    check(named > 38, "cases name articles");
}

/* What a word of the search is said to mean stands in some article. */
static void test_words(void)
{
    const Library *l = &desk_law()->library;
    for (size_t i = 0; i < l->words; i++) {
        Str rest = l->word[i].means;
        while (rest.n) {
            Str means = str_cut(&rest, ';');
            size_t k = 0;
            while (k < l->articles && !str_has(l->article[k].text, means)) k++;
            if (k == l->articles) check_str(means, S("in an article"), "words.csv");
        }
    }
    check(l->words > 90, "words of the search");
}

static void test_library(void)
{
    const Library *l = &desk_law()->library;
    check_int((int64_t)library_text(l, S("LDHTF")).n, 98, "a law's articles");
    check_int((int64_t)library_text(l, S("LDHT")).n, 0, "no such law");
    const LawArticle *a = library_article(l, S("JSY"), S("32"), date_of(2026, 1, 1));
    check(a && str_eq(a->label, S("第三十二条")), "an article");
    check(library_article(l, S("JSY"), S("320"), date_of(2026, 1, 1)) == NULL, "no such article");
    check(library_law(l, S("JSE"), date_of(2020, 1, 1)) != NULL, "a law that is not yet in force is shown");
}

void test_law_link(void)
{
    test_forms();
    test_tables();
    test_calculators();
    test_cites();
    test_cases();
    test_words();
    test_library();
}
