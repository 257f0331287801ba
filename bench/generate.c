/*
** generate ADDRESS N: fills a fresh database with N made-up cases of five years,
** in bulk: one province, 14 cities, 111 counties, 1,250 towns.  The rows are
** those the one door would have left, without their records and periods; the
** text index is built from them afterwards (tiaojie search rebuild).
*/
#include "case/case_list.h"
#include "core/crypto.h"
#include "slices.h"

#include <libpq-fe.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CITIES = 14, COUNTIES = 111, TOWNS = 1250, DAYS = 1820, TABLES = 2, CHUNK = 20000, BUFFER = 32 << 20 };

static const char surnames[] =
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
    "姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤";
static const char given[] =
    "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂文辉玲华红建国志海燕波宁云鹏飞宇浩然子轩梓涵欣怡佳"
    "俊峰晓东小梅春雪冬梅立新永康德成光荣世昌家豪天佑雨晨思远嘉懿博文若兮一诺泽楷沐宸";
static const char *const places[] = { "柳江", "南城", "北港", "东湖", "西山", "青云", "金沙", "新河" };
static const char *const words[] = {
    "宏达", "鑫源", "华泰", "恒通", "永兴", "顺发", "博雅", "天成", "嘉禾", "众诚", "锦程", "启明" };
static const char *const trades[] = {
    "建筑劳务", "电子科技", "餐饮管理", "物流运输", "服装制造", "机械加工", "物业服务", "商贸", "家政服务", "教育咨询" };
static const char *const causes[] = {
    "A01", "A01", "A01", "A01", "A02", "A02", "A09", "A09", "B01", "B01", "B02", "A07", "A03", "B03", "B06", "A04" };
static const char *const channels[] = { "VISIT", "VISIT", "VISIT", "WEB", "WEB", "MINIAPP", "12333", "PHONE", "COURT", "ARB" };
static const char *const young[] = { "submitted", "registered", "accepted", "dispatched", "assigned", "mediating",
    "mediating", "pending_sign", "effective", "performing", "performed", "failed", "rejected", "closed", "suspended", "withdrawn" };
static const char *const old[] = { "archived", "archived", "archived", "archived", "archived", "archived", "archived",
    "closed", "closed", "rejected", "failed", "performing", "archived", "archived", "closed", "defaulted" };

/* Where rows go: one of the two engines. */
typedef struct Sink {
    sqlite3      *lite;
    sqlite3_stmt *add[TABLES];
    PGconn       *pg[TABLES];
    Out           rows[TABLES];
} Sink;

static const char *const names[TABLES] = { "cases", "case_scope" };
static const int columns[TABLES] = { 36, 4 };

static uint64_t mixed(uint64_t x)
{
    x += 0x9E3779B97F4A7C15U;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9U;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBU;
    return x ^ (x >> 31);
}

static void lite(Sink *s, const char *sql)
{
    char *why = NULL;
    if (sqlite3_exec(s->lite, sql, NULL, NULL, &why) != SQLITE_OK) bug(sql, 0, why);
}

static void pg(PGconn *h, const char *sql, ExecStatusType want)
{
    PGresult *r = PQexec(h, sql);
    if (PQresultStatus(r) != want) bug(sql, 0, PQerrorMessage(h));
    PQclear(r);
}

static void lite_row(sqlite3_stmt *st, Str row)
{
    for (int i = 1; row.n; i++) {
        Str cell = str_cut(&row, '\t');
        if (str_eq(cell, S("\\N"))) (void)sqlite3_bind_null(st, i);
        else (void)sqlite3_bind_text64(st, i, cell.n ? cell.s : "", cell.n, SQLITE_STATIC, SQLITE_UTF8);
    }
    if (sqlite3_step(st) != SQLITE_DONE) bug("insert", 0, sqlite3_errmsg(sqlite3_db_handle(st)));
    (void)sqlite3_reset(st);
}

static void flush(Sink *s)
{
    for (size_t t = 0; t < TABLES; t++) {
        Str rest = out_view(&s->rows[t]);
        BUG_IF(s->rows[t].full);
        if (s->lite) {
            while (rest.n) lite_row(s->add[t], str_cut(&rest, '\n'));
        } else if (PQputCopyData(s->pg[t], rest.s, (int)rest.n) != 1) {
            bug(names[t], 0, PQerrorMessage(s->pg[t]));
        }
        s->rows[t].len = 0;
    }
}

/* Indexes come back when the rows are there. */
static const char *const drop[] = {
    "DROP INDEX case_by_org", "DROP INDEX case_by_owner", "DROP INDEX case_by_mediator", "DROP INDEX case_by_no",
    "DROP INDEX case_by_employer",
};
static const char *const make[] = {
    "CREATE INDEX case_by_org ON cases(org_path, state, id)", "CREATE INDEX case_by_owner ON cases(owner_path, id)",
    "CREATE INDEX case_by_mediator ON cases(mediator_id, state, id)", "CREATE INDEX case_by_no ON cases(no)",
    "CREATE INDEX case_by_employer ON cases(employer_id, filed, id)",
};

