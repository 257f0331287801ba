#include "excel/cell.h"

#include "excel/cell_char.h"
#include "excel/table_row.h"

#include <string.h>

/* ---- characters -------------------------------------------------------------------------------- */

static bool is_space(uint32_t ch)
{
    return ch == ' ' || ch == '\t' || ch == 0xA0 || ch == 0x3000 || (ch >= 0x2000 && ch <= 0x200A);
}

static bool is_break(uint32_t ch)
{
    return ch == '\n' || ch == '\r' || ch == 0x2028 || ch == 0x2029 || ch == 0x0B;
}

static bool is_nothing(uint32_t ch)
{
    return (ch < ' ' && ch != '\t') || ch == 0x7F || (ch >= 0x80 && ch < 0xA0) || ch == 0xFEFF || ch == 0x200B
        || ch == 0x200C || ch == 0x200D || ch == 0x200E || ch == 0x200F || (ch >= 0x202A && ch <= 0x202E)
        || ch == 0xFFFE || ch == 0xFFFF;
}

/* Letters, digits and signs of numbers of full width; Chinese punctuation stays. */
static bool is_wide(uint32_t ch)
{
    return (ch >= 0xFF10 && ch <= 0xFF19) || (ch >= 0xFF21 && ch <= 0xFF3A) || (ch >= 0xFF41 && ch <= 0xFF5A)
        || ch == 0xFF0D || ch == 0xFF0E || ch == 0xFF0F || ch == 0xFF0B || ch == 0xFF05;
}

static void out_char(Out *o, Str s, size_t n, uint32_t ch)
{
    char half = (char)(is_wide(ch) ? ch - 0xFEE0 : 0);
    if (half) out_str(o, (Str){ &half, 1 });
    else out_str(o, (Str){ s.s, n });
}

/* "'=1+1" is how we write text that looks like a formula. */
static Str unquoted(Str s)
{
    if (s.n < 2 || s.s[0] != '\'') return s;
    Str rest = after(s, 1);
    return is_formula(rest) || (rest.s[0] >= '0' && rest.s[0] <= '9') ? rest : s;
}

/* Nothing in it to tidy: plain ASCII and Chinese characters. */
static bool is_tidy(Str s)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char b = (unsigned char)s.s[i];
        bool plain = (b > ' ' && b < 0x7F) || (b >= 0x80 && b < 0xC0) || (b >= 0xE4 && b <= 0xE9);
        if (!plain) return false;
    }
    return s.n == 0 || s.s[0] != '\'';
}

typedef enum Blanks { BLANKS_NONE, BLANKS_ONE, BLANKS_LINES } Blanks;

/* The character s begins with; *gap: blanks stand before it.  What follows it is returned. */
static Str tidy_char(Out *o, Str s, Blanks blanks, bool *gap)
{
    size_t n;
    uint32_t ch = char_at(s, &n);
    Str rest = after(s, n);
    bool line = is_break(ch) && blanks == BLANKS_LINES;
    if (is_space(ch) || (is_break(ch) && !line)) {
        *gap = true;
        return rest;
    }
    if (is_nothing(ch) && !line) return rest;
    if (*gap && o->len && blanks != BLANKS_NONE) out_str(o, S(" "));
    *gap = false;
    if (line) out_str(o, ch == '\r' ? (Str){ 0 } : S("\n"));
    else out_char(o, s, n, ch);
    return rest;
}

static Str tidy(Arena *a, Str s, Blanks blanks)
{
    s = str_trim(s);
    if (is_tidy(s)) return s;
    Out o = { .buf = NEW(a, char, s.n + 1), .cap = s.n + 1 };
    bool gap = false;
    s = unquoted(s);
    while (s.n) s = tidy_char(&o, s, blanks, &gap);
    return str_trim(out_view(&o));
}

Str cell_tidy(Arena *a, Str s, bool lines) { return tidy(a, s, lines ? BLANKS_LINES : BLANKS_ONE); }
Str cell_tight(Arena *a, Str s) { return tidy(a, s, BLANKS_NONE); }

