/* The audit record: is it whole, and out as text. */
#include "command/command.h"
#include "command/open.h"
#include "core/audit.h"
#include "core/audit_export.h"

#include <stdio.h>

enum { NODE = 1020 };

static void print_json(int64_t faults, int64_t entries, Str text)
{
    (void)printf("{\"whole\":%s,\"entries\":%lld,\"faults\":%lld,\"messages\":[", faults ? "false" : "true",
                 (long long)entries, (long long)faults);
    for (bool first = true; text.n; first = false) {
        Str line = str_cut(&text, '\n');
        (void)printf("%s\"%.*s\"", first ? "" : ",", (int)line.n, line.s); /* plain words and numbers */
    }
    (void)puts("]}");
}

static int verify(Open *o, bool json)
{
    int64_t entries = 0;
    house_begin(o, "audit verify");
    int64_t faults = audit_verify(&o->c, &o->c.out, &entries);
    if (!ok(&o->c)) return house_refused(o, "audit verify");
    Str text = out_view(&o->c.out);
    if (json) print_json(faults, entries, text);
    else (void)printf("%.*s%lld entries, %lld faults\n", (int)text.n, text.s ? text.s : "",
                      (long long)entries, (long long)faults);
    return faults ? 1 : 0;
}

static int run_verify(int argc, char **argv)
{
    Open o;
    int rc = house_open(&o, argc, argv, NODE);
    if (rc == 0) rc = verify(&o, option_set(argc, argv, "--json"));
    house_close(&o);
    return rc;
}

static void print_line(void *to, Str text)
{
    (void)fwrite(text.s, 1, text.n, to);
}

static int run_export(int argc, char **argv)
{
    Open o;
    int rc = house_open(&o, argc, argv, NODE);
    if (rc == 0) {
        house_begin(&o, "audit export");
        audit_export(&o.c, print_line, stdout);
        if (!ok(&o.c)) rc = house_refused(&o, "audit export");
        else if (fflush(stdout) != 0) rc = refused("audit export: the output cannot be written");
    }
    house_close(&o);
    return rc;
}

const Command command_audit_verify = {
    .name = "audit verify", .summary = "is the audit record whole? names each entry that is missing or changed",
    .usage = "tiaojie audit verify [--folder DIR] [--database ADDRESS] [--json]\n"
             "exit code 0: whole; 1: not, or it could not be read",
    .run = run_verify,
};

const Command command_audit_export = {
    .name = "audit export", .summary = "the audit record as text, for tools/audit-check",
    .usage = "tiaojie audit export [--folder DIR] [--database ADDRESS] > FILE", .run = run_export,
};
