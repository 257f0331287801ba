/* What one page, a PDF of its own, shows. */
#ifndef SCAN_PAGE_H
#define SCAN_PAGE_H

#include "paper/scan.h"

/* Sets p->kind, code and number. */
void scan_page(const char *path, ScanPage *p);
/* The one page of a PDF as JPEG into `to`. */
bool page_picture(const char *path, const char *to);

#endif
