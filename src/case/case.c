/*
** The door.  Order of an event: is the step there, may this actor, is it
** approved; BEFORE hooks; state and clocks; the record; AFTER hooks.  All in
** the caller's transaction.
*/
#include "case/case.h"

#include "case/case_list.h"
#include "case/case_search.h"
#include "case/case_sql.h"
#include "case/clock.h"
#include "case/task.h"
#include "case/total.h"
#include "core/audit.h"
#include "core/search.h"
#include "register/organisations/organisations.h"

static const Code channel_rows[] = {
    { "VISIT", "来访", "visit" }, { "PHONE", "来电", "phone" }, { "LETTER", "来信", "letter" },
    { "WEB", "网上", "web" }, { "APP", "移动应用", "app" }, { "MINIAPP", "小程序", "mini-program" },
    { "12333", "12333热线", "12333 hotline" }, { "GRID", "网格", "grid worker" },
    { "COURT", "法院", "court" }, { "ARB", "仲裁机构", "arbitration" }, { "UNION", "工会", "union" },
    { "INSP", "劳动监察", "labour inspection" }, { "PETITION", "信访", "petition office" },
    { "OTHER", "其他", "other" },
};
const Codes case_channels = { .name = "channel", .row = channel_rows, .n = COUNT(channel_rows) };

static const Field case_fields[] = {
    FIELD(Case, id,          .label = "编号",       .en = "id",             .rule = SERVER_SET),
    FIELD(Case, no,          .label = "登记号",     .en = "ledger number",  .rule = SERVER_SET),
    FIELD(Case, org,         .label = "办理组织",   .en = "organisation",   .rule = SERVER_SET),
    FIELD(Case, org_path,    .label = "组织路径",   .en = "organisation path", .rule = SERVER_SET),
    FIELD(Case, owner,       .label = "登记中心",   .en = "registering centre", .rule = SERVER_SET),
    FIELD(Case, owner_path,  .label = "中心路径",   .en = "centre's path",  .rule = HIDDEN),
    FIELD(Case, state,       .label = "状态",       .en = "state",          .rule = SERVER_SET),
    FIELD(Case, before,      .label = "结案前状态", .en = "state before closing", .rule = HIDDEN),
    FIELD(Case, channel,     .label = "申请渠道",   .en = "channel",        .rule = SERVER_SET),
    FIELD(Case, source,      .label = "来源",       .en = "source",         .rule = SERVER_SET),
    FIELD(Case, mode,        .label = "申请方式",   .en = "mode",           .rule = SERVER_SET),
    FIELD(Case, appl_type,   .label = "申请人类型", .en = "applicant type", .rule = SERVER_SET),
    FIELD(Case, applicant,   .label = "申请人",     .en = "applicant",      .rule = SERVER_SET),
    FIELD(Case, respondent,  .label = "被申请人",   .en = "respondent",     .rule = SERVER_SET),
    FIELD(Case, employer_id, .label = "用人单位",   .en = "employer",       .rule = SERVER_SET),
    FIELD(Case, cause,       .label = "主要案由",   .en = "main cause",     .rule = SERVER_SET),
    FIELD(Case, causes,      .label = "案由",       .en = "causes",         .rule = SERVER_SET),
    FIELD(Case, region,      .label = "合同履行地", .en = "place of performance", .rule = SERVER_SET),
    FIELD(Case, industry,    .label = "行业",       .en = "industry",       .rule = SERVER_SET),
    FIELD(Case, workers,     .label = "涉及人数",   .en = "workers",        .rule = SERVER_SET),
    FIELD(Case, amount,      .label = "请求金额",   .en = "amount claimed", .rule = SERVER_SET),
    FIELD(Case, flags,       .label = "标记",       .en = "flags",          .rule = SERVER_SET),
    FIELD(Case, level,       .label = "应急等级",   .en = "emergency level", .rule = SERVER_SET),
    FIELD(Case, profile,     .label = "期限类型",   .en = "clock profile",  .rule = SERVER_SET),
    FIELD(Case, filed_at,    .label = "提交时间",   .en = "submitted at",   .rule = SERVER_SET),
    FIELD(Case, filed,       .label = "收件日期",   .en = "filing date",    .rule = SERVER_SET),
    FIELD(Case, accepted,    .label = "受理日期",   .en = "accepted",       .rule = SERVER_SET),
    FIELD(Case, effective,   .label = "协议生效日", .en = "in force",       .rule = SERVER_SET),
    FIELD(Case, ended,       .label = "终结日期",   .en = "ended",          .rule = SERVER_SET),
    FIELD(Case, closed,      .label = "结案日期",   .en = "closed",         .rule = SERVER_SET),
    FIELD(Case, archived,    .label = "归档日期",   .en = "archived",       .rule = SERVER_SET),
    FIELD(Case, due,         .label = "调解期限",   .en = "mediation ends", .rule = SERVER_SET),
    FIELD(Case, ending,      .label = "终结原因",   .en = "reason of ending", .rule = SERVER_SET),
    FIELD(Case, mediator_id, .label = "主持调解员", .en = "lead mediator",  .rule = SERVER_SET),
    FIELD(Case, synthetic,   .label = "演示数据",   .en = "made up",        .rule = SERVER_SET),
    FIELD(Case, version,     .label = "版本",       .en = "version",        .rule = SERVER_SET),
};
const Form case_form = FORM(Case, case_fields);

