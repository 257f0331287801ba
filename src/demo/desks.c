#include "demo/desks.h"

#include <inttypes.h>
#include <stdio.h>

enum { EARLY = 7 };

typedef struct MeetingRow {
    const char *kind, *title, *minutes; /* minutes NULL: not held yet */
    int planned, held;                  /* days before the last one; negative: after it */
} MeetingRow;
static const MeetingRow meeting_rows[] = {
    { "JOINT", "劳动人事争议多元调解联席会议（第一次）",
      "会议通报了上一阶段争议形势，分析了基层组织人手不足、诉调对接不畅等短板，议定了工会法律服务站进驻、司法确认"
      "绿色通道和乡镇接待窗口三项任务。", 90, 84 },
    { "ARB_COURT", "裁审衔接联席会议",
      "会议就未签书面劳动合同二倍工资的起算、加班事实的举证责任和调解协议司法确认的材料清单交换了意见。", 60, 55 },
    { "JOINT", "劳动人事争议多元调解联席会议（第二次）",
      "会议听取了前次任务进展，研究了年底欠薪高发期的联动处置，部署了工业园区走访和信息共享工作。", 35, 30 },
    { "REGULAR", "纠纷调解月度例会", "会议排查了本月重大矛盾纠纷，明确了超期案件的责任人和办结时限。", 12, 9 },
    { "JOINT", "劳动人事争议多元调解联席会议（第三次）", NULL, -14, 0 },
    { "EMERGENCY", "园区欠薪应急会商", NULL, -2, 0 },
};

typedef struct DutyRow {
    int meeting;      /* row of the meetings; -1: none */
    const char *unit, *helper, *title, *deliverable;
    int due;          /* days before the last one; negative: after it */
    char end;         /* o open, p progress, d difficulty, r reported, f finished */
} DutyRow;
static const DutyRow duty_rows[] = {
    { 0, "GU", "HRSS", "工会法律服务工作站进驻仲裁院", "挂牌照片和值班表", 40, 'f' },
    { 0, "COURT", "JUST", "制定司法确认绿色通道办法", "会签文件", 25, 'r' },
    { 0, "HRSS", "FIN", "乡镇调解中心接待窗口全部有专人", "窗口人员名册", 8, 'd' },
    { 2, "MIIT", "FIC", "走访工业园区用工百人以上企业", "走访台账", -20, 'p' },
    { 2, "PLC", "HRSS", "建立争议形势会商通报机制", "通报样式", -5, 'o' },
    { 2, "FIC", "GU", "商会调解组织建设摸底", "摸底清单", 3, 'p' },
    { -1, "HRSS", "FIN", "落实“六有”标准，完成年度复核", "复核表", -60, 'p' },
    { -1, "PLC", "HRSS", "将调解成效纳入平安建设考评", "考评细则", -45, 'o' },
    { -1, "COURT", "HRSS", "特邀调解组织和调解员名册更新", "名册", -30, 'p' },
    { -1, "JUST", "GU", "派驻值班律师，每周不少于三个半天", "值班表", -10, 'p' },
    { -1, "FIN", "HRSS", "调解工作经费列入年度预算", "预算批复", 15, 'd' },
    { -1, "GU", "FIC", "开展集体协商指导不少于十场", "指导记录", -75, 'o' },
    { -1, "FIC", "MIIT", "行业商会调解组织设立比例不低于60%", "设立文件", -90, 'o' },
    { -1, "MIIT", "FIC", "中小企业用工合规宣讲", "签到表和照片", -15, 'o' },
};

static const char meeting_place[] = "区人社局三楼会议室";
static const struct { const char *unit, *kind; } bodies[] = {
    { "HRSS", "HRSS" }, { "COURT", "COURT" }, { "GU", "GU" }, { "FIC", "FIC" }, { "FIN", "FIN" }, { "JUST", "JUST" },
    { "MIIT", "MIIT" }, { "PLC", "PLC" },
};
static const char evidence[] = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]>>endobj\n"
    "trailer<</Root 1 0 R>>\n%%EOF\n";

