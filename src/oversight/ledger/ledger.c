#include "oversight/ledger/ledger.h"

#include "case/1-intake/intake.h"
#include "case/4-agreement/pursuit.h"
#include "case/8-import/import.h"
#include "register/organisations/organisations.h"

/* A row; members are named as in data/ledger_columns.csv. */
typedef struct LedgerRow {
    Id      id;
    int64_t no;
    Str     ledger_no;
    Date    registered;
    Str     channel, source, applicant, applicant_id_masked, applicant_phone_masked, respondent, uscc,
            employer_type, industry;
    int64_t people;
    Str     people_groups, cause_main, cause_other;
    Money   claim_fen;
    Str     summary;
    Date    accepted;
    bool    is_collective, is_major;
    Str     dispatched_to, organisation, mediators, joint_departments, manner;
    Date    mediation_due, extended_to, closed;
    Str     outcome, agreement_no;
    Money   agreed_fen;
    Date    effective;
    Str     confirmation;
    Date    perform_by;
    Money   performed_fen;
    Str     performance;
    Date    followed_up;
    int64_t satisfaction;
    Str     overdue_reason, archive_no;
    Date    archived;
    Str     remark;
    Str     state, before, flags, causes, arev, jconf, porder; /* what the rest is made of */
    Date    first_due;                                         /* before it was extended */
    int64_t onsite, phone, online;                             /* sessions held */
    Str     ending, referred_to, split_from;
    int64_t version, old; /* of the case; 1: imported, 2: and untouched since */
} LedgerRow;

