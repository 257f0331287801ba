/* The slices, in workflow order: what `serve` serves. */
#include "core/audit.h"
#include "core/jobs.h"
#include "core/tx.h"
#include "slices.h"

const Slice *const slices[] = {
    &tx_slice, &audit_slice, &jobs_slice, NULL,
};
