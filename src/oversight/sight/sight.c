/*
** Does this person see that record, and why?  The route that shows it is run as
** the person and taken back; beside it stand the facts that decide: roles,
** rights and their reach, where the record lies, who works on the case.
*/
#include "oversight/sight/sight.h"

#include "case/case.h"
#include "core/audit.h"
#include "core/form.h"
#include "core/right.h"
#include "core/session.h"
#include "core/tx.h"
#include "law/phrase.h"
#include "register/organisations/office.h"
#include "register/people/people.h"

#define NO_OBJECT OBJ__COUNT
enum { LINES = 64 };

/* ---- what may be asked about ------------------------------------------------------------------- */

typedef struct Spot { /* a record: where it lies */
    Id   id, case_id, lead, user_id;
    Str  org_path, owner_path, org_name, part, no;
    Date since;
} Spot;
static const Field spot_fields[] = {
    FIELD(Spot, id), FIELD(Spot, case_id), FIELD(Spot, lead), FIELD(Spot, user_id), FIELD(Spot, org_path),
    FIELD(Spot, owner_path), FIELD(Spot, org_name), FIELD(Spot, part), FIELD(Spot, no), FIELD(Spot, since),
};
static const Form spot_form = FORM(Spot, spot_fields);

#define SPOT(name_, sql_) \
    { .name = "sight." name_, .in = &spot_form, .out = &spot_form, .sql = "SELECT " sql_ }
#define OF_CASE "k.id AS case_id, k.org_path, k.owner_path, k.mediator_id AS lead"
enum { OF_CASES, OF_AGREEMENT, OF_EVIDENCE, OF_NOTES, OF_MEDIATOR, OF_ORG, OF_EMPLOYER, OF_RISK,
       OF_NEGOTIATION,
       OF_MEETING, OF_DECISION, OF_LETTER, OF_SUBSIDY, OF_BUDGET, OF_EXPENSE, OF_ACTIVITY, OF_USER, SPOTS };
static const Query spots[SPOTS] = {
    [OF_CASES]     = SPOT("case", OF_CASE " FROM cases k WHERE k.id = :id"),
    [OF_AGREEMENT] = SPOT("agreement",
                          OF_CASE " FROM agreement a JOIN cases k ON k.id = a.case_id WHERE a.case_id = :id"),
    [OF_EVIDENCE]  = SPOT("evidence", OF_CASE " FROM cases k WHERE k.id = :id"),
    [OF_NOTES]     = SPOT("notes", OF_CASE " FROM cases k WHERE k.id = :id"),
    [OF_MEDIATOR]  = SPOT("mediator", "org_path FROM mediator WHERE id = :id"),
    [OF_ORG]       = SPOT("org", "path AS org_path FROM org WHERE id = :id"),
    [OF_EMPLOYER]  = SPOT("employer", "id FROM employer WHERE id = :id"),
    [OF_RISK]      = SPOT("risk", "org_path FROM risk WHERE id = :id"),
    [OF_NEGOTIATION] = SPOT("negotiation", "org_path FROM negotiation WHERE id = :id"),
    [OF_MEETING]   = SPOT("meeting", "org_path FROM meeting WHERE id = :id"),
    [OF_DECISION]  = SPOT("decision", "org_path FROM decision WHERE id = :id"),
    [OF_LETTER]    = SPOT("letter", "org_path FROM letter WHERE id = :id"),
    [OF_SUBSIDY]   = SPOT("subsidy", "org_path FROM subsidy WHERE id = :id"),
    [OF_BUDGET]    = SPOT("budget", "org_path, org AS user_id FROM budget WHERE id = :id"),
    [OF_EXPENSE]   = SPOT("expense", "org_path, org AS user_id FROM expense WHERE id = :id"),
    [OF_ACTIVITY]  = SPOT("activity", "org_path, org AS user_id FROM activity WHERE id = :id"),
    [OF_USER]      = SPOT("user", "org_path FROM person_user WHERE id = :id"),
};
static const Query q_place = {
    .name = "sight.place", .in = &spot_form, .out = &spot_form,
    .sql = "SELECT name AS org_name FROM org WHERE path = :org_path",
};
static const Query q_case_no = {
    .name = "sight.case_no", .in = &spot_form, .out = &spot_form, .sql = "SELECT id FROM cases WHERE no = :no ORDER BY id LIMIT 1",
};
static const Query q_member = {
    .name = "sight.member", .in = &spot_form, .out = &spot_form,
    .sql = "SELECT part, since FROM case_member WHERE case_id = :case_id AND user_id = :user_id AND until IS NULL",
};

