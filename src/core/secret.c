#include "core/secret.h"

#include <openssl/crypto.h>
#include <stdio.h>
#include <string.h>

bool secret_line(const char *path, char *line, size_t cap)
{
    FILE *f = path ? fopen(path, "r") : NULL;
    bool good = f && fgets(line, (int)cap, f);
    size_t n = good ? strcspn(line, "\r\n") : 0;
    good = good && n + 1 < cap;
    line[good ? n : 0] = 0;
    if (f) (void)fclose(f);
    return good;
}

/* Takes n characters; false if there are none or too many. */
static bool take(char *to, size_t cap, const char *text, size_t n)
{
    bool good = n > 0 && n < cap;
    memcpy(to, text, good ? n : 0);
    to[good ? n : 0] = 0;
    return good;
}

bool secret_pair(const char *path, Secret *s)
{
    char line[sizeof s->name + sizeof s->word + 2];
    bool good = secret_line(path, line, sizeof line);
    size_t n = strcspn(line, " ");
    good = good && line[n] == ' ' && take(s->name, sizeof s->name, line, n) &&
           take(s->word, sizeof s->word, line + n + 1, strlen(line + n + 1));
    OPENSSL_cleanse(line, sizeof line);
    return good;
}
