/* Where titles are broken. */
#include "paper/layout.h"
#include "paper/title.h"
#include "test.h"
#include "unit/suites.h"

static void put_seen(Out *o, Str got)
{
    for (size_t at = 0; at < got.n; at++) {
        bool ends = str_starts((Str){ got.s + at, got.n - at }, S("\xE2\x80\xA8"));
        out_str(o, ends ? S("|") : (Str){ got.s + at, 1 });
        at += ends ? 2 : 0;
    }
}

/* The i-th line of the document, or its rule. */
static const Item *item_at(const Placed *p, ItemKind kind, size_t i)
{
    for (size_t k = 0; k < p->n; k++) {
        if (p->item[k].kind == kind && i-- == 0) return &p->item[k];
    }
    BUG_IF(true);
    return NULL;
}

/* Ink of Chinese characters stands between 0.88 em above the line and 0.12 below it. */
static int ink_end(const Item *line, int points)
{
    return line->y + UNIT_PT(points) * 12 / 100;
}

static int ink_begin(const Item *line, int points)
{
    return line->y - UNIT_PT(points) * 88 / 100;
}

static bool near(int got, int wanted)
{
    int off = got - wanted;
    return off > -UNIT_MM10(3) && off < UNIT_MM10(3);
}

/* GB/T 9704-2012, 7.2 and 7.3: the mark 35 mm below the type area's edge, the rule 4 mm below the number,
** two lines between the rule and the title, one between the title and who is written to. */
static void test_letter(Arena mem)
{
    Doc doc;
    Placed placed;
    Str text = S("I style\tletter\nM 某市人力资源和社会保障局\nN 某人社函〔2026〕1号\n"
                 "T 关于某事的函\nF 某单位：\nP 正文。\n");
    PangoFontMap *map = pango_cairo_font_map_new();
    PangoContext *context = pango_font_map_create_context(map);
    pango_cairo_context_set_resolution(context, 72);
    check(doc_read(&mem, text, &doc), "a letter is read");
    layout_make(&mem, context, &doc, &placed);
    const Item *mark = item_at(&placed, ITEM_LINE, 0), *number = item_at(&placed, ITEM_LINE, 1);
    const Item *title = item_at(&placed, ITEM_LINE, 2), *to = item_at(&placed, ITEM_LINE, 3);
    const Item *rule = item_at(&placed, ITEM_RULE, 0);
    int line = UNIT_PT(289) / 10;
    check(near(ink_begin(mark, 28), UNIT_MM10(370 + 350)), "the mark's upper edge");
    check(near(rule->y - ink_end(number, 16), UNIT_MM10(40)), "the rule under the number");
    check(rule->red && near(rule->w, UNIT_MM10(1560)), "is red, and as wide as the type area");
    check(near(ink_begin(title, 22) - rule->y, line * 2 + UNIT_PT(22) / 5), "two lines to the title");
    int leads = UNIT_PT(22) / 5 + (line - UNIT_PT(16)) / 2; /* below a title's text, above the next */
    check(near(ink_begin(to, 16) - ink_end(title, 22), line + leads), "a line free below it");
    layout_close(&placed);
    g_object_unref(context);
    g_object_unref(map);
}

/* "|" stands for the end of a line; 20 characters of a deed's title fit one. */
void test_title(void)
{
    Block block = block_open((size_t)4 << 20);
    Arena mem = block_arena(&block);
    static const struct { const char *style, *broken; } rows[] = {
        { "deed", "劳动人事争议调解协议书" },
        { "deed", "柳江区劳动人事争议多元调解中心" },
        { "deed", "广西壮族自治区柳州市柳江区|劳动人事争议多元调解中心" },
        { "deed", "柳州市柳江区人力资源和社会保障局|劳动人事争议仲裁委员会" },
        { "deed", "新疆维吾尔自治区伊犁哈萨克自治州霍城县|清水河经济技术开发区劳动人事争议调解中心" },
        { "letter", "关于进一步加强企业|劳动人事争议调解工作的建议书" },
        { "form", "柳江区百朋镇人民政府劳动人事争议调解中心|劳动人事争议调解申请书（2026年修订）" },
        { "deed", "一二三四五六七八九十一二三四五六|七八九十一二三四五六七八九十一二" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        char plain[400], seen[400];
        Out p = { .buf = plain, .cap = sizeof plain }, o = { .buf = seen, .cap = sizeof seen };
        for (Str rest = str_of(rows[i].broken); rest.n;) out_str(&p, str_cut(&rest, '|'));
        Str got = title_lines(&mem, style_find(str_of(rows[i].style)), DOC_TITLE, out_view(&p));
        put_seen(&o, got);
        check_str(out_view(&o), str_of(rows[i].broken), rows[i].broken);
    }
    static const struct { const char *text, *broken; } cells[] = {
        { "柳江区劳动人事争议多元调解中心（印章）", "柳江区劳动人事争议|多元调解中心（印章）" },
        { "调解员（签名）：", "调解员（签名）：" },
    };
    for (size_t i = 0; i < COUNT(cells); i++) {
        char seen[400];
        Out o = { .buf = seen, .cap = sizeof seen };
        put_seen(&o, sign_lines(&mem, style_find(S("deed")), str_of(cells[i].text)));
        check_str(out_view(&o), str_of(cells[i].broken), cells[i].text);
    }
    Str own = S("某中心\xE2\x80\xA8协议书");
    check_str(title_lines(&mem, style_find(S("deed")), DOC_TITLE, own), own, "breaks of its own stay");
    test_letter(mem);
    block_close(&block);
}
