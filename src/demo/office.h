/*
** The demo's office (柳江区 and what is above and beside it): organisations of
** every kind, accounts for every role, mediators and employers.  Made through
** the API, some time before its first case.
*/
#ifndef DEMO_OFFICE_H
#define DEMO_OFFICE_H

#include "demo/client.h"
#include "demo/made_up.h"

enum { OFFICES = 80, PEOPLE = 120, FIRMS = 300 };

typedef struct Office {
    Str key, parent;  /* of offices.csv: those of one row have one key */
    Id  id;
    Str kind;
    Str region;       /* a township's code; else "" */
    const char *name;
} Office;

typedef struct Person {
    const char *login, *roles, *name, *note;
    const char *password; /* the one-time one; "" if it is not told */
    const Office *office;
    size_t row;       /* of people.csv; NO_ROW for the others */
    bool   shown;
    Actor  actor;
} Person;

enum { NO_ROW = 1 << 20 };

typedef struct Staff {
    Demo   *d;
    Names   names;
    Table   offices, people, mediators;
    Office  office[OFFICES];
    size_t  office_n;
    Person  person[PEOPLE];
    size_t  person_n;
    Firm    firm[FIRMS];
    Actor   sys, sec, root; /* who makes accounts, gives roles, enters offices */
} Staff;

/* NULL, or which table cannot be read. */
const char *office_open(Staff *s, Demo *d);
/* What fails is counted in d->refusals. */
void office_make(Staff *s);

/* The nth of this key, round and round; NULL if there is none. */
const Office *office_find(const Staff *s, Str key, size_t nth);

/* ---- network.c: windows, honours, chambers, a pool, courses ---- */
Date demo_today(void); /* of whoever makes the demo */
void network_make(Staff *s);

/* ---- office_people.c ---- */
void people_administrators(Staff *s);
void people_accounts(Staff *s);  /* of people.csv, whose office is there by now */
void people_firms(Staff *s);
void people_mediators(Staff *s);
/* The first at this office who has one of `roles`; a BUG if nobody has. */
const Person *people_of(const Staff *s, Str office, uint32_t roles);

#endif
