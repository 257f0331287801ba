#include "core/search.h"

#include "core/crypto.h"
#include "core/engine.h"
#include "core/jobs.h"
#include "core/limits.h"
#include "core/tx.h"
#include "law/law.h"

#include <string.h>

enum { BATCH = 100, TOKENS_MAX = 16 * 1024, SECRET_CHARS = 4, SECRET_HEX = 12, PENDING = 50 };
enum { ROUNDS = 4, WORDS_A_BYTE = 6 }; /* room for the tokens of a text: at most as many times its length */

typedef struct Queued {
    Id      seq; /* of the change, not of the document: none is lost between two */
    Id      id;
    int64_t limit;
} Queued;

static const Field fields[] = { FIELD(Queued, seq), FIELD(Queued, id), FIELD(Queued, limit) };
static const Form form = FORM(Queued, fields);

static const Migration migrations[] = {
    { 1,
      "CREATE TABLE search_queue("   /* what the index does not have yet */
      "  seq INTEGER PRIMARY KEY,"
      "  id  INTEGER NOT NULL) STRICT;" },
};

static const Query q_add = {
    .name = "search.queue", .in = &form, .quiet = true,
    .sql = "INSERT INTO search_queue(seq, id) VALUES(:seq, :id)",
};
static const Query q_oldest = {
    .name = "search.oldest", .in = &form, .out = &form,
    .sql = "SELECT seq, id FROM search_queue WHERE seq > 0 ORDER BY seq LIMIT :limit",
};
static const Query q_newest = {
    .name = "search.newest", .in = &form, .out = &form,
    .sql = "SELECT seq, id FROM search_queue WHERE seq > 0 ORDER BY seq DESC LIMIT :limit",
};
static const Query q_done = {
    .name = "search.done", .in = &form, .quiet = true,
    .sql = "DELETE FROM search_queue WHERE seq = :seq",
};
static const Query *const queries[] = { &q_add, &q_oldest, &q_newest, &q_done, NULL };

void search_queue(Ctx *c, Id id)
{
    if (ok(c)) db_insert(c, &q_add, &(Queued){ .seq = id_next(c), .id = id });
}

/* ---- plain text and its tokens ------------------------------------------------------------ */

/* In UTF-8, at the end of p; returns how many bytes. */
static size_t put_char(char *p, uint32_t ch)
{
    if (ch < 0x80) {
        p[0] = (char)ch;
        return 1;
    }
    size_t n = ch < 0x800 ? 2 : ch < 0x10000 ? 3 : 4;
    static const unsigned char head[] = { 0, 0, 0xC0, 0xE0, 0xF0 };
    for (size_t i = n - 1; i > 0; i--, ch >>= 6) p[i] = (char)(0x80 | (ch & 0x3F));
    p[0] = (char)(head[n] | ch);
    return n;
}

Str search_plain(const Ctx *c, Arena *a, Str text)
{
    char *p = NEW(a, char, 4 * text.n + 1);
    size_t len = 0, n = 0;
    for (size_t at = 0; at < text.n; at += n) {
        uint32_t ch = search_char(text, at, &n);
        if (ch >= 0xFF01 && ch <= 0xFF5E) ch -= 0xFEE0; /* full width */
        if (ch == 0x3000) ch = ' ';
        if (ch >= 'A' && ch <= 'Z') ch += 'a' - 'A';
        len += put_char(p + len, c->law ? hanzi_plain(&c->law->hanzi, ch) : ch);
    }
    return (Str){ p, len };
}

typedef enum Class { CLASS_NONE, CLASS_LATIN, CLASS_CHINESE, CLASS_SOUND } Class;

