#include "law/clock_rule.h"

#include "base/csv.h"

enum { LONGEST = 3660 };

typedef struct Word {
    const char *word;
    Phrase      label;
} Word;

#define AS_UNIT(n, word, zh, en) { word, { zh, en } },
static const Word units[UNIT__COUNT] = { CLOCK_UNITS(AS_UNIT) };
#undef AS_UNIT
static const Word rolls[ROLL__COUNT] = {
    { "none", { "不顺延", "does not move" } },
    { "next", { "顺延", "moves to the next working day" } },
    { "previous", { "提前", "moves to the working day before" } },
};
static const Word consents[CONSENT__COUNT] = {
    { "none", { "不得延长", "cannot be extended" } },
    { "both", { "须双方当事人同意", "both parties must consent" } },
    { "approval", { "须经负责人批准", "needs the approval of the authority's head" } },
    { "written", { "须双方书面约定", "needs the parties' written agreement" } },
    { "office", { "由指定期限的机构决定", "decided by the office that set it" } },
};

static Str word_at(const Word *table, int i) { return str_of(table[i].word); }
static Text label_at(const Word *table, int i)
{
    return (Text){ str_of(table[i].label.zh), str_of(table[i].label.en) };
}

Str unit_word(ClockUnit u) { return word_at(units, u == UNIT_AGREED ? UNIT_CD : (int)u); }
Text unit_label(ClockUnit u) { return label_at(units, (int)u); }
Str roll_word(ClockRoll r) { return word_at(rolls, (int)r); }
Str consent_word(ClockConsent c) { return word_at(consents, (int)c); }
Text consent_label(ClockConsent c) { return label_at(consents, (int)c); }

void clock_rules_open(ClockRules *rules, Arena *mem, size_t cap)
{
    *rules = (ClockRules){ .row = NEW(mem, ClockRule, cap), .cap = cap, .mem = mem };
}

/* The row being read, and the first thing found wrong in it. */
typedef struct Reading {
    const Csv  *csv;
    const char *fault;
} Reading;

static int read_word(Reading *r, Str column, const Word *table, int n)
{
    Str cell = csv_cell(r->csv, column);
    for (int i = 0; i < n; i++) {
        if (str_eq(cell, str_of(table[i].word))) return i;
    }
    if (!r->fault) r->fault = column.s;
    return 0;
}

static int read_number(Reading *r, Str column, int otherwise)
{
    Str cell = csv_cell(r->csv, column);
    int64_t v = otherwise;
    if (cell.n == 0) return otherwise;
    if (str_int(cell, &v) && v >= 0 && v <= LONGEST) return (int)v;
    if (!r->fault) r->fault = column.s;
    return otherwise;
}

static Date read_date(Reading *r, Str column)
{
    Str cell = csv_cell(r->csv, column);
    Date d = date_parse(cell);
    if (cell.n && d.day == 0 && !r->fault) r->fault = column.s;
    return d;
}

static Str read_text(Reading *r, Str column, bool required)
{
    Str cell = csv_cell(r->csv, column);
    if ((required && cell.n == 0) || !str_is_text(cell)) r->fault = r->fault ? r->fault : column.s;
    return cell;
}

static ClockRule read_rule(Reading *r)
{
    static const Word filings[] = { { "rule", { "", "" } }, { "raw", { "", "" } } };
    ClockRule rule = {
        .code = read_text(r, S("code"), true), .alias = read_text(r, S("alias"), false),
        .profile = read_text(r, S("profile"), false), .region = read_text(r, S("region"), true),
        .n = read_number(r, S("n"), 0), .unit = (ClockUnit)read_word(r, S("unit"), units, UNIT__COUNT),
        .start_event = read_text(r, S("start_event"), true), .on_expiry = read_text(r, S("on_expiry"), true),
        .roll = (ClockRoll)read_word(r, S("roll"), rolls, ROLL__COUNT),
        .consent = (ClockConsent)read_word(r, S("extend"), consents, CONSENT__COUNT),
        .extend_max = read_number(r, S("extend_max"), -1),
        .extend_times = read_number(r, S("extend_times"), -1),
        .total_max = read_number(r, S("total_max"), -1),
        .pausable = read_number(r, S("pause"), 0) != 0,
        .files_raw = read_word(r, S("filing"), filings, COUNT(filings)) != 0,
        .from = read_date(r, S("effective_from")), .to = read_date(r, S("effective_to")),
        .label = { read_text(r, S("label_zh"), true), read_text(r, S("label_en"), true) },
        .basis = { read_text(r, S("basis_zh"), true), read_text(r, S("basis_en"), true) },
    };
    bool open = rule.unit == UNIT_AGREED || rule.unit == UNIT_MONTH_END;
    if (!r->fault && !open && rule.n == 0) r->fault = "n";
    if (!r->fault && !str_eq(rule.region, S("*")) && !str_is_digits(rule.region)) r->fault = "region";
    if (!r->fault && rule.to.day && rule.to.day < rule.from.day) r->fault = "effective_to";
    return rule;
}

