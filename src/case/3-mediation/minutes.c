/*
** Minutes (D11) and facts that both sides confirm together.  A version stays as
** it was written; once both sides have marked it no other follows.  Minutes of a
** mediator who was recused belong to the sub-volume.
*/
#include "case/3-mediation/mediation.h"

typedef struct Minutes {
    Id      id, case_id, session_id;
    int64_t version;
    Str     attendees;
    bool    id_checked, rights_told, recusal_asked, recording_agreed;
    Str     statements, undisputed, focus, proposals, result;
    Id      by;
    Time    at;
    bool    applicant, respondent, sub_volume; /* in answers: who confirmed; where it is filed */
} Minutes;

static const Field fields[] = {
    FIELD(Minutes, id,         .label = "编号", .en = "id", .rule = SERVER_SET),
    FIELD(Minutes, case_id,    .label = "案件", .en = "case", .rule = SERVER_SET),
    FIELD(Minutes, session_id, .label = "场次", .en = "session", .rule = REQUIRED),
    FIELD(Minutes, version,    .label = "版本", .en = "version", .rule = SERVER_SET),
    FIELD(Minutes, attendees,  .label = "到场人员及身份核对", .en = "attendees", .rule = REQUIRED | PROSE, .min = 2, .max = 2000),
    FIELD(Minutes, id_checked, .label = "身份已核对", .en = "identity checked", .rule = REQUIRED),
    FIELD(Minutes, rights_told, .label = "权利义务已告知", .en = "rights told", .rule = REQUIRED),
    FIELD(Minutes, recusal_asked, .label = "已询问是否申请回避", .en = "asked about recusal", .rule = REQUIRED),
    FIELD(Minutes, recording_agreed, .label = "同意录音录像", .en = "recording agreed"),
    FIELD(Minutes, statements, .label = "双方陈述", .en = "statements", .rule = REQUIRED | PROSE, .min = 2, .max = 20000),
    FIELD(Minutes, undisputed, .label = "无争议事实", .en = "undisputed facts", .rule = PROSE, .max = 10000),
    FIELD(Minutes, focus,      .label = "争议焦点", .en = "focus of the dispute", .rule = PROSE, .max = 5000),
    FIELD(Minutes, proposals,  .label = "调解方案", .en = "proposals", .rule = PROSE, .max = 10000),
    FIELD(Minutes, result,     .label = "调解结果", .en = "result", .rule = REQUIRED | PROSE, .min = 2, .max = 5000),
    FIELD(Minutes, by,         .label = "记录人", .en = "by", .rule = SERVER_SET),
    FIELD(Minutes, at,         .label = "记录时间", .en = "at", .rule = SERVER_SET),
    FIELD(Minutes, applicant,  .label = "申请人已确认", .en = "confirmed by the applicant", .rule = SERVER_SET),
    FIELD(Minutes, respondent, .label = "被申请人已确认", .en = "confirmed by the respondent", .rule = SERVER_SET),
    FIELD(Minutes, sub_volume, .label = "归入副卷", .en = "in the sub-volume", .rule = SERVER_SET),
};
static const Form minutes_form = FORM(Minutes, fields);

static const Field fact_fields[] = {
    FIELD(JointFact, id,         .label = "编号", .en = "id", .rule = SERVER_SET),
    FIELD(JointFact, case_id,    .label = "案件", .en = "case", .rule = SERVER_SET),
    FIELD(JointFact, fact,       .label = "无争议事实", .en = "fact", .rule = REQUIRED | PROSE, .min = 2, .max = 10000),
    FIELD(JointFact, by,         .label = "记录人", .en = "by", .rule = SERVER_SET),
    FIELD(JointFact, at,         .label = "记录时间", .en = "at", .rule = SERVER_SET),
    FIELD(JointFact, applicant,  .label = "申请人已确认", .en = "confirmed by the applicant", .rule = SERVER_SET),
    FIELD(JointFact, respondent, .label = "被申请人已确认", .en = "confirmed by the respondent", .rule = SERVER_SET),
};
static const Form fact_form = FORM(JointFact, fact_fields);

