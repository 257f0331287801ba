#include "law/case_name.h"

enum { LEAST = 2, NAME_MOST = 4, LONG_NAME_MOST = 20, FIRM_LEAST = 4 };

/* ---- one character, one word ------------------------------------------------------------- */

static size_t char_size(Str s)
{
    unsigned char b = s.n ? (unsigned char)s.s[0] : 0;
    size_t n = b < 0x80 ? 1 : b < 0xE0 ? 2 : b < 0xF0 ? 3 : 4;
    return n > s.n ? s.n : n;
}

static Str from(Str s, size_t at)
{
    return at ? (Str){ s.s + at, s.n - at } : s; /* nothing may have no place at all */
}

static Str upto(Str s, size_t n)
{
    return (Str){ s.s, n };
}

static bool ends(Str s, Str tail)
{
    return s.n >= tail.n && str_eq(from(s, s.n - tail.n), tail);
}

/* Letters of either case are the same. */
static bool begins(Str s, Str head)
{
    if (s.n < head.n) return false;
    for (size_t i = 0; i < head.n; i++) {
        if (char_upper(s.s[i]) != char_upper(head.s[i])) return false;
    }
    return true;
}

/* The longest word of `field` that `s` begins with, or NULL. */
static const LedgerName *word_at(const LedgerNames *names, Str field, Str s)
{
    size_t n = 0;
    const LedgerName *row = ledger_names_of(names, field, &n), *best = NULL;
    for (size_t i = 0; i < n; i++) {
        bool longer = !best || row[i].name.n > best->name.n;
        if (longer && begins(s, row[i].name)) best = &row[i];
    }
    return best;
}

/* Blanks, colons and brackets that close nothing do not belong to a name. */
static Str bare(Str s)
{
    static const Str signs[] = {
        { "：", 3 }, { ":", 1 }, { "，", 3 }, { ",", 1 }, { "“", 3 }, { "”", 3 }, { "\"", 1 },
        { "《", 3 }, { "》", 3 }, { " ", 1 }, { "。", 3 }, { ".", 1 }, { "的", 3 },
    };
    for (bool more = true; more;) {
        more = false;
        for (size_t i = 0; i < COUNT(signs); i++) {
            bool head = str_starts(s, signs[i]) && !str_eq(signs[i], S("的"));
            bool tail = ends(s, signs[i]);
            if (head) s = from(s, signs[i].n);
            if (!head && tail) s.n -= signs[i].n;
            more |= head || tail;
        }
    }
    return s;
}

/* ---- who may be a side ------------------------------------------------------------------- */

/* Whatever its length; of these no person is called. */
static const Str firm_ends[] = {
    { "公司", 6 }, { "厂", 3 }, { "店", 3 }, { "学校", 6 }, { "小学", 6 }, { "中学", 6 }, { "大学", 6 }, { "中心", 6 },
    { "集团", 6 }, { "医院", 6 }, { "银行", 6 }, { "超市", 6 }, { "幼儿园", 9 }, { "餐馆", 6 }, { "宾馆", 6 }, { "合作社", 9 },
    { "商行", 6 }, { "单位", 6 }, { "企业", 6 }, { "诊所", 6 }, { "事务所", 9 }, { "经营部", 9 }, { "项目部", 9 }, { "工程队", 9 },
    { "委员会", 9 }, { "政府", 6 }, { "协会", 6 }, { "工作室", 9 }, { "门市", 6 }, { "卫生院", 9 }, { "车间", 6 },
};
/* Of a name of four characters or more. */
static const Str long_firm_ends[] = {
    { "院", 3 }, { "部", 3 }, { "所", 3 }, { "局", 3 }, { "馆", 3 }, { "场", 3 }, { "站", 3 }, { "社", 3 }, { "行", 3 },
    { "队", 3 }, { "园", 3 }, { "处", 3 }, { "户", 3 }, { "吧", 3 }, { "坊", 3 },
};

