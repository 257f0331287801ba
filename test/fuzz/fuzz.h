/* A fuzz target: called with any bytes, again and again; what is wrong aborts. */
#ifndef FUZZ_H
#define FUZZ_H

#include "base/base.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

#endif