static const Field note_fields[] = {
    FIELD(CaseNote, note, .label = "说明", .en = "note", .rule = PROSE, .max = 2000),
};
const Form case_note_form = FORM(CaseNote, note_fields);

/* One entry of the record nobody can change afterwards. */
typedef struct Entry {
    Id   id;
    Id   case_id;
    Str  event;      /* event_word(), or what else happened */
    Str  from_state, to_state;
    Id   actor;
    Str  roles;
    Time at;
    Date day;
    Str  note;
} Entry;

static const Field entry_fields[] = {
    FIELD(Entry, id,         .label = "编号",   .en = "id"),
    FIELD(Entry, case_id,    .label = "案件",   .en = "case"),
    FIELD(Entry, event,      .label = "事项",   .en = "event"),
    FIELD(Entry, from_state, .label = "原状态", .en = "from"),
    FIELD(Entry, to_state,   .label = "新状态", .en = "to"),
    FIELD(Entry, actor,      .label = "经办",   .en = "actor"),
    FIELD(Entry, roles,      .label = "角色",   .en = "roles"),
    FIELD(Entry, at,         .label = "时间",   .en = "at"),
    FIELD(Entry, day,        .label = "日期",   .en = "day"),
    FIELD(Entry, note,       .label = "说明",   .en = "note"),
};
const Form case_entry_form = FORM(Entry, entry_fields);

/* A person on a case; also the question whether one is. */
typedef struct Member {
    Id   case_id, user_id;
    Str  part;
    Date since, until;
} Member;

static const Field member_fields[] = {
    FIELD(Member, case_id, .label = "案件", .en = "case"),
    FIELD(Member, user_id, .label = "人员", .en = "person"),
    FIELD(Member, part,    .label = "分工", .en = "part"),
    FIELD(Member, since,   .label = "自",   .en = "since"),
    FIELD(Member, until,   .label = "至",   .en = "until"),
};
static const Form member_form = FORM(Member, member_fields);

/* A head's word that an event may happen; used up by it. */
typedef struct Approval {
    Id   id, case_id;
    Str  event, reason, state; /* asked, granted, refused, used */
    Id   asked_by, decided_by;
    Time asked_at, decided_at;
    Str  note;
    Str  org_path, path_end;
} Approval;

static const Code approval_rows[] = {
    { "asked", "待审批", "asked" }, { "granted", "已同意", "granted" },
    { "refused", "不同意", "refused" }, { "used", "已使用", "used" },
};
static const Codes approval_states = { .name = "approval_state", .row = approval_rows, .n = COUNT(approval_rows) };

static bool known_event(const Ctx *c, Str word)
{
    (void)c;
    return event_of(word) != EV__NONE;
}
static const Codes events = { .name = "event", .known = known_event };

