/* The pay list as a table for the bank: CSV in UTF-8 with its mark, so that a spreadsheet reads it. */
#include "oversight/funds/pay_list.h"

static const char *const heads[] = { "序号", "姓名", "登记号", "金额（元）", "开户银行", "账号", "户名" };

/* A cell that begins like a formula is text (CWE-1236). */
static void cell(Ctx *c, Str text)
{
    bool formula = text.n && str_has(S("=+-@\t\r"), (Str){ text.s, 1 });
    Out quoted = { .buf = NEW(c->mem, char, text.n + 1), .cap = text.n + 1 };
    if (formula) out_str(&quoted, S("'"));
    out_str(&quoted, text);
    out_str(&c->out, S(","));
    out_csv(&c->out, out_view(&quoted));
}

static void line(Ctx *c, size_t no, const PayLine *l)
{
    out_int(&c->out, (int64_t)no);
    cell(c, l->name);
    cell(c, l->case_no);
    out_str(&c->out, S(","));
    out_yuan(&c->out, l->amount);
    cell(c, l->bank);
    cell(c, l->account);
    cell(c, l->holder);
    out_str(&c->out, S("\r\n"));
}

void pay_list_csv(Ctx *c, const PayList *p)
{
    const PayLine *l = p->lines.at;
    out_str(&c->out, S("\xEF\xBB\xBF"));
    for (size_t i = 0; i < COUNT(heads); i++) {
        if (i) out_str(&c->out, S(","));
        out_str(&c->out, str_of(heads[i]));
    }
    out_str(&c->out, S("\r\n"));
    for (size_t i = 0; i < p->lines.n; i++) line(c, i + 1, &l[i]);
    out_str(&c->out, S("合计,,,"));
    out_yuan(&c->out, p->total);
    out_str(&c->out, S(",,,\r\n"));
}
