#include "law/law.h"

#include <stdio.h>
#include <string.h>

enum {
    PATH = 4096, FILE_MAX = 8 << 20, SENTENCE = 320,
    CLOCK_ROWS = 512, PARAM_ROWS = 8000, CAUSE_ROWS = 400, REFUSAL_ROWS = 200, EMERGENCY_ROWS = 100,
    PLACE_ROWS = 60000, UNIT_ROWS = 2000,
};

static const char *read_days(Law *law, Arena *mem, const char *file, Str text)
{
    calendar_open(&law->calendar, mem);
    return calendar_read(&law->calendar, file, text);
}

static const char *read_statutory(Law *law, Arena *mem, const char *file, Str text)
{
    (void)mem;
    return calendar_read_statutory(&law->calendar, file, text);
}

static const char *read_clocks(Law *law, Arena *mem, const char *file, Str text)
{
    clock_rules_open(&law->clocks, mem, CLOCK_ROWS);
    return clock_rules_read(&law->clocks, file, text);
}

static const char *read_limits(Law *law, Arena *mem, const char *file, Str text)
{
    return limit_kinds_read(&law->limits, mem, file, text);
}

static const char *read_retentions(Law *law, Arena *mem, const char *file, Str text)
{
    return retentions_read(&law->retentions, mem, file, text);
}

static const char *read_identity(Law *law, Arena *mem, const char *file, Str text)
{
    return identity_read(&law->identity, mem, file, text);
}

static const char *read_regions(Law *law, Arena *mem, const char *file, Str text)
{
    const char *fault = regions_read(&law->identity.regions, mem, file, text);
    places_init(&law->places, mem, PLACE_ROWS);
    return fault ? fault : places_read(&law->places, mem, file, text);
}

static const char *read_industries(Law *law, Arena *mem, const char *file, Str text)
{
    return industries_read(&law->industries, mem, file, text);
}

/* NULL, or the sheet's fault as a sentence. */
static const char *fault_of(const Sheet *sheet, Arena *mem, const char *file)
{
    if (!sheet->fault) return NULL;
    char *text = NEW(mem, char, SENTENCE);
    (void)snprintf(text, SENTENCE, "%s:%d: %.*s%s%s", file, sheet->line, (int)sheet->column.n,
                   sheet->column.s ? sheet->column.s : "", sheet->column.n ? " " : "", sheet->fault);
    return text;
}

static const char *read_params(Law *law, Arena *mem, const char *file, Str text)
{
    Sheet sheet;
    params_init(&law->params, mem, PARAM_ROWS);
    (void)params_read(&law->params, mem, text, &sheet);
    return fault_of(&sheet, mem, file);
}

static const char *read_causes(Law *law, Arena *mem, const char *file, Str text)
{
    Sheet sheet;
    causes_init(&law->causes, mem, CAUSE_ROWS);
    (void)causes_read(&law->causes, mem, text, &sheet);
    return fault_of(&sheet, mem, file);
}

static const char *read_refusals(Law *law, Arena *mem, const char *file, Str text)
{
    Sheet sheet;
    refusals_init(&law->refusals, mem, REFUSAL_ROWS);
    (void)refusals_read(&law->refusals, mem, text, &sheet);
    return fault_of(&sheet, mem, file);
}

static const char *read_emergency(Law *law, Arena *mem, const char *file, Str text)
{
    Sheet sheet;
    emergency_init(&law->emergency, mem, EMERGENCY_ROWS);
    (void)emergency_read(&law->emergency, mem, text, &sheet);
    return fault_of(&sheet, mem, file);
}

static const char *read_units(Law *law, Arena *mem, const char *file, Str text)
{
    Sheet sheet;
    units_init(&law->units, mem, UNIT_ROWS);
    (void)units_read(&law->units, mem, text, &sheet);
    return fault_of(&sheet, mem, file);
}

static const char *read_papers(Law *law, Arena *mem, const char *file, Str text)
{
    Sheet sheet;
    (void)dossier_read_papers(&law->dossier, mem, text, &sheet);
    return fault_of(&sheet, mem, file);
}

static const char *read_volumes(Law *law, Arena *mem, const char *file, Str text)
{
    Sheet sheet;
    (void)dossier_read_volumes(&law->dossier, mem, text, &sheet);
    return fault_of(&sheet, mem, file);
}

