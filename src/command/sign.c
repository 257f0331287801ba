/* A PDF signed by the configured signer: to try a certificate, or a paper made elsewhere. */
#include "command/command.h"
#include "paper/sign.h"

#include <stdio.h>
#include <sys/time.h>

enum { MEMORY = 4 << 20 };

static bool copy_file(const char *from, const char *to)
{
    enum { CHUNK = 64 * 1024 };
    char chunk[CHUNK];
    size_t n = 0;
    FILE *in = fopen(from, "rb"), *out = in ? fopen(to, "wbx") : NULL;
    bool good = in && out;
    while (good && (n = fread(chunk, 1, sizeof chunk, in)) > 0) good = fwrite(chunk, 1, n, out) == n;
    if (in && ferror(in)) good = false;
    if (in && fclose(in) != 0) good = false;
    if (out) good = fclose(out) == 0 && good;
    return good;
}

static int sign_copy(const Signer *s, const char *from, const char *to, const SignNote *note)
{
    Str why = { 0 };
    Block block = block_open(MEMORY);
    Arena mem = block_arena(&block);
    int rc = copy_file(from, to) ? 0 : refused("sign: %s cannot be written; it must not be there yet", to);
    SignFate fate = rc == 0 ? pdf_sign(&mem, s, to, note, &why) : SIGN_REFUSED;
    if (rc == 0 && fate != SIGN_DONE) {
        (void)remove(to);
        const char *later = fate == SIGN_LATER ? " (perhaps later)" : "";
        rc = refused("sign: %s: %.*s%s", from, (int)why.n, why.s, later);
    }
    if (rc == 0) {
        (void)printf("%s: signed by %s, certificate %s, valid until %s\n", to, s->name, s->number, s->until);
    }
    block_close(&block);
    return rc;
}

static int run(int argc, char **argv)
{
    Signer s;
    struct timeval t;
    const char *why = NULL;
    const char *address = option(argc, argv, "--signer", NULL);
    const char *from = argument(argc, argv, ""), *to = option(argc, argv, "--to", NULL);
    if (!address || !from || !to) {
        return wrong_use("tiaojie sign FILE --to FILE --signer ADDRESS; --help says more");
    }
    const SignerWay way = { .address = address, .secret = option(argc, argv, "--signer-password", NULL),
                            .certificate = option(argc, argv, "--signer-certificate", NULL),
                            .roots = option(argc, argv, "--signer-roots", NULL) };
    if (!signer_open(&s, &way, &why)) {
        return refused("--signer %s: %s", address, why);
    }
    (void)gettimeofday(&t, NULL);
    const SignNote note = { .reason = str_of(option(argc, argv, "--reason", "")),
                            .place = str_of(option(argc, argv, "--place", "")), .at = { t.tv_sec } };
    int rc = sign_copy(&s, from, to, &note);
    signer_close(&s);
    return rc;
}

const Command command_sign = {
    .name = "sign", .summary = "signs a PDF with the office's certificate",
    .usage = "tiaojie sign FILE --to SIGNED --signer pkcs12:CERTIFICATE [--signer-password FILE]\n"
             "             [--reason TEXT] [--place TEXT]\n"
             "tiaojie sign FILE --to SIGNED --signer seal:https://HOST/PATH --signer-password FILE\n"
             "             --signer-certificate PEM [--signer-roots PEM]\n"
             "The password is the first line of its file.  What was in FILE stays, byte for byte; a detached CAdES\n"
             "signature follows.  The same options make `serve` sign what it makes.  A seal platform's password file says\n"
             "\"APP SECRET\"; its certificate is the one that signs, its roots vouch for its server.",
    .run = run,
};
