/* D36 from the record: the notice and the minutes of a meeting, the order that follows a task up. */
#include "case/8-papers/facts.h"
#include "law/law.h"
#include "oversight/meetings/decision.h"
#include "oversight/meetings/seat.h"
#include "paper/chinese.h"
#include "register/standing.h"

enum { NAMES = 4000 };

/* A meeting as a paper says it: units by name, who came in one line. */
typedef struct MeetingFacts {
    Str  title, place, when, chair, asked, present, excused, absent;
    bool held;
} MeetingFacts;
static const Field meeting_fields[] = {
    FIELD(MeetingFacts, title,   .label = "会议名称", .en = "meeting"),
    FIELD(MeetingFacts, place,   .label = "地点",     .en = "where"),
    FIELD(MeetingFacts, when,    .label = "时间",     .en = "when"),
    FIELD(MeetingFacts, chair,   .label = "主持",     .en = "in the chair"),
    FIELD(MeetingFacts, asked,   .label = "邀请单位", .en = "who is asked"),
    FIELD(MeetingFacts, present, .label = "出席",     .en = "who came"),
    FIELD(MeetingFacts, excused, .label = "请假",     .en = "excused"),
    FIELD(MeetingFacts, absent,  .label = "缺席",     .en = "absent"),
    FIELD(MeetingFacts, held,    .label = "已召开",   .en = "held"),
};
static const Form meeting_facts_form = FORM(MeetingFacts, meeting_fields);

/* 人民法院（蒋法官）、总工会: those of one attendance; "" : all, without persons. */
static Str names_of(Ctx *c, Rows seats, Str present)
{
    Out o = { .buf = NEW(c->mem, char, NAMES), .cap = NAMES };
    for (size_t i = 0; i < seats.n; i++) {
        const MeetingSeat *s = (const MeetingSeat *)seats.at + i;
        if (present.n && !str_eq(s->present, present)) continue;
        if (o.len) out_str(&o, S("、"));
        out_str(&o, s->name);
        if (present.n == 0 || s->person.n == 0) continue;
        out_str(&o, S("（"));
        out_str(&o, s->person);
        out_str(&o, S("）"));
    }
    return out_view(&o);
}

/* The unit in the chair, and who came from there. */
static Str chair_of(Ctx *c, const Meeting *m, Rows seats)
{
    Org o = { 0 };
    Out out = { .buf = NEW(c->mem, char, NAMES), .cap = NAMES };
    (void)org_find(c, m->org, &o);
    out_str(&out, unit_name(c, o.region, m->convener));
    for (size_t i = 0; i < seats.n; i++) {
        const MeetingSeat *s = (const MeetingSeat *)seats.at + i;
        if (!str_eq(s->unit, m->convener) || s->person.n == 0) continue;
        out_str(&out, S("　"));
        out_str(&out, s->person);
    }
    return out_view(&out);
}

/* The hour it was planned for, unless it was held on another day. */
static Str when_of(Ctx *c, const Meeting *m)
{
    Out o = { .buf = NEW(c->mem, char, 80), .cap = 80 };
    bool other = m->held_on.day && m->held_on.day != time_date(m->planned).day;
    if (other) out_chinese_date(&o, m->held_on);
    else out_chinese_time(&o, m->planned);
    return out_view(&o);
}

static Rows meeting_row(Ctx *c, const CaseFacts *f)
{
    Meeting m = { 0 };
    if (!meeting_get(c, f->about_id, &m)) return (Rows){ 0 };
    Rows seats = meeting_seats(c, m.id);
    MeetingFacts row = {
        .title = m.title, .place = m.place, .when = when_of(c, &m), .chair = chair_of(c, &m, seats),
        .asked = names_of(c, seats, (Str){ 0 }), .present = names_of(c, seats, S("PRESENT")),
        .excused = names_of(c, seats, S("LEAVE")), .absent = names_of(c, seats, S("ABSENT")),
        .held = m.held_on.day != 0,
    };
    return fact_one(c, &row, sizeof row);
}

