/*
** What was computed for the case and kept: the facts it was computed from, each
** sum with its working, its articles and who pays, as the law and the figures
** stood that day.  It binds nobody; an offer or a clause is taken from it.
*/
#include "case/3-mediation/mediation.h"
#include "case/3-mediation/situation.h"
#include "register/calculators/calculators.h"

enum { LINES = 400, INPUT_MAX = 64 * 1024, NOTES_ROOM = 4000, FIGURES_ROOM = 8000 };

typedef struct Reckoning {
    Id    id, case_id;
    Str   calculator;
    Money amount;
    Str   input;         /* JSON, as it was sent */
    Str   warnings, warnings_en; /* a line each; what was left out, and why */
    Id    by;
    Time  at;
    Str   figures;       /* what else it found: a JSON object, name and value */
    Rows  lines, also;   /* of ReckonedLine; also: for information, not in the sum */
} Reckoning;

static const Field line_fields[] = {
    FIELD(ReckonedLine, reckoning_id, .label = "计算", .en = "reckoning", .rule = HIDDEN),
    FIELD(ReckonedLine, case_id,    .label = "案件", .en = "case", .rule = HIDDEN),
    FIELD(ReckonedLine, no,         .label = "序号", .en = "number"),
    FIELD(ReckonedLine, cause,      .label = "案由", .en = "cause"),
    FIELD(ReckonedLine, money,      .label = "款项性质", .en = "kind of money"),
    FIELD(ReckonedLine, label,      .label = "项目", .en = "item"),
    FIELD(ReckonedLine, label_en,   .label = "项目（英文）", .en = "item in English"),
    FIELD(ReckonedLine, working,    .label = "算式", .en = "working"),
    FIELD(ReckonedLine, working_en, .label = "算式（英文）", .en = "working in English"),
    FIELD(ReckonedLine, basis,      .label = "依据", .en = "basis"),
    FIELD(ReckonedLine, basis_en,   .label = "依据（英文）", .en = "basis in English"),
    FIELD(ReckonedLine, note,       .label = "说明", .en = "note"),
    FIELD(ReckonedLine, note_en,    .label = "说明（英文）", .en = "note in English"),
    FIELD(ReckonedLine, amount,     .label = "金额（分）", .en = "amount, fen"),
    FIELD(ReckonedLine, payer,      .label = "由谁支付", .en = "who pays"),
};
static const Form line_form = FORM(ReckonedLine, line_fields);

