/* PDFs of others taken apart by qpdf: what binding and reading scans share. */
#ifndef PART_H
#define PART_H

#include <qpdf/qpdf-c.h>

qpdf_data pdf_new(void);      /* silent */
void pdf_close(qpdf_data *q); /* its errors told to nobody */

/* Nothing in a page that a stranger gave in runs, opens or sends. */
void page_disarm(qpdf_data q, qpdf_oh page);

#endif
