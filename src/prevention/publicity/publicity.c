#include "prevention/publicity/publicity.h"

#include "core/attachment.h"
#include "core/tx.h"
#include "register/organisations/office.h"

typedef struct Activity {
    Id      id, org;
    Str     org_path, org_name, kind, title, place, speaker, content;
    Date    day;
    int64_t people, copies, employers;
    bool    published;
    Id      made_by;
    Time    made_at;
    int64_t version;
    Id      after;
    Str     path, path_end;
    Date    from, to;
    int64_t times;
} Activity;

static const Code kind_rows[] = {
    { "LECTURE", "授课、讲座", "lecture" },          { "CAMPAIGN", "主题宣传", "themed campaign" },
    { "PARK", "仲裁员进园区", "arbitrators into parks" }, { "CASES", "以案释法", "law by cases" },
    { "MATERIAL", "宣传材料", "material" },          { "GROUP", "网络群组", "online group" },
    { "SALON", "沙龙、座谈", "salon" },              { "MEDIA", "媒体报道", "media" },
    { "DEED", "成效和先进事迹", "achievements and exemplary deeds" },
};
static const Codes kinds = { .name = "activity_kind", .row = kind_rows, .n = COUNT(kind_rows) };

static const Field fields[] = {
    FIELD(Activity, id,       .label = "编号", .en = "id", .rule = SERVER_SET),
    FIELD(Activity, org,      .label = "组织单位", .en = "office", .rule = SERVER_SET),
    FIELD(Activity, org_path, .label = "机构路径", .en = "path", .rule = SERVER_SET),
    FIELD(Activity, kind,     .label = "形式", .en = "kind", .rule = REQUIRED, .codes = &kinds),
    FIELD(Activity, title,    .label = "主题", .en = "title", .rule = REQUIRED, .min = 2, .max = 200),
    FIELD(Activity, day,      .label = "日期", .en = "day", .rule = REQUIRED),
    FIELD(Activity, place,    .label = "地点", .en = "where", .max = 100),
    FIELD(Activity, speaker,  .label = "主讲人", .en = "speaker", .max = 50),
    FIELD(Activity, people,   .label = "参加人数", .en = "people", .max = 1000000),
    FIELD(Activity, employers, .label = "参加单位数", .en = "employers", .max = 100000),
    FIELD(Activity, copies,   .label = "发放材料份数", .en = "copies", .max = 10000000),
    FIELD(Activity, content,  .label = "内容", .en = "content", .rule = PROSE, .max = 4000),
    FIELD(Activity, published, .label = "对外公布", .en = "published"),
    FIELD(Activity, made_by,  .label = "登记人", .en = "by", .rule = SERVER_SET),
    FIELD(Activity, made_at,  .label = "登记时间", .en = "at", .rule = SERVER_SET),
    FIELD(Activity, version,  .label = "版本", .en = "version", .rule = SERVER_SET),
    FIELD(Activity, org_name, .label = "单位名称", .en = "name of the office", .rule = HIDDEN),
    FIELD(Activity, after,    .label = "接续", .en = "after", .rule = HIDDEN),
    FIELD(Activity, path,     .label = "范围", .en = "path", .rule = HIDDEN),
    FIELD(Activity, path_end, .label = "范围", .en = "path", .rule = HIDDEN),
    FIELD(Activity, from,     .label = "起", .en = "from", .rule = HIDDEN),
    FIELD(Activity, to,       .label = "止", .en = "to", .rule = HIDDEN),
    FIELD(Activity, times,    .label = "场次", .en = "times", .rule = HIDDEN),
};
static const Form activity_form = FORM(Activity, fields);
static const Field public_fields[] = {
    FIELD(Activity, id,       .label = "编号", .en = "id"),
    FIELD(Activity, org_name, .label = "组织单位", .en = "office"),
    FIELD(Activity, kind,     .label = "形式", .en = "kind", .codes = &kinds),
    FIELD(Activity, title,    .label = "主题", .en = "title"),
    FIELD(Activity, day,      .label = "日期", .en = "day"),
    FIELD(Activity, place,    .label = "地点", .en = "where"),
    FIELD(Activity, content,  .label = "内容", .en = "content", .rule = PROSE),
};
static const Form public_form = { "PublicActivity", sizeof(Activity), public_fields, COUNT(public_fields) };
static const Field ask_fields[] = {
    FIELD(Activity, kind,  .label = "形式", .en = "kind", .codes = &kinds),
    FIELD(Activity, from,  .label = "日期起", .en = "from"),
    FIELD(Activity, to,    .label = "日期止", .en = "to"),
    FIELD(Activity, after, .label = "接续", .en = "next of the page before"),
    FIELD(Activity, id,       .label = "编号", .en = "id", .rule = HIDDEN),
    FIELD(Activity, org,      .label = "机构", .en = "office", .rule = HIDDEN),
    FIELD(Activity, path,     .label = "范围", .en = "path", .rule = HIDDEN),
    FIELD(Activity, path_end, .label = "范围", .en = "path", .rule = HIDDEN),
};
static const Form ask_form = { "ActivityAsk", sizeof(Activity), ask_fields, COUNT(ask_fields) };
static const Field sum_fields[] = {
    FIELD(Activity, kind,   .label = "形式", .en = "kind", .codes = &kinds),
    FIELD(Activity, times,  .label = "场次", .en = "times"),
    FIELD(Activity, people, .label = "人次", .en = "people"),
    FIELD(Activity, employers, .label = "单位数", .en = "employers"),
    FIELD(Activity, copies, .label = "份数", .en = "copies"),
};
static const Form sum_form = { "ActivitySum", sizeof(Activity), sum_fields, COUNT(sum_fields) };

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE activity("
      "  id       INTEGER PRIMARY KEY, org INTEGER NOT NULL REFERENCES org(id), org_path TEXT NOT NULL,"
      "  kind     TEXT NOT NULL, title TEXT NOT NULL, day TEXT NOT NULL, place TEXT NOT NULL, speaker TEXT NOT NULL,"
      "  people   INTEGER NOT NULL, employers INTEGER NOT NULL, copies INTEGER NOT NULL, content TEXT NOT NULL,"
      "  published INTEGER NOT NULL, made_by INTEGER NOT NULL, made_at INTEGER NOT NULL, version INTEGER NOT NULL) STRICT;"
      "CREATE INDEX activity_by_path ON activity(org_path, day);"
      "CREATE INDEX activity_public ON activity(day, id) WHERE published = 1;" },
};
#define COLUMNS \
    "id, org, org_path, kind, title, day, place, speaker, people, employers, copies, content, published, made_by, made_at," \
    " version"
