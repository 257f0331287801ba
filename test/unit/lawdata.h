/* The law, read for a suite from the source's data folder. */
#ifndef LAWDATA_H
#define LAWDATA_H

#include "law/law.h"

Block lawdata_open(Law *law); /* checks that every table reads without fault; block_close ends it */

#endif
