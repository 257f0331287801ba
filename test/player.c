#include "player.h"

#include "core/jobs.h"
#include "core/limits.h"
#include "core/reference.h"
#include "core/tx.h"

#include <stdio.h>

static void begin(Player *p, Ctx *c, Arena *mem)
{
    *mem = block_arena(&p->block);
    *c = (Ctx){ .mem = mem, .db = p->db, .who = p->as, .head = p->head, .now_ms = p->clock.s * 1000,
                .today = time_date(p->clock), .upload = p->upload };
    c->out = (Out){ .buf = p->reply, .cap = REPLY_MAX - 1 };
    c->extra = (Out){ .buf = p->more, .cap = EXTRA_MAX };
    ctx_begin(c, p->house);
}

/* ---- faults ------------------------------------------------------------------------ */

static void arm(Player *p, int n)
{
    (void)db_fail_at(p->db, n);
}

/* Did the n-th statement come, and fail? */
static bool fired(Player *p, int n)
{
    int left = db_fail_at(p->db, 0);
    if (n == 0 || left > 0) return false;
    p->result.faults++;
    return true;
}

/* The next statement to fail.  Where only some fail, a request that makes hundreds alike (a list
** taken in row by row) has fewer and fewer, or the sweep would grow with their square. */
static int further(const Player *p, int n)
{
    enum { FIRST = 100, THINNER = 25 };
    bool some = p->every > 1;
    return n + p->every * (some && n >= FIRST ? n / THINNER : 1);
}

static void keep(Player *p)
{
    if (p->dump) dump_keep(p->dump);
}

/* Statement n of `what` failed: nothing may have changed, but for one table. */
static void nothing_changed(Player *p, const char *what, int n, const char *but)
{
    char note[120];
    const char *table = dump_changed(p->dump, but);
    (void)snprintf(note, sizeof note, "%s: statement %d failed, and this table changed:", what, n);
    if (table) player_complain(p, note, table);
}

/* ---- requests ------------------------------------------------------------------------ */

/* What a header line of the answer says, up to ';'. */
static void keep_header(Player *p, Str head, const char *name, const char *as)
{
    while (head.n) {
        Str line = str_cut(&head, '\n');
        Str value = line;
        Str key = str_cut(&value, ':');
        if (!str_eq(key, str_of(name))) continue;
        value = str_trim(value);
        player_set(p, str_of(as), str_cut(&value, ';'));
    }
}

/* A form that a request asked something by. */
static void player_note(Player *p, const Form *form)
{
    for (size_t i = 0; i < p->forms; i++) {
        if (p->form[i] == form) return;
    }
    BUG_IF(p->forms == FORMS);
    p->form[p->forms++] = form;
}

/* What a route says that it is asked for and what it reads are one form; what it does
** not say is read by nothing. */
static void judge_query(Player *p, const Ctx *c, bool asked)
{
    if (c->status >= 400 || !c->route) return;
    const Form *says = c->route->query;
    bool other = c->asked && c->asked != says;
    if (other) player_complain(p, "a query was read that is not the route's:", c->asked->name);
    if (asked && says && !c->asked) player_complain(p, "the route's query was not read:", says->name);
    if (asked && c->asked) player_note(p, says);
}

/* Asks once, with statement n failing if there is one; was there? */
static bool ask_once(Player *p, int n, Str method, Str target, Str body)
{
    Arena mem;
    Ctx c;
    begin(p, &c, &mem);
    Str path = player_fill(p, &mem, target);
    c.method = method;
    c.path = str_cut(&path, '?');
    c.query = path;
    c.body = player_fill(p, &mem, body);
    c.key = str_of(p->key);
    int64_t before = db_statements(p->db);
    arm(p, n);
    web_handle(&c);
    bool failed = fired(p, n);
    if (!failed) judge_query(p, &c, c.query.n > 0);
    p->statements = db_statements(p->db) - before;
    c.out.buf[c.out.len] = 0;
    p->raw = c.out.buf;
    p->raw_n = c.out.len;
    (void)snprintf(p->path, sizeof p->path, "%.*s", (int)c.file.path.n, c.file.path.s ? c.file.path.s : "");
    (void)snprintf(p->type, sizeof p->type, "%s", c.type ? c.type : "");
    p->extra = out_view(&c.extra);
    p->status = c.status;
    return failed;
}

