/*
** What goes back to court or arbitration, or on to them, when mediation has
** failed: the basics of D22 and what both sides confirmed (在线调解规则 21 (2022)).
** Built up from those alone, so nothing else can slip in.
*/
#include "case/3-mediation/mediation.h"

static const Field fact_fields[] = {
    FIELD(JointFact, fact, .label = "共同确认的无争议事实", .en = "fact confirmed by both"),
};
static const Form fact_form = { "HandoverFact", sizeof(JointFact), fact_fields, COUNT(fact_fields) };

static const Field fields[] = {
    FIELD(Handover, id,         .label = "案件", .en = "case"),
    FIELD(Handover, no,         .label = "登记号", .en = "ledger number"),
    FIELD(Handover, source,     .label = "来源", .en = "source"),
    FIELD(Handover, applicant,  .label = "申请人", .en = "applicant"),
    FIELD(Handover, respondent, .label = "被申请人", .en = "respondent"),
    FIELD(Handover, cause,      .label = "案由", .en = "cause"),
    FIELD(Handover, accepted,   .label = "受理日期", .en = "accepted"),
    FIELD(Handover, ended,      .label = "终结日期", .en = "ended"),
    FIELD(Handover, ending,     .label = "终结原因代码", .en = "reason code"),
    FIELD(Handover, ending_zh,  .label = "终结原因", .en = "reason"),
    FIELD(Handover, sessions,   .label = "调解次数", .en = "sessions held"),
    FIELD(Handover, facts,      .label = "共同确认的无争议事实", .en = "facts confirmed by both", .child = &fact_form),
};
const Form handover_form = FORM(Handover, fields);

void handover_of(Ctx *c, const Case *k, Handover *h)
{
    Rows facts = facts_confirmed(c, k->id), said = minutes_facts(c, k->id);
    JointFact *all = NEW(c->mem, JointFact, facts.n + said.n + 1);
    for (size_t i = 0; i < said.n; i++) all[i] = ((const JointFact *)said.at)[i];
    for (size_t i = 0; i < facts.n; i++) all[said.n + i] = ((const JointFact *)facts.at)[i];
    Ending e = ending_of(k->ending);
    *h = (Handover){ .id = k->id, .no = k->no, .source = k->source, .applicant = k->applicant,
                     .respondent = k->respondent, .cause = k->cause, .accepted = k->accepted,
                     .ended = k->ended, .ending = k->ending,
                     .ending_zh = e == END_NONE ? (Str){ 0 } : str_of(ending_zh(e)),
                     .sessions = sessions_held(c, k->id), .facts = { all, facts.n + said.n } };
}

static void show(Ctx *c)
{
    Case k;
    Handover h;
    if (!case_get(c, arg_id(c, 0), &k)) return;
    states_only(c, &k, IN(FAILED) | IN(CLOSED) | IN(ARCHIVED));
    handover_of(c, &k, &h);
    reply_row(c, 200, &handover_form, &h);
}

static const Route routes[] = {
    { "GET", "/api/v1/cases/:id/handover", CLERK | DISPATCHER | MEDIATORS | HEAD, show, "结果反馈（移交）内容",
      "what may be handed over", .out = &handover_form },
};

const Slice handover_slice = { .name = "handover", .route = routes, .routes = COUNT(routes) };