static Class class_of(uint32_t ch)
{
    if (ch >= SOUND_FIRST && ch <= SOUND_LAST) return CLASS_SOUND;
    bool latin = (ch >= 'a' && ch <= 'z') || (ch >= '0' && ch <= '9');
    /* Ideographs with their extensions; 〇; everything else above Latin is read like them. */
    bool chinese = ch >= 0x370 && !(ch >= 0x2000 && ch <= 0x2BFF) && !(ch >= 0x3001 && ch <= 0x3004)
                && !(ch >= 0x3008 && ch <= 0x3020) && !(ch >= 0xFE30 && ch <= 0xFE4F) && ch < 0x110000
                && !(ch >= 0xFF00 && ch <= 0xFFEF);
    return latin || (ch >= 0xC0 && ch < 0x370) ? CLASS_LATIN : chinese ? CLASS_CHINESE : CLASS_NONE;
}

/* Tokens go to `o`, each once: `seen` is a set of their hashes. */
typedef struct Tokens {
    Out      *o;
    uint64_t *seen;
    size_t    slots; /* a power of two */
} Tokens;

/* Of a text of that many bytes, which may have one token a byte, and a few more: most texts are short, and a
** large table is longer in being emptied than in use. */
static Tokens tokens_open(Arena *a, Out *o, size_t bytes)
{
    enum { LEAST = 1024, SLOTS_A_BYTE = 4 };
    Tokens t = { .o = o, .slots = LEAST };
    while (t.slots < TOKENS_MAX && t.slots < SLOTS_A_BYTE * bytes) t.slots *= 2;
    t.seen = NEW(a, uint64_t, t.slots);
    return t;
}

static uint64_t hash_of(Str s)
{
    uint64_t h = 0xCBF29CE484222325U;
    for (size_t i = 0; i < s.n; i++) h = (h ^ (unsigned char)s.s[i]) * 0x100000001B3U;
    return h | 1;
}

static void token(Tokens *t, Str s)
{
    uint64_t h = hash_of(s);
    size_t i = h % t->slots;
    for (size_t k = 0; t->seen[i] && t->seen[i] != h; k++) {
        if (k == t->slots / 2) return; /* more different ones than a text of its length has */
        i = (i + 1) % t->slots;
    }
    if (t->seen[i] == h) return;
    t->seen[i] = h;
    if (t->o->len) out_str(t->o, S(" "));
    out_str(t->o, s);
}

/* Pairs of neighbours; single characters too when a text is indexed, or when
** the run has no more. */
static void chinese_run(Tokens *t, Str run, bool index)
{
    size_t n = 0, last = 0;
    for (size_t at = 0; at < run.n; at += n) {
        (void)search_char(run, at, &n);
        if (index || (at == 0 && n == run.n)) token(t, (Str){ run.s + at, n });
        if (at > 0) token(t, (Str){ run.s + at - last, last + n });
        last = n;
    }
}

/* A number also without its leading zeros. */
static void latin_run(Tokens *t, Str run, bool index)
{
    token(t, run);
    if (!index || !str_is_digits(run)) return;
    while (run.n > 1 && run.s[0] == '0') run = (Str){ run.s + 1, run.n - 1 };
    token(t, run);
}

static void add_sound(void *with, Str s)
{
    token(with, s);
}

static void run_tokens(Tokens *t, Class class, Str run, bool index)
{
    if (class == CLASS_CHINESE) chinese_run(t, run, index);
    if (class == CLASS_LATIN) latin_run(t, run, index);
    if (class == CLASS_SOUND && index) sound_tokens(run, &(SoundSink){ add_sound, t });
}

static void tokens_of(Tokens *t, Str plain, bool index)
{
    size_t n = 0, start = 0;
    Class now = CLASS_NONE;
    for (size_t at = 0; at <= plain.n; at += n) {
        Class next = at < plain.n ? class_of(search_char(plain, at, &n)) : CLASS_NONE;
        if (next != now) {
            run_tokens(t, now, (Str){ plain.s + start, at - start }, index);
            start = at;
            now = next;
        }
        if (at == plain.n) break;
    }
}

