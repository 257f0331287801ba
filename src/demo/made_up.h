/*
** Made-up people and employers, from the tables of data/demo: their numbers
** are well formed and were issued to nobody as far as chance goes.
*/
#ifndef DEMO_MADE_UP_H
#define DEMO_MADE_UP_H

#include "demo/dice.h"

typedef struct Table {   /* a table of data/demo, in columns by its header */
    Str    head;
    Str   *line;
    size_t n;
    int64_t *weight;     /* of column "weight"; 1 without one */
} Table;

typedef struct Names {
    Table surname, given, third, fourth, kind;
} Names;

typedef struct Someone {
    const char *name;
    char sex;            /* M F */
    char id_no[19];
    char mobile[12];
    Date birth;
} Someone;

typedef struct Firm {
    const char *name, *industry, *emp_type, *legal_rep;
    char    uscc[19];
    char    mobile[12];
    int64_t staff;
    Id      id;          /* when it is on record */
} Firm;

/* NULL, or what is wrong with a table as a sentence. */
const char *names_read(Names *n, Arena *mem);
/* A table of the data folder, "demo/offices.csv"; false if it cannot be read. */
bool table_read(Table *s, Arena *mem, const char *file);
Str  table_cell(const Table *s, size_t row, const char *column);

Someone someone(const Names *n, Arena *mem, Dice *d, Date today);
Firm    some_firm(const Names *n, Arena *mem, Dice *d);

#endif
