#include "demo/cases.h"

#include "command/command.h"

#include <stdio.h>
#include <string.h>

enum { PATH_ROOM = 1024, OFFICIAL_MAX = 100, LAW_ROOM = 512, FILE_BYTES = 1 << 20, FEN = 100, TENTH = 10 };

/* What the published types are called here; the first row of a type counts. */
static const struct Named { const char *type, *says, *cause; } kinds[] = {
    { "REL", "", "C01" },     { "PAY", "", "A01" },  { "OT", "", "A02" },   { "DBL", "", "A09" },
    { "TER", "经济补偿", "B01" }, { "TER", "", "B02" }, { "INS", "", "F01" }, { "INJ", "", "G03" },
    { "LVE", "年休假", "A07" }, { "LVE", "", "E02" }, { "FEM", "", "K01" }, { "CON", "", "D05" },
    { "NCP", "", "B07" },     { "DSP", "", "P01" },  { "PER", "", "L01" },
};

/* Published as supported: agreed and performed.  Not supported: no agreement.
** Not a labour dispute: not accepted. */
static const char agreed[] =
    "file register accept assign open agree sign pay visit last papers feedback close archive";
static const char not_agreed[] = "file register accept assign open F02 papers feedback close archive";
static const char not_ours[] = "file_domestic register ask_reject reject papers close archive";

static const char *text_of(const json_t *o, const char *name)
{
    const char *s = json_string_value(json_object_get(o, name));
    return s ? s : "";
}

static const char *cause_of(const char *type, const char *claim)
{
    for (size_t i = 0; i < COUNT(kinds); i++) {
        if (strcmp(kinds[i].type, type) == 0 && strstr(claim, kinds[i].says)) return kinds[i].cause;
    }
    return NULL;
}

/* Yuan as published, with two digits after the point at most, in fen: from the
** text, since a number with a point is none of ours.  False if it is null. */
static bool fen_of(Str line, Str name, int64_t *fen)
{
    int64_t yuan = 0, part = 0;
    *fen = 0;
    while (line.n && !str_starts(line, name)) line = (Str){ line.s + 1, line.n - 1 };
    if (line.n == 0) return false;
    Str number = { line.s + name.n, line.n - name.n };
    number = str_trim(str_cut(&number, ','));
    Str whole = str_cut(&number, '.');
    if (!str_int(whole, &yuan)) return false;
    if (number.n) (void)str_int(number, &part);
    *fen = yuan * FEN + (number.n == 1 ? part * TENTH : part);
    return true;
}

/* `none`: published as not supported. */
static void set_path(Official *it, bool none, bool ours)
{
    it->path = !ours ? not_ours : none ? not_agreed : agreed;
    it->ends = !ours ? "rejected" : none ? "failed" : "performed";
}

static const char *joined(Arena *mem, const json_t *list)
{
    size_t i = 0;
    json_t *v = NULL;
    Out o = { .buf = NEW(mem, char, LAW_ROOM), .cap = LAW_ROOM - 1 };
    json_array_foreach(list, i, v) {
        if (i) out_str(&o, S(" "));
        out_str(&o, str_of(json_string_value(v)));
    }
    return o.buf;
}

static void read_one(Arena *mem, Str line, const json_t *o, Official *it)
{
    size_t i = 0;
    json_t *type = NULL;
    bool ours = true;
    it->code = str_c(mem, str_of(text_of(o, "id")));
    it->facts = str_c(mem, str_of(text_of(o, "facts")));
    it->claim = str_c(mem, str_of(text_of(o, "claim")));
    it->laws = joined(mem, json_object_get(o, "law_refs"));
    (void)fen_of(line, S("\"claim_yuan\": "), &it->claim_fen);
    bool none = fen_of(line, S("\"award_yuan\": "), &it->award_fen) && it->award_fen == 0;
    it->cause = it->second = "";
    json_array_foreach(json_object_get(o, "types"), i, type) {
        const char *cause = cause_of(json_string_value(type), it->claim);
        if (!cause) ours = strcmp(json_string_value(type), "NON") != 0;
        else if (!*it->cause) it->cause = cause;
        else if (!*it->second && strcmp(it->cause, cause) != 0) it->second = cause;
    }
    if (!*it->cause) it->cause = "Z99";
    if (it->claim_fen == 0) it->claim_fen = it->award_fen;
    set_path(it, none, ours);
    it->employer_asks = strcmp(it->cause, "B07") == 0;
    char room[LAW_ROOM];
    (void)snprintf(room, sizeof room, "%s %s %s", it->code, text_of(o, "title"), text_of(o, "url"));
    it->source = str_c(mem, str_of(room));
}

size_t official_read(const World *w, const Official **list, const char **fault)
{
    char path[PATH_ROOM];
    bool good = false;
    size_t n = 0;
    Arena *mem = &w->d->keep;
    Official *all = NEW(mem, Official, OFFICIAL_MAX);
    *fault = "cases/typical_cases.jsonl cannot be read";
    *list = all;
    if (!data_path("cases/typical_cases.jsonl", path, sizeof path)) return 0;
    for (Str text = file_read(mem, path, FILE_BYTES, &good); text.n && n < OFFICIAL_MAX;) {
        Str line = str_cut(&text, '\n');
        json_t *o = json_loadb(line.s, line.n, 0, NULL);
        if (!o) continue;
        read_one(mem, line, o, &all[n++]);
        json_decref(o);
    }
    if (n) *fault = NULL;
    return n;
}
