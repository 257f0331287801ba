/* What the register tells the slices of a case: who could take it, and which employer it names. */
#include "test.h"
#include "unit/suites.h"

#include "core/crypto.h"
#include "core/house.h"
#include "core/limits.h"
#include "core/tx.h"
#include "register/employers/employers.h"
#include "register/mediators/mediators.h"
#include "register/organisations/organisations.h"
#include "slices.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { MEMORY = 24 * 1024 * 1024 };

typedef struct World {
    char  folder[32], keys_path[96], address[96];
    Keys *keys;
    Store *store;
    Db   *db;
    House house;
    Block block;
    Arena mem;
    Ctx   c;
    int   asked;
} World;

static void fresh(World *w, uint32_t roles)
{
    w->mem = block_arena(&w->block);
    w->c = (Ctx){ .mem = &w->mem, .db = w->db, .now_ms = 1772416800000 };
    w->c.today = date_parse(S("2026-03-02"));
    w->c.who = (Actor){ .id = { 9 }, .roles = roles, .org_path = roles & HR ? S("0001") : (Str){ 0 } };
    w->c.out = (Out){ .buf = NEW(&w->mem, char, REPLY_MAX), .cap = REPLY_MAX };
    w->c.extra = (Out){ .buf = NEW(&w->mem, char, EXTRA_MAX), .cap = EXTRA_MAX };
    ctx_begin(&w->c, &w->house);
}

static void world_open(World *w)
{
    *w = (World){ .folder = "register-XXXXXX" };
    BUG_IF(!mkdtemp(w->folder));
    (void)snprintf(w->keys_path, sizeof w->keys_path, "%s/keys", w->folder);
    (void)snprintf(w->address, sizeof w->address, "sqlite:%s/db", w->folder);
    w->keys = keys_open(w->keys_path);
    w->store = store_open(w->address, 1);
    store_keys(w->store, w->keys);
    w->db = db_open(w->store);
    BUG_IF(!web_prepare(w->db, slices));
    w->house = (House){ .slices = slices, .store = w->store, .keys = w->keys, .folder = w->folder };
    w->house.origin = "";
    w->block = block_open(MEMORY);
}

static void world_close(World *w)
{
    static const char *const names[] = { "keys", "db", "db-wal", "db-shm" };
    char path[128];
    db_close(w->db);
    store_close(w->store);
    keys_close(w->keys);
    block_close(&w->block);
    for (size_t i = 0; i < COUNT(names); i++) {
        (void)snprintf(path, sizeof path, "%s/%s", w->folder, names[i]);
        (void)remove(path);
    }
    (void)remove(w->folder);
}

/* The id in the answer to a request that must succeed. */
static Id ask(World *w, uint32_t roles, const char *path, const char *body)
{
    char key[24];
    fresh(w, roles);
    (void)snprintf(key, sizeof key, "k%d", ++w->asked);
    w->c.method = S("POST");
    w->c.path = str_of(path);
    w->c.body = str_of(body);
    w->c.key = str_of(key);
    web_handle(&w->c);
    Str out = out_view(&w->c.out);
    if (w->c.status >= 300) (void)printf("%.*s\n", (int)out.n, out.s);
    check(w->c.status < 300, path);
    if (!str_starts(out, S("{\"id\":\""))) return (Id){ 0 };
    Str rest = { out.s + 7, out.n - 7 };
    return id_parse(str_cut(&rest, '"'));
}

static Id org(World *w, Id parent, const char *more)
{
    char body[700], below[48] = "";
    if (parent.n) (void)snprintf(below, sizeof below, "\"parent_id\":\"%lld\",", (long long)parent.n);
    (void)snprintf(body, sizeof body, "{%s\"region\":\"450206\",\"scopes\":[\"SC1\"],%s}", below, more);
    return ask(w, parent.n ? HR : SYS_ADMIN, "/api/v1/orgs", body);
}

