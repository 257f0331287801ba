/* Where titles are broken, and what stands where on a page. */
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

static void place(Arena *mem, Str source, Doc *doc, Placed *placed)
{
    PangoFontMap *map = pango_cairo_font_map_new();
    PangoContext *context = pango_font_map_create_context(map);
    pango_cairo_context_set_resolution(context, 72);
    check(doc_read(mem, source, doc), "a document is read");
    layout_make(mem, context, doc, placed);
    g_object_unref(context);
    g_object_unref(map);
}

/* GB/T 9704-2012, 7.2 and 7.3: the mark 35 mm below the type area's edge, the rule 4 mm below the number,
** two lines between the rule and the title, one between the title and who is written to. */
static void test_letter(Arena mem)
{
    Doc doc;
    Placed placed;
    Str text = S("I style\tletter\nM 某市人力资源和社会保障局\nN 某人社函〔2026〕1号\n"
                 "T 关于某事的函\nF 某单位：\nP 正文。\n");
    place(&mem, text, &doc, &placed);
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
}

static Str text_of(const Item *line)
{
    return str_of(pango_layout_get_text(line->line->layout));
}

/* How many lines that begin so stand on the page; 0: on all. */
static int64_t lines_on(const Placed *p, int page, Str begins)
{
    int64_t n = 0;
    for (size_t i = 0; i < p->n; i++) {
        const Item *at = &p->item[i];
        n += at->kind == ITEM_LINE && (page == 0 || at->page == page) && str_starts(text_of(at), begins);
    }
    return n;
}

/* A table's head stands on each of its pages, and a row on one; who signs, signs on one page. */
static void test_pages(Arena mem)
{
    enum { ROWS = 90, ROOM = 20000 };
    char *source = NEW(&mem, char, ROOM);
    Out o = { .buf = source, .cap = ROOM };
    Doc doc;
    Placed placed;
    doc_info(&o, "style", S("deed"));
    doc_row(&o, DOC_WIDTHS, (Str[]){ S("20c"), S("80") }, 2);
    doc_row(&o, DOC_HROW, (Str[]){ S("序号"), S("事项") }, 2);
    for (int i = 0; i < ROWS; i++) doc_row(&o, DOC_ROW, (Str[]){ S("行"), S("上半\xE2\x80\xA8下半") }, 2);
    for (int i = 0; i < ROWS; i++) {
        doc_line(&o, DOC_GROUP, S("x"));
        for (int k = 0; k < 5; k++) doc_line(&o, DOC_FLUSH, S("签名"));
        doc_line(&o, DOC_END, S("x"));
    }
    place(&mem, out_view(&o), &doc, &placed);
    int64_t rows = 0;
    for (int page = 1; page <= placed.pages; page++) {
        int64_t here = lines_on(&placed, page, S("行"));
        check_int(lines_on(&placed, page, S("序号")), here > 0, "the head of a table on each of its pages");
        check_int(lines_on(&placed, page, S("上半")), here * 2, "a row is whole");
        check_int(lines_on(&placed, page, S("签名")) % 5, 0, "a block for signatures is whole");
        rows += here;
    }
    check(placed.pages > 4 && rows == ROWS, "over several pages");
    check_int(lines_on(&placed, 0, S("签名")), (int64_t)ROWS * 5, "nothing is lost");
    layout_close(&placed);
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
    test_pages(mem);
    block_close(&block);
}
