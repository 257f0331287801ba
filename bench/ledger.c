/*
** bench-ledger ROWS FIRST OUT.xlsx: a ledger as offices keep it, with the 43
** columns by their usual other names; one row in a thousand is wrong.  The
** numbers of its cases begin with FIRST.
*/
#include "excel/table.h"

#include <stdio.h>
#include <stdlib.h>

enum { MEMORY = 16 << 20, COLUMNS = 43, EVERY = 1000, NUMBER = 96 };

#define NAMED(name, width) { { (name), sizeof(name) - 1 }, (width) }
static const TableColumn columns[COLUMNS] = {
    NAMED("序号", 8), NAMED("登记编号", 20), NAMED("登记时间", 12), NAMED("收件渠道", 10), NAMED("案件来源", 10),
    NAMED("申请人姓名", 10), NAMED("身份证号码", 20), NAMED("联系电话", 14), NAMED("用人单位名称", 30),
    NAMED("统一社会信用代码", 20), NAMED("单位类型", 10), NAMED("行业", 10), NAMED("涉及人数", 8),
    NAMED("其中农民工/女职工/派遣/新业态/超龄", 12), NAMED("案由", 14), NAMED("其他案由", 14), NAMED("涉案金额", 12),
    NAMED("简要案情", 40), NAMED("受理时间", 12), NAMED("是否集体", 8), NAMED("是否重大", 8), NAMED("分流去向", 16),
    NAMED("调解组织", 20), NAMED("承办人", 12), NAMED("联合部门", 12), NAMED("调解方式", 10), NAMED("期限届满日", 12),
    NAMED("延期至", 12), NAMED("结案时间", 12), NAMED("处理结果", 10), NAMED("协议编号", 16), NAMED("协议金额", 12),
    NAMED("协议生效日期", 12), NAMED("司法确认", 14), NAMED("履行期限", 12), NAMED("已履行金额", 12), NAMED("履行情况", 10),
    NAMED("回访时间", 12), NAMED("满意度", 8), NAMED("超期原因", 14), NAMED("归档编号", 14), NAMED("归档时间", 12),
    NAMED("备注", 16),
};

static const char *const causes[] = { "拖欠工资", "工伤待遇", "经济补偿金", "二倍工资", "社会保险待遇", "加班费", "确认劳动关系" };
static const char *const results[] = { "调解成功", "调解不成", "和解", "撤回" };
static const char *const surnames[] = { "韦", "覃", "黄", "莫", "蓝", "罗", "潘", "梁" };
static const char *const names[] = { "大勇", "小凤", "金福", "有才", "秀英", "国强", "桂芳", "日新", "海燕" };

/* 450206 19xxxxxx nnn and its check digit. */
static Str citizen(int64_t n, char digits[static NUMBER])
{
    static const int weights[] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 };
    int sum = 0;
    (void)snprintf(digits, NUMBER, "4502061%03lld%02lld%02lld%03lld", (long long)(960 + n % 40),
                   (long long)(n / 40 % 12 + 1), (long long)(n / 480 % 28 + 1), (long long)(n % 1000));
    for (int i = 0; i < 17; i++) sum += (digits[i] - '0') * weights[i];
    digits[17] = "10X98765432"[sum % 11];
    return (Str){ digits, 18 };
}

static Str made(char *buf, size_t cap, const char *head, int64_t n)
{
    int len = snprintf(buf, cap, "%s%lld", head, (long long)n);
    return (Str){ buf, (size_t)len };
}