/* One side's word that a text is as it was. */
typedef struct Confirmation {
    Id   subject, case_id;
    Str  side, name, way;
    Id   by;
    Time at;
} Confirmation;
static const Code side_rows[] = { { "APPL", "申请人", "applicant" }, { "RESP", "被申请人", "respondent" } };
static const Codes sides = { .name = "confirming_side", .row = side_rows, .n = COUNT(side_rows) };
static const Code way_rows[] = {
    { "ONLINE", "在线确认", "online" }, { "PAPER", "纸质签名", "signed on paper" },
};
static const Codes ways = { .name = "confirming_way", .row = way_rows, .n = COUNT(way_rows) };
static const Field mark_fields[] = {
    FIELD(Confirmation, subject, .label = "文本", .en = "of what", .rule = SERVER_SET),
    FIELD(Confirmation, case_id, .label = "案件", .en = "case", .rule = SERVER_SET),
    FIELD(Confirmation, side,    .label = "当事方", .en = "side", .codes = &sides),
    FIELD(Confirmation, name,    .label = "签名人", .en = "who signed", .max = 50),
    FIELD(Confirmation, way,     .label = "方式", .en = "how", .rule = SERVER_SET, .codes = &ways),
    FIELD(Confirmation, by,      .label = "经办", .en = "by", .rule = SERVER_SET),
    FIELD(Confirmation, at,      .label = "时间", .en = "at", .rule = SERVER_SET),
};
static const Form mark_form = FORM(Confirmation, mark_fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE minutes("              /* D11, one row a version; append-only */
      "  id         INTEGER PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES cases,"
      "  session_id INTEGER NOT NULL REFERENCES sitting, version INTEGER NOT NULL,"
      "  attendees  TEXT NOT NULL, id_checked INTEGER NOT NULL, rights_told INTEGER NOT NULL,"
      "  recusal_asked INTEGER NOT NULL, recording_agreed INTEGER NOT NULL,"
      "  statements TEXT NOT NULL, undisputed TEXT NOT NULL, focus TEXT NOT NULL, proposals TEXT NOT NULL,"
      "  result     TEXT NOT NULL, by INTEGER NOT NULL, at INTEGER NOT NULL,"
      "  UNIQUE(session_id, version)) STRICT;"
      "CREATE INDEX minutes_by_case ON minutes(case_id, id);"
      "CREATE TABLE joint_fact("           /* what nobody disputes, said jointly; append-only */
      "  id         INTEGER PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES cases,"
      "  fact       TEXT NOT NULL, by INTEGER NOT NULL, at INTEGER NOT NULL) STRICT;"
      "CREATE INDEX joint_fact_by_case ON joint_fact(case_id, id);"
      "CREATE TABLE joint_mark("           /* a side's confirmation of either; append-only */
      "  subject    INTEGER NOT NULL, case_id INTEGER NOT NULL REFERENCES cases,"
      "  side       TEXT NOT NULL CHECK(side IN ('APPL', 'RESP')), name TEXT NOT NULL, way TEXT NOT NULL,"
      "  by         INTEGER NOT NULL, at INTEGER NOT NULL, PRIMARY KEY(subject, side)) STRICT;"
      "CREATE INDEX joint_mark_by_case ON joint_mark(case_id, subject);" },
};
static const char *const keeps[] = { "minutes", "joint_fact", "joint_mark", NULL };

#define COLUMNS \
    "id, case_id, session_id, version, attendees, id_checked, rights_told, recusal_asked, recording_agreed, statements," \
    " undisputed, focus, proposals, result, by, at"
