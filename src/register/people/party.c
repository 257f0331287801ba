#include "register/people/party.h"

#include "core/audit.h"
#include "core/crypto.h"
#include "core/house.h"
#include "core/outbox.h"
#include "core/policy.h"
#include "core/session.h"
#include "core/tx.h"
#include "register/people/attempt.h"
#include "register/people/people.h"

enum { RECEIPT = 12, GROUP = 4, CODE = 6, SHOWN = 2 * RECEIPT };

typedef struct Receipt {
    Id      id;
    Str     digest;     /* of the receipt's characters; keyed */
    Str     phone;      /* keyed digest */
    Id      case_id;
    int64_t side;
    Id      person;
    Str     role;       /* party, representative */
    Str     code;       /* digest of the code that was sent; "": none is open */
    Time    code_until;
    int64_t code_tries;
    Time    created;
} Receipt;

static const Field fields[] = {
    FIELD(Receipt, id,         .label = "编号",       .en = "id"),
    FIELD(Receipt, digest,     .label = "回执摘要",   .en = "digest"),
    FIELD(Receipt, phone,      .label = "手机号摘要", .en = "phone, digest"),
    FIELD(Receipt, case_id,    .label = "案件",       .en = "case"),
    FIELD(Receipt, side,       .label = "当事方",     .en = "side"),
    FIELD(Receipt, person,     .label = "当事人",     .en = "person"),
    FIELD(Receipt, role,       .label = "角色",       .en = "role"),
    FIELD(Receipt, code,       .label = "验证码摘要", .en = "code, digest"),
    FIELD(Receipt, code_until, .label = "验证码到期", .en = "code good until"),
    FIELD(Receipt, code_tries, .label = "验证次数",   .en = "tries"),
    FIELD(Receipt, created,    .label = "建立时间",   .en = "created"),
};
static const Form receipt_form = FORM(Receipt, fields);

typedef struct Asked {
    Str receipt, phone, code;
} Asked;

static const Field ask_fields[] = {
    FIELD(Asked, receipt, .label = "回执编码", .en = "receipt", .rule = REQUIRED, .min = 12, .max = 24),
    FIELD(Asked, phone,   .label = "手机号",   .en = "phone", .rule = REQUIRED, .check = phone_check),
};
static const Form ask_form = FORM(Asked, ask_fields);

static const Field open_fields[] = {
    FIELD(Asked, receipt, .label = "回执编码", .en = "receipt", .rule = REQUIRED, .min = 12, .max = 24),
    FIELD(Asked, phone,   .label = "手机号",   .en = "phone", .rule = REQUIRED, .check = phone_check),
    FIELD(Asked, code,    .label = "验证码",   .en = "code", .rule = REQUIRED, .min = 6, .max = 6),
};
static const Form open_form = { .name = "PartyOpen", .size = sizeof(Asked), .field = open_fields,
                                .n = COUNT(open_fields) };

typedef struct Opened {
    Id   case_id;
    Str  role;
    Time expires;
} Opened;

static const Field opened_fields[] = {
    FIELD(Opened, case_id, .label = "案件", .en = "case"),
    FIELD(Opened, role,    .label = "角色", .en = "role"),
    FIELD(Opened, expires, .label = "到期", .en = "expires"),
};
static const Form opened_form = FORM(Opened, opened_fields);

typedef struct Said {
    Str message, message_en;
} Said;

static const Field said_fields[] = {
    FIELD(Said, message,    .label = "说明", .en = "what happens now"),
    FIELD(Said, message_en, .label = "英文说明", .en = "the same in English"),
};
static const Form said_form = FORM(Said, said_fields);

/* The same whether there is such a receipt or not. */
static const char *const sent_text[] = {
    "如回执编码与登记的手机号一致，验证码已发出，五分钟内有效。",
    "If the receipt and the phone belong together, a code is on its way; it is good for five minutes.",
};
static const char *const code_text[] = { "【劳动人事争议调解】您的验证码为", "，五分钟内有效。如非本人操作请忽略。" };

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE party_receipt("
      "  id         INTEGER PRIMARY KEY,"
      "  digest     TEXT NOT NULL UNIQUE,"  /* keyed, of the receipt's characters */
      "  phone      TEXT NOT NULL,"         /* keyed digest */
      "  case_id    INTEGER NOT NULL,"
      "  side       INTEGER NOT NULL,"
      "  person     INTEGER NOT NULL,"
      "  role       TEXT NOT NULL,"         /* party, representative */
      "  code       TEXT NOT NULL,"         /* keyed digest; '': none is open */
      "  code_until INTEGER NOT NULL,"
      "  code_tries INTEGER NOT NULL,"
      "  created    INTEGER NOT NULL) STRICT;"
      "CREATE INDEX party_receipt_by_case ON party_receipt(case_id, person);" },
};

