#include "paper/title.h"

static const Str separator = { "\xE2\x80\xA8", 3 }; /* U+2028 */
enum { UNITS = 200, LINES_MAX = 8, MM10_EM = 3528 };

/* What is not torn apart: the longest that fits is taken. */
static const Str words[] = {
    { "劳动", 6 }, { "人事", 6 }, { "争议", 6 }, { "劳动人事", 12 }, { "纠纷", 6 },
    { "劳动争议", 12 }, { "人事争议", 12 }, { "劳动人事争议", 18 }, { "调解", 6 }, { "多元", 6 }, { "中心", 6 },
    { "仲裁", 6 }, { "委员会", 9 }, { "仲裁院", 9 }, { "工作室", 9 }, { "办公室", 9 }, { "服务", 6 }, { "站", 3 }, { "人民", 6 },
    { "法院", 6 }, { "政府", 6 }, { "人力资源", 12 }, { "社会保障", 12 }, { "事务", 6 }, { "总工会", 9 }, { "工会", 6 },
    { "工商业", 9 }, { "联合会", 9 }, { "联席", 6 }, { "会议", 6 }, { "商会", 6 }, { "协会", 6 }, { "监察", 6 }, { "大队", 6 },
    { "自治区", 9 }, { "自治州", 9 }, { "自治县", 9 }, { "开发区", 9 }, { "工业园", 9 }, { "园区", 6 }, { "街道", 6 },
    { "办事处", 9 }, { "社区", 6 }, { "企业", 6 }, { "有限", 6 }, { "责任", 6 }, { "公司", 6 }, { "集团", 6 }, { "股份", 6 },
    { "劳务", 6 }, { "派遣", 6 }, { "协议书", 9 }, { "协议", 6 }, { "通知书", 9 }, { "通知", 6 }, { "告知书", 9 }, { "告知", 6 },
    { "申请书", 9 }, { "申请表", 9 }, { "申请", 6 }, { "决定书", 9 }, { "建议书", 9 }, { "意见书", 9 }, { "意见", 6 },
    { "承诺书", 9 }, { "委托书", 9 }, { "确认书", 9 }, { "登记表", 9 }, { "登记", 6 }, { "记录表", 9 }, { "记录", 6 },
    { "笔录", 6 }, { "审批表", 9 }, { "审批", 6 }, { "报告", 6 }, { "回执", 6 }, { "回证", 6 }, { "送达", 6 }, { "移送函", 9 },
    { "受理", 6 }, { "权利", 6 }, { "义务", 6 }, { "终止", 6 }, { "回访", 6 }, { "结果", 6 }, { "反馈", 6 }, { "审查", 6 },
    { "司法", 6 }, { "确认", 6 }, { "支付令", 9 }, { "证据", 6 }, { "材料", 6 }, { "清单", 6 }, { "目录", 6 }, { "台账", 6 },
    { "关于", 6 }, { "开展", 6 }, { "进一步", 9 }, { "加强", 6 }, { "工作", 6 }, { "月报", 6 }, { "统计", 6 }, { "风险", 6 },
    { "满意度", 9 }, { "届满日", 9 }, { "风险", 6 }, { "理由", 6 }, { "重新", 6 }, { "签名", 6 }, { "信用", 6 },
    { "代码", 6 }, { "金额", 6 },
    { "排查表", 9 }, { "考核表", 9 }, { "补助", 6 }, { "申领表", 9 }, { "县", 3 }, { "区", 3 }, { "市", 3 }, { "省", 3 },
    { "乡", 3 }, { "镇", 3 }, { "村", 3 },
};
static const Str closing[] = { { "，", 3 }, { "、", 3 }, { "。", 3 }, { "）", 3 }, { "》", 3 }, { "〕", 3 }, { "”", 3 }, { "：", 3 },
                               { "的", 3 }, { "和", 3 }, { "与", 3 } };