static const Field fields[] = {
    FIELD(LedgerRow, id,                     .label = "案件", .en = "case"),
    FIELD(LedgerRow, no,                     .label = "序号", .en = "number"),
    FIELD(LedgerRow, ledger_no,              .label = "登记号", .en = "registration number"),
    FIELD(LedgerRow, registered,             .label = "登记日期", .en = "registered on"),
    FIELD(LedgerRow, channel,                .label = "收件渠道", .en = "channel"),
    FIELD(LedgerRow, source,                 .label = "来源", .en = "source"),
    FIELD(LedgerRow, applicant,              .label = "申请人", .en = "applicant"),
    FIELD(LedgerRow, applicant_id_masked,    .label = "证件号（脱敏）", .en = "identity number", .rule = SEALED, .mask = MASK_ID_NO),
    FIELD(LedgerRow, applicant_phone_masked, .label = "联系电话（脱敏）", .en = "telephone, masked", .rule = SEALED, .mask = MASK_PHONE),
    FIELD(LedgerRow, respondent,             .label = "被申请人", .en = "respondent"),
    FIELD(LedgerRow, uscc,                   .label = "统一社会信用代码", .en = "unified social credit code"),
    FIELD(LedgerRow, employer_type,          .label = "单位类型", .en = "type of employer"),
    FIELD(LedgerRow, industry,               .label = "行业", .en = "industry"),
    FIELD(LedgerRow, people,                 .label = "涉及人数", .en = "people"),
    FIELD(LedgerRow, people_groups,          .label = "其中农民工/女职工/派遣/新业态/超龄", .en = "of whom"),
    FIELD(LedgerRow, cause_main,             .label = "争议主类别", .en = "main cause"),
    FIELD(LedgerRow, cause_other,            .label = "次类别", .en = "other causes"),
    FIELD(LedgerRow, claim_fen,              .label = "请求金额", .en = "claimed, fen"),
    FIELD(LedgerRow, summary,                .label = "简要案情", .en = "facts in brief"),
    FIELD(LedgerRow, accepted,               .label = "受理日期", .en = "accepted on"),
    FIELD(LedgerRow, is_collective,          .label = "是否集体", .en = "collective"),
    FIELD(LedgerRow, is_major,               .label = "是否重大", .en = "major"),
    FIELD(LedgerRow, dispatched_to,          .label = "分流去向", .en = "dispatched to"),
    FIELD(LedgerRow, organisation,           .label = "调解组织", .en = "organisation"),
    FIELD(LedgerRow, mediators,              .label = "调解员（专/兼）", .en = "mediators"),
    FIELD(LedgerRow, joint_departments,      .label = "联合部门", .en = "joint departments"),
    FIELD(LedgerRow, manner,                 .label = "调解方式", .en = "manner"),
    FIELD(LedgerRow, mediation_due,          .label = "调解期限届满日", .en = "mediation period ends"),
    FIELD(LedgerRow, extended_to,            .label = "延期至", .en = "extended to"),
    FIELD(LedgerRow, closed,                 .label = "结案日期", .en = "closed on"),
    FIELD(LedgerRow, outcome,                .label = "结案方式", .en = "outcome"),
    FIELD(LedgerRow, agreement_no,           .label = "协议号", .en = "agreement number"),
    FIELD(LedgerRow, agreed_fen,             .label = "协议金额", .en = "agreed, fen"),
    FIELD(LedgerRow, effective,              .label = "协议生效日", .en = "in force on"),
    FIELD(LedgerRow, confirmation,           .label = "仲裁审查/司法确认/支付令及结果", .en = "review, confirmation, payment order"),
    FIELD(LedgerRow, perform_by,             .label = "履行期限", .en = "to be performed by"),
    FIELD(LedgerRow, performed_fen,          .label = "已履行金额", .en = "performed, fen"),
    FIELD(LedgerRow, performance,            .label = "履行状态", .en = "state of performance"),
    FIELD(LedgerRow, followed_up,            .label = "回访日期", .en = "followed up on"),
    FIELD(LedgerRow, satisfaction,           .label = "满意度", .en = "satisfaction"),
    FIELD(LedgerRow, overdue_reason,         .label = "超期原因", .en = "reason for delay"),
    FIELD(LedgerRow, archive_no,             .label = "归档号", .en = "archive number"),
    FIELD(LedgerRow, archived,               .label = "归档日期", .en = "archived on"),
    FIELD(LedgerRow, remark,                 .label = "备注", .en = "remarks"),
    FIELD(LedgerRow, state,      .label = "状态", .en = "state", .rule = HIDDEN),
    FIELD(LedgerRow, before,     .label = "结案前状态", .en = "before closing", .rule = HIDDEN),
    FIELD(LedgerRow, flags,      .label = "标记", .en = "flags", .rule = HIDDEN),
    FIELD(LedgerRow, causes,     .label = "案由", .en = "causes", .rule = HIDDEN),
    FIELD(LedgerRow, first_due,  .label = "原届满日", .en = "end before it was extended", .rule = HIDDEN),
    FIELD(LedgerRow, onsite,     .label = "现场", .en = "on site", .rule = HIDDEN),
    FIELD(LedgerRow, phone,      .label = "电话", .en = "by telephone", .rule = HIDDEN),
    FIELD(LedgerRow, online,     .label = "音视频", .en = "audio-video", .rule = HIDDEN),
    FIELD(LedgerRow, ending,     .label = "终结原因", .en = "how it ended", .rule = HIDDEN),
    FIELD(LedgerRow, referred_to, .label = "移送去向", .en = "referred to", .rule = HIDDEN),
    FIELD(LedgerRow, split_from, .label = "分案来源", .en = "split off", .rule = HIDDEN),
    FIELD(LedgerRow, version,    .label = "版本", .en = "version", .rule = HIDDEN),
    FIELD(LedgerRow, old,        .label = "导入", .en = "imported", .rule = HIDDEN),
    FIELD(LedgerRow, arev,       .label = "仲裁审查", .en = "review", .rule = HIDDEN),
    FIELD(LedgerRow, jconf,      .label = "司法确认", .en = "confirmation", .rule = HIDDEN),
    FIELD(LedgerRow, porder,     .label = "支付令", .en = "payment order", .rule = HIDDEN),
};
const Form ledger_form = FORM(LedgerRow, fields);

