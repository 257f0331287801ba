/*
** What an application says: its form, its rows, its rules.
*/
#include "case/1-intake/intake.h"

#include "law/threshold.h"

/* ---- code lists -------------------------------------------------------------------- */

#define CODES(list) { .name = #list, .row = list##_rows, .n = COUNT(list##_rows) }

static const Code mode_rows[] = { { "WRITTEN", "书面", "written" }, { "ORAL", "口头", "oral" } };
static const Codes mode = CODES(mode);
static const Code source_rows[] = {
    { "SELF", "自行申请", "applied for" }, { "ARB_ENTRUST", "仲裁委托", "entrusted by arbitration" },
    { "COURT_ASSIGN", "法院委派", "assigned by a court before filing" },
    { "COURT_ENTRUST", "法院委托", "entrusted by a court" }, { "UNION", "工会", "union" },
    { "INSP", "劳动监察", "labour inspection" }, { "PETITION", "信访", "petition office" },
    { "GRID", "网格", "grid worker" }, { "12333", "12333热线", "12333 hotline" },
    { "REFERRED", "移送", "referred by another organisation" }, { "SPLIT", "分案", "split off from a case" },
};
static const Codes source = CODES(source);
static const Code appl_type_rows[] = {
    { "WORKER", "劳动者", "worker" }, { "EMPLOYER", "用人单位", "employer" }, { "GROUP", "多名劳动者", "group of workers" },
};
static const Codes appl_type = CODES(appl_type);

#define RELATION_CODE(n, zh, en) { #n, zh, en },
static const Code relation_rows[] = { RELATIONS(RELATION_CODE) };
const Codes intake_relations = { .name = "relation", .row = relation_rows, .n = COUNT(relation_rows) };

static const Code contract_rows[] = {
    { "NONE", "未订立", "none" }, { "FIXED", "固定期限", "fixed term" }, { "OPEN", "无固定期限", "open-ended" },
    { "TASK", "以完成一定任务为期限", "for a task" }, { "ORAL_PT", "非全日制口头协议", "part-time, oral" },
};
static const Codes contract = CODES(contract);
static const Code hours_rows[] = {
    { "STANDARD", "标准工时", "standard" }, { "COMPREHENSIVE", "综合计算工时", "comprehensive" },
    { "FLEXIBLE", "不定时", "flexible" }, { "PARTTIME", "非全日制", "part-time" },
};
static const Codes hours = CODES(hours);
static const Code insured_rows[] = {
    { "PENSION", "养老保险", "pension" }, { "MEDICAL", "医疗保险", "medical" }, { "UNEMPLOYMENT", "失业保险", "unemployment" },
    { "INJURY", "工伤保险", "work injury" }, { "MATERNITY", "生育保险", "maternity" },
};
static const Codes insured = CODES(insured);
#define MATTER_CODE(n, route, zh, en) { #n, zh, en },
static const Code matter_rows[] = { MATTERS(MATTER_CODE) };
const Codes intake_matters = { .name = "matter", .row = matter_rows, .n = COUNT(matter_rows) };
static const Code aid_rows[] = {
    { "LEGAL_AID", "法律援助", "legal aid" }, { "LAWYER", "值班律师", "duty lawyer" },
    { "PSYCHOLOGY", "心理疏导", "psychological help" }, { "JOB", "就业帮扶", "help to find work" },
};
static const Codes aid = CODES(aid);
#define SIGNAL_CODE(n, zh, en) { #n, zh, en },
static const Code urgent_rows[] = { SIGNALS(SIGNAL_CODE) };
static const Codes urgent = CODES(urgent);

static const Code signer_rows[] = { { "PARTY", "申请人本人", "the applicant" }, { "AGENT", "代理人", "the agent" } };
static const Codes signer = CODES(signer);

static bool cause_known(const Ctx *c, Str word)
{
    return cause_find(&c->law->causes, word, c->today) != NULL;
}
const Codes claim_causes = { .name = "cause", .known = cause_known };

/* ---- forms ---------------------------------------------------------------------------- */

