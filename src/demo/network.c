/*
** The demo's network: windows, a pilot, chambers and zones, a pool, shift
** training, courses; and after two years of cases the assessments of the year.
*/
#include "demo/desks.h"
#include "demo/office.h"

#include <inttypes.h>
#include <stdio.h>

static const char *id_text(char room[static 24], Id id)
{
    (void)snprintf(room, 24, "%" PRId64, id.n);
    return room;
}

static const char *day_text(Demo *d, Date day)
{
    Out o = { .buf = NEW(&d->keep, char, 11), .cap = 11 };
    out_date(&o, day);
    return str_c(&d->keep, out_view(&o));
}

/* ---- with the office ---------------------------------------------------------------------- */

static const struct { const char *office, *name, *keeper; } windows[] = {
    { "centre", "综合受理窗口", "韦晓燕" }, { "centre", "劳动者法律援助窗口", "覃建华" }, { "town", "调解接待窗口", "黄志明" },
    { "sub", "园区调解窗口", "" },
};

static const struct { const char *kind, *name; bool guided, working, covered; } units[] = {
    { "CHAMBER", "柳江区汽车零部件商会（演示）", true, true, true },
    { "CHAMBER", "柳江区建筑业协会（演示）", true, true, false },
    { "CHAMBER", "柳江区餐饮行业协会（演示）", true, false, false },
    { "ZONE", "柳江区新兴工业园（演示）", false, true, false },
};

static const struct { const char *form, *topic, *title, *teacher; int after, minutes, points; } courses[] = {
    { "LECTURE", "WAGE", "工资争议的事实查明与证据", "市仲裁院讲师", 14, 180, 0 },
    { "CASES", "INJURY", "工伤待遇典型案例分析", "退休法官", 21, 120, 0 },
    { "HEARING", "SKILL", "庭审观摩：经济补偿纠纷", "柳江区人民法院", 28, 150, 0 },
    { "LECTURE", "CONDUCT", "调解员职业纪律与保密", "区司法局", 35, 90, 60 },
};

static void windows_make(Staff *s)
{
    for (size_t i = 0; i < COUNT(windows); i++) {
        const Office *o = office_find(s, str_of(windows[i].office), 0);
        if (!o) continue;
        json_t *in = json_pack("{s:s,s:s}", "name", windows[i].name, "keeper", windows[i].keeper);
        (void)demo_post(s->d, &s->root, in, "/api/v1/orgs/%" PRId64 "/windows", o->id.n);
    }
}

static void honours_make(Staff *s, const char *day)
{
    const Office *town = office_find(s, S("town"), 0), *room = office_find(s, S("room"), 0);
    json_t *pilot = json_pack("{s:s,s:s,s:s,s:s}", "kind", "PILOT", "level", "COUNTY", "by_unit",
                              "柳江区人社局",
                              "from_day", day);
    json_t *gold = json_pack("{s:s,s:s,s:s,s:s,s:s}", "kind", "GOLD", "level", "CITY", "by_unit",
                             "柳州市人社局",
                             "doc_no", "柳人社发〔演示〕5号", "from_day", day);
    if (town) (void)demo_post(s->d, &s->root, pilot, "/api/v1/orgs/%" PRId64 "/honours", town->id.n);
    else json_decref(pilot);
    if (room) (void)demo_post(s->d, &s->root, gold, "/api/v1/orgs/%" PRId64 "/honours", room->id.n);
    else json_decref(gold);
}

static void units_make(Staff *s, const Actor *bureau)
{
    const Office *chamber = office_find(s, S("chamber"), 0);
    char room[24];
    for (size_t i = 0; i < COUNT(units); i++) {
        json_t *in = json_pack("{s:s,s:s,s:s,s:b,s:b,s:s}", "kind", units[i].kind, "name", units[i].name,
                               "region",
                               "450206", "guided", units[i].guided, "working", units[i].working, "from_day",
                               "2019-01-01");
        if (units[i].covered && chamber) {
            (void)json_object_set_new(in, "org_id", json_string(id_text(room, chamber->id)));
        }
        (void)demo_post(s->d, bureau, in, "/api/v1/coverage-units");
    }
}

static void pool_make(Staff *s, const Actor *bureau)
{
    char room[24];
    json_t *a = demo_post(s->d, bureau, json_pack("{s:s,s:s,s:s}", "kind", "CO_BUILT", "name",
                          "柳江区劳动人事争议调解员库（演示）", "agreement_no", "柳江人社发〔演示〕3号"), "/api/v1/pools");
    Id pool = demo_id(a, "id");
    const Office *city = office_find(s, S("lz"), 0);
    if (!city) return;
    json_t *in = json_pack("{s:s,s:[s,s]}", "org_id", id_text(room, city->id), "rights", "VIEW", "TRAIN");
    (void)demo_post(s->d, bureau, in, "/api/v1/pools/%" PRId64 "/bodies", pool.n);
}

/* Of the weeks to come, as whoever opens the demo counts them. */
static void courses_make(Staff *s, const Actor *head)
{
    char starts[40], ends[40];
    for (size_t i = 0; i < COUNT(courses); i++) {
        const char *day = day_text(s->d, date_plus(demo_today(), courses[i].after));
        (void)snprintf(starts, sizeof starts, "%sT09:00", day);
        (void)snprintf(ends, sizeof ends, "%sT12:00", day);
        json_t *in = json_pack("{s:s,s:s,s:s,s:s,s:s,s:s,s:i,s:i,s:s}", "form", courses[i].form,
                               "topic", courses[i].topic, "title", courses[i].title,
                               "teacher", courses[i].teacher, "starts", starts, "ends", ends,
                               "minutes", courses[i].minutes, "pass_points", courses[i].points,
                               "place", "区人社局二楼培训室");
        (void)demo_post(s->d, head, in, "/api/v1/courses");
    }
}

void network_make(Staff *s)
{
    const Actor *bureau = &people_of(s, S("lj"), HR)->actor, *head = &people_of(s, S("centre"), HEAD)->actor;
    const char *today = day_text(s->d, time_date(s->d->clock));
    windows_make(s);
    honours_make(s, today);
    units_make(s, bureau);
    pool_make(s, bureau);
    courses_make(s, head);
}

/* ---- after the cases ------------------------------------------------------------------------- */

static void assess(World *w, const char *scheme, const char *title, const char *from, const char *to)
{
    json_t *in = json_pack("{s:s,s:s,s:s,s:s}", "scheme", scheme, "title", title, "from_day", from,
                           "to_day", to);
    Id id = demo_id(demo_post(w->d, w->bureau, in, "/api/v1/assessments"), "id");
    (void)demo_post(w->d, w->bureau, NULL, "/api/v1/assessments/%" PRId64 "/score", id.n);
}

void network_assess(World *w, Date last)
{
    const char *from = day_text(w->d, date_plus(date_plus_months(last, -12), 1)), *to = day_text(w->d, last);
    Time late = time_at(last, 21, 0);
    if (w->d->clock.s < late.s) w->d->clock = late;
    assess(w, "MED", "调解员年度考核（演示）", from, to);
    assess(w, "ORG", "调解组织年度考核（演示）", from, to);
    assess(w, "MEM", "成员单位年度考核（演示）", from, to);
    (void)demo_post(w->d, w->bureau, json_object(), "/api/v1/coverage-snapshots");
}
