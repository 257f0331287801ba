/* INST instalments, FINAL award type, CRIM refusal to pay, WAIVER guard. */
#include "law/calc_list.h"

/* --- INST --- */

static CalcLine *part_line(Run *r, int64_t n, Date due, int64_t fen)
{
    CalcLine *line = item(r, W_PART, C_POLICY, fen);
    line->label = say(r, W_PART, ARGS(n));
    if (due.day == 0) {
        line->working = work(r, "%y", ARGS(fen));
        return line;
    }
    Date rolled = working_on_or_after(r->data->calendar, due);
    line->working = work(r, "%d: %y", ARGS(due.day, fen));
    line->basis = cite(r, C_CC203);
    line->tag = work(r, "%d", ARGS(rolled.day));
    if (rolled.day != due.day) line->note = say(r, W_ROLLED, ARGS(rolled.day));
    if (!is_official(r->data->calendar, due)) warn(r, W_PROVISIONAL, ARGS(date_civil(due).year));
    return line;
}

/* Instalments as written by the parties: they must add up. */
static void own_plan(Run *r)
{
    const CalcList *list = facts_rows(r->facts, F_ITEMS);
    int64_t sum = 0;
    for (size_t i = 0; i < list->n; i++) sum += list->row[i].v[R_AMOUNT];
    if (sum != val(r, F_TOTAL_FEN)) must(r, F_ITEMS, "conflict", W_SUM_DIFFERS);
    if (has(r, F_PARTS) && val(r, F_PARTS) != (int64_t)list->n) must(r, F_PARTS, "conflict", W_PARTS_DIFFER);
    if (failed(r)) return;
    for (size_t i = 0; i < list->n; i++) {
        Date due = { (int32_t)list->row[i].v[R_DUE] };
        (void)part_line(r, (int64_t)i + 1, due, list->row[i].v[R_AMOUNT]);
    }
}

static void sum_checked(Run *r, int64_t parts)
{
    value_i(r, "parts", parts);
    value(r, "sum_check", r->result->amount_fen == val(r, F_TOTAL_FEN) ? S("true") : S("false"));
}

static void run_inst(Run *r)
{
    int64_t total = val(r, F_TOTAL_FEN), parts = val(r, F_PARTS), every = val(r, F_EVERY_MONTHS);
    if (has(r, F_ITEMS)) {
        own_plan(r);
        sum_checked(r, (int64_t)facts_rows(r->facts, F_ITEMS)->n);
        return;
    }
    if (parts < 1) {
        must(r, F_PARTS, "required", W_REQUIRED);
        return;
    }
    if (total < parts) must(r, F_TOTAL_FEN, "range", W_PART_EMPTY);
    if (failed(r)) return;
    int64_t each = total / parts;
    for (int64_t i = 0; i < parts; i++) {
        Date due = { 0 };
        if (has(r, F_FIRST)) due = date_plus_months(day(r, F_FIRST), (int)(i * (every ? every : 1)));
        (void)part_line(r, i + 1, due, i + 1 < parts ? each : total - each * (parts - 1));
    }
    sum_checked(r, parts);
}

static const CalcUse inst_use[] = {
    { F_TOTAL_FEN, true },     { F_PARTS, false }, { F_FIRST, false },
    { F_EVERY_MONTHS, false }, { F_ITEMS, false },
};

const Calc calc_inst = {
    .code = "INST", .title = { "分期付款计划", "instalment plan" },
    .formula = { "总额 ÷ 期数，余数并入末期；付款日逢休息日顺延；自拟各期须与总额相符",
                 "total ÷ parts, the remainder to the last; a due day on a rest day moves on; own parts must add up" },
    .basis = "民法典（2020）203；产品规则",
    .use = inst_use, .uses = COUNT(inst_use), .run = run_inst,
};

/* --- FINAL --- */

enum { ITEM_MONEY, ITEM_STANDARD, ITEM_OTHER };

/* The limit of one item of money: months of the minimum wage. */
typedef struct Award {
    int64_t minimum, months, limit;
} Award;

static bool item_final(const CalcRow *row, int64_t limit)
{
    if (row->v[R_KIND] == ITEM_STANDARD) return true;
    return row->v[R_KIND] == ITEM_MONEY && row->v[R_AMOUNT] <= limit;
}