static const Field claim_fields[] = {
    FIELD(Claim, id,      .label = "编号", .en = "id", .rule = SERVER_SET),
    FIELD(Claim, case_id, .label = "案件", .en = "case", .rule = SERVER_SET),
    FIELD(Claim, no,      .label = "序号", .en = "number", .rule = SERVER_SET),
    FIELD(Claim, cause,   .label = "案由", .en = "cause", .rule = REQUIRED, .codes = &claim_causes),
    FIELD(Claim, amount,  .label = "金额（分）", .en = "amount in fen", .max = 100000000000),
    FIELD(Claim, from,    .label = "期间起", .en = "period from"),
    FIELD(Claim, until,   .label = "期间止", .en = "period until"),
    FIELD(Claim, basis,   .label = "请求内容和依据", .en = "what is asked, and why", .rule = PROSE, .max = 1000),
    FIELD(Claim, change_id, .rule = HIDDEN),
};
const Form claim_form = FORM(Claim, claim_fields);

static const Field fields[] = {
    FIELD(Intake, case_id,   .label = "案件", .en = "case", .rule = SERVER_SET),
    FIELD(Intake, org,       .label = "受理组织", .en = "organisation"),
    FIELD(Intake, channel,   .label = "申请渠道", .en = "channel", .rule = REQUIRED, .codes = &case_channels),
    FIELD(Intake, mode,      .label = "申请方式", .en = "mode", .rule = REQUIRED, .codes = &mode),
    FIELD(Intake, source,    .label = "来源", .en = "source", .codes = &source),
    FIELD(Intake, appl_type, .label = "申请人类型", .en = "applicant type", .rule = REQUIRED, .codes = &appl_type),
    FIELD(Intake, filed_at,  .label = "申请日期时间", .en = "submitted at", .rule = NOT_FUTURE),
    FIELD(Intake, relation,  .label = "关系类型", .en = "kind of relation", .codes = &intake_relations),
    FIELD(Intake, region,    .label = "合同履行地", .en = "place of performance", .rule = REQUIRED, .check = check_region),
    FIELD(Intake, place,     .label = "工作地点", .en = "workplace", .max = 200),
    FIELD(Intake, hire_date, .label = "入职日期", .en = "hired on", .rule = REQUIRED | NOT_FUTURE),
    FIELD(Intake, contract,  .label = "合同情况", .en = "contract", .rule = REQUIRED, .codes = &contract),
    FIELD(Intake, sign_date, .label = "签订日期", .en = "signed on", .rule = NOT_FUTURE),
    FIELD(Intake, contract_start, .label = "合同起始", .en = "contract begins"),
    FIELD(Intake, contract_end, .label = "合同终止", .en = "contract ends"),
    FIELD(Intake, post,      .label = "岗位", .en = "post", .rule = REQUIRED, .max = 100),
    FIELD(Intake, hours,     .label = "工时制", .en = "hours system", .rule = REQUIRED, .codes = &hours),
    FIELD(Intake, hours_no,  .label = "特殊工时批准文号", .en = "approval of special hours", .max = 100),
    FIELD(Intake, wage,      .label = "约定月工资（分）", .en = "agreed monthly wage, fen", .rule = REQUIRED, .min = 1, .max = 100000000),
    FIELD(Intake, wage12,    .label = "前12个月平均工资（分）", .en = "average of the last 12 months, fen", .max = 100000000),
    FIELD(Intake, employed,  .label = "仍在职", .en = "still employed", .rule = REQUIRED),
    FIELD(Intake, end_date,  .label = "离职日期", .en = "left on"),
    FIELD(Intake, end_reason, .label = "离职原因", .en = "why", .max = 500, .rule = PROSE),
    FIELD(Intake, career_years, .label = "累计工作年限", .en = "years of work in all", .max = 80),
    FIELD(Intake, insured,   .label = "参保情况", .en = "insured", .rule = MANY, .codes = &insured),
    FIELD(Intake, injury_no, .label = "工伤认定文号", .en = "injury decision", .max = 100, .mask = MASK_ALL),
    FIELD(Intake, injury_date, .label = "受伤日期", .en = "injured on", .rule = NOT_FUTURE),
    FIELD(Intake, grade,     .label = "伤残等级", .en = "disability grade", .max = 10),
    FIELD(Intake, care,      .label = "护理等级", .en = "care level", .max = 3),
    FIELD(Intake, knew_date, .label = "知道权利被侵害之日", .en = "knew of the wrong on", .rule = REQUIRED | NOT_FUTURE),
    FIELD(Intake, facts,     .label = "事实与理由", .en = "facts and reasons", .rule = REQUIRED | PROSE, .min = 10, .max = 5000),
    FIELD(Intake, evidence,  .label = "证据清单", .en = "list of evidence", .rule = PROSE, .max = 3000),
    FIELD(Intake, witnesses, .label = "证人", .en = "witnesses", .rule = PROSE, .max = 1000),
    FIELD(Intake, prior,     .label = "投诉、仲裁、诉讼情况", .en = "earlier proceedings", .rule = PROSE, .max = 1000),
    FIELD(Intake, matters,   .label = "特别事项", .en = "special matters", .rule = MANY, .codes = &intake_matters),
    FIELD(Intake, online_ok, .label = "愿意在线调解", .en = "online mediation is fine", .rule = REQUIRED),
    FIELD(Intake, rec_ok,    .label = "同意录音录像", .en = "recording is fine", .rule = REQUIRED),
    FIELD(Intake, aid,       .label = "帮助需求", .en = "help wanted", .rule = MANY, .codes = &aid),
    FIELD(Intake, urgent,    .label = "紧急情形", .en = "urgent signs", .rule = MANY, .codes = &urgent),
    FIELD(Intake, truthful,  .label = "真实性承诺", .en = "declaration of truth", .rule = REQUIRED),
    FIELD(Intake, privacy,   .label = "隐私告知同意", .en = "privacy notice accepted", .rule = REQUIRED),
    FIELD(Intake, sensitive, .label = "敏感信息单独同意", .en = "separate consent to sensitive data", .rule = REQUIRED),
    FIELD(Intake, notice,    .label = "告知书版本", .en = "version of the notice", .max = 40),
    FIELD(Intake, read_back, .label = "已宣读并确认", .en = "read back and confirmed"),
    FIELD(Intake, draft,     .label = "草稿编码", .en = "draft code", .max = 24),
    FIELD(Intake, signature, .label = "手写签名的文件", .en = "file of the drawn name", .max = 64, .rule = LATER, .check = check_sha256),
    FIELD(Intake, signer,    .label = "签名人", .en = "who signs", .rule = LATER, .codes = &signer),
    FIELD(Intake, signed_name, .label = "签名人姓名", .en = "name of who signed", .rule = SERVER_SET | LATER),
    FIELD(Intake, signed_at, .label = "签名时间", .en = "signed at", .rule = SERVER_SET | LATER),
    FIELD(Intake, signed_digest, .label = "所签内容摘要", .en = "digest of what was signed", .rule = SERVER_SET | LATER),
    FIELD(Intake, corrections, .label = "补正次数", .en = "corrections asked", .rule = SERVER_SET),
    FIELD(Intake, missing,   .label = "补正清单", .en = "what was missing", .rule = SERVER_SET),
    FIELD(Intake, consent,   .label = "对方同意调解", .en = "the other side agrees", .rule = SERVER_SET),
    FIELD(Intake, scope,     .label = "受理类别", .en = "scope class", .rule = SERVER_SET),
    FIELD(Intake, parties,   .label = "当事人", .en = "parties", .min = 2, .max = 2000, .child = &party_form),
    FIELD(Intake, claims,    .label = "请求事项", .en = "claims", .min = 1, .max = 50, .child = &claim_form),
};
const Form intake_form = FORM(Intake, fields);