static const Field fields[] = {
    FIELD(Reckoning, id,          .label = "编号", .en = "id", .rule = SERVER_SET),
    FIELD(Reckoning, case_id,     .label = "案件", .en = "case", .rule = SERVER_SET),
    FIELD(Reckoning, calculator,  .label = "计算器", .en = "calculator", .rule = SERVER_SET),
    FIELD(Reckoning, amount,      .label = "合计（分）", .en = "total, fen", .rule = SERVER_SET),
    FIELD(Reckoning, input,       .label = "所依据的情况", .en = "computed from", .rule = SERVER_SET),
    FIELD(Reckoning, warnings,    .label = "提示", .en = "warnings", .rule = SERVER_SET),
    FIELD(Reckoning, warnings_en, .label = "提示（英文）", .en = "warnings in English", .rule = SERVER_SET),
    FIELD(Reckoning, by,          .label = "计算人", .en = "by", .rule = SERVER_SET),
    FIELD(Reckoning, at,          .label = "计算时间", .en = "at", .rule = SERVER_SET),
    FIELD(Reckoning, lines,       .label = "各项", .en = "lines", .rule = SERVER_SET, .child = &line_form),
    FIELD(Reckoning, figures,     .label = "其他结果", .en = "what else it found", .rule = SERVER_SET | LATER),
    FIELD(Reckoning, also,        .label = "供参考的各项", .en = "lines for information", .rule = SERVER_SET | LATER,
          .child = &line_form),
};
static const Form reckoning_form = FORM(Reckoning, fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE reckoning("            /* append-only */
      "  id       INTEGER PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES cases,"
      "  calculator TEXT NOT NULL,"        /* of law/calculator.h */
      "  amount   INTEGER NOT NULL,"       /* fen: the sum of its lines */
      "  input    TEXT NOT NULL,"          /* JSON */
      "  warnings TEXT NOT NULL, warnings_en TEXT NOT NULL,"
      "  by       INTEGER NOT NULL, at INTEGER NOT NULL) STRICT;"
      "CREATE INDEX reckoning_by_case ON reckoning(case_id, id);"
      "CREATE TABLE reckoned_line("        /* append-only */
      "  reckoning_id INTEGER NOT NULL REFERENCES reckoning, case_id INTEGER NOT NULL, no INTEGER NOT NULL,"
      "  cause    TEXT NOT NULL, money TEXT NOT NULL,"
      "  label    TEXT NOT NULL, label_en TEXT NOT NULL, working TEXT NOT NULL, working_en TEXT NOT NULL,"
      "  basis    TEXT NOT NULL, basis_en TEXT NOT NULL, note TEXT NOT NULL, note_en TEXT NOT NULL,"
      "  amount   INTEGER NOT NULL, payer TEXT NOT NULL,"
      "  PRIMARY KEY(reckoning_id, no)) STRICT;"
      "CREATE INDEX reckoned_line_by_case ON reckoned_line(case_id, reckoning_id, no);" },
    { 2,
      "ALTER TABLE reckoning ADD COLUMN figures TEXT NOT NULL DEFAULT '';"
      "CREATE TABLE reckoned_also("        /* append-only: lines for information, in no sum */
      "  reckoning_id INTEGER NOT NULL REFERENCES reckoning, case_id INTEGER NOT NULL, no INTEGER NOT NULL,"
      "  cause    TEXT NOT NULL, money TEXT NOT NULL,"
      "  label    TEXT NOT NULL, label_en TEXT NOT NULL, working TEXT NOT NULL, working_en TEXT NOT NULL,"
      "  basis    TEXT NOT NULL, basis_en TEXT NOT NULL, note TEXT NOT NULL, note_en TEXT NOT NULL,"
      "  amount   INTEGER NOT NULL, payer TEXT NOT NULL,"
      "  PRIMARY KEY(reckoning_id, no)) STRICT;"
      "CREATE INDEX reckoned_also_by_case ON reckoned_also(case_id, reckoning_id, no);" },
};
static const char *const keeps[] = { "reckoning", "reckoned_line", "reckoned_also", NULL };

#define LINE \
    "reckoning_id, case_id, no, cause, money, label, label_en, working, working_en, basis, basis_en, note, note_en," \
    " amount, payer"
static const Query q_add = {
    .name = "reckoning.add", .in = &reckoning_form,
    .sql = "INSERT INTO reckoning(id, case_id, calculator, amount, input, warnings, warnings_en, figures,"
           " by, at) VALUES(:id, :case_id, :calculator, :amount, :input, :warnings, :warnings_en, :figures, :by, :at)",
};
static const Query q_add_line = {
    .name = "reckoned_line.add", .in = &line_form,
    .sql = "INSERT INTO reckoned_line(" LINE ") VALUES(:reckoning_id, :case_id, :no, :cause, :money, :label,"
           " :label_en, :working, :working_en, :basis, :basis_en, :note, :note_en, :amount, :payer)",
};
static const Query q_add_also = {
    .name = "reckoned_also.add", .in = &line_form,
    .sql = "INSERT INTO reckoned_also(" LINE ") VALUES(:reckoning_id, :case_id, :no, :cause, :money, :label,"
           " :label_en, :working, :working_en, :basis, :basis_en, :note, :note_en, :amount, :payer)",
};
static const Query q_list = {
    .name = "reckoning.list", .in = &reckoning_form, .out = &reckoning_form,
    .sql = "SELECT id, case_id, calculator, amount, input, warnings, warnings_en, figures, by, at FROM reckoning"
           " WHERE case_id = :case_id ORDER BY case_id DESC, id DESC LIMIT 50",
};
static const Query q_lines = {
    .name = "reckoned_line.list", .in = &line_form, .out = &line_form,
    .sql = "SELECT " LINE " FROM reckoned_line WHERE case_id = :case_id AND reckoning_id >= :reckoning_id"
           " ORDER BY case_id, reckoning_id, no LIMIT 20000",
};
static const Query q_also = {
    .name = "reckoned_also.list", .in = &line_form, .out = &line_form,
    .sql = "SELECT " LINE " FROM reckoned_also WHERE case_id = :case_id AND reckoning_id >= :reckoning_id"
           " ORDER BY case_id, reckoning_id, no LIMIT 20000",
};
static const Query *const queries[] = { &q_add, &q_add_line, &q_add_also, &q_list, &q_lines, &q_also, NULL };