static void award_line(Run *r, const CalcRow *row, const Award *award)
{
    bool last = item_final(row, award->limit), standard = row->v[R_KIND] == ITEM_STANDARD;
    CalcLine *line = item(r, W_AWARD_ITEM, standard ? C_TJZC47_2 : C_TJZC47, row->v[R_AMOUNT]);
    if (row->text.n) line->label = row->text;
    if (row->v[R_KIND] == ITEM_MONEY) {
        line->working = work(r, last ? "%y ≤ %n × %y" : "%y > %n × %y",
                             ARGS(row->v[R_AMOUNT], award->months, award->minimum));
    }
    line->note = say(r, last ? W_FINAL : W_NOT_FINAL, NULL);
    line->tag = last ? S("final") : S("non_final");
    line->payer = PAYER_NONE;
}

static void run_final(Run *r)
{
    const CalcList *list = facts_rows(r->facts, F_ITEMS);
    size_t finals = 0;
    r->when = day(r, F_ASKED);
    Award award = { .months = rate(r, P_FINAL_MONTHS) };
    if (!minimum_wage(r, true, &award.minimum)) return;
    award.limit = fen_round((Wide)award.minimum * award.months, FIGURE_SCALE);
    for (size_t i = 0; i < list->n; i++) {
        award_line(r, &list->row[i], &award);
        finals += item_final(&list->row[i], award.limit);
    }
    bool mixed = finals > 0 && finals < list->n;
    value(r, "limit_fen", work(r, "%i", ARGS(award.limit)));
    value(r, "award", mixed ? S("mixed") : finals ? S("final") : S("non_final"));
    if (mixed) warn(r, W_SEPARATE_AWARDS, NULL);
    warn(r, W_INFORMATION, NULL);
}

static const CalcUse final_use[] = {
    { F_ITEMS, true },       { F_MINIMUM_FEN, false }, { F_REGION, false },
    { F_WAGE_CLASS, false }, { F_ASKED, false },
};

const Calc calc_final = {
    .code = "FINAL", .title = { "一裁终局判断", "final or non-final award" },
    .formula = { "单项金额 ≤ 12 × 月最低工资为终局；执行劳动标准的事项为终局；两类并存的分别裁决",
                 "an item of money ≤ 12 × minimum wage is final; labour standards are final; both kinds: separate"
                 " awards" },
    .basis = "劳动争议调解仲裁法（2007）47；办案规则（2017）50；法释〔2020〕26号 19、20",
    .use = final_use, .uses = COUNT(final_use), .run = run_final,
};

/* --- CRIM --- */

typedef struct Band {
    int64_t low, high; /* below low: no; from high: yes; between: the province's figure decides */
} Band;

static Band band_of(Run *r, FieldId own, RateId low, RateId high)
{
    if (has(r, own)) return (Band){ val(r, own), val(r, own) };
    return (Band){ whole(r, low), whole(r, high) };
}

typedef enum Verdict { VERDICT_NO, VERDICT_DEPENDS, VERDICT_YES } Verdict;

static Str verdict_word(Verdict v)
{
    return v == VERDICT_YES ? S("yes") : v == VERDICT_DEPENDS ? S("depends") : S("no");
}

static Verdict verdict(Band b, int64_t fen)
{
    if (fen < b.low) return VERDICT_NO;
    return fen >= b.high ? VERDICT_YES : VERDICT_DEPENDS;
}

/* The sum compared with its band. */
static void crim_line(Run *r, WordId word, int64_t fen, Verdict v, Band b)
{
    CalcLine *line = aside(r, word, C_CRIM3, fen);
    line->working = work(r, b.low == b.high ? "%y : %y" : "%y : %y ~ %y", ARGS(fen, b.low, b.high));
    line->tag = verdict_word(v);
    line->payer = PAYER_NONE;
}

/* What one worker is owed: as given, else the mean, which one is owed at least. */
static int64_t one_owed(Run *r)
{
    int64_t workers = val(r, F_WORKERS);
    if (has(r, F_ONE_OWED_FEN) || workers == 0) return val(r, F_ONE_OWED_FEN);
    int64_t mean = (val(r, F_TOTAL_FEN) + workers - 1) / workers;
    if (workers > 1) warn(r, W_CRIME_SINGLE, ARGS(mean));
    return mean;
}