static const Str opening[] = { { "（", 3 }, { "《", 3 }, { "〔", 3 }, { "“", 3 } };

/* Something that stays whole: bytes, and its width in halves of a character. */
typedef struct Unit { size_t at, n; int width; } Unit;

typedef struct Units {
    Str    text;
    Unit   unit[UNITS];
    size_t n;
    int    limit; /* of a line */
} Units;

static size_t one_of(Str s, const Str *list, size_t count)
{
    size_t best = 0;
    for (size_t i = 0; i < count; i++) {
        if (list[i].n > best && str_starts(s, list[i])) best = list[i].n;
    }
    return best;
}

static size_t char_size(Str s)
{
    unsigned char b = (unsigned char)s.s[0];
    size_t n = b < 0x80 ? 1 : b < 0xE0 ? 2 : b < 0xF0 ? 3 : 4;
    return n > s.n ? s.n : n;
}

static bool is_place(Str s, size_t at)
{
    static const Str ends[] = {
        { "省", 3 }, { "市", 3 }, { "区", 3 }, { "县", 3 }, { "州", 3 },
        { "乡", 3 }, { "镇", 3 }, { "村", 3 },
    };
    return at >= 3 && one_of((Str){ s.s + at - 3, 3 }, ends, COUNT(ends)) > 0;
}

static int width_of(Str s)
{
    int width = 0;
    for (size_t i = 0; i < s.n; i += char_size((Str){ s.s + i, s.n - i })) {
        width += (unsigned char)s.s[i] < 0x80 ? 1 : 2;
    }
    return width;
}

/* Does a unit begin here?  Between words, behind the name of a place, not before what closes
** nor behind what opens, not within letters and digits. */
static bool may_break(Str s, size_t at, bool word_here, bool word_before)
{
    Str rest = { s.s + at, s.n - at };
    bool latin = (unsigned char)rest.s[0] < 0x80 && (unsigned char)s.s[at - 1] < 0x80;
    bool opened = at >= 3 && one_of((Str){ s.s + at - 3, 3 }, opening, COUNT(opening)) > 0;
    if (latin || opened || one_of(rest, closing, COUNT(closing))) return false;
    return word_here || word_before || is_place(s, at) || one_of(rest, opening, COUNT(opening)) > 0;
}

/* What ends the name of a place or an office hangs on what stands before it. */
static bool hangs(Str s, size_t at, size_t n)
{
    static const Str ends[] = {
        { "局", 3 }, { "院", 3 }, { "会", 3 }, { "部", 3 }, { "所", 3 },
        { "厅", 3 }, { "委", 3 }, { "办", 3 },
        { "处", 3 }, { "科", 3 }, { "室", 3 }, { "馆", 3 }, { "厂", 3 },
        { "店", 3 }, { "校", 3 }, { "书", 3 },
        { "表", 3 }, { "函", 3 }, { "单", 3 }, { "站", 3 },
    };
    Str token = { s.s + at, n };
    return n == 3 && at > 0 && (is_place(token, n) || one_of(token, ends, COUNT(ends)) > 0);
}

static void cut(Units *u)
{
    bool before = false;
    for (size_t at = 0, n; at < u->text.n; at += n) {
        Str rest = { u->text.s + at, u->text.n - at };
        size_t word = one_of(rest, words, COUNT(words));
        n = word ? word : char_size(rest);
        bool fresh = u->n == 0 || (!hangs(u->text, at, n) && may_break(u->text, at, word > 0, before));
        if (fresh && u->n < UNITS) u->unit[u->n++] = (Unit){ at, 0, 0 };
        Unit *last = &u->unit[u->n - 1];
        last->n += n;
        last->width += width_of((Str){ rest.s, n });
        before = word > 0;
    }
}

