#include "case/party.h"

#include "core/check.h"
#include "core/crypto.h"
#include "core/search.h"
#include "register/employers/employers.h"

/* ---- code lists ------------------------------------------------------------------- */

#define CODES(list) { .name = #list, .row = list##_rows, .n = COUNT(list##_rows) }

static const Code side_rows[] = {
    { "APPL", "申请人", "applicant" }, { "RESP", "被申请人", "respondent" }, { "THIRD", "第三人", "third party" },
};
static const Codes side = CODES(side);
static const Code part_rows[] = {
    { "PARTY", "当事人", "party" }, { "AGENT", "委托代理人", "agent" }, { "REP", "推举的代表人", "representative" },
};
static const Codes part = CODES(part);
static const Code party_kind_rows[] = { { "WORKER", "劳动者", "worker" }, { "EMPLOYER", "用人单位", "employer" } };
static const Codes party_kind = CODES(party_kind);
static const Code id_type_rows[] = {
    { "ID", "居民身份证", "citizen identity card" }, { "PASSPORT", "护照", "passport" },
    { "HMT", "港澳台居民居住证", "residence permit, Hong Kong, Macau, Taiwan" },
    { "FOREIGN", "外国人永久居留身份证", "foreign permanent resident card" },
};
const Codes party_id_types = CODES(id_type);
static const Code sex_rows[] = { { "M", "男", "male" }, { "F", "女", "female" } };
const Codes party_sexes = CODES(sex);
static const Code tag_rows[] = {
    { "RURAL", "农民工", "migrant worker" }, { "DISP", "劳务派遣", "dispatched" },
    { "NEF", "新就业形态", "new employment form" }, { "FEMALE3", "孕产哺女职工", "pregnant or nursing" },
    { "INJURED", "工伤", "injured at work" }, { "DISABLED", "残疾人", "disabled" },
    { "MINOR16_18", "未成年工", "aged 16 to 18" }, { "OVERAGE", "超龄", "over age" },
    { "FOREIGN", "外国人", "foreigner" }, { "HK_MO_TW", "港澳台", "Hong Kong, Macau, Taiwan" },
    { "GRAD", "高校毕业生", "graduate" }, { "VETERAN", "退役军人", "veteran" },
};
static const Codes tag = CODES(tag);
static const Code agent_scope_rows[] = {
    { "GENERAL", "一般授权", "general" }, { "SPECIAL", "特别授权", "special: may settle" },
};
static const Codes agent_scope = CODES(agent_scope);

/* ---- checks of one value -------------------------------------------------------------- */

/* Chinese characters, the dot between the parts of a name, Latin letters and
** what stands between them. */
Fault check_person_name(const Ctx *c, Str text)
{
    (void)c;
    for (size_t i = 0; i < text.n; i++) {
        unsigned char ch = (unsigned char)text.s[i];
        bool letter = (ch >= 'A' && ch <= 'Z') || (ch >= 'a' && ch <= 'z');
        if (ch < 0x80 && !letter && ch != ' ' && ch != '.' && ch != '-' && ch != '\'') return FAULT_BAD_NAME;
    }
    return FAULT_NONE;
}

Fault check_region(const Ctx *c, Str text)
{
    bool length = text.n == 2 || text.n == 4 || text.n == 6 || text.n == 9;
    return length ? check_place(c, text) : FAULT_NOT_CODE;
}

/* A section, or a section and a division of GB/T 4754: "C", "C26". */
Fault check_industry(const Ctx *c, Str text)
{
    (void)c;
    bool section = text.n >= 1 && text.s[0] >= 'A' && text.s[0] <= 'T';
    bool rest = text.n == 1 || (text.n == 3 && str_is_digits((Str){ text.s + 1, 2 }));
    return section && rest ? FAULT_NONE : FAULT_NOT_CODE;
}

/* ---- the form ---------------------------------------------------------------------------- */

