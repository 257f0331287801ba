/*
** A mail in the morning to whoever answers for an organisation: which cases lie past their
** last day, which reach it within days.  Numbers and days, never of whom; one a person and
** day, none when there is nothing to say.
*/
#include "case/task.h"
#include "core/outbox.h"
#include "core/session.h"
#include "core/tx.h"
#include "register/people/people.h"

enum { SHOWN = 30, TEXT = 6000 };

typedef struct LateCase {
    Id   id;
    Str  no, org_path;
    Date due;
} LateCase;
static const Field late_fields[] = {
    FIELD(LateCase, id), FIELD(LateCase, no), FIELD(LateCase, org_path), FIELD(LateCase, due),
};
static const Form late_form = FORM(LateCase, late_fields);

typedef struct LateMail {
    Id   user_id;
    Date day;
} LateMail;
static const Field mail_fields[] = { FIELD(LateMail, user_id), FIELD(LateMail, day) };
static const Form mail_form = FORM(LateMail, mail_fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE late_mail("            /* who was told last when */
      "  user_id INTEGER PRIMARY KEY, day TEXT NOT NULL) STRICT;"
      "CREATE INDEX case_open_due ON cases(due, id) WHERE due IS NOT NULL AND ended IS NULL AND closed IS NULL;" },
};

static const Query q_late = {
    .name = "late_mail.cases", .in = &late_form, .out = &late_form,
    .sql = "SELECT id, no, org_path, due FROM cases WHERE due IS NOT NULL AND ended IS NULL AND closed IS NULL"
           " AND due <= :due ORDER BY due, id LIMIT 2000",
};
static const Query q_told = {
    .name = "late_mail.told", .in = &mail_form, .out = &mail_form,
    .sql = "SELECT user_id, day FROM late_mail WHERE user_id = :user_id",
};
static const Query q_tell = {
    .name = "late_mail.tell", .in = &mail_form, .quiet = true,
    .sql = "INSERT INTO late_mail(user_id, day) VALUES(:user_id, :day) ON CONFLICT(user_id) DO UPDATE SET day = :day",
};
static const Query *const queries[] = { &q_late, &q_told, &q_tell, NULL };

/* ---- what it says ------------------------------------------------------------------------ */

typedef struct Sums {
    int64_t late, soon, days;
} Sums;

static const Phrase head = { "{0}：所辖案件{1}件已超期，{2}件将在{3}日内到期。\n", "" },
                    past = { "{0}  应于{1}办结，已超期{2}天\n", "" }, coming = { "{0}  {1}到期\n", "" },
                    more = { "另有{0}件，请登录平台查看。\n", "" }, subject = { "【期限提醒】{0}件超期，{1}件即将到期", "" };
static const char foot[] = "\n请登录平台办理。本邮件由系统自动发送，请勿回复；收件邮箱由系统管理员登记。\n";

static bool is_of(const User *u, const LateCase *k)
{
    return str_starts(k->org_path, u->org_path);
}

static Sums sums_of(const Ctx *c, const User *u, Rows rows)
{
    Sums n = { 0, 0, 0 };
    for (size_t i = 0; i < rows.n; i++) {
        const LateCase *k = (const LateCase *)rows.at + i;
        if (!is_of(u, k)) continue;
        if (k->due.day < c->today.day) n.late++;
        else n.soon++;
    }
    return n;
}

static void out_case(Ctx *c, Out *o, const LateCase *k)
{
    bool late = k->due.day < c->today.day;
    Text args[] = { same(k->no.n ? k->no : S("（未编号）")), phrase_date(c->mem, k->due),
                    phrase_number(c->mem, c->today.day - k->due.day) };
    out_str(o, phrase_say(c->mem, late ? &past : &coming, args, late ? 3 : 2).zh);
}

static Str letter(Ctx *c, const User *u, Rows rows, Sums n)
{
    Out o = { .buf = NEW(c->mem, char, TEXT), .cap = TEXT };
    size_t shown = 0;
    Text args[] = { same(u->name), phrase_number(c->mem, n.late), phrase_number(c->mem, n.soon),
                    phrase_number(c->mem, n.days) };
    out_str(&o, phrase_say(c->mem, &head, args, COUNT(args)).zh);
    for (size_t i = 0; i < rows.n && shown < SHOWN; i++) {
        const LateCase *k = (const LateCase *)rows.at + i;
        if (!is_of(u, k)) continue;
        out_case(c, &o, k);
        shown++;
    }
    Text rest[] = { phrase_number(c->mem, n.late + n.soon - (int64_t)shown) };
    if (n.late + n.soon > (int64_t)shown) out_str(&o, phrase_say(c->mem, &more, rest, 1).zh);
    out_str(&o, str_of(foot));
    return out_view(&o);
}

/* ---- the morning ---------------------------------------------------------------------------- */

static bool is_told(Ctx *c, const User *u)
{
    LateMail m = { .user_id = u->id };
    return db_find(c, &q_told, &m, &m) && m.day.day == c->today.day;
}

static void tell(Ctx *c, const User *u, Rows rows, int64_t days)
{
    bool answers = !u->disabled && u->mail.n && u->org_path.n && roles_of(u->roles) & (HEAD | ORG_MANAGER);
    Sums n = answers ? sums_of(c, u, rows) : (Sums){ 0, 0, 0 };
    if (n.late + n.soon == 0 || is_told(c, u)) return;
    n.days = days;
    Text args[] = { phrase_number(c->mem, n.late), phrase_number(c->mem, n.soon) };
    outbox_add(c, &(Message){ .channel = S("MAIL"), .to = u->mail, .template = S("late_digest"),
        .subject = phrase_say(c->mem, &subject, args, COUNT(args)).zh, .text = letter(c, u, rows, n) });
    db_insert(c, &q_tell, &(LateMail){ .user_id = u->id, .day = c->today });
}

static void tell_all(Ctx *c, Id arg)
{
    (void)arg;
    if (!c->law) return;
    Look look = { .params = &c->law->params, .day = c->today };
    int64_t days = param(&look, "LATE_MAIL_DAYS");
    if (days == 0) return; /* the office does not want it */
    Rows rows = db_list(c, &q_late, &(LateCase){ .due = date_plus(c->today, (int)days) });
    Id after = { 0 };
    for (Rows users = user_page(c, after); rows.n && users.n && ok(c); users = user_page(c, after)) {
        for (size_t i = 0; i < users.n; i++) tell(c, (const User *)users.at + i, rows, days);
        after = ((const User *)users.at)[users.n - 1].id;
    }
}

static const JobKind jobs[] = { { .word = "late_mail", .run = tell_all, .daily = "08:05" } };

const Slice late_mail_slice = {
    .name = "late_mail", .query = queries, .migration = migrations, .migrations = COUNT(migrations), .job = jobs,
    .jobs = COUNT(jobs),
};
