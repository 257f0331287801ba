#include "law/shingle.h"

enum { RUN = 5, ROWS = SHINGLE_HASHES / SHINGLE_BANDS };

/* ---- characters that count ----------------------------------------------------------------- */

/* The next code point of valid UTF-8; *rest moves on. */
static uint32_t next_point(Str *rest)
{
    unsigned char c = (unsigned char)rest->s[0];
    size_t n = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
    uint32_t point = n == 1 ? c : c & (0x3FU >> (n - 1));
    if (n > rest->n) n = rest->n;
    for (size_t i = 1; i < n; i++) point = point << 6 | ((unsigned char)rest->s[i] & 0x3F);
    *rest = (Str){ rest->s + n, rest->n - n };
    return point;
}

static const struct Left { uint32_t from, to; } left_out[] = {
    { 0x00, 0x40 }, { 0x5B, 0x60 }, { 0x7B, 0xBF },       /* ASCII and Latin signs, digits */
    { 0x2000, 0x206F }, { 0x3000, 0x303F },               /* general and CJK punctuation */
    { 0xFF00, 0xFF20 }, { 0xFF3B, 0xFF40 }, { 0xFF5B, 0xFF65 },
};

static bool counts(uint32_t point)
{
    for (size_t i = 0; i < COUNT(left_out); i++) {
        if (point >= left_out[i].from && point <= left_out[i].to) return false;
    }
    return true;
}

/* A letter in its one form: full-width ones and small ones are capitals. */
static uint32_t plain(uint32_t point)
{
    bool wide = (point >= 0xFF21 && point <= 0xFF3A) || (point >= 0xFF41 && point <= 0xFF5A);
    if (wide) point -= 0xFEE0;
    return point >= 'a' && point <= 'z' ? point - 'a' + 'A' : point;
}

/* The next one that counts, in its one form; 0: there is none. */
static uint32_t next_counting(Str *rest)
{
    while (rest->n) {
        uint32_t point = next_point(rest);
        if (counts(point)) return plain(point);
    }
    return 0;
}

/* Moves behind a dropped name that begins here, whatever blanks stand in it; false if none does. */
static bool skip_name(Str *rest, const Str *drop, size_t drops)
{
    for (size_t i = 0; i < drops; i++) {
        Str text = *rest, name = drop[i];
        uint32_t want = next_counting(&name);
        bool some = want != 0;
        while (want && next_counting(&text) == want) want = next_counting(&name);
        if (!some || want) continue;
        *rest = text;
        return true;
    }
    return false;
}

/* ---- hashes ---------------------------------------------------------------------------------- */

/* FNV-1a over the run's code points.  Unsigned products are taken of 32 bits, so none wraps. */
static uint32_t hash_of(const uint32_t *run)
{
    uint64_t h = 2166136261U;
    for (size_t i = 0; i < RUN; i++) h = (h ^ run[i]) * 16777619U & UINT32_MAX;
    return (uint32_t)h;
}

/* The i-th hash of a run: multiplied by an odd number of its own, high bits kept. */
static uint32_t mixed(uint32_t h, size_t i)
{
    uint64_t odd = (2654435761U + (uint64_t)2 * 40503U * i) & UINT32_MAX;
    uint64_t x = ((h ^ (h >> 15)) * (odd | 1)) & UINT32_MAX;
    x = ((x ^ (x >> 13)) * (3266489917U)) & UINT32_MAX;
    return (uint32_t)(x ^ (x >> 16));
}

static void take(Shingles *s, uint32_t h)
{
    for (size_t i = 0; i < SHINGLE_HASHES; i++) {
        uint32_t m = mixed(h, i);
        if (m < s->least[i]) s->least[i] = m;
    }
    s->n++;
}

void shingles_of(Str text, const Str *drop, size_t drops, Shingles *s)
{
    uint32_t run[RUN] = { 0 };
    size_t seen = 0;
    s->n = 0;
    for (size_t i = 0; i < SHINGLE_HASHES; i++) s->least[i] = UINT32_MAX;
    for (Str rest = text; rest.n;) {
        if (skip_name(&rest, drop, drops)) continue;
        uint32_t point = next_counting(&rest);
        if (point == 0) continue;
        for (size_t i = 0; i + 1 < RUN; i++) run[i] = run[i + 1];
        run[RUN - 1] = point;
        if (++seen >= RUN) take(s, hash_of(run));
    }
}

int64_t shingles_alike(const Shingles *a, const Shingles *b)
{
    int64_t alike = 0;
    if (a->n < SHINGLE_LEAST || b->n < SHINGLE_LEAST) return 0;
    for (size_t i = 0; i < SHINGLE_HASHES; i++) alike += a->least[i] == b->least[i];
    return alike * 100 / SHINGLE_HASHES;
}

/* ---- as text ------------------------------------------------------------------------------------ */

static void write_hex(Out *o, uint32_t v)
{
    static const char digit[] = "0123456789abcdef";
    for (unsigned shift = 32; shift > 0; shift -= 4) out_str(o, (Str){ &digit[v >> (shift - 4) & 15], 1 });
}

void shingles_write(Out *o, const Shingles *s)
{
    for (size_t i = 0; i < SHINGLE_HASHES; i++) write_hex(o, s->least[i]);
}

static int value_of(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool shingles_read(Str hex, Shingles *s)
{
    if (hex.n != SHINGLE_HEX) return false;
    for (size_t i = 0; i < SHINGLE_HASHES; i++) s->least[i] = 0;
    for (size_t i = 0; i < hex.n; i++) {
        int v = value_of(hex.s[i]);
        if (v < 0) return false;
        s->least[i / 8] = (s->least[i / 8] & 0x0FFFFFFFU) << 4 | (uint32_t)v;
    }
    s->n = SHINGLE_LEAST;
    return true;
}

/* A band's four hashes are mixed into two: 16 characters. */
void shingles_band(Out *o, const Shingles *s, size_t i)
{
    const uint32_t *at = &s->least[i * ROWS];
    out_pad(o, (int64_t)i, 2);
    write_hex(o, mixed(at[0], 1) ^ at[1]);
    write_hex(o, mixed(at[2], 2) ^ at[3]);
}
