/*
** `tiaojie law clock` and `tiaojie law check`: the pure law without a
** database, for lawyers and for other programs.
*/
#include "command/law_call.h"

#include <sys/time.h>

static const Flag clock_flags[] = {
    { "--start", take_start, true }, { "--filed", take_filed, true }, { "--pause", take_pause, true },
    { "--extend", take_extend, true }, { "--length", take_length, true }, { "--region", take_region, true },
    { "--closing", take_closing, true }, { "--lang", take_lang, true }, { "--data", take_data, true },
    { "--json", take_json, false }, { "--list", take_list, false }, { NULL, NULL, false },
};

static const Flag check_flags[] = {
    { "--on", take_on, true }, { "--lang", take_lang, true }, { "--data", take_data, true },
    { "--json", take_json, false }, { "--archive", take_archive, false }, { NULL, NULL, false },
};

static void write_length(Call *c, const ClockRule *rule, int n)
{
    static const Str words[UNIT__COUNT] = {
        [UNIT_BEFORE_CD] = { "CD", 2 }, [UNIT_MONTH_END] = { "month", 5 },
    };
    call_number(c, "length", n);
    call_text(c, "unit", words[rule->unit].n ? words[rule->unit] : unit_word(rule->unit));
}

static void write_days(Call *c, const ClockDue *due)
{
    bool hours = due->rule->unit == UNIT_HOUR;
    if (hours) call_instant(c, "start", due->start_at);
    else call_date(c, "start", due->start);
    write_length(c, due->rule, due->length);
    if (hours) call_instant(c, "natural_end", due->due_at);
    else call_date(c, "natural_end", due->natural_end);
    if (hours) call_instant(c, "due", due->due_at);
    else call_date(c, "due", due->due);
    call_truth(c, "provisional", due->provisional);
}

static void write_changes(Call *c, const ClockDue *due)
{
    if (due->before_effect) call_key(c, "warnings");
    if (due->before_effect) out_str(&c->out, S("[\"before_effect\"]"));
    if (c->ask.filed.s) call_instant(c, "filed", c->ask.filed);
    if (c->ask.region.n) call_text(c, "region", c->ask.region);
    if (c->ask.pauses_n) call_key(c, "pauses");
    for (size_t i = 0; i < c->ask.pauses_n; i++) {
        out_str(&c->out, i ? S("") : S("["));
        call_begin(c);
        call_date(c, "from", c->pause[i].from);
        call_date(c, "to", c->pause[i].to);
        call_end(c);
        if (i + 1 == c->ask.pauses_n) out_str(&c->out, S("]"));
    }
    if (due->stretches < 2) return;
    call_number(c, "granted", due->granted);
    call_text(c, "consent", consent_word(due->rule->consent));
    call_key(c, "extensions");
    out_str(&c->out, S("["));
    for (size_t i = 1; i < due->stretches; i++) {
        call_begin(c);
        call_number(c, "length", due->stretch[i].n);
        call_date(c, "from", due->stretch[i].from);
        call_date(c, "natural_end", due->stretch[i].natural_end);
        call_date(c, "due", due->stretch[i].due);
        call_end(c);
    }
    out_str(&c->out, S("]"));
}

static int answer_clock(Call *c, const ClockDue *due)
{
    call_begin(c);
    call_text(c, "code", due->rule->code);
    write_days(c, due);
    call_text(c, "basis", call_pick(c, due->rule->basis));
    call_key(c, "trace");
    for (size_t i = 0; i < due->trace.n; i++) {
        out_str(&c->out, i ? S(",") : S("["));
        out_json(&c->out, call_pick(c, due->trace.line[i]));
    }
    out_str(&c->out, S("]"));
    write_changes(c, due);
    call_end(c);
    return call_finish(c, 0);
}

static int print_clock(Call *c, const ClockDue *due)
{
    if (due->rule->unit == UNIT_HOUR) out_time(&c->out, due->due_at);
    else out_date(&c->out, due->due);
    if (due->provisional) out_str(&c->out, c->english ? S(" (provisional)") : S("（暂定）"));
    for (size_t i = 0; i < due->trace.n; i++) {
        out_str(&c->out, S("\n  "));
        out_str(&c->out, call_pick(c, due->trace.line[i]));
    }
    out_str(&c->out, c->english ? S("\n  Basis: ") : S("\n  依据："));
    out_str(&c->out, call_pick(c, due->rule->basis));
    return call_finish(c, 0);
}