static void run_crim(Run *r)
{
    int64_t workers = val(r, F_WORKERS), total = val(r, F_TOTAL_FEN);
    Band one = band_of(r, F_ONE_LIMIT_FEN, P_CRIME_ONE_LOW, P_CRIME_ONE_HIGH);
    Band many = band_of(r, F_MANY_LIMIT_FEN, P_CRIME_MANY_LOW, P_CRIME_MANY_HIGH);
    bool months = val(r, F_MONTHS) >= rate(r, P_CRIME_MONTHS);
    bool ten = workers * FIGURE_SCALE >= rate(r, P_CRIME_WORKERS);
    if (failed(r)) return;
    int64_t single = one_owed(r);
    Verdict by_one = months && workers > 0 ? verdict(one, single) : VERDICT_NO;
    Verdict by_many = ten ? verdict(many, total) : VERDICT_NO;
    Verdict sum = by_one > by_many ? by_one : by_many;
    item(r, W_CRIME_SUM, C_CRIM3, total)->working = work(r, "%y", ARGS(total));
    crim_line(r, W_CRIME_ONE, single, by_one, one);
    crim_line(r, W_CRIME_MANY, total, by_many, many);
    value(r, "one_worker", verdict_word(by_one));
    value(r, "ten_workers", verdict_word(by_many));
    value(r, "amount_reached", verdict_word(sum));
    value(r, "crime_suspected", verdict_word(fact_is(r, F_ORDERED) ? sum : VERDICT_NO));
    if (sum == VERDICT_DEPENDS) warn(r, W_CRIME_DEPENDS, NULL);
    if (!fact_is(r, F_ORDERED)) warn(r, W_CRIME_ORDER, NULL);
}

static const CalcUse crim_use[] = {
    { F_WORKERS, true }, { F_TOTAL_FEN, true }, { F_MONTHS, true }, { F_ORDERED, false },
    { F_ONE_OWED_FEN, false }, { F_ONE_LIMIT_FEN, false }, { F_MANY_LIMIT_FEN, false }, { F_REGION, false },
};

const Calc calc_crim = {
    .code = "CRIM",
    .title = { "拒不支付劳动报酬罪数额", "thresholds of criminal refusal to pay" },
    .formula = { "一名劳动者：三个月以上且达5000至20000元（one_owed_fen "
                 "填其中一人的数额）；十名以上：累计达3万至10万元；且经政府责令仍不支付",
                 "one worker: three months or more and ¥5,000 to 20,000 (one_owed_fen: one worker's sum); "
                 "ten or more:"
                 " ¥30,000 to 100,000 in all; and unpaid after a government order" },
    .basis = "刑法276之一；法释〔2013〕3号 3、4",
    .use = crim_use,
    .uses = COUNT(crim_use),
    .run = run_crim,
};

/* --- WAIVER --- */

static void run_waiver(Run *r)
{
    int64_t law = val(r, F_CALCULATED_FEN), settle = val(r, F_SETTLEMENT_FEN);
    int64_t percent = rate(r, P_WAIVER_PERCENT), waived = law > settle ? law - settle : 0;
    bool look = (Wide)waived * 100 * FIGURE_SCALE > (Wide)law * percent;
    CalcLine *line = item(r, W_WAIVED, C_POLICY, waived);
    line->working = work(r, "%y − %y = %y", ARGS(law, settle < law ? settle : law, waived));
    line->payer = PAYER_NONE;
    line->tag = look ? S("second_look") : S("ok");
    value(r, "second_look", look ? S("true") : S("false"));
    if (law) value_n(r, "waived_percent", fen_round((Wide)waived * 100 * 100, law) * (FIGURE_SCALE / 100));
    if (look) warn(r, W_WAIVER_LOOK, NULL);
}

static const CalcUse waiver_use[] = { { F_SETTLEMENT_FEN, true }, { F_CALCULATED_FEN, true } };

const Calc calc_waiver = {
    .code = "WAIVER", .title = { "让步提示", "waiver guard" },
    .formula = { "调解金额比依法计算金额少50%以上（不含50%）的，由负责人复核；不妨碍达成协议",
                 "a settlement more than 50 % below the sum by law is looked at twice; it is no bar" },
    .basis = "产品规则",
    .use = waiver_use, .uses = COUNT(waiver_use), .run = run_waiver,
};
