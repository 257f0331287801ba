/* The pay list as a table for the bank: XLSX or CSV, accounts whole, the sum below. */
#include "excel/table.h"
#include "oversight/funds/pay_list.h"
#include "paper/chinese.h"

enum { PART_MAX = 1024 * 1024 };

static const TableColumn columns[] = {
    { { "序号", 6 }, 6 },      { { "姓名", 6 }, 12 },     { { "登记号", 9 }, 30 }, { { "金额（元）", 15 }, 14 },
    { { "开户银行", 12 }, 24 }, { { "账号", 6 }, 26 },    { { "户名", 6 }, 12 },
};
static const char title[] = "办案补助发放表", sum[] = "合计";

static void write_rows(Table *t, const PayList *p)
{
    const PayLine *l = p->lines.at;
    for (size_t i = 0; i < p->lines.n; i++) {
        table_int(t, (int64_t)i + 1);
        table_text(t, l[i].name);
        table_text(t, l[i].case_no);
        table_fen(t, l[i].amount);
        table_text(t, l[i].bank);
        table_text(t, l[i].account);
        table_text(t, l[i].holder);
        table_row(t);
    }
    table_text(t, (Str){ 0 });
    table_text(t, str_of(sum));
    table_text(t, (Str){ 0 });
    table_fen(t, p->total);
    for (size_t i = 4; i < COUNT(columns); i++) table_text(t, (Str){ 0 });
    table_row(t);
}

static Str head_line(Ctx *c, const PayList *p)
{
    Out o = { .buf = NEW(c->mem, char, 200), .cap = 200 };
    out_str(&o, S("归档月份 "));
    out_chinese_month(&o, p->month);
    out_str(&o, S("；编制日期 "));
    out_date(&o, p->made_on);
    out_str(&o, S("；共 "));
    out_int(&o, p->count);
    out_str(&o, S(" 笔，合计 "));
    out_yuan(&o, p->total);
    out_str(&o, S(" 元"));
    return out_view(&o);
}

void pay_list_sheet(Ctx *c, const PayList *p, bool xlsx)
{
    TableHead head = { .title = str_of(title), .line = { head_line(c, p) }, .column = columns,
                       .columns = COUNT(columns), .xlsx = xlsx, .bom = true, .bare = !xlsx };
    TablePart part = { 0 };
    char *room = NEW(c->mem, char, PART_MAX);
    size_t cap = c->out.cap - c->out.len;
    FILE *rows = fmemopen(room, PART_MAX, "w+"), *to = fmemopen(c->out.buf + c->out.len, cap, "w");
    bool good = rows && to;
    if (good) {
        Table *t = table_open(c->mem, rows, xlsx, part);
        write_rows(t, p);
        good = table_close(t, &part) && fseek(rows, 0, SEEK_SET) == 0;
        good = good && table_whole(c->mem, &head, &part, rows, to);
    }
    long n = good ? ftell(to) : -1;
    if (rows) (void)fclose(rows);
    if (to) (void)fclose(to);
    if (n < 0 || (size_t)n >= cap) fail(c, ERR_INTERNAL, S("pay list"));
    else c->out.len += (size_t)n;
}
