#include "law/identity.h"

#include <string.h>

enum { ID_DIGITS = 18, OLD_DIGITS = 15, REGION_DIGITS = 6 };

typedef enum Wrong {
    WRONG_LENGTH, WRONG_CHARS, WRONG_CHECK, WRONG_DATE, WRONG_FUTURE, WRONG_OLD, WRONG_USCC_LENGTH,
    WRONG_USCC_CHARS, WRONG_USCC_REGION, WRONG_USCC_CHECK, WRONG_MOBILE, WRONG_PHONE, WRONG_POSTCODE,
    WRONG_BANK, WRONG_PASSPORT, WRONG__COUNT
} Wrong;

static const Phrase wrongs[WRONG__COUNT] = {
    [WRONG_LENGTH] = { "证件号码应为18位。", "An identity number has 18 characters." },
    [WRONG_CHARS] = { "证件号码前17位应为数字，末位为数字或者X。",
                      "The first 17 characters are digits, the last is a digit or X." },
    [WRONG_CHECK] = { "校验位不符，号码有误。", "The check digit does not fit." },
    [WRONG_DATE] = { "号码中的出生日期不存在。", "The date of birth in the number does not exist." },
    [WRONG_FUTURE] = { "出生日期晚于所问日期。", "The date of birth is after the day asked for." },
    [WRONG_OLD] = { "15位旧号码只在档案导入时转换，请填写18位号码。",
                    "Old 15-digit numbers are converted on archive import only." },
    [WRONG_USCC_LENGTH] = { "统一社会信用代码应为18位。", "A unified social credit code has 18 characters." },
    [WRONG_USCC_CHARS] = { "统一社会信用代码只含数字和大写字母，不用I、O、S、V、Z。",
                           "Only digits and letters other than I, O, S, V, Z." },
    [WRONG_USCC_REGION] = { "第3至8位应为六位地区代码。", "Characters 3 to 8 are the digits of the region." },
    [WRONG_USCC_CHECK] = { "校验位不符，代码有误。", "The check character does not fit." },
    [WRONG_MOBILE] = { "手机号码应为1开头、第二位3至9的11位数字。",
                       "A mobile number has 11 digits and begins with 13 to 19." },
    [WRONG_PHONE] = { "固定电话应为区号加7至8位号码，可带分机号。",
                      "A landline is an area code, 7 or 8 digits and perhaps an extension." },
    [WRONG_POSTCODE] = { "邮政编码应为6位数字。", "A postal code has 6 digits." },
    [WRONG_BANK] = { "银行卡号应为12至19位数字。", "A bank card number has 12 to 19 digits." },
    [WRONG_PASSPORT] = { "护照号码应为5至17位大写字母或者数字。",
                         "A passport number has 5 to 17 capital letters or digits." },
};

static void refuse(Identity *it, Wrong why)
{
    it->valid = false;
    it->reason = (Text){ str_of(wrongs[why].zh), str_of(wrongs[why].en) };
}

static bool is_digit(char ch) { return ch >= '0' && ch <= '9'; }
static bool is_capital(char ch) { return ch >= 'A' && ch <= 'Z'; }

static Str number_of(const Identity *it) { return str_of(it->number); }

static const char capitals[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

static char upper(char ch)
{
    if (ch < 'a' || ch > 'z') return ch;
    return capitals[ch - 'a'];
}

/* Copies the value without blanks at its ends, in capitals.  False if it is
** longer than any number. */
static bool keep(Identity *it, Str value)
{
    if (value.n >= sizeof it->number) return false;
    for (size_t i = 0; i < value.n; i++) {
        it->number[i] = upper(value.s[i]);
    }
    return true;
}

static bool all_digits(const char *s, int n)
{
    for (int i = 0; i < n; i++) {
        if (!is_digit(s[i])) return false;
    }
    return true;
}

static int digits_at(const char *s, int n)
{
    int v = 0;
    for (int i = 0; i < n; i++) v = v * 10 + (s[i] - '0');
    return v;
}

/* ISO 7064 MOD 11-2 over the first 17 digits. */
static char check_of(const char *s)
{
    static const int weights[] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 };
    int sum = 0;
    for (size_t i = 0; i < COUNT(weights); i++) sum += (s[i] - '0') * weights[i];
    return "10X98765432"[sum % 11];
}

int age_on(Civil b, Date on)
{
    Civil d = date_civil(on);
    return d.year - b.year - (d.month < b.month || (d.month == b.month && d.day < b.day));
}

void birth_write(Out *o, Civil birth)
{
    if (birth.year == 0) return;
    out_pad(o, birth.year, 4);
    out_str(o, S("-"));
    out_pad(o, birth.month, 2);
    out_str(o, S("-"));
    out_pad(o, birth.day, 2);
}