/* ---- the clock and the people ---------------------------------------------------------------- */

bool desk_find(Desk *k, World *w, Date last)
{
    *k = (Desk){ .w = w, .d = w->d, .last = last, .bureau = w->bureau, .head = w->head };
    k->finance = world_login(w, "finance");
    k->cashier = world_login(w, "cashier");
    k->union_man = world_login(w, "member.gu");
    k->court_man = world_login(w, "member.court");
    return k->finance && k->cashier && k->union_man && k->court_man;
}

/* Each request has its own second, so early in the day no other act had it. */
void desk_day(Desk *k, int before)
{
    Date day = date_plus(k->last, -before);
    Time early = time_at(day, EARLY, 0);
    k->d->clock = k->d->clock.s < early.s ? early : k->d->clock;
}

Str desk_date(Desk *k, int before)
{
    Out o = { .buf = NEW(&k->d->keep, char, 10), .cap = 10 };
    out_date(&o, date_plus(k->last, -before));
    return out_view(&o);
}

static const char *text(Desk *k, int before)
{
    return str_c(&k->d->keep, desk_date(k, before));
}

/* ---- member units ------------------------------------------------------------------------------ */

static void units(Desk *k)
{
    Demo *d = k->d;
    for (size_t i = 0; i < COUNT(bodies); i++) {
        char number[24];
        json_t *list = json_object_get(demo_get(d, k->bureau, "/api/v1/orgs?kind=%s&limit=200",
            bodies[i].kind), "items");
        Id body = demo_id(json_array_get(list, 0), "id");
        (void)snprintf(number, sizeof number, "%" PRId64, body.n);
        (void)demo_put(d, k->bureau, json_pack("{s:s,s:s,s:s}", "body", number, "person", "联络员", "phone",
            "13800000000"),
                       "/api/v1/member-units/%s", bodies[i].unit);
    }
}

/* ---- meetings ------------------------------------------------------------------------------------ */

static Id meeting_plan(Desk *k, const MeetingRow *m)
{
    Demo *d = k->d;
    char when[24];
    (void)snprintf(when, sizeof when, "%sT09:30", text(k, m->minutes ? m->held : m->planned));
    json_t *a = demo_post(d, k->bureau, json_pack("{s:s,s:s,s:s,s:s}", "kind", m->kind, "title", m->title,
        "planned", when, "place", meeting_place), "/api/v1/meetings");
    Id id = demo_id(a, "id");
    (void)demo_post(d, k->bureau, NULL, "/api/v1/meetings/%" PRId64 "/seats/all", id.n);
    (void)demo_post(d, k->bureau, NULL, "/api/v1/meetings/%" PRId64 "/topics/fill", id.n);
    (void)demo_post(d, k->bureau, json_pack("{s:s}", "event", "notice"),
        "/api/v1/meetings/%" PRId64 "/moves", id.n);
    return id;
}

static void meeting_hold(Desk *k, const MeetingRow *m, Id id)
{
    Demo *d = k->d;
    size_t i = 0;
    json_t *s = NULL;
    (void)demo_post(d, k->bureau, json_pack("{s:s}", "event", "hold"), "/api/v1/meetings/%" PRId64 "/moves",
        id.n);
    json_t *list = json_incref(json_object_get(demo_get(d, k->bureau, "/api/v1/meetings/%" PRId64 "/seats",
        id.n), "items"));
    json_array_foreach(list, i, s) {
        bool away = i == 6;
        (void)demo_post(d, k->bureau, json_pack("{s:s}", "present", away ? "LEAVE" : "PRESENT"),
                        "/api/v1/meetings/%" PRId64 "/seats/%" PRId64, id.n, demo_id(s, "id").n);
    }
    json_decref(list);
    (void)demo_post(d, k->bureau, json_pack("{s:s}", "content", m->minutes),
        "/api/v1/meetings/%" PRId64 "/minutes", id.n);
}

/* ---- tasks ------------------------------------------------------------------------------------------ */

