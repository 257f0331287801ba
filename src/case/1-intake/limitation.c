#include "case/1-intake/limitation.h"

#include "case/1-intake/intake.h"
#include "case/clock.h"

enum { WHY_ROOM = 8192 };

/* One beginning of the period: when the right was known, then each event. */
typedef struct Turn {
    Str  kind, label, label_en, basis, basis_en;
    Date day, natural_end, due;
    bool counted;
} Turn;

typedef struct SafeDay {
    Date natural_end, due;
    bool unlimited, suspended, provisional, reference_only;
    Str  note, note_en, why, why_en;
    Rows turns;
} SafeDay;

static const Field turn_fields[] = {
    FIELD(Turn, kind,        .label = "事由", .en = "kind"),
    FIELD(Turn, label,       .label = "说明", .en = "what it is"),
    FIELD(Turn, label_en,    .label = "英文说明", .en = "in English"),
    FIELD(Turn, basis,       .label = "依据", .en = "basis"),
    FIELD(Turn, basis_en,    .label = "英文依据", .en = "basis, in English"),
    FIELD(Turn, day,         .label = "日期", .en = "day"),
    FIELD(Turn, natural_end, .label = "届满日", .en = "the period then ended on"),
    FIELD(Turn, due,         .label = "顺延后届满日", .en = "moved past rest days"),
    FIELD(Turn, counted,     .label = "计入", .en = "it came before the period had run out"),
};
static const Form turn_form = { "LimitationTurn", sizeof(Turn), turn_fields, COUNT(turn_fields) };

static const Field fields[] = {
    FIELD(SafeDay, natural_end, .label = "最迟稳妥日期", .en = "the latest safe day"),
    FIELD(SafeDay, due,         .label = "顺延后日期", .en = "moved past rest days"),
    FIELD(SafeDay, unlimited,   .label = "不受时效限制", .en = "not limited while the relation lasts"),
    FIELD(SafeDay, suspended,   .label = "中止中", .en = "suspended"),
    FIELD(SafeDay, provisional, .label = "暂定", .en = "rests on a year without a notice of holidays"),
    FIELD(SafeDay, reference_only, .label = "仅供参考", .en = "reference only"),
    FIELD(SafeDay, note,        .label = "提示", .en = "what to mind"),
    FIELD(SafeDay, note_en,     .label = "英文提示", .en = "in English"),
    FIELD(SafeDay, why,         .label = "推算过程", .en = "why this day"),
    FIELD(SafeDay, why_en,      .label = "推算过程（英文）", .en = "why this day, in English"),
    FIELD(SafeDay, turns,       .label = "时效事件", .en = "what began and restarted it", .child = &turn_form),
};
const Form safe_day_form = { "SafeDay", sizeof(SafeDay), fields, COUNT(fields) };

static const struct { Str zh, en; } notes[] = {
    { S("仅供参考：时效是否届满由仲裁机构、人民法院认定。"),
      S("For reference only: whether a claim is barred is for the tribunal and the court.") },
};

static Turn turn_of(const LimitStep *s)
{
    Turn t = { .day = s->day, .natural_end = s->natural_end, .due = s->due,
               .counted = s->kind == NULL || s->counted };
    if (!s->kind) return t;
    t.kind = s->kind->code;
    t.label = s->kind->label.zh;
    t.label_en = s->kind->label.en;
    t.basis = s->kind->basis.zh;
    t.basis_en = s->kind->basis.en;
    return t;
}

static Str why_of(Ctx *c, const Trace *trace, bool english)
{
    Out o = { .buf = NEW(c->mem, char, WHY_ROOM), .cap = WHY_ROOM };
    for (size_t i = 0; i < trace->n; i++) {
        if (i) out_str(&o, S("\n"));
        out_str(&o, english ? trace->line[i].en : trace->line[i].zh);
    }
    return out_view(&o);
}