static void put_people(Table *t, int64_t i, char *buf)
{
    char id[NUMBER], name[32];
    int len = snprintf(name, sizeof name, "%s%s", surnames[i % 8], names[i / 8 % 9]);
    table_text(t, (Str){ name, (size_t)len });
    table_text(t, i % EVERY == 7 ? S("450206199003071238") : citizen(i, id));
    table_text(t, made(buf, 64, "138077", 20000 + i % 79999));
    table_text(t, made(buf, 64, "柳州市测试机械有限公司", i % 5000));
    table_text(t, i % 3 ? S("91450206MA5K00001A") : (Str){ 0 });
    table_text(t, S("企业"));
    table_text(t, S("制造业"));
    table_int(t, i % 20 ? 1 : 12);
    table_text(t, i % 20 ? (Str){ 0 } : S("8/3/0/0/1"));
}

static void put_end(Table *t, int64_t i, Date closed, char *buf)
{
    bool agreed = i % 4 == 0;
    table_date(t, closed);
    table_text(t, str_of(results[i % 4]));
    table_text(t, agreed ? made(buf, 64, "协", i) : (Str){ 0 });
    table_fen(t, (Money){ agreed ? 800000 + i % 9000 * 100 : 0 });
    table_date(t, agreed ? closed : (Date){ 0 });
    table_text(t, agreed && i % 16 == 0 ? S("司法确认：裁定有效") : (Str){ 0 });
    table_date(t, agreed ? date_plus(closed, 15) : (Date){ 0 });
    table_fen(t, (Money){ agreed ? 800000 : 0 });
    table_text(t, agreed ? S("已履行") : (Str){ 0 });
    table_date(t, agreed ? date_plus(closed, 30) : (Date){ 0 });
    table_int(t, agreed ? 5 : 0);
    table_text(t, (Str){ 0 });
    table_text(t, made(buf, 64, "档", i));
    table_date(t, date_plus(closed, 40));
    table_text(t, i % 10 ? (Str){ 0 } : S("当事人多次来访"));
}

static void put_row(Table *t, int64_t i)
{
    char buf[128];
    Date filed = date_plus(date_of(2015, 1, 5), (int)(i % 3600));
    table_int(t, i + 1);
    table_text(t, made(buf, sizeof buf, "柳江劳人调字〔2015〕", i));
    table_date(t, filed);
    table_text(t, i % 3 ? S("来访") : S("电话"));
    table_text(t, S("自行申请"));
    put_people(t, i, buf);
    table_text(t, str_of(causes[i % 7]));
    table_text(t, i % 5 ? (Str){ 0 } : S("加班费"));
    table_fen(t, (Money){ 1000000 + i % 9000 * 100 });
    table_text(t, made(buf, sizeof buf, "单位一直未足额支付工资，多次催要没有结果，申请调解。编号", i));
    table_date(t, date_plus(filed, 2));
    table_text(t, i % 20 ? S("否") : S("是"));
    table_text(t, S("否"));
    table_text(t, (Str){ 0 });
    table_text(t, S("柳江区劳动人事争议多元调解中心"));
    table_text(t, S("张调解（专）"));
    table_text(t, (Str){ 0 });
    table_text(t, S("现场"));
    table_date(t, date_plus(filed, 17));
    table_date(t, (Date){ 0 });
    put_end(t, i, date_plus(filed, 12), buf);
    table_row(t);
}

int main(int argc, char **argv)
{
    int64_t rows = 0, first = 0;
    TablePart part;
    if (argc != 4 || !str_int(str_of(argv[1]), &rows) || !str_int(str_of(argv[2]), &first)) return 2;
    Block block = block_open(MEMORY);
    Arena mem = block_arena(&block);
    FILE *f = tmpfile(), *to = fopen(argv[3], "wbe");
    if (!f || !to) return 1;
    Table *t = table_open(&mem, f, true, (TablePart){ 0 });
    for (int64_t i = first; i < first + rows; i++) put_row(t, i);
    bool good = table_close(t, &part);
    TableHead head = { .title = S("台账"), .xlsx = true, .column = columns, .columns = COLUMNS };
    rewind(f);
    good = good && table_whole(&mem, &head, &part, f, to) && fclose(to) == 0;
    (void)fclose(f);
    block_close(&block);
    return good ? 0 : 1;
}