static void list_json(Call *c, const ClockRule *r)
{
    call_begin(c);
    call_text(c, "code", r->code);
    call_text(c, "alias", r->alias);
    call_text(c, "region", r->region);
    call_text(c, "label", call_pick(c, r->label));
    write_length(c, r, r->n);
    call_text(c, "start_event", r->start_event);
    call_text(c, "roll", roll_word(r->roll));
    call_text(c, "extend", consent_word(r->consent));
    call_truth(c, "pause", r->pausable);
    call_text(c, "on_expiry", r->on_expiry);
    call_date(c, "effective_from", r->from);
    call_date(c, "effective_to", r->to);
    call_text(c, "basis", call_pick(c, r->basis));
    call_end(c);
}

static void list_line(Call *c, const ClockRule *r)
{
    enum { COLUMN = 15 };
    if (c->out.len) out_str(&c->out, S("\n"));
    out_str(&c->out, r->code);
    for (size_t i = r->code.n; i < COLUMN; i++) out_str(&c->out, S(" "));
    if (r->unit != UNIT_AGREED) out_int(&c->out, r->n);
    out_str(&c->out, call_pick(c, unit_label(r->unit)));
    out_str(&c->out, S("  "));
    out_str(&c->out, call_pick(c, r->label));
    out_str(&c->out, S("  ["));
    out_date(&c->out, r->from);
    out_str(&c->out, S(".."));
    out_date(&c->out, r->to);
    out_str(&c->out, S("] "));
    out_str(&c->out, call_pick(c, r->basis));
}

static int list_clocks(Call *c)
{
    if (c->json) out_str(&c->out, S("{\"clocks\":["));
    for (size_t i = 0; i < c->law.clocks.n; i++) {
        if (c->json) list_json(c, &c->law.clocks.row[i]);
        else list_line(c, &c->law.clocks.row[i]);
    }
    if (c->json) out_str(&c->out, S("]}"));
    return call_finish(c, 0);
}

static int clock_answer(Call *c)
{
    ClockDue *due = NEW(c->mem, ClockDue, 1);
    int code = call_open(c);
    if (code) return code;
    if (c->list) return list_clocks(c);
    c->ask.code = c->word[0];
    if (!clock_due(&c->law.clocks, &c->law.calendar, &c->ask, c->mem, due)) {
        return call_refuse(c, due->error, call_pick(c, due->reason));
    }
    return c->json ? answer_clock(c, due) : print_clock(c, due);
}

static int run_clock(int argc, char **argv)
{
    Block block = block_open(LAW_MEMORY + ANSWER);
    Arena mem = block_arena(&block);
    Call *c = NEW(&mem, Call, 1);
    c->mem = &mem;
    call_take(c, clock_flags, argc, argv);
    bool begun = c->ask.start.day || c->ask.filed.s || c->bad;
    if (!c->list && c->words == 0) call_wrong(c, "which clock? --list names them", "");
    if (!c->list && c->words > 1) call_wrong(c, "one clock at a time", "");
    if (!c->list && !begun) call_wrong(c, "--start DATE (or --filed TIME) is missing", "");
    int code = clock_answer(c);
    block_close(&block);
    return code;
}

static void write_warnings(Call *c, const Identity *it)
{
    bool any = false;
    for (int w = 0; w < IDENTITY__COUNT; w++) {
        if (!(it->warnings & 1U << w)) continue;
        if (!any) call_key(c, "warnings");
        out_str(&c->out, any ? S(",") : S("["));
        out_json(&c->out, identity_warning_word((IdentityWarning)w));
        any = true;
    }
    if (any) out_str(&c->out, S("]"));
}

static int answer_check(Call *c, const Identity *it)
{
    char sex[] = { it->sex, 0 }, born[16];
    Out birth = { .buf = born, .cap = sizeof born };
    birth_write(&birth, it->birth);
    call_begin(c);
    call_truth(c, "valid", it->valid);
    call_text(c, "kind", it->kind);
    if (!it->valid) call_text(c, "reason", call_pick(c, it->reason));
    if (it->valid && it->region[0]) call_text(c, "region", str_of(it->region));
    if (it->valid && it->birth.year) call_text(c, "birth", (Str){ born, birth.len });
    if (it->valid && it->sex) call_text(c, "sex", str_of(sex));
    if (it->valid && it->age >= 0 && !c->undated) call_number(c, "age", it->age);
    if (it->valid && it->employer) call_text(c, "employer", it->employer->word);
    if (it->valid) call_text(c, "number", str_of(it->number));
    if (it->valid) write_warnings(c, it);
    call_end(c);
    return call_finish(c, it->valid ? 0 : 1);
}