static const Field approval_fields[] = {
    FIELD(Approval, id,         .label = "编号",   .en = "id",      .rule = SERVER_SET),
    FIELD(Approval, case_id,    .label = "案件",   .en = "case",    .rule = SERVER_SET),
    FIELD(Approval, event,      .label = "事项",   .en = "event",   .rule = REQUIRED, .codes = &events),
    FIELD(Approval, reason,     .label = "理由",   .en = "reason",  .rule = REQUIRED | PROSE, .min = 2, .max = 2000),
    FIELD(Approval, state,      .label = "状态",   .en = "state",   .rule = SERVER_SET, .codes = &approval_states),
    FIELD(Approval, asked_by,   .label = "申请人", .en = "asked by", .rule = SERVER_SET),
    FIELD(Approval, decided_by, .label = "审批人", .en = "decided by", .rule = SERVER_SET),
    FIELD(Approval, asked_at,   .label = "申请时间", .en = "asked at", .rule = SERVER_SET),
    FIELD(Approval, decided_at, .label = "审批时间", .en = "decided at", .rule = SERVER_SET),
    FIELD(Approval, note,       .label = "意见",   .en = "note",    .rule = SERVER_SET),
    FIELD(Approval, org_path,   .label = "组织路径", .en = "organisation path", .rule = HIDDEN),
    FIELD(Approval, path_end,   .label = "路径末", .en = "end of path", .rule = HIDDEN),
};
const Form approval_form = FORM(Approval, approval_fields);

typedef struct ApprovalVerdict { bool granted; Str note; } ApprovalVerdict;
static const Field verdict_fields[] = {
    FIELD(ApprovalVerdict, granted, .label = "同意", .en = "granted", .rule = REQUIRED),
    FIELD(ApprovalVerdict, note,    .label = "意见", .en = "note", .rule = PROSE, .max = 2000),
};
static const Form verdict_form = FORM(ApprovalVerdict, verdict_fields);

/* ---- the SQL ---------------------------------------------------------------------- */

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE cases("
      "  id          INTEGER PRIMARY KEY,"
      "  no          TEXT NOT NULL,"           /* ledger number, '' until registered */
      "  org         INTEGER NOT NULL,"        /* who has it now */
      "  org_path    TEXT NOT NULL,"
      "  owner       INTEGER NOT NULL,"        /* the centre that registered it */
      "  owner_path  TEXT NOT NULL,"
      "  state       TEXT NOT NULL,"           /* law/state.h */
      "  before      TEXT NOT NULL,"           /* state before closing */
      "  channel     TEXT NOT NULL, source TEXT NOT NULL, mode TEXT NOT NULL, appl_type TEXT NOT NULL,"
      "  applicant   TEXT NOT NULL,"           /* names, for lists */
      "  respondent  TEXT NOT NULL,"
      "  employer_id INTEGER NOT NULL,"
      "  cause       TEXT NOT NULL, causes TEXT NOT NULL,"
      "  region      TEXT NOT NULL,"           /* where the contract is performed */
      "  industry    TEXT NOT NULL,"
      "  workers     INTEGER NOT NULL CHECK(workers >= 0),"
      "  amount      INTEGER NOT NULL CHECK(amount >= 0),"  /* fen */
      "  flags       TEXT NOT NULL, level INTEGER NOT NULL,"
      "  profile     TEXT NOT NULL,"           /* which C-MED */
      "  filed_at    INTEGER NOT NULL,"        /* as it came in */
      "  filed       TEXT,"                    /* the filing date */
      "  accepted    TEXT, effective TEXT, ended TEXT, closed TEXT, archived TEXT,"
      "  due         TEXT,"                    /* last day of C-MED */
      "  ending      TEXT NOT NULL,"           /* F01 … or NR… */
      "  mediator_id INTEGER NOT NULL,"        /* the lead's user */
      "  synthetic   INTEGER NOT NULL,"
      "  version     INTEGER NOT NULL) STRICT;"
      "CREATE INDEX case_by_org ON cases(org_path, state, id);"
      "CREATE INDEX case_by_owner ON cases(owner_path, id);"
      "CREATE INDEX case_by_mediator ON cases(mediator_id, state, id);"
      "CREATE INDEX case_by_no ON cases(no);"
      "CREATE TABLE case_entry("               /* the record; append-only */
      "  id         INTEGER PRIMARY KEY,"
      "  case_id    INTEGER NOT NULL REFERENCES cases,"
      "  event      TEXT NOT NULL, from_state TEXT NOT NULL, to_state TEXT NOT NULL,"
      "  actor      INTEGER NOT NULL, roles TEXT NOT NULL,"
      "  at         INTEGER NOT NULL, day TEXT NOT NULL,"
      "  note       TEXT NOT NULL) STRICT;"
      "CREATE INDEX case_entry_by_case ON case_entry(case_id, id);"
      "CREATE TABLE case_member("              /* who works on it */
      "  case_id INTEGER NOT NULL REFERENCES cases, user_id INTEGER NOT NULL,"
      "  part    TEXT NOT NULL, since TEXT NOT NULL, until TEXT,"
      "  PRIMARY KEY(case_id, user_id)) STRICT;"
      "CREATE INDEX case_member_by_user ON case_member(user_id, case_id);"
      "CREATE TABLE approval("                 /* a head's word on an event */
      "  id         INTEGER PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES cases,"
      "  event      TEXT NOT NULL, reason TEXT NOT NULL,"
      "  state      TEXT NOT NULL CHECK(state IN ('asked', 'granted', 'refused', 'used')),"
      "  asked_by   INTEGER NOT NULL, asked_at INTEGER NOT NULL,"
      "  decided_by INTEGER NOT NULL, decided_at INTEGER NOT NULL,"
      "  note       TEXT NOT NULL, org_path TEXT NOT NULL) STRICT;"
      "CREATE INDEX approval_by_case ON approval(case_id, event, state);"
      "CREATE INDEX approval_by_org ON approval(state, org_path, id);" },
};
static const char *const keeps[] = { "case_entry", NULL };