static const char *read_ledger(Law *law, Arena *mem, const char *file, Str text)
{
    Sheet sheet;
    (void)dossier_read_ledger(&law->dossier, mem, text, &sheet);
    return fault_of(&sheet, mem, file);
}

static const char *read_report(Law *law, Arena *mem, const char *file, Str text)
{
    Sheet sheet;
    (void)report_read_lines(&law->report, mem, text, &sheet);
    return fault_of(&sheet, mem, file);
}

static const char *read_report_checks(Law *law, Arena *mem, const char *file, Str text)
{
    Sheet sheet;
    (void)report_read_checks(&law->report, mem, text, &sheet);
    return fault_of(&sheet, mem, file);
}

static const char *read_ledger_names(Law *law, Arena *mem, const char *file, Str text)
{
    Sheet sheet;
    (void)ledger_names_read(&law->names, mem, text, &law->hanzi, &sheet);
    return fault_of(&sheet, mem, file);
}

static const char *sentence(Arena *mem, const char *file, int line, const char *what)
{
    char *text = NEW(mem, char, SENTENCE);
    (void)snprintf(text, SENTENCE, "%s:%d: %s", file, line, what);
    return text;
}

static const char *read_figures(Law *law, Arena *mem, const char *file, Str text)
{
    Figures figures = figures_read(mem, text);
    if (figures.fault) return sentence(mem, file, figures.line, figures.fault);
    const char *lacks = calc_data(&law->figures, &figures, &law->calendar);
    return lacks ? sentence(mem, file, 0, lacks) : NULL;
}

static const char *read_laws(Law *law, Arena *mem, const char *file, Str text)
{
    return library_laws(&law->library, mem, file, text);
}

static const char *read_articles(Law *law, Arena *mem, const char *file, Str text)
{
    return library_articles(&law->library, mem, file, text);
}

static const char *read_law_words(Law *law, Arena *mem, const char *file, Str text)
{
    return library_words(&law->library, mem, file, text);
}

static const char *read_notices(Law *law, Arena *mem, const char *file, Str text)
{
    return library_notices(&law->library, mem, file, text);
}

static const char *read_six_items(Law *law, Arena *mem, const char *file, Str text)
{
    Sheet sheet;
    (void)six_items_read(&law->six_items, mem, text, &sheet);
    return fault_of(&sheet, mem, file);
}

static const char *read_keywords(Law *law, Arena *mem, const char *file, Str text)
{
    Sheet sheet;
    (void)keywords_read(&law->keywords, mem, text, &sheet);
    return fault_of(&sheet, mem, file);
}

static const char *read_hanzi(Law *law, Arena *mem, const char *file, Str text)
{
    Sheet sheet;
    (void)hanzi_read(&law->hanzi, mem, text, &sheet);
    return fault_of(&sheet, mem, file);
}

static const char *read_targets(Law *law, Arena *mem, const char *file, Str text)
{
    Sheet sheet;
    (void)targets_read(&law->targets, mem, text, &sheet);
    return fault_of(&sheet, mem, file);
}

static const char *read_schemes(Law *law, Arena *mem, const char *file, Str text)
{
    Sheet sheet;
    (void)schemes_read(&law->schemes, mem, text, &sheet);
    return fault_of(&sheet, mem, file);
}

static const char *read_risk_signs(Law *law, Arena *mem, const char *file, Str text)
{
    Sheet sheet;
    (void)risk_signs_read(&law->risk_signs, mem, text, &sheet);
    return fault_of(&sheet, mem, file);
}

static const char *read_risk_patterns(Law *law, Arena *mem, const char *file, Str text)
{
    Sheet sheet;
    (void)risk_patterns_read(&law->risk_patterns, mem, text, &sheet);
    return fault_of(&sheet, mem, file);
}

static const char *read_typical(Law *law, Arena *mem, const char *file, Str text)
{
    Sheet sheet;
    (void)typical_read(&law->typical, mem, text, &law->causes, &sheet);
    return fault_of(&sheet, mem, file);
}