#define SEEN " ((org_path >= :path AND org_path < :path_end) OR org = :org)"
static const Query q_add = {
    .name = "activity.add", .in = &activity_form,
    .sql = "INSERT INTO activity(" COLUMNS ") VALUES(:id, :org, :org_path, :kind, :title, :day, :place, :speaker, :people,"
           " :employers, :copies, :content, :published, :made_by, :made_at, :version)",
};
static const Query q_edit = {
    .name = "activity.edit", .in = &activity_form,
    .sql = "UPDATE activity SET kind = :kind, title = :title, day = :day, place = :place, speaker = :speaker,"
           " people = :people, employers = :employers, copies = :copies, content = :content, published = :published,"
           " version = :version WHERE id = :id",
};
static const Query q_get = {
    .name = "activity.get", .in = &ask_form, .out = &activity_form,
    .sql = "SELECT " COLUMNS " FROM activity WHERE id = :id AND" SEEN,
};
static const Filter filters[] = {
    { "kind", " AND kind = :kind" }, { "from", " AND day >= :from" }, { "to", " AND day <= :to" },
    { "after", " AND id < :after" },
};
static const Query q_list = {
    .name = "activity.list", .in = &ask_form, .out = &activity_form,
    .sql = "SELECT " COLUMNS " FROM activity WHERE" SEEN " /*scan*/", /* some hundred a year */
    .filter = filters, .filters = COUNT(filters), .tail = " ORDER BY id DESC LIMIT 100",
};
static const Query q_sums = {
    .name = "activity.sums", .in = &ask_form, .out = &sum_form,
    .sql = "SELECT kind, COUNT(*) AS times, CAST(SUM(people) AS BIGINT) AS people,"
           " CAST(SUM(employers) AS BIGINT) AS employers, CAST(SUM(copies) AS BIGINT) AS copies"
           " FROM activity WHERE" SEEN " /*scan*/",
    .filter = filters, .filters = 3, .tail = " GROUP BY kind ORDER BY kind",
};
static const Query q_public = {
    .name = "activity.public", .out = &public_form,
    .sql = "SELECT a.id, n.org_name, a.kind, a.title, a.day, a.place, a.content FROM activity a"
           " JOIN org_name n ON n.org_id = a.org WHERE a.published = 1 AND a.day > '' ORDER BY a.day DESC, a.id DESC LIMIT 100",
};
static const Query *const queries[] = { &q_add, &q_edit, &q_get, &q_list, &q_sums, &q_public, NULL };