/* The Gregorian calendar repeats after 400 years, so days before 1900, which
** the standard's own sample has, are looked up in a later cycle. */
static bool is_birth(Civil b)
{
    enum { OLDEST = 1800, CYCLE = 400 };
    return b.year >= OLDEST && date_of(b.year < 1900 ? b.year + CYCLE : b.year, b.month, b.day).day != 0;
}

static void look_up(const Regions *r, Identity *it)
{
    int32_t code = digits_at(it->region, REGION_DIGITS);
    size_t low = 0, high = r->n;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        int32_t at = r->code[mid] < 0 ? -r->code[mid] : r->code[mid];
        if (at < code) low = mid + 1;
        else high = mid;
    }
    bool found = low < r->n && (r->code[low] == code || r->code[low] == -code);
    if (!found) it->warnings |= 1U << IDENTITY_REGION;
    else if (r->code[low] < 0) it->warnings |= 1U << IDENTITY_ABOLISHED;
}

/* "320621800229101" becomes the 18-digit number, as if born in 19xx. */
static void convert_old(Identity *it)
{
    char old[OLD_DIGITS + 1];
    memcpy(old, it->number, sizeof old);
    memcpy(it->number + 6, "19", 2);
    memcpy(it->number + 8, old + 6, 9);
    it->number[17] = check_of(it->number);
    it->number[18] = 0;
    it->warnings |= 1U << IDENTITY_OLD15;
}

static void read_birth(Identity *it, const IdentityRules *rules, const IdentityAsk *ask)
{
    const char *s = it->number;
    it->birth = (Civil){ digits_at(s + 6, 4), digits_at(s + 10, 2), digits_at(s + 12, 2) };
    if (!is_birth(it->birth)) {
        refuse(it, WRONG_DATE);
        return;
    }
    it->sex = (s[16] - '0') % 2 ? 'M' : 'F';
    if (ask->on.day == 0) return;
    it->age = age_on(it->birth, ask->on);
    if (it->age < 0) {
        refuse(it, WRONG_FUTURE);
        return;
    }
    if (it->age < rules->work_age) it->warnings |= 1U << IDENTITY_NR15;
}

/* The old permanent-resident card of a foreigner: AAA and twelve digits. */
static bool is_old_foreign(const char *s, size_t n)
{
    return n == OLD_DIGITS && is_capital(s[0]) && is_capital(s[1]) && is_capital(s[2])
           && all_digits(s + 3, 12);
}

/* Residents of Hong Kong, Macau and Taiwan have these in place of a region. */
static bool is_hmt(const char *s)
{
    static const char *const heads[] = { "810000", "820000", "830000" };
    for (size_t i = 0; i < COUNT(heads); i++) {
        if (strncmp(s, heads[i], REGION_DIGITS) == 0) return true;
    }
    return false;
}

static void check_18(const IdentityRules *rules, const IdentityAsk *ask, Identity *it)
{
    const char *s = it->number;
    if (!all_digits(s, 17) || (!is_digit(s[17]) && s[17] != 'X')) refuse(it, WRONG_CHARS);
    else read_birth(it, rules, ask);
    if (!it->valid) return;
    if (check_of(s) != s[17]) refuse(it, WRONG_CHECK);
    if (s[0] == '9') { /* a foreigner's: its digits are not a region's */
        it->kind = S("foreign");
        return;
    }
    memcpy(it->region, s, REGION_DIGITS);
    if (is_hmt(s)) it->kind = S("hmt");
    else look_up(&rules->regions, it);
}

static void check_id(const IdentityRules *rules, const IdentityAsk *ask, Identity *it)
{
    size_t n = strlen(it->number);
    bool old = n == OLD_DIGITS && all_digits(it->number, OLD_DIGITS);
    if (is_old_foreign(it->number, n)) {
        it->kind = S("foreign");
        return;
    }
    if (old && ask->archive) convert_old(it);
    else if (old || n != ID_DIGITS) refuse(it, old ? WRONG_OLD : WRONG_LENGTH);
    if (it->valid) check_18(rules, ask, it);
}

