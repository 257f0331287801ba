/*
** Characters as people look for them: a variant as the common one (陳 髙 羣 → 陈 高 群), and
** how a character may be read (覃: tan, qin), from data/hanzi.csv.
*/
#ifndef HANZI_H
#define HANZI_H

#include "law/sheet.h"

typedef struct Hanzi {
    uint32_t ch, plain; /* plain: 0 if it is its own */
    Str      form;      /* the same, as text */
    Str      readings;  /* syllables without tone, ü as v, blanks between */
} Hanzi;

typedef struct HanziTable {
    Hanzi    *row; /* by character */
    size_t    n;
    uint16_t *at;  /* one after the row of a character from 㐀 to the end of the plane; 0: none */
} HanziTable;

bool hanzi_read(HanziTable *t, Arena *mem, Str text, Sheet *sheet);
uint32_t hanzi_plain(const HanziTable *t, uint32_t ch); /* itself if it is no variant */
Str hanzi_form(const HanziTable *t, Str one);            /* the same of a character's text */
Str hanzi_readings(const HanziTable *t, uint32_t ch);   /* "": not known */

#endif
