#include "player.h"

#include "core/crypto.h"
#include "core/limits.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void player_complain(Player *p, const char *what, const char *more)
{
    if (!p->bad) (void)printf("FAILED %s:%d %s\n", p->file, p->line, p->title);
    (void)printf("  line %d: %s %s\n", p->line, what, more);
    p->bad = true;
}

/* ---- names ------------------------------------------------------------------------ */

static Name *name_find(Player *p, Str name)
{
    for (size_t i = 0; i < p->n; i++) {
        if (str_eq(str_of(p->names[i].name), name)) return &p->names[i];
    }
    return NULL;
}

void player_set(Player *p, Str name, Str value)
{
    Name *at = name_find(p, name);
    BUG_IF(!at && p->n == NAMES);
    if (!at) at = &p->names[p->n++];
    (void)snprintf(at->name, sizeof at->name, "%.*s", (int)name.n, name.s);
    (void)snprintf(at->value, sizeof at->value, "%.*s", (int)value.n, value.s ? value.s : "");
}

static size_t name_length(Str s)
{
    static const char letters[] = "_0123456789abcdefghijklmnopqrstuvwxyz";
    size_t n = 0;
    while (n < s.n && memchr(letters, s.s[n], sizeof letters - 1)) n++;
    return n;
}

Str player_fill(Player *p, Arena *mem, Str text)
{
    Out o = { .buf = NEW(mem, char, text.n * 2 + 8192), .cap = text.n * 2 + 8192 };
    while (text.n) {
        Str run = str_cut(&text, '$');
        out_str(&o, run);
        if (!text.s) break;
        size_t n = name_length(text);
        const Name *at = name_find(p, (Str){ text.s, n });
        if (at) out_str(&o, str_of(at->value));
        else out_str(&o, S("$"));
        if (at) text = (Str){ text.s + n, text.n - n };
    }
    BUG_IF(o.full);
    return out_view(&o);
}

/* ---- comparing --------------------------------------------------------------------- */

static bool same(Player *p, json_t *want, json_t *got);

static bool same_text(Player *p, const char *want, json_t *got)
{
    char number[32] = "";
    const char *text = json_string_value(got);
    if (strcmp(want, "*") == 0) return got && !json_is_null(got);
    if (json_is_integer(got)) {
        (void)snprintf(number, sizeof number, "%lld", (long long)json_integer_value(got));
        text = number;
    }
    if (!text) return false;
    if (want[0] != '$') return strcmp(want, text) == 0;
    const Name *at = name_find(p, str_of(want + 1));
    if (at) return strcmp(at->value, text) == 0;
    player_set(p, str_of(want + 1), str_of(text));
    return true;
}

static bool same_list(Player *p, json_t *want, json_t *got)
{
    size_t k = 0;
    if (!json_is_array(got)) return false;
    if (json_array_size(want) == 0) return json_array_size(got) == 0;
    for (size_t i = 0; i < json_array_size(want); i++) {
        while (k < json_array_size(got) && !same(p, json_array_get(want, i), json_array_get(got, k))) k++;
        if (k++ >= json_array_size(got)) return false;
    }
    return true;
}

static bool same(Player *p, json_t *want, json_t *got)
{
    const char *name = NULL;
    json_t *v = NULL;
    if (json_is_string(want)) return same_text(p, json_string_value(want), got);
    if (json_is_array(want)) return same_list(p, want, got);
    if (!json_is_object(want)) return json_equal(want, got);
    if (!json_is_object(got)) return false;
    json_object_foreach(want, name, v) {
        if (!same(p, v, json_object_get(got, name))) return false;
    }
    return true;
}

/* ---- lines ------------------------------------------------------------------------------ */

static void set_actor(Player *p, Str rest)
{
    Str name = str_cut(&rest, ' ');
    BUG_IF(p->whos == ACTORS);
    Who *w = &p->who[p->whos++];
    *w = (Who){ 0 };
    (void)snprintf(w->name, sizeof w->name, "%.*s", (int)name.n, name.s);
    while (rest.n) {
        Str value = str_cut(&rest, ' ');
        Str what = str_cut(&value, '=');
        if (str_eq(what, S("id"))) w->actor.id = id_parse(value);
        else if (str_eq(what, S("org"))) w->actor.org = id_parse(value);
        else if (str_eq(what, S("case"))) w->actor.case_id = id_parse(value);
        else if (str_eq(what, S("path"))) {
            (void)snprintf(w->path, sizeof w->path, "%.*s", (int)value.n, value.s);
        }
        else if (str_eq(what, S("side"))) {
            w->actor.sides = str_eq(value, S("applicant")) ? APPLICANT : RESPONDENT;
        }
        while (str_eq(what, S("roles")) && value.n) w->actor.roles |= role_bit(role_of(str_cut(&value, ',')));
    }
    w->actor.org_path = str_of(w->path);
}