static const Query q_add = {
    .name = "case.add", .in = &case_form,
    .sql = "INSERT INTO cases(" CASE_COLUMNS ") VALUES(:id, :no, :org, :org_path, :owner, :owner_path,"
           " :state, :before, :channel, :source, :mode, :appl_type, :applicant, :respondent, :employer_id,"
           " :cause, :causes, :region, :industry, :workers, :amount, :flags, :level, :profile, :filed_at,"
           " :filed, :accepted, :effective, :ended, :closed, :archived, :due, :ending, :mediator_id,"
           " :synthetic, :version)",
};
static const Query q_get = {
    .name = "case.get", .in = &case_form, .out = &case_form,
    .sql = "SELECT " CASE_COLUMNS " FROM cases WHERE id = :id",
};
static const Query q_move = {
    .name = "case.move", .in = &case_form,
    .sql = "UPDATE cases SET no = :no, org = :org, org_path = :org_path, owner = :owner,"
           " owner_path = :owner_path, state = :state, before = :before, channel = :channel, source = :source,"
           " mode = :mode, appl_type = :appl_type, applicant = :applicant, respondent = :respondent,"
           " employer_id = :employer_id, cause = :cause, causes = :causes, region = :region,"
           " industry = :industry, workers = :workers, amount = :amount, flags = :flags, level = :level,"
           " profile = :profile, filed_at = :filed_at, filed = :filed, accepted = :accepted,"
           " effective = :effective, ended = :ended, closed = :closed, archived = :archived, due = :due,"
           " ending = :ending, mediator_id = :mediator_id, version = :version WHERE id = :id",
};
static const Query q_record = {
    .name = "case.record", .in = &case_entry_form,
    .sql = "INSERT INTO case_entry(id, case_id, event, from_state, to_state, actor, roles, at, day, note)"
           " VALUES(:id, :case_id, :event, :from_state, :to_state, :actor, :roles, :at, :day, :note)",
};
static const Query q_entries = {
    .name = "case.entries", .in = &case_entry_form, .out = &case_entry_form,
    .sql = "SELECT id, case_id, event, from_state, to_state, actor, roles, at, day, note FROM case_entry"
           " WHERE case_id = :case_id ORDER BY id",
};
static const Query q_member_add = {
    .name = "case.member", .in = &member_form,
    .sql = "INSERT INTO case_member(case_id, user_id, part, since, until)"
           " VALUES(:case_id, :user_id, :part, :since, NULL)"
           " ON CONFLICT(case_id, user_id) DO UPDATE SET part = excluded.part, until = NULL",
};
static const Query q_member_end = {
    .name = "case.member_end", .in = &member_form,
    .sql = "UPDATE case_member SET until = :until WHERE case_id = :case_id AND user_id = :user_id",
};
static const Query q_member = {
    .name = "case.is_member", .in = &member_form, .out = &member_form,
    .sql = "SELECT case_id, user_id, part, since, until FROM case_member"
           " WHERE case_id = :case_id AND user_id = :user_id AND until IS NULL",
};
#define APPROVAL_COLUMNS \
    "id, case_id, event, reason, state, asked_by, asked_at, decided_by, decided_at, note, org_path"