static const Query q_add = {
    .name = "party.receipt", .in = &receipt_form,
    .sql = "INSERT INTO party_receipt(id, digest, phone, case_id, side, person, role, code, code_until, code_tries,"
           " created) VALUES(:id, :digest, :phone, :case_id, :side, :person, :role, :code, :code_until,"
           " :code_tries, :created)",
};
static const Query q_find = {
    .name = "party.find", .in = &receipt_form, .out = &receipt_form,
    .sql = "SELECT id, digest, phone, case_id, side, person, role, code, code_until, code_tries, created"
           " FROM party_receipt WHERE digest = :digest",
};
static const Query q_code = {
    .name = "party.code", .in = &receipt_form,
    .sql = "UPDATE party_receipt SET code = :code, code_until = :code_until, code_tries = :code_tries"
           " WHERE id = :id",
};
static const Query q_elect = {
    .name = "party.elect", .in = &receipt_form,
    .sql = "UPDATE party_receipt SET role = :role WHERE case_id = :case_id AND person = :person",
};
static const Query q_phone = {
    .name = "party.phone", .in = &receipt_form,
    .sql = "UPDATE party_receipt SET phone = :phone, code = '' WHERE case_id = :case_id AND person = :person",
};
static const Query *const queries[] = { &q_add, &q_find, &q_code, &q_elect, &q_phone, NULL };

static Str digest(Ctx *c, Str purpose, Str text)
{
    return text_digest(c->mem, c->house->keys, purpose, text);
}

/* ---- receipts ------------------------------------------------------------------- */

static Str grouped(Ctx *c, Str code)
{
    Out o = { .buf = NEW(c->mem, char, SHOWN), .cap = SHOWN };
    for (size_t i = 0; i < code.n; i += GROUP) {
        if (i) out_str(&o, S("-"));
        out_str(&o, (Str){ code.s + i, GROUP });
    }
    return out_view(&o);
}

/* As it was made: capitals, without the hyphens and blanks people type. */
static Str plain(Ctx *c, Str shown)
{
    char *p = NEW(c->mem, char, shown.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < shown.n; i++) {
        char ch = shown.s[i];
        if (ch != '-' && ch != ' ') p[n++] = char_upper(ch);
    }
    return (Str){ p, n };
}

Str party_receipt(Ctx *c, Id case_id, Str phone, uint32_t side, Id person)
{
    if (!ok(c)) return (Str){ 0 };
    Str code = code_new(c->mem, RECEIPT);
    Receipt r = {
        .id = id_next(c), .digest = digest(c, S("party.receipt"), code),
        .phone = digest(c, S("party.phone"), phone),
        .case_id = case_id, .side = side, .person = person, .role = str_of(role_word(ROLE_PARTY)),
        .created = now(c),
    };
    db_insert(c, &q_add, &r);
    return grouped(c, code);
}

void party_elect(Ctx *c, Id case_id, Id person, bool elected)
{
    Role role = elected ? ROLE_REPRESENTATIVE : ROLE_PARTY;
    Receipt r = { .case_id = case_id, .person = person, .role = str_of(role_word(role)) };
    session_end_all(c, person, (Id){ 0 });
    db_change_any(c, &q_elect, &r);
}

void party_phone(Ctx *c, Id case_id, Id person, Str phone)
{
    Receipt r = { .case_id = case_id, .person = person };
    if (!ok(c)) return;
    r.phone = digest(c, S("party.phone"), phone);
    db_change_any(c, &q_phone, &r);
}

/* ---- the code ------------------------------------------------------------------------ */

/* The receipt that was asked for, if the phone is that given with it. */
static bool find(Ctx *c, const Asked *in, Receipt *r)
{
    r->digest = digest(c, S("party.receipt"), plain(c, in->receipt));
    return db_find(c, &q_find, r, r) && str_eq(r->phone, digest(c, S("party.phone"), in->phone));
}