/* ---- the SQL ------------------------------------------------------------------------------ */

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE intake("               /* what the application says; domain 3.4 */
      "  case_id    INTEGER PRIMARY KEY REFERENCES cases,"
      "  org        INTEGER NOT NULL, channel TEXT NOT NULL, mode TEXT NOT NULL, source TEXT NOT NULL,"
      "  appl_type  TEXT NOT NULL, filed_at INTEGER NOT NULL,"
      "  relation   TEXT NOT NULL, region TEXT NOT NULL, place TEXT NOT NULL,"
      "  hire_date  TEXT, contract TEXT NOT NULL, sign_date TEXT, contract_start TEXT, contract_end TEXT,"
      "  post       TEXT NOT NULL, hours TEXT NOT NULL, hours_no TEXT NOT NULL,"
      "  wage       INTEGER NOT NULL, wage12 INTEGER NOT NULL,"   /* fen */
      "  employed   INTEGER NOT NULL, end_date TEXT, end_reason TEXT NOT NULL,"
      "  career_years INTEGER NOT NULL, insured TEXT NOT NULL,"
      "  injury_no  TEXT NOT NULL, injury_date TEXT, grade INTEGER NOT NULL, care INTEGER NOT NULL,"
      "  knew_date  TEXT, facts TEXT NOT NULL, evidence TEXT NOT NULL, witnesses TEXT NOT NULL,"
      "  prior      TEXT NOT NULL, matters TEXT NOT NULL,"
      "  online_ok  INTEGER NOT NULL, rec_ok INTEGER NOT NULL, aid TEXT NOT NULL, urgent TEXT NOT NULL,"
      "  truthful   INTEGER NOT NULL, privacy INTEGER NOT NULL, sensitive INTEGER NOT NULL,"
      "  notice     TEXT NOT NULL, read_back INTEGER NOT NULL,"
      "  corrections INTEGER NOT NULL, missing TEXT NOT NULL,"    /* asked for once */
      "  consent    INTEGER NOT NULL, scope TEXT NOT NULL) STRICT;"
      "CREATE TABLE claim("
      "  id      INTEGER PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES cases,"
      "  no      INTEGER NOT NULL, cause TEXT NOT NULL,"
      "  amount  INTEGER NOT NULL CHECK(amount >= 0),"            /* fen */
      "  \"from\" TEXT, until TEXT, basis TEXT NOT NULL) STRICT;"
      "CREATE INDEX claim_by_case ON claim(case_id, no);" },
    { 2, "ALTER TABLE claim ADD COLUMN change_id INTEGER NOT NULL DEFAULT 0;" }, /* 0: as applied */
    { 3, /* the name drawn under it; "": none */
      "ALTER TABLE intake ADD COLUMN signature TEXT NOT NULL DEFAULT '';"
      "ALTER TABLE intake ADD COLUMN signer TEXT NOT NULL DEFAULT '';"
      "ALTER TABLE intake ADD COLUMN signed_name TEXT NOT NULL DEFAULT '';"
      "ALTER TABLE intake ADD COLUMN signed_at INTEGER NOT NULL DEFAULT 0;"
      "ALTER TABLE intake ADD COLUMN signed_digest TEXT NOT NULL DEFAULT '';" },
};

