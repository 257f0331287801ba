/* The commands of the pure law, and the law as they open it. */
#ifndef COMMAND_LAW_H
#define COMMAND_LAW_H

#include "command/command.h"
#include "law/law.h"

extern const Command command_law_clock;
extern const Command command_law_check;

#endif