static void open_lite(Sink *s, const char *path)
{
    char sql[300];
    BUG_IF(sqlite3_open(path, &s->lite) != SQLITE_OK);
    lite(s, "PRAGMA synchronous=OFF; PRAGMA cache_size=-1000000; PRAGMA temp_store=FILE; PRAGMA threads=2");
    for (size_t i = 0; i < COUNT(drop); i++) lite(s, drop[i]);
    lite(s, "CREATE TEMP TABLE unsorted(scope, state, day INTEGER, id INTEGER); BEGIN");
    for (size_t t = 0; t < TABLES; t++) {
        Out o = { .buf = sql, .cap = sizeof sql };
        out_str(&o, S("INSERT INTO "));
        out_str(&o, t ? S("unsorted") : S("cases"));
        out_str(&o, S(" VALUES(?"));
        for (int i = 1; i < columns[t]; i++) out_str(&o, S(",?"));
        out_str(&o, (Str){ ")", 2 });
        BUG_IF(sqlite3_prepare_v2(s->lite, sql, -1, &s->add[t], NULL) != SQLITE_OK);
    }
}

static void open_pg(Sink *s, const char *address)
{
    for (size_t t = 0; t < TABLES; t++) {
        char sql[64];
        s->pg[t] = PQconnectdb(address);
        if (t == 0) {
            for (size_t i = 0; i < COUNT(drop); i++) pg(s->pg[0], drop[i], PGRES_COMMAND_OK);
            pg(s->pg[0], "ALTER TABLE case_scope DROP CONSTRAINT case_scope_pkey", PGRES_COMMAND_OK);
        }
        (void)snprintf(sql, sizeof sql, "COPY %s FROM STDIN", names[t]);
        pg(s->pg[t], sql, PGRES_COPY_IN);
    }
}

static void close_sink(Sink *s)
{
    flush(s);
    if (s->lite) {
        lite(s, "COMMIT; BEGIN; INSERT INTO case_scope SELECT * FROM unsorted ORDER BY 1, 2, 3, 4; COMMIT");
        for (size_t i = 0; i < COUNT(make); i++) lite(s, make[i]);
        lite(s, "PRAGMA wal_checkpoint(TRUNCATE)");
        return;
    }
    for (size_t t = 0; t < TABLES; t++) {
        BUG_IF(PQputCopyEnd(s->pg[t], NULL) != 1);
        PQclear(PQgetResult(s->pg[t]));
        BUG_IF(PQgetResult(s->pg[t]));
    }
    pg(s->pg[0], "SET maintenance_work_mem = '1GB'", PGRES_COMMAND_OK);
    pg(s->pg[0], "ALTER TABLE case_scope ADD PRIMARY KEY(scope, state, day, id)", PGRES_COMMAND_OK);
    for (size_t i = 0; i < COUNT(make); i++) pg(s->pg[0], make[i], PGRES_COMMAND_OK);
    pg(s->pg[0], "VACUUM ANALYZE", PGRES_COMMAND_OK);
}

/* ---- cases ------------------------------------------------------------------------------- */

static void out_step(Out *o, uint64_t n) /* four characters of a path */
{
    for (int i = 3; i >= 0; i--) {
        uint64_t digit = n;
        for (int k = 0; k < i; k++) digit /= 36;
        out_str(o, (Str){ &"0123456789abcdefghijklmnopqrstuvwxyz"[digit % 36], 1 });
    }
}

/* Most cases lie with a town, some with its county or city. */
static void write_paths(Out *org, Out *owner, uint64_t r)
{
    uint64_t town = r % TOWNS, county = town % COUNTIES, city = county % CITIES, level = r / TOWNS % 10;
    out_step(org, 1);
    out_step(org, city + 1);
    if (level < 9) out_step(org, county + 1);
    out_str(owner, out_view(org));
    if (level < 7) out_step(org, town + 1);
}

static void out_char(Out *o, const char *list, uint64_t r) /* of a list of Chinese characters */
{
    out_str(o, (Str){ list + r % (strlen(list) / 3) * 3, 3 });
}

static void out_tabs(Out *o, const char *texts) /* "a,b,c" */
{
    Str rest = str_of(texts);
    while (rest.n) {
        out_str(o, str_cut(&rest, ','));
        out_str(o, S("\t"));
    }
}

static void out_names(Out *o, uint64_t r)
{
    uint64_t zipf = r % 1000 * (r % 1000) / 1000; /* the first surnames are the most frequent */
    out_char(o, surnames, zipf * (sizeof surnames / 3) / 1000);
    out_char(o, given, r >> 10);
    if (r >> 20 & 3) out_char(o, given, r >> 22);
    out_str(o, S("\t"));
    out_str(o, str_of(places[(r >> 30) % COUNT(places)]));
    out_str(o, str_of(words[(r >> 34) % COUNT(words)]));
    out_char(o, given, r >> 38);
    out_str(o, str_of(trades[(r >> 44) % COUNT(trades)]));
    out_str(o, S("有限公司\t"));
}

