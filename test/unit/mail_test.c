/* What goes to other servers: addresses, pauses, secrets from a file. */
#include "core/outbox.h"
#include "core/pause.h"
#include "test.h"
#include "unit/suites.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct { const char *text; bool good; } addresses[] = {
    { "head@bureau.example", true }, { "a.b+c_d-e@x-y.gov.cn", true }, { "12333@12333.gov.cn", true },
    { "o'neil@example.org", true }, { "", false }, { "head", false }, { "@b.example", false }, { "a@", false },
    { "a@b", false }, { "a@b.", false }, { "a@.b", false }, { "a@b..c", false }, { ".a@b.c", false },
    { "a.@b.c", false }, { "a..b@c.d", false }, { "-a@b.c", false }, { "a@b.c d", false }, { "a b@c.d", false },
    { "a@b.c\n", false }, { "a@b.c\r\nBcc: x@y.z", false }, { "<a@b.c>", false }, { "a@b.c>", false },
    { "a@b.c,d@e.f", false }, { "a@b@c.d", false }, { "\"a\"@b.c", false }, { "负责人@b.cn", false },
    { "a@局.cn", false }, { "a@b.c\t", false }, { "a\\b@c.d", false }, { "a;b@c.d", false },
};

static void test_addresses(void)
{
    char text[400];
    for (size_t i = 0; i < COUNT(addresses); i++) {
        bool good = mail_check(NULL, str_of(addresses[i].text)) == FAULT_NONE;
        check(good == addresses[i].good, addresses[i].text);
    }
    memset(text, 'a', sizeof text);
    memcpy(text + 64, "@b.example", 11);
    check(mail_check(NULL, str_of(text)) == FAULT_NONE, "64 before the @");
    memset(text, 'a', 65);
    memcpy(text + 65, "@b.example", 11);
    check(mail_check(NULL, str_of(text)) == FAULT_BAD_MAIL, "65");
}

static void test_pauses(void)
{
    static const int64_t want[] = { 10, 10, 20, 40, 80, 160, 320, 600, 600 };
    for (size_t i = 0; i < COUNT(want); i++) check_int(pause_s((int64_t)i), want[i], "after so many tries");
    check_int(pause_s(INT64_MAX), 600, "however often");
}

static const char *file_of(const char *text)
{
    static char path[] = "secret_test_XXXXXX";
    memcpy(path + sizeof path - 7, "XXXXXX", 6);
    int fd = mkstemp(path);
    check(fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text), "a file");
    (void)close(fd);
    return path;
}

static bool pair_of(const char *text, Secret *s)
{
    const char *path = file_of(text);
    bool good = secret_pair(path, s);
    (void)unlink(path);
    return good;
}

static void test_secrets(void)
{
    char line[8];
    Secret s;
    const char *path = file_of("1234567\nmore");
    check(!secret_line(path, line, sizeof line) && line[0] == 0, "one more than fits");
    (void)unlink(path);
    path = file_of("123456\r\nmore");
    check(secret_line(path, line, sizeof line) && strcmp(line, "123456") == 0, "what fits, without its end");
    (void)unlink(path);
    check(!secret_line("/nowhere/at all", line, sizeof line), "no file");
    check(!secret_line(NULL, line, sizeof line), "none named");
    bool good = pair_of("office open sesame\n", &s);
    check(good && strcmp(s.word, "open sesame") == 0, "blanks may be in the secret");
    check(!pair_of("office\n", &s), "one word");
    check(!pair_of("office \n", &s), "no secret");
    check(!pair_of(" secret\n", &s), "no name");
    check(!pair_of("", &s), "empty");
}

void test_mail(void)
{
    test_addresses();
    test_pauses();
    test_secrets();
}