#define COLUMNS                                                                                    \
    "case_id, org, channel, mode, source, appl_type, filed_at, relation, region, place, hire_date," \
    " contract, sign_date, contract_start, contract_end, post, hours, hours_no, wage, wage12, employed," \
    " end_date, end_reason, career_years, insured, injury_no, injury_date, grade, care, knew_date, facts," \
    " evidence, witnesses, prior, matters, online_ok, rec_ok, aid, urgent, truthful, privacy, sensitive," \
    " notice, read_back, corrections, missing, consent, scope, signature, signer, signed_name, signed_at," \
    " signed_digest"

const Query intake_add = {
    .name = "intake.add", .in = &intake_form,
    .sql = "INSERT INTO intake(" COLUMNS ") VALUES(:case_id, :org, :channel, :mode, :source, :appl_type,"
           " :filed_at, :relation, :region, :place, :hire_date, :contract, :sign_date, :contract_start,"
           " :contract_end, :post, :hours, :hours_no, :wage, :wage12, :employed, :end_date, :end_reason,"
           " :career_years, :insured, :injury_no, :injury_date, :grade, :care, :knew_date, :facts, :evidence,"
           " :witnesses, :prior, :matters, :online_ok, :rec_ok, :aid, :urgent, :truthful, :privacy, :sensitive,"
           " :notice, :read_back, :corrections, :missing, :consent, :scope, :signature, :signer, :signed_name,"
           " :signed_at, :signed_digest)",
};
static const Query q_get = {
    .name = "intake.get", .in = &intake_form, .out = &intake_form,
    .sql = "SELECT " COLUMNS " FROM intake WHERE case_id = :case_id",
};
static const Query q_save = {
    .name = "intake.save", .in = &intake_form,
    .sql = "UPDATE intake SET relation = :relation, matters = :matters, corrections = :corrections,"
           " missing = :missing, consent = :consent, scope = :scope, evidence = :evidence, urgent = :urgent"
           " WHERE case_id = :case_id",
};
#define CLAIM "id, case_id, no, cause, amount, \"from\", until, basis, change_id"
const Query claim_add = {
    .name = "claim.add", .in = &claim_form,
    .sql = "INSERT INTO claim(" CLAIM ")"
           " VALUES(:id, :case_id, :no, :cause, :amount, :from, :until, :basis, :change_id)",
};
static const Query q_claims = {
    .name = "claim.list", .in = &claim_form, .out = &claim_form,
    .sql = "SELECT " CLAIM " FROM claim WHERE case_id = :case_id AND change_id ="
           " (SELECT max(change_id) FROM claim WHERE case_id = :case_id) ORDER BY case_id, no",
};
static const Query q_claims_ever = {
    .name = "claim.ever", .in = &claim_form, .out = &claim_form,
    .sql = "SELECT " CLAIM " FROM claim WHERE case_id = :case_id ORDER BY change_id, no LIMIT 5000",
};
static const Query *const queries[] = {
    &intake_add, &q_get, &q_save, &claim_add, &q_claims, &q_claims_ever, NULL,
};

