/*
** The claims change (变更调解请求): the applicant asks for more, less or something
** else.  What was asked before stays.  A clerk or mediator records it as the
** applicant said it, or the applicant says it online.  What the other side agreed
** to have mediated is what was asked then: a claim of another cause needs its word
** (企业劳动争议协商调解规定 22, 2012); in a group every worker's (办案规则 63, 2017).
** The case stays counted under the cause it was registered with.
*/
#include "case/3-mediation/mediation.h"
#include "case/notice.h"
#include "case/total.h"

enum { CAUSES_ROOM = 512, NOTE_ROOM = 400 };

typedef struct ClaimChange {
    Id    id, case_id;
    Str   way;          /* how the applicant said it */
    Date  said_on;
    Str   note;
    bool  agreed;       /* the other side, to mediating what is new */
    bool  all_workers;  /* each of a group wants it */
    Money before, amount;
    Id    by;
    Time  at;
    Rows  claims;       /* as they are from then on */
} ClaimChange;

static const Code way_rows[] = {
    { "WRITTEN", "书面", "in writing" }, { "MINUTES", "记入笔录", "in the minutes" }, { "ORAL", "口头", "by word of mouth" },
    { "PHONE", "电话", "by telephone" }, { "ONLINE", "本人在线", "online, in person" },
    { "APPLICATION", "调解申请", "the application" },
};
static const Codes ways = { .name = "claim_way", .row = way_rows, .n = COUNT(way_rows) };

static const Field fields[] = {
    FIELD(ClaimChange, id,          .label = "编号", .en = "id", .rule = SERVER_SET),
    FIELD(ClaimChange, case_id,     .label = "案件", .en = "case", .rule = SERVER_SET),
    FIELD(ClaimChange, claims,      .label = "变更后的全部请求", .en = "all claims from now on", .min = 1, .max = 50,
          .child = &claim_form),
    FIELD(ClaimChange, way,         .label = "申请人提出的方式", .en = "how the applicant said it", .codes = &ways),
    FIELD(ClaimChange, said_on,     .label = "提出日期", .en = "said on", .rule = NOT_FUTURE),
    FIELD(ClaimChange, agreed,      .label = "对方同意调解新增的请求", .en = "the other side agrees to mediate what is new"),
    FIELD(ClaimChange, all_workers, .label = "被代表的劳动者均已同意", .en = "every worker of the group has agreed"),
    FIELD(ClaimChange, note,        .label = "说明", .en = "note", .rule = PROSE, .max = 1000),
    FIELD(ClaimChange, before,      .label = "变更前合计（分）", .en = "claimed before, fen", .rule = SERVER_SET),
    FIELD(ClaimChange, amount,      .label = "变更后合计（分）", .en = "claimed now, fen", .rule = SERVER_SET),
    FIELD(ClaimChange, by,          .label = "记录人", .en = "recorded by", .rule = SERVER_SET),
    FIELD(ClaimChange, at,          .label = "记录时间", .en = "recorded at", .rule = SERVER_SET),
};
static const Form change_form = FORM(ClaimChange, fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE claim_change("          /* append-only */
      "  id      INTEGER PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES cases,"
      "  way     TEXT NOT NULL, said_on TEXT, note TEXT NOT NULL,"
      "  agreed  INTEGER NOT NULL, all_workers INTEGER NOT NULL,"
      "  before  INTEGER NOT NULL, amount INTEGER NOT NULL,"   /* fen, of all claims */
      "  by      INTEGER NOT NULL, at INTEGER NOT NULL) STRICT;"
      "CREATE INDEX claim_change_by_case ON claim_change(case_id, id);" },
};
static const char *const keeps[] = { "claim_change", NULL };

#define COLUMNS "id, case_id, way, said_on, note, agreed, all_workers, before, amount, by, at"
static const Query q_add = {
    .name = "claim_change.add", .in = &change_form,
    .sql = "INSERT INTO claim_change(" COLUMNS ") VALUES(:id, :case_id, :way, :said_on, :note, :agreed, :all_workers,"
           " :before, :amount, :by, :at)",
};
static const Query q_list = {
    .name = "claim_change.list", .in = &change_form, .out = &change_form,
    .sql = "SELECT " COLUMNS " FROM claim_change WHERE case_id = :case_id ORDER BY case_id, id LIMIT 100",
};
static const Query *const queries[] = { &q_add, &q_list, NULL };

/* ---- what was asked, and when ----------------------------------------------------------------- */

/* Each change with its claims. */
static Rows changes_of(Ctx *c, Id case_id)
{
    Rows rows = db_list(c, &q_list, &(ClaimChange){ .case_id = case_id });
    Rows ever = rows.n ? claims_ever(c, case_id) : (Rows){ 0 };
    Claim *claim = ever.at;
    for (size_t i = 0, at = 0; i < rows.n; i++) {
        ClaimChange *change = (ClaimChange *)rows.at + i;
        while (at < ever.n && claim[at].change_id.n < change->id.n) at++;
        size_t from = at;
        while (at < ever.n && claim[at].change_id.n == change->id.n) at++;
        change->claims = (Rows){ claim + from, at - from };
    }
    return rows;
}
const Sealed claim_change_sealed = { &change_form, changes_of };

static void list(Ctx *c)
{
    Case k;
    if (case_get(c, arg_id(c, 0), &k)) reply_rows(c, &change_form, changes_of(c, k.id), (Str){ 0 });
}

/* ---- rules --------------------------------------------------------------------------------------- */

enum { OPEN = SPAN(REGISTERED, CONSENT) | SPAN(ACCEPTED, MEDIATING) };