static const Field fields[] = {
    FIELD(Party, id,        .label = "编号", .en = "id", .rule = SERVER_SET),
    FIELD(Party, case_id,   .label = "案件", .en = "case", .rule = SERVER_SET),
    FIELD(Party, side,      .label = "当事方", .en = "side", .rule = REQUIRED, .codes = &side),
    FIELD(Party, part,      .label = "身份", .en = "part", .codes = &part),
    FIELD(Party, kind,      .label = "主体类型", .en = "kind", .rule = REQUIRED, .codes = &party_kind),
    FIELD(Party, name,      .label = "姓名或者名称", .en = "name", .rule = REQUIRED, .min = 2, .max = 100),
    FIELD(Party, id_type,   .label = "证件类型", .en = "type of identity document", .codes = &party_id_types),
    FIELD(Party, id_no,     .label = "证件号码", .en = "identity number", .rule = SEALED, .max = 40, .mask = MASK_ID_NO),
    FIELD(Party, id_digest, .label = "证件摘要", .en = "digest", .rule = HIDDEN),
    FIELD(Party, sex,       .label = "性别", .en = "sex", .codes = &party_sexes),
    FIELD(Party, birth,     .label = "出生日期", .en = "date of birth", .rule = NOT_FUTURE),
    FIELD(Party, ethnic,    .label = "民族", .en = "ethnic group", .max = 20),
    FIELD(Party, mobile,    .label = "手机号", .en = "mobile", .rule = SEALED, .max = 20, .mask = MASK_PHONE, .check = check_phone),
    FIELD(Party, mobile_digest, .label = "手机摘要", .en = "digest", .rule = HIDDEN),
    FIELD(Party, region,    .label = "区划代码", .en = "division", .check = check_region),
    FIELD(Party, addr,      .label = "住址", .en = "address", .max = 200),
    FIELD(Party, svc_addr,  .label = "送达地址", .en = "address for service", .max = 200),
    FIELD(Party, e_service, .label = "同意电子送达", .en = "agrees to electronic service"),
    FIELD(Party, tags,      .label = "身份标签", .en = "tags", .rule = MANY, .codes = &tag),
    FIELD(Party, uscc,      .label = "统一社会信用代码", .en = "unified social credit code", .max = 18, .check = check_uscc),
    FIELD(Party, no_uscc,   .label = "无代码原因", .en = "why the code is not known", .max = 100),
    FIELD(Party, emp_type,  .label = "单位类型", .en = "type of employer", .codes = &employer_types),
    FIELD(Party, industry,  .label = "行业", .en = "industry", .check = check_industry),
    FIELD(Party, staff,     .label = "单位人数", .en = "staff", .max = 10000000),
    FIELD(Party, reg_region, .label = "注册地", .en = "place of registration", .check = check_region),
    FIELD(Party, main_region, .label = "经营地", .en = "main office", .check = check_region),
    FIELD(Party, legal_rep, .label = "法定代表人（负责人）", .en = "legal representative", .max = 50, .check = check_person_name),
    FIELD(Party, legal_post, .label = "职务", .en = "post", .max = 50),
    FIELD(Party, has_union, .label = "已建工会", .en = "has a union"),
    FIELD(Party, has_committee, .label = "有调解委员会", .en = "has a mediation committee"),
    FIELD(Party, scope,     .label = "代理权限", .en = "scope of authority", .codes = &agent_scope),
    FIELD(Party, consents,  .label = "同意代表人意见", .en = "consents to what was agreed", .rule = SERVER_SET),
    FIELD(Party, split_on,      .label = "分案日期", .en = "split off on", .rule = SERVER_SET),
    FIELD(Party, version,   .label = "版本", .en = "version", .rule = SERVER_SET),
};
const Form party_form = FORM(Party, fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE case_party("
      "  id        INTEGER PRIMARY KEY,"
      "  case_id   INTEGER NOT NULL REFERENCES cases,"
      "  side      TEXT NOT NULL, part TEXT NOT NULL, kind TEXT NOT NULL,"
      "  name      TEXT NOT NULL CHECK(name <> ''),"
      "  id_type   TEXT NOT NULL,"
      "  id_no     TEXT NOT NULL,"      /* sealed */
      "  id_digest TEXT NOT NULL,"      /* by which the same person is found */
      "  sex       TEXT NOT NULL, birth TEXT, ethnic TEXT NOT NULL,"
      "  mobile    TEXT NOT NULL,"      /* sealed */
      "  mobile_digest TEXT NOT NULL,"
      "  region    TEXT NOT NULL, addr TEXT NOT NULL, svc_addr TEXT NOT NULL, e_service INTEGER NOT NULL,"
      "  tags      TEXT NOT NULL,"
      "  uscc      TEXT NOT NULL, no_uscc TEXT NOT NULL, emp_type TEXT NOT NULL, industry TEXT NOT NULL,"
      "  staff     INTEGER NOT NULL, reg_region TEXT NOT NULL, main_region TEXT NOT NULL,"
      "  legal_rep TEXT NOT NULL, legal_post TEXT NOT NULL,"
      "  has_union INTEGER NOT NULL, has_committee INTEGER NOT NULL,"
      "  scope     TEXT NOT NULL,"      /* an agent's authority */
      "  consents  INTEGER NOT NULL,"   /* a represented worker's word */
      "  split_on  TEXT,"               /* split off into another case */
      "  version   INTEGER NOT NULL) STRICT;"
      "CREATE INDEX party_by_case ON case_party(case_id, id);"
      "CREATE INDEX party_by_person ON case_party(id_digest, id);"
      "CREATE INDEX party_by_uscc ON case_party(uscc, id);" },
    { 2, /* nobody asks for parties by their code; those without a number are nobody's duplicates */
      "DROP INDEX party_by_uscc;"
      "DROP INDEX party_by_person;"
      "CREATE INDEX party_by_person ON case_party(id_digest, id) WHERE id_digest <> '';" },
};

