/* D37, the record of a training, from the course and who came. */
#include "case/8-papers/facts.h"
#include "oversight/training/training.h"
#include "paper/chinese.h"

typedef struct CourseFacts {
    Str     title, when, place, teacher, form, topic, present, result;
} CourseFacts;
static const Field fields[] = {
    FIELD(CourseFacts, title,   .label = "培训名称", .en = "title"),
    FIELD(CourseFacts, when,    .label = "时间",     .en = "when"),
    FIELD(CourseFacts, place,   .label = "地点",     .en = "where"),
    FIELD(CourseFacts, teacher, .label = "授课人",   .en = "teacher"),
    FIELD(CourseFacts, form,    .label = "培训形式", .en = "form"),
    FIELD(CourseFacts, topic,   .label = "培训主题", .en = "topic"),
    FIELD(CourseFacts, present, .label = "参训人员", .en = "who came"),
    FIELD(CourseFacts, result,  .label = "学时和考核", .en = "hours and test"),
};
static const Form facts_form = FORM(CourseFacts, fields);

/* 共3人：韦秀英、覃志强… */
static Str present_of(Ctx *c, Rows people)
{
    size_t n = 0, cap = 40;
    for (size_t i = 0; i < people.n; i++) cap += ((const CoursePerson *)people.at)[i].name.n + 3;
    Out o = { .buf = NEW(c->mem, char, cap), .cap = cap };
    for (size_t i = 0; i < people.n; i++) {
        const CoursePerson *p = (const CoursePerson *)people.at + i;
        if (!str_eq(p->state, S("ATTENDED"))) continue;
        if (n++) out_str(&o, S("、"));
        out_str(&o, p->name);
    }
    if (n) out_str(&o, S("，共"));
    if (n) out_int(&o, (int64_t)n);
    if (n) out_str(&o, S("人"));
    return out_view(&o);
}

static Str result_of(Ctx *c, const Course *t, Rows people)
{
    enum { HOUR = 60 };
    int64_t tested = 0, passed = 0;
    for (size_t i = 0; i < people.n; i++) {
        tested += ((const CoursePerson *)people.at)[i].tested;
        passed += ((const CoursePerson *)people.at)[i].passed;
    }
    Out o = { .buf = NEW(c->mem, char, 200), .cap = 200 };
    out_str(&o, S("计"));
    out_int(&o, t->minutes / HOUR);
    out_str(&o, S("学时"));
    if (t->minutes % HOUR) out_int(&o, t->minutes % HOUR);
    if (t->minutes % HOUR) out_str(&o, S("分"));
    out_str(&o, t->pass_points ? S("；测试") : S("；不测试"));
    if (t->pass_points == 0) return out_view(&o);
    out_int(&o, tested);
    out_str(&o, S("人，合格"));
    out_int(&o, passed);
    out_str(&o, S("人（合格线"));
    out_int(&o, t->pass_points);
    out_str(&o, S("分）"));
    return out_view(&o);
}

static Str label(const Codes *codes, Str word)
{
    const Code *code = NULL;
    return code_find(codes, word, &code) && code ? str_of(code->zh) : word;
}

static Rows course_row(Ctx *c, const CaseFacts *f)
{
    Course t = { 0 };
    if (!course_find(c, f->about_id, &t, true)) return (Rows){ 0 };
    Rows people = course_people(c, t.id);
    Out when = { .buf = NEW(c->mem, char, 160), .cap = 160 };
    out_chinese_time(&when, t.starts);
    out_str(&when, S("至"));
    out_chinese_time(&when, t.ends);
    CourseFacts row = { .title = t.title, .when = out_view(&when), .place = t.place, .teacher = t.teacher,
                        .form = label(&course_forms, t.form), .topic = label(&course_topics, t.topic),
                        .present = present_of(c, people), .result = result_of(c, &t, people) };
    return fact_one(c, &row, sizeof row);
}

static const FactSource sources[] = {
    { "course", "培训课程", "the course", &facts_form, NULL, course_row, "course", false },
};

const Slice course_papers_slice = { .name = "course_papers", .fact = sources, .facts = COUNT(sources) };