static bool one_of(Str s, const Str *list, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        bool may = list[i].n == s.n && (s.n == 0 || list[i].s[0] == s.s[0]); /* every cell is asked */
        if (may && str_eq(s, list[i])) return true;
    }
    return false;
}

bool cell_is_blank(Str s)
{
    if (s.n > 12) return false;
    static const Str blanks[] = {
        WORD(""), WORD("/"), WORD("//"), WORD("\\"), WORD("-"), WORD("--"), WORD("---"),
        WORD("—"), WORD("——"), WORD("－"), WORD("无"), WORD("暂无"), WORD("没有"), WORD("不详"),
        WORD("未知"), WORD("空"), WORD("N/A"), WORD("n/a"), WORD("NA"), WORD("null"), WORD("NULL"),
        WORD("#N/A"), WORD("未填"), WORD("未登记"), WORD("0000-00-00"), WORD("1900-01-00"),
        WORD("."), WORD("。"), WORD("、"), WORD("*"),
    };
    return one_of(s, blanks, COUNT(blanks));
}

bool cell_is_ditto(Str s)
{
    static const Str marks[] = {
        WORD("同上"), WORD("同前"), WORD("〃"), WORD("″"), WORD("\""), WORD("\"\""), WORD("''"), WORD("“"),
        WORD("”"), WORD("“”"),
    };
    return one_of(s, marks, COUNT(marks));
}

/* ---- numbers ------------------------------------------------------------------------------------- */

Date serial_date(Str plain, bool date1904)
{
    int64_t n = 0;
    Str whole = str_cut(&plain, '.');
    if (!str_is_digits(whole) || !str_int(whole, &n)) return (Date){ 0 };
    if (date1904) n += 1462;
    if (n < 1 || n > 2958465 || n == 60) return (Date){ 0 };
    return (Date){ (int32_t)(n - (n > 60)) };
}

/* ---- Chinese numerals -------------------------------------------------------------------------------- */

static const struct Numeral { uint32_t ch; int value; } numerals[] = {
    { 0x3007, 0 }, { 0x96F6, 0 }, { 0x25CB, 0 }, { 0x4E00, 1 }, { 0x58F9, 1 }, { 0x5F0C, 1 }, { 0x4E8C, 2 },
    { 0x8D30, 2 }, { 0x4E24, 2 }, { 0x4E09, 3 }, { 0x53C1, 3 }, { 0x56DB, 4 }, { 0x8086, 4 }, { 0x4E94, 5 },
    { 0x4F0D, 5 }, { 0x516D, 6 }, { 0x9646, 6 }, { 0x4E03, 7 }, { 0x67D2, 7 }, { 0x516B, 8 }, { 0x634C, 8 },
    { 0x4E5D, 9 }, { 0x7396, 9 },
};
static const struct Numeral units[] = {
    { 0x5341, 10 }, { 0x62FE, 10 }, { 0x767E, 100 }, { 0x4F70, 100 }, { 0x5343, 1000 }, { 0x4EDF, 1000 },
};
enum { WAN = 0x4E07, WAN_OLD = 0x842C, YI = 0x4EBF, YUAN = 0x5143, YUAN_OLD = 0x5706, KUAI = 0x5757,
    JIAO = 0x89D2,
       FEN = 0x5206 };

static int value_in(const struct Numeral *list, size_t n, uint32_t ch)
{
    for (size_t i = 0; i < n; i++) {
        if (list[i].ch == ch) return list[i].value;
    }
    return -1;
}

int cell_numeral(uint32_t ch)
{
    return value_in(numerals, COUNT(numerals), ch);
}

/* ---- sums ---------------------------------------------------------------------------------------------- */

/* A sum as it is read, in hundredths of a fen. */
typedef struct Sum {
    int64_t total, section, number;
    size_t  digits;   /* of the number */
    bool    hundreds; /* 百, 千, 万 or 亿 stand right before it */
    bool    has_number, any, unit, over;
    bool    unclear;  /* 2万3: 23,000, or 20,003? */
} Sum;

static const int64_t YUAN_SCALE = 10000, SUM_MAX = (int64_t)100000000000 * 10000;
    /* a thousand million yuan */