/* Without what stands in brackets at its end. */
static Str unbracketed(Str s)
{
    bool closes = ends(s, S("）")) || ends(s, S(")"));
    for (size_t i = s.n; closes && i > 0; i--) {
        bool opens = str_starts(from(s, i - 1), S("(")) || (i > 2 && str_starts(from(s, i - 1), S("（")));
        if (opens) return upto(s, i - 1);
    }
    return s;
}

bool name_is_firm(Str name)
{
    Str s = unbracketed(name);
    size_t length = str_length(s);
    for (size_t i = 0; i < COUNT(firm_ends); i++) {
        if (length >= LEAST && ends(s, firm_ends[i])) return true;
    }
    for (size_t i = 0; i < COUNT(long_firm_ends); i++) {
        if (length >= FIRM_LEAST && ends(s, long_firm_ends[i])) return true;
    }
    return length >= FIRM_LEAST && (str_has(s, S("公司")) || str_has(s, S("有限")));
}

/* A bracket that is open at its end: it was cut within. */
static bool is_torn(Str s)
{
    int depth = 0;
    for (size_t i = 0; i < s.n; i += char_size(from(s, i))) {
        depth += str_starts(from(s, i), S("（")) || s.s[i] == '(';
        depth -= str_starts(from(s, i), S("）")) || s.s[i] == ')';
    }
    return depth > 0;
}

/* 等12人, 等人, 等: what stands behind the first of many. */
static Str first_of_many(Str s)
{
    for (size_t i = 3; i + 3 <= s.n; i++) {
        Str rest = from(s, i);
        bool many = rest.n == 3 || ends(rest, S("人")) || ends(rest, S("名"));
        if (many && str_starts(rest, S("等"))) return upto(s, i);
    }
    return s;
}

/* Han characters, masks, and the dot of longer names. */
static bool is_name(Str s)
{
    size_t n = 0, dots = 0;
    for (size_t at = 0, size; at < s.n; at += size, n++) {
        Str rest = from(s, at);
        size = char_size(rest);
        bool dot = str_starts(rest, S("·")) || str_starts(rest, S("•"));
        bool mask = rest.s[0] == '*' || str_starts(rest, S("×")) || str_starts(rest, S("＊"));
        unsigned char lead = (unsigned char)rest.s[0];
        bool han = size == 4 || (size == 3 && lead >= 0xE3 && lead <= 0xE9 && !str_starts(rest, S("、")));
        if (!dot && !mask && !han) return false;
        dots += dot;
    }
    return n >= LEAST && n <= (dots ? LONG_NAME_MOST : NAME_MOST);
}

static Str next_of_list(Str *rest)
{
    for (size_t i = 0; i < rest->n; i++) {
        bool mark = str_starts(from(*rest, i), S("、")) || str_starts(from(*rest, i), S("，"));
        if (!mark && rest->s[i] != ',') continue;
        Str one = upto(*rest, i);
        *rest = from(*rest, i + (mark ? 3 : 1));
        return bare(one);
    }
    Str one = *rest;
    *rest = (Str){ 0 };
    return bare(one);
}

typedef enum Who { WHO_NOBODY, WHO_PERSON, WHO_FIRM } Who;

/* One or several, all of one sort. */
static Who who_is(Str side)
{
    Who all = WHO_NOBODY;
    Str rest = name_is_firm(side) ? side : first_of_many(side);
    while (rest.n) {
        Str one = next_of_list(&rest);
        Who who = name_is_firm(one) ? WHO_FIRM : is_name(unbracketed(one)) ? WHO_PERSON : WHO_NOBODY;
        if (who == WHO_NOBODY || (all && who != all)) return WHO_NOBODY;
        all = who;
    }
    return all;
}

/* The number in 等12人; 0: there is none. */
static int64_t number_of_many(Str s)
{
    int64_t n = 0;
    Str rest = from(s, first_of_many(s).n);
    if (!str_starts(rest, S("等"))) return 0;
    rest = from(rest, S("等").n);
    while (rest.n && (rest.s[rest.n - 1] < '0' || rest.s[rest.n - 1] > '9')) rest.n--;
    return str_is_digits(rest) && str_int(rest, &n) ? n : 0;
}

