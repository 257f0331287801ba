/*
** The steps from an empty house to the first case, in the order in which one
** opens the next: who takes each, how far it is, and whether it is done.
*/
#include "register/opening/opening.h"

#include "core/house.h"
#include "law/calendar.h"
#include "law/law.h"

/* A period of mediation with its extension: until then the holidays should be known. */
enum { DAYS_AHEAD = 30 };

typedef struct Step {
    Str     step, zh, en, who;
    int64_t there, least;
    bool    done;
} Step;

static const Field step_fields[] = {
    FIELD(Step, step,  .label = "事项",   .en = "step"),
    FIELD(Step, zh,    .label = "内容",   .en = "what it is"),
    FIELD(Step, en,    .label = "英文",   .en = "in English"),
    FIELD(Step, who,   .label = "办理人", .en = "whose it is"),
    FIELD(Step, there, .label = "已有",   .en = "there are"),
    FIELD(Step, least, .label = "至少",   .en = "at least"),
    FIELD(Step, done,  .label = "已完成", .en = "done"),
};
static const Form step_form = FORM(Step, step_fields);

#define COUNTED(NAME, SQL) { .name = "opening." NAME, .in = &step_form, .out = &step_form, .sql = (SQL) }
/* The register's rows are walked by their key: some thousands at most, for a page opened now and then. */
#define HAS(ROLE) "(CASE WHEN EXISTS(SELECT 1 FROM person_user WHERE id > 0 AND" \
    " disabled = 0 AND ' ' || roles || ' ' LIKE '% " ROLE " %') THEN 1 ELSE 0 END)"

static const Query q_admins = COUNTED("admins",
    "SELECT COUNT(DISTINCT roles) AS there FROM person_user WHERE id > 0 AND disabled = 0"
    " AND totp_on = 1 AND roles IN ('sys_admin', 'sec_admin', 'auditor')");
static const Query q_orgs = COUNTED("orgs", "SELECT COUNT(*) AS there FROM org WHERE id > 0");
static const Query q_accounts = COUNTED("accounts",
    "SELECT COUNT(*) AS there FROM person_user WHERE id > 0 AND disabled = 0 AND org <> 0");
static const Query q_roles = COUNTED("roles",
    "SELECT CAST(" HAS("clerk") " + " HAS("dispatcher") " + " HAS("mediator") " + " HAS("head") " + " HAS("hr")
    " AS BIGINT) AS there");
static const Query q_mediators = COUNTED("mediators",
    "SELECT COUNT(*) AS there FROM mediator WHERE id > 0 AND active = 1 AND user_id <> 0");
static const Query q_open = COUNTED("open",
    "SELECT COUNT(*) AS there FROM org WHERE id > 0 AND takes_cases = 1");
static const Query *const queries[] = {
    &q_admins, &q_orgs, &q_accounts, &q_roles, &q_mediators, &q_open, NULL,
};

static int64_t calendar_there(const Ctx *c)
{
    return c->law && is_official(&c->law->calendar, date_plus(c->today, DAYS_AHEAD));
}

static int64_t address_there(const Ctx *c)
{
    return c->house->origin && c->house->origin[0];
}

static int64_t gateway_there(const Ctx *c)
{
    return c->house->gateway != NULL;
}

static const struct {
    const char  *step, *zh, *en, *who;
    const Query *counted; /* or: */
    int64_t    (*there)(const Ctx *c);
    int64_t      least;
} rows[] = {
    { "ADMINS", "系统、安全、审计三名管理员各有其人，都绑定了动态码",
      "three administrators, each with a second factor", "sys_admin", &q_admins, NULL, 3 },
    { "ADDRESS", "对外网址已经配置（--origin），文书和公示卡上的二维码才打得开",
      "the address people type (--origin), which the codes on papers and cards open", "sys_admin", NULL,
      address_there, 1 },
    { "SMS", "短信网关已经配置（--sms），当事人才收得到验证码和通知",
      "a gateway for text messages (--sms), by which parties get their codes and notices", "sys_admin", NULL, gateway_there, 1 },
    { "CALENDAR", "今后三十天的放假调休安排已经导入", "the holidays of the next thirty days are loaded", "sys_admin",
      NULL, calendar_there, 1 },
    { "ORGS", "登记调解组织", "enter the mediation organisations", "sys_admin", &q_orgs, NULL, 1 },
    { "ACCOUNTS", "为工作人员建立账号，选定所属机构", "make the staff's accounts, each in its organisation", "sys_admin",
      &q_accounts, NULL, 5 },
    { "ROLES",
      "授予角色：受理登记、分流指派、调解、中心负责人、人社局各至少一人",
      "give the roles: clerk, dispatcher, mediator, head and bureau, at least one of each", "sec_admin", &q_roles, NULL, 5 },
    { "MEDIATORS", "登记调解员，关联账号，培训并聘任", "enter the mediators with their accounts, train and appoint them",
      "hr", &q_mediators, NULL, 2 },
    { "OPEN", "六有核查达标，备案并启用调解组织", "check the six haves, register and open the organisation", "hr", &q_open,
      NULL, 1 },
};

static void list(Ctx *c)
{
    Step *all = NEW(c->mem, Step, COUNT(rows));
    for (size_t i = 0; i < COUNT(rows); i++) {
        Step *s = &all[i];
        if (rows[i].counted) (void)db_find(c, rows[i].counted, s, s);
        else s->there = rows[i].there(c);
        s->step = str_of(rows[i].step);
        s->zh = str_of(rows[i].zh);
        s->en = str_of(rows[i].en);
        s->who = str_of(rows[i].who);
        s->least = rows[i].least;
        s->done = s->there >= s->least;
    }
    reply_rows(c, &step_form, (Rows){ all, COUNT(rows) }, (Str){ 0 });
}

static const Route routes[] = {
    { .method = "GET", .pattern = "/api/v1/opening", .who = ADMINS | HR | HEAD, .run = list, .zh = "开局事项",
      .en = "what a new office still needs", .out = &step_form, .list = true },
};

const Slice opening_slice = { .name = "opening", .route = routes, .routes = COUNT(routes), .query = queries };
