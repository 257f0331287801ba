#include "command/command.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char *option(int argc, char **argv, const char *name, const char *otherwise)
{
    const char *value = otherwise;
    for (int i = 0; i + 1 < argc; i++) {
        if (strcmp(argv[i], name) == 0) value = argv[i + 1];
    }
    return value;
}

bool option_set(int argc, char **argv, const char *name)
{
    for (int i = 0; i < argc; i++) {
        if (strcmp(argv[i], name) == 0) return true;
    }
    return false;
}

/* Is `word` one of the space-separated words of `list`? */
static bool listed(const char *list, const char *word)
{
    Str rest = str_of(list);
    while (rest.n) {
        if (str_eq(str_cut(&rest, ' '), str_of(word))) return true;
    }
    return false;
}

size_t arguments(int argc, char **argv, const char *flags, const char **word, size_t cap)
{
    size_t n = 0;
    for (int i = 0; i < argc; i++) {
        bool plain = strncmp(argv[i], "--", 2) != 0;
        if (plain && n++ < cap) word[n - 1] = argv[i];
        if (!plain && !listed(flags, argv[i])) i++;
    }
    return n;
}

const char *argument(int argc, char **argv, const char *flags)
{
    const char *word = NULL;
    (void)arguments(argc, argv, flags, &word, 1);
    return word;
}

int refused(const char *format, ...)
{
    va_list list;
    va_start(list, format);
    (void)vfprintf(stderr, format, list);
    va_end(list);
    (void)fputc('\n', stderr);
    return 1;
}

int wrong_use(const char *format, ...)
{
    va_list list;
    va_start(list, format);
    (void)vfprintf(stderr, format, list);
    va_end(list);
    (void)fputc('\n', stderr);
    return 2;
}

/* The folder of the running program, with its last slash. */
static bool program_folder(char *path, size_t cap)
{
    ssize_t n = readlink("/proc/self/exe", path, cap - 1);
    if (n <= 0) return false;
    path[n] = 0;
    char *slash = strrchr(path, '/');
    if (slash) slash[1] = 0;
    return slash != NULL;
}

/* "<program's folder><place>/<name>" of the first of the places where that can be read. */
static bool beside_program(const char *const *place, size_t places, const char *name, char *path, size_t cap)
{
    char folder[2048];
    if (!program_folder(folder, sizeof folder)) return false;
    for (size_t i = 0; i < places; i++) {
        int n = snprintf(path, cap, "%s%s/%s", folder, place[i], name);
        if (n > 0 && (size_t)n < cap && access(path, R_OK) == 0) return true;
    }
    return false;
}

bool data_path(const char *name, char *path, size_t cap)
{
    static const char *const place[] = { "../share/tiaojie", "../data" };
    const char *set = getenv("TIAOJIE_DATA"); // NOLINT(concurrency-mt-unsafe): nobody sets it
    if (!set) return beside_program(place, COUNT(place), name, path, cap);
    int n = snprintf(path, cap, "%s/%s", set, name);
    return n > 0 && (size_t)n < cap;
}

const char *fonts_path(char *path, size_t cap)
{
    static const char *const place[] = { "fonts", "../fonts", "../share/tiaojie/fonts" };
    if (!beside_program(place, COUNT(place), "song.otf", path, cap)) return NULL;
    *strrchr(path, '/') = 0;
    return path;
}

const char *web_path(char *path, size_t cap)
{
    static const char *const place[] = { "web", "../share/tiaojie/web" };
    if (!beside_program(place, COUNT(place), "index.html", path, cap)) return NULL;
    *strrchr(path, '/') = 0;
    return path;
}

static int run_version(int argc, char **argv)
{
    if (option_set(argc, argv, "--json")) (void)printf("{\"version\":\"" TIAOJIE_VERSION "\"}\n");
    else (void)puts("tiaojie " TIAOJIE_VERSION);
    return 0;
}

const Command command_version = {
    .name = "version", .summary = "prints the version", .usage = "tiaojie version [--json]",
    .run = run_version,
};
