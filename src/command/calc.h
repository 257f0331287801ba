/* The commands of the calculators and the remedies. */
#ifndef COMMAND_CALC_H
#define COMMAND_CALC_H

#include "command/command.h"
#include "core/calc_read.h"
#include "law/calculator.h"
#include "law/law.h"

extern const Command command_law_calc;
extern const Command command_law_remedies;

/* The law and the figures, opened for one command. */
typedef struct CalcDesk {
    Block    block;
    Arena    mem;
    Law     *law;
    CalcData data;
    bool     english;
} CalcDesk;

/* False, and a sentence on stderr, if the data cannot be read. */
bool desk_open(CalcDesk *desk, int argc, char **argv);
void desk_close(CalcDesk *desk);
/* The whole of the file, or of stdin if it is NULL or "-".  False, and a
** sentence on stderr, if it cannot be read; longer than READ_MAX it is cut
** there, and no JSON any more. */
bool desk_input(Arena *mem, const char *file, Str *text);
/* Every bad field: JSON on stdout, or a line each on stderr.  1. */
int  desk_refuse(CalcDesk *desk, const Reading *reading, bool json);
/* The first argument that is no option of `words`; NULL if all are. */
const char *unknown_option(int argc, char **argv, const char *words);

#endif
