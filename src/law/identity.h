/*
** Numbers that name people, employers and ways to reach them: are they well
** formed, and what do they say (domain.md 3.5)?  GB 11643, GB 32100-2015.
** A check never asks whether the number was issued.  What is wrong refuses;
** what is only odd (an abolished region, Luhn) is a warning.
*/
#ifndef IDENTITY_H
#define IDENTITY_H

#include "law/phrase.h"

/* Six-digit codes of GB/T 2260, sorted; those no longer in use stay in. */
typedef struct Regions {
    int32_t *code; /* negative: abolished */
    size_t   n;
} Regions;

/* A row of data/identity.csv: the employer type a USCC begins with. */
typedef struct EmployerType {
    Str  prefix, word;
    Text label;
} EmployerType;

enum { EMPLOYER_TYPES = 32 };

typedef struct IdentityRules {
    Regions      regions;
    EmployerType type[EMPLOYER_TYPES];
    size_t       types;
    int          work_age; /* below it NR15 */
} IdentityRules;

/* NULL, or a sentence in the arena that names file, line and fault. */
const char *regions_read(Regions *r, Arena *mem, const char *file, Str text);
const char *identity_read(IdentityRules *rules, Arena *mem, const char *file, Str text);

#define IDENTITY_WARNINGS(X)                                                                               \
    X(REGION, "unknown_region", "前六位地区代码未收录，请核对", "the region code is not known")            \
    X(ABOLISHED, "abolished_region", "前六位地区代码已经撤销或者变更", "the region code is abolished")     \
    X(NR15, "NR15", "不满十六周岁，涉嫌使用童工，须报告劳动保障监察",                                      \
      "under sixteen: child labour suspected, report")                                                     \
    X(LUHN, "luhn", "卡号校验位不符，请核对", "the check digit does not fit: please compare")              \
    X(OLD15, "converted", "由15位旧号码转换", "converted from an old number of 15 digits")
#define AS_WARNING(n, word, zh, en) IDENTITY_##n,
typedef enum IdentityWarning { IDENTITY_WARNINGS(AS_WARNING) IDENTITY__COUNT } IdentityWarning;
#undef AS_WARNING

typedef struct Identity {
    bool     valid;
    Str      kind;         /* "id", "hmt", "foreign", "passport", "uscc", "mobile", "phone" … */
    char     number[24];   /* as it is kept: upper case, without blanks; a landline has up to 20 */
    char     region[7];    /* its six digits, or "" */
    Civil    birth;        /* year 0: none; may lie before a Date can */
    char     sex;          /* 'M', 'F' or 0 */
    int      age;          /* full years on the day asked; -1 if none was */
    const EmployerType *employer; /* a hint; or NULL */
    unsigned warnings;     /* set of 1 << IDENTITY_… */
    Text     reason;       /* why it is refused */
} Identity;

typedef struct IdentityAsk {
    Date on;      /* the day the age is asked for; {0} = it is not */
    bool archive; /* old 15-digit numbers may come in */
} IdentityAsk;

/* `kind`: id uscc mobile phone postcode bank passport.  False if there is no
** such kind; else *it says whether the value is valid. */
bool identity_check(const IdentityRules *rules, Str kind, Str value, const IdentityAsk *ask, Identity *it);

Str  identity_warning_word(IdentityWarning w);
Text identity_warning_label(IdentityWarning w);
int  age_on(Civil birth, Date on); /* full years; the birthday itself counts */
void birth_write(Out *o, Civil birth); /* YYYY-MM-DD; nothing for none */

/* What a list may show.  Short or odd values lose all but their last sign. */
void mask_number(Out *o, Str number); /* 450206********1239; cards and others: last four */
void mask_phone(Out *o, Str number);  /* 138****5678, 0772-****345 */
void mask_name(Out *o, Str name);     /* 张* */

#endif
