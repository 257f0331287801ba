#include "law/role.h"

typedef struct RoleRow {
    const char *code, *word, *zh, *en;
} RoleRow;

#define ROLE_ROW(n, code, word, zh, en) [ROLE_##n] = { (code), (word), (zh), (en) },
static const RoleRow rows[ROLE__COUNT] = { [ROLE_NONE] = { "", "", "", "" }, ROLES(ROLE_ROW) };
#undef ROLE_ROW

Role role_of(Str word)
{
    if (word.n == 0) return ROLE_NONE;
    for (unsigned r = 1; r < ROLE_SYSTEM; r++) {
        if (str_eq(str_of(rows[r].word), word)) return (Role)r;
    }
    return ROLE_NONE;
}

static const RoleRow *row_of(Role r)
{
    BUG_IF(r >= ROLE__COUNT);
    return &rows[r];
}

const char *role_word(Role r)
{
    return row_of(r)->word;
}

const char *role_code(Role r)
{
    return row_of(r)->code;
}

const char *role_zh(Role r)
{
    return row_of(r)->zh;
}

const char *role_en(Role r)
{
    return row_of(r)->en;
}

void roles_write(Out *o, uint32_t set)
{
    bool more = false;
    for (unsigned r = 1; r < ROLE__COUNT; r++) {
        if (!(set & role_bit((Role)r))) continue;
        if (more) out_str(o, S(" "));
        out_str(o, str_of(rows[r].word));
        more = true;
    }
}

/* Whoever holds one of `these` may hold none of `those`. */
typedef struct Exclusion {
    uint32_t    these, those;
    const char *zh, *en;
} Exclusion;

static const Exclusion exclusions[] = {
    { SYS_ADMIN, SEC_ADMIN | AUDITOR, "系统管理员不得兼任安全管理员或者审计管理员",
      "the system administrator is neither security nor audit administrator" },
    { SEC_ADMIN, SYS_ADMIN | AUDITOR, "安全管理员不得兼任系统管理员或者审计管理员",
      "the security administrator is neither system nor audit administrator" },
    { ADMINS, ~(uint32_t)ADMINS, "三员没有业务权限，不得兼任业务角色",
      "administrators have no business rights and hold no other role" },
    { SYSTEM, ~(uint32_t)0, "系统不是人，不能授予", "the system is no person: not to be granted" },
};

static const Exclusion *clash_of(uint32_t set)
{
    for (size_t i = 0; i < COUNT(exclusions); i++) {
        if (set & exclusions[i].these && set & exclusions[i].those) return &exclusions[i];
    }
    return NULL;
}

const char *roles_clash(uint32_t set)
{
    const Exclusion *clash = clash_of(set);
    return clash ? clash->zh : NULL;
}

const char *roles_clash_en(uint32_t set)
{
    const Exclusion *clash = clash_of(set);
    return clash ? clash->en : NULL;
}