enum { FIND = 1, UPDATE, COMMIT }; /* the first statements of who is signed in */

/* Is this one of those that note when the session was last seen? */
static bool touches_session(const Player *p, int n)
{
    bool signed_in = p->head.cookie.n || p->head.authorization.n;
    return signed_in && (n == UPDATE || n == COMMIT);
}

/* The law is looked at again after an import, in vain if a statement fails: the
** import is done, and this was the request itself. */
static bool done_before(const Player *p, Str target)
{
    return str_starts(target, S("/api/v1/reference/")) && p->status == 200 && dump_changed(p->dump, NULL);
}

static void look_again(Player *p)
{
    Block block = block_open(ARENA_MAX); /* p->block holds the answer */
    Arena mem = block_arena(&block);
    Ctx c = { .mem = &mem, .db = p->db, .now_ms = p->clock.s * 1000, .today = time_date(p->clock) };
    ctx_begin(&c, p->house);
    (void)reference_follow(&c);
    block_close(&block);
}

/* What was going to be refused may be refused all the same. */
static void judge_answer(Player *p, int n)
{
    char note[80];
    bool told = p->status >= 500 || (p->expected >= 400 && p->status >= 400);
    bool may = p->own_key || touches_session(p, n);
    bool signed_in = p->head.cookie.n || p->head.authorization.n;
    (void)snprintf(note, sizeof note, "statement %d failed, and the answer was %d:", n, p->status);
    if (!told && !may) player_complain(p, note, p->raw);
    nothing_changed(p, "a request", n, signed_in && n > COMMIT ? "session" : NULL);
}

void player_ask(Player *p, Str method, Str target, Str body)
{
    bool changes = !str_eq(method, S("GET"));
    p->own_key = changes && p->key[0];
    if (!changes) p->key[0] = 0;
    else if (p->key[0] == 0) (void)snprintf(p->key, sizeof p->key, "auto-%lld", (long long)++p->keys);
    keep(p);
    for (int n = p->first; ask_once(p, n, method, target, body); n = further(p, n)) {
        if (changes && done_before(p, target)) {
            look_again(p);
            break;
        }
        judge_answer(p, n);
    }
    json_decref(p->answer);
    p->answer = json_loads(p->raw, JSON_DECODE_ANY, NULL);
    player_english(p, target);
    keep_header(p, p->extra, "ETag", "etag");
    keep_header(p, p->extra, "Set-Cookie", "cookie");
    p->head = (Head){ .host = S("127.0.0.1") };
    p->text_mem = block_arena(&p->text);
    p->key[0] = 0;
    p->upload = (Upload){ 0 };
}

/* ---- jobs ------------------------------------------------------------------------------ */

/* A job that failed is put off, and some day given up: in a sweep it is put back. */
static const char job_was[] = "CREATE TABLE IF NOT EXISTS job_was AS SELECT * FROM job";
static const char job_clear[] = "DELETE FROM job_was";
static const char job_note[] = "INSERT INTO job_was SELECT * FROM job";
static const char job_back[] =
    "UPDATE job SET (state, due, attempts, lease, holder, error) ="
    " (SELECT w.state, w.due, w.attempts, w.lease, w.holder, w.error FROM job_was w WHERE w.id = job.id)"
    " WHERE id IN (SELECT id FROM job_was WHERE state = 'queued')";
static const char job_done[] =
    "SELECT j.kind FROM job j JOIN job_was w ON w.id = j.id WHERE j.state = 'done' AND w.state = 'queued'";

static const char job_lost[] = "SELECT kind FROM job WHERE state = 'given_up'";

/* What failed by itself is put off without a word: given up at last, it is found here. */
static void none_given_up(Player *p)
{
    if (!p->dump) return;
    Arena mem = block_arena(&p->block);
    Str lost = dump_ask(p->dump, &mem, job_lost);
    if (lost.n) player_complain(p, "a job was given up:", str_c(&mem, lost));
}

