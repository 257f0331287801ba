#include "law/clock_say.h"

enum { ARGS = 6, LIST = 1200 };

static const Phrase lines[SAY__COUNT] = {
    [SAY_BEFORE_EFFECT] = { "{0}的规则自{1}起施行，起算日在其之前，结果仅供参考。",
                            "The rule {0} is in force from {1} only: before it, for reference." },
    [SAY_RULE] = { "{0}：{1}，{2}{3}。", "{0}: {1}; {2} {3}." },
    [SAY_NAME] = { "{0}：{1}。", "{0}: {1}." },
    [SAY_GENERAL] = { "该地区（{0}）没有单独规定的期限，适用一般规则{1}。",
                      "The region ({0}) has no rule of its own: the general rule {1} applies." },
    [SAY_FILED] = { "提交时间{0}，提交日为{1}。", "Submitted at {0}; the filing date is {1}." },
    [SAY_FILED_MOVED] = { "提交时间{0}，当日为休息日或者已过受理时间，"
                          "提交日顺延为{1}。",
                          "Submitted at {0}, on a rest day or after closing; the filing date is {1}." },
    [SAY_FILED_RAW] = { "提交时间{0}，按实际日期{1}计算。", "Submitted at {0}; its own day {1} counts." },
    [SAY_START] = { "起算日{0}当日不计入，第一日为{1}。",
                    "Counted from {0}: that day is excluded, day 1 is {1}." },
    [SAY_CALENDAR_END] = { "计满{0}日，最后一日为{1}。", "{0} calendar days end on {1}." },
    [SAY_WORKING_DAYS] = { "工作日依次为：{0}。", "Working days: {0}." },
    [SAY_WORKING_END] = { "计满{0}个工作日，最后一日为{1}。", "{0} working days end on {1}." },
    [SAY_MONTHS_END] = { "计满{0}{1}，最后一日为对应日{2}（无对应日的为当月末日）。",
                         "{0} {1} end on the same-numbered day, {2} (none: the month's last day)." },
    [SAY_MONTHS_PAUSED] = { "加上中止的{0}日，最后一日为{1}。", "With the {0} days paused, the last day is {1}." },
    [SAY_BEFORE] = { "自{0}向前倒计{1}日，当日不计入，最迟为{2}。",
                     "{1} calendar days back from {0}, which is excluded: {2} at the latest." },
    [SAY_BEFORE_REST] = { "{0}是休息日；因须提前足日，不向后顺延，宜在{1}或之前办理。",
                          "{0} is a rest day; the notice is due in full, so it does not move: act by {1}." },
    [SAY_MONTH_END] = { "{0}所在月份的末日为{1}。", "The last day of the month of {0} is {1}." },
    [SAY_HOURS] = { "自{0}起{1}小时，至{2}。", "{1} hours from {0}: until {2}." },
    [SAY_PAUSE] = { "{0}起中止，{1}恢复计算，其间{2}日不计入。",
                    "Paused from {0}, counted again from {1}: {2} days are left out." },
    [SAY_ROLLED] = { "{0}是休息日（{1}），顺延至其后的第一个工作日{2}。",
                     "{0} is a rest day ({1}); the end moves to the next working day, {2}." },
    [SAY_ROLLED_BACK] = { "{0}是休息日（{1}），提前至之前的最后一个工作日{2}。",
                          "{0} is a rest day ({1}); due on the working day before, {2}." },
    [SAY_MAKEUP] = { "{0}是调休上班日，属于工作日，不再顺延。",
                     "{0} is a make-up working day: the end does not move past it." },
    [SAY_EXTEND] = { "延长{0}{1}（{2}），自{3}的次日起计算，至{4}。",
                     "Extended by {0} {1} ({2}), counted from the day after {3}: {4}." },
    [SAY_PROVISIONAL] = { "有关年度的放假安排尚未载入，按周末和法定节日推算，结果为暂定，载入后重新计算。",
                          "A year concerned has no official calendar: computed from weekends and "
                          "statutory holidays, provisional until the notice is loaded." },
    [SAY_LATE] = { "截止日为{0}，次日零时起为逾期。", "Due on {0}; late from 00:00 of the next day." },
};

