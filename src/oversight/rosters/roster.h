/*
** A row of a roster (名册) on its way in: of employers, organisations or
** mediators, one struct for the three forms.  Kept while the row is looked at.
*/
#ifndef ROSTER_IMPORT_H
#define ROSTER_IMPORT_H

#include "case/8-import/import_in.h"

extern const Slice rosters_slice;
extern const Form  employer_row_form, org_row_form, mediator_row_form;

typedef struct RosterRow {
    int64_t no;
    Str     name, uscc, emp_type, industry, region, region_performance, address, legal_rep, phone, status;
    int64_t staff, level, capacity;
    bool    has_union, has_committee, has_party, court_invited;
    Str     kind, parent, short_name, hours, territory, industries, scopes, court_name, employer, founders,
            lead_unit;
    Str     org, sex, id_no, work, unit, source, criteria, certificate_no, specialties, languages, remark;
    Date    appointed_from, appointed_to;
    Org     at;          /* the organisation it belongs to, or is set up below */
    Id      employer_id; /* whose committee it is */
} RosterRow;

/* Reads the row and its words; false if it is left out.  Then `rules` of the kind, then: */
bool roster_open(RowReader *r, const GridRow *row, Draft *d);
/* what is required, what each field allows; sets the verdict. */
void roster_close(RowReader *r, Draft *d);

Str  roster_region(RowReader *r, Str text); /* a code or a name within the importer's area; "" */

#endif