int64_t names_in(Str text)
{
    int64_t n = 0, many = number_of_many(text);
    if (text.n == 0 || name_is_firm(text)) return 0;
    for (Str rest = first_of_many(text); rest.n; n++) {
        if (!is_name(unbracketed(next_of_list(&rest)))) return 0;
    }
    return many > n ? many : n;
}

/* ---- a side ------------------------------------------------------------------------------ */

typedef struct Side {
    Str  name, rest; /* what follows the name */
    Str  role;       /* applicant, respondent, or "" */
    Who  who;
} Side;

/* 申请人：张三 and 原告张三 */
static Str without_role(const LedgerNames *names, Str text, Str *role)
{
    const LedgerName *word = word_at(names, S("role"), text);
    if (!word || word->name.n >= text.n) return text;
    if (!str_eq(word->word, S("sort"))) *role = word->word;
    return bare(from(text, word->name.n));
}

/* The shortest beginning of `text` that is of this sort and stands before what it is about. */
static bool cut_side(const LedgerNames *names, Str text, Who who, Side *s)
{
    for (size_t at = char_size(text); at < text.n; at += char_size(from(text, at))) {
        if (!word_at(names, S("tail"), from(text, at))) continue;
        Str name = bare(upto(text, at));
        if (is_torn(name) || who_is(name) != who) continue;
        s->name = name;
        s->rest = bare(from(text, at));
        s->who = who;
        return true;
    }
    return false;
}

/* Firms first: 中国人民保险公司 is no person called 中国人民. */
static void read_side(const LedgerNames *names, Str text, bool last, Side *s)
{
    *s = (Side){ 0 };
    text = without_role(names, bare(text), &s->role);
    if (last && cut_side(names, text, WHO_FIRM, s)) return;
    s->name = text;
    s->who = who_is(text);
    if (last && s->who != WHO_FIRM) (void)cut_side(names, text, WHO_PERSON, s);
}

/* ---- where the sides part ---------------------------------------------------------------- */

typedef struct Parting {
    size_t at, n;  /* of the word that parts them */
    size_t found;  /* how many such words */
    Str    word;   /* sues with weak sign */
} Parting;

static bool is_kind(Str word, int level)
{
    if (level == 0) return str_eq(word, S("sues")) || str_eq(word, S("with"));
    return str_eq(word, S("weak"));
}

static void find_parting(const LedgerNames *names, Str text, int level, Parting *p)
{
    *p = (Parting){ 0 };
    for (size_t at = 0; at < text.n;) {
        Str rest = from(text, at);
        const LedgerName *word = word_at(names, S("versus"), rest);
        size_t n = word ? word->name.n : char_size(rest);
        Str after = bare(from(text, at + n)), before = bare(upto(text, at));
        bool room = str_length(before) >= LEAST && str_length(after) >= LEAST;
        bool good = word && is_kind(word->word, level) && room && !word_at(names, S("tail"), after);
        if (good && p->found++ == 0) *p = (Parting){ at, n, 1, word->word };
        at += n;
    }
}

/* Signs part the sides only where there is one alone. */
static void find_sign(Str text, Parting *p)
{
    static const Str signs[] = {
        { "——", 6 }, { "—", 3 }, { "-", 1 }, { "/", 1 }, { "、", 3 },
        { ";", 1 }, { "；", 3 }, { "|", 1 }, { " ", 1 },
    };
    *p = (Parting){ 0 };
    for (size_t at = 0; at < text.n;) {
        size_t n = char_size(from(text, at));
        for (size_t i = 0; i < COUNT(signs); i++) {
            if (!str_starts(from(text, at), signs[i])) continue;
            n = signs[i].n;
            if (p->found++ == 0) *p = (Parting){ at, n, 1, S("sign") };
            break;
        }
        at += n;
    }
}

/* ---- the name ---------------------------------------------------------------------------- */

