/* Where titles are broken. */
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
    block_close(&block);
}