static const Field ask_fields[] = {
    FIELD(LedgerAsk, month,    .label = "月份", .en = "month", .max = 7),
    FIELD(LedgerAsk, from,     .label = "登记日期起", .en = "registered from"),
    FIELD(LedgerAsk, to,       .label = "登记日期止", .en = "registered to"),
    FIELD(LedgerAsk, page,     .label = "接续", .en = "page", .max = 60),
    FIELD(LedgerAsk, after,    .label = "案件之后", .en = "after the case", .rule = HIDDEN),
    FIELD(LedgerAsk, no,       .label = "序号", .en = "number", .rule = HIDDEN),
    FIELD(LedgerAsk, day,      .label = "当日", .en = "on the day", .rule = HIDDEN),
    FIELD(LedgerAsk, org_path, .label = "组织路径", .en = "organisation path", .rule = HIDDEN),
    FIELD(LedgerAsk, path_end, .label = "路径末", .en = "end of path", .rule = HIDDEN),
    FIELD(LedgerAsk, since,    .label = "自", .en = "from", .rule = HIDDEN),
    FIELD(LedgerAsk, until,    .label = "至", .en = "until", .rule = HIDDEN),
};
const Form ledger_ask_form = FORM(LedgerAsk, ask_fields);

#define FIRST(columns, side) \
    "(SELECT " columns " FROM case_party p WHERE r.old < 2 AND p.case_id = k.id AND " side " AND p.part <> 'AGENT' ORDER BY p.id LIMIT 1)"
#define TAGGED(tag) "CAST(COUNT(CASE WHEN p.tags LIKE '%" tag "%' THEN 1 END) AS TEXT)"
#define HELD(mode) \
    "(SELECT COUNT(*) FROM sitting h WHERE r.old < 2 AND h.case_id = k.id AND h.state = 'opened' AND h.mode " mode ")"
#define PURSUED(kind) \
    "COALESCE((SELECT x.state FROM pursuit x WHERE r.old < 2 AND x.case_id = k.id AND x.kind = '" kind "' ORDER BY x.id DESC LIMIT 1), '')"
static const Migration migrations[] = {
    /* The days on which cases were registered: by which the ledger is read. */
    { 1, "CREATE INDEX case_entry_registered ON case_entry(day, case_id) WHERE event IN ('register', 'take_in');" },
};

