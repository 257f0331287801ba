#include "law/scope_facts.h"
#include "law/scope_words.h"

/* The closed lists of scope, by word. */
typedef struct Words {
    const char *word, *zh, *en, *basis;
} Words;

#define SCOPE_ROW(n, word, zh, en, basis) [SCOPE_##n] = { (word), (zh), (en), (basis) },
static const Words scopes[SCOPE__COUNT] = { SCOPES(SCOPE_ROW) };
#undef SCOPE_ROW

#define VERDICT_ROW(n, word, zh, en) [VERDICT_##n] = { (word), (zh), (en), "" },
static const Words verdicts[VERDICT__COUNT] = { VERDICTS(VERDICT_ROW) };
#undef VERDICT_ROW

#define EMPLOYER_ROW(n, zh, en) [EMPLOYER_##n] = { #n, (zh), (en), "" },
static const Words employers[EMPLOYER__COUNT] = { EMPLOYERS(EMPLOYER_ROW) };
#undef EMPLOYER_ROW

#define RELATION_ROW(n, zh, en) [RELATION_##n] = { #n, (zh), (en), "" },
static const Words relations[RELATION__COUNT] = { RELATIONS(RELATION_ROW) };
#undef RELATION_ROW

#define MATTER_ROW(n, route, zh, en) [MATTER_##n] = { #n, (zh), (en), "" },
static const Words matters[MATTER__COUNT] = { MATTERS(MATTER_ROW) };
#undef MATTER_ROW

/* The row with the word, or `n`. */
static unsigned find(const Words *table, unsigned n, Str word)
{
    unsigned i = 0;
    while (i < n && !str_eq(str_of(table[i].word), word)) i++;
    return i;
}

static uint32_t set_of(const Words *table, unsigned n, Str words)
{
    uint32_t set = 0;
    while (words.n) {
        Str word = str_cut(&words, ' ');
        unsigned i = find(table, n, word);
        if (word.n && i < n) set |= 1U << i;
    }
    return set;
}

static const Words *scope_row(Scope s)
{
    BUG_IF(s >= SCOPE__COUNT);
    return &scopes[s];
}

const char *scope_word(Scope s)
{
    return scope_row(s)->word;
}

const char *scope_zh(Scope s)
{
    return scope_row(s)->zh;
}

const char *scope_en(Scope s)
{
    return scope_row(s)->en;
}

const char *scope_basis(Scope s)
{
    return scope_row(s)->basis;
}

uint32_t scope_set(Str words)
{
    return set_of(scopes, SCOPE__COUNT, words);
}

static const Words *verdict_row(Verdict v)
{
    BUG_IF(v >= VERDICT__COUNT);
    return &verdicts[v];
}

const char *verdict_word(Verdict v)
{
    return verdict_row(v)->word;
}

const char *verdict_zh(Verdict v)
{
    return verdict_row(v)->zh;
}

const char *verdict_en(Verdict v)
{
    return verdict_row(v)->en;
}

bool verdict_of(Str word, Verdict *v)
{
    unsigned i = find(verdicts, VERDICT__COUNT, word);
    if (i < VERDICT__COUNT) *v = (Verdict)i;
    return i < VERDICT__COUNT;
}

bool employer_of(Str word, EmployerKind *e)
{
    unsigned i = find(employers, EMPLOYER__COUNT, word);
    if (i < EMPLOYER__COUNT) *e = (EmployerKind)i;
    return i < EMPLOYER__COUNT;
}

bool relation_of(Str word, Relation *r)
{
    unsigned i = find(relations, RELATION__COUNT, word);
    if (i < RELATION__COUNT) *r = (Relation)i;
    return i < RELATION__COUNT;
}

uint32_t matters_of(Str words)
{
    return set_of(matters, MATTER__COUNT, words);
}