static Activity asking(Ctx *c)
{
    OfficeScope s = office_scope(c, OBJ_PUBLICITY);
    return (Activity){ .path = s.path, .path_end = s.path_end, .org = s.org };
}

static bool activity_get(Ctx *c, Activity *a)
{
    Activity ask = asking(c);
    ask.id = arg_id(c, 0);
    return db_get(c, &q_get, &ask, a);
}

static void reply_activity(Ctx *c, int status, const Activity *a)
{
    tag_version(c, a->version);
    reply_row(c, status, &activity_form, a);
}

static void add(Ctx *c)
{
    Org o = { 0 };
    Activity a = { .made_by = c->who.id, .made_at = now(c), .version = 1 };
    form_read(c, &activity_form, &a);
    tx_begin(c);
    (void)office_enter(c, OBJ_PUBLICITY, &o);
    a.id = id_next(c);
    a.org = o.id;
    a.org_path = o.path;
    db_insert(c, &q_add, &a);
    reply_activity(c, 201, &a);
    tx_end(c);
}

static void edit(Ctx *c)
{
    Activity a = { 0 };
    tx_begin(c);
    (void)activity_get(c, &a);
    match_version(c, a.version);
    (void)form_read(c, &activity_form, &a);
    a.version++;
    db_change(c, &q_edit, &a);
    reply_activity(c, 200, &a);
    tx_end(c);
}

static void list(Ctx *c)
{
    Activity ask = asking(c);
    form_read_query(c, &ask_form, &ask);
    Rows rows = db_list(c, &q_list, &ask);
    reply_page(c, &activity_form, rows, 100, offsetof(Activity, id));
}

static void sums(Ctx *c)
{
    Activity ask = asking(c);
    form_read_query(c, &ask_form, &ask);
    reply_rows(c, &sum_form, db_list(c, &q_sums, &ask), (Str){ 0 });
}

static void published(Ctx *c)
{
    reply_rows(c, &public_form, db_list(c, &q_public, NULL), (Str){ 0 });
}

static void add_file(Ctx *c)
{
    Activity a = { 0 };
    Attachment f;
    attachment_read(c, &f);
    tx_begin(c);
    (void)activity_get(c, &a);
    attachment_add(c, &f, a.id);
    a.version++;
    db_change(c, &q_edit, &a);
    reply_row(c, 201, &attachment_form, &f);
    tx_end(c);
}

static void files(Ctx *c)
{
    Activity a = { 0 };
    if (!activity_get(c, &a)) return;
    reply_rows(c, &attachment_form, attachment_list(c, a.id), (Str){ 0 });
}

static void file(Ctx *c)
{
    Activity a = { 0 };
    if (activity_get(c, &a)) attachment_reply(c, a.id, arg_id(c, 1));
}

enum { KEEPERS = HR | HEAD | ORG_MANAGER };
static const Route routes[] = {
    { "GET", "/api/v1/activities", KEEPERS, list, "宣传活动", "publicity", .query = &ask_form, .out = &activity_form,
      .list = true },
    { "POST", "/api/v1/activities", KEEPERS, add, "登记宣传活动", "enter an activity", .in = &activity_form,
      .out = &activity_form },
    { "PATCH", "/api/v1/activities/:id", KEEPERS, edit, "修改宣传活动", "change it", .in = &activity_form,
      .out = &activity_form },
    { "GET", "/api/v1/activity-sums", KEEPERS, sums, "宣传合计", "times, people, employers and copies, by kind",
      .query = &ask_form, .out = &sum_form, .list = true },
    { "GET", "/api/v1/activities/:id/files", KEEPERS, files, "活动材料", "its files", .out = &attachment_form, .list = true },
    { "POST", "/api/v1/activities/:id/files", KEEPERS, add_file, "上传活动材料", "add a file", .query = &attachment_form,
      .out = &attachment_form, .upload = true },
    { "GET", "/api/v1/activities/:id/files/:file/content", KEEPERS, file, "查看活动材料", "a file's bytes" },
    { "GET", "/api/v1/public/activities", ANYBODY, published, "宣传活动公布", "what is published of it",
      .out = &public_form, .list = true },
};

const Slice publicity_slice = {
    .name = "publicity", .query = queries, .migration = migrations, .migrations = COUNT(migrations),
    .route = routes, .routes = COUNT(routes),
};
