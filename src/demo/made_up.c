#include "demo/made_up.h"

#include "command/command.h"

#include <stdio.h>
#include <string.h>

enum { PATH_ROOM = 1024, TABLE_MAX = 4 << 20, TABLE_ROWS = 4096, NAME_ROOM = 160,
       YOUNGEST = 20 * 365, OLDEST = 57 * 365 }; /* workers, in days */

/* ---- tables: no cell of data/demo/ names is quoted ------------------------------ */

Str table_cell(const Table *s, size_t row, const char *column)
{
    Str head = s->head, line = s->line[row];
    while (head.n) {
        Str name = str_cut(&head, ','), cell = str_cut(&line, ',');
        if (str_eq(name, str_of(column))) return cell;
    }
    return (Str){ 0 };
}

static void weigh(Table *s, Arena *mem, const char *column)
{
    s->weight = NEW(mem, int64_t, s->n);
    for (size_t i = 0; i < s->n; i++) {
        if (!str_int(table_cell(s, i, column), &s->weight[i])) s->weight[i] = 1;
    }
}

bool table_read(Table *s, Arena *mem, const char *file)
{
    char path[PATH_ROOM];
    bool good = false;
    if (!data_path(file, path, sizeof path)) return false;
    Str text = file_read(mem, path, TABLE_MAX, &good);
    *s = (Table){ .head = str_trim(str_cut(&text, '\n')), .line = NEW(mem, Str, TABLE_ROWS) };
    while (text.n && s->n < TABLE_ROWS) {
        Str line = str_trim(str_cut(&text, '\n'));
        if (line.n) s->line[s->n++] = line;
    }
    weigh(s, mem, "weight");
    return good && s->n > 0;
}

/* Signs that are frequent in names, but as parts of places and trades. */
static const char not_brands[] = "市省县区州中国国际装房设企机汽电工商公司建科家庄子分店部业服务";

/* The rows of `all` whose first cell is `first`. */
static Table part(const Table *all, Arena *mem, const char *first)
{
    Table s = { .head = all->head, .line = NEW(mem, Str, all->n) };
    for (size_t i = 0; i < all->n; i++) {
        Str line = all->line[i];
        bool wanted = str_eq(str_cut(&line, ','), str_of(first));
        if (wanted && !str_has(str_of(not_brands), str_cut(&line, ','))) s.line[s.n++] = all->line[i];
    }
    weigh(&s, mem, "count");
    return s;
}

const char *names_read(Names *n, Arena *mem)
{
    Table chars;
    if (!table_read(&n->surname, mem, "demo/names/surnames.csv"))
        return "demo/names/surnames.csv cannot be read";
    if (!table_read(&n->given, mem, "demo/names/given_names.csv"))
        return "demo/names/given_names.csv cannot be read";
    if (!table_read(&n->kind, mem, "demo/employers.csv")) return "demo/employers.csv cannot be read";
    if (!table_read(&chars, mem, "demo/names/company_chars.csv"))
        return "demo/names/company_chars.csv cannot be read";
    n->third = part(&chars, mem, "3");
    n->fourth = part(&chars, mem, "4");
    return NULL;
}

static size_t pick(const Table *s, Dice *d)
{
    return dice_weighted(d, s->weight, s->n);
}

/* One of the words of a cell. */
static Str one_of(Str words, Dice *d)
{
    int64_t n = 0;
    for (Str rest = words; rest.n; n++) (void)str_cut(&rest, ' ');
    if (n == 0) return words;
    for (int64_t k = dice_between(d, 0, n - 1); k > 0; k--) (void)str_cut(&words, ' ');
    return str_cut(&words, ' ');
}

/* ---- people ----------------------------------------------------------------------- */

/* GB 11643: the check character of the seventeen before it. */
static char id_check(const char *digits)
{
    static const int weight[] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 };
    int sum = 0;
    for (size_t i = 0; i < COUNT(weight); i++) sum += (digits[i] - '0') * weight[i];
    return "10X98765432"[sum % 11];
}

static void make_id_no(Someone *p, Dice *d)
{
    static const char *const regions[] = { "450206", "450206", "450206", "450205",
                                           "450203", "450222", "451221", "450123" };
    Civil b = date_civil(p->birth);
    int64_t order = dice_between(d, 1, 498) * 2 + (p->sex == 'M' ? 1 : 0);
    size_t region = (size_t)dice_between(d, 0, COUNT(regions) - 1);
    Out o = { .buf = p->id_no, .cap = sizeof p->id_no };
    out_str(&o, str_of(regions[region]));
    out_pad(&o, b.year, 4);
    out_pad(&o, b.month, 2);
    out_pad(&o, b.day, 2);
    out_pad(&o, order, 3);
    p->id_no[17] = id_check(p->id_no);
    p->id_no[18] = 0;
}