static void open_org(World *w, Id id)
{
    static const char *const steps[][2] = {
        { "six", "{\"six\":[\"VENUE\",\"EQUIPMENT\",\"MEDIATORS\",\"FUNDS\",\"SYSTEMS\",\"SIGNAGE\"]}" },
        { "status", "{\"event\":\"register\"}" }, { "status", "{\"event\":\"open\"}" },
    };
    char path[80];
    for (size_t i = 0; i < COUNT(steps); i++) {
        (void)snprintf(path, sizeof path, "/api/v1/orgs/%lld/%s", (long long)id.n, steps[i][0]);
        (void)ask(w, HR, path, steps[i][1]);
    }
}

static Id mediator(World *w, Id org_id, const char *more)
{
    char body[700], path[80];
    (void)snprintf(body, sizeof body,
        "{\"org_id\":\"%lld\",\"name\":\"韦秀英\",\"sex\":\"F\",\"work\":\"PT\","

                                         "\"source\":\"UNION\",\"phone\":\"13977212345\",\"criteria\":[\"POLITICS\",\"ABILITY\",\"STYLE\","
                   "\"DEVOTION\",\"ADULT\",\"FAIR\",\"LEGAL\"],%s}", (long long)org_id.n, more);
    Id id = ask(w, HR, "/api/v1/mediators", body);
    (void)snprintf(path, sizeof path, "/api/v1/mediators/%lld/status", (long long)id.n);
    (void)ask(w, HR, path,
        "{\"event\":\"appoint\",\"appointed_from\":\"2026-03-02\",\"appointed_to\":\"2026-12-31\"}");
    return id;
}

/* ---- organisations ------------------------------------------------------------ */

static void check_orgs(World *w, const OrgAsk *ask_for, const Id *want, size_t n, const char *what)
{
    fresh(w, HR);
    Rows rows = org_candidates(&w->c, ask_for);
    const Org *row = rows.at;
    check(ok(&w->c) && rows.n == n, what);
    for (size_t i = 0; i < rows.n && i < n; i++) check_int(row[i].id.n, want[i].n, what);
}

static void count_in(World *w, void (*load)(Ctx *, Id, int64_t), Id id, int64_t more)
{
    fresh(w, HR);
    tx_begin(&w->c);
    load(&w->c, id, more);
    tx_end(&w->c);
    check(ok(&w->c), "a case is counted");
}

static void orgs(World *w, Id root, Id *town)
{
    Id centre = org(w, root,
        "\"level\":3,\"kind\":\"CENTER\",\"name\":\"柳江中心\",\"territory\":[\"450206\"],"
                    "\"capacity\":100");
    Id one = org(w, centre, "\"level\":4,\"kind\":\"TOWN\",\"name\":\"拉堡\",\"territory\":[\"450206100\"],"
                 "\"capacity\":10");
    Id two = org(w, centre,
        "\"level\":4,\"kind\":\"CHAMBER\",\"name\":\"商会\",\"territory\":[\"450206100\"],"
                 "\"capacity\":10,\"industries\":[\"C\",\"F51\"]");
    OrgAsk there = { .region = S("450206100") };
    check_orgs(w, &there, NULL, 0, "nobody takes cases yet");
    open_org(w, centre);
    open_org(w, one);
    open_org(w, two);
    check_orgs(w, &there, (Id[]){ one, two, centre }, 3, "the smallest territory first");
    check_orgs(w, &(OrgAsk){ .region = S("450206101") }, (Id[]){ centre }, 1,
        "a place without its own has the centre");
    check_orgs(w, &(OrgAsk){ .region = S("330282") }, NULL, 0, "another county has none");
    there.industry = S("F52");
    check_orgs(w, &there, (Id[]){ one, centre }, 2, "a chamber serves its own divisions only");
    there.industry = S("C34");
    check_orgs(w, &there, (Id[]){ one, two, centre }, 3, "and every division of its section");
    count_in(w, org_load, one, 1);
    check_orgs(w, &there, (Id[]){ two, one, centre }, 3, "the lower load first");
    count_in(w, org_load, one, -1);
    check_orgs(w, &there, (Id[]){ one, two, centre }, 3, "and again when the case is out");
    there.kind = S("CENTER");
    check_orgs(w, &there, (Id[]){ centre }, 1, "of one kind");
    there = (OrgAsk){ .region = S("450206100"), .path = S("00010002") };
    check_orgs(w, &there, NULL, 0, "within another's subtree there is none");
    *town = one;
}

