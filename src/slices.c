/* The slices, in workflow order: what `serve` serves. */
#include "case/case.h"
#include "core/audit.h"
#include "core/jobs.h"
#include "core/tx.h"
#include "register/employers/employers.h"
#include "register/mediators/mediator_ties.h"
#include "register/organisations/organisations.h"
#include "register/standing.h"
#include "slices.h"

const Slice *const slices[] = {
    &tx_slice, &audit_slice, &jobs_slice, &standing_slice,
    &organisations_slice, &employers_slice, &mediators_slice, &mediator_ties_slice,
    &case_slice, &case_clock_slice, &case_task_slice, NULL,
};