/* ---- what a line is ------------------------------------------------------------------------ */

/* What an agreement calls the money of a cause; the first that the cause begins with. */
static const struct MoneyKind {
    const char *cause, *money;
} kinds[] = {
    { "A09", "OTHER" }, { "A10", "OTHER" }, { "A", "WAGE" }, { "B01", "COMPENSATION" }, { "B02", "DAMAGES" },
    { "G01", "MEDICAL" }, { "", "OTHER" },
};

static Str money_of(Str cause)
{
    size_t i = 0;
    while (!str_starts(cause, str_of(kinds[i].cause))) i++;
    return str_of(kinds[i].money);
}

static Str payer_word(Payer p)
{
    static const char *const words[] = { "employer", "fund", "worker", "" };
    return str_of(words[p]);
}

/* "my situation" has claims with causes of their own; another calculator is one claim,
** or, where it computes no claim, none. */
static Str cause_of(Ctx *c, const Calc *calc, const CalcResult *r, size_t line)
{
    CalcClaim claim = { .calc = calc, .end = r->lines.n };
    for (size_t i = 0; i < r->claims; i++) {
        if (line >= r->claim[i].first && line < r->claim[i].end) claim = r->claim[i];
    }
    Str cause = claim_cause(&claim, line);
    return cause_find(&c->law->causes, cause, c->today) ? cause : (Str){ 0 };
}

/* ---- keeping ------------------------------------------------------------------------------- */

static Str notes_of(Ctx *c, const CalcResult *r, bool english)
{
    Out o = canon_out(c, NOTES_ROOM);
    for (size_t i = 0; i < r->warnings; i++) {
        out_str(&o, o.len ? S("\n") : S(""));
        out_str(&o, r->warning[i]);
    }
    for (size_t i = 0; i < r->excludes; i++) {
        const Phrase *title = &r->excluded[i].calc->title;
        out_str(&o, o.len ? S("\n") : S(""));
        out_str(&o, english ? S("Not counted: ") : S("未计入："));
        out_str(&o, str_of(english ? title->en : title->zh));
        out_str(&o, english ? S("; ") : S("；"));
        out_str(&o, r->excluded[i].why);
    }
    return out_view(&o);
}

/* {"months":"3", …}; "" if it found nothing else. */
static Str figures_of(Ctx *c, const CalcResult *r)
{
    Out o = canon_out(c, FIGURES_ROOM);
    for (size_t i = 0; i < r->values; i++) {
        out_str(&o, i ? S(",") : S("{"));
        out_json(&o, str_of(r->value[i].name));
        out_str(&o, S(":"));
        out_json(&o, r->value[i].value);
    }
    if (r->values) out_str(&o, S("}"));
    return out_view(&o);
}

static ReckonedLine line_of(const Reckoning *k, size_t i, const CalcLine *a, const CalcLine *b, Str cause)
{
    return (ReckonedLine){ k->id, k->case_id, (int64_t)i + 1, cause, money_of(cause), a->label, b->label,
                           a->working, b->working, a->basis, b->basis, a->note, b->note,
                           { a->amount_fen }, payer_word(a->payer) };
}

static void take_lines(Ctx *c, const CalcResult *zh, const CalcResult *en, Reckoning *k)
{
    const Calc *calc = calc_find(k->calculator);
    ReckonedLine *row = NEW(c->mem, ReckonedLine, zh->lines.n + 1);
    ReckonedLine *also = NEW(c->mem, ReckonedLine, zh->also.n + 1);
    for (size_t i = 0; i < zh->lines.n; i++) {
        row[i] = line_of(k, i, &zh->lines.line[i], &en->lines.line[i], cause_of(c, calc, zh, i));
    }
    for (size_t i = 0; i < zh->also.n; i++) {
        also[i] = line_of(k, i, &zh->also.line[i], &en->also.line[i], (Str){ 0 });
    }
    k->lines = (Rows){ row, zh->lines.n };
    k->also = (Rows){ also, zh->also.n };
}

