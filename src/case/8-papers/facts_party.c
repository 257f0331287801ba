/* The people of a case as papers name them: the party block of domain 5.1. */
#include "case/3-mediation/mediation.h"
#include "case/8-papers/facts.h"
#include "case/party.h"
#include "core/reference.h"
#include "paper/chinese.h"

enum { BLOCK_MAX = 4000 };

typedef struct PartyFacts {
    Id   id;
    Str  name, block, agents; /* the party block; who speaks for them */
    Str  side_zh, kind, id_type_zh, id_no, sex_zh, ethnic, mobile, addr, svc_addr, uscc;
    Str  legal_rep, legal_post;
    Str  scope_zh, whom;      /* an agent's power; for whom */
    Date birth;
    bool worker, e_service, special;
} PartyFacts;

static const Field fields[] = {
    FIELD(PartyFacts, id,         .label = "编号",     .en = "id"),
    FIELD(PartyFacts, name,       .label = "姓名（名称）", .en = "name"),
    FIELD(PartyFacts, block,      .label = "当事人基本情况", .en = "who it is, as one sentence"),
    FIELD(PartyFacts, agents,     .label = "代理人",   .en = "agents"),
    FIELD(PartyFacts, side_zh,    .label = "当事人地位", .en = "side"),
    FIELD(PartyFacts, kind,       .label = "类型",     .en = "kind"),
    FIELD(PartyFacts, id_type_zh, .label = "证件类型", .en = "kind of document"),
    FIELD(PartyFacts, id_no,      .label = "证件号码", .en = "identity number"),
    FIELD(PartyFacts, sex_zh,     .label = "性别",     .en = "sex"),
    FIELD(PartyFacts, ethnic,     .label = "民族",     .en = "ethnic group"),
    FIELD(PartyFacts, mobile,     .label = "联系电话", .en = "phone"),
    FIELD(PartyFacts, addr,       .label = "住址（住所）", .en = "address"),
    FIELD(PartyFacts, svc_addr,   .label = "送达地址", .en = "address for service"),
    FIELD(PartyFacts, uscc,       .label = "统一社会信用代码", .en = "unified social credit code"),
    FIELD(PartyFacts, legal_rep,  .label = "法定代表人（负责人）", .en = "legal representative"),
    FIELD(PartyFacts, legal_post, .label = "职务",     .en = "post"),
    FIELD(PartyFacts, scope_zh,   .label = "代理权限", .en = "scope of the power"),
    FIELD(PartyFacts, whom,       .label = "被代理人", .en = "for whom"),
    FIELD(PartyFacts, birth,      .label = "出生日期", .en = "born"),
    FIELD(PartyFacts, worker,     .label = "劳动者",   .en = "a worker"),
    FIELD(PartyFacts, e_service,  .label = "同意电子送达", .en = "consents to electronic service"),
    FIELD(PartyFacts, special,    .label = "特别授权", .en = "special power"),
};
const Form party_facts_form = FORM(PartyFacts, fields);

static Str side_zh(Str side)
{
    if (str_eq(side, S("APPL"))) return S("申请人");
    return str_eq(side, S("RESP")) ? S("被申请人") : S("第三人");
}

static Str code_zh(const Codes *codes, Str word)
{
    const Code *code = NULL;
    return code_find(codes, word, &code) && code ? str_of(code->zh) : (Str){ 0 };
}

/* "，label text" if there is a text. */
static void say(Out *o, Str label, Str text)
{
    if (text.n == 0) return;
    out_str(o, S("，"));
    out_str(o, label);
    out_str(o, text);
}

static Str worker_block(Ctx *c, const Party *p)
{
    Out o = canon_out(c, BLOCK_MAX);
    out_str(&o, p->name);
    say(&o, (Str){ 0 }, code_zh(&party_sexes, p->sex));
    if (p->birth.day) out_str(&o, S("，"));
    out_chinese_date(&o, p->birth);
    if (p->birth.day) out_str(&o, S("出生"));
    say(&o, (Str){ 0 }, p->ethnic);
    say(&o, code_zh(&party_id_types, p->id_type), p->id_no);
    say(&o, S("住"), p->addr);
    if (!str_eq(p->svc_addr, p->addr)) say(&o, S("送达地址："), p->svc_addr);
    say(&o, S("联系电话"), p->mobile);
    out_str(&o, S("。"));
    return out_view(&o);
}

static Str employer_block(Ctx *c, const Party *p)
{
    Out o = canon_out(c, BLOCK_MAX);
    out_str(&o, p->name);
    say(&o, S("统一社会信用代码"), p->uscc);
    say(&o, S("住所"), p->addr);
    say(&o, S("法定代表人（负责人）"), p->legal_rep);
    say(&o, (Str){ 0 }, p->legal_post);
    say(&o, S("联系电话"), p->mobile);
    if (!str_eq(p->svc_addr, p->addr)) say(&o, S("送达地址："), p->svc_addr);
    out_str(&o, S("。"));
    return out_view(&o);
}

static bool is_worker(const Party *p)
{
    return str_eq(p->kind, S("WORKER"));
}

