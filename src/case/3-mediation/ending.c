/*
** How mediation ends without an agreement (T27 to T30), and with one that needs
** no paper because it was performed on the spot (T26).
*/
#include "case/1-intake/link.h"
#include "case/3-mediation/mediation.h"
#include "case/clock.h"
#include "case/notice.h"
#include "case/task.h"

/* ---- no agreement ---------------------------------------------------------------------- */

typedef struct Failure {
    Str code, note;
} Failure;

#define ENDING_CODE(n, code, zh, en) { code, zh, en },
static const Code ending_rows[] = { ENDINGS(ENDING_CODE) };
static const Codes endings = { .name = "ending", .row = ending_rows, .n = COUNT(ending_rows) };

static const Field failure_fields[] = {
    FIELD(Failure, code, .label = "终结原因", .en = "reason", .rule = REQUIRED, .codes = &endings),
    FIELD(Failure, note, .label = "说明", .en = "note", .rule = REQUIRED | PROSE, .min = 2, .max = 2000),
};
static const Form failure_form = FORM(Failure, failure_fields);

static const Field why_fields[] = {
    FIELD(CaseNote, note, .label = "理由", .en = "reason", .rule = REQUIRED | PROSE, .min = 2, .max = 2000),
};
static const Form why_form = { "EndingReason", sizeof(CaseNote), why_fields, COUNT(why_fields) };

/* ---- performed on the spot ---------------------------------------------------------------- */

typedef struct OnSpot {
    Id    id, case_id;
    Money amount;
    Str   payer, payee, method, content;
    Str   signed_by_applicant, signed_by_respondent; /* names */
    Id    by;
    Time  at;
} OnSpot;
static const Field spot_fields[] = {
    FIELD(OnSpot, id,      .label = "编号", .en = "id", .rule = SERVER_SET),
    FIELD(OnSpot, case_id, .label = "案件", .en = "case", .rule = SERVER_SET),
    FIELD(OnSpot, amount,  .label = "履行金额（分）", .en = "amount, fen", .max = 100000000000),
    FIELD(OnSpot, payer,   .label = "付款人", .en = "payer", .rule = REQUIRED, .min = 2, .max = 100),
    FIELD(OnSpot, payee,   .label = "收款人", .en = "payee", .rule = REQUIRED, .min = 2, .max = 100),
    FIELD(OnSpot, method,  .label = "履行方式", .en = "method", .rule = REQUIRED, .min = 2, .max = 100),
    FIELD(OnSpot, content, .label = "协议内容", .en = "what was agreed", .rule = REQUIRED | PROSE, .min = 2, .max = 4000),
    FIELD(OnSpot, signed_by_applicant,  .label = "申请人签名", .en = "signed for the applicant", .rule = REQUIRED,
          .min = 2, .max = 50),
    FIELD(OnSpot, signed_by_respondent, .label = "被申请人签名", .en = "signed for the respondent", .rule = REQUIRED,
          .min = 2, .max = 50),
    FIELD(OnSpot, by,      .label = "记录人", .en = "by", .rule = SERVER_SET),
    FIELD(OnSpot, at,      .label = "记录时间", .en = "at", .rule = SERVER_SET),
};
static const Form spot_form = FORM(OnSpot, spot_fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE on_spot("             /* agreed and performed at once: stands for the agreement; append-only */
      "  id      INTEGER PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES cases,"
      "  amount  INTEGER NOT NULL CHECK(amount >= 0), payer TEXT NOT NULL, payee TEXT NOT NULL,"
      "  method  TEXT NOT NULL, content TEXT NOT NULL,"
      "  signed_by_applicant TEXT NOT NULL, signed_by_respondent TEXT NOT NULL,"
      "  by      INTEGER NOT NULL, at INTEGER NOT NULL) STRICT;"
      "CREATE UNIQUE INDEX on_spot_by_case ON on_spot(case_id);" },
};
static const char *const keeps[] = { "on_spot", NULL };

#define SPOT \
    "id, case_id, amount, payer, payee, method, content, signed_by_applicant, signed_by_respondent, by, at"
