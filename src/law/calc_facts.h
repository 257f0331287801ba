/*
** What a calculator can be told: the fields, their kinds, and the values given.
** Money is fen; decimals are in 1/FIGURE_SCALE; a Date is its day number; a code
** is its index in the field's list; a clock time is minutes of the day.
*/
#ifndef CALC_FACTS_H
#define CALC_FACTS_H

#include "law/calc_field.h"
#include "law/phrase.h"

typedef enum FactKind {
    FACT_MONEY, FACT_INT, FACT_NUMBER, FACT_DATE, FACT_BOOL, FACT_CODE, FACT_TEXT, FACT_CLOCK, FACT_LIST,
    FACT__COUNT,
} FactKind;

/* Days a sum may be computed over; the calendar knows statutory days to 2100. */
#define CALC_FIRST_DAY "1950-01-01"
#define CALC_LAST_DAY  "2199-12-31"

typedef struct CalcField {
    const char *name;
    FactKind    kind;
    int64_t     min, max; /* of the plain number; of a text its length, of a list its rows */
    const char *codes;    /* of FACT_CODE, space-separated */
    Phrase      label;
} CalcField;

#define CALC_FIELD_ID(id, ...) F_##id,
#define CALC_COLUMN_ID(id, ...) R_##id,
typedef enum FieldId { CALC_FIELDS(CALC_FIELD_ID) F__COUNT } FieldId;
typedef enum ColumnId { CALC_COLUMNS(CALC_COLUMN_ID) R__COUNT } ColumnId;

extern const CalcField calc_fields[F__COUNT];
extern const CalcField calc_columns[R__COUNT];

/* The columns of a list field: ids in order, `required` first of all. */
typedef struct CalcColumns {
    FieldId         list;
    const ColumnId *column;
    size_t          n, required;
} CalcColumns;

const CalcColumns *calc_columns_of(FieldId list);

typedef struct CalcRow {
    int64_t v[R__COUNT];
    bool    given[R__COUNT];
    Str     text; /* its period or name */
} CalcRow;

typedef struct CalcList {
    CalcRow *row;
    size_t   n;
} CalcList;

enum { CALC_LISTS = 4 };

typedef struct Facts {
    int64_t  v[F__COUNT];
    bool     given[F__COUNT];
    Str      region;
    CalcList list[CALC_LISTS];
} Facts;

/* The rows of a list field. */
CalcList *facts_list(Facts *f, FieldId id);
const CalcList *facts_rows(const Facts *f, FieldId id);

/* The index of `word` among space-separated codes; -1 if it is none. */
int calc_code(const char *codes, Str word);
/* The code at an index. */
Str calc_code_word(const char *codes, int64_t index);

#endif