#define BELOW "x.owner_path >= :org_path AND x.owner_path < :path_end"
/* The days are walked in two indexes: of those registered here, and of those that were imported;
** nothing is looked up for cases that are still as their old row was. */
static const Query q_page = {
    .name = "ledger.page", .in = &ledger_ask_form, .out = &ledger_form,
    .sql = "SELECT k.id, k.no AS ledger_no, r.day AS registered, k.channel, k.source, k.applicant,"
           " COALESCE(" FIRST("p.id_no", "p.side = 'APPL'") ", '') AS applicant_id_masked,"
           " COALESCE(" FIRST("p.mobile", "p.side = 'APPL'") ", '') AS applicant_phone_masked, k.respondent,"
           " COALESCE(" FIRST("p.uscc", "p.kind = 'EMPLOYER'") ", '') AS uscc,"
           " COALESCE(" FIRST("p.emp_type", "p.kind = 'EMPLOYER'") ", '') AS employer_type, k.industry,"
           " k.workers AS people,"
           " (SELECT " TAGGED("RURAL") " || '/' || CAST(COUNT(CASE WHEN p.sex = 'F' THEN 1 END) AS TEXT) || '/' || "
           TAGGED("DISP") " || '/' || " TAGGED("NEF") " || '/' || " TAGGED("OVERAGE")
           " FROM case_party p WHERE r.old < 2 AND p.case_id = k.id AND p.kind = 'WORKER' AND p.part <> 'AGENT') AS people_groups,"
           " k.cause AS cause_main, k.causes, k.amount AS claim_fen, COALESCE(i.facts, '') AS summary, k.accepted,"
           " COALESCE(CASE WHEN k.org <> k.owner THEN o.name END, '') AS dispatched_to,"
           " COALESCE(o.name, '') AS organisation,"
           " COALESCE((SELECT m.name || '（' || CASE WHEN m.work = 'FT' THEN '专' ELSE '兼' END || '）' FROM assigned m"
           " WHERE r.old < 2 AND m.case_id = k.id AND m.part = 'lead' ORDER BY m.id DESC LIMIT 1), '') AS mediators,"
           " COALESCE((SELECT f.departments FROM conference f WHERE r.old < 2 AND f.case_id = k.id ORDER BY f.id DESC LIMIT 1), '')"
           " AS joint_departments, k.due AS mediation_due,"
           " (SELECT MIN(x.old_due) FROM extension x WHERE r.old < 2 AND x.case_id = k.id) AS first_due,"
           HELD("= 'ONSITE'") " AS onsite, " HELD("= 'PHONE'") " AS phone, " HELD("IN ('ONLINE', 'ASYNC')") " AS online,"
           " k.ending, COALESCE((SELECT t.name FROM referral f JOIN org t ON t.id = f.to_org WHERE r.old < 2 AND f.case_id = k.id"
           " ORDER BY f.id DESC LIMIT 1), '') AS referred_to,"
           " COALESCE((SELECT o.no FROM case_link l JOIN cases o ON o.id = l.case_id WHERE r.old < 2 AND l.other_id = k.id"
           " AND l.why = 'split' ORDER BY l.case_id LIMIT 1), '') AS split_from,"
           " COALESCE(k.effective, k.ended) AS closed, COALESCE(a.no, '') AS agreement_no,"
           " CAST(COALESCE((SELECT SUM(w.amount) FROM owing w WHERE r.old < 2 AND w.case_id = k.id), 0) AS BIGINT) AS agreed_fen,"
           " k.effective, " PURSUED("AREV") " AS arev, " PURSUED("JCONF") " AS jconf, " PURSUED("PORDER") " AS porder,"
           " (SELECT MAX(w.due) FROM owing w WHERE r.old < 2 AND w.case_id = k.id) AS perform_by,"
           " CAST(COALESCE((SELECT SUM(w.paid) FROM owing w WHERE r.old < 2 AND w.case_id = k.id), 0) AS BIGINT) AS performed_fen,"
           " (SELECT MAX(v.day) FROM visit v WHERE r.old < 2 AND v.case_id = k.id) AS followed_up,"
           " COALESCE((SELECT v.satisfaction FROM visit v WHERE r.old < 2 AND v.case_id = k.id ORDER BY v.no DESC LIMIT 1), 0)"
           " AS satisfaction,"
           " COALESCE((SELECT j.note FROM task j WHERE r.old < 2 AND j.case_id = k.id AND j.kind = 'overdue_reason'"
           " AND j.state = 'done' ORDER BY j.id DESC LIMIT 1), '') AS overdue_reason,"
           " COALESCE((SELECT s.no FROM case_seal s WHERE r.old < 2 AND s.case_id = k.id ORDER BY s.id DESC LIMIT 1), '')"
           " AS archive_no, k.archived, k.state, k.before, k.flags, k.version, r.old"
           " FROM (SELECT day, case_id, old FROM (SELECT * FROM (SELECT e.day AS day, e.case_id AS case_id, CAST(0 AS BIGINT) AS old"
           " FROM case_entry e JOIN cases x ON x.id = e.case_id WHERE e.event IN ('register', 'take_in')"
           " AND e.day >= :since AND e.day < :until AND (e.day > :day OR e.case_id > :after) AND " BELOW
           " ORDER BY e.day, e.case_id LIMIT 200) AS a"
           " UNION ALL SELECT * FROM (SELECT m.registered AS day, m.case_id AS case_id,"
           " CAST(CASE WHEN m.version = x.version THEN 2 ELSE 1 END AS BIGINT) AS old"
           " FROM imported m JOIN cases x ON x.id = m.case_id WHERE m.registered >= :since AND m.registered < :until"
           " AND (m.registered > :day OR m.case_id > :after) AND " BELOW
           " ORDER BY m.registered, m.case_id LIMIT 200) AS b) AS u ORDER BY day, case_id LIMIT 200) AS r"
           " JOIN cases k ON k.id = r.case_id LEFT JOIN intake i ON i.case_id = k.id"
           " LEFT JOIN org o ON o.id = k.org LEFT JOIN agreement a ON a.case_id = k.id AND a.state = 'effective'"
           " ORDER BY r.day, r.case_id /*scan*/",
};
static const Query *const queries[] = { &q_page, NULL };