typedef struct SightKind {
    const char *word;
    Object      object;   /* NO_OBJECT: the matrix has no row for it */
    int         spot;
    const char *pattern;  /* the route that shows one; of a list: by its scope */
    const char *query;
} SightKind;
static const SightKind kind_rows[] = {
    { "case", OBJ_CASE, OF_CASES, "/api/v1/cases/:id", "" },
    { "full_id", OBJ_FULL_ID, OF_CASES, "/api/v1/cases/:id/parties", "reason=0000" },
    { "agreement", OBJ_AGREEMENT, OF_AGREEMENT, "/api/v1/cases/:id/agreement", "" },
    { "evidence", OBJ_EVIDENCE, OF_EVIDENCE, "/api/v1/cases/:id/evidence", "" },
    { "private_note", OBJ_PRIVATE_NOTE, OF_NOTES, "/api/v1/cases/:id/private-notes", "" },
    { "mediator", OBJ_MEDIATOR_POOL, OF_MEDIATOR, "/api/v1/mediators/:id", "" },
    { "org", NO_OBJECT, OF_ORG, "/api/v1/orgs/:id", "" },
    { "employer", NO_OBJECT, OF_EMPLOYER, "/api/v1/employers/:id", "" },
    { "risk", OBJ_RISK, OF_RISK, "/api/v1/risks/:id", "" },
    { "negotiation", OBJ_NEGOTIATION, OF_NEGOTIATION, "/api/v1/negotiations/:id", "" },
    { "meeting", OBJ_MEETING, OF_MEETING, "/api/v1/meetings/:id", "" },
    { "decision", OBJ_DECISION, OF_DECISION, "/api/v1/decisions/:id", "" },
    { "letter", OBJ_LETTER, OF_LETTER, "/api/v1/letters/:id", "" },
    { "subsidy", OBJ_SUBSIDY, OF_SUBSIDY, "/api/v1/subsidies/:id", "" },
    { "budget", OBJ_FUND, OF_BUDGET, "/api/v1/budgets", "" },
    { "expense", OBJ_FUND, OF_EXPENSE, "/api/v1/expenses", "" },
    { "activity", OBJ_PUBLICITY, OF_ACTIVITY, "/api/v1/activities", "" },
    { "account", OBJ_ACCOUNT, OF_USER, "/api/v1/users/:id", "" },
};
static const Code kind_codes[] = {
    { "case", "案件", "case" }, { "full_id", "案件当事人的完整证件号码和电话", "full numbers of a case's parties" },
    { "agreement", "案件的调解协议", "a case's agreement" }, { "evidence", "案件的证据", "a case's evidence" },
    { "private_note", "案件的背靠背谈话记录", "a case's notes of private talks" }, { "mediator", "调解员", "mediator" },
    { "org", "调解组织、机构", "organisation" }, { "employer", "用人单位", "employer" }, { "risk", "风险", "risk" },
    { "negotiation", "协商", "negotiation" }, { "meeting", "会议", "meeting" }, { "decision", "议定事项、任务", "decision or task" },
    { "letter", "建议书、承诺书", "letter or commitment" }, { "subsidy", "办案补助", "case subsidy" },
    { "budget", "经费预算", "budget" }, { "expense", "经费支出", "expense" }, { "activity", "宣传活动", "publicity" },
    { "account", "用户账号", "account" },
};
_Static_assert(COUNT(kind_rows) == COUNT(kind_codes), "each kind has its word");
static const Codes kinds = { .name = "sight_kind", .row = kind_codes, .n = COUNT(kind_codes) };

typedef struct SightAsk { Str kind, record; } SightAsk;
static const Field ask_fields[] = {
    FIELD(SightAsk, kind, .label = "记录种类", .en = "kind of record", .rule = REQUIRED, .codes = &kinds),
    FIELD(SightAsk, record, .label = "记录编号", .en = "the record's id", .rule = REQUIRED, .max = 64,
          .help = "编号；案件也可以填登记号", .help_en = "its id; of a case its ledger number, too"),
};
static const Form ask_form = FORM(SightAsk, ask_fields);

/* ---- the answer ---------------------------------------------------------------------------------- */

typedef struct SightLine {
    Str  code, message, message_en, text;
    bool good; /* it speaks for seeing it */
} SightLine;
static const Field line_fields[] = {
    FIELD(SightLine, code, .label = "代码", .en = "code"), FIELD(SightLine, message, .label = "说明", .en = "what it says", .max = 1000),
    FIELD(SightLine, message_en, .label = "英文说明", .en = "the same in English", .max = 1000),
    FIELD(SightLine, text, .label = "机构", .en = "which organisation"),
    FIELD(SightLine, good, .label = "支持可见", .en = "speaks for seeing it"),
};
static const Form line_form = FORM(SightLine, line_fields);

