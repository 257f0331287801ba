/* The demo's ledger of risks: each row comes as far as its `end` says. */
#include "demo/desks.h"

#include <inttypes.h>
#include <stdio.h>

/* `end`: f found, a rated, p planned, h handled, r resolved, e escalated. */
static const struct RiskRow {
    const char *employer, *industry, *source, *kind, *group, *content, *rating;
    int workers, days;
    char end;
} risk_rows[] = {
    { "柳江区某家具厂（演示）", "C21", "VISIT", "ARREARS", "RURAL", "走访发现已连续两个月未足额发放工资，工人情绪不稳。",
      "{\"arrears_run\":2,\"arrears_months\":2,\"debts\":[\"RENT\"]}", 26, 40, 'h' },
    { "柳江区某汽配公司（演示）", "C36", "EMPLOYER", "LAYOFF", "", "订单减少，企业报告拟裁减十五人，尚未向全体职工说明。",
      "{\"staff\":150,\"cut\":15}", 15, 24, 'p' },
    { "柳江区某建筑工程公司（演示）", "E47", "SCREENING", "ARREARS", "RURAL", "新城项目未设维权信息告示牌，班组工资拖欠一个月。",
      "{\"arrears_months\":1,\"site_gaps\":[\"NOTICE\",\"REAL_NAME\"]}", 38, 55, 'r' },
    { "柳江区某服装公司（演示）", "C18", "PETITION", "CLOSURE", "FEMALE", "传闻迁往外省，女职工集体上访询问补偿。",
      "{\"leaving\":\"CONFIRMED\",\"opinion\":\"HOT\",\"insurance_months\":1}", 64, 30, 'e' },
    { "柳江区某外卖站点（演示）", "G60", "UNION", "PLATFORM", "NEF", "站点调整派单规则，骑手反映收入下降。",
      "{\"platform\":\"NOTICE\"}", 12, 12, 'a' },
    { "柳江区某物业公司（演示）", "K70", "GRID", "IRREGULAR", "OVERAGE", "网格员反映超龄保安未签书面协议，节假日加班无报酬。",
      "", 7, 8, 'f' },
};

static void post(Desk *k, const Actor *who, Id id, const char *what, json_t *body)
{
    (void)demo_post(k->d, who, body, "/api/v1/risks/%" PRId64 "/%s", id.n, what);
}

static void plan(Desk *k, Id id, const char *user)
{
    char due[16];
    Str day = desk_date(k, -20);
    (void)snprintf(due, sizeof due, "%.*s", (int)day.n, day.s);
    static const char steps[] =
        "一、约谈负责人，核实工资表和考勤；二、督促企业提出支付计划；三、协商不成的，引导申请调解。";
    post(k, k->head, id, "plans", json_pack("{s:s,s:s,s:s,s:s,s:s,s:s,s:s}",
        "goal", "就地化解，不发生群体性事件", "organisation", "中心牵头，工会、所在乡镇配合，值班律师到场释法。",
        "steps", steps, "reporting", "每周报告进展，情况变化随时报告。", "support", "安排值班律师和一间调解室。",
        "responsible_id", user, "due", due));
}

/* A mediator of the centre with an account answers for them. */
static const char *somebody(Desk *k)
{
    size_t i = 0;
    json_t *m = NULL, *list = json_object_get(demo_get(k->d, k->head, "/api/v1/mediators"), "items");
    json_array_foreach(list, i, m) {
        const char *user = json_string_value(json_object_get(m, "user_id"));
        if (user) return str_c(&k->d->keep, str_of(user));
    }
    return NULL;
}

static void risk(Desk *k, const struct RiskRow *r, const char *user)
{
    char found[16];
    Str day = desk_date(k, r->days);
    (void)snprintf(found, sizeof found, "%.*s", (int)day.n, day.s);
    json_t *body = json_pack("{s:s,s:s,s:s,s:[s],s:i,s:s,s:s}", "employer", r->employer,
        "industry", r->industry, "source", r->source, "kinds", r->kind, "workers", r->workers,
        "found_on", found, "content", r->content);
    if (r->group[0]) (void)json_object_set_new(body, "groups", json_pack("[s]", r->group));
    Id id = demo_id(demo_post(k->d, k->head, body, "/api/v1/risks"), "id");
    if (r->end == 'f') return;
    post(k, k->head, id, "ratings", json_loads(r->rating, 0, NULL));
    if (r->end == 'e') {
        post(k, k->head, id, "moves", json_pack("{s:s,s:s}", "event", "escalate",
                                                "reason", "涉及人数多，企业拟外迁，报人社局牵头处置。"));
    }
    if (r->end == 'e' || r->end == 'a' || !user) return;
    plan(k, id, user);
    if (r->end == 'p') return;
    post(k, k->head, id, "deeds", json_pack("{s:s,s:s}", "way", "TALK",
                                            "content", "约谈企业负责人，企业提出分两期支付拖欠工资。"));
    if (r->end != 'r') return;
    post(k, k->head, id, "moves", json_pack("{s:s,s:s}", "event", "resolve",
                                            "reason", "拖欠工资已全部支付，告示牌和实名制已整改。"));
    post(k, k->bureau, id, "moves", json_pack("{s:s}", "event", "close"));
}

void desks_risks(Desk *k)
{
    const char *user = somebody(k);
    (void)demo_post(k->d, k->head, json_pack("{s:s,s:s,s:s,s:i,s:s}",
        "day", str_c(&k->d->keep, desk_date(k, 56)), "theme", "工程建设领域欠薪排查", "way", "联合走访",
        "employers", 24, "content", "走访在建项目二十四个，发现一处拖欠工资。"), "/api/v1/screenings");
    for (size_t i = 0; i < COUNT(risk_rows); i++) risk(k, &risk_rows[i], user);
}
