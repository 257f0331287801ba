/* The words and forms of the ledger of risks. */
#include "core/check.h"
#include "law/law.h"
#include "prevention/risks/ratings.h"

static const Code source_rows[] = {
    { "SCREENING", "风险排查", "screening" },      { "VISIT", "走访企业", "visit to the employer" },
    { "WARNING", "系统预警", "proposed by the record" }, { "CASE", "办理案件中发现", "found in a case" },
    { "FOLLOWUP", "回访发现", "follow-up visit" }, { "GRID", "网格员、网格法官", "grid worker or grid judge" },
    { "UNION", "工会", "trade union" },            { "INSPECTION", "劳动保障监察", "labour inspection" },
    { "PETITION", "信访", "petition office" },     { "HOTLINE", "12333、12345热线", "hotline 12333, 12345" },
    { "MEDIA", "网络舆情", "online opinion" },     { "EMPLOYER", "用人单位报告", "reported by the employer" },
    { "SERVICE", "中小企业服务机构", "agency for small firms" }, { "OTHER", "其他", "other" },
};
static const Codes sources = { .name = "risk_source", .row = source_rows, .n = COUNT(source_rows) };
static const Code kind_rows[] = {
    { "ARREARS", "拖欠工资", "wage arrears" },       { "INSURANCE", "欠缴社会保险", "insurance arrears" },
    { "IRREGULAR", "不规范用工", "irregular employment" }, { "LAYOFF", "规模裁员", "large lay-off" },
    { "CLOSURE", "关停搬迁破产", "closure, relocation, bankruptcy" },
    { "INJURY", "工伤待遇", "work-injury benefits" }, { "PLATFORM", "新就业形态", "new employment forms" },
    { "DISCIPLINE", "劳动纪律、卫生和安全", "discipline, hygiene and safety" },
    { "DEFAULT", "协议逾期未履行", "agreements in default" }, { "OTHER", "其他", "other" },
};
const Codes risk_kinds = { .name = "risk_kind", .row = kind_rows, .n = COUNT(kind_rows) };
static const Code group_rows[] = {
    { "RURAL", "农民工", "migrant workers" },       { "DISP", "劳务派遣", "dispatched workers" },
    { "NEF", "新业态劳动者", "workers in new forms" }, { "FEMALE", "女职工", "female workers" },
    { "OVERAGE", "超龄劳动者", "over-age workers" },
};
static const Codes groups = { .name = "risk_group", .row = group_rows, .n = COUNT(group_rows) };
static const Code level_rows[] = {
#define AS_ROW(n, zh, en) { #n, (zh), (en) },
    RISK_LEVEL_ROWS(AS_ROW)
#undef AS_ROW
};
const Codes risk_levels = { .name = "risk_level", .row = level_rows, .n = COUNT(level_rows) };
static const Code state_rows[] = {
    { "PROPOSED", "待确认", "proposed" },          { "DISMISSED", "不列入", "dismissed" },
    { "FOUND", "已登记，待评估", "found" },        { "ASSESSED", "已评估，待制定预案", "rated" },
    { "PLANNED", "已有预案", "planned" },          { "HANDLING", "处置中", "being handled" },
    { "RESOLVED", "已化解", "resolved" },          { "CASE_OPENED", "转为案件", "became a case" },
    { "ESCALATED", "已升级", "escalated" },        { "CLOSED", "已销号", "closed" },
};
const Codes risk_states = { .name = "risk_state", .row = state_rows, .n = COUNT(state_rows) };
static const Code outcome_rows[] = {
    { "RESOLVED", "化解", "resolved" }, { "CASE_OPENED", "转为案件", "became a case" },
    { "ESCALATED", "升级", "escalated" },
};
const Codes risk_outcomes = { .name = "risk_outcome", .row = outcome_rows, .n = COUNT(outcome_rows) };

static Fault check_region(const Ctx *c, Str text)
{
    return c->law && !region_known(&c->law->places, region_short(text)) ? FAULT_NOT_KNOWN : FAULT_NONE;
}

static Fault check_industry(const Ctx *c, Str text)
{
    return c->law && !industry_any(&c->law->industries, text, c->today) ? FAULT_NOT_KNOWN : FAULT_NONE;
}

