#include "law/org_kind.h"

typedef struct Label {
    const char *word, *zh, *en;
} Label;

#define KIND_ROW(n, zh, en) [ORG_##n] = { #n, (zh), (en) },
static const Label kinds[ORG__COUNT] = { ORG_KINDS(KIND_ROW) };
#undef KIND_ROW

#define HAVE_ROW(n, zh, en) [HAVE_BIT_##n] = { #n, (zh), (en) },
static const Label have_rows[HAVE__COUNT] = { HAVES(HAVE_ROW) };
#undef HAVE_ROW

bool org_kind_of(Str word, OrgKind *kind)
{
    for (unsigned i = 0; i < ORG__COUNT; i++) {
        if (!str_eq(str_of(kinds[i].word), word)) continue;
        *kind = (OrgKind)i;
        return true;
    }
    return false;
}

static const Label *row_of(OrgKind k)
{
    BUG_IF(k >= ORG__COUNT);
    return &kinds[k];
}

const char *org_kind_word(OrgKind k)
{
    return row_of(k)->word;
}

const char *org_kind_zh(OrgKind k)
{
    return row_of(k)->zh;
}

const char *org_kind_en(OrgKind k)
{
    return row_of(k)->en;
}

uint32_t haves_read(Str words)
{
    uint32_t set = 0;
    while (words.n) {
        Str word = str_cut(&words, ' ');
        for (unsigned i = 0; i < HAVE__COUNT; i++) {
            if (str_eq(str_of(have_rows[i].word), word)) set |= 1U << i;
        }
    }
    return set;
}

int64_t haves_count(uint32_t haves)
{
    int64_t n = 0;
    for (unsigned i = 0; i < HAVE__COUNT; i++) n += haves >> i & 1;
    return n;
}
