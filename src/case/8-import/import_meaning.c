/*
** What a row's words mean to us: the case's state, causes, channel, industry,
** place and organisation.  A word that is not known is kept as it stands and
** remarked; how the case ended must be known.
*/
#include "case/1-intake/intake.h"
#include "case/8-import/import_in.h"
#include "excel/cell.h"
#include "law/case_name.h"
#include "register/employers/employers.h"

#include <string.h>

enum { WORDS_ROOM = 400, ROOM_KEPT = 64 * 1024 };

typedef Str LookUp(RowReader *r, const char *field, Str text);

static Str look_word(RowReader *r, const char *field, Str text)
{
    Arena mem = *r->c->mem;
    Str plain = ledger_name_plain(&r->c->law->hanzi, &mem, text, false);
    Str word = ledger_word(&r->c->law->names, str_of(field), plain);
    if (word.n) return word;
    Str bare = ledger_name_plain(&r->c->law->hanzi, &mem, text, true);
    return ledger_word(&r->c->law->names, str_of(field), bare);
}

/* What was looked up lately is remembered: ledgers repeat themselves.  Words live
** as long as the law, or in `kept`. */
static Str remembered(RowReader *r, const char *field, Str text, LookUp *look)
{
    size_t h = (size_t)field[0] * 7 + text.n;
    for (size_t i = 0; i < text.n; i++) h = h * 31 + (unsigned char)text.s[i];
    h %= MEMO;
    bool same = r->memo[h].field == field && str_eq((Str){ r->memo[h].text, r->memo[h].n }, text);
    if (same) return r->memo[h].word;
    Str word = look(r, field, text);
    if (text.n == 0 || text.n > MEMO_TEXT) return word;
    memcpy(r->memo[h].text, text.s, text.n);
    r->memo[h].n = text.n;
    r->memo[h].field = field;
    r->memo[h].word = word;
    return word;
}

static Str word_of(RowReader *r, const char *field, Str text)
{
    return text.n ? remembered(r, field, text, look_word) : (Str){ 0 };
}

/* A word of a code list: itself, its label, or another name for it. */
static Str code_of(RowReader *r, const char *field, const Codes *codes, Str text)
{
    for (size_t i = 0; codes && i < codes->n; i++) {
        bool same = str_eq(str_of(codes->row[i].word), text) || str_eq(str_of(codes->row[i].zh), text);
        if (same) return str_of(codes->row[i].word);
    }
    return text.n ? word_of(r, field, text) : (Str){ 0 };
}

static const Codes *codes_of(const Form *f, const char *name)
{
    const Field *fd = form_find(f, str_of(name));
    return fd ? fd->codes : NULL;
}

static void odd(RowReader *r, Draft *d, const char *key, Str text)
{
    row_say_text(&d->odd, row_column(r, key), SAY_NOT_MATCHED, text);
}

/* ---- how it ended ------------------------------------------------------------------------- */

static const struct Ended { const char *word, *zh; State state; } endeds[] = {
    { "agreed", "协议", ST_EFFECTIVE }, { "settled", "和解", ST_SETTLED }, { "spot", "即时履行", ST_PERFORMED },
    { "failed", "不成", ST_FAILED }, { "withdrawn", "撤回", ST_WITHDRAWN }, { "rejected", "不予受理", ST_REJECTED },
    { "referred", "移送", ST_REFERRED },
};

/* Parts of a longer answer, the telling ones first. */
static const struct Part { const char *part, *word; } parts[] = {
    { "不予受理", "rejected" }, { "未达成", "failed" }, { "不成", "failed" }, { "失败", "failed" }, { "不成功", "failed" },
    { "未成功", "failed" }, { "终止", "failed" }, { "撤", "withdrawn" }, { "移送", "referred" }, { "移交", "referred" },
    { "转办", "referred" }, { "协议", "agreed" }, { "达成", "agreed" }, { "成功", "agreed" }, { "当场", "spot" },
    { "即时", "spot" }, { "和解", "settled" },
};

static State state_of_word(Str word)
{
    for (size_t i = 0; i < COUNT(endeds); i++) {
        if (str_eq(str_of(endeds[i].word), word)) return endeds[i].state;
    }
    return ST_NONE;
}

