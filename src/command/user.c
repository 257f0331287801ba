/*
** `tiaojie user add | list | reset | unlock`: accounts at the server itself,
** for the first administrators and for those that lost their way in.  Works on
** the database directly, in the audit record as the system's own doing.
*/
#include "command/command.h"
#include "command/open.h"
#include "core/audit.h"
#include "core/crypto.h"
#include "core/house.h"
#include "core/limits.h"
#include "core/session.h"
#include "core/tx.h"
#include "register/people/people.h"

#include <stdio.h>
#include <string.h>

enum { NODE = 1023 };

typedef struct Desk {
    Open open;
    bool json;
} Desk;

/* ---- what is printed ------------------------------------------------------------- */

static int why(const Ctx *c)
{
    const ErrInfo *e = &err_info[c->err];
    const char *more = c->bads ? fault_info[c->bad[0].fault].en : "";
    return refused("user: %s: %.*s %s", e->en, (int)c->why.n, c->why.s ? c->why.s : "", more);
}

static int print(const Ctx *c)
{
    size_t n = fwrite(c->out.buf, 1, c->out.len, stdout);
    return n == c->out.len && fflush(stdout) == 0 ? 0 : refused("user: cannot write");
}

static void put_member(Out *o, const char *name, Str value, bool first)
{
    out_str(o, first ? S("{") : S(","));
    out_json(o, str_of(name));
    out_str(o, S(":"));
    out_json(o, value);
}

static int print_once(Desk *d, const User *u, Str password)
{
    Out *o = &d->open.c.out;
    if (!ok(&d->open.c)) return why(&d->open.c);
    if (d->json) {
        put_member(o, "login", u->login, true);
        put_member(o, "password", password, false);
        out_str(o, S("}\n"));
    } else {
        out_str(o, u->login);
        out_str(o, S("  one-time password: "));
        out_str(o, password);
        out_str(o, S("  (to be changed at the first sign-in)\n"));
    }
    return print(&d->open.c);
}

static void put_cell(Out *o, Str text, size_t width)
{
    out_str(o, text.n ? text : S("-"));
    for (size_t n = text.n ? str_length(text) : 1; n < width; n++) out_str(o, S(" "));
    out_str(o, S("  "));
}

static void put_user(Desk *d, const User *u)
{
    Out *o = &d->open.c.out;
    if (d->json) {
        form_write(&d->open.c, &user_form, u);
        out_str(o, S("\n"));
        return;
    }
    bool locked = u->locked_until.s > now(&d->open.c).s;
    put_cell(o, u->login, 16);
    put_cell(o, u->roles, 24);
    put_cell(o, u->org_path, 12);
    Str state = u->must_change ? S("one-time") : S("ok");
    if (locked) state = S("locked");
    put_cell(o, u->disabled ? S("disabled") : state, 8);
    out_str(o, u->name);
    out_str(o, S("\n"));
}

/* ---- the four of them ---------------------------------------------------------------- */

/* "clerk,head" as words with spaces. */
static Str words(Arena *a, const char *list)
{
    Str copy = str_copy(a, str_of(list));
    Out o = { .buf = NEW(a, char, copy.n + 1), .cap = copy.n + 1 };
    while (copy.n) {
        if (o.len) out_str(&o, S(" "));
        out_str(&o, str_cut(&copy, ','));
    }
    return out_view(&o);
}

static int add(Desk *d, const char *login, int argc, char **argv)
{
    Ctx *c = &d->open.c;
    User u = { .login = str_of(login), .name = str_of(option(argc, argv, "--name", login)),
               .phone = str_of(option(argc, argv, "--phone", "")),
               .org = id_parse(str_of(option(argc, argv, "--org", ""))),
               .roles = words(c->mem, option(argc, argv, "--roles", "")) };
    if (u.roles.n == 0) return wrong_use("user add: --roles is missing");
    Fault bad = login_check(c, u.login);
    if (bad != FAULT_NONE) fault(c, S("login"), bad);
    if (!str_is_text(u.name) || !str_is_text(u.phone)) fault(c, S("name"), FAULT_NOT_TEXT);
    Str password = ok(c) ? user_password(c, &u) : (Str){ 0 };
    tx_begin(c);
    if (ok(c)) user_add(c, &u);
    audit_about(c, u.id);
    tx_end(c);
    return print_once(d, &u, password);
}

