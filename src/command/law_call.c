#include "command/law_call.h"

#include <stdio.h>
#include <string.h>

typedef enum Bad {
    BAD_DATE, BAD_TIME, BAD_SPAN, BAD_NUMBER, BAD_REGION, BAD_PLACE, BAD_CLOSING, BAD_DATA, BAD__COUNT
} Bad;

struct BadWord {
    const char *word;
    Phrase      why;
    const char *field; /* the input's name, where it tells more than the option */
};

static const BadWord bads[BAD__COUNT] = {
    [BAD_DATE] = { "invalid_date",
                   { "“{0}”不是有效日期（YYYY-MM-DD）。", "\"{0}\" is no date (YYYY-MM-DD)." } },
    [BAD_TIME] = { "invalid_time",
                   { "“{0}”不是有效时间（YYYY-MM-DDTHH:MM）。",
                     "\"{0}\" is no time (YYYY-MM-DDTHH:MM)." } },
    [BAD_SPAN] = { "invalid_pause",
                   { "“{0}”不是有效的中止（中止首日..恢复首日）。",
                     "\"{0}\" is no pause (FIRST..RESUMED)." } },
    [BAD_NUMBER] = { "invalid_number",
                     { "“{0}”不是有效的日数（1至3660）。", "\"{0}\" is no number from 1 to 3660." } },
    [BAD_REGION] = { "invalid_region",
                     { "“{0}”不是地区代码（2至12位数字）。",
                       "\"{0}\" is no region code (2 to 12 digits)." }, "region" },
    [BAD_PLACE] = { "unknown_region",
                    { "行政区划表里没有代码为“{0}”的地区。",
                      "The table of divisions has no region \"{0}\"." }, "region" },
    [BAD_CLOSING] = { "invalid_closing",
                      { "“{0}”不是有效时刻（HH:MM）。", "\"{0}\" is no time of day (HH:MM)." } },
    [BAD_DATA] = { "no_data", { "参考数据无法读取：{0}", "The reference data cannot be read: {0}" } },
};

static void bad(Call *c, Bad why, Str about)
{
    if (c->bad) return;
    c->bad = &bads[why];
    c->bad_about = about;
}

static Date take_date(Call *c, Str value)
{
    Date d = date_parse(value);
    if (d.day == 0) bad(c, BAD_DATE, value);
    return d;
}

void take_start(Call *c, Str value)
{
    bool timed = memchr(value.s, 'T', value.n) != NULL;
    c->ask.start_at = timed ? time_parse(value) : (Time){ 0 };
    if (timed && c->ask.start_at.s == 0) bad(c, BAD_TIME, value);
    else c->ask.start = timed ? time_date(c->ask.start_at) : take_date(c, value);
}

void take_filed(Call *c, Str value)
{
    Date whole = date_parse(value); /* the day alone: its hour does not matter */
    c->ask.filed = whole.day ? time_at(whole, 0, 0) : time_parse(value);
    if (c->ask.filed.s == 0) bad(c, BAD_TIME, value);
}

void take_pause(Call *c, Str value)
{
    const char *dots = memmem(value.s, value.n, "..", 2);
    if (c->ask.pauses_n > CLOCK_PAUSES) return;
    Pause p = { 0 };
    if (dots) {
        size_t n = (size_t)(dots - value.s);
        p = (Pause){ date_parse((Str){ value.s, n }), date_parse((Str){ dots + 2, value.n - n - 2 }) };
    }
    if (p.from.day == 0 || p.to.day == 0) bad(c, BAD_SPAN, value);
    c->pause[c->ask.pauses_n++] = p;
}

static int take_number(Call *c, Str value)
{
    enum { LONGEST = 3660 };
    int64_t n = 0;
    if (!str_int(value, &n) || n < 1 || n > LONGEST) bad(c, BAD_NUMBER, value);
    return n < 1 || n > LONGEST ? 0 : (int)n;
}

void take_extend(Call *c, Str value)
{
    if (c->ask.extensions_n > CLOCK_EXTENSIONS) return;
    c->extension[c->ask.extensions_n++] = take_number(c, value);
}

void take_length(Call *c, Str value) { c->ask.length = take_number(c, value); }

void take_region(Call *c, Str value)
{
    if (!str_is_digits(value) || value.n < 2 || value.n > 12) bad(c, BAD_REGION, value);
    c->ask.region = value;
}

void take_closing(Call *c, Str value)
{
    Str hour = str_cut(&value, ':');
    int64_t h = 0, m = 0;
    bool good = str_int(hour, &h) && str_int(value, &m) && h >= 0 && h < 24 && m >= 0 && m < 60;
    if (!good) bad(c, BAD_CLOSING, hour);
    c->ask.closing_minute = good ? (int)(h * 60 + m) : 0;
}

void take_on(Call *c, Str value) { c->identity.on = take_date(c, value); }
void take_json(Call *c, Str value) { (void)value; c->json = true; }
void take_list(Call *c, Str value) { (void)value; c->list = true; }
void take_archive(Call *c, Str value) { (void)value; c->identity.archive = true; }
void take_data(Call *c, Str value) { (void)c; (void)value; } /* main has set it */

