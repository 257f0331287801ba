/* What the calculators answer: JSON for programs, lines of text for people. */
#ifndef CALC_WRITE_H
#define CALC_WRITE_H

#include "core/law_ref.h"
#include "law/calculator.h"

/* Each line with links to its articles if `cite` has a library. */
void write_result(Out *o, const Calc *calc, const CalcResult *result, const Cite *cite);
void write_report(Out *o, const Calc *calc, const CalcResult *result, bool english);
/* What is known, as the calculator's own input: plain values, no lists. */
void write_facts(Out *o, const Calc *calc, const Facts *facts);
void write_describe(Out *o, const Calc *calc, bool english);
/* [{code, title}] in one language for programs, or lines for people. */
void write_list(Out *o, bool json, bool english);
/* The same for screens: {code, title, title_zh, title_en}. */
void write_titles(Out *o, bool english);
/* The document's page on every calculator. */
void write_guide(Out *o);

/* JSON pieces that remedies share. */
void write_pair(Out *o, const char *name, Str value); /* ,"name":"value" */
void write_field_form(Out *o, const CalcField *field, bool required, bool english);

#endif