typedef struct Sight {
    Id   user;
    Str  kind;
    Id   record;
    bool sees;
    Str  outcome; /* what the route answered the person: ok, forbidden, not_found … */
    Rows items;
} Sight;
static const Field fields[] = {
    FIELD(Sight, user, .label = "人员", .en = "person"), FIELD(Sight, kind, .label = "记录种类", .en = "kind of record", .codes = &kinds),
    FIELD(Sight, record, .label = "记录编号", .en = "the record's id"), FIELD(Sight, sees, .label = "能否看到", .en = "sees it"),
    FIELD(Sight, outcome, .label = "系统答复", .en = "what the system answers"),
    FIELD(Sight, items, .label = "理由", .en = "why", .child = &line_form),
};
static const Form sight_form = FORM(Sight, fields);

/* What may be said, for or against: {0} is a role or a day. */
#define SIGHT_SAYS(X) \
    X(ROLE,       true,  "role",      "角色“{0}”可以打开这类记录", "the role “{0}” may open records of this kind")     \
    X(NO_ROLE,    false, "no_role",   "角色“{0}”不能打开这类记录", "the role “{0}” may not open records of this kind") \
    X(ROLELESS,   false, "no_role",   "没有任何角色", "the person has no role")                                       \
    X(PUBLISHED,  true,  "right",     "权限表：角色“{0}”可读已公布的部分", "matrix of rights: “{0}” reads what is published") \
    X(DEIDENTIFIED, true, "right",    "权限表：角色“{0}”可读去标识的内容", "matrix of rights: “{0}” reads it nameless") \
    X(AGGREGATE,  true,  "right",     "权限表：角色“{0}”可读汇总数", "matrix of rights: “{0}” reads sums")            \
    X(HANDED_OVER, true, "right",     "权限表：角色“{0}”可读移送、请其参加的", "matrix of rights: “{0}” reads what is handed over") \
    X(SELF,       true,  "right",     "权限表：角色“{0}”可读本人的", "matrix of rights: “{0}” reads one's own")       \
    X(OWN_CASE,   true,  "right",     "权限表：角色“{0}”可读本人承办案件的", "matrix of rights: “{0}” reads those of one's cases") \
    X(OWN_ORG,    true,  "right",     "权限表：角色“{0}”可读本机构的", "matrix of rights: “{0}” reads those of one's office") \
    X(ALL,        true,  "right",     "权限表：角色“{0}”可读本机构及下级的", "matrix of rights: “{0}” reads one's office's and below") \
    X(NO_RIGHT,   false, "no_right",  "权限表没有给这些角色读取的权利", "the matrix of rights gives these roles no reading of it") \
    X(RECORD_AT,  true,  "record_at", "记录属于", "the record belongs to")                                            \
    X(PERSON_AT,  true,  "person_at", "此人的机构", "the person's organisation")                                      \
    X(WITHIN,     true,  "within",    "记录在此人机构或者其下级", "the record lies at or below the person's organisation") \
    X(OUTSIDE,    false, "outside",   "记录不在此人机构及其下级", "the record lies neither at nor below the person's organisation") \
    X(NOWHERE,    false, "nowhere",   "此人没有所属机构", "the person belongs to no organisation")                    \
    X(LEAD,       true,  "lead",      "此人是该案的主持调解员", "the person leads the mediation of the case")         \
    X(MEMBER,     true,  "member",    "此人自 {0} 起参加办理该案", "the person has worked on the case since {0}")     \
    X(NO_MEMBER,  false, "no_member", "此人不参加办理该案", "the person does not work on the case")                   \
    X(DISABLED,   false, "disabled",  "账号已停用，不能登录", "the account is disabled and cannot sign in")

#define AS_SAY(name, good, word, zh, en) SIGHT_##name,
typedef enum SightSay { SIGHT_SAYS(AS_SAY) SIGHT__COUNT } SightSay;
#undef AS_SAY
static const struct { bool good; const char *word; Phrase text; } says[] = {
#define AS_ROW(name, good, word, zh, en) [SIGHT_##name] = { (good), (word), { (zh), (en) } },
    SIGHT_SAYS(AS_ROW)
#undef AS_ROW
};

typedef struct Inquiry {
    Ctx             *c;
    const SightKind *kind;
    const Route     *route;
    Actor            who; /* the person it is about */
    Spot             spot;
    SightLine       *line;
    size_t           n;
} Inquiry;

