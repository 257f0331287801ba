/* The demo's money: what was granted, spent, claimed, approved, paid. */
#include "demo/desks.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { CLAIMS = 60, YUAN = 100 };

static const struct BudgetRow { const char *source, *item, *basis; int64_t yuan; } budgets[] = {
    { "FISCAL", "ALLOWANCE", "柳江财〔演示〕3号", 120000 }, { "UNION", "ALLOWANCE", "柳江工〔演示〕8号", 30000 },
    { "FISCAL", "OFFICE", "柳江财〔演示〕3号", 60000 },     { "FISCAL", "TRAINING", "柳江财〔演示〕3号", 40000 },
    { "UNION", "PUBLICITY", "柳江工〔演示〕8号", 20000 },   { "PURCHASE", "TRAINING", "柳江财〔演示〕12号", 50000 },
    { "FISCAL", "EQUIPMENT", "柳江财〔演示〕3号", 45000 },
};

/* `end`: w waits, a approved, p paid. */
typedef struct ExpenseRow {
    size_t      budget;
    int64_t     yuan;
    const char *payee, *what;
    char        end;
} ExpenseRow;
static const ExpenseRow expenses[] = {
    { 2, 3860, "柳江区文印服务部", "调解文书印制", 'p' },       { 3, 12000, "广西某职业学院", "调解员业务培训场地和师资", 'p' },
    { 4, 5200, "柳江区融媒体中心", "农民工欠薪以案释法专场", 'p' }, { 6, 18900, "某电子设备公司", "调解室录音录像设备", 'a' },
    { 2, 1280, "中国电信柳江分公司", "调解热线话费", 'w' },
};

static const char proof[] = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
                            "2 0 obj<</Type/Pages/Count 0/Kids[]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";

static const char *number(char room[24], int64_t n)
{
    (void)snprintf(room, 24, "%" PRId64, n);
    return room;
}

static Id budget_make(Desk *k, const struct BudgetRow *b, int year)
{
    char room[24];
    json_t *a = demo_post(k->d, k->bureau, json_pack("{s:i,s:s,s:s,s:s,s:s}", "year", year, "source",
        b->source, "item",
        b->item, "approved", number(room, b->yuan * YUAN), "basis", b->basis), "/api/v1/budgets");
    return demo_id(a, "id");
}

static void expense_move(Desk *k, const Actor *who, Id id, const char *event, const char *voucher)
{
    (void)demo_post(k->d, who, json_pack("{s:s,s:s}", "event", event, "voucher", voucher),
                    "/api/v1/expenses/%" PRId64 "/moves", id.n);
}

/* Proposed by somebody else of the bureau than who approves. */
static void expense_make(Desk *k, const Actor *other, size_t i, const Id *budget)
{
    const ExpenseRow *e = &expenses[i];
    char to[24], sum[24], voucher[24];
    json_t *a = demo_post(k->d, other, json_pack("{s:s,s:s,s:s,s:s,s:s,s:s}", "budget_id", number(to,
        budget[e->budget].n),
        "item", budgets[e->budget].item, "amount", number(sum, e->yuan * YUAN), "day",
        str_c(&k->d->keep, desk_date(k, 20 - (int)i)), "payee", e->payee, "purpose", e->what),
            "/api/v1/expenses");
    Id id = demo_id(a, "id");
    if (!a) return;
    (void)demo_upload(k->d, other, str_of(proof),
        "/api/v1/expenses/%" PRId64 "/files?kind=PROOF&name=invoice.pdf", id.n);
    if (e->end == 'w') return;
    expense_move(k, k->bureau, id, "approve", "");
    (void)snprintf(voucher, sizeof voucher, "付字%zu号", i + 1);
    if (e->end == 'p') expense_move(k, k->cashier, id, "pay", voucher);
}

/* ---- subsidies ------------------------------------------------------------------------------------ */

