/* The slices, in workflow order: what `serve` serves. */
#include "case/1-intake/draft.h"
#include "case/1-intake/intake.h"
#include "case/1-intake/limitation.h"
#include "case/1-intake/link.h"
#include "case/2-dispatch/dispatch.h"
#include "case/3-mediation/mediation.h"
#include "case/4-agreement/agreement.h"
#include "case/5-performance/performance.h"
#include "case/6-followup/followup.h"
#include "case/6-followup/opinion.h"
#include "case/7-archive/archive.h"
#include "case/8-papers/papers.h"
#include "case/8-scans/scans.h"
#include "case/7-archive/volume.h"
#include "case/8-import/import.h"
#include "case/case.h"
#include "case/evidence.h"
#include "case/case_list.h"
#include "case/case_search.h"
#include "case/made.h"
#include "case/notice.h"
#include "case/paper.h"
#include "case/party.h"
#include "case/service.h"
#include "case/task.h"
#include "case/total.h"
#include "case/twin.h"
#include "core/attachment.h"
#include "core/audit.h"
#include "core/audit_export.h"
#include "core/audit_list.h"
#include "core/jobs.h"
#include "core/key_check.h"
#include "core/openapi.h"
#include "core/outbox.h"
#include "core/reference.h"
#include "core/search.h"
#include "core/session.h"
#include "core/tx.h"
#include "oversight/export/export.h"
#include "oversight/assessment/assessment.h"
#include "oversight/coverage/coverage.h"
#include "linkage/verify/verify.h"
#include "oversight/ledger/ledger.h"
#include "oversight/month/month.h"
#include "oversight/month/tally.h"
#include "oversight/funds/funds.h"
#include "oversight/meetings/meetings.h"
#include "oversight/statistics/statistics.h"
#include "oversight/rosters/roster.h"
#include "oversight/sight/sight.h"
#include "oversight/training/training.h"
#include "prevention/letters/letters.h"
#include "prevention/negotiation/negotiation.h"
#include "prevention/publicity/publicity.h"
#include "prevention/risks/risks.h"
#include "register/calculators/calculators.h"
#include "register/employers/employers.h"
#include "register/library/library.h"
#include "register/mediators/mediator_account.h"
#include "register/mediators/mediator_photo.h"
#include "register/mediators/mediator_posts.h"
#include "register/mediators/mediator_terms.h"
#include "register/mediators/mediator_ties.h"
#include "register/opening/opening.h"
#include "register/organisations/org_check.h"
#include "register/organisations/org_dated.h"
#include "register/organisations/org_seal.h"
#include "register/organisations/organisations.h"
#include "register/people/attempt.h"
#include "register/people/party.h"
#include "register/people/people.h"
#include "register/roster/remind.h"
#include "register/roster/roster.h"
#include "register/standing.h"
#include "slices.h"

const Slice *const slices[] = {
    &key_check_slice,
    &tx_slice,
    &audit_slice,
    &audit_list_slice,
    &audit_export_slice,
    &jobs_slice,
    &openapi_slice,
    &outbox_slice,
    &outbox_send_slice,
    &search_slice,
    &session_slice,
    &reference_slice,
    &standing_slice,
    &calculators_slice,
    &organisations_slice,
    &org_dated_slice,
    &opening_slice,
    &org_check_slice,
    &org_seal_slice,
    &org_card_slice,
    &employers_slice,
    &library_slice,
    &mediators_slice,
    &mediator_account_slice,
    &mediator_photo_slice,
    &mediator_ties_slice,
    &mediator_terms_slice,
    &mediator_posts_slice,
    &mediator_apply_slice,
    &mediator_pool_slice,
    &mediator_rota_slice,
    &roster_slice,
    &remind_slice,
    &feed_slice,
    &attempt_slice,
    &people_slice,
    &login_slice,
    &user_slice,
    &machine_slice,
    &rights_slice,
    &party_slice,
    &case_slice,
    &case_list_slice,
    &case_search_slice,
    &case_clock_slice,
    &case_task_slice,
    &task_remind_slice,
    &late_mail_slice,
    &case_party_slice,
    &party_edit_slice,
    &twin_slice,
    &notice_slice,
    &evidence_slice,
    &total_slice,
    &intake_slice,
    &intake_file_slice,
    &draft_slice,
    &draft_file_slice,
    &scope_slice,
    &limitation_slice,
    &examine_slice,
    &reach_slice,
    &refusals_slice,
    &twins_slice,
    &inbound_slice,
    &load_slice,
    &dispatch_slice,
    &assign_slice,
    &recusal_slice,
    &conference_slice,
    &flags_slice,
    &emergency_slice,
    &group_slice,
    &split_slice,
    &sitting_slice,
    &diary_slice,
    &minutes_slice,
    &private_slice,
    &handover_slice,
    &period_slice,
    &extension_slice,
    &extension_ask_slice,
    &sham_slice,
    &similar_slice,
    &situation_slice,
    &reckoning_slice,
    &claims_slice,
    &ending_slice,
    &agreement_slice,
    &agreement_sign_slice,
    &comparison_slice,
    &pursuit_slice,
    &series_slice,
    &performance_slice,
    &default_slice,
    &remedies_slice,
    &followup_slice,
    &opinion_slice,
    &paper_slice,
    &made_slice,
    &service_slice,
    &archive_slice,
    &keep_slice,
    &appraisal_slice,
    &loan_slice,
    &seal_slice,
    &papers_slice,
    &sealing_slice,
    &paper_choice_slice,
    &paper_preview_slice,
    &print_pack_slice,
    &own_form_slice,
    &volume_slice,
    &volume_open_slice,
    &archive_verify_slice,
    &scans_slice,
    &imported_slice,
    &import_slice,
    &verify_find_slice,
    &verify_slice,
    &letters_slice,
    &negotiation_slice,
    &publicity_slice,
    &risks_slice,
    &risk_moves_slice,
    &risk_ratings_slice,
    &risk_watch_slice,
    &risk_papers_slice,
    &ledger_slice,
    &tally_slice,
    &export_slice,
    &cover_rows_slice,
    &coverage_slice,
    &recheck_task_slice,
    &cover_letters_slice,
    &month_slice,
    &month_list_slice,
    &month_close_slice,
    &month_draft_slice,
    &attachment_slice,
    &units_slice,
    &meetings_slice,
    &attendance_slice,
    &agenda_slice,
    &decisions_slice,
    &meeting_papers_slice,
    &meeting_dates_slice,
    &proposals_slice,
    &filings_slice,
    &statistics_slice,
    &statistics_table_slice,
    &statistics_people_slice,
    &statistics_open_slice,
    &budgets_slice,
    &expenses_slice,
    &payees_slice,
    &copies_slice,
    &subsidies_slice,
    &subsidy_papers_slice,
    &pay_lists_slice,
    &recoveries_slice,
    &means_slice,
    &rosters_slice,
    &sight_slice,
    &training_slice,
    &course_papers_slice,
    &course_dates_slice,
    &course_test_slice,
    &training_weak_slice,
    &assessment_slice,
    &assess_papers_slice,
    &assess_facts_slice,
    &assess_object_slice,
    NULL,
};