void take_lang(Call *c, Str value)
{
    c->english = str_eq(value, S("en"));
    if (!c->english && !str_eq(value, S("zh"))) call_wrong(c, "--lang is zh or en, not", value.s);
}

void call_wrong(Call *c, const char *use, const char *about)
{
    if (c->use) return;
    c->use = use;
    c->use_about = about;
}

/* Takes the option at argv[0] and its value; how many words that were. */
static int take_option(Call *c, const Flag *flag, int argc, char **argv)
{
    Str value = str_of(argv[0]);
    Str name = str_cut(&value, '=');
    bool given = value.s != NULL;
    while (flag->name && !str_eq(name, str_of(flag->name))) flag++;
    if (!flag->name) call_wrong(c, "unknown option", argv[0]);
    else if (!flag->valued && given) call_wrong(c, "an option that takes no value:", argv[0]);
    else if (flag->valued && !given && argc < 2) call_wrong(c, "an option without its value:", argv[0]);
    if (c->use) return argc;
    bool next = flag->valued && !given;
    flag->take(c, next ? str_of(argv[1]) : value);
    if (c->use && !c->use_about) c->use_about = argv[0];
    return next ? 2 : 1;
}

void call_take(Call *c, const Flag *flags, int argc, char **argv)
{
    c->ask.pauses = c->pause;
    c->ask.extensions = c->extension;
    while (argc > 0 && !c->use) {
        int n = 1;
        bool option = strncmp(argv[0], "--", 2) == 0;
        if (option) n = take_option(c, flags, argc, argv);
        else if (c->words == COUNT(c->word)) call_wrong(c, "one word too many:", argv[0]);
        else c->word[c->words++] = str_of(argv[0]);
        argc -= n;
        argv += n;
    }
}

Str call_pick(const Call *c, Text t) { return c->english ? t.en : t.zh; }

/* What was written last; 0 if nothing was. */
static char last_sign(const Call *c)
{
    if (c->out.len == 0) return 0;
    return c->out.buf[c->out.len - 1];
}

void call_key(Call *c, const char *name)
{
    char last = last_sign(c);
    if (last && last != '{' && last != '[') out_str(&c->out, S(","));
    out_json(&c->out, str_of(name));
    out_str(&c->out, S(":"));
}

void call_text(Call *c, const char *name, Str value)
{
    call_key(c, name);
    out_json(&c->out, value);
}

void call_number(Call *c, const char *name, int64_t value)
{
    call_key(c, name);
    out_int(&c->out, value);
}

void call_truth(Call *c, const char *name, bool value)
{
    call_key(c, name);
    out_str(&c->out, value ? S("true") : S("false"));
}

void call_date(Call *c, const char *name, Date value)
{
    call_key(c, name);
    out_str(&c->out, S("\""));
    out_date(&c->out, value);
    out_str(&c->out, S("\""));
}

void call_instant(Call *c, const char *name, Time value)
{
    call_key(c, name);
    out_str(&c->out, S("\""));
    out_time(&c->out, value);
    out_str(&c->out, S("\""));
}

void call_begin(Call *c)
{
    out_str(&c->out, last_sign(c) == '}' ? S(",{") : S("{"));
}

void call_end(Call *c) { out_str(&c->out, S("}")); }

/* Writes out what was collected, with a line's end. */
int call_finish(Call *c, int code)
{
    BUG_IF(c->out.full);
    (void)fwrite(c->out.buf, 1, c->out.len, stdout);
    (void)fputc('\n', stdout);
    return code;
}

static int refuse_field(Call *c, const char *word, const char *field, Str reason)
{
    const char *colon = field ? ": " : "";
    if (!c->json) return refused("%s%s%.*s", field ? field : "", colon, (int)reason.n, reason.s);
    call_begin(c);
    call_text(c, "error", str_of(word));
    if (field) call_text(c, "field", str_of(field));
    call_text(c, "reason", reason);
    call_end(c);
    return call_finish(c, 1);
}

int call_refuse(Call *c, const char *word, Str reason) { return refuse_field(c, word, NULL, reason); }

static int refuse_bad(Call *c)
{
    Text about = same(c->bad_about);
    Str why = call_pick(c, phrase_say(c->mem, &c->bad->why, &about, 1));
    return refuse_field(c, c->bad->word, c->bad->field, why);
}

/* 0 if the command may go on, else its exit code. */
int call_open(Call *c)
{
    const char *about = c->use_about ? c->use_about : "";
    if (c->use) return wrong_use("tiaojie law: %s%s%s; --help says more", c->use, *about ? " " : "", about);
    c->out = (Out){ .buf = NEW(c->mem, char, ANSWER), .cap = ANSWER };
    if (!c->bad && !law_open(&c->law, c->mem, data_path)) bad(c, BAD_DATA, str_of(c->law.fault));
    Str region = c->ask.region;
    if (!c->bad && region.n && !region_known(&c->law.places, region_short(region))) bad(c, BAD_PLACE, region);
    return c->bad ? refuse_bad(c) : 0;
}
