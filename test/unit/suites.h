/* The unit test suites, one a folder or noun of src/. */
#ifndef SUITES_H
#define SUITES_H

void test_base(void);
void test_flow(void);
void test_right(void);
void test_route(void);
void test_scope(void);
void test_dispatch(void);
void test_agreement(void);
void test_data(void);
void test_calendar(void);
void test_clock(void);
void test_clock_walk(void);
void test_limitation(void);
void test_identity(void);
void test_industry(void);
void test_register(void);
void test_routes(void);
void test_calc(void);
void test_calc_laws(void);
void test_calc_random(void);
void test_law_link(void);
void test_remedy(void);
void test_range(void);
void test_dated(void);
void test_region(void);
void test_unit(void);
void test_subsidy(void);
void test_demo(void);
void test_network(void);
void test_risk(void);
void test_cell(void);
void test_import_sums(void);
void test_case_name(void);
void test_paper(void);
void test_title(void);
void test_schema(void);
void test_month(void);
void test_mail(void);

#endif