static void out_day(Out *o, bool set, Date d)
{
    if (set) out_date(o, d);
    else out_str(o, S("\\N"));
    out_str(o, S("\t"));
}

typedef struct Made {
    int64_t     id;
    Date        filed;
    const char *state;
    Str         org, owner;
    uint64_t    r;
} Made;

static void write_case(Out *o, const Made *m, int64_t i)
{
    State st = state_of(str_of(m->state));
    uint64_t r = m->r;
    bool accepted = (SPAN(ACCEPTED, ARCHIVED) >> st & 1) != 0;
    bool over = (SPAN(PERFORMED, ARCHIVED) >> st & 1) != 0;
    out_int(o, m->id);
    out_str(o, S("\t柳江劳人调字〔"));
    out_int(o, date_civil(m->filed).year);
    out_str(o, S("〕第"));
    out_pad(o, i % 10000000, 7);
    out_str(o, S("号\t1\t"));
    out_str(o, m->org);
    out_str(o, S("\t1\t"));
    out_str(o, m->owner);
    out_str(o, S("\t"));
    out_str(o, str_of(m->state));
    out_str(o, S("\t\t"));
    out_str(o, str_of(channels[(r >> 7) % COUNT(channels)]));
    out_tabs(o, "\tSELF,SINGLE,worker");
    out_names(o, mixed(r));
    out_int(o, (int64_t)(r % 400000 + 1));
    for (int k = 0; k < 2; k++) {
        out_str(o, S("\t"));
        out_str(o, str_of(causes[(r >> 12) % COUNT(causes)]));
    }
    out_str(o, S("\t45020"));
    out_int(o, (int64_t)(r >> 16 & 7));
    out_str(o, S("\tC13\t1\t"));
    out_int(o, (int64_t)(r >> 20 & 0x3FFFFF));
    out_str(o, (r >> 50) % 50 ? S("\t\t0\tA\t") : S("\tcomplex\t0\tA\t"));
    out_int(o, time_at(m->filed, 10, 0).s);
    out_str(o, S("\t"));
    out_day(o, true, m->filed);
    out_day(o, accepted, date_plus(m->filed, 3));
    out_day(o, (SPAN(EFFECTIVE, PERFORMED) >> st & 1) != 0, date_plus(m->filed, 15));
    for (int k = 0; k < 2; k++) out_day(o, over, date_plus(m->filed, 20));
    out_day(o, st == ST_ARCHIVED, date_plus(m->filed, 60));
    out_day(o, accepted, date_plus(m->filed, 18));
    out_str(o, S("\t"));
    out_int(o, (int64_t)(r >> 24) % 20000 + 1);
    out_str(o, S("\t1\t1\n"));
}

static void write_scopes(Out *o, const Made *m)
{
    Str scope[SCOPES_MAX];
    size_t n = scopes_of(m->org, m->owner, scope);
    for (size_t i = 0; i < n; i++) {
        out_str(o, scope[i]);
        out_str(o, S("\t"));
        out_str(o, str_of(state_code(state_of(str_of(m->state)))));
        out_str(o, S("\t"));
        out_int(o, m->filed.day);
        out_str(o, S("\t"));
        out_int(o, m->id);
        out_str(o, S("\n"));
    }
}

static void make_case(Sink *s, int64_t i, int64_t n, Date first)
{
    char org[64], owner[64];
    Out a = { .buf = org, .cap = sizeof org }, b = { .buf = owner, .cap = sizeof owner };
    int64_t day = i * DAYS / n;
    Made m = { .r = mixed((uint64_t)i), .filed = date_plus(first, (int)day) };
    write_paths(&a, &b, m.r >> 3);
    m.id = id_at(time_at(m.filed, 8, 0)).n + (i - day * n / DAYS) * 1024 + 1;
    m.state = day < DAYS - 90 ? old[(m.r >> 40) % COUNT(old)] : young[(m.r >> 40) % COUNT(young)];
    m.org = out_view(&a);
    m.owner = out_view(&b);
    write_case(&s->rows[0], &m, i);
    write_scopes(&s->rows[1], &m);
}

int main(int argc, char **argv)
{
    int64_t n = 0;
    if (argc != 3 || !str_int(str_of(argv[2]), &n) || n < 1) return 2;
    Store *store = store_open(argv[1], 1);
    Db *db = db_open(store);
    bool good = web_prepare(db, slices);
    db_close(db);
    bool local = store_is_local(store);
    store_close(store);
    if (!good) return 1;
    Block block = block_open((size_t)TABLES * BUFFER);
    Sink s = { 0 };
    for (size_t t = 0; t < TABLES; t++) s.rows[t] = (Out){ .buf = block.memory + t * BUFFER, .cap = BUFFER };
    if (local) open_lite(&s, argv[1] + strlen("sqlite:"));
    else open_pg(&s, argv[1]);
    for (int64_t i = 0; i < n; i++) {
        make_case(&s, i, n, date_of(2021, 12, 1));
        if (i % CHUNK == CHUNK - 1) flush(&s);
    }
    close_sink(&s);
    (void)printf("%lld cases\n", (long long)n);
    return 0;
}