static State ended_as(RowReader *r, Draft *d)
{
    State s = state_of_word(word_of(r, "outcome", d->row.outcome));
    for (size_t i = 0; s == ST_NONE && i < COUNT(parts); i++) {
        if (!str_has(d->row.outcome, str_of(parts[i].part))) continue;
        s = state_of_word(str_of(parts[i].word));
        row_say_text(&d->odd, row_column(r, "outcome"), SAY_BY_PART, str_of(parts[i].part));
    }
    return s;
}

/* Performed, in part, in default, not yet due: where an agreement stands. */
static State performed_as(RowReader *r, const Draft *d)
{
    Str word = word_of(r, "performance", d->row.performance);
    if (str_eq(word, S("done"))) return ST_PERFORMED;
    if (str_eq(word, S("part"))) return ST_PERFORMING;
    if (str_eq(word, S("late"))) return ST_DEFAULTED;
    Str end = d->row.outcome;
    bool told = str_has(end, S("已履行")) || str_has(end, S("当场")) || str_has(end, S("兑现"));
    return told && d->row.performance.n == 0 ? ST_PERFORMED : ST_EFFECTIVE;
}

/* The ledger's own word for how it ended, none of an open one; theirs is kept, if it is another. */
static void use_our_word(RowReader *r, Draft *d, State s)
{
    Out o = { .buf = NEW(r->c->mem, char, IMPORT_EXTRA), .cap = IMPORT_EXTRA };
    Str theirs = d->row.outcome;
    d->row.outcome = (Str){ 0 };
    for (size_t i = 0; i < COUNT(endeds); i++) {
        if (endeds[i].state == s) d->row.outcome = str_of(endeds[i].zh);
    }
    if (str_eq(theirs, d->row.outcome)) return;
    out_str(&o, d->row.extra);
    if (o.len) out_str(&o, S("；"));
    out_str(&o, S("原结案方式："));
    out_str(&o, theirs);
    if (!o.full) d->row.extra = out_view(&o);
}

static void infer_outcome(RowReader *r, Draft *d)
{
    const OldRow *m = &d->row;
    bool agreed = m->agreement_no.n || m->agreed_fen.fen || m->effective.day;
    if (m->outcome.n || !m->closed.day) return;
    if (!agreed) {
        row_say(&d->why, row_column(r, "outcome"), SAY_NO_OUTCOME);
        return;
    }
    d->row.outcome = S("协议");
    row_say(&d->odd, row_column(r, "outcome"), SAY_AGREED_THEN);
}

static void find_state(RowReader *r, Draft *d)
{
    OldRow *m = &d->row;
    bool open = str_eq(word_of(r, "outcome", m->outcome), S("open"));
    if (open && m->closed.day) {
        row_say_text(&d->why, row_column(r, "outcome"), SAY_STILL_OPEN, m->outcome);
        return;
    }
    if (open) use_our_word(r, d, ST_NONE);
    infer_outcome(r, d);
    if (m->outcome.n == 0) { /* still open */
        d->state = m->accepted.day ? ST_ACCEPTED : ST_REGISTERED;
        if (m->archived.day) row_say(&d->why, row_column(r, "archived"), SAY_NOT_CLOSED);
        return;
    }
    State s = ended_as(r, d);
    if (s == ST_NONE) {
        row_say_text(&d->why, row_column(r, "outcome"), SAY_BAD_OUTCOME, m->outcome);
        return;
    }
    if (m->closed.day == 0 && s == ST_EFFECTIVE && m->effective.day) m->closed = m->effective;
    if (m->closed.day == 0) row_say(&d->why, row_column(r, "closed"), SAY_NO_END);
    d->agreed = s == ST_EFFECTIVE;
    d->before = d->agreed ? performed_as(r, d) : s;
    use_our_word(r, d, s);
    d->state = m->archived.day || m->archive_no.n ? ST_ARCHIVED : ST_CLOSED;
}

/* ---- causes ------------------------------------------------------------------------------- */