static SightLine *add(Inquiry *w, SightSay what, Text about)
{
    BUG_IF(w->n == LINES);
    Text text = phrase_say(w->c->mem, &says[what].text, &about, 1);
    SightLine *line = &w->line[w->n++];
    *line = (SightLine){ .code = str_of(says[what].word), .message = text.zh, .message_en = text.en,
                         .good = says[what].good };
    return line;
}

static void add_plain(Inquiry *w, SightSay what)
{
    (void)add(w, what, same((Str){ 0 }));
}

static Text role_text(Role r)
{
    return (Text){ str_of(role_zh(r)), str_of(role_en(r)) };
}

/* Which of the person's roles open such records. */
static void say_roles(Inquiry *w)
{
    for (unsigned r = 1; r < ROLE__COUNT; r++) {
        uint32_t bit = role_bit((Role)r);
        bool opens = w->route->who & bit;
        if (w->who.roles & bit) (void)add(w, opens ? SIGHT_ROLE : SIGHT_NO_ROLE, role_text((Role)r));
    }
    if (w->who.roles == 0) add_plain(w, SIGHT_ROLELESS);
}

static SightSay say_of(Reach r)
{
    static const SightSay rows[] = {
        [REACH_NONE] = SIGHT_NO_RIGHT, [REACH_PUBLISHED] = SIGHT_PUBLISHED,
        [REACH_DEIDENTIFIED] = SIGHT_DEIDENTIFIED, [REACH_AGGREGATE] = SIGHT_AGGREGATE,
        [REACH_HANDED_OVER] = SIGHT_HANDED_OVER, [REACH_SELF] = SIGHT_SELF, [REACH_OWN_CASE] = SIGHT_OWN_CASE,
        [REACH_OWN_ORG] = SIGHT_OWN_ORG, [REACH_ALL] = SIGHT_ALL,
    };
    BUG_IF(r >= COUNT(rows));
    return rows[r];
}

/* And what the matrix gives them. */
static void say_rights(Inquiry *w)
{
    bool any = w->kind->object == NO_OBJECT;
    for (unsigned r = 1; r < ROLE__COUNT && w->kind->object != NO_OBJECT; r++) {
        uint32_t bit = w->who.roles & role_bit((Role)r);
        const Right *right = bit ? right_find(w->kind->object, bit, MAY_READ) : NULL;
        if (right) (void)add(w, say_of(right->reach), role_text((Role)r));
        any |= right != NULL;
    }
    if (!any) add_plain(w, SIGHT_NO_RIGHT);
}

static void say_place(Inquiry *w, SightSay what, Str path, bool good)
{
    Spot s = { .org_path = path };
    SightLine *line = add(w, what, same((Str){ 0 }));
    line->good = good;
    if (path.n && db_find(w->c, &q_place, &s, &s)) line->text = s.org_name;
}

/* Where the record lies, and where the person is. */
static void say_places(Inquiry *w)
{
    Str path = w->who.org_path, at = w->spot.org_path;
    if (at.n == 0) return;
    bool owner = path.n && w->spot.owner_path.n && str_starts(w->spot.owner_path, path);
    if (owner && !str_starts(at, path)) at = w->spot.owner_path;
    bool inside = path.n && str_starts(at, path);
    say_place(w, SIGHT_RECORD_AT, at, inside);
    if (path.n) say_place(w, SIGHT_PERSON_AT, path, inside);
    add_plain(w, path.n == 0 ? SIGHT_NOWHERE : inside ? SIGHT_WITHIN : SIGHT_OUTSIDE);
}

/* Whether the person works on the case. */
static void say_case(Inquiry *w)
{
    char day[11] = "";
    Spot ask = { .case_id = w->spot.case_id, .user_id = w->who.id };
    if (w->spot.case_id.n == 0) return;
    bool leads = w->spot.lead.n == w->who.id.n, works = db_find(w->c, &q_member, &ask, &ask);
    if (works && ask.since.day) date_write(ask.since, day);
    if (leads) add_plain(w, SIGHT_LEAD);
    else if (works) (void)add(w, SIGHT_MEMBER, same(str_copy(w->c->mem, str_of(day))));
    else add_plain(w, SIGHT_NO_MEMBER);
}

/* ---- the trial ------------------------------------------------------------------------------------ */

static const Route *route_of(Ctx *c, const char *pattern)
{
    for (const Slice *const *s = c->house->slices; *s; s++) {
        for (size_t i = 0; i < (*s)->routes; i++) {
            const Route *r = &(*s)->route[i];
            if (str_eq(str_of(r->method), S("GET")) && str_eq(str_of(r->pattern), str_of(pattern))) return r;
        }
    }
    return NULL;
}

