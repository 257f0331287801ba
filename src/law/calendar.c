#include "law/calendar.h"

#include "base/csv.h"

enum {
    DAY_OFF       = 1, /* declared off by a notice */
    DAY_WORKED    = 2, /* declared worked by a notice */
    DAY_STATUTORY = 4,
    DAYS          = 73415, /* 1 + days from 1900 to 2100 */
    YEARS         = CALENDAR_LAST - CALENDAR_FIRST + 1,
};

void calendar_open(Calendar *c, Arena *mem)
{
    *c = (Calendar){ .mem = mem };
    c->day = NEW(mem, uint8_t, DAYS);
    c->name = NEW(mem, uint8_t, DAYS);
}

static int marks(const Calendar *c, Date d)
{
    return d.day > 0 && d.day < DAYS ? c->day[d.day] : 0;
}

/* 1 + the name's index; 0 if there is no room for another. */
static uint8_t intern(Calendar *c, Str name)
{
    size_t i = 0;
    if (name.n == 0) return 0;
    while (i < c->names_n && !str_eq(c->names[i], name)) i++;
    if (i == CALENDAR_NAMES) return 0;
    if (i == c->names_n) c->names[c->names_n++] = str_copy(c->mem, name);
    return (uint8_t)(i + 1);
}

/* FNV-1a of one row, in 32 bits; rows are added up, so their order does not
** matter. */
static uint64_t digest_of(Date d, int mark)
{
    uint64_t h = 2166136261U;
    uint64_t v = (uint64_t)(uint32_t)d.day << 8 | (uint64_t)(uint32_t)mark;
    for (int i = 0; i < 5; i++) h = (h ^ (v >> (8 * i) & 0xFF)) * 16777619U & UINT32_MAX;
    return h;
}

/* Sets the marks of `set` and clears those of `clear`. */
static void mark_day(Calendar *c, Date d, int set, int clear)
{
    int before = c->day[d.day];
    int after = (before & ~clear) | set;
    int declared = DAY_OFF | DAY_WORKED;
    if (!(before & declared) && (after & declared)) c->rows++;
    if (before) c->digest += (1ULL << 32) - digest_of(d, before);
    c->digest = (c->digest + digest_of(d, after)) & UINT32_MAX;
    c->day[d.day] = (uint8_t)after;
}

const char *calendar_add(Calendar *c, CalendarDay row)
{
    if (row.date.day <= 0 || row.date.day >= DAYS) return "date: not a day from 1900 to 2100";
    int away = row.notice - date_civil(row.date).year;
    if (away < -1 || away > 1) return "year_of_notice: more than a year away from the date";
    if (row.notice < CALENDAR_FIRST || row.notice > CALENDAR_LAST) {
        return "year_of_notice: not from 1900 to 2100";
    }
    mark_day(c, row.date, row.is_off ? DAY_OFF : DAY_WORKED, DAY_OFF | DAY_WORKED);
    c->name[row.date.day] = intern(c, row.name);
    c->official[row.notice - CALENDAR_FIRST] = true;
    return NULL;
}

const char *calendar_add_statutory(Calendar *c, Date date, Str name)
{
    if (date.day <= 0 || date.day >= DAYS) return "date: not a day from 1900 to 2100";
    mark_day(c, date, DAY_STATUTORY, 0);
    if (c->name[date.day] == 0) c->name[date.day] = intern(c, name);
    return NULL;
}

static const char *read_day(Calendar *c, const Csv *csv)
{
    Str off = csv_cell(csv, S("is_off"));
    int64_t notice = 0;
    CalendarDay row = { .date = date_parse(csv_cell(csv, S("date"))), .name = csv_cell(csv, S("name")) };
    if (row.date.day == 0) return "date: not a date YYYY-MM-DD";
    if (!str_eq(off, S("0")) && !str_eq(off, S("1"))) return "is_off: neither 0 nor 1";
    if (!str_int(csv_cell(csv, S("year_of_notice")), &notice)) return "year_of_notice: not a year";
    if (notice < CALENDAR_FIRST || notice > CALENDAR_LAST) return "year_of_notice: not from 1900 to 2100";
    if (marks(c, row.date) & (DAY_OFF | DAY_WORKED)) return "date: declared twice";
    row.is_off = str_eq(off, S("1"));
    row.notice = (int)notice;
    return calendar_add(c, row);
}

