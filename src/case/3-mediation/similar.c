/*
** Cases like this one: the official typical cases that share causes, articles
** or words with it, and then the office's own of the same main cause, newest
** first, as far as the asker may see them.
*/
#include "case/3-mediation/mediation.h"
#include "case/1-intake/intake.h"
#include "case/case_list.h"
#include "core/search.h"
#include "register/library/library.h"

enum { OFFICIAL_MAX = 10, OWN_MAX = 10, LOOKED_AT = 40 };

typedef struct Alike {
    Str  source;   /* official, own */
    Id   case_id;  /* of our own */
    Str  id;       /* of a typical case */
    Str  title, causes, result, href;
    Date date;
    int64_t likeness;
    Rows links;
} Alike;
static const Field fields[] = {
    FIELD(Alike, source,   .label = "来源", .en = "official, or one's own"),
    FIELD(Alike, id,       .label = "编号", .en = "number"),
    FIELD(Alike, case_id,  .label = "案件", .en = "case"),
    FIELD(Alike, title,    .label = "标题", .en = "title"),
    FIELD(Alike, causes,   .label = "案由", .en = "causes", .rule = MANY),
    FIELD(Alike, date,     .label = "日期", .en = "published, or filed"),
    FIELD(Alike, result,   .label = "结果", .en = "result, or state"),
    FIELD(Alike, likeness, .label = "相似度", .en = "how alike; 0 for one's own"),
    FIELD(Alike, href,     .label = "链接", .en = "where it is"),
    FIELD(Alike, links,    .label = "条文", .en = "articles", .child = &law_ref_form),
};
static const Form alike_form = FORM(Alike, fields);

static Str href_of(Ctx *c, Str folder, Str id)
{
    Out o = { .buf = NEW(c->mem, char, folder.n + id.n + 1), .cap = folder.n + id.n + 1 };
    out_str(&o, folder);
    out_str(&o, id);
    return out_view(&o);
}

static Str digits_of(Ctx *c, Id id)
{
    Out o = { .buf = NEW(c->mem, char, 24), .cap = 24 };
    out_int(&o, id.n);
    return out_view(&o);
}

/* What the parties wrote, and the articles they named. */
static Likeness likeness_of(Ctx *c, const Case *k, const Intake *in)
{
    Likeness like = { .causes = k->causes, .story = in->facts };
    Rows claims = claims_of(c, k->id);
    size_t cap = in->facts.n + 1;
    for (size_t i = 0; i < claims.n; i++) cap += ((const Claim *)claims.at)[i].basis.n + 1;
    Out o = { .buf = NEW(c->mem, char, cap), .cap = cap };
    out_str(&o, in->facts);
    for (size_t i = 0; i < claims.n; i++) {
        out_str(&o, S("\n"));
        out_str(&o, ((const Claim *)claims.at)[i].basis);
    }
    like.story = out_view(&o);
    law_links(&c->law->library, like.story, c->today, &like.laws);
    return like;
}

static size_t add_official(Ctx *c, const Likeness *like, Alike *row)
{
    Rows found = typical_like(c, like, OFFICIAL_MAX);
    for (size_t i = 0; i < found.n; i++) {
        const Typical *t = (const Typical *)found.at + i;
        row[i] = (Alike){ .source = S("official"), .id = t->id, .title = t->title, .causes = t->causes,
                          .result = t->result, .date = t->date, .likeness = t->likeness, .links = t->links,
                          .href = href_of(c, S("/api/v1/typical-cases/"), t->id) };
    }
    return found.n;
}

/* Parties have no list of cases: for them there are none. */
static size_t add_own(Ctx *c, const Case *k, Alike *row)
{
    Id hit[LOOKED_AT];
    size_t n = 0;
    SearchAsk find = { .before = { INT64_MAX } };
    CaseAsk ask = { .cause = k->cause, .limit = OWN_MAX };
    bool office = (c->who.roles & BY_OFFICE) != 0;
    if (!office && !(c->who.roles & MEDIATORS)) return 0;
    if (office) ask.org_path = c->who.org_path;
    search_tag(c, &find, office ? S("_s") : S("_u"), office ? ask.org_path : digits_of(c, c->who.id));
    search_tag(c, &find, S("_c"), k->cause);
    Rows rows = cases_by_id(c, hit, search_find(c, &find, hit, LOOKED_AT));
    uint32_t states = case_ask_states(&ask);
    for (size_t i = 0; i < rows.n && n < OWN_MAX; i++) {
        const Case *other = (const Case *)rows.at + i;
        if (other->id.n == k->id.n || !case_asked(c, &ask, states, other)) continue;
        Str id = digits_of(c, other->id);
        row[n++] = (Alike){ .source = S("own"), .case_id = other->id, .id = other->no,
                            .title = other->respondent,
                            .causes = other->causes, .result = other->state, .date = other->filed,
                            .href = href_of(c, S("/api/v1/cases/"), id) };
    }
    return n;
}

static void show(Ctx *c)
{
    Case k;
    Intake in = { 0 };
    Alike *row = NEW(c->mem, Alike, OFFICIAL_MAX + OWN_MAX);
    if (!case_get(c, arg_id(c, 0), &k)) return;
    (void)intake_get(c, k.id, &in);
    Likeness like = likeness_of(c, &k, &in);
    if (!ok(c)) return;
    size_t n = add_official(c, &like, row);
    n += add_own(c, &k, row + n);
    reply_rows(c, &alike_form, (Rows){ row, n }, (Str){ 0 });
}

static const Route routes[] = {
    { "GET", "/api/v1/cases/:id/similar", PARTIES | STAFF, show, "类案", "cases like this one, official ones first",
      .out = &alike_form, .list = true },
};

const Slice similar_slice = { .name = "similar", .route = routes, .routes = COUNT(routes) };
