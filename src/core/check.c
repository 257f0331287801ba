#include "core/check.h"

#include "law/law.h"

#include <string.h>

static bool is_good(const Ctx *c, Str kind, Str text)
{
    static const IdentityRules none;
    Identity it = { 0 };
    IdentityAsk ask = { .on = c->today };
    const IdentityRules *rules = c->law ? &c->law->identity : &none;
    BUG_IF(!identity_check(rules, kind, text, &ask, &it));
    return it.valid;
}

Fault check_uscc(const Ctx *c, Str text)
{
    return is_good(c, S("uscc"), text) ? FAULT_NONE : FAULT_BAD_USCC;
}

Fault check_id_no(const Ctx *c, Str text)
{
    return is_good(c, S("id"), text) ? FAULT_NONE : FAULT_BAD_ID_NO;
}

Fault check_mobile(const Ctx *c, Str text)
{
    return is_good(c, S("mobile"), text) ? FAULT_NONE : FAULT_BAD_PHONE;
}

Fault check_phone(const Ctx *c, Str text)
{
    return is_good(c, S("mobile"), text) || is_good(c, S("phone"), text) ? FAULT_NONE : FAULT_BAD_PHONE;
}

/* A host has a dot within; nothing in the whole may end a quoted address. */
Fault check_link(const Ctx *c, Str text)
{
    const Str scheme = S("https://");
    (void)c;
    if (!str_starts(text, scheme)) return FAULT_BAD_LINK;
    for (size_t i = 0; i < text.n; i++) {
        unsigned char b = (unsigned char)text.s[i];
        bool plain = b > ' ' && b < 0x7F && !strchr("\"'<>\\`@{}|^", b);
        if (!plain) return FAULT_BAD_LINK;
    }
    Str rest = { text.s + scheme.n, text.n - scheme.n };
    Str host = str_cut(&rest, '/');
    const char *dot = host.n > 2 ? memchr(host.s + 1, '.', host.n - 2) : NULL;
    return dot ? FAULT_NONE : FAULT_BAD_LINK;
}

Fault check_place(const Ctx *c, Str text)
{
    bool there = !c->law || c->law->places.n == 0 || region_known(&c->law->places, region_short(text));
    return str_is_digits(text) && there ? FAULT_NONE : FAULT_NOT_CODE;
}

Str number_kept(Arena *a, Str text)
{
    text = str_trim(text);
    char *p = NEW(a, char, text.n + 1);
    for (size_t i = 0; i < text.n; i++) p[i] = char_upper(text.s[i]);
    return (Str){ p, text.n };
}