static Str secret_word(Ctx *c, Str end)
{
    Str hex = text_digest(c->mem, c->db->store->keys, S("search"), end);
    Out o = { .buf = NEW(c->mem, char, SECRET_HEX + 1), .cap = SECRET_HEX + 1 };
    out_str(&o, S("x"));
    out_str(&o, (Str){ hex.s, SECRET_HEX });
    return out_view(&o);
}

void search_secret(Ctx *c, Out *text, Str number)
{
    if (!ok(c) || number.n < SECRET_CHARS) return;
    Str end = search_plain(c, c->mem, (Str){ number.s + number.n - SECRET_CHARS, SECRET_CHARS });
    out_str(text, S(" "));
    out_str(text, secret_word(c, end));
    out_str(text, S(" "));
}

/* ---- a document ------------------------------------------------------------------------------ */

static SearchDoc doc_of(Ctx *c, Id id)
{
    Out text = { .buf = arena_room(c->mem, SEARCH_TEXT_MAX), .cap = SEARCH_TEXT_MAX };
    Out tags = { .buf = arena_room(c->mem, SEARCH_TAGS_MAX), .cap = SEARCH_TAGS_MAX };
    for (const Slice *const *s = c->house->slices; *s; s++) {
        if ((*s)->search) (*s)->search(c, id, &text, &tags);
    }
    SearchDoc doc = { .id = id, .text = search_plain(c, c->mem, out_view(&text)) };
    Str rest = out_view(&tags);
    size_t cap = (doc.text.n + rest.n + 1) * WORDS_A_BYTE;
    Out words = { .buf = arena_room(c->mem, cap), .cap = cap };
    Tokens t = tokens_open(c->mem, &words, doc.text.n + rest.n);
    tokens_of(&t, doc.text, true);
    while (rest.n) token(&t, str_cut(&rest, ' '));
    BUG_IF(tags.full || words.full);
    doc.words = out_view(&words);
    return doc;
}

/* Keeps what a document needs and gives the room it was made in back. */
static SearchDoc doc_made(Ctx *c, Arena *keep, Id id)
{
    Arena mem = *c->mem;
    SearchDoc doc = doc_of(c, id);
    doc.text = str_copy(keep, doc.text);
    doc.words = str_copy(keep, doc.words);
    *c->mem = mem;
    return doc;
}

static void put(Ctx *c, const Id *id, size_t n)
{
    Block block = block_open((size_t)n * (1 + WORDS_A_BYTE) * (SEARCH_TEXT_MAX + SEARCH_TAGS_MAX));
    Arena keep = block_arena(&block);
    SearchDoc doc[BATCH];
    BUG_IF(n > BATCH);
    for (size_t i = 0; i < n && ok(c); i++) doc[i] = doc_made(c, &keep, id[i]);
    if (ok(c)) c->db->store->engine->search->put(c, doc, n);
    block_close(&block);
}

/* ---- the job: a batch a time, so that no writer waits long ---------------------------------- */

static size_t ids_of(Rows queued, Id *id)
{
    size_t n = 0;
    for (size_t i = 0; i < queued.n; i++) {
        Id this = ((const Queued *)queued.at)[i].id;
        size_t k = 0;
        while (k < n && id[k].n != this.n) k++;
        id[k] = this;
        if (k == n) n++;
    }
    return n;
}

/* What is read without a transaction may be newer than its queue says: then that
** is queued again, and nobody else is at the index meanwhile. */
static void index_queued(Ctx *c, Id arg)
{
    Id id[BATCH];
    bool apart = c->db->store->engine->search->apart;
    (void)arg;
    if (!apart) tx_begin(c);
    db_look(c->db, apart);
    Rows rows = db_list(c, &q_oldest, &(Queued){ .limit = BATCH });
    size_t n = ids_of(rows, id);
    if (n) put(c, id, n);
    db_look(c->db, false);
    if (apart) tx_begin(c);
    for (size_t i = 0; i < rows.n; i++) db_change_any(c, &q_done, (const Queued *)rows.at + i);
    if (rows.n == BATCH) job_add(c, S("search_index"), (Id){ 0 }, now(c), (Str){ 0 });
}

