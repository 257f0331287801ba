/* Sums and days as papers write them. */
#ifndef CHINESE_H
#define CHINESE_H

#include "base/base.h"

/* 人民币壹拾贰万叁仟肆佰伍拾陆元柒角整 (票据法 8 (2004); 正确填写票据和结算凭证的基本规定
** (1997)); a sum below nothing begins with 负. */
void out_capital(Out *o, Money m);
/* 123,456.70 */
void out_thousands(Out *o, Money m);
/* 一 … 九十九 for numbered clauses; other numbers in digits. */
void out_ordinal(Out *o, int64_t v);
/* What data/ calls "劳动合同法 38(1)、46 (2012)；工伤保险条例 17 (2010)", as papers cite it, by article:
** 《劳动合同法》第三十八条、第四十六条，《工伤保险条例》第十七条. */
void out_law_basis(Out *o, Str basis);
/* 2026年5月1日; 2026年5月1日9时05分; nothing for none. */
void out_chinese_date(Out *o, Date d);
void out_chinese_time(Out *o, Time t);
/* 2026年5月 of 202605. */
void out_chinese_month(Out *o, int64_t month);

#endif