static void make_mobile(char mobile[static 12], Dice *d)
{
    static const char *const heads[] = { "138", "139", "135", "136", "150", "151",
                                         "158", "159", "177", "181", "186", "188" };
    size_t head = (size_t)dice_between(d, 0, COUNT(heads) - 1);
    (void)snprintf(mobile, 12, "%s0772%04d", heads[head], (int)dice_between(d, 0, 9999));
}

Someone someone(const Names *n, Arena *mem, Dice *d, Date today)
{
    Someone p = { 0 };
    char room[NAME_ROOM];
    Str family = table_cell(&n->surname, pick(&n->surname, d), "surname");
    size_t row = pick(&n->given, d);
    Str given = table_cell(&n->given, row, "given_name"), sex = table_cell(&n->given, row, "gender");
    (void)snprintf(room, sizeof room, "%.*s%.*s", (int)family.n, family.s, (int)given.n, given.s);
    p.name = str_c(mem, str_of(room));
    p.sex = str_eq(sex, S("F")) || (str_eq(sex, S("U")) && dice_percent(d, 50)) ? 'F' : 'M';
    p.birth = date_plus(today, -(int)dice_between(d, YOUNGEST, OLDEST));
    make_id_no(&p, d);
    make_mobile(p.mobile, d);
    return p;
}

/* ---- employers ----------------------------------------------------------------------- */

static const char signs[] = "0123456789ABCDEFGHJKLMNPQRTUWXY"; /* GB 32100: no I O S V Z */

static int worth(char sign) /* GB 11714: letters count on from ten */
{
    return sign <= '9' ? sign - '0' : sign - 'A' + 10;
}

/* Kind, place, an organisation code with its own check, and the check of all. */
static void make_uscc(Firm *f, Str kind, Dice *d)
{
    static const int eight[] = { 3, 7, 9, 10, 5, 8, 4, 2 };
    int sum = 0, power = 1;
    char *s = f->uscc;
    (void)snprintf(s, sizeof f->uscc, "%.2s450206MA%c%c%04d", kind.s, signs[dice_between(d, 10, 30)],
                   signs[dice_between(d, 10, 30)], (int)dice_between(d, 0, 9999));
    for (size_t i = 0; i < COUNT(eight); i++) sum += worth(s[8 + i]) * eight[i];
    s[16] = "0X987654321"[sum % 11];
    sum = 0;
    for (size_t i = 0; i < 17; i++, power = power * 3 % 31) sum += (int)(strchr(signs, s[i]) - signs) * power;
    s[17] = signs[(31 - sum % 31) % 31];
    s[18] = 0;
}

Firm some_firm(const Names *n, Arena *mem, Dice *d)
{
    char room[NAME_ROOM];
    Firm f = { 0 };
    size_t row = pick(&n->kind, d);
    Str place = one_of(table_cell(&n->kind, row, "places"), d);
    Str word = one_of(table_cell(&n->kind, row, "words"), d), tail = table_cell(&n->kind, row, "tail");
    Str a = table_cell(&n->third, pick(&n->third, d), "char"),
        b = table_cell(&n->fourth, pick(&n->fourth, d), "char");
    int64_t from = 1, to = 1;
    (void)str_int(table_cell(&n->kind, row, "staff_from"), &from);
    (void)str_int(table_cell(&n->kind, row, "staff_to"), &to);
    (void)snprintf(room, sizeof room, "%.*s%.*s%.*s%.*s%.*s", (int)place.n, place.s, (int)a.n, a.s,
                   (int)b.n, b.s, (int)word.n, word.s, (int)tail.n, tail.s ? tail.s : "");
    f.name = str_c(mem, str_of(room));
    f.industry = str_c(mem, table_cell(&n->kind, row, "industry"));
    f.emp_type = str_c(mem, table_cell(&n->kind, row, "emp_type"));
    f.staff = dice_between(d, from, from + (to - from) * dice_between(d, 10, 100) / 100);
    make_uscc(&f, table_cell(&n->kind, row, "code"), d);
    make_mobile(f.mobile, d);
    return f;
}