static const Query q_add = {
    .name = "minutes.add", .in = &minutes_form, .clash = ERR_AGAIN,
    .sql = "INSERT INTO minutes(" COLUMNS ") VALUES(:id, :case_id, :session_id, :version, :attendees, :id_checked,"
           " :rights_told, :recusal_asked, :recording_agreed, :statements, :undisputed, :focus, :proposals, :result,"
           " :by, :at)",
};
static const Query q_list = {
    .name = "minutes.list", .in = &minutes_form, .out = &minutes_form,
    .sql = "SELECT " COLUMNS " FROM minutes WHERE case_id = :case_id ORDER BY case_id, id LIMIT 200",
};
static const Query q_fact = {
    .name = "joint_fact.add", .in = &fact_form,
    .sql = "INSERT INTO joint_fact(id, case_id, fact, by, at) VALUES(:id, :case_id, :fact, :by, :at)",
};
static const Query q_facts = {
    .name = "joint_fact.list", .in = &fact_form, .out = &fact_form,
    .sql = "SELECT id, case_id, fact, by, at FROM joint_fact WHERE case_id = :case_id ORDER BY case_id, id LIMIT 200",
};
static const Query q_mark = {
    .name = "joint_mark.add", .in = &mark_form, .clash = ERR_CLASH,
    .sql = "INSERT INTO joint_mark(subject, case_id, side, name, way, by, at)"
           " VALUES(:subject, :case_id, :side, :name, :way, :by, :at)",
};
static const Query q_marks = {
    .name = "joint_mark.list", .in = &mark_form, .out = &mark_form,
    .sql = "SELECT subject, case_id, side, name, way, by, at FROM joint_mark WHERE case_id = :case_id"
           " ORDER BY case_id, subject LIMIT 1000",
};
static const Query *const queries[] = { &q_add, &q_list, &q_fact, &q_facts, &q_mark, &q_marks, NULL };

/* ---- who confirmed what -------------------------------------------------------------------- */

static bool marked(Rows marks, Id subject, Str side)
{
    for (size_t i = 0; i < marks.n; i++) {
        const Confirmation *m = (const Confirmation *)marks.at + i;
        if (m->subject.n == subject.n && str_eq(m->side, side)) return true;
    }
    return false;
}

static Rows marks_of(Ctx *c, Id case_id)
{
    return db_list(c, &q_marks, &(Confirmation){ .case_id = case_id });
}

static Rows minutes_of(Ctx *c, Id case_id)
{
    Rows rows = db_list(c, &q_list, &(Minutes){ .case_id = case_id }), marks = marks_of(c, case_id);
    for (size_t i = 0; i < rows.n; i++) {
        Minutes *m = (Minutes *)rows.at + i;
        m->applicant = marked(marks, m->id, S("APPL"));
        m->respondent = marked(marks, m->id, S("RESP"));
        m->sub_volume = was_recused(c, case_id, m->by);
    }
    return rows;
}

/* Each for its session; what a recused mediator wrote is not in the main volume. */
int64_t minutes_confirmed(Ctx *c, Id case_id)
{
    int64_t n = 0;
    Rows rows = minutes_of(c, case_id);
    for (size_t i = 0; i < rows.n; i++) {
        const Minutes *m = (const Minutes *)rows.at + i;
        n += m->applicant && m->respondent && !m->sub_volume;
    }
    return n;
}

static Rows facts_of(Ctx *c, Id case_id)
{
    Rows rows = db_list(c, &q_facts, &(JointFact){ .case_id = case_id }), marks = marks_of(c, case_id);
    for (size_t i = 0; i < rows.n; i++) {
        JointFact *f = (JointFact *)rows.at + i;
        f->applicant = marked(marks, f->id, S("APPL"));
        f->respondent = marked(marks, f->id, S("RESP"));
    }
    return rows;
}

const Sealed minutes_sealed = { &minutes_form, minutes_of };
const Sealed fact_sealed = { &fact_form, facts_of };
const Sealed joint_mark_sealed = { &mark_form, marks_of };

