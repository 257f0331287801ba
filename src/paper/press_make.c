/* One document made into both files: by the child, or where there is none. */
#include "paper/press_make.h"

#include "paper/docx.h"

bool print_both(Arena *mem, Str source, Printed *out)
{
    Doc doc;
    Pdf pdf;
    *out = (Printed){ 0 };
    if (!doc_read(mem, source, &doc) || !pdf_make(mem, &doc, &pdf)) return false;
    if (!docx_make(mem, &doc, &out->docx)) return false;
    out->pdf = pdf.bytes;
    out->pages = pdf.pages;
    out->seal_page = pdf.seal_page;
    out->seal_x = pdf.seal_x;
    out->seal_y = pdf.seal_y;
    return true;
}
