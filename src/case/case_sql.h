/* The columns of `cases`, as case_form names them: for the queries of case/. */
#ifndef CASE_SQL_H
#define CASE_SQL_H

#define CASE_COLUMNS                                                                          \
    "id, no, org, org_path, owner, owner_path, state, before, channel, source, mode, appl_type," \
    " applicant, respondent, employer_id, cause, causes, region, industry, workers, amount, flags," \
    " level, profile, filed_at, filed, accepted, effective, ended, closed, archived, due, ending," \
    " mediator_id, synthetic, version"

#endif
