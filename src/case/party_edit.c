/*
** A party looked at whole, and corrected.  Numbers are masked in answers; who
** works on the case sees them for a reason, which stays on record, and a party
** sees its own.  What a party is (name, number) may be corrected until the case
** is accepted, how it is reached until the case is closed.
*/
#include "case/party.h"
#include "case/twin.h"
#include "core/right.h"
#include "register/people/party.h"

static const Field edit_fields[] = {
    FIELD(Party, name,      .label = "姓名或者名称", .en = "name", .min = 2, .max = 100),
    FIELD(Party, id_type,   .label = "证件类型", .en = "type of identity document", .codes = &party_id_types),
    FIELD(Party, id_no,     .label = "证件号码", .en = "identity number", .rule = SEALED, .max = 40, .mask = MASK_ID_NO),
    FIELD(Party, sex,       .label = "性别", .en = "sex", .codes = &party_sexes),
    FIELD(Party, birth,     .label = "出生日期", .en = "date of birth", .rule = NOT_FUTURE),
    FIELD(Party, ethnic,    .label = "民族", .en = "ethnic group", .max = 20),
    FIELD(Party, mobile,    .label = "手机号", .en = "mobile", .rule = SEALED, .max = 20, .mask = MASK_PHONE, .check = check_phone),
    FIELD(Party, region,    .label = "区划代码", .en = "division", .check = check_region),
    FIELD(Party, addr,      .label = "住址", .en = "address", .max = 200),
    FIELD(Party, svc_addr,  .label = "送达地址", .en = "address for service", .max = 200),
    FIELD(Party, e_service, .label = "同意电子送达", .en = "agrees to electronic service"),
    FIELD(Party, legal_rep, .label = "法定代表人（负责人）", .en = "legal representative", .max = 50, .check = check_person_name),
    FIELD(Party, legal_post, .label = "职务", .en = "post", .max = 50),
};
static const Form edit_form = { "PartyEdit", sizeof(Party), edit_fields, COUNT(edit_fields) };

/* ---- seen whole ------------------------------------------------------------------------------ */

/* Where the right to numbers reaches no further than one's office, it is the case's. */
static bool reaches(Ctx *c, const Case *k)
{
    const Right *r = right_need(c, OBJ_FULL_ID, MAY_READ);
    bool other = r && r->reach == REACH_OWN_ORG && k->org.n != c->who.org.n && k->owner.n != c->who.org.n;
    return other ? fail(c, ERR_FORBIDDEN, str_of(object_word(OBJ_FULL_ID))) : ok(c);
}

/* The list, masked; with a reason whole, and then it is written down. */
static void show_all(Ctx *c)
{
    Case k;
    Str reason = look_reason(c);
    bool whole = c->query.n > 0 && !(c->who.roles & (uint32_t)PARTIES);
    if (whole) tx_begin(c);
    case_get(c, arg_id(c, 0), &k);
    if (whole && reaches(c, &k)) (void)reveal(c, OBJ_FULL_ID, k.id, reason);
    reply_rows(c, &party_form, parties_of(c, k.id), (Str){ 0 });
    tx_end(c);
}

/* Whose row this is: the person's own, or of those he speaks for. */
static bool is_own(const Ctx *c, const Party *p)
{
    uint32_t side = str_eq(p->side, S("APPL")) ? (uint32_t)APPLICANT : (uint32_t)RESPONDENT;
    bool party = !str_eq(p->side, S("THIRD")) && c->who.sides & side;
    return p->id.n == c->who.id.n || (party && c->who.roles & REPRESENTATIVE);
}

static bool of_case(Ctx *c, const Case *k, Party *p)
{
    if (!party_get(c, arg_id(c, 1), p)) return false;
    bool foreign = p->case_id.n != k->id.n || (c->who.roles & (uint32_t)PARTIES && !is_own(c, p));
    return foreign ? fail(c, ERR_NOT_FOUND, S("party")) : true;
}

static void show(Ctx *c)
{
    Case k;
    Party p = { 0 };
    Str reason = look_reason(c);
    tx_begin(c);
    case_get(c, arg_id(c, 0), &k);
    if (ok(c)) (void)of_case(c, &k, &p);
    if (ok(c) && reaches(c, &k)) (void)reveal(c, OBJ_FULL_ID, k.id, reason);
    tag_version(c, p.version);
    reply_row(c, 200, &party_form, &p);
    tx_end(c);
}