static bool seen(Ctx *c, const CaseFacts *f)
{
    Meeting m = { 0 };
    return meeting_get(c, f->about_id, &m);
}

static Rows record_row(Ctx *c, const CaseFacts *f)
{
    MeetingMinutes v = { 0 };
    return seen(c, f) && meeting_minutes(c, f->about_id, &v) ? fact_one(c, &v, sizeof v) : (Rows){ 0 };
}

static Rows topic_rows(Ctx *c, const CaseFacts *f)
{
    return seen(c, f) ? meeting_topics(c, f->about_id) : (Rows){ 0 };
}

/* ---- tasks ------------------------------------------------------------------------------------ */

typedef struct TaskFacts {
    Str  title, content, lead, helpers, deliverable, basis;
    Date due;
} TaskFacts;
static const Field task_fields[] = {
    FIELD(TaskFacts, title,       .label = "任务",     .en = "task"),
    FIELD(TaskFacts, content,     .label = "具体要求", .en = "what is asked"),
    FIELD(TaskFacts, lead,        .label = "牵头单位", .en = "in the lead"),
    FIELD(TaskFacts, helpers,     .label = "配合单位", .en = "helpers"),
    FIELD(TaskFacts, deliverable, .label = "成果形式", .en = "deliverable"),
    FIELD(TaskFacts, basis,       .label = "依据",     .en = "basis"),
    FIELD(TaskFacts, due,         .label = "完成时限", .en = "due"),
};
static const Form task_facts_form = FORM(TaskFacts, task_fields);

static Str helpers_of(Ctx *c, const BoardTask *d)
{
    Org o = { 0 };
    Out out = { .buf = NEW(c->mem, char, NAMES), .cap = NAMES };
    (void)org_find(c, d->org, &o);
    for (Str rest = d->helpers; rest.n;) {
        if (out.len) out_str(&out, S("、"));
        out_str(&out, unit_name(c, o.region, str_cut(&rest, ' ')));
    }
    return out_view(&out);
}

static TaskFacts task_of(Ctx *c, const BoardTask *d)
{
    Str content = d->content.n ? d->content : d->title;
    return (TaskFacts){ .title = d->title, .content = content, .lead = d->lead_name,
                        .helpers = helpers_of(c, d), .deliverable = d->deliverable, .basis = d->basis,
                        .due = d->due };
}

static Rows decision_rows(Ctx *c, const CaseFacts *f)
{
    Rows rows = seen(c, f) ? meeting_decisions(c, f->about_id) : (Rows){ 0 };
    TaskFacts *out = NEW(c->mem, TaskFacts, rows.n + 1);
    for (size_t i = 0; i < rows.n; i++) out[i] = task_of(c, (const BoardTask *)rows.at + i);
    return (Rows){ out, rows.n };
}

/* Its basis: what it says, else the meeting that decided it. */
static Rows task_row(Ctx *c, const CaseFacts *f)
{
    BoardTask d = { 0 };
    Meeting m = { 0 };
    if (!decision_get(c, f->about_id, &d)) return (Rows){ 0 };
    TaskFacts row = task_of(c, &d);
    if (row.basis.n == 0 && d.meeting_id.n && meeting_get(c, d.meeting_id, &m)) row.basis = m.title;
    return fact_one(c, &row, sizeof row);
}

static const FactSource sources[] = {
    { "meeting",   "会议", "the meeting", &meeting_facts_form, NULL, meeting_row, "meeting", false },
    { "record",    "会议纪要", "its minutes", &meeting_minutes_form, NULL, record_row, "meeting", false },
    { "topics",    "会议议题", "its topics", &topic_form, NULL, topic_rows, "meeting", false },
    { "decisions", "议定事项", "its decisions", &task_facts_form, NULL, decision_rows, "meeting", false },
    { "task",      "督办任务", "the task", &task_facts_form, NULL, task_row, "decision", false },
};

const Slice meeting_papers_slice = { .name = "meeting_papers", .fact = sources, .facts = COUNT(sources) };