/* "1.", "(3)", "〔2021〕5号" before the name: only signs and digits that end in a sign. */
static Str unnumbered(Str s)
{
    static const Str signs[] = {
        { ".", 1 }, { "、", 3 }, { "(", 1 }, { ")", 1 }, { "（", 3 }, { "）", 3 }, { "〔", 3 },
        { "〕", 3 }, { "[", 1 }, { "]", 1 }, { "号", 3 }, { "第", 3 }, { " ", 1 },
    };
    size_t at = 0, good = 0;
    for (bool more = true; more && at < s.n;) {
        size_t n = s.s[at] >= '0' && s.s[at] <= '9' ? 1 : 0;
        bool sign = false;
        for (size_t i = 0; i < COUNT(signs) && n == 0; i++) {
            if (str_starts(from(s, at), signs[i])) n = signs[i].n;
            sign = n > 0;
        }
        more = n > 0;
        at += n;
        if (sign) good = at;
    }
    return from(s, good);
}

const Phrase *case_name_doubt(Str word)
{
    static const struct { const char *word; Phrase text; } rows[] = {
        { "differs", { "与单独一栏所写的不一致", "it differs from the column of its own" } },
        { "roles", { "两方的身份写得不一致", "the two are named in contradiction" } },
        { "people", { "双方都像是个人", "both look like people" } },
        { "firm_first", { "单位写在前面，按单位申请登记",
          "the employer stands first, and is taken for the applicant" } },
        { "weak", { "按“和”“同”一类的字分开", "parted at a word such as “and”" } },
        { "many", { "不止一处可以把双方分开", "there is more than one place to part them" } },
        { "none", { "没有把双方分开的字（诉、与等）", "no word parts the two" } },
        { "nobody", { "认不出双方的姓名或者名称", "no names can be made out" } },
        { "firms", { "双方都像是单位", "both look like employers" } },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        if (str_eq(str_of(rows[i].word), word)) return &rows[i].text;
    }
    return NULL;
}

static void refuse(CaseName *n, const char *doubt)
{
    *n = (CaseName){ .doubt = doubt };
}

static void judge(CaseName *n, const Side *a, const Side *b, Str parted)
{
    bool turned = str_eq(a->role, S("respondent")) || str_eq(b->role, S("applicant"));
    bool told = a->role.n || b->role.n || str_eq(parted, S("sues"));
    bool firm_first = a->who == WHO_FIRM && b->who == WHO_PERSON;
    if (turned && (str_eq(a->role, S("applicant")) || str_eq(b->role, S("respondent")))) {
        refuse(n, "roles");
        return;
    }
    n->split = true;
    n->applicant = turned ? b->name : a->name;
    n->respondent = turned ? a->name : b->name;
    n->matter = b->rest;
    if (a->who == WHO_PERSON && b->who == WHO_PERSON) n->doubt = "people";
    else if (firm_first && !told) n->doubt = "firm_first";
    else if (str_eq(parted, S("weak"))) n->doubt = "weak";
}

void case_name_read(const LedgerNames *names, Str text, CaseName *n)
{
    Parting p;
    Side a, b;
    *n = (CaseName){ 0 };
    text = unnumbered(bare(text));
    const LedgerName *lead = word_at(names, S("role"), text);
    if (lead && str_eq(lead->word, S("lead"))) text = bare(from(text, lead->name.n));
    find_parting(names, text, 0, &p);
    if (p.found == 0) find_parting(names, text, 1, &p);
    if (p.found == 0) find_sign(text, &p);
    if (p.found != 1) {
        refuse(n, p.found ? "many" : "none");
        return;
    }
    read_side(names, upto(text, p.at), false, &a);
    read_side(names, from(text, p.at + p.n), true, &b);
    if (a.who == WHO_NOBODY || b.who == WHO_NOBODY) refuse(n, "nobody");
    else if (a.who == WHO_FIRM && b.who == WHO_FIRM) refuse(n, "firms");
    else judge(n, &a, &b, p.word);
}