Rows facts_confirmed(Ctx *c, Id case_id)
{
    Rows rows = facts_of(c, case_id);
    size_t n = 0;
    JointFact *f = rows.at;
    for (size_t i = 0; i < rows.n; i++) {
        if (f[i].applicant && f[i].respondent) f[n++] = f[i];
    }
    return (Rows){ rows.at, n };
}

/* Of what was said in a session, only what both confirmed as undisputed. */
Rows minutes_facts(Ctx *c, Id case_id)
{
    Rows rows = minutes_of(c, case_id);
    Rows out = { NEW(c->mem, JointFact, rows.n + 1), 0 };
    for (size_t i = 0; i < rows.n; i++) {
        const Minutes *m = (const Minutes *)rows.at + i;
        bool joint = m->applicant && m->respondent && m->undisputed.n;
        if (!joint) continue;
        ((JointFact *)out.at)[out.n++] = (JointFact){ .id = m->id, .case_id = case_id, .fact = m->undisputed,
            .by = m->by, .at = m->at, .applicant = true, .respondent = true };
    }
    return out;
}

/* ---- handlers ------------------------------------------------------------------------------------ */

enum { WRITABLE = SPAN(MEDIATING, PENDING_SIGN) | IN(FAILED) | IN(WITHDRAWN) | IN(SETTLED) | IN(PERFORMED) };

static void said(Ctx *c, const Minutes *m)
{
    if (!m->id_checked) fault(c, S("id_checked"), FAULT_REQUIRED);
    if (!m->rights_told) fault(c, S("rights_told"), FAULT_REQUIRED);
    if (!m->recusal_asked) fault(c, S("recusal_asked"), FAULT_REQUIRED);
}

/* The next version of the session's minutes; none after both have confirmed one. */
static int64_t next_version(Ctx *c, const Case *k, Id session)
{
    Rows rows = minutes_of(c, k->id);
    int64_t version = 1;
    for (size_t i = 0; i < rows.n; i++) {
        const Minutes *m = (const Minutes *)rows.at + i;
        if (m->session_id.n != session.n) continue;
        version = m->version + 1;
        if (m->applicant && m->respondent) fail(c, ERR_CLASH, S("confirmed"));
    }
    return version;
}

static void write_minutes(Ctx *c)
{
    Case k;
    Minutes m = { .by = c->who.id, .at = now(c) };
    form_read(c, &minutes_form, &m);
    if (ok(c)) said(c, &m);
    tx_begin(c);
    case_get(c, arg_id(c, 0), &k);
    states_only(c, &k, WRITABLE);
    if (ok(c)) not_on_hold(c, &k);
    if (!session_opened(c, k.id, m.session_id)) fault(c, S("session_id"), FAULT_NOT_KNOWN);
    m.version = next_version(c, &k, m.session_id);
    m.id = id_next(c);
    m.case_id = k.id;
    db_insert(c, &q_add, &m);
    case_save(c, &k);
    case_note(c, &k, S("minutes"), (Str){ 0 });
    reply_row(c, 201, &minutes_form, &m);
    tx_end(c);
}

static void list_minutes(Ctx *c)
{
    Case k;
    if (!case_get(c, arg_id(c, 0), &k)) return;
    Rows rows = minutes_of(c, k.id);
    size_t n = 0;
    Minutes *m = rows.at;
    for (size_t i = 0; i < rows.n; i++) {
        bool shown = !(c->who.roles & PARTIES) || !m[i].sub_volume; /* parties see the main volume */
        if (shown) m[n++] = m[i];
    }
    reply_rows(c, &minutes_form, (Rows){ rows.at, n }, (Str){ 0 });
}

static void add_fact(Ctx *c)
{
    Case k;
    JointFact f = { .by = c->who.id, .at = now(c) };
    form_read(c, &fact_form, &f);
    tx_begin(c);
    case_get(c, arg_id(c, 0), &k);
    states_only(c, &k, WRITABLE);
    f.id = id_next(c);
    f.case_id = k.id;
    db_insert(c, &q_fact, &f);
    case_save(c, &k);
    case_note(c, &k, S("fact"), (Str){ 0 });
    reply_row(c, 201, &fact_form, &f);
    tx_end(c);
}