static const struct Refusal {
    const char *word;
    Phrase      why;
} refusals[CLOCK_ERROR__COUNT] = {
    [NO_CODE] = { "unknown_code", { "没有代码为“{0}”的期限规则。", "There is no clock \"{0}\"." } },
    [NOT_IN_FORCE] = { "not_in_force",
                       { "期限规则{0}在{1}尚未施行、已经失效或者不适用于该地区。",
                         "The rule {0} is not in force on {1}, or not for this region." } },
    [NO_START] = { "no_start", { "缺少起算日。", "The day to count from is missing." } },
    [BAD_START] = { "invalid_start",
                    { "起算日不在1950年至2999年之间。", "The start is not from 1950 to 2999." } },
    [FILED_CLASH] = { "start_clash",
                      { "起算日{0}与提交日{1}不一致。",
                        "The start {0} contradicts the filing date {1}." } },
    [NO_TIME] = { "no_time",
                  { "{0}以小时计算，需要起算的具体时刻。", "{0} counts hours: its instant is missing." } },
    [NO_LENGTH] = { "no_length",
                    { "{0}的期限由当事人约定，需要给出日数。",
                      "The length of {0} is agreed by the parties: it is missing." } },
    [FIXED_LENGTH] = { "length_fixed",
                       { "{0}的期限由规则确定，不能另行指定。",
                         "The length of {0} is set by its rule and cannot be given." } },
    [BAD_LENGTH] = { "invalid_length",
                     { "约定的日数须在1至3660之间。", "An agreed length is from 1 to 3660 days." } },
    [NO_PAUSE] = { "pause_not_allowed", { "{0}不得中止。", "{0} cannot be paused." } },
    [BAD_PAUSE] = { "invalid_pause",
                    { "中止须有先后两个日期：中止首日和恢复首日。",
                      "A pause is its first day and a later day that counts again." } },
    [PAUSE_OUTSIDE] = { "pause_outside",
                        { "{0}起的中止不在期间之内（{1}至{2}）。",
                          "The pause from {0} is outside the running period ({1} to {2})." } },
    [PAUSE_OVERLAP] = { "pause_overlap",
                        { "{0}起的中止与前一次中止重叠。",
                          "The pause from {0} overlaps the one before." } },
    [MANY_PAUSES] = { "too_many_pauses", { "中止次数过多。", "Too many pauses." } },
    [NO_EXTENSION] = { "extension_not_allowed", { "{0}不得延长。", "{0} cannot be extended." } },
    [BAD_EXTENSION] = { "invalid_extension",
                        { "延长的日数须在1至3660之间。", "An extension is from 1 to 3660 days." } },
    [OVER_MAX] = { "extension_over_max",
                   { "{0}最多延长{1}{3}，请求延长共{2}{3}。",
                     "{0} may be extended by {1} {3} at most; {2} were asked for." } },
    [OVER_TOTAL] = { "extension_over_max",
                     { "{0}连同延长总计不超过{1}{3}，请求后共{2}{3}。",
                       "{0} is {1} {3} at most with extensions; {2} would be granted." } },
    [TOO_OFTEN] = { "extension_too_often",
                    { "{0}最多延长{1}次。", "{0} may be extended {1} time(s) at most." } },
    [MANY_EXTENSIONS] = { "too_many_extensions", { "延长次数过多。", "Too many extensions." } },
};

/* The names in the notices and the statute begin with these. */
static const Phrase holidays[] = {
    { "元旦", "New Year" }, { "春节", "Spring Festival" }, { "清明", "Qingming" }, { "劳动", "Labour Day" },
    { "五一", "Labour Day" }, { "端午", "Dragon Boat" }, { "中秋", "Mid-Autumn" }, { "国庆", "National Day" },
};

void clock_say(Trace *t, Arena *mem, ClockLine line, const Text *args)
{
    trace_add(t, phrase_say(mem, &lines[line], args, ARGS));
}

bool clock_refuse(ClockDue *due, Arena *mem, ClockError e, const Text *args)
{
    if (due->error) return false;
    due->error = refusals[e].word;
    due->reason = phrase_say(mem, &refusals[e].why, args, ARGS);
    return false;
}

Text clock_rest_name(Arena *mem, const Calendar *c, Date d)
{
    Str name = calendar_name(c, d);
    if (name.n == 0) return (Text){ S("周末"), S("weekend") };
    for (size_t i = 0; i < COUNT(holidays); i++) {
        if (str_starts(name, str_of(holidays[i].zh))) return (Text){ name, str_of(holidays[i].en) };
    }
    return (Text){ name, str_copy(mem, S("declared off")) };
}

static Str list_days(Arena *mem, const Calendar *c, const Date *day, size_t n, bool zh)
{
    char room[LIST];
    Out o = { .buf = room, .cap = sizeof room };
    for (size_t i = 0; i < n; i++) {
        if (i) out_str(&o, zh ? S("、") : S(", "));
        out_date(&o, day[i]);
        if (is_makeup_day(c, day[i])) out_str(&o, zh ? S("（调休上班）") : S(" (make-up day)"));
    }
    BUG_IF(o.full);
    return str_copy(mem, out_view(&o));
}

Text clock_day_list(Arena *mem, const Calendar *c, const Date *day, size_t n)
{
    return (Text){ list_days(mem, c, day, n, true), list_days(mem, c, day, n, false) };
}