static const Field risk_fields[] = {
    FIELD(Risk, id,        .label = "编号", .en = "id", .rule = SERVER_SET),
    FIELD(Risk, org,       .label = "登记单位", .en = "office", .rule = SERVER_SET),
    FIELD(Risk, org_path,  .label = "机构路径", .en = "path", .rule = SERVER_SET),
    FIELD(Risk, employer_id, .label = "用人单位编号", .en = "employer in the register"),
    FIELD(Risk, employer,  .label = "用人单位", .en = "employer", .max = 100,
          .help = "必填；不在名册中的自动登记", .help_en = "required; one not in the register is added"),
    FIELD(Risk, uscc,      .label = "统一社会信用代码", .en = "unified social credit code", .max = 18,
          .check = check_uscc),
    FIELD(Risk, region,    .label = "所属区域", .en = "region", .check = check_region,
          .help = "不填时为本单位所在地", .help_en = "empty: where your office is"),
    FIELD(Risk, industry,  .label = "行业", .en = "industry", .check = check_industry),
    FIELD(Risk, place,     .label = "地点", .en = "where", .max = 200),
    FIELD(Risk, source,    .label = "来源", .en = "source", .rule = REQUIRED, .codes = &sources),
    FIELD(Risk, kinds,     .label = "风险类型", .en = "kind of risk", .rule = REQUIRED | MANY, .codes = &risk_kinds),
    FIELD(Risk, groups,    .label = "涉及群体", .en = "groups", .rule = MANY, .codes = &groups),
    FIELD(Risk, workers,   .label = "涉及人数", .en = "workers", .max = 1000000),
    FIELD(Risk, amount,    .label = "涉及金额", .en = "amount", .min = 0),
    FIELD(Risk, found_on,  .label = "发现日期", .en = "found on", .rule = REQUIRED | NOT_FUTURE),
    FIELD(Risk, content,   .label = "具体表现", .en = "signs", .rule = REQUIRED | PROSE, .min = 2, .max = 4000),
    FIELD(Risk, screening_id, .label = "所属排查", .en = "found in the screening"),
    FIELD(Risk, pattern,   .label = "预警规则", .en = "proposed by", .rule = SERVER_SET),
    FIELD(Risk, clue,      .label = "预警依据", .en = "what was counted", .rule = SERVER_SET | PROSE),
    FIELD(Risk, counted,   .label = "计数", .en = "counted", .rule = SERVER_SET),
    FIELD(Risk, level,     .label = "风险等级", .en = "level", .rule = SERVER_SET, .codes = &risk_levels),
    FIELD(Risk, responsible_id, .label = "责任人编号", .en = "in charge, by number", .rule = SERVER_SET),
    FIELD(Risk, responsible, .label = "责任人", .en = "in charge", .rule = SERVER_SET),
    FIELD(Risk, due,       .label = "化解期限", .en = "to be resolved by", .rule = SERVER_SET),
    FIELD(Risk, check_on,  .label = "下次跟踪日期", .en = "looked at again on", .rule = SERVER_SET),
    FIELD(Risk, state,     .label = "状态", .en = "state", .rule = SERVER_SET, .codes = &risk_states),
    FIELD(Risk, outcome,   .label = "结果", .en = "outcome", .rule = SERVER_SET, .codes = &risk_outcomes),
    FIELD(Risk, outcome_on, .label = "结果日期", .en = "outcome on", .rule = SERVER_SET),
    FIELD(Risk, outcome_by, .label = "结果登记人", .en = "outcome by", .rule = SERVER_SET),
    FIELD(Risk, result,    .label = "结果说明", .en = "what came of it", .rule = SERVER_SET | PROSE),
    FIELD(Risk, assessed_on, .label = "首次评估日期", .en = "first rated on", .rule = SERVER_SET),
    FIELD(Risk, planned_on, .label = "首次预案日期", .en = "first planned on", .rule = SERVER_SET),
    FIELD(Risk, handled_on, .label = "首次处置日期", .en = "first handled on", .rule = SERVER_SET),
    FIELD(Risk, closed_on, .label = "销号日期", .en = "closed on", .rule = SERVER_SET),
    FIELD(Risk, late,      .label = "逾期", .en = "late", .rule = SERVER_SET),
    FIELD(Risk, made_by,   .label = "登记人", .en = "by", .rule = SERVER_SET),
    FIELD(Risk, made_at,   .label = "登记时间", .en = "at", .rule = SERVER_SET),
    FIELD(Risk, version,   .label = "版本", .en = "version", .rule = SERVER_SET),
};
const Form risk_form = FORM(Risk, risk_fields);

/* ---- ratings ----------------------------------------------------------------------------- */