static void list_facts(Ctx *c)
{
    Case k;
    if (!case_get(c, arg_id(c, 0), &k)) return;
    reply_rows(c, &fact_form, facts_of(c, k.id), (Str){ 0 });
}

/* A party speaks for its own side; a mediator enters whose signature is on paper. */
static void whose(Ctx *c, Confirmation *m)
{
    bool party = c->who.roles & PARTIES;
    m->way = party ? S("ONLINE") : S("PAPER");
    if (party && m->side.n) fault(c, S("side"), FAULT_NOT_ALLOWED);
    if (!party && m->side.n == 0) fault(c, S("side"), FAULT_REQUIRED);
    if (!party && m->name.n == 0) fault(c, S("name"), FAULT_REQUIRED);
    if (party && c->who.sides & APPLICANT) m->side = S("APPL");
    if (party && c->who.sides & RESPONDENT) m->side = S("RESP");
    if (party && m->side.n == 0) fail(c, ERR_FORBIDDEN, S("side"));
}

/* It is one of this case's texts, and the last version of its minutes. */
static bool is_last(Ctx *c, const Case *k, Id subject)
{
    Rows rows = minutes_of(c, k->id), facts = facts_of(c, k->id);
    const Minutes *found = NULL;
    for (size_t i = 0; i < facts.n; i++) {
        if (((const JointFact *)facts.at)[i].id.n == subject.n) return true;
    }
    for (size_t i = 0; i < rows.n; i++) {
        const Minutes *m = (const Minutes *)rows.at + i;
        if (m->id.n == subject.n) found = m;
        else if (found && m->session_id.n == found->session_id.n) fail(c, ERR_STALE, S("version"));
    }
    return found != NULL;
}

static void confirm(Ctx *c)
{
    Case k;
    Confirmation m = { .by = c->who.id, .at = now(c) };
    form_read(c, &mark_form, &m);
    if (ok(c)) whose(c, &m);
    tx_begin(c);
    case_get(c, arg_id(c, 0), &k);
    m.subject = arg_id(c, 1);
    m.case_id = k.id;
    if (case_unsealed(c, &k) && !is_last(c, &k, m.subject)) fail(c, ERR_NOT_FOUND, S("text"));
    db_insert(c, &q_mark, &m);
    case_save(c, &k);
    case_note(c, &k, S("confirmed"), m.side);
    reply_row(c, 201, &mark_form, &m);
    tx_end(c);
}

static const Route routes[] = {
    { "POST", "/api/v1/cases/:id/minutes", MEDIATORS, write_minutes, "调解笔录", "minutes of a session",
      .in = &minutes_form, .out = &minutes_form },
    { "GET", "/api/v1/cases/:id/minutes", STAFF | PARTIES, list_minutes, "调解笔录", "its minutes",
      .out = &minutes_form, .list = true },
    { "POST", "/api/v1/cases/:id/minutes/:minutes/confirm", PARTIES | MEDIATORS, confirm, "确认笔录", "confirm minutes",
      .in = &mark_form, .out = &mark_form },
    { "POST", "/api/v1/cases/:id/facts", MEDIATORS, add_fact, "记录无争议事实", "a fact nobody disputes",
      .in = &fact_form, .out = &fact_form },
    { "GET", "/api/v1/cases/:id/facts", STAFF | PARTIES, list_facts, "无争议事实", "undisputed facts",
      .out = &fact_form, .list = true },
    { "POST", "/api/v1/cases/:id/facts/:fact/confirm", PARTIES | MEDIATORS, confirm, "确认无争议事实", "confirm a fact",
      .in = &mark_form, .out = &mark_form },
};

const Slice minutes_slice = {
    .name = "minutes", .query = queries, .migration = migrations, .migrations = COUNT(migrations), .keeps = keeps,
    .route = routes, .routes = COUNT(routes),
};