bool intake_get(Ctx *c, Id case_id, Intake *in)
{
    *in = (Intake){ .case_id = case_id };
    return db_get(c, &q_get, in, in);
}

bool intake_of(Ctx *c, const Case *k, Intake *in)
{
    if (k->told && ok(c)) *in = *k->told;
    if (k->told || !intake_get(c, k->id, in)) return ok(c);
    in->parties = parties_of(c, k->id);
    in->claims = claims_of(c, k->id);
    return ok(c);
}

void intake_save(Ctx *c, const Intake *in)
{
    db_change(c, &q_save, in);
}

Rows claims_of(Ctx *c, Id case_id)
{
    return db_list(c, &q_claims, &(Claim){ .case_id = case_id });
}

Rows claims_ever(Ctx *c, Id case_id)
{
    return db_list(c, &q_claims_ever, &(Claim){ .case_id = case_id });
}

/* ---- rules across fields --------------------------------------------------------------------- */

static size_t parties_like(const Intake *in, const char *side, const char *part)
{
    size_t n = 0;
    for (size_t i = 0; i < in->parties.n; i++) n += party_is((const Party *)in->parties.at + i, side, part);
    return n;
}

/* The relation's days in the order in which they come. */
static void days_in_order(Ctx *c, const Intake *in)
{
    if (in->end_date.day && in->end_date.day < in->hire_date.day) fault(c, S("end_date"), FAULT_ORDER);
    bool ends_first = in->contract_end.day && in->contract_end.day < in->contract_start.day;
    if (ends_first) fault(c, S("contract_end"), FAULT_ORDER);
    if (!in->employed && in->end_date.day == 0) fault(c, S("end_date"), FAULT_REQUIRED);
    if (!in->employed && in->end_reason.n == 0) fault(c, S("end_reason"), FAULT_REQUIRED);
    if (in->employed && in->end_date.day) fault(c, S("end_date"), FAULT_NOT_ALLOWED);
}

