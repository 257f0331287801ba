#include "demo/cases.h"

#include "command/command.h"
#include "law/law.h"

#include <stdio.h>
#include <string.h>

enum { SOURCE_ROOM = 512 };

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

static const char *cause_of(const char *type, const char *claim)
{
    for (size_t i = 0; i < COUNT(kinds); i++) {
        if (strcmp(kinds[i].type, type) == 0 && strstr(claim, kinds[i].says)) return kinds[i].cause;
    }
    return NULL;
}

/* `none`: published as not supported. */
static void set_path(Official *it, bool none, bool ours)
{
    it->path = !ours ? not_ours : none ? not_agreed : agreed;
    it->ends = !ours ? "rejected" : none ? "failed" : "performed";
}

static void read_one(Arena *mem, const TypicalCase *t, Official *it)
{
    bool ours = true;
    *it = (Official){ .code = str_c(mem, t->id), .facts = str_c(mem, t->facts), .claim = str_c(mem, t->claim),
                      .laws = str_c(mem, t->laws), .claim_fen = t->claimed.fen, .award_fen = t->awarded.fen };
    it->cause = it->second = "";
    for (Str rest = t->types; rest.n;) {
        const char *type = str_c(mem, str_cut(&rest, ' ')), *cause = cause_of(type, it->claim);
        if (!cause) ours = strcmp(type, "NON") != 0;
        else if (!*it->cause) it->cause = cause;
        else if (!*it->second && strcmp(it->cause, cause) != 0) it->second = cause;
    }
    if (!*it->cause) it->cause = "Z99";
    if (it->claim_fen == 0) it->claim_fen = it->award_fen;
    set_path(it, t->told_award && it->award_fen == 0, ours);
    it->employer_asks = strcmp(it->cause, "B07") == 0;
    char room[SOURCE_ROOM];
    (void)snprintf(room, sizeof room, "%s %.*s %.*s", it->code, (int)t->title.n, t->title.s, (int)t->url.n,
                   t->url.n ? t->url.s : "");
    it->source = str_c(mem, str_of(room));
}

size_t official_read(const World *w, const Official **list, const char **fault)
{
    Arena *keep = &w->d->keep;
    Block block = block_open(LAW_MEMORY);
    Arena mem = block_arena(&block);
    Law *law = NEW(&mem, Law, 1);
    size_t n = law_open(law, &mem, data_path) ? law->typical.n : 0;
    Official *all = NEW(keep, Official, n + 1);
    for (size_t i = 0; i < n; i++) read_one(keep, &law->typical.row[i], &all[i]);
    *fault = n ? NULL : "cases/typical_cases.csv: no row can be read";
    *list = all;
    block_close(&block);
    return n;
}
