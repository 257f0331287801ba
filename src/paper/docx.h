/*
** DOCX: the same lines for Word and WPS.  Fonts are named as offices have them
** (仿宋_GB2312, 方正小标宋简体, 黑体); whoever lacks them sees a substitute.
*/
#ifndef DOCX_H
#define DOCX_H

#include "paper/doc.h"

/* The file's bytes in the arena; false if it does not fit. */
bool docx_make(Arena *mem, const Doc *doc, Str *bytes);

#endif