static void covers(void)
{
    Org o = { .territory = S("450206100 450207") };
    check(org_covers(&o, S("450206100")), "its own township");
    check(org_covers(&o, S("450206100005")), "a village in it");
    check(org_covers(&o, S("450207")), "its own county");
    check(!org_covers(&o, S("450206")), "not the county its township lies in");
    check(!org_covers(&o, S("450206101")), "not the next township");
    o.territory = (Str){ 0 };
    check(!org_covers(&o, S("450206")), "nothing at all");
}

static void paths(World *w)
{
    fresh(w, HR);
    Ctx *c = &w->c;
    check(org_sees(c, S("0001")) && org_sees(c, S("00010002")), "one sees one's own and what lies below");
    check(!org_sees(c, S("0002")) && !org_sees(c, S("000")), "and nothing beside or above");
    c->who.org_path = (Str){ 0 };
    check(!org_sees(c, S("0001")), "who belongs nowhere sees nothing");
    Str end = path_end(&w->mem, S("0001"));
    check(str_cmp(S("0001ZZZZ"), end) < 0 && str_cmp(S("0002"), end) > 0,
        "the range ends before the next sibling");
}

/* ---- mediators ------------------------------------------------------------------- */

static void check_people(World *w, const MediatorAsk *ask_for, const Id *want, size_t n, const char *what)
{
    fresh(w, HR);
    Rows rows = mediator_candidates(&w->c, ask_for);
    const Mediator *row = rows.at;
    check(ok(&w->c) && rows.n == n, what);
    for (size_t i = 0; i < rows.n && i < n; i++) check_int(row[i].id.n, want[i].n, what);
}

/* A person who signs in, of that organisation. */
static Id account(World *w, Id org)
{
    char body[160];
    (void)snprintf(body, sizeof body, "{\"login\":\"some.body\",\"name\":\"韦秀英\",\"org\":\"%" PRId64 "\"}",
                   org.n);
    return ask(w, SYS_ADMIN, "/api/v1/users", body);
}

static void people(World *w, Id town)
{
    char path[96], own[96];
    Id user = account(w, town);
    (void)snprintf(own, sizeof own,
                   "\"user_id\":\"%" PRId64 "\",\"capacity\":10,\"specialties\":[\"INJURY\"]",
                   user.n);
    MediatorAsk any = { .path = S("0001"), .org_id = town, .on = date_parse(S("2026-03-10")) };
    Id one = mediator(w, town, own);
    Id two = mediator(w, town, "\"capacity\":20,\"specialties\":[\"WAGE\",\"FEMALE\"]");
    check_people(w, &any, (Id[]){ one, two }, 2, "equal in load: by number");
    count_in(w, mediator_load, one, 1);
    check_people(w, &any, (Id[]){ two, one }, 2, "the lower load first");
    count_in(w, mediator_load, one, -1);
    check_people(w, &any, (Id[]){ two, one }, 2, "then who waited longer");
    any.tag = S("INJURY");
    check_people(w, &any, (Id[]){ one }, 1, "with the tag");
    any.tag = (Str){ 0 };
    any.on = date_parse(S("2026-03-01"));
    check_people(w, &any, NULL, 0, "nobody before the term");
    any.on = date_parse(S("2026-12-31"));
    check_people(w, &any, (Id[]){ two, one }, 2, "the term's last day counts");
    any.on = date_parse(S("2027-01-01"));
    check_people(w, &any, NULL, 0, "nobody after it");

    (void)snprintf(path, sizeof path, "/api/v1/mediators/%lld/away", (long long)two.n);
    (void)ask(w, HR, path, "{\"from_day\":\"2026-03-10\",\"to_day\":\"2026-03-12\",\"reason\":\"年休假\"}");
    any.on = date_parse(S("2026-03-12"));
    check_people(w, &any, (Id[]){ one }, 1, "not who is away");
    any.on = date_parse(S("2026-03-13"));
    check_people(w, &any, (Id[]){ two, one }, 2, "who is back");

    (void)snprintf(path, sizeof path, "/api/v1/mediators/%lld/ties", (long long)one.n);
    (void)ask(w, HR, path,
        "{\"relation\":\"COUNSEL\",\"name\":\"某某（机械）公司\",\"until\":\"2026-06-30\"}");
    any.employer = S("某某(机械) 公司");
    check_people(w, &any, (Id[]){ two }, 1, "not who is tied to the employer, however its name is written");
    fresh(w, HR);
    check(mediator_tied(&w->c, one, &any) && !mediator_tied(&w->c, two, &any), "the tie is found");
    any.on = date_parse(S("2026-07-01"));
    check(!mediator_tied(&w->c, one, &any), "and ends after its last day");
    check_people(w, &any, (Id[]){ two, one }, 2, "then both may");

    Mediator m = { 0 };
    fresh(w, HR);
    check(mediator_of_user(&w->c, user, &m) && m.id.n == one.n, "whose account it is");
    check(!mediator_of_user(&w->c, (Id){ 73 }, &m) && ok(&w->c), "an account that is no mediator's");
    check(!mediator_of_user(&w->c, (Id){ 0 }, &m) && ok(&w->c), "no account");
}