/* ---- what is asked for -------------------------------------------------------------------- */

static Date first_of(Str month)
{
    char day[11] = "0000-00-01";
    for (size_t i = 0; i < 7 && month.n == 7; i++) day[i] = month.s[i];
    return date_parse((Str){ day, 10 });
}

bool ledger_month(Ctx *c, LedgerAsk *ask)
{
    ask->since = date_of(1900, 1, 2);
    ask->until = date_of(9999, 12, 31);
    Str page = ask->page;
    ask->day = date_parse(str_cut(&page, ':')); /* a next page begins where the last one ended */
    ask->after = id_parse(str_cut(&page, ':'));
    if (!str_int(page, &ask->no)) ask->no = 1;
    ask->path_end = path_end(c->mem, ask->org_path);
    if (ask->month.n) {
        ask->since = first_of(ask->month);
        if (ask->since.day == 0) fault(c, S("month"), FAULT_NOT_DATE);
        if (!ok(c)) return false;
        ask->until = date_plus_months(ask->since, 1);
    }
    if (ask->to.day && ask->from.day > ask->to.day) fault(c, S("to"), FAULT_ORDER);
    if (ask->from.day > ask->since.day) ask->since = ask->from;
    if (ask->to.day && ask->to.day < ask->until.day) ask->until = date_plus(ask->to, 1);
    if (ask->day.day > ask->since.day) ask->since = ask->day;
    if (ask->day.day == 0) ask->day = date_plus(ask->since, -1);
    return ok(c);
}

/* ---- a row ----------------------------------------------------------------------------------- */

static Str label_of(const Codes *codes, Str word)
{
    const Code *code = NULL;
    return codes && word.n && code_find(codes, word, &code) ? str_of(code->zh) : word;
}

static Str cause_label(Ctx *c, Str code)
{
    const Cause *cause = cause_find(&c->law->causes, code, c->today);
    return cause ? cause->zh : code;
}

static const struct Outcome { State state; const char *zh; } outcomes[] = {
    { ST_SETTLED, "和解" }, { ST_FAILED, "不成" }, { ST_WITHDRAWN, "撤回" }, { ST_REJECTED, "不予受理" },
    { ST_REFERRED, "移送" },
};

/* 结案方式: how it ended, by its state or, once closed, the state before that. */
static Str outcome_of(const LedgerRow *r)
{
    State s = state_of(r->before.n ? r->before : r->state);
    if (r->effective.day) return S("协议");
    if (s == ST_PERFORMED) return S("即时履行");
    for (size_t i = 0; i < COUNT(outcomes); i++) {
        if (outcomes[i].state == s) return str_of(outcomes[i].zh);
    }
    return (Str){ 0 };
}

static Str pursuits_of(Ctx *c, const LedgerRow *r)
{
    const struct { const char *kind; Str state; } list[] = {
        { "AREV", r->arev }, { "JCONF", r->jconf }, { "PORDER", r->porder },
    };
    Out o = { .buf = NEW(c->mem, char, 512), .cap = 512 };
    for (size_t i = 0; i < COUNT(list); i++) {
        if (list[i].state.n == 0) continue;
        if (o.len) out_str(&o, S("；"));
        out_str(&o, label_of(&pursuit_kinds, str_of(list[i].kind)));
        out_str(&o, S("："));
        out_str(&o, label_of(&pursuit_states, list[i].state));
    }
    return out_view(&o);
}