static void send_code(Ctx *c, Receipt *r, Str phone)
{
    Str code = digits_new(c->mem, CODE);
    Out o = { .buf = NEW(c->mem, char, 256), .cap = 256 };
    out_str(&o, str_of(code_text[0]));
    out_str(&o, code);
    out_str(&o, str_of(code_text[1]));
    r->code = digest(c, S("party.code"), code);
    r->code_until = (Time){ now(c).s + policy(c, POLICY_CODE_S) };
    r->code_tries = 0;
    db_change(c, &q_code, r);
    Message m = { .channel = S("SMS"), .to = phone, .template = S("party_code"), .text = out_view(&o),
                  .case_id = r->case_id };
    outbox_add(c, &m);
    audit_about(c, r->case_id);
}

static void refuse_many(Ctx *c, Str purpose, Str key, int64_t most)
{
    Time until = { 0 };
    Out o = { .buf = NEW(c->mem, char, 40), .cap = 40 };
    if (!ok(c) || !attempt_spent(c, purpose, key, most, &until)) return;
    out_time(&o, until);
    fail(c, ERR_TOO_MANY, out_view(&o));
}

static void count_peer(Ctx *c)
{
    int64_t most = policy(c, POLICY_PEER_FAILURES);
    attempt_count(c, S("party.peer"), c->head.peer, most, policy(c, POLICY_LOCK_S));
}

/* Counted whether there is such a receipt or not, so that nobody can tell. */
static void ask_code(Ctx *c)
{
    Asked in = { 0 };
    Receipt r = { 0 };
    c->key = (Str){ 0 };
    form_read(c, &ask_form, &in);
    refuse_many(c, S("party.peer"), c->head.peer, policy(c, POLICY_PEER_FAILURES));
    int64_t most = policy(c, POLICY_CODES_SENT);
    refuse_many(c, S("party.sent"), plain(c, in.receipt), most);
    tx_begin(c);
    count_peer(c);
    attempt_count(c, S("party.sent"), plain(c, in.receipt), most, policy(c, POLICY_CODES_S));
    if (find(c, &in, &r)) send_code(c, &r, in.phone);
    reply_row(c, 202, &said_form, &(Said){ str_of(sent_text[0]), str_of(sent_text[1]) });
    tx_end(c);
}

/* ---- opening the case ------------------------------------------------------------------ */

static void open_case(Ctx *c, const Receipt *r)
{
    Session s = {
        .kind = S("party"), .holder = r->person, .roles = r->role, .org_path = S("-"), .case_id = r->case_id,
        .sides = r->side, .expires = { now(c).s + policy(c, POLICY_PARTY_SESSION_S) },
    };
    session_cookie(c, session_open(c, &s));
    c->who.id = r->person; /* for the audit record */
    c->who.session = s.id;
    Opened answer = { .case_id = r->case_id, .role = r->role, .expires = s.expires };
    reply_row(c, 200, &opened_form, &answer);
}

/* Uses the code up, or counts the try; true if it was right. */
static bool try_code(Ctx *c, Receipt *r, Str code)
{
    bool live = r->code.n && r->code_until.s > now(c).s && r->code_tries < policy(c, POLICY_CODE_ATTEMPTS);
    bool good = live && str_eq(r->code, digest(c, S("party.code"), code));
    if (good) r->code = (Str){ 0 };
    else r->code_tries++;
    db_change(c, &q_code, r);
    audit_about(c, r->case_id);
    return good;
}

static void sign_in(Ctx *c)
{
    Asked in = { 0 };
    Receipt r = { 0 };
    c->key = (Str){ 0 };
    form_read(c, &open_form, &in);
    refuse_many(c, S("party.peer"), c->head.peer, policy(c, POLICY_PEER_FAILURES));
    tx_begin(c);
    bool good = find(c, &in, &r) && try_code(c, &r, in.code);
    if (good) open_case(c, &r);
    else count_peer(c);
    tx_end(c);
    if (!good) fail(c, ERR_BAD_LOGIN, (Str){ 0 });
}

static const Route routes[] = {
    { .method = "POST", .pattern = "/api/v1/party/code", .who = ANYBODY, .run = ask_code, .zh = "获取验证码",
      .en = "ask for a code", .in = &ask_form, .out = &said_form },
    { .method = "POST", .pattern = "/api/v1/party/login", .who = ANYBODY, .run = sign_in, .zh = "凭回执查看本案",
      .en = "open one's own case", .in = &open_form, .out = &opened_form },
};

const Slice party_slice = {
    .name = "party", .route = routes, .routes = COUNT(routes), .query = queries,
    .migration = migrations, .migrations = COUNT(migrations),
};