static const Query q_approval_add = {
    .name = "approval.ask", .in = &approval_form,
    .sql = "INSERT INTO approval(" APPROVAL_COLUMNS ") VALUES(:id, :case_id, :event, :reason, :state,"
           " :asked_by, :asked_at, :decided_by, :decided_at, :note, :org_path)",
};
static const Query q_approval_get = {
    .name = "approval.get", .in = &approval_form, .out = &approval_form,
    .sql = "SELECT " APPROVAL_COLUMNS " FROM approval WHERE id = :id",
};
static const Query q_approval_find = {
    .name = "approval.find", .in = &approval_form, .out = &approval_form,
    .sql = "SELECT id FROM approval WHERE case_id = :case_id AND event = :event AND state = 'granted'"
           " ORDER BY id LIMIT 1",
};
static const Query q_approval_set = {
    .name = "approval.decide", .in = &approval_form,
    .sql = "UPDATE approval SET state = :state, decided_by = :decided_by, decided_at = :decided_at,"
           " note = :note WHERE id = :id AND state = 'asked'",
};
static const Query q_approval_use = {
    .name = "approval.use", .in = &approval_form,
    .sql = "UPDATE approval SET state = 'used' WHERE id = :id AND state = 'granted'",
};
static const Query q_approvals = {
    .name = "approval.list", .in = &approval_form, .out = &approval_form,
    .sql = "SELECT " APPROVAL_COLUMNS " FROM approval WHERE state = :state AND org_path >= :org_path"
           " AND org_path < :path_end ORDER BY org_path, id LIMIT 200",
};
static const Query q_approvals_of = {
    .name = "approval.of_case", .in = &approval_form, .out = &approval_form,
    .sql = "SELECT " APPROVAL_COLUMNS " FROM approval WHERE case_id = :case_id ORDER BY case_id, id LIMIT 500",
};
static const Query *const queries[] = {
    &q_approvals_of, &q_add, &q_get, &q_move, &q_record, &q_entries, &q_member_add, &q_member_end, &q_member,
    &q_approval_add, &q_approval_get, &q_approval_find, &q_approval_set, &q_approval_use, &q_approvals, NULL,
};

Rows case_approvals(Ctx *c, Id case_id)
{
    return db_list(c, &q_approvals_of, &(Approval){ .case_id = case_id });
}

/* ---- who may see a case ---------------------------------------------------------------- */

static bool in_scope(const Ctx *c, const Case *k)
{
    Str path = c->who.org_path;
    return path.n && (str_starts(k->org_path, path) || str_starts(k->owner_path, path));
}

bool case_is_member(Ctx *c, Id case_id, Id user)
{
    Member m = { .case_id = case_id, .user_id = user };
    return user.n && db_find(c, &q_member, &m, &m);
}

static bool may_see(Ctx *c, const Case *k)
{
    uint32_t roles = c->who.roles;
    if (roles & SYSTEM) return true;
    if (roles & (uint32_t)PARTIES) return c->who.case_id.n == k->id.n;
    if (roles & (uint32_t)BY_OFFICE && in_scope(c, k)) return true;
    if (c->who.id.n && k->mediator_id.n == c->who.id.n) return true;
    return roles & (uint32_t)(MEDIATORS | LAWYER) && case_is_member(c, k->id, c->who.id);
}