/* ---- employers ---------------------------------------------------------------------- */

static Employer named(World *w, Str name, Str uscc, Str region)
{
    fresh(w, HR);
    Employer e = { .name = name, .uscc = uscc, .emp_type = S("ENT"), .region_performance = region };
    tx_begin(&w->c);
    employer_find_or_add(&w->c, &e);
    tx_end(&w->c);
    check(ok(&w->c), "an employer is found or added");
    return e;
}

static void employers(World *w)
{
    char path[96], body[64];
    Str uscc = S("91450206MA5K00001A");
    Id one = named(w, S("某某（广西）公司"), (Str){ 0 }, S("450206")).id;
    check_int(named(w, S("某某(广西) 公司"), (Str){ 0 }, S("450206")).id.n, one.n,
        "the same name, written otherwise");
    Id two = named(w, S("某某(广西)公司"), (Str){ 0 }, S("450205")).id;
    check(two.n != one.n, "the same name elsewhere is another");
    Employer e = named(w, S("某某（广西）公司"), uscc, S("450206"));
    check(e.id.n == one.n && e.version == 2, "it takes the code that is now known");
    check_str(e.uscc, uscc, "and keeps it");
    check_int(named(w, S("改了名的公司"), S("91450206ma5k00001a"), S("450205")).id.n, one.n,
        "found by its code alone");
    Id three = named(w, S("某某（广西）公司"), S("91330282MA2C00012W"), S("450206")).id;
    check(three.n != one.n, "another code is another employer");

    (void)snprintf(path, sizeof path, "/api/v1/employers/%lld/merge", (long long)two.n);
    (void)snprintf(body, sizeof body, "{\"into\":\"%lld\"}", (long long)one.n);
    fresh(w, HR);
    w->c.head.if_match = S("\"1\"");
    w->c.method = S("POST");
    w->c.path = str_of(path);
    w->c.body = str_of(body);
    w->c.key = S("merge");
    web_handle(&w->c);
    check_int(w->c.status, 200, "two records are merged");
    check_int(named(w, S("某某(广西)公司"), (Str){ 0 }, S("450205")).id.n, one.n,
        "who names the first gets the other");
    fresh(w, HR);
    check(employer_get(&w->c, two, &e) && e.id.n == one.n, "and by its number too");
}

static void names(World *w)
{
    fresh(w, HR);
    check_str(name_key(&w->mem, S("Ａｂ　（柳江）～ 公司\t")), S("AB(柳江)~公司"),
        "half-width, capitals, no blanks");
    check_str(name_key(&w->mem, S("！")), S("!"), "the first full-width sign");
    check_str(name_key(&w->mem, S("｟")), S("｟"), "one beyond the last stays");
    check_str(name_key(&w->mem, S("　")), (Str){ 0 }, "nothing but a blank");
    check_str(name_key(&w->mem, (Str){ 0 }), (Str){ 0 }, "nothing");
}

void test_register(void)
{
    World w;
    Id town = { 0 };
    world_open(&w);
    covers();
    paths(&w);
    names(&w);
    Id root = org(&w, (Id){ 0 }, "\"level\":3,\"kind\":\"HRSS\",\"name\":\"柳江人社局\"");
    orgs(&w, root, &town);
    people(&w, town);
    employers(&w);
    world_close(&w);
}
