/*
** The yearly check of the six haves as a task on the bureau's workbench (R91, R106):
** one for each check on the list, done with the check.  The register keeps the list;
** tasks come after it, so they are put and taken off here, every minute.
*/
#include "case/task.h"
#include "core/tx.h"
#include "oversight/coverage/coverage.h"
#include "register/organisations/organisations.h"

enum { SOME = 200 };

typedef struct RecheckTask {
    Id      org_id;
    Str     name, path;
    Date    due;
    int64_t limit;
} RecheckTask;
static const Field fields[] = {
    FIELD(RecheckTask, org_id), FIELD(RecheckTask, name), FIELD(RecheckTask, path), FIELD(RecheckTask, due),
    FIELD(RecheckTask, limit),
};
static const Form recheck_form = FORM(RecheckTask, fields);

/* A task's case_id is the organisation's: no case has that number. */
static const Query q_new = {
    .name = "recheck_task.due", .in = &recheck_form, .out = &recheck_form,
    .sql = "SELECT r.org_id, o.name, o.path, r.due FROM org_recheck r JOIN org o ON o.id = r.org_id WHERE r.done IS NULL"
           " AND r.org_path > '' AND NOT EXISTS(SELECT 1 FROM task t WHERE t.case_id = r.org_id AND t.kind = 'six_recheck'"
           " AND t.state = 'open') ORDER BY r.org_path, r.org_id LIMIT :limit",
};
static const Query q_over = {
    .name = "recheck_task.over", .in = &recheck_form, .out = &recheck_form,
    .sql = "SELECT t.case_id AS org_id FROM task t WHERE t.state = 'open' AND t.role = 'hr' AND t.org_path > ''"
           " AND t.kind = 'six_recheck' AND NOT EXISTS(SELECT 1 FROM org_recheck r WHERE r.org_id = t.case_id"
           " AND r.done IS NULL) ORDER BY t.org_path, t.id LIMIT :limit",
};
static const Query *const queries[] = { &q_new, &q_over, NULL };

static void keep_tasks(Ctx *c, Id arg)
{
    (void)arg;
    Rows due = db_list(c, &q_new, &(RecheckTask){ .limit = SOME });
    for (size_t i = 0; i < due.n; i++) {
        const RecheckTask *r = (const RecheckTask *)due.at + i;
        Case about = { .id = r->org_id, .no = r->name, .org_path = r->path };
        task_add(c, &about, S("six_recheck"), ROLE_HR, time_at(r->due, 23, 59));
    }
    Rows over = db_list(c, &q_over, &(RecheckTask){ .limit = SOME });
    for (size_t i = 0; i < over.n; i++) {
        Case about = { .id = ((const RecheckTask *)over.at)[i].org_id };
        task_done(c, &about, S("six_recheck"), (Str){ 0 });
    }
}

static const JobKind jobs[] = { { .word = "recheck_tasks", .run = keep_tasks, .every_s = 60 } };

const Slice recheck_task_slice = { .name = "recheck_task", .query = queries, .job = jobs, .jobs = COUNT(jobs) };