/* ---- corrected ---------------------------------------------------------------------------------- */

enum { EXAMINED = SPAN(SUBMITTED, CONSENT), REACHED = EXAMINED | SPAN(ACCEPTED, DEFAULTED) };

/* Who somebody is stays once the case was accepted. */
static void check_identity(Ctx *c, const Case *k, const Party *was, const Party *p)
{
    const struct { const char *name; Str was, is; } fixed[] = {
        { "name", was->name, p->name }, { "id_type", was->id_type, p->id_type },
        { "id_no", was->id_no, p->id_no },
        { "ethnic", was->ethnic, p->ethnic },
    };
    if (1U << state_of(k->state) & EXAMINED) return;
    for (size_t i = 0; i < COUNT(fixed); i++) {
        if (!str_eq(fixed[i].was, fixed[i].is)) fault(c, str_of(fixed[i].name), FAULT_NOT_ALLOWED);
    }
}

/* The case is called by the first of each side: 张三等12人 keeps its number. */
static Str renamed(Ctx *c, Str title, const Party *was, const Party *p)
{
    if (!str_starts(title, was->name)) return title;
    Str rest = { title.s + was->name.n, title.n - was->name.n };
    Out o = { .buf = NEW(c->mem, char, p->name.n + rest.n + 1), .cap = p->name.n + rest.n + 1 };
    out_str(&o, p->name);
    out_str(&o, rest);
    return out_view(&o);
}

static void rename_case(Ctx *c, Case *k, const Party *was, const Party *p)
{
    if (str_eq(was->name, p->name) || str_eq(p->part, S("AGENT"))) return;
    if (str_eq(p->side, S("APPL"))) k->applicant = renamed(c, k->applicant, was, p);
    if (str_eq(p->side, S("RESP"))) k->respondent = renamed(c, k->respondent, was, p);
}

/* Another number says another sex and birth; what was said anew must agree. */
static void follow_number(const Party *was, Party *p)
{
    if (str_eq(was->id_no, p->id_no) || str_eq(p->id_type, S("PASSPORT"))) return;
    if (was->birth.day == p->birth.day) p->birth = (Date){ 0 };
    if (str_eq(was->sex, p->sex)) p->sex = (Str){ 0 };
}

static bool may_edit(Ctx *c, const Case *k)
{
    State s = state_of(k->state);
    bool party = (c->who.roles & (uint32_t)PARTIES) != 0;
    bool open = party ? s == ST_CORRECTION : (1U << s & REACHED) != 0;
    return open ? ok(c) : fail(c, ERR_WRONG_STATE, k->state);
}

static void edit(Ctx *c)
{
    Case k;
    Party was, p = { 0 };
    tx_begin(c);
    case_get(c, arg_id(c, 0), &k);
    if (ok(c) && of_case(c, &k, &p) && may_edit(c, &k)) match_version(c, p.version);
    was = p;
    (void)form_read(c, &edit_form, &p);
    if (ok(c)) follow_number(&was, &p);
    if (ok(c)) party_check(c, &p, PARTY_ALONE, k.workers > 1);
    if (ok(c)) check_identity(c, &k, &was, &p);
    party_correct(c, &p);
    if (ok(c) && !str_eq(was.mobile, p.mobile)) party_phone(c, k.id, p.id, p.mobile);
    rename_case(c, &k, &was, &p);
    case_save(c, &k);
    case_note(c, &k, S("party_corrected"), p.name);
    if (ok(c) && !str_eq(was.id_no, p.id_no)) (void)twin_look(c, &k);
    tag_version(c, p.version);
    reply_row(c, 200, &party_form, &p);
    tx_end(c);
}

static const Route routes[] = {
    { "GET", "/api/v1/cases/:id/parties", STAFF | PARTIES, show_all, "当事人",
      "the parties; with a reason, whole numbers", .query = &look_query, .out = &party_form, .list = true },
    { "GET", "/api/v1/cases/:id/parties/:party", CLERK | HEAD | MEDIATORS | VISITOR | PARTIES, show, "当事人详情",
      "one of them whole: for a reason, or one's own", .query = &look_query, .out = &party_form },
    { "PATCH", "/api/v1/cases/:id/parties/:party", CLERK | PARTIES, edit, "更正当事人信息", "correct a party",
      .in = &edit_form, .out = &party_form },
};

const Slice party_edit_slice = { .name = "party_edit", .route = routes, .routes = COUNT(routes) };