void limitation_reply(Ctx *c, const LimitAsk *ask)
{
    Limitation *l = NEW(c->mem, Limitation, 1);
    LimitLaw law = law_limits(c->law);
    if (!ok(c)) return;
    if (!limitation_due(&law, ask, c->mem, l)) {
        fail(c, ERR_BLOCKED, l->reason.zh);
        return;
    }
    Turn *turn = NEW(c->mem, Turn, l->steps + 1);
    for (size_t i = 0; i < l->steps; i++) turn[i] = turn_of(&l->step[i]);
    SafeDay s = { .natural_end = l->natural_end, .due = l->due, .unlimited = l->unlimited,
                  .suspended = l->suspended, .provisional = l->provisional, .reference_only = true,
                  .note = notes[0].zh, .note_en = notes[0].en, .why = why_of(c, &l->trace, false),
                  .why_en = why_of(c, &l->trace, true),
                  .turns = { turn, l->steps } };
    reply_row(c, 200, &safe_day_form, &s);
}

/* ---- of a case ---------------------------------------------------------------------------- */

/* Arrears of wages are not limited while the relation lasts (TJZC 27). */
static LimitRegime regime_of(const Case *k, const Intake *in)
{
    if (str_eq(in->relation, S("CIVIL_SERVANT"))) return LIMIT_CIVIL;
    return str_eq(k->causes, S("A01")) ? LIMIT_WAGES : LIMIT_ORDINARY;
}

static void show(Ctx *c)
{
    Case k;
    Intake in = { 0 };
    if (!case_get(c, arg_id(c, 0), &k) || !intake_get(c, k.id, &in)) return;
    Rows rows = limit_events(c, k.id);
    LimitEvent *event = NEW(c->mem, LimitEvent, rows.n + 1);
    for (size_t i = 0; i < rows.n; i++) {
        const Limit *l = (const Limit *)rows.at + i;
        event[i] = (LimitEvent){ l->kind, l->day };
    }
    limitation_reply(c, &(LimitAsk){
        .regime = regime_of(&k, &in), .knew = in.knew_date,
        .relation_end = in.employed ? (Date){ 0 } : in.end_date, .events = event, .events_n = rows.n });
}

/* ---- before there is a case --------------------------------------------------------------- */

typedef struct SafeAsk {
    Str  relation, cause;
    Date knew_date, end_date;
} SafeAsk;

static const Field ask_fields[] = {
    FIELD(SafeAsk, knew_date, .label = "知道权利受侵害之日", .en = "day the right was known to be infringed",
          .rule = REQUIRED | NOT_FUTURE),
    FIELD(SafeAsk, end_date, .label = "离职日期", .en = "day the work ended", .help = "在职的不填", .help_en = "empty: still at work"),
    FIELD(SafeAsk, relation, .label = "用工关系", .en = "relation", .max = 20),
    FIELD(SafeAsk, cause, .label = "案由", .en = "cause", .max = 10),
};
static const Form ask_form = FORM(SafeAsk, ask_fields);

/* As if the application were filed now: nothing has restarted the period yet. */
static void show_before(Ctx *c)
{
    SafeAsk ask = { 0 };
    if (!form_read_query(c, &ask_form, &ask)) return;
    Intake in = { .relation = ask.relation, .end_date = ask.end_date, .employed = ask.end_date.day == 0 };
    limitation_reply(c, &(LimitAsk){
        .regime = regime_of(&(Case){ .causes = ask.cause }, &in),
        .knew = ask.knew_date, .relation_end = ask.end_date });
}

enum { READERS = PARTIES | STAFF };
static const Route routes[] = {
    { "GET", "/api/v1/cases/:id/safe-day", READERS, show, "最迟稳妥日期", "the latest safe day to apply for arbitration",
      .out = &safe_day_form },
    { "GET", "/api/v1/public/safe-day", ANYBODY, show_before, "最迟稳妥日期（申请前）",
      "the latest safe day, before an application", .query = &ask_form, .out = &safe_day_form },
};

const Slice limitation_slice = { .name = "limitation", .route = routes, .routes = COUNT(routes) };
