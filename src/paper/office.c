#include "paper/office.h"

#include "paper/helper.h"
#include "paper/part.h"

#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH = 1024, WAIT_MS = 60000, CPU_S = 60, PDF_MOST = 32 << 20, DEPTH = 16 };
static const char soffice[] = "/usr/bin/soffice";

bool office_able(void)
{
    return access(soffice, X_OK) == 0;
}

int office_serve(const char *folder)
{
    char profile[PATH + 64], from[PATH + 16], whole[PATH];
    char quiet[] = "--headless", safe[] = "--norestore", to[] = "--convert-to", pdf[] = "pdf";
    char dir[] = "--outdir";
    if (chdir(folder) != 0 || !getcwd(whole, sizeof whole)) return 1;
    (void)snprintf(profile, sizeof profile, "-env:UserInstallation=file://%s/profile", whole);
    (void)snprintf(from, sizeof from, "%s/form.docx", whole);
    (void)setrlimit(RLIMIT_CPU, &(struct rlimit){ CPU_S, CPU_S });
    (void)setrlimit(RLIMIT_CORE, &(struct rlimit){ 0, 0 });
    (void)setrlimit(RLIMIT_FSIZE, &(struct rlimit){ PDF_MOST, PDF_MOST });
    (void)setrlimit(RLIMIT_AS, &(struct rlimit){ (rlim_t)8 << 30, (rlim_t)8 << 30 });
    char *const argv[] = { strdupa(soffice), profile, quiet, safe, to, pdf, dir, whole, from, NULL };
    char home[PATH + 8];
    (void)snprintf(home, sizeof home, "HOME=%s", whole);
    char path[] = "PATH=/usr/bin:/bin", language[] = "LANG=C.UTF-8";
    char *const environment[] = { home, path, language, NULL };
    (void)execve(soffice, argv, environment);
    return 1;
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *at)
{
    (void)st;
    (void)kind;
    (void)at;
    (void)remove(path);
    return 0;
}

static void hear(void *to, Str line)
{
    (void)to;
    (void)line;
}

static int64_t pages_of(Str bytes)
{
    qpdf_data q = pdf_new();
    bool good = (qpdf_read_memory(q, "paper", bytes.s, bytes.n, NULL) & QPDF_ERRORS) == 0;
    int64_t n = good ? qpdf_get_num_pages(q) : 0;
    pdf_close(&q);
    return n;
}

static bool write_file(const char *path, Str bytes)
{
    FILE *f = fopen(path, "wbxe");
    bool good = f && fwrite(bytes.s, 1, bytes.n, f) == bytes.n;
    if (f) good = fclose(f) == 0 && good;
    return good;
}

bool office_pdf(Arena *mem, const char *program, const char *folder, Str docx, OfficePdf *out)
{
    char path[PATH], word[] = "office-worker", to[] = "--to";
    bool good = false;
    *out = (OfficePdf){ 0 };
    int n = snprintf(path, PATH, "%s/form.docx", folder);
    if (n >= PATH || mkdir(folder, 0700) != 0) return false;
    char *const argv[] = { strdupa(program), word, to, strdupa(folder), NULL };
    if (write_file(path, docx)) {
        good = helper_run(&(Helper){ .argv = argv, .wait_ms = WAIT_MS, .line = hear });
    }
    (void)snprintf(path, PATH, "%s/form.pdf", folder);
    if (good && arena_left(mem) > PDF_MOST) out->bytes = file_read(mem, path, PDF_MOST, &good);
    out->pages = out->bytes.n ? pages_of(out->bytes) : 0;
    // NOLINTNEXTLINE(concurrency-mt-unsafe): a child's only thread
    (void)nftw(folder, remove_one, DEPTH, FTW_DEPTH | FTW_PHYS);
    return out->pages > 0;
}
