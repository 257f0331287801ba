/* Where a code may be found: papers, volumes, messages.  One row a place. */
#include "linkage/verify/verify.h"

#include "case/7-archive/volume.h"
#include "case/made.h"
#include "core/outbox.h"
#include "register/organisations/organisations.h"

enum { CODE = 16, MASK_ROOM = 2048 };

/* ---- masks --------------------------------------------------------------------------------- */

static size_t character(Str s)
{
    unsigned char ch = (unsigned char)s.s[0];
    size_t n = ch < 0x80 ? 1 : ch < 0xE0 ? 2 : ch < 0xF0 ? 3 : 4;
    return n < s.n ? n : s.n;
}

/* 张国 is 张*, 张建国 张*国, a firm 柳江**公司: first and last, or two at each end. */
static void put_masked(Out *o, Str name)
{
    size_t all = str_length(name), keep = all > 4 ? 2 : 1, at = 0;
    while (name.n) {
        size_t n = character(name);
        bool tail = all > 2 && at + keep >= all;
        if (at < keep || tail) out_str(o, (Str){ name.s, n });
        else if (at < keep + 4) out_str(o, S("*"));
        name = (Str){ name.s + n, name.n - n };
        at++;
    }
}

/* Names between 、 , ; or blanks. */
static Str masked(Ctx *c, Str names)
{
    Out o = { .buf = NEW(c->mem, char, MASK_ROOM), .cap = MASK_ROOM };
    Str name = { names.s, 0 };
    while (names.n) {
        size_t n = character(names);
        Str ch = { names.s, n };
        bool parts = str_has(S("、，；,; \n\t"), ch);
        names = (Str){ names.s + n, names.n - n };
        if (!parts) {
            name.n += n;
            continue;
        }
        put_masked(&o, name);
        out_str(&o, S("、"));
        name = (Str){ names.s, 0 };
    }
    put_masked(&o, name);
    return out_view(&o);
}

/* ---- places ---------------------------------------------------------------------------------- */

typedef struct OfficeAsk { Str path, name; Id id; } OfficeAsk;
static const Field office_fields[] = {
    FIELD(OfficeAsk, path), FIELD(OfficeAsk, name), FIELD(OfficeAsk, id),
};
static const Form office_form = FORM(OfficeAsk, office_fields);
static const Query q_office = {
    .name = "verify.office", .in = &office_form, .out = &office_form,
    .sql = "SELECT name FROM org WHERE path = :path",
};
typedef struct CaseAsked { Id id; Str applicant, respondent, org_path, state; Id seal_id; } CaseAsked;
static const Field case_fields[] = {
    FIELD(CaseAsked, id), FIELD(CaseAsked, applicant), FIELD(CaseAsked, respondent),
    FIELD(CaseAsked, org_path), FIELD(CaseAsked, state), FIELD(CaseAsked, seal_id),
};
static const Form verify_case_form = FORM(CaseAsked, case_fields);
static const Query q_case = {
    .name = "verify.case", .in = &verify_case_form, .out = &verify_case_form,
    .sql = "SELECT applicant, respondent, org_path, state FROM cases WHERE id = :id",
};
static const Query *const queries[] = { &q_office, &q_case, NULL };
const Slice verify_find_slice = { .name = "verify_find", .query = queries };

static Str office_at(Ctx *c, Str path)
{
    OfficeAsk office = { .path = path };
    return path.n && db_find(c, &q_office, &office, &office) ? office.name : (Str){ 0 };
}

static bool find_paper(Ctx *c, Str code, Verified *v)
{
    Made m;
    if (!made_by_code(c, code, &m)) return false;
    bool replaced = str_eq(m.state, S("replaced")), revoked = str_eq(m.state, S("revoked"));
    *v = (Verified){ .kind = m.label, .number = m.number, .office = office_at(c, m.org_path), .day = m.day,
                     .parties = masked(c, m.parties), .ended_on = m.ended_on, .pages = m.pages,
                     .sha256 = m.file, .docx = m.docx };
    v->state = replaced ? VERIFIED_REPLACED : revoked ? VERIFIED_REVOKED : VERIFIED_VALID;
    return true;
}

/* A case that was reopened has no closed volume any more. */
static bool find_volume(Ctx *c, Str code, Verified *v)
{
    Volume b;
    Seal s;
    if (!volume_by_code(c, code, &b)) return false;
    CaseAsked k = { .id = b.case_id };
    if (!db_get(c, &q_case, &k, &k) || !seal_last(c, b.case_id, &s)) return false;
    bool sub = str_eq(b.kind, S("sub"));
    bool holds = s.id.n == b.seal_id.n && state_of(k.state) == ST_ARCHIVED;
    *v = (Verified){ .kind = sub ? S("调解案卷（副卷）") : S("调解案卷（正卷）"),
                     .kind_en = sub ? S("Mediation file, sub-volume") : S("Mediation file, main volume"),
                     .number = s.no, .office = office_at(c, k.org_path), .day = time_date(s.at),
                     .pages = b.pages, .parties = masked(c, k.applicant), .sha256 = b.sha256,
                     .signer = b.signer };
    v->state = holds ? VERIFIED_VALID : VERIFIED_REPLACED;
    return true;
}

static bool find_message(Ctx *c, Str code, Verified *v)
{
    Message m;
    if (!outbox_by_code(c, code, &m)) return false;
    CaseAsked k = { .id = m.case_id };
    bool about = m.case_id.n && db_find(c, &q_case, &k, &k);
    bool cancelled = str_eq(m.state, S("CANCELLED"));
    *v = (Verified){ .kind = S("调解业务短信（消息）"), .kind_en = S("Message about a mediation"),
                     .office = about ? office_at(c, k.org_path) : (Str){ 0 }, .day = time_date(m.created),
                     .parties = about ? masked(c, k.applicant) : (Str){ 0 }, .message = true,
                     .state = cancelled ? VERIFIED_REVOKED : VERIFIED_VALID };
    return true;
}

static bool (*const places[])(Ctx *c, Str code, Verified *v) = { find_paper, find_volume, find_message };

bool verify_find(Ctx *c, Str code, Verified *v)
{
    if (code.n != CODE) return false;
    for (size_t i = 0; i < COUNT(places) && ok(c); i++) {
        if (places[i](c, code, v)) return ok(c);
    }
    return false;
}