static void remember(Ctx *c, Case *k)
{
    Case *was = NEW(c->mem, Case, 1);
    *was = *k;
    was->was = NULL;
    k->was = was;
}

bool case_get(Ctx *c, Id id, Case *k)
{
    *k = (Case){ .id = id };
    if (!db_get(c, &q_get, k, k)) return false;
    remember(c, k);
    audit_about(c, id);
    return may_see(c, k) || fail(c, ERR_NOT_FOUND, S("case"));
}

/* ---- the door ------------------------------------------------------------------------------ */

static void tell_slices(Ctx *c, When when, Event e, Case *k)
{
    for (const Slice *const *s = c->house->slices; *s; s++) {
        for (size_t i = 0; i < (*s)->hooks; i++) {
            const Hook *h = &(*s)->hook[i];
            if (h->when == when && h->on == e && ok(c)) h->run(c, k);
        }
    }
}

/* The legal step for this event, or NULL after failing c. */
static const Step *allowed(Ctx *c, const Case *k, Event e)
{
    if (!ok(c)) return NULL;
    const Step *s = flow_find(state_of(k->state), e);
    if (s && step_admits(s, c->who.roles, c->who.sides)) return s;
    fail(c, s ? ERR_FORBIDDEN : ERR_WRONG_STATE, k->state.n ? k->state : str_of(event_word(e)));
    return NULL;
}

/* Where a step needs a second person's word: the actor has that role himself,
** or somebody gave it and this uses it up. */
static void need_approval(Ctx *c, const Case *k, const Step *s)
{
    if (s->approval == 0 || c->who.roles & s->approval) return;
    Approval a = { .case_id = k->id, .event = str_of(event_word(s->event)) };
    if (db_find(c, &q_approval_find, &a, &a)) db_change(c, &q_approval_use, &a);
    else fail(c, ERR_BLOCKED, S("approval"));
}

static void record(Ctx *c, const Case *k, Str event, Str from, Str note)
{
    Out roles = { .buf = NEW(c->mem, char, 400), .cap = 400 };
    roles_write(&roles, c->who.roles);
    db_insert(c, &q_record, &(Entry){ .id = id_next(c), .case_id = k->id, .event = event,
        .from_state = from, .to_state = k->state, .actor = c->who.id, .roles = out_view(&roles),
        .at = now(c), .day = c->today, .note = note });
}

static void move(Case *k, const Step *s, State from)
{
    if (s->to == ST__BEFORE) {
        k->state = k->before;
        k->before = (Str){ 0 };
    } else if (s->to != ST__SAME) {
        if (s->event == EV_CLOSE) k->before = str_of(state_word(from));
        k->state = str_of(state_word(s->to));
    }
}

static void tell_saved(Ctx *c, const Case *k)
{
    for (const Slice *const *s = c->house->slices; *s; s++) {
        if ((*s)->saved) (*s)->saved(c, k);
    }
}

void case_save(Ctx *c, Case *k)
{
    if (!ok(c)) return;
    k->version++;
    if (k->fresh) db_insert(c, &q_add, k);
    else db_change(c, &q_move, k);
    k->fresh = false;
    case_list_save(c, k);
    total_move(c, k);
    case_search_save(c, k);
    tell_saved(c, k);
    remember(c, k);
}

/* A fresh case's row, to which clocks and entries refer; of two events at once
** it is the row after the second, and written once. */
static void save_fresh(Ctx *c, Case *k)
{
    Case after = *k;
    const Step *next = k->then ? flow_find(state_of(k->state), k->then) : NULL;
    if (next) move(&after, next, state_of(k->state));
    if (next) after.version++;
    case_save(c, next ? &after : k);
    if (!next) return;
    k->fresh = false;
    k->version++;
    k->was = after.was;
}

/* Whether this event's state is in the row already. */
static bool is_written(Case *k, Event e)
{
    bool written = k->was && k->then == e;
    if (written) k->version = k->was->version;
    if (written) k->then = EV__NONE;
    return written;
}

