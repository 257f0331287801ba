/* The parts of people_test, and what they share. */
#ifndef PEOPLE_TEST_H
#define PEOPLE_TEST_H

#include "people/world.h"

/* A user made as `tiaojie user add` would; the one-time password in *password. */
Id   make(World *w, const char *login, const char *roles, int64_t org, char password[32]);
int  sign_in(World *w, const char *login, const char *password, const char *code);
/* Signs in and changes the one-time password to Good-pass-1. */
void settle(World *w, const char *login, const char *password);
void become(World *w, const char *cookie);

void test_accounts(World *w);
void test_machines(World *w);
void test_parties(World *w);
void test_quiet(World *w);
void test_quiet(World *w);
void test_reveal(World *w);

#endif