static const Query q_spot = {
    .name = "on_spot.add", .in = &spot_form, .clash = ERR_CLASH,
    .sql = "INSERT INTO on_spot(" SPOT ") VALUES(:id, :case_id, :amount, :payer, :payee, :method, :content,"
           " :signed_by_applicant, :signed_by_respondent, :by, :at)",
};
static const Query q_spot_get = {
    .name = "on_spot.get", .in = &spot_form, .out = &spot_form,
    .sql = "SELECT " SPOT " FROM on_spot WHERE case_id = :case_id",
};
static const Query *const queries[] = { &q_spot, &q_spot_get, NULL };

static Rows spots_of(Ctx *c, Id case_id)
{
    return db_list(c, &q_spot_get, &(OnSpot){ .case_id = case_id });
}

const Sealed spot_sealed = { &spot_form, spots_of };

/* ---- handlers -------------------------------------------------------------------------------- */

/* The period's end and a refusal to sign have events of their own. */
static void check_code(Ctx *c, const Case *k, Str code)
{
    Ending e = ending_of(code);
    if (e == END_TIME || e == END_UNSIGNED) fault(c, S("code"), FAULT_NOT_ALLOWED);
    if (e == END_UNREACHED) contact_exhausted(c, k);
    if (e == END_SHAM && !sham_open(c, k)) fail(c, ERR_BLOCKED, str_of(ending_zh(END_SHAM)));
}

static void fail_case(Ctx *c)
{
    Case k;
    Failure in = { 0 };
    form_read(c, &failure_form, &in);
    tx_begin(c);
    case_for(c, &k, EV_FAIL);
    if (ok(c)) check_code(c, &k, in.code);
    k.ending = in.code;
    case_fire(c, &k, EV_FAIL, in.note);
    if (ok(c) && ending_of(in.code) == END_CONSENT) limit_note(c, &k, S("LIM-5"), c->today);
    reply_row(c, 200, &case_form, &k);
    tx_end(c);
}

/* Withdrawn or settled: with a reason, for the record. */
static void end_by_parties(Ctx *c)
{
    Case k;
    CaseNote in = { 0 };
    form_read(c, &why_form, &in);
    tx_begin(c);
    case_for(c, &k, c->route->fires);
    case_fire(c, &k, c->route->fires, in.note);
    reply_row(c, 200, &case_form, &k);
    tx_end(c);
}

/* Small enough to go without a written agreement. */
static bool is_small(Ctx *c, const Case *k, const OnSpot *s)
{
    uint32_t grave = FLAG_COLL | FLAG_COLL50 | FLAG_MASS | FLAG_MAJOR | FLAG_COMPLEX | FLAG_LAYOFF;
    int64_t most = case_param(c, k, "ON_SPOT_FEN");
    uint32_t flags = flags_read(k->flags);
    if (flags & FLAG_SIMPLE) return true;
    return !(flags & grave) && s->amount.fen <= most && k->workers <= case_param(c, k, "SIMPLE_WORKERS");
}

static void on_spot(Ctx *c)
{
    Case k;
    OnSpot s = { .by = c->who.id, .at = now(c) };
    form_read(c, &spot_form, &s);
    tx_begin(c);
    case_for(c, &k, EV_PERFORM_ON_SPOT);
    if (ok(c) && !is_small(c, &k, &s)) fail(c, ERR_BLOCKED, str_of(flag_zh(FLAG_SIMPLE)));
    case_fire(c, &k, EV_PERFORM_ON_SPOT, s.method);
    s.id = id_next(c);
    s.case_id = k.id;
    db_insert(c, &q_spot, &s);
    reply_row(c, 201, &spot_form, &s);
    tx_end(c);
}

static void show_spot(Ctx *c)
{
    Case k;
    if (!case_get(c, arg_id(c, 0), &k)) return;
    OnSpot s = { .case_id = k.id };
    db_get(c, &q_spot_get, &s, &s);
    reply_row(c, 200, &spot_form, &s);
}