static bool shows_one(const SightKind *kind)
{
    return str_has(str_of(kind->pattern), S(":id"));
}

/* By the scope of its list. */
static bool in_list(Ctx *c, const Inquiry *w)
{
    Str path = w->spot.org_path;
    OfficeScope s = office_scope(c, w->kind->object);
    bool below = str_cmp(path, s.path) >= 0 && str_cmp(path, s.path_end) < 0;
    return below || s.org.n == w->spot.user_id.n;
}

/* What the route answers that person; nothing of it stays. */
static Err try_as(const Inquiry *w)
{
    Ctx t = *w->c;
    char digits[24];
    Out id = { .buf = digits, .cap = sizeof digits };
    if (!(w->route->who & w->who.roles)) return ERR_FORBIDDEN;
    out_int(&id, w->spot.id.n);
    t.who = w->who;
    t.route = w->route;
    t.asked = NULL;
    t.query = str_of(w->kind->query);
    t.arg[0] = out_view(&id);
    t.trial = true;
    if (shows_one(w->kind)) w->route->run(&t);
    else if (!in_list(&t, w)) return ERR_NOT_FOUND;
    return t.err;
}

static const SightKind *kind_of(Str word)
{
    for (size_t i = 0; i < COUNT(kind_rows); i++) {
        if (str_eq(str_of(kind_rows[i].word), word)) return &kind_rows[i];
    }
    return NULL;
}

/* The record, within what the asker's office reaches. */
static bool find_spot(Ctx *c, const SightAsk *ask, const SightKind *kind, Spot *spot)
{
    *spot = (Spot){ .id = id_parse(ask->record), .no = ask->record };
    bool case_no = spot->id.n == 0 && str_starts(str_of(kind->pattern), S("/api/v1/cases/"));
    if (case_no && !db_find(c, &q_case_no, spot, spot)) return fail(c, ERR_NOT_FOUND, S("record"));
    Spot ask_spot = { .id = spot->id };
    if (!db_find(c, &spots[kind->spot], &ask_spot, spot)) return fail(c, ERR_NOT_FOUND, S("record"));
    spot->id = ask_spot.id;
    return spot->org_path.n == 0 || within_scope(c, spot->org_path);
}

static void reply(Inquiry *w, Err e)
{
    Ctx *c = w->c;
    Sight s = { .user = w->who.id, .kind = str_of(w->kind->word), .record = w->spot.id, .sees = e == ERR_OK,
                .outcome = str_of(err_info[e].word), .items = { w->line, w->n } };
    tx_begin(c);
    audit_about(c, w->who.id);
    audit_look(c, S("sight"), (Str){ 0 });
    reply_row(c, 200, &sight_form, &s);
    tx_end(c);
}

static void show(Ctx *c)
{
    User u = { 0 };
    SightAsk ask = { 0 };
    Inquiry w = { .c = c, .line = NEW(c->mem, SightLine, LINES) };
    (void)form_read_query(c, &ask_form, &ask);
    if (!ok(c) || !user_get(c, arg_id(c, 0), &u) || !within_scope(c, u.org_path)) return;
    w.kind = kind_of(ask.kind);
    BUG_IF(!w.kind); /* the form lets no other word in */
    if (!find_spot(c, &ask, w.kind, &w.spot)) return;
    w.who = (Actor){ .id = u.id, .roles = roles_of(u.roles), .org = u.org, .org_path = u.org_path };
    w.route = route_of(c, w.kind->pattern);
    BUG_IF(!w.route);
    if (u.disabled) add_plain(&w, SIGHT_DISABLED);
    Err e = u.disabled ? ERR_FORBIDDEN : try_as(&w);
    if (err_info[e].http >= 500) { /* no answer to that person: it could not be asked */
        fail(c, e, S("sight"));
        return;
    }
    say_roles(&w);
    say_rights(&w);
    say_places(&w);
    say_case(&w);
    reply(&w, e);
}

static const Query *const queries[] = {
    &spots[0], &spots[1], &spots[2], &spots[3], &spots[4], &spots[5], &spots[6], &spots[7], &spots[8],
    &spots[9], &spots[10], &spots[11], &spots[12], &spots[13], &spots[14], &spots[15], &spots[16], &q_place,
    &q_case_no, &q_member, NULL,
};

static const Route routes[] = {
    { "GET", "/api/v1/users/:id/sight", SEC_ADMIN | AUDITOR, show, "此人能否看到某条记录及来由",
      "does this person see a record, and why", .query = &ask_form, .out = &sight_form },
};

const Slice sight_slice = {
    .name = "sight", .query = queries, .route = routes, .routes = COUNT(routes),
};