static int print_check(Call *c, const Identity *it)
{
    if (!it->valid) {
        Str why = call_pick(c, it->reason);
        return refused("%.*s", (int)why.n, why.s);
    }
    out_str(&c->out, str_of(it->number));
    if (it->region[0]) out_str(&c->out, S("  "));
    out_str(&c->out, str_of(it->region));
    if (it->birth.year) out_str(&c->out, S("  "));
    birth_write(&c->out, it->birth);
    if (it->sex) out_str(&c->out, it->sex == 'M' ? S("  M") : S("  F"));
    if (it->employer) out_str(&c->out, S("  "));
    if (it->employer) out_str(&c->out, call_pick(c, it->employer->label));
    for (int w = 0; w < IDENTITY__COUNT; w++) {
        if (!(it->warnings & 1U << w)) continue;
        out_str(&c->out, S("\n  "));
        out_str(&c->out, call_pick(c, identity_warning_label((IdentityWarning)w)));
    }
    return call_finish(c, 0);
}

static int check_answer(Call *c)
{
    Identity it;
    int code = call_open(c);
    if (code) return code;
    if (!identity_check(&c->law.identity, c->word[0], c->word[1], &c->identity, &it)) {
        return wrong_use("tiaojie law check: no kind \"%.*s\"; --help lists them", (int)c->word[0].n,
                         c->word[0].s);
    }
    return c->json ? answer_check(c, &it) : print_check(c, &it);
}

/* Without --on nobody is born after today, and who is under sixteen today is
** flagged; the age is said only for a day that was asked for. */
static Date today(void)
{
    struct timeval t;
    (void)gettimeofday(&t, NULL);
    return time_date((Time){ t.tv_sec });
}

static int run_check(int argc, char **argv)
{
    Block block = block_open(LAW_MEMORY + ANSWER);
    Arena mem = block_arena(&block);
    Call *c = NEW(&mem, Call, 1);
    c->mem = &mem;
    call_take(c, check_flags, argc, argv);
    if (c->words != 2) call_wrong(c, "a kind and one value are needed", "");
    c->undated = c->identity.on.day == 0;
    if (c->undated) c->identity.on = today();
    int code = check_answer(c);
    block_close(&block);
    return code;
}

const Command command_law_clock = {
    .name = "law clock",
    .summary = "computes a period's last day, with every step",
    .usage =
        "tiaojie law clock CODE --start DATE [--filed TIME] [--closing HH:MM] [--pause FROM..RESUMED]…\n"
        "                  [--extend N]… [--region CODE] [--length N] [--lang zh|en] [--json]\n"
        "tiaojie law clock --list [--lang zh|en] [--json]\n\n"
        "  --start    the day of the event, itself not counted (期间开始日, 当日不计入)\n"
        "  --filed    the instant of a submission: the filing-date rule (申请提交时间)\n"
        "  --closing  when the authority closes; without it a day is open till midnight\n"
        "  --pause    first paused day and first day that counts again (中止首日..恢复首日); repeatable\n"
        "  --extend   granted days, each counted from the rolled end before (延长); repeatable\n"
        "  --region   picks the province's rule: C-MED --region 330282\n"
        "  --length   for clocks whose length is agreed: C-NEG2",
    .run = run_clock,
};

const Command command_law_check = {
    .name = "law check", .summary = "checks an identity number, credit code, telephone or card",
    .usage = "tiaojie law check id|uscc|mobile|phone|postcode|bank|passport VALUE [--on DATE] [--archive]\n"
             "                  [--lang zh|en] [--json]\n\n"
             "  --on       the day the age is asked for; today, if not given: under sixteen is flagged NR15\n"
             "  --archive  old 15-digit identity numbers are converted\n"
             "  exit code  0 valid, 1 not valid (said why), 2 wrong use",
    .run = run_check,
};