static Str look_cause(RowReader *r, const char *field, Str text)
{
    const Causes *causes = &r->c->law->causes;
    const HanziTable *hanzi = &r->c->law->hanzi;
    Arena mem = *r->c->mem;
    Str plain = ledger_name_plain(hanzi, &mem, text, false);
    for (size_t i = 0; i < causes->n && plain.n; i++) {
        const Cause *cause = &causes->row[i];
        if (str_eq(cause->code, plain) || str_eq(cause->zh, text)) return cause->code;
        if (cause->zh.n < plain.n) continue;
        Arena scratch = mem;
        Str name = ledger_name_plain(hanzi, &scratch, cause->zh, false);
        if (str_eq(name, plain)) return cause->code;
    }
    return look_word(r, field, text);
}

static Str cause_code(RowReader *r, Str text)
{
    static const char field[] = "cause";
    return remembered(r, field, text, look_cause);
}

static Str next_cause(Str *text)
{
    static const char *const marks[] = { "、", "，", "；", "/", ",", ";", "+", "及", "和", "\n", " " };
    for (size_t i = 0; i < text->n; i++) {
        for (size_t k = 0; k < COUNT(marks); k++) {
            Str mark = str_of(marks[k]), rest = { text->s + i, text->n - i };
            if (!str_starts(rest, mark)) continue;
            Str one = { text->s, i };
            *text = (Str){ text->s + i + mark.n, text->n - i - mark.n };
            return str_trim(one);
        }
    }
    Str one = *text;
    *text = (Str){ 0 };
    return str_trim(one);
}

static bool has_word(Str list, Str word)
{
    while (list.n) {
        if (str_eq(str_cut(&list, ' '), word)) return true;
    }
    return false;
}

static void add_causes(RowReader *r, Out *o, Str text)
{
    Str whole = cause_code(r, text);
    if (whole.n) text = (Str){ 0 };
    for (Str code = whole; code.n || text.n; code = (Str){ 0 }) {
        if (code.n == 0) code = cause_code(r, next_cause(&text));
        if (code.n == 0 || has_word(out_view(o), code)) continue;
        if (o->len) out_str(o, S(" "));
        out_str(o, code);
    }
}

static Str without_end(Str s, Str end)
{
    bool there = s.n > end.n && str_eq((Str){ s.s + s.n - end.n, end.n }, end);
    return there ? (Str){ s.s, s.n - end.n } : s;
}

/* What the name of the case says of it, where no column does: 追索劳动报酬纠纷案. */
static void use_matter(RowReader *r, Draft *d)
{
    static const Str ends[] = { { "一案", 6 }, { "案", 3 }, { "纠纷", 6 }, { "争议", 6 } };
    Str matter = d->matter;
    if (d->row.cause_main.n) return;
    for (size_t i = 0; i <= COUNT(ends) && matter.n; i++) {
        if (cause_code(r, matter).n) {
            d->row.cause_main = matter;
            return;
        }
        if (i < COUNT(ends)) matter = without_end(matter, ends[i]);
    }
}

static void find_causes(RowReader *r, Draft *d)
{
    Out o = { .buf = NEW(r->c->mem, char, WORDS_ROOM), .cap = WORDS_ROOM };
    use_matter(r, d);
    add_causes(r, &o, d->row.cause_main);
    if (o.len == 0) out_str(&o, S("Z99"));
    if (str_eq(out_view(&o), S("Z99")) && d->row.cause_main.n) odd(r, d, "cause_main", d->row.cause_main);
    add_causes(r, &o, d->row.cause_other);
    d->causes = out_view(&o);
    Str rest = d->causes;
    d->cause = str_cut(&rest, ' ');
}

/* ---- who and where ------------------------------------------------------------------------ */

/* C, or C13 */
static bool is_industry_code(Str text)
{
    if (text.n > 3 || text.s[0] < 'A' || text.s[0] > 'T') return false;
    return text.n == 1 || (text.n == 3 && str_is_digits((Str){ text.s + 1, 2 }));
}