/* ---- what follows ------------------------------------------------------------------------------- */

static void set_ended(Ctx *c, Case *k)
{
    k->ended = c->today;
}

static void set_unsigned(Ctx *c, Case *k)
{
    k->ended = c->today;
    k->ending = str_of(ending_code(END_UNSIGNED));
}

/* The result goes back to whoever sent the case, and nobody is left with old tasks. */
static void feed_back(Ctx *c, Case *k)
{
    static const char *const over[] = {
        "mediate", "assign", "confirm", "dispatch", "second_mediator", "representatives", "recusal", "org_silent",
        "approve", "extension_refused",
    };
    for (size_t i = 0; i < COUNT(over); i++) task_done(c, k, str_of(over[i]), k->state);
    Role role = k->mediator_id.n ? ROLE_MEDIATOR : ROLE_CLERK;
    task_add(c, k, S("feedback"), role, task_due(c, case_param(c, k, "FEEDBACK_WD")));
}

static const char mediation_over[] =
    "调解已终止。您可以依法向有管辖权的劳动人事争议仲裁委员会申请仲裁，或者依法提起诉讼；请注意仲裁时效。";

/* Each party is told of the way that is open (D15, D21). */
static void tell_parties(Ctx *c, Case *k)
{
    Rows rows = parties_of(c, k->id);
    for (size_t i = 0; i < rows.n; i++) {
        const Party *p = (const Party *)rows.at + i;
        if (p->split_on.day == 0) notice_party(c, k, p, S("mediation_over"), str_of(mediation_over));
    }
}

enum { ENDERS = CLERK | MEDIATORS };

static const Route routes[] = {
    { "POST", "/api/v1/cases/:id/fail", MEDIATORS, fail_case, "调解不成", "no agreement", EV_FAIL, .in = &failure_form,
      .out = &case_form },
    { "POST", "/api/v1/cases/:id/withdraw", PARTIES | ENDERS, end_by_parties, "撤回申请", "withdraw", EV_WITHDRAW,
      .in = &why_form, .out = &case_form },
    { "POST", "/api/v1/cases/:id/settle", PARTIES | ENDERS, end_by_parties, "自行和解", "settled by the parties",
      EV_SETTLE, .in = &why_form, .out = &case_form },
    { "POST", "/api/v1/cases/:id/perform-on-spot", MEDIATORS, on_spot, "即时履行", "agreed and performed on the spot",
      EV_PERFORM_ON_SPOT, .in = &spot_form, .out = &spot_form },
    { "GET", "/api/v1/cases/:id/perform-on-spot", STAFF | PARTIES, show_spot, "即时履行记录", "what was performed on the spot",
      .out = &spot_form },
};
static const Hook hooks[] = {
    { BEFORE, EV_CORRECTION_LAPSE, set_ended },
    { BEFORE, EV_FAIL, set_ended },     { BEFORE, EV_TIME_OUT, set_ended },
    { BEFORE, EV_WITHDRAW, set_ended }, { BEFORE, EV_SETTLE, set_ended },
    { BEFORE, EV_PERFORM_ON_SPOT, set_ended }, { BEFORE, EV_REFUSE_SIGN_END, set_unsigned },
    { AFTER, EV_FAIL, feed_back },      { AFTER, EV_TIME_OUT, feed_back },
    { AFTER, EV_WITHDRAW, feed_back },  { AFTER, EV_SETTLE, feed_back },
    { AFTER, EV_PERFORM_ON_SPOT, feed_back },  { AFTER, EV_REFUSE_SIGN_END, feed_back },
    { AFTER, EV_FAIL, tell_parties },   { AFTER, EV_TIME_OUT, tell_parties },
    { AFTER, EV_REFUSE_SIGN_END, tell_parties },
};

const Slice ending_slice = {
    .name = "ending", .query = queries, .migration = migrations, .migrations = COUNT(migrations), .keeps = keeps,
    .route = routes, .routes = COUNT(routes), .hook = hooks, .hooks = COUNT(hooks),
};