static int64_t times(Sum *s, int64_t a, int64_t b)
{
    if (a != 0 && b > SUM_MAX * 100 / a) s->over = true;
    return s->over ? 0 : a * b;
}

/* .567 behind a number, if it is there; what follows it is returned. */
static Str read_fraction(Sum *s, Str text)
{
    int64_t part = YUAN_SCALE, last = 0;
    size_t i = 1;
    if (text.n == 0 || text.s[0] != '.') return text;
    for (; i < text.n && is_digit(text.s[i]); i++) {
        part /= 10;
        last = part == 0 && last == 0 ? text.s[i] - '0' + 1 : last; /* the first digit beyond, + 1 */
        s->number += part * (text.s[i] - '0');
    }
    if (last > 5) s->number++;
    return after(text, i);
}

/* 1,200.567 as a number; what follows it is returned. */
static Str read_digits(Sum *s, Str text)
{
    int64_t v = 0;
    size_t i = 0;
    for (size_t n = 1; i < text.n; i += n) { /* 1,200 and 1，200 */
        bool wide = str_starts(after(text, i), S("，")) && i + 3 < text.n && is_digit(text.s[i + 3]);
        n = wide ? 3 : 1;
        if (!wide && !is_digit(text.s[i]) && text.s[i] != ',') break;
        s->digits += is_digit(text.s[i]);
        if (is_digit(text.s[i])) v = times(s, v, 10) + (text.s[i] - '0');
    }
    s->number = times(s, v, YUAN_SCALE);
    s->has_number = s->any = true;
    return read_fraction(s, after(text, i));
}

static void end_section(Sum *s, int64_t by)
{
    s->unclear |= by == 1 && s->hundreds && s->has_number && s->digits == 1;
    s->hundreds = by > 1;
    s->digits = 0;
    s->section += s->has_number ? s->number : 0;
    s->number = 0;
    s->has_number = false;
    if (by == 1) return;
    s->total = times(s, s->total + s->section, by);
    s->section = 0;
    s->unit = true;
}

static void read_numeral(Sum *s, int digit)
{
    s->number = s->has_number ? times(s, s->number, 10) + digit * YUAN_SCALE : digit * YUAN_SCALE;
    s->digits++;
    s->has_number = s->any = true;
}

/* What a character says; false if it says nothing of a sum. */
static bool read_sign(Sum *s, uint32_t ch)
{
    int digit = value_in(numerals, COUNT(numerals), ch), unit = value_in(units, COUNT(units), ch);
    if (digit >= 0) {
        read_numeral(s, digit);
    } else if (unit > 0) {
        s->section += times(s, s->has_number ? s->number : YUAN_SCALE, unit);
        s->has_number = false;
        s->any = s->unit = true;
        s->hundreds = unit > 10;
        s->digits = 0;
    } else if (ch == WAN || ch == WAN_OLD || ch == 'w' || ch == 'W') {
        end_section(s, 10000);
    } else if (ch == YI) {
        end_section(s, 100000000);
    } else if (ch == YUAN || ch == YUAN_OLD || ch == KUAI) {
        end_section(s, 1);
        s->unit = true;
    } else if (ch == JIAO || ch == FEN) {
        s->section += s->number / (ch == JIAO ? 10 : 100);
        s->has_number = false;
    } else {
        return false;
    }
    return true;
}

static bool read_sum(Arena *a, Str s, int64_t unit, Money *m)
{
    static const Str noise[] = {
        WORD("人民币"), WORD("RMB"), WORD("CNY"), WORD("rmb"), WORD("￥"), WORD("¥"), WORD("约"),
        WORD("共计"), WORD("合计"), WORD("共"), WORD("计"), WORD("整"), WORD("正"), WORD("余"),
        WORD("多"), WORD("左右"), WORD("，"), WORD("零元整"), WORD("钱"),
    };
    Sum sum = { 0 };
    *m = (Money){ 0 };
    Str text = cell_tight(a, s);
    while (text.n) {
        size_t n;
        Str rest = without(text, noise, COUNT(noise));
        if (rest.n == text.n && is_digit(text.s[0]) && !sum.has_number) rest = read_digits(&sum, text);
        else if (rest.n == text.n) {
            if (!read_sign(&sum, char_at(text, &n))) return false;
            rest = after(text, n);
        }
        text = rest;
    }
    end_section(&sum, 1);
    int64_t v = sum.total + sum.section;
    if (!sum.unit && unit > 1) v = times(&sum, v, unit);
    if (!sum.any || sum.over || sum.unclear || v > SUM_MAX) return false;
    m->fen = (v + 50) / 100;
    return true;
}