void case_fire(Ctx *c, Case *k, Event e, Str note)
{
    const Step *s = allowed(c, k, e);
    if (!s) return;
    need_approval(c, k, s);
    tell_slices(c, BEFORE, e, k);
    if (!ok(c)) return;
    State from = state_of(k->state);
    bool fresh = k->fresh;
    move(k, s, from);
    if (fresh) save_fresh(c, k);
    Date due = k->due;
    case_clocks(c, k, s);
    bool stored = fresh || is_written(k, e);
    if (!stored || k->due.day != due.day) case_save(c, k);
    record(c, k, str_of(event_word(e)), str_of(state_word(from)), note);
    Date day = e == EV_SUBMIT ? time_date(k->filed_at) : c->today; /* as it was, not the filing date */
    if (s->limitation) limit_note(c, k, str_of(s->limitation), day);
    tell_slices(c, AFTER, e, k);
    audit_about(c, k->id);
}

Rows case_entries(Ctx *c, Id case_id)
{
    return db_list(c, &q_entries, &(Entry){ .case_id = case_id });
}

bool case_happened(Ctx *c, Id case_id, Event e)
{
    Rows rows = case_entries(c, case_id);
    for (size_t i = 0; i < rows.n; i++) {
        if (str_eq(((const Entry *)rows.at)[i].event, str_of(event_word(e)))) return true;
    }
    return false;
}

void case_new(Ctx *c, Case *k)
{
    k->id = id_next(c);
    k->fresh = true;
    k->synthetic = c->made_up;
}

void case_note(Ctx *c, const Case *k, Str what, Str note)
{
    if (ok(c)) record(c, k, what, k->state, note);
}

void case_member(Ctx *c, const Case *k, Id user, Str part)
{
    Member m = { .case_id = k->id, .user_id = user, .part = part, .since = c->today };
    db_insert(c, &q_member_add, &m);
    search_queue(c, k->id);
}

void case_member_end(Ctx *c, const Case *k, Id user)
{
    db_change_any(c, &q_member_end, &(Member){ .case_id = k->id, .user_id = user, .until = c->today });
    search_queue(c, k->id);
}

bool flag_set(const Case *k, const char *flag)
{
    Str rest = k->flags;
    while (rest.n) {
        if (str_eq(str_cut(&rest, ' '), str_of(flag))) return true;
    }
    return false;
}

void flag_add(Ctx *c, Case *k, Str flag)
{
    if (!ok(c) || flag_set(k, str_c(c->mem, flag))) return;
    Out o = { .buf = NEW(c->mem, char, k->flags.n + flag.n + 1), .cap = k->flags.n + flag.n + 1 };
    out_str(&o, k->flags);
    if (k->flags.n) out_str(&o, S(" "));
    out_str(&o, flag);
    k->flags = out_view(&o);
}

/* ---- handlers ---------------------------------------------------------------------------------- */

void case_event(Ctx *c)
{
    Case k;
    CaseNote in = { 0 };
    form_read(c, &case_note_form, &in);
    tx_begin(c);
    case_get(c, arg_id(c, 0), &k);
    case_fire(c, &k, c->route->fires, in.note);
    reply_row(c, 200, &case_form, &k);
    tx_end(c);
}

static void show(Ctx *c)
{
    Case k;
    case_get(c, arg_id(c, 0), &k);
    tag_version(c, k.version);
    reply_row(c, 200, &case_form, &k);
}

static void show_entries(Ctx *c)
{
    Case k;
    case_get(c, arg_id(c, 0), &k);
    reply_rows(c, &case_entry_form, db_list(c, &q_entries, &(Entry){ .case_id = k.id }), (Str){ 0 });
}

/* What may be done now, and why the rest may not: for the buttons. */
static void write_choice(Out *o, Event e, const Choice *choice)
{
    out_str(o, S("{\"event\":"));
    out_json(o, str_of(event_word(e)));
    out_str(o, S(",\"label\":"));
    out_json(o, str_of(event_zh(e)));
    out_str(o, S(",\"en\":"));
    out_json(o, str_of(event_en(e)));
    out_str(o, S(",\"open\":"));
    out_str(o, choice->why == WHY_OPEN ? S("true") : S("false"));
    out_str(o, S(",\"why\":"));
    out_json(o, str_of(why_zh(choice->why)));
    out_str(o, S(",\"why_en\":"));
    out_json(o, str_of(why_en(choice->why)));
    out_str(o, S(",\"approval\":"));
    out_str(o, choice->step && choice->step->approval ? S("true") : S("false"));
    out_str(o, S("}"));
}

