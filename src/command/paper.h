/* The press of a server, and where the fonts are. */
#ifndef COMMAND_PAPER_H
#define COMMAND_PAPER_H

#include "paper/press.h"

/* --fonts, else beside the program (fonts, ../fonts, ../share/tiaojie/fonts); NULL: nowhere. */
const char *fonts_folder(int argc, char **argv, char *path, size_t cap);
/* Two children of this program; NULL if they cannot be started, said on stderr. */
Press *press_start(int argc, char **argv);

#endif