static bool asks_new(Rows before, const ClaimChange *change)
{
    const Claim *old = before.at, *claim = change->claims.at;
    for (size_t i = 0; i < change->claims.n; i++) {
        size_t n = 0;
        while (n < before.n && !str_eq(old[n].cause, claim[i].cause)) n++;
        if (n == before.n) return true;
    }
    return false;
}

static void said_by_party(Ctx *c, bool group, ClaimChange *change)
{
    if (!(c->who.sides & APPLICANT)) fail(c, ERR_FORBIDDEN, S("applicant"));
    if (group) fail(c, ERR_BLOCKED, S("all_workers"));
    if (change->way.n) fault(c, S("way"), FAULT_NOT_ALLOWED);
    if (change->agreed) fault(c, S("agreed"), FAULT_NOT_ALLOWED);
}

static void said_to_office(Ctx *c, bool group, const ClaimChange *change)
{
    bool ours = str_eq(change->way, S("ONLINE")) || str_eq(change->way, S("APPLICATION"));
    if (change->way.n == 0) fault(c, S("way"), FAULT_REQUIRED);
    if (ours) fault(c, S("way"), FAULT_NOT_ALLOWED);
    if (change->said_on.day == 0) fault(c, S("said_on"), FAULT_REQUIRED);
    if (group && !change->all_workers) fault(c, S("all_workers"), FAULT_REQUIRED);
}

/* Who says it, and that it may be heard. */
static void said_rightly(Ctx *c, const Case *k, ClaimChange *change)
{
    bool party = c->who.roles & (uint32_t)PARTIES, group = str_eq(k->appl_type, S("GROUP"));
    if (party) said_by_party(c, group, change);
    else said_to_office(c, group, change);
    if (change->said_on.day && change->said_on.day < k->filed.day) fault(c, S("said_on"), FAULT_ORDER);
    if (!party) return;
    change->way = S("ONLINE");
    change->said_on = c->today;
}

/* And what the application itself would have had to say. */
static void rules(Ctx *c, const Case *k, ClaimChange *change)
{
    Intake in = { 0 };
    Rows before = claims_of(c, k->id);
    if (!ok(c) || !intake_get(c, k->id, &in)) return;
    said_rightly(c, k, change);
    in.claims = change->claims;
    intake_check_claims(c, &in);
    if (k->accepted.day && !change->agreed && asks_new(before, change)) fault(c, S("agreed"), FAULT_REQUIRED);
}

/* ---- changing ------------------------------------------------------------------------------------- */

/* The main cause first, then each that is asked for. */
static void take(Ctx *c, Case *k, ClaimChange *change)
{
    Out o = canon_out(c, CAUSES_ROOM);
    out_str(&o, k->cause);
    for (size_t i = 0; i < change->claims.n; i++) {
        Claim *claim = (Claim *)change->claims.at + i;
        claim->id = id_next(c);
        claim->case_id = k->id;
        claim->change_id = change->id;
        claim->no = (int64_t)i + 1;
        db_insert(c, &claim_add, claim);
        change->amount.fen += claim->amount.fen;
        if (str_has(out_view(&o), claim->cause)) continue;
        out_str(&o, S(" "));
        out_str(&o, claim->cause);
    }
    k->causes = out_view(&o);
    k->amount = change->amount;
    int64_t more = change->amount.fen - change->before.fen;
    if (more) total_add(c, k, MEASURE_CLAIMED, more);
}

static void record(Ctx *c, const Case *k, const ClaimChange *change)
{
    Out o = canon_out(c, NOTE_ROOM + change->note.n);
    out_yuan(&o, change->before);
    out_str(&o, S(" → "));
    out_yuan(&o, change->amount);
    out_str(&o, change->note.n ? S("；") : S(""));
    out_str(&o, change->note);
    case_note(c, k, S("claims"), out_view(&o));
}

static const char told[] = "您参加的劳动争议调解，申请人变更了调解请求。"
                           "请凭回执编码和手机号打开“我的案件”查看。";

/* Whoever agreed to mediation learns what it is about now. */
static void tell_respondents(Ctx *c, const Case *k)
{
    Rows rows = k->accepted.day ? parties_of(c, k->id) : (Rows){ 0 };
    for (size_t i = 0; i < rows.n; i++) {
        const Party *p = (const Party *)rows.at + i;
        if (str_eq(p->side, S("RESP"))) notice_party(c, k, p, S("claims"), str_of(told));
    }
}

static void change(Ctx *c)
{
    Case k = { 0 };
    ClaimChange in = { .by = c->who.id, .at = now(c) };
    form_read(c, &change_form, &in);
    tx_begin(c);
    case_get(c, arg_id(c, 0), &k);
    states_only(c, &k, OPEN);
    rules(c, &k, &in);
    if (ok(c)) {
        in.id = id_next(c);
        in.case_id = k.id;
        in.before = k.amount;
        take(c, &k, &in);
        db_insert(c, &q_add, &in);
        case_save(c, &k);
        record(c, &k, &in);
        tell_respondents(c, &k);
        flags_refresh(c, &k);
        reply_row(c, 201, &change_form, &in);
    }
    tx_end(c);
}

static const Route routes[] = {
    { "POST", "/api/v1/cases/:id/claims", PARTIES | CLERK | MEDIATORS, change, "变更调解请求",
      "the applicant changes what is asked for", .in = &change_form, .out = &change_form },
    { "GET", "/api/v1/cases/:id/claims", PARTIES | STAFF, list, "请求的变更", "how the claims changed",
      .out = &change_form, .list = true },
};

const Slice claims_slice = {
    .name = "claims", .query = queries, .migration = migrations, .migrations = COUNT(migrations), .keeps = keeps,
    .route = routes, .routes = COUNT(routes),
};