/* One transaction; returns how many, and in *after the last of them. */
static size_t put_page(Ctx *c, SearchIds next, Id *after)
{
    Rows rows = { 0 };
    tx_begin(c);
    rows = next(c, *after);
    const Id *id = rows.at;
    for (size_t at = 0; at < rows.n && ok(c); at += BATCH) {
        put(c, id + at, rows.n - at < BATCH ? rows.n - at : BATCH);
    }
    if (rows.n) *after = id[rows.n - 1];
    c->status = 204;
    tx_end(c);
    return rows.n;
}

int64_t search_rebuild(Ctx *c, SearchIds next)
{
    int64_t count = 0;
    Id after = { 0 };
    Arena mem = *c->mem;
    tx_begin(c);
    c->db->store->engine->search->clear(c);
    c->status = 204;
    tx_end(c);
    for (size_t n = 1; n && ok(c); count += (int64_t)n) {
        *c->mem = mem;
        n = put_page(c, next, &after);
    }
    *c->mem = mem;
    return count;
}

/* ---- searching -------------------------------------------------------------------------------- */

bool search_words(Ctx *c, Str typed, SearchAsk *ask)
{
    Str rest = search_plain(c, c->mem, typed);
    while (rest.n && ask->words < SEARCH_WORDS) {
        Str word = str_cut(&rest, ' ');
        if (word.n == 0) continue;
        Str digits = { word.s, word.n - 1 };
        bool end = word.n == SECRET_CHARS
                && (str_is_digits(word) || (str_is_digits(digits) && word.s[word.n - 1] == 'x'));
        if (end) ask->secret[ask->words] = secret_word(c, word);
        ask->ways[ask->words] = sound_ways(c->mem, word, ask->sound[ask->words]);
        ask->word[ask->words++] = word;
    }
    return ask->words > 0;
}

void search_tag(Ctx *c, SearchAsk *ask, Str head, Str value)
{
    Out o = { .buf = NEW(c->mem, char, head.n + value.n), .cap = head.n + value.n };
    if (ask->tags == SEARCH_WORDS || value.n == 0) return;
    out_str(&o, head);
    out_str(&o, value);
    ask->tag[ask->tags++] = out_view(&o);
}

static bool has_word(Str list, Str word)
{
    while (list.n) {
        if (str_eq(str_cut(&list, ' '), word)) return true;
    }
    return false;
}

static bool has_either(Str list, Str words)
{
    while (words.n) {
        if (has_word(list, str_cut(&words, '|'))) return true;
    }
    return false;
}

/* A hit of the index has the tags already; what waits is asked for them. */
static bool fits(const SearchAsk *ask, const SearchDoc *doc, bool tags)
{
    for (size_t i = 0; i < ask->words; i++) {
        bool secret = ask->secret[i].n && str_has(doc->text, ask->secret[i]);
        bool sound = ask->ways[i] && sound_fits(doc->text, ask->word[i]);
        if (!secret && !sound && !str_has(doc->text, ask->word[i])) return false;
    }
    for (size_t i = 0; tags && i < ask->tags; i++) {
        if (!has_either(doc->words, ask->tag[i])) return false;
    }
    return true;
}

/* How the words are read: as they are, as ends of hidden numbers, or in one of the ways
** they may sound. */
enum { READ_PLAIN, READ_SECRET, READ_SOUND };

/* The tokens of a word that is read as a sound. */
static void asked_sound(Tokens *t, const SearchAsk *ask, size_t i, size_t way)
{
    Str rest = ask->sound[i][way < ask->ways[i] ? way : ask->ways[i] - 1];
    while (rest.n) token(t, str_cut(&rest, ' '));
}

