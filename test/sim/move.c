#include "sim/move.h"

#define PARTY_ID(side, name) \
    { "", "SQL", "SELECT min(id) FROM case_party WHERE side = '" side "' AND case_id = $case", "", name }
#define APPLICANT_ID PARTY_ID("APPL", "w")
#define RESPONDENT_ID PARTY_ID("RESP", "e")
#define AGREEMENT(duties) \
    "{\"requests\":\"支付拖欠工资\",\"result\":\"被申请人支付工资。\",\"total\":1000000,\"obligations\":[" duties "]}"
#define DUTY(amount, due) \
    "{\"duty\":\"PAY\",\"debtor_id\":\"$e\",\"creditor_ids\":[\"$w\"],\"money\":\"WAGE\",\"amount\":" amount "," \
    "\"due_on\":\"" due "\",\"method\":\"银行转账\"}"
#define FILE_DIGEST "\"file\":\"$file\",\"digest\":\"$digest\"}"
/* The oldest debt; by what it was, the case is performed, or a default is cured. */
#define PAY_NEXT \
    { "", "SQL", "SELECT min(id) FROM owing WHERE case_id = $case AND open = 1", "", "owing" }, \
    { "", "SQL", "SELECT amount - paid FROM owing WHERE id = $owing", "", "owed" }, \
    { "visitor", "POST", "/payments", "{\"owing_id\":\"$owing\",\"amount\":$owed,\"day\":\"$day\"," \
                                      "\"file\":\"$file\"}", "" }
#define CONSENT(side) "{\"side\":\"" side "\",\"name\":\"韦某\",\"way\":\"PAPER\",\"day\":\"$day\"}"