static void note_jobs(Player *p)
{
    if (!p->dump) return;
    dump_do(p->dump, job_was);
    dump_do(p->dump, job_clear);
    dump_do(p->dump, job_note);
    dump_keep(p->dump);
}

static void judge_job(Player *p, int n)
{
    Arena mem = block_arena(&p->block);
    Str done = dump_ask(p->dump, &mem, job_done);
    if (done.n) player_complain(p, "a statement failed, and the job was done:", str_c(&mem, done));
    nothing_changed(p, "a job", n, "job");
    dump_do(p->dump, job_back);
    dump_keep(p->dump);
}

static bool schedule_once(Player *p, int n)
{
    Arena mem;
    Ctx c;
    begin(p, &c, &mem);
    arm(p, n);
    jobs_schedule(&c);
    bool failed = fired(p, n);
    if (!failed && !ok(&c)) player_complain(p, "the schedule failed:", err_info[c.err].word);
    return failed;
}

static bool step_once(Player *p, int n, bool *more)
{
    Arena mem;
    Ctx c;
    begin(p, &c, &mem);
    arm(p, n);
    *more = jobs_step(&c);
    bool failed = fired(p, n);
    if (!failed && !ok(&c)) player_complain(p, "a job failed:", err_info[c.err].word);
    return failed;
}

static bool was_asked(const Player *p, const Form *form)
{
    for (size_t i = 0; i < p->forms; i++) {
        if (p->form[i] == form) return true;
    }
    return false;
}

Result player_unasked(Player *p)
{
    p->result = (Result){ 0 };
    for (const Slice *const *s = p->house->slices; *s; s++) {
        for (size_t i = 0; i < (*s)->routes; i++) {
            const Route *r = &(*s)->route[i];
            if (!r->query) continue;
            bool asked = was_asked(p, r->query);
            if (asked) p->result.passed++;
            else p->result.failed++;
            if (!asked) (void)printf("FAILED nobody asks %s %s for anything\n", r->method, r->pattern);
        }
    }
    return p->result;
}

void player_tick(Player *p)
{
    bool more = true;
    keep(p);
    for (int n = p->first; schedule_once(p, n); n = further(p, n)) {
        nothing_changed(p, "the schedule", n, NULL);
    }
    while (more) {
        note_jobs(p);
        for (int n = p->first; step_once(p, n, &more); n = further(p, n)) judge_job(p, n);
    }
    none_given_up(p);
}

void player_look(Player *p, Str slice)
{
    bool found = false;
    for (const Slice *const *s = p->house->slices; *s; s++) {
        Arena mem;
        Ctx c;
        if (!(*s)->look || !str_eq(str_of((*s)->name), slice)) continue;
        found = true;
        begin(p, &c, &mem);
        c.who = (Actor){ .roles = SYSTEM };
        c.method = S("job");
        (*s)->look(&c);
        if (!ok(&c)) player_complain(p, "a look failed:", err_info[c.err].word);
    }
    if (!found) player_complain(p, "no slice looks by this name", "");
}

static bool run_once(Player *p, const JobKind *kind, int n)
{
    Arena mem;
    Ctx c;
    begin(p, &c, &mem);
    c.method = str_of(kind->word);
    c.who = (Actor){ .roles = SYSTEM };
    c.status = 204;
    arm(p, n);
    if (!kind->begins) tx_begin(&c);
    kind->run(&c, (Id){ 0 });
    tx_end(&c);
    bool failed = fired(p, n);
    if (failed && ok(&c)) player_complain(p, "a statement failed, and the job was done:", kind->word);
    if (!failed && !ok(&c)) player_complain(p, "the job failed:", err_info[c.err].word);
    return failed;
}

void player_job(Player *p, Str word)
{
    for (const Slice *const *s = p->house->slices; *s; s++) {
        for (size_t i = 0; i < (*s)->jobs; i++) {
            const JobKind *kind = &(*s)->job[i];
            if (!str_eq(str_of(kind->word), word)) continue;
            keep(p);
            for (int n = p->first; run_once(p, kind, n); n = further(p, n)) {
                nothing_changed(p, kind->word, n, NULL);
            }
            return;
        }
    }
    player_complain(p, "no such job", "");
}
