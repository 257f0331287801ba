#include "core/search_sound.h"

#include "law/law.h"

#include <string.h>

enum { RUN_MAX = 64, READINGS = 3, PLAIN_MAX = 1200, TOKEN = 16, WAY_ROOM = 512, GRAM = 3 };

static const char syllables[] =
    " a ai an ang ao ba bai ban bang bao bei ben beng bi bian biao bie bin bing bo bu ca cai can cang cao ce cen ceng"
    " cha chai chan chang chao che chen cheng chi chong chou chu chua chuai chuan chuang chui chun chuo ci cong cou cu"
    " cuan cui cun cuo da dai dan dang dao de dei den deng di dia dian diao die ding diu dong dou du duan dui dun duo"
    " e en er fa fan fang fei fen feng fo fou fu ga gai gan gang gao ge gei gen geng gong gou gu gua guai guan guang"
    " gui gun guo ha hai han hang hao he hei hen heng hong hou hu hua huai huan huang hui hun huo ji jia jian jiang"
    " jiao jie jin jing jiong jiu ju juan jue jun ka kai kan kang kao ke kei ken keng kong kou ku kua kuai kuan kuang"
    " kui kun kuo la lai lan lang lao le lei leng li lia lian liang liao lie lin ling liu lo long lou lu luan lun luo"
    " lv lve ma mai man mang mao me mei men meng mi mian miao mie min ming miu mo mou mu na nai nan nang nao ne nei"
    " nen neng ni nian niang niao nie nin ning niu nong nou nu nuan nuo nv nve o ou pa pai pan pang pao pei pen peng"
    " pi pian piao pie pin ping po pou pu qi qia qian qiang qiao qie qin qing qiong qiu qu quan que qun ran rang rao"
    " re ren reng ri rong rou ru ruan rui run ruo sa sai san sang sao se sen seng sha shai shan shang shao she shei"
    " shen sheng shi shou shu shua shuai shuan shuang shui shun shuo si song sou su suan sui sun suo ta tai tan tang"
    " tao te teng ti tian tiao tie ting tong tou tu tuan tui tun tuo wa wai wan wang wei wen weng wo wu xi xia xian"
    " xiang xiao xie xin xing xiong xiu xu xuan xue xun ya yan yang yao ye yi yin ying yo yong you yu yuan yue yun za"
    " zai zan zang zao ze zei zen zeng zha zhai zhan zhang zhao zhe zhen zheng zhi zhong zhou zhu zhua zhuai zhuan"
    " zhuang zhui zhun zhuo zi zong zou zu zuan zui zun zuo ";

uint32_t search_char(Str s, size_t at, size_t *n)
{
    unsigned char b = (unsigned char)s.s[at];
    size_t len = b < 0x80 ? 1 : b < 0xE0 ? 2 : b < 0xF0 ? 3 : 4;
    static const unsigned char first[] = { 0, 0x7F, 0x1F, 0x0F, 0x07 };
    if (len > s.n - at) len = 1;
    uint32_t ch = b & first[len];
    for (size_t i = 1; i < len; i++) ch = ch << 6 | ((unsigned char)s.s[at + i] & 0x3F);
    *n = len;
    return ch;
}

/* ---- as it stands in a text ---------------------------------------------------------------- */

/* U+10F000 and a letter of ASCII: F4 8F 80|81 xx. */
static void out_letter(Out *o, char letter)
{
    unsigned char b = (unsigned char)letter;
    const char code[] = { (char)0xF4, (char)0x8F, (char)(0x80 | b >> 6), (char)(0x80 | (b & 0x3F)) };
    out_str(o, (Str){ code, sizeof code });
}

void search_sound(Ctx *c, Out *text, Str name)
{
    size_t n = 0;
    bool in = false;
    for (size_t at = 0; c->law && at < name.n; at += n) {
        Str rest = hanzi_readings(&c->law->hanzi, search_char(name, at, &n));
        if (rest.n && !in) out_str(text, S(" "));
        in = rest.n > 0;
        for (int i = 0; rest.n && i < READINGS; i++) {
            Str one = str_cut(&rest, ' ');
            out_letter(text, i ? '|' : '\'');
            for (size_t k = 0; k < one.n; k++) out_letter(text, one.s[k]);
        }
    }
    out_str(text, S("\n"));
}

/* A name's sound: the readings of each character. */
typedef struct Run {
    char   plain[PLAIN_MAX];
    Str    reading[RUN_MAX][READINGS];
    size_t readings[RUN_MAX];
    size_t n;
} Run;

static void run_open(Run *r, Str code)
{
    size_t len = 0, n = 0;
    r->n = 0;
    for (size_t at = 0; at < code.n && len < PLAIN_MAX; at += n) {
        r->plain[len++] = (char)(search_char(code, at, &n) - SOUND_FIRST);
    }
    Str rest = { r->plain, len };
    (void)str_cut(&rest, '\'');
    while (rest.n && r->n < RUN_MAX) {
        Str one = str_cut(&rest, '\'');
        size_t k = 0;
        while (one.n && k < READINGS) r->reading[r->n][k++] = str_cut(&one, '|');
        r->readings[r->n++] = k;
    }
}

/* ---- tokens ---------------------------------------------------------------------------------- */

static void add_token(const SoundSink *sink, const char *mark, Str letters)
{
    char text[TOKEN];
    Out o = { .buf = text, .cap = sizeof text };
    out_str(&o, str_of(mark));
    out_str(&o, letters);
    if (!o.full) sink->add(sink->with, out_view(&o));
}