/* All causes but the main one, by name. */
static Str others_of(Ctx *c, const LedgerRow *r)
{
    Str rest = r->causes;
    Out o = { .buf = NEW(c->mem, char, 2048), .cap = 2048 };
    while (rest.n) {
        Str word = str_cut(&rest, ' ');
        if (str_eq(word, r->cause_main)) continue;
        if (o.len) out_str(&o, S("、"));
        out_str(&o, cause_label(c, word));
    }
    return out_view(&o);
}

static bool has_flag(Str flags, Str flag)
{
    while (flags.n) {
        if (str_eq(str_cut(&flags, ' '), flag)) return true;
    }
    return false;
}

/* At most `n` characters, and of one line. */
static Str brief(Ctx *c, Str text, size_t n)
{
    char *p = NEW(c->mem, char, text.n + 1);
    size_t at = 0, seen = 0;
    for (size_t i = 0; i < text.n; i++) {
        seen += ((unsigned char)text.s[i] & 0xC0) != 0x80;
        if (seen > n) break;
        p[at] = text.s[i];
        if ((unsigned char)p[at] < ' ') p[at] = ' ';
        at++;
    }
    return (Str){ p, at };
}

static const Codes *codes_of(const Form *f, const char *name)
{
    const Field *fd = form_find(f, str_of(name));
    return fd ? fd->codes : NULL;
}

static Str performance_label(const LedgerRow *r)
{
    State s = state_of(r->before.n ? r->before : r->state);
    if (!r->effective.day) return (Str){ 0 };
    if (r->performed_fen.fen >= r->agreed_fen.fen && s == ST_PERFORMED) return S("履行完毕");
    if (s == ST_DEFAULTED) return S("逾期未履行");
    return r->performed_fen.fen ? S("部分履行") : S("未到期");
}

/* One word after another, with a mark between. */
static void also(Out *o, const char *mark, Str word)
{
    if (word.n == 0) return;
    if (o->len) out_str(o, str_of(mark));
    out_str(o, word);
}

/* 调解方式: how sessions were held, and whether several departments were in it. */
static Str manner_of(Ctx *c, const LedgerRow *r)
{
    Out o = { .buf = NEW(c->mem, char, 64), .cap = 64 };
    if (r->onsite) also(&o, "、", S("现场"));
    if (r->phone) also(&o, "、", S("电话"));
    if (r->online) also(&o, "、", S("音视频"));
    if (r->joint_departments.n) also(&o, "、", S("联合"));
    return out_view(&o);
}

/* Why it was refused or failed, where it went, what it was split off from. */
static Str remark_of(Ctx *c, const LedgerRow *r)
{
    Out o = { .buf = NEW(c->mem, char, 1024), .cap = 1024 };
    const Refusal *refusal = refusal_find(&c->law->refusals, r->ending, c->today);
    also(&o, "；", refusal ? refusal->zh : str_of(ending_zh(ending_of(r->ending))));
    if (r->referred_to.n) {
        also(&o, "；", S("移送至"));
        out_str(&o, brief(c, r->referred_to, 100));
    }
    if (r->split_from.n) {
        also(&o, "；", S("自以下案件分案："));
        out_str(&o, brief(c, r->split_from, 100));
    }
    if (has_flag(r->flags, S("SHAM"))) also(&o, "；", S("涉嫌虚假调解"));
    return out_view(&o);
}

static void complete(Ctx *c, LedgerRow *r)
{
    r->channel = label_of(&case_channels, r->channel);
    r->source = label_of(codes_of(&intake_form, "source"), r->source);
    r->employer_type = label_of(codes_of(&party_form, "emp_type"), r->employer_type);
    r->cause_other = others_of(c, r);
    r->cause_main = cause_label(c, r->cause_main);
    r->summary = brief(c, r->summary, 100);
    r->is_collective = has_flag(r->flags, S("COLL"));
    r->is_major = has_flag(r->flags, S("MAJOR")) || has_flag(r->flags, S("MASS"));
    r->outcome = outcome_of(r);
    r->confirmation = pursuits_of(c, r);
    r->performance = performance_label(r);
    r->manner = manner_of(c, r);
    r->remark = remark_of(c, r);
    if (r->first_due.day) {
        r->extended_to = r->mediation_due;
        r->mediation_due = r->first_due;
    }
}