static void act_as(Player *p, Str name)
{
    p->as = (Actor){ 0 };
    if (str_eq(name, S("nobody"))) return;
    for (size_t i = p->whos; i-- > 0;) {
        if (!str_eq(str_of(p->who[i].name), name)) continue;
        p->as = p->who[i].actor;
        return;
    }
    player_complain(p, "nobody is called this", "");
}

/* The line's bytes, \xNN read as one, as a file that was streamed in. */
static void set_upload(Player *p, Str rest)
{
    Out path = { .buf = NEW(&p->text_mem, char, 256), .cap = 255 };
    Out bytes = { .buf = NEW(&p->text_mem, char, FILE_MAX_BYTES), .cap = FILE_MAX_BYTES };
    bool answered = str_eq(rest, S("<")), good = true;
    if (answered) out_str(&bytes, file_read(&p->text_mem, p->path, FILE_MAX_BYTES, &good));
    BUG_IF(!good);
    for (size_t i = 0; i < rest.n && !answered; i++) {
        bool coded = rest.s[i] == '\\' && i + 3 < rest.n && rest.s[i + 1] == 'x';
        char pair[3] = { coded ? rest.s[i + 2] : 0, coded ? rest.s[i + 3] : 0 };
        char one = coded ? (char)strtol(pair, NULL, 16) : rest.s[i];
        out_str(&bytes, (Str){ &one, 1 });
        if (coded) i += 3;
    }
    out_str(&path, str_of(p->house->folder));
    out_str(&path, S("/incoming"));
    FILE *f = fopen(path.buf, "wbe");
    BUG_IF(!f || fwrite(bytes.buf, 1, bytes.len, f) != bytes.len || fclose(f) != 0);
    p->upload = (Upload){ .path = out_view(&path), .size = (int64_t)bytes.len,
                          .sha256 = sha256_hex(&p->text_mem, out_view(&bytes)) };
}

static void set_header(Player *p, Str rest)
{
    static const struct Slot { const char *name; size_t at; } slots[] = {
        { "Authorization", offsetof(Head, authorization) }, { "Cookie", offsetof(Head, cookie) },
        { "Host", offsetof(Head, host) }, { "Origin", offsetof(Head, origin) },
        { "If-Match", offsetof(Head, if_match) }, { "Range", offsetof(Head, range) },
        { "Last-Event-ID", offsetof(Head, last_event) }, { "Content-Type", offsetof(Head, type) },
        { "Sec-Fetch-Site", offsetof(Head, fetch_site) }, { "Peer", offsetof(Head, peer) },
    };
    Str name = str_cut(&rest, ':');
    for (size_t i = 0; i < COUNT(slots); i++) {
        if (!str_eq(str_of(slots[i].name), name)) continue;
        *(Str *)(void *)((char *)&p->head + slots[i].at) = player_fill(p, &p->text_mem, str_trim(rest));
        return;
    }
    player_complain(p, "no such header", "");
}

static bool is_status(Str line)
{
    return line.n >= 3 && str_is_digits((Str){ line.s, 3 }) && (line.n == 3 || line.s[3] == ' ');
}

static int status_of(Str line)
{
    int64_t status = 0;
    (void)str_int(str_cut(&line, ' '), &status);
    return (int)status;
}

static void expect(Player *p, Str line)
{
    int status = status_of(line);
    char note[64];
    (void)str_cut(&line, ' ');
    if (p->status != status) {
        (void)snprintf(note, sizeof note, "answered %d, not %d:", p->status, status);
        player_complain(p, note, p->raw ? p->raw : "");
        return;
    }
    if (line.n == 0) return;
    json_t *want = json_loadb(line.s, line.n, JSON_DECODE_ANY, NULL);
    if (!want) player_complain(p, "the expected answer is not JSON", "");
    else if (!same(p, want, p->answer)) player_complain(p, "another answer:", p->raw);
    json_decref(want);
}

static void expect_sql(Player *p, Str rest)
{
    int64_t most = 0;
    char note[64];
    (void)str_int(rest, &most);
    (void)snprintf(note, sizeof note, "%lld", (long long)p->statements);
    if (p->statements > most) player_complain(p, "statements:", note);
}

static void close_scenario(Player *p)
{
    if (!p->title) return;
    if (p->bad) p->result.failed++;
    else p->result.passed++;
}

static void open_scenario(Player *p, char *title)
{
    close_scenario(p);
    p->title = title;
    p->bad = false;
}

static bool is_request(Str word)
{
    static const char *const methods[] = { "GET", "POST", "PUT", "PATCH", "DELETE" };
    for (size_t i = 0; i < COUNT(methods); i++) {
        if (str_eq(word, str_of(methods[i]))) return true;
    }
    return false;
}