/* 3500元（大写：叁仟伍佰元整）: both must say the same. */
bool cell_money(Arena *a, Str s, int64_t unit, Money *m)
{
    static const Str capitals[] = {
        WORD("（大写："), WORD("(大写："), WORD("（大写:"), WORD("(大写:"), WORD("（大写"), WORD("(大写"),
    };
    Str text = cell_tight(a, s);
    for (size_t i = 0; i < text.n; i++) {
        Str rest = after(text, i), words = without(rest, capitals, COUNT(capitals));
        if (words.n == rest.n) continue;
        Money both;
        size_t tail = str_eq(after(words, words.n - (words.n > 2 ? 3 : words.n)), S("）")) ? 3 : 1;
        if (words.n <= tail) return false;
        words.n -= tail;
        bool good = read_sum(a, (Str){ text.s, i }, unit, m) && read_sum(a, words, unit, &both);
        return good && both.fen == m->fen;
    }
    return read_sum(a, text, unit, m);
}

bool cell_count(Arena *a, Str s, int64_t *n)
{
    Money m;
    Str text = cell_tight(a, s);
    for (size_t at = 0, len = 0; at < text.n; at += len) { /* 30人（其中女5人） */
        Str rest = after(text, at);
        (void)char_at(rest, &len);
        if (str_starts(rest, S("人")) || str_starts(rest, S("名")) || str_starts(rest, S("("))
            || str_starts(rest, S("（"))) {
            text = (Str){ text.s, at };
        }
    }
    if (!cell_money(a, text, 1, &m) || m.fen % 100 != 0 || m.fen > 100000000) return false;
    *n = m.fen / 100;
    return true;
}

/* ---- yes, no, grades ---------------------------------------------------------------------------------- */

bool cell_yes(Str s, bool *yes)
{
    static const Str words[] = {
        WORD("是"), WORD("有"), WORD("√"), WORD("✓"), WORD("✔"), WORD("Y"), WORD("y"),
        WORD("YES"), WORD("Yes"), WORD("yes"), WORD("1"), WORD("TRUE"), WORD("true"), WORD("对"),
        WORD("属于"),
    };
    static const Str others[] = {
        WORD(""), WORD("否"), WORD("不是"), WORD("无"), WORD("×"), WORD("✗"), WORD("✘"), WORD("X"),
        WORD("x"), WORD("N"), WORD("n"), WORD("NO"), WORD("No"), WORD("no"), WORD("0"),
        WORD("FALSE"), WORD("false"), WORD("非"), WORD("/"), WORD("-"), WORD("—"), WORD("不属于"),
    };
    *yes = one_of(s, words, COUNT(words));
    return *yes || one_of(s, others, COUNT(others));
}

bool cell_grade(Str s, int64_t *n)
{
    static const struct { const char *word; int grade; } words[] = {
        { "非常满意", 5 }, { "很满意", 5 }, { "满意", 4 }, { "较满意", 4 }, { "比较满意", 4 },
            { "基本满意", 3 }, { "一般", 3 },
        { "不太满意", 2 }, { "不满意", 2 }, { "很不满意", 1 }, { "非常不满意", 1 },
        { "1", 1 }, { "2", 2 }, { "3", 3 }, { "4", 4 }, { "5", 5 }, { "1分", 1 }, { "2分", 2 }, { "3分",
            3 }, { "4分", 4 }, { "5分", 5 },
    };
    for (size_t i = 0; i < COUNT(words); i++) {
        if (!str_eq(s, str_of(words[i].word))) continue;
        *n = words[i].grade;
        return true;
    }
    return false;
}