/* ---- what an old ledger said ------------------------------------------------------------------- */

static void copy_value(const Field *to, void *row, const Field *from, const OldRow *old)
{
    void *at = (char *)row + to->at;
    const void *value = (const char *)old + from->at;
    switch (to->kind) {
    case KIND_TEXT:  *(Str *)at = *(const Str *)value; break;
    case KIND_DATE:  *(Date *)at = *(const Date *)value; break;
    case KIND_MONEY: *(Money *)at = *(const Money *)value; break;
    case KIND_INT:   *(int64_t *)at = *(const int64_t *)value; break;
    case KIND_BOOL:  *(bool *)at = *(const bool *)value; break;
    case KIND_TIME: case KIND_ID: case KIND_LIST: break;
    }
}

/* A case nobody worked on is as its row was; of another, what is not known here. */
static void take_old(Ctx *c, LedgerRow *r, const OldRow *old)
{
    const Dossier *d = &c->law->dossier;
    bool untouched = r->version == old->version;
    for (size_t i = 0; i < d->columns; i++) {
        const Field *to = form_find(&ledger_form, d->column[i].key);
        const Field *from = form_find(&old_row_form, d->column[i].key);
        bool ours = !from || str_eq(d->column[i].key, S("no"));
        if (!ours && (untouched || !field_is_set(to, r))) copy_value(to, r, from, old);
    }
}

static void take_olds(Ctx *c, Rows rows)
{
    LedgerRow *r = rows.at;
    Id *id = NEW(c->mem, Id, rows.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < rows.n; i++) {
        if (r[i].old) id[n++] = r[i].id;
    }
    Rows olds = imported_of(c, id, n);
    for (size_t i = 0; i < rows.n; i++) {
        for (size_t k = 0; r[i].old && k < olds.n; k++) {
            const OldRow *old = (const OldRow *)olds.at + k;
            if (old->case_id.n == r[i].id.n) take_old(c, &r[i], old);
        }
    }
}

Rows ledger_page(Ctx *c, LedgerAsk *ask)
{
    Rows rows = db_list(c, &q_page, ask);
    for (size_t i = 0; i < rows.n; i++) {
        LedgerRow *r = (LedgerRow *)rows.at + i;
        r->no = ask->no++;
        complete(c, r);
        ask->after = r->id;
        ask->day = ask->since = r->registered;
    }
    take_olds(c, rows);
    return rows;
}

/* ---- GET /api/v1/ledger?month=2026-05 ------------------------------------------------------------- */

static Str next_of(Ctx *c, const LedgerAsk *ask, size_t n)
{
    Out o = { .buf = NEW(c->mem, char, 60), .cap = 60 };
    if (n < LEDGER_PAGE) return (Str){ 0 };
    out_date(&o, ask->day);
    out_str(&o, S(":"));
    out_int(&o, ask->after.n);
    out_str(&o, S(":"));
    out_int(&o, ask->no);
    return out_view(&o);
}

static void show(Ctx *c)
{
    LedgerAsk ask = { 0 };
    if (!form_read_query(c, &ledger_ask_form, &ask)) return;
    ask.org_path = c->who.org_path;
    if (!ledger_month(c, &ask)) return;
    Rows rows = ledger_page(c, &ask);
    reply_rows(c, &ledger_form, rows, next_of(c, &ask, rows.n));
}

static const Route routes[] = {
    { "GET", "/api/v1/ledger", CLERK | DISPATCHER | HEAD | HR | ORG_MANAGER | ARCHIVIST, show, "调解登记台账",
      "the registration ledger of a month", .query = &ledger_ask_form, .out = &ledger_form, .list = true },
};

const Slice ledger_slice = {
    .name = "ledger", .query = queries, .migration = migrations, .migrations = COUNT(migrations),
    .route = routes, .routes = COUNT(routes),
};