#define COLUMNS                                                                                       \
    "id, case_id, side, part, kind, name, id_type, id_no, id_digest, sex, birth, ethnic, mobile,"     \
    " mobile_digest, region, addr, svc_addr, e_service, tags, uscc, no_uscc, emp_type, industry, staff," \
    " reg_region, main_region, legal_rep, legal_post, has_union, has_committee, scope, consents,"     \
    " split_on, version"

static const Query q_add = {
    .name = "case_party.add", .in = &party_form,
    .sql = "INSERT INTO case_party(" COLUMNS ") VALUES(:id, :case_id, :side, :part, :kind, :name, :id_type, :id_no,"
           " :id_digest, :sex, :birth, :ethnic, :mobile, :mobile_digest, :region, :addr, :svc_addr, :e_service,"
           " :tags, :uscc, :no_uscc, :emp_type, :industry, :staff, :reg_region, :main_region, :legal_rep,"
           " :legal_post, :has_union, :has_committee, :scope, :consents, :split_on, :version)",
};
static const Query q_get = {
    .name = "case_party.get", .in = &party_form, .out = &party_form,
    .sql = "SELECT " COLUMNS " FROM case_party WHERE id = :id",
};
static const Query q_list = {
    .name = "case_party.list", .in = &party_form, .out = &party_form,
    .sql = "SELECT " COLUMNS " FROM case_party WHERE case_id = :case_id ORDER BY case_id, id",
};
static const Query q_set = {
    .name = "case_party.set", .in = &party_form,
    .sql = "UPDATE case_party SET case_id = :case_id, name = :name, part = :part, mobile = :mobile,"
           " mobile_digest = :mobile_digest, region = :region, addr = :addr, svc_addr = :svc_addr,"
           " e_service = :e_service, tags = :tags, legal_rep = :legal_rep, legal_post = :legal_post,"
           " scope = :scope, consents = :consents, split_on = :split_on, version = :version WHERE id = :id",
};
static const Query q_correct = {
    .name = "case_party.correct", .in = &party_form,
    .sql = "UPDATE case_party SET name = :name, id_type = :id_type, id_no = :id_no, id_digest = :id_digest, sex = :sex,"
           " birth = :birth, ethnic = :ethnic, mobile = :mobile, mobile_digest = :mobile_digest, region = :region,"
           " addr = :addr, svc_addr = :svc_addr, e_service = :e_service, legal_rep = :legal_rep,"
           " legal_post = :legal_post, version = :version WHERE id = :id",
};
static const Query q_known = {
    .name = "case_party.known", .in = &party_form, .out = &party_form,
    .sql = "SELECT id FROM case_party WHERE id_digest = :id_digest AND id_digest <> '' LIMIT 1",
};
static const Query *const queries[] = {
    &q_known, &q_add, &q_get, &q_list, &q_set, &q_correct, NULL };

/* ---- what belongs together ------------------------------------------------------------------ */

static void bad(Ctx *c, size_t i, const char *name, Fault f)
{
    Out o = { .buf = NEW(c->mem, char, 80), .cap = 80 };
    if (i == PARTY_ALONE) {
        fault(c, str_of(name), f);
        return;
    }
    out_str(&o, S("parties["));
    out_int(&o, (int64_t)i);
    out_str(&o, S("]."));
    out_str(&o, str_of(name));
    fault(c, out_view(&o), f);
}

static void need(Ctx *c, size_t i, const char *name, bool there)
{
    if (!there) bad(c, i, name, FAULT_REQUIRED);
}

static const char *kind_of_document(Str type)
{
    if (str_eq(type, S("ID")) || str_eq(type, S("HMT")) || str_eq(type, S("FOREIGN"))) return "id";
    return str_eq(type, S("PASSPORT")) ? "passport" : NULL;
}

