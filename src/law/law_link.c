#include "law/law_link.h"

#include <string.h>

/* A text that is read from left to right. */
typedef struct Scan {
    const Library *library;
    Date      on;
    Str       all, left;
    LawLinks *links;
    const LawHead *law;               /* whose articles are read */
    int64_t   number[LAW_LINKS];      /* of them, so far */
    size_t    numbers;
    bool      other;                  /* another version was named */
} Scan;

static bool skip(Str *s, const char *word)
{
    size_t n = strlen(word);
    if (s->n < n || memcmp(s->s, word, n) != 0) return false;
    *s = (Str){ s->s + n, s->n - n };
    return true;
}

static bool skip_any(Str *s, const char *const *words)
{
    for (; *words; words++) {
        if (skip(s, *words)) return true;
    }
    return false;
}

static void skip_blanks(Str *s)
{
    while (skip(s, " ")) continue;
}

/* ---- numbers -------------------------------------------------------------------------- */

static int hanzi_digit(Str *s)
{
    static const char *const digits[] = { "零", "一", "二", "三", "四", "五", "六", "七", "八", "九" };
    for (int i = 0; i < (int)COUNT(digits); i++) {
        if (skip(s, digits[i])) return i;
    }
    return -1;
}

/* 一百零五, 二十七, 十; 0 if there is none. */
static int64_t hanzi(Str *s)
{
    int64_t total = 0, last = 0;
    for (;;) {
        int digit = hanzi_digit(s);
        if (digit >= 0) last = digit;
        else if (skip(s, "百")) total += (last ? last : 1) * 100, last = 0;
        else if (skip(s, "十")) total += (last ? last : 1) * 10, last = 0;
        else return total + last;
    }
}

static int64_t arabic(Str *s)
{
    int64_t v = 0;
    for (int i = 0; i < 6 && s->n && s->s[0] >= '0' && s->s[0] <= '9'; i++) {
        v = v * 10 + (s->s[0] - '0');
        *s = (Str){ s->s + 1, s->n - 1 };
    }
    return v;
}

static int64_t number(Str *s)
{
    bool digit = s->n && s->s[0] >= '0' && s->s[0] <= '9';
    return digit ? arabic(s) : hanzi(s);
}

/* ---- names ------------------------------------------------------------------------------ */

/* May a name begin after this, may it end before that?  Else it is part of
** another law's name. */
static bool begins(Str before)
{
    static const char *const marks[] = {
        "《", "、", "；", "，", "。", "：", "〈", "（", "参照", "\n", " ", ";", ",", ":", "(", "及", "和", NULL,
    };
    if (before.n == 0) return true;
    for (const char *const *m = marks; *m; m++) {
        size_t n = strlen(*m);
        if (before.n >= n && memcmp(before.s + before.n - n, *m, n) == 0) return true;
    }
    return false;
}

static bool ends(Str after)
{
    static const char *const marks[] = { "》", "（", "、", "；", "，", "。", "第", " ", "(", ";", ",", NULL };
    bool digit = after.n && after.s[0] >= '0' && after.s[0] <= '9';
    return after.n == 0 || digit || skip_any(&after, marks);
}

static void longest(Str at, Str name, size_t *best, bool *better)
{
    *better = false;
    if (name.n <= *best || !str_starts(at, name)) return;
    if (!ends((Str){ at.s + name.n, at.n - name.n })) return;
    *best = name.n;
    *better = true;
}

/* The law whose name stands at the beginning of `at`, and how long it is. */
static const LawHead *named_here(const Library *l, Str at, size_t *length)
{
    const LawHead *found = NULL;
    bool better = false;
    *length = 0;
    for (size_t i = 0; i < l->laws; i++) {
        Str title = l->law[i].title, rest = l->law[i].aliases;
        longest(at, title, length, &better);
        if (better) found = &l->law[i];
        longest(at, l->law[i].id, length, &better);
        if (better) found = &l->law[i];
        if (skip(&title, "中华人民共和国")) longest(at, title, length, &better);
        if (better) found = &l->law[i];
        while (rest.n) {
            longest(at, str_cut(&rest, ';'), length, &better);
            if (better) found = &l->law[i];
        }
    }
    return found;
}

/* ---- versions ---------------------------------------------------------------------------- */

/* The year that a remark names: "2007年通过，2008-05-01施行" is the text of 2007. */
static int64_t year_in(Str text)
{
    int64_t first = 0;
    while (text.n) {
        Str at = text;
        int64_t v = arabic(&at);
        if (at.n == text.n) {
            text = (Str){ text.s + 1, text.n - 1 };
            continue;
        }
        bool year = text.n - at.n == 4 && v >= 1949;
        if (year && skip(&at, "年")) return v;
        if (year && !first) first = v;
        text = at;
    }
    return first;
}

/* "国务院令第375号" is not 国务院令第586号. */
static bool same_number(Str remark, Str doc_no)
{
    const char *from = remark.n ? memmem(remark.s, remark.n, "第", 3) : NULL;
    if (!from || !str_has(remark, S("令第"))) return true;
    Str at = { from + 3, remark.n - (size_t)(from - remark.s) - 3 };
    int64_t n = arabic(&at);
    char said[40];
    Out o = { .buf = said, .cap = sizeof said };
    out_str(&o, S("第"));
    out_int(&o, n);
    out_str(&o, S("号"));
    return n == 0 || str_has(doc_no, out_view(&o));
}