/* What only some applications need. */
static void conditional(Ctx *c, const Intake *in)
{
    bool special = str_eq(in->hours, S("COMPREHENSIVE")) || str_eq(in->hours, S("FLEXIBLE"));
    if (special && in->hours_no.n == 0) fault(c, S("hours_no"), FAULT_REQUIRED);
    if (str_eq(in->mode, S("ORAL")) && !in->read_back) fault(c, S("read_back"), FAULT_REQUIRED);
    if (!in->truthful) fault(c, S("truthful"), FAULT_REQUIRED);
    if (!in->privacy) fault(c, S("privacy"), FAULT_REQUIRED);
    if (!in->sensitive) fault(c, S("sensitive"), FAULT_REQUIRED);
}

void intake_check_claims(Ctx *c, const Intake *in)
{
    for (size_t i = 0; i < in->claims.n; i++) {
        const Claim *k = (const Claim *)in->claims.at + i;
        Out o = { .buf = NEW(c->mem, char, 64), .cap = 64 };
        out_str(&o, S("claims["));
        out_int(&o, (int64_t)i);
        out_str(&o, S("]."));
        size_t stem = o.len;
        out_str(&o, S("until"));
        if (k->until.day && k->until.day < k->from.day) fault(c, out_view(&o), FAULT_ORDER);
        o.len = stem;
        out_str(&o, S("career_years"));
        bool leave = str_eq(k->cause, S("A07"));
        if (leave && in->career_years == 0) fault(c, S("career_years"), FAULT_REQUIRED);
        bool injury = k->cause.n && k->cause.s[0] == 'G';
        if (injury && in->injury_date.day == 0) fault(c, S("injury_date"), FAULT_REQUIRED);
    }
}

/* Both sides are there, workers on one and an employer on the other. */
static void two_sides(Ctx *c, const Intake *in)
{
    if (parties_like(in, "APPL", "PARTY") == 0 || parties_like(in, "RESP", "PARTY") == 0) {
        fault(c, S("parties"), FAULT_TOO_FEW);
    }
    bool group = str_eq(in->appl_type, S("GROUP"));
    if (group && parties_like(in, "APPL", "PARTY") < 2) fault(c, S("appl_type"), FAULT_MISMATCH);
    if (!group && parties_like(in, "APPL", "PARTY") > 1) fault(c, S("appl_type"), FAULT_MISMATCH);
    for (size_t i = 0; i < in->parties.n; i++) {
        const Party *p = (const Party *)in->parties.at + i;
        bool employer = str_eq(in->appl_type, S("EMPLOYER"));
        bool wrong = party_is(p, "APPL", "PARTY") && str_eq(p->kind, S("EMPLOYER")) != employer;
        if (wrong) fault(c, S("appl_type"), FAULT_MISMATCH);
    }
}

void intake_check(Ctx *c, Intake *in)
{
    bool roster = str_eq(in->appl_type, S("GROUP"));
    for (size_t i = 0; i < in->parties.n; i++) party_check(c, (Party *)in->parties.at + i, i, roster);
    if (in->parties.n) two_sides(c, in);
    days_in_order(c, in);
    conditional(c, in);
    intake_check_claims(c, in);
}

/* ---- answers ------------------------------------------------------------------------------------ */

static void show(Ctx *c)
{
    Case k;
    Intake in;
    if (!case_get(c, arg_id(c, 0), &k) || !intake_of(c, &k, &in)) return;
    tag_version(c, k.version);
    reply_row(c, 200, &intake_form, &in);
}

/* A case is also found by what was told. */
static void describe(Ctx *c, Id id, Out *text, Out *tags)
{
    Intake in;
    (void)tags;
    if (!db_find(c, &q_get, &(Intake){ .case_id = id }, &in)) return;
    out_str(text, in.facts);
    out_str(text, S("\n"));
}

static const Route routes[] = {
    { "GET", "/api/v1/cases/:id/intake", STAFF | PARTIES, show, "申请内容", "what the application says",
      .out = &intake_form },
};

const Slice intake_slice = {
    .name = "intake", .query = queries, .migration = migrations, .migrations = COUNT(migrations),
    .route = routes, .routes = COUNT(routes), .search = describe,
};