static const Code debt_rows[] = {
    { "UTILITY", "水电气费", "utilities" }, { "RENT", "租金", "rent" }, { "LOAN", "贷款", "loans" }, { "TAX", "税款", "tax" },
};
static const Codes debts = { .name = "risk_debt", .row = debt_rows, .n = COUNT(debt_rows) };
static const Code leaving_rows[] = {
    { "RUMOUR", "有传闻", "rumoured" }, { "CONFIRMED", "已确定", "confirmed" },
    { "FLED", "负责人逃匿、转移财产", "the owner fled or moves assets" },
};
static const Codes leavings = { .name = "risk_leaving", .row = leaving_rows, .n = COUNT(leaving_rows) };
static const Code gap_rows[] = {
    { "ACCOUNT", "未设工资专用账户", "no wage account" },   { "REAL_NAME", "未实行实名制管理", "no real names" },
    { "DEPOSIT", "未存储工资保证金", "no deposit" },         { "NOTICE", "未设维权信息告示牌", "no notice board" },
};
static const Codes gaps = { .name = "risk_site_gap", .row = gap_rows, .n = COUNT(gap_rows) };
static const Code platform_rows[] = {
    { "NOTICE", "调整规则、降低报酬", "rules changed, pay cut" }, { "STOPPAGE", "集体停工", "stoppage" },
};
static const Codes platforms = { .name = "risk_platform", .row = platform_rows, .n = COUNT(platform_rows) };
static const Code opinion_rows[] = {
    { "MENTION", "有提及", "mentioned" }, { "HOT", "本地热点", "hot in the place" },
    { "THREAT", "扬言自伤或者聚集", "threats or gathering" },
};
static const Codes opinions = { .name = "risk_opinion", .row = opinion_rows, .n = COUNT(opinion_rows) };
static const Code injury_rows[] = {
    { "SEVERE", "一至四级工伤待遇未支付", "grades 1 to 4 unpaid" }, { "DEATH", "工亡待遇十五日未支付", "a death, unpaid for fifteen days" },
};
static const Codes injuries = { .name = "risk_injury", .row = injury_rows, .n = COUNT(injury_rows) };

static const Field sign_fields[] = {
    FIELD(RatingSign, code,  .label = "指标", .en = "sign"),
    FIELD(RatingSign, level, .label = "等级", .en = "level", .codes = &risk_levels),
    FIELD(RatingSign, zh,    .label = "内容", .en = "what, in Chinese"),
    FIELD(RatingSign, en,    .label = "英文", .en = "what"),
    FIELD(RatingSign, value, .label = "数值", .en = "value"),
    FIELD(RatingSign, least, .label = "界限", .en = "from"),
    FIELD(RatingSign, basis, .label = "依据", .en = "basis", .max = 400),
};
const Form rating_sign_form = FORM(RatingSign, sign_fields);

