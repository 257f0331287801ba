/*
** What a row of an old ledger said, kept beside the case that it became (table
** `imported`): the ledger shows it again as long as nobody has worked on the case.
*/
#ifndef OLD_ROW_H
#define OLD_ROW_H

#include "case/case.h"

/* What a row said, in the words of data/ledger_columns.csv and a few more. */
typedef struct OldRow {
    Id      case_id, import_id;
    int64_t line;
    Str     key;            /* digest by which a second one like it is found */
    Date    registered;
    Str     ledger_no, channel, source, applicant, applicant_id_masked, applicant_phone_masked, respondent,
        uscc,
            employer_type, industry, people_groups, cause_main, cause_other, summary, dispatched_to,
                organisation,
            mediators, joint_departments, manner, outcome, agreement_no, confirmation, performance,
                overdue_reason,
            archive_no, remark;
    int64_t no, people, satisfaction;
    Money   claim_fen, agreed_fen, performed_fen;
    bool    is_collective, is_major;
    Date    accepted, mediation_due, extended_to, closed, effective, perform_by, followed_up, archived;
    Str     region, sex, address, legal_rep, respondent_address, respondent_phone;
    Str     case_name;      /* 张三与某公司劳动争议, where the two sides have no columns of their own */
    Str     extra;          /* columns that are none of these: name：value */
    int64_t version;        /* of the case when it was imported */
    Id      after;
} OldRow;

extern const Form old_row_form;

/* For the ledger: what the rows said of these cases, in the order of the ids. */
Rows imported_of(Ctx *c, const Id *id, size_t n);

#endif