/* The tokens that every fitting document has, read that way. */
static Str asked_tokens(Ctx *c, const SearchAsk *ask, size_t how)
{
    Out o = { .buf = NEW(c->mem, char, 4096), .cap = 4096 };
    Tokens t = tokens_open(c->mem, &o, TOKENS_MAX);
    for (size_t i = 0; i < ask->words; i++) {
        bool secret = how == READ_SECRET && ask->secret[i].n;
        if (how >= READ_SOUND && ask->ways[i]) asked_sound(&t, ask, i, how - READ_SOUND);
        else tokens_of(&t, secret ? ask->secret[i] : ask->word[i], false);
    }
    bool none = ask->words && o.len == 0; /* punctuation only */
    for (size_t i = 0; i < ask->tags; i++) token(&t, ask->tag[i]);
    return none || o.full ? (Str){ 0 } : out_view(&o);
}

static void hit_add(Id *hit, size_t *n, size_t max, Id id)
{
    size_t at = 0;
    while (at < *n && hit[at].n > id.n) at++;
    if (at == max || (at < *n && hit[at].n == id.n)) return;
    if (*n < max) (*n)++;
    memmove(hit + at + 1, hit + at, (*n - at - 1) * sizeof *hit);
    hit[at] = id;
}

static void find_pending(Ctx *c, const SearchAsk *ask, Id *hit, size_t *n, size_t max)
{
    Rows rows = db_list(c, &q_newest, &(Queued){ .limit = PENDING });
    for (size_t i = 0; i < rows.n && ok(c); i++) {
        Arena mem = *c->mem;
        SearchDoc doc = doc_of(c, ((const Queued *)rows.at)[i].id);
        if (doc.id.n < ask->before.n && fits(ask, &doc, true)) hit_add(hit, n, max, doc.id);
        *c->mem = mem;
    }
}

/* Hits found so far, newest first. */
typedef struct Hits {
    Id    *id;
    size_t n, max;
} Hits;

static void find_indexed(Ctx *c, const SearchAsk *ask, Str tokens, Hits *h)
{
    SearchDoc *found = NEW(c->mem, SearchDoc, h->max);
    Id before = ask->before;
    size_t got = h->max;
    for (int i = 0; tokens.n && i < ROUNDS && got == h->max && h->n < h->max; i++) { /* till enough fit */
        got = c->db->store->engine->search->find(c, tokens, before, found, h->max);
        for (size_t k = 0; k < got; k++) {
            if (fits(ask, &found[k], false)) hit_add(h->id, &h->n, h->max, found[k].id);
        }
        if (got) before = found[got - 1].id;
    }
}

size_t search_find(Ctx *c, const SearchAsk *ask, Id *hit, size_t max)
{
    Hits h = { .id = hit, .max = max };
    bool secret = false;
    size_t ways = 0;
    BUG_IF(max > SEARCH_HITS);
    find_pending(c, ask, hit, &h.n, max);
    for (size_t i = 0; i < ask->words; i++) {
        secret |= ask->secret[i].n > 0;
        if (ask->ways[i] > ways) ways = ask->ways[i];
    }
    find_indexed(c, ask, asked_tokens(c, ask, READ_PLAIN), &h);
    if (secret) find_indexed(c, ask, asked_tokens(c, ask, READ_SECRET), &h);
    for (size_t i = 0; i < ways; i++) find_indexed(c, ask, asked_tokens(c, ask, READ_SOUND + i), &h);
    return ok(c) ? h.n : 0;
}

static const JobKind jobs[] = {
    { .word = "search_index", .run = index_queued, .begins = true, .every_s = 1 },
};

const Slice search_slice = {
    .name = "search", .query = queries, .migration = migrations, .migrations = COUNT(migrations),
    .job = jobs, .jobs = COUNT(jobs),
};