const Move moves[] = {
    { EV_REGISTER, 30, { { "mclerk", "POST", "/register", "{}", "" } } },
    { EV_ASK_CORRECTION, 3, { { "mclerk", "POST", "/ask-correction", "{\"items\":\"身份证复印件\"}", "" } } },
    { EV_CORRECT, 20, { { "mclerk", "POST", "/correct", "{\"supplied\":true}", "" } } },
    { EV_REJECT, 2, {
        { "mclerk", "POST", "/approvals", "{\"event\":\"reject\",\"reason\":\"不属于受理范围\"}", "approval" },
        { "mhead", "POST", "!/api/v1/approvals/$approval/decide", "{\"granted\":true}", "" },
        { "mclerk", "POST", "/reject", "{\"code\":\"NR4\",\"note\":\"家政服务\"}", "" } } },
    { EV_REFER, 1, { { "mclerk", "POST", "/refer", "{\"org\":\"$centre\",\"note\":\"合同履行地不在本县\"}", "" } } },
    { EV_ASK_CONSENT, 6, { { "mclerk", "POST", "/ask-consent", "{}", "" } } },
    { EV_DECLINE, 1, { { "mclerk", "POST", "/decline", "{\"reason\":\"REFUSED\",\"note\":\"书面回复不同意\"}", "" } } },
    { EV_ACCEPT, 30, { { "mclerk", "POST", "/accept", "{\"agrees\":true}", "" } } },
    { EV_DISPATCH, 20, { { "mdsp", "POST", "/dispatch", "{\"org\":\"$mtown\",\"reason\":\"就近\"}", "" } } },
    { EV_ORG_CONFIRM, 20, { { "morga", "POST", "/confirm", "{\"note\":\"收到\"}", "" } } },
    { EV_ORG_DECLINE, 1, { { "morga", "POST", "/return", "{\"note\":\"调解员培训，人手不足\"}", "" } } },
    { EV_ASSIGN, 40, { { "mdsp", "POST", "/assign",
                        "{\"mediators\":[{\"mediator_id\":\"$med1\"}],\"reason\":\"熟悉案情\"}", "" } } },
    { EV_REASSIGN, 1, { { "mdsp", "POST", "/reassign",
                          "{\"mediators\":[{\"mediator_id\":\"$med1\"}],\"reason\":\"工作调整\"}", "" } } },
    { EV_FLAG_COLLECTIVE, 1, { { "mclerk", "POST", "/flag-collective", "{\"note\":\"人数较多\"}", "" } } },
    { EV_FLAG_MAJOR, 1, { { "mhead", "POST", "/flag-major", "{\"level\":3,\"note\":\"影响较大\"}", "" } } },
    { EV_OPEN, 40, {
        { "med1", "POST", "/sessions", "{\"mode\":\"ONSITE\",\"planned\":\"$dayT15:00\",\"place\":\"第一调解室\","
                                       "\"participants\":\"双方\"}", "session" },
        { "med1", "POST", "/sessions/$session/open", "{\"attendees\":\"双方\",\"identified\":true,"
          "\"rights_told\":true,\"mode_agreed\":true,\"sham_told\":true}", "" } } },
    { EV_EXTEND, 3, { { "med1", "POST", "/extend", "{\"days\":5,\"consents\":[" CONSENT("APPL") ","
                        CONSENT("RESP") "]}", "" } } },
    { EV_SUSPEND, 5, {
        { "med1", "POST", "/approvals", "{\"event\":\"suspend\",\"reason\":\"等待劳动能力鉴定\"}", "approval" },
        { "mhead", "POST", "!/api/v1/approvals/$approval/decide", "{\"granted\":true}", "" },
        { "med1", "POST", "/suspend", "{\"code\":\"APPRAISAL\",\"note\":\"等待劳动能力鉴定\"}", "" } } },
    { EV_RESUME, 20, { { "med1", "POST", "/resume", "{\"note\":\"鉴定结论已出\"}", "" } } },
    { EV_AGREE, 40, {
        APPLICANT_ID, RESPONDENT_ID, { "med1", "PUT", "/agreement", AGREEMENT(DUTY("1000000", "$soon")), "agreement" },
        { "med1", "POST", "/agree", "{}", "" } } },
    { EV_AGREE, 20, { /* in two parts */
        APPLICANT_ID, RESPONDENT_ID,
        { "med1", "PUT", "/agreement", AGREEMENT(DUTY("400000", "$soon") "," DUTY("600000", "$later")), "agreement" },
        { "med1", "POST", "/agree", "{}", "" } } },
    { EV_SIGN, 60, {
        APPLICANT_ID, RESPONDENT_ID, { "med1", "GET", "/agreement", "", "agreement" },
        { "med1", "POST", "/marks", "{\"kind\":\"PARTY\",\"party_id\":\"$w\",\"how\":\"PAPER\"," FILE_DIGEST, "" },
        { "med1", "POST", "/marks", "{\"kind\":\"PARTY\",\"party_id\":\"$e\",\"how\":\"PAPER\"," FILE_DIGEST, "" },
        { "med1", "POST", "/marks", "{\"kind\":\"MEDIATOR\",\"how\":\"SIGNED\"," FILE_DIGEST, "" },
        { "mhead", "POST", "/marks", "{\"kind\":\"SEAL\",\"how\":\"STAMP\"," FILE_DIGEST, "" } } },
    { EV_REFUSE_SIGN_BACK, 3, { { "med1", "POST", "/refuse-sign-back", "{\"note\":\"对金额有异议\"}", "" } } },
    { EV_REFUSE_SIGN_END, 2, { { "med1", "POST", "/refuse-sign-end", "{\"note\":\"拒绝签署\"}", "" } } },
    { EV_PERFORM_ON_SPOT, 4, { { "med1", "POST", "/perform-on-spot", "{\"amount\":300000,\"payer\":\"某公司\","
        "\"payee\":\"韦某\",\"method\":\"转账\",\"content\":\"一次性付清\",\"signed_by_applicant\":\"韦某\","
        "\"signed_by_respondent\":\"覃大海\"}", "" } } },
    { EV_FAIL, 3, { { "med1", "POST", "/fail", "{\"code\":\"F02\",\"note\":\"差距较大\"}", "" } } },
    { EV_WITHDRAW, 1, { { "mclerk", "POST", "/withdraw", "{\"note\":\"申请人书面撤回\"}", "" } } },
    { EV_SETTLE, 1, { { "mclerk", "POST", "/settle", "{\"note\":\"双方自行和解\"}", "" } } },
    { EV_PERFORM, 20, { PAY_NEXT } },
    { EV_CURE, 12, { PAY_NEXT } },
    { EV_CLOSE, 20, {
        { "mclerk", "POST", "/papers", "{\"code\":\"D03\"}", "" },
        { "visitor", "POST", "/visits", "{\"stage\":\"FIRST\",\"day\":\"$day\",\"way\":\"PHONE\",\"who\":\"张三\","
                                        "\"performed\":true,\"satisfaction\":5}", "" },
        { "mhead", "POST", "/close", "{\"note\":\"结案\"}", "" } } },
    { EV_CLOSE, 2, { { "mhead", "POST", "/close", "{\"note\":\"结案\"}", "" } } },
    { EV_ARCHIVE, 10, { { "archivist", "POST", "/archive", "{\"note\":\"归档\"}", "" } } },
    { EV_REOPEN, 1, { { "mhead", "POST", "/reopen", "{\"note\":\"发现新的事实\"}", "" } } },
};
const size_t moves_n = COUNT(moves);