static void say(Desk *k, const Actor *who, Id id, const char *event, const char *why)
{
    (void)demo_post(k->d, who, json_pack("{s:s,s:s}", "event", event, "reason", why),
                    "/api/v1/decisions/%" PRId64 "/moves", id.n);
}

static void duty_end(Desk *k, const DutyRow *r, Id id)
{
    const Actor *lead = r->unit[0] == 'G' ? k->union_man : r->unit[0] == 'C' ? k->court_man : k->bureau;
    if (r->end == 'p') say(k, k->bureau, id, "progress", "已制定方案并开始落实，预计按期完成。");
    if (r->end == 'd') say(k, k->bureau, id, "difficulty", "个别乡镇人员编制紧张，正在协调公益性岗位。");
    if (r->end != 'r' && r->end != 'f') return;
    (void)demo_upload(k->d, lead, str_of(evidence),
        "/api/v1/decisions/%" PRId64 "/files?kind=EVIDENCE&name=evidence.pdf",
                      id.n);
    say(k, lead, id, "report", "已完成，凭证附后。");
    if (r->end == 'f') say(k, k->bureau, id, "confirm", "属实");
}

static void duty_add(Desk *k, const DutyRow *r, const Id *meeting)
{
    char number[24];
    json_t *body = json_pack("{s:s,s:s,s:s,s:[s],s:s,s:s}", "source",
        r->meeting < 0 ? "DIVISION" : "MEETING", "title",
        r->title, "lead_unit", r->unit, "helpers", r->helper, "due", text(k, r->due), "deliverable",
            r->deliverable);
    if (r->meeting < 0) (void)json_object_set_new(body, "basis",
        json_string("柳江区劳动人事争议多元调解中心实施方案"));
    else {
        (void)snprintf(number, sizeof number, "%" PRId64, meeting[r->meeting].n);
        (void)json_object_set_new(body, "meeting_id", json_string(number));
    }
    json_t *a = demo_post(k->d, k->bureau, body, "/api/v1/decisions");
    if (a) duty_end(k, r, demo_id(a, "id"));
}

/* ---- all of it ----------------------------------------------------------------------------------------- */

static void meetings(Desk *k)
{
    Id id[COUNT(meeting_rows)] = { { 0 } };
    for (size_t i = 0; i < COUNT(meeting_rows); i++) {
        const MeetingRow *m = &meeting_rows[i];
        desk_day(k, m->planned > 0 ? m->planned : 1);
        id[i] = meeting_plan(k, m);
        if (!m->minutes) continue;
        desk_day(k, m->held);
        meeting_hold(k, m, id[i]);
        for (size_t j = 0; j < COUNT(duty_rows); j++) {
            bool here = duty_rows[j].meeting == (int)i || (i == 0 && duty_rows[j].meeting < 0);
            if (here) duty_add(k, &duty_rows[j], id);
        }
    }
}

static void replies(Desk *k)
{
    Demo *d = k->d;
    int year = date_civil(k->last).year;
    (void)demo_post(d, k->bureau, json_pack("{s:s,s:s,s:s,s:s,s:s,s:s}", "kind", "NPC", "session",
        "区人大会议", "no",
        "第18号", "title", "关于妥善化解劳动争议纠纷的建议", "proposer", "演示代表", "received", text(k, 20)),
        "/api/v1/proposals");
    json_t *a = demo_post(d, k->bureau, json_pack("{s:s,s:s,s:s,s:s,s:s,s:s}", "kind", "CPPCC", "session",
        "区政协会议",
        "no", "第52号", "title", "关于加强劳动争议多元化解工作的提案", "proposer", "演示委员", "received", text(k, 40)),
        "/api/v1/proposals");
    Id id = demo_id(a, "id");
    (void)demo_post(d, k->bureau, json_pack("{s:i,s:i}", "from_year", year - 1, "to_year", year),
                    "/api/v1/proposals/%" PRId64 "/extracts", id.n);
    (void)demo_post(d, k->bureau, json_pack("{s:s,s:s,s:s,s:s,s:b}", "reply_no", "柳江人社函〔演示〕1号",
        "reply_class", "A",
        "reply", "提案收悉。经研究，现将近两年争议调解情况和下一步打算答复如下：……", "signer", "演示局长", "open_to_public", 1),
        "/api/v1/proposals/%" PRId64 "/reply", id.n);
}