/* A text that was never changed after it came into force is also called by
** that year. */
static bool same_version(const LawHead *law, Str remark)
{
    int64_t year = year_in(remark);
    int64_t made = date_civil(law->version).year, from = date_civil(law->from).year;
    if (!same_number(remark, law->doc_no)) return false;
    return year == 0 || year == made || (made <= from && year == from);
}

/* What stands in brackets: a version's year or document, or a paragraph's number. */
static bool remark(Scan *s)
{
    static const struct Pair { const char *open, *close; } pairs[] = { { "（", "）" }, { "(", ")" } };
    for (size_t i = 0; i < COUNT(pairs); i++) {
        Str at = s->left;
        if (!skip(&at, pairs[i].open)) continue;
        const char *close = at.n ? memmem(at.s, at.n, pairs[i].close, strlen(pairs[i].close)) : NULL;
        if (!close) return false;
        Str inside = { at.s, (size_t)(close - at.s) };
        size_t used = inside.n + strlen(pairs[i].close);
        s->left = (Str){ at.s + used, at.n - used };
        if (!same_version(s->law, inside)) s->other = true;
        if (s->numbers && year_in(inside) == 0) (void)arabic(&s->left); /* 39(1)1: an item of the paragraph */
        return true;
    }
    return false;
}

/* ---- articles ------------------------------------------------------------------------------ */

static void add_range(Scan *s, int64_t from, int64_t to)
{
    for (int64_t n = from; n <= to && s->numbers < LAW_LINKS; n++) s->number[s->numbers++] = n;
}

/* "46", "29-32", "第四十六、四十七条", "第十至十二条"; a 款 or 项 is no article. */
static bool articles(Scan *s)
{
    static const char *const to[] = { "至第", "至", "-", "—", "–", NULL };
    static const char *const parts[] = { "款", "项", "目", "章", "节", "号", "年", NULL };
    static const char *const of_number[] = { "第", "art. ", "arts. ", NULL };
    Str at = s->left;
    bool said = skip_any(&at, of_number);
    bool digit = at.n && at.s[0] >= '0' && at.s[0] <= '9';
    int64_t n = number(&at), last = n;
    if (n == 0 || (!said && !digit && s->numbers == 0)) return false;
    bool closed = skip(&at, "条");
    if (skip_any(&at, to)) last = number(&at);
    closed |= skip(&at, "条");
    s->left = at;
    if (!closed && skip_any(&s->left, parts)) return true;
    add_range(s, n, last < n ? n : last);
    return true;
}

static bool between(Scan *s)
{
    static const char *const marks[] = { "、", ", ", ",", "》", "，", " ", "和", NULL };
    Str at = s->left;
    if (!skip_any(&at, marks)) return false;
    s->left = at;
    skip_blanks(&s->left);
    return true;
}

static void link_one(Scan *s, int64_t n)
{
    char no[24];
    Out o = { .buf = no, .cap = sizeof no };
    out_int(&o, n);
    const LawArticle *a = library_article(s->library, s->law->id, out_view(&o), s->on);
    LawLinks *links = s->links;
    if (!a) {
        links->other++;
        links->absent++;
        return;
    }
    for (size_t i = 0; i < links->n; i++) {
        if (links->article[i] == a) return;
    }
    if (links->n < LAW_LINKS) links->article[links->n++] = a;
}

/* Another law's name begins here: this one's articles are over. */
static bool next_law(const Scan *s)
{
    size_t length = 0;
    return named_here(s->library, s->left, &length) != NULL;
}

static void read_citation(Scan *s)
{
    s->numbers = 0;
    s->other = false;
    while (s->left.n && !next_law(s) && (remark(s) || articles(s) || between(s))) continue;
    if (s->other) s->links->other++;
    for (size_t i = 0; !s->other && i < s->numbers; i++) link_one(s, s->number[i]);
}

static size_t step(Str s)
{
    size_t n = 1;
    while (n < s.n && ((unsigned char)s.s[n] & 0xC0) == 0x80) n++;
    return n;
}

static bool find_law(Scan *s)
{
    while (s->left.n) {
        size_t length = 0;
        Str before = { s->all.s, (size_t)(s->left.s - s->all.s) };
        s->law = begins(before) ? named_here(s->library, s->left, &length) : NULL;
        if (!s->law) length = step(s->left);
        s->left = (Str){ s->left.s + length, s->left.n - length };
        if (!s->law) continue;
        s->law = library_law(s->library, s->law->id, s->on);
        return true;
    }
    return false;
}

void law_links(const Library *l, Str basis, Date on, LawLinks *links)
{
    Scan s = { .library = l, .on = on, .all = basis, .left = basis, .links = links };
    *links = (LawLinks){ 0 };
    while (find_law(&s)) read_citation(&s);
}

const LawHead *law_named(const Library *l, Str text, Date on)
{
    Scan s = { .library = l, .on = on, .all = text, .left = text };
    return find_law(&s) ? s.law : NULL;
}
