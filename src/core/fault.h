/*
** What can be wrong with one field, once.  Columns: name, the word clients
** match on, the sentence people read, in Chinese and English.
*/
#ifndef FAULT_H
#define FAULT_H

#define FAULTS(F)                                                                       \
    F(REQUIRED,   "required",    "必填",                     "required")                \
    F(UNKNOWN,    "unknown",     "没有这个字段",             "no such field")           \
    F(NOT_YOURS,  "server_set",  "此字段由系统填写",         "filled in by the system") \
    F(TYPE,       "type",        "类型不对",                 "wrong type")              \
    F(TWICE,      "twice",       "重复",                     "given twice")             \
    F(NOT_TEXT,   "not_text",    "含有不可用的字符",         "has characters that cannot be used") \
    F(TOO_SHORT,  "too_short",   "太短",                     "too short")               \
    F(TOO_LONG,   "too_long",    "太长",                     "too long")                \
    F(TOO_SMALL,  "too_small",   "数值太小",                 "too small")               \
    F(TOO_LARGE,  "too_large",   "数值太大",                 "too large")               \
    F(TOO_FEW,    "too_few",     "条数太少",                 "too few")                 \
    F(TOO_MANY,   "too_many",    "条数太多",                 "too many")                \
    F(NOT_DATE,   "not_date",    "没有这一天",               "no such day")             \
    F(NOT_TIME,   "not_time",    "没有这个时刻",             "no such time")            \
    F(NOT_ID,     "not_id",      "不是有效的编号",           "not a valid id")          \
    F(NOT_CODE,   "not_code",    "不在代码表内",             "not in the code list")    \
    F(FUTURE,     "future",      "不能是将来的日期",         "may not lie in the future") \
    F(PAST,       "past",        "不能是过去的日期",         "may not lie in the past") \
    F(ORDER,      "order",       "先后次序不对",             "in the wrong order")      \
    F(BAD_ID_NO,  "bad_id_no",   "证件号码不正确",           "not a valid identity number") \
    F(BAD_USCC,   "bad_uscc",    "统一社会信用代码不正确",   "not a valid unified social credit code") \
    F(BAD_PHONE,  "bad_phone",   "电话号码不正确",           "not a valid phone number") \
    F(BAD_LINK,   "bad_link",    "网址不正确，应以 https:// 开头", "not a web address that begins with https://") \
    F(BAD_MAIL,   "bad_mail",    "电子邮箱地址不正确",       "not a valid mail address") \
    F(BAD_NAME,   "bad_name",    "姓名格式不正确",           "not a valid name")        \
    F(MISMATCH,   "mismatch",    "与其他内容不一致",         "contradicts another field") \
    F(NOT_KNOWN,  "not_known",   "没有这条记录",             "no such record")          \
    F(NOT_ALLOWED,"not_allowed", "此处不允许",               "not allowed here")        \
    F(IN_FORCE,   "in_force",    "已经生效的内容不得改写或者删除，请另起一行并写明生效日", \
      "was in force: it may not be rewritten or removed; add a row with a later first day") \
    F(OVERLAP,    "overlap",     "与同一项目的另一行日期重叠", "overlaps another row of the same item") \
    F(NO_SUCCESSOR,"no_successor","截止日已过，且次日没有接续的一行", "ends in the past, and no row follows the day after") \
    F(RANGE,      "range",       "超出允许范围",             "out of range")            \
    F(CONFLICT,   "conflict",    "与其他内容互相矛盾",       "cannot be true together with another field") \
    F(MISSING_PARAMETER, "missing_parameter", "本地区、本时期没有这项标准，请自行填写", \
      "no such figure for this region and day: please give it") \
    F(WEAK,       "weak",        "强度不够",                 "not strong enough")

typedef enum Fault {
    FAULT_NONE,
#define FAULT_NAME(name, word, zh, en) FAULT_##name,
    FAULTS(FAULT_NAME)
#undef FAULT_NAME
    FAULT__COUNT
} Fault;

typedef struct FaultInfo {
    const char *word;
    const char *zh, *en;
} FaultInfo;

extern const FaultInfo fault_info[FAULT__COUNT];

#endif