/* A request's body is the rest of its line and all lines up to the status. */
static void request(Player *p, Str method, Str rest, Str *left)
{
    Str target = str_cut(&rest, ' ');
    Str body = rest;
    p->expected = 0;
    while (left->n) {
        Str ahead = *left;
        Str line = str_trim(str_cut(&ahead, '\n'));
        p->expected = is_status(line) ? status_of(line) : 0;
        if (p->expected) break;
        if (!body.s) body = line;
        body.n = (size_t)(line.s + line.n - body.s);
        p->line++;
        *left = ahead;
    }
    player_ask(p, method, target, body);
}

static void set_name(Player *p, Str rest, Arena *mem)
{
    Str name = str_cut(&rest, ' ');
    player_set(p, name, player_fill(p, mem, rest));
}

/* The line and the indented ones that follow it: a long answer. */
static Str with_indented(Player *p, Str line, Str *left)
{
    while (left->n && left->s[0] == ' ') {
        Str more = str_cut(left, '\n');
        line.n = (size_t)(more.s + more.n - line.s);
        p->line++;
    }
    return line;
}

static void one_line(Player *p, Str line, Str *left, Arena *mem)
{
    Str rest = line;
    Str word = str_cut(&rest, ' ');
    if (line.n == 0 || line.s[0] == '#') return;
    if (str_eq(word, S("=="))) open_scenario(p, str_c(mem, rest));
    else if (is_status(line)) expect(p, with_indented(p, line, left));
    else if (is_request(word)) request(p, word, rest, left);
    else if (str_eq(word, S("as"))) act_as(p, rest);
    else if (str_eq(word, S("today"))) p->clock = time_at(date_parse(rest), 10, 0);
    else if (str_eq(word, S("now"))) p->clock = time_parse(rest);
    else if (str_eq(word, S("actor"))) set_actor(p, player_fill(p, mem, rest));
    else if (str_eq(word, S("header"))) set_header(p, rest);
    else if (str_eq(word, S("upload"))) set_upload(p, rest);
    else if (str_eq(word, S("key"))) (void)snprintf(p->key, sizeof p->key, "%.*s", (int)rest.n, rest.s);
    else if (str_eq(word, S("sql"))) expect_sql(p, rest);
    else if (str_eq(word, S("says"))) player_says(p, player_fill(p, mem, rest));
    else if (str_eq(word, S("lacks"))) player_lacks(p, player_fill(p, mem, rest));
    else if (str_eq(word, S("bytes"))) player_bytes(p, mem, rest);
    else if (str_eq(word, S("pictures"))) player_pictures(p, rest);
    else if (str_eq(word, S("run"))) player_job(p, rest);
    else if (str_eq(word, S("tick"))) player_tick(p);
    else if (str_eq(word, S("look"))) player_look(p, rest);
    else if (str_eq(word, S("let"))) set_name(p, rest, mem);
    else player_complain(p, "not understood", "");
}

Result player_run(Player *p, const char *path)
{
    Block block = block_open(4 * FILE_MAX_BYTES);
    Arena mem = block_arena(&block);
    bool good = false;
    Str left = file_read(&mem, path, FILE_MAX_BYTES, &good);
    const char *name = strrchr(path, '/');
    p->file = name ? name + 1 : path;
    p->title = "";
    p->line = 0;
    p->bad = false;
    p->result = (Result){ 0 };
    if (!good) player_complain(p, "cannot be read:", path);
    p->n = p->globals;
    p->title = NULL;
    while (left.n) {
        Str line = str_trim(str_cut(&left, '\n'));
        p->line++;
        bool counts = line.n && line.s[0] != '#';
        if (p->title || str_starts(line, S("==")) || !counts) one_line(p, line, &left, &mem);
        else player_complain(p, "before the first title:", "");
    }
    close_scenario(p);
    if (strncmp(p->file, "0-", 2) == 0) p->globals = p->n;
    block_close(&block);
    return p->result;
}

void player_sweep(Player *p, const char *address, int first, int every)
{
    p->dump = dump_open(address);
    p->first = first;
    p->every = every;
}

Player *player_open(const House *house, Db *db)
{
    Player *p = calloc(1, sizeof *p);
    BUG_IF(!p);
    p->house = house;
    p->db = db;
    p->block = block_open(SCRATCH);
    p->rooms = block_open(REPLY_MAX + EXTRA_MAX + 64);
    Arena rooms = block_arena(&p->rooms);
    p->reply = NEW(&rooms, char, REPLY_MAX);
    p->more = NEW(&rooms, char, EXTRA_MAX);
    p->text = block_open(4 * FILE_MAX_BYTES);
    p->text_mem = block_arena(&p->text);
    p->head.host = S("127.0.0.1");
    p->clock = time_at(date_parse(S("2026-03-02")), 10, 0);
    return p;
}

void player_close(Player *p)
{
    json_decref(p->answer);
    if (p->dump) dump_close(p->dump);
    block_close(&p->block);
    block_close(&p->text);
    block_close(&p->rooms);
    free(p);
}