static const Field rating_fields[] = {
    FIELD(Rating, id,      .label = "编号", .en = "id", .rule = SERVER_SET),
    FIELD(Rating, risk_id, .label = "风险", .en = "risk", .rule = SERVER_SET),
    FIELD(Rating, workers, .label = "涉及人数", .en = "workers", .max = 1000000),
    FIELD(Rating, amount,  .label = "涉及金额", .en = "amount", .min = 0),
    FIELD(Rating, arrears_run, .label = "连续欠薪月数", .en = "months unpaid in a row", .max = 120),
    FIELD(Rating, arrears_months, .label = "累计欠薪月数", .en = "months unpaid in all", .max = 240),
    FIELD(Rating, unreported, .label = "不能按期支付工资未按规定报告", .en = "arrears were not reported"),
    FIELD(Rating, wage_crime, .label = "达到拒不支付劳动报酬罪标准", .en = "the criminal threshold is reached"),
    FIELD(Rating, insurance_months, .label = "欠缴社会保险月数", .en = "months of insurance unpaid", .max = 240),
    FIELD(Rating, insurance_all, .label = "全体职工欠缴", .en = "of the whole staff"),
    FIELD(Rating, debts,   .label = "其他拖欠", .en = "other arrears", .rule = MANY, .codes = &debts),
    FIELD(Rating, cut_off, .label = "已停水电气", .en = "cut off"),
    FIELD(Rating, insured_before, .label = "三十日前参保人数", .en = "insured thirty days before", .max = 1000000),
    FIELD(Rating, insured_now, .label = "现参保人数", .en = "insured now", .max = 1000000),
    FIELD(Rating, complaints, .label = "投诉举报件数", .en = "complaints elsewhere", .max = 10000,
          .help = "九十日内，不含本平台的案件", .help_en = "within 90 days, cases of this platform left out"),
    FIELD(Rating, staff,   .label = "职工总数", .en = "staff", .max = 1000000,
          .help = "不填时为用人单位档案中的人数", .help_en = "empty: the number in the employer's record"),
    FIELD(Rating, cut,     .label = "计划裁减人数", .en = "workers to be laid off", .max = 1000000),
    FIELD(Rating, cut_told, .label = "已提前三十日说明并报告裁减方案", .en = "explained thirty days before, and reported"),
    FIELD(Rating, leaving, .label = "搬迁、合并、关闭、破产", .en = "relocation, merger, closure, bankruptcy", .codes = &leavings),
    FIELD(Rating, site_gaps, .label = "工程项目缺项", .en = "what the site lacks", .rule = MANY, .codes = &gaps),
    FIELD(Rating, site_stopped, .label = "工程项目停工", .en = "the site has stopped"),
    FIELD(Rating, platform, .label = "平台用工", .en = "platform", .codes = &platforms),
    FIELD(Rating, opinion, .label = "舆情、信访", .en = "opinion, petitions", .codes = &opinions),
    FIELD(Rating, injury,  .label = "工伤待遇", .en = "injury benefits", .codes = &injuries),
    FIELD(Rating, advice,  .label = "处置建议", .en = "advice", .rule = PROSE, .max = 2000),
    FIELD(Rating, level,   .label = "认定等级", .en = "level", .codes = &risk_levels,
          .help = "不填时按指标计算；与计算不同的须说明理由",
          .help_en = "empty: as computed; give the reason for another level"),
    FIELD(Rating, reason,  .label = "理由", .en = "why another level", .rule = PROSE, .max = 1000),
    FIELD(Rating, cases,   .label = "争议案件数", .en = "disputes", .rule = SERVER_SET),
    FIELD(Rating, case_people, .label = "争议涉及人数", .en = "people in disputes", .rule = SERVER_SET),
    FIELD(Rating, late,    .label = "逾期履行期数", .en = "instalments that are late", .rule = SERVER_SET),
    FIELD(Rating, late_days, .label = "最长逾期天数", .en = "days late at most", .rule = SERVER_SET),
    FIELD(Rating, broken,  .label = "逾期协议数", .en = "agreements in default", .rule = SERVER_SET),
    FIELD(Rating, focus,   .label = "重点行业、群体", .en = "industry or group watched closely", .rule = SERVER_SET),
    FIELD(Rating, points,  .label = "分值", .en = "points", .rule = SERVER_SET),
    FIELD(Rating, suggested, .label = "计算等级", .en = "level that was computed", .rule = SERVER_SET, .codes = &risk_levels),
    FIELD(Rating, signs,   .label = "命中指标", .en = "signs", .rule = SERVER_SET, .child = &rating_sign_form),
    FIELD(Rating, by_id,    .label = "评估人", .en = "by", .rule = SERVER_SET),
    FIELD(Rating, day,     .label = "评估日期", .en = "on", .rule = SERVER_SET),
    FIELD(Rating, at,      .label = "评估时间", .en = "at", .rule = SERVER_SET),
};
const Form rating_form = { "RiskRating", sizeof(Rating), rating_fields, COUNT(rating_fields) };

/* ---- plans ----------------------------------------------------------------------------------- */

static const Field plan_fields[] = {
    FIELD(RiskPlan, id,      .label = "编号", .en = "id", .rule = SERVER_SET),
    FIELD(RiskPlan, risk_id, .label = "风险", .en = "risk", .rule = SERVER_SET),
    FIELD(RiskPlan, no,      .label = "版次", .en = "version", .rule = SERVER_SET),
    FIELD(RiskPlan, goal,    .label = "化解目标", .en = "goal", .rule = REQUIRED | PROSE, .min = 2, .max = 1000),
    FIELD(RiskPlan, organisation, .label = "组织分工", .en = "who does what", .rule = REQUIRED | PROSE, .min = 2, .max = 4000),
    FIELD(RiskPlan, steps,   .label = "处置措施", .en = "steps", .rule = REQUIRED | PROSE, .min = 2, .max = 4000),
    FIELD(RiskPlan, reporting, .label = "信息报告", .en = "reporting", .rule = REQUIRED | PROSE, .min = 2, .max = 2000),
    FIELD(RiskPlan, support, .label = "人员、经费和物资保障", .en = "people, money and means", .rule = PROSE, .max = 2000),
    FIELD(RiskPlan, responsible_id, .label = "责任人", .en = "in charge", .rule = REQUIRED),
    FIELD(RiskPlan, due,     .label = "化解期限", .en = "to be resolved by", .rule = REQUIRED),
    FIELD(RiskPlan, by_id,    .label = "制定人", .en = "by", .rule = SERVER_SET),
    FIELD(RiskPlan, at,      .label = "制定时间", .en = "at", .rule = SERVER_SET),
};
const Form risk_plan_form = FORM(RiskPlan, plan_fields);
