#include "command/command.h"

#include "paper/office.h"
#include "paper/scan.h"

static int run_worker(int argc, char **argv)
{
    ScanWay way = { .file = option(argc, argv, "--file", NULL), .type = option(argc, argv, "--type", NULL),
                    .folder = option(argc, argv, "--to", NULL), .from = 1, .count = 1 };
    const char *picture = option(argc, argv, "--picture", NULL);
    if (picture && way.file) return scan_serve_picture(way.file, picture);
    bool good = str_int(str_of(option(argc, argv, "--from", "1")), &way.from)
        && str_int(str_of(option(argc, argv, "--count", "1")), &way.count);
    if (!good || !way.file || !way.type || !way.folder || way.from < 1) {
        return wrong_use("tiaojie scan-worker --file FILE --type pdf|jpg|png --to DIR --from N --count N");
    }
    return scan_serve(&way);
}

const Command command_scan_worker = {
    .name = "scan-worker", .summary = "takes a scanned pile apart for a server (which starts it)",
    .usage = "tiaojie scan-worker --file FILE --type pdf|jpg|png --to DIR --from N --count N\n"
             "tiaojie scan-worker --file PAGE.pdf --picture PAGE.jpg\n\n"
             "Writes the pages as PDFs of their own and says what the code of each says; see src/paper/scan.h.",
    .run = run_worker,
};

static int run_office(int argc, char **argv)
{
    const char *folder = option(argc, argv, "--to", NULL);
    return folder ? office_serve(folder) : wrong_use("tiaojie office-worker --to DIR");
}

const Command command_office_worker = {
    .name = "office-worker", .summary = "makes a PDF of an office's own DOCX for a server (which starts it)",
    .usage = "tiaojie office-worker --to DIR\n\nDIR/form.docx becomes DIR/form.pdf by LibreOffice; see src/paper/office.h.",
    .run = run_office,
};
