/* The archive: is it whole; and a volume of it for whoever has no server. */
#include "command/command.h"
#include "command/open.h"

#include "case/7-archive/volume.h"

#include <stdio.h>

enum { NODE = 1019 };

static void tell(void *to, Str case_no, Str what)
{
    bool *json = to;
    (void)fprintf(*json ? stderr : stdout, "%.*s: %.*s\n", (int)case_no.n, case_no.s, (int)what.n, what.s);
}

static int verify(Open *o, bool json, Id only)
{
    Verifier v = { .say = tell, .to = &json, .only = only };
    house_begin(o, "archive verify");
    archive_verify(&o->c, &v);
    if (!ok(&o->c)) return house_refused(o, "archive verify");
    if (only.n && v.cases == 0) return refused("archive verify: no archived case has this number");
    if (json) {
        (void)printf("{\"whole\":%s,\"cases\":%lld,\"files\":%lld,\"faults\":%lld}\n",
                     v.faults ? "false" : "true", (long long)v.cases, (long long)v.files,
                     (long long)v.faults);
    } else {
        (void)printf("%lld cases, %lld files, %lld faults\n", (long long)v.cases, (long long)v.files,
                     (long long)v.faults);
    }
    return v.faults ? 1 : 0;
}

static int run_verify(int argc, char **argv)
{
    Open o;
    const char *only = option(argc, argv, "--case", NULL);
    Id id = only ? id_parse(str_of(only)) : (Id){ 0 };
    if (only && id.n == 0) return wrong_use("archive verify: --case is the number of a case in the database");
    int rc = house_open(&o, argc, argv, NODE);
    if (rc == 0) rc = house_law(&o);
    if (rc == 0) rc = verify(&o, option_set(argc, argv, "--json"), id);
    house_close(&o);
    return rc;
}

static int export(Open *o, Id id, Str kind, const char *to)
{
    Case k;
    Volume pdf;
    const char *why = "";
    Ctx *c = &o->c;
    house_begin(o, "archive export");
    if (!case_get(c, id, &k)) return house_refused(o, "archive export");
    if (state_of(k.state) != ST_ARCHIVED) return refused("archive export: the case is not archived");
    if (!volume_last(c, id, kind, S("PDF"), &pdf)) {
        return refused("archive export: its volume is not made yet");
    }
    if (!volume_zip(c, &k, &pdf, to, &why)) return refused("archive export: %s: %s", to, why);
    (void)printf("%s: %lld pages\n", to, (long long)pdf.pages);
    return 0;
}

static int run_export(int argc, char **argv)
{
    Open o;
    const char *which = argument(argc, argv, "--demo"), *to = option(argc, argv, "--to", NULL);
    Str kind = str_of(option(argc, argv, "--volume", "main"));
    Id id = which ? id_parse(str_of(which)) : (Id){ 0 };
    bool known = str_eq(kind, S("main")) || str_eq(kind, S("sub"));
    if (id.n == 0 || !to || !known) {
        return wrong_use("tiaojie archive export CASE --to FILE; --help says more");
    }
    int rc = house_open(&o, argc, argv, NODE);
    if (rc == 0) rc = house_law(&o);
    if (rc == 0) rc = export(&o, id, kind, to);
    house_close(&o);
    return rc;
}

const Command command_archive_verify = {
    .name = "archive verify",
    .summary = "are archived cases as they were sealed? rows, files, volumes; names what was changed",
    .usage = "tiaojie archive verify [--case ID] [--folder DIR] [--database ADDRESS] [--json]\n"
             "exit code 0: all whole; 1: something was changed or is missing",
    .run = run_verify,
};

const Command command_archive_export = {
    .name = "archive export", .summary = "a volume as a ZIP that anybody can verify with tools/volume-check",
    .usage = "tiaojie archive export CASE-ID --to FILE.zip [--volume main|sub] [--folder DIR] [--database ADDRESS]",
    .run = run_export,
};
