/* tiaojie import KIND FILE, tiaojie export reference KIND. */
#ifndef COMMAND_IMPORT_H
#define COMMAND_IMPORT_H

#include "command/command.h"

extern const Command command_import_ledger, command_import_roster;
extern const Command command_import;
extern const Command command_export_reference;

#endif