static Str look_industry(RowReader *r, const char *field, Str text)
{
    const Industries *list = &r->c->law->industries;
    Str word = look_word(r, field, text);
    for (size_t i = 0; word.n == 0 && i < list->n; i++) {
        const Industry *it = &list->row[i];
        if (it->code.n <= 2 && str_eq(it->name, text)) word = it->code;
        if (it->code.n != 2 || word.n == 0) continue;
        if (arena_left(&r->kept) < 1024) return it->section;
        Out o = { .buf = NEW(&r->kept, char, 8), .cap = 8 };
        out_str(&o, it->section);
        out_str(&o, it->code);
        return out_view(&o);
    }
    if (word.n) return word;
    return is_industry_code(text) && arena_left(&r->kept) > 1024 ? str_copy(&r->kept, text) : (Str){ 0 };
}

Str draft_industry(RowReader *r, Str text)
{
    static const char field[] = "industry";
    return text.n ? remembered(r, field, text, look_industry) : text;
}

/* A township of the office's county by its name; else the office's own seat. */
static Str find_region(RowReader *r, Draft *d)
{
    const Places *places = &r->c->law->places;
    Str text = cell_tight(r->c->mem, d->row.region), found = r->org.region;
    if (text.n == 0) return found;
    if (str_is_digits(text) && region_known(places, text)) return text;
    if (str_eq(text, r->region_name)) return r->region_code;
    Str county = { r->org.region.s, r->org.region.n < 6 ? r->org.region.n : 6 };
    PlaceSpan span = region_span(places, county);
    bool known = false;
    for (size_t i = span.first; i < span.first + span.n && !known; i++) {
        Arena mem = *r->c->mem;
        Csv csv;
        if (!str_has(place_line(places, &places->row[i]), text)) continue;
        place_row(places, &places->row[i], &mem, &csv);
        Str name = csv_cell(&csv, S("name"));
        known = str_starts(name, text) || str_starts(text, name);
        if (known) found = str_copy(r->c->mem, csv_cell(&csv, S("code")));
    }
    if (!known) odd(r, d, "region", text);
    if (known && arena_left(&r->kept) > ROOM_KEPT) {
        r->region_name = str_copy(&r->kept, text);
        r->region_code = str_copy(&r->kept, found);
    }
    return found;
}

static const Org *look_up(RowReader *r, Str name)
{
    for (size_t i = 0; i < r->seen_n; i++) {
        if (str_eq(r->seen[i].name, name)) return &r->seen[i].org;
    }
    Arena mem = *r->c->mem;
    size_t at = r->seen_n < IMPORT_ORGS ? r->seen_n++ : IMPORT_ORGS - 1;
    if (arena_left(&r->kept) < ROOM_KEPT) return &r->org;
    *r->c->mem = r->kept;
    r->seen[at].name = str_copy(r->c->mem, name);
    if (!org_by_name(r->c, r->org.path, name, &r->seen[at].org)) r->seen[at].org = (Org){ 0 };
    r->kept = *r->c->mem;
    *r->c->mem = mem;
    return &r->seen[at].org;
}

static void find_org(RowReader *r, Draft *d)
{
    Str name = d->row.organisation;
    d->org = r->org;
    if (name.n == 0) return;
    const Org *found = look_up(r, name);
    if (found->id.n) d->org = *found;
    else if (!str_eq(name, r->org.name)) odd(r, d, "organisation", name);
}

void draft_meaning(RowReader *r, Draft *d)
{
    OldRow *m = &d->row;
    find_state(r, d);
    find_causes(r, d);
    d->channel = code_of(r, "channel", &case_channels, m->channel);
    d->source = code_of(r, "source", codes_of(&intake_form, "source"), m->source);
    d->emp_type = code_of(r, "employer_type", &employer_types, m->employer_type);
    d->industry = draft_industry(r, m->industry);
    if (m->channel.n && d->channel.n == 0) odd(r, d, "channel", m->channel);
    if (m->source.n && d->source.n == 0) odd(r, d, "source", m->source);
    if (m->employer_type.n && d->emp_type.n == 0) odd(r, d, "employer_type", m->employer_type);
    if (m->industry.n && d->industry.n == 0) odd(r, d, "industry", m->industry);
    d->employer_asks = name_is_firm(m->applicant) && !name_is_firm(m->respondent);
    d->region = find_region(r, d);
    find_org(r, d);
}