static void store(Ctx *c, Reckoning *k)
{
    db_insert(c, &q_add, k);
    for (size_t i = 0; i < k->lines.n; i++) db_insert(c, &q_add_line, (ReckonedLine *)k->lines.at + i);
    for (size_t i = 0; i < k->also.n; i++) db_insert(c, &q_add_also, (ReckonedLine *)k->also.at + i);
}

/* Computed once in each language: whoever reads it later has both. */
static void keep(Ctx *c)
{
    Case k;
    const Calc *calc = calc_find(c->arg[1]);
    if (!calc) fail(c, ERR_NOT_FOUND, c->arg[1]);
    if (c->body.n > INPUT_MAX) fail(c, ERR_TOO_LARGE, (Str){ 0 });
    const CalcResult *zh = ok(c) ? calculators_asked(c, calc, false) : NULL;
    const CalcResult *en = zh ? calculators_asked(c, calc, true) : NULL;
    if (zh && zh->lines.n + zh->also.n > LINES) fail(c, ERR_TOO_LARGE, S("lines"));
    tx_begin(c);
    case_get(c, arg_id(c, 0), &k);
    states_only(c, &k, SPAN(REGISTERED, PERFORMING));
    if (ok(c) && calc && zh && en) {
        Reckoning in = { .id = id_next(c), .case_id = k.id, .calculator = str_of(calc->code),
                         .amount = { zh->amount_fen }, .input = c->body, .warnings = notes_of(c, zh, false),
                         .warnings_en = notes_of(c, en, true), .figures = figures_of(c, zh), .by = c->who.id,
                         .at = now(c) };
        take_lines(c, zh, en, &in);
        store(c, &in);
        case_note(c, &k, S("reckoned"), in.calculator);
        case_save(c, &k);
        reply_row(c, 201, &reckoning_form, &in);
    }
    tx_end(c);
}

/* Those of one computation, which are the last of *lines before `end`. */
static Rows part_of(Rows lines, size_t *end, Id id)
{
    ReckonedLine *line = lines.at;
    size_t first = *end, last = *end;
    while (first > 0 && line[first - 1].reckoning_id.n == id.n) first--;
    *end = first;
    return last > first ? (Rows){ line + first, last - first } : (Rows){ 0 };
}

/* The newest first, each with its lines. */
static Rows reckonings_of(Ctx *c, Id case_id)
{
    Rows kept = db_list(c, &q_list, &(Reckoning){ .case_id = case_id });
    Reckoning *row = kept.at;
    if (kept.n == 0) return kept;
    const ReckonedLine ask = { .case_id = case_id, .reckoning_id = row[kept.n - 1].id };
    Rows lines = db_list(c, &q_lines, &ask), also = db_list(c, &q_also, &ask);
    for (size_t i = 0, end = lines.n, more = also.n; i < kept.n; i++) {
        row[i].lines = part_of(lines, &end, row[i].id);
        row[i].also = part_of(also, &more, row[i].id);
    }
    return kept;
}
const Sealed reckoning_sealed = { &reckoning_form, reckonings_of };

Rows reckoned_situation(Ctx *c, Id case_id, Time *at)
{
    Rows kept = reckonings_of(c, case_id);
    for (size_t i = 0; i < kept.n; i++) {
        const Reckoning *r = (const Reckoning *)kept.at + i;
        if (!str_eq(r->calculator, S("SITUATION"))) continue;
        *at = r->at;
        return r->lines;
    }
    return (Rows){ 0 };
}

static void list(Ctx *c)
{
    Case k;
    if (case_get(c, arg_id(c, 0), &k)) reply_rows(c, &reckoning_form, reckonings_of(c, k.id), (Str){ 0 });
}

static const Route routes[] = {
    { "POST", "/api/v1/cases/:id/reckonings/:code", CLERK | MEDIATORS | LAWYER, keep, "计算并存入案件",
      "compute, and keep it with the case", .out = &reckoning_form, .object = true },
    { "GET", "/api/v1/cases/:id/reckonings", STAFF, list, "案件里留存的计算", "what was computed and kept",
      .out = &reckoning_form, .list = true },
};

const Slice reckoning_slice = {
    .name = "reckoning", .query = queries, .migration = migrations, .migrations = COUNT(migrations), .keeps = keeps,
    .route = routes, .routes = COUNT(routes),
};
