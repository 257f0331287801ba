/*
** What stands in a file that was answered, PDF, DOCX or XLSX: its text without blanks,
** so that a line's end is nowhere.  With TIAOJIE_SAID naming a folder each file is
** copied there beside a list of what it said, for another reader to hold against.
*/
#include "player.h"

#include "core/crypto.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <zip.h>

enum { TEXT_MAX = 4 * 1024 * 1024, COMMAND_MAX = 1400 };

static size_t without_blanks(char *text, size_t n)
{
    size_t k = 0;
    for (size_t i = 0; i < n; i++) {
        bool wide = i + 2 < n && memcmp(text + i, "\xE3\x80\x80", 3) == 0; /* U+3000 */
        if (wide) i += 2;
        else if ((unsigned char)text[i] > ' ') text[k++] = text[i];
    }
    return k;
}

static size_t pdf_text(const char *path, char *text)
{
    char command[COMMAND_MAX];
    (void)snprintf(command, sizeof command, "pdftotext -enc UTF-8 '%s' - 2>/dev/null", path);
    FILE *f = popen(command, "r"); // NOLINT(cert-env33-c): a path of our own
    size_t n = f ? fread(text, 1, TEXT_MAX, f) : 0;
    if (f) (void)pclose(f);
    return n;
}

/* One XML of the book, each tag as a blank. */
static size_t member_text(zip_t *zip, const char *name, char *text, size_t room)
{
    zip_file_t *file = zip_fopen(zip, name, 0);
    zip_int64_t got = file ? zip_fread(file, text, room) : 0;
    bool tag = false;
    for (zip_int64_t i = 0; i < got; i++) {
        bool ends = text[i] == '>';
        tag = text[i] == '<' || (tag && !ends);
        if (tag || ends) text[i] = ' ';
    }
    if (file) (void)zip_fclose(file);
    return got > 0 ? (size_t)got : 0;
}

/* The document's XML, or a workbook's words and sheets. */
static size_t office_text(const char *path, char *text)
{
    static const char *const names[] = {
        "word/document.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml",
    };
    zip_t *zip = zip_open(path, ZIP_RDONLY, NULL);
    size_t n = 0;
    for (size_t i = 0; zip && i < sizeof names / sizeof *names; i++) {
        n += member_text(zip, names[i], text + n, TEXT_MAX - n);
    }
    if (zip) zip_discard(zip);
    return n;
}

/* One line of the folder's list: the copy's name, and what it says. */
static void note(const Player *p, bool pdf, Str text)
{
    char command[3 * COMMAND_MAX], name[200];
    const char *folder = getenv("TIAOJIE_SAID");
    if (!folder) return;
    (void)snprintf(name, sizeof name, "%s-%d.%s", p->file, p->line, pdf ? "pdf" : "docx");
    (void)snprintf(command, sizeof command, "cp '%s' '%s/%s'", p->path, folder, name);
    BUG_IF(system(command) != 0); // NOLINT(cert-env33-c)
    (void)snprintf(command, sizeof command, "%s/list", folder);
    FILE *f = fopen(command, "ae");
    BUG_IF(!f);
    (void)fprintf(f, "%s\t%.*s\n", name, (int)text.n, text.s);
    (void)fclose(f);
}

static bool is_pdf(const Player *p)
{
    return p->type[0] == 0 || strcmp(p->type, "application/pdf") == 0;
}

/* A PDF or a workbook that is made for the answer alone. */
static size_t made_text(const Player *p, char *all, bool pdf)
{
    char path[40];
    int fd = memfd_create("page", 0);
    BUG_IF(fd < 0 || write(fd, p->raw, p->raw_n) != (ssize_t)p->raw_n);
    (void)snprintf(path, sizeof path, "/dev/fd/%d", fd);
    size_t n = pdf ? pdf_text(path, all) : office_text(path, all);
    (void)close(fd);
    return n;
}

/* The answer itself, where it is no stored file: its JSON. */
static size_t answer_text(const Player *p, char *all)
{
    size_t n = p->raw ? p->raw_n : 0;
    if (n > 4 && memcmp(p->raw, "%PDF", 4) == 0) return made_text(p, all, true);
    if (n > 4 && memcmp(p->raw, "PK\3\4", 4) == 0) return made_text(p, all, false);
    BUG_IF(n > TEXT_MAX);
    if (n) memcpy(all, p->raw, n);
    return n;
}

static size_t plain_text(const char *path, char *all)
{
    FILE *f = fopen(path, "re");
    size_t n = f ? fread(all, 1, TEXT_MAX, f) : 0;
    if (f) (void)fclose(f);
    return n;
}

static size_t file_text(const Player *p, char *all, bool pdf)
{
    if (!p->path[0]) return 0;
    if (strncmp(p->type, "text/", 5) == 0) return plain_text(p->path, all);
    return pdf ? pdf_text(p->path, all) : office_text(p->path, all);
}

void player_lacks(Player *p, Str text)
{
    char *all = calloc(1, TEXT_MAX + 1), *part = calloc(1, text.n + 1);
    BUG_IF(!all || !part);
    if (text.n) memcpy(part, text.s, text.n);
    size_t m = without_blanks(part, text.n);
    size_t n = p->path[0] ? file_text(p, all, is_pdf(p)) : answer_text(p, all);
    n = without_blanks(all, n);
    if (n == 0) player_complain(p, "nothing was answered that could lack this:", part);
    if (str_has((Str){ all, n }, (Str){ part, m })) player_complain(p, "the answer has this:", part);
    free(all);
    free(part);
}

void player_bytes(Player *p, Arena *mem, Str name)
{
    Str digest = sha256_hex(mem, (Str){ p->raw, p->raw_n }), known = player_fill(p, mem, name);
    if (str_eq(known, name)) player_set(p, (Str){ name.s + 1, name.n - 1 }, digest);
    else if (!str_eq(known, digest)) player_complain(p, "other bytes than before:", str_c(mem, name));
}

void player_says(Player *p, Str text)
{
    char *all = calloc(1, TEXT_MAX + 1), *part = calloc(1, text.n + 1);
    BUG_IF(!all || !part);
    if (text.n) memcpy(part, text.s, text.n);
    bool pdf = is_pdf(p), file = p->path[0] != 0;
    size_t m = without_blanks(part, text.n);
    size_t n = without_blanks(all, file ? file_text(p, all, pdf) : answer_text(p, all));
    if (!str_has((Str){ all, n }, (Str){ part, m })) player_complain(p, "the file does not say so:", part);
    else if (file) note(p, pdf, text);
    free(all);
    free(part);
}

/* Pictures on the pages of a PDF, a seal or a hand: the code at the foot is drawn, and none. */
void player_pictures(Player *p, Str count)
{
    char command[COMMAND_MAX];
    int64_t wanted = -1, n = 0;
    (void)str_int(count, &wanted);
    BUG_IF(!p->path[0]);
    (void)snprintf(command, sizeof command, "pdfimages -list '%s' | grep -c ' image '", p->path);
    FILE *f = popen(command, "r"); // NOLINT(cert-env33-c): a path of our own
    BUG_IF(!f);
    for (int ch = fgetc(f); ch >= '0' && ch <= '9'; ch = fgetc(f)) n = n * 10 + (ch - '0');
    (void)pclose(f);
    (void)snprintf(command, sizeof command, "%lld", (long long)n);
    if (n != wanted) player_complain(p, "pictures are on its pages:", command);
}