/* `end`: d draft, s sent, r answered. */
static const struct LetterRow { const char *kind, *to, *problem,
    *advice; int days; char end; } letter_rows[] = {
    { "SUG_A", "柳江区某汽配公司（演示）", "同类加班工资争议一年内发生多起", "完善考勤和加班审批制度，三十日内报告", 70, 'r' },
    { "SUG_A", "柳江区某家具厂（演示）", "未与新入职人员及时签订书面劳动合同", "一个月内补签并建立台账", 45, 's' },
    { "SUG_U", "柳江区某物业公司（演示）", "女职工孕期调岗未协商", "依法协商，恢复原岗位待遇", 15, 's' },
    { "SUG_A", "柳江区某食品公司（演示）", "工资支付台账缺失", "按月编制并保存两年以上", 5, 'd' },
};
static const struct ActivityRow { const char *kind, *title, *place; int days, people,
    copies; } activity_rows[] = {
    { "PARK", "仲裁员进园区：用工合规面对面", "新兴工业园", 65, 86, 200 },
    { "CASES", "农民工欠薪以案释法专场", "拉堡镇文化广场", 40, 240, 600 },
    { "LECTURE", "企业人事经理劳动合同法讲座", "区总工会", 22, 58, 60 },
    { "MATERIAL", "务工人员维权手册", "各乡镇接待窗口", 10, 0, 1500 },
};

static void letters(Desk *k)
{
    for (size_t i = 0; i < COUNT(letter_rows); i++) {
        const struct LetterRow *r = &letter_rows[i];
        const Actor *other = world_login(k->w, "bureau2");
        desk_day(k, r->days);
        json_t *a = demo_post(k->d, k->bureau, json_pack("{s:s,s:s,s:s,s:s}", "kind", r->kind, "addressee",
            r->to,
            "problem", r->problem, "advice", r->advice), "/api/v1/letters");
        Id id = demo_id(a, "id");
        if (!other || r->end == 'd') continue;
        static const char *const steps[] = { "approve", "send" };
        for (size_t j = 0; j < COUNT(steps); j++) {
            (void)demo_post(k->d, other, json_pack("{s:s}", "event", steps[j]),
                "/api/v1/letters/%" PRId64 "/moves", id.n);
        }
        if (r->end != 'r') continue;
        desk_day(k, r->days - 20);
        (void)demo_post(k->d, k->bureau, json_pack("{s:s,s:s,s:s}", "event", "reply", "reply",
            "已修订考勤制度并公示。",
            "adopted", "YES"), "/api/v1/letters/%" PRId64 "/moves", id.n);
    }
}

static void activities(Desk *k)
{
    for (size_t i = 0; i < COUNT(activity_rows); i++) {
        const struct ActivityRow *r = &activity_rows[i];
        (void)demo_post(k->d, k->bureau, json_pack("{s:s,s:s,s:s,s:s,s:i,s:i,s:b}", "kind", r->kind,
            "title", r->title,
            "day", text(k, r->days), "place", r->place, "people", r->people, "copies", r->copies, "published", 1),
            "/api/v1/activities");
    }
}

void desks_make(World *w, Date last)
{
    Desk k;
    if (!desk_find(&k, w, last)) return;
    json_t *had = demo_get(k.d, k.bureau, "/api/v1/meetings");
    if (json_array_size(json_object_get(had, "items")) > 0) return;
    enum { BEGAN = 95 };
    k.d->clock = time_at(date_plus(last, -BEGAN), EARLY, 0);
    units(&k);
    meetings(&k);
    replies(&k);
    letters(&k);
    activities(&k);
    desks_risks(&k);
    desks_money(w, last);
}
