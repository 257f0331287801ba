/*
** Staff accounts: who they are, what they may be, how they sign in.
**
** SYS_ADMIN keeps accounts, SEC_ADMIN gives roles, AUDITOR reads the audit
** record; none of them sees business data, nobody changes his own rights
** (三员分立, GB/T 22239-2019 level 3).  There are no default passwords: an
** account begins with a random one, shown once, that must be changed.
*/
#ifndef PEOPLE_H
#define PEOPLE_H

#include "core/web.h"

typedef struct User {
    Id      id;
    Str     login;
    Str     name;
    Str     phone;         /* sealed */
    Str     mail;          /* an address for notices, if he wants them; sealed */
    Id      org;
    Str     org_path;      /* copied from org: sees what lies below it */
    Str     org_name;      /* in lists only */
    Str     roles;         /* words with spaces */
    bool    must_change;   /* the password is a one-time one */
    bool    totp_on;
    bool    disabled;
    Time    locked_until;  /* 0: not locked */
    Time    created;
    int64_t version;
    Str     password;      /* argon2id hash, sealed */
    Time    password_at;   /* when it was set */
    Str     totp_secret;   /* sealed */
    int64_t totp_step;     /* the last one used: none is good twice */
    int64_t failures;      /* in a row */
} User;

extern const Form  user_form;
extern const Codes role_codes; /* the words that may be given */
extern const Slice people_slice, login_slice, user_slice, machine_slice, rights_slice;

/* Gives u a random password, returned, and its hash.  Slow (argon2id), so it
** belongs before tx_begin. */
Str  user_password(Ctx *c, User *u);
/* In a transaction: login, name, phone, org, roles and password are the
** caller's, the rest is set here.  CLASH if the login is taken, INVALID for
** unknown roles, an unknown org or a clash of roles. */
void user_add(Ctx *c, User *u);

bool user_get(Ctx *c, Id id, User *u);          /* or NOT_FOUND */
bool user_find(Ctx *c, Id id, User *u);         /* true: there is one */
bool user_by_login(Ctx *c, Str login, User *u); /* true: there is one */
void user_save(Ctx *c, User *u);    /* all but how the last login went; counts the version up */
void user_signed(Ctx *c, const User *u); /* that: failures, locked_until, totp_step */
Rows user_page(Ctx *c, Id after);   /* 200 users by id, of any organisation */

/* A word of 3 to 32 characters a-z 0-9 . _ - */
Fault login_check(const Ctx *c, Str login);
Fault phone_check(const Ctx *c, Str phone);
/* May a person with a staff account hold these?  Else c has failed. */
bool roles_allowed(Ctx *c, Str roles);
/* BLOCKED if roles that do business come without an organisation: such a
** person would see every one. */
void roles_placed(Ctx *c, Str roles, Id org);
/* org_path of `org`; "" for 0; FAULT_NOT_KNOWN on field org if there is none. */
Str  org_place(Ctx *c, Id org);
/* NOT_FOUND unless `path` lies at or below c->who's organisation. */
bool within_scope(Ctx *c, Str path);

/* c->who becomes that user, as a session of theirs would make it; false (and
** NOT_FOUND) if there is none or the account is disabled. */
bool actor_load(Ctx *c, Id user);

#endif
