/*
** What may be said of a row, once: a word, and the sentence in Chinese and in
** English.  {0} is a number, {1} what is doubtful of a case's name or what may
** be filled in.  What the row itself says, and what its column is called, is no
** part of the sentence: it stands before and behind it.
*/
#ifndef IMPORT_SAID_H
#define IMPORT_SAID_H

#include "base/base.h"
#include "core/fault.h"

#define IMPORT_SAYS(X)                                                                                    \
    X(NO_DATE,      "no_date",      "日期无法识别",             "not a day that can be read")             \
    X(DATE_KEPT,    "date_kept",    "不是日期，原文保留",       "no day: kept as it stands")              \
    X(NO_SUM,       "no_sum",       "金额无法识别",             "not a sum that can be read")             \
    X(NO_NUMBER,    "no_number",    "人数无法识别",             "not a number of people that can be read") \
    X(NO_GRADE,     "no_grade",     "不在1至5分之内，原文保留", "not from 1 to 5: kept as it stands")     \
    X(NO_YES,       "no_yes",       "不是“是”或“否”，原文保留", "neither yes nor no: kept as it stands")  \
    X(BECAME_DATE,  "became_date",  "在表格中被存成了日期，请核对", "the spreadsheet made it a day: please check") \
    X(LONG,         "long",         "文字太长",                 "too long")                               \
    X(DITTO,        "ditto",        "请写明内容，不要写",       "please write it out instead of")         \
    X(FORMULA,      "formula",      "是公式，请复制后“粘贴为数值”", "a formula: please copy it and paste its value") \
    X(CELL_ERROR,   "cell_error",   "是错误值（如 #N/A）",      "an error value such as #N/A")            \
    X(FORMULA_LEFT, "formula_left", "是公式，未导入",           "a formula: not imported")                \
    X(ID_LOST,      "id_lost",      "证件号码被存成了数字，末几位已经丢失", "kept as a number: its last digits are lost") \
    X(ID_BAD,       "id_bad",       "证件号码不正确",           "not a valid identity number")            \
    X(PHONE_LOST,   "phone_lost",   "电话号码被存成了数字，末几位已经丢失", "kept as a number: its last digits are lost") \
    X(PHONE_BAD,    "phone_bad",    "电话号码不正确",           "not a valid phone number")               \
    X(USCC_BAD,     "uscc_bad",     "统一社会信用代码不正确",   "not a valid unified social credit code") \
    X(FUTURE_DAY,   "future_day",   "是将来的日期",             "a day in the future")                    \
    X(OLD_DAY,      "old_day",      "早得不可能，请核对",       "too long ago to be right: please check") \
    X(BY_TITLE,     "by_title",     "没有写年份，按标题或者工作表名称所写的 {0} 年登记", \
      "has no year: {0} is taken, of the title or of the sheet's name") \
    X(EARLY,        "early",        "早于此前环节的日期",       "before the day of an earlier step")      \
    X(BY_ACCEPTED,  "by_accepted",  "未填，按受理日期登记",     "empty: the day of acceptance is taken")  \
    X(HIDDEN_ROW,   "hidden_row",   "该行在表格中是隐藏的",     "the row is hidden in the table")         \
    X(SAME_PEOPLE,  "same_people",  "与第{0}行的申请人、被申请人、登记日期相同", \
      "the same parties and day as line {0}") \
    X(SAME_NO,      "same_no",      "登记号与第{0}行重复",      "the same ledger number as line {0}")     \
    X(THERE_PEOPLE, "there_people", "系统中已有同一申请人、被申请人、登记日期的案件", \
      "a case of the same parties and day is here already") \
    X(THERE_NO,     "there_no",     "系统中已有登记号",         "a case of this number is here already")  \
    X(SAME_LINE,    "same_line",    "与第{0}行重复",            "the same as line {0}")                   \
    X(THERE,        "there",        "系统中已有",               "here already")                           \
    X(OTHER_HEAD,   "other_head",   "另一个表头",               "the head of another table")              \
    X(UNDER_OTHER,  "under_other",  "第 {0} 行另有表头，栏目与上面的不同：请把那一行以下的内容另存为一张工作表，再导入", \
      "line {0} is the head of another table: please save what follows it as a sheet of its own and import that") \
    X(NOT_MATCHED,  "not_matched",  "未能对应，原文保留",       "not matched: kept as it stands")         \
    X(BY_PART,      "by_part",      "按其中的文字认定",         "taken by the part of it that says")      \
    X(NO_OUTCOME,   "no_outcome",   "有结案日期而未填结案方式", "the case has an end, but not how it ended") \
    X(AGREED_THEN,  "agreed_then",  "未填，按协议号、协议金额认定为协议", "empty: taken as an agreement, for one is named") \
    X(NOT_CLOSED,   "not_closed",   "未结案件不能归档",         "a case that has not ended cannot be archived") \
    X(BAD_OUTCOME,  "bad_outcome",  "无法识别，请写明协议、和解、即时履行、不成、撤回、不予受理或者移送", \
      "not understood: agreement, settlement, performed at once, failed, withdrawn, not accepted or referred") \
    X(STILL_OPEN,   "still_open",   "写明尚未结案，却填有结案日期", "said to be open, but has a day on which it ended") \
    X(NO_END,       "no_end",       "有结案方式而未填结案日期", "how it ended is said, but not when")     \
    X(SIDES,        "sides",        "分不清申请人和被申请人（{1}），请分列填写", \
      "who is applicant and who respondent is not clear ({1}): please give them columns of their own") \
    X(BY_NAME,      "by_name",      "按名称中的申请人、被申请人登记（{1}），请核对", \
      "applicant and respondent are taken from the name ({1}): please check") \
    X(NUMBER_IN,    "number_in",    "含有证件号码或者电话号码，请分列填写", \
      "has an identity or phone number in it: please give it a column of its own") \
    X(COUNTED,      "counted",      "未填，按申请人一栏的姓名计{0}人", "empty: {0} by the names of the applicants") \
    X(BLANK,        "blank",        "空行",                     "blank row")                              \
    X(HEAD_AGAIN,   "head_again",   "重复的表头",               "the head once more")                     \
    X(SUM_ROW,      "sum_row",      "合计行",                   "row of sums")                            \
    X(NOTE_ROW,     "note_row",     "说明行",                   "row of notes")                           \
    X(NO_WORD,      "no_word",      "无法识别",                 "not understood")                         \
    X(NO_WORD_OF,   "no_word_of",   "无法识别（可填：{1}）",    "not understood (may be: {1})")           \
    X(BY_USCC,      "by_uscc",      "未填，按信用代码认定",     "empty: taken by the credit code")        \
    X(AS_FIRM,      "as_firm",      "未填，按企业登记",         "empty: entered as an enterprise")        \
    X(NO_DIVISION,  "no_division",  "没有到大类，未登记",       "no division of an industry: not entered") \
    X(BY_SEAT,      "by_seat",      "未填，按本机构所在地登记", "empty: the office's own place is taken") \
    X(NO_PLACE,     "no_place",     "地区无法识别，请写区划代码或者乡镇名称", \
      "not a place we know: please write its code or the township's name") \
    X(NO_FIRM,      "no_firm",      "用人单位名册里没有（或者有几家同名），请先导入名册或者填信用代码", \
      "not among the employers, or several have that name: import them first, or give the credit code") \
    X(NO_OFFICE,    "no_office",    "本机构及下级没有这个机构，请先导入上级", \
      "no such organisation here or below: import the one above it first") \
    X(AS_SC1,       "as_sc1",       "未填，按第一类（企业劳动争议）登记", "empty: entered as class 1, disputes of enterprises") \
    X(AS_CAPACITY,  "as_capacity",  "未填，按 {0} 件登记",      "empty: {0} cases are entered")           \
    X(NAME_COURT,   "name_court",   "特邀组织请写明法院",       "invited by a court: please say which")   \
    X(ABOVE,        "above",        "高于上级机构的层级",       "above the level of the organisation over it") \
    X(BY_ITS_NAME,  "by_its_name",  "未填，按名称认定",         "empty: taken by the name")               \
    X(NOT_ENTERED,  "not_entered",  "未能对应，未登记",         "not matched: not entered")               \
    X(AS_TERM,      "as_term",      "未填，按通常聘期登记",     "empty: the usual term is entered")       \
    X(BEFORE_TERM,  "before_term",  "早于聘期起",               "before the term begins")                 \
    X(TERM_OVER,    "term_over",    "聘期已满，请续聘或者解聘", "the term is over: please renew or end it") \
    X(CHECK_LATER,  "check_later",  "未填，续聘以前请补核",     "empty: to be checked before the term is renewed") \
    X(AS_PART_TIME, "as_part_time", "未填，按兼职登记",         "empty: entered as part-time")            \
    X(AS_OTHER,     "as_other",     "未填，按其他社会力量登记", "empty: entered as of other bodies")

#define AS_SAY(name, word, zh, en) SAY_##name,
typedef enum Say { SAY_NONE, IMPORT_SAYS(AS_SAY) SAY__COUNT } Say;
#undef AS_SAY

/* A column, by the field it is mapped to and by what the file calls it; either may be "". */
typedef struct Column {
    Str key, name;
} Column;

/* Appends to what is said of a row; `text` is what stands there. */
void row_say(Out *o, Column column, Say what);
void row_say_text(Out *o, Column column, Say what, Str text);
void row_say_number(Out *o, Column column, Say what, int64_t n);
void row_say_doubt(Out *o, Column column, Say what, Str doubt, Str text);
void row_say_fault(Out *o, Column column, Fault f);
bool said_of(Str all, Column column); /* is anything said of it? */

/* One of them, as it is kept. */
typedef struct Remark {
    Str code, key, name, text, doubt;
    int64_t n;
} Remark;
bool remark_next(Str *all, Remark *m);

#endif