static void take(Ctx *c, const char *login, User *u)
{
    if (!user_by_login(c, str_of(login), u)) fail(c, ERR_NOT_FOUND, str_of(login));
}

/* The password and the lock; the second factor only if asked for. */
static int reset(Desk *d, const char *login, int argc, char **argv)
{
    Ctx *c = &d->open.c;
    User u = { 0 }, fresh = { 0 };
    Str password = user_password(c, &fresh);
    tx_begin(c);
    take(c, login, &u);
    u.password = fresh.password;
    u.password_at = fresh.password_at;
    u.must_change = true;
    u.failures = 0;
    u.locked_until = (Time){ 0 };
    if (option_set(argc, argv, "--totp")) {
        u.totp_on = false;
        u.totp_secret = (Str){ 0 };
    }
    audit_about(c, u.id);
    user_save(c, &u);
    session_end_all(c, u.id, (Id){ 0 });
    tx_end(c);
    return print_once(d, &u, password);
}

static int unlock(Desk *d, const char *login, int argc, char **argv)
{
    Ctx *c = &d->open.c;
    User u = { 0 };
    (void)argc;
    (void)argv;
    tx_begin(c);
    take(c, login, &u);
    u.failures = 0;
    u.locked_until = (Time){ 0 };
    audit_about(c, u.id);
    user_save(c, &u);
    tx_end(c);
    return ok(c) ? 0 : why(c);
}

static int list(Desk *d, const char *login, int argc, char **argv)
{
    Id after = { 0 };
    (void)login;
    (void)argc;
    (void)argv;
    for (size_t n = 1; n;) {
        house_begin(&d->open, "user list");
        Rows rows = user_page(&d->open.c, after);
        n = rows.n;
        for (size_t i = 0; i < n; i++) put_user(d, (const User *)rows.at + i);
        if (!ok(&d->open.c)) return why(&d->open.c);
        if (n) after = ((const User *)rows.at)[n - 1].id;
        int rc = print(&d->open.c);
        if (rc) return rc;
    }
    return 0;
}

typedef int (*Work)(Desk *d, const char *login, int argc, char **argv);

static int run(const char *action, Work work, int argc, char **argv)
{
    Desk d = { 0 };
    const char *login = argument(argc, argv, "--json --totp");
    if (!login && work != list) return wrong_use("%s: which login name?", action);
    int rc = house_open(&d.open, argc, argv, NODE);
    d.json = option_set(argc, argv, "--json");
    if (rc == 0) {
        house_begin(&d.open, action);
        rc = work(&d, login, argc, argv);
    }
    house_close(&d.open);
    return rc;
}

static int run_add(int argc, char **argv) { return run("user add", add, argc, argv); }
static int run_list(int argc, char **argv) { return run("user list", list, argc, argv); }
static int run_reset(int argc, char **argv) { return run("user reset", reset, argc, argv); }
static int run_unlock(int argc, char **argv) { return run("user unlock", unlock, argc, argv); }

#define WHERE \
    "  --folder DIR         the data folder (var)\n" \
    "  --database ADDRESS   sqlite:FILE or postgresql://… (sqlite:DIR/tiaojie.db)\n"

const Command command_user_add = {
    .name = "user add", .summary = "makes an account and prints its one-time password",
    .usage = "tiaojie user add LOGIN --roles WORD[,WORD…] [--org ID] [--name NAME] [--phone N] [--json]\n\n"
             "  --roles WORDS        sys_admin, sec_admin, auditor, head, clerk, mediator, …\n"
             "  --org ID             the organisation; needed for all roles but the three administrators\n" WHERE,
    .run = run_add,
};
const Command command_user_list = {
    .name = "user list", .summary = "lists the accounts", .usage = "tiaojie user list [--json]\n\n" WHERE,
    .run = run_list,
};
const Command command_user_reset = {
    .name = "user reset", .summary = "prints a new one-time password for an account",
    .usage = "tiaojie user reset LOGIN [--totp] [--json]\n\n"
             "  --totp               takes the second factor away too\n" WHERE,
    .run = run_reset,
};
const Command command_user_unlock = {
    .name = "user unlock", .summary = "unlocks an account", .usage = "tiaojie user unlock LOGIN\n\n" WHERE,
    .run = run_unlock,
};