static Str power_zh(const Party *p)
{
    if (str_eq(p->scope, S("SPECIAL"))) return S("特别授权");
    return p->scope.n ? S("一般授权") : (Str){ 0 };
}

static Str agents_of(Ctx *c, Rows parties, Str side)
{
    Out o = canon_out(c, BLOCK_MAX);
    const Party *p = parties.at;
    for (size_t i = 0; i < parties.n; i++) {
        if (!party_is(&p[i], str_c(c->mem, side), "AGENT")) continue;
        if (o.len) out_str(&o, S("；"));
        out_str(&o, p[i].name);
        say(&o, code_zh(&party_id_types, p[i].id_type), p[i].id_no);
        say(&o, S("联系电话"), p[i].mobile);
        say(&o, S("代理权限："), power_zh(&p[i]));
    }
    return out_view(&o);
}

static PartyFacts facts(Ctx *c, const Party *p, Rows all)
{
    bool agent = str_eq(p->part, S("AGENT"));
    Str block = is_worker(p) || agent ? worker_block(c, p) : employer_block(c, p);
    Str agents = agent ? (Str){ 0 } : agents_of(c, all, p->side);
    return (PartyFacts){
        .id = p->id, .name = p->name, .block = block, .agents = agents, .side_zh = side_zh(p->side),
        .kind = p->kind,
        .id_type_zh = code_zh(&party_id_types, p->id_type), .id_no = p->id_no,
        .sex_zh = code_zh(&party_sexes, p->sex), .ethnic = p->ethnic, .mobile = p->mobile, .addr = p->addr,
        .svc_addr = p->svc_addr.n ? p->svc_addr : p->addr, .uscc = p->uscc, .legal_rep = p->legal_rep,
        .legal_post = p->legal_post, .scope_zh = power_zh(p), .birth = p->birth, .worker = is_worker(p),
        .e_service = p->e_service, .special = str_eq(p->scope, S("SPECIAL")),
    };
}

/* Those for whom `take` says yes. */
static Rows pick(Ctx *c, const CaseFacts *f, bool (*take)(const CaseFacts *f, const Party *p))
{
    Rows all = parties_of(c, f->k->id);
    PartyFacts *out = NEW(c->mem, PartyFacts, all.n + 1);
    const Party *p = all.at;
    size_t n = 0;
    for (size_t i = 0; i < all.n && ok(c); i++) {
        if (!take(f, &p[i])) continue;
        out[n] = facts(c, &p[i], all);
        for (size_t k = 0; k < all.n && str_eq(p[i].part, S("AGENT")); k++) {
            if (party_own(&p[k]) && str_eq(p[k].side, p[i].side)) out[n].whom = p[k].name;
        }
        n++;
    }
    return (Rows){ out, n };
}

static bool is_applicant(const CaseFacts *f, const Party *p)
{
    (void)f;
    return party_own(p) && str_eq(p->side, S("APPL"));
}

static bool is_respondent(const CaseFacts *f, const Party *p)
{
    (void)f;
    return party_own(p) && str_eq(p->side, S("RESP"));
}

static bool is_third(const CaseFacts *f, const Party *p)
{
    (void)f;
    return party_own(p) && str_eq(p->side, S("THIRD"));
}

static bool is_agent(const CaseFacts *f, const Party *p)
{
    (void)f;
    return str_eq(p->part, S("AGENT"));
}

static bool is_a_worker(const CaseFacts *f, const Party *p)
{
    (void)f;
    return is_worker(p) && party_own(p);
}

static bool is_an_employer(const CaseFacts *f, const Party *p)
{
    (void)f;
    return str_eq(p->kind, S("EMPLOYER")) && party_own(p);
}

static bool is_meant(const CaseFacts *f, const Party *p)
{
    if (f->to.n) return p->id.n == f->to.n;
    return party_own(p);
}

Rows fact_applicants(Ctx *c, const CaseFacts *f) { return pick(c, f, is_applicant); }
Rows fact_respondents(Ctx *c, const CaseFacts *f) { return pick(c, f, is_respondent); }
Rows fact_thirds(Ctx *c, const CaseFacts *f) { return pick(c, f, is_third); }
Rows fact_agents(Ctx *c, const CaseFacts *f) { return pick(c, f, is_agent); }
Rows fact_workers(Ctx *c, const CaseFacts *f) { return pick(c, f, is_a_worker); }
Rows fact_employers(Ctx *c, const CaseFacts *f) { return pick(c, f, is_an_employer); }
Rows fact_to(Ctx *c, const CaseFacts *f) { return pick(c, f, is_meant); }

Rows fact_representatives(Ctx *c, const CaseFacts *f)
{
    Rows reps = representatives_of(c, f->k->id), all = parties_of(c, f->k->id);
    PartyFacts *out = NEW(c->mem, PartyFacts, reps.n + 1);
    const Party *p = all.at;
    size_t n = 0;
    for (size_t i = 0; i < reps.n; i++) {
        const Representative *r = (const Representative *)reps.at + i;
        for (size_t k = 0; k < all.n && n < reps.n; k++) {
            if (p[k].id.n == r->party_id.n) out[n++] = facts(c, &p[k], all);
        }
    }
    return (Rows){ out, n };
}