/* In this order: the statutory days need the calendar, the volumes the papers, the names of ledgers the
** characters, the typical cases the causes. */
static const struct Table {
    const char *file;
    const char *(*read)(Law *law, Arena *mem, const char *file, Str text);
} tables[] = {
    { "calendar/day_overrides.csv", read_days },
    { "calendar/statutory_holidays.csv", read_statutory },
    { "clocks.csv", read_clocks },
    { "limitation.csv", read_limits },
    { "retention.csv", read_retentions },
    { "identity.csv", read_identity },
    { "regions.csv", read_regions },
    { "industries.csv", read_industries },
    { "params.csv", read_params },
    { "causes.csv", read_causes },
    { "routes.csv", read_refusals },
    { "emergency.csv", read_emergency },
    { "member_units.csv", read_units },
    { "papers.csv", read_papers },
    { "archive_checklist.csv", read_volumes },
    { "ledger_columns.csv", read_ledger },
    { "hanzi.csv", read_hanzi },
    { "ledger_names.csv", read_ledger_names },
    { "report_m1.csv", read_report },
    { "report_m1_checks.csv", read_report_checks },
    { "figures.csv", read_figures },
    { "laws/laws.csv", read_laws },
    { "laws/articles.csv", read_articles },
    { "laws/notices.csv", read_notices },
    { "laws/words.csv", read_law_words },
    { "six_items.csv", read_six_items },
    { "keywords.csv", read_keywords },
    { "coverage.csv", read_targets },
    { "assessment.csv", read_schemes },
    { "risk_signs.csv", read_risk_signs },
    { "risk_patterns.csv", read_risk_patterns },
    { "cases/typical_cases.csv", read_typical },
};
_Static_assert(COUNT(tables) <= LAW_FILES, "every table has its place in Law.file");

static const char *missing(Arena *mem, const char *file)
{
    char *text = NEW(mem, char, SENTENCE);
    (void)snprintf(text, SENTENCE, "%s: cannot be read from the data folder (--data DIR names it)", file);
    return text;
}

/* FNV-1a. */
static uint32_t digest_of(Str text)
{
    uint64_t h = 2166136261U;
    for (size_t i = 0; i < text.n; i++) h = (h ^ (unsigned char)text.s[i]) * 16777619U & UINT32_MAX;
    return (uint32_t)h;
}

static Str template_name(Arena *mem, Str no)
{
    char *name = NEW(mem, char, no.n + sizeof "papers/.txt");
    (void)snprintf(name, no.n + sizeof "papers/.txt", "papers/%.*s.txt", (int)no.n, no.s);
    return str_of(name);
}

/* One text a paper; without it the paper is recorded, not made. */
static void read_templates(Law *law, Arena *mem, LawSource source)
{
    for (size_t i = 0; i < law->dossier.papers && law->files < LAW_FILES; i++) {
        PaperRule *rule = &law->dossier.paper[i];
        const char *name = template_name(mem, rule->no).s;
        LawText t = source.read(source.from, mem, name);
        if (!t.good) continue;
        law->file[law->files++] = (LawFile){ name, t.text, t.version, digest_of(t.text) };
        rule->text = t.text;
    }
}

bool law_read(Law *law, Arena *mem, LawSource source)
{
    *law = (Law){ 0 };
    for (size_t i = 0; i < COUNT(tables) && !law->fault; i++) {
        const char *name = tables[i].file;
        LawText t = source.read(source.from, mem, name);
        law->file[law->files++] = (LawFile){ name, t.text, t.version, digest_of(t.text) };
        law->fault = t.good ? tables[i].read(law, mem, name, t.text) : missing(mem, name);
    }
    if (!law->fault) read_templates(law, mem, source);
    return !law->fault;
}

LawText law_file_text(LawPath path, Arena *mem, const char *name)
{
    char full[PATH];
    LawText t = { .good = path(name, full, sizeof full) };
    if (t.good) t.text = file_read(mem, full, FILE_MAX, &t.good);
    return t;
}

static LawText read_file(void *from, Arena *mem, const char *name)
{
    return law_file_text(*(LawPath *)from, mem, name);
}

bool law_open(Law *law, Arena *mem, LawPath path)
{
    return law_read(law, mem, (LawSource){ read_file, &path });
}

const LawFile *law_file(const Law *law, const char *name)
{
    for (size_t i = 0; i < law->files; i++) {
        if (strcmp(law->file[i].name, name) == 0) return &law->file[i];
    }
    return NULL;
}

LimitLaw law_limits(const Law *law)
{
    return (LimitLaw){ &law->clocks, &law->limits, &law->calendar };
}

ScopeLaw law_scope(const Law *law)
{
    return (ScopeLaw){ &law->params, &law->causes, &law->refusals };
}
