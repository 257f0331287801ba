/* The unit test suites, one a folder or noun of src/. */
#ifndef SUITES_H
#define SUITES_H

void test_base(void);
void test_flow(void);
void test_scope(void);
void test_dispatch(void);
void test_agreement(void);
void test_data(void);

#endif
