#include "made.h"

#include <stdio.h>
#include <string.h>

enum { FIRST_BIRTH_YEAR = 1966, BIRTH_DAYS = 13000, WORKERS = 30 };

void made_id_no(uint64_t n, char id_no[static ID_NO_ROOM])
{
    static const int weight[17] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 };
    char day[11];
    int sum = 0;
    date_write(date_plus(date_of(FIRST_BIRTH_YEAR, 1, 1), (int)(n % BIRTH_DAYS)), day);
    (void)snprintf(id_no, ID_NO_ROOM, "450206%.4s%.2s%.2s%03d", day, day + 5, day + 8,
                   (int)(n / BIRTH_DAYS % 1000));
    for (int i = 0; i < 17; i++) sum += (id_no[i] - '0') * weight[i];
    id_no[17] = "10X98765432"[sum % 11];
    id_no[18] = 0;
}

void made_uscc(uint64_t n, char uscc[static USCC_ROOM])
{
    static const char letters[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    int sum = 0, weight = 1;
    (void)snprintf(uscc, USCC_ROOM, "91450206MA5K%05d", (int)(n % 100000));
    for (int i = 0; i < 17; i++) {
        sum += (int)(strchr(letters, uscc[i]) - letters) * weight;
        weight = weight * 3 % 31;
    }
    uscc[17] = letters[(31 - sum % 31) % 31];
    uscc[18] = 0;
}

static void pair(Out *o, const char *name, Str value)
{
    out_json(o, str_of(name));
    out_str(o, S(":"));
    out_json(o, value);
    out_str(o, S(","));
}

static void day(Out *o, const char *name, Date d)
{
    char text[11];
    date_write(d, text);
    pair(o, name, (Str){ text, 10 });
}

static void worker(Out *o, uint64_t n)
{
    static const char *const given[] = { "小明", "建国", "丽娟", "海燕", "志强", "春梅", "文辉", "玉兰" };
    char id_no[ID_NO_ROOM], name[32], mobile[12];
    made_id_no(n, id_no);
    (void)snprintf(name, sizeof name, "韦%s", given[n % COUNT(given)]);
    (void)snprintf(mobile, sizeof mobile, "138%08d", (int)(n % 100000000));
    out_str(o, S("{\"side\":\"APPL\",\"kind\":\"WORKER\",\"id_type\":\"ID\",\"addr\":\"柳江区拉堡镇\","));
    pair(o, "name", str_of(name));
    pair(o, "id_no", str_of(id_no));
    pair(o, "mobile", str_of(mobile));
    out_str(o, S("\"svc_addr\":\"柳江区拉堡镇\",\"e_service\":true}"));
}

static void employer(Out *o, uint64_t n)
{
    char uscc[USCC_ROOM], name[80];
    made_uscc(n, uscc);
    (void)snprintf(name, sizeof name, "柳州市第%d机械有限公司", (int)n);
    out_str(o, S("{\"side\":\"RESP\",\"kind\":\"EMPLOYER\",\"emp_type\":\"ENT\","
                 "\"industry\":\"C34\",\"staff\":120,"));
    pair(o, "name", str_of(name));
    pair(o, "uscc", str_of(uscc));
    out_str(o, S("\"reg_region\":\"450206\",\"legal_rep\":\"覃大海\",\"legal_post\":\"总经理\","
                 "\"mobile\":\"13907720002\"}"));
}

void made_case(Out *o, const Made *m)
{
    Date left = date_plus(m->today, -90);
    out_str(o, S("{\"channel\":\"WEB\",\"mode\":\"WRITTEN\",\"appl_type\":\"WORKER\","
                 "\"place\":\"柳江区新兴工业园\",\"contract\":\"FIXED\",\"post\":\"装配工\","
                 "\"hours\":\"STANDARD\",\"wage\":\"520000\",\"employed\":false,"));
    pair(o, "org", m->org);
    pair(o, "region", m->region);
    day(o, "hire_date", date_plus(left, -700));
    day(o, "sign_date", date_plus(left, -700));
    day(o, "contract_start", date_plus(left, -700));
    day(o, "contract_end", date_plus(left, 300));
    day(o, "end_date", left);
    day(o, "knew_date", left);
    out_str(o, S("\"end_reason\":\"公司称订单不足\","
                 "\"facts\":\"公司拖欠工资三个月，后口头通知解除劳动合同。\","
                 "\"online_ok\":true,\"rec_ok\":false,\"truthful\":true,\"privacy\":true,\"sensitive\":true,"
                 "\"notice\":\"2026-01\",\"parties\":["));
    worker(o, m->n);
    out_str(o, S(","));
    employer(o, m->n / WORKERS);
    out_str(o, S("],\"claims\":[{\"cause\":\"A01\",\"amount\":\"1560000\","));
    day(o, "from", date_plus(left, -90));
    day(o, "until", left);
    out_str(o, S("\"basis\":\"三个月工资\"},{\"cause\":\"B01\",\"amount\":\"1300000\"}]}"));
    BUG_IF(o->full);
}