static bool overlaps(const ClockRule *a, const ClockRule *b)
{
    if (!str_eq(a->code, b->code) || !str_eq(a->region, b->region)) return false;
    return (a->to.day == 0 || b->from.day <= a->to.day) && (b->to.day == 0 || a->from.day <= b->to.day);
}

static bool overlaps_any(const ClockRules *rules, const ClockRule *rule)
{
    for (size_t i = 0; i < rules->n; i++) {
        if (overlaps(&rules->row[i], rule)) return true;
    }
    return false;
}

const char *clock_rules_read(ClockRules *rules, const char *file, Str text)
{
    Csv csv;
    csv_open(&csv, rules->mem, text);
    while (csv_next(&csv)) {
        Reading r = { .csv = &csv };
        ClockRule rule = read_rule(&r);
        if (r.fault) return csv_fault(&csv, file, r.fault);
        if (overlaps_any(rules, &rule)) return csv_fault(&csv, file, "a second rule for the same days");
        if (rules->n == rules->cap) return csv_fault(&csv, file, "too many rules");
        rules->row[rules->n++] = rule;
    }
    return csv.fault ? csv_fault(&csv, file, NULL) : NULL;
}

static const char capitals[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

static char upper(char ch)
{
    if (ch < 'a' || ch > 'z') return ch;
    return capitals[ch - 'a'];
}

static bool same_code(Str a, Str b)
{
    if (a.n != b.n || a.n == 0 || upper(a.s[a.n - 1]) != upper(b.s[b.n - 1])) return false;
    for (size_t i = 0; i < a.n; i++) {
        if (upper(a.s[i]) != upper(b.s[i])) return false;
    }
    return true;
}

static bool has_alias(const ClockRule *rule, Str code)
{
    Str rest = rule->alias;
    while (rest.n) {
        if (same_code(str_cut(&rest, ' '), code)) return true;
    }
    return false;
}

/* How well the rule's region fits: 0 not at all, else longer is better. */
static size_t region_fit(const ClockRule *rule, Str region, bool by_name)
{
    if (str_eq(rule->region, S("*"))) return 1;
    if (region.n == 0) return by_name ? 2 : 0;
    return str_starts(region, rule->region) ? 1 + rule->region.n : 0;
}

const ClockRule *clock_rule_find(const ClockRules *rules, Str code, Str region, Date on, bool *known)
{
    const ClockRule *best = NULL;
    size_t best_fit = 0;
    *known = false;
    for (const ClockRule *r = rules->row; r < rules->row + rules->n; r++) {
        bool by_name = same_code(r->code, code);
        if (!by_name && !has_alias(r, code)) continue;
        *known = true;
        if (on.day < r->from.day || (r->to.day && on.day > r->to.day)) continue;
        size_t fit = region_fit(r, region, by_name);
        if (fit <= best_fit) continue;
        best = r;
        best_fit = fit;
    }
    return best;
}

bool clock_rule_regional(const ClockRules *rules, Str code, Date on)
{
    for (const ClockRule *r = rules->row; r < rules->row + rules->n; r++) {
        bool named = same_code(r->code, code) || has_alias(r, code);
        bool then = on.day >= r->from.day && (r->to.day == 0 || on.day <= r->to.day);
        if (named && then && !str_eq(r->region, S("*"))) return true;
    }
    return false;
}

const ClockRule *clock_rule_oldest(const ClockRules *rules, Str code)
{
    const ClockRule *oldest = NULL;
    for (const ClockRule *r = rules->row; r < rules->row + rules->n; r++) {
        bool named = same_code(r->code, code) || has_alias(r, code);
        if (!named || !str_eq(r->region, S("*"))) continue;
        if (!oldest || r->from.day < oldest->from.day) oldest = r;
    }
    return oldest;
}