/* One that is wider than a line is taken apart after all. */
static void loosen(Units *u)
{
    Units wide = *u;
    u->n = 0;
    for (size_t i = 0; i < wide.n; i++) {
        Unit whole = wide.unit[i];
        for (size_t at = 0, n; at < whole.n && u->n < UNITS; at += n) {
            Str rest = { u->text.s + whole.at + at, whole.n - at };
            n = whole.width > u->limit ? char_size(rest) : whole.n;
            u->unit[u->n++] = (Unit){ whole.at + at, n, width_of((Str){ rest.s, n }) };
        }
    }
}

/* Lines 0 to l of units 0 to i: the least that they differ, and where the last one begins. */
typedef struct Sharing {
    int    cost[LINES_MAX + 1][UNITS + 1];
    size_t from[LINES_MAX + 1][UNITS + 1];
} Sharing;

enum { NEVER = INT32_MAX };

/* A line of units at..end as the last of each number of lines. */
static void try_line(Sharing *s, size_t at, size_t end, int more)
{
    for (size_t l = 1; l <= LINES_MAX; l++) {
        bool better = s->cost[l - 1][at] != NEVER && s->cost[l - 1][at] + more < s->cost[l][end];
        if (better) s->from[l][end] = at;
        if (better) s->cost[l][end] = s->cost[l - 1][at] + more;
    }
}

/* The first unit of each line, so that the lines differ least; false: not in so many. */
static bool share(const Units *u, Sharing *s, size_t lines, size_t first[static LINES_MAX])
{
    int all = 0;
    for (size_t i = 0; i < u->n; i++) all += u->unit[i].width;
    const int mean = all / (int)lines;
    for (size_t l = 0; l <= LINES_MAX; l++) {
        for (size_t i = 0; i <= u->n; i++) s->cost[l][i] = l == 0 && i == 0 ? 0 : NEVER;
    }
    for (size_t end = 1; end <= u->n; end++) {
        int width = 0;
        for (size_t at = end; at-- > 0 && (width += u->unit[at].width) <= u->limit;) {
            try_line(s, at, end, (width - mean) * (width - mean));
        }
    }
    if (s->cost[lines][u->n] == NEVER) return false;
    for (size_t l = lines, end = u->n; l > 0; l--) end = first[l - 1] = s->from[l][end];
    return true;
}

static Str joined(Arena *mem, const Units *u, size_t lines, const size_t *first)
{
    Out o = { .buf = NEW(mem, char, u->text.n + (size_t)3 * LINES_MAX),
              .cap = u->text.n + (size_t)3 * LINES_MAX };
    for (size_t l = 0; l < lines; l++) {
        size_t at = u->unit[first[l]].at, end = l + 1 < lines ? u->unit[first[l + 1]].at : u->text.n;
        if (l) out_str(&o, separator);
        out_str(&o, (Str){ u->text.s + at, end - at });
    }
    return out_view(&o);
}

Str word_lines(Arena *mem, Str text, int limit)
{
    const int all = width_of(text);
    Units *u = NEW(mem, Units, 1);
    size_t first[LINES_MAX];
    *u = (Units){ .text = text, .limit = limit };
    if (all <= u->limit || str_has(text, separator)) return text;
    Sharing *sharing = NEW(mem, Sharing, 1);
    cut(u);
    loosen(u);
    size_t lines = (size_t)((all + u->limit - 1) / u->limit);
    while (lines <= LINES_MAX && !share(u, sharing, lines, first)) lines++;
    return lines > LINES_MAX || u->n >= UNITS ? text : joined(mem, u, lines, first);
}

Str title_lines(Arena *mem, const Style *s, DocKind kind, Str text)
{
    int em = look_size(s, kind) * MM10_EM / 10000;
    return word_lines(mem, text, (s->width - s->left - s->right) * 2 / em);
}

Str sign_lines(Arena *mem, const Style *s, Str text)
{
    int em = s->body * MM10_EM / 10000, half = (s->width - s->left - s->right) / 2;
    return word_lines(mem, text, (half - em) * 2 / em);
}