static void show_choices(Ctx *c)
{
    Case k;
    Choice choice[EV__COUNT];
    if (!case_get(c, arg_id(c, 0), &k)) return;
    flow_allowed(state_of(k.state), c->who.roles, c->who.sides, choice);
    c->status = 200;
    out_str(&c->out, S("{\"items\":["));
    for (unsigned e = 1; e < EV__COUNT; e++) {
        if (e > 1) out_str(&c->out, S(","));
        write_choice(&c->out, (Event)e, &choice[e]);
    }
    out_str(&c->out, S("]}"));
}

static void ask_approval(Ctx *c)
{
    Case k;
    Approval a = { .state = S("asked"), .asked_by = c->who.id, .asked_at = now(c) };
    form_read(c, &approval_form, &a);
    tx_begin(c);
    case_get(c, arg_id(c, 0), &k);
    const Step *s = allowed(c, &k, event_of(a.event));
    if (s && s->approval == 0) fault(c, S("event"), FAULT_NOT_ALLOWED);
    a.id = id_next(c);
    a.case_id = k.id;
    a.org_path = k.org_path;
    db_insert(c, &q_approval_add, &a);
    task_add(c, &k, S("approve"), ROLE_HEAD, (Time){ now(c).s + 86400 });
    reply_row(c, 201, &approval_form, &a);
    tx_end(c);
}

static void decide_approval(Ctx *c)
{
    Case k;
    ApprovalVerdict v = { 0 };
    form_read(c, &verdict_form, &v);
    tx_begin(c);
    Approval a = { .id = arg_id(c, 0) };
    db_get(c, &q_approval_get, &a, &a);
    case_get(c, a.case_id, &k);
    if (ok(c) && a.asked_by.n == c->who.id.n) fail(c, ERR_FORBIDDEN, S("asked_by"));
    if (ok(c) && !str_eq(a.state, S("asked"))) fail(c, ERR_CLASH, a.state);
    a.state = v.granted ? S("granted") : S("refused");
    a.decided_by = c->who.id;
    a.decided_at = now(c);
    a.note = v.note;
    db_change(c, &q_approval_set, &a);
    task_done(c, &k, S("approve"), a.state);
    case_note(c, &k, v.granted ? S("approval_granted") : S("approval_refused"), v.note);
    reply_row(c, 200, &approval_form, &a);
    tx_end(c);
}

static void list_approvals(Ctx *c)
{
    Str path = c->who.org_path;
    Approval ask = { .state = S("asked"), .org_path = path, .path_end = path_end(c->mem, path) };
    reply_rows(c, &approval_form, db_list(c, &q_approvals, &ask), (Str){ 0 });
}

enum { READERS = BY_OFFICE | MEDIATORS | PARTIES };

static const Route routes[] = {
    { "GET", "/api/v1/cases/:id", READERS, show, "案件", "a case", .out = &case_form, .quick = true },
    { "GET", "/api/v1/cases/:id/entries", BY_OFFICE | MEDIATORS, show_entries, "办理记录", "its record",
      .out = &case_entry_form, .list = true },
    { "GET", "/api/v1/cases/:id/choices", READERS, show_choices, "可办事项", "what may be done now" },
    { "POST", "/api/v1/cases/:id/approvals", STAFF, ask_approval, "申请审批", "ask for a head's word",
      .in = &approval_form, .out = &approval_form },
    { "GET", "/api/v1/approvals", HEAD, list_approvals, "待审批", "what waits for approval",
      .out = &approval_form, .list = true },
    { "POST", "/api/v1/approvals/:id/decide", HEAD, decide_approval, "审批", "give or refuse one's word",
      .in = &verdict_form, .out = &approval_form },
};

const Slice case_slice = {
    .name = "case", .query = queries, .migration = migrations, .migrations = COUNT(migrations),
    .keeps = keeps, .route = routes, .routes = COUNT(routes),
};