/* Sex and birth follow from the number; what was said must not contradict it. */
static void check_number(Ctx *c, Party *p, size_t i)
{
    Identity it;
    IdentityAsk ask = { .on = c->today };
    const char *kind = kind_of_document(p->id_type);
    if (!kind || p->id_no.n == 0) return;
    if (!identity_check(&c->law->identity, str_of(kind), p->id_no, &ask, &it) || !it.valid) {
        bad(c, i, "id_no", FAULT_BAD_ID_NO);
        return;
    }
    p->id_no = str_copy(c->mem, str_of(it.number));
    Date birth = date_of(it.birth.year, it.birth.month, it.birth.day);
    if (birth.day && p->birth.day && p->birth.day != birth.day) bad(c, i, "birth", FAULT_MISMATCH);
    if (it.sex && p->sex.n && p->sex.s[0] != it.sex) bad(c, i, "sex", FAULT_MISMATCH);
    if (birth.day) p->birth = birth;
    if (it.sex) p->sex = it.sex == 'M' ? S("M") : S("F");
}

static void check_worker(Ctx *c, Party *p, size_t i, bool roster)
{
    bool name = check_person_name(c, p->name) == FAULT_NONE && str_length(p->name) <= 50;
    if (!name) bad(c, i, "name", FAULT_BAD_NAME);
    need(c, i, "id_type", p->id_type.n);
    need(c, i, "id_no", p->id_no.n);
    check_number(c, p, i);
    if (str_eq(p->id_type, S("PASSPORT"))) {
        need(c, i, "sex", p->sex.n);
        need(c, i, "birth", p->birth.day);
    }
    need(c, i, "mobile", p->mobile.n);
    if (!roster) need(c, i, "addr", p->addr.n);
    if (!roster) need(c, i, "svc_addr", p->svc_addr.n);
}

static void check_employer(Ctx *c, const Party *p, size_t i)
{
    if (str_length(p->name) < 4) bad(c, i, "name", FAULT_TOO_SHORT);
    need(c, i, "uscc", p->uscc.n || p->no_uscc.n);
    need(c, i, "emp_type", p->emp_type.n);
    need(c, i, "industry", p->industry.n);
    need(c, i, "legal_rep", p->legal_rep.n);
}

void party_check(Ctx *c, Party *p, size_t i, bool roster)
{
    if (p->part.n == 0) p->part = S("PARTY");
    if (str_eq(p->part, S("AGENT"))) {
        need(c, i, "scope", p->scope.n);
        need(c, i, "mobile", p->mobile.n);
        check_number(c, p, i);
        return;
    }
    if (str_eq(p->kind, S("WORKER"))) check_worker(c, p, i, roster);
    if (str_eq(p->kind, S("EMPLOYER"))) check_employer(c, p, i);
}

/* ---- rows --------------------------------------------------------------------------------------- */

static void digest(Ctx *c, Party *p)
{
    if (!ok(c)) return;
    p->id_digest = text_digest(c->mem, c->house->keys, S("id_no"), p->id_no);
    p->mobile_digest = text_digest(c->mem, c->house->keys, S("mobile"), p->mobile);
}

void party_add(Ctx *c, const Case *k, Party *p)
{
    p->id = id_next(c);
    p->case_id = k->id;
    p->version = 1;
    digest(c, p);
    db_insert(c, &q_add, p);
}

bool party_known(Ctx *c, Party *p)
{
    Party other = { 0 };
    digest(c, p);
    return p->id_digest.n && db_find(c, &q_known, p, &other);
}

Rows parties_of(Ctx *c, Id case_id)
{
    return db_list(c, &q_list, &(Party){ .case_id = case_id });
}

bool party_get(Ctx *c, Id id, Party *p)
{
    *p = (Party){ .id = id };
    return db_get(c, &q_get, p, p);
}

void party_save(Ctx *c, Party *p)
{
    p->version++;
    digest(c, p);
    db_change(c, &q_set, p);
    search_queue(c, p->case_id);
}

void party_correct(Ctx *c, Party *p)
{
    p->version++;
    digest(c, p);
    db_change(c, &q_correct, p);
    search_queue(c, p->case_id);
}

/* A case is found by all its people, and by the ends of their numbers. */
static void describe(Ctx *c, Id id, Out *text, Out *tags)
{
    (void)tags;
    Rows rows = parties_of(c, id);
    for (size_t i = 0; i < rows.n; i++) {
        const Party *p = (const Party *)rows.at + i;
        out_str(text, p->name);
        search_secret(c, text, p->id_no);
        search_secret(c, text, p->mobile);
        out_str(text, S("\n"));
    }
}

const Slice case_party_slice = {
    .name = "case_party", .query = queries, .migration = migrations, .migrations = COUNT(migrations),
    .search = describe,
};
