/*
** The law as data: the reference tables, read as a whole and read-only from
** then on.  Where a table's text comes from is its reader's affair: a LawSource.
** A new table: a member here, a row to the list in law.c, read where its rules are.
*/
#ifndef LAW_H
#define LAW_H

#include "law/calc_rate.h"
#include "law/coverage.h"
#include "law/dossier.h"
#include "law/due.h"
#include "law/emergency.h"
#include "law/hanzi.h"
#include "law/identity.h"
#include "law/industry.h"
#include "law/law_link.h"
#include "law/law_source.h"
#include "law/keyword.h"
#include "law/ledger_name.h"
#include "law/limitation.h"
#include "law/region.h"
#include "law/scheme.h"
#include "law/report.h"
#include "law/risk.h"
#include "law/scope.h"
#include "law/six.h"
#include "law/typical.h"
#include "law/unit.h"

enum { LAW_FILES = 120 };
typedef struct Law {
    Calendar      calendar;
    ClockRules    clocks;
    LimitKinds    limits;
    Retentions    retentions;
    IdentityRules identity;
    Industries    industries;
    Params        params;
    Causes        causes;
    Refusals      refusals;
    Emergency     emergency;
    Units         units;
    Dossier       dossier;
    LedgerNames   names;
    ReportLaw     report;
    Places        places;
    CalcData      figures;
    Library       library;
    TypicalCases  typical;
    SixItems six_items; Targets targets; Schemes schemes; Keywords keywords;
    RiskSigns risk_signs; RiskPatterns risk_patterns;
    HanziTable hanzi;
    LawFile       file[LAW_FILES];
    size_t        files;
    const char   *fault;   /* NULL, or what could not be read and why */
    int64_t       edition; /* how many imports it has in it */
    const struct Law *before;  /* the one it took the place of; NULL: none */
    Block         block;   /* where it lies, if it has a block of its own */
} Law;

#define LAW_MEMORY ((size_t)48 << 20) /* how much arena the tables take at most */
/* False if a table is missing or wrong; then law->fault says which. */
bool law_open(Law *law, Arena *mem, LawPath path);
/* The same from any source; the caller sets edition, before and block. */
bool law_read(Law *law, Arena *mem, LawSource source);
/* The table as this law has it; NULL: none of its tables. */
const LawFile *law_file(const Law *law, const char *name);
LimitLaw law_limits(const Law *law); /* what limitation_due needs of it */
ScopeLaw law_scope(const Law *law);  /* what scope_decide needs of it */
#endif
