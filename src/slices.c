/* The slices, in workflow order: what `serve` serves. */
#include "case/case.h"
#include "core/audit.h"
#include "core/jobs.h"
#include "core/tx.h"
#include "slices.h"

const Slice *const slices[] = {
    &tx_slice,
    &audit_slice,
    &jobs_slice,
    &case_slice,
    &case_clock_slice,
    &case_task_slice,
    NULL,
};