static const char *read_statutory(Calendar *c, const Csv *csv)
{
    Date date = date_parse(csv_cell(csv, S("date")));
    if (date.day == 0) return "date: not a date YYYY-MM-DD";
    return calendar_add_statutory(c, date, csv_cell(csv, S("name"))); /* two feasts may share a day */
}

static const char *read_rows(Calendar *c, const char *file, Str text,
                             const char *(*read)(Calendar *, const Csv *))
{
    Csv csv;
    csv_open(&csv, c->mem, text);
    if (!csv_has(&csv, S("date"))) return csv_fault(&csv, file, "no column \"date\"");
    while (csv_next(&csv)) {
        const char *fault = read(c, &csv);
        if (fault) return csv_fault(&csv, file, fault);
    }
    return csv.fault ? csv_fault(&csv, file, NULL) : NULL;
}

const char *calendar_read(Calendar *c, const char *file, Str text)
{
    return read_rows(c, file, text, read_day);
}

const char *calendar_read_statutory(Calendar *c, const char *file, Str text)
{
    return read_rows(c, file, text, read_statutory);
}

bool is_rest_day(const Calendar *c, Date d)
{
    int mark = marks(c, d);
    if (mark & DAY_WORKED) return false;
    return mark != 0 || date_weekday(d) >= 5;
}

bool is_working(const Calendar *c, Date d)
{
    return !is_rest_day(c, d);
}

bool is_makeup_day(const Calendar *c, Date d)
{
    return (marks(c, d) & DAY_WORKED) && date_weekday(d) >= 5;
}

bool is_statutory_day(const Calendar *c, Date d)
{
    return (marks(c, d) & DAY_STATUTORY) != 0;
}

static bool year_official(const Calendar *c, int year)
{
    return year >= CALENDAR_FIRST && year <= CALENDAR_LAST && c->official[year - CALENDAR_FIRST];
}

bool is_official(const Calendar *c, Date d)
{
    return year_official(c, date_civil(d).year);
}

bool is_official_span(const Calendar *c, Date a, Date b)
{
    int last = date_civil(b).year;
    for (int y = date_civil(a).year; y <= last; y++) {
        if (!year_official(c, y)) return false;
    }
    return true;
}

Str calendar_name(const Calendar *c, Date d)
{
    int i = d.day > 0 && d.day < DAYS ? c->name[d.day] : 0;
    return i ? c->names[i - 1] : (Str){ 0 };
}

Date working_on_or_after(const Calendar *c, Date d)
{
    while (is_rest_day(c, d)) d = date_plus(d, 1);
    return d;
}

Date working_on_or_before(const Calendar *c, Date d)
{
    while (d.day > 1 && is_rest_day(c, d)) d = date_plus(d, -1);
    return d;
}

int working_days_between(const Calendar *c, Date a, Date b)
{
    int n = 0;
    for (Date d = date_plus(a, 1); d.day <= b.day; d = date_plus(d, 1)) n += is_working(c, d);
    return n;
}

void calendar_version(const Calendar *c, Out *o)
{
    static const char hex[] = "0123456789abcdef";
    int last = 0;
    for (int i = 0; i < YEARS; i++) {
        if (c->official[i]) last = CALENDAR_FIRST + i;
    }
    out_int(o, last);
    out_str(o, S("/"));
    out_int(o, c->rows);
    out_str(o, S("/"));
    for (int shift = 28; shift >= 0; shift -= 4) out_str(o, (Str){ &hex[c->digest >> shift & 15], 1 });
}