/* The initials of 1 to GRAM characters from `at` on, for all their readings. */
static void add_grams(const Run *r, size_t at, Str before, const SoundSink *sink)
{
    char letters[GRAM];
    if (at == r->n || before.n == GRAM) return;
    memcpy(letters, before.s ? before.s : "", before.n);
    for (size_t i = 0; i < r->readings[at]; i++) {
        letters[before.n] = r->reading[at][i].s[0];
        Str now = { letters, before.n + 1 };
        add_token(sink, "_i", now);
        add_grams(r, at + 1, now, sink);
    }
}

void sound_tokens(Str run, const SoundSink *sink)
{
    Run r;
    run_open(&r, run);
    for (size_t at = 0; at < r.n; at++) {
        for (size_t i = 0; i < r.readings[at]; i++) add_token(sink, "_p", r.reading[at][i]);
        add_grams(&r, at, (Str){ 0 }, sink);
    }
}

/* ---- what was typed ---------------------------------------------------------------------------- */

static bool is_syllable(Str s)
{
    char text[TOKEN];
    Out o = { .buf = text, .cap = sizeof text };
    out_str(&o, S(" "));
    out_str(&o, s);
    out_str(&o, S(" "));
    return !o.full && str_has(str_of(syllables), out_view(&o));
}

/* Begins a syllable, which need not be all there. */
static bool is_begin(Str s)
{
    char text[TOKEN];
    Out o = { .buf = text, .cap = sizeof text };
    out_str(&o, S(" "));
    out_str(&o, s);
    return !o.full && str_has(str_of(syllables), out_view(&o));
}

/* zh, ch, sh: an initial of two letters. */
static bool is_double(Str s)
{
    return s.n == 2 && s.s[1] == 'h' && strchr("zcs", s.s[0]);
}

typedef struct Ways {
    Arena *mem;
    Str   *way;
    size_t n;
    Str    part[SOUND_MAX];
    bool   whole[SOUND_MAX];
    size_t parts;
} Ways;

static void add_way(Ways *w)
{
    char initials[SOUND_MAX];
    size_t gram = w->parts < GRAM ? w->parts : GRAM;
    Out o = { .buf = NEW(w->mem, char, WAY_ROOM), .cap = WAY_ROOM };
    for (size_t i = 0; i < w->parts; i++) {
        initials[i] = w->part[i].s[0];
        if (!w->whole[i]) continue;
        out_str(&o, o.len ? S(" _p") : S("_p"));
        out_str(&o, w->part[i]);
    }
    for (size_t i = 0; i + gram <= w->parts; i++) {
        out_str(&o, o.len ? S(" _i") : S("_i"));
        out_str(&o, (Str){ initials + i, gram });
    }
    w->way[w->n++] = out_view(&o);
}

/* Whole syllables first, the longest first; then one letter for a character; at the end
** what has been begun. */
static void read_on(Ways *w, Str rest)
{
    enum { LONGEST = 6 };
    if (w->n == SOUND_PARSES || w->parts == SOUND_MAX) return;
    if (rest.n == 0) {
        add_way(w);
        return;
    }
    for (size_t n = rest.n < LONGEST ? rest.n : LONGEST; n > 0; n--) {
        Str part = { rest.s, n };
        bool whole = is_syllable(part), begun = n == 1 || n == rest.n || is_double(part);
        if (!whole && !(begun && is_begin(part))) continue;
        w->part[w->parts] = part;
        w->whole[w->parts++] = whole && n > 1; /* one letter may begin any other */
        read_on(w, (Str){ rest.s + n, rest.n - n });
        w->parts--;
    }
}

size_t sound_ways(Arena *a, Str word, Str way[static SOUND_PARSES])
{
    Ways w = { .mem = a, .way = way };
    if (word.n == 0 || word.n > SOUND_MAX) return 0;
    for (size_t i = 0; i < word.n; i++) {
        if (word.s[i] < 'a' || word.s[i] > 'z') return 0;
    }
    read_on(&w, word);
    return w.n;
}

/* ---- does it fit? -------------------------------------------------------------------------------- */

static bool matches(const Run *r, size_t at, Str word);

/* The character `at` said as `said`: does the word begin so, and go on with those after it? */
static bool goes_on(const Run *r, size_t at, Str word, Str said)
{
    return said.n && str_starts(word, said) && matches(r, at + 1, (Str){ word.s + said.n, word.n - said.n });
}

/* The whole reading, its two letters of one sound, or its first alone. */
static bool reads(const Run *r, size_t at, Str word, Str one)
{
    Str two = { one.s, one.n > 2 ? 2 : 0 };
    if (str_starts(one, word) || goes_on(r, at, word, one)) return true;
    if (is_double(two) && goes_on(r, at, word, two)) return true;
    return goes_on(r, at, word, (Str){ one.s, one.n ? 1 : 0 });
}

static bool matches(const Run *r, size_t at, Str word)
{
    if (word.n == 0) return true;
    if (at == r->n) return false;
    for (size_t i = 0; i < r->readings[at]; i++) {
        if (reads(r, at, word, r->reading[at][i])) return true;
    }
    return false;
}

bool sound_fits(Str text, Str word)
{
    Run r;
    size_t n = 0;
    for (size_t at = 0; at < text.n; at += n) {
        uint32_t ch = search_char(text, at, &n);
        if (ch < SOUND_FIRST || ch > SOUND_LAST) continue;
        size_t end = at;
        while (end < text.n && (unsigned char)text.s[end] == 0xF4) end += 4;
        run_open(&r, (Str){ text.s + at, end - at });
        for (size_t k = 0; k < r.n; k++) {
            if (matches(&r, k, word)) return true;
        }
        n = end - at;
    }
    return false;
}
