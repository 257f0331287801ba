#include "oversight/month/part.h"

static const Code source_rows[] = {
    { "open",      "未报送，按现在计算", "not handed in, counted now" },
    { "ahead",     "尚未开始",           "has not begun" },
    { "submitted", "已报送，未锁定",     "handed in, not locked" },
    { "correcting", "更正已报送，未锁定", "correction handed in, not locked" },
    { "locked",    "已锁定月报",         "locked report" },
    { "closed",    "已关账汇总表",       "page that was closed" },
    { "network",   "各组织月报合计",     "sum of the organisations' reports" },
};
const Codes part_sources = { .name = "month_source", .row = source_rows, .n = COUNT(source_rows) };

static const struct Title { int months; const char *zh, *en; } titles[] = {
    { 1, "劳动人事争议调解月报", "Monthly report of mediation" },
    { 3, "劳动人事争议调解季报", "Quarterly report of mediation" },
    { 12, "劳动人事争议调解年报", "Yearly report of mediation" },
    { 0, "劳动人事争议调解统计汇总", "Report of mediation" },
};

Str report_title(const Report *r, bool english)
{
    int64_t months = (r->to / 100 - r->month / 100) * 12 + r->to % 100 - r->month % 100 + 1;
    size_t i = 0;
    while (titles[i].months && titles[i].months != months) i++;
    return str_of(english ? titles[i].en : titles[i].zh);
}

/* Each with a number between its halves. */
static const struct Words { const char *zh[2], *en[2]; } words[] = {
    { { "第", "版" },                 { "version ", "" } },
    { { "，第", "次更正" },           { ", correction ", "" } },
    { { "，关账后另有", "份月报更正" }, { ", ", " reports corrected since" } },
    { { "锁定", "份" },               { "", " locked" } },
    { { "，现算", "份" },             { ", ", " counted now" } },
    { { "，期初比上期末差", "件" },   { ", open at the start differ by ", "" } },
};
enum { SAY_VERSION, SAY_CORRECTION, SAY_LATER, SAY_LOCKED, SAY_OPEN, SAY_GAP, SAY__COUNT };
static const struct Pending { const char *zh, *en; } waits = { "，另有更正待审", ", a correction waits" };

static void say(Out *o, size_t what, int64_t n, bool english)
{
    const char *const *half = english ? words[what].en : words[what].zh;
    if (n == 0) return;
    out_str(o, str_of(half[0]));
    out_int(o, n);
    out_str(o, str_of(half[1]));
}

Str part_text(Ctx *c, const Part *p, bool english)
{
    enum { ROOM = 320 };
    Out o = { .buf = NEW(c->mem, char, ROOM), .cap = ROOM };
    say(&o, SAY_VERSION, p->version, english);
    say(&o, SAY_CORRECTION, p->corrections, english);
    say(&o, SAY_LOCKED, p->locked, english);
    say(&o, SAY_OPEN, p->open, english);
    say(&o, SAY_LATER, p->later, english);
    if (p->pending) out_str(&o, str_of(english ? waits.en : waits.zh));
    say(&o, SAY_GAP, p->gap, english);
    return out_view(&o);
}

Str part_source(const Part *p, bool english)
{
    const Code *code = NULL;
    bool known = code_find(&part_sources, p->from, &code) && code;
    return known ? str_of(english ? code->en : code->zh) : p->from;
}

bool part_open(const Part *p)
{
    return str_eq(p->from, S("open")) || str_eq(p->from, S("submitted"))
        || str_eq(p->from, S("correcting")) || p->open;
}