static void payees(Desk *k)
{
    enum { ON_POST = 9 };
    for (size_t i = 0; i < k->w->pool_n; i++) {
        bool post = i % ON_POST == ON_POST - 1;
        char account[32];
        (void)snprintf(account, sizeof account, "62170032%011zu", i + 1);
        json_t *body = post ? json_pack("{s:b,s:s}", "public_post", 1, "basis", "编制名册核实（演示）")
                            : json_pack("{s:b,s:s,s:s}", "public_post", 0, "bank", "柳江农商行", "account",
                                account);
        (void)demo_put(k->d, k->bureau, body, "/api/v1/payees/%" PRId64, k->w->pool[i].mediator.n);
    }
}

/* Whoever mediated it claims; what is not paid for is passed over. */
static bool claim(Desk *k, const json_t *c, Id *subsidy)
{
    const Actor *mediator = world_actor(k->w, demo_id(c, "mediator_id"));
    if (!mediator) return false;
    k->d->quiet = true;
    json_t *a = demo_post(k->d, mediator, json_object(), "/api/v1/cases/%" PRId64 "/subsidy", demo_id(c,
        "id").n);
    k->d->quiet = false;
    *subsidy = demo_id(a, "id");
    return a != NULL;
}

static void decide(Desk *k, const Actor *who, Id subsidy, const char *event)
{
    k->d->quiet = true; /* who mediated it does not decide on it */
    (void)demo_post(k->d, who, json_pack("{s:s,s:s}", "event", event, "reason",
        "已回访双方并核对案卷，情况属实"),
                    "/api/v1/subsidies/%" PRId64 "/moves", subsidy.n);
    k->d->quiet = false;
}

static void claims(Desk *k)
{
    size_t i = 0, n = 0;
    json_t *c = NULL, *a = demo_get(k->d, k->bureau, "/api/v1/cases?state=archived&limit=100");
    json_t *list = json_incref(json_object_get(a, "items"));
    json_array_foreach(list, i, c) {
        Id subsidy = { 0 };
        if (n == CLAIMS || !claim(k, c, &subsidy)) continue;
        n++;
        if (n % 10 < 8) decide(k, k->head, subsidy, "check");
        if (n % 10 < 6) decide(k, k->bureau, subsidy, "approve");
    }
    json_decref(list);
}

/* The two months before the last are paid, the last one's list waits. */
static void pay_lists(Desk *k, Id budget)
{
    static const char *const ends[] = { "pay", "pay", "approve", "" };
    char to[24], voucher[24];
    for (int i = 0; i < (int)COUNT(ends); i++) {
        Civil t = date_civil(date_plus_months(k->last, i - 3));
        k->d->quiet = true; /* perhaps nothing was archived then */
        json_t *a = demo_post(k->d, k->finance, json_pack("{s:s,s:i}", "budget_id", number(to, budget.n),
            "month",
            t.year * 100 + t.month), "/api/v1/pay-lists");
        k->d->quiet = false;
        Id id = demo_id(a, "id");
        if (!a || !*ends[i]) continue;
        (void)demo_post(k->d, k->bureau, json_pack("{s:s}", "event", "approve"),
            "/api/v1/pay-lists/%" PRId64 "/moves", id.n);
        (void)snprintf(voucher, sizeof voucher, "补字%d号", i + 1);
        if (strcmp(ends[i], "pay") != 0) continue;
        (void)demo_post(k->d, k->cashier, json_pack("{s:s,s:s}", "event", "pay", "voucher", voucher),
                        "/api/v1/pay-lists/%" PRId64 "/moves", id.n);
    }
}

void desks_money(World *w, Date last)
{
    Desk k;
    Id budget[COUNT(budgets)];
    if (!desk_find(&k, w, last)) return;
    desk_day(&k, 1);
    int year = date_civil(date_plus(last, -1)).year;
    for (size_t i = 0; i < COUNT(budgets); i++) budget[i] = budget_make(&k, &budgets[i], year);
    const Actor *other = world_login(w, "bureau2");
    for (size_t i = 0; other && i < COUNT(expenses); i++) expense_make(&k, other, i, budget);
    payees(&k);
    claims(&k);
    pay_lists(&k, budget[0]);
}