/* GB 32100-2015: 31 signs, check = (31 - sum mod 31) mod 31. */
static void check_uscc(const IdentityRules *rules, const IdentityAsk *ask, Identity *it)
{
    static const char signs[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    static const int weights[] = { 1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28 };
    const char *s = it->number;
    int sum = 0;
    (void)ask;
    if (strlen(s) != ID_DIGITS) refuse(it, WRONG_USCC_LENGTH);
    else if (strspn(s, signs) != ID_DIGITS) refuse(it, WRONG_USCC_CHARS);
    else if (!all_digits(s + 2, REGION_DIGITS)) refuse(it, WRONG_USCC_REGION);
    if (!it->valid) return;
    for (size_t i = 0; i < COUNT(weights); i++) sum += (int)(strchr(signs, s[i]) - signs) * weights[i];
    if (s[17] != signs[(31 - sum % 31) % 31]) refuse(it, WRONG_USCC_CHECK);
    memcpy(it->region, s + 2, REGION_DIGITS);
    for (size_t i = 0; i < rules->types; i++) {
        if (str_starts(number_of(it), rules->type[i].prefix)) it->employer = &rules->type[i];
    }
}

static void check_mobile(const IdentityRules *rules, const IdentityAsk *ask, Identity *it)
{
    const char *s = it->number;
    (void)rules;
    (void)ask;
    bool good = strlen(s) == 11 && all_digits(s, 11) && s[0] == '1' && s[1] >= '3';
    if (!good) refuse(it, WRONG_MOBILE);
}

/* The number after an area code: -?, 7 or 8 digits, -1 to 6 digits if any. */
static bool is_local(const char *s)
{
    s += *s == '-';
    size_t n = strspn(s, "0123456789");
    if (n < 7 || n > 8) return false;
    s += n;
    if (*s == 0) return true;
    n = strspn(s + 1, "0123456789");
    return *s == '-' && n >= 1 && n <= 6 && s[1 + n] == 0;
}

static void check_phone(const IdentityRules *rules, const IdentityAsk *ask, Identity *it)
{
    const char *s = it->number;
    size_t n = strspn(s, "0123456789");
    (void)rules;
    (void)ask;
    bool good = s[0] == '0' && ((n >= 3 && is_local(s + 3)) || (n >= 4 && is_local(s + 4)));
    if (!good) refuse(it, WRONG_PHONE);
}

static void check_postcode(const IdentityRules *rules, const IdentityAsk *ask, Identity *it)
{
    (void)rules;
    (void)ask;
    if (strlen(it->number) != 6 || !all_digits(it->number, 6)) refuse(it, WRONG_POSTCODE);
}

static bool luhn(const char *s, int n)
{
    int sum = 0;
    for (int i = 0; i < n; i++) {
        int v = s[n - 1 - i] - '0';
        if (i % 2) v = 2 * v > 9 ? 2 * v - 9 : 2 * v;
        sum += v;
    }
    return sum % 10 == 0;
}

static void check_bank(const IdentityRules *rules, const IdentityAsk *ask, Identity *it)
{
    int n = (int)strlen(it->number);
    (void)rules;
    (void)ask;
    if (n < 12 || n > 19 || !all_digits(it->number, n)) refuse(it, WRONG_BANK);
    else if (!luhn(it->number, n)) it->warnings |= 1U << IDENTITY_LUHN;
}

static void check_passport(const IdentityRules *rules, const IdentityAsk *ask, Identity *it)
{
    size_t n = strlen(it->number);
    (void)rules;
    (void)ask;
    bool good = n >= 5 && n <= 17 && strspn(it->number, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == n;
    if (!good) refuse(it, WRONG_PASSPORT);
}

static const struct Kind {
    const char *word;
    void (*check)(const IdentityRules *, const IdentityAsk *, Identity *);
    Wrong too_long;
    bool  capitals; /* small letters are taken for capitals */
} kinds[] = {
    { "id", check_id, WRONG_LENGTH, true },
    { "uscc", check_uscc, WRONG_USCC_LENGTH, true },
    { "mobile", check_mobile, WRONG_MOBILE, false },
    { "phone", check_phone, WRONG_PHONE, false },
    { "landline", check_phone, WRONG_PHONE, false },
    { "postcode", check_postcode, WRONG_POSTCODE, false },
    { "bank", check_bank, WRONG_BANK, false },
    { "passport", check_passport, WRONG_PASSPORT, false },
};

/* A NUL inside would end the number early. */
static bool is_plain(Str value)
{
    return value.n && str_is_text(value);
}

static bool has_small(Str value)
{
    for (size_t i = 0; i < value.n; i++) {
        if (value.s[i] >= 'a' && value.s[i] <= 'z') return true;
    }
    return false;
}

bool identity_check(const IdentityRules *rules, Str kind, Str value, const IdentityAsk *ask, Identity *it)
{
    const struct Kind *k = kinds;
    while (k < kinds + COUNT(kinds) && !str_eq(kind, str_of(k->word))) k++;
    if (k == kinds + COUNT(kinds)) return false;
    *it = (Identity){ .valid = true, .kind = str_of(k->word), .age = -1 };
    value = str_trim(value);
    bool kept = is_plain(value) && (k->capitals || !has_small(value)) && keep(it, value);
    if (kept) k->check(rules, ask, it);
    else refuse(it, k->too_long);
    return true;
}

#define AS_WARNING(n, word, zh, en) { word, { zh, en } },
static const struct Warning {
    const char *word;
    Phrase      label;
} warnings[IDENTITY__COUNT] = { IDENTITY_WARNINGS(AS_WARNING) };
#undef AS_WARNING

Str identity_warning_word(IdentityWarning w) { return str_of(warnings[w].word); }
Text identity_warning_label(IdentityWarning w)
{
    return (Text){ str_of(warnings[w].label.zh), str_of(warnings[w].label.en) };
}
